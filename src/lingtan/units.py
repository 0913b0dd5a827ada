"""Units: a number never meets a field of another dimension.

Inside, a plain number is in the unit that its name says. At the edge a text brings its own unit (`232.6 MW`,
`17 CNY/kVA/month`), which is checked and converted here. Kept apart on purpose: real power (kW), apparent power (kVA)
and reactive power (kvar); hours and billing periods (month, year); standard coal (tce) and any other energy or mass.
Heat is energy (`kWh_th` equals `kWh`); tonnes of CO2 are tonnes.
"""

from __future__ import annotations

import difflib
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from numbers import Real
from typing import Annotated, Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from lingtan.findings import Finding, InputError, say_number
from lingtan.wording import Text, Words, text_in
from lingtan.wording.findings import FINDINGS

Dimension = tuple[tuple[str, int], ...]
Number = TypeVar("Number", float, NDArray[np.float64])

_FAMILIES: tuple[tuple[Mapping[str, int], Mapping[str, str]], ...] = (
    ({}, {"1": "1", "pu": "1", "p.u.": "1", "%": "1/100", "‰": "1/1000"}),
    ({"kW": 1}, {"W": "1/1000", "kW": "1", "MW": "1000", "GW": "1e6", "千瓦": "1", "兆瓦": "1000"}),
    ({"kW": 1}, {"Wp": "1/1000", "kWp": "1", "MWp": "1000", "GWp": "1e6", "kW_th": "1", "MW_th": "1000"}),
    ({"kW": 1, "h": 1}, {"Wh": "1/1000", "kWh": "1", "MWh": "1000", "GWh": "1e6", "TWh": "1e9"}),
    ({"kW": 1, "h": 1}, {"kWh_th": "1", "MWh_th": "1000", "GWh_th": "1e6", "千瓦时": "1", "度": "1", "兆瓦时": "1000"}),
    ({"kW": 1, "h": 1}, {"J": "1/3600000", "kJ": "1/3600", "MJ": "1/3.6", "GJ": "1000/3.6", "TJ": "1e6/3.6"}),
    ({"kW": 1, "h": 1}, {"kcal": "4.1868/3600", "Mcal": "4.1868/3.6", "Gcal": "4186.8/3.6"}),  # GB/T 2589: 4.1868 kJ
    ({"kVA": 1}, {"VA": "1/1000", "kVA": "1", "MVA": "1000", "千伏安": "1", "兆伏安": "1000"}),
    ({"kvar": 1}, {"var": "1/1000", "kvar": "1", "Mvar": "1000"}),
    ({"kvar": 1, "h": 1}, {"kvarh": "1", "Mvarh": "1000"}),
    ({"CNY": 1}, {"CNY": "1", "RMB": "1", "yuan": "1", "元": "1", "kCNY": "1000", "MCNY": "1e6"}),
    ({"h": 1}, {"s": "1/3600", "min": "1/60", "h": "1", "hour": "1", "hours": "1", "小时": "1", "分钟": "1/60"}),
    ({"h": 1}, {"d": "24", "day": "24", "days": "24", "天": "24"}),
    ({"month": 1}, {"month": "1", "months": "1", "月": "1", "year": "12", "years": "12", "年": "12"}),
    ({"kg": 1}, {"g": "1/1000", "kg": "1", "t": "1000", "tonne": "1000", "kt": "1e6", "千克": "1", "吨": "1000"}),
    ({"kg": 1}, {"gCO2": "1/1000", "kgCO2": "1", "tCO2": "1000", "ktCO2": "1e6"}),
    ({"kg": 1}, {"gCO2e": "1/1000", "kgCO2e": "1", "tCO2e": "1000", "ktCO2e": "1e6"}),
    ({"tce": 1}, {"gce": "1e-6", "kgce": "1/1000", "tce": "1", "ktce": "1000", "吨标准煤": "1", "吨标煤": "1"}),
    ({"m": 1}, {"m": "1", "km": "1000", "米": "1", "公里": "1000"}),
    ({"m": 2}, {"m2": "1", "ha": "1e4", "km2": "1e6", "平方米": "1", "公顷": "1e4", "亩": "2000/3"}),
    ({"m": 3}, {"m3": "1", "Nm3": "1", "L": "1/1000", "立方米": "1"}),
    ({"kV": 1}, {"V": "1/1000", "kV": "1", "千伏": "1"}),
    ({"A": 1}, {"A": "1", "kA": "1000"}),
    ({"MPa": 1}, {"Pa": "1e-6", "kPa": "1/1000", "MPa": "1", "bar": "1/10", "兆帕": "1"}),
    ({"K": 1}, {"K": "1", "°C": "1", "degC": "1"}),
)
"""Symbols that share a dimension, each with its factor to the product of the base symbols."""

