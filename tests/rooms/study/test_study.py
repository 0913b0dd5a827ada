"""The starter template from park file to files, by the hour: what a user can rely on (contract.md), and whether it adds up."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import lingtan
from lingtan.case import Case, read_case
from lingtan.finance import CASH_FLOW_COLUMNS, appraise
from lingtan.finance.investment import capital_prices
from lingtan.findings import InputError
from lingtan.series.read import read_table
from lingtan.study import Study, side, study, write_study
from lingtan.study.assumptions import of_worth
from lingtan.study.project import investments_of, project_of, running_cost_cny
from lingtan.study.write import BILL_COLUMNS
from lingtan.wording.study import NOT_YET, STUDY_WORDS
from tests.small_parks import HOURS, SHIPPED_PARKS, battery, pv, retail, small_case

TIMES = {"build_s", "solve_s"}
IRR = {"roots", "verdict"}
KEYS: dict[str, Any] = {
    # contract.md, `study` writes into DIR; a set names the keys of a mapping, an empty dict a mapping by asset or component
    "schema": None,
    "park": None,
    "period": {"start", "end", "step_minutes"},
    "sizes": {},
    "energy": {
        "load_kwh",
        "import_kwh",
        "export_kwh",
        "generation_kwh",
        "curtailed_kwh",
        "losses_kwh",
        "shortfall_kwh",
    },
    "carriers": {},
    "bill": {"total_cny", "rounding_cny", "by_component"},
    "carbon": {
        "view",
        "emissions_t",
        "energy_tce",
        "intensity_t_per_tce",
        "threshold_t_per_tce",
        "meets_threshold",
        "factor_year",
    },
    "green": {
        "direct_share",
        "direct_clause_met",
        "self_use_of_generation",
        "self_use_of_load",
        "export_share",
        "physical_share",
        "hourly_matched_share",
    },
    "targets": None,
    "finance": {
        "capex_cny",
        "npv_cny",
        "project_irr_pre_tax",
        "project_irr_post_tax",
        "equity_irr",
        "lcoe_cny_per_kwh",
        "payback_years",
        "min_dscr",
    },
    "reference": {"without", "cost_cny", "emissions_t", "shortfall_kwh"},
    "savings": {"cost_cny", "emissions_t"},
    "operation": {"operator", "cost_cny", "cost_perfect_cny", "regret_share"},
    "shortfalls": None,
    "remedies": None,
    "rules": None,
    "limits": None,
    "assumptions": None,
    "solver": {
        "name",
        "status",
        "objective_cny",
        "penalty_cny",
        "primal_residual",
        "dual_residual",
        "gap",
        "build_s",
        "solve_s",
    },
    "forecast": {"foresight"},
    "why": {"moments", "rules"},
}
NOT_KNOWN = {"carbon.threshold_t_per_tce", "carbon.meets_threshold", "carbon.factor_year"}
"""Null because the document says nothing: no threshold for a park of this size, no year on the factor."""
NO_LOAN = {"finance.equity_irr", "finance.min_dscr"}
"""Null because the park file names no loan."""
NOT_BUILT = {"green.hourly_matched_share", "operation.regret_share"}


def drawn_by_nobody(_: Study, path: Path) -> None:
    path.write_text("a report", encoding="utf-8")


@pytest.fixture(scope="module")
def starter() -> Case:
    return read_case(SHIPPED_PARKS["starter"])


@pytest.fixture(scope="module")
def studied(starter: Case) -> Study:
    return study(starter, drawn_by_nobody)


@pytest.fixture(scope="module")
def folder(studied: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("starter")
    write_study(studied, written)
    return written


@pytest.fixture
def summary(folder: Path) -> dict[str, Any]:
    return json.loads((folder / "summary.json").read_text(encoding="utf-8"))


def leaves(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else None
    if inner is None:
        yield path, data
    else:
        for key, value in inner:
            yield from leaves(value, f"{path}.{key}".lstrip("."))


class TestSummary:
    def test_keys_are_those_of_the_contract(self, summary):
        """Rules out a key renamed, dropped or added without the contract."""
        assert list(summary) == list(KEYS)
        for name, keys in KEYS.items():
            if isinstance(keys, set):
                assert set(summary[name]) == keys
        for irr in ("project_irr_pre_tax", "project_irr_post_tax"):
            assert set(summary["finance"][irr]) == IRR
        assert {key for each in summary["assumptions"] for key in each} == {"what", "why", "confidence"}

    def test_every_figure_is_a_number(self, summary):
        figures = [(path, value) for path, value in leaves(summary) if isinstance(value, float)]
        assert len(figures) > 30
        assert [path for path, value in figures if not math.isfinite(value)] == []

    def test_what_is_null_says_why(self, summary):
        """What an issue has not built yet is null, with a line in assumptions; nothing else is."""
        assert {path for path, value in leaves(summary) if value is None} == NOT_KNOWN | NO_LOAN | NOT_BUILT
        said = [each["what"]["en"] for each in summary["assumptions"]]
        assert STUDY_WORDS["assumed.no_loan"].en in said
        for name in NOT_BUILT:
            assert NOT_YET[name][0].en in said
        assert {f"`{path}` has no value." for path in NOT_KNOWN} <= set(said)

    def test_period_is_the_year_on_the_parks_clock(self, summary):
        assert summary["period"] == {
            "start": "2025-01-01T00:00+08:00",
            "end": "2026-01-01T00:00+08:00",
            "step_minutes": 60,
        }

    def test_energy_balances(self, summary):
        """Import + generation − curtailed + shortfall = load + export + losses, over the year to a watt-hour or so."""
        energy = summary["energy"]
        came = (
            energy["import_kwh"]
            + sum(energy["generation_kwh"].values())
            - energy["curtailed_kwh"]
            + energy["shortfall_kwh"]
        )
        assert came == pytest.approx(energy["load_kwh"] + energy["export_kwh"] + energy["losses_kwh"], abs=0.01)
        assert energy["losses_kwh"] > 0
        assert energy["shortfall_kwh"] == 0

    def test_load_is_that_of_the_park_file(self, summary):
        """Twelve monthly means in MW: the year's energy is their sum over the hours of the months."""
        means = [9, 7, 9, 9, 9, 10, 11, 11, 10, 9, 9, 9]
        days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        expected = 1_000 * 24 * sum(mean * count for mean, count in zip(means, days, strict=True))
        assert summary["energy"]["load_kwh"] == pytest.approx(expected, rel=1e-9)

    def test_bill_adds_up(self, summary):
        bill = summary["bill"]
        total = sum(Decimal(str(amount)) for amount in bill["by_component"].values())
        assert total == Decimal(str(bill["total_cny"]))
        assert bill["by_component"]["basic_charge"] == 16_000 * 22 * 12

    def test_savings_are_the_difference_of_the_two_parks(self, summary):
        for name in ("cost_cny", "emissions_t"):
            mine = summary["operation"]["cost_cny"] if name == "cost_cny" else summary["carbon"]["emissions_t"]
            assert summary["savings"][name] == pytest.approx(summary["reference"][name] - mine)
            assert summary["savings"][name] > 0

    def test_carbon_follows_from_the_import(self, summary):
        """0.8325 kg for each imported kWh; 0.3 kgce for each used one."""
        energy = summary["energy"]
        assert summary["carbon"]["emissions_t"] == pytest.approx(energy["import_kwh"] * 8.325e-4)
        assert summary["carbon"]["energy_tce"] == pytest.approx((energy["load_kwh"] + energy["losses_kwh"]) * 3e-4)

    def test_capital_follows_from_the_sizes(self, summary):
        sizes = summary["sizes"]
        expected = 2_850 * sizes["pv"]["power_kw"]
        expected += 200 * sizes["battery"]["power_kw"] + 600 * sizes["battery"]["energy_kwh"]
        assert summary["finance"]["capex_cny"] == pytest.approx(expected)

    def test_the_plan_is_certified(self, summary):
        assert summary["solver"]["status"] == "solved"
        assert max(summary["solver"][name] for name in ("primal_residual", "dual_residual", "gap")) < 1e-6


