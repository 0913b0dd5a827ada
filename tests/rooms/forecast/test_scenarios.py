"""Scenarios: the marginals are the quantiles, and errors hang together as they have."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.special import ndtri

from lingtan.findings import InputError
from lingtan.forecast import Forecaster, Linear, MeanOfDays, Scenarios, Source, Subject, calendar_design, scenarios
from lingtan.forecast.scenarios import at_score, drawn_ranks, score_of
from lingtan.series import Series
from tests.rooms.forecast.parks import Array, grid_of_days, load, subject

DAYS = 200
LINEAR = Forecaster(Linear(calendar_design), holdout_days=60)
DATE = np.datetime64("2025-07-10")  # day 190


def held(days: int, hold: float, seed: int) -> Array:
    """(T,) deviations that keep `hold` of themselves from hour to hour, of standard deviation 20."""
    rng = np.random.default_rng(seed)
    made = np.zeros(days * 24)
    for step in range(1, made.size):
        made[step] = hold * made[step - 1] + rng.normal(0, 20 * np.sqrt(1 - hold**2))
    return made


def works(name: str, values: Array) -> Subject:
    return Subject(Series.of(name, values, "kW", grid_of_days(DAYS)), "load")


@cache
def two(hold: float = 0.9) -> dict[str, Source]:
    """Two loads: four fifths of the variance of the second deviation is that of the first."""
    first = held(DAYS, hold, 3)
    second = np.sqrt(0.8) * first + np.sqrt(0.2) * held(DAYS, hold, 4)
    sources = {}
    for name, values, seed in (("mill", first, 0), ("kiln", second, 1)):
        target = works(name, load(DAYS, 1) + values + seed)
        known = target.as_of(target.gates[190])
        sources[name] = Source(LINEAR.fit(known), known)
    return sources


def test_scores_and_values_are_each_others_inverse_by_hand() -> None:
    """Quantiles 0, 10, 30: 20 lies halfway in score between the last two, −5 half a step below the first, which is flat on."""
    levels = (0.25, 0.5, 0.75)
    step = ndtri(0.75)
    quantiles = np.array([[0.0, 10.0, 30.0]] * 3)
    scores = score_of(np.array([20.0, -5.0, 30.0]), quantiles, levels)
    assert scores == pytest.approx([step / 2, -1.5 * step, step])
    assert at_score(scores[None], quantiles, levels)[0] == pytest.approx([20.0, -5.0, 30.0])
    assert np.isnan(score_of(np.array([4.0]), np.full((1, 3), 4.0), levels)).all()
    assert at_score(np.array([[-2.0, 0.0, 2.0]]), np.full((3, 3), 4.0), levels).tolist() == [[4.0, 4.0, 4.0]]


def test_the_marginals_are_the_quantiles() -> None:
    """Of 999 evenly ranked values the quantile p is known to half a rank; a plain draw would be off by ± 1.6 % of the ranks."""
    sources = two()
    made = scenarios(sources, DATE, 999, 1)
    for name, (trained, known) in sources.items():
        quantiles = trained.forecast(known, 190).values[0]
        found = np.quantile(made.values[name], trained.settings.levels, axis=0).T
        assert made.values[name].shape == (999, 24)
        assert found == pytest.approx(quantiles, abs=0.005 * float(np.ptp(quantiles, axis=1).max()))


def test_correlation_over_time_and_targets_is_kept() -> None:
    """From hour to hour 0.9, between the two 0.89 = √0.8; drawn apart, both would be 0 and a day's mean would vary by a fifth."""
    made = scenarios(two(), DATE, 800, 1)
    mill, kiln = (made.values[name] - made.values[name].mean(axis=0) for name in ("mill", "kiln"))
    next_hour = np.mean([np.corrcoef(mill[:, hour], mill[:, hour + 1])[0, 1] for hour in range(10, 23)])
    between = np.mean([np.corrcoef(mill[:, hour], kiln[:, hour])[0, 1] for hour in range(24)])
    assert next_hour == pytest.approx(0.9, abs=0.06)
    assert between == pytest.approx(0.89, abs=0.06)
    assert mill.mean(axis=1).std() > 0.5 * mill.std()


def test_a_seed_is_a_draw() -> None:
    sources = two()
    one, again, other = (scenarios(sources, DATE, 20, seed) for seed in (5, 5, 6))
    assert isinstance(one, Scenarios)
    assert one.values["mill"].tobytes() == again.values["mill"].tobytes()
    assert not np.array_equal(one.values["mill"], other.values["mill"])


def test_noise_after_the_gate_leaves_scenarios_identical_to_the_bit() -> None:
    values = load(DAYS) + held(DAYS, 0.9, 3)
    after = works("mill", values).target.grid.utc >= works("mill", values).gates[190]
    made = []
    for each in (values, np.where(after, 1e4, values)):
        target = works("mill", each)
        known = target.as_of(target.gates[190])
        made.append(scenarios({"mill": Source(LINEAR.fit(known), known)}, DATE, 50, 1).values["mill"])
    assert made[0].tobytes() == made[1].tobytes()


def test_a_plant_stays_within_its_capacity_and_dark_at_night() -> None:
    """A sun of 0 to 80 of 100 kW by day and nothing at night: no scenario shines at night or passes the capacity."""
    rng = np.random.default_rng(1)
    shape = np.clip(np.sin(np.pi * (np.arange(24) - 6) / 12), 0, None)
    values = (shape * rng.uniform(10, 100, (DAYS, 1))).reshape(-1)
    sun = Subject(Series.of("roof", values, "kW", grid_of_days(DAYS)), "pv", capacity=100.0)
    known = sun.as_of(sun.gates[190])
    trained = Forecaster(MeanOfDays(), holdout_days=60).fit(known)
    made = scenarios({"roof": Source(trained, known)}, DATE, 200, 1).values["roof"]
    assert made.max() <= 100.0
    assert np.abs(made[:, :6]).max() < 1e-9


def test_too_few_errors_are_a_finding() -> None:
    target = subject(60)
    known = target.as_of(target.gates[12])
    with pytest.raises(InputError) as refused:
        scenarios({"works": Source(LINEAR.fit(known), known)}, np.datetime64("2025-01-13"), 10, 1)
    assert str(refused.value) == (
        "forecast.no-error-history: works: too few past errors are known to tell how they hang together; "
        "expected days: 14, got days: 11. Fit with days held out before this one, or give a longer common history."
    )


def test_ranks_of_nothing_known_are_still_ranks() -> None:
    ranks = drawn_ranks(np.full((20, 2), np.nan), 5, 1)
    assert sorted(ranks[:, 0].tolist()) == [0.0, 1.0, 2.0, 3.0, 4.0]
