"""From terms to columns and rows: one lowering per kind of term.

What a lowering adds to the objective equals what `lingtan.terms.evaluate` settles, for any schedule: a peak column stands at
the largest flow because it costs money to stand higher. `Lowered.complete` puts the columns that a term adds where an optimum
would put them, so that the law `bill = objective` can be checked at schedules nobody optimized.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from math import prod
from typing import NamedTuple

import numpy as np

from lingtan.findings import Finding, InputError
from lingtan.grouping import Grouping
from lingtan.optimize.layout import Affine, Layout, SizeOf
from lingtan.optimize.outlay import Built, lower_built
from lingtan.optimize.program import Array, Index, Unit
from lingtan.terms import Bands, Choice, Contracted, Fixed, Outlay, Peak, Ratio, Size, Sum, Term

PER_PART = 96
"""Intervals whose flows share one column on the way to the peak of a group."""


class NotLinearError(ValueError):
    """A term that a linear program cannot decide on: its price falls with quantity."""


class Told(NamedTuple):
    """The unit that the bound of a rule is told in, and how much of the unit of its rows one of it is."""

    unit: Unit
    per_unit: float = 1.0


@dataclass
class Lowered:
    """What the terms added: rows by the name of their term (for prices of rules), costs by it, and columns to complete."""

    rules: dict[str, Index] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    """What the price of a row of each rule is told in."""
    built: dict[tuple[str, tuple[float, ...], bool], Built] = field(default_factory=dict)
    """Sizes whose cost is no price times the size, by name, breaks, and whether whole numbers decide on them."""
    charges: list[tuple[str, tuple[tuple[Index, Array], ...]]] = field(default_factory=list)
    """What each term charges, by its name: (columns, cost [CNY per unit])."""
    _peaks: list[tuple[Peak, Affine, Index]] = field(default_factory=list)
    _parts: list[tuple[Grouping, Affine, Index, Index]] = field(default_factory=list)
    _contracts: list[tuple[Contracted, Affine, SizeOf, Index, Index]] = field(default_factory=list)
    _excesses: list[tuple[Bands, float, Affine, Index]] = field(default_factory=list)
    _misses: list[tuple[Affine, Index]] = field(default_factory=list)

    def complete(self, x: Array, step_hours: float) -> Array:
        """`x` with every column that a term added at the value the flows in `x` imply."""
        done = x.copy()
        for peak, flow, columns in self._peaks:
            done[columns] = np.maximum(peak.group.peaks(flow.read(x)), peak.already_incurred)
        for contract, flow, size, agreed, beyond in self._contracts:
            peaks = np.maximum(contract.group.peaks(flow.read(x)), contract.already_incurred)
            done[agreed], done[beyond] = contract.settle(peaks, size.read(x))
        for group, flow, part_of_interval, columns in self._parts:
            done[columns] = 0.0
            np.maximum.at(done, columns[part_of_interval], group.means(flow.read(x)))
        for bands, edge, flow, columns in self._excesses:
            done[columns] = np.maximum(bands.group.sums(flow.read(x) * step_hours) - edge, 0.0)
        for flow, columns in self._misses:
            done[columns] = max(0.0, -float(flow.read(x).sum() * step_hours))
        for built in self.built.values():
            built.complete(done)
        return done


def elections(terms: Iterable[Term]) -> Iterator[Mapping[str, str]]:
    """Every way to elect one alternative of each choice, also of one that stands inside an alternative.

    >>> fee = Choice("basis", {"capacity": (Fixed("fee", 1.0),), "demand": (Fixed("fee", 2.0),)})
    >>> [dict(elected) for elected in elections([fee])]
    [{'basis': 'capacity'}, {'basis': 'demand'}]
    """
    found = list(choices(terms))
    return _ways(found, [choice.alternatives for choice in found])


def _ways(found: Sequence[Choice], options: Sequence[Iterable[str]]) -> Iterator[Mapping[str, str]]:
    names = [choice.name for choice in found]
    for picked in product(*options):
        yield dict(zip(names, picked, strict=True))


def elections_within(terms: Iterable[Term], most: int) -> Iterator[Mapping[str, str]]:
    """As `elections`, but of a choice that names some alternatives as the first, only these.

    Raises `InputError` where there are more than `most`.
    """
    found = list(choices(terms))
    options = [choice.first or tuple(choice.alternatives) for choice in found]
    count = prod(map(len, options))
    if count > most:
        names = ", ".join(choice.name for choice in found)
        raise InputError([Finding("optimize.many-elections", names, f"≤ {most}", str(count))])
    return _ways(found, options)


def choices(terms: Iterable[Term]) -> Iterator[Choice]:
    """The choices among terms, also those inside alternatives."""
    for term in terms:
        if isinstance(term, Choice):
            yield term
            for option in term.alternatives.values():
                yield from choices(option)


def elect(terms: Iterable[Term], elected: Mapping[str, str]) -> Iterator[Term]:
    """The terms with every choice replaced by its elected alternative."""
    for term in terms:
        if isinstance(term, Choice):
            yield from elect(term.alternatives[elected[term.name]], elected)
        else:
            yield term


def lower(terms: Iterable[Term], layout: Layout) -> Lowered:
    """Write terms into the layout's program. Choices must have been elected; raises `NotLinearError` for falling bands.

    Only money has a place in the objective: a term in tonnes raises ValueError, for it has no price yet.
    """
    lowered = Lowered()
    for term in map(_money, terms):
        mark = layout.program.charged
        match term:
            case Sum():
                _lower_sum(term, layout)
            case Peak():
                _lower_peak(term, layout, lowered)
            case Contracted():
                _lower_contracted(term, layout, lowered)
            case Bands():
                _lower_bands(term, layout, lowered)
            case Ratio():
                _lower_ratio(term, layout, lowered)
            case Size() | Outlay():
                _lower_size(term, layout, lowered)
            case Fixed():
                layout.program.offset += term.amount
            case Choice():
                raise ValueError(f"choice {term.name!r} must be elected before it is lowered")
        lowered.charges.append((term.name, layout.program.charges_since(mark)))
    return lowered


def _money(term: Term) -> Term:
    if term.unit != "CNY":
        raise ValueError(f"{term.name}: {term.unit} is no money, so it cannot be weighed; give it a price")
    return term


def _lower_sum(term: Sum, layout: Layout) -> None:
    flow = layout.blend(term.flow) * (term.price * layout.hours)
    layout.program.offset += float(flow.constant.sum())
    for columns, cost in flow.parts:
        layout.program.charge(columns, cost)


def _lower_peak(term: Peak, layout: Layout, lowered: Lowered) -> None:
    flow = layout.blend(term.flow)
    if not flow.parts:
        peaks = np.maximum(term.group.peaks(flow.constant), term.already_incurred)
        layout.program.offset += float(peaks @ term.price)
        return
    peak = layout.program.columns(f"{term.name}.peak", term.group.count, "kW", lower=term.already_incurred)
    layout.program.charge(peak, term.price)
    _stand_above(term, flow, ((peak, 1.0),), layout, lowered)
    lowered._peaks.append((term, flow, peak))


def _lower_contracted(term: Contracted, layout: Layout, lowered: Lowered) -> None:
    """Per group a column for what is agreed and one for what is drawn beyond: `tolerance * agreed + beyond ≥ flow`.

    With a decided size, an open value stands above its share of the size, and a stated one caps the size.
    """
    flow, size = layout.blend(term.flow), layout.sizes[term.asset] if term.least_share else SizeOf(0.0)
    is_open, count = np.isnan(term.agreed), term.group.count
    known = 0.0 if size.column is not None else size.known
    lower = np.where(is_open, term.least_share * known, term.agreed)
    upper = np.where(is_open, np.inf, term.agreed)
    agreed = layout.program.columns(f"{term.name}.agreed", count, "kW", lower=lower, upper=upper)
    beyond = layout.program.columns(f"{term.name}.beyond", count, "kW")
    layout.program.charge(agreed, term.price)
    layout.program.charge(beyond, term.price * term.overrun)
    if size.column is not None:
        _keep_least(term, agreed[is_open & (term.price > 0)], size.column, layout)
        stated_kw = term.agreed[~is_open & (term.price > 0)]
        if stated_kw.size:
            layout.program.cap(np.array([size.column]), float(stated_kw.min()) / term.least_share)
    reached = layout.program.rows(f"{term.name}.incurred", count, "kW", lower=term.already_incurred, upper=np.inf)
    layout.program.put(reached, agreed, term.tolerance)
    layout.program.put(reached, beyond, 1.0)
    _stand_above(term, flow, ((agreed, term.tolerance), (beyond, 1.0)), layout, lowered)
    lowered._contracts.append((term, flow, size, agreed, beyond))


def _keep_least(term: Contracted, agreed: Index, size: int, layout: Layout) -> None:
    rows = layout.program.rows(f"{term.name}.least", agreed.size, "kW", lower=0.0, upper=np.inf)
    layout.program.put(rows, agreed, 1.0)
    layout.program.put(rows, np.full(agreed.size, size), -term.least_share)


def _stand_above(
    term: Peak | Contracted, flow: Affine, top: Sequence[tuple[Index, float]], layout: Layout, lowered: Lowered
) -> None:
    """Rows that keep a sum of columns per group above the flow of each interval of its meter, by way of its parts."""
    interval, lengths = term.group.intervals, term.group.lengths
    part_of_interval, group_of_part = _parts(term.group)
    part = layout.program.columns(f"{term.name}.part", group_of_part.size, "kW")
    above = layout.program.rows(f"{term.name}.above_parts", part.size, "kW", lower=0.0, upper=np.inf)
    for columns, weight in top:
        layout.program.put(above, columns[group_of_part], weight)
    layout.program.put(above, part, -1.0)
    known = term.group.means(flow.constant)
    rows = layout.program.rows(f"{term.name}.above", lengths.size, "kW", lower=known, upper=np.inf)
    layout.program.put(rows, part[part_of_interval], 1.0)
    for columns, coefficient in flow.parts:
        layout.program.put(rows[interval], columns, -coefficient / lengths[interval])
    lowered.rules[term.name], lowered.told[term.name] = rows, Told("kW")
    lowered._parts.append((term.group, flow, part_of_interval, part))


def _parts(group: Grouping) -> tuple[Index, Index]:
    """Runs of at most `PER_PART` intervals of one group: the part of each interval, and the group of each part.

    A peak over a month stands above the peaks of its parts, and these above their steps. One column above all 2,976
    quarter-hours of a month is the same program, but its factorization fills up until PIQP crashes (see decision 0002).
    """
    code = group.codes[np.unique(group.intervals, return_index=True)[1]].astype(np.int64)
    number = np.arange(code.size) // PER_PART
    keys = code * (int(number[-1]) + 1) + number
    present, part_of_interval = np.unique(keys, return_inverse=True)
    return part_of_interval.astype(np.int64), present // (int(number[-1]) + 1)


def _lower_bands(term: Bands, layout: Layout, lowered: Lowered) -> None:
    """The first slope prices all energy; each break adds the rise in price on the energy above it.

    Written so, a cap is one inequality with an excess column. As an equality that fills bands it is the same program, but
    its dense row costs the factorization four times the work (measured on the reference case, `make bench`).
    """
    if not term.convex:
        raise NotLinearError(
            f"{term.name}: a price that falls with quantity is settled exactly, but not decided linearly"
        )
    flow = layout.blend(term.flow)
    known = term.group.sums(flow.constant * layout.hours)
    layout.program.offset += float(known.sum()) * term.slopes[0]
    for columns, coefficient in flow.parts:
        layout.program.charge(columns, coefficient * (layout.hours * term.slopes[0]))
    for number, (edge, rise) in enumerate(zip(term.breaks, np.diff(term.slopes), strict=True), 1):
        name = f"{term.name}.above_{number}"
        excess = layout.program.columns(name, term.group.count, "kWh")
        layout.program.charge(excess, rise)
        rows = layout.program.rows(name, term.group.count, "kWh", lower=-np.inf, upper=edge - known)
        layout.program.put(rows, excess, -1.0)
        for columns, coefficient in flow.parts:
            layout.program.put(rows[term.group.codes], columns, coefficient * layout.hours)
        lowered.rules[name], lowered.told[name] = rows, Told(term.told_unit, term.kwh_per_told)
        lowered._excesses.append((term, edge, flow, excess))


def _lower_ratio(term: Ratio, layout: Layout, lowered: Lowered) -> None:
    """`numerator - bound * denominator + missed ≥ 0` over the horizon (signs turned for `at_most`)."""
    flow = layout.blend(term.margin)
    missed = layout.program.columns(f"{term.name}.missed", 1, "kWh")
    layout.program.charge(missed, term.penalty)
    known = float(flow.constant @ layout.hours)
    row = layout.program.rows(f"{term.name}.share", 1, "kWh", lower=-known, upper=np.inf)
    layout.program.put(row, missed, 1.0)
    for columns, coefficient in flow.parts:
        layout.program.put(np.broadcast_to(row, columns.shape), columns, coefficient * layout.hours)
    lowered.rules[term.name], lowered.told[term.name] = row, Told("kWh")
    lowered._misses.append((flow, missed))


def _lower_size(term: Size | Outlay, layout: Layout, lowered: Lowered) -> None:
    size = layout.sizes[term.asset]
    if isinstance(term, Outlay):
        _lower_outlay(term, layout, lowered)
    elif size.column is None:
        layout.program.offset += size.known * term.price
    else:
        layout.program.charge(np.array([size.column]), term.price)


def _lower_outlay(term: Outlay, layout: Layout, lowered: Lowered) -> None:
    """A known size costs what it costs; of one that is decided, capital and upkeep share the columns of its bands."""
    size = layout.sizes[term.asset]
    if size.column is None:
        layout.program.offset += term.of(size.known)
        return
    is_whole = term.fixed > 0 or any(later < earlier for earlier, later in pairwise(term.slopes))
    key = (term.asset, term.breaks, is_whole)
    if key not in lowered.built:
        lowered.built[key] = lower_built(term.asset, size.column, term.breaks, layout, is_whole=is_whole)
    lowered.built[key].charge(term, layout)
