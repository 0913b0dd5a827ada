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
from lingtan.optimize.assets.battery import lower_battery
from lingtan.optimize.assets.connection import lower_connection
from lingtan.optimize.assets.generator import lower_generator
from lingtan.optimize.assets.load import lower_load
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.lower import Lowered, elect, elections, lower
from lingtan.optimize.objective import Costs
from lingtan.optimize.preference import Preference, prefer
from lingtan.optimize.program import Array
from lingtan.optimize.solve import Solution, solve
from lingtan.park import Battery, Load, flow_names
from lingtan.series import Table
from lingtan.terms import Sum, Term


@dataclass(frozen=True, eq=False)
class Plan:
    """A certified decision.

    `objective_cny` is what its terms come to, without the preference, which `preference_cny` states apart.
    `table` holds every flow of the park in kW, the totals, and `<battery>.soc` (0 to 1, at the end of each step);
    `marginal_price` is the value of one more kilowatt-hour at a bus [CNY/kWh, (T,)]; `rule_price` the price of each rule's
    row; `alternatives` what every way of electing would have cost.
    """

    sizes: Mapping[str, float]
    table: Table
    marginal_price: Mapping[str, Array]
    rule_price: Mapping[str, Array]
    elected: Mapping[str, str]
    alternatives: tuple[tuple[Mapping[str, str], float], ...]
    objective_cny: float
    preference_cny: float
    solution: Solution
    build_s: float
    solve_s: float


@dataclass(frozen=True, eq=False)
class _Attempt:
    """One program, written and solved for one election."""

    elected: Mapping[str, str]
    layout: Layout
    lowered: Lowered
    preference: Preference
    solution: Solution
    money_cny: float
    build_s: float


def plan(case: Case, costs: Costs) -> Plan:
    """The cheapest certified plan of a case. Raises `NotCertifiedError` when no solver's answer can be certified."""
    attempts = [_attempt(case, costs, elected) for elected in elections(costs.all_terms())]
    best = min(attempts, key=lambda attempt: attempt.money_cny)
    return _read(case, best, attempts)


def lay_out(case: Case) -> Layout:
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
                lower_battery(name, asset, layout)
            case _:
                lower_generator(name, asset, case.available_pu(name), layout)
    for total, parts in flow_names(park).items():
        whole = Affine.known(np.zeros(grid.steps))
        for part in parts:
            whole = whole + layout.flows[part]
        layout.publish(total, whole)
    return layout


def _attempt(case: Case, costs: Costs, elected: Mapping[str, str]) -> _Attempt:
    started = perf_counter()
    layout = lay_out(case)
    lowered = lower(elect(costs.all_terms(), elected), layout)
    peak_kw = float(case.total_need_kw().max())
    preference = prefer(layout, _typical_price(costs.bill), peak_kw if peak_kw > 0 else 1.0)
    model = layout.program.finish()
    built = perf_counter()
    solution = solve(model)
    exact = lowered.complete(solution.x, layout.step_hours)
    money = model.objective(exact) - preference.amount(exact)
    return _Attempt(elected, layout, lowered, preference, solution, money, built - started)


def _typical_price(terms: Sequence[Term]) -> float:
    """The mean of all energy prices of a bill that are not zero [CNY/kWh]; 1 where there are none."""
    prices = [float(np.abs(term.price).mean()) for term in terms if isinstance(term, Sum) and term.price.any()]
    return float(np.mean(prices)) if prices else 1.0


def _read(case: Case, best: _Attempt, attempts: Sequence[_Attempt]) -> Plan:
    layout, solution = best.layout, best.solution
    columns = dict(layout.read_flows(solution.x))
    for name, (content, size) in layout.states.items():
        energy = size.read(solution.x)
        columns[name] = np.clip(content.read(solution.x) / energy, 0.0, 1.0) if energy > 0 else np.zeros(layout.steps)
    hours = layout.step_hours
    return Plan(
        sizes=layout.read_sizes(solution.x),
        table=Table(case.grid, columns),
        marginal_price={bus: solution.duals[layout.buses[bus]] / hours for bus in case.park.buses},
        rule_price={name: solution.duals[rows] for name, rows in best.lowered.rules.items()},
        elected=best.elected,
        alternatives=tuple((attempt.elected, attempt.money_cny) for attempt in attempts),
        objective_cny=best.money_cny,
        preference_cny=best.preference.amount(solution.x),
        solution=solution,
        build_s=sum(attempt.build_s for attempt in attempts),
        solve_s=sum(attempt.solution.solve_s for attempt in attempts),
    )
