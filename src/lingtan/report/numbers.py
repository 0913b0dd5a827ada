"""Numbers as a reader of either language expects them: thousands parted by commas, at least three significant digits.

A `Measure` is chosen from the largest and the smallest of the values that stand together, so that all cells of a column share
a unit and a number of decimals. Chinese readers count money in 万元, English ones in thousands or millions of CNY.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lingtan.report.markup import Html, html, tag
from lingtan.wording import Text, Words
from lingtan.wording.report import REPORT_WORDS

MOST_DECIMALS = 3
"""Most decimals of a column: a small value beside a large one need not be read to the last digit."""

DUST = 1e-6
"""A value this small beside the largest of its column does not ask for decimals of its own."""


class Scale(NamedTuple):
    """A unit, and how many of the canonical unit it holds."""

    divisor: float
    unit: str


ENERGY = (Scale(1.0, "kWh"), Scale(1e3, "MWh"), Scale(1e6, "GWh"))
POWER = (Scale(1.0, "kW"), Scale(1e3, "MW"), Scale(1e6, "GW"))
CAPACITY = (Scale(1.0, "kVA"), Scale(1e3, "MVA"))
MONEY_EN = (Scale(1.0, "CNY"), Scale(1e3, "kCNY"), Scale(1e6, "M CNY"))
MONEY_ZH = (Scale(1.0, "元"), Scale(1e4, "万元"))
MASS = (Scale(1.0, "t"),)
COAL = (Scale(1.0, "tce"),)


@dataclass(frozen=True)
class Measure:
    """A unit and a number of decimals in each language, for values that stand together."""

    en: Scale
    zh: Scale
    decimals_en: int
    decimals_zh: int

    def number(self, value: float | None) -> Words:
        """The bare number; the words for "not available yet" where there is none."""
        if value is None:
            return REPORT_WORDS["number.missing"]
        if value == 0.0:
            return Words("0", "0")
        en = plain(value / self.en.divisor, self.decimals_en)
        return Words(en, plain(value / self.zh.divisor, self.decimals_zh))

    def text(self, value: float | None) -> Words:
        """The number with its unit."""
        number = self.number(value)
        return number if value is None else Words(f"{number.en} {self.en.unit}", f"{number.zh} {self.zh.unit}")

    @property
    def unit(self) -> Words:
        """The unit alone, for the head of a column."""
        return Words(self.en.unit, self.zh.unit)


def energy(values_kwh: Iterable[float | None]) -> Measure:
    """The measure for energies in kWh that stand together.

    >>> energy([1_234_500.0]).text(1_234_500.0).en, energy([950.0, 12.0]).text(950.0).en
    ('1.23 GWh', '950.0 kWh')
    """
    return _measure(values_kwh, ENERGY, ENERGY)


def power(values_kw: Iterable[float | None]) -> Measure:
    """The measure for powers in kW."""
    return _measure(values_kw, POWER, POWER)


def capacity(values_kva: Iterable[float | None]) -> Measure:
    """The measure for transformer capacities in kVA."""
    return _measure(values_kva, CAPACITY, CAPACITY)


def money(values_cny: Iterable[float | None]) -> Measure:
    """The measure for amounts in CNY.

    >>> money([61_234_500.0]).text(-61_234_500.0)
    Words(en='−61.2 M CNY', zh='−6,123 万元')
    """
    return _measure(values_cny, MONEY_EN, MONEY_ZH)


def mass(values_t: Iterable[float | None]) -> Measure:
    """The measure for tonnes of CO2."""
    return _measure(values_t, MASS, MASS)


def coal(values_tce: Iterable[float | None]) -> Measure:
    """The measure for tonnes of standard coal."""
    return _measure(values_tce, COAL, COAL)


def coins(low_cny: float, high_cny: float) -> Words:
    """A range of amounts in one unit, or one amount where both ends are the same.

    >>> coins(2_000_000.0, 2_500_000.0).en, coins(2_300_000.0, 2_300_000.0).zh
    ('2.00 to 2.50 M CNY', '230 万元')
    """
    measure = money((low_cny, high_cny))
    if low_cny == high_cny:
        return measure.text(high_cny)
    low, high = measure.number(low_cny), measure.text(high_cny)
    return Words(f"{low.en} to {high.en}", f"{low.zh} 至 {high.zh}")


def share(value: float | None, decimals: int = 1) -> Text:
    """A share as a percentage; the words for "not defined" where there is none, for a share of nothing is no share.

    >>> share(0.4567), share(-1e-9)
    ('45.7%', '0.0%')
    """
    return REPORT_WORDS["number.undefined"] if value is None else f"{plain(100.0 * value, decimals)}%"


def price(value_cny_per_kwh: float | None, decimals: int = 4) -> Words:
    """A price of energy [CNY/kWh]; "not defined" where there is no energy."""
    if value_cny_per_kwh is None:
        return REPORT_WORDS["number.undefined"]
    number = plain(value_cny_per_kwh, decimals)
    return Words(f"{number} CNY/kWh", f"{number} 元/kWh")


def years(value: float | None) -> Words:
    """A number of years; for a payback that never comes, the words that say so."""
    if value is None:
        return REPORT_WORDS["number.never"]
    number = plain(value, 1)
    return Words(f"{number} years", f"{number} 年")


def intensity(value_t_per_tce: float | None) -> Text:
    """Tonnes of CO2 per tonne of standard coal; "not defined" where there is no figure, which is not a pass."""
    return REPORT_WORDS["number.undefined"] if value_t_per_tce is None else f"{significant(value_t_per_tce)} t/tce"


def significant(value: float, digits: int = 3) -> str:
    """A number with at least so many significant digits, never with an exponent.

    >>> significant(1234.5), significant(0.012345), significant(0.0)
    ('1,234', '0.0123', '0')
    """
    if value == 0.0:
        return "0"
    return plain(value, max(0, digits - 1 - _exponent(value)))


def scientific(value: float) -> Html:
    """A residual: one decimal and a power of ten.

    >>> scientific(3.21e-9), scientific(0.0)
    ('3.2 × 10<sup>−9</sup>', '0')
    """
    if value == 0.0:
        return Html("0")
    mantissa, exponent = f"{_finite(value):.1e}".split("e")
    return html(f"{mantissa.replace('-', '−')} × 10", tag("sup", str(int(exponent)).replace("-", "−")))


def plain(value: float, decimals: int) -> str:
    """A number with commas and a true minus sign; a value that rounds to zero has no sign.

    >>> plain(-1234.5, 1), plain(-0.01, 1)
    ('−1,234.5', '0.0')
    """
    text = f"{_finite(value):,.{decimals}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0.0 else text.replace("-", "−")


def _finite(value: float) -> float:
    """The value itself; a page never shows NaN or infinity, for neither is a figure."""
    if not math.isfinite(value):
        raise ValueError(f"not a finite number: {value!r}")
    return value


def _exponent(value: float) -> int:
    return math.floor(math.log10(abs(_finite(value))))


def _measure(values: Iterable[float | None], en: Sequence[Scale], zh: Sequence[Scale]) -> Measure:
    sizes = [abs(_finite(value)) for value in values if value is not None]
    largest = max(sizes, default=0.0)
    smallest = min((size for size in sizes if size > DUST * largest), default=0.0)
    one, two = _scale(en, largest), _scale(zh, largest)
    return Measure(one, two, _decimals(smallest / one.divisor), _decimals(smallest / two.divisor))


def _scale(scales: Sequence[Scale], largest: float) -> Scale:
    """The largest unit of which the largest value holds at least one."""
    return next((scale for scale in reversed(scales) if largest >= scale.divisor), scales[0])


def _decimals(smallest: float) -> int:
    """Decimals that give the smallest value three significant digits, within reason."""
    return 0 if smallest == 0.0 else min(max(2 - _exponent(smallest), 0), MOST_DECIMALS)
