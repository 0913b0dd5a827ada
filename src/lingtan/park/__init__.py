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
    Asset,
    Battery,
    Boiler,
    Byproduct,
    Converting,
    Demand,
    ElectricBoiler,
    FirmLine,
    HeatExchanger,
    HeatPump,
    Load,
    Outside,
    Ported,
    Profiled,
    Pv,
    Sale,
    Stream,
    Supply,
    ThermalStore,
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
    "Activity",
    "Asset",
    "BankLoan",
    "Battery",
    "Boiler",
    "Bunker",
    "Byproduct",
    "Carrier",
    "Converting",
    "Demand",
    "ElectricBoiler",
    "FirmLine",
    "FuelUse",
    "GreenPurchase",
    "HeatExchanger",
    "HeatPump",
    "HeatTrade",
    "Load",
    "Outside",
    "Park",
    "Ported",
    "ProcessOutput",
    "Profiled",
    "Pv",
    "RecoveredHeat",
    "Sale",
    "Stream",
    "Supply",
    "ThermalStore",
    "Vent",
    "WasteHeat",
    "Wind",
    "check_park_alone",
    "flow_names",
    "read_park",
]
