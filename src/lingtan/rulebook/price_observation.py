"""Prices that were observed: certificates by vintage, allowances, voluntary reductions. Observed, not valid until replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.rulebook.record import Digits, Mismatch, PerUnit, Record, digits_differ, read_per
from lingtan.units import MoneyCny
from lingtan.wording import Words
from lingtan.wording.rule_kinds import TradedName
from lingtan.wording.rulebook import RULEBOOK_WORDS


class PriceOfQuantity(Fact):
    """A quantity and what it cost at the price; for a range, at both ends."""

    quantity: Annotated[float, Field(strict=True, gt=0)]
    """Quantity, in the record's `per`."""
    amount: MoneyCny | None = None
    """Its price [CNY]."""
    low: MoneyCny | None = None
    """Its lowest price [CNY]."""
    high: MoneyCny | None = None
    """Its highest price [CNY]."""
    digits: Digits = 2
    """Digits of the amounts that are meant."""


class PriceObservation(Record):
    """A price of a day, or the mean or range of a span of days, which is its validity."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.price_observation"]
    extendable: ClassVar[bool] = False  # what was paid on one day is no rule for another; ask `latest`

    kind: Literal["price_observation"]
    traded: TradedName
    """What was traded."""
    vintage: Annotated[int, Field(strict=True, ge=2010, le=2100)] | None = None
    """Year of generation or reduction; none for a price over all vintages."""
    per: Literal["MWh", "t"]
    """Unit of the quantity; a certificate stands for a megawatt-hour."""
    price: PerUnit | None = None
    """Price, or mean price of the span; none where only a range was seen [CNY per unit]."""
    low: PerUnit | None = None
    """Lowest price of the span [CNY per unit]."""
    high: PerUnit | None = None
    """Highest price of the span [CNY per unit]."""
    examples: tuple[PriceOfQuantity, ...] = ()
    """Quantities with their price."""

    @field_validator("price", "low", "high", mode="before")
    @classmethod
    def _with_unit(cls, value: object, info: ValidationInfo) -> object:
        return read_per(value, "CNY/{per}", info)

    @model_validator(mode="after")
    def _observed_once(self) -> Self:
        if self.valid_to is None:
            raise InputError([Finding("rulebook.observation-without-end", f"{self.id}.valid_to")])
        if self.price is None and (self.low is None or self.high is None):
            raise InputError([Finding("rulebook.neither-figure-nor-range", f"{self.id}.price")])
        if self.low is not None and self.high is not None and self.low > self.high:
            got = f"{say_number(self.low)} … {say_number(self.high)}"
            raise InputError([Finding("rulebook.range-reversed", f"{self.id}.low", got=got)])
        return self

    @property
    def seen_on(self) -> date:
        """The last day of what was observed: before it, nobody could know the figure."""
        assert self.valid_to is not None  # the validator asked for it
        return self.valid_to

    def mismatches(self) -> Iterator[Mismatch]:
        """The quantities that the price makes dearer or cheaper."""
        for number, example in enumerate(self.examples):
            for what, expected, price in (
                ("amount", example.amount, self.price),
                ("low", example.low, self.low),
                ("high", example.high, self.high),
            ):
                if expected is None:
                    continue
                got = None if price is None else price * example.quantity
                if got is None or digits_differ(expected, got, example.digits):
                    yield Mismatch(number, what, f"{say_number(expected)} CNY", _money(got))


def latest(
    observations: Iterable[Record], traded: TradedName, as_of: date, *, vintage: int | None = None
) -> PriceObservation:
    """The last price that was known on a day, of one vintage or (none) over all vintages; other records are passed over.

    An observation counts from its last day on: the mean of a month is not known inside it. Where two end on one day the
    shorter span wins. Raises `InputError` (`rulebook.no-observation`); a price of another vintage never stands in.
    """
    known = [
        record
        for record in observations
        if isinstance(record, PriceObservation)
        and (record.traded, record.vintage) == (traded, vintage)
        and record.seen_on <= as_of
    ]
    if not known:
        who = traded if vintage is None else f"{traded} {vintage}"
        raise InputError([Finding("rulebook.no-observation", who, got=as_of.isoformat())])
    return max(known, key=lambda record: (record.seen_on, record.valid_from))


def _money(amount: float | None) -> str:
    return "–" if amount is None else f"{say_number(amount)} CNY"
