"""Terms of a year, read at some of its steps: what a window of the year costs, without asking the rules again.

A window may run over the end of the studied year into its beginning, so its steps are given by number and need not be in order.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

import numpy as np

from lingtan.grouping import Grouping
from lingtan.optimize.program import Array, Index
from lingtan.terms import Bands, Choice, Contracted, Fixed, Outlay, Peak, Ratio, Size, Sum, Term


def terms_at(terms: Iterable[Term], steps: Index, months: Container[str], elected: Mapping[str, str]) -> Iterator[Term]:
    """The terms at some steps of their grid; `months` are the labels of the months that these touch.

    A choice that is elected is its alternative. A monthly price on a size counts in its own month only. A share over a whole year
    (`Ratio`) is left out, for no day can keep or break it; bands keep their breaks, as if the window were all of their period.
    """
    for term in terms:
        match term:
            case Sum():
                yield replace(term, price=term.price[steps], group=_group_at(term.group, steps)[0])
            case Peak() | Contracted():
                yield _peak_at(term, steps)
            case Bands():
                yield replace(term, group=_group_at(term.group, steps)[0])
            case Size():
                if not term.period or term.period in months:
                    yield term
            case Fixed() | Outlay():
                yield term
            case Ratio():
                continue
            case Choice():
                yield from _choice_at(term, steps, months, elected)


def _peak_at(term: Peak | Contracted, steps: Index) -> Peak | Contracted:
    group, kept = _group_at(term.group, steps)
    price, incurred = term.price[kept], term.already_incurred[kept]
    if isinstance(term, Contracted):
        return replace(term, group=group, price=price, agreed=term.agreed[kept], already_incurred=incurred)
    return replace(term, group=group, price=price, already_incurred=incurred)


def _choice_at(term: Choice, steps: Index, months: Container[str], elected: Mapping[str, str]) -> Iterator[Term]:
    if term.name in elected:
        yield from terms_at(term.alternatives[elected[term.name]], steps, months, elected)
        return
    options = {name: tuple(terms_at(option, steps, months, elected)) for name, option in term.alternatives.items()}
    yield replace(term, alternatives=options)


def with_incurred(terms: Iterable[Term], peaks_kw: Mapping[str, Array]) -> Iterator[Term]:
    """The terms with a floor under every peak of a named flow: by flow, the floor of each month in the order of the window [kW]."""
    for term in terms:
        match term:
            case Peak() | Contracted() if len(term.flow.parts) == 1 and term.flow.parts[0][0] in peaks_kw:
                order = _first_seen(term.group.codes)
                floor = np.zeros(term.group.count)
                floor[order] = peaks_kw[term.flow.parts[0][0]][: order.size] * term.flow.parts[0][1]
                yield replace(term, already_incurred=np.maximum(term.already_incurred, floor))
            case Choice():
                options = {name: tuple(with_incurred(option, peaks_kw)) for name, option in term.alternatives.items()}
                yield replace(term, alternatives=options)
            case _:
                yield term


def with_agreed(terms: Iterable[Term], committed_kw: Mapping[str, float]) -> Iterator[Term]:
    """The terms with every open contract agreed so that it allows for a demand: by flow [kW]. Others stay open."""
    for term in terms:
        match term:
            case Contracted() if (flow := term.flow.parts[0][0]) in committed_kw:
                allowed = committed_kw[flow] / term.tolerance
                yield replace(term, agreed=np.where(np.isnan(term.agreed), allowed, term.agreed))
            case Choice():
                options = {name: tuple(with_agreed(option, committed_kw)) for name, option in term.alternatives.items()}
                yield replace(term, alternatives=options)
            case _:
                yield term


def open_contracts(terms: Iterable[Term]) -> Iterator[str]:
    """The flows of contracts whose demand nobody has agreed."""
    for term in terms:
        match term:
            case Contracted() if np.isnan(term.agreed[term.price > 0]).any():
                yield term.flow.parts[0][0]
            case Choice():
                for option in term.alternatives.values():
                    yield from open_contracts(option)
            case _:
                pass


def _group_at(group: Grouping, steps: Index) -> tuple[Grouping, Index]:
    """The grouping of some steps, with the groups that they touch, and which these were."""
    kept, codes = np.unique(group.codes[steps], return_inverse=True)
    labels = tuple(group.labels[code] for code in kept)
    rules = tuple(group.rules[code] for code in kept) if group.rules else ()
    metered = None
    if group.metered is not None:
        metered = np.unique(group.metered[steps], return_inverse=True)[1].astype(np.intp)
    return Grouping(codes.astype(np.intp), labels, rules, metered), kept.astype(np.int64)


def _first_seen(codes: Index) -> Index:
    """The groups in the order in which the window meets them."""
    kept, first = np.unique(codes, return_index=True)
    return np.asarray(kept[np.argsort(first)], dtype=np.int64)
