"""`lingtan forecast` of files whose stamps are wrong, and of options that mean nothing where they stand."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from lingtan.cli import app
from lingtan.clock import TimeGrid
from lingtan.series import Expectation
from lingtan.series.check import OnGrid, check_noon
from lingtan.study import forecast_targets
from tests.rooms.forecast.parks import load
from tests.small_parks import SHIPPED_PARKS

STARTER = SHIPPED_PARKS["starter"]
DAYS = 30
"""Too few for a model, so that nothing is trained here."""
NEXT = "2025-01-31"


@pytest.fixture(autouse=True)
def _english_in_spring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTAN_LANG", "en")
    monkeypatch.setattr(forecast_targets, "instant_now", lambda: np.datetime64("2025-04-01T00:00", "m"))


def stamps(offset: str = "") -> list[str]:
    start = np.datetime64("2025-01-01T00:00", "m")
    return [f"{start + np.timedelta64(hour, 'h')}{offset}" for hour in range(DAYS * 24)]


def write(path: Path, rows: Sequence[Sequence[Any]], *names: str) -> Path:
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([["time", *names], *rows])
    return path


def forecast(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["forecast", str(STARTER), *map(str, arguments)])


@pytest.mark.parametrize(
    ("stamp", "where"),
    [
        ("2026-06-01 00:00", ":722"),
        ("2125-06-01 00:00", ":722"),
        ("2025-04-01 08:00", ""),
        ("2025-03-20 10:00", ":722"),
        ("2025-02-20 10:00", ":722"),
        ("2025-02-02 10:00", ":722"),
        ("2015-01-01 00:00", ":722"),
        ("1970-01-01 08:00", ":722"),
    ],
    ids=[
        "next year", "next century", "now in Shanghai", "after seven weeks", "after three weeks", "after two days", "ten years ago",
        "a clock that was never set",
    ],
)  # fmt: skip
def test_a_stray_stamp_chooses_no_day_and_is_no_gap(tmp_path: Path, stamp: str, where: str) -> None:
    """One row of a logger whose clock is wrong once made its day the day to be forecast, with a band of no width; one of ten years
    ago was refused for its order, and above all others made 87,671 gaps. Less than 28 days ahead it was believed."""
    values = [*load(DAYS).round(2).tolist(), 450.0]
    file = write(tmp_path / "a.csv", list(zip([*stamps(), stamp], values, strict=True)), "works.load_kw")
    result = forecast("--series", file, "--target", "works", "--json")
    assert result.exit_code == 0, result.stderr
    data = json.loads(result.stdout)
    assert data["targets"]["works"]["day"] == NEXT
    assert [each["en"] for each in data["findings"] if each["code"] in {"forecast.future-stamps", "forecast.gaps"}] == [
        f"{file}{where}: forecast.future-stamps: a.csv: values that are stamped later than now, or alone and far from all "
        f"others, were left out; got 1 ×, first at {stamp}. Check the clock of the logger and the stamps of these rows."
    ]


def test_strays_on_every_side_are_told_in_one_line(tmp_path: Path) -> None:
    """Hours of a clock that stood at 2000 after a power cut in the middle of the file, and two lone stamps ahead."""
    clock = stamps()
    clock[300:303] = [f"2000-01-01T0{hour}:00" for hour in range(3)]
    drawn = [*load(DAYS).round(2).tolist(), 450.0, 450.0]
    rows = list(zip([*clock, "2025-02-09T10:00", "2025-03-09T10:00"], drawn, strict=True))
    file = write(tmp_path / "a.csv", rows, "works.load_kw")
    data = json.loads(forecast("--series", file, "--target", "works", "--json").stdout)
    assert data["targets"]["works"]["day"] == NEXT
    found = {each["code"]: each["en"] for each in data["findings"]}
    assert "; got 5 ×, 2000-01-01 00:00 … 2025-03-09 10:00. " in found["forecast.future-stamps"]
    assert (
        "; got 3 ×, first at 2025-01-13 12:00. " in found["forecast.gaps"]
    )  # the hours that stood at 2000 are missing


def test_a_stray_value_among_stamps_of_others_is_one_too(tmp_path: Path) -> None:
    """The file goes on with a plan for weeks; the load, which ended, has one value more. It ruled the day of the load."""
    start = np.datetime64("2025-01-01T00:00", "m")
    clock = [f"{start + np.timedelta64(hour, 'h')}" for hour in range(50 * 24)]
    drawn: list[Any] = [*load(DAYS).round(2).tolist(), *[""] * (20 * 24)]
    drawn[45 * 24] = 450.0
    file = write(
        tmp_path / "a.csv",
        [[at, value, 1] for at, value in zip(clock, drawn, strict=True)],
        "works.load_kw",
        "plan_shifts",
    )
    data = json.loads(forecast("--series", file, "--target", "works", "--json").stdout)
    assert data["targets"]["works"]["day"] == NEXT
    [told] = [each["en"] for each in data["findings"] if each["code"] == "forecast.future-stamps"]
    assert "; got 1 ×, first at 2025-02-15 00:00. " in told


def test_what_comes_in_just_now_is_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A meter that was mended two hours ago after five days: its values are no strays, and tomorrow is the day to forecast."""
    monkeypatch.setattr(forecast_targets, "instant_now", lambda: np.datetime64("2025-02-05T04:30", "m"))
    clock = [*stamps(), "2025-02-05T10:00", "2025-02-05T11:00"]
    values = [*load(DAYS).round(2).tolist(), 450.0, 460.0]
    file = write(tmp_path / "a.csv", list(zip(clock, values, strict=True)), "works.load_kw")
    data = json.loads(forecast("--series", file, "--target", "works", "--json").stdout)
    assert data["targets"]["works"]["day"] == "2025-02-06"
    assert "forecast.future-stamps" not in {each["code"] for each in data["findings"]}


