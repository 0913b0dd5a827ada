"""What money and tonnes are made of: nine kinds of terms over the named flows of a park.

A tariff, a contract, a subsidy, a carbon rule or a share compiles to these terms. `evaluate` turns them into bill lines for
any flows, simulated or metered; `lingtan.optimize.lower` turns the same terms into columns and rows. One formula, two
readers, and a law test holds them together: unrounded bill = objective, for every schedule.

Flows are power in kW on a regular grid, so an energy is `kW * step_hours`; those of fuels and materials are kg/h, m3/h or t/h, as
their names end, and what is said of kilowatt-hours is true of kg, m3 and t. Arrays have shape (T,) over the grid's steps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from lingtan.bands import band_amounts, check_bands
from lingtan.flow import Flow
from lingtan.frozen import DeepFrozen
from lingtan.grouping import Grouping
from lingtan.tolerances import NOTICED_KW, SHARE_AT_BOUND

Array = NDArray[np.float64]
AmountUnit = Literal["CNY", "t"]
ToldUnit = Literal["kWh", "t"]
Sense = Literal["at_least", "at_most"]

MISSED_CNY_PER_KWH = 10.0
"""Price of each kilowatt-hour that a bounded share is missed by: far above energy, so a bound is broken only when it must be."""


@dataclass(frozen=True)
class _Head:
    """What every term carries: the bill component it is, the rule it comes from, whose bill, money or tonnes."""

    name: str
    rule: str = field(default="", kw_only=True)
    member: str = field(default="", kw_only=True)
    unit: AmountUnit = field(default="CNY", kw_only=True)


@dataclass(frozen=True, eq=False)
class Sum(_Head):
    """Energy times price: `sum(flow * step_hours * price)`; price per kWh, shape (T,); lines by `group`."""

    flow: Flow
    price: Array
    group: Grouping


@dataclass(frozen=True, eq=False)
class Peak(_Head):
    """The largest flow of each group times its price per kW.

    `already_incurred` (kW per group) is the floor that earlier steps of the same billing period have set: while a month
    runs, the peak behind us is a fact and not a decision.
    """

    flow: Flow
    group: Grouping
    price: Array
    already_incurred: Array

    def __post_init__(self) -> None:
        if np.any(self.price < 0):
            raise ValueError(f"Peak {self.name!r}: expected prices of at least 0, for a peak that pays has no end")


@dataclass(frozen=True, eq=False)
class Contracted(_Head):
    """Demand that is agreed beforehand for each group: `price` per kW agreed, whatever is drawn, and `overrun` times the price
    on each kW of the largest flow above `tolerance` times what was agreed.

    `agreed` is kW per group, (groups,). NaN leaves it open: it is then what the flows make cheapest, as a `Choice` is that nobody
    elected, but at least `least_share` of the size `asset`. `already_incurred` is as in `Peak`.
    """

    flow: Flow
    group: Grouping
    price: Array
    agreed: Array
    already_incurred: Array
    tolerance: float
    overrun: float
    asset: str
    least_share: float

    def __post_init__(self) -> None:
        if np.any(self.price < 0) or self.tolerance < 1 or self.overrun < 1:
            raise ValueError(
                f"Contracted {self.name!r}: expected prices of at least 0, tolerance and overrun of at least 1"
            )

    def settle(self, peaks_kw: Array, size: float) -> tuple[Array, Array]:
        """What was agreed and what was drawn beyond the tolerance [kW], each (groups,); the first part of an open value
        that pays is `peak / tolerance`, for a kW of it lets more than a kW be drawn."""
        open_kw = np.maximum(peaks_kw / self.tolerance, self.least_share * size)
        agreed_kw = np.where(np.isnan(self.agreed), open_kw, self.agreed)
        return agreed_kw, np.maximum(peaks_kw - self.tolerance * agreed_kw, 0.0)


OVERRUN = "demand_overrun"
"""The component of the bill that demand beyond a contract is listed as."""


@dataclass(frozen=True, eq=False)
class Bands(_Head):
    """Energy of each group priced by bands: `slopes[k]` per kWh between `breaks[k-1]` and `breaks[k]` (kWh, ascending).

    The first slope holds for all energy below the first break, also below zero, where a blend of flows may run. What stands for
    something else, as the energy of a carbon cap does for tonnes, says so: one `told_unit` is `kwh_per_told` of it.
    """

    flow: Flow
    group: Grouping
    breaks: tuple[float, ...]
    slopes: tuple[float, ...]
    told_unit: ToldUnit = "kWh"
    kwh_per_told: float = 1.0

    def __post_init__(self) -> None:
        check_bands(f"Bands {self.name!r}", self.breaks, self.slopes)

    @property
    def convex(self) -> bool:
        """Whether each band costs at least as much as the one before: only then can a linear program decide on it."""
        return list(self.slopes) == sorted(self.slopes)


@dataclass(frozen=True, eq=False)
class Ratio(_Head):
    """A share that a rule bounds: numerator energy over denominator energy, `at_least` or `at_most` `bound`.

    Each kilowatt-hour that the numerator lacks (or has too much) costs `penalty`, which is no money that anybody bills.
    """

    numerator: Flow
    denominator: Flow
    sense: Sense
    bound: float
    penalty: float = MISSED_CNY_PER_KWH

    @property
    def margin(self) -> Flow:
        """What must not come to less than nothing over all steps for the bound to be kept."""
        return (self.numerator - self.denominator * self.bound) * (1.0 if self.sense == "at_least" else -1.0)


@dataclass(frozen=True, eq=False)
class Size(_Head):
    """A price on a size that is decided, such as `pv.power_kw` or `grid.capacity_kva`, for the period it names."""

    asset: str
    price: float
    period: str = ""


@dataclass(frozen=True, eq=False)
class Outlay(_Head):
    """What is paid for a size as a whole: `fixed` if it is built at all, and each unit by the band it lies in.

    Bands as in `Bands`: `slopes[k]` per unit between `breaks[k-1]` and `breaks[k]` (ascending, in the unit of the size).
    """

    asset: str
    fixed: float
    breaks: tuple[float, ...]
    slopes: tuple[float, ...]

    def __post_init__(self) -> None:
        check_bands(f"Outlay {self.name!r}", self.breaks, self.slopes)

    def of(self, size: float) -> float:
        """What a size costs; one below `NOTICED_KW` is not built.

        >>> outlay = Outlay("capital", "pv.power_kw", 500.0, (100.0,), (3.0, 2.0))
        >>> [outlay.of(size) for size in (0.0, 50.0, 150.0)]
        [0.0, 650.0, 900.0]
        """
        return float(band_amounts(np.array([size]), self.breaks, self.slopes)[0] + self.fixed * (size >= NOTICED_KW))


@dataclass(frozen=True, eq=False)
class Fixed(_Head):
    """An amount that nothing decided here can change."""

    amount: float


@dataclass(frozen=True, eq=False)
class Choice(_Head, DeepFrozen):
    """Exactly one of the named alternatives applies, as between capacity and demand as the basis of a charge."""

    alternatives: Mapping[str, tuple[Term, ...]]
    first: tuple[str, ...] = ()
    """Alternatives that a plan tries; of the others only those that are cheaper on a plan it has made. Empty: it tries all."""


Term = Sum | Peak | Contracted | Bands | Ratio | Size | Outlay | Fixed | Choice


@dataclass(frozen=True, eq=False)
class Readings(DeepFrozen):
    """What terms are evaluated on: flows (kW, each (T,)), sizes, the step in hours, and which alternatives were elected."""

    flows: Mapping[str, Array]
    step_hours: float
    sizes: Mapping[str, float] = field(default_factory=dict)
    elected: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """One line of a bill before rounding: quantity times price is the amount, in the term's unit."""

    component: str
    period: str
    quantity: float
    quantity_unit: str
    price: float
    amount: float
    rule: str
    member: str


