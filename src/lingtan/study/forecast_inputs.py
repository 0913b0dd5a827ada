"""What a target is forecast from beside its own past: weather, priors and plans, each as its mode says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lingtan.findings import Finding, InputError, Severity
from lingtan.forecast import DayGrid, Horizon
from lingtan.forecast.days import Values, filled_slots
from lingtan.forecast.weather import Quantity, actual, degraded
from lingtan.study.forecast import OWN_DRAW
from lingtan.study.forecast_columns import PRIOR, WEATHER_OF, WEATHER_UNITS
from lingtan.study.forecast_targets import Past, Target
from lingtan.study.issued_weather import IssuedWeather

Mode = Literal["actual", "degraded", "nwp"]
ISSUED_PU = "issued_pu"
"""The output of a plant as it was issued for a shipped park."""
WEATHER = frozenset({*WEATHER_UNITS, PRIOR, ISSUED_PU})
"""Inputs that are weather, or made of it; others are plans."""
ERR_AS: Mapping[str, Quantity] = {
    "temperature_c": "temperature",
    "ghi_w_per_m2": "irradiance",
    "dhi_w_per_m2": "irradiance",
    "dni_w_per_m2": "irradiance",
    "wind_m_per_s": "wind_speed",
}
"""Whose error a forecast of it has; parts of irradiance err together."""


@dataclass(frozen=True, eq=False)
class Span:
    """The days of a subject, their gates (D,) and what they are forecast for."""

    days: DayGrid
    gates: NDArray[np.datetime64]
    horizon: Horizon

    def table(self, values: Values) -> Values:
        """Values (T or fewer) by day (D, S), NaN past their end."""
        longer = np.full(self.days.grid.steps, np.nan)
        longer[: values.size] = values
        return filled_slots(self.days.by_day(longer))


def mode_of(past: Past, weather: Mode | None, issued: IssuedWeather | None) -> Mode:
    """How weather enters: as asked, else as issued where it was, else with the error of a forecast."""
    return weather or ("degraded" if past.issued is None and issued is None else "nwp")


def inputs_of(
    past: Past, target: Target, span: Span, mode: Mode, issued: IssuedWeather | None, seed: int
) -> dict[str, Values]:
    """The inputs (D, H) of a target by name.

    Raises `InputError`: `forecast.nothing-issued`, `forecast.issued-later`.
    """
    if mode == "nwp":
        inputs = dict(_told(issued, target, span)) if issued is not None else _shipped(past, target, span)
    else:
        inputs = {
            name: _measured(name, span.table(row), span.horizon, mode, seed) for name, row in _weather(past, target)
        }
        prior = _prior(past, target)
        if prior is not None and _may_err(target, mode):
            as_name = "ghi_w_per_m2"  # what the sun of a plant does errs as irradiance does, and with it
            inputs[PRIOR] = _measured(as_name, span.table(prior), span.horizon, mode, seed)
    return inputs | {name: actual(span.table(plan), span.horizon) for name, plan in past.plans.items()}


def input_findings(past: Past, target: Target, mode: Mode) -> list[Finding]:
    """Says so where a prior is not used: one of measured weather would be a perfect forecast beside weather that is none."""
    if _prior(past, target) is None or (mode != "nwp" and _may_err(target, mode)):
        return []
    return [Finding("forecast.prior-unused", f"{target.name}.{PRIOR}", got=mode, severity=Severity.WARNING)]


def _weather(past: Past, target: Target) -> Iterator[tuple[str, Values]]:
    for name in WEATHER_OF[target.kind]:
        if name in past.weather:
            yield name, past.weather[name]


def _measured(name: str, table: Values, horizon: Horizon, mode: Mode, seed: int) -> Values:
    quantity = ERR_AS[name]
    return actual(table, horizon) if mode == "actual" else degraded(table, quantity, horizon, seed + OWN_DRAW[quantity])


def _may_err(target: Target, mode: Mode) -> bool:
    """Whether a prior can be taken so: what error it has is known of the sun only."""
    return mode == "actual" or target.kind == "pv"


def _prior(past: Past, target: Target) -> Values | None:
    """The prior of all assets of a target together; None where one of them has none."""
    rows = [past.priors.get(asset) for asset in target.assets]
    there = [row for row in rows if row is not None]
    return np.sum(there, axis=0) if there and len(there) == len(rows) else None


def _told(issued: IssuedWeather, target: Target, span: Span) -> Iterator[tuple[str, Values]]:
    """What was issued with its time: of each day what its own gate knew. Of days further ahead the gates differ: nothing."""
    if span.horizon.days > 1:
        return
    for name in WEATHER_OF[target.kind]:
        table = issued.inputs(name, span.days, span.gates)
        if table is not None:
            yield name, table
    priors = [issued.inputs(f"{asset}.{PRIOR}", span.days, span.gates) for asset in target.assets]
    there = [prior for prior in priors if prior is not None]
    if there and len(there) == len(priors):
        yield PRIOR, np.sum(there, axis=0)


def _shipped(past: Past, target: Target, span: Span) -> dict[str, Values]:
    """What was issued for a target of a shipped park: of a load the temperature, of a plant its own output per unit."""
    if past.issued is None:
        raise InputError([Finding("forecast.nothing-issued", "--weather", got="nwp")])
    name, called = ("temperature_c", "temperature_c") if target.kind == "load" else (target.name, ISSUED_PU)
    found = past.issued.inputs(name, span.days, span.horizon)
    return {} if found is None else {called: found}
