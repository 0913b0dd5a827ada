"""The law that holds the house together: what a schedule is billed equals what the optimizer thought it costs.

For every kind of term, for every record that is shipped and for the bills of the shipped parks, at schedules that nobody
optimized: the unrounded bill equals the objective of the lowered program at `Lowered.complete(x)`, to `BILL_RELATIVE` of
what the terms turn over (amounts of both signs may cancel, so the total itself is no scale).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lingtan.clock import TimeGrid
from lingtan.finance.investment import investment_terms, operation_terms
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.market import Ask, look_up, price_list_terms, supply_terms
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.lower import elect, elections, lower
from lingtan.optimize.program import Model
from lingtan.park.read import judge_park, read_sheet
from lingtan.reads import flows_read, sizes_read
from lingtan.rulebook import Customer, Place, RetailPrice, parse_records
from lingtan.terms import (
    MISSED_CNY_PER_KWH,
    Bands,
    Choice,
    Contracted,
    Fixed,
    Outlay,
    Peak,
    Ratio,
    Readings,
    Size,
    Sum,
    Term,
    evaluate,
)
from lingtan.tolerances import BILL_RELATIVE
from tests.small_parks import SHIPPED_PARKS, shipped

POWERS = st.floats(0.0, 1e5).map(lambda value: round(value, 3))
PRICES = st.floats(-1.0, 5.0).map(lambda value: round(value, 6))
SHARES = st.sampled_from([-1.0, 0.25, 1.0, 3.0])


# ------------------------------------------------------------------------------------------- a schedule and its two readers


@dataclass(frozen=True, eq=False)
class Schedule:
    """Layout with published flows and sizes, and a point `x` for the columns that it had before any term was lowered."""

    layout: Layout
    x: np.ndarray

    def readings(self, elected: Mapping[str, str] | None = None) -> Readings:
        flows, sizes = self.layout.read_flows(self.x), self.layout.read_sizes(self.x)
        return Readings(flows, self.layout.step_hours, sizes, elected or {})


def schedule_of(
    hours: float, flows: Mapping[str, Affine | np.ndarray], sizes: Mapping[str, tuple[float, bool]]
) -> Schedule:
    """A schedule whose flows are decided (an array: a column each) or given, and whose sizes are decided or known."""
    steps = next(flow.size if isinstance(flow, np.ndarray) else flow.constant.size for flow in flows.values())
    layout = Layout(steps, hours)
    layout.bus("main")
    x: list[float] = []
    for name, flow in flows.items():
        if isinstance(flow, Affine):
            layout.publish(name, flow)
        else:
            layout.publish(name, Affine.of(layout.program.columns(name, steps, "kW")))
            layout.inject("main", layout.flows[name])
            x.extend(flow)
    for name, (size, decided) in sizes.items():
        layout.size(name, 0.0 if decided else size, 1e9 if decided else size, "kW")
        x.extend([size] * decided)
    return Schedule(layout, np.array(x))


def objective(schedule: Schedule, terms: Sequence[Term]) -> float:
    """What the lowered program makes of the schedule. A layout is lowered into once, so each call takes a fresh one."""
    lowered = lower(terms, schedule.layout)
    model = schedule.layout.program.finish()
    x = np.concatenate([schedule.x, np.zeros(model.cost.size - schedule.x.size)])
    completed = lowered.complete(x, schedule.layout.step_hours)
    rows, activity = rows_of_terms(model), model.activity(completed)
    near = BILL_RELATIVE * (1.0 + float(np.abs(completed).sum()))
    assert np.all(activity[rows] >= model.row_lower[rows] - near)
    assert np.all(activity[rows] <= model.row_upper[rows] + near)
    return model.objective(completed)


def rows_of_terms(model: Model) -> np.ndarray:
    """The rows that terms wrote: all but the balance of the bus, which a random schedule does not keep."""
    (balance,) = (block for block in model.row_blocks if block.name == "main.balance")
    return np.setdiff1d(np.arange(model.shape[0]), balance.index)


def turnover(terms: Iterable[Term], readings: Readings) -> float:
    """What the terms add and subtract on their way to a total: the scale of a relative error."""
    return 1.0 + sum(gross(term, readings) for term in terms)


def gross(term: Term, readings: Readings) -> float:
    """All energy of a term's flows, whatever its sign, at the term's dearest price; what a size or peak costs."""
    match term:
        case Sum():
            return gross_energy_kwh(term.flow, readings) * float(np.abs(term.price).max())
        case Bands():
            return gross_energy_kwh(term.flow, readings) * max(map(abs, term.slopes))
        case Choice():
            return sum(turnover(option, readings) for option in term.alternatives.values())
        case _:
            return sum(abs(line.amount) for line in evaluate([term], readings).lines)


def gross_energy_kwh(flow: Flow, readings: Readings) -> float:
    power_kw = sum(abs(share) * float(np.abs(readings.flows[name]).sum()) for name, share in flow.parts)
    return power_kw * readings.step_hours


def check_law(fresh: Callable[[], Schedule], terms: Sequence[Term]) -> None:
    """Bill and objective agree under every election; the cheapest objective is the bill that elects for itself."""
    costs = []
    for elected in elections(terms):
        schedule = fresh()
        readings = schedule.readings(elected)
        found = evaluate(terms, readings)
        cost = objective(schedule, list(elect(terms, elected)))
        assert abs(cost - found.amount) <= BILL_RELATIVE * turnover(terms, readings)
        costs.append(cost)
    readings = fresh().readings()
    free = evaluate(terms, readings)
    assert abs(min(costs) - free.amount) <= BILL_RELATIVE * turnover(terms, readings)


# ----------------------------------------------------------------------------------------------- random terms and schedules


@st.composite
def groupings(draw: st.DrawFn, steps: int) -> Grouping:
    """Up to three groups, in any order and some of them empty, as no calendar would give; some with a meter that takes means of
    three steps, the first of which may have begun before."""
    labels = ("2025-01", "2025-02", "2025-03")
    if draw(st.booleans()):
        return Grouping(draw(arrays(np.intp, steps, elements=st.integers(0, 2))), labels)
    metered = (np.arange(steps) + draw(st.integers(0, 2))) // 3
    codes = draw(arrays(np.intp, int(metered[-1]) + 1, elements=st.integers(0, 2)))
    return Grouping(codes[metered], labels, metered=metered.astype(np.intp))


@st.composite
def blends(draw: st.DrawFn) -> Flow:
    """A blend of columns, constants and both; a name may come twice."""
    return Flow(tuple(draw(st.lists(st.tuples(st.sampled_from(["a", "b", "c", "d"]), SHARES), min_size=1, max_size=4))))


@st.composite
def schedules(draw: st.DrawFn) -> Callable[[], Schedule]:
    """`a`, `b` are columns, `c` is given, `d` is a given amount less what two columns of its own give."""
    steps = draw(st.sampled_from([1, 7, 24, 100]))
    a, b, c, d = (draw(arrays(float, steps, elements=POWERS, fill=POWERS)) for _ in range(4))
    sizes = {"pv.power_kw": (draw(POWERS), True), "grid.capacity_kva": (draw(POWERS), False)}
    hours = draw(st.sampled_from([0.25, 1.0]))

    def fresh() -> Schedule:
        schedule = schedule_of(hours, {"a": a, "b": b, "c": Affine.known(c)}, sizes)
        whole = (
            Affine.known(d) + schedule.layout.flows["a"] * -0.5 + schedule.layout.flows["b"] * np.linspace(0, 2, steps)
        )
        schedule.layout.publish("d", whole)
        return schedule

    return fresh


@st.composite
def terms_of_kind(draw: st.DrawFn, kind: type, steps: int) -> Term:
    group = draw(groupings(steps))
    if kind is Sum:
        return Sum("sum", draw(blends()), draw(arrays(float, steps, elements=PRICES, fill=PRICES)), group)
    if kind is Peak:
        price = draw(arrays(float, 3, elements=st.floats(0.0, 50.0)))
        return Peak("peak", draw(blends()), group, price, draw(arrays(float, 3, elements=st.sampled_from([0.0, 5e4]))))
    if kind is Contracted:
        price, incurred = (draw(arrays(float, 3, elements=st.sampled_from(some))) for some in ([0.0, 35.0], [0.0, 5e4]))
        agreed = draw(arrays(float, 3, elements=st.sampled_from([np.nan, 0.0, 4e4])))
        asset = draw(st.sampled_from(["pv.power_kw", "grid.capacity_kva"]))
        tolerance, overrun, least = draw(st.sampled_from([(1.05, 2.0, 0.4), (1.0, 1.0, 0.0), (1.2, 3.0, 1.0)]))
        return Contracted("contract", draw(blends()), group, price, agreed, incurred, tolerance, overrun, asset, least)
    if kind is Bands:
        breaks = tuple(sorted(draw(st.sets(st.integers(1, 10**6), max_size=4))))
        slopes = sorted(draw(st.lists(PRICES, min_size=len(breaks) + 1, max_size=len(breaks) + 1)))
        return Bands("bands", draw(blends()), group, tuple(map(float, breaks)), tuple(slopes))
    if kind is Size:
        return Size("size", draw(st.sampled_from(["pv.power_kw", "grid.capacity_kva"])), draw(PRICES))
    if kind is Outlay:
        breaks = tuple(map(float, sorted(draw(st.sets(st.integers(1, 10**5), max_size=3)))))
        slopes = tuple(draw(st.lists(PRICES, min_size=len(breaks) + 1, max_size=len(breaks) + 1)))
        size = draw(st.sampled_from(["pv.power_kw", "grid.capacity_kva"]))
        return Outlay("outlay", size, draw(st.sampled_from([0.0, 5e4])), breaks, slopes)
    return Fixed("fixed", draw(PRICES))


KINDS = (Sum, Peak, Contracted, Bands, Size, Outlay, Fixed)


def law_of_kind(kind: type) -> Callable[[st.DataObject], None]:
    def law(data: st.DataObject) -> None:
        fresh = data.draw(schedules())
        check_law(fresh, [data.draw(terms_of_kind(kind, fresh().layout.steps)) for _ in range(2)])

    return given(st.data())(law)


def law_of_choices(data: st.DataObject) -> None:
    """Two choices, one of them with a choice inside, beside a term that always applies."""
    fresh = data.draw(schedules())
    steps = fresh().layout.steps
    one, two, three, four = (data.draw(terms_of_kind(data.draw(st.sampled_from(KINDS)), steps)) for _ in range(4))
    inner = Choice("inner", {"x": (one,), "y": (two, three)})
    check_law(
        fresh, [four, Choice("outer", {"inner": (inner,), "plain": (two,)}), Choice("other", {"p": (three,), "q": ()})]
    )


def law_of_ratio(data: st.DataObject) -> None:
    """Settled and in a program, a share costs exactly the price of a missed kilowatt-hour times the energy it misses."""
    fresh = data.draw(schedules())
    sense, bound = data.draw(st.sampled_from(["at_least", "at_most"])), data.draw(st.floats(0.0, 1.0))
    term = Ratio("share", data.draw(blends()), data.draw(blends()), sense, bound)
    schedule = fresh()
    readings = schedule.readings()
    part, whole = (flow.read(readings.flows).sum() * readings.step_hours for flow in (term.numerator, term.denominator))
    missed = max(0.0, bound * whole - part if sense == "at_least" else part - bound * whole)
    scale = 1.0 + gross_energy_kwh(term.numerator + term.denominator, readings)
    for cost in (objective(schedule, [term]), evaluate([term], readings).amount):
        assert abs(cost / MISSED_CNY_PER_KWH - missed) <= BILL_RELATIVE * scale


test_bill_is_objective_for_sums = law_of_kind(Sum)
test_bill_is_objective_for_peaks = law_of_kind(Peak)
test_bill_is_objective_for_contracts = law_of_kind(Contracted)
test_bill_is_objective_for_bands = law_of_kind(Bands)
test_bill_is_objective_for_sizes = law_of_kind(Size)
test_bill_is_objective_for_outlays = law_of_kind(Outlay)
test_bill_is_objective_for_fixed_amounts = law_of_kind(Fixed)
test_bill_is_objective_for_choices = given(st.data())(law_of_choices)
test_a_missed_share_costs_its_price = given(st.data())(law_of_ratio)


@pytest.mark.long
@settings(max_examples=3000)
@given(st.data())
def test_bill_is_objective_for_many_more(data):
    """All kinds together, thousands of times."""
    fresh = data.draw(schedules())
    steps = fresh().layout.steps
    kinds = data.draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=5))
    check_law(fresh, [data.draw(terms_of_kind(kind, steps)) for kind in kinds])
    law_of_choices(data)
    law_of_ratio(data)


# ------------------------------------------------------------------------------------------------- shipped records and parks


def random_schedule(terms: Sequence[Term], grid: TimeGrid, seed: int) -> Callable[[], Schedule]:
    """Every flow and size that the terms read, at random: nights without import and a few tall peaks among the flows."""
    rng = np.random.default_rng(seed)
    flows = {
        name: 1e4 * rng.random(grid.steps) * rng.integers(0, 2, grid.steps) + 3e4 * (rng.random(grid.steps) > 0.999)
        for name in sorted(flows_read(terms))
    }
    sizes = {name: (float(1e5 * rng.random()), decided) for decided, name in enumerate(sorted(sizes_read(terms)))}
    return lambda: schedule_of(
        grid.step_hours, flows, {name: (size, bool(free)) for name, (size, free) in sizes.items()}
    )


def shipped_lists() -> list[RetailPrice]:
    return [record for record in shipped().records if isinstance(record, RetailPrice)]


def test_there_are_shipped_price_lists():
    """Rules out the next test passing over nothing."""
    assert len(shipped_lists()) >= 9


@pytest.mark.parametrize("record", shipped_lists(), ids=lambda record: record.id)
def test_bill_is_objective_for_every_shipped_price_list(record):
    """A fortnight of the month that the list is for, by the quarter-hour."""
    start = np.datetime64(record.valid_from) - np.timedelta64(8, "h")
    grid = TimeGrid(start.astype("M8[m]"), 15, 14 * 96, "Asia/Shanghai")
    voltage = 10.0 if record.customer is None or record.customer.voltage_from is None else record.customer.voltage_from
    category = "two_part" if record.customer is None else record.customer.category
    ask = Ask(Place("CN", "Sichuan", "Yibin"), Customer(category, voltage, "grid_proxy"), price=record.id)
    terms = list(price_list_terms("grid", look_up(ask, shipped(), grid), "choice", grid))
    assert any(isinstance(term, Choice) for term in terms) == (record.demand_price is not None)
    check_law(random_schedule(terms, grid, seed=1), terms)


@cache
def terms_of_park(name: str) -> tuple[TimeGrid, tuple[Term, ...]]:
    """All terms of a shipped park for its year. Its series are not read: the law holds for any flows."""
    sheet, findings = read_sheet(SHIPPED_PARKS[name])
    park, judged = judge_park(sheet)
    pack, on_rules = parse_records(sheet.data["rules"], sheet, ("rules",))
    assert park is not None
    assert [found.text() for found in (*findings, *judged, *on_rules)] == []
    grid = park.grid()
    supply = supply_terms(park, shipped().overlay(pack, inline=True), grid)
    return grid, (*supply.terms, *operation_terms(park, grid), *investment_terms(park, grid))


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", SHIPPED_PARKS)
def test_bill_is_objective_for_the_year_of_a_shipped_park(name, seed):
    """Twelve months, five components, time of use, a choice of basis, capital, upkeep and wear: 8,760 and 35,040 steps."""
    grid, terms = terms_of_park(name)
    check_law(random_schedule(terms, grid, seed), terms)
