"""What numbers finance accepts: each check gives no finding or one, and the caller gathers them all.

A check that a number fails because it is NaN must not pass silently, so every comparison is written in the positive
(`not value >= 0`), and what is not finite is named as that and as nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from lingtan.findings import Finding, Severity, raise_errors, say_number

Amounts = NDArray[np.float64]
"""Amounts by period: index 0 is today, index t the end of period t; shape (periods + 1,), in CNY unless named else."""

MOST_YEARS = 200
"""Longest horizon and life: the oldest dams and lines last about a century, so twice that is a slip of the pen."""


def check_finite(who: str, value: float) -> tuple[Finding, ...]:
    """The value is a number that can be added up."""
    return () if math.isfinite(value) else (Finding("finance.not-finite", who, got=say_number(value)),)


def check_rate(who: str, rate: float) -> tuple[Finding, ...]:
    """A rate per period is above -1; above 1 it is doubted (a warning), for it is most likely meant as percent.

    >>> [found.text() for found in check_rate("discount_rate", -1.0)]  # doctest: +NORMALIZE_WHITESPACE
    ['finance.rate-too-low: discount_rate: a rate of -100 % or less has no meaning; expected > -1, got -1.
      Give the rate as a fraction, such as 0.07 for 7 %.']
    """
    if not math.isfinite(rate):
        return check_finite(who, rate)
    if not rate > -1.0:
        return (Finding("finance.rate-too-low", who, expected="> -1", got=say_number(rate)),)
    if rate > 1.0:
        got = say_number(rate)
        return (Finding("finance.rate-like-percent", who, expected="≤ 1", got=got, severity=Severity.WARNING),)
    return ()


def check_years(who: str, years: float) -> tuple[Finding, ...]:
    """A horizon, a life or a term is a whole number of years, 1 to `MOST_YEARS`."""
    if not math.isfinite(years):
        return check_finite(who, years)
    if years == int(years) and 1 <= years <= MOST_YEARS:
        return ()
    return (Finding("finance.years-out-of-range", who, expected=f"1 … {MOST_YEARS}", got=say_number(years)),)


def check_not_negative(who: str, value: float) -> tuple[Finding, ...]:
    """A cost, a price or a quantity is 0 or above."""
    if not math.isfinite(value):
        return check_finite(who, value)
    return () if value >= 0.0 else (Finding("finance.negative", who, expected="≥ 0", got=say_number(value)),)


def check_share(who: str, share: float) -> tuple[Finding, ...]:
    """A share of a whole is 0 … 1."""
    if not math.isfinite(share):
        return check_finite(who, share)
    if 0.0 <= share <= 1.0:
        return ()
    return (Finding("finance.share-out-of-range", who, expected="0 … 1", got=say_number(share)),)


def check_amounts(who: str, amounts: Sequence[float] | Amounts) -> tuple[Finding, ...]:
    """Amounts stand in one row and all are finite; a finding for each one that is not."""
    row = np.asarray(amounts, dtype=np.float64)
    if row.ndim != 1:
        return (Finding("finance.not-a-series", who, expected="(n,)", got=str(row.shape)),)
    return tuple(found for t in np.flatnonzero(~np.isfinite(row)) for found in check_finite(f"{who}[{t}]", row[t]))


def accepted(*checks: Iterable[Finding]) -> None:
    """Raise one `InputError` with the findings of all checks if any of them is an error."""
    raise_errors([found for check in checks for found in check])


def within_numbers(who: str, value: float) -> float:
    """The value itself; a result beyond the range of numbers is a finding, never infinity or NaN."""
    if not math.isfinite(value):
        raise_errors([Finding("finance.beyond-numbers", who)])
    return value


def row_within_numbers(who: str, amounts: Amounts) -> Amounts:
    """The amounts themselves, made read-only; none of them is beyond the range of numbers."""
    if not np.isfinite(amounts).all():
        raise_errors([Finding("finance.beyond-numbers", who)])
    amounts.flags.writeable = False
    return amounts
