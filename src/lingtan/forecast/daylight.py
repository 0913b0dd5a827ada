"""Steps at which a PV plant may give something: at night value and band are the same zero, and prove nothing of a band.

Judged from what each origin's own gate knew: what the plant has shown at this time of day of late, and the sun that was told.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lingtan.forecast.columns import issued
from lingtan.forecast.days import Days
from lingtan.forecast.shown import of_late
from lingtan.forecast.subject import Known

DARK = 0.001
"""What is below this share of the capacity is no sun."""
FAINT = 0.005
"""What is below this share of the highest of its day is no sun either: sensors show some watts at night."""
TELLING = ("ghi_", "dni_", "dhi_", "issued_pu", "prior_")
"""Names of inputs that begin so are above zero only by day: irradiance, and what physics or an issued forecast says of a plant."""


def daylight(known: Known, days: Days) -> NDArray[np.bool_]:
    """Steps (O, H) that count for the bands of these origins: of PV those of day, of any other target all.

    A slot of which nothing was measured of late nor told counts, and so does all of a day of which nothing says when it is light.
    """
    if known.kind != "pv":
        return np.ones((days.size, known.width), dtype=bool)
    shown = of_late(known, days)
    there = np.isfinite(shown)
    highest = np.where(there, shown, 0.0).max(axis=(0, 2))
    least = DARK * (highest if known.capacity is None else np.full(days.size, known.capacity))
    lit = (np.where(there, shown, -np.inf) > least[None, :, None]).any(axis=0)
    judged = there.any(axis=0)
    for name in known.inputs:
        if name.startswith(TELLING) or "irradiance" in name:
            told = issued(known, name, days)
            judged |= np.isfinite(told)
            told = np.where(np.isfinite(told), told, 0.0)
            lit |= told > FAINT * np.maximum(told.max(axis=1), 0.0)[:, None]
    lit |= ~judged
    return np.asarray(lit | ~np.any(lit, axis=1, keepdims=True))
