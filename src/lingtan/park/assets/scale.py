"""Economy of scale: what is paid once if something is built at all, and what each further unit of a large one costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.units import Quantity

Money = Annotated[float, Quantity("CNY", ge=0)]


class AbovePower(Fact):
    """What each kilowatt above a power costs."""

    size: Annotated[float, Quantity("kW", gt=0)]
    """The power [kW]."""
    capex: Annotated[float, Quantity("CNY/kW", ge=0)]
    """Capital cost of each kilowatt above it [CNY/kW]."""


class AboveEnergy(Fact):
    """What each kilowatt-hour above an energy costs."""

    size: Annotated[float, Quantity("kWh", gt=0)]
    """The energy [kWh]."""
    capex: Annotated[float, Quantity("CNY/kWh", ge=0)]
    """Capital cost of each kilowatt-hour above it [CNY/kWh]."""


class AboveMass(Fact):
    """What room for each kilogram above a mass costs."""

    size: Annotated[float, Quantity("kg", gt=0)]
    """The mass [kg]."""
    capex: Annotated[float, Quantity("CNY/kg", ge=0)]
    """Capital cost of room for each kilogram above it [CNY/kg]."""


class _Scale(Fact):
    """What all kinds share."""

    capex_fixed: Money = 0.0
    """Capital cost that is paid once if it is built at all, whatever its size [CNY]."""
    capex_above: Sequence[AbovePower | AboveEnergy | AboveMass] = ()

    @model_validator(mode="after")
    def _rising(self) -> Self:
        sizes = [step.size for step in self.capex_above]
        if sizes != sorted(set(sizes)):
            raise InputError(
                [Finding("park.scale-not-rising", ".capex_above", "a < b < …", ", ".join(map(say_number, sizes)))]
            )
        return self

    @property
    def has_scale(self) -> bool:
        """Whether its cost is more than a price times its size."""
        return self.capex_fixed > 0 or len(self.capex_above) > 0


class PowerScale(_Scale):
    """Economy of scale of what is built by power."""

    capex_above: tuple[AbovePower, ...] = ()
    """Where a large plant is cheaper: each kilowatt above `size` costs `capex`, as in `{size: 10 MW, capex: 2600 CNY/kW}`."""


class EnergyScale(_Scale):
    """Economy of scale of what is built by energy."""

    capex_above: tuple[AboveEnergy, ...] = ()
    """Where a large store is cheaper: each kilowatt-hour above `size` costs `capex`, as in `{size: 20 MWh, capex: 700 CNY/kWh}`."""


class MassScale(_Scale):
    """Economy of scale of what is built by mass."""

    capex_above: tuple[AboveMass, ...] = ()
    """Where a large tank is cheaper: each kilogram above `size` costs `capex`, as in `{size: 2000 kg, capex: 3000 CNY/kg}`."""


Scale = PowerScale | EnergyScale | MassScale
