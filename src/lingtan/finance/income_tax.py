"""Income tax of a project that stands alone: straight-line depreciation, losses carried forward, a rate for each year.

First form: no interest, no VAT, no relief against the profits of other businesses; a loss waits for a later
profit of the project. What is still on the books when a unit is sold is written off in that year against what it
brings, so that over the horizon depreciation is exactly what was paid, and profit exactly what the project earned
before tax. A loss is set off even against the profit of a year that is exempt.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from lingtan.finance.limits import Amounts, row_within_numbers
from lingtan.finance.project import IncomeTax
from lingtan.finance.renewal import Unit


@dataclass(frozen=True, eq=False)
class TaxStatement:
    """From cash to tax, in CNY per year; every array is read-only and has shape (horizon_years + 1,)."""

    depreciation_cny: Amounts
    """What of the units' cost is written off; ≥ 0."""
    profit_cny: Amounts
    """Savings and proceeds of sold units, less operation and depreciation; below 0 in a year of loss."""
    taxable_cny: Amounts
    """Profit after earlier losses are set off against it; ≥ 0."""
    tax_cny: Amounts
    """What is paid; ≥ 0."""


def tax_statement(
    tax: IncomeTax, units: Iterable[Unit], operating_cny: Amounts, proceeds_cny: Amounts, residual_share: float
) -> TaxStatement:
    """The tax on `operating_cny` (savings less operation) and on the proceeds of sold units.

    Both have shape (horizon_years + 1,), and so have the arrays of the statement; `units` are all units of all assets.
    """
    depreciation_cny = np.zeros_like(operating_cny)
    for unit in units:
        depreciation_cny += depreciation(unit, tax.depreciation_years, residual_share, len(operating_cny) - 1)
    profit_cny = operating_cny + proceeds_cny - depreciation_cny
    taxable_cny = profit_after_losses(profit_cny, tax.loss_years)
    return TaxStatement(
        row_within_numbers("depreciation_cny", depreciation_cny),
        row_within_numbers("profit_cny", profit_cny),
        taxable_cny,
        row_within_numbers("tax_cny", taxable_cny * tax.rates(len(taxable_cny) - 1)),
    )


def depreciation(unit: Unit, depreciation_years: int, residual_share: float, horizon_years: int) -> Amounts:
    """What is written off of one unit in each year, shape (horizon_years + 1,); in all, its cost.

    Cost less `residual_share` falls evenly on the `depreciation_years` after the purchase; the book value that is
    left in the year of sale falls on that year.

    >>> sold_early = Unit(bought_year=0, cost_cny=1000.0, sold_year=3, proceeds_cny=400.0)
    >>> depreciation(sold_early, depreciation_years=5, residual_share=0.0, horizon_years=4).tolist()
    [0.0, 200.0, 200.0, 600.0, 0.0]
    """
    written_off = np.zeros(horizon_years + 1)
    last_year = min(unit.bought_year + depreciation_years, unit.sold_year)
    written_off[unit.bought_year + 1 : last_year + 1] = unit.cost_cny * (1.0 - residual_share) / depreciation_years
    written_off[unit.sold_year] += max(unit.cost_cny - float(written_off.sum()), 0.0)
    return written_off


def profit_after_losses(profit_cny: Amounts, loss_years: int | None) -> Amounts:
    """Taxable profit by year: losses of the last `loss_years` years (all, if None) are set off, the oldest first.

    >>> profit_after_losses(np.array([0.0, -100.0, -50.0, 120.0, 80.0]), loss_years=None).tolist()
    [0.0, 0.0, 0.0, 0.0, 50.0]
    >>> profit_after_losses(np.array([0.0, -100.0, 0.0, 60.0, 80.0]), loss_years=2).tolist()
    [0.0, 0.0, 0.0, 0.0, 80.0]
    """
    open_losses: list[tuple[int, float]] = []  # (year, what of its loss is not yet set off), oldest first
    taxable = np.zeros_like(profit_cny)
    for year, profit in enumerate(profit_cny.tolist()):
        if profit < 0.0:
            open_losses.append((year, -profit))
            continue
        left, kept = profit, []
        for loss_year, loss in open_losses:
            if loss_years is not None and year - loss_year > loss_years:
                continue
            used = min(loss, left)
            left -= used
            if loss > used:
                kept.append((loss_year, loss - used))
        open_losses, taxable[year] = kept, left
    return row_within_numbers("taxable_cny", taxable)
