"""The finance account alone: a year of a park, simulated or metered, beside its reference case, as a cash flow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lingtan.account import Accounts, settle
from lingtan.advise import shortfalls
from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.finance import Appraisal, appraise
from lingtan.finance.investment import capital_prices, operation_terms
from lingtan.findings import Finding, raise_errors
from lingtan.park import Demand, EvFleet, FlexibleLoad, Load, Park, ProcessLoad, ThermostaticLoad
from lingtan.reads import flows_read
from lingtan.series import Series, Table
from lingtan.study.assumptions import Assumed, assumptions_of, of_metered_needs, of_tax, of_worth, with_nulls
from lingtan.study.flow_file import read_metered
from lingtan.study.project import lcoe_of_generators, project_of, tax_of, yearly_cost_cny
from lingtan.study.study import Side, side
from lingtan.study.summary import SCHEMA, period_summary, reference_summary, savings_summary, sizes_by_asset
from lingtan.study.window import built_sizes


@dataclass(frozen=True, eq=False)
class FinanceAccount:
    """What a park is worth against its reference case."""

    case: Case
    sizes: Mapping[str, float]
    accounts: Accounts
    cost_cny: float
    """What running the park for the year costs; capital is not in it."""
    reference: Side
    appraisal: Appraisal
    assumptions: tuple[Assumed, ...]
    findings: tuple[Finding, ...] = ()
    """What a reader must know of metered flows."""


def finance_of_case(case: Case) -> FinanceAccount:
    """The account of the year that a study would simulate. Raises `NotCertifiedError` where no answer is certified."""
    project = side(case)
    return _against(case, project.plan.sizes, project.accounts, side(case.reference()))


def finance_of_file(case: Case, flows: Path, sizes: Path | None) -> FinanceAccount:
    """The account of a metered year; its reference case serves the metered loads, also those that give way, as they were metered.

    What cars drove, rooms needed and works produced is not seen by a meter of power: the reference takes it from the park file,
    and an assumption names it.

    `flows` is the series.parquet of a study, or a CSV as in `carbon_of_file`; `sizes` the summary.json whose sizes were
    built, where the park file leaves any open. Raises `InputError` with all findings.
    """
    built = built_sizes(case, sizes)
    needed = {*capital_prices(case.park), *(f"{name}.capacity_kva" for name in case.park.connections)}
    raise_errors(Finding("cli.free-size", name) for name in sorted(needed - set(built)))
    read = read_metered(case, flows, built, priced=flows_read(operation_terms(case.park, case.grid)))
    table = read.table
    if table.grid != case.grid:
        raise_errors([Finding("finance.other-period", "series", _span(case.grid), _span(table.grid), str(flows))])
    accounts = settle(case.park, table, case.rulebook, sizes=built, daily_maxima=case.daily_maxima)
    reference = _with_loads(case, table).reference()
    account = _against(case, built, accounts, side(reference))
    assumed = tuple(dict.fromkeys((*account.assumptions, *of_metered_needs(unmetered_needs(reference.park)))))
    return replace(account, findings=read.findings, assumptions=assumed)


def _against(case: Case, sizes: Mapping[str, float], accounts: Accounts, reference: Side) -> FinanceAccount:
    taxed = tax_of(case)
    bought = project_of(case.park, (sizes, reference.plan.sizes), accounts, reference.accounts, taxed)
    appraisal = appraise(bought)
    worth = (*of_worth(case.park, lcoe_of_generators(case.park, bought)), *of_tax(taxed))
    short = shortfalls(reference.case, reference.plan)
    assumed = with_nulls(assumptions_of(case, accounts, short, worth=worth), {"finance": appraisal.as_summary()})
    cost = yearly_cost_cny(case.park, sizes, accounts)
    return FinanceAccount(case, sizes, accounts, cost, reference, appraisal, assumed)


def _with_loads(case: Case, table: Table) -> Case:
    """The case with the metered power of each load, also of one that gives way, in place of its profile."""
    assets, series = dict(case.park.assets), dict(case.series)
    for name, load in case.park.assets.items():
        if not isinstance(load, Load | FlexibleLoad):
            continue
        metered = f"{name}_metered"
        scale = "annual_energy" if isinstance(load, Load) else "yearly"
        assets[name] = load.model_copy(update={"profile": metered, "peak": None, scale: None})
        series[metered] = Series.of(metered, table[f"{name}.{load.USED}"], "kW", table.grid)
    return replace(case, park=case.park.model_copy(update={"assets": assets}), series=series)


def unmetered_needs(park: Park) -> tuple[str, ...]:
    """The needs of a park that no series of power can stand for: of fleets, rooms, production and other carriers."""
    return tuple(
        name
        for name, asset in park.assets.items()
        if isinstance(asset, EvFleet | ThermostaticLoad | ProcessLoad | Demand)
    )


def finance_data(account: FinanceAccount) -> dict[str, Any]:
    """The account as plain data, under the keys of summary.json."""
    accounts, reference = account.accounts, account.reference
    return {
        "schema": SCHEMA,
        "park": account.case.park.name,
        "period": period_summary(account.case.grid),
        "sizes": sizes_by_asset(account.sizes),
        "finance": account.appraisal.as_summary(),
        "discounted_payback_years": account.appraisal.discounted_payback_years,
        "cost_cny": account.cost_cny,
        "reference": reference_summary(account.case.park, reference.cost_cny, reference.accounts),
        "savings": savings_summary(account.cost_cny, reference.cost_cny, accounts, reference.accounts),
        "assumptions": [each.as_json() for each in account.assumptions],
    }


def _span(grid: TimeGrid) -> str:
    return f"{grid.local[0]} + {grid.steps} · {grid.step_minutes} min".replace("T", " ")