@dataclass(frozen=True)
class Share:
    """A bounded share as it came out."""

    name: str
    value: float | None
    bound: float
    sense: Sense
    rule: str

    @property
    def met(self) -> bool | None:
        """Whether the bound is kept; None where the denominator is zero and no share exists."""
        return None if self.value is None else room_of(self.value, self.bound, self.sense) >= -SHARE_AT_BOUND


@dataclass(frozen=True)
class Evaluation(DeepFrozen):
    """Lines, shares and the alternatives that applied; `amount` is the unrounded total."""

    lines: tuple[Line, ...] = ()
    shares: tuple[Share, ...] = ()
    elected: Mapping[str, str] = field(default_factory=dict)

    @property
    def amount(self) -> float:
        """Sum of all lines, unrounded."""
        return float(sum(line.amount for line in self.lines))

    def __add__(self, other: Evaluation) -> Evaluation:
        return Evaluation(self.lines + other.lines, self.shares + other.shares, {**self.elected, **other.elected})


def evaluate(terms: Iterable[Term], readings: Readings) -> Evaluation:
    """What the terms come to on given flows.

    A `Choice` takes the elected alternative, and the cheapest one where none was elected.

    >>> import numpy as np
    >>> energy = Sum("purchase", Flow.of("import_kw"), np.array([0.5, 0.25]), Grouping.whole(2, "2025-01"))
    >>> evaluate([energy], Readings({"import_kw": np.array([100.0, 200.0])}, step_hours=0.25)).amount
    25.0
    """
    total = Evaluation()
    for term in terms:
        total = total + _evaluate_one(term, readings)
    return total


