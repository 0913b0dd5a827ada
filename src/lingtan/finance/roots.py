"""All internal rates of return of a series of flows, with a verdict; never one root of several without a word.

A rate r > -1 balances the flows c[0] … c[n] where their net present value `sum(c[t] * (1 + r) ** -t)` is zero. With
x = -log(1 + r) that value is a sum of exponentials, `f(x) = sum(c[t] * exp(t * x))`, and every real x is a rate.

**How all of them are found.** Descartes: f has at most as many zeros as its coefficients have sign changes. The proof
is a method: for `a` between the two periods of a sign change, `exp(-a * x) * f(x)` has the zeros of f, and its
derivative is `exp(-a * x) * g(x)` with `g(x) = sum((t - a) * c[t] * exp(t * x))`, which has one sign change less. So
the zeros of g cut the line into pieces on each of which `exp(-a * x) * f(x)` is monotone and has at most one zero:
where its ends differ in sign, Newton's method with the current derivative, kept inside the shrinking bracket, finds
it. Starting from the g without sign changes, which has no zero, we climb back to f. Nothing can fall through a grid,
no root depends on a start value, the length of the series does not matter, and a root that only touches zero is the
zero of g where f vanishes too.

f is evaluated relative to `sum(abs(c[t]) * exp(t * x))`, hence between -1 and 1: no scale, no overflow, and "zero"
has one meaning for all series.

Sources: G. J. O. Jameson, "Counting zeros of generalised polynomials: Descartes' rule of signs and Laguerre's
extensions", Mathematical Gazette 90 (2006); C. J. Norstrøm, "A sufficient condition for a unique nonnegative internal
rate of return", Journal of Financial and Quantitative Analysis 7 (1972).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from lingtan.finance.limits import Amounts, accepted, check_amounts
from lingtan.findings import Finding

MOST_FLOWS = 1200
"""Longest series: a century of months. The work grows with length times sign changes."""

DUST_RELATIVE = 1e-14
"""A flow this small beside the largest is what additions leave behind (0.1 + 0.2 - 0.3) and not a flow: kept, such dust
in year 0 would have a root of its own at 1e14."""

ZERO_RELATIVE = 1e-13
"""A net present value this small beside the sum of its discounted amounts is zero: rounding alone leaves as much."""

NEWTON_STEPS = 200
"""More than bisection alone needs to shrink any bracket to neighboring numbers."""


class Verdict(StrEnum):
    """How many rates balance the flows; a rate that balances them twice over (a double root) counts once."""

    UNIQUE = "unique"
    SEVERAL = "several"
    NONE = "none"


class IrrKind(StrEnum):
    """How to read a unique rate: what the money invested earns, or what the money borrowed costs.

    `NONE` where there is no rate or several, and where the net present value touches zero but has one sign around it.
    """

    INVEST = "invest"
    BORROW = "borrow"
    NONE = "none"


class IrrReason(StrEnum):
    """Why the verdict is what it is; the sentence stands in `lingtan.wording.finance.IRR_REASONS`."""

    NO_FLOWS = "no-flows"
    ALL_ZERO = "all-zero"
    ONE_SIGN = "one-sign"
    NEVER_ZERO = "never-zero"
    ONE_SIGN_CHANGE = "one-sign-change"
    ONE_POSITIVE = "one-positive"
    ONE_FOUND = "one-found"
    SEVERAL_FOUND = "several-found"


@dataclass(frozen=True)
class Irr:
    """All internal rates of return, per period as fractions above -1, ascending, with the verdict on them.

    >>> round(irr([-100.0, 150.0]).roots[0], 12), irr([-100.0, 225.0, -126.0]).rate
    (0.5, None)
    """

    roots: tuple[float, ...]
    verdict: Verdict
    kind: IrrKind
    reason: IrrReason

    @property
    def rate(self) -> float | None:
        """The rate where it is unique; None where there is none or where one of several would have to be picked."""
        return self.roots[0] if self.verdict is Verdict.UNIQUE else None

    def as_summary(self) -> dict[str, object]:
        """The rates and the verdict as plain data, as `summary.json` has them."""
        return {"roots": list(self.roots), "verdict": str(self.verdict)}


def irr(flows: Sequence[float] | Amounts) -> Irr:
    """All rates at which the net present value of `flows` is zero.

    `flows[t]` falls due at the end of period t, `flows[0]` today; up to 1,200 periods in one unit of money. The rates
    are per period: of monthly flows, per month. Roots that no computation can tell apart (closer than about 1e-6) are
    one. Raises `InputError` for flows that are not finite, not in one row or too many.

    >>> round(irr([-1000.0, 500.0, 500.0, 500.0]).roots[0], 8)
    0.23375193
    >>> answer = irr([-100.0, 225.0, -126.0])
    >>> [round(root, 12) for root in answer.roots], str(answer.verdict)
    ([0.05, 0.2], 'several')
    """
    accepted(check_amounts("flows", flows), _check_count(flows))
    amounts = np.asarray(flows, dtype=np.float64)
    largest = float(np.abs(amounts).max(initial=0.0))
    if largest == 0.0:
        return _no_rate(IrrReason.ALL_ZERO if amounts.size else IrrReason.NO_FLOWS)
    scaled = amounts / largest
    periods = np.flatnonzero(np.abs(scaled) > DUST_RELATIVE)
    since_first = (periods - periods[0]).astype(np.float64)
    value = _Exponentials.of(since_first, scaled[periods])
    if not value.sign_changes.size:
        return _no_rate(IrrReason.ONE_SIGN)
    roots = tuple(math.expm1(-x) + 0.0 for x in reversed(_zeros(value)))  # + 0.0: a rate is never -0.0
    return _judged(roots, value, cumulative=np.cumsum(scaled))


def _check_count(flows: Sequence[float] | Amounts) -> tuple[Finding, ...]:
    count = np.size(flows)
    if count <= MOST_FLOWS:
        return ()
    return (Finding("finance.too-many-flows", "flows", expected=f"≤ {MOST_FLOWS}", got=str(count)),)


def _no_rate(reason: IrrReason) -> Irr:
    return Irr((), Verdict.NONE, IrrKind.NONE, reason)


def _judged(roots: tuple[float, ...], value: _Exponentials, cumulative: Amounts) -> Irr:
    """The verdict on roots of flows that change sign at least once."""
    if not roots:
        return _no_rate(IrrReason.NEVER_ZERO)
    one_positive = _changes_once(cumulative)
    if len(roots) > 1:
        reason = IrrReason.ONE_POSITIVE if one_positive else IrrReason.SEVERAL_FOUND
        return Irr(roots, Verdict.SEVERAL, IrrKind.NONE, reason)
    first, last = value.signs[0], value.signs[-1]
    kind = IrrKind.NONE if first == last else IrrKind.INVEST if first < 0 else IrrKind.BORROW
    if value.sign_changes.size == 1:
        return Irr(roots, Verdict.UNIQUE, kind, IrrReason.ONE_SIGN_CHANGE)
    return Irr(roots, Verdict.UNIQUE, kind, IrrReason.ONE_POSITIVE if one_positive else IrrReason.ONE_FOUND)


def _changes_once(cumulative: Amounts) -> bool:
    """Norstrøm's test: the cumulative flow changes sign once and does not end at zero; then one rate is above zero."""
    signs = np.sign(np.where(np.abs(cumulative) > DUST_RELATIVE * len(cumulative), cumulative, 0.0))
    known = signs[signs != 0]
    return bool(signs[-1] != 0 and np.count_nonzero(np.diff(known)) == 1)


