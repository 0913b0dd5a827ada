"""The time value of money: discounting, level annuities, amounts that grow.

Amounts fall due at the **end** of their year and year 0 is today, so `amounts[t]` is discounted by `(1 + rate) ** t`.
Rates are per year as a fraction (0.07), may be 0 or negative, and are above -1; a rate and its amounts are either
both nominal or both real. Whether growth starts in year 1 or in year 2 moves a 20-year sum by 2 %, so every growing
sum has to say which.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lingtan.finance.limits import (
    Amounts,
    accepted,
    check_amounts,
    check_finite,
    check_rate,
    check_years,
    row_within_numbers,
    within_numbers,
)


def present_value_factor(rate: float, years: int) -> float:
    """Present value of 1 paid at the end of each of the years 1 … `years`: `(1 - (1 + rate) ** -years) / rate`.

    At rate 0 it is `years`. Raises `InputError` for a rate of -1 or less and for years outside 1 … 200.

    >>> round(present_value_factor(0.07, 20), 6), present_value_factor(0.0, 20)
    (10.594014, 20.0)
    """
    accepted(check_rate("rate", rate), check_years("years", years))
    if rate == 0.0:
        return float(years)
    with np.errstate(over="ignore"):
        # expm1 and log1p keep all digits for rates near 0, where 1 - (1 + rate) ** -years cancels
        factor = -np.expm1(-years * np.log1p(rate)) / rate
    return within_numbers("present_value_factor", float(factor))


def annuity_factor(rate: float, years: int) -> float:
    """Level payment at the end of each year per 1 of present value: the capital recovery factor, `1 / years` at rate 0.

    Raises `InputError` as `present_value_factor`, of which it is the reciprocal.

    >>> round(1_000_000 * annuity_factor(0.04, 5), 6)
    224627.113493
    """
    return 1.0 / present_value_factor(rate, years)


def discount_factors(rate: float, years: int) -> Amounts:
    """What 1 due at the end of year t is worth today, `(1 + rate) ** -t`, for t = 0 … `years`; shape (years + 1,).

    >>> discount_factors(0.25, 2).tolist()
    [1.0, 0.8, 0.64]
    """
    accepted(check_rate("rate", rate), check_years("years", years))
    return _discount_factors(rate, years)


def _discount_factors(rate: float, periods: int) -> Amounts:
    with np.errstate(over="ignore"):
        return row_within_numbers("discount_factors", (1.0 + rate) ** -np.arange(periods + 1, dtype=np.float64))


def present_values(flows: Sequence[float] | Amounts, rate: float) -> Amounts:
    """Each flow discounted to today; `flows[0]` is today's and stays as it is; same shape as `flows`, of any length.

    >>> present_values([-100.0, 125.0], 0.25).tolist()
    [-100.0, 100.0]
    """
    accepted(check_amounts("flows", flows), check_rate("rate", rate))
    amounts = np.asarray(flows, dtype=np.float64)
    with np.errstate(over="ignore"):
        discounted = amounts * _discount_factors(rate, max(len(amounts) - 1, 0))[: len(amounts)]
    return row_within_numbers("present_values", discounted)


def npv(flows: Sequence[float] | Amounts, rate: float) -> float:
    """Net present value of `flows` (`flows[0]` falls due today); 0 for no flows.

    >>> npv([-100.0, 50.0, 100.0], 0.25)
    4.0
    """
    with np.errstate(over="ignore", invalid="ignore"):
        return within_numbers("npv", float(present_values(flows, rate).sum()))


def escalated_amounts(amount: float, escalation: float, years: int, *, first_year_escalates: bool) -> Amounts:
    """A yearly amount that grows by `escalation` a year; shape (years + 1,), year 0 is 0.

    `first_year_escalates` says which year's price level `amount` is in: today's (True: year 1 pays
    `amount * (1 + escalation)`) or year 1's (False: year 1 pays `amount`, growth is first seen in year 2).

    >>> escalated_amounts(100.0, 0.5, 2, first_year_escalates=False).tolist()
    [0.0, 100.0, 150.0]
    >>> escalated_amounts(100.0, 0.5, 2, first_year_escalates=True).tolist()
    [0.0, 150.0, 225.0]
    """
    accepted(check_finite("amount", amount), check_rate("escalation", escalation), check_years("years", years))
    growing_years = np.arange(years, dtype=np.float64) + (1.0 if first_year_escalates else 0.0)
    amounts = np.zeros(years + 1)
    with np.errstate(over="ignore", invalid="ignore"):
        amounts[1:] = amount * (1.0 + escalation) ** growing_years
    return row_within_numbers("escalated_amounts", amounts)
