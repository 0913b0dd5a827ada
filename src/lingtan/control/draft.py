"""A draft: a plan as its maker hands it in, in whole watts and watt-hours, before anybody checked it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lingtan.frozen import DeepFrozen


@dataclass(frozen=True)
class DraftPlan(DeepFrozen):
    """A plan of `step_s`-second steps from `start_ms` (UTC) on.

    `flows_w` has every flow of the park by its name without unit (`battery.charge`, `pv.generation`, `grid.import`), each [W] ≥ 0;
    `content_wh` the content of each battery at the end of each step and `start_wh` before the first [Wh].
    """

    step_s: int
    issued_ms: int
    start_ms: int
    flows_w: Mapping[str, tuple[int, ...]]
    content_wh: Mapping[str, tuple[int, ...]]
    start_wh: Mapping[str, int]
    demand_limit_w: Mapping[str, int] = field(default_factory=dict)


def draft_plan(
    flows_kw: Mapping[str, Sequence[float]],
    content_kwh: Mapping[str, Sequence[float]],
    start_kwh: Mapping[str, float],
    *,
    step_s: int,
    issued_ms: int,
    start_ms: int,
    demand_limit_kw: Mapping[str, float] | None = None,
) -> DraftPlan:
    """A draft from an optimizer's flows (`battery.charge_kw`, …) [kW] and contents [kWh], rounded to whole watts.

    What is not a finite number becomes -1 W, which no check lets pass.

    >>> draft_plan({"pv.generation_kw": [1.2504]}, {}, {}, step_s=900, issued_ms=0, start_ms=0).flows_w
    {'pv.generation': (1250,)}
    """
    return DraftPlan(
        step_s=step_s,
        issued_ms=issued_ms,
        start_ms=start_ms,
        flows_w={name.removesuffix("_kw"): tuple(map(_thousandths, row)) for name, row in flows_kw.items()},
        content_wh={name: tuple(map(_thousandths, row)) for name, row in content_kwh.items()},
        start_wh={name: _thousandths(value) for name, value in start_kwh.items()},
        demand_limit_w={name: _thousandths(value) for name, value in (demand_limit_kw or {}).items()},
    )


def _thousandths(value: float) -> int:
    return round(float(value) * 1000.0) if math.isfinite(value) else -1
