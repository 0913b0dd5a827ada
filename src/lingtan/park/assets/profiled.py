"""What follows a profile: a series in the unit of its carrier, or a shape that is scaled."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import model_validator

from lingtan.fact import Id
from lingtan.findings import Finding, InputError
from lingtan.park.assets.ports import Ported
from lingtan.park.carried import CarriedAmount, CarriedRate


class Profiled(Ported):
    """Something at one bus that has a rate for every step, whoever decides what."""

    SERIES: ClassVar[tuple[str, ...]] = ("profile",)

    bus: Id
    """The bus it is on."""
    profile: Id
    """A series in the unit of the carrier (kW, kg/h, m3/h, t/h), or a shape without unit that `peak` or `yearly` scales."""
    peak: CarriedRate | None = None
    """Multiplies a shape (1 stands for this rate): `20 MW`, `300 kg/h`."""
    yearly: CarriedAmount | None = None
    """Scales a shape to this amount over the studied period: `40 GWh`, `2000 t`."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    @model_validator(mode="after")
    def _one_scale(self) -> Self:
        if self.peak is not None and self.yearly is not None:
            raise InputError([Finding("park.two-scales", ".peak")])
        return self
