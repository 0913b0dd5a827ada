"""Fuel cell: electricity of hydrogen, and heat that may be used. An activity of 1 kW is 1 kW of electricity."""

from __future__ import annotations

from lingtan.park import FuelCell
from lingtan.plant.conversion import Coefficient, Conversion, Curve, Levels, commitment_with
from lingtan.plant.electrolyzer import relative_to_full_load


def fuel_cell(asset: FuelCell, levels: Levels) -> Conversion:
    """Hydrogen by the efficiency at full load, or by the curve; heat a share of the energy of the hydrogen."""
    kwh_per_kg, full = levels.kwh_per_unit(asset.fuel_bus), asset.full_efficiency
    given: dict[str, Coefficient] = {"bus": 1.0}
    taken: dict[str, Coefficient] = {"fuel_bus": -1.0 / (full * kwh_per_kg), "heat_bus": asset.heat_share / full}
    rules = commitment_with(asset.commitment, asset.part_load)
    if asset.part_load is None:
        return Conversion({"electricity": given | taken}, commitment=rules)
    curve = Curve("electricity", relative_to_full_load(asset.part_load), taken)
    return Conversion({"electricity": given}, curve=curve, commitment=rules)
