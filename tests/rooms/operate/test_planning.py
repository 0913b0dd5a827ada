"""Plans of a live park: from what is known at the gate, verified, stored with steps and prices; refused ones with their reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.control import schedule_from_json
from lingtan.operate.history import STEP_MS, demand_peaks, known_at
from lingtan.operate.planner_process import serve
from lingtan.operate.planning import Planner
from lingtan.operate.store import (
    Batch,
    PlansReader,
    Point,
    RunFacts,
    RunFolder,
    Sample,
    TelemetryReader,
    TelemetryWriter,
)
from lingtan.series import Quality
from tests.rooms.operate.operate_samples import START_MS, live_case
from tests.small_parks import HOURS, book_with, retail

POINTS = [
    Point("works.power_kw", "kW", "works"),
    Point("pv.available_kw", "kW", "pv"),
    Point("battery.soc", "1", "battery"),
    Point("grid.demand_kw", "kW", "grid"),
]


def record(store: TelemetryWriter, at_ms: int, **values: float) -> None:
    named = {name.replace("__", "."): Sample(at_ms, value, 0) for name, value in values.items()}
    store.write(Batch(named))


@pytest.fixture
def store(tmp_path: Path):
    with TelemetryWriter(tmp_path / "telemetry.sqlite") as made:
        made.know(POINTS)
        yield made


def test_the_past_is_what_was_recorded_and_else_the_studied_year(store: TelemetryWriter) -> None:
    """A quarter-hour of 470 and 490 kW has a mean of 480; the one before it has what the studied year needed at 10:00."""
    record(store, START_MS - 900_000, works__power_kw=-470.0)
    record(store, START_MS - 450_000, works__power_kw=-490.0)
    known = known_at(live_case(), store, START_MS + 5_000)["works"]
    assert known.grid.end == np.datetime64(START_MS, "ms")
    assert (known.values[-1], known.quality[-1]) == (480.0, Quality.MEASURED)
    at_ten = 500.0 + 100.0 * np.sin((10.0 - 9.0) / 24.0 * 2.0 * np.pi)
    assert (known.values[-2], known.quality[-2]) == (pytest.approx(at_ten), Quality.ASSUMED)


def test_nothing_after_the_gate_changes_a_plan(store: TelemetryWriter) -> None:
    """Look-ahead through the store: noise behind the gate leaves the plan bit for bit as it was."""
    for back in range(1, 10):
        record(
            store, START_MS - back * STEP_MS, works__power_kw=-480.0 - back, pv__available_kw=100.0, battery__soc=0.5
        )
    before = Planner(live_case()).plan(store, {"battery": 0.5}, START_MS)
    for ahead in range(10):
        record(store, START_MS + ahead * 1000, works__power_kw=-900.0, pv__available_kw=7.0, grid__demand_kw=5000.0)
    after = Planner(live_case()).plan(store, {"battery": 0.5}, START_MS)
    assert before.row.accepted
    assert (after.row.digest, after.steps, after.prices) == (before.row.digest, before.steps, before.prices)


def test_a_plan_is_stored_with_every_step_and_price(store: TelemetryWriter) -> None:
    """10:30 is peak at 0.5 · 1.6 = 0.8 CNY/kWh; four assets and one connection, 96 steps each."""
    issue = Planner(live_case()).plan(store, {"battery": 0.5}, START_MS)
    assert issue.row.accepted
    assert len(issue.steps) == 5 * 96
    assert issue.prices[START_MS] == pytest.approx(0.8)
    assert {step.asset for step in issue.steps if step.content_wh is not None} == {"battery"}
    assert issue.row.schedule is not None
    assert schedule_from_json(issue.row.schedule).digest == issue.row.digest


def test_a_plan_reckons_with_the_highest_demand_of_the_running_month(store: TelemetryWriter) -> None:
    """3 March: what was reached on the first counts, what was reached on the last of February does not."""
    record(store, START_MS - 3 * 86_400_000, grid__demand_kw=900.0)
    record(store, START_MS - 2 * 86_400_000, grid__demand_kw=450.0)
    record(store, START_MS + 1, grid__demand_kw=950.0)
    assert demand_peaks(store, live_case().park.connections, live_case().grid, START_MS) == {"grid": 450.0}


@pytest.mark.parametrize(
    ("elected", "limited"), [({"grid.basis": "demand"}, True), ({"grid.basis": "capacity"}, False)]
)
def test_a_basic_charge_by_demand_gives_control_a_limit(
    store: TelemetryWriter, elected: dict[str, str], limited: bool
) -> None:
    """Also where the study elected it: the plan then has nothing to weigh, and says nothing of it."""
    record(store, START_MS - 1000, grid__demand_kw=450.0)
    issue = Planner(two_basis_case(), elected).plan(store, {"battery": 0.5}, START_MS)
    assert issue.row.schedule is not None
    assert issue.row.certificate["elected"] == elected
    assert [watts >= 450_000 for watts in issue.row.schedule["demand_limit_w"].values()] == [True] * limited


def two_basis_case() -> Case:
    """The live park with a basic charge by capacity or by demand."""
    records = [retail(factors=True, demand_price=35.0, capacity_price=22.0), HOURS]
    return replace(live_case(), rulebook=book_with(*records))


def test_a_state_of_charge_is_fresh_and_good_or_not_known(store: TelemetryWriter) -> None:
    planner = Planner(live_case())
    assert planner.soc(store, START_MS) is None
    record(store, START_MS - 61_000, battery__soc=0.4)
    assert planner.soc(store, START_MS) is None
    record(store, START_MS - 59_000, battery__soc=0.4)
    assert planner.soc(store, START_MS) == {"battery": 0.4}
    store.write(Batch({"battery.soc": Sample(START_MS - 1000, 0.9, 2)}))  # stale: the good one before it counts
    assert planner.soc(store, START_MS) == {"battery": 0.4}


def test_a_plan_that_cannot_be_made_is_refused_with_its_reason(store: TelemetryWriter) -> None:
    issue = Planner(live_case()).plan(store, {}, START_MS)
    assert (issue.row.accepted, issue.steps) == (False, ())
    assert issue.row.reason.startswith("optimize.no-state-of-charge: battery.soc: ")


class Fixed:
    """A clock that stands."""

    def __init__(self, now_ms: int) -> None:
        self.at_ms = now_ms

    def now_ms(self) -> int:
        return self.at_ms

    def follow(self) -> int:
        return 0


def test_the_planner_plans_once_a_quarter_and_waits_for_a_fresh_state_of_charge(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    run.create(RunFacts("", (), {}, 0, True, "", 0, "auto"))
    with TelemetryWriter(run.telemetry) as store:
        store.know(POINTS)
        record(store, START_MS - 1000, battery__soc=0.5)
    clock, planner, looks = Fixed(START_MS), Planner(live_case()), []

    def wait(_: float) -> bool:
        with PlansReader(run.plans) as plans:
            looks.append((clock.at_ms - START_MS, len(plans.plans(0, 10**15)), plans.state("planner")["next_ms"]))
        clock.at_ms += 60_000 if len(looks) != 2 else 900_000 + 5_000 - 60_000
        return len(looks) >= 4

    serve(run, planner, clock, wait)  # type: ignore[arg-type]
    next_quarter = START_MS + 905_000
    assert looks[:2] == [(0, 1, next_quarter), (60_000, 1, next_quarter)]
    assert looks[2][:2] == (905_000, 1)  # it is time, but no state of charge is fresh
    with TelemetryReader(run.telemetry) as telemetry:
        assert planner.soc(telemetry, clock.at_ms) is None
