"""What a store holds step by step where nobody decides: it keeps a share, something is added, and the sum is clipped.

    x[t] = clip(factor · x[t−1] + added[t], least[t], most[t])

A step is a function of that form, and so is one step after another, so the steps are put together two by two, then four by four:
no loop over time, and a circle is gone around as often as it takes to forget where it began.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from lingtan.plant.ambient import Array

FORGOTTEN = 1e-12
"""The share of its beginning that a content may still hold."""
MOST_DOUBLINGS = 40
"""As many steps as two to this power are enough where nothing is lost: by then a content stands at a bound, or never moves."""


def clipped(factor: float, added: ArrayLike, least: ArrayLike, most: ArrayLike) -> Array:
    """The contents at the end of each step, of the shape of `added`, (T,) or (periods, T): circles along the last axis.

    `factor` is above 0 and at most 1. Where nothing is lost and no bound is met, the content is as high as `most` lets it be.

    >>> clipped(1.0, [2.0, 2.0, -6.0], 0.0, 3.0).tolist()
    [2.0, 3.0, 0.0]
    >>> clipped(0.5, [1.0, 1.0], -np.inf, np.inf).round(9).tolist()
    [2.0, 2.0]
    """
    shift = np.array(added, dtype=np.float64)
    low, high = (np.array(np.broadcast_to(bound, shift.shape), dtype=np.float64) for bound in (least, most))
    kept, begun = factor, float(high.max()) if np.isfinite(high).all() else 0.0
    for doubling in range(MOST_DOUBLINGS):
        if kept < FORGOTTEN or (low == high).all():
            break
        by = 2**doubling % shift.shape[-1]
        earlier = [np.roll(each, by, axis=-1) for each in (shift, low, high)]
        shift, below, above = kept * earlier[0] + shift, *(np.clip(kept * e + shift, low, high) for e in earlier[1:])
        low, high = below, above
        kept *= kept
    return np.asarray(np.clip(kept * begun + shift, low, high))
