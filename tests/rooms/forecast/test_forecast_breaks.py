"""Clocks that stood wrong and plants of another size: found where they are, told, left out; and nothing made up elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.forecast import Forecaster, Linear, calendar_design, quality_findings
from lingtan.forecast.breaks import Stretch, odd_days, other_sizes, shifted_clocks, size_changes
from lingtan.wording import Words
from lingtan.wording.series_notes import said
from tests.rooms.forecast.parks import Array, load, subject

DAYS = 160
LINEAR = Forecaster(Linear(calendar_design))


def by_day(days: int = DAYS) -> Array:
    return np.asarray(load(days).reshape(days, 24)).copy()


def late_clock(first: int, stop: int, hours: int) -> Array:
    """The load of the tests with a shift that starts at six, written `hours` late on some days."""
    table = by_day()
    table += 200 * ((np.arange(24) >= 6) & (np.arange(24) < 18))
    flat = table.reshape(-1)
    part = slice(first * 24, stop * 24)
    moved = np.roll(flat, hours)
    flat[part] = moved[part]
    return flat.reshape(DAYS, 24)


@pytest.mark.parametrize(("hours", "first", "stop"), [(1, 60, 85), (-2, 40, 60), (5, 100, 130)])
def test_a_clock_that_stood_wrong_for_weeks_is_found_to_the_day(hours: int, first: int, stop: int) -> None:
    found = shifted_clocks(late_clock(first, stop, hours), "load")
    assert found == [Stretch(first, stop, hours=float(hours))]


def test_a_clock_that_was_set_right_leaves_out_the_shorter_part() -> None:
    """Nobody says which was right; the stretch that is most of the record is taken at its word."""
    assert shifted_clocks(late_clock(0, 40, 1), "load") == [Stretch(0, 40, hours=1.0)]
    assert shifted_clocks(late_clock(50, DAYS, 1), "load") == [Stretch(0, 50, hours=-1.0)]


def test_a_plant_of_twice_the_size_is_found_and_what_came_before_left_out() -> None:
    table = by_day()
    table[70:] *= 2
    [(day, ratio)] = size_changes(table, "load")
    assert (day, ratio) == (70, pytest.approx(2.0, rel=0.1))
    [before] = other_sizes(table, "load")
    assert (before.first, before.stop, before.ratio) == (0, 70, pytest.approx(0.5, rel=0.1))
    assert odd_days(table, "load").tolist() == [True] * 70 + [False] * 90


def test_a_new_size_must_teach_enough_before_the_old_is_left_out() -> None:
    """Fifty days of the new size cannot teach a model: left alone with them it would step back."""
    table = by_day()
    table[110:] *= 2
    assert [day for day, _ in size_changes(table, "load")] == [110]
    assert other_sizes(table, "load") == []


def test_a_size_that_came_and_went_leaves_out_only_the_time_between() -> None:
    table = by_day()
    table[45:90] *= 3
    assert [(each.first, each.stop) for each in other_sizes(table, "load")] == [(45, 90)]


def test_seasons_and_a_long_holiday_are_no_change_of_size() -> None:
    """A load that triples over five months, one that rests for three weeks, and one as it is."""
    slow = by_day() * np.linspace(1, 3, DAYS)[:, None]
    rest = by_day()
    rest[60:81] *= 0.4
    for table in (slow, rest, by_day()):
        assert not odd_days(table, "load").any()


def test_a_plant_of_twice_the_power_is_found_under_clouds() -> None:
    rng = np.random.default_rng(4)
    shape = np.clip(np.sin(np.pi * (np.arange(24) - 6) / 12), 0, None)
    sun = shape * rng.uniform(0.2, 1.0, (DAYS, 1))
    assert not odd_days(sun, "pv").any()
    sun[80:] *= 2
    assert [day for day, _ in size_changes(sun, "pv")] == [80]


def test_what_stands_beside_the_rest_is_told_and_not_learned_from() -> None:
    """Learned from, the forecast of a plant that has doubled would lie between the two sizes."""
    table = by_day()
    table[70:] *= 2
    works = subject(DAYS, table.reshape(-1))
    [found] = quality_findings(works.target, "load")
    assert found.code == "forecast.size-changed"
    assert isinstance(found.got, Words)
    assert found.got.en.endswith("from 2025-03-12 on")
    known = works.as_of(works.gates[150])
    assert not known.teaches[:70].any()
    assert known.teaches[70:148].all()
    made = LINEAR.fit(known).forecast(known)
    assert made.point[0].mean() == pytest.approx(table[150].mean(), rel=0.05)
    shifted = subject(DAYS, late_clock(60, 85, 1).reshape(-1))
    [told] = quality_findings(shifted.target, "load")
    assert (told.code, told.got) == (
        "forecast.shifted-clock",
        said("days-hours", first="2025-03-02", last="2025-03-26", hours="+1"),
    )


def test_breaks_are_judged_by_what_the_gate_knew() -> None:
    """On the day after the change nobody can know of it; a record judged whole would leave out its past."""
    table = by_day()
    table[70:] *= 2
    works = subject(DAYS, table.reshape(-1))
    assert works.as_of(works.gates[75]).teaches[:70].all()