_SPELLINGS = str.maketrans({"*": "·", "⋅": "·", "×": "·"})
_COUNTS = {"万": Fraction(10_000), "亿": Fraction(100_000_000)}
"""Chinese counts that may stand before any symbol: 万元, 万kWh, 亿元."""

_ICE_POINT_K = Fraction("273.15")
_LONGEST_UNIT = 40
_LONGEST_GOT = 60
_LONGEST_TEXT = 200
_BLANKS = " \u00a0\u2009\u202f"
_NUMBER = re.compile(
    rf"""[+-]?
    (?: (?: [0-9]{{1,3}} (?:[{_BLANKS}][0-9]{{3}})+ (?![0-9]) | [0-9]+ ) (?:\.[0-9]*)?  # 12 345.6, 12345.6
      | \.[0-9]+ )                                                                      # .5
    (?:[eE][+-]?[0-9]{{1,3}})?""",
    re.VERBOSE,
)
_SEPARATORS = frozenset(".,'_’、\uff0c")
"""After a number these leave open what is a decimal and what a thousand."""
_NOT_FINITE = re.compile(r"[+-]?\.?(nan|inf(inity)?)\b", re.IGNORECASE)


def _factor(text: str) -> Fraction:
    over, _, under = text.partition("/")
    return Fraction(over) / Fraction(under or "1")


@dataclass(frozen=True)
class Unit:
    """A unit: its dimension (base symbols with their exponents, sorted) and how a value in it becomes one in them.

    In base symbols a value is `value · factor + offset`. Only °C alone has an offset; in a product it is a difference.
    """

    text: str = field(compare=False)
    dimension: Dimension
    factor: Fraction
    offset: Fraction = Fraction(0)

    @classmethod
    def parse(cls, text: str, *, who: str = "unit") -> Unit:
        """Read a unit; `InputError` with `units.unknown-unit` and the nearest symbol if a part of it is not known.

        `*` or `·` multiplies and `/` divides by all that stands up to the next `/`, as tariffs are printed.

        >>> Unit.parse("元/kVA·月") == Unit.parse("CNY/kVA/month")
        True
        >>> Unit.parse("MWh").dimension, Unit.parse("MWh").factor
        ((('h', 1), ('kW', 1)), Fraction(1000, 1))
        """
        return _known_unit(text, who, "")


_SYMBOLS: dict[str, Unit] = {
    symbol: Unit(symbol, tuple(sorted(bases.items())), _factor(factor), _ICE_POINT_K * (symbol in {"°C", "degC"}))
    for bases, symbols in _FAMILIES
    for symbol, factor in symbols.items()
}


def _known_unit(text: str, who: str, wanted: str) -> Unit:
    read = _read_unit(text)
    if isinstance(read, Unit):
        return read
    values = {"nearest": _nearest(read, wanted or "kW")}
    raise InputError([Finding("units.unknown-unit", who, wanted, read, values=values)])


@lru_cache(maxsize=1024)
def _read_unit(text: str) -> Unit | str:
    """The unit, or the part of the text that is not known."""
    if len(text) > _LONGEST_UNIT:
        return f"{text[:_LONGEST_UNIT]}…"
    plain = re.sub(r"\s*([/·])\s*", r"\1", unicodedata.normalize("NFKC", text.strip()).translate(_SPELLINGS))
    plain = re.sub(r"\^(?=[23])", "", plain)
    if (alone := _symbol(plain)) is not None:
        return alone
    bases: Counter[str] = Counter()
    factor = Fraction(1)
    for part, product in enumerate(plain.split("/")):
        sign = -1 if part else 1
        for symbol in re.sub(r"^\((.*)\)$", r"\1", product).split("·"):
            unit = _symbol(symbol)
            if unit is None:
                return symbol or text
            factor *= unit.factor**sign
            bases.update({base: sign * exponent for base, exponent in unit.dimension})
    return Unit(text, tuple(sorted((base, exponent) for base, exponent in bases.items() if exponent)), factor)


def _symbol(symbol: str) -> Unit | None:
    if symbol in _SYMBOLS:
        return _SYMBOLS[symbol]
    count, counted = _COUNTS.get(symbol[:1]), _SYMBOLS.get(symbol[1:])
    if count is None or counted is None or counted.offset or not counted.dimension:
        return None
    return Unit(symbol, counted.dimension, counted.factor * count)


