"""A loan in first form: drawn in year 0, repaid at the end of each year, at one rate.

Fees, a drawing schedule, interest of the time of construction and subsidies come with the debt room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from lingtan.finance.annuity import annuity_factor
from lingtan.finance.limits import Amounts, check_rate, check_share, check_years, row_within_numbers
from lingtan.findings import Finding, say_number


class Repayment(StrEnum):
    """How a loan is paid back."""

    EQUAL_PRINCIPAL = "equal_principal"
    """The same principal every year, so interest and service fall (等额本金)."""
    ANNUITY = "annuity"
    """The same service every year (等额本息)."""


@dataclass(frozen=True)
class Loan:
    """What a bank lends."""

    share_of_capex: float
    """Part of the investment in year 0 that is borrowed; 0 … 1."""
    rate: float
    """Interest per year on what is outstanding; above -1."""
    term_years: int
    """Years from drawing to the last payment; 1 … 200."""
    repayment: Repayment = Repayment.EQUAL_PRINCIPAL
    """How it is paid back after the grace years."""
    grace_years: int = 0
    """First years in which interest alone is paid; below `term_years`."""


@dataclass(frozen=True, eq=False)
class LoanStatement:
    """A loan by year in CNY; every array is read-only, ≥ 0 and has shape (horizon_years + 1,)."""

    drawn_cny: Amounts
    """What the bank pays out."""
    interest_cny: Amounts
    """On what was outstanding at the end of the year before."""
    principal_cny: Amounts
    """What is paid back."""
    outstanding_cny: Amounts
    """What is still owed at the end of the year; 0 from the end of the term on."""

    @property
    def service_cny(self) -> Amounts:
        """Interest and principal."""
        return self.interest_cny + self.principal_cny


def check_loan(loan: Loan, horizon_years: int) -> Iterator[Finding]:
    """Every finding of a loan at once; it must be paid back within the horizon."""
    yield from check_share("loan.share_of_capex", loan.share_of_capex)
    yield from check_rate("loan.rate", loan.rate)
    yield from check_years("loan.term_years", loan.term_years)
    if loan.term_years > horizon_years:
        expected = f"≤ {say_number(horizon_years)}"
        yield Finding("finance.loan-beyond-horizon", "loan.term_years", expected, say_number(loan.term_years))
    if not 0 <= loan.grace_years < loan.term_years:
        expected = f"0 … {say_number(loan.term_years - 1)}"
        yield Finding("finance.grace-too-long", "loan.grace_years", expected, say_number(loan.grace_years))


def loan_statement(loan: Loan, capex_cny: float, horizon_years: int) -> LoanStatement:
    """The loan on an investment, year by year.

    >>> stated = loan_statement(Loan(0.8, 0.10, 2), capex_cny=1000.0, horizon_years=3)
    >>> stated.principal_cny.tolist(), stated.interest_cny.tolist(), stated.outstanding_cny.tolist()
    ([0.0, 400.0, 400.0, 0.0], [0.0, 80.0, 40.0, 0.0], [800.0, 400.0, 0.0, 0.0])
    """
    amount = loan.share_of_capex * capex_cny
    drawn, principal = np.zeros(horizon_years + 1), np.zeros(horizon_years + 1)
    drawn[0] = amount
    first, paying = loan.grace_years + 1, loan.term_years - loan.grace_years
    principal[first : loan.term_years + 1] = _principal(loan, amount, paying)
    outstanding = amount - np.cumsum(principal)
    outstanding[loan.term_years :] = 0.0  # what is left there is rounding
    interest = np.zeros(horizon_years + 1)
    interest[1:] = outstanding[:-1] * loan.rate
    return LoanStatement(
        row_within_numbers("drawn_cny", drawn),
        row_within_numbers("interest_cny", interest),
        row_within_numbers("principal_cny", principal),
        row_within_numbers("outstanding_cny", outstanding),
    )


def _principal(loan: Loan, amount: float, years: int) -> Amounts:
    """Principal of the paying years; an annuity's grows as its interest falls."""
    if loan.repayment is Repayment.EQUAL_PRINCIPAL:
        return np.full(years, amount / years)
    growing = np.empty(years)
    growing[:] = amount * (annuity_factor(loan.rate, years) - loan.rate) * (1.0 + loan.rate) ** np.arange(years)
    return growing
