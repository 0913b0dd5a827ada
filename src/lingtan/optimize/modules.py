"""Sizes in whole modules: a count of them, and the size as so many times one."""

from __future__ import annotations

import numpy as np

from lingtan.optimize.layout import Layout
from lingtan.park import Park


def lower_modules(park: Park, layout: Layout) -> None:
    """Write a count for each size that is to be decided in modules, and note its column and the module in the layout."""
    for sized in park.sizes():
        module, size = sized.size.module, layout.sizes[sized.name]
        if module is None or size.column is None:
            continue
        least, most = np.ceil(sized.size.min / module - 1e-9), np.floor(sized.size.max / module + 1e-9)
        count = layout.program.columns(f"{sized.name}.modules", 1, "1", lower=least, upper=most, integer=True)
        row = layout.program.rows(f"{sized.name}.modules", 1, "kW", lower=0.0, upper=0.0)
        layout.program.put(row, np.array([size.column]), 1.0)
        layout.program.put(row, count, -module)
        layout.modules[sized.name] = int(count[0]), module