class TestFiles:
    def test_what_is_written(self, folder):
        names = {path.name for path in folder.iterdir()}
        assert names == {"summary.json", "carbon.json", "run.json", "bill.csv", "cashflow.csv", "series.parquet"}

    def test_bill_lines_sum_to_the_total(self, folder, summary):
        with (folder / "bill.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert tuple(rows[0]) == BILL_COLUMNS
        assert float(sum(Decimal(row["amount_cny"]) for row in rows)) == summary["bill"]["total_cny"]
        assert {row["rule"] for row in rows} == {"starter.retail"}
        energy = sum(float(row["quantity"]) for row in rows if row["component"] == "purchase")
        assert energy == pytest.approx(summary["energy"]["import_kwh"])

    def test_cash_flow_has_a_row_a_year(self, folder, summary):
        with (folder / "cashflow.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert tuple(rows[0]) == CASH_FLOW_COLUMNS
        assert [int(row["year"]) for row in rows] == list(range(26))
        assert float(rows[0]["capex_cny"]) == summary["finance"]["capex_cny"]

    def test_series_read_back_and_balance(self, folder, summary):
        table = read_table(folder / "series.parquet")
        assert (table.grid.steps, table.grid.zone) == (8_760, "Asia/Shanghai")
        assert table["import_kw"].sum() == pytest.approx(summary["energy"]["import_kwh"])
        came = table["import_kw"] + table["generation_kw"] + table["discharge_kw"] + table["shortfall_kw"]
        went = table["load_kw"] + table["export_kw"] + table["charge_kw"]
        assert np.abs(came - went).max() < 1e-6
        assert 0.0 <= table["battery.soc"].min() <= table["battery.soc"].max() <= 1.0

    def test_run_says_how_to_repeat_it(self, folder):
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        assert {"lingtan", "numpy", "piqp", "highspy", "python"} <= set(run["versions"])
        assert set(run["certificates"]) == {"project", "reference"}
        assert run["elected"] == {"grid.basis": "capacity"}
        assert [each["elected"]["grid.basis"] for each in run["alternatives"]] == ["capacity", "demand"]
        cited = json.dumps(run["rules"])
        assert all(record in cited for record in ("starter.retail", "starter.hours", "cn.park-annex4.unbacked"))
        assert 0 < run["preference_cny"] < 100

    def test_the_same_bytes_twice_but_for_times(self, folder, tmp_path):
        """Rules out a seed, an order of a set or a clock in a result."""
        write_study(study(read_case(SHIPPED_PARKS["starter"]), drawn_by_nobody), tmp_path)
        for path in sorted(folder.iterdir()):
            again = tmp_path / path.name
            if path.name != "summary.json":
                assert again.read_bytes() == path.read_bytes()
                continue
            first, second = (json.loads(each.read_text(encoding="utf-8")) for each in (path, again))
            assert {key for key in first["solver"] if first["solver"][key] != second["solver"][key]} <= TIMES
            for data in (first, second):
                data["solver"] = {key: value for key, value in data["solver"].items() if key not in TIMES}
            assert first == second


class TestStudy:
    def test_series_come_as_pandas_on_the_parks_clock(self, studied):
        frame = studied.series
        assert str(frame.index.tz) == "Asia/Shanghai"
        assert str(frame.index[0]) == "2025-01-01 00:00:00+08:00"
        assert frame["load_kw"].sum() == pytest.approx(studied.summary["energy"]["load_kwh"])

    def test_report_is_drawn_by_whoever_was_handed_in(self, studied, tmp_path):
        studied.report(tmp_path / "report.html")
        assert (tmp_path / "report.html").read_text(encoding="utf-8") == "a report"

    def test_the_reference_case_is_the_park_without_its_project(self, studied):
        reference = studied.reference
        assert set(reference.case.park.assets) == {"works"}
        assert reference.accounts.energy.import_kwh == pytest.approx(reference.accounts.energy.load_kwh)
        assert studied.advice.shortfalls == ()

    def test_public_functions(self):
        """The names of contract.md, at the front door."""
        assert {"check_park", "dispatch", "plan", "read_park", "settle", "study"} <= set(lingtan.__all__)
        assert all(callable(getattr(lingtan, name)) for name in lingtan.__all__)


class TestProject:
    """A day of 10 kW; the roof is there already, the battery is the project."""

    def sides(self, without: list[str]) -> tuple[Any, Any]:
        assets = {
            "roof": pv(8.0, capex=1_000.0, om_share=0.01, variable_cost=0.05),
            "store": battery(4.0, 8.0, capex_energy=500.0, capex_power=100.0, om_share=0.02, life=10),
        }
        sun = [0.0] * 8 + [1.0] * 8 + [0.0] * 8
        records = [retail(0.5, factors=True, demand_price=35.0), HOURS]
        case = small_case([10.0] * 24, assets, series={"sun": sun}, records=records, reference={"without": without})
        return side(case), side(case.reference())

    def test_what_the_reference_has_already_is_not_invested(self):
        """400 + 4,000 for the store. With the roof, which stands in both parks, it would be 12,400 CNY."""
        project, reference = self.sides(["store"])
        worth = project_of(
            project.case.park, (project.plan.sizes, reference.plan.sizes), project.accounts, reference.accounts
        )
        assert worth.capex_cny == pytest.approx(4_400.0)
        assert worth.energy_kwh_per_year == 0.0

    def test_a_project_of_both_is_invested_in_full(self):
        project, reference = self.sides(["roof", "store"])
        worth = project_of(
            project.case.park, (project.plan.sizes, reference.plan.sizes), project.accounts, reference.accounts
        )
        assert {each.name: each.capex_cny for each in worth.investments} == pytest.approx(
            {"roof": 8_000.0, "store": 4_400.0}
        )
        assert worth.energy_kwh_per_year == pytest.approx(64.0)

    def test_savings_are_bills_and_running_cost_without_wear(self):
        """Wear guides the battery and is paid when it is replaced: counted here too, it would be paid twice."""
        project, _ = self.sides(["store"])
        accounts = project.accounts
        wear = accounts.operation.by_component()["wear"]
        assert wear > 0
        paid = accounts.bill.total_cny + accounts.operation.total_cny - wear
        assert running_cost_cny(accounts) == pytest.approx(float(paid))
        assert project.cost_cny == pytest.approx(float(paid) + 8_000.0 * 0.01 + 4_400.0 * 0.02)

    def test_a_larger_reference_than_project_is_refused(self):
        """A project that takes PV away invests less than nothing: said in words, not appraised."""
        project, reference = self.sides(["store"])
        grown = {**reference.plan.sizes, "roof.power_kw": 9.0}
        with pytest.raises(InputError) as error:
            appraise(project_of(project.case.park, (project.plan.sizes, grown), project.accounts, reference.accounts))
        assert [(found.code, found.who) for found in error.value.findings] == [
            ("finance.negative", "investments.roof.capex_cny")
        ]

    def test_a_need_that_takes_less_than_in_the_reference_saves_nothing(self):
        """Charge points stand in both parks. Fewer than in the reference are no refusal, and no income; more are invested."""
        size = {"vehicles": 4, "battery": 40.0, "vehicle_power": 7.0, "trip": 10.0, "arrives": 0.0, "leaves": 20.0}
        cars = {"family": "ev_fleet", **size, "power": {"min": 0.0, "max": 28.0}, "capex": 900.0}
        case = small_case([10.0] * 24, {"cars": cars}, records=[retail(0.5, factors=True, demand_price=35.0), HOURS])
        project = side(case)
        built = project.plan.sizes["cars.power_kw"]
        assert built > 0.0

        def invested(before: float) -> float:
            sizes = project.plan.sizes, {**project.plan.sizes, "cars.power_kw": before}
            return project_of(case.park, sizes, project.accounts, project.accounts).capex_cny

        assert invested(built + 5.0) == 0.0
        assert invested(built) == 0.0
        assert invested(0.0) == pytest.approx(900.0 * built)
        assert [each.what.en for each in of_worth(case.park, None)] == [
            "Where the size that cars needs is smaller than in the reference case, the difference is not counted as saved."
        ]

    def test_one_investment_an_asset(self):
        project, _ = self.sides(["store"])
        park = project.case.park
        assert set(capital_prices(park)) == {"roof.power_kw", "store.power_kw", "store.energy_kwh"}
        assert [each.name for each in investments_of(park, project.plan.sizes)] == ["roof", "store"]
