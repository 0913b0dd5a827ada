"""Run the past again as it was lived: from each gate, with what was known then, refitted at a stated cadence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lingtan.findings import Finding, InputError
from lingtan.forecast.columns import truth
from lingtan.forecast.daylight import daylight
from lingtan.forecast.days import Days, Values
from lingtan.forecast.forecaster import Forecast, Forecaster
from lingtan.forecast.subject import Subject, WeatherMode

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Cadence:
    """Every how many days is learned anew; `quarters` means on the first day of each quarter instead."""

    days: int = 0
    quarters: bool = True

    def starts(self, dates: np.ndarray[tuple[int], np.dtype[np.datetime64]]) -> Days:
        """Positions among consecutive dates at which is learned anew, the first always being one."""
        if self.quarters:
            quarter = dates.astype("M8[M]").astype(np.int64) // 3
            return np.flatnonzero(np.concatenate([[True], quarter[1:] != quarter[:-1]]))
        return np.arange(0, len(dates), max(self.days, 1))


@dataclass(frozen=True, eq=False)
class Backtest:
    """Forecasts of consecutive origin days and what came: `values` (O, H, Q), `point` and `actual` (O, H), NaN where nothing was
    measured. `weather` labels the inputs; `models` name who made each origin's forecast."""

    subject: Subject
    days: Days
    levels: tuple[float, ...]
    values: Values
    point: Values
    actual: Values
    weather: WeatherMode
    models: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    lit: NDArray[np.bool_] | None = None
    """(O, H): where bands count, see `daylight`; None is everywhere."""

    @property
    def median(self) -> Values:
        """The quantile 0.5 where it is among the levels, else the point forecast; (O, H)."""
        return self.values[:, :, self.levels.index(0.5)] if 0.5 in self.levels else self.point

    @property
    def banded(self) -> Values:
        """`actual` where bands are judged, NaN elsewhere; (O, H)."""
        return self.actual if self.lit is None else np.where(self.lit, self.actual, np.nan)

    def to_pandas(self) -> pd.DataFrame:
        """Long table: origin (date), target_time (aware, zone of the target), quantile, value, actual; measured steps only."""
        import pandas as pd

        grid, slots = self.subject.target.grid, self.subject.days.slots
        start = np.full((self.subject.days.count, slots), -1, dtype=np.int64)
        start[grid.day_index[::-1], self.subject.days.slot[::-1]] = np.arange(grid.steps)[::-1]
        at = np.concatenate(
            [start[np.clip(self.days + ahead, 0, len(start) - 1)] for ahead in range(self.subject.horizon.days)], 1
        )
        row, column = np.nonzero((at >= 0) & np.isfinite(self.actual))
        count = len(self.levels)
        return pd.DataFrame(
            {
                "origin": np.repeat(self.subject.days.date(self.days)[row], count).astype("M8[s]"),
                "target_time": grid.to_pandas_index()[np.repeat(at[row, column], count)],
                "quantile": np.tile(self.levels, row.size),
                "value": self.values[row, column].reshape(-1),
                "actual": np.repeat(self.actual[row, column], count),
            }
        )


@dataclass(frozen=True)
class Plan:
    """What to run again: origins from local date `first` up to, not including, `end`, and the cadence of learning."""

    first: np.datetime64
    end: np.datetime64
    cadence: Cadence = field(default_factory=Cadence)


def backtest(subject: Subject, forecaster: Forecaster, plan: Plan) -> Backtest:
    """Forecast every origin of a span as it would have been done then.

    Raises `InputError`: `forecast.no-such-span` where the target does not reach over the span; `series.nothing-known`.
    """
    days = np.arange(subject.days.day_of(plan.first), subject.days.day_of(plan.end))
    if not days.size or days[0] < 1 or days[-1] >= subject.days.count:
        known = f"{subject.days.date(np.array(1))} … {subject.days.date(np.array(subject.days.count))}"
        raise InputError([Finding("forecast.no-such-span", subject.target.name, known, f"{plan.first} … {plan.end}")])
    starts = plan.cadence.starts(subject.days.date(days))
    made: list[Forecast] = []
    for first, stop in zip(starts, [*starts[1:], days.size], strict=True):
        trained = forecaster.fit(subject.as_of(subject.gates[days[first]]))
        made.append(trained.forecast_many(subject.as_of(subject.gates[days[stop - 1]]), days[first:stop]))
    after = subject.as_of(subject.target.grid.end + np.timedelta64(400, "D"))
    findings = {finding.text(): finding for each in made for finding in each.findings}
    return Backtest(
        subject,
        days,
        forecaster.levels,
        np.concatenate([each.values for each in made]),
        np.concatenate([each.point for each in made]),
        np.where(np.isfinite(after.stuck_since(days)), np.nan, truth(after, days)),
        subject.weather,
        tuple(each.model for each in made for _ in each.days),
        tuple(findings.values()),
        daylight(after, days),
    )
