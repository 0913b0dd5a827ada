"""PV, wind and firm lines: power that is offered, and taken or curtailed."""

from __future__ import annotations

from lingtan.optimize.assets.converter import Converter, lower_offered
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.program import Array
from lingtan.park.assets import FirmLine, Pv, Wind


def lower_generator(name: str, asset: Pv | Wind | FirmLine, available_pu: Array, layout: Layout) -> None:
    """Publish `<name>.generation_kw` (delivered), `<name>.curtailed_kw` and the size `<name>.power_kw`."""
    size = layout.size(f"{name}.power_kw", asset.power.min, asset.power.max, "kW")
    offered = Converter(f"{name}.generation_kw", {asset.bus: 1.0}, available_pu)
    delivered, curtailed = lower_offered(offered, size, layout)
    layout.publish(f"{name}.generation_kw", Affine.of(delivered))
    layout.publish(f"{name}.curtailed_kw", Affine.of(curtailed))
