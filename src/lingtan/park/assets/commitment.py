"""Commitment: what it takes to run a plant at all — least load, starts, times up and down, standby, ramps, planned outages.

Any family of converters may carry it (`Startable`). All figures are shares of the plant's size or per kilowatt of it, so that they
hold for a size that is still to be decided.
"""

from __future__ import annotations

from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import model_validator

from lingtan.clock import TimeGrid, moment_of
from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.units import Quantity

Share = Annotated[float, Quantity("1", ge=0, le=1)]
Hours = Annotated[float, Quantity("h", ge=0)]


class Outage(Fact):
    """A planned outage: the plant does not run from `start` until `end`."""

    start: str
    """First moment on the park's clock, `2025-03-01T00:00`."""
    end: str
    """First moment after it."""

    def span(self, zone: str) -> tuple[np.datetime64, np.datetime64]:
        """Both ends as instants. Raises `InputError` where one is none, or they are in the wrong order."""
        start, end = (self._instant(name, text, zone) for name, text in (("start", self.start), ("end", self.end)))
        if end <= start:
            raise InputError([Finding("park.outage-reversed", ".maintenance.end", f"> {self.start}", self.end)])
        return start, end

    @staticmethod
    def _instant(name: str, text: str, zone: str) -> np.datetime64:
        instant = moment_of(text, zone, name)
        if instant is None:
            raise InputError([Finding("park.not-a-moment", f".maintenance.{name}", "2025-03-01T00:00", text)])
        return instant


class Commitment(Fact):
    """When a plant may run, and what starting it costs. A plant without it follows its need freely from nothing to its size."""

    minimum_load: Share = 0.0
    """Least output of a running plant, as a share of its size [1]."""
    start_cost: Annotated[float, Quantity("CNY/kW", ge=0)] = 0.0
    """Cost of a start, per kilowatt of size [CNY/kW]: fuel to warm up, and the life that a start takes."""
    minimum_up: Hours = 0.0
    """Least time from a start to the next stop, standby counted in [h]."""
    minimum_down: Hours = 0.0
    """Least time from a stop to the next start [h]."""
    standby_power: Share | None = None
    """Power taken while it stands by, warm and without output, as a share of its size [1]; none means it cannot stand by."""
    ramp: Annotated[float, Quantity("1/h", gt=0)] | None = None
    """Most change of output in an hour, as a share of its size [1/h]; a start may reach the least load at once."""
    maintenance: tuple[Outage, ...] = ()
    """Planned outages."""

    @model_validator(mode="after")
    def _standby_below_load(self) -> Self:
        if self.standby_power is not None and self.minimum_load == 0.0:
            expected, got = "> 0 %", f"{say_number(100 * self.minimum_load)} %"
            raise InputError([Finding("park.standby-without-least-load", ".minimum_load", expected, got)])
        return self

    @property
    def has_states(self) -> bool:
        """Whether it matters if the plant is on: with a ramp and outages alone it does not."""
        stays = self.minimum_up > 0 or self.minimum_down > 0
        return self.minimum_load > 0 or self.start_cost > 0 or stays or self.standby_power is not None

    def outages(self, grid: TimeGrid) -> NDArray[np.bool_]:
        """The steps that touch a planned outage, shape (T,). Raises `InputError` for one that is no span of time."""
        starts = grid.start + np.arange(grid.steps) * np.timedelta64(grid.step_minutes, "m")
        ends = starts + np.timedelta64(grid.step_minutes, "m")
        out = np.zeros(grid.steps, dtype=bool)
        for outage in self.maintenance:
            first, last = outage.span(grid.zone)
            out |= (starts < last) & (ends > first)
        return out


class Startable(Fact):
    """What every family that can be committed says of it."""

    commitment: Commitment | None = None
    """What it takes to run the plant; none for one that follows freely."""