def _nearest(symbol: str, otherwise: str) -> str:
    """The known symbol that looks most like this one, capitals aside first."""
    if isinstance(_read_unit(bare := symbol.strip("/·*() ")), Unit):
        return bare
    same = [known for known in _SYMBOLS if known.casefold() == symbol.casefold()]
    return [*same, *difflib.get_close_matches(symbol, _SYMBOLS, n=1, cutoff=0.6), otherwise][0]


def convert(value: Number, from_unit: str, to_unit: str) -> Number:
    """A number or an array in another unit of the same dimension; `InputError` if there is no such unit.

    >>> convert(350.0, "CNY/MWh", "CNY/kWh"), convert(20.0, "°C", "K"), convert(-0.4, "%/°C", "1/K")
    (0.35, 293.15, -0.004)
    """
    source, target = Unit.parse(from_unit), Unit.parse(to_unit)
    if source.dimension != target.dimension:
        values = {"unit": to_unit}
        raise InputError([Finding("units.wrong-dimension", "unit", to_unit, from_unit, values=values)])
    # Whole numbers are exact as floats where a factor such as 1/1000 is not.
    ratio = source.factor / target.factor
    shift = float((source.offset - target.offset) / target.factor)
    scaled = value * float(ratio.numerator) / float(ratio.denominator)
    return scaled + shift if shift else scaled


def quantity(value: object, unit: str, *, who: str) -> float:
    """A number as a file has it, in `unit`: a plain number is in that unit already, a text may carry its own.

    Decimals have a point; thousands may be set apart by blanks only. A text is converted exactly and rounded once.
    Raises `InputError` with one finding `units.*` about `who` for anything that is not a finite number of the right
    dimension; a bool is not a number.

    >>> quantity("232.6 MW", "kW", who="load"), quantity(0.25, "1", who="share"), quantity("0.35 %", "1", who="loss")
    (232600.0, 0.25, 0.0035)
    """
    try:
        if isinstance(value, str):
            found = float(_exact(value, unit, who))
        elif not isinstance(value, bool) and isinstance(value, Real):
            found = float(value)
        else:
            raise _refused("units.not-a-quantity", value, unit, who)
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        raise _refused("units.not-finite", value, unit, who)
    return found


def own_unit(text: str, *, who: str) -> str:
    """The unit that a text carries after its number; empty if there is none.

    >>> own_unit("3 MW", who="constant"), own_unit("0.5", who="constant")
    ('MW', '')
    """
    return _split(text, "1", who)[1]


def _exact(value: str, unit: str, who: str) -> Fraction:
    """The number that a text says, in `unit`."""
    number, text = _split(value, unit, who)
    target = Unit.parse(unit)
    source = _known_unit(text, who, unit) if text else target
    if source.dimension != target.dimension:
        raise _refused("units.wrong-dimension", value, unit, who)
    return (number * source.factor + source.offset - target.offset) / target.factor


def _split(value: str, unit: str, who: str) -> tuple[Fraction, str]:
    """The number and the unit's text (empty if there is none) of a text."""
    plain = value.strip().replace("\N{MINUS SIGN}", "-")
    if _NOT_FINITE.match(plain):
        raise _refused("units.not-finite", value, unit, who)
    match = _NUMBER.match(plain)
    if match is None or len(plain) > _LONGEST_TEXT:
        raise _refused("units.not-a-quantity", value, unit, who)
    rest = plain[match.end() :].strip()
    if rest and (rest[0].isdigit() or rest[0] in _SEPARATORS) and not rest.startswith("1/"):
        raise _refused("units.unclear-number", value, unit, who)
    return Fraction(re.sub(f"[{_BLANKS}]", "", match.group())), rest


def _refused(code: str, value: object, unit: str, who: str, expected: str = "") -> InputError:
    values = {"unit": unit, "example": "25 %" if unit in {"1", "%"} else f"12.5 {unit}"}
    return InputError([Finding(code, who, expected or unit, _brief(value), values=values)])


def _brief(value: object) -> Text:
    """A value as its file shows it, short enough for a line."""
    match value:
        case None:
            return Words("nothing", "空")
        case bool():
            return str(value).lower()
        case dict():
            return Words("a mapping", "一个映射")
        case list() | tuple():
            return Words("a list", "一个列表")
    text = str(value)
    return text if len(text) <= _LONGEST_GOT else f"{text[:_LONGEST_GOT]}…"


