"""The account of every carrier but electricity: what each bus was given and what was taken from it, with nothing left over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lingtan.frozen import DeepFrozen
from lingtan.park import COUNTED, Carrier, Link, Park, Stream, Vent
from lingtan.park.assets import Port, Ported
from lingtan.park.assets.ports import CarrierAt
from lingtan.park.carriers import flow_of
from lingtan.series import Table
from lingtan.tolerances import noticed_in


@dataclass(frozen=True)
class BusBalance(DeepFrozen):
    """Amounts at one bus over a period [`unit`], by asset, each ≥ 0: `Σ given + shortfall = Σ taken`.

    `taken` counts needs in full, stores that are filled, and what is vented; `vented` is that part of it. `unused` is what arose
    and never came to the bus: heat rejected, gas flared, material dumped.
    """

    bus: str
    carrier: Carrier
    unit: str
    given: Mapping[str, float]
    taken: Mapping[str, float]
    shortfall: float
    vented: float
    unused: float

    @property
    def total(self) -> float:
        """All that was taken [`unit`]."""
        return sum(self.taken.values())


def carriers_of(park: Park, table: Table) -> tuple[BusBalance, ...]:
    """The balance of each bus that is not of electricity and whose flows are all in the table, in the order of the file."""
    return tuple(
        balance
        for bus, at in park.buses.items()
        if at.carrier != "electricity" and (balance := _balance(park, table, bus)) is not None
    )


def _balance(park: Park, table: Table, bus: str) -> BusBalance | None:
    carrier = park.buses[bus].carrier
    little = noticed_in(COUNTED[carrier].rate)

    def amount(flow: str) -> float:
        """The amount of a flow; none where it never reaches a watt or its like, which is what a solver leaves."""
        values = table[flow]
        return float(values.sum() * table.grid.step_hours) if float(values.max(initial=0.0)) > little else 0.0

    given: dict[str, float] = {}
    taken: dict[str, float] = {}
    vented = shortfall = unused = 0.0
    for name, asset in park.assets.items():
        for port in (port for port in asset.ports() if port.bus == bus):
            for way, flow, share in _flows(name, asset, port, park.carrier_at()):
                if flow not in table.columns:
                    return None
                side = given if way == "gives" else taken
                side[name] = side.get(name, 0.0) + share * amount(flow)
            cut = f"{name}.{flow_of('shortfall', carrier)}"
            shortfall += amount(cut) if cut in table.columns else 0.0
        if isinstance(asset, Vent) and asset.bus == bus:
            vented += taken[name]
        if isinstance(asset, Stream) and asset.bus == bus:
            unused += amount(f"{name}.{asset.flow_left(park.carrier_at())}")
    return BusBalance(bus, carrier, COUNTED[carrier].amount, given, taken, shortfall, vented, unused)


def _flows(name: str, asset: Ported, port: Port, carrier_at: CarrierAt) -> Iterator[tuple[str, str, float]]:
    """Flows at a port, with their ways and what a unit of them is there: a pipe sends more than arrives."""
    carrier = carrier_at[port.bus]
    if isinstance(asset, Link):
        for way, flow, share in asset.at(port.field, carrier_at):
            yield way, f"{name}.{flow}", share
    elif port.way == "both":
        yield "gives", f"{name}.{flow_of('discharge', carrier)}", 1.0
        yield "takes", f"{name}.{flow_of('charge', carrier)}", 1.0
    else:
        yield port.way, f"{name}.{asset.flow(port, carrier)}", 1.0
