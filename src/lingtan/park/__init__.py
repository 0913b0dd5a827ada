"""What a park is: its file, its parts, its checks.

`read_park` gives a frozen `Park`; `flow_names` lists the flows it publishes. The sections `series:` and `rules:` of the file
are kept as plain data, for they are written in the language of `lingtan.series` and `lingtan.rulebook`; `lingtan.case` joins
the three.
"""

from __future__ import annotations

from lingtan.park.activities import (
    Activity,
    Bunker,
    FuelUse,
    GreenPurchase,
    HeatTrade,
    ProcessOutput,
    RecoveredHeat,
)
from lingtan.park.assets import (
    AbsorptionChiller,
    Asset,
    Battery,
    Boiler,
    Byproduct,
    Chp,
    CompressionChiller,
    Converting,
    Demand,
    ElectricBoiler,
    FirmLine,
    HeatExchanger,
    HeatPump,
    Link,
    Load,
    Outside,
    Pipe,
    Ported,
    Profiled,
    Pv,
    Sale,
    Stream,
    Supply,
    ThermalStore,
    Transformer,
    Turbine,
    Vent,
    WasteHeat,
    Wind,
)
from lingtan.park.carriers import COUNTED, Carrier
from lingtan.park.conditions import BankLoan
from lingtan.park.flows import TOTALS, flow_names
from lingtan.park.park import Park
from lingtan.park.read import check_park_alone, read_park

__all__ = [
    "COUNTED",
    "TOTALS",
    "AbsorptionChiller",
    "Activity",
    "Asset",
    "BankLoan",
    "Battery",
    "Boiler",
    "Bunker",
    "Byproduct",
    "Carrier",
    "Chp",
    "CompressionChiller",
    "Converting",
    "Demand",
    "ElectricBoiler",
    "FirmLine",
    "FuelUse",
    "GreenPurchase",
    "HeatExchanger",
    "HeatPump",
    "HeatTrade",
    "Link",
    "Load",
    "Outside",
    "Park",
    "Pipe",
    "Ported",
    "ProcessOutput",
    "Profiled",
    "Pv",
    "RecoveredHeat",
    "Sale",
    "Stream",
    "Supply",
    "ThermalStore",
    "Transformer",
    "Turbine",
    "Vent",
    "WasteHeat",
    "Wind",
    "check_park_alone",
    "flow_names",
    "read_park",
]
