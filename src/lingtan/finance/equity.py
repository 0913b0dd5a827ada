"""What the owners of a project pay and get once a bank lends: tax after interest, debt service, cover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lingtan.finance.limits import Amounts, row_within_numbers
from lingtan.finance.loan import LoanStatement


@dataclass(frozen=True, eq=False)
class EquityFlow:
    """The owners' side in CNY per year; every array is read-only and has shape (horizon_years + 1,), year 0 first."""

    loan: LoanStatement
    """The bank's side."""
    tax_cny: Amounts
    """Income tax when interest lowers the profit; all zero where tax is not looked at."""
    available_cny: Amounts
    """Cash flow available for debt service (CFADS): net of renewals and of `tax_cny`; the investment is not in it."""
    cash_cny: Amounts
    """What the owners pay (below 0) and get."""

    @property
    def min_dscr(self) -> float | None:
        """The smallest debt service cover ratio of all years with a service; None where there is nothing to serve."""
        service = self.loan.service_cny
        served = np.flatnonzero(service > 0)
        return float((self.available_cny[served] / service[served]).min()) if served.size else None


def equity_flow(pre_tax_cny: Amounts, capex_cny: Amounts, tax_cny: Amounts, loan: LoanStatement) -> EquityFlow:
    """The owners' flow of a project whose flow before tax and loan is `pre_tax_cny`; all shapes (horizon_years + 1,).

    `tax_cny` is the tax that is paid when interest counts as a cost.
    """
    available = pre_tax_cny + capex_cny - tax_cny
    cash = available - capex_cny + loan.drawn_cny - loan.service_cny
    return EquityFlow(
        loan, tax_cny, row_within_numbers("available_cny", available), row_within_numbers("equity_cny", cash)
    )
