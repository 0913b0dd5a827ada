"""The park: everything a park file says, but for its series and rules, which belong to their own rooms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from lingtan.clock import TimeGrid
from lingtan.fact import Bilingual, Fact, Id
from lingtan.park.activities import Activity, GreenPurchase
from lingtan.park.assets import (
    Asset,
    Demand,
    Electric,
    EvFleet,
    FirmLine,
    FlexibleLoad,
    Load,
    Ported,
    ProcessLoad,
    Pv,
    ThermostaticLoad,
    Wind,
)
from lingtan.park.carriers import Carrier
from lingtan.park.conditions import Carbon, Customer, DirectSupply, Finance, Reference, Tariff
from lingtan.park.devices import DeviceAt
from lingtan.park.search import Search
from lingtan.park.site import Bus, Connection, Member, Meter, Period, Site
from lingtan.park.size import Sized, sizes_in
from lingtan.park.targets import Targets

Family = TypeVar("Family", bound=Ported)
NEEDS = Load | FlexibleLoad | ThermostaticLoad | EvFleet | Demand | ProcessLoad
"""Families of needs: a park serves them with the project and without it."""
ElectricNeed = Load | FlexibleLoad | ThermostaticLoad | EvFleet
"""Families that may be a need of electricity; `USED` names the flow of what each uses."""


class Park(Fact):
    """A zero-carbon park, as its file describes it (`schema: 1`)."""

    schema_: Annotated[Literal[1], Field(alias="schema")]
    """Version of the file's form."""
    name: Id
    """Short name; also the name of its outputs."""
    title: Bilingual
    """Title of the report."""
    disclosure: Bilingual
    """One line on what is measured, invented and unverified; printed on the first page of every report."""
    site: Site
    """Where it is."""
    period: Period
    """When it is studied."""
    members: Mapping[Id, Member] = Field(default_factory=dict)
    """Enterprises."""
    meters: Mapping[Id, Meter] = Field(default_factory=dict)
    """Meter tree."""
    buses: Mapping[Id, Bus]
    """Places where energy balances."""
    connections: Mapping[Id, Connection]
    """Grid connections."""
    assets: Mapping[Id, Asset]
    """Loads, plants and stores."""
    devices: Mapping[Id, DeviceAt] = Field(default_factory=dict)
    """Real devices, by the asset or connection that each makes visible; none for a park on paper or with a twin."""
    activities: tuple[Activity, ...] = ()
    """Fuels, heat and processes of the studied year: what the carbon account needs besides electricity."""
    green_purchases: tuple[GreenPurchase, ...] = ()
    """Certificates and green-power trade of the studied year."""
    series: Mapping[Id, Any]
    """Sources of series, by name; their form is `lingtan.series`'s."""
    rules: tuple[Any, ...] = ()
    """Rule and assumption records of this park alone; their form is `lingtan.rulebook`'s."""
    customer: Customer = Customer()
    """How the park buys from the grid."""
    tariff: Tariff = Tariff()
    """Which records price it."""
    direct_supply: DirectSupply | None = None
    """Direct supply behind the access; none for a park that is an ordinary customer of the grid."""
    finance: Finance
    """Assumptions of the appraisal."""
    carbon: Carbon
    """Carbon boundary and conversion."""
    targets: Targets = Targets()
    """What the park must reach."""
    search: Search = Search()
    """How long a plan with whole numbers may be searched for."""
    reference: Reference
    """What the project is compared with."""

    def grid(self) -> TimeGrid:
        """The time grid of the studied period."""
        return self.period.grid(self.site.zone)

    def of_family(self, family: type[Family]) -> Iterator[tuple[str, Family]]:
        """The assets of one family by name, in the order of the file."""
        for name, asset in self.assets.items():
            if isinstance(asset, family):
                yield name, asset

    def generators(self) -> Iterator[tuple[str, Pv | Wind | FirmLine]]:
        """PV, wind and firm lines by name."""
        for name, asset in self.assets.items():
            if isinstance(asset, Pv | Wind | FirmLine):
                yield name, asset

    def electric_needs(self) -> Iterator[tuple[str, ElectricNeed]]:
        """Needs of electricity by name, also those that give way: what takes it for its own sake and may go short."""
        for name, asset in self.assets.items():
            match asset:
                case Load() | FlexibleLoad() | EvFleet():
                    yield name, asset
                case ThermostaticLoad() if self.is_electric(asset.bus):
                    yield name, asset
                case _:
                    pass

    def sized_needs(self) -> tuple[str, ...]:
        """Needs that decide on a size of their own: the charge points of a fleet, the machine of a room, a line of production."""
        free = {owner for section, owner, _, size in self.sizes() if section == "assets" and size.free}
        return tuple(name for name, asset in self.assets.items() if name in free and isinstance(asset, NEEDS))

    def is_electric(self, bus: str) -> bool:
        """Whether a bus that exists carries electricity."""
        return bus in self.buses and self.buses[bus].carrier == "electricity"

    def carrier_at(self) -> dict[str, Carrier]:
        """The carrier of each bus."""
        return {name: bus.carrier for name, bus in self.buses.items()}

    def makers(self) -> Iterator[str]:
        """Assets that turn another carrier into electricity: CHP, turbines, fuel cells."""
        return (name for name, flow in self._electric_flows() if flow == "generation_kw")

    def users(self) -> Iterator[str]:
        """Assets that turn electricity into another carrier: heat pumps, electrolyzers, chillers."""
        return (name for name, flow in self._electric_flows() if flow == "consumption_kw")

    def _electric_flows(self) -> Iterator[tuple[str, str]]:
        """The electric flows of assets that are on buses of several carriers."""
        carrier_at = self.carrier_at()
        for name, asset in self.assets.items():
            if isinstance(asset, Electric):
                continue
            for port in asset.ports():
                if carrier_at.get(port.bus) == "electricity":
                    yield name, asset.flow(port, "electricity")

    def sizes(self) -> tuple[Sized, ...]:
        """Every size of the park, fixed or to decide: of its assets, then of its connections."""
        return (*sizes_in("assets", self.assets), *sizes_in("connections", self.connections))

    def without(self, names: frozenset[str]) -> Park:
        """The park without some assets: how a reference case is made."""
        return self.model_copy(update={"assets": {n: a for n, a in self.assets.items() if n not in names}})

    def reference_case(self) -> Park:
        """The park as it would be without the project; without a plant of its own it is an ordinary customer of the grid."""
        reference = self.without(frozenset(self.reference.without))
        supplied = self.direct_supply if any(True for _ in reference.generators()) else None
        return reference.model_copy(update={"direct_supply": supplied})

    def series_used(self) -> dict[str, list[str]]:
        """Which series the park reads, and the places in the file that name them."""
        used: dict[str, list[str]] = {}
        for name, asset in self.assets.items():
            for field in asset.SERIES:
                series = getattr(asset, field)
                if series is not None:
                    used.setdefault(series, []).append(f"assets.{name}.{field}")
        if self.site.temperature is not None:
            used.setdefault(self.site.temperature, []).append("site.temperature")
        for name, meter in self.meters.items():
            if meter.series is not None:
                used.setdefault(meter.series, []).append(f"meters.{name}.series")
        return used

    def dump(self) -> dict[str, Any]:
        """The park as plain data in canonical units; reading it again gives an equal park."""
        return self.model_dump(mode="json", by_alias=True)
