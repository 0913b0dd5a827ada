"""The interface: what every model does the same way, and what it does with poor input."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.findings import InputError
from lingtan.forecast import (
    LEVELS,
    Cadence,
    Forecaster,
    Linear,
    LoadModel,
    Naive,
    Plan,
    backtest,
    calendar_design,
    quality_findings,
)
from lingtan.forecast.boosting import Boosting
from lingtan.forecast.conformal import Conformal
from lingtan.forecast.scores import coverage, mae
from tests.rooms.forecast.parks import load, subject, temperature

LINEAR = Forecaster(Linear(calendar_design))
QUICK = Forecaster(LoadModel(Boosting(rounds=30, leaves=7, min_leaf=20)), Conformal(drift_share=0.5))


def test_a_law_with_temperature_is_found_to_its_noise() -> None:
    """The noise has a mean error of 4 kW, and a cubic rounds off the kink; as a week before knows no heat and errs by far more."""
    works = subject(300)
    span = Plan(np.datetime64("2025-09-01"), np.datetime64("2025-10-20"), Cadence(30, quarters=False))
    ours, naive = backtest(works, LINEAR, span), backtest(works, Forecaster(Naive(7)), span)
    assert set(ours.models) == {"linear"}
    assert mae(ours.actual, ours.point) < 12
    assert mae(naive.actual, naive.point) > 20
    assert 0.7 < coverage(ours.actual, *(ours.values[:, :, LEVELS.index(level)] for level in (0.1, 0.9))) < 0.9


def test_many_origins_are_the_same_bytes_as_one_by_one() -> None:
    works = subject(160)
    trained = QUICK.fit(works.as_of(works.gates[140]))
    days = np.arange(140, 146)
    many = trained.forecast_many(works.as_of(works.gates[145]), days)
    for row, day in enumerate(days):
        one = trained.forecast(works.as_of(works.gates[day]))
        assert one.days.tolist() == [day]
        assert one.values[0].tobytes() == many.values[row].tobytes()
        assert one.point[0].tobytes() == many.point[row].tobytes()


def test_quantiles_never_cross() -> None:
    works = subject(160)
    made = QUICK.fit(works.as_of(works.gates[150])).forecast(works.as_of(works.gates[150]))
    assert made.values.shape == (1, 24, 13)
    assert (np.diff(made.values, axis=2) >= 0).all()


def test_an_origin_whose_gate_is_to_come_is_refused() -> None:
    works = subject(160)
    known = works.as_of(works.gates[150])
    with pytest.raises(InputError, match=r"forecast\.gate-to-come"):
        LINEAR.fit(known).forecast(known, 151)


def test_an_origin_that_was_learned_from_is_refused() -> None:
    """Answered, its band would be of errors in the sample; or, worse, a row of another day."""
    works = subject(160)
    known = works.as_of(works.gates[150])
    trained = LINEAR.fit(known)
    with pytest.raises(InputError, match=r"forecast\.learned-from"):
        trained.forecast_many(known, np.array([trained.first_held - 1, 150]))
    assert trained.forecast(known, trained.first_held).values.shape == (1, 24, 13)


def test_thirty_days_of_history_end_with_naive_and_a_word() -> None:
    works = subject(32)
    known = works.as_of(works.gates[31])
    made = LINEAR.fit(known).forecast(known)
    assert made.model == "naive-7d"
    assert [found.code for found in made.findings] == ["forecast.short-history"]
    assert np.array_equal(made.point[0], load(32).reshape(32, 24)[24])


def test_a_model_no_better_than_a_week_before_steps_back() -> None:
    """A load that repeats each week to the digit: nothing beats naive, and the band is a line."""
    week = load(7)
    works = subject(140, np.tile(week, 20))
    known = works.as_of(works.gates[130])
    made = LINEAR.fit(known).forecast(known)
    assert made.model == "naive-7d"
    assert [found.code for found in made.findings] == ["forecast.steps-back"]
    assert np.array_equal(made.values[0], np.repeat(week.reshape(7, 24)[130 % 7][:, None], 13, axis=1))


def test_a_yardstick_stays_what_it_is() -> None:
    """As yesterday is worse than as a week before here; stepping back, the table would show the same model twice."""
    works = subject(140)
    known = works.as_of(works.gates[130])
    trained = Forecaster(Naive(1), steps_back=False).fit(known)
    assert trained.model == "naive-1d"
    assert trained.forecast(known, 130).point[0, 0] == works.measured[129, 0]


def test_half_a_year_teaches_no_season() -> None:
    """A load that grows by 1 kW a day: fitted as half a wave of the year it would have to turn; lags need not."""
    values = load(230) + np.repeat(np.arange(230.0), 24)
    works = subject(230, values)
    span = Plan(np.datetime64("2025-07-10"), np.datetime64("2025-08-15"), Cadence(90, quarters=False))
    made = backtest(works, LINEAR, span)
    assert set(made.models) == {"linear"}
    assert abs(float(np.mean(made.point - made.actual))) < 12


@pytest.mark.parametrize("values", [np.zeros(160 * 24), np.full(160 * 24, 7.0)], ids=["zeros", "constant"])
def test_a_constant_column_is_forecast_without_a_crash(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    works = subject(160, values)
    known = works.as_of(works.gates[150])
    made = QUICK.fit(known).forecast(known)
    assert made.values == pytest.approx(np.full((1, 24, 13), values[0]))


def test_a_week_of_zeros_is_left_out_and_told() -> None:
    """Taken at their word, the zeros of the week before would be the forecast of this one."""
    values = load(160).reshape(160, 24)
    values[140:147] = 0.0
    works = subject(160, values.reshape(-1))
    known = works.as_of(works.gates[149])
    made = LINEAR.fit(known).forecast(known)
    assert np.abs(made.point[0] - load(160).reshape(160, 24)[149]).mean() < 40
    assert [found.code for found in quality_findings(works.target, "load")] == ["forecast.frozen"]


def test_a_missing_weather_feed_still_gives_a_finite_forecast() -> None:
    heat = temperature(160)
    heat[150:] = np.nan
    works = subject(160, inputs={"temperature_c": heat})
    known = works.as_of(works.gates[152])
    for forecaster in (LINEAR, QUICK):
        made = forecaster.fit(known).forecast(known)
        assert np.isfinite(made.values).all()
        assert made.point[0].mean() == pytest.approx(load(160).reshape(160, 24)[152].mean(), rel=0.3)


def test_a_constant_input_changes_nothing() -> None:
    """A column that never moves carries no weight: divided by its spread of zero it would carry all of it."""
    works = subject(160)
    more = subject(160, inputs={"temperature_c": temperature(160), "shift": np.full((160, 24), 3.0)})
    gate = works.gates[150]
    ours, theirs = (LINEAR.fit(each.as_of(gate)).forecast(each.as_of(gate)) for each in (works, more))
    assert theirs.point == pytest.approx(ours.point, abs=1e-6)


def test_the_long_table_has_a_row_for_each_measured_step_and_level() -> None:
    works = subject(160)
    made = backtest(works, LINEAR, Plan(np.datetime64("2025-05-01"), np.datetime64("2025-05-04")))
    table = made.to_pandas()
    assert list(table.columns) == ["origin", "target_time", "quantile", "value", "actual"]
    assert len(table) == 3 * 24 * 13
    assert str(table["target_time"].iloc[0]) == "2025-05-01 00:00:00+08:00"
    assert table["actual"].iloc[0] == load(160)[120 * 24]


def test_refits_begin_with_the_quarter() -> None:
    dates = np.arange(np.datetime64("2025-02-27"), np.datetime64("2025-07-03"))
    assert dates[Cadence().starts(dates)].astype(str).tolist() == ["2025-02-27", "2025-04-01", "2025-07-01"]
    assert Cadence(50, quarters=False).starts(dates).tolist() == [0, 50, 100]


def test_what_is_missed_for_a_fortnight_is_half_taken_out() -> None:
    """Rows whose errors were not known yet must not count: with a lag of 2 the first two rows get nothing."""
    errors = np.array([[4.0], [2.0], [8.0], [100.0]])
    found = Conformal(drift_days=2, drift_share=0.5).drift(errors, 2)
    assert found.tolist() == [[0.0], [0.0], [2.0], [1.5]]
    assert not Conformal().drift(errors, 2).any()


def test_without_errors_the_band_is_a_line() -> None:
    nothing = np.full((0, 4), np.nan)
    found = Conformal().quantiles(np.arange(4.0), nothing, nothing, np.array([0.1, 0.9]))
    assert np.array_equal(found, np.repeat(np.arange(4.0)[:, None], 2, axis=1))


def test_bands_by_level_are_wide_where_errors_are() -> None:
    """Errors of 1 at low forecasts and 10 at high ones, as of wind on the slope of its power curve."""
    rng = np.random.default_rng(2)
    points = np.concatenate([np.full((100, 4), 10.0), np.full((100, 4), 50.0)])
    errors = rng.normal(size=(200, 4)) * np.where(points < 30, 1.0, 10.0)
    found = Conformal("level").quantiles(np.array([10.0, 50.0]), errors, points, np.array([0.1, 0.9]))
    width = found[:, 1] - found[:, 0]
    assert width == pytest.approx([2.56, 25.6], rel=0.3)
