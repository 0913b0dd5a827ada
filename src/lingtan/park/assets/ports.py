"""Ports: at which buses an asset takes and gives, and what its flows there are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import ClassVar, Literal, NamedTuple

from lingtan.fact import Named
from lingtan.park.carriers import Carrier, flow_of

Carriers = frozenset[Carrier]
ELECTRICITY: Carriers = frozenset({"electricity"})


class Port(NamedTuple):
    """One bus of an asset: the field that names it, which carriers may be there, and the way energy goes."""

    field: str
    bus: str
    carriers: Carriers
    way: Literal["takes", "gives", "both"]


class Capital(NamedTuple):
    """What a unit of one size costs: the quantity (`power_kw`), capital cost [CNY per unit], life [year], yearly upkeep [1]."""

    quantity: str
    capex: float
    life: int
    om_share: float


class Running(NamedTuple):
    """What a unit of one flow costs: component of the account, the flow's name behind the asset's, price [CNY per unit]."""

    component: str
    flow: str
    price: float


CarrierAt = Mapping[str, Carrier]
"""The carrier of each bus."""
NO_FIELDS: Mapping[str, Carriers] = MappingProxyType({})


class Ported(Named):
    """Something on buses. A family says here what its fields mean; the fields themselves are its own."""

    TAKES: ClassVar[Mapping[str, Carriers]] = NO_FIELDS
    """Fields with a bus that the asset takes from."""
    GIVES: ClassVar[Mapping[str, Carriers]] = NO_FIELDS
    """Fields with a bus that the asset gives to; one that stands in both goes both ways."""
    STEMS: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """Names of flows by field, where `flow` has no good one."""
    SERIES: ClassVar[tuple[str, ...]] = ()
    """Fields that name a series."""

    def ports(self) -> Iterator[Port]:
        """The buses that this asset is on."""
        for field in dict.fromkeys([*self.TAKES, *self.GIVES]):
            bus = getattr(self, field)
            if bus is None:
                continue
            takes, gives = self.TAKES.get(field), self.GIVES.get(field)
            way: Literal["takes", "gives", "both"] = "both" if takes and gives else "takes" if takes else "gives"
            yield Port(field, bus, (takes or frozenset()) | (gives or frozenset()), way)

    def capital(self) -> Iterator[Capital]:
        """What it costs to build, by size; nothing for what is not built."""
        yield from ()

    def running(self, _: CarrierAt) -> Iterator[Running]:
        """What it costs to run, by flow; prices below zero earn."""
        yield from ()

    def flows(self, carrier_at: CarrierAt) -> Iterator[str]:
        """The names of all its flows."""
        yield from (self.flow(port, carrier_at[port.bus]) for port in self.ports())

    def flow_at(self, field: str, carrier_at: CarrierAt) -> str:
        """The flow at the port of one field."""
        [port] = [port for port in self.ports() if port.field == field]
        return self.flow(port, carrier_at[port.bus])

    def flow(self, port: Port, carrier: Carrier) -> str:
        """What the flow at a port is called: electricity is `consumption_kw` or `generation_kw`, anything else by its carrier."""
        stem = self.STEMS.get(port.field)
        if stem is None and carrier == "electricity":
            stem = "consumption" if port.way == "takes" else "generation"
        if stem is None:
            stem = f"{carrier}_in" if port.way == "takes" else carrier
        return flow_of(stem, carrier)
