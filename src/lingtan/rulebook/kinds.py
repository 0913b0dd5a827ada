"""The closed set of record kinds, by the name that a record's `kind` carries."""

from __future__ import annotations

from types import MappingProxyType

from lingtan.rulebook.assumption import Assumption
from lingtan.rulebook.calendar import Calendar
from lingtan.rulebook.core_indicator import CoreIndicator
from lingtan.rulebook.emission_factor import EmissionFactor
from lingtan.rulebook.energy_conversion import EnergyConversion
from lingtan.rulebook.record import Record
from lingtan.rulebook.retail_price import RetailPrice
from lingtan.rulebook.time_of_use import TimeOfUse

KINDS: MappingProxyType[str, type[Record] | type[Assumption]] = MappingProxyType(
    {
        "assumption": Assumption,
        "calendar": Calendar,
        "core_indicator": CoreIndicator,
        "emission_factor": EmissionFactor,
        "energy_conversion": EnergyConversion,
        "retail_price": RetailPrice,
        "time_of_use": TimeOfUse,
    }
)


def kind_name(model: type[Record]) -> str:
    """The name of a kind's model, such as `retail_price`."""
    return next(name for name, known in KINDS.items() if known is model)
