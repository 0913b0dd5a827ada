"""Starts of plants in flows that do not tell them: those of a meter, which knows only what came out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from lingtan.finance.starting import startable
from lingtan.park import COUNTED, Park
from lingtan.tolerances import noticed_in

Array = NDArray[np.float64]


def with_starts(park: Park, flows: Mapping[str, Array], sizes: Mapping[str, float]) -> dict[str, Array]:
    """The flows with `<plant>.start_kw` [kW, (T,)] where a start costs something and they do not say: where output begins.

    What stands by gives nothing and counts as off here. The first step is no start: nobody knows what was before. The output of a
    plant is its flow at its `bus`; a missing one raises KeyError.
    """
    told, carrier_at = dict(flows), park.carrier_at()
    for name, asset in startable(park):
        flow = f"{name}.start_kw"
        if asset.commitment is None or asset.commitment.start_cost == 0 or flow in told:
            continue
        output = told[f"{name}.{park.assets[name].flow_at('bus', carrier_at)}"]
        bus = next(port.bus for port in park.assets[name].ports() if port.field == "bus")
        runs = output > noticed_in(COUNTED[carrier_at[bus]].rate)
        begins = runs & ~np.concatenate([runs[:1], runs[:-1]])
        told[flow] = np.where(begins, sizes[f"{name}.power_kw"], 0.0)
    return told
