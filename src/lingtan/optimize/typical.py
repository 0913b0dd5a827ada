"""Decide on whole numbers of modules, and on what is paid once, on typical periods: a year of steps would take hours.

A park asks for it where a size that is still open comes in modules, or costs more than a price times its size. Typical periods of
the year (`typical_periods`) then stand for it: energies count as often as their step stands for one, a month's peak lies above
every period that stands for a day of that month, a store is a circle in each period. What comes out are the sizes that take whole
numbers; `decide` then plans the whole year with them and compares: `TypicalSizes.error` says by how much the periods were wrong.

Left aside here, and right in the plan of the year: bands of a price by month (taken as bands of the year), what a bill settles
only, steps that run both ways, and hours alone that reach from one period into the next (as if they followed each other).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from lingtan.case import Case
from lingtan.finance.outlay import scales_of
from lingtan.grouping import Grouping
from lingtan.optimize.effort import SIZING, Effort, with_asked
from lingtan.optimize.lay_out import lay_out
from lingtan.optimize.layout import Layout
from lingtan.optimize.lower import elect, elections_within, lower
from lingtan.optimize.objective import Costs
from lingtan.optimize.plan import MOST_ELECTIONS
from lingtan.optimize.program import Array, Index, Mask, Model, Program
from lingtan.optimize.solve import Solution, SolveAll, solve_in_turn
from lingtan.optimize.start import import_prices
from lingtan.optimize.typical_periods import TypicalPeriods, choose_periods
from lingtan.optimize.typical_sizes import TypicalSizes
from lingtan.park import Park, ThermostaticLoad
from lingtan.park.size import Sized
from lingtan.series import Series
from lingtan.terms import Bands, Choice, Contracted, Fixed, Outlay, Peak, Ratio, Size, Sum, Term
from lingtan.tolerances import NOTICED_KW

WEEKS = 8
"""Typical weeks of a year in steps of an hour, beside those that are kept."""

DAYS = 14
"""Typical days of a year in shorter steps: as many steps as eight weeks by the hour."""

EXACT_STEPS = 1500
"""A horizon of no more steps is decided as it is."""


@dataclass(frozen=True, eq=False)
class _Draft:
    layout: Layout
    model: Model
    penalties: tuple[tuple[Index, Array], ...]
    """What the terms charge that nobody bills: (columns, cost [CNY per unit])."""

    def penalty_cny(self, x: Array) -> float:
        """What of the objective at a point nobody bills [CNY]."""
        return float(sum(cost @ x[columns] for columns, cost in self.penalties))


def whole_sizes(park: Park) -> tuple[Sized, ...]:
    """The open sizes that take whole numbers to decide: in modules, or with an economy of scale."""
    scaled = scales_of(park)
    return tuple(
        sized for sized in park.sizes() if sized.size.free and (sized.size.module is not None or sized.name in scaled)
    )


def typical_sizes(case: Case, costs: Costs, solve_all: SolveAll = solve_in_turn) -> TypicalSizes | None:
    """The sizes that take whole numbers, decided on typical periods; None where there are none, or the horizon is short.

    Raises `NotCertifiedError` where the search finds nothing in its time.
    """
    asked = whole_sizes(case.park)
    if not asked or case.grid.steps <= EXACT_STEPS:
        return None
    started = perf_counter()
    ways = list(elections_within(costs.all_terms(), MOST_ELECTIONS))
    effort = with_asked(replace(SIZING, time_limit_s=SIZING.time_limit_s / len(ways)), case.park.search)
    periods = _periods_of(case, costs, ways[0])
    stood_for = _case_of(case, periods)
    drafts = [_draft(stood_for, costs, way, periods, effort) for way in ways]
    solutions = solve_all([draft.model for draft in drafts])
    best, draft = min(zip(solutions, drafts, strict=True), key=lambda pair: pair[0].certificate.objective_cny)
    assert best.search is not None
    return TypicalSizes(
        sizes=_read(asked, draft, best),
        objective_cny=best.certificate.objective_cny,
        penalty_cny=draft.penalty_cny(best.x),
        periods=periods,
        period_days=periods.period_steps * case.grid.step_hours / 24.0,
        search=best.search,
        solve_s=perf_counter() - started,
    )


def with_fixed(case: Case, sizes: Mapping[str, Mapping[str, float]]) -> Case:
    """The case with some of its sizes fixed, the others as they were."""
    data = case.park.dump()
    for sized in case.park.sizes():
        fixed = sizes.get(sized.owner, {}).get(sized.size.quantity)
        if fixed is not None:
            data[sized.section][sized.owner][sized.field] = fixed
    return case.with_park(Park.model_validate(data))


def _periods_of(case: Case, costs: Costs, way: Mapping[str, str]) -> TypicalPeriods:
    """Weeks of hours or days of shorter steps, by needs, availabilities and the price of energy."""
    park, grid = case.park, case.grid
    used = {name: places for name, places in park.series_used().items() if any(p.startswith("assets.") for p in places)}
    features = {name: case.series[name].values for name in used}
    highest = tuple(name for name, places in used.items() if any(place.endswith(".profile") for place in places))
    lowest = tuple(name for name, places in used.items() if any(place.endswith(".availability") for place in places))
    rooms = {room.need for _, room in park.of_family(ThermostaticLoad) if room.outside is None}
    outside = case.outside_c()
    if rooms and outside is not None:
        features["site.temperature"] = outside
        lowest += ("site.temperature",) if "heating" in rooms else ()
        highest += ("site.temperature",) if "cooling" in rooms else ()
    for name, price in import_prices(park, elect(costs.bill, way), grid.steps).items():
        features[f"{name} (price)"] = price
    is_hourly = grid.step_hours >= 1
    period = grid.steps_per_day * (7 if is_hourly else 1)
    return choose_periods(features, period, WEEKS if is_hourly else DAYS, highest=highest, lowest=lowest)


def _case_of(case: Case, periods: TypicalPeriods) -> Case:
    """The case on the typical steps, one after the other: its clock is that of the year's first steps and means nothing."""
    cut = case.window(0, periods.steps.size)
    series = {
        name: Series.of(name, periods.conserved(each.values), each.unit, cut.grid) for name, each in case.series.items()
    }
    return replace(cut, series=series)


