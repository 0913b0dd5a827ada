"""Decide: sizes and schedule of a park over the whole horizon, at least cost, certified.

The assets write the physics, the terms write the money, one linear program a way of electing the choices (such as the basis
of the basic charge), and the cheapest certified answer is the plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from time import perf_counter
from typing import Literal

import numpy as np

from lingtan.case import Case
from lingtan.findings import Finding
from lingtan.frozen import DeepFrozen
from lingtan.market import supply_bill
from lingtan.optimize.effort import SIZING, for_schedule, with_asked
from lingtan.optimize.lay_out import lay_out
from lingtan.optimize.layout import Layout
from lingtan.optimize.limit_prices import limit_prices
from lingtan.optimize.lower import Lowered, elect, elections_within, lower
from lingtan.optimize.objective import Costs
from lingtan.optimize.one_way import Answer, Task, netted, solve_one_way
from lingtan.optimize.preference import Preference, prefer, typical_power_kw
from lingtan.optimize.program import Array, Index, Model, Program
from lingtan.optimize.solve import Solution, SolveAll, out_of_time, solve_in_turn
from lingtan.optimize.start import Start, worth_of_left
from lingtan.optimize.typical_sizes import TypicalSizes
from lingtan.optimize.ways import Leads, cheapest_way
from lingtan.series import Table
from lingtan.terms import Readings, Sum, Term, evaluate

MOST_ELECTIONS = 64
"""Ways of electing that are tried; three connections with two choices each have as many."""

Form = Literal["relaxed", "committed"]
"""Whether a part of a plant may run, as in a year that is a linear program, or each is on or off, as on a day."""

AT_ONCE = 2
"""Programs that are drafted and handed to the solvers together: a year of quarter-hours takes 0.9 GB to solve."""


@dataclass(frozen=True, eq=False)
class Plan(DeepFrozen):
    """A certified decision.

    `objective_cny` is what its terms come to, without the preference, which `preference_cny` states apart; `penalty_cny` is the
    part of it that nobody bills: needs that are not served, shares that are missed.
    `left_cny` is what stored energy at the end was held to be worth, which no bill knows, and is in neither (see `Start`).
    `settled_cny` is what the bill adds on top of it that is settled only (`market.adjustments`), known after the solve.
    `table` holds every flow of the park in kW, the totals, and, at the end of each step, `<battery>.soc` (0 to 1) and
    `<room>.temperature_c`;
    `marginal_price` is the value of one more kilowatt-hour at a bus [CNY/kWh, (T,)]; `rule_price` the price of each rule's
    row; `limit_price` what one unit more of a physical bound changes (see `limit_prices`); `alternatives` what every way of
    electing would have cost, settled lines counted in. `held` are the columns that were held at zero because the device runs the
    other way then (see `one_way`), for which the certificate proves the rest of the plan. `solve_s` is time on the clock, whoever
    solved. `typical` is how sizes in whole numbers were decided before, on typical periods (see `decide`);
    `relaxed` names plants of which a part may run.
    """

    sizes: Mapping[str, float]
    table: Table
    marginal_price: Mapping[str, Array]
    rule_price: Mapping[str, Array]
    limit_price: Mapping[str, float]
    elected: Mapping[str, str]
    alternatives: tuple[tuple[Mapping[str, str], float], ...]
    objective_cny: float
    settled_cny: float
    preference_cny: float
    solution: Solution
    build_s: float
    solve_s: float
    left_cny: float = 0.0
    penalty_cny: float = 0.0
    held: Index = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    typical: TypicalSizes | None = None
    relaxed: tuple[str, ...] = ()
    form: Form = "relaxed"

    @property
    def held_steps(self) -> int:
        """How many steps had their direction held."""
        return self.held.size

    @property
    def typical_error(self) -> float | None:
        """By what share of the year's cost, penalties apart, the typical periods were too dear (above zero) or too cheap [1]."""
        return None if self.typical is None else self.typical.error(self.objective_cny - self.penalty_cny)


