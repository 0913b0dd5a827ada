"""Fuels and heat that the park buys and sells as flows: the same activities that a park file may state by hand.

A purchase or a by-product that says which fuel it is, and a trade of heat, count by what flowed, with the records of `activities`.
Nothing is counted twice, for what a park file states there is no flow.
"""

from __future__ import annotations

from collections.abc import Iterator

from lingtan.park import GASES, Activity, Byproduct, Carrier, FuelUse, HeatTrade, Park, Sale, Supply
from lingtan.park.activities import FuelAmount
from lingtan.series import Table
from lingtan.units import convert

HEAT = frozenset({"heat", "steam"})


Counted = Supply | Sale | Byproduct


def flow_activities(park: Park, table: Table) -> tuple[Activity, ...]:
    """What was bought, sold and burnt of fuels and heat in the period of a table of flows."""
    hours, carrier_at = table.grid.step_hours, park.carrier_at()
    found = []
    for name, asset in counted(park):
        flowed = sum(float(table[flow].sum()) for flow in counted_flows(name, park))
        found.append(activity_of(asset, max(flowed, 0.0) * hours, carrier_at[asset.bus]))
    return tuple(activity for activity in found if activity is not None)


def counted(park: Park) -> Iterator[tuple[str, Counted]]:
    """What may bring fuels and heat into the account, or take heat out of it."""
    for name, asset in park.assets.items():
        if isinstance(asset, Counted):
            yield name, asset


def counted_flows(name: str, park: Park) -> tuple[str, ...]:
    """The flows that count: what is traded; of a by-product all that arises, for what nobody takes is flared."""
    asset, carrier_at = park.assets[name], park.carrier_at()
    traded = f"{name}.{asset.flow_at('bus', carrier_at)}"
    return (traded, f"{name}.{asset.flow_left(carrier_at)}") if isinstance(asset, Byproduct) else (traded,)


def activity_of(asset: Counted, amount: float, carrier: Carrier) -> Activity | None:
    """The activity that an amount comes to [kWh, kg, m3 or t by carrier]; None for what emits nothing by itself."""
    if carrier in HEAT and isinstance(asset, Supply | Sale):
        return HeatTrade(
            kind="heat",
            direction="bought" if isinstance(asset, Supply) else "sold",
            source=asset.heat_source,
            quantity=convert(amount, "kWh", "GJ"),
            member=asset.member,
        )
    if isinstance(asset, Sale) or asset.fuel is None:
        return None
    if carrier in GASES:
        quantity = FuelAmount(amount, "m3")
    else:
        quantity = FuelAmount(amount / 1000.0 if carrier == "hydrogen" else amount, "t")
    return FuelUse(kind="fuel_use", fuel=asset.fuel, use="fuel", quantity=quantity, member=asset.member)
