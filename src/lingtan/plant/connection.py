"""Grid connection: it takes the balance of its bus; what exceeds its limits flows all the same, and is reported."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lingtan.park.site import Connection
from lingtan.plant.ambient import Array


def import_limit_kw(connection: Connection) -> float:
    """Most power that the park may draw [kW]: its limit, and what the transformer carries."""
    return _within(connection, connection.import_limit)


def export_limit_kw(connection: Connection) -> float:
    """Most power that the park may feed in [kW]."""
    return _within(connection, connection.export_limit)


def run_connection(connection: Connection, power_kw: Array) -> dict[str, Array]:
    """Points of a connection through which `power_kw` flows (importing > 0); `excess_kw` is how far beyond a limit that is."""
    over = np.maximum(power_kw - import_limit_kw(connection), 0.0)
    under = np.maximum(-power_kw - export_limit_kw(connection), 0.0)
    return {"power_kw": power_kw, "excess_kw": over + under}


def shares(connections: Mapping[str, Connection]) -> dict[str, float]:
    """How the connections of one bus share its balance [1]: by what their transformers carry."""
    carried = {name: _carried(connection) for name, connection in connections.items()}
    total = sum(carried.values())
    return {name: value / total if total > 0 else 1.0 / len(carried) for name, value in carried.items()}


def _carried(connection: Connection) -> float:
    return connection.capacity.min * connection.power_factor


def _within(connection: Connection, limit_kw: float | None) -> float:
    return _carried(connection) if limit_kw is None else min(limit_kw, _carried(connection))
