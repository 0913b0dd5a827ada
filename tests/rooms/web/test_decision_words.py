"""A decision is told as an operator sees it: of whoever ordered it, and limited only where it is."""

from __future__ import annotations

from typing import Any

import pytest

from lingtan.web.now import decisions_of

LESS = "takes all that is available, which is less than the connection would leave it"


def seen(limit_kw: float, available_kw: float | None, quality: int = 0, **decision: str) -> dict[str, Any]:
    """A tick in which the connection leaves PV `limit_kw`."""
    told = {"set_point_kw": limit_kw, "author": "connection", "reason": "export-limit", **decision}
    points = {} if available_kw is None else {"pv.available_kw": {"value": available_kw, "quality": quality}}
    return {"at_ms": 7, "decisions": {"pv": told}, "points": points, "stops": {"pv": "night-shift"}}


def said(*now: Any, standing: dict[str, Any] | None = None, **decision: str) -> tuple[str, str]:
    found = decisions_of(seen(*now, **decision), standing or {})["pv"]
    assert (found["at_ms"], found["set_point_kw"]) == (7, now[0])
    return found["author"], found["words"]["en"]


def test_a_plant_with_less_sun_than_the_connection_leaves_it_is_not_limited() -> None:
    """Rules out "keeps the export within the connection's limit" under a PV plant that gives all it has."""
    assert said(3000.0, 1156.0) == ("local", LESS)
    assert said(3000.0, 1156.0, standing={"pv": {"kind": "proposal"}}) == ("operator", LESS)


@pytest.mark.parametrize(("available_kw", "quality"), [(3000.0, 0), (4200.0, 0), (1156.0, 2), (1156.0, 3), (None, 0)])
def test_a_plant_that_has_as_much_or_nobody_knows_is_limited(available_kw: float | None, quality: int) -> None:
    assert said(3000.0, available_kw, quality) == ("connection", "keeps the export within the connection's limit")


def test_other_reasons_stay_as_they_are_and_a_stop_is_of_whoever_ordered_it() -> None:
    assert said(500.0, 100.0, author="operator", reason="operator") == ("operator", "as the operator ordered")
    assert said(0.0, 100.0, author="guard", reason="stop") == ("night-shift", "stopped by hand until released")
    distrust = "does not show what it was told: held where it is"
    assert said(500.0, 100.0, reason="distrust") == ("connection", distrust), "held, not free"
    assert said(0.0, 100.0, author="guard", reason="soc") == ("guard", "state of charge")
