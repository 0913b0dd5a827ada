"""summary.json: the keys that a user can rely on, from plain result objects. What is not built is null."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import isfinite
from typing import Any

import numpy as np

from lingtan.account import Accounts
from lingtan.advise import Advice
from lingtan.carbon import Gap
from lingtan.clock import TimeGrid, zone_of
from lingtan.finance import Appraisal
from lingtan.optimize import Plan, Search, TypicalSizes
from lingtan.optimize.island import MISSED
from lingtan.park import Park
from lingtan.study.advice import advice_summary
from lingtan.study.assumptions import Assumed
from lingtan.study.targets import targets_of, targets_summary

SCHEMA = 1


def summary_of(
    park: Park,
    grid: TimeGrid,
    plan: Plan,
    accounts: Accounts,
    costs: tuple[float, float],
    reference: Accounts,
    worth: tuple[Appraisal, Sequence[Assumed], Advice],
) -> dict[str, Any]:
    """The summary of a study; `costs` are the yearly running costs of the park and of its reference case [CNY]."""
    appraisal, assumed, advice = worth
    cost, reference_cost = costs
    return {
        "schema": SCHEMA,
        "park": park.name,
        "period": period_summary(grid),
        "sizes": sizes_by_asset(plan.sizes),
        "energy": energy_summary(accounts),
        "carriers": carriers_summary(accounts),
        "bill": bill_summary(accounts),
        "carbon": carbon_summary(accounts),
        "green": green_summary(accounts),
        "targets": targets_summary(targets_of(park, plan.table, plan.sizes, accounts)),
        "finance": appraisal.as_summary(),
        "reference": reference_summary(park, reference_cost, reference),
        "savings": savings_summary(cost, reference_cost, accounts, reference),
        "operation": {"operator": "perfect", "cost_cny": cost, "cost_perfect_cny": cost, "regret_share": None},
        **advice_summary(advice),
        "assumptions": [each.as_json() for each in assumed],
        "solver": solver_summary(plan),
    }


def plan_summary(
    park: Park, grid: TimeGrid, plan: Plan, accounts: Accounts, told: tuple[Sequence[Assumed], Advice]
) -> dict[str, Any]:
    """What `plan` and `dispatch` print: the part of a summary that needs no reference case and no appraisal."""
    assumed, advice = told
    return {
        "schema": SCHEMA,
        "park": park.name,
        "period": period_summary(grid),
        "sizes": sizes_by_asset(plan.sizes),
        "elected": dict(plan.elected),
        "energy": energy_summary(accounts),
        "carriers": carriers_summary(accounts),
        "bill": bill_summary(accounts),
        "running": running_summary(accounts),
        "carbon": carbon_summary(accounts),
        "targets": targets_summary(targets_of(park, plan.table, plan.sizes, accounts)),
        **advice_summary(advice),
        "assumptions": [each.as_json() for each in assumed],
        "solver": solver_summary(plan),
    }


def period_summary(grid: TimeGrid) -> dict[str, Any]:
    """The studied period, half-open, with the offsets of the park's clock."""
    return {
        "start": _stamp(grid.start, grid.zone),
        "end": _stamp(grid.end, grid.zone),
        "step_minutes": grid.step_minutes,
    }


def reference_summary(park: Park, cost_cny: float, accounts: Accounts) -> dict[str, Any]:
    """The reference case: the assets it does not have, what it costs to run and what it emits."""
    return {
        "without": list(park.reference.without),
        "cost_cny": cost_cny,
        "emissions_t": accounts.carbon.emissions_t,
        "shortfall_kwh": accounts.energy.shortfall_kwh,
    }


def savings_summary(cost_cny: float, reference_cny: float, accounts: Accounts, reference: Accounts) -> dict[str, float]:
    """Reference case less park, in running cost [CNY] and emissions [t]."""
    return {
        "cost_cny": reference_cny - cost_cny,
        "emissions_t": reference.carbon.emissions_t - accounts.carbon.emissions_t,
    }


def running_summary(accounts: Accounts) -> dict[str, Any]:
    """What fuels, starts, wear and needs that give way cost in the period, beside the bill of electricity [CNY]."""
    parts = {name: float(amount) for name, amount in accounts.operation.by_component().items() if amount}
    return {"total_cny": sum(parts.values()), "by_component": parts}


