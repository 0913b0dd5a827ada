"""What is forecast, with everything that was known of it and when: `as_of(gate)` is the only way to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import utc_offsets
from lingtan.findings import Finding, InputError
from lingtan.forecast.breaks import odd_days
from lingtan.forecast.days import DayGrid, Days, Values
from lingtan.forecast.horizon import Horizon
from lingtan.forecast.quality import doubtful, wrong_at
from lingtan.frozen import DeepFrozen
from lingtan.series import Quality, Series
from lingtan.series.vintages import Gate, instant_of

Kind = Literal["load", "price", "wind", "pv"]
WeatherMode = Literal["none", "actual", "nwp", "degraded"]
"""Where inputs come from: measured afterwards (a perfect forecast, never to be had in life), issued, or measured with errors."""


@dataclass(frozen=True, eq=False)
class Known(DeepFrozen):
    """A target as it was known at one gate; what came later is not in it.

    `target` (D, S) is NaN where not known; `inputs` (D, H) hold for each origin day what was issued for its horizon, NaN for
    days whose gate is still to come; `rest_day` (≥ D,) is the calendar, known years ahead, also of days after the grid: 0 a working
    day, 1 a weekend, 2 a holiday. `cut` is the horizon's, for the slots of the target.
    """

    name: str
    kind: Kind
    days: DayGrid
    horizon: Horizon
    gate: np.datetime64
    target: Values
    inputs: Mapping[str, Values]
    rest_day: NDArray[np.int64]
    capacity: float | None
    last_origin: int
    """The newest day whose gate has come; -1 if none has."""
    trained: NDArray[np.bool_]
    """(D, S): measured and beyond doubt, as far as the gate can tell."""
    stuck: Values
    """(D, S): of spikes and of values that stood still for too long, the slot, counted from the first day, at which that was known;
    else ∞."""

    @cached_property
    def cut(self) -> tuple[int, int]:
        """Days before an origin, and slots of that day, to which its target is known."""
        return self.horizon.cut(self.days.slots)

    @cached_property
    def teaches(self) -> NDArray[np.bool_]:
        """(D, S): what may be learned from: `trained`, less days of a shifted clock or of another size (see `breaks`)."""
        whole = np.where(self.trained, self.target, np.nan)
        return np.asarray(self.trained & ~odd_days(whole, self.kind)[:, None])

    @property
    def lag(self) -> int:
        """How many days before an origin the newest lies whose whole horizon is known at its gate."""
        return self.cut[0] + self.horizon.days - (self.cut[1] == self.days.slots)

    def stuck_since(self, days: Days) -> Values:
        """`stuck` over the horizons of these origins, (O, H); past the grid ∞."""
        at = days[:, None] + np.arange(self.horizon.days)
        inside = (at >= 0) & (at < len(self.stuck))
        table = np.where(inside[:, :, None], self.stuck[np.clip(at, 0, len(self.stuck) - 1)], np.inf)
        return np.asarray(table.reshape(days.size, self.width))

    def cut_slots(self, days: Days) -> Days:
        """The last slot, counted from the first day, that each of these origins knows; (O,)."""
        return np.asarray((days - self.cut[0]) * self.days.slots + self.cut[1] - 1)

    @cached_property
    def never_stuck(self) -> bool:
        """Whether no value stood still for too long or was a spike."""
        return not np.isfinite(self.stuck).any()

    @cached_property
    def first_slot(self) -> int:
        """The first slot, counted from the first day, of which a value is known."""
        return int(np.isfinite(self.target).reshape(-1).argmax())

    @property
    def width(self) -> int:
        """Slots of a horizon (H)."""
        return self.days.slots * self.horizon.days

    def learnable(self) -> Days:
        """Origin days whose whole horizon can be known at the gate."""
        last_full = self.last_origin - self.cut[0] - self.horizon.days + (self.cut[1] == self.days.slots)
        return np.arange(0, max(last_full + 1, 0))


@dataclass(frozen=True, eq=False)
class Subject:
    """A target with its inputs over a span; models never see it, only `as_of(gate)`.

    `inputs` (D, H), by origin day: values issued for the horizon, known at its gate. `rest_day` as in `Known`.
    `capacity` bounds wind and PV, in the unit of the target.

    Raises `InputError`: `forecast.wrong-shape`, `forecast.too-few-days`.
    """

    target: Series
    kind: Kind
    horizon: Horizon = field(default_factory=Horizon)
    inputs: Mapping[str, Values] = field(default_factory=dict)
    rest_day: NDArray[np.int64] | None = None
    capacity: float | None = None
    weather: WeatherMode = "none"

    def __post_init__(self) -> None:
        days = self.days
        shape = (days.count, days.slots * self.horizon.days)
        findings = [
            Finding("forecast.wrong-shape", name, "×".join(map(str, shape)), "×".join(map(str, np.shape(values))))
            for name, values in self.inputs.items()
            if np.shape(values) != shape
        ]
        if self.rest_day is not None and (self.rest_day.ndim != 1 or len(self.rest_day) < days.count):
            findings.append(Finding("forecast.wrong-shape", "rest_day", f"≥ {days.count}", str(len(self.rest_day))))
        if findings:
            raise InputError(findings)

    @cached_property
    def days(self) -> DayGrid:
        """The days of the target's grid."""
        return DayGrid(self.target.grid)

    @cached_property
    def measured(self) -> Values:
        """The target by day (D, S), NaN where missing: what scores compare with, never what models see."""
        return self.days.by_day(self.target.values)

    @cached_property
    def gates(self) -> NDArray[np.datetime64]:
        """The gate of each origin day (D,), UTC."""
        dates = self.days.date(np.arange(self.days.count))
        return np.array([self.horizon.gate_of(date, self.target.grid.zone) for date in dates], dtype="M8[s]")

    @cached_property
    def _rest(self) -> NDArray[np.int64]:
        if self.rest_day is not None:
            return self.rest_day
        return (self.days.weekday(np.arange(self.days.count)) >= 5).astype(np.int64)

    def as_of(self, gate: Gate) -> Known:
        """What was known at the gate; `series.nothing-known` where no value of the target was."""
        grid = self.target.grid
        at = instant_of(gate, grid.zone)
        end = grid.utc + np.timedelta64(grid.step_minutes + self.horizon.delay_minutes, "m")
        known = end <= at
        if self.horizon.published:
            today = local_day(at, grid.zone)
            known |= grid.day <= today
        known &= self.target.quality != Quality.MISSING
        if not known.any():
            raise InputError([Finding("series.nothing-known", self.target.name, got=f"{at}Z")])
        values = np.where(known, self.target.values, np.nan)
        late, hindsight = doubtful(values, self.kind, grid.steps_per_day)
        table = self.days.by_day(np.where(late, np.nan, values))
        trained = self.days.by_day(np.where(hindsight | late, np.nan, values))
        issued = self.gates <= at
        inputs = {name: np.where(issued[:, None], given, np.nan) for name, given in self.inputs.items()}
        fixed = (self.target.name, self.kind, self.days, self.horizon, at)
        newest = int(issued.sum()) - 1
        stuck = self.days.by_day(self._slot_of(wrong_at(values, self.kind, grid.steps_per_day)))
        stuck[np.isnan(stuck)] = np.inf
        return Known(*fixed, table, inputs, self._rest, self.capacity, newest, np.isfinite(trained), stuck)

    def _slot_of(self, steps: Values) -> Values:
        """Steps of the grid as slots counted from the first day; ∞ stays."""
        slots = self.target.grid.day_index * self.days.slots + self.days.slot
        there = np.isfinite(steps)
        return np.where(there, slots[np.where(there, steps, 0).astype(np.int64)], np.inf)


def local_day(at: np.datetime64, zone: str) -> np.datetime64:
    """Local date of a UTC instant."""
    minutes = at.astype("M8[m]")
    day: np.datetime64 = (minutes + utc_offsets(np.array([minutes]), zone)[0]).astype("M8[D]")
    return day