@dataclass(frozen=True, eq=False)
class Draft(DeepFrozen):
    """One program, written for one election; `physical` are the rows and columns of assets, before those of terms."""

    elected: Mapping[str, str]
    layout: Layout
    physical: tuple[int, int]
    lowered: Lowered
    model: Model
    preference: Preference
    left: tuple[tuple[int, float], ...]
    build_s: float

    @property
    def task(self) -> Task:
        """The program with the devices that run one way at a time."""
        layout = self.layout
        return Task(self.model, tuple(layout.opposed.values()), tuple(layout.netted), np.zeros(0, dtype=np.int64))

    def left_cny(self, x: Array) -> float:
        """What the energy left in stores is worth at a point."""
        return float(sum(worth * x[column] for column, worth in self.left))


@dataclass(frozen=True, eq=False)
class Attempt:
    """A draft with its answer and what that comes to; `x` is the answer as it is read."""

    draft: Draft
    answer: Answer
    x: Array
    money_cny: float
    settled_cny: float

    @property
    def weighed_cny(self) -> float:
        """What ways of electing are compared by."""
        return self.money_cny + self.settled_cny - self.draft.left_cny(self.x)


@dataclass
class _Tried:
    """The best attempt so far, and what all of them cost: a year's programs are not held longer than they are needed."""

    best: Attempt | None = None
    costs: list[tuple[Mapping[str, str], float]] = field(default_factory=list)
    build_s: float = 0.0
    solve_s: float = 0.0

    def note(self, attempt: Attempt) -> None:
        """Count an attempt in."""
        self.costs.append((attempt.draft.elected, attempt.weighed_cny))
        self.build_s += attempt.draft.build_s
        if self.best is None or attempt.weighed_cny < self.best.weighed_cny:
            self.best = attempt


def search_findings(made: Plan) -> tuple[Finding, ...]:
    """Warnings where a search for whole numbers was ended by its time limit: of sizes, then of the plan."""
    sized = None if made.typical is None else made.typical.search
    return (*out_of_time(sized), *out_of_time(made.solution.search))


def plan(
    case: Case,
    costs: Costs,
    solve_all: SolveAll = solve_in_turn,
    start: Start | None = None,
    *,
    form: Form = "relaxed",
) -> Plan:
    """The cheapest certified plan of a case. Raises `NotCertifiedError` when no solver's answer can be certified.

    Each way of electing is a program of its own, so `solve_all` may solve them side by side, `AT_ONCE` at a time; where a basis may
    change within the year, only some of them are (see `ways`). Without a `start` the horizon is a circle. In the form "committed"
    plants with a commitment are on or off, else a part of one may run (`Plan.relaxed` names them). Raises `InputError` where there
    are more than `MOST_ELECTIONS` ways.
    """
    tried, leads = _Tried(), Leads()
    ways = iter(elections_within(costs.all_terms(), MOST_ELECTIONS))
    while some := tuple(islice(ways, AT_ONCE)) or leads.take(AT_ONCE):
        drafts = [drafted(case, costs, elected, start, form) for elected in some]
        started = perf_counter()
        answers = solve_one_way([draft.task for draft in drafts], solve_all)
        tried.solve_s += perf_counter() - started
        for way in some:
            leads.tried(way)
        for draft, answer in zip(drafts, answers, strict=True):
            attempt = attempted(draft, costs, answer)
            tried.note(attempt)
            leads.note(cheapest_way(costs, _readings(draft, attempt.x)))
    assert tried.best is not None
    return _read(case, costs, tried.best, tried)


