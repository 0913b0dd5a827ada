"""Demand: heat, steam, cooling, hydrogen or a material that members need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from lingtan.fact import Id
from lingtan.park.assets.ports import Carriers
from lingtan.park.assets.profiled import Profiled
from lingtan.park.carriers import CARRIERS
from lingtan.units import Quantity

ALL_BUT_ELECTRICITY: Carriers = frozenset(CARRIERS) - {"electricity"}


class Demand(Profiled):
    """A need of any carrier but electricity: served in every step, or reported as shortfall at a price far above any other."""

    TAKES: ClassVar[Mapping[str, Carriers]] = {"bus": ALL_BUT_ELECTRICITY}
    STEMS: ClassVar[Mapping[str, str]] = {"bus": "demand"}

    family: Literal["demand"]
    """The asset family."""
    bus: Id
    """The bus that serves it."""
    shortfall_price: Annotated[float, Quantity("CNY/kWh", gt=0)] = 50.0
    """Price of what cannot be served, per kilowatt-hour of it (a kilogram counts as one where it is a material) [CNY/kWh]."""
