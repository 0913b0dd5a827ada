"""Fuels and heat that the park buys and sells as flows: the same activities that a park file may state by hand.

A purchase that says which fuel it is, and a trade of heat, count by what flowed, with the records of `activities`. Nothing is
counted twice, for what a park file states there is no flow.
"""

from __future__ import annotations

from collections.abc import Iterator

from lingtan.park import Activity, Carrier, FuelUse, HeatTrade, Park, Sale, Supply
from lingtan.park.activities import FuelAmount
from lingtan.series import Table
from lingtan.units import convert

HEAT = frozenset({"heat", "steam"})
GASES = frozenset({"gas", "byproduct_gas"})


def flow_activities(park: Park, table: Table) -> tuple[Activity, ...]:
    """What was bought and sold of fuels and heat in the period of a table of flows."""
    hours = table.grid.step_hours
    traded = ((name, park.carrier_at()[asset.bus], asset) for name, asset in traders(park))
    found = (
        activity_of(asset, max(float(table[trade_flow(name, park)].sum()) * hours, 0.0), carrier)
        for name, carrier, asset in traded
    )
    return tuple(activity for activity in found if activity is not None)


def traders(park: Park) -> Iterator[tuple[str, Supply | Sale]]:
    """What buys and sells carriers other than electricity."""
    for name, asset in park.assets.items():
        if isinstance(asset, Supply | Sale):
            yield name, asset


def trade_flow(name: str, park: Park) -> str:
    """The flow of a purchase or a sale."""
    return f"{name}.{park.assets[name].flow_at('bus', park.carrier_at())}"


def activity_of(asset: Supply | Sale, amount: float, carrier: Carrier) -> Activity | None:
    """The activity that an amount comes to [kWh, kg, m3 or t by carrier]; None for what emits nothing by itself."""
    if carrier in HEAT:
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