@dataclass(frozen=True)
class Quantity:
    """Marks a pydantic field as a quantity: `Annotated[float, Quantity("kW", ge=0)]` holds kW and reads `12 MW`.

    Errors are of the type of a finding's code, with `expected`, `got` and the sentence's values in their context. The
    JSON schema allows a number or a text and names the `unit`.
    """

    unit: str
    gt: float | None = None
    ge: float | None = None
    lt: float | None = None
    le: float | None = None

    def __post_init__(self) -> None:
        Unit.parse(self.unit)

    def read(self, value: object, *, who: str = "value") -> float:
        """The value in `unit`, in range; `InputError` as `quantity`, and `units.out-of-range`."""
        found = quantity(value, self.unit, who=who)
        inside = (
            (self.gt is None or found > self.gt)
            and (self.ge is None or found >= self.ge)
            and (self.lt is None or found < self.lt)
            and (self.le is None or found <= self.le)
        )
        if not inside:
            raise _refused("units.out-of-range", value, self.unit, who, self.range)
        return found

    @property
    def range(self) -> str:
        """The allowed range as text: `≥ 0 kW`, `> 0, ≤ 1`."""
        limits = {">": self.gt, "≥": self.ge, "<": self.lt, "≤": self.le}
        said = ", ".join(f"{sign} {say_number(limit)}" for sign, limit in limits.items() if limit is not None)
        return said if self.unit == "1" else f"{said} {self.unit}"

    def _validate(self, value: object) -> float:
        try:
            return self.read(value)
        except InputError as error:
            found = error.findings[0]
            said = f"{FINDINGS[found.code].what.en}; expected {found.expected}, got {text_in(found.got, 'en')}"
            context = {**found.values, "expected": found.expected, "got": found.got}
            raise PydanticCustomError(found.code, said, context) from error

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._validate, handler(source))

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        bounds = {
            "exclusiveMinimum": self.gt,
            "minimum": self.ge,
            "exclusiveMaximum": self.lt,
            "maximum": self.le,
        }
        number = {"type": "number"} | {name: limit for name, limit in bounds.items() if limit is not None}
        if handler.mode == "serialization":
            return {**number, "unit": self.unit}
        return {"unit": self.unit, "anyOf": [number, {"type": "string"}]}


PowerKw = Annotated[float, Quantity("kW", ge=0)]
"""Power in one direction [kW]."""
ApparentPowerKva = Annotated[float, Quantity("kVA", ge=0)]
"""Apparent power, such as a transformer's capacity [kVA]."""
EnergyKwh = Annotated[float, Quantity("kWh", ge=0)]
"""Energy, also heat [kWh]."""
PriceCnyPerKwh = Annotated[float, Quantity("CNY/kWh")]
"""Energy price; a spot price may be negative [CNY/kWh]."""
PriceCnyPerKwMonth = Annotated[float, Quantity("CNY/kW/month", ge=0)]
"""Demand price [CNY/kW/month]."""
PriceCnyPerKvaMonth = Annotated[float, Quantity("CNY/kVA/month", ge=0)]
"""Capacity price [CNY/kVA/month]."""
CostCnyPerKw = Annotated[float, Quantity("CNY/kW", ge=0)]
"""Capital cost of power [CNY/kW]."""
CostCnyPerKwh = Annotated[float, Quantity("CNY/kWh", ge=0)]
"""Capital cost of storage, or a cost of each kilowatt-hour [CNY/kWh]."""
MoneyCny = Annotated[float, Quantity("CNY")]
"""Money, of either sign [CNY]."""
ShareOfOne = Annotated[float, Quantity("1", ge=0, le=1)]
"""A share, 0 to 1 [1]."""
Efficiency = Annotated[float, Quantity("1", gt=0, le=1)]
"""Energy out per energy in, above 0 [1]."""
Years = Annotated[float, Quantity("year", gt=0)]
"""Length of a life or a contract [year]."""
Hours = Annotated[float, Quantity("h", ge=0)]
"""Duration [h]."""
MassT = Annotated[float, Quantity("t", ge=0)]
"""Mass, also of CO2 [t]."""
CoalTce = Annotated[float, Quantity("tce", ge=0)]
"""Energy counted as standard coal [tce]."""
FactorKgPerKwh = Annotated[float, Quantity("kg/kWh", ge=0)]
"""Emission factor of electricity [kg/kWh]."""
TemperatureC = Annotated[float, Quantity("°C", ge=-273.15)]
"""Temperature [°C]."""
LengthKm = Annotated[float, Quantity("km", ge=0)]
"""Length of a line [km]."""
VoltageKv = Annotated[float, Quantity("kV", gt=0)]
"""Nominal voltage [kV]."""
