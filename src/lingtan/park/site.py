"""Where and when: site, studied period, members, meters, buses and the grid connection."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from lingtan.clock import TimeGrid
from lingtan.fact import Bilingual, Country, Fact, Id, Prose, Zone
from lingtan.findings import Finding, InputError
from lingtan.park.carried import CarriedHeat
from lingtan.park.carriers import BURNT, COUNTED, HYDROGEN_LHV_KWH_PER_KG, Carrier
from lingtan.park.monthly import PowerByMonth
from lingtan.park.size import ApparentSize
from lingtan.place import Place
from lingtan.units import PowerKw, Quantity


class Site(Fact):
    """The place, as rules are looked up by it."""

    zone: Zone
    """IANA time zone of the park's wall clock, such as `Asia/Shanghai`."""
    country: Country = "CN"
    """ISO 3166 country code of the rules that apply."""
    province: Prose | None = None
    """Province, as rule records name it (`Sichuan`)."""
    prefecture: Prose | None = None
    """Prefecture-level city, as rule records name it (`Yibin`)."""
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    """Degrees north [°]."""
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    """Degrees east [°]."""
    temperature: Id | None = None
    """Series of the air temperature [°C]; its daily maxima call the special hours of hot days. Without it they stay open."""

    @property
    def place(self) -> Place:
        """Where the records of the park are looked up."""
        return Place(self.country, self.province, self.prefecture)


class Period(Fact):
    """The calendar year under study and the step it is studied in."""

    year: Annotated[int, Field(ge=1990, le=2100)]
    """Calendar year in the park's zone."""
    step: Annotated[float, Quantity("min", gt=0)] = 15.0
    """Length of a step: `15 min`, `1 h`, `5 min` [min]."""

    @model_validator(mode="after")
    def _whole_steps(self) -> Self:
        if self.step not in {5.0, 10.0, 15.0, 30.0, 60.0}:
            raise InputError([Finding("park.step", ".step", "5, 10, 15, 30, 60 min", f"{self.step:g} min")])
        return self

    def grid(self, zone: str) -> TimeGrid:
        """The time grid of the period in a zone."""
        return TimeGrid.of_year(self.year, zone, int(self.step))


class Member(Fact):
    """An enterprise inside the park."""

    name: Bilingual
    """Its name."""


class Meter(Fact):
    """A meter; meters form a tree, and a child never counts more than its parent beyond their accuracy."""

    parent: Id | None = None
    """The meter above; none for a meter at the point of common coupling."""
    accuracy_class: Annotated[float, Field(gt=0, le=5)] = 0.5
    """Accuracy class: largest error as a percentage of the reading [%]."""
    series: Id | None = None
    """Measured power through the meter, where there is a record of it."""


class Bus(Fact):
    """A place where one carrier balances in every step: electricity, heat at one temperature, steam at one pressure, a fuel."""

    carrier: Carrier = "electricity"
    """What flows here."""
    temperature: Annotated[float, Quantity("°C", ge=-100, le=2000)] | None = None
    """Temperature that heat or cooling is supplied at; heat pumps and exchangers need it [°C]."""
    pressure: Annotated[float, Quantity("MPa", gt=0, le=40)] | None = None
    """Absolute pressure of steam [MPa]."""
    heating_value: CarriedHeat | None = None
    """Energy in a unit of a fuel (lower heating value): `35.6 MJ/m3`, `15 GJ/t`; hydrogen has its own."""

    @model_validator(mode="after")
    def _own_attributes(self) -> Self:
        """What a carrier does not have is a mistake, most often of the carrier."""
        fits = {
            "temperature": self.carrier in {"heat", "steam", "cooling"},
            "pressure": self.carrier == "steam",
            "heating_value": self.carrier in BURNT,
        }
        wrong = [field for field, has in fits.items() if getattr(self, field) is not None and not has]
        if wrong:
            raise InputError([Finding("park.not-of-carrier", f".{field}", got=self.carrier) for field in wrong])
        if self.heating_value is not None and not self.heating_value.suits(self.carrier):
            expected = self.heating_value.unit_at(self.carrier)
            raise InputError([Finding("park.wrong-carrier-unit", ".heating_value", expected, str(self.heating_value))])
        return self

    @property
    def kwh_per_unit(self) -> float | None:
        """Energy in a unit of what flows here [kWh per kWh, kg, m3 or t]; None for a material, or a fuel without a value."""
        if self.heating_value is not None:
            return self.heating_value.at(self.carrier)
        if self.carrier == "hydrogen":
            return HYDROGEN_LHV_KWH_PER_KG
        return 1.0 if COUNTED[self.carrier].amount == "kWh" else None


class Connection(Fact):
    """The point of common coupling: what the public grid may give and take."""

    bus: Id
    """The bus it is connected to."""
    capacity: ApparentSize
    """Transformer capacity, the basis of a capacity charge [kVA]."""
    power_factor: Annotated[float, Quantity("1", gt=0, le=1)] = 0.95
    """Real power that a unit of capacity carries [1]."""
    mean_power_factor: Annotated[float, Quantity("1", gt=0, le=1)] | None = None
    """Mean power factor that compensation holds at the meter in every month; none leaves the adjustment unbilled [1]."""
    import_limit: PowerKw | None = None
    """Most power drawn from the grid; none means what the capacity carries [kW]."""
    contracted_demand: PowerByMonth | None = None
    """Demand agreed with the grid company, one figure or one a month from January on; none leaves it to the plan [kW]."""
    demand_margin: Annotated[float, Quantity("1", ge=0, lt=1)] = 0.0
    """Share of the import limit that plans leave free, for a sliding demand meter sees more than block means [1]."""
    export_limit: PowerKw = 0.0
    """Most power fed to the grid; 0 by default, since feeding in needs a permit [kW]."""
    export_price: Annotated[float, Quantity("CNY/kWh")] = 0.0
    """What a fed-in kilowatt-hour earns [CNY/kWh]."""
    meter: Id | None = None
    """The meter at the point of common coupling."""

    @property
    def planned_share(self) -> float:
        """Part of the import limit that a plan may use [1]."""
        return 1.0 - self.demand_margin
