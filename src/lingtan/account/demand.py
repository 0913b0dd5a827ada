"""What a sliding demand meter may see that the quarter-hours of a bill do not: told beside it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lingtan.findings import Finding, Severity, say_number
from lingtan.market.months import DEMAND_MINUTES
from lingtan.park import Park
from lingtan.series import Table
from lingtan.tolerances import NOTICED_KW


def demand_notes(park: Park, table: Table) -> Iterator[Finding]:
    """The demand margin of each connection; and on steps shorter than the window, how far sliding exceeds block means."""
    parts, rest = divmod(DEMAND_MINUTES, table.grid.step_minutes)
    for name, connection in park.connections.items():
        if connection.demand_margin > 0:
            got = f"{say_number(100.0 * connection.demand_margin)} %"
            yield Finding("market.demand-margin", f"connections.{name}.demand_margin", got=got, severity=Severity.NOTE)
        flow = table[f"{name}.import_kw"]
        if parts > 1 and rest == 0 and flow.size >= parts:
            block, sliding = peaks_kw(flow, parts)
            if block > NOTICED_KW:
                yield Finding(
                    "market.sliding-demand",
                    f"connections.{name}",
                    f"{say_number(round(block, 1))} kW",
                    f"{say_number(round(sliding, 1))} kW ({100.0 * (sliding / block - 1.0):+.2f} %)",
                    severity=Severity.NOTE,
                )


def peaks_kw(flow_kw: np.ndarray, parts: int) -> tuple[float, float]:
    """The largest mean of whole blocks of `parts` steps, and of as many steps wherever they begin [kW].

    >>> peaks_kw(np.array([0.0, 6.0, 6.0, 6.0, 0.0, 0.0]), 3)
    (4.0, 6.0)
    """
    blocks = flow_kw[: flow_kw.size - flow_kw.size % parts].reshape(-1, parts).mean(axis=1)
    sums = np.cumsum(np.concatenate([[0.0], flow_kw]))
    return float(blocks.max()), float(((sums[parts:] - sums[:-parts]) / parts).max())
