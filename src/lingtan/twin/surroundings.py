"""What surrounds the plant at an instant: need and weather of the park's own series, at this time of the studied year."""

from __future__ import annotations

import numpy as np

from lingtan.case import Case, studied_instant
from lingtan.park import FirmLine, Load, Pv, Wind
from lingtan.plant import Ambient


class Surroundings:
    """Need and availability of a case, looked up by real instants.

    Between the middles of two steps values go in a straight line, so that a second differs from the next as it does outside;
    the last step of the year leads into the first.
    """

    def __init__(self, case: Case) -> None:
        self._grid = case.grid
        self._need = {name: case.need_kw(name) for name, _ in case.park.of_family(Load)}
        self._share = {
            name: case.available_pu(name)
            for name, asset in case.park.assets.items()
            if isinstance(asset, Pv | Wind | FirmLine)
        }

    def at(self, now_ms: int) -> Ambient:
        """What surrounds the plant at an instant (UTC ms)."""
        steps, step_ms = self._grid.steps, 60_000 * self._grid.step_minutes
        since_ms = int((studied_instant(self._grid, now_ms) - self._grid.start) / np.timedelta64(1, "ms"))
        before, part_ms = divmod(since_ms - step_ms // 2, step_ms)
        here, there, share = before % steps, (before + 1) % steps, part_ms / step_ms

        def between(values: np.ndarray) -> float:
            return float(values[here] * (1.0 - share) + values[there] * share)

        return Ambient(
            {name: between(values) for name, values in self._need.items()},
            {name: between(values) for name, values in self._share.items()},
        )

    def most_kw(self, load: str) -> float:
        """The largest need of a load in the year [kW]."""
        return float(np.max(self._need[load]))
