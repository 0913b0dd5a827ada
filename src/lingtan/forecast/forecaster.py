"""One interface for any target: fit, forecast, forecast_many; with errors of its own, and an honest step back to naive.

`Forecaster.fit(known)` learns twice: once without the newest days, whose errors then calibrate the quantiles and decide whether
the model beats the week before, and once with everything. Both see `Known` only.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from lingtan.findings import Finding, InputError, Severity
from lingtan.forecast.columns import truth
from lingtan.forecast.conformal import Conformal
from lingtan.forecast.days import Days, Values
from lingtan.forecast.explain import Explanation, explanation
from lingtan.forecast.intraday import Update, revised
from lingtan.forecast.models import NAMED, Explained, Fitted, Model, Naive
from lingtan.forecast.shown import OWN_USE, night
from lingtan.forecast.subject import Known, local_day
from lingtan.wording.forecast import told

Bools = NDArray[np.bool_]

LEVELS = (0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9, 0.95)
MIN_DAYS = 56
"""Fewer days with known values cannot teach a model and test it too; naive then stands in."""
BAND_DAYS = 7
"""Errors of fewer days make no band."""
ABOVE, ABOVE_SHARE = 1.05, 0.005
"""A plant of which more than this share of values lies above its capacity by more than a meter may err is larger than that."""


@dataclass(frozen=True, eq=False)
class Forecast:
    """Quantiles of some origins: `values` (O, H, Q) at `levels` (Q,), which never cross; `point` (O, H) is the model's own.

    `model` names who made it: naive where the model stepped back; `findings` say so.
    """

    days: Days
    levels: tuple[float, ...]
    values: Values
    point: Values
    model: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Forecaster:
    """A model with its calibration; settings only.

    `holdout_days` are kept from the first fit; `max_days` bounds how far back is learned; `levels` are the quantiles.
    """

    model: Model
    conformal: Conformal = field(default_factory=Conformal)
    holdout_days: int = 56
    max_days: int = 1500
    levels: tuple[float, ...] = LEVELS
    steps_back: bool = True
    """Whether a model no better than the week before gives way to it; a yardstick stays what it is."""

    def fit(self, known: Known) -> Trained:
        """Learn from what was known at the gate; a short past or a model no better than naive ends with naive and a finding."""
        days = known.learnable()[-self.max_days :]
        taught = days[np.isfinite(truth(known, days, trained=True)).any(axis=1)]
        naive = Naive(7)
        above = _above_capacity(known)
        after = int(days[-1]) + 1 if days.size else 0
        if isinstance(self.model, NAMED) and not self.steps_back:
            return Trained(
                self._as_named(), self.model, self.model, after, self.model.name, above, outgrown=bool(above)
            )
        if len(taught) < MIN_DAYS:
            short = (*above, _short(known, len(taught)))
            return Trained(self._as_named(), naive, naive, after, naive.name, short, outgrown=bool(above))
        first_held = int(taught[-min(self.holdout_days, len(taught) // 3)])
        before = taught[taught < first_held - known.horizon.days + 1]
        held = np.arange(first_held, int(taught[-1]) + 1)
        inner = self.model.fit(known, before)
        actual = truth(known, held, trained=True)
        said = inner.predict(known, held)
        ours = float(np.nanmean(np.abs(said - actual)))
        theirs = float(np.nanmean(np.abs(naive.predict(known, held) - actual)))
        after = int(taught[-1]) + known.horizon.days
        if self.steps_back and not ours < theirs:
            back = (*above, _steps_back(known, ours, theirs))
            return Trained(self._as_named(), naive, naive, after, naive.name, back, outgrown=bool(above))
        final = self.model.fit(known, taught)
        return Trained(self, inner, final, after, self.model.name, above, first_held, said, outgrown=bool(above))

    def _as_named(self) -> Forecaster:
        """The settings of a naive forecast: with its misses of late taken out, in mean or median, it would be another one."""
        return replace(self, conformal=replace(self.conformal, drift_share=0.0, even=True))


@dataclass(frozen=True, eq=False)
class Trained:
    """What has learned: `inner` for days before `fitted_day` (it did not learn the last of them), `final` from there on."""

    settings: Forecaster
    inner: Fitted
    final: Fitted
    fitted_day: int
    model: str
    findings: tuple[Finding, ...] = ()
    first_held: int = 0
    held: Values | None = None
    """Points (N, H) of the days from `first_held` on, as they were made at the fit: they need not be made again."""
    outgrown: bool = False
    """Whether the plant had given more than its capacity before the fit: that then bounds nothing."""

    def forecast(self, known: Known, day: int | None = None) -> Forecast:
        """Quantiles of one origin day, by default the newest whose gate has come."""
        return self.forecast_many(known, np.array([known.last_origin if day is None else day]))

    def forecast_many(self, known: Known, days: Days) -> Forecast:
        """Quantiles of many origins at once, each from what its own gate knew; the same to the bit as one by one.

        Raises `InputError`: `forecast.gate-to-come` for an origin whose gate is after that of `known`;
        `forecast.learned-from` for one from which both fits learned, where no error would be honest.
        """
        made, seen = self._many(known, days)
        return replace(made, findings=(*made.findings, *_thin_band(known, seen)))

    def _many(self, known: Known, days: Days) -> tuple[Forecast, Days]:
        """See `forecast_many`; and of how many days errors were known at each origin's gate (O,)."""
        days = np.asarray(days, dtype=np.int64)
        if days.size and int(days.max()) > known.last_origin:
            late = str(known.days.date(np.array(int(days.max()))))
            raise InputError([Finding("forecast.gate-to-come", known.name, f"≤ {known.gate}Z", late)])
        if days.size and int(days.min()) < self.first_held:
            early, first_day = known.days.date(np.array([int(days.min()), self.first_held])).astype(str)
            raise InputError([Finding("forecast.learned-from", known.name, f"≥ {first_day}", early)])
        conformal, lag = self.settings.conformal, known.lag
        first = max(int(days.min()) - conformal.days - conformal.drift_days - 2 * lag - 2, self.first_held, 0)
        made, seen = self._banded(known, days, first)
        if first > self.first_held and (seen < BAND_DAYS).any():
            return self._banded(known, days, self.first_held)
        return made, seen

    def _banded(self, known: Known, days: Days, first: int) -> tuple[Forecast, Days]:
        """See `_many`, from errors of days from `first` on; where that is all there are, after a long gap those before the gap."""
        levels, conformal, lag = np.array(self.settings.levels), self.settings.conformal, known.lag
        span = np.arange(first, int(days.max()) + 1)
        low, high = self.bounds(known, span)
        point = np.clip(self.point(known, span), low, high)
        came, stuck = truth(known, span), known.stuck_since(span)
        cut = known.cut_slots(span)
        came[cut < known.first_slot] = np.nan  # what was forecast from nothing at all is no error of a forecast
        drift = conformal.drift(came - point, lag, stuck, cut)
        shifted = np.clip(point + drift, low, high)
        error = came - shifted
        values = np.empty((days.size, known.width, levels.size))
        seen = np.zeros(days.size, dtype=np.int64)
        for row, day in enumerate(days):
            stop = max(int(day) - lag + 1 - first, 0)
            pool = np.arange(max(stop - conformal.days, 0), stop)
            believed = np.where(stuck[:stop] <= cut[day - first], np.nan, error[:stop])
            has_errors: Bools = np.asarray(np.isfinite(believed).any(axis=1))
            if first == self.first_held and has_errors[pool].sum() < BAND_DAYS:
                pool = np.flatnonzero(has_errors)[-conformal.days :]
            seen[row] = has_errors[pool].sum()
            values[row] = conformal.quantiles(shifted[day - first], believed[pool], shifted[pool], levels)
        asked = days - first
        bounded = np.clip(values, low[asked, :, None], high[asked, :, None])
        return Forecast(days, self.settings.levels, bounded, point[asked], self.model, self.findings), seen

    def update(self, known: Known, day: int | None = None) -> Update:
        """An origin day, by default the one the gate of `known` lies in, seen again with what was measured since its own gate.

        The vintage of that day is corrected by what the vintages have missed in the last hour (see `intraday`). A day whose
        own gate is to come raises as in `forecast_many`.
        """
        zone = known.days.grid.zone
        today = known.days.day_of(local_day(known.gate, zone))
        asked = today if day is None else day
        newest = min(today, known.last_origin, known.days.count - 1)
        first = max(newest - self.settings.conformal.days, self.first_held, 0)
        span = np.arange(min(first, asked), max(newest, asked) + 1)
        made, seen = self._many(known, span)
        wrong = np.isfinite(known.stuck[span[0] : newest + 1])
        table = np.where(wrong, np.nan, known.target[span[0] : newest + 1])
        row, target = asked - int(span[0]), truth(known, np.array([asked]))[0]
        moved = revised(made.values, made.levels, table, row)
        there = np.isfinite(target)
        low, high = (bound[0] for bound in self.bounds(known, np.array([asked])))
        values = np.where(there[:, None], target[:, None], np.clip(moved.values, low[:, None], high[:, None]))
        point = np.where(there, target, np.clip(made.point[row] + moved.shift, low, high))
        vintage = made.values[row]
        found = (*made.findings, *_thin_band(known, seen[row : row + 1]))
        return Update(asked, known.gate, made.levels, values, point, there, vintage, made.model, found)

    def explain(self, known: Known, day: int | None = None) -> Explanation:
        """What moved the point forecast of an origin day, by default the newest whose gate has come.

        Raises `InputError`: `forecast.not-explained` for a model that cannot tell, and as `forecast_many`.
        """
        asked = known.last_origin if day is None else day
        made = self.forecast_many(known, np.array([asked]))
        fitted = self.inner if asked < self.fitted_day else self.final
        if not isinstance(fitted, Explained):
            raise InputError([Finding("forecast.not-explained", known.name, got=self.model)])
        return explanation(asked, made.point[0], fitted.contributions(known, made.days), self.model)

    def point(self, known: Known, days: Days) -> Values:
        """Point forecasts (O, H): of days before the fit by the model that did not learn from them."""
        count = 0 if self.held is None else len(self.held)
        row = days - self.first_held
        points = np.empty((days.size, known.width))
        kept = (row >= 0) & (row < count)
        if self.held is not None:
            points[kept] = self.held[row[kept]]
        for model, which in ((self.inner, days < self.fitted_day), (self.final, days >= self.fitted_day)):
            asked = which & ~kept
            if asked.any():
                points[asked] = model.predict(known, days[asked])
        return points

    def bounds(self, known: Known, days: Days) -> tuple[Values, Values]:
        """What the plant can give at least and at most over the horizons of these origins, (O, H) each; ∞ for load and prices.

        Where a PV plant is dark it gives what it gave there of late, whatever a model made of inputs that were missing.
        """
        low = np.full((days.size, known.width), -np.inf)
        high = np.full_like(low, np.inf)
        if known.capacity is not None:
            low[:] = {"wind": 0.0, "pv": -OWN_USE * known.capacity}.get(known.kind, -np.inf)
            high[:] = np.inf if self.outgrown else known.capacity
        if known.kind == "pv":
            least, most = night(known, days)
            return np.maximum(low, least), np.minimum(high, most)
        return low, high


