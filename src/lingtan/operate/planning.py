"""One plan of a live park: what is known at the gate, a naive forecast, the study's optimizer, and control's verifier."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from lingtan.case import Case
from lingtan.control import ControlSite, DraftPlan, Schedule, draft_plan, schedule_as_json, site_of, verify
from lingtan.findings import InputError
from lingtan.forecast import naive_forecasts
from lingtan.market import basis_in
from lingtan.operate.expecting import ExpectedFile, followed
from lingtan.operate.history import demand_peaks, known_at
from lingtan.operate.store import PlanRow, PlanStep, TelemetryReader, Vintage
from lingtan.operate.weather.joined import LEARN_DAYS, joined
from lingtan.operate.weather.vintage import GOOD_FOR_MS
from lingtan.optimize import Forecasts, LiveState, NotCertifiedError, Plan, Replanner
from lingtan.optimize.replan import window_of
from lingtan.park import Battery, flow_names
from lingtan.series import History, Series

SOC_FRESH_MS = 60_000
"""How old a state of charge may be that a plan starts from."""


WEATHER_BACK_MS = LEARN_DAYS * 86_400_000 + GOOD_FOR_MS
"""How far back vintages are asked for."""


class IssuedWeather(Protocol):
    """Where forecasts of the weather are kept."""

    def vintages(self, from_ms: int, gate_ms: int) -> Sequence[Vintage]:
        """Those issued from a moment on, and both issued and received by the gate."""


@dataclass(frozen=True)
class Issue:
    """A plan to be stored."""

    row: PlanRow
    steps: tuple[PlanStep, ...] = ()
    prices: Mapping[int, float] = field(default_factory=dict)


class Planner:
    """Plans again and again; keeps the last plan, so that of two equals the one in force is kept."""

    def __init__(
        self,
        case: Case,
        elected: Mapping[str, str] | None = None,
        weather: IssuedWeather | None = None,
        expected: ExpectedFile | None = None,
    ) -> None:
        self.case = case
        self.site: ControlSite = site_of(case.park)
        self._replanner = Replanner(case)
        self._elected = dict(elected or {})
        self._weather = weather
        self._expected = expected
        self._last: Plan | None = None

    def soc(self, telemetry: TelemetryReader, gate_ms: int) -> dict[str, float] | None:
        """State of charge of each battery at the gate; None where one is not known well enough to plan from."""
        found: dict[str, float] = {}
        for name, _ in self.case.park.of_family(Battery):
            good = [
                each for each in telemetry.samples(f"{name}.soc", gate_ms - SOC_FRESH_MS, gate_ms) if each.quality <= 1
            ]
            if not good or good[-1].value is None:
                return None
            found[name] = min(max(good[-1].value, 0.0), 1.0)
        return found

    def plan(self, telemetry: TelemetryReader, soc: Mapping[str, float], gate_ms: int) -> Issue:
        """A plan made of what was known at the gate; one that fails anywhere is an issue that says why."""
        begun = time.perf_counter()
        peaks = demand_peaks(telemetry, self.case.park.connections, self.case.grid, gate_ms)
        try:
            forecasts, told = self._forecasts(telemetry, gate_ms)
            state = LiveState(gate_ms, soc, peaks, {}, self._elected, self._last)
            made = self._replanner.replan(state, forecasts)
        except InputError as error:
            return refused(gate_ms, "; ".join(found.text() for found in error.findings))
        except NotCertifiedError as error:
            return refused(gate_ms, f"not certified: {' '.join(str(error).split())}")
        checked = verify(self.site, self._draft(made, soc, gate_ms, peaks), gate_ms)
        if not isinstance(checked, Schedule):
            return refused(gate_ms, "; ".join(found.text() for found in checked))
        self._last = made
        about = {"took_s": time.perf_counter() - begun, **told}
        return self._issue(made, checked, gate_ms, about)

    def _forecasts(self, telemetry: TelemetryReader, gate_ms: int) -> tuple[Forecasts, Mapping[str, Any]]:
        """What is expected, and what is told of it: the weather where it is taken in, the park's own forecasts where there are."""
        known = known_at(self.case, telemetry, gate_ms)
        window = window_of(gate_ms, self.case.grid.zone)
        gate = np.datetime64(gate_ms, "ms")
        expected: Mapping[str, Series] = naive_forecasts(
            {name: History(series).as_of(gate) for name, series in known.items()}, window
        )
        told: dict[str, Any] = {}
        if self._weather is not None:
            vintages = self._weather.vintages(gate_ms - WEATHER_BACK_MS, gate_ms)
            moved = joined(self.case, telemetry, vintages, expected, gate_ms)
            expected, told["weather"] = moved.series, moved.told
        if self._expected is not None:
            laid = followed(self.case, self._expected, expected, gate_ms)
            expected, told["expected"] = laid.series, laid.told
        return Forecasts.of(self.case.park, {name: series.values for name, series in expected.items()}), told

    def _draft(self, made: Plan, soc: Mapping[str, float], gate_ms: int, peaks: Mapping[str, float]) -> DraftPlan:
        flows = [name for parts in flow_names(self.case.park).values() for name in parts]
        energy = {name: battery.energy.min for name, battery in self.case.park.of_family(Battery)}
        grid = made.table.grid
        limits = {
            name: max(peaks.get(name, 0.0), float(made.table[f"{name}.import_kw"].max()))
            for name in self.case.park.connections
        }
        return draft_plan(
            {name: made.table[name].tolist() for name in flows},
            {name: (made.table[f"{name}.soc"] * kwh).tolist() for name, kwh in energy.items()},
            {name: soc[name] * kwh for name, kwh in energy.items()},
            step_s=grid.step_minutes * 60,
            issued_ms=gate_ms,
            start_ms=int(grid.start.astype("M8[ms]").astype(np.int64)),
            demand_limit_kw=limits if self._is_billed_by_demand(made, gate_ms) else None,
        )

    def _is_billed_by_demand(self, made: Plan, gate_ms: int) -> bool:
        """Whether a peak of the running month is on the bill, by what was elected or by the one basis of the park file."""
        month = int(window_of(gate_ms, self.case.grid.zone).month[0])
        ways = [basis_in(way, month) for name, way in self._elections(made).items() if name.endswith(".basis")]
        return not {"demand", "contracted"}.isdisjoint(ways or [self.case.park.tariff.basis])

    def _elections(self, made: Plan) -> dict[str, str]:
        """The alternatives that hold: those of the study, and those that this plan had to weigh."""
        return {**self._elected, **made.elected}

    def _issue(self, made: Plan, schedule: Schedule, gate_ms: int, about: Mapping[str, Any]) -> Issue:
        step_ms = schedule.step_s * 1000
        steps = tuple(
            PlanStep(name, schedule.start_ms + at * step_ms, power_w, contents[at] if contents else None)
            for name, row in schedule.power_w.items()
            for contents in (schedule.content_wh.get(name),)
            for at, power_w in enumerate(row)
        )
        by_connection = self._replanner.prices_cny_per_kwh(made.table.grid, self._elections(made))
        prices = next(iter(by_connection.values()), np.zeros(0))
        proof = made.solution.certificate
        certificate = {
            "solver": made.solution.solver,
            "objective_cny": proof.objective_cny,
            "gap": proof.gap,
            "solve_s": made.solve_s,
            **about,
            "elected": self._elections(made),
        }
        row = PlanRow(
            issued_ms=gate_ms,
            gate_ms=gate_ms,
            start_ms=schedule.start_ms,
            step_s=schedule.step_s,
            accepted=True,
            reason="",
            certificate=certificate,
            digest=schedule.digest,
            schedule=schedule_as_json(schedule),
        )
        return Issue(row, steps, {schedule.start_ms + at * step_ms: float(price) for at, price in enumerate(prices)})


def refused(gate_ms: int, reason: str) -> Issue:
    """A plan that is not to be followed, and why."""
    return Issue(PlanRow(gate_ms, gate_ms, gate_ms, 900, False, reason, {}, ""))