@dataclass(frozen=True, eq=False)
class _Exponentials:
    """`sum(sign * exp(log + time * x))` over ascending times.

    Coefficients are kept as logarithms, so that neither they nor the factors `t - a` of many steps can overflow.
    """

    times: Amounts
    signs: Amounts
    logs: Amounts

    @classmethod
    def of(cls, times: Amounts, coefficients: Amounts) -> _Exponentials:
        return cls(times, np.sign(coefficients), np.log(np.abs(coefficients)))

    @cached_property
    def sign_changes(self) -> NDArray[np.intp]:
        """Positions k where coefficient k and k + 1 differ in sign."""
        return np.flatnonzero(np.diff(self.signs))

    @cached_property
    def pivot(self) -> float:
        """A time between the two of the first sign change."""
        k = self.sign_changes[0]
        return float(self.times[k] + self.times[k + 1]) / 2.0

    @cached_property
    def reach(self) -> float:
        """No zero lies outside -reach … reach (Cauchy's bound on both ends, in logarithms)."""
        top = self.logs.max()
        ratio = max(top - self.logs[0], top - self.logs[-1])
        return float(np.logaddexp(0.0, ratio) / np.diff(self.times).min()) + 1.0

    def derived(self) -> _Exponentials:
        """g of the module's text: one sign change less, and its zeros are where `exp(-pivot * x) * f(x)` turns."""
        distance = self.times - self.pivot
        return _Exponentials(self.times, self.signs * np.sign(distance), self.logs + np.log(np.abs(distance)))

    def at(self, x: float) -> tuple[float, float]:
        """f(x), relative to the sum of its absolute terms, and the Newton step f / g from x."""
        exponents = self.logs + self.times * x
        terms = self.signs * np.exp(exponents - exponents.max())
        total, slope = float(terms.sum()), float(((self.times - self.pivot) * terms).sum())
        return total / float(np.abs(terms).sum()), total / slope if slope != 0.0 else math.inf

    def sign_at(self, x: float) -> int:
        """-1, 0 or 1; 0 where the value is zero as far as anyone can compute."""
        relative, _ = self.at(x)
        return 0 if abs(relative) <= ZERO_RELATIVE else int(math.copysign(1, relative))


