"""Conversion: what an asset does at its ports per unit of its activity. The optimizer and the plant read the same statement.

A boiler at an activity of 1 kW of heat takes 1 / (efficiency · heating value) of fuel. Families with several activities (an
extraction turbine) state each of them, and the bounds that hold them together. Where input is no straight line in output, a `Curve`
says what it is; where a plant is on or off, its `commitment` says what that takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lingtan.frozen import DeepFrozen
from lingtan.park import Park
from lingtan.park.assets.commitment import Commitment
from lingtan.park.assets.part_load import PartLoad
from lingtan.park.site import Bus
from lingtan.plant.ambient import Array

Coefficient = float | Array
"""A number, or one per step, (T,)."""


@dataclass(frozen=True, eq=False)
class Bound(DeepFrozen):
    """`sum(coefficient · activity) ≤ share · size`; shares and coefficients are numbers or (T,)."""

    parts: Mapping[str, Coefficient]
    share: Coefficient = 0.0


@dataclass(frozen=True, eq=False)
class Curve(DeepFrozen):
    """The input of one activity by a part-load curve, with what a unit of that input gives to (or takes from) the ports of
    fields."""

    way: str
    part_load: PartLoad
    ports: Mapping[str, Coefficient]


@dataclass(frozen=True, eq=False)
class Conversion(DeepFrozen):
    """Activities by name, each with what a unit of it gives to (above zero) or takes from the port of a field.

    `size` is the quantity that bounds the activities (`power_kw`): each one below the size unless `bounds` say otherwise.
    Coefficients are numbers or (T,), in the units of the carriers. A `commitment` that stands here knows of the curve, and counts
    in place of the asset's own.
    """

    ways: Mapping[str, Mapping[str, Coefficient]]
    size: str = "power_kw"
    bounds: tuple[Bound, ...] = field(default=())
    curve: Curve | None = None
    commitment: Commitment | None = None

    @property
    def committed_way(self) -> str:
        """The activity that a commitment is about."""
        return next(iter(self.ways))

    @property
    def first_ports(self) -> Mapping[str, Coefficient]:
        """What a unit of the first activity gives and takes; by a curve, what a unit of its input does."""
        first = self.ways[self.committed_way]
        return first if self.curve is None else {**first, **self.curve.ports}


def commitment_with(commitment: Commitment | None, curve: PartLoad | None) -> Commitment | None:
    """A commitment that knows of a part-load curve: below its first point a plant does not run."""
    if curve is None:
        return commitment
    stated = commitment or Commitment()
    least = max(stated.minimum_load, curve.points[0].load)
    return stated.model_copy(update={"minimum_load": least})


@dataclass(frozen=True, eq=False)
class Levels(DeepFrozen):
    """What conversions depend on beside the asset: the buses, and the outside air [°C, (T,)], None where nobody knows it."""

    buses: Mapping[str, Bus]
    outside_c: Array | None = None

    @classmethod
    def of(cls, park: Park, outside_c: Array | None = None) -> Levels:
        """The levels of a park."""
        return cls(park.buses, outside_c)

    def kwh_per_unit(self, bus: str) -> float:
        """Energy in a unit of what flows at a bus [kWh per kWh, kg, m3 or t]; the park's check asks for it where it is burnt."""
        value = self.buses[bus].kwh_per_unit
        if value is None:
            raise ValueError(f"{bus}: a heating value is needed")
        return value

    def temperature_c(self, bus: str) -> float:
        """Temperature of a bus [°C]; the park's check asks for it where it matters."""
        value = self.buses[bus].temperature
        if value is None:
            raise ValueError(f"{bus}: a temperature is needed")
        return value
