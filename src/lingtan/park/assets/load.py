"""Load: electricity that members need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Id
from lingtan.findings import Finding, InputError
from lingtan.park.assets.ports import ELECTRICITY, Carriers, Ported
from lingtan.units import Quantity


class Load(Ported):
    """A need that is served in every step, or reported as shortfall at a price far above any tariff."""

    USED: ClassVar[str] = "load_kw"
    """The flow of what it uses for its own sake."""
    TAKES: ClassVar[Mapping[str, Carriers]] = {"bus": ELECTRICITY}
    SERIES: ClassVar[tuple[str, ...]] = ("profile",)

    family: Literal["load"]
    """The asset family."""
    bus: Id
    """The bus that serves it."""
    profile: Id
    """A series in kW, or a shape without unit that `peak` or `annual_energy` scales."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""
    peak: Annotated[float, Quantity("kW", gt=0)] | None = None
    """Multiplies a shape (1 stands for this power) [kW]."""
    annual_energy: Annotated[float, Quantity("kWh", gt=0)] | None = None
    """Scales a shape to this energy over the studied period [kWh]."""
    shortfall_price: Annotated[float, Quantity("CNY/kWh", gt=0)] = 50.0
    """Price of energy that cannot be served [CNY/kWh]; high enough that cutting is never cheap, and never part of a bill."""

    @model_validator(mode="after")
    def _one_scale(self) -> Self:
        if self.peak is not None and self.annual_energy is not None:
            raise InputError([Finding("park.two-scales", ".peak")])
        return self
