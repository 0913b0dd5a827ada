"""Electrolyzer: hydrogen of electricity, and heat that may be used. An activity of 1 kW is what 1 kW makes at full load."""

from __future__ import annotations

from lingtan.park import Electrolyzer
from lingtan.park.assets.part_load import PartLoad
from lingtan.park.carriers import HYDROGEN_LHV_KWH_PER_KG
from lingtan.plant.conversion import Coefficient, Conversion, Curve, commitment_with


def electrolyzer(asset: Electrolyzer) -> Conversion:
    """Hydrogen by the efficiency at full load; electricity as much, or by the curve; heat a share of the electricity."""
    hydrogen: dict[str, Coefficient] = {"bus": asset.full_efficiency / HYDROGEN_LHV_KWH_PER_KG}
    taken: dict[str, Coefficient] = {"input": -1.0, "heat_bus": asset.heat_share}
    rules = commitment_with(asset.commitment, asset.part_load)
    if asset.part_load is None:
        return Conversion({"hydrogen": hydrogen | taken}, commitment=rules)
    curve = Curve("hydrogen", relative_to_full_load(asset.part_load), taken)
    return Conversion({"hydrogen": hydrogen}, curve=curve, commitment=rules)


def relative_to_full_load(curve: PartLoad) -> PartLoad:
    """The curve with the efficiency at full load as its unit: input and output are then the same share of the size there.

    >>> half, full = {"load": 0.5, "efficiency": 0.75}, {"load": 1.0, "efficiency": 0.6}
    >>> inputs = relative_to_full_load(PartLoad.model_validate({"points": [half, full]})).curve()[1]
    >>> inputs.round(6).tolist()
    [0.4, 1.0]
    """
    full = curve.points[-1].efficiency
    points = [point.model_copy(update={"efficiency": point.efficiency / full}) for point in curve.points]
    return curve.model_copy(update={"points": tuple(points)})