def _draft(case: Case, costs: Costs, way: Mapping[str, str], periods: TypicalPeriods, effort: Effort) -> _Draft:
    layout = Layout(case.grid.steps, case.grid.step_hours, program=Program(effort=effort))
    layout.period_steps, layout.weight = periods.period_steps, periods.step_weight
    lay_out(case, layout=layout)
    layout.program.physical = layout.program.shape[1]
    billed = (*costs.bill, *costs.operation, *costs.investment)
    lower(typical_terms(elect(billed, way), periods), layout)
    mark = layout.program.charged
    lower(typical_terms(elect(costs.penalty, way), periods), layout)
    return _Draft(layout, layout.program.finish(), layout.program.charges_since(mark))


def typical_terms(terms: Iterable[Term], periods: TypicalPeriods) -> Iterator[Term]:
    """Terms of the year on the typical steps; choices must have been elected. Energies are weighed by `Layout.weight`."""
    whole = Grouping.whole(periods.steps.size, "")
    for term in terms:
        match term:
            case Sum():
                yield replace(term, price=periods.mean(term.price), group=whole)
            case Peak():
                yield from _peaks(term, periods)
            case Contracted():
                yield from _contracts(term, periods)
            case Bands():
                breaks = tuple(edge * term.group.count for edge in term.breaks)
                yield replace(term, group=whole, breaks=breaks)
            case Ratio() | Size() | Outlay() | Fixed():
                yield term
            case Choice():
                raise ValueError(f"choice {term.name!r} must be elected before it is put on typical periods")


def _peaks(term: Peak, periods: TypicalPeriods) -> Iterator[Peak]:
    """A peak for each group, above the periods that stand for a step of it; groups with the same periods share one."""
    touched = periods.touched(term.group.codes, term.group.count)
    price_of: dict[tuple[bytes, float], float] = {}
    for group in range(term.group.count):
        key = touched[:, group].tobytes(), float(term.already_incurred[group])
        price_of[key] = price_of.get(key, 0.0) + float(term.price[group])
    for (seen, incurred), price in price_of.items():
        if price > 0:
            inside = np.repeat(np.frombuffer(seen, dtype=bool), periods.period_steps)
            parted = _parted(inside, term.group)
            yield replace(term, group=parted, price=np.array([price, 0.0]), already_incurred=np.array([incurred, 0.0]))


def _parted(inside: Mask, group: Grouping) -> Grouping:
    """The typical steps inside and outside of a group of the year; since periods are whole days, a meter's intervals are as at the
    year's start."""
    metered = None if group.metered is None else group.metered[: inside.size]
    return Grouping((~inside).astype(np.intp), ("", ""), metered=metered)


def _contracts(term: Contracted, periods: TypicalPeriods) -> Iterator[Contracted]:
    """A contract for each month that has a price, above the periods that stand for a step of it; each keeps what it agreed."""
    touched = periods.touched(term.group.codes, term.group.count)
    for month in np.flatnonzero(term.price > 0):
        inside = np.repeat(touched[:, month], periods.period_steps)
        parted = _parted(inside, term.group)
        price, agreed, incurred = (
            np.array([float(each[month]), 0.0]) for each in (term.price, term.agreed, term.already_incurred)
        )
        yield replace(term, group=parted, price=price, agreed=agreed, already_incurred=incurred)


def _read(asked: Iterable[Sized], draft: _Draft, solution: Solution) -> dict[str, dict[str, float]]:
    """The sizes that were asked for: so many whole modules, or what the columns say."""
    sizes: dict[str, dict[str, float]] = {}
    for sized in asked:
        sizes.setdefault(sized.owner, {})[sized.size.quantity] = _size(sized.name, draft, solution.x)
    return sizes


def _size(name: str, draft: _Draft, x: Array) -> float:
    if name in draft.layout.modules:
        count, module = draft.layout.modules[name]
        return float(round(x[count])) * module
    size = draft.layout.sizes[name].read(x)
    return size if size >= NOTICED_KW else 0.0
