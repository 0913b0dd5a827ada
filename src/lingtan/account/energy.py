"""The energy account: where the park's electricity came from and where it went, with nothing left over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lingtan.frozen import DeepFrozen
from lingtan.park import Park, Transformer, flow_names
from lingtan.series import Table
from lingtan.tolerances import NOTICED_KW


@dataclass(frozen=True)
class Energy(DeepFrozen):
    """Energies of a period [kWh], each ≥ 0 but for `losses_kwh` of a period in which a store was emptied.

    `import + generation + shortfall = load + export + losses`: what was served plus what was cut is the need. Losses are
    what went into stores and did not come out again, and what transformers lose, as far as the table holds it. What vehicles drive
    with is a load, and comes out of their batteries. A flow that never reaches a watt (`NOTICED_KW`) counts as none.
    """

    load_kwh: float
    import_kwh: float
    export_kwh: float
    generation_kwh: Mapping[str, float]
    """Available energy by asset: delivered plus curtailed."""
    curtailed_kwh: float
    losses_kwh: float
    shortfall_kwh: float
    charge_kwh: float
    discharge_kwh: float
    curtailed_by_asset_kwh: Mapping[str, float]

    @property
    def available_kwh(self) -> float:
        """All energy that generators offered."""
        return sum(self.generation_kwh.values())

    @property
    def delivered_kwh(self) -> float:
        """All energy that generators delivered."""
        return self.available_kwh - self.curtailed_kwh

    def delivered_by(self, asset: str) -> float:
        """What one generator delivered."""
        return self.generation_kwh[asset] - self.curtailed_by_asset_kwh[asset]

    @property
    def used_kwh(self) -> float:
        """Electricity that the park really used: load that was served, and losses."""
        return self.load_kwh - self.shortfall_kwh + self.losses_kwh


def energy_of(park: Park, table: Table) -> Energy:
    """The energy account of any schedule or metered series that holds the park's flows."""
    hours = table.grid.step_hours

    def kwh(name: str) -> float:
        """The energy of a flow; none where it never reaches a watt, which is what a solver leaves."""
        flow = table[name]
        return float(flow.sum() * hours) if float(np.abs(flow).max(initial=0.0)) > NOTICED_KW else 0.0

    names = flow_names(park)
    curtailed = {name: kwh(f"{name}.curtailed_kw") for name, _ in park.generators()} | dict.fromkeys(park.makers(), 0.0)
    delivered = {name: kwh(f"{name}.generation_kw") for name in curtailed}
    charged = sum(map(kwh, names["charge_kw"]), 0.0)
    lost = sum((kwh(name) for name in _lost(park) if name in table), 0.0)
    discharged = sum(map(kwh, names["discharge_kw"]), 0.0)
    return Energy(
        load_kwh=sum(map(kwh, names["load_kw"])),
        import_kwh=sum(map(kwh, names["import_kw"])),
        export_kwh=sum(map(kwh, names["export_kw"])),
        generation_kwh={name: delivered[name] + curtailed[name] for name in delivered},
        curtailed_kwh=sum(curtailed.values(), 0.0),
        losses_kwh=charged - discharged + lost,
        shortfall_kwh=sum(map(kwh, names["shortfall_kw"])),
        charge_kwh=charged,
        discharge_kwh=discharged,
        curtailed_by_asset_kwh=curtailed,
    )


def _lost(park: Park) -> list[str]:
    """The flows of what transformers lose."""
    carrier_at = park.carrier_at()
    return [f"{name}.{transformer.flow_lost(carrier_at)}" for name, transformer in park.of_family(Transformer)]
