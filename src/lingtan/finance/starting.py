"""What starting plants costs, as a term over what they publish: the same formula in the objective and in the accounts."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lingtan.clock import TimeGrid
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.park import Park
from lingtan.park.assets.commitment import Commitment, Startable
from lingtan.terms import Sum


def startable(park: Park) -> Iterator[tuple[str, Startable]]:
    """The assets that have a commitment, by name."""
    for name, asset in park.assets.items():
        if isinstance(asset, Startable) and asset.commitment is not None:
            yield name, asset


def start_terms(name: str, commitment: Commitment | None, grid: TimeGrid) -> Iterator[Sum]:
    """The cost of each start of a plant; none where starting is free.

    `<name>.start_kw` is the size that is started in a step [kW]. A `Sum` prices energy, kW times the hours of a step, and a start
    costs the same however long the step is: so its price per kilowatt-hour is that of a kilowatt over those hours.
    """
    if commitment is None or commitment.start_cost == 0:
        return
    price = np.full(grid.steps, commitment.start_cost / grid.step_hours)
    yield Sum("starts", Flow.of(f"{name}.start_kw"), price, Grouping.whole(grid.steps, ""))
