"""A whole study of the measured example at 15 minutes, as its user runs it, and whether its figures agree."""

from __future__ import annotations

import csv
import json
import math
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from lingtan.park import Battery, Park, flow_names, read_park
from lingtan.tolerances import (
    BALANCE_KW,
    DUAL_RELATIVE,
    GAP_RELATIVE,
    PRIMAL_RELATIVE,
    ROUNDING_PER_LINE_CNY,
)
from tests.once import once

EXAMPLE = Path(__file__).parents[2] / "examples" / "measured"
STEPS, STEP_HOURS = 35_040, 0.25
MOST_MEMORY_BYTES = 2 * 2**30
FILES = {
    "summary.json",
    "report.html",
    "results.xlsx",
    "series.parquet",
    "bill.csv",
    "cashflow.csv",
    "carbon.json",
    "run.json",
}


@dataclass(frozen=True)
class Run:
    """What one study left behind."""

    status: int
    memory_bytes: int
    errors: str
    folder: Path

    @cached_property
    def summary(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((self.folder / "summary.json").read_text("utf-8"))
        return data

    @cached_property
    def flows(self) -> dict[str, NDArray[Any]]:
        import duckdb

        with duckdb.connect(":memory:") as database:
            path = str(self.folder / "series.parquet")
            return dict(database.execute("SELECT * FROM read_parquet(?)", [path]).fetchnumpy())

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


@pytest.fixture(scope="session")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    home = once(tmp_path_factory, "measured-study", _study)
    ended = json.loads((home / "ended.json").read_text("utf-8"))
    return Run(ended["status"], ended["memory_bytes"], (home / "stderr").read_text("utf-8"), home / "out")


def _study(home: Path) -> None:
    command = [str(Path(sys.executable).with_name("lingtan")), "study", str(EXAMPLE), "--out", str(home / "out")]
    environment = {**os.environ, "LINGTAN_LANG": "en", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with (home / "stdout").open("w") as out, (home / "stderr").open("w") as errors:
        child = subprocess.Popen(command, stdout=out, stderr=errors, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    ended = {"status": child.returncode, "memory_bytes": usage.ru_maxrss * 1024}
    (home / "ended.json").write_text(json.dumps(ended), "utf-8")


@pytest.fixture(scope="session")
def park() -> Park:
    return read_park(EXAMPLE)


def test_it_ends_well_and_warns_of_nothing(run: Run) -> None:
    """But that there is no PDF, where the program that sets it is not installed."""
    warned = {line.split(":")[0] for line in run.errors.splitlines()}
    assert (run.status, warned - {"report.no-typst"}) == (0, set())


def test_it_needs_less_memory_than_a_small_machine_has(run: Run) -> None:
    assert run.memory_bytes <= MOST_MEMORY_BYTES


def test_all_files_are_there_and_nothing_half_written(run: Run) -> None:
    names = {file.name for file in run.folder.iterdir()}
    assert names >= FILES
    assert names - FILES <= {"report.pdf"}
    assert all(file.stat().st_size > 0 for file in run.folder.iterdir())
    assert [file.name for file in run.folder.parent.iterdir() if ".partial" in file.name] == []


def test_every_figure_is_finite(run: Run) -> None:
    """JSON has no NaN; a figure that is not known is null."""

    def numbers(node: Any) -> Iterator[float]:
        for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from numbers(inner)
        if isinstance(node, int | float) and not isinstance(node, bool):
            yield node

    for name in ("summary.json", "carbon.json", "run.json"):
        found = list(numbers(json.loads((run.folder / name).read_text("utf-8"))))
        assert found
        assert all(math.isfinite(number) for number in found), name


def test_the_keys_of_the_summary_are_those_promised(run: Run) -> None:
    assert list(run.summary) == [
        "schema", "park", "period", "sizes", "energy", "carriers", "bill", "carbon", "green", "targets", "finance",
        "reference", "savings", "operation", "shortfalls", "remedies", "rules", "limits", "assumptions", "solver",
        "forecast", "why",
    ]  # fmt: skip
    assert run.summary["park"] == "measured"
    assert run.summary["period"] == {
        "start": "2025-01-01T00:00+08:00",
        "end": "2026-01-01T00:00+08:00",
        "step_minutes": 15,
    }


def test_energy_in_is_energy_out(run: Run) -> None:
    energy = run.summary["energy"]
    given = (
        energy["import_kwh"]
        + sum(energy["generation_kwh"].values())
        - energy["curtailed_kwh"]
        + energy["shortfall_kwh"]
    )
    taken = energy["load_kwh"] + energy["export_kwh"] + energy["losses_kwh"]
    assert given == pytest.approx(taken, rel=1e-6)
    assert energy["shortfall_kwh"] <= 1e-6 * energy["load_kwh"]


def test_the_answer_is_certified(run: Run) -> None:
    certificates = json.loads((run.folder / "run.json").read_text("utf-8"))["certificates"]
    assert set(certificates) == {"project", "reference"}
    for certificate in (*certificates.values(), run.summary["solver"]):
        assert certificate["primal_residual"] <= PRIMAL_RELATIVE
        assert certificate["dual_residual"] <= DUAL_RELATIVE
        assert certificate["gap"] <= GAP_RELATIVE


def test_sizes_lie_within_their_ranges(run: Run, park: Park) -> None:
    for asset, sizes in run.summary["sizes"].items():
        thing = park.connections.get(asset) or park.assets[asset]
        for quantity, built in sizes.items():
            size = getattr(thing, quantity.rsplit("_", 1)[0])
            assert size.min - 1e-6 * size.max <= built <= size.max * (1 + 1e-6), f"{asset}.{quantity}"


# ---------------------------------------------------------------------------------------------- series


def test_a_year_has_all_its_quarter_hours(run: Run) -> None:
    time = run.flows["time"].astype("M8[m]")
    assert time.size == STEPS
    assert str(time[0]) == "2024-12-31T16:00"
    assert set(np.diff(time)) == {np.timedelta64(15, "m")}


def test_the_bus_balances_in_every_step(run: Run, park: Park) -> None:
    """From the flows of every single asset: rules out a total that hides two errors."""
    names, flows = flow_names(park), run.flows
    totals = {total: sum((flows[name] for name in parts), np.zeros(STEPS)) for total, parts in names.items()}
    into = totals["generation_kw"] + totals["import_kw"] + totals["discharge_kw"] + totals["shortfall_kw"]
    out = totals["load_kw"] + totals["export_kw"] + totals["charge_kw"]
    assert np.abs(into - out).max() <= BALANCE_KW
    for total, sums in totals.items():
        assert np.abs(flows[total] - sums).max() <= BALANCE_KW, total


def test_no_flow_runs_backward(run: Run, park: Park) -> None:
    for parts in flow_names(park).values():
        for name in parts:
            assert run.flows[name].min() >= -BALANCE_KW, name


def test_the_battery_holds_what_went_in(run: Run, park: Park) -> None:
    """The store's own equation, read back from the file: content now is content before, less its loss, plus what came."""
    battery = park.assets["battery"]
    assert isinstance(battery, Battery)
    energy_kwh = run.summary["sizes"]["battery"]["energy_kwh"]
    soc, charge, discharge = (run.flows[f"battery.{name}"] for name in ("soc", "charge_kw", "discharge_kw"))
    keep = (1 - battery.standing_loss_per_day) ** (STEP_HOURS / 24)
    gained = STEP_HOURS * (charge * battery.charge_efficiency - discharge / battery.discharge_efficiency)
    after = keep * np.roll(soc, 1) * energy_kwh + gained  # the first step follows the last: the year is a circle
    assert np.abs(soc * energy_kwh - after).max() <= 1e-6 * energy_kwh
    assert -1e-9 <= soc.min() <= soc.max() <= 1 + 1e-9


def test_the_grid_gives_no_more_than_the_transformer_carries(run: Run, park: Park) -> None:
    carried = run.summary["sizes"]["grid"]["capacity_kva"] * park.connections["grid"].power_factor
    assert run.flows["grid.import_kw"].max() <= carried * (1 + 1e-7)
    assert run.flows["grid.export_kw"].max() <= BALANCE_KW


def test_the_summary_sums_the_series(run: Run) -> None:
    energy, flows = run.summary["energy"], run.flows
    for key in ("load", "import", "export", "curtailed", "shortfall"):
        flow = flows[f"{key}_kw"]
        seen_kwh = flow.sum() * STEP_HOURS if flow.max() > 1e-3 else 0.0  # below a watt is what a solver leaves
        assert energy[f"{key}_kwh"] == pytest.approx(seen_kwh, rel=1e-9, abs=1e-3)
    for asset, available in energy["generation_kwh"].items():
        curtailed = flows[f"{asset}.curtailed_kw"]
        kept = curtailed.sum() if curtailed.max() > 1e-3 else 0.0
        assert available == pytest.approx((flows[f"{asset}.generation_kw"].sum() + kept) * STEP_HOURS, rel=1e-9)


# ---------------------------------------------------------------------------------------------- money


def test_the_bill_is_the_sum_of_its_lines_to_the_cent(run: Run) -> None:
    lines = run.rows("bill.csv")
    bill = run.summary["bill"]
    assert sum(Decimal(line["amount_cny"]) for line in lines) == Decimal(str(bill["total_cny"]))
    assert all(Decimal(line["amount_cny"]).as_tuple().exponent >= -2 for line in lines)
    for component, amount in bill["by_component"].items():
        own = [Decimal(line["amount_cny"]) for line in lines if line["component"] == component]
        assert sum(own) == Decimal(str(amount)), component
    assert {line["component"] for line in lines} == set(bill["by_component"])


def test_rounding_moves_each_line_by_half_a_cent_at_most(run: Run) -> None:
    moved = 0.0
    for line in run.rows("bill.csv"):
        exact = float(line["quantity"]) * float(line["price"])
        assert abs(float(line["amount_cny"]) - exact) <= ROUNDING_PER_LINE_CNY + 1e-6, line
        moved += float(line["amount_cny"]) - exact
    # Lines of less than a hundredth of a kilowatt-hour are not printed; what they come to is part of the rounding.
    assert run.summary["bill"]["rounding_cny"] == pytest.approx(moved, abs=ROUNDING_PER_LINE_CNY)


def test_energy_on_the_bill_is_energy_imported(run: Run) -> None:
    """Every component is billed on all energy, each kilowatt-hour once."""
    imported = run.summary["energy"]["import_kwh"]
    lines = [line for line in run.rows("bill.csv") if line["unit"] == "kWh"]
    for component in {line["component"] for line in lines}:
        billed = sum(float(line["quantity"]) for line in lines if line["component"] == component)
        assert billed == pytest.approx(imported, rel=1e-9), component


def test_the_cash_flow_adds_up(run: Run) -> None:
    years = run.rows("cashflow.csv")
    finance = run.summary["finance"]
    assert [int(row["year"]) for row in years] == list(range(26))
    assert float(years[0]["capex_cny"]) == pytest.approx(finance["capex_cny"], rel=1e-12)
    assert float(years[-1]["cumulative_cny"]) == pytest.approx(
        sum(float(row["post_tax_cny"]) for row in years), rel=1e-12
    )
    assert finance["npv_cny"] == pytest.approx(sum(float(row["discounted_cny"]) for row in years), rel=1e-9)
    for row in years:
        net = float(row["savings_cny"]) + float(row["residual_cny"]) - float(row["operation_cny"])
        assert float(row["pre_tax_cny"]) == pytest.approx(
            net - float(row["capex_cny"]) - float(row["replacement_cny"]), abs=1e-2
        )


def test_the_internal_rate_of_return_makes_the_present_value_zero(run: Run) -> None:
    years = run.rows("cashflow.csv")
    for key, column in (("project_irr_pre_tax", "pre_tax_cny"), ("project_irr_post_tax", "post_tax_cny")):
        [rate] = run.summary["finance"][key]["roots"]
        worth = sum(float(row[column]) / (1 + rate) ** int(row["year"]) for row in years)
        assert abs(worth) <= 1e-6 * run.summary["finance"]["capex_cny"], key


# ---------------------------------------------------------------------------------------------- carbon


def test_tonnes_are_energy_times_factor(run: Run) -> None:
    carbon = json.loads((run.folder / "carbon.json").read_text("utf-8"))
    assert carbon["view"] == run.summary["carbon"]["view"] == "park_annex4"
    for line in carbon["lines"]:
        assert line["emissions_t"] == pytest.approx(line["energy_kwh"] * line["factor_t_per_kwh"], rel=1e-9)
    assert carbon["emissions_t"] == pytest.approx(sum(line["emissions_t"] for line in carbon["lines"]), rel=1e-12)
    used = (
        run.summary["energy"]["load_kwh"] - run.summary["energy"]["shortfall_kwh"] + run.summary["energy"]["losses_kwh"]
    )
    assert carbon["energy_tce"] == pytest.approx(used * carbon["conversion"]["tce_per_kwh"], rel=1e-9)
    assert carbon["intensity_t_per_tce"] == pytest.approx(carbon["emissions_t"] / carbon["energy_tce"], rel=1e-12)


def test_savings_are_differences_against_the_reference(run: Run) -> None:
    summary = run.summary
    saved_t = summary["reference"]["emissions_t"] - summary["carbon"]["emissions_t"]
    saved_cny = summary["reference"]["cost_cny"] - summary["operation"]["cost_cny"]
    assert summary["savings"]["emissions_t"] == pytest.approx(saved_t, rel=1e-12)
    assert summary["savings"]["cost_cny"] == pytest.approx(saved_cny, rel=1e-12)


def test_the_first_page_says_what_is_invented(run: Run, park: Park) -> None:
    page = (run.folder / "report.html").read_text("utf-8")
    assert park.disclosure.zh in page
    assert park.disclosure.en.split(".")[0] in page


def test_what_is_not_built_is_null_with_an_assumption(run: Run) -> None:
    """A null without a word would be read as a fault, a zero as a figure."""
    said = [each for each in run.summary["assumptions"] if each["confidence"] == "not_built"]
    nulls = [key for key, value in run.summary["green"].items() if value is None]
    assert len(said) >= len(nulls) > 0
    assert all(each["what"]["en"] and each["what"]["zh"] and each["why"]["zh"] for each in run.summary["assumptions"])


def test_the_page_of_files_names_every_key(run: Run) -> None:
    """docs/conventions/files.md is what others program against."""
    page = (EXAMPLE.parents[1] / "docs" / "conventions" / "files.md").read_text("utf-8")
    sections = dict(part.split("\n", 1) for part in page.split("\n## ")[1:])

    def listed(name: str) -> list[str]:
        return re.findall(r"`(\w+)`", "".join(re.findall(r"^\|([^|]*)\|", sections[name], re.MULTILINE)))

    for name in ("summary.json", "carbon.json", "run.json"):
        assert set(listed(name)) == set(json.loads((run.folder / name).read_text("utf-8"))), name
    inner = {key for part in run.summary.values() if isinstance(part, dict) for key in part} - set(run.summary["sizes"])
    assert {key for key in inner if f"`{key}`" not in sections["summary.json"]} == set()
    for name in ("bill.csv", "cashflow.csv"):
        assert listed(name) == list(run.rows(name)[0]), name
    assert {file.name for file in run.folder.iterdir()} <= set(re.findall(r"^\| `([\w.]+)` \|", page, re.MULTILINE))
