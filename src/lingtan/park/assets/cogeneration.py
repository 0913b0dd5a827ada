"""Electricity from steam, heat or fuel: turbines, organic Rankine cycles, combined heat and power."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from lingtan.fact import Id
from lingtan.findings import Finding, InputError, say_number
from lingtan.park.assets.costs import Share
from lingtan.park.assets.heat import Machine
from lingtan.park.assets.ports import ELECTRICITY, Carriers
from lingtan.park.carriers import BURNT, WARM
from lingtan.park.size import PowerSize
from lingtan.tolerances import WRITTEN_RELATIVE
from lingtan.units import Efficiency, Quantity


class _Generating(Machine):
    """A plant whose size is its electric power."""

    power: PowerSize
    """Electric power [kW]."""

    @property
    def most_out(self) -> float:
        """The most energy that leaves it per energy that goes in [1]."""
        raise NotImplementedError

    @model_validator(mode="after")
    def _no_more_out_than_in(self) -> Self:
        """No energy from nowhere."""
        if self.most_out > 1.0 + WRITTEN_RELATIVE:
            raise InputError([Finding("park.energy-from-nowhere", ".efficiency", "≤ 1", say_number(self.most_out))])
        return self


class Turbine(_Generating):
    """Electricity from steam, or from heat (organic Rankine cycle). With an exhaust bus it is a back-pressure turbine."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"source_bus": WARM}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": ELECTRICITY, "exhaust_bus": WARM}

    family: Literal["turbine"]
    """The asset family."""
    source_bus: Id
    """The bus of steam or heat that drives it."""
    bus: Id
    """The bus of electricity that it feeds."""
    efficiency: Efficiency
    """Electricity out per steam or heat taken [1]."""
    exhaust_bus: Id | None = None
    """The bus of steam or heat that its exhaust feeds, at a lower level; none means it condenses to the surroundings."""
    loss: Share = 0.02
    """Share of what it takes that reaches neither generator nor exhaust [1]."""

    @property
    def most_out(self) -> float:
        """Electricity and loss; the exhaust is the rest."""
        return self.efficiency + self.loss


class Chp(_Generating):
    """Combined heat and power: electricity and heat from a fuel, by back pressure or by extraction.

    A back-pressure plant (or an engine) gives both in a fixed ratio. An extraction plant may give all its electricity and no
    heat, and loses some of it for the heat that is taken out.
    """

    TAKES: ClassVar[Mapping[str, Carriers]] = {"fuel_bus": BURNT}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": ELECTRICITY, "heat_bus": WARM}

    family: Literal["chp"]
    """The asset family."""
    fuel_bus: Id
    """The bus of its fuel."""
    bus: Id
    """The bus of electricity that it feeds."""
    heat_bus: Id
    """The bus of heat or steam that it feeds."""
    efficiency: Efficiency
    """Electricity out per energy in the fuel, by the lower heating value; of an extraction plant without any heat taken out [1]."""
    power_to_heat: Annotated[float, Quantity("1", gt=0)]
    """Electricity per heat: always, by back pressure; at the most heat, by extraction [1]."""
    power_loss: Annotated[float, Quantity("1", gt=0, lt=1)] | None = None
    """Electricity lost for each unit of heat taken out of an extraction plant; none means back pressure [1]."""

    @property
    def power_at_most_heat(self) -> float:
        """Electricity beside the most heat, as a share of what the same fuel makes without heat [1]; 1 by back pressure."""
        return self.power_to_heat / (self.power_to_heat + (self.power_loss or 0.0))

    @property
    def most_out(self) -> float:
        """Electricity and heat, where most heat is given."""
        return self.efficiency * self.power_at_most_heat * (1.0 + 1.0 / self.power_to_heat)
