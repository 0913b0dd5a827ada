"""Thermostatic load: a room, a cold store or a bath that is kept within a band of temperature, and so is a store itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Id
from lingtan.findings import Finding, InputError, say_number
from lingtan.park.assets.costs import Upkeep
from lingtan.park.assets.ports import ELECTRICITY, Capital, CarrierAt, Carriers
from lingtan.park.assets.scale import PowerScale
from lingtan.park.size import PowerSize
from lingtan.units import Quantity

Celsius = Annotated[float, Quantity("°C", ge=-100, le=2000)]


class ThermostaticLoad(PowerScale, Upkeep):
    """A space that is heated or cooled to stay between two temperatures; what it is made of keeps warmth or cold for later."""

    USED: ClassVar[str] = "load_kw"
    """The flow of what it uses for its own sake."""
    TAKES: ClassVar[Mapping[str, Carriers]] = {"bus": ELECTRICITY | {"heat", "cooling"}}
    STEMS: ClassVar[Mapping[str, str]] = {"bus": "load"}
    SERIES: ClassVar[tuple[str, ...]] = ("gains",)

    family: Literal["thermostatic_load"]
    """The asset family."""
    bus: Id
    """The bus it takes from: of electricity, by a machine with a `cop`; of heat or cooling as it is."""
    need: Literal["heating", "cooling"]
    """Whether it would be too cold or too warm by itself."""
    low: Celsius
    """Lowest temperature of the comfort band [°C]."""
    high: Celsius
    """Highest temperature of the comfort band [°C]."""
    set_point: Celsius | None = None
    """Temperature that it is held at where nobody asks for anything else; none means the middle of the band [°C]."""
    power: PowerSize
    """Most that it takes from its bus at once [kW]."""
    cop: Annotated[float, Quantity("1", gt=0, le=20)] = 1.0
    """Heat or cold given per unit taken from the bus; 1 at a bus of heat or cooling [1]."""
    heat_capacity: Annotated[float, Quantity("kWh/K", gt=0)]
    """Energy that warms all of it by one kelvin [kWh/K]."""
    heat_loss: Annotated[float, Quantity("kW/K", gt=0)]
    """Power that passes through its hull for each kelvin between inside and outside [kW/K]."""
    outside: Celsius | None = None
    """Temperature around it, the same all year; none means the outside air of the site [°C]."""
    gains: Id | None = None
    """A series of the heat that arises inside by itself: people, machines, sun [kW]."""
    capex: Annotated[float, Quantity("CNY/kW", ge=0)] = 0.0
    """Capital cost of a new kilowatt of `power` [CNY/kW]."""
    shortfall_price: Annotated[float, Quantity("CNY/kWh", gt=0)] = 50.0
    """Price of energy that the band asks for and that it cannot get [CNY/kWh]; never cheap, and never part of a bill."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    @model_validator(mode="after")
    def _band(self) -> Self:
        found = []
        if self.low >= self.high:
            found.append(Finding("park.band-reversed", ".low", f"< {_say(self.high)}", _say(self.low)))
        elif not self.low <= self.held_at_c <= self.high:
            expected = f"{_say(self.low)} … {_say(self.high)}"
            found.append(Finding("park.set-point-outside-band", ".set_point", expected, _say(self.held_at_c)))
        if found:
            raise InputError(found)
        return self

    @property
    def held_at_c(self) -> float:
        """The temperature that a thermostat by itself holds [°C]."""
        return 0.5 * (self.low + self.high) if self.set_point is None else self.set_point

    def flows(self, carrier_at: CarrierAt) -> Iterator[str]:
        """What it takes, and what of it is not served."""
        yield from super().flows(carrier_at)
        yield "shortfall_kw"

    def capital(self) -> Iterator[Capital]:
        """The power."""
        yield Capital("power_kw", self.capex, self.life, self.om_share)


def _say(degrees: float) -> str:
    return f"{say_number(degrees)} °C"
