"""Combined heat and power: one activity by back pressure, two by extraction.

An extraction plant runs between two lines: without heat it makes `P` of a fuel; with the most heat the same fuel makes
`P · σ / (σ + β)` of electricity and `P / (σ + β)` of heat, where σ is the power to heat and β the power lost for a unit of heat.
Every point between them is a mixture of the two, so these are its activities, counted by the electricity that their fuel would make
without heat.
"""

from __future__ import annotations

from lingtan.park import Chp
from lingtan.plant.conversion import Bound, Coefficient, Conversion, Levels


def chp(asset: Chp, levels: Levels) -> Conversion:
    """Electricity, heat and fuel of each activity; by extraction both together stay below the size."""
    fuel = 1.0 / (asset.efficiency * levels.kwh_per_unit(asset.fuel_bus))
    power = asset.power_at_most_heat
    with_heat: dict[str, Coefficient] = {"bus": power, "heat_bus": power / asset.power_to_heat, "fuel_bus": -fuel}
    if asset.power_loss is None:
        return Conversion({"with_heat": with_heat})
    without: dict[str, Coefficient] = {"bus": 1.0, "fuel_bus": -fuel}
    both = Bound({"without_heat": 1.0, "with_heat": 1.0}, 1.0)
    return Conversion({"without_heat": without, "with_heat": with_heat}, bounds=(both,))
