"""A power for each month of the year: one figure for all of them, or twelve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from pydantic import PlainSerializer, PlainValidator, WithJsonSchema

from lingtan.findings import Finding, InputError
from lingtan.units import Quantity

MONTHS = 12
_KW = Quantity("kW", ge=0)


@dataclass(frozen=True)
class MonthlyPower:
    """Power from January to December [kW].

    >>> MonthlyPower.read("20 MW").kw[3], MonthlyPower.read([9, *11 * ["8 MW"]]).kw[:2]
    (20000.0, (9.0, 8000.0))
    """

    kw: tuple[float, ...]

    @classmethod
    def read(cls, given: object) -> Self:
        """A value as a file has it. Raises `InputError` with one finding `units.*` or `park.not-twelve-months`."""
        if isinstance(given, cls):
            return given
        if not isinstance(given, list | tuple):
            return cls((_KW.read(given, who="."),) * MONTHS)
        if len(given) != MONTHS:
            raise InputError([Finding("park.not-twelve-months", ".", str(MONTHS), str(len(given)))])
        return cls(tuple(_KW.read(each, who=".") for each in given))

    def plain(self) -> float | list[float]:
        """As a park file has it."""
        return self.kw[0] if len(set(self.kw)) == 1 else list(self.kw)


_POWER = {"anyOf": [{"type": "number"}, {"type": "string", "examples": ["20 MW"]}]}
PowerByMonth = Annotated[
    MonthlyPower,
    PlainValidator(MonthlyPower.read),
    PlainSerializer(MonthlyPower.plain),
    WithJsonSchema(
        {"unit": "kW", "anyOf": [*_POWER["anyOf"], {"type": "array", "items": _POWER, "minItems": 12, "maxItems": 12}]}
    ),
]
"""A power for each month, in a park file."""
