"""Links between two buses of one carrier: transformers for electricity, pipes for everything else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Id
from lingtan.findings import Finding, InputError, say_number
from lingtan.park.assets.costs import Upkeep
from lingtan.park.assets.demand import ALL_BUT_ELECTRICITY
from lingtan.park.assets.ports import ELECTRICITY, Capital, CarrierAt, Carriers, Port, Running
from lingtan.park.carried import CarriedPrice, CarriedRate, Price
from lingtan.park.carriers import flow_of
from lingtan.park.size import ApparentSize
from lingtan.units import Efficiency, Quantity


class _Link(Upkeep):
    """A way from one bus to another, and back where it goes both ways; what is lost on it is a flow of its own."""

    source_bus: Id
    """The bus it takes from; where it goes both ways, the one end of it."""
    bus: Id
    """The bus it feeds; where it goes both ways, the other end."""
    two_way: bool = False
    """Whether it may also take from `bus` and feed `source_bus`."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    @property
    def arriving(self) -> float:
        """What arrives of a unit that is sent [1]."""
        raise NotImplementedError

    def ways(self, carrier_at: CarrierAt) -> tuple[str, ...]:
        """The flows of what arrives: `forward_kw`, and `backward_kw` where it goes both ways."""
        stems = ("forward", "backward") if self.two_way else ("forward",)
        return tuple(flow_of(stem, carrier_at[self.bus]) for stem in stems)

    def at(self, field: str, carrier_at: CarrierAt) -> Iterator[tuple[Literal["gives", "takes"], str, float]]:
        """The flows at one end: which way they go there, and how much a unit of them is there; sent is more than arrives."""
        forward, *backward = self.ways(carrier_at)
        sent = 1.0 / self.arriving
        if field == "bus":
            yield "gives", forward, 1.0
            yield from (("takes", each, sent) for each in backward)
        else:
            yield "takes", forward, sent
            yield from (("gives", each, 1.0) for each in backward)

    def flow_lost(self, carrier_at: CarrierAt) -> str:
        """The flow of what is lost on the way."""
        return flow_of("loss", carrier_at[self.bus])

    def flows(self, carrier_at: CarrierAt) -> Iterator[str]:
        """What arrives, each way, and what is lost."""
        yield from self.ways(carrier_at)
        yield self.flow_lost(carrier_at)

    def ports(self) -> Iterator[Port]:
        """Both ends."""
        for port in super().ports():
            yield port._replace(way="both") if self.two_way else port


class Transformer(_Link):
    """A transformer between two buses of electricity."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"source_bus": ELECTRICITY}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": ELECTRICITY}

    family: Literal["transformer"]
    """The asset family."""
    capacity: ApparentSize
    """Rated capacity [kVA]."""
    power_factor: Annotated[float, Quantity("1", gt=0, le=1)] = 0.95
    """Real power that a unit of capacity carries [1]."""
    efficiency: Efficiency = 0.99
    """Electricity that arrives per electricity that is sent [1]."""
    capex: Annotated[float, Quantity("CNY/kVA", ge=0)] = 0.0
    """Capital cost of a new kVA [CNY/kVA]."""

    @property
    def arriving(self) -> float:
        """What arrives of a unit that is sent [1]."""
        return self.efficiency

    def capital(self) -> Iterator[Capital]:
        """The rated capacity."""
        yield Capital("capacity_kva", self.capex, self.life, self.om_share)


class Pipe(_Link):
    """A pipe or a belt between two buses of the same carrier, whatever it is but electricity."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"source_bus": ALL_BUT_ELECTRICITY}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": ALL_BUT_ELECTRICITY}

    family: Literal["pipe"]
    """The asset family."""
    limit: CarriedRate | None = None
    """Most that arrives at once: `5 MW`, `800 m3/h`; none means as much as is sent."""
    loss: Annotated[float, Quantity("1", ge=0, lt=1)] = 0.0
    """Share of what is sent that is lost on the way [1]."""
    transport_price: CarriedPrice = Price(0.0)
    """Cost of each unit that arrives: pumps, belts; above zero where it goes both ways, or going around could cost nothing."""

    @property
    def arriving(self) -> float:
        """What arrives of a unit that is sent [1]."""
        return 1.0 - self.loss

    @model_validator(mode="after")
    def _two_ways_are_priced(self) -> Self:
        if self.two_way and self.transport_price.value <= 0.0:
            got = say_number(self.transport_price.value)
            raise InputError([Finding("park.two-way-unpriced", ".transport_price", "> 0", got)])
        return self

    def running(self, carrier_at: CarrierAt) -> Iterator[Running]:
        """What transport costs, either way."""
        for way in self.ways(carrier_at):
            yield Running("variable_operation", way, self.transport_price.at(carrier_at[self.bus]))
