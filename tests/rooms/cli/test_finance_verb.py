"""`lingtan finance` as a user types it: a metered year of a park with PV against the same year without it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from lingtan.case import Case
from lingtan.cli import app, finance_verb
from lingtan.clock import TimeGrid
from lingtan.series import Table
from lingtan.series.write import write_parquet
from tests.small_parks import pv, small_case

YEAR = TimeGrid.of_year(2025, "Asia/Shanghai", 60)


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTAN_LANG", "en")


@pytest.fixture(scope="module")
def case() -> Case:
    """A load of 50 kW in the file, PV of 40 kW for 1000 CNY/kW, power at 0.5 CNY/kWh; income tax 25 %."""
    return small_case(
        np.full(YEAR.steps, 50.0),
        {"roof": pv(40.0, capex=1000.0, life=25, om_share=0.0)},
        series={"sun": [0.5] * YEAR.steps},
        grid=YEAR,
        finance={"discount_rate": 0.06, "horizon": 10, "residual": 0.0, "income_tax_rate": 0.25},
        reference={"without": ["roof"]},
    )


@pytest.fixture
def run(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Result]:
    """Metered: the load is 100 kW, not 50 as in the file; the roof gives 20 kW of it."""
    power = {"grid.import_kw": 80.0, "grid.export_kw": 0.0, "roof.generation_kw": 20.0, "works.load_kw": 100.0}
    write_parquet(tmp_path / "year.parquet", Table(YEAR, {n: np.full(YEAR.steps, v) for n, v in power.items()}))
    monkeypatch.setattr(finance_verb, "read_park_case", lambda *_: case)
    arguments = ["finance", "park", "--series", str(tmp_path / "year.parquet"), "--out", str(tmp_path / "out")]
    return tmp_path, CliRunner().invoke(app, arguments)


def test_a_metered_year_against_its_own_reference(run: tuple[Path, Result]) -> None:
    """The reference serves the metered 100 kW: 876 MWh at 0.5 are 438,000, saved are 175.2 MWh or 87,600 CNY and 145.854 t.

    Tax: 2,000 a year are written off, so 66,200 stay in years 1 to 9; in year 10 the roof brings 24,000 and the last 22,000 are
    written off, so 89,200 stay: 66,200 · 6.80169 + 89,200 · 0.558395 - 40,000 = 460,081.
    A reference with the load of the park file would cost 219,000 and the project would seem to lose money.
    """
    folder, result = run
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[:5] == [
        "reference\t438,000 CNY\t729 t\twithout roof",
        "yearly cost\t350,400 CNY",
        "savings\t87,600 CNY\t146 t",
        "investment\t40,000 CNY",
        "net present value\t460,081 CNY",
    ]
    data = json.loads((folder / "out" / "finance.json").read_text("utf-8"))
    assert data["reference"]["without"] == ["roof"]
    assert data["reference"]["cost_cny"] == pytest.approx(438_000, rel=1e-6)
    assert data["savings"]["cost_cny"] == pytest.approx(87_600, rel=1e-6)
    assert data["savings"]["emissions_t"] == pytest.approx(175_200 * 0.8325e-3, rel=1e-6)
    assert data["finance"]["equity_irr"] is None
    assert "No loan is named: equity IRR and debt cover are left open." in [
        each["what"]["en"] for each in data["assumptions"]
    ]


def test_the_statement_is_in_the_file(run: tuple[Path, Result]) -> None:
    """Savings of every year are those of the summary; year 0 is the investment of 40 kW."""
    with (run[0] / "out" / "cashflow.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [float(row["savings_cny"]) for row in rows] == pytest.approx([0.0, *[87_600.0] * 10], rel=1e-6)
    assert float(rows[0]["capex_cny"]) == pytest.approx(40_000)


def test_flows_of_another_period_are_a_finding(case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A month beside a year of the reference would look like a saving of eleven months."""
    names = ("grid.import_kw", "grid.export_kw", "roof.generation_kw", "works.load_kw")
    write_parquet(tmp_path / "day.parquet", Table(YEAR.window(0, 24), {name: np.ones(24) for name in names}))
    monkeypatch.setattr(finance_verb, "read_park_case", lambda *_: case)
    result = CliRunner().invoke(app, ["finance", "park", "--series", str(tmp_path / "day.parquet")])
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        f"{tmp_path / 'day.parquet'}: finance.other-period: series: the flows do not cover the studied period step by step, so "
        "they cannot stand beside the reference case; expected 2025-01-01 00:00 + 8760 · 60 min, got 2025-01-01 00:00 + 24 · "
        "60 min. Give the flows of the whole period in its step, or change `period` in the park file."
    ]
