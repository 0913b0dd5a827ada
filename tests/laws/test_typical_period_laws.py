"""Laws of typical periods: whatever the year, the weights make a year, energies are conserved, and what must stay stays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingtan.optimize.typical_periods import TypicalPeriods, choose_periods


@dataclass(frozen=True, eq=False)
class Year:
    """A year of needs, of sun that is dark half of the time, and of temperatures on both sides of zero."""

    series: dict[str, np.ndarray]
    period_steps: int
    count: int

    def chosen(self) -> TypicalPeriods:
        return choose_periods(self.series, self.period_steps, self.count, highest=("need",), lowest=("sun",))


@st.composite
def years(draw: st.DrawFn) -> Year:
    seeded = np.random.default_rng(draw(st.integers(0, 10**6)))
    period = draw(st.integers(2, 12))
    steps = period * draw(st.integers(6, 20)) + draw(st.integers(0, period - 1))
    day = np.sin(np.arange(steps) * 2 * np.pi / period)
    series = {
        "need": 50.0 + 20.0 * day + seeded.uniform(0.0, 30.0, steps),
        "sun": np.maximum(day, 0.0) * seeded.uniform(0.0, 1.0, steps),
        "temperature": 10.0 * np.sin(np.arange(steps) * 2 * np.pi / steps) + seeded.normal(0.0, 2.0, steps),
    }
    return Year(series, period, draw(st.integers(1, 8)))


@settings(max_examples=60, deadline=None)
@given(year=years())
def test_the_weights_make_a_year(year):
    """Rules out a rest of the year that nobody stands for: 52 weeks are not 365 days."""
    chosen = year.chosen()
    steps = year.series["need"].size
    assert chosen.step_weight.sum() == pytest.approx(steps, rel=1e-12)
    assert chosen.steps.size == chosen.chosen.size * year.period_steps
    assert (chosen.weight > 0).all()
    assert year.count <= chosen.chosen.size <= year.count + 2 or chosen.chosen.size == steps // year.period_steps


@settings(max_examples=60, deadline=None)
@given(year=years())
def test_energies_are_those_of_the_year_and_no_value_is_beyond_it(year):
    """Rules out medoids as they are (right to some percent), and a factor that lifts a share of sun above 1."""
    chosen = year.chosen()
    for name, values in year.series.items():
        typical = chosen.conserved(values)
        size = float(np.abs(values).sum())
        assert chosen.step_weight @ typical == pytest.approx(values.sum(), abs=1e-10 * size), name
        assert typical.min() >= values.min() - 1e-12 * size
        assert typical.max() <= values.max() + 1e-12 * size
    dark = year.series["sun"][chosen.steps] == 0
    assert (chosen.conserved(year.series["sun"])[dark] == 0).all()  # nobody makes sun at night


@settings(max_examples=60, deadline=None)
@given(year=years())
def test_the_highest_need_and_the_darkest_period_stay_as_they_are(year):
    """Each stands for itself alone, untouched. Averaged away, the park would be sized for a year that has no winter."""
    chosen, period = year.chosen(), year.period_steps
    need, sun = year.series["need"], year.series["sun"]
    assert chosen.conserved(need).max() == need.max()
    assert (chosen.weight[chosen.is_kept] == 1.0).all()
    darkest = min(sun[first : first + period].sum() for first in chosen.first)
    kept = chosen.conserved(sun).reshape(-1, period)[chosen.is_kept].sum(axis=1)
    assert kept.min() == pytest.approx(darkest, abs=1e-12)


@settings(max_examples=20, deadline=None)
@given(year=years())
def test_the_same_year_gives_the_same_periods(year):
    one, other = year.chosen(), year.chosen()
    assert np.array_equal(one.steps, other.steps)
    assert np.array_equal(one.stands_in, other.stands_in)


@settings(max_examples=20, deadline=None)
@given(year=years())
def test_all_periods_are_the_year_itself(year):
    """With as many as there are, every value stays, but for the rest that a neighbor stands for."""
    whole = Year(year.series, year.period_steps, 100).chosen()
    assert whole.chosen.size == year.series["need"].size // year.period_steps
    if whole.rest_steps == 0:
        assert whole.conserved(year.series["need"]) == pytest.approx(year.series["need"], rel=1e-12)


def test_two_kinds_of_days_are_told_apart():
    """Ten days of 1 and four of 5, by hand: two medoids with weights 10 and 4, and a mean price of each kind."""
    kinds = np.repeat([1.0] * 5 + [5.0] * 2 + [1.0] * 5 + [5.0] * 2, 3)
    price = np.arange(14.0).repeat(3)
    chosen = choose_periods({"need": kinds}, 3, 2)
    assert sorted(chosen.weight.tolist()) == [4.0, 10.0]
    by_kind = dict(zip(kinds[chosen.steps][::3].tolist(), chosen.mean(price)[::3].tolist(), strict=True))
    assert by_kind == {5.0: (5 + 6 + 12 + 13) / 4, 1.0: (0 + 1 + 2 + 3 + 4 + 7 + 8 + 9 + 10 + 11) / 10}


def test_periods_that_are_alike_count_each_for_itself():
    """Six like periods and three medoids: each stands for itself at least. A tie given to the first left two without weight."""
    chosen = choose_periods({"need": np.tile([1.0, 2.0], 6)}, 2, 3)
    assert chosen.weight.sum() == 6.0
    assert (chosen.weight >= 1.0).all()


def test_a_typical_week_may_stand_for_many_months():
    """Four periods in two months of two, all alike: the one that stands for them touches both months."""
    chosen = choose_periods({"need": np.ones(12)}, 3, 1)
    months = np.repeat([0, 1], 6).astype(np.intp)
    assert chosen.touched(months, 2).tolist() == [[True, True]]


def test_a_year_shorter_than_a_period_is_refused():
    with pytest.raises(ValueError, match=r"^a period of 7 steps is longer than the year of 5$"):
        choose_periods({"need": np.ones(5)}, 7, 1)
