"""The columns of a file that a forecast reads, by names that carry their unit: flows, a price, weather, priors and plans.

Weather has the names of `docs/conventions/weather.md`, as in every file of weather; a prior is a power, named as a flow is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lingtan.findings import Finding, Severity, say_number
from lingtan.forecast.subject import Kind
from lingtan.resource.weather import QUANTITIES
from lingtan.series import Quality, Series
from lingtan.series.check import Kind as SeriesKind
from lingtan.study.flow_file import TIME
from lingtan.study.forecast import PLAN
from lingtan.wording.series_notes import said

PRICE_COLUMN, PRICE_UNIT = "price_cny_per_kwh", "CNY/kWh"
"""The column of a spot price."""
PRIOR = "prior_kw"
"""What physics or a power curve says of an asset, before any learning: `pv.prior_kw` in a file."""
WEATHER_UNITS: Mapping[str, str] = {
    "temperature_c": "°C",
    "ghi_w_per_m2": "W/m2",
    "dhi_w_per_m2": "W/m2",
    "dni_w_per_m2": "W/m2",
    "wind_m_per_s": "m/s",
}
WEATHER_OF: Mapping[Kind, tuple[str, ...]] = {
    "load": ("temperature_c",),
    "pv": ("ghi_w_per_m2", "dhi_w_per_m2", "dni_w_per_m2", "temperature_c"),
    "wind": ("wind_m_per_s", "temperature_c"),
    "price": ("temperature_c", "ghi_w_per_m2", "wind_m_per_s"),
}
"""What moves a target of each kind."""
HIGH_PRICE = 10.0
"""A median above this [CNY/kWh] is the price of a megawatt-hour, or of another money."""
SLACK = 0.05
"""Sensors show some watts below zero at night: so far outside, of its width, a range may be left."""


@dataclass(frozen=True)
class Column:
    """A column as it is to be read."""

    unit: str
    kind: SeriesKind


def columns_read(flows: Iterable[str], assets: Iterable[str], there: Sequence[str]) -> dict[str, Column]:
    """What is read of a file with these columns: the flows always, the rest where it is there."""
    wanted = {flow: Column(PRICE_UNIT, "price") if flow == PRICE_COLUMN else Column("kW", "flow") for flow in flows}
    wanted |= {name: Column(unit, "weather") for name, unit in WEATHER_UNITS.items() if name in there}
    priors = (f"{asset}.{PRIOR}" for asset in assets)
    wanted |= {name: Column("kW", "other") for name in priors if name in there}
    return wanted | {name: Column("1", "other") for name in there if name.startswith(PLAN)}


def unread(there: Sequence[str], file: Path) -> list[Finding]:
    """Says which columns are nothing that is known, such as weather under another name: a forecast would lack them in silence."""
    known = {*QUANTITIES, PRICE_COLUMN}
    stamps = TIME if TIME in there else there[0]
    odd = [name for name in there if "." not in name and name not in {*known, stamps} and not name.startswith(PLAN)]
    if not odd:
        return []
    expected = ", ".join((*WEATHER_UNITS, f"{PLAN}…", PRICE_COLUMN))
    return [Finding("forecast.column-unread", file.name, expected, ", ".join(odd), str(file), severity=Severity.NOTE)]


def price_unit(series: Series, file: Path) -> list[Finding]:
    """Says so where prices are so high that they are hardly of a kilowatt-hour."""
    known = np.abs(series.values[series.quality != Quality.MISSING])
    if not known.size or float(np.median(known)) <= HIGH_PRICE:
        return []
    got = f"{say_number(float(np.median(known)))} {PRICE_UNIT}"
    limit = f"≤ {say_number(HIGH_PRICE)} {PRICE_UNIT}"
    return [Finding("forecast.price-unit", PRICE_COLUMN, limit, got, str(file), severity=Severity.WARNING)]


def within_range(name: str, series: Series, file: Path) -> tuple[Series, list[Finding]]:
    """A quantity of weather without values that were never measured on Earth: another unit, or no reading."""
    ends = next((ends for quantity, ends in QUANTITIES.items() if quantity == name), None)
    if ends is None:
        return series, []
    low, high = ends
    slack = SLACK * (high - low)
    odd = np.flatnonzero((series.values < low - slack) | (series.values > high + slack))
    if not odd.size:
        return series, []
    values, codes = series.values.copy(), series.quality.copy()
    first = say_number(float(values[odd[0]]))
    values[odd], codes[odd] = np.nan, Quality.MISSING
    got = said("times-first", count=odd.size, text=first)
    limits = f"{say_number(low)} … {say_number(high)}"
    found = Finding("forecast.weather-range", name, limits, got, str(file), severity=Severity.WARNING)
    return replace(series, values=values, quality=codes), [found]