def drafted(
    case: Case, costs: Costs, elected: Mapping[str, str], start: Start | None = None, form: Form = "relaxed"
) -> Draft:
    """The program of one way of electing; the same case and costs always give the same program."""
    started = perf_counter()
    layout = Layout(case.grid.steps, case.grid.step_hours, is_committed=form == "committed")
    asked = case.park.search
    layout.program.effort = for_schedule(case.grid, asked) if layout.is_committed else with_asked(SIZING, asked)
    lay_out(case, start, layout)
    physical = layout.program.shape
    layout.program.physical = physical[1]
    terms = tuple(elect(costs.all_terms(), elected))
    lowered = lower(terms, layout)
    left = () if start is None else _value_left(worth_of_left(case.park, terms, layout.steps), layout)
    last = None if start is None else start.last
    preference = prefer(layout, _typical_price(costs.bill), typical_power_kw(case), last)
    model = layout.program.finish()
    layout.program = Program()  # the model has it all: a year of it in triplets is a hundred megabytes
    return Draft(elected, layout, physical, lowered, model, preference, left, perf_counter() - started)


def _value_left(worth: Mapping[str, float], layout: Layout) -> tuple[tuple[int, float], ...]:
    """Credit what each battery holds at the end; returns (column, worth [CNY/kWh])."""
    left = []
    for name, value in worth.items():
        content, _ = layout.states[f"{name}.soc"]
        column = int(content.parts[0][0][-1])
        layout.program.charge(np.array([column]), -value)
        left.append((column, value))
    return tuple(left)


def attempted(draft: Draft, costs: Costs, answer: Answer) -> Attempt:
    """A draft with its answer, and what that comes to."""
    layout = draft.layout
    x = netted(answer.solution.x, layout.netted)
    exact = draft.lowered.complete(x, layout.step_hours)
    money = draft.model.objective(exact) - draft.preference.amount(exact) + draft.left_cny(exact)
    readings = _readings(draft, x)
    settled = 0.0 if costs.supply is None else supply_bill(costs.supply, readings).settled_cny
    return Attempt(draft, answer, x, money, settled)


def _readings(draft: Draft, x: Array) -> Readings:
    layout = draft.layout
    return Readings(layout.read_flows(x), layout.step_hours, layout.read_sizes(x), draft.elected)


def _typical_price(terms: Sequence[Term]) -> float:
    """The mean of all energy prices of a bill that are not zero [CNY/kWh]; 1 where there are none."""
    prices = [float(np.abs(term.price).mean()) for term in terms if isinstance(term, Sum) and term.price.any()]
    return float(np.mean(prices)) if prices else 1.0


def _read(case: Case, costs: Costs, best: Attempt, tried: _Tried) -> Plan:
    draft, solution, x = best.draft, best.answer.solution, best.x
    layout, readings = draft.layout, _readings(draft, x)
    columns = dict(readings.flows)
    for name, (content, size) in layout.states.items():
        energy = size.read(x)
        columns[name] = np.clip(content.read(x) / energy, 0.0, 1.0) if energy > 0 else np.zeros(layout.steps)
    columns |= {name: reading.read(x) for name, reading in layout.readings.items()}
    hours = layout.step_hours
    return Plan(
        sizes=readings.sizes,
        table=Table(case.grid, columns),
        marginal_price={bus: solution.duals[layout.buses[bus]] / hours for bus in case.park.buses},
        rule_price={name: solution.duals[rows] for name, rows in draft.lowered.rules.items()},
        limit_price=limit_prices(draft.model, layout, solution.x, solution.duals, best.answer.closed),
        elected=draft.elected,
        alternatives=tuple(tried.costs),
        objective_cny=best.money_cny,
        penalty_cny=evaluate(costs.penalty, readings).amount,
        settled_cny=best.settled_cny,
        preference_cny=draft.preference.amount(solution.x),
        solution=solution,
        build_s=tried.build_s,
        solve_s=tried.solve_s,
        left_cny=draft.left_cny(x),
        held=best.answer.closed,
        relaxed=tuple(layout.relaxed),
        form="committed" if layout.is_committed else "relaxed",
    )
