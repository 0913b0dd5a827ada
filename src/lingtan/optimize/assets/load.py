"""Load: a need that is served, or cut and reported."""

from __future__ import annotations

import numpy as np

from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.program import Array
from lingtan.park.assets import Load


def lower_load(name: str, load: Load, need_kw: Array, layout: Layout) -> None:
    """Publish `<name>.load_kw` (known) and `<name>.shortfall_kw`, what of it cannot be served."""
    layout.publish(f"{name}.load_kw", Affine.known(need_kw))
    cut = layout.program.columns(f"{name}.shortfall_kw", layout.steps, "kW", upper=np.maximum(need_kw, 0.0))
    layout.publish(f"{name}.shortfall_kw", Affine.of(cut))
    layout.inject(load.bus, Affine.known(-need_kw) + Affine.of(cut))
