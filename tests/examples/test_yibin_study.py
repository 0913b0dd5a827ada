"""A whole study of the shipped park at 15 minutes, as its user runs it: certified, and one set of figures.

How long it takes stands in `make bench`: a clock in a test measures what else the machine is doing.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from lingtan.park import read_park
from lingtan.tolerances import DUAL_RELATIVE, GAP_RELATIVE, PRIMAL_RELATIVE
from tests.once import once

pytestmark = pytest.mark.long

EXAMPLE = Path(__file__).parents[2] / "examples" / "yibin"


@dataclass(frozen=True)
class Run:
    """What the study left behind."""

    errors: str
    summary: dict[str, Any]
    carbon: dict[str, Any]
    folder: Path

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.folder / name).open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    home = once(tmp_path_factory, "yibin-study", _study)
    out = home / "out"
    assert (home / "status").read_text() == "0"
    read = {name: json.loads((out / f"{name}.json").read_text("utf-8")) for name in ("summary", "carbon")}
    return Run((home / "stderr").read_text("utf-8"), read["summary"], read["carbon"], out)


def _study(home: Path) -> None:
    command = [str(Path(sys.executable).with_name("lingtan")), "study", str(EXAMPLE), "--operator", "perfect"]
    environment = {**os.environ, "LINGTAN_LANG": "en", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with (home / "stdout").open("w") as out, (home / "stderr").open("w") as errors:
        status = subprocess.call([*command, "--out", str(home / "out")], stdout=out, stderr=errors, env=environment)
    (home / "status").write_text(str(status))


def test_both_bases_of_the_basic_charge_and_both_network_charges_were_tried(run: Run) -> None:
    """An election that is not tried is a choice made by guessing."""
    tried = json.loads((run.folder / "run.json").read_text("utf-8"))["alternatives"]
    assert len(tried) == 4
    assert len({tuple(sorted(one["elected"].items())) for one in tried}) == 4


def test_the_answer_is_certified(run: Run) -> None:
    solver = run.summary["solver"]
    assert solver["primal_residual"] <= PRIMAL_RELATIVE
    assert solver["dual_residual"] <= DUAL_RELATIVE
    assert solver["gap"] <= GAP_RELATIVE


def test_every_file_tells_the_same_total(run: Run) -> None:
    """Rules out a bill, a carbon account or a cash flow that was computed apart from the summary."""
    assert sum(Decimal(row["amount_cny"]) for row in run.rows("bill.csv")) == Decimal(
        str(run.summary["bill"]["total_cny"])
    )
    assert run.carbon["emissions_t"] == run.summary["carbon"]["emissions_t"]
    assert sum(float(row["discounted_cny"]) for row in run.rows("cashflow.csv")) == pytest.approx(
        run.summary["finance"]["npv_cny"], rel=1e-9
    )


def test_the_year_balances(run: Run) -> None:
    energy = run.summary["energy"]
    given = energy["import_kwh"] + sum(energy["generation_kwh"].values()) - energy["curtailed_kwh"]
    taken = energy["load_kwh"] - energy["shortfall_kwh"] + energy["export_kwh"] + energy["losses_kwh"]
    assert given == pytest.approx(taken, rel=1e-9)


def test_the_line_gives_the_billion_of_the_practice_notes(run: Run) -> None:
    """232.6 MW and about 1.2 billion kWh before losses: a line at full power all year would give 2.04."""
    load = run.summary["energy"]["load_kwh"]
    assert load == pytest.approx(sum(a.annual_energy for _, a in _loads()), rel=1e-9)
    assert 0.9e9 <= run.summary["energy"]["generation_kwh"]["hydro"] <= 1.2e9


def _loads() -> list[tuple[str, Any]]:
    return [(name, asset) for name, asset in read_park(EXAMPLE).assets.items() if asset.family == "load"]
