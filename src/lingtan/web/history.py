"""What was and what is planned, around now: for the chart."""

from __future__ import annotations

from typing import Any

from lingtan.operate.store import PlanRow
from lingtan.web.park_view import size_of
from lingtan.web.run import OpenRun

HOUR_MS = 3_600_000
MOST_HOURS = 48
MOST_MEANS = 400
"""Most means of a point: a chart has no more columns worth drawing."""
STEPS_S = (5, 10, 20, 30, 60, 120, 300, 600, 900)
SHOWN = (".power_kw", ".soc", ".demand_kw", ".available_kw")


def step_ms_of(hours: float) -> int:
    """The shortest step that keeps a point's means few.

    >>> step_ms_of(0.5), step_ms_of(6), step_ms_of(48)
    (5000, 60000, 600000)
    """
    return next(1000 * step for step in STEPS_S if hours * 3600 / step <= MOST_MEANS)


def history_of(run: OpenRun, now_ms: int, hours: float) -> dict[str, Any]:
    """Means of `hours` until now, and the plan of as many hours on either side of now."""
    step_ms, span_ms = step_ms_of(hours), round(hours * HOUR_MS)
    begin = now_ms - span_ms
    begin -= begin % step_ms
    actual = {}
    for name in run.telemetry.points():
        if name.endswith(SHOWN):
            means = run.telemetry.means(name, begin, now_ms, step_ms)
            actual[name] = {"at_ms": list(means), "value": list(means.values())}
    return {
        "now_ms": now_ms,
        "from_ms": begin,
        "until_ms": now_ms + span_ms,
        "step_ms": step_ms,
        "actual": actual,
        "plan": plan_around(run, begin, now_ms, now_ms + span_ms),
    }


def plan_around(run: OpenRun, begin: int, now_ms: int, end: int) -> dict[str, Any]:
    """The plan in force in each step: of the past the one that held then, of the future the latest."""
    latest = run.plans.latest(issued_before_ms=now_ms)
    if latest is None:
        return {"issued_ms": None, "step_s": None, "assets": {}, "price": {"at_ms": [], "cny_per_kwh": []}}
    spans = _in_force(run, latest, begin, now_ms, end)
    assets: dict[str, dict[str, list[Any]]] = {}
    price: dict[str, list[Any]] = {"at_ms": [], "cny_per_kwh": []}
    for plan, since, until in spans:
        _add_steps(run, assets, plan, since, until)
        for at, value in run.plans.prices(plan.id).items():
            if since <= at < until:
                price["at_ms"].append(at)
                price["cny_per_kwh"].append(value)
    return {"issued_ms": latest.issued_ms, "step_s": latest.step_s, "assets": assets, "price": price}


def _in_force(run: OpenRun, latest: PlanRow, begin: int, now_ms: int, end: int) -> list[tuple[PlanRow, int, int]]:
    """Which accepted plan held from when until when: half-open spans in the order of time."""
    before = run.plans.latest(issued_before_ms=begin)
    issued = {plan.id: plan for plan in run.plans.plans(begin, now_ms + 1) if plan.accepted}
    held = sorted({**({before.id: before} if before else {}), **issued, latest.id: latest}.values(), key=lambda p: p.id)
    starts = [max(begin, plan.start_ms) for plan in held]
    ends = [*starts[1:], end]
    return [(plan, since, until) for plan, since, until in zip(held, starts, ends, strict=True) if since < until]


def _add_steps(run: OpenRun, assets: dict[str, dict[str, list[Any]]], plan: PlanRow, since: int, until: int) -> None:
    for asset, steps in run.plans.steps(plan.id).items():
        lines = assets.setdefault(asset, {"at_ms": [], "power_kw": [], "soc": []})
        energy_kwh = size_of(run, asset, "energy_kwh")
        for step in steps:
            if since <= step.at_ms < until:
                stored = energy_kwh and step.content_wh is not None
                lines["at_ms"].append(step.at_ms)
                lines["power_kw"].append(step.power_w / 1000)
                lines["soc"].append(step.content_wh / 1000 / energy_kwh if stored else None)  # type: ignore[operator]