def sizes_by_asset(sizes: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """`{"battery.power_kw": 5.0}` as `{"battery": {"power_kw": 5.0}}`."""
    nested: dict[str, dict[str, float]] = {}
    for name, value in sizes.items():
        if name == MISSED:
            continue
        asset, quantity = name.split(".")
        nested.setdefault(asset, {})[quantity] = value
    return nested


def energy_summary(accounts: Accounts) -> dict[str, Any]:
    """Energies of the period [kWh]."""
    energy = accounts.energy
    return {
        "load_kwh": energy.load_kwh,
        "import_kwh": energy.import_kwh,
        "export_kwh": energy.export_kwh,
        "generation_kwh": dict(energy.generation_kwh),
        "curtailed_kwh": energy.curtailed_kwh,
        "losses_kwh": energy.losses_kwh,
        "shortfall_kwh": energy.shortfall_kwh,
    }


def carriers_summary(accounts: Accounts) -> dict[str, Any]:
    """The balance of each bus of another carrier, by carrier and bus, in the carrier's unit; empty in a park of electricity."""
    found: dict[str, dict[str, Any]] = {}
    for each in accounts.carriers:
        found.setdefault(each.carrier, {})[each.bus] = {
            "unit": each.unit,
            "given": dict(each.given),
            "taken": dict(each.taken),
            "shortfall": each.shortfall,
            "vented": each.vented,
            "unused": each.unused,
        }
    return found


def bill_summary(accounts: Accounts) -> dict[str, Any]:
    """The bill [CNY]: total of the printed lines, what rounding did, and the components."""
    bill = accounts.bill
    return {
        "total_cny": float(bill.total_cny),
        "rounding_cny": bill.rounding_cny,
        "by_component": {name: float(amount) for name, amount in bill.by_component().items()},
    }


def carbon_summary(accounts: Accounts) -> dict[str, Any]:
    """The park view of annex 4; `gap` only where the park misses its threshold."""
    carbon, missing = accounts.carbon, accounts.annex4.gap
    return {
        "view": carbon.view,
        "emissions_t": carbon.emissions_t,
        "energy_tce": carbon.energy_tce,
        "intensity_t_per_tce": carbon.intensity_t_per_tce,
        "threshold_t_per_tce": carbon.threshold_t_per_tce,
        "meets_threshold": carbon.meets_threshold,
        "factor_year": carbon.factor_year,
        **({} if missing is None else {"gap": gap_summary(missing)}),
    }


def gap_summary(gap: Gap) -> dict[str, float]:
    """What is missing to the threshold and what would close it; a cost only where a price of certificates was seen."""
    cost = gap.cost_cny
    return {
        "emissions_t": gap.emissions_t,
        "electricity_kwh": gap.electricity_kwh,
        "certificates": gap.certificates,
        "remaining_t": gap.remaining_t,
        **({} if cost is None else {"cost_low_cny": cost[0], "cost_high_cny": cost[1]}),
    }


def green_summary(accounts: Accounts) -> dict[str, Any]:
    """The green shares [1]; null where not defined or not built."""
    green = accounts.green
    return {
        "direct_share": green.direct_share,
        "direct_clause_met": green.direct_clause_met,
        "self_use_of_generation": green.self_use_of_generation,
        "self_use_of_load": green.self_use_of_load,
        "export_share": green.export_share,
        "physical_share": green.physical_share,
        "hourly_matched_share": None,
    }


def solver_summary(plan: Plan) -> dict[str, Any]:
    """How the plan was found and why it is believed."""
    certificate = plan.solution.certificate
    return {
        "name": plan.solution.solver,
        "status": plan.solution.status,
        "objective_cny": plan.objective_cny,
        "penalty_cny": plan.penalty_cny,
        "primal_residual": certificate.primal_residual,
        "dual_residual": certificate.dual_residual,
        "gap": certificate.gap,
        "build_s": plan.build_s,
        "solve_s": plan.solve_s,
        **({} if plan.solution.search is None else {"search": search_summary(plan.solution.search)}),
        **({} if plan.typical is None else {"typical": typical_summary(plan.typical, plan)}),
    }


def typical_summary(typical: TypicalSizes, plan: Plan) -> dict[str, Any]:
    """The typical periods on which whole numbers were decided, and by what share they missed the year's cost, penalties apart."""
    return {
        "periods": int(typical.periods.chosen.size),
        "period_days": typical.period_days,
        "objective_cny": typical.objective_cny,
        "penalty_cny": typical.penalty_cny,
        "error": plan.typical_error,
        "solve_s": typical.solve_s,
        "search": search_summary(typical.search),
    }


def search_summary(search: Search) -> dict[str, Any]:
    """What the search for whole numbers has proven; null where nothing was."""
    return {
        "gap": search.gap if isfinite(search.gap) else None,
        "bound_cny": search.bound_cny if isfinite(search.bound_cny) else None,
        "nodes": search.nodes,
        "asked_gap": search.effort.relative_gap,
        "time_limit_s": search.effort.time_limit_s,
        "out_of_time": search.is_out_of_time,
    }


def _stamp(instant: np.datetime64, zone: str) -> str:
    """An instant on the park's clock with its offset from UTC, as `2025-01-01T00:00+08:00`."""
    seconds = int(instant.astype("M8[s]").astype(np.int64))
    return datetime.fromtimestamp(seconds, zone_of(zone)).isoformat(timespec="minutes")
