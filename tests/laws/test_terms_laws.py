"""Laws of terms: what a bill may not depend on, for any flows and any prices."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.terms import Bands, Choice, Fixed, Peak, Ratio, Readings, Size, Sum, Term, evaluate

STEPS = st.integers(1, 40)
NAMES = ("a_kw", "b_kw")
POWERS = st.floats(-1e4, 1e6).map(lambda value: round(value, 3))
PRICES = st.floats(-2.0, 5.0).map(lambda value: round(value, 6))
RELATIVE = 1e-9


@st.composite
def groupings(draw: st.DrawFn, steps: int) -> Grouping:
    count = draw(st.integers(1, 4))
    codes = draw(arrays(np.intp, steps, elements=st.integers(0, count - 1)))
    return Grouping(codes, tuple(f"2025-{number + 1:02d}" for number in range(count)))


@st.composite
def blends(draw: st.DrawFn) -> Flow:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3))
    return Flow(tuple((name, draw(st.sampled_from([-1.0, 0.5, 1.0, 2.0]))) for name in names))


@st.composite
def bands(draw: st.DrawFn, steps: int) -> Bands:
    breaks = tuple(sorted(draw(st.sets(st.integers(1, 10**6), max_size=4))))
    slopes = tuple(draw(st.lists(PRICES, min_size=len(breaks) + 1, max_size=len(breaks) + 1)))
    return Bands("bands", draw(blends()), draw(groupings(steps)), tuple(map(float, breaks)), slopes)


@st.composite
def any_term(draw: st.DrawFn, steps: int) -> Term:
    kind = draw(st.sampled_from(["sum", "peak", "bands", "ratio", "size", "fixed"]))
    group = draw(groupings(steps))
    match kind:
        case "sum":
            return Sum("sum", draw(blends()), draw(arrays(float, steps, elements=PRICES)), group)
        case "peak":
            price = draw(arrays(float, group.count, elements=st.floats(0.0, 100.0)))
            incurred = draw(arrays(float, group.count, elements=st.floats(0.0, 1e5)))
            return Peak("peak", draw(blends()), group, price, incurred)
        case "bands":
            return draw(bands(steps))
        case "ratio":
            return Ratio("ratio", draw(blends()), draw(blends()), "at_least", draw(st.floats(0.0, 1.0)))
        case "size":
            return Size("size", "pv.power_kw", draw(PRICES))
        case _:
            return Fixed("fixed", draw(PRICES))


@st.composite
def bills(draw: st.DrawFn) -> tuple[list[Term], Readings]:
    steps = draw(STEPS)
    terms = draw(st.lists(any_term(steps), min_size=1, max_size=4))
    if draw(st.booleans()):
        terms.append(Choice("choice", {"x": (draw(any_term(steps)),), "y": (draw(any_term(steps)),)}))
    flows = {name: draw(arrays(float, steps, elements=POWERS)) for name in NAMES}
    hours = draw(st.sampled_from([0.25, 0.5, 1.0]))
    return terms, Readings(flows, hours, {"pv.power_kw": draw(st.floats(0.0, 1e5))})


def turnover(terms: list[Term], readings: Readings) -> float:
    """The size of the amounts that a bill adds and subtracts: what a relative error is relative to."""
    energy = sum(np.abs(flow).sum() for flow in readings.flows.values()) * readings.step_hours
    return 1.0 + 10.0 * float(energy) + sum(abs(line.amount) for line in evaluate(terms, readings).lines)


def split(term: Term, parts: int) -> Term:
    """The term on a grid where each step is `parts` equal steps."""
    match term:
        case Sum():
            return replace(term, price=np.repeat(term.price, parts), group=split_group(term.group, parts))
        case Peak() | Bands():
            return replace(term, group=split_group(term.group, parts))
        case Choice():
            options = {name: tuple(split(each, parts) for each in terms) for name, terms in term.alternatives.items()}
            return replace(term, alternatives=options)
        case _:
            return term


def split_group(group: Grouping, parts: int) -> Grouping:
    return replace(group, codes=np.repeat(group.codes, parts))


@given(bills(), st.integers(2, 5))
def test_a_bill_does_not_change_when_steps_are_split(bill, parts):
    """Rules out power taken for energy, and a peak that is a sum: an hour is four quarter-hours of the same power."""
    terms, readings = bill
    finer = Readings(
        {name: np.repeat(flow, parts) for name, flow in readings.flows.items()},
        readings.step_hours / parts,
        readings.sizes,
    )
    whole = evaluate(terms, readings)
    elected = whole.elected  # two alternatives may cost the same to the last digit
    parted = evaluate([split(term, parts) for term in terms], replace(finer, elected=elected))
    assert parted.amount == pytest.approx(whole.amount, abs=RELATIVE * turnover(terms, readings))
    kw = [line.quantity for line in whole.lines if line.quantity_unit == "kW"]
    assert [line.quantity for line in parted.lines if line.quantity_unit == "kW"] == kw


@given(bills())
def test_a_bill_is_the_sum_of_its_parts(bill):
    """Rules out a term whose amount depends on which other terms stand beside it."""
    terms, readings = bill
    alone = [evaluate([term], readings) for term in terms]
    together = evaluate(terms, readings)
    assert together.lines == tuple(line for each in alone for line in each.lines)
    assert together.amount == pytest.approx(
        sum(each.amount for each in alone), abs=RELATIVE * turnover(terms, readings)
    )


@given(bills())
def test_an_elected_choice_is_never_cheaper_than_the_free_one(bill):
    terms, readings = bill
    free = evaluate(terms, readings).amount
    for name in ("x", "y"):
        forced = evaluate(terms, replace(readings, elected={"choice": name})).amount
        assert forced >= free - RELATIVE * turnover(terms, readings)


@given(st.data())
def test_a_sum_is_linear_in_flow_and_in_price(data):
    steps = data.draw(STEPS)
    one, other = (data.draw(arrays(float, steps, elements=POWERS)) for _ in range(2))
    price, rise = (data.draw(arrays(float, steps, elements=PRICES)) for _ in range(2))
    factor = data.draw(st.floats(-3.0, 3.0))
    group = data.draw(groupings(steps))

    def amount(flow: np.ndarray, at: np.ndarray) -> float:
        return evaluate([Sum("s", Flow.of("a_kw"), at, group)], Readings({"a_kw": flow}, 0.25)).amount

    near = RELATIVE * (1.0 + 50.0 * float(np.abs(one).sum() + np.abs(other).sum()))
    assert amount(one + factor * other, price) == pytest.approx(
        amount(one, price) + factor * amount(other, price), abs=near
    )
    assert amount(one, price + factor * rise) == pytest.approx(
        amount(one, price) + factor * amount(one, rise), abs=near
    )


@given(st.data())
def test_bands_are_continuous_and_rise_where_prices_are_positive(data):
    """Rules out a band that starts at the wrong edge (a jump), and one that is paid back when the next begins."""
    term = data.draw(bands(1))
    term = replace(term, flow=Flow.of("a_kw"), slopes=tuple(abs(slope) for slope in term.slopes))
    steepest = max(term.slopes)

    def amount(energy: float) -> float:
        return evaluate([term], Readings({"a_kw": np.array([energy])}, 1.0)).amount

    energies = sorted([*term.breaks, *data.draw(st.lists(st.floats(-1e3, 2e6), min_size=2, max_size=6))])
    near = RELATIVE * steepest * 2e6 + 1e-9
    for low, high in pairwise(energies):
        assert -near <= amount(high) - amount(low) <= steepest * (high - low) + near
    for edge in term.breaks:
        assert amount(edge * (1 + 1e-12)) == pytest.approx(amount(edge * (1 - 1e-12)), abs=near)


@given(st.data())
def test_bands_follow_their_slopes(data):
    """Between two breaks one kilowatt-hour more costs the slope of that band, and no other."""
    term = replace(data.draw(bands(1)), flow=Flow.of("a_kw"))
    edges = (-1e3, *term.breaks, (term.breaks[-1] if term.breaks else 0.0) + 1e3)
    for slope, (low, high) in zip(term.slopes, pairwise(edges), strict=True):
        near = RELATIVE * 1e7
        rise = [evaluate([term], Readings({"a_kw": np.array([energy])}, 1.0)).amount for energy in (low, high)]
        assert rise[1] - rise[0] == pytest.approx(slope * (high - low), abs=near)


@given(st.data())
def test_finer_metering_never_lowers_a_peak(data):
    """The mean of two quarters is at most the larger: rules out a demand that shrinks when the meter gets better."""
    fine = data.draw(arrays(float, 8, elements=POWERS))
    codes = data.draw(arrays(np.intp, 4, elements=st.integers(0, 1)))

    def peaks(flow: np.ndarray, hours: float, at: np.ndarray) -> float:
        term = Peak("p", Flow.of("a_kw"), Grouping(at, ("a", "b")), np.ones(2), np.zeros(2))
        return evaluate([term], Readings({"a_kw": flow}, hours)).amount

    coarse = fine.reshape(4, 2).mean(axis=1)
    assert peaks(fine, 0.25, np.repeat(codes, 2)) >= peaks(coarse, 0.5, codes) - 1e-6
