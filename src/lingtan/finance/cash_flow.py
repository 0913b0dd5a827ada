"""The cash flow of a project, year by year, before and after income tax.

Year 0 is the investment; what a year brings and costs falls due at its end. Columns that name a direction are never
negative: costs stand without a sign, and `pre_tax_cny = savings + residual - capex - replacement - operation`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np

from lingtan.finance.annuity import escalated_amounts, present_values
from lingtan.finance.equity import EquityFlow, equity_flow
from lingtan.finance.income_tax import TaxStatement, tax_statement
from lingtan.finance.limits import Amounts, row_within_numbers
from lingtan.finance.loan import loan_statement
from lingtan.finance.project import Project, check_project
from lingtan.finance.renewal import Unit, units_over
from lingtan.findings import raise_errors

CASH_FLOW_COLUMNS = (
    "year",
    "capex_cny",
    "replacement_cny",
    "operation_cny",
    "savings_cny",
    "residual_cny",
    "pre_tax_cny",
    "depreciation_cny",
    "profit_cny",
    "taxable_cny",
    "tax_cny",
    "post_tax_cny",
    "discounted_cny",
    "cumulative_cny",
    "drawn_cny",
    "interest_cny",
    "principal_cny",
    "outstanding_cny",
    "equity_tax_cny",
    "equity_cny",
)
"""The columns of cashflow.csv, in their order."""


@dataclass(frozen=True, eq=False)
class CashFlow:
    """Yearly amounts in CNY; every array is read-only and has shape (horizon_years + 1,), year 0 first."""

    capex_cny: Amounts
    """First units, all in year 0; ≥ 0."""
    replacement_cny: Amounts
    """Later units; ≥ 0."""
    operation_cny: Amounts
    """Fixed operation and maintenance; ≥ 0."""
    savings_cny: Amounts
    """What the park pays less than in the reference case; below 0 where it pays more."""
    residual_cny: Amounts
    """What sold units bring: at a replacement, and in the last year what all assets are still worth; ≥ 0."""
    pre_tax_cny: Amounts
    """Net flow before income tax."""
    income_tax: TaxStatement | None
    """From cash to tax; None where tax is not looked at."""
    post_tax_cny: Amounts | None
    """Net flow after income tax; None where tax is not looked at."""
    discounted_cny: Amounts
    """`net_cny` discounted to year 0."""
    cumulative_cny: Amounts
    """`net_cny` added up to the end of the year, not discounted."""
    equity: EquityFlow | None = None
    """The bank's side and the owners'; None where nothing is borrowed."""

    @property
    def net_cny(self) -> Amounts:
        """The flow that the project is judged by: after tax where tax is looked at, else before tax."""
        return self.pre_tax_cny if self.post_tax_cny is None else self.post_tax_cny

    @property
    def cost_cny(self) -> Amounts:
        """What the assets cost before tax: bought, renewed and kept in order, less what sold units bring."""
        return self.capex_cny + self.replacement_cny + self.operation_cny - self.residual_cny

    @property
    def years(self) -> int:
        """The horizon: the last year's number."""
        return len(self.capex_cny) - 1

    def rows(self) -> Iterator[dict[str, float | None]]:
        """One row per year for cashflow.csv, keys as `CASH_FLOW_COLUMNS`; None where tax is not looked at, or no loan is."""
        columns = {**vars(self), **(vars(self.income_tax) if self.income_tax else {})}
        if self.equity is not None:
            columns |= {
                **vars(self.equity.loan),
                "equity_tax_cny": self.equity.tax_cny,
                "equity_cny": self.equity.cash_cny,
            }
        for year in range(self.years + 1):
            amounts = {name: columns.get(name) for name in CASH_FLOW_COLUMNS[1:]}
            yield {"year": year} | {name: None if row is None else float(row[year]) for name, row in amounts.items()}


def cash_flow_of(project: Project) -> CashFlow:
    """The cash flow of a project over its horizon; raises `InputError` with all findings of `check_project`.

    >>> from lingtan.finance.project import Investment
    >>> pv = Investment("pv", capex_cny=1000.0, life_years=2, operation_cny_per_year=50.0)
    >>> flow = cash_flow_of(Project((pv,), savings_cny_per_year=650.0, horizon_years=2, discount_rate=0.25))
    >>> flow.pre_tax_cny.tolist(), flow.discounted_cny.tolist(), flow.cumulative_cny.tolist()
    ([-1000.0, 600.0, 600.0], [-1000.0, 480.0, 384.0], [-1000.0, -400.0, 200.0])
    """
    raise_errors(check_project(project))
    years = project.horizon_years
    units = _units(project)
    first, later = [each[0] for each in units], [unit for each in units for unit in each[1:]]
    capex_cny, replacement_cny = _bought(first, years), _bought(later, years)
    residual_cny = _sold(chain.from_iterable(units), years)
    savings_cny = _grown(project, project.savings_cny_per_year, project.savings_escalation)
    operation_cny = _grown(project, project.operation_cny_per_year, project.operation_escalation)
    operating_cny = savings_cny - operation_cny
    pre_tax_cny = row_within_numbers("pre_tax_cny", operating_cny + residual_cny - capex_cny - replacement_cny)
    statement, post_tax_cny = None, None
    if project.tax is not None:
        statement = tax_statement(
            project.tax, chain.from_iterable(units), operating_cny, residual_cny, project.residual_share
        )
        post_tax_cny = row_within_numbers("post_tax_cny", pre_tax_cny - statement.tax_cny)
    equity = None
    if project.loan is not None:
        loan = loan_statement(project.loan, project.capex_cny, years)
        tax_cny = np.zeros(years + 1)
        if project.tax is not None:
            after_interest_cny = operating_cny - loan.interest_cny
            tax_cny = tax_statement(
                project.tax, chain.from_iterable(units), after_interest_cny, residual_cny, project.residual_share
            ).tax_cny
        equity = equity_flow(pre_tax_cny, capex_cny, tax_cny, loan)
    net_cny = pre_tax_cny if post_tax_cny is None else post_tax_cny
    return CashFlow(
        capex_cny=capex_cny,
        replacement_cny=replacement_cny,
        operation_cny=operation_cny,
        savings_cny=savings_cny,
        residual_cny=residual_cny,
        pre_tax_cny=pre_tax_cny,
        income_tax=statement,
        post_tax_cny=post_tax_cny,
        discounted_cny=present_values(net_cny, project.discount_rate),
        cumulative_cny=row_within_numbers("cumulative_cny", np.cumsum(net_cny)),
        equity=equity,
    )


def _units(project: Project) -> list[tuple[Unit, ...]]:
    """The units of each investment, first one first."""
    return [
        units_over(
            investment.capex_cny,
            investment.life_years,
            project.horizon_years,
            replacement_share=investment.replacement_share,
            residual_share=project.residual_share,
        )
        for investment in project.investments
    ]


def _grown(project: Project, amount: float, escalation: float) -> Amounts:
    return escalated_amounts(
        amount, escalation, project.horizon_years, first_year_escalates=project.first_year_escalates
    )


def _bought(units: Iterable[Unit], years: int) -> Amounts:
    amounts = np.zeros(years + 1)
    for unit in units:
        amounts[unit.bought_year] += unit.cost_cny
    return row_within_numbers("capex_cny", amounts)


def _sold(units: Iterable[Unit], years: int) -> Amounts:
    amounts = np.zeros(years + 1)
    for unit in units:
        amounts[unit.sold_year] += unit.proceeds_cny
    return row_within_numbers("residual_cny", amounts)
