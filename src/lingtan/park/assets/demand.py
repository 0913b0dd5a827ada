"""Demand: heat, steam, cooling, hydrogen or a material that members need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Id
from lingtan.findings import Finding, InputError
from lingtan.park.assets.ports import Carriers, Ported
from lingtan.park.carried import CarriedAmount, CarriedRate
from lingtan.park.carriers import CARRIERS
from lingtan.units import Quantity

ALL_BUT_ELECTRICITY: Carriers = frozenset(CARRIERS) - {"electricity"}


class Demand(Ported):
    """A need of any carrier but electricity: served in every step, or reported as shortfall at a price far above any other."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"bus": ALL_BUT_ELECTRICITY}
    STEMS: ClassVar[Mapping[str, str]] = {"bus": "demand"}
    SERIES: ClassVar[tuple[str, ...]] = ("profile",)

    family: Literal["demand"]
    """The asset family."""
    bus: Id
    """The bus that serves it."""
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
    shortfall_price: Annotated[float, Quantity("CNY/kWh", gt=0)] = 50.0
    """Price of what cannot be served, per kilowatt-hour of it (a kilogram counts as one where it is a material) [CNY/kWh]."""

    @model_validator(mode="after")
    def _one_scale(self) -> Self:
        if self.peak is not None and self.yearly is not None:
            raise InputError([Finding("park.two-scales", ".peak")])
        return self
