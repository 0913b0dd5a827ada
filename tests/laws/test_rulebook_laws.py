"""What holds for every record: periods part the day, overlays settle, no rule is used outside its validity unasked."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lingtan.clock import TimeGrid
from lingtan.rulebook import Customer, Pack, Period, Place, RetailPrice, Rulebook, TimeOfUse, period_of, shipped
from lingtan.rulebook.time_of_use import Season, Special

EVERY_MONTH = tuple(range(1, 13))
HERE = Place("CN", "Sichuan", "Yibin")
FIRST = date(2025, 1, 1)
HEAD = {
    "recorded_at": FIRST,
    "document": "a document",
    "source": "a law",
    "confidence": "invented",
    "verified": False,
}


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@st.composite
def hour_ranges(draw: st.DrawFn) -> str:
    first, stop = draw(st.lists(st.integers(0, 1439), min_size=2, max_size=2, unique=True))
    return f"{clock(first)}-{clock(stop)}"


def inside(minute: int, hour_range: str) -> bool:
    """The meaning of a range, minute by minute: an oracle that shares nothing with the code."""
    first, stop = (int(text[:2]) * 60 + int(text[3:]) for text in hour_range.split("-"))
    return first <= minute < stop if first < stop else minute >= first or minute < stop


@given(hour_ranges(), hour_ranges(), hour_ranges(), st.sampled_from([5, 15, 60]))
def test_each_step_has_exactly_the_period_of_its_minute(peak: str, special: str, deep: str, step: int) -> None:
    """Super peak before deep valley is never asked for: they exclude each other."""
    clash = any(inside(m, special) and inside(m, deep) for m in range(1440))
    record = TimeOfUse(
        id="law",
        kind="time_of_use",
        valid_from=FIRST,
        seasons=(Season(months=EVERY_MONTH, peak=(peak,)),),
        super_peak=(Special(hours=(special,), months=(1,)),),
        deep_valley=() if clash else (Special(hours=(deep,), months=(1,)),),
        **HEAD,
    )
    grid = TimeGrid(np.datetime64("2025-01-30T16:00"), step, 2 * 1440 // step, "Asia/Shanghai")
    expected = []
    for month, minute in zip(grid.month.tolist(), grid.minute_of_day.tolist(), strict=True):
        period = Period.PEAK if inside(minute, peak) else Period.FLAT
        if month == 1 and not clash and inside(minute, deep):
            period = Period.DEEP_VALLEY
        if month == 1 and inside(minute, special):
            period = Period.SUPER_PEAK
        expected.append(period)
    assert period_of(record, grid).tolist() == expected


@cache
def retail(record_id: str, first: int, last: int | None, level: int) -> RetailPrice:
    place = (None, {"country": "CN"}, {"country": "CN", "province": "Sichuan"}, {"country": "DE"})[level]
    return RetailPrice.model_validate(
        {
            "id": record_id,
            "kind": "retail_price",
            "place": place,
            "valid_from": FIRST + timedelta(days=first),
            "valid_to": None if last is None else FIRST + timedelta(days=last),
            "components": [{"name": "purchase", "price": 0.1 * (1 + level), "floats_with_tou": False}],
            **HEAD,
        }
    )


@st.composite
def packs(draw: st.DrawFn) -> Pack:
    def record(record_id: str) -> RetailPrice:
        first = draw(st.integers(-30, 60))
        last = draw(st.none() | st.integers(first, first + 60))
        return retail(record_id, first, last, draw(st.integers(0, 3)))

    return Pack(tuple(record(record_id) for record_id in draw(st.lists(st.sampled_from("abcdef"), unique=True))))


@given(packs(), packs(), st.booleans())
def test_overlaying_again_changes_nothing(first: Pack, second: Pack, inline: bool) -> None:
    book = Rulebook().overlay(first).overlay(second, inline=inline)
    assert book.overlay(second, inline=inline) == book
    assert {record.id: record for record in book.records} == {
        record.id: record for record in (*first.records, *second.records)
    }
    assert [record.id for record in book.records] == sorted(record.id for record in book.records)


@given(packs(), st.integers(-40, 100), st.integers(1, 40))
def test_no_record_is_used_outside_its_validity_or_place(pack: Pack, start: int, count: int) -> None:
    """And a step without a record is always explained by an error; a step with one has no rival of its standing."""
    days = np.arange(np.datetime64(FIRST) + start, np.datetime64(FIRST) + start + count)
    found = Rulebook().overlay(pack).find(RetailPrice, days, place=HERE)
    for day, owner in zip(days.astype(object), found.owner, strict=True):
        holding = [
            record
            for record in pack.records
            if record.valid_from <= day
            and (record.valid_to is None or day <= record.valid_to)
            and (record.place is None or record.place.country == "CN")
        ]
        best = max((record.rank for record in holding), default=None)
        winners = [record for record in holding if record.rank == best]
        assert (owner == -1) == (len(winners) != 1)
        if owner >= 0:
            assert found.uses[owner].record == winners[0]
            assert found.uses[owner].assumption is None
    assert bool(found.findings) == bool((found.owner == -1).any())


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.sampled_from([0.4, 10.0, 35.0, 110.0, 220.0, 500.0]))
def test_a_shipped_price_holds_in_its_month_only(day: date, voltage_kv: float) -> None:
    customer = Customer("single_part", voltage_kv, "grid_proxy")
    found = shipped().find(RetailPrice, day, place=HERE, customer=customer)
    assert (len(found.uses) == 1) == ((day.year, day.month) == (2026, 8))
