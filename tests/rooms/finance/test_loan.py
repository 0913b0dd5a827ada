"""Loans: the schedule, the owners' flow and the cover, worked by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingtan.finance import (
    IncomeTax,
    Investment,
    Loan,
    Project,
    Repayment,
    appraise,
    cash_flow_of,
    check_project,
    loan_statement,
)

PLANT = Investment("plant", capex_cny=1000.0, life_years=4)


def project(loan: Loan | None, tax: IncomeTax | None = None) -> Project:
    return Project((PLANT,), savings_cny_per_year=300.0, horizon_years=4, discount_rate=0.05, tax=tax, loan=loan)


def test_owners_pay_their_part_and_the_service() -> None:
    """By hand: 800 borrowed at 10 %, 400 back a year. Rules out interest on what is already repaid."""
    equity = cash_flow_of(project(Loan(0.8, 0.10, 2))).equity
    assert equity is not None
    assert equity.loan.interest_cny.tolist() == [0.0, 80.0, 40.0, 0.0, 0.0]
    assert equity.loan.outstanding_cny.tolist() == [800.0, 400.0, 0.0, 0.0, 0.0]
    assert equity.cash_cny.tolist() == [-200.0, -180.0, -140.0, 300.0, 300.0]
    assert equity.min_dscr == 300.0 / 480.0


def test_interest_lowers_the_tax_of_the_owners_only() -> None:
    """By hand: 250 written off a year; with interest a loss of 30 in year 1 is set off in years 2 and 3.

    Rules out a project IRR that hides the tax shield of a loan.
    """
    flow = cash_flow_of(project(Loan(0.8, 0.10, 2), IncomeTax(0.25, depreciation_years=4, loss_years=5)))
    assert flow.income_tax is not None
    assert flow.equity is not None
    assert flow.income_tax.tax_cny.tolist() == [0.0, 12.5, 12.5, 12.5, 12.5]
    assert flow.equity.tax_cny.tolist() == [0.0, 0.0, 0.0, 7.5, 12.5]
    assert flow.equity.cash_cny.tolist() == [-200.0, -180.0, -140.0, 292.5, 287.5]


def test_an_annuity_pays_the_same_every_year_after_its_grace() -> None:
    """By hand: 1000 at 10 % over 3 years is 331/1331 of it less interest first; year 1 is grace, interest alone."""
    stated = loan_statement(Loan(1.0, 0.10, 4, Repayment.ANNUITY, grace_years=1), 1000.0, 5)
    service = 1000.0 * 0.1331 / 0.331
    np.testing.assert_allclose(stated.service_cny, [0.0, 100.0, service, service, service, 0.0], rtol=1e-12)


def test_without_a_loan_nothing_is_said_of_equity() -> None:
    """Rules out an equity IRR that repeats the project's."""
    worth = appraise(project(None))
    assert (worth.equity_irr, worth.min_dscr) == (None, None)


def test_a_loan_at_the_rate_of_the_project_leaves_the_rate() -> None:
    """A project that earns 10 % and borrows at 10 % earns 10 % on equity: 1000 → 315.4708 a year for 4 years at 10 %."""
    yearly = 1000.0 * 0.1 * 1.1**4 / (1.1**4 - 1.0)
    case = Project((PLANT,), yearly, 4, 0.05, loan=Loan(0.5, 0.10, 3))
    answer = appraise(case).equity_irr
    assert answer is not None
    assert answer.roots == pytest.approx((0.10,), abs=1e-12)


def test_every_fault_of_a_loan_is_named_at_once() -> None:
    faulty = project(Loan(1.2, 0.1, 5, grace_years=5))
    assert [found.text() for found in check_project(faulty)] == [
        "finance.share-out-of-range: loan.share_of_capex: this is not a share of a whole; expected 0 … 1, got 1.2. "
        "Give the share as a fraction, such as 0.05 for 5 %.",
        "finance.loan-beyond-horizon: loan.term_years: the loan runs longer than the appraisal; expected ≤ 4, got 5. "
        "Shorten the loan, or lengthen the horizon.",
        "finance.grace-too-long: loan.grace_years: the grace years leave no year to repay in; expected 0 … 4, got 5. "
        "Let the grace end before the term does.",
    ]


@given(
    share=st.floats(0.0, 1.0),
    rate=st.floats(0.0, 0.3),
    term=st.integers(1, 20),
    grace=st.integers(0, 19),
    repayment=st.sampled_from(Repayment),
)
def test_what_is_borrowed_is_paid_back(share: float, rate: float, term: int, grace: int, repayment: Repayment) -> None:
    """Law: principal adds up to the loan, and the service discounted at the loan's rate is the loan."""
    stated = loan_statement(Loan(share, rate, term, repayment, min(grace, term - 1)), 1e6, 20)
    years = np.arange(21)
    assert stated.principal_cny.sum() == pytest.approx(share * 1e6, rel=1e-9, abs=1e-6)
    assert (stated.service_cny / (1 + rate) ** years).sum() == pytest.approx(share * 1e6, rel=1e-9, abs=1e-6)
    assert stated.outstanding_cny[term:].tolist() == [0.0] * (21 - term)
