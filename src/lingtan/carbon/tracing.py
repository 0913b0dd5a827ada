"""Where the electricity that a park used came from, interval by interval: the trace behind shares of single members.

What is sent out in a step is taken from what plants and direct lines deliver in that step, each in proportion, and only then
from storage; it is never taken from the import. What is left mixes: every load of a step draws the same mix, in proportion to
its power, and so does what turns electricity into heat or hydrogen. Storage gives out the mean mix of what it took in over the
period, so its losses fall on all kinds alike, and so does what vehicles drive with, which only their batteries give. Nothing is
known of where the public grid's electricity comes from, so an import traces to nothing; nor does what the park makes of fuels,
whose own lines count it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lingtan.carbon.annex4 import is_direct_non_fossil
from lingtan.frozen import DeepFrozen
from lingtan.park import Battery, EvFleet, Park
from lingtan.series import Table

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Trace(DeepFrozen):
    """What a park's electricity traces to; arrays are (T,), energies [kWh]."""

    direct_pu: Array
    """Directly supplied non-fossil share of what loads draw in each step [1]."""
    import_kwh: float
    """Taken in from the public grid."""
    fossil_kwh: float
    """Delivered by direct lines that are not known to be non-fossil."""
    sent_fossil_kwh: float
    """Sent out of what those lines delivered."""
    load_kwh: dict[str, float]
    """Served load of each member; that of no member under the empty name."""
    direct_kwh: dict[str, float]
    """Part of it that traces to directly supplied non-fossil electricity."""

    @property
    def unbacked_kwh(self) -> dict[str, float]:
        """The other part of each member's load."""
        return {member: load - self.direct_kwh[member] for member, load in self.load_kwh.items()}


def trace(park: Park, table: Table) -> Trace:
    """Trace the flows of a park [kW]; `table` holds them by the names of `flow_names`, shortfall where there was one."""
    hours, zero = table.grid.step_hours, np.zeros(table.grid.steps)

    def power(names: Iterable[str]) -> Array:
        return sum((table[name] for name in names), start=zero)

    kinds = {name: is_direct_non_fossil(asset) for name, asset in park.generators()}
    direct = power(f"{name}.generation_kw" for name, non_fossil in kinds.items() if non_fossil)
    fossil = power(f"{name}.generation_kw" for name, non_fossil in kinds.items() if not non_fossil)
    made = power(f"{name}.generation_kw" for name in park.makers())
    taken_in = power(f"{name}.import_kw" for name in park.connections)
    sent = power(f"{name}.export_kw" for name in park.connections)
    stores = [name for name, _ in (*park.of_family(Battery), *park.of_family(EvFleet))]
    charge, discharge = (power(f"{name}.{way}_kw" for name in stores) for way in ("charge", "discharge"))
    drawn, driven = served_by_member_kw(park, table), driven_by_member_kw(park, table)

    generated = direct + fossil + made
    sent_share = _ratio(np.minimum(sent, generated), generated)
    stored = np.maximum(discharge - np.maximum(sent - generated, 0.0), 0.0)
    left, other = direct * (1 - sent_share), taken_in + (fossil + made) * (1 - sent_share)
    mix, kept = direct_mix(left, other, charge, stored), kept_share(left, other, charge)
    members = dict.fromkeys((*drawn, *driven))
    return Trace(
        direct_pu=mix,
        import_kwh=float(taken_in.sum() * hours),
        fossil_kwh=float(fossil.sum() * hours),
        sent_fossil_kwh=float((fossil * sent_share).sum() * hours),
        load_kwh={each: float((drawn.get(each, zero) + driven.get(each, zero)).sum() * hours) for each in members},
        direct_kwh={
            each: float((drawn.get(each, zero) * mix + driven.get(each, zero) * kept).sum() * hours) for each in members
        },
    )


def served_by_member_kw(park: Park, table: Table) -> dict[str, Array]:
    """Load that was served of each member from the buses, (T,) [kW]; what no member owns under the empty name.

    A meter sees only what was served, so a table without shortfall is one without cuts.
    """
    served: dict[str, Array] = {}
    for name, load in park.electric_needs():
        if isinstance(load, EvFleet):
            continue
        own = table[f"{name}.load_kw"]
        cut = f"{name}.shortfall_kw"
        own = own - table[cut] if cut in table else own
        member = load.member or ""
        served[member] = served[member] + own if member in served else own
    for name in park.users():
        member, own = park.assets[name].member or "", table[f"{name}.consumption_kw"]
        served[member] = served[member] + own if member in served else own
    return served


def driven_by_member_kw(park: Park, table: Table) -> dict[str, Array]:
    """What the batteries of vehicles gave to driving, by the member of the fleet, (T,) [kW]; of no member under the empty name."""
    driven: dict[str, Array] = {}
    for name, fleet in park.of_family(EvFleet):
        member, own = fleet.member or "", table[f"{name}.driven_kw"]
        driven[member] = driven[member] + own if member in driven else own
    return driven


def kept_share(direct_kw: Array, other_kw: Array, charge_kw: Array) -> float:
    """Non-fossil direct share of all that storage took in [1]; 0 where it took nothing."""
    charged = float(charge_kw.sum())
    return float((charge_kw * _ratio(direct_kw, direct_kw + other_kw)).sum()) / charged if charged > 0 else 0.0


def direct_mix(direct_kw: Array, other_kw: Array, charge_kw: Array, stored_kw: Array) -> Array:
    """Non-fossil direct share of what is drawn in each step, (T,) [1]; 0 where nothing is.

    `direct_kw` and `other_kw` are what is left in the park of what comes in, `charge_kw` what storage takes of it and
    `stored_kw` what storage gives back for use inside.

    >>> noon_and_night = np.array([90.0, 0.0]), np.array([30.0, 10.0])
    >>> direct_mix(*noon_and_night, np.array([40.0, 0.0]), np.array([0.0, 30.0])).tolist()
    [0.75, 0.5625]
    """
    in_store = kept_share(direct_kw, other_kw, charge_kw)
    return _ratio(direct_kw + in_store * stored_kw, direct_kw + other_kw + stored_kw)


def _ratio(part: Array, whole: Array) -> Array:
    """Part over whole as a share, 0 where there is no whole; a solver's flows may lie a hair below zero."""
    return np.clip(np.divide(part, whole, out=np.zeros_like(part), where=whole > 0), 0.0, 1.0)
