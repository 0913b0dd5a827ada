"""`lingtan claim` as a user types it."""

from __future__ import annotations

import json

import pytest
from click.testing import Result
from typer.testing import CliRunner

from lingtan.cli import app

YIBIN = ("--capacity", "232.6 MW", "--energy", "1 TWh", "--saved", "900000 t", "--region", "Sichuan")


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTAN_LANG", "en")


def claim(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["claim", *arguments, "--day", "2026-09-01"])


def test_the_first_worked_example() -> None:
    """china-rules.md §9 as a terminal shows it: one input, six answers, the verdict in both languages."""
    result = claim(*YIBIN)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[:2] == [
        "implied: 4,299 full-load hours a year, capacity factor 49.1 %",
        "implied: 0.900 kg CO2 per kWh",
    ]
    assert lines[3:6] == [
        "hydropower: 4,000–4,500 h, 0.93–1.05 TWh a year; usual for it [cn.sichuan.full-load-hours.hydro; from memory]",
        "wind power: 1,800–3,000 h, usually 2,200 h or 0.51 TWh a year; more than it can give "
        "[cn.full-load-hours.wind; from memory]",
        "photovoltaics: 740–1,300 h, usually 1,000 h or 0.23 TWh a year; more than it can give "
        "[cn.sichuan.full-load-hours.pv; from memory]",
    ]
    assert [line.split()[0] for line in lines[7:14]] == [
        "832,500",
        "827,300",
        "609,600",
        "530,600",
        "247,200",
        "156,400",
        "997,000",
    ]
    assert lines[12] == (
        "    156,400 t  0.1564 kg/kWh  location-based, Sichuan, 2023; the claim is 5.8 times that "
        "[cn.grid.2023.province.sichuan; secondary source]"
    )
    assert "not reproducible" in lines[16]
    assert "无法复现" in lines[18]


def test_a_reader_of_chinese_types_and_reads_chinese_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTAN_LANG", "zh")
    result = claim("--capacity", "23.26万千瓦", "--energy", "10亿度", "--saved", "90万吨", "--region", "Sichuan")
    assert result.stdout.splitlines()[0] == "隐含：年利用小时数 4,299 小时，容量系数 49.1%"


def test_the_claim_as_json() -> None:
    plain = json.loads(claim(*YIBIN, "--json").stdout)
    assert plain["verdict"]["kind"] == "above_all"
    assert sorted(plain["verdict"]["tonnes"]) == ["en", "zh"]
    assert len(plain["answers"]) == 7


def test_tonnes_may_be_left_open() -> None:
    """Rules out that an absent figure counts as zero tonnes."""
    result = claim("--capacity", "232.6 MW", "--energy", "1 TWh", "--region", "Sichuan")
    assert result.exit_code == 0
    assert "the claim is" not in result.stdout
    assert "No tonnes are stated." in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("--energy", "1 TW", "--region", "Sichuan", "--saved", "1 t"),
            "units.unknown-unit: --energy: ",
        ),
        (
            ("--energy", "1 GW", "--region", "Sichuan", "--saved", "1 t"),
            "units.wrong-dimension: --energy: this unit measures something else; expected kWh, got 1 GW. "
            "Give the value in kWh, or as a plain number.\n",
        ),
        (
            ("--energy", "0", "--region", "Sichuan", "--saved", "1 t"),
            "units.out-of-range: --energy: the value is out of range; expected > 0 kWh, got 0. "
            "Correct the value or its unit.\n",
        ),
        (
            ("--energy", "1 TWh", "--region", "Sichaun", "--saved", "1 t"),
            "claim.unknown-region: region: no record speaks of this region; got Sichaun. Did you mean 'Sichuan'? "
            "Provinces are written as records name them.\n",
        ),
    ],
)
def test_a_claim_that_cannot_be_read(arguments: tuple[str, ...], message: str) -> None:
    result = claim(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(message)
