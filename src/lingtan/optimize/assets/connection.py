"""Grid connection: import and export, each within its limit and within what the transformer carries, less the demand margin."""

from __future__ import annotations

from lingtan.optimize.assets.converter import Converter, lower_converter
from lingtan.optimize.layout import Affine, Layout, SizeOf
from lingtan.park.site import Connection


def lower_connection(name: str, connection: Connection, layout: Layout) -> None:
    """Publish `<name>.import_kw`, `<name>.export_kw` and the size `<name>.capacity_kva`."""
    capacity = layout.size(f"{name}.capacity_kva", connection.capacity.min, connection.capacity.max, "kVA")
    ways = []
    for direction, limit, sign, planned in (
        ("import", connection.import_limit, 1.0, connection.planned_share),
        ("export", connection.export_limit, -1.0, 1.0),
    ):
        flow = f"{name}.{direction}_kw"
        carried = capacity.known * connection.power_factor
        if capacity.column is None:
            size, share = SizeOf(planned * (carried if limit is None else min(limit, carried))), 1.0
        else:
            size, share = capacity, planned * connection.power_factor
        columns = lower_converter(Converter(flow, {connection.bus: sign}, share), size, layout)
        if capacity.column is not None and limit is not None:
            layout.program.cap(columns, planned * limit)
        layout.publish(flow, Affine.of(columns))
        ways.append(columns)
    layout.opposed[name] = ways[0], ways[1]
    layout.netted.append(layout.opposed[name])
