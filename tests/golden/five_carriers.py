"""A park of five carriers and twenty assets, as plain figures that every program of a comparison builds in its own words.

Electricity, heat, cooling, hydrogen and gas; ten sizes are free. All in kW, kg/h, m3/h and CNY, for `hours` hours. Numpy alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

GAS_KWH_PER_M3 = 10.0
GAS_CNY_PER_M3 = 3.2
HYDROGEN_KWH_PER_KG = 33.33
GRID_KW = 60_000.0


@dataclass(frozen=True)
class Free:
    """A size to decide: the most it may be, and what a unit of it costs a year [CNY]."""

    most: float
    cny_per_year: float


SIZES: dict[str, Free] = {
    "pv.power_kw": Free(60_000.0, 300.0),
    "wind.power_kw": Free(40_000.0, 420.0),
    "battery.energy_kwh": Free(120_000.0, 75.0),
    "chp.power_kw": Free(20_000.0, 450.0),
    "pump.power_kw": Free(30_000.0, 260.0),
    "heat_store.energy_kwh": Free(200_000.0, 6.0),
    "chiller.power_kw": Free(20_000.0, 90.0),
    "cold_store.energy_kwh": Free(100_000.0, 15.0),
    "electrolyzer.power_kw": Free(40_000.0, 500.0),
    "tank.mass_kg": Free(20_000.0, 350.0),
}

FIXED_KW = {
    "battery": 12_000.0,
    "boiler": 40_000.0,
    "heat_store": 15_000.0,
    "electric_boiler": 8_000.0,
    "absorption": 6_000.0,
    "cold_store": 8_000.0,
    "fuel_cell": 1_000.0,
}
TANK_KG_PER_H = 1_500.0
TANK_CNY_PER_KG = 0.001
EFFICIENCY = {
    "battery": 0.95,
    "boiler": 0.92,
    "heat_store": 0.98,
    "electric_boiler": 0.98,
    "absorption": 0.7,
    "cold_store": 0.97,
    "fuel_cell": 0.5,
    "chp": 0.38,
    "pump": 3.2,
    "chiller": 4.5,
}
"""What is given per unit taken; of stores, each way."""
CHP_HEAT_PER_POWER = 1.15
ELECTROLYZER_KWH_PER_KG = 52.0
LOSS_PER_DAY = {"battery": 0.001, "heat_store": 0.02, "cold_store": 0.03}
WEAR_CNY_PER_KWH = {"battery": 0.02, "heat_store": 0.001, "cold_store": 0.001}


@dataclass(frozen=True, eq=False)
class FiveCarriers:
    """The series of the case, each (hours,)."""

    hours: int
    price: Array = field(repr=False)
    electricity_kw: Array = field(repr=False)
    heat_kw: Array = field(repr=False)
    cooling_kw: Array = field(repr=False)
    hydrogen_kg_per_h: Array = field(repr=False)
    sun: Array = field(repr=False)
    wind: Array = field(repr=False)

    @property
    def share_of_year(self) -> float:
        """The part of a year that the hours are: what a yearly cost counts."""
        return self.hours / 8760.0


def five_carriers(hours: int = 8760, seed: int = 5) -> FiveCarriers:
    """The case, from a fixed seed: days and seasons with noise, nothing measured."""
    draw = np.random.default_rng(seed)
    hour = np.arange(hours)
    day, season = 2 * np.pi * (hour % 24) / 24, 2 * np.pi * hour / 8760

    def noisy(mean: Array, spread: float) -> Array:
        return np.maximum(mean * (1.0 + spread * draw.standard_normal(hours)), 0.0)

    work = 0.75 + 0.25 * np.sin(day - np.pi / 2)
    cold = 0.5 + 0.5 * np.cos(season)
    daylight = np.maximum(np.sin(day - np.pi / 2), 0.0) * (0.75 - 0.25 * np.cos(season))
    gusts = np.convolve(draw.standard_normal(hours + 47), np.ones(48) / 48**0.5, "valid")
    peak = np.isin(hour % 24, [10, 11, 17, 18, 19, 20, 21])
    valley = np.isin(hour % 24, [23, 0, 1, 2, 3, 4, 5, 6])
    return FiveCarriers(
        hours=hours,
        price=0.6 * np.where(peak, 1.6, np.where(valley, 0.4, 1.0)) * (1.0 + 0.02 * draw.standard_normal(hours)),
        electricity_kw=noisy(26_000.0 * work, 0.04),
        heat_kw=noisy(9_000.0 + 16_000.0 * cold, 0.05),
        cooling_kw=noisy(2_000.0 + 9_000.0 * (1.0 - cold) * work, 0.05),
        hydrogen_kg_per_h=noisy(np.full(hours, 120.0) * (0.7 + 0.3 * work), 0.03),
        sun=np.minimum(daylight * draw.beta(5, 2, hours), 1.0),
        wind=np.clip(0.30 + 0.22 * gusts, 0.0, 1.0),
    )
