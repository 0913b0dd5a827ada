"""What people ordered, read from `orders.sqlite`: modes, stops and releases change control's memory, proposals stand."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lingtan.control import ControlSite, Memory, Mode, Priority, Proposal, release, stop, with_mode
from lingtan.findings import Severity
from lingtan.operate.store import EventRow, Order

FOR_EVER_MS = 4_102_444_800_000
"""The year 2100: when an order that stands until it is released expires."""


@dataclass(frozen=True)
class Desk:
    """Which orders were heard, and the proposals among them that stand, by asset."""

    last_id: int = 0
    standing: Mapping[str, Order] = field(default_factory=dict)

    def proposals(self, site: ControlSite, now_ms: int) -> tuple[Proposal, ...]:
        """The proposals that stand."""
        made = (_proposal(site, order) for order in self.standing.values())
        return tuple(each for each in made if each is not None and each.counts_at(now_ms))

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {"last_id": self.last_id, "standing": {name: dict(vars(order)) for name, order in self.standing.items()}}


def desk_from_json(data: Mapping[str, Any]) -> Desk:
    """What `Desk.as_json` wrote."""
    return Desk(data["last_id"], {name: Order(**order) for name, order in data["standing"].items()})


@dataclass(frozen=True)
class Heard:
    """What came of hearing orders."""

    desk: Desk
    memory: Memory
    events: tuple[EventRow, ...]


def hear(site: ControlSite, desk: Desk, memory: Memory, orders: Sequence[Order], now_ms: int) -> Heard:
    """Hear orders one after the other; one that makes no sense is an event and changes nothing."""
    events: list[EventRow] = []
    for order in orders:
        complaint = _complaint(site, order)
        if complaint:
            events.append(_event(now_ms, "operate.order-refused", order, Severity.WARNING, why=complaint))
            desk = Desk(order.id, desk.standing)
            continue
        memory = _obeyed(memory, order)
        desk = Desk(order.id, _standing(desk.standing, order))
        events.append(_event(now_ms, f"operate.order-{order.kind}", order, Severity.NOTE))
    return Heard(desk, memory, tuple(events))


def _obeyed(memory: Memory, order: Order) -> Memory:
    match order.kind:
        case "mode":
            return with_mode(memory, Mode(order.body["mode"]))
        case "stop":
            return stop(memory, str(order.asset), order.author)
        case "release":
            return release(memory, str(order.asset))
        case _:
            return memory


def _standing(standing: Mapping[str, Order], order: Order) -> Mapping[str, Order]:
    if order.kind == "mode" or order.asset is None:
        return standing
    left = {asset: each for asset, each in standing.items() if asset != order.asset}
    return {**left, order.asset: order} if order.kind == "proposal" else left


def _complaint(site: ControlSite, order: Order) -> str:
    """What is wrong with an order, as a code of `wording.operate`; nothing where it can be obeyed."""
    if order.kind not in ("mode", "proposal", "stop", "release"):
        return "unknown-kind"
    if order.kind == "mode":
        return "" if order.body.get("mode") in set(Mode) else "unknown-mode"
    if order.asset is None or site.asset(order.asset) is None:
        return "unknown-asset"
    if order.kind == "proposal" and _proposal(site, order) is None:
        return "no-numbers"
    return ""


def _proposal(site: ControlSite, order: Order) -> Proposal | None:
    """The proposal of an order; bounds that it leaves open are those of the asset."""
    asset = site.asset(str(order.asset))
    if asset is None:
        return None
    low, high, wish = (order.body.get(key) for key in ("low_kw", "high_kw", "wish_kw"))
    numbers = {"low": asset.low_kw if low is None else low, "high": asset.high_kw if high is None else high}
    if wish is not None:
        numbers["wish"] = wish
    if any(
        isinstance(each, bool) or not isinstance(each, int | float) or not math.isfinite(each)
        for each in numbers.values()
    ):
        return None
    if not numbers["low"] <= numbers["high"]:
        return None
    return Proposal(
        asset=asset.name,
        low_kw=float(numbers["low"]),
        high_kw=float(numbers["high"]),
        wish_kw=None if wish is None else float(wish),
        priority=Priority.OPERATOR,
        expires_ms=FOR_EVER_MS if order.expires_ms is None else order.expires_ms,
        author=order.author,
        reason=str(order.body.get("reason", "operator")),
    )


def _event(now_ms: int, code: str, order: Order, severity: Severity, **more: str) -> EventRow:
    """An event that tells of an order: who gave it, and what it said."""
    said = {key: value for key, value in order.body.items() if isinstance(value, str | int | float)}
    detail = {"author": order.author, "order": order.id, "kind": order.kind, **said, **more}
    return EventRow(now_ms, code, order.asset or "park", str(severity), detail)
