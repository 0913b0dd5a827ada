"""What the pages need to know of the park: names in both languages, sizes, limits. It does not change during a run."""

from __future__ import annotations

from typing import Any, Literal

from lingtan.park import Asset, Battery, Park
from lingtan.park.names import Names, capital
from lingtan.park.size import UNITS
from lingtan.web.run import OpenRun
from lingtan.web.sentences import both
from lingtan.wording.web import WEB_WORDS

SETTABLE: dict[str, Literal["power", "limit"]] = {"battery": "power", "pv": "limit", "wind": "limit"}
"""What control may set of a family: its power, or a limit of it."""

_POINT = "point."


def park_view(run: OpenRun) -> dict[str, Any]:
    """The park as plain data."""
    park, names = run.park, Names(run.park)
    return {
        "name": park.name,
        "title": both(park.title.words),
        "disclosure": both(park.disclosure.words),
        "zone": park.site.zone,
        "studied_year": park.period.year,
        "twin": run.facts.twin,
        "created_ms": run.facts.created_ms,
        "connections": {
            name: {"title": both(capital(names.connection(name))), **connection_limits(run, name)}
            for name in park.connections
        },
        "quantities": {
            key.removeprefix(_POINT): both(words) for key, words in WEB_WORDS.items() if key.startswith(_POINT)
        },
        "assets": {name: _asset(run, name, asset, names) for name, asset in park.assets.items()},
    }


def _asset(run: OpenRun, name: str, asset: Asset, names: Names) -> dict[str, Any]:
    bounds = set_point_bounds(run, name)
    return {
        "title": both(capital(names.asset(name))),
        "family": asset.family,
        "sets": SETTABLE.get(asset.family),
        "low_kw": None if bounds is None else bounds[0],
        "high_kw": None if bounds is None else bounds[1],
        **{size: value for size in UNITS if (value := size_of(run, name, size)) is not None},
    }


def set_point_bounds(run: OpenRun, name: str) -> tuple[float, float] | None:
    """Least and most set-point of an asset [kW]; None for what takes none."""
    asset = run.park.assets.get(name)
    if asset is None or asset.family not in SETTABLE:
        return None
    power = size_of(run, name, "power_kw") or 0.0
    return (-power if isinstance(asset, Battery) else 0.0, power)


def size_of(run: OpenRun, name: str, size: str) -> float | None:
    """A size of an asset or a connection; None where it has no such size."""
    return next((each.size.max for each in run.park.sizes() if each.name == f"{name}.{size}"), None)


def connection_limits(run: OpenRun, name: str) -> dict[str, float]:
    """What the grid may give and take at a connection [kW]."""
    connection = run.park.connections[name]
    carried = (size_of(run, name, "capacity_kva") or 0.0) * connection.power_factor
    most = carried if connection.import_limit is None else min(carried, connection.import_limit)
    return {"import_limit_kw": most, "export_limit_kw": min(carried, connection.export_limit)}


def main_connection(park: Park) -> str | None:
    """The connection whose demand is shown; a park without one is an island."""
    return next(iter(park.connections), None)
