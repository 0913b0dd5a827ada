"""Money: what a project costs and brings over the years, and what that is worth today.

Read the room in this order:

- `annuity`: discounting, level annuities, amounts that grow;
- `renewal`: what it costs to keep an asset in service, as units bought and sold; the yearly price that sizing uses;
- `project`: the facts of a project (`Project`, `Investment`, `IncomeTax`) and their check;
- `tax_rates`: the rate of each year, by the records of the rulebook;
- `income_tax`: from cash to tax;
- `loan`, `equity`: what a bank lends, and what that leaves to the owners;
- `cash_flow`: the statement, year by year;
- `roots`: all internal rates of return, with a verdict;
- `appraisal`: the figures that a bank reads;
- `limits`: what numbers are accepted;
- `investment`, `outlay`, `starting`: what building, keeping and starting the assets of a park costs, as terms.

The room is pure, and only the last three know a park. Amounts are CNY, all nominal or all real; year 0 is today and
amounts fall due at the end of their year; rates are fractions per year, above -1. What cannot be computed is a finding
(`finance.…`), and what has no value is None: never NaN.

>>> pv = Investment("pv", capex_cny=2_800_000, life_years=25, operation_share_per_year=0.01)
>>> worth = appraise(Project((pv,), savings_cny_per_year=400_000, horizon_years=25, discount_rate=0.07))
>>> round(worth.npv_cny), round(worth.project_irr_pre_tax.roots[0], 4), round(worth.payback_years, 2)
(1535133, 0.126, 7.53)
"""

from __future__ import annotations

from lingtan.finance.annuity import (
    annuity_factor,
    discount_factors,
    escalated_amounts,
    npv,
    present_value_factor,
    present_values,
)
from lingtan.finance.appraisal import Appraisal, appraise, lcoe, payback_years
from lingtan.finance.cash_flow import CASH_FLOW_COLUMNS, CashFlow, cash_flow_of
from lingtan.finance.equity import EquityFlow, equity_flow
from lingtan.finance.income_tax import TaxStatement, depreciation, profit_after_losses, tax_statement
from lingtan.finance.loan import Loan, LoanStatement, Repayment, loan_statement
from lingtan.finance.project import IncomeTax, Investment, Project, check_project
from lingtan.finance.renewal import Unit, equivalent_annual_cost, replacement_present_cost, units_over
from lingtan.finance.roots import Irr, IrrKind, IrrReason, Verdict, irr

__all__ = [
    "CASH_FLOW_COLUMNS",
    "Appraisal",
    "CashFlow",
    "EquityFlow",
    "IncomeTax",
    "Investment",
    "Irr",
    "IrrKind",
    "IrrReason",
    "Loan",
    "LoanStatement",
    "Project",
    "Repayment",
    "TaxStatement",
    "Unit",
    "Verdict",
    "annuity_factor",
    "appraise",
    "cash_flow_of",
    "check_project",
    "depreciation",
    "discount_factors",
    "equity_flow",
    "equivalent_annual_cost",
    "escalated_amounts",
    "irr",
    "lcoe",
    "loan_statement",
    "npv",
    "payback_years",
    "present_value_factor",
    "present_values",
    "profit_after_losses",
    "replacement_present_cost",
    "tax_statement",
    "units_over",
]
