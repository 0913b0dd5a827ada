"""The columns of the regression, and the quantiles of errors, against slower ways of the same."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lingtan.forecast import Forecaster, Horizon, Linear, calendar_design
from lingtan.forecast.conformal import quantiles_known
from lingtan.forecast.design import calendar_groups
from lingtan.forecast.linear import fit_slots
from tests.rooms.forecast.parks import subject, temperature


def columns_of(name: str, heat: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[list[float]]:
    """The columns of an input on day 20, by column."""
    works = subject(30, inputs={name: heat})
    known = works.as_of(works.gates[29])
    made = calendar_design(known, np.array([20]))[0]
    return [made[:, at].tolist() for at, group in enumerate(calendar_groups(known)) if group == name]


def test_a_temperature_comes_with_its_past_and_its_bends() -> None:
    """Counted hour by hour: day 20 begins at 480, two hours before it was 478, its last three hours mean 479."""
    columns = columns_of("air_c", np.arange(720.0).reshape(30, 24))
    assert [480.0 + hour for hour in range(24)] in columns
    assert [478.0 + hour for hour in range(24)] in columns
    assert [479.0 + hour for hour in range(24)] in columns  # the mean of 478, 479, 480, and on
    assert [[468.5 + hour for hour in range(24)] == column for column in columns].count(True) == 1  # of 24 hours
    assert [491.5] * 24 in columns  # the mean of the day
    assert [491.5 - 28.0] * 24 in columns
    assert [312.0 + hour for hour in range(24)] in columns  # a week before
    assert all(np.isfinite(column).all() for column in columns)


def test_another_input_is_one_column() -> None:
    assert columns_of("shift", np.full((30, 24), 2.0)) == [[2.0] * 24]


def test_the_second_day_of_a_horizon_has_its_own_calendar() -> None:
    """Day 2 is a Friday, the day after a Saturday: a design that repeats the first day would call both Friday."""
    works = subject(30, horizon=Horizon(0, 0, 2), inputs={})
    made = calendar_design(works.as_of(works.gates[29]), np.array([2]))[0]
    assert made[0, :7].tolist() == [0, 0, 0, 0, 1, 0, 0]
    assert made[24, :7].tolist() == [0, 0, 0, 0, 0, 1, 0]
    assert made[[0, 24], 10].tolist() == [0.0, 1.0]


def test_a_regression_by_slot_is_the_one_numpy_finds() -> None:
    """Two slots with laws of their own and a hole in one of them; without a penalty both are found exactly."""
    rng = np.random.default_rng(3)
    columns = rng.normal(size=(40, 2, 2))
    aim = np.stack([3 + 2 * columns[:, 0, 0], 1 - columns[:, 1, 1]], axis=1)
    aim[5, 0] = np.nan
    found = fit_slots(calendar_design, columns, aim, 0.0).of(columns)
    assert found[:, 1] == pytest.approx(aim[:, 1])
    assert found[5, 0] == pytest.approx(3 + 2 * columns[5, 0, 0])


def test_quantiles_with_holes_are_those_of_numpy() -> None:
    values = np.random.default_rng(4).normal(size=(50, 6))
    values[values > 1.2] = np.nan
    levels = np.array([0.05, 0.5, 0.9])
    assert quantiles_known(values, levels) == pytest.approx(np.nanquantile(values, levels, axis=0).T)


def test_points_kept_from_the_fit_are_those_that_the_model_would_make_again() -> None:
    works = subject(120, inputs={"temperature_c": temperature(120)})
    known = works.as_of(works.gates[110])
    trained = Forecaster(Linear(calendar_design), holdout_days=20).fit(known)
    days = np.arange(trained.first_held, 111)
    assert trained.held is not None
    assert trained.point(known, days).tobytes() == replace(trained, held=None).point(known, days).tobytes()
