"""The log: what control reported and what operators ordered, newest first."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

from lingtan.operate.store import EventRow, Order
from lingtan.web.run import OpenRun
from lingtan.web.sentences import Sentences

MOST = 500


_EVENTS_OF_AN_ORDER = 2
"""An order that is heard is told of as heard, and by what began or ended with it."""
_ECHOES = {"operate.order-stop": "control.stopped", "operate.order-release": "control.ended"}
_HEARD = frozenset(f"operate.order-{kind}" for kind in ("mode", "stop", "release", "proposal"))


def log_of(run: OpenRun, limit: int) -> list[dict[str, Any]]:
    """The last entries of both kinds. An order is one line, though control tells of it, too: that it was heard is part of it."""
    sentences = Sentences(run.park)
    seen = run.telemetry.events(limit=(1 + _EVENTS_OF_AN_ORDER) * limit)
    asked = run.orders.orders(after_id=max(0, run.orders.last_id() - limit), limit=limit)
    said = echoes(seen, {order.id for order in asked})
    events = [_event(event, sentences) for event in seen if event.id not in said]
    orders = [_order(order, sentences, heard=_is_heard(order, seen)) for order in asked]
    return sorted([*events, *reversed(orders)], key=lambda entry: -int(entry["at_ms"]))[:limit]


def echoes(events: Sequence[EventRow], shown: Set[int]) -> set[int]:
    """Which events (by id) say only what the line of an order says already; `shown` are the ids of the orders that have a line.

    A stop is said by `control.stopped` in the tick that heard it, a release by the end of that; both stay where they have other
    causes, such as a restart.
    """
    heard = [event for event in events if event.code in _HEARD and event.detail.get("order") in shown]
    told = {(event.at_ms, event.who, _ECHOES.get(event.code)) for event in heard}
    return {event.id for event in heard} | {
        event.id
        for event in events
        if (event.at_ms, event.who, event.code) in told
        and event.detail.get("code", "control.stopped") == "control.stopped"
    }


def _is_heard(order: Order, events: Sequence[EventRow]) -> bool:
    """Whether control has heard an order: it hears them one after the other, so it has where it heard that one or a later one."""
    last = max((int(event.detail.get("order", 0)) for event in events), default=0)
    return order.id <= last or bool(events and order.at_ms < events[-1].at_ms)


def _event(event: EventRow, sentences: Sentences) -> dict[str, Any]:
    return {
        "id": f"event-{event.id}",
        "at_ms": event.at_ms,
        "source": "event",
        "code": event.code,
        "who": event.who,
        "severity": event.severity,
        "detail": dict(event.detail),
        "words": sentences.event(event),
    }


def _order(order: Order, sentences: Sentences, *, heard: bool) -> dict[str, Any]:
    return {
        "id": f"order-{order.id}",
        "at_ms": order.at_ms,
        "source": "order",
        "heard": heard,
        "code": order.kind,
        "who": order.author,
        "severity": "note",
        "detail": {"asset": order.asset, "until_ms": order.expires_ms, **order.body},
        "words": sentences.order(order),
    }
