"""Carriers: what may flow at a bus, and in which units it is counted there.

Every bus balances in the unit of its carrier: power in kW, hydrogen in kg/h, gases in m3/h at normal conditions, biomass and
materials in t/h. The name of a flow ends with that unit (`electrolyzer.hydrogen_kg_per_h`), so a term knows what it sums up.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple, get_args

Carrier = Literal["electricity", "heat", "steam", "cooling", "hydrogen", "gas", "byproduct_gas", "biomass", "material"]
CARRIERS: tuple[Carrier, ...] = get_args(Carrier)
RateUnit = Literal["kW", "kg/h", "m3/h", "t/h"]
AmountUnit = Literal["kWh", "kg", "m3", "t"]


class Counted(NamedTuple):
    """How a carrier is counted: rate, amount (a rate for an hour), and how names of flows and contents end."""

    rate: RateUnit
    amount: AmountUnit

    @property
    def rate_ending(self) -> str:
        """The ending of a flow's name: `kw`, `kg_per_h`."""
        return self.rate.lower().replace("/", "_per_")

    @property
    def amount_ending(self) -> str:
        """The ending of a content's name: `kwh`, `kg`."""
        return self.amount.lower()


_POWER = Counted("kW", "kWh")
_GAS = Counted("m3/h", "m3")
_BULK = Counted("t/h", "t")
COUNTED: Mapping[Carrier, Counted] = MappingProxyType(
    {
        "electricity": _POWER,
        "heat": _POWER,
        "steam": _POWER,
        "cooling": _POWER,
        "hydrogen": Counted("kg/h", "kg"),
        "gas": _GAS,
        "byproduct_gas": _GAS,
        "biomass": _BULK,
        "material": _BULK,
    }
)
"""Units of every carrier."""

HYDROGEN_LHV_KWH_PER_KG = 33.33
"""Lower heating value of hydrogen (120.0 MJ/kg) [kWh/kg]."""

KWH_PER_TON_OF_MATERIAL = 1000.0
"""What a ton of a material that cannot be served counts as beside energy: only prices of shortfalls use it [kWh/t]."""

BURNT: frozenset[Carrier] = frozenset({"hydrogen", "gas", "byproduct_gas", "biomass"})
"""Carriers whose energy is their lower heating value."""
GASES: frozenset[Carrier] = frozenset({"gas", "byproduct_gas"})
"""Carriers that the carbon account counts in m3; what burns of them is fossil unless somebody says so."""
WARM: frozenset[Carrier] = frozenset({"heat", "steam"})
"""Carriers of heat above the surroundings."""


def flow_of(stem: str, carrier: Carrier) -> str:
    """The name of a flow of a carrier.

    >>> flow_of("heat", "heat"), flow_of("hydrogen", "hydrogen")
    ('heat_kw', 'hydrogen_kg_per_h')
    """
    return f"{stem}_{COUNTED[carrier].rate_ending}"
