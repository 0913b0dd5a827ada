"""Cold: chillers driven by electricity, and by heat or steam."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from lingtan.fact import Id
from lingtan.park.assets.costs import Share
from lingtan.park.assets.heat import HEAT, Machine
from lingtan.park.assets.ports import ELECTRICITY, Carriers
from lingtan.park.carriers import WARM
from lingtan.units import Quantity

COOLING: Carriers = frozenset({"cooling"})


class CompressionChiller(Machine):
    """A chiller with a compressor; its size is the cold that it gives."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"input": ELECTRICITY}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": COOLING, "reject_bus": HEAT}

    family: Literal["compression_chiller"]
    """The asset family."""
    input: Id
    """The bus it draws electricity from."""
    bus: Id
    """The bus of cooling that it feeds."""
    reject_bus: Id | None = None
    """The bus of heat that takes what it rejects; none means the outside air."""
    cop: Annotated[float, Quantity("1", ge=1, le=20)] | None = None
    """Cold given per electricity taken (EER), the same all year; none computes it from the temperatures [1]."""
    quality: Share = 0.5
    """Share of the ideal (Carnot) coefficient of performance that the machine reaches [1]."""
    pinch: Annotated[float, Quantity("K", ge=0, le=50)] = 5.0
    """Temperature difference that each of its two heat exchangers takes [K]."""


class AbsorptionChiller(Machine):
    """A chiller driven by heat or steam; its size is the cold that it gives."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"source_bus": WARM}
    GIVES: ClassVar[Mapping[str, Carriers]] = {"bus": COOLING, "reject_bus": HEAT}

    family: Literal["absorption_chiller"]
    """The asset family."""
    source_bus: Id
    """The bus of heat or steam that drives it."""
    bus: Id
    """The bus of cooling that it feeds."""
    reject_bus: Id | None = None
    """The bus of heat that takes what it rejects; none means a cooling tower."""
    cop: Annotated[float, Quantity("1", gt=0, le=2)] = 0.7
    """Cold given per heat taken [1]: about 0.7 with one stage (hot water of 90 °C), 1.3 with two (steam)."""
