"""The path to less carbon: what the park would cost with fewer tonnes, step by step, down to the least that it can reach.

Each step is the whole plan again, sizes and schedule, under a carbon cap (`carbon.targets`), all else as it was elected. The least
comes first: a plan under a cap of nothing, whose price is far above any measure's. The caps between are evenly spaced, so the
differences in cost are the marginal cost of abatement, and since a plan is convex they never fall.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lingtan.carbon.annex4 import annex4_rules
from lingtan.carbon.targets import CAP, Footprint, cap_term, footprint
from lingtan.case import Case
from lingtan.frozen import DeepFrozen
from lingtan.optimize import Costs, Plan, SolveAll, plan, solve_in_turn
from lingtan.optimize.lower import elect

UNMOVED = 1e-6
"""A least that lies no farther below today's tonnes than this share of them is no path."""


@dataclass(frozen=True)
class Abatement(DeepFrozen):
    """One step: tonnes and indicator of the park view, yearly cost with capital, and what a tonne less costs here.

    `cny_per_t` is the added cost per tonne avoided since the step before; None for the plan itself.
    """

    emissions_t: float
    intensity_t_per_tce: float | None
    cost_cny: float
    cny_per_t: float | None
    sizes: Mapping[str, float]


def abatement_path(
    case: Case, costs: Costs, decided: Plan, solve_all: SolveAll = solve_in_turn
) -> tuple[Abatement, ...]:
    """The plan, then as many steps as `targets.abatement_steps` asks for; empty where it asks for none or nothing can fall.

    Raises `NotCertifiedError` when no solver's answer can be certified.
    """
    steps = case.park.targets.abatement_steps
    if steps == 0:
        return ()
    rules = annex4_rules(case.park, case.rulebook, case.grid)
    seen = footprint(case.park, case.rulebook, rules, case.grid)
    elected = replace(costs, bill=tuple(elect(costs.bill, decided.elected)), supply=None)

    def capped(cap_t: float) -> Plan:
        term = cap_term(seen, rules, case.grid, cap_t)
        kept = tuple(each for each in costs.penalty if each.name != CAP)
        return plan(case, replace(elected, penalty=(*kept, term)), solve_all)

    first = _tonnes(seen, decided, case)
    floor = capped(0.0)
    least = _tonnes(seen, floor, case)
    if first - least <= UNMOVED * max(first, 1.0):
        return ()
    caps = [first - (first - least) * step / steps for step in range(1, steps)]
    plans = [decided, *(capped(cap) for cap in caps), floor]
    return _path(plans, seen, case)


def _path(plans: list[Plan], seen: Footprint, case: Case) -> tuple[Abatement, ...]:
    found: list[Abatement] = []
    for each in plans:
        tonnes, coal = _tonnes(seen, each, case), _coal(seen, each, case)
        cost = each.objective_cny - each.penalty_cny
        price = None
        if found:
            avoided = found[-1].emissions_t - tonnes
            price = (cost - found[-1].cost_cny) / avoided if avoided > UNMOVED * tonnes else None
        found.append(Abatement(tonnes, tonnes / coal if coal > 0 else None, cost, price, dict(each.sizes)))
    return tuple(found)


def _tonnes(seen: Footprint, of: Plan, case: Case) -> float:
    return float(seen.tonnes.read(of.table.columns).sum()) * case.grid.step_hours + seen.fixed_t


def _coal(seen: Footprint, of: Plan, case: Case) -> float:
    return float(seen.coal.read(of.table.columns).sum()) * case.grid.step_hours + seen.fixed_tce
