"""A template: the registers of one kind of device, as its maker documents them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lingtan.devices.nature import (
    CONTROLLER_HEARTBEAT,
    NATURES,
    REVERT,
    REVERT_REMAINING,
    REVERT_TIME,
    Family,
    Nature,
)
from lingtan.devices.register import Register
from lingtan.devices.words import WordOrder
from lingtan.fact import Bilingual, Fact, Id, Prose
from lingtan.findings import Finding, InputError, Severity

Seconds = Annotated[float, Field(gt=0, le=3600)]
MOST_WORDS = 125
"""Words that one Modbus request may read."""


class Lease(Fact):
    """The revert timer of a set-point: what the device does by itself when nobody renews what it was told."""

    revert: Register
    """The value that it falls back to (`revert_kw`)."""
    time: Register
    """For how long a set-point holds once written (`revert_time_s`); 0 holds for ever."""
    remaining: Register
    """How long it still holds (`revert_remaining_s`); read only."""


class Heartbeat(Fact):
    """A counter that the controller keeps moving; a device that saw it move once reverts when it stops."""

    register_: Annotated[Register, Field(alias="register")]
    """The counter (`controller_heartbeat`)."""
    limit_s: Seconds
    """How long it may stand still [s]."""


class Template(Fact):
    """The registers of one kind of device; all stand in its holding registers."""

    id: Id
    """Name of the template, as `wiring.json` gives it."""
    family: Family
    """The asset family that it makes visible."""
    title: Bilingual
    """What it is."""
    source: Prose
    """The document that the addresses come from."""
    order: WordOrder = "ABCD"
    """Order of words and bytes."""
    unimplemented: Literal["sunspec", "none"] = "none"
    """Whether the raw numbers by which SunSpec says 'not implemented' mean that there is no value."""
    period_s: Seconds = 1.0
    """How often it is read [s]."""
    stale_after_s: Seconds = 5.0
    """Age from which a reading is stale [s]."""
    gap: Annotated[int, Field(ge=0, le=MOST_WORDS)] = 0
    """Words between two registers that may be read along, so that one request does for both."""
    most_words: Annotated[int, Field(ge=4, le=MOST_WORDS)] = MOST_WORDS
    """Words that one request may read."""
    points: Mapping[Id, Register]
    """What it shows, by quantity."""
    set_points: Mapping[Id, Register] = Field(default_factory=dict)
    """What it can be told, by quantity."""
    lease: Lease | None = None
    """Its revert timer; none where the device has none."""
    heartbeat: Heartbeat | None = None
    """The counter that it expects of its controller; none where it expects none."""

    @property
    def nature(self) -> Nature:
        """What its family can show and be told."""
        return NATURES[self.family]

    @property
    def set_point(self) -> str | None:
        """The quantity that it can be told, if any."""
        return next(iter(self.set_points), None)

    @cached_property
    def registers(self) -> Mapping[str, Register]:
        """Every register by quantity: points, set-points (read back under the same name), lease and heartbeat."""
        found = {**self.points, **self.set_points}
        if self.lease is not None:
            found |= {REVERT: self.lease.revert, REVERT_TIME: self.lease.time, REVERT_REMAINING: self.lease.remaining}
        if self.heartbeat is not None:
            found[CONTROLLER_HEARTBEAT] = self.heartbeat.register_
        return found

    @cached_property
    def writable(self) -> tuple[str, ...]:
        """The quantities that may be written."""
        lease = (REVERT, REVERT_TIME) if self.lease is not None else ()
        return (*self.set_points, *lease, *((CONTROLLER_HEARTBEAT,) if self.heartbeat is not None else ()))

    @cached_property
    def exponents(self) -> tuple[int, ...]:
        """The addresses of all words that hold a power of ten."""
        return tuple(sorted({one.exponent_at for one in self.registers.values() if one.exponent_at is not None}))

    @model_validator(mode="after")
    def _fits_its_nature(self) -> Self:
        findings = [*self._quantities(), *self._overlaps()]
        if findings:
            raise InputError(findings)
        return self

    def _quantities(self) -> Iterator[Finding]:
        nature = self.nature
        for name in self.points:
            if name not in nature.points:
                yield Finding("devices.unknown-quantity", f".points.{name}", ", ".join(nature.points), name)
        for name in nature.required:
            if name not in self.points:
                yield Finding("sheet.missing-key", f".points.{name}")
        for name in self.set_points:
            if name != nature.set_point:
                yield Finding("devices.not-settable", f".set_points.{name}", nature.set_point or "–", name)
        if self.lease is not None and not self.set_points:
            yield Finding("devices.lease-of-nothing", ".lease")
        for name, register in self.points.items():
            if bool(register.codes) != (name == "state"):
                yield Finding("devices.codes-of-state", f".points.{name}")

    def _overlaps(self) -> Iterator[Finding]:
        """Two quantities on one word; words with a power of ten may be shared by those who use them."""
        owner: dict[int, str] = {}
        for name, register in self.registers.items():
            for word in range(register.address, register.address + register.count):
                if word in owner:
                    yield Finding("devices.overlap", name, values={"other": owner[word], "address": str(word)})
                    break
                owner[word] = name
        for word in self.exponents:
            if word in owner:
                values = {"other": owner[word], "address": str(word)}
                yield Finding("devices.overlap", "exponent_at", values=values)


def remarks(template: Template) -> Iterator[Finding]:
    """What a template may be and still is worth a warning: a set-point that holds for ever when its controller dies."""
    if template.set_points and template.lease is None:
        yield Finding("devices.no-lease", template.id, severity=Severity.WARNING)
