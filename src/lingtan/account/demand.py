"""What a sliding demand meter may see that the quarter-hours of a bill do not: told beside it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lingtan.findings import Finding, Severity, say_number
from lingtan.market.months import DEMAND_MINUTES, demand_grouping
from lingtan.park import Park
from lingtan.series import Table
from lingtan.tolerances import NOTICED_KW


def demand_notes(park: Park, table: Table) -> Iterator[Finding]:
    """The demand margin of each connection; and on steps shorter than a quarter-hour, how far sliding exceeds what is billed."""
    billed = demand_grouping(table.grid)
    for name, connection in park.connections.items():
        if connection.demand_margin > 0:
            got = f"{say_number(100.0 * connection.demand_margin)} %"
            yield Finding("market.demand-margin", f"connections.{name}.demand_margin", got=got, severity=Severity.NOTE)
        flow, parts = table[f"{name}.import_kw"], DEMAND_MINUTES // table.grid.step_minutes
        if billed.metered is not None and flow.size >= parts:
            block, sliding = float(billed.peaks(flow).max()), sliding_kw(flow, parts)
            if sliding > block + NOTICED_KW:
                yield Finding(
                    "market.sliding-demand",
                    f"connections.{name}",
                    f"{say_number(round(block, 1))} kW",
                    f"{say_number(round(sliding, 1))} kW ({100.0 * (sliding / block - 1.0):+.2f} %)",
                    severity=Severity.NOTE,
                )


def sliding_kw(flow_kw: np.ndarray, parts: int) -> float:
    """The largest mean of `parts` steps, wherever they begin [kW].

    >>> sliding_kw(np.array([0.0, 6.0, 6.0, 6.0, 0.0, 0.0]), 3)
    6.0
    """
    sums = np.cumsum(np.concatenate([[0.0], flow_kw]))
    return float(((sums[parts:] - sums[:-parts]) / parts).max())
