"""The `now` message: everything that the cockpit shows of this second. What is not known is null.

What control saw and decided it has written down itself (`state` of its file); here it gets its sentences, and beside it stand
price, plan, orders and the life of the processes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from lingtan.control import Quality
from lingtan.operate.store import Order, PlanRow
from lingtan.web.answering import aged, silent
from lingtan.web.park_view import connection_limits, main_connection
from lingtan.web.run import OpenRun
from lingtan.web.sentences import author_words, both, reason_words
from lingtan.wording.web import WEB_WORDS

SILENT_AFTER_S = {"control": 5.0, "planner": 120.0}
"""A process that gave no sign of life for longer is shown as dead: control ticks each second; the planner tells of itself every
two seconds, but for when it plans."""
MOST_ORDERS = 1000
"""How far back orders are looked at that may still stand."""
WINDOW_MS = 900_000
"""A demand window."""


def now_message(run: OpenRun, now_ms: int) -> dict[str, Any]:
    """What is known now, as plain data."""
    seen: Mapping[str, Any] = run.telemetry.state("now") or {}
    at_ms, points = seen.get("at_ms"), seen.get("points", {})
    standing = standing_orders(run, now_ms)
    plan, last = run.plans.latest(issued_before_ms=now_ms), run.plans.latest(accepted=False)
    return {
        "at_ms": now_ms,
        "mode": seen.get("mode"),
        "phase": seen.get("phase"),
        "tick_ms": at_ms,
        "ticks": _ticks(run),
        "points": _points(run, points, 0 if at_ms is None else max(0, now_ms - at_ms)),
        "devices": None if at_ms is None else {"silent": silent(points, run.limits_s), "all": len(run.limits_s)},
        "decisions": decisions_of(seen, standing),
        "orders": standing,
        "demand": _demand(run, seen.get("demand")),
        **_prices(run, plan, now_ms),
        "plan": None if plan is None else {"issued_ms": plan.issued_ms, "accepted": plan.accepted},
        "last_plan": None
        if last is None
        else {"issued_ms": last.issued_ms, "accepted": last.accepted, "reason": last.reason},
        "weather": _weather(plan, now_ms),
        "processes": {
            "control": _life(at_ms, now_ms, SILENT_AFTER_S["control"]),
            "planner": _life(_planner_sign(run, last), now_ms, SILENT_AFTER_S["planner"]),
        },
    }


def _weather(plan: PlanRow | None, now_ms: int) -> dict[str, Any] | None:
    """The weather that the plan in force was made with, and how old its issue is now; null where no weather is taken in."""
    told = None if plan is None else plan.certificate.get("weather")
    if told is None or "issued_ms" not in told:
        return None if told is None else dict(told)
    return {**told, "age_s": max(0, now_ms - told["issued_ms"]) // 1000}


def _ticks(run: OpenRun) -> dict[str, Any] | None:
    """How the ticks of the last hour went: the length that 99 of 100 stay below [ms], how many came late, how many never."""
    told = run.telemetry.state("tick")
    return None if told is None else {key: told.get(key) for key in ("p99_ms", "late", "missed")}


def _points(run: OpenRun, points: Mapping[str, Mapping[str, Any]], since_ms: int) -> dict[str, Any]:
    """The readings, older by the time since control wrote them down."""
    old = aged(points, run.limits_s, since_ms)
    return {name: {**each, "value": finite(each["value"])} for name, each in old.items()}


def finite(value: float | None) -> float | None:
    """A number that JSON has; an infinite one is not known."""
    return value if value is not None and math.isfinite(value) else None


def decisions_of(seen: Mapping[str, Any], standing: Mapping[str, Any]) -> dict[str, Any]:
    """What control decided, in words, each by whom it is of.

    A stop is obeyed by the guard, but it is of whoever ordered it. A plant is told what the connection would leave it, also where
    there is less sun or wind than that: then nothing limits it, and it is told to give all that there is.
    """
    found = {}
    for name, each in seen.get("decisions", {}).items():
        author, reason = each["author"], each["reason"]
        words = reason_words(reason)
        if reason == "stop":
            author = seen.get("stops", {}).get(name, author)
        elif (author, reason) == ("connection", "export-limit") and _gives_less(seen, name, each["set_point_kw"]):
            author, reason = "operator" if name in standing else "local", "connection-leaves"
            words = both(WEB_WORDS["reason.connection-leaves"])
        said = {"author": author, "reason": reason, "words": words, "author_words": author_words(author)}
        found[name] = {**each, "at_ms": seen.get("at_ms"), **said}
    return found


def _gives_less(seen: Mapping[str, Any], name: str, limit_kw: float | None) -> bool:
    """Whether a plant is known to have less than its limit."""
    available = seen.get("points", {}).get(f"{name}.available_kw")
    if available is None or limit_kw is None or available["value"] is None or available["quality"] > Quality.UNCERTAIN:
        return False
    return bool(available["value"] < limit_kw)


def standing_orders(run: OpenRun, now_ms: int) -> dict[str, Any]:
    """What operators ask of each asset now. A stop holds until it is released, whatever is ordered meanwhile."""
    stops: dict[str, Order] = {}
    others: dict[str, Order] = {}
    for order in run.orders.orders(after_id=max(0, run.orders.last_id() - MOST_ORDERS), limit=MOST_ORDERS):
        if order.asset is None:
            continue
        others.pop(order.asset, None)
        if order.kind == "release":
            stops.pop(order.asset, None)
        elif order.kind == "stop":
            stops[order.asset] = order
        elif order.expires_ms is None or order.expires_ms > now_ms:
            others[order.asset] = order
    return {
        asset: {"kind": order.kind, "at_ms": order.at_ms, "until_ms": order.expires_ms, **order.body}
        for asset, order in {**others, **stops}.items()
    }


def _demand(run: OpenRun, demand: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The demand window; where nobody limits demand, the connection itself does."""
    connection = main_connection(run.park)
    if demand is None or connection is None:
        return None
    limit, of = demand.get("limit_kw"), "demand"
    if limit is None:
        limit, of = connection_limits(run, demand.get("connection", connection))["import_limit_kw"], "connection"
    return {**demand, "limit_kw": limit, "limit_of": of, "start_ms": demand["ends_ms"] - WINDOW_MS}


def _prices(run: OpenRun, plan: PlanRow | None, now_ms: int) -> dict[str, Any]:
    """The price of the running step, and the next one that differs."""
    price, next_price, next_ms = None, None, None
    if plan is not None:
        for at_ms, value in sorted(run.plans.prices(plan.id).items()):
            if at_ms <= now_ms:
                price = value if now_ms < at_ms + plan.step_s * 1000 else None
            elif price is None or value != price:
                next_price, next_ms = value, at_ms
                break
    return {"price_cny_per_kwh": price, "next_price_cny_per_kwh": next_price, "next_price_ms": next_ms}


def _planner_sign(run: OpenRun, last: PlanRow | None) -> int | None:
    """The planner's last sign of life: its own, or the last plan that it issued."""
    signs = [run.plans.state("alive_ms"), None if last is None else last.issued_ms]
    return max((sign for sign in signs if sign is not None), default=None)


def _life(sign_ms: int | None, now_ms: int, silent_after_s: float) -> dict[str, Any]:
    age_s = None if sign_ms is None else max(0, now_ms - sign_ms) / 1000
    return {"alive": age_s is not None and age_s <= silent_after_s, "age_s": age_s}