def _zeros(value: _Exponentials) -> tuple[float, ...]:
    """All x where the sum is zero, ascending, each once."""
    ladder = [value]
    while ladder[-1].sign_changes.size > 1:
        ladder.append(ladder[-1].derived())
    zeros: tuple[float, ...] = ()  # of the derived sum without sign changes, which has none
    for rung in reversed(ladder):
        zeros = _zeros_between(rung, turns=zeros)
    return zeros


def _zeros_between(value: _Exponentials, turns: tuple[float, ...]) -> tuple[float, ...]:
    """The zeros of a sum that is monotone (but for a positive factor) between neighboring `turns`."""
    reach = value.reach
    points = [-reach, *(x for x in turns if -reach < x < reach), reach]
    signs = [int(value.signs[0]), *(value.sign_at(x) for x in points[1:-1]), int(value.signs[-1])]
    found = [x for x, sign in zip(points, signs, strict=True) if sign == 0]
    for (low, high), (left, right) in zip(pairwise(points), pairwise(signs), strict=True):
        if left * right < 0:
            found.append(_zero_in(value, low, high, left))
    return _told_apart(value, sorted(found))


def _zero_in(value: _Exponentials, low: float, high: float, sign_low: int) -> float:
    """The only zero between `low` and `high`: Newton's step while it stays inside and halves, else bisection."""
    x, last_step = (low + high) / 2.0, high - low
    for _ in range(NEWTON_STEPS):
        relative, newton_step = value.at(x)
        if relative == 0.0:
            return x
        if relative * sign_low > 0.0:
            low = x
        else:
            high = x
        following = x - newton_step
        if not (low < following < high and abs(newton_step) < 0.5 * last_step):
            following = (low + high) / 2.0
        last_step, x = abs(following - x), following
        if last_step <= 2.0 * math.ulp(max(abs(x), 1e-3)):
            break
    return x


def _told_apart(value: _Exponentials, found: list[float]) -> tuple[float, ...]:
    """Neighbors between which the sum stays zero are one zero, seen twice: its middle stands for it."""
    groups: list[list[float]] = []
    for x in found:
        if groups and value.sign_at((groups[-1][-1] + x) / 2.0) == 0:
            groups[-1].append(x)
        else:
            groups.append([x])
    return tuple((group[0] + group[-1]) / 2.0 for group in groups)
