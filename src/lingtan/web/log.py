"""The log: what control reported and what operators ordered, newest first."""

from __future__ import annotations

from typing import Any

from lingtan.operate.store import EventRow, Order
from lingtan.web.run import OpenRun
from lingtan.web.sentences import Sentences

MOST = 500


def log_of(run: OpenRun, limit: int) -> list[dict[str, Any]]:
    """The last entries of both kinds."""
    sentences = Sentences(run.park)
    events = [_event(event, sentences) for event in run.telemetry.events(limit=limit)]
    orders = [_order(order, sentences) for order in run.orders.orders(after_id=max(0, run.orders.last_id() - limit))]
    return sorted([*events, *reversed(orders)], key=lambda entry: -int(entry["at_ms"]))[:limit]


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


def _order(order: Order, sentences: Sentences) -> dict[str, Any]:
    return {
        "id": f"order-{order.id}",
        "at_ms": order.at_ms,
        "source": "order",
        "code": order.kind,
        "who": order.author,
        "severity": "note",
        "detail": {"asset": order.asset, "until_ms": order.expires_ms, **order.body},
        "words": sentences.order(order),
    }
