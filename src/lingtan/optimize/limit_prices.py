"""What one unit more of a physical limit would save: the reduced costs of sizes and of flows that stand at their bounds."""

from __future__ import annotations

import numpy as np

from lingtan.optimize.layout import Layout
from lingtan.optimize.program import Array, Index, Model

LIMITED = (".import_kw", ".export_kw")
"""Flows that a connection limits, by the ending of their name."""


def limit_prices(model: Model, layout: Layout, x: Array, duals: Array, closed: Index) -> dict[str, float]:
    """By how much the objective changes with one unit more of each bound [CNY per kW, kWh or kVA, over the horizon].

    A size that is decided is priced at the bound it stands nearer to: negative at its upper end, where more would save,
    positive at its lower end, where the least size costs. A flow of a connection with a bound of its own is priced at its
    upper end, all steps together, but for columns that are `closed` because the device runs the other way then. What stands at no
    bound has a price of zero but for what the solver leaves.
    """
    reduced = model.cost + model.curvature * x - model.priced(duals)
    reduced[closed] = 0.0
    prices = {name: float(reduced[size.column]) for name, size in layout.sizes.items() if size.column is not None}
    for name, flow in layout.flows.items():
        if not (name.endswith(LIMITED) and len(flow.parts) == 1):
            continue
        columns, _ = flow.parts[0]
        if np.isfinite(model.upper[columns]).all():
            prices[name] = float(np.minimum(reduced[columns], 0.0).sum())
    return prices