def test_a_file_that_spans_a_century_in_minutes_is_refused_before_anything_is_laid_out(tmp_path: Path) -> None:
    """Two months of 5 minutes a century apart are 10 million steps, of which every target once took its tables."""
    clock = [
        f"{np.datetime64(start, 'm') + np.timedelta64(5 * step, 'm')}"
        for start in ("1975-01-01T00:00", "2024-01-01T00:00")
        for step in range(60 * 288)
    ]
    file = write(tmp_path / "a.csv", [[at, 400 + row % 97] for row, at in enumerate(clock)], "works.load_kw")
    result = forecast("--series", file, "--target", "works")
    assert result.exit_code == 2
    assert result.stderr == (
        f"{file}: forecast.too-long: a.csv: the file spans more steps than a forecast reads; expected ≤ 1500000, got 5171616. "
        "Give the last years only; older ones teach nothing.\n"
    )


def test_a_file_wholly_of_the_future_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forecast_targets, "instant_now", lambda: np.datetime64("2024-12-01T00:00", "m"))
    file = write(tmp_path / "a.csv", list(zip(stamps(), load(DAYS).round(2), strict=True)), "works.load_kw")
    result = forecast("--series", file, "--target", "works")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{file}: forecast.future-stamps: a.csv: ")
    assert "got 720 ×, 2025-01-01 00:00 … 2025-01-30 23:00" in result.stderr


def test_a_day_after_a_long_gap_is_no_stray_stamp(tmp_path: Path) -> None:
    """A meter that was mended after seven weeks and has measured a day is believed."""
    clock = [*stamps(), *(f"2025-03-20T{hour:02d}:00" for hour in range(24))]
    values = [*load(DAYS).round(2).tolist(), *load(DAYS).round(2).tolist()[:24]]
    file = write(tmp_path / "a.csv", list(zip(clock, values, strict=True)), "works.load_kw")
    data = json.loads(forecast("--series", file, "--target", "works", "--json").stdout)
    assert data["targets"]["works"]["day"] == "2025-03-21"
    assert "forecast.future-stamps" not in {each["code"] for each in data["findings"]}


@pytest.mark.parametrize(("offset", "said"), [("", ""), ("Z", "7.4 h too late"), ("-05:00", "11.6 h too early")])
def test_sun_at_night_is_told(tmp_path: Path, offset: str, said: str) -> None:
    """Stamps of UTC or New York of a plant near Shanghai: 12:30 there is 20:30 or 01:30 of its clock."""
    hour = np.arange(DAYS * 24) % 24
    sun = np.round(3000 * np.clip(np.sin(np.pi * (hour - 5.5) / 13), 0, None) * (1 + 0.001 * np.arange(DAYS * 24)), 2)
    file = write(tmp_path / "a.csv", list(zip(stamps(offset), sun, strict=True)), "pv.generation_kw")
    result = forecast("--series", file, "--target", "pv", "--json")
    assert result.exit_code == 0, result.stderr
    found = [each["en"] for each in json.loads(result.stdout)["findings"] if each["code"] == "series.noon"]
    if not said:
        assert found == []
        return
    [text] = found
    assert "series.noon: pv: the middle of the sun's work lies far from noon, as with stamps of another zone; " in text
    assert f"got {said}" in text


