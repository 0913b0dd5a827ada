"""A span of numbers: what is known of a value that is in doubt, or what is left of an interval that was cut."""

from __future__ import annotations

from typing import NamedTuple


class Span(NamedTuple):
    """From `low` to `high`, both included; never empty."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """The value in its middle."""
        return self.low if self.low == self.high else (self.low + self.high) / 2.0

    def nearest(self, value: float) -> float:
        """The value inside that lies nearest.

        >>> Span(-1.0, 2.0).nearest(5.0)
        2.0
        """
        return min(max(value, self.low), self.high)

    def cut(self, low: float, high: float) -> Span:
        """What is left when only `low` to `high` is wanted; where that lies outside, the one end that lies nearest to it.

        >>> Span(0.0, 10.0).cut(4.0, 99.0), Span(0.0, 10.0).cut(20.0, 30.0)
        (Span(low=4.0, high=10.0), Span(low=10.0, high=10.0))
        """
        return Span(min(max(self.low, low), self.high), max(min(self.high, high), self.low))

    def join(self, other: Span) -> Span:
        """The least span that holds both."""
        return Span(min(self.low, other.low), max(self.high, other.high))

    def widen(self, by: float) -> Span:
        """Wider by `by` on both sides."""
        return Span(self.low - by, self.high + by) if by else self

    def plus(self, other: Span) -> Span:
        """All sums."""
        return Span(self.low + other.low, self.high + other.high)

    def minus(self, other: Span) -> Span:
        """All differences."""
        return Span(self.low - other.high, self.high - other.low)


ZERO = Span(0.0, 0.0)
