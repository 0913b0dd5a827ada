"""One register of a device: where a quantity stands, how its words make a raw number, and what that number means."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Annotated, Literal, Self

from pydantic import Field, FiniteFloat, model_validator

from lingtan.devices.words import COUNTS, Kind, WordOrder
from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number

Address = Annotated[int, Field(ge=0, le=65535)]
StateName = Literal["off", "standby", "running", "tripped"]


class DeviceState(IntEnum):
    """What every device that can be told something says of itself; makers' codes are mapped onto it."""

    OFF = 0
    STANDBY = 1
    RUNNING = 2
    TRIPPED = 3

    @classmethod
    def of(cls, name: StateName) -> DeviceState:
        """The state by its name in a template."""
        return cls[name.upper()]


class Register(Fact):
    """A quantity in one to four consecutive words: `value = raw · scale · 10^exponent + offset`."""

    address: Address
    """Address of its first word, as it goes over the wire (from 0)."""
    kind: Kind
    """How the words make a raw number."""
    scale: FiniteFloat = 1.0
    """Unit of the quantity per raw step; below zero where the device counts the other way."""
    offset: FiniteFloat = 0.0
    """Value of raw zero."""
    exponent_at: Address | None = None
    """Address of a signed word that holds a power of ten (a SunSpec scale factor); none means 10^0."""
    order: WordOrder | None = None
    """Order of words and bytes; none means that of the template."""
    codes: Mapping[StateName, tuple[int, ...]] = Field(default_factory=dict)
    """For `state`: the raw numbers of each state; the first is the one that is written."""
    low: FiniteFloat | None = None
    """Smallest value that can be true."""
    high: FiniteFloat | None = None
    """Largest value that can be true."""
    moves: bool = False
    """Whether the value must change from one reading to the next, so that standing still means a frozen device."""
    label: Annotated[str, Field(max_length=60)] = ""
    """The maker's own name of it."""

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        findings = []
        if self.scale == 0.0:
            findings.append(Finding("devices.zero-scale", ".scale"))
        if self.address + self.count > 65536:
            expected = f"≤ {65536 - self.count}"
            findings.append(Finding("sheet.out-of-range", ".address", expected, str(self.address)))
        if self.low is not None and self.high is not None and self.low > self.high:
            expected, got = f"≤ {say_number(self.high)}", say_number(self.low)
            findings.append(Finding("sheet.out-of-range", ".low", expected, got))
        raws = [raw for raws in self.codes.values() for raw in raws]
        twice = sorted({raw for raw in raws if raws.count(raw) > 1})
        findings += [Finding("devices.code-twice", ".codes", got=str(raw)) for raw in twice]
        findings += [Finding("devices.no-code", f".codes.{name}") for name, raws in self.codes.items() if not raws]
        if findings:
            raise InputError(findings)
        return self

    @property
    def count(self) -> int:
        """How many words it takes."""
        return COUNTS[self.kind]

    def holds(self, value: float) -> bool:
        """Whether a value lies in the range that can be true."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)
