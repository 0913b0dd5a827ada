"""A study of the shipped park of all energies, as its user runs it: certified, tonnes added up, honest about the indicator."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lingtan.park import read_park
from lingtan.tolerances import DUAL_RELATIVE, GAP_RELATIVE, PRIMAL_RELATIVE
from tests.chromium import CHROMIUM, launched
from tests.once import once
from tests.rooms.report.test_report_layout import FAULTS

pytestmark = pytest.mark.long

EXAMPLE = Path(__file__).parents[2] / "examples" / "panzhihua"
COKE_OVEN_GAS_T_PER_M3 = 0.762e-3
"""china-rules.md §7.5."""


@dataclass(frozen=True)
class Run:
    """What the study left behind."""

    summary: dict[str, Any]
    carbon: dict[str, Any]
    series: pd.DataFrame
    page: str


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    home = once(tmp_path_factory, "panzhihua-study", _study)
    out = home / "out"
    assert (home / "status").read_text() == "0", (home / "stderr").read_text()
    read = {name: json.loads((out / f"{name}.json").read_text("utf-8")) for name in ("summary", "carbon")}
    return Run(read["summary"], read["carbon"], _series(out / "series.parquet"), (out / "report.html").as_uri())


def _series(path: Path) -> pd.DataFrame:
    import duckdb

    with duckdb.connect(":memory:") as database:
        return pd.DataFrame(database.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchnumpy())


def _study(home: Path) -> None:
    command = [str(Path(sys.executable).with_name("lingtan")), "study", str(EXAMPLE), "--out", str(home / "out")]
    environment = {**os.environ, "LINGTAN_LANG": "en", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    with (home / "stdout").open("w") as out, (home / "stderr").open("w") as errors:
        status = subprocess.call(command, stdout=out, stderr=errors, env=environment)
    (home / "status").write_text(str(status))


def test_the_optimum_is_certified(run: Run) -> None:
    solver = run.summary["solver"]
    assert solver["primal_residual"] <= PRIMAL_RELATIVE
    assert solver["dual_residual"] <= DUAL_RELATIVE
    assert solver["gap"] <= GAP_RELATIVE


def test_the_indicator_is_missed_and_the_path_is_shown(run: Run) -> None:
    """A park of this kind that seems to pass has lost its gas somewhere."""
    carbon, path = run.summary["carbon"], run.summary["abatement"]
    assert carbon["meets_threshold"] is False
    assert len(path) == read_park(EXAMPLE).targets.abatement_steps + 1
    tonnes = [step["emissions_t"] for step in path]
    assert tonnes == sorted(tonnes, reverse=True)
    assert path[0]["emissions_t"] == pytest.approx(carbon["emissions_t"], rel=1e-6)
    prices = [step["cny_per_t"] for step in path[1:]]
    assert prices == pytest.approx(sorted(prices), rel=1e-3, abs=1.0)  # marginal costs of a convex plan never fall


def test_the_gas_of_the_coke_ovens_carries_its_carbon_once(run: Run) -> None:
    """All that arises, burnt or flared: the hand figure of ORIGIN.md, 93,000 t."""
    lines = [line for line in run.carbon["lines"] if line["what"] == "coke_oven_gas"]
    arising = run.series["coke_oven_gas.byproduct_gas_m3_per_h"] + run.series["coke_oven_gas.flared_m3_per_h"]
    assert sum(line["quantity"] for line in lines) == pytest.approx(float(arising.sum()), rel=1e-9)
    assert sum(line["emissions_t"] for line in lines) == pytest.approx(93_000.0, rel=0.02)
    assert float(arising.sum()) * COKE_OVEN_GAS_T_PER_M3 == pytest.approx(93_000.0, rel=0.02)


def test_every_bus_of_heat_balances(run: Run) -> None:
    """Steam from all that feeds it is what is used of it."""
    given = [name for name in run.series if name.endswith(".steam_kw")]
    taken = [name for name in run.series if name.endswith(".steam_in_kw")]
    need = run.series["process_steam.demand_kw"] - run.series["process_steam.shortfall_kw"]
    left = run.series[given].sum(axis=1) - run.series[taken].sum(axis=1) - need
    assert len(given) >= 4
    assert float(left.abs().max()) < 0.01


def test_nothing_is_short(run: Run) -> None:
    short = [name for name in run.series if ".shortfall" in name]
    assert float(run.series[short].to_numpy().max()) < 1e-3


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium here: `make browser` installs Debian's")
def test_long_names_fit_on_a_telephone_in_both_languages(run: Run) -> None:
    """`waste_heat_boiler` pushed the list of sizes, and with it the page, past the edge of 390 pixels in English."""
    with launched() as browser:
        for language in ("en", "zh"):
            page = browser.new_page(viewport={"width": 390, "height": 900})
            page.goto(f"{run.page}#{language}")
            assert page.evaluate(FAULTS) == [], language
