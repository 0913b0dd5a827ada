"""The measured series that forecasts are benchmarked on, from `../shared/data`; nothing of them is in the repository."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from lingtan.clock import TimeGrid
from lingtan.forecast import DayGrid, Horizon, Subject, WeatherMode
from lingtan.forecast.days import Values, filled_slots
from lingtan.forecast.weather import actual, degraded
from lingtan.series import Series

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
SEED = 6
CAPACITY_MW = {1: 50.0, 5: 110.0}


def _columns(name: str) -> dict[str, np.ndarray[tuple[int], np.dtype[np.generic]]]:
    read: dict[str, np.ndarray[tuple[int], np.dtype[np.generic]]]
    read = duckdb.connect().execute(f"select * from '{DATA / name}' order by time").fetchnumpy()
    return read


def _start(times: np.ndarray[tuple[int], np.dtype[np.generic]]) -> np.datetime64:
    return np.datetime64(pd.Timestamp(times[0]).tz_localize(None), "m")


def vic_elec(weather: str = "actual") -> Subject:
    """Victoria's demand in MW with Melbourne's temperature and holidays, 2012 to 2014."""
    read = _columns("vic_elec.parquet")
    stamps = pd.DatetimeIndex(pd.to_datetime(read["time"], utc=True)).tz_localize(None).to_numpy()
    grid = TimeGrid(stamps[0].astype("M8[m]"), 30, len(stamps), "Australia/Melbourne")
    days, horizon = DayGrid(grid), Horizon()
    heat = filled_slots(days.by_day(read["temperature_c"].astype(np.float64)))
    given = actual(heat, horizon) if weather == "actual" else degraded(heat, "temperature", horizon, SEED)
    holiday = np.nanmax(days.by_day(read["holiday"].astype(np.float64)), axis=1) > 0
    rest = np.where(holiday, 2, days.weekday(np.arange(days.count)) >= 5).astype(np.int64)
    series = Series.of("vic_elec", read["demand_mw"].astype(np.float64), "MW", grid)
    mode: WeatherMode = "actual" if weather == "actual" else "degraded"
    return Subject(series, "load", horizon, {"temperature_c": given}, rest, weather=mode)


def nordpool() -> Subject:
    """Nord Pool's price in EUR/MWh with its forecasts of load and wind, 2013 to 2016; days of 24 hours as the file has them."""
    read = _columns("nordpool_price.parquet")
    grid = TimeGrid(_start(read["time"]), 60, len(read["time"]), "UTC")
    days = DayGrid(grid)
    inputs = {name: days.by_day(read[name].astype(np.float64)) for name in ("load_forecast_mw", "wind_forecast_mw")}
    series = Series.of("nordpool", read["price_eur_per_mwh"].astype(np.float64), "EUR/MWh", grid)
    return Subject(series, "price", Horizon(published=True), inputs, weather="nwp")


def wind_farm(farm: int, end: str = "2011-01-01") -> Subject:
    """Normalized power of a farm of GEFCom2012 with the forecasts issued at 00 UTC, and what 12 UTC had said before.

    A stamp of the power is read as the end of its hour, so that the lead times 1 to 48 h are the hours of two whole days.
    """
    power = pd.read_csv(DATA / "gefcom2012_wind_power.csv.gz")
    stamps = pd.to_datetime(power["date"].astype(str), format="%Y%m%d%H") - pd.Timedelta("1h")
    given = pd.Series(power[f"wp{farm}"].to_numpy(), index=stamps)[
        "2009-07-01" : pd.Timestamp(end) - pd.Timedelta("1h")
    ]
    grid = TimeGrid(np.datetime64("2009-07-01", "m"), 60, len(given), "UTC")
    inputs: dict[str, Values] = {}
    for other in (1, 2, 3, 4):
        table = pd.read_csv(DATA / f"gefcom2012_wind_nwp_wf{other}.csv.gz")
        table["issued"] = pd.to_datetime(table["date"].astype(str), format="%Y%m%d%H")
        for name in ("u", "v", "ws") if other == farm else ("ws",):
            inputs |= _issues(
                table.pivot(index="issued", columns="hors", values=name),
                name,
                other,
                farm,
                len(DayGrid(grid).grid.days),
            )
    return Subject(
        Series.of(f"wf{farm}", given.to_numpy(), "1", grid),
        "wind",
        Horizon(0, 0, 2),
        inputs,
        capacity=1.0,
        weather="nwp",
    )


def _issues(table: pd.DataFrame, name: str, other: int, farm: int, days: int) -> dict[str, Values]:
    issues = pd.date_range("2009-07-01", periods=days)
    midnight = table.reindex(issues).to_numpy(dtype=np.float64)
    if other != farm:
        return {f"{name}_{other}": midnight}
    noon = np.full_like(midnight, np.nan)
    noon[:, :36] = table.reindex(issues - pd.Timedelta("12h")).to_numpy(dtype=np.float64)[:, 12:]
    return {name: midnight, f"{name}_12": noon}


def stategrid(site: int, end: str = "2021-01-01") -> Subject:
    """A PV plant in MW, 2019 and 2020; its weather is measured on site and is degraded here."""
    read = _columns(f"stategrid_solar_site{site}.parquet")
    first = _start(read["time"])
    steps = min(len(read["time"]), int((np.datetime64(end, "m") - first) // np.timedelta64(15, "m")))
    grid = TimeGrid(first - np.timedelta64(480, "m"), 15, steps, "Asia/Shanghai")
    days, horizon = DayGrid(grid), Horizon()
    sun = days.by_day(read["Total solar irradiance (W/m2)"][:steps].astype(np.float64))
    heat = days.by_day(read["Air temperature  (°C)"][:steps].astype(np.float64))
    inputs = {
        "irradiance_w_per_m2": degraded(sun, "irradiance", horizon, SEED),
        "temperature_c": degraded(heat, "temperature", horizon, SEED + 1),
    }
    series = Series.of(f"site{site}", read["Power (MW)"][:steps].astype(np.float64), "MW", grid)
    return Subject(series, "pv", horizon, inputs, capacity=CAPACITY_MW[site], weather="degraded")