def test_what_never_moves_has_no_noon(tmp_path: Path) -> None:
    """A stuck 300 kW by day and night has its middle nowhere, and was once told to be 9.8 h late."""
    file = write(tmp_path / "a.csv", [[stamp, 300.0] for stamp in stamps()], "pv.generation_kw")
    data = json.loads(forecast("--series", file, "--target", "pv", "--json").stdout or "{}")
    assert "series.noon" not in {each["code"] for each in data.get("findings", [])}
    still = OnGrid(
        "pv", "", TimeGrid.of_year(2025, "Asia/Shanghai", 60), np.full(8760, 300.0), np.zeros(8760, np.int64)
    )
    assert check_noon(still, Expectation("solar", longitude=104.0)) == []


def test_targets_that_end_apart_are_told(tmp_path: Path) -> None:
    hour = np.arange(DAYS * 24) % 24
    sun = np.round(3000 * np.clip(np.sin(np.pi * (hour - 5.5) / 13), 0, None) * (1 + 0.001 * np.arange(DAYS * 24)), 2)
    drawn: list[Any] = [*load(DAYS).round(2).tolist()[:-72], *[""] * 72]
    file = write(tmp_path / "a.csv", list(zip(stamps(), drawn, sun, strict=True)), "works.load_kw", "pv.generation_kw")
    data = json.loads(forecast("--series", file, "--json").stdout)
    assert data["findings"][-1]["en"] == (
        "forecast.ends-differ: --day: targets end on different days, so their forecasts are of different days; "
        "got load 2025-01-28, pv 2025-01-31. Name the day with `--day`, or bring all columns up to date."
    )


@pytest.mark.parametrize("gate", ["²:00", "9:0²", "24:00", "09:60", "٠٩:00", "-1:00", "9:0", "0009:00", ""])
def test_a_gate_is_written_in_plain_digits(gate: str) -> None:
    """Superscripts count as digits for Python, and are none for its numbers: that was a traceback."""
    result = forecast("--target", "works", "--gate", gate)
    assert result.exit_code == 2
    assert result.stderr == (
        f"forecast.bad-gate: --gate: this is not a time of day; expected 09:00{f', got {gate}' if gate else ''}. "
        "Write hours and minutes of the day before.\n"
    )


@pytest.mark.parametrize("option", ["--day", "--now", "--first", "--end"])
def test_dates_in_other_digits_are_findings(option: str) -> None:
    wrong = forecast(
        "--target", "works", option, "²025-01-0³", *(["--backtest"] if option in {"--first", "--end"} else [])
    )
    assert wrong.exit_code == 2
    assert wrong.stderr.startswith("cli.bad-start: ")


def test_scenarios_of_a_day_seen_again_are_refused() -> None:
    """They were drawn at the gate, and showed hours that were over otherwise than they had been measured."""
    result = forecast("--now", "2025-12-01T10:00", "--scenarios", "5")
    assert (result.exit_code, result.stderr.split("; ")[1].split(". ")[0]) == (2, "got --now")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--backtest", "--day", "2025-12-01"], "--day"),
        (["--backtest", "--now", "2025-12-01T10:00"], "--now"),
        (["--regret", "3", "--scenarios", "5"], "--scenarios"),
        (["--first", "2025-12-01"], "--first"),
    ],
)
def test_an_option_that_would_be_ignored_is_refused(arguments: list[str], told: str) -> None:
    """A backtest asked for one day answered with 91 others."""
    result = forecast(*arguments)
    why = "no `--backtest`" if told == "--first" else "--backtest"
    assert result.exit_code == 2
    assert result.stderr == (
        f"forecast.idle-option: {told}: this option does nothing here: days ahead and backtests are asked for apart; got {why}. "
        "Leave it out, or run the other one.\n"
    )
