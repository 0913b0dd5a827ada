"""A PV plant after an outage of its meter: it works by day again and never at night."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.forecast import Boosting, Forecaster, Horizon, PvModel, Subject
from lingtan.forecast.shown import OWN_USE, night
from lingtan.series import Quality, Series
from tests.rooms.forecast.parks import ZONE, Array

CAPACITY_KW = 12_000.0
DAYS, SLOTS = 260, 96
DAY = 250
LATITUDE = np.deg2rad(35.0)
START = np.datetime64("2024-10-31T16:00", "m")
PV = Forecaster(PvModel(boosting=Boosting(rounds=60, rate=0.1, leaves=15, min_leaf=50, loss="l1")))


def height_of_sun() -> Array:
    """Sine of the sun's height by day and quarter-hour, noon at 12:00, below zero at night."""
    day = (np.arange(DAYS) + 305) % 365
    declination = np.deg2rad(-23.44) * np.cos(2 * np.pi * (day + 10) / 365)[:, None]
    angle = 2 * np.pi * ((np.arange(SLOTS) + 0.5) / SLOTS - 0.5)[None, :]
    return np.asarray(np.sin(LATITUDE) * np.sin(declination) + np.cos(LATITUDE) * np.cos(declination) * np.cos(angle))


def plant(*, outage_days: int, night_kw: float = 0.0, back: int = 0) -> Subject:
    """A plant in weather that changes from day to day, its meter out until the gate of `DAY`, or some days before (`back`)."""
    rng = np.random.default_rng(3)
    sun = np.clip(height_of_sun(), 0.0, None)
    clear = np.repeat(rng.uniform(0.2, 1.0, (DAYS, 1)), SLOTS, axis=1)
    output = np.clip(CAPACITY_KW * sun * clear * rng.normal(1.0, 0.05, (DAYS, SLOTS)), 0.0, CAPACITY_KW)
    output[output < abs(night_kw)] = night_kw
    if outage_days:
        output[DAY - back - outage_days : DAY - back] = np.nan
    grid = TimeGrid(START, 15, DAYS * SLOTS, ZONE)
    flat = output.reshape(-1)
    quality = np.where(np.isfinite(flat), Quality.MEASURED, Quality.MISSING).astype(np.uint8)
    series = Series("roof.generation_kw", flat, "kW", grid, quality)
    issued = np.clip(sun * clear + rng.normal(0, 0.05, sun.shape) * (sun > 0), 0, None) * 1000.0
    return Subject(series, "pv", Horizon(), {"irradiance_w_per_m2": issued}, capacity=CAPACITY_KW, weather="degraded")


@pytest.mark.parametrize("outage_days", [0, 2, 3, 9, 25, 60])
def test_no_outage_makes_a_plant_work_at_night(outage_days: int) -> None:
    """547 of 12,000 kW at midnight stood there after 25 days: trees guess what columns that are missing mean."""
    works = plant(outage_days=outage_days)
    known = works.as_of(works.gates[DAY])
    made = PV.fit(known).forecast(known, DAY)
    assert made.model == "pv"
    deep = height_of_sun()[DAY] < -0.35
    assert deep.sum() > 20
    assert not made.values[0][deep].any()
    assert not made.point[0][deep].any()


@pytest.mark.parametrize("back", [1, 2, 3])
def test_the_days_after_an_outage_are_dark_at_night_as_well(back: int) -> None:
    """Two nights that were seen again told less than three, and −171 kW stood there all night."""
    works = plant(outage_days=25, back=back)
    known = works.as_of(works.gates[DAY])
    made = PV.fit(known).forecast(known, DAY)
    deep = height_of_sun()[DAY] < -0.35
    assert not made.values[0][deep].any()


def test_a_plant_that_never_drew_anything_is_not_forecast_to() -> None:
    """A band of errors about a faint morning reached to −1 % of the power, for a plant whose meter never went below zero."""
    works = plant(outage_days=0)
    known = works.as_of(works.gates[DAY])
    assert PV.fit(known).forecast_many(known, np.arange(DAY - 20, DAY + 1)).values.min() == 0.0
    draws = plant(outage_days=0, night_kw=-30.0)
    known = draws.as_of(draws.gates[DAY])
    assert PV.fit(known).forecast(known, DAY).values.min() == -30.0


@pytest.mark.parametrize("outage_days", [2, 9, 25])
def test_after_an_outage_the_day_is_forecast_as_well_as_without_one(outage_days: int) -> None:
    """Weather is issued all the same: with columns of chance the noon was that of no day."""
    whole, broken = (plant(outage_days=days) for days in (0, outage_days))
    errors = []
    for works in (whole, broken):
        known = works.as_of(works.gates[DAY])
        errors.append(float(np.abs(PV.fit(known).forecast(known, DAY).point[0] - whole.measured[DAY]).mean()))
    assert errors[1] < 1.5 * errors[0] + 0.005 * CAPACITY_KW


def test_what_a_plant_shows_at_night_is_what_may_be_said_of_it() -> None:
    works = plant(outage_days=0, night_kw=0.5 * OWN_USE * CAPACITY_KW)
    known = works.as_of(works.gates[DAY])
    _, [most] = night(known, np.array([DAY]))
    assert most[0] == 0.5 * OWN_USE * CAPACITY_KW
    assert np.isinf(most[SLOTS // 2])


def test_dawn_is_not_cut_where_days_grow_longer() -> None:
    """An envelope of the last 21 days alone would hold the first lit quarter-hour of today dark."""
    works = plant(outage_days=0)
    days = np.arange(60, DAYS)
    known = works.as_of(works.gates[-1])
    lit = works.measured[days] > 0
    assert np.isinf(night(known, days)[1][lit]).all()


def test_a_plant_that_stood_still_says_nothing_of_the_sun() -> None:
    works = plant(outage_days=0)
    still = Series.of("roof.generation_kw", np.zeros(DAYS * SLOTS), "kW", works.target.grid)
    known = Subject(still, "pv", Horizon(), works.inputs, capacity=CAPACITY_KW).as_of(works.gates[DAY])
    assert np.isinf(night(known, np.array([DAY]))).all()
