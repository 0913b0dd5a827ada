"""What comes from outside and what goes there: bought fuels and materials, vents, products sold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

from lingtan.fact import Id
from lingtan.park.activities import Fuel
from lingtan.park.assets.demand import ALL_BUT_ELECTRICITY
from lingtan.park.assets.ports import CarrierAt, Carriers, Ported, Running
from lingtan.park.carried import CarriedAmount, CarriedPrice, CarriedRate, Price

HeatSource = Literal["fossil", "non_fossil"]


class Supply(Ported):
    """Something bought from outside as it is needed: gas, biomass, hydrogen, steam from a neighbor, raw material."""

    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": ALL_BUT_ELECTRICITY}
    STEMS: ClassVar[Mapping[str, str]] = {"bus": "supply"}

    family: Literal["supply"]
    """The asset family."""
    bus: Id
    """The bus it feeds."""
    price: CarriedPrice
    """Price of a unit of the carrier: `3.2 CNY/m3`, `900 CNY/t`, `0.25 CNY/kWh`."""
    limit: CarriedRate | None = None
    """Most that can be drawn at once; none means as much as is needed."""
    yearly_limit: CarriedAmount | None = None
    """Most that can be drawn in the studied period; none means as much as is needed."""
    fuel: Fuel | None = None
    """Which fuel it is, as rule records name it; with it the carbon account counts what is bought. None: it counts nothing, and
    `lingtan check` warns of a gas that is used."""
    heat_source: HeatSource = "fossil"
    """What bought heat or steam was made from; of no meaning for other carriers."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    def running(self, carrier_at: CarrierAt) -> Iterator[Running]:
        """What is bought."""
        yield Running("fuel", self.flow_at("bus", carrier_at), self.price.at(carrier_at[self.bus]))


class Vent(Ported):
    """Somewhere to put what nobody needs: a cooler, a chimney, a flare. Nothing leaves the park's buses unseen."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"bus": ALL_BUT_ELECTRICITY}
    STEMS: ClassVar[Mapping[str, str]] = {"bus": "vented"}

    family: Literal["vent"]
    """The asset family."""
    bus: Id
    """The bus it relieves."""
    cost: CarriedPrice = Price(0.0)
    """Cost of a unit that is let go, not below zero: who pays for it buys it, and is a `sale`."""
    limit: CarriedRate | None = None
    """Most that can be let go at once; none means as much as there is."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    def running(self, carrier_at: CarrierAt) -> Iterator[Running]:
        """What letting go costs."""
        yield Running("venting", self.flow_at("bus", carrier_at), self.cost.at(carrier_at[self.bus]))


class Sale(Ported):
    """A product that is sold outside: green hydrogen, ammonia's feed, recycled material, heat to a town."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"bus": ALL_BUT_ELECTRICITY}
    STEMS: ClassVar[Mapping[str, str]] = {"bus": "sold"}

    family: Literal["sale"]
    """The asset family."""
    bus: Id
    """The bus it takes from."""
    price: CarriedPrice
    """What a unit of it earns: `28 CNY/kg`, `60 CNY/t`."""
    limit: CarriedRate | None = None
    """Most that can be sold at once; none means as much as there is."""
    yearly_limit: CarriedAmount | None = None
    """Most that can be sold in the studied period; none means as much as there is."""
    heat_source: HeatSource = "non_fossil"
    """What sold heat or steam was made from: fossil heat that leaves takes its tonnes along; of no meaning for other carriers."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    def running(self, carrier_at: CarrierAt) -> Iterator[Running]:
        """What is sold earns."""
        yield Running("sales", self.flow_at("bus", carrier_at), -self.price.at(carrier_at[self.bus]))
