"""Scenarios: days that could come, each whole, with the quantiles of the forecast and the correlation that its errors have had.

A Gaussian copula over the history of errors: each past day is written as where its values fell among the quantiles of their own
vintage, in normal scores; a scenario is a random sum of those days, so it has their covariance over time and over targets without
a matrix to invert. Its ranks at each slot then pick from the quantiles of the day to come, evenly, so that the marginals are kept
whatever the draw. Source of the form: Pinson et al., Wind Energy 12 (2009); ordering by ranks as in Schefzik et al. (2013).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from lingtan.findings import Finding, InputError
from lingtan.forecast.columns import truth
from lingtan.forecast.days import Values
from lingtan.forecast.forecaster import Trained
from lingtan.forecast.subject import Known
from lingtan.frozen import DeepFrozen
from lingtan.wording.forecast import told

MIN_ERROR_DAYS = 14
"""Fewer past days of errors do not show how errors hang together."""
FARTHEST = 3.0
"""Normal scores are held within this: how far out a value beyond the outermost quantile lies is not known."""


class Source(NamedTuple):
    """One target: what has learned, and what is known at the gate of the scenarios."""

    trained: Trained
    known: Known


@dataclass(frozen=True, eq=False)
class Scenarios(DeepFrozen):
    """`values` by target, (count, H) each, in its unit; row n of every target is one and the same future, all equally likely."""

    date: np.datetime64
    values: Mapping[str, Values]
    seed: int


def scenarios(sources: Mapping[str, Source], date: np.datetime64, count: int, seed: int, days: int = 120) -> Scenarios:
    """Draw `count` futures of the origin day `date` from the errors of at most `days` days before it.

    The same seed and the same past give the same bytes. Raises `InputError`: `forecast.no-error-history` where fewer than 14
    days of errors of all targets together are known, and as `Trained.forecast_many`.
    """
    pasts = {name: _past(source, date, days) for name, source in sources.items()}
    common = reduce(np.intersect1d, [past.dates for past in pasts.values()])
    if len(common) < MIN_ERROR_DAYS:
        who, least = ", ".join(sources), told("days", count=MIN_ERROR_DAYS)
        raise InputError([Finding("forecast.no-error-history", who, least, told("days", count=len(common)))])
    scores = np.concatenate([past.scores[np.isin(past.dates, common)] for past in pasts.values()], axis=1)
    ranks = drawn_ranks(scores, count, seed)
    edges = np.cumsum([0, *(past.coming.shape[0] for past in pasts.values())])
    values = {}
    for (name, past), first, stop in zip(pasts.items(), edges, edges[1:], strict=False):
        trained, known = sources[name]
        picked = at_score(ndtri((ranks[:, first:stop] + 0.5) / count), past.coming, trained.settings.levels)
        low, high = trained.bounds(known, np.array([known.days.day_of(date)]))
        values[name] = np.clip(picked, low, high)
    return Scenarios(date, values, seed)


class _Past(NamedTuple):
    dates: np.ndarray[tuple[int], np.dtype[np.datetime64]]
    scores: Values
    coming: Values


def _past(source: Source, date: np.datetime64, days: int) -> _Past:
    """Normal scores (N, H) of the days whose horizon is wholly known, and the quantiles (H, Q) of the day to come."""
    trained, known = source
    day = known.days.day_of(date)
    span = np.arange(max(trained.first_held, day - days, 0), day + 1)
    made = trained.forecast_many(known, span if span.size else np.array([day]))
    actual = truth(known, made.days)
    there = np.isfinite(actual).mean(axis=1) > 0.5
    there[-1] = False  # the day to come itself, of which a late gate may know a part
    scores = score_of(actual[there], made.values[there], made.levels)
    return _Past(known.days.date(made.days[there]), scores, made.values[-1])


def drawn_ranks(scores: Values, count: int, seed: int) -> Values:
    """Ranks (count, H), 0 … count - 1 in each column, correlated as the scores (N, H) of past days are; NaN is no evidence."""
    there = np.isfinite(scores)
    mean = np.where(there, scores, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    away = np.where(there, scores - mean, 0.0)
    size = np.sqrt((away**2).sum(axis=0))
    away /= np.where(size > 0, size, 1.0)
    drawn = np.random.default_rng(seed).normal(size=(count, len(scores))) @ away
    order: Values = np.argsort(np.argsort(drawn, axis=0, kind="stable"), axis=0, kind="stable").astype(np.float64)
    return order


def score_of(values: Values, quantiles: Values, levels: tuple[float, ...]) -> Values:
    """Where values (…) fall among quantiles (…, Q), as normal scores; straight between two and beyond the outermost."""
    at = ndtri(np.array(levels))
    low = np.clip((quantiles <= values[..., None]).sum(axis=-1) - 1, 0, len(levels) - 2)
    left = np.take_along_axis(quantiles, low[..., None], axis=-1)[..., 0]
    right = np.take_along_axis(quantiles, low[..., None] + 1, axis=-1)[..., 0]
    share = np.full(left.shape, np.nan)
    np.divide(values - left, right - left, out=share, where=right > left)
    scores = at[low] + share * (at[low + 1] - at[low])
    return np.asarray(np.clip(scores, -FARTHEST, FARTHEST))


def at_score(scores: Values, quantiles: Values, levels: tuple[float, ...]) -> Values:
    """Values (count, H) at normal scores of quantiles (H, Q): the inverse of `score_of`."""
    at = ndtri(np.array(levels))
    low = np.clip(np.searchsorted(at, scores, side="right") - 1, 0, len(levels) - 2)
    share = (np.clip(scores, -FARTHEST, FARTHEST) - at[low]) / (at[low + 1] - at[low])
    slot = np.arange(quantiles.shape[0])[None, :]
    left, right = quantiles[slot, low], quantiles[slot, low + 1]
    return np.asarray(left + share * (right - left))