def _short(known: Known, days: int) -> Finding:
    got = told("days", count=days)
    return Finding("forecast.short-history", known.name, told("days", count=MIN_DAYS), got, severity=Severity.WARNING)


def _above_capacity(known: Known) -> tuple[Finding, ...]:
    """Says so where a plant gave more than it can: its size changed, or the park file tells another."""
    if known.capacity is None:
        return ()
    values = known.target[np.isfinite(known.target)]
    above = values > ABOVE * known.capacity
    if above.sum() <= ABOVE_SHARE * values.size:
        return ()
    limit, highest = f"≤ {known.capacity:g}", f"{values.max():g}"
    return (Finding("forecast.above-capacity", known.name, limit, highest, severity=Severity.WARNING),)


def _thin_band(known: Known, seen: Days) -> tuple[Finding, ...]:
    """Says so where the errors of too few days are known to make a band."""
    thin = seen[seen < BAND_DAYS]
    if not thin.size:
        return ()
    got = told("days", count=int(thin.min()))
    wanted = told("days-at-least", count=BAND_DAYS)
    return (Finding("forecast.thin-band", known.name, wanted, got, severity=Severity.WARNING),)


def _steps_back(known: Known, ours: float, theirs: float) -> Finding:
    got = told("mae-against", ours=f"{ours:.4g}", naive=f"{theirs:.4g}")
    return Finding("forecast.steps-back", known.name, got=got, severity=Severity.WARNING)
