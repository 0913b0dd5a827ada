"""Which readings are too old to be shown as what is, and which devices do not answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lingtan.control import Quality
from lingtan.findings import InputError
from lingtan.operate.installed import read_templates_of
from lingtan.operate.store import RunFolder
from lingtan.operate.wiring import read_wiring
from lingtan.park import Park

USUAL_LIMIT_S = 5.0
"""How old a reading may get where no template of its device says another age."""


def limits_s(folder: RunFolder, park: Park) -> dict[str, float]:
    """How old a reading of each device may get [s], by asset or connection.

    A run without a wiring that can be read has a device at each of them, as control needs.
    """
    templates = read_templates_of(folder.templates)
    try:
        wiring = read_wiring(folder.wiring)
    except InputError:
        return dict.fromkeys([*park.connections, *park.assets], USUAL_LIMIT_S)
    known = {name: templates.get(wire.template) for name, wire in wiring.items()}
    return {name: USUAL_LIMIT_S if each is None else each.stale_after_s for name, each in known.items()}


def aged(points: Mapping[str, Mapping[str, Any]], limits: Mapping[str, float], since_ms: int) -> dict[str, Any]:
    """The readings as control wrote them down, `since_ms` later: what got too old meanwhile, or was never judged, is stale."""
    return {name: _aged(each, _limit(name, limits), since_ms) for name, each in points.items()}


def _aged(reading: Mapping[str, Any], limit_s: float, since_ms: int) -> dict[str, Any]:
    age_s = round(reading["age_s"] + since_ms / 1000, 3)
    least = int(Quality.STALE) if age_s > limit_s else int(Quality.GOOD)
    return {**reading, "quality": max(reading["quality"], least), "age_s": age_s}


def silent(points: Mapping[str, Mapping[str, Any]], limits: Mapping[str, float]) -> list[str]:
    """The devices that gave nothing within their limits when control looked last, in the order of the wiring."""
    heard = {name.partition(".")[0] for name, each in points.items() if each["age_s"] <= _limit(name, limits)}
    return [name for name in limits if name not in heard]


def _limit(point: str, limits: Mapping[str, float]) -> float:
    return limits.get(point.partition(".")[0], USUAL_LIMIT_S)
