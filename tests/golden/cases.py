"""The cases that peers and lingtan both solve: formulas with seeds, and plain data. Needs numpy, nothing of lingtan.

A peer in its own environment and our own tests import this same module, so both sides start from the same numbers and
neither can drift away alone. What the peers answered stands in the JSON files beside it (README.md tells their form).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# -------------------------------------------------------------------------------------------- the reference sizing case
# Power in MW, energy in MWh, money in CNY, CO2 in t. Capital costs are annuities: CNY per MW (or MWh) and year.


@dataclass(frozen=True)
class Source:
    """Gives power to a bus, up to its size times `availability` (a series of 0..1; none means always)."""

    bus: str
    power_mw: float | None  # None: free, at no more than power_max_mw
    power_max_mw: float = float("inf")
    capital_cny_per_mw_year: float = 0.0
    price_cny_per_mwh: float | str = 0.0  # a number, or the name of a series
    availability: str | None = None
    co2_t_per_mwh: float = 0.0  # of the energy given


@dataclass(frozen=True)
class Sink:
    """Takes power from a bus as it pleases and pays for it."""

    bus: str
    power_mw: float
    price_cny_per_mwh: float


@dataclass(frozen=True)
class Converter:
    """Takes power from one bus and gives `efficiency` times it to another; size and costs count what it takes."""

    from_bus: str
    to_bus: str
    efficiency: float
    power_mw: float | None  # None: free
    capital_cny_per_mw_year: float = 0.0
    price_cny_per_mwh: float = 0.0


@dataclass(frozen=True)
class Store:
    """Holds a free amount of energy on a bus; ends the window as full as it began; loses a share every hour."""

    bus: str
    capital_cny_per_mwh_year: float
    loss_per_hour: float = 0.0


@dataclass(frozen=True)
class Need:
    """A load on a bus that must be met, named by its series."""

    bus: str
    series: str


Asset = Source | Sink | Converter | Store | Need

REFERENCE_BUSES = ("elec", "heat", "h2", "gas", "bat")
REFERENCE_CO2_CAP_T_PER_YEAR = 250e3
REFERENCE_ASSETS: dict[str, Asset] = {
    "grid": Source("elec", 300, price_cny_per_mwh="price", co2_t_per_mwh=0.55),
    "export": Sink("elec", 100, price_cny_per_mwh=250),
    "pv": Source("elec", None, 400, capital_cny_per_mw_year=280e3, availability="pv"),
    "wind": Source("elec", None, 300, capital_cny_per_mw_year=480e3, availability="wind"),
    "gas": Source("gas", 1000, price_cny_per_mwh=320, co2_t_per_mwh=0.2),
    "boiler": Converter("gas", "heat", 0.92, 100),
    "heat_pump": Converter("elec", "heat", 3.0, None, capital_cny_per_mw_year=300e3),
    "electrolyzer": Converter("elec", "h2", 0.65, None, capital_cny_per_mw_year=350e3),
    "fuel_cell": Converter("h2", "elec", 0.5, None, capital_cny_per_mw_year=500e3),
    "charge": Converter("elec", "bat", 0.95, None, capital_cny_per_mw_year=25e3),
    "discharge": Converter("bat", "elec", 0.95, None, capital_cny_per_mw_year=25e3, price_cny_per_mwh=5),
    "battery": Store("bat", capital_cny_per_mwh_year=70e3, loss_per_hour=1e-4),
    "h2_tank": Store("h2", capital_cny_per_mwh_year=3e3),
    "heat_tank": Store("heat", capital_cny_per_mwh_year=8e3, loss_per_hour=5e-3),
    "load": Need("elec", "load"),
    "heat_load": Need("heat", "heat"),
    "h2_load": Need("h2", "h2"),
}


@dataclass(frozen=True, eq=False)
class SizingCase:
    """The reference case over its first `hours` hours; capital costs and CO2 cap count for their share of a year."""

    hours: int
    series: Mapping[str, Array]
    assets: Mapping[str, Asset]
    buses: tuple[str, ...]
    co2_cap_t: float

    @property
    def share_of_year(self) -> float:
        return self.hours / 8760


def reference_case(hours: int = 8760) -> SizingCase:
    """Electricity, heat and hydrogen by the hour; ten free capacities; a CO2 cap.

    The objective of 8760 h is 261,273,895.0 CNY, of the first 1488 h 52,634,583.3 CNY.
    """
    cap = REFERENCE_CO2_CAP_T_PER_YEAR * hours / 8760
    return SizingCase(hours, reference_series(hours), REFERENCE_ASSETS, REFERENCE_BUSES, cap)


def reference_series(hours: int = 8760, seed: int = 1) -> dict[str, Array]:
    """Capacity factors, loads in MW, price in CNY/MWh. The order of the draws is part of the case."""
    rng = np.random.default_rng(seed)
    h = np.arange(hours)
    hour, day = h % 24, (h // 24) % 365
    declination = np.cos(2 * np.pi * (day - 172) / 365)
    clear = np.clip(np.sin(np.pi * (hour - 6) / 12), 0, None) * (0.75 + 0.2 * declination)
    cloud = np.repeat(rng.beta(3, 1.5, hours // 24 + 1), 24)[:hours]
    pv = np.clip(clear * cloud * 0.9, 0, 1)
    weather = autoregression(rng.normal(size=hours), memory=0.97, gain=0.24)
    wind = 1 / (1 + np.exp(-(weather * 1.1 - 1.0)))
    weekend = (h // 24) % 7 >= 5
    shift = np.clip(np.sin(np.pi * (hour - 5) / 16), 0, None)
    load = 120 * (0.75 + 0.25 * shift) * (1 - 0.12 * weekend) * (1 + 0.04 * rng.normal(size=hours))
    heat = 40 * (1 + 0.5 * np.cos(2 * np.pi * (day - 15) / 365)) * (1 + 0.05 * rng.normal(size=hours))
    peak = ((hour >= 10) & (hour < 12)) | ((hour >= 15) & (hour < 21))
    valley = (hour >= 23) | (hour < 7)
    price = np.select([peak, valley], [950.0, 290.0], 600.0) + 20 * rng.normal(size=hours)
    return {"pv": pv, "wind": wind, "load": load, "heat": heat, "h2": np.full(hours, 6.0), "price": price}


def autoregression(shocks: Array, memory: float, gain: float) -> Array:
    """`state = memory * state + gain * shock`, from 0."""
    states, state = np.zeros(len(shocks)), 0.0
    for step, shock in enumerate(shocks):
        state = memory * state + gain * shock
        states[step] = state
    return states


# -------------------------------------------------------------------------- the tariff case: time of use, demand charge
# One bus, 30 days by the quarter-hour from 16 June, so that each of two months is billed its own peak. kW, kWh, CNY.


@dataclass(frozen=True)
class Battery:
    """Power counts at the bus, for charging and discharging alike; wear is paid per kWh discharged to the bus."""

    power_kw: float | None  # None: free
    energy_kwh: float | None  # None: free
    charge_efficiency: float = 0.95
    discharge_efficiency: float = 0.95
    wear_cny_per_kwh: float = 0.03
    capital_cny_per_kw_year: float = 90.0
    capital_cny_per_kwh_year: float = 140.0


@dataclass(frozen=True, eq=False)
class TariffCase:
    """Load, PV, wind and battery behind one meter. Nothing but the grid and free sizes costs money.

    The objective is energy bought, less energy sold, plus wear, plus the demand charge on each month's largest import,
    plus `share_of_year` of the annuities of free sizes. PV and wind may be curtailed. The battery ends as it began.
    """

    name: str
    series: Mapping[str, Array]  # load_kw, pv_pu, wind_pu, price_cny_per_kwh
    battery: Battery
    pv_kw: float | None = 9_000.0  # None: free
    pv_max_kw: float = 60_000.0
    pv_capital_cny_per_kw_year: float = 480.0
    wind_kw: float = 4_000.0
    import_max_kw: float = 20_000.0
    export_max_kw: float = 3_000.0
    export_price_cny_per_kwh: float = 0.25
    demand_price_cny_per_kw_month: float = 40.0
    already_incurred_kw: tuple[float, float] = (0.0, 0.0)  # what each month's peak was before the window

    @property
    def share_of_year(self) -> float:
        return TARIFF_DAYS / 365


TARIFF_START = datetime(2026, 6, 16)  # a Tuesday; clock time in Asia/Shanghai
TARIFF_DAYS = 30
TARIFF_STEP_HOURS = 0.25
TARIFF_MONTHS = ("2026-06", "2026-07")


def tariff_cases() -> dict[str, TariffCase]:
    """The same park three times: all sizes given; PV and battery free; all given, with a peak behind us."""
    given = TariffCase("given", tariff_series(), Battery(power_kw=2_500.0, energy_kwh=5_000.0))
    free = replace(given, name="free", battery=Battery(power_kw=None, energy_kwh=None), pv_kw=None)
    incurred = replace(given, name="incurred", already_incurred_kw=(9_000.0, 0.0))
    return {case.name: case for case in (given, free, incurred)}


def tariff_month(steps: int) -> NDArray[np.intp]:
    """For each quarter-hour the month that bills it, as an index into `TARIFF_MONTHS`."""
    stamps = (TARIFF_START + timedelta(hours=TARIFF_STEP_HOURS * step) for step in range(steps))
    return np.array([TARIFF_MONTHS.index(f"{stamp:%Y-%m}") for stamp in stamps], dtype=np.intp)


def tariff_series(seed: int = 7) -> dict[str, Array]:
    """Load in kW, PV and wind per unit, price in CNY/kWh. The order of the draws is part of the case."""
    steps = int(TARIFF_DAYS * 24 / TARIFF_STEP_HOURS)
    rng = np.random.default_rng(seed)
    clock = np.arange(steps) * TARIFF_STEP_HOURS
    hour, day = clock % 24, (clock // 24).astype(int)
    weekend = (day + TARIFF_START.weekday()) % 7 >= 5
    works = ((hour >= 7) & (hour < 23) & ~weekend).astype(float)
    load = (3_000 + 5_500 * works) * (1 + 0.06 * rng.normal(size=steps))
    clear = np.clip(np.sin(np.pi * (hour - 5.5) / 14), 0, None)
    cloud = np.repeat(rng.beta(3, 1.5, TARIFF_DAYS), steps // TARIFF_DAYS)
    weather = autoregression(rng.normal(size=steps), memory=0.99, gain=0.15)
    peak = ((hour >= 10) & (hour < 12)) | ((hour >= 15) & (hour < 21))
    valley = (hour >= 23) | (hour < 7)
    return {
        "load_kw": load,
        "pv_pu": clear * cloud * 0.9,
        "wind_pu": 1 / (1 + np.exp(-(weather * 1.1 - 1.0))),
        "price_cny_per_kwh": np.select([peak, valley], [1.05, 0.32], 0.66),
    }


# ------------------------------------------------------------------------------------------------------- flows of money
# One amount per year from year 0; what a peer makes of them is a rate, a present value, an installment.

FLOWS_CNY: dict[str, tuple[float, ...]] = {
    "ordinary": (-1_000.0, 300.0, 300.0, 300.0, 300.0, 300.0),
    "late": (-5_000_000.0, -2_000_000.0, 0.0, 900_000.0, 1_500_000.0, 2_100_000.0, 2_800_000.0, 3_000_000.0),
    "twenty_years": (-48_000_000.0, *(5_600_000.0 * 0.995**year for year in range(20))),
    "never_repaid": (-1_000.0, 200.0, 200.0, 200.0),
    "two_roots": (-100.0, 230.0, -132.0),
    "no_root": (-100.0, 150.0, -100.0),
}
RATES = (0.0, 0.05, 0.08, 0.12)
LOANS: dict[str, dict[str, float]] = {
    "fifteen_years": {"principal_cny": 33_600_000.0, "rate": 0.0385, "periods": 15},
    "sixty_months": {"principal_cny": 1_000_000.0, "rate": 0.049 / 12, "periods": 60},
}
DATED_FLOWS_CNY: dict[str, tuple[tuple[str, float], ...]] = {
    "uneven_days": (
        ("2026-01-15", -1_000_000.0),
        ("2026-07-01", 120_000.0),
        ("2027-03-31", 350_000.0),
        ("2028-02-29", 420_000.0),
        ("2029-12-31", 380_000.0),
    ),
}
