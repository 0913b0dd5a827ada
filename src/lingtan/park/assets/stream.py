"""Streams that arise whether anyone wants them or not: waste heat, by-product gases, slag, tailings, scrap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from lingtan.fact import Id
from lingtan.park.activities import Fuel
from lingtan.park.assets.ports import CarrierAt, Carriers, Running
from lingtan.park.assets.profiled import Profiled
from lingtan.park.carried import CarriedPrice, Price
from lingtan.park.carriers import WARM, flow_of

BY_PRODUCTS: Carriers = frozenset({"byproduct_gas", "gas", "hydrogen", "material"})


class _Stream(Profiled):
    """What works give off, as much as the profile says: what nobody takes is got rid of, seen and paid for."""

    LEFT: ClassVar[str]
    """Stem of the flow of what nobody takes."""

    cost: CarriedPrice = Price(0.0)
    """Cost of a unit that nobody takes, not below zero."""

    def flow_left(self, carrier_at: CarrierAt) -> str:
        """The flow of what nobody takes: `rejected_kw`, `flared_m3_per_h`."""
        return flow_of(self.LEFT, carrier_at[self.bus])

    def flows(self, carrier_at: CarrierAt) -> Iterator[str]:
        """What its bus takes, and what nobody takes."""
        yield from super().flows(carrier_at)
        yield self.flow_left(carrier_at)

    def running(self, carrier_at: CarrierAt) -> Iterator[Running]:
        """What getting rid of it costs."""
        yield Running("venting", self.flow_left(carrier_at), self.cost.at(carrier_at[self.bus]))


class WasteHeat(_Stream):
    """Heat or steam that a process gives off: flue gas, slag, cooling water. What nobody takes is rejected."""

    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": WARM}
    LEFT: ClassVar[str] = "rejected"

    family: Literal["waste_heat"]
    """The asset family."""
    bus: Id
    """The bus of heat or steam that it feeds."""


class Byproduct(_Stream):
    """A gas or a material that a process makes beside its product. What nobody takes is flared, or goes to a landfill."""

    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": BY_PRODUCTS}
    LEFT: ClassVar[str] = "flared"

    family: Literal["byproduct"]
    """The asset family."""
    bus: Id
    """The bus of the gas or the material that it feeds."""
    cost: CarriedPrice
    """Cost of a unit that nobody takes, not below zero: of flaring it or of the landfill: `0.05 CNY/m3`, `40 CNY/t`."""
    fuel: Fuel | None = None
    """Which fuel it is, as rule records name it: the carbon account counts all that arises, burnt or flared, once. None: its carbon
    is counted where it went in."""