def _evaluate_one(term: Term, readings: Readings) -> Evaluation:
    match term:
        case Sum():
            energy = term.flow.read(readings.flows) * readings.step_hours
            amount = term.group.sums(energy * term.price)
            return _lines(
                term, term.group, term.group.sums(energy), term.flow.amount_unit, amount, term.group.common(term.price)
            )
        case Peak():
            peaks = np.maximum(term.group.peaks(term.flow.read(readings.flows)), term.already_incurred)
            return _priced(_lines(term, term.group, peaks, "kW", peaks * term.price, term.price))
        case Contracted():
            return _evaluate_contracted(term, readings)
        case Bands():
            energy = term.group.sums(term.flow.read(readings.flows) * readings.step_hours)
            return _lines(term, term.group, energy, "kWh", band_amounts(energy, term.breaks, term.slopes))
        case Ratio():
            return _evaluate_ratio(term, readings)
        case Size():
            size = float(readings.sizes[term.asset])
            return Evaluation(
                (_line(term, term.period, size, _unit_of_size(term.asset), term.price, size * term.price),)
            )
        case Outlay():
            return Evaluation((_line_of_outlay(term, readings.sizes[term.asset]),))
        case Fixed():
            return Evaluation((_line(term, "", 1.0, "", term.amount, term.amount),))
        case Choice():
            return _evaluate_choice(term, readings)


def _line_of_outlay(term: Outlay, size: float) -> Line:
    """The size at the mean price of its units."""
    amount = term.of(size)
    return _line(term, "", size, _unit_of_size(term.asset), amount / size if size > 0 else 0.0, amount)


def _unit_of_size(name: str) -> str:
    return name.rsplit("_", 1)[-1].replace("kva", "kVA").replace("kwh", "kWh").replace("kw", "kW")


def _evaluate_contracted(term: Contracted, readings: Readings) -> Evaluation:
    """A line a group for what was agreed, and one for what was drawn beyond the tolerance."""
    peaks = np.maximum(term.group.peaks(term.flow.read(readings.flows)), term.already_incurred)
    agreed, beyond = term.settle(peaks, readings.sizes[term.asset] if term.least_share else 0.0)
    dearer = term.price * term.overrun
    over = replace(term, name=OVERRUN)
    lines = _lines(term, term.group, agreed, "kW", agreed * term.price, term.price)
    return _priced(lines + _lines(over, term.group, beyond, "kW", beyond * dearer, dearer))


def _priced(evaluation: Evaluation) -> Evaluation:
    """Without lines of demand that is not charged for: another basis holds in that month."""
    return replace(evaluation, lines=tuple(line for line in evaluation.lines if line.price != 0))


def _evaluate_choice(term: Choice, readings: Readings) -> Evaluation:
    elected = readings.elected.get(term.name)
    options = {name: evaluate(terms, readings) for name, terms in term.alternatives.items() if elected in (None, name)}
    if not options:
        raise KeyError(f"choice {term.name!r} has no alternative {elected!r}; it has {sorted(term.alternatives)}")
    best = min(options, key=lambda name: options[name].amount)
    return options[best] + Evaluation(elected={term.name: best})


def room_of(value: float, bound: float, sense: Sense) -> float:
    """How far a share is on the right side of its bound [1]; negative on the wrong one.

    >>> room_of(0.5, 0.25, "at_least"), room_of(0.5, 0.25, "at_most")
    (0.25, -0.25)
    """
    return value - bound if sense == "at_least" else bound - value


def _evaluate_ratio(term: Ratio, readings: Readings) -> Evaluation:
    """The share, and a line of what it was missed by at the penalty."""
    above, below = term.numerator.read(readings.flows).sum(), term.denominator.read(readings.flows).sum()
    share = Share(term.name, float(above / below) if below > 0 else None, term.bound, term.sense, term.rule)
    missed = max(0.0, -float(term.margin.read(readings.flows).sum()) * readings.step_hours)
    line = _line(term, "", missed, "kWh", term.penalty, missed * term.penalty)
    return Evaluation((line,) if missed > 0 else (), (share,))


def _line(
    term: _Head, period: str, quantity: float, unit: str, price: float, amount: float, rule: str | None = None
) -> Line:
    return Line(term.name, period, quantity, unit, price, amount, term.rule if rule is None else rule, term.member)


def _lines(
    term: Sum | Peak | Contracted | Bands,
    group: Grouping,
    quantity: Array,
    unit: str,
    amount: Array,
    listed: Array | None = None,
) -> Evaluation:
    """One line per group that something flowed in or cost something, at its listed price or else the mean price paid."""
    present = (quantity != 0) | (amount != 0)
    price = np.divide(amount, quantity, out=np.zeros_like(amount), where=quantity != 0)
    if listed is not None:
        price = np.where(np.isnan(listed), price, listed)
    rules = group.rules or (term.rule,) * group.count
    return Evaluation(
        tuple(
            _line(term, group.labels[g], float(quantity[g]), unit, float(price[g]), float(amount[g]), rules[g])
            for g in np.flatnonzero(present)
        )
    )
