"""Process load: a plan of production that says how much by when, and leaves the hours to whoever buys the energy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Id
from lingtan.findings import Finding, InputError
from lingtan.park.assets.commitment import Startable
from lingtan.park.assets.costs import Upkeep
from lingtan.park.assets.ports import ELECTRICITY, Capital, CarrierAt, Carriers
from lingtan.park.size import PowerSize
from lingtan.units import Quantity


class ProcessLoad(Startable, Upkeep):
    """A line that makes tons of a product by deadlines; it may run when energy is cheap, within its rate and its stock."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {
        "input": ELECTRICITY,
        "heat_bus": frozenset({"heat", "steam", "cooling"}),
        "source_bus": frozenset({"material"}),
    }

    family: Literal["process_load"]
    """The asset family."""
    input: Id
    """The bus it draws electricity from."""
    power: PowerSize
    """Electric power at the highest rate of production [kW]."""
    specific_energy: Annotated[float, Quantity("kWh/t", gt=0)]
    """Electricity per ton of product [kWh/t]."""
    heat_bus: Id | None = None
    """The bus of heat, steam or cold that it takes as well."""
    heat_per_ton: Annotated[float, Quantity("kWh/t", ge=0)] = 0.0
    """Heat, steam or cold per ton of product [kWh/t]."""
    source_bus: Id | None = None
    """The bus of the material that it takes."""
    material_per_ton: Annotated[float, Quantity("t/t", ge=0)] = 0.0
    """Material per ton of product [t/t]."""
    tons: Annotated[float, Quantity("t", ge=0)]
    """Product that is due by the end of each window [t]."""
    window: Annotated[float, Quantity("h", gt=0, le=744)] = 24.0
    """Length of a window [h]; windows follow each other from midnight of a Monday on, so 24 h are days and 168 h are weeks."""
    stock: Annotated[float, Quantity("t", ge=0)] = 0.0
    """Most product that may be made ahead and wait beyond a deadline [t]."""
    shortfall_price: Annotated[float, Quantity("CNY/t", gt=0)] = 50_000.0
    """Price of a ton that misses its deadline [CNY/t]; high enough that missing is never cheap, and never part of a bill."""
    capex: Annotated[float, Quantity("CNY/kW", ge=0)] = 0.0
    """Capital cost of a new kilowatt of electric power [CNY/kW]."""
    member: Id | None = None
    """The enterprise that it belongs to."""
    meter: Id | None = None
    """The meter that counts it."""

    @model_validator(mode="after")
    def _whole_inputs(self) -> Self:
        halves = {
            ".heat_per_ton": (self.heat_bus is None) != (self.heat_per_ton == 0.0),
            ".material_per_ton": (self.source_bus is None) != (self.material_per_ton == 0.0),
        }
        found = [Finding("park.input-half-said", field) for field, half in halves.items() if half]
        if found:
            raise InputError(found)
        return self

    def flows(self, carrier_at: CarrierAt) -> Iterator[str]:
        """What it takes, makes, and misses."""
        yield from super().flows(carrier_at)
        yield "product_t_per_h"
        yield "shortfall_t_per_h"

    def capital(self) -> Iterator[Capital]:
        """The electric power."""
        yield Capital("power_kw", self.capex, self.life, self.om_share)
