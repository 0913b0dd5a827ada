"""What terms read: the flows and sizes that must be known before they are evaluated."""

from __future__ import annotations

from collections.abc import Iterable

from lingtan.terms import Bands, Choice, Contracted, Fixed, Outlay, Peak, Ratio, Size, Sum, Term


def flows_read(terms: Iterable[Term]) -> frozenset[str]:
    """The names of all flows that some terms read.

    >>> from lingtan.flow import Flow
    >>> sorted(flows_read([Fixed("fee", 1.0), Ratio("share", Flow.of("a"), Flow.of("b"), "at_least", 0.5)]))
    ['a', 'b']
    """
    names: frozenset[str] = frozenset()
    for term in terms:
        match term:
            case Sum() | Peak() | Contracted() | Bands():
                names |= term.flow.names
            case Ratio():
                names |= term.numerator.names | term.denominator.names
            case Choice():
                names |= frozenset().union(*(flows_read(option) for option in term.alternatives.values()))
            case Size() | Outlay() | Fixed():
                pass
    return names


def sizes_read(terms: Iterable[Term]) -> frozenset[str]:
    """The names of all sizes that some terms price."""
    names: frozenset[str] = frozenset()
    for term in terms:
        if isinstance(term, Size | Outlay | Contracted):
            names |= {term.asset}
        elif isinstance(term, Choice):
            names |= frozenset().union(*(sizes_read(option) for option in term.alternatives.values()))
    return names
