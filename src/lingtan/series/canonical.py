"""The units in which series are used: kW for power and energy per step, CNY/kWh for prices, 1 for shares and shapes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lingtan.series.labeled import Series
from lingtan.units import Unit, convert
from lingtan.wording.series_notes import said

POWER_UNIT = "kW"
ENERGY_UNIT = "kWh"
SHARE_UNIT = "1"
CANONICAL_UNITS = (SHARE_UNIT, POWER_UNIT, "CNY/kWh", "kg/kWh", "°C", "W/m2", "m/s", "m3/h", "kg/h")
"""A series in another unit of one of these dimensions is converted; a unit of any other dimension stays."""


def canonical_unit(unit: str) -> str:
    """The unit in which values of this unit are used; energy is energy per step, and so a power.

    >>> [canonical_unit(unit) for unit in ("MW", "MWh", "元/MWh", "%", "kV")]
    ['kW', 'kW', 'CNY/kWh', '1', 'kV']
    """
    dimension = Unit.parse(unit).dimension
    if dimension == Unit.parse(ENERGY_UNIT).dimension:
        return POWER_UNIT
    return next((known for known in CANONICAL_UNITS if Unit.parse(known).dimension == dimension), unit)


def to_canonical(series: Series) -> Series:
    """The series in its canonical unit, with a note if anything was done."""
    target = canonical_unit(series.unit)
    if target == series.unit:
        return series
    if Unit.parse(series.unit).dimension == Unit.parse(ENERGY_UNIT).dimension:
        return as_power(series)
    converted = replace(series, values=convert(series.values, series.unit, target), unit=target)
    if np.array_equal(converted.values, series.values, equal_nan=True):
        return converted
    return converted.noted(said("converted", unit=series.unit, to=target))


def as_power(series: Series) -> Series:
    """Energy per step as mean power in kW; any other series is returned as it is.

    >>> from lingtan.clock import TimeGrid
    >>> hour = TimeGrid.of_year(2025, "UTC", 15).window(0, 4)
    >>> as_power(Series.of("load", [1.0, 2.0, 3.0, 4.0], "kWh", hour)).values.tolist()
    [4.0, 8.0, 12.0, 16.0]
    """
    if Unit.parse(series.unit).dimension != Unit.parse(ENERGY_UNIT).dimension:
        return series
    energy_kwh = convert(series.values, series.unit, ENERGY_UNIT)
    power = replace(series, values=energy_kwh / series.grid.step_hours, unit=POWER_UNIT)
    return power.noted(said("to-power", unit=series.unit))
