"""What the laws of series draw from."""

from __future__ import annotations

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from lingtan.clock import TimeGrid
from lingtan.series import Series

ZONES = st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"])
POWERS = st.floats(min_value=0, max_value=1e6, allow_subnormal=False)


@st.composite
def power_series(draw: st.DrawFn, longest: int = 96) -> Series:
    """Whole hours of quarter-hours somewhere in 2025, often across a clock change."""
    year = TimeGrid.of_year(2025, draw(ZONES), 15)
    hours = draw(st.integers(1, longest // 4))
    near_changes = st.sampled_from([0, 24 * 66, 24 * 87, 24 * 297 + 20, 24 * 304, 8000])
    first = 4 * min(draw(near_changes) + draw(st.integers(0, 30)), 8760 - hours)
    values = draw(arrays(np.float64, 4 * hours, elements=POWERS))
    return Series.of("load", values, "kW", year.window(first, 4 * hours))
