"""The guard of a connection: shares what the connection needs among battery and plants, then bounds each of them by it.

Wishes first: the guard looks at what everybody would do without it, takes away or adds only what is missing, and leaves the rest.
Too much power: batteries take it before plants are throttled. Too little: plants are let loose before batteries give.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lingtan.control.balance import Balance
from lingtan.control.proposal import Priority, Proposal
from lingtan.control.span import Span

AUTHOR = "connection"


@dataclass(frozen=True, slots=True)
class Part:
    """What an asset contributes to its bus: the wish [kW], and the `room` in which it can be moved, of a plant up to what there is.

    `easy` is the part of the room that costs nothing to anybody: of a battery what its ramp reaches, of a plant all above what it
    gives already, for to let it loose later is not to throttle it.
    """

    asset: str
    plant: bool
    wish_kw: float
    room: Span
    easy: Span
    rating_kw: float


@dataclass(frozen=True, slots=True)
class Guarded:
    """The cuts of a guard, and what it could not keep: import and export above their limits [kW]."""

    cuts: Mapping[str, tuple[Proposal, ...]]
    import_over_kw: float
    export_over_kw: float


def needed(balance: Balance, allowed_import_kw: float) -> Span | None:
    """What controlled assets must give together, so that import and export keep their limits whatever in `others` is true."""
    if balance.others is None:
        return None
    limits = balance.limits
    margin = limits.margin_kw * (2.0 if balance.doubtful else 1.0)
    low = -balance.others.low - min(max(limits.import_kw - margin, 0.0), allowed_import_kw)
    high = -balance.others.high + limits.export_kw - margin
    return Span(low, high) if low <= high else Span((low + high) / 2.0, (low + high) / 2.0)


def share(need: Span, parts: Sequence[Part]) -> dict[str, float]:
    """What each contributes: its wish, moved no further than the need asks, first those for whom it costs least."""
    given = {part.asset: part.wish_kw for part in parts}
    batteries = [part for part in parts if not part.plant]
    plants = [part for part in parts if part.plant]
    total = sum(given.values())
    if total > need.high:
        _move(total - need.high, (batteries, plants), given, down=True)
    elif total < need.low:
        _move(need.low - total, (plants, batteries), given, down=False)
    return given


def _move(amount: float, order: Sequence[Sequence[Part]], given: dict[str, float], *, down: bool) -> None:
    """Take an amount from ranks in turn, first what is easy, within a rank in proportion to the room that each has."""
    ranks = [[(part, part.easy) for part in rank] for rank in order] + [
        [(part, part.room) for part in rank] for rank in order
    ]
    for rank in ranks:
        rooms = [
            max(given[part.asset] - span.low if down else span.high - given[part.asset], 0.0) for part, span in rank
        ]
        room = sum(rooms)
        moved = min(amount, room)
        if moved <= 0.0:
            continue
        for (part, span), own in zip(rank, rooms, strict=True):
            if own <= 0.0:
                continue
            step = moved * own / room
            bound = span.low if down else span.high
            given[part.asset] = bound if moved == room else given[part.asset] + (-step if down else step)
        amount -= moved


def guard(balance: Balance, parts: Sequence[Part], allowed_import_kw: float, expires_ms: int) -> Guarded:
    """Bound each asset by what the connection leaves it, the others at their share."""
    need = needed(balance, allowed_import_kw)
    if need is None:
        return Guarded({}, 0.0, 0.0)
    given = share(need, parts)
    total = sum(given.values())
    below, above = max(total - need.low, 0.0), max(need.high - total, 0.0)
    by_demand = allowed_import_kw < balance.limits.import_kw - balance.limits.margin_kw
    import_reason = "demand" if by_demand else "import-limit"
    installed = sum(part.rating_kw for part in parts if part.plant)
    cuts: dict[str, tuple[Proposal, ...]] = {}
    for part in parts:
        # Plants share the room above: the sun may come out on all of them within this tick.
        up = above * part.rating_kw / installed if part.plant and installed > 0.0 else above
        low, high = given[part.asset] - below, given[part.asset] + up
        cuts[part.asset] = (
            _cut(part.asset, low, math.inf, import_reason, expires_ms),
            _cut(part.asset, -math.inf, high, "export-limit", expires_ms),
        )
    return Guarded(cuts, max(need.low - total, 0.0), max(total - need.high, 0.0))


def _cut(asset: str, low_kw: float, high_kw: float, reason: str, expires_ms: int) -> Proposal:
    return Proposal(asset, low_kw, high_kw, None, Priority.CONNECTION, expires_ms, AUTHOR, reason)
