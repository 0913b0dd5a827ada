"""What a forecast promises: yardsticks that are what their names say, bands that are none and say so, doubt that moves nothing."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from lingtan.forecast import (
    Boosting,
    Cadence,
    Conformal,
    Forecaster,
    Linear,
    LoadModel,
    Naive,
    Plan,
    Subject,
    backtest,
    beside,
    calendar_design,
    quality_findings,
    skill,
)
from lingtan.forecast.skill import skill_findings
from lingtan.series import Quality, Series
from tests.rooms.forecast.parks import Array, grid_of_days, load, subject, temperature

LINEAR = Forecaster(Linear(calendar_design))
QUICK = Forecaster(LoadModel(Boosting(rounds=10, leaves=7, min_leaf=20)), Conformal(drift_share=0.5))


def plan(first: str, end: str) -> Plan:
    return Plan(np.datetime64(first), np.datetime64(end), Cadence(400, quarters=False))


def with_gaps(values: Array) -> Series:
    codes = np.where(np.isnan(values), Quality.MISSING, Quality.MEASURED).astype(np.uint8)
    return Series("works", values, "kW", grid_of_days(values.size // 24), codes)


def test_yardsticks_of_a_short_past_are_themselves_or_absent() -> None:
    """Twenty days teach no regression; a day before and a mean of seven need none. All once stood as the week before."""
    works = subject(40)
    span = plan("2025-01-21", "2025-02-08")
    others = beside(works, span)
    measured = load(40).reshape(40, 24)
    assert list(others) == ["naive-1d", "naive-7d", "mean-7d"]
    # at 09:00 of the day before, hours from nine on are known of the day before that
    assert np.array_equal(others["naive-1d"].median[:, :9], measured[19:37, :9])
    assert np.array_equal(others["naive-1d"].median[:, 9:], measured[18:36, 9:])
    assert others["mean-7d"].median[:, 12] == pytest.approx(
        np.mean([measured[18 - n : 36 - n, 12] for n in range(7)], 0)
    )
    run = backtest(works, LINEAR, span)
    assert [found.text() for found in skill_findings(run, others)] == [
        "forecast.yardstick-absent: works: the history is too short for this model, so it stands in no table of scores; "
        "got linear. Choose a later first day, or give a longer history."
    ]


def test_a_week_before_is_scored_as_it_was_a_week_before() -> None:
    """At the median of its errors it was another forecast, 1.04 times as bad as itself. A load that grows has such errors."""
    days = 160
    works = subject(days, load(days) + 2 * np.arange(days * 24) / 24)
    span = plan("2025-05-01", "2025-06-01")
    others = beside(works, span)
    table = skill(backtest(works, LINEAR, span), others)
    measured = works.measured
    assert table["naive-7d"]["rmae"] == 1.0
    assert table["naive-7d"]["mae"] == np.abs(measured[120:151] - measured[113:144]).mean()
    # the band of a naive forecast lies evenly around it, and still covers
    assert 0.7 < (table["naive-7d"]["coverage_80"] or 0.0) < 0.95


@pytest.mark.parametrize("pool", ["slot", "level"])
def test_an_even_band_has_its_point_in_the_middle(pool: str) -> None:
    """Errors of 1 to 9, all of one sign: the median stays, the outer quantiles are plus and minus the largest."""
    errors = np.arange(1.0, 10.0)[:, None]
    found = Conformal(pool, even=True, reach_hours=0).quantiles(  # type: ignore[arg-type]
        np.array([100.0]), errors, np.full((9, 1), 100.0), np.array([0.0, 0.5, 1.0])
    )
    assert found.tolist() == [[91.0, 100.0, 109.0]]


def test_a_band_of_no_errors_says_so() -> None:
    """Three days of history: the errors of one day are no band, though the quantiles have a width."""
    for days, count in ((2, 0), (5, 2)):
        works = subject(days)
        made = LINEAR.fit(works.as_of(works.gates[days - 1])).forecast(works.as_of(works.gates[days - 1]))
        assert [found.code for found in made.findings] == ["forecast.short-history", "forecast.thin-band"]
        assert made.findings[1].text() == (
            "forecast.thin-band: works: past errors of too few days are known, so the band is too narrow or has no width and "
            f"promises nothing; expected days: 7 or more, got days: {count}. Give more measured days before this one."
        )


def test_what_was_forecast_from_nothing_is_no_error() -> None:
    """Of the first day nothing was known, so 0 stood for it; the band of a load of 300 to 900 kW reached 900 kW below it."""
    works = subject(12)
    known = works.as_of(works.gates[11])
    made = LINEAR.fit(known).forecast(known)
    assert np.ptp(made.values[0], axis=1).max() < 900


def test_after_a_long_gap_the_band_is_that_of_before() -> None:
    """A hundred days without a value are more than the errors reach back: every quantile was the point, and nothing said so."""
    values = load(300).reshape(300, 24).copy()
    values[195:295] = np.nan
    works = Subject(with_gaps(values.reshape(-1)), "load")
    gate = works.gates[297]
    trained = QUICK.fit(works.as_of(works.gates[190]))
    made = trained.forecast(works.as_of(gate), 297)
    assert np.ptp(made.values[0], axis=1).min() > 5
    many = trained.forecast_many(works.as_of(gate), np.arange(240, 298))
    assert many.values[-1].tobytes() == made.values[0].tobytes()


def test_a_plant_that_outgrew_its_file_is_not_cut_to_it() -> None:
    """Sun up to 500 kW of a plant told as 100: every hour of noon stood at 100, without a word."""
    days = 120
    rng = np.random.default_rng(4)
    shape = 500 * np.clip(np.sin(np.pi * (np.arange(24) - 6) / 12), 0, None)
    values = (shape * rng.uniform(0.7, 1.0, (days, 1))).reshape(-1)
    works = subject(days, values, kind="pv", inputs={}, capacity=100.0)
    known = works.as_of(works.gates[110])
    made = LINEAR.fit(known).forecast(known, 110)
    assert made.values[0, 12, 6] > 300
    [found] = [each for each in made.findings if each.code == "forecast.above-capacity"]
    assert found.text() == (
        "forecast.above-capacity: works: the plant gave far more than its power in the park file, so that bounds no forecast here; "
        f"shares are of that power; expected ≤ 100, got {known.target[np.isfinite(known.target)].max():g}. "
        "Set `power.max` to what stands there now, or check the unit of the column."
    )
    usual = subject(days, values, kind="pv", inputs={}, capacity=500.0)
    known = usual.as_of(usual.gates[110])
    assert "forecast.above-capacity" not in {each.code for each in LINEAR.fit(known).findings}


def test_zeros_of_a_stuck_meter_are_as_good_as_no_values() -> None:
    """Half a day of zeros passes before they are known to be stuck; as errors (of 300 to 900 kW), and as what a week before was,
    they doubled the error of the fortnight after. What is left differs by how the week itself was forecast."""
    days = 160
    spoiled = load(days).reshape(days, 24)
    spoiled[140:147] = 0.0
    silent = spoiled.copy()
    silent[140:147] = np.nan
    made = []
    for values in (spoiled, silent):
        works = Subject(with_gaps(values.reshape(-1)), "load", inputs={"temperature_c": temperature(days)})
        trained = QUICK.fit(works.as_of(works.gates[130]))
        made.append(trained.forecast_many(works.as_of(works.gates[156]), np.arange(149, 157)))
    assert np.abs(made[0].point - made[1].point).max() < 1
    assert np.abs(made[0].values[:, :, 2:-2] - made[1].values[:, :, 2:-2]).max() < 5


def test_stuck_runs_known_later_change_no_earlier_origin() -> None:
    """The zeros begin at 20:00 and are known to be stuck at 08:00 or later: a gate before that sees a real zero."""
    days = 160
    values = load(days).reshape(days, 24).copy()
    for first_hour in (20, 22):
        late = values.copy().reshape(-1)
        late[147 * 24 + first_hour : 150 * 24] = 0.0
        works = subject(days, late)
        trained = QUICK.fit(works.as_of(works.gates[130]))
        many = trained.forecast_many(works.as_of(works.gates[156]), np.arange(146, 157))
        for row, day in enumerate(range(146, 157)):
            one = trained.forecast(works.as_of(works.gates[day]), day)
            assert one.values[0].tobytes() == many.values[row].tobytes(), (first_hour, day)


def test_the_errors_of_a_band_are_of_days_that_were_not_learned() -> None:
    """Trees that learned the held days by heart would show errors far below those of days to come, and too narrow a band."""
    works = subject(200)
    deep = Forecaster(LoadModel(Boosting(rounds=200, rate=0.3, leaves=31, min_leaf=2)))
    known = works.as_of(works.gates[190])
    trained = deep.fit(known)
    held = np.arange(trained.first_held, trained.first_held + 20)
    measured = works.measured[held]
    unseen = np.abs(trained.point(known, held) - measured).mean()
    learned = np.abs(trained.final.predict(known, held) - measured).mean()
    assert unseen > 1.3 * learned


def test_nothing_to_score_is_said_and_nothing_warns() -> None:
    """A column that never moves is doubted whole: a table of dashes, and nine warnings of numpy on the way to it."""
    works = subject(120, np.full(120 * 24, 5000.0))
    span = plan("2025-04-01", "2025-04-08")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run, others = backtest(works, LINEAR, span), beside(works, span)
        table = skill(run, others)
    assert {value for row in table.values() for value in row.values()} == {None}
    assert skill_findings(run, others)[-1].text() == (
        "forecast.nothing-scored: works: nothing that can be believed was measured on these days, so nothing was scored; "
        "got 2025-04-01 … 2025-04-07. Choose other days with `--first` and `--end`, or mend the column."
    )


def test_a_week_that_repeats_to_the_digit_has_no_relative_error() -> None:
    """The week before has no error here, and to divide by it was a crash."""
    works = subject(100, np.tile(load(7), 15)[: 100 * 24])
    span = plan("2025-04-01", "2025-04-05")
    others = beside(works, span)
    assert skill(backtest(works, Forecaster(Naive(7), steps_back=False), span), others)["naive-7d"]["rmae"] is None


def test_a_windy_winter_is_no_change_of_size() -> None:
    """Nine weeks of twice the wind: for wind no size is judged and nothing is left out, so nothing may say so."""
    rng = np.random.default_rng(3)
    level = np.where(np.arange(200) < 110, 100.0, 250.0)
    values = (level[:, None] * rng.uniform(0.8, 1.2, (200, 24))).reshape(-1)
    series = Series.of("farm", values, "kW", grid_of_days(200))
    assert [found.code for found in quality_findings(series, "load")] == ["forecast.size-changed"]
    assert quality_findings(series, "wind") == ()


def test_noise_between_gates_moves_no_earlier_origin() -> None:
    """A spike of day 138 is a lag of day 145. Were spikes cut out of lags, wild values after its gate would raise what counts as
    a spike, and it would be back: many origins at once would see what one of them could not."""
    days = 160
    values = load(days)
    values[138 * 24 + 5] += 4000
    wild = values.copy()
    wild[144 * 24 + 9 :] *= np.random.default_rng(8).uniform(0, 60, days * 24 - 144 * 24 - 9)
    made = []
    for given in (values, wild):
        works = subject(days, given)
        trained = QUICK.fit(works.as_of(works.gates[142]))
        made.append(trained.forecast_many(works.as_of(works.gates[152]), np.arange(145, 153)))
    assert made[0].values[0].tobytes() == made[1].values[0].tobytes()
    assert made[0].values[3].tobytes() != made[1].values[3].tobytes()


@pytest.mark.parametrize("size", [20_000.0, 900_000.0])
def test_a_spike_is_as_good_as_no_value(size: float) -> None:
    """Reported as left out, it stood in tomorrow's forecast all the same: 900,000 kW at the hour it had a week before."""
    gone = load(160).reshape(160, 24)
    spoiled = gone.copy()
    spoiled[143, 18], gone[143, 18] = size, np.nan
    made = []
    for values in (spoiled, gone):
        works = Subject(with_gaps(values.reshape(-1)), "load")
        known = works.as_of(works.gates[150])
        made += [each.fit(known).forecast(known, 150) for each in (QUICK, LINEAR)]
    assert [each.model for each in made] == ["naive-7d", "linear"] * 2
    assert made[1].values == pytest.approx(made[3].values, abs=1e-9)
    made = made[::2]
    assert made[0].values == pytest.approx(made[1].values, abs=1e-9)


def test_a_spike_is_one_from_the_value_after_it_on() -> None:
    """The last value before a gate may be one and nobody can know; of many origins at once each knows what it knew then."""
    values = load(160).reshape(160, 24)
    values[149, 8] = 5_000.0  # the last hour before the gate of day 150
    works = Subject(with_gaps(values.reshape(-1)), "load")
    trained = QUICK.fit(works.as_of(works.gates[140]))
    for day in (150, 151):
        alone = trained.forecast(works.as_of(works.gates[day]), day)
        many = trained.forecast_many(works.as_of(works.gates[158]), np.arange(145, 159))
        assert many.values[day - 145].tobytes() == alone.values[0].tobytes()


def test_no_score_is_against_a_spike() -> None:
    """A meter's 900,000 kW were what came, and every model missed it by as much."""
    values = load(160).reshape(160, 24)
    values[143, 18] = 900_000.0
    works = Subject(with_gaps(values.reshape(-1)), "load")
    run = backtest(
        works,
        Forecaster(Naive(7), steps_back=False),
        Plan(works.days.date(np.array(140)), works.days.date(np.array(148))),
    )
    assert np.isnan(run.actual[3, 18])
    assert float(np.nanmax(run.actual)) < 2_000.0
