"""Decide: sizes and schedule of a park over the whole horizon, at least cost, certified.

The assets write the physics, the terms write the money, one linear program a way of electing the choices (such as the basis
of the basic charge), and the cheapest certified answer is the plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from lingtan.case import Case
from lingtan.market import supply_bill
from lingtan.optimize.assets.battery import lower_battery
from lingtan.optimize.assets.connection import lower_connection
from lingtan.optimize.assets.generator import lower_generator
from lingtan.optimize.assets.load import lower_load
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.limit_prices import limit_prices
from lingtan.optimize.lower import Lowered, elect, elections, lower
from lingtan.optimize.objective import Costs
from lingtan.optimize.preference import Preference, prefer
from lingtan.optimize.program import Array, Model, Program
from lingtan.optimize.solve import Solution, SolveAll, solve_in_turn
from lingtan.optimize.start import Start, worth_of_left
from lingtan.park import Battery, Load, flow_names
from lingtan.series import Table
from lingtan.terms import Readings, Sum, Term


@dataclass(frozen=True, eq=False)
class Plan:
    """A certified decision.

    `objective_cny` is what its terms come to, without the preference, which `preference_cny` states apart.
    `left_cny` is what stored energy at the end was held to be worth, which no bill knows, and is in neither (see `Start`).
    `settled_cny` is what the bill adds on top of it that is settled only (`market.adjustments`), known after the solve.
    `table` holds every flow of the park in kW, the totals, and `<battery>.soc` (0 to 1, at the end of each step);
    `marginal_price` is the value of one more kilowatt-hour at a bus [CNY/kWh, (T,)]; `rule_price` the price of each rule's
    row; `limit_price` what one unit more of a physical bound changes (see `limit_prices`); `alternatives` what every way of
    electing would have cost, settled lines counted in.
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


@dataclass(frozen=True, eq=False)
class _Draft:
    """One program, written for one election."""

    elected: Mapping[str, str]
    layout: Layout
    lowered: Lowered
    model: Model
    preference: Preference
    left: tuple[tuple[int, float], ...]
    build_s: float

    def left_cny(self, x: Array) -> float:
        """What the energy left in stores is worth at a point."""
        return float(sum(worth * x[column] for column, worth in self.left))


@dataclass(frozen=True, eq=False)
class _Attempt:
    """A draft with its solution and what that comes to."""

    draft: _Draft
    solution: Solution
    money_cny: float
    settled_cny: float

    @property
    def weighed_cny(self) -> float:
        """What ways of electing are compared by."""
        return self.money_cny + self.settled_cny - self.draft.left_cny(self.solution.x)


def plan(case: Case, costs: Costs, solve_all: SolveAll = solve_in_turn, start: Start | None = None) -> Plan:
    """The cheapest certified plan of a case. Raises `NotCertifiedError` when no solver's answer can be certified.

    Each way of electing is a program of its own, so `solve_all` may solve them side by side. Without a `start` the
    horizon is a circle.
    """
    drafts = [_draft(case, costs, elected, start) for elected in elections(costs.all_terms())]
    solutions = solve_all([draft.model for draft in drafts])
    attempts = [_attempt(draft, costs, solution) for draft, solution in zip(drafts, solutions, strict=True)]
    best = min(attempts, key=lambda attempt: attempt.weighed_cny)
    return _read(case, best, attempts)


def lay_out(case: Case, start: Start | None = None) -> Layout:
    """The physics of a case as a layout: buses, connections and assets, without money."""
    park, grid = case.park, case.grid
    layout = Layout(grid.steps, grid.step_hours)
    for bus in park.buses:
        layout.bus(bus)
    for name, connection in park.connections.items():
        lower_connection(name, connection, layout)
    for name, asset in park.assets.items():
        match asset:
            case Load():
                lower_load(name, asset, case.need_kw(name), layout)
            case Battery():
                lower_battery(name, asset, layout, None if start is None else start.content_kwh[name])
            case _:
                lower_generator(name, asset, case.available_pu(name), layout)
    for total, parts in flow_names(park).items():
        whole = Affine.known(np.zeros(grid.steps))
        for part in parts:
            whole = whole + layout.flows[part]
        layout.publish(total, whole)
    return layout


def _draft(case: Case, costs: Costs, elected: Mapping[str, str], start: Start | None) -> _Draft:
    started = perf_counter()
    layout = lay_out(case, start)
    terms = tuple(elect(costs.all_terms(), elected))
    lowered = lower(terms, layout)
    left = () if start is None else _value_left(worth_of_left(case.park, terms, layout.steps), layout)
    peak_kw = float(case.total_need_kw().max())
    preference = prefer(
        layout, _typical_price(costs.bill), peak_kw if peak_kw > 0 else 1.0, None if start is None else start.last
    )
    model = layout.program.finish()
    layout.program = Program()  # the model has it all: a year of it in triplets is a hundred megabytes
    return _Draft(elected, layout, lowered, model, preference, left, perf_counter() - started)


def _value_left(worth: Mapping[str, float], layout: Layout) -> tuple[tuple[int, float], ...]:
    """Credit what each battery holds at the end; returns (column, worth [CNY/kWh])."""
    left = []
    for name, value in worth.items():
        content, _ = layout.states[f"{name}.soc"]
        column = int(content.parts[0][0][-1])
        layout.program.charge(np.array([column]), -value)
        left.append((column, value))
    return tuple(left)


def _attempt(draft: _Draft, costs: Costs, solution: Solution) -> _Attempt:
    layout = draft.layout
    exact = draft.lowered.complete(solution.x, layout.step_hours)
    money = draft.model.objective(exact) - draft.preference.amount(exact) + draft.left_cny(exact)
    readings = Readings(layout.read_flows(solution.x), layout.step_hours, layout.read_sizes(solution.x), draft.elected)
    settled = 0.0 if costs.supply is None else supply_bill(costs.supply, readings).settled_cny
    return _Attempt(draft, solution, money, settled)


def _typical_price(terms: Sequence[Term]) -> float:
    """The mean of all energy prices of a bill that are not zero [CNY/kWh]; 1 where there are none."""
    prices = [float(np.abs(term.price).mean()) for term in terms if isinstance(term, Sum) and term.price.any()]
    return float(np.mean(prices)) if prices else 1.0


def _read(case: Case, best: _Attempt, attempts: Sequence[_Attempt]) -> Plan:
    draft, solution = best.draft, best.solution
    layout = draft.layout
    columns = dict(layout.read_flows(solution.x))
    for name, (content, size) in layout.states.items():
        energy = size.read(solution.x)
        columns[name] = np.clip(content.read(solution.x) / energy, 0.0, 1.0) if energy > 0 else np.zeros(layout.steps)
    hours = layout.step_hours
    return Plan(
        sizes=layout.read_sizes(solution.x),
        table=Table(case.grid, columns),
        marginal_price={bus: solution.duals[layout.buses[bus]] / hours for bus in case.park.buses},
        rule_price={name: solution.duals[rows] for name, rows in draft.lowered.rules.items()},
        limit_price=limit_prices(draft.model, layout, solution.x, solution.duals),
        elected=draft.elected,
        alternatives=tuple((attempt.draft.elected, attempt.weighed_cny) for attempt in attempts),
        objective_cny=best.money_cny,
        settled_cny=best.settled_cny,
        preference_cny=draft.preference.amount(solution.x),
        solution=solution,
        build_s=sum(attempt.draft.build_s for attempt in attempts),
        solve_s=sum(attempt.solution.solve_s for attempt in attempts),
        left_cny=draft.left_cny(solution.x),
    )
