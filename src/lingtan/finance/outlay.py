"""What sizes cost to build, economies of scale counted in: one formula for the optimizer's terms and for the cash flow."""

from __future__ import annotations

from lingtan.park import Park
from lingtan.park.assets.scale import Scale
from lingtan.park.size import sizes_in
from lingtan.terms import Outlay


def scales_of(park: Park) -> dict[str, Scale]:
    """The sizes whose cost is more than a price times the size: the last one that an asset has (the energy of a store)."""
    scales: dict[str, Scale] = {}
    for name, asset in park.assets.items():
        if isinstance(asset, Scale) and asset.has_scale:
            *_, last = sizes_in("assets", {name: asset})
            scales[last.name] = asset
    return scales


def outlay_of(size: str, capex: float, scale: Scale, *, factor: float = 1.0, name: str = "capital") -> Outlay:
    """The outlay for a size of `capex` [CNY per unit] below its first step, times a factor (a yearly share, an upkeep)."""
    slopes = (capex, *(step.capex for step in scale.capex_above))
    breaks = tuple(step.size for step in scale.capex_above)
    return Outlay(name, size, factor * scale.capex_fixed, breaks, tuple(factor * slope for slope in slopes))


def capital_cny(size: str, capex: float, scale: Scale | None, added: float, before: float = 0.0) -> float:
    """What it costs to add to a size that was there before [CNY]: what is paid once was paid, and a unit more may be cheaper."""
    if scale is None:
        return capex * added
    outlay = outlay_of(size, capex, scale)
    return outlay.of(before + added) - outlay.of(before)
