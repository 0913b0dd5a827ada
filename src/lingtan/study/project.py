"""From two settled parks to the project between them: what is invested, what it saves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from lingtan.account import Accounts, Energy
from lingtan.case import Case
from lingtan.finance import IncomeTax, Investment, Loan, Project, Repayment, appraise
from lingtan.finance.investment import capital_prices
from lingtan.finance.outlay import capital_cny, scales_of
from lingtan.finance.tax_rates import TaxAsked, TaxYear, tax_years
from lingtan.park import BankLoan, Battery, Park
from lingtan.tolerances import SAME_SIZE_RELATIVE


def investments_of(
    park: Park, sizes: Mapping[str, float], before: Mapping[str, float] = MappingProxyType({})
) -> tuple[Investment, ...]:
    """What sizes cost to build and keep that are added to others, one investment an asset; the formula of the optimizer's terms."""
    cost: dict[str, float] = {}
    life: dict[str, int] = {}
    upkeep: dict[str, float] = {}
    scales = scales_of(park)
    for size, (capex, years, om_share) in capital_prices(park).items():
        asset = size.split(".")[0]
        added = capital_cny(size, capex, scales.get(size), sizes[size], before.get(size, 0.0))
        cost[asset] = cost.get(asset, 0.0) + added
        life[asset], upkeep[asset] = years, om_share
    of_energy = {name for name, _ in (*park.generators(), *park.of_family(Battery))}
    return tuple(
        Investment(asset, amount, life[asset], operation_share_per_year=upkeep[asset], is_of_energy=asset in of_energy)
        for asset, amount in cost.items()
    )


def running_cost_cny(accounts: Accounts) -> float:
    """What is paid for running the park over the period: its bill, and what own assets cost per kilowatt-hour.

    Wear is not among it: it guides decisions, and the money it stands for is spent when the battery is replaced.
    """
    paid = {name: amount for name, amount in accounts.operation.by_component().items() if name != "wear"}
    return float(accounts.bill.total_cny + sum(paid.values()))


def yearly_cost_cny(park: Park, sizes: Mapping[str, float], accounts: Accounts) -> float:
    """Running cost plus the fixed upkeep of what was built, for the studied year; capital is not in it."""
    upkeep = sum(each.capex_cny * each.operation_share_per_year for each in investments_of(park, sizes))
    return running_cost_cny(accounts) + upkeep


def tax_of(case: Case) -> list[TaxYear]:
    """The tax of each year of operation by the records, from the studied year on; empty where the park asks for no scheme.

    Raises `InputError` where there is no record.
    """
    finance = case.park.finance
    if finance.tax is None:
        return []
    asked = TaxAsked(finance.tax.scheme, holiday=finance.tax.holiday)
    return tax_years(case.rulebook, case.park.site.place, asked, case.park.period.year, finance.horizon)


def project_of(
    park: Park,
    sizes: tuple[Mapping[str, float], Mapping[str, float]],
    accounts: Accounts,
    reference: Accounts,
    taxed: Sequence[TaxYear] = (),
) -> Project:
    """The project as money sees it; `sizes` are those of the park and of its reference case, `taxed` its `tax_of`.

    Invested is what the reference case does not have; savings are the difference of running costs, and upkeep stands with
    its investment. A need that decides on a size of its own has one in both: where that of the reference case is larger, nothing
    is invested, and nothing saved.
    """
    needs = park.sized_needs()
    added = {
        size: max(more, 0.0) if size.split(".")[0] in needs else more for size, more in added_sizes(*sizes).items()
    }
    finance = park.finance
    tax = None
    if taxed:
        rates = tuple(each.rate for each in taxed)
        tax = IncomeTax(rates[-1], finance.depreciation, finance.loss_years, first_rates=rates)
    elif finance.income_tax_rate is not None:
        tax = IncomeTax(finance.income_tax_rate, finance.depreciation, finance.loss_years)
    return Project(
        investments=investments_of(park, added, sizes[1]),
        savings_cny_per_year=running_cost_cny(reference) - running_cost_cny(accounts),
        horizon_years=finance.horizon,
        discount_rate=finance.discount_rate,
        savings_escalation=finance.savings_growth,
        residual_share=finance.residual,
        energy_kwh_per_year=new_energy_kwh(park, added, accounts.energy, reference.energy),
        tax=tax,
        loan=_loan(finance.loan),
    )


def _loan(loan: BankLoan | None) -> Loan | None:
    if loan is None:
        return None
    return Loan(loan.share, loan.rate, loan.term, Repayment(loan.repayment), loan.grace)


def lcoe_of_generators(park: Park, project: Project) -> float | None:
    """The levelized cost with the cost of generators alone; None where all that was bought are generators, or none are."""
    generators = {name for name, _ in park.generators()}
    alone = tuple(each for each in project.investments if each.name in generators)
    counted = sum(each.capex_cny for each in project.investments if each.is_of_energy)
    if sum(each.capex_cny for each in alone) in (0.0, counted):
        return None
    return appraise(replace(project, investments=alone, tax=None, loan=None)).lcoe_cny_per_kwh


def added_sizes(sizes: Mapping[str, float], before: Mapping[str, float]) -> dict[str, float]:
    """What a park has beyond its reference case; a difference as small as solvers leave is none.

    >>> added_sizes({"pv.power_kw": 90.0, "battery.power_kw": 5.0}, {"pv.power_kw": 60.0})
    {'pv.power_kw': 30.0, 'battery.power_kw': 5.0}
    """
    added = {name: size - before.get(name, 0.0) for name, size in sizes.items()}
    return {name: 0.0 if abs(more) <= SAME_SIZE_RELATIVE * sizes[name] else more for name, more in added.items()}


def new_energy_kwh(park: Park, added: Mapping[str, float], energy: Energy, reference: Energy) -> float:
    """What added generators that cost capital delivered more: the energy that a levelized cost is spread over.

    Plants that burn something are not in it, nor is what they cost: their fuel is no capital.
    """
    generators = {name for name, _ in park.generators()}
    bought = {size.split(".")[0] for size in capital_prices(park) if added[size] > 0} & generators
    before = {name: reference.delivered_by(name) for name in reference.generation_kwh}
    return sum(energy.delivered_by(name) - before.get(name, 0.0) for name in energy.generation_kwh if name in bought)
