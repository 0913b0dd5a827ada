"""What one cycle is given, as a value that is stored and can be given again; `decide` is one tick, live or replayed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lingtan.control import ControlSite, Cycle, Image, Memory, Priority, Proposal, Quality, Reading, Schedule, cycle
from lingtan.operate.ordering import Desk, hear
from lingtan.operate.store import EventRow, Order


@dataclass(frozen=True)
class Inputs:
    """The image of a tick, the proposals that stand, the orders that came in, the schedule in force."""

    image: Image
    proposals: Sequence[Proposal] = ()
    orders: Sequence[Order] = ()
    schedule: Schedule | None = None
    fresh: bool = False
    """Whether this is the first tick after a start: the memory before it is not that after the tick before."""

    def as_json(self) -> dict[str, Any]:
        """Plain data; the schedule by its digest, for it stays the same for many ticks."""
        return {
            "now_ms": self.image.now_ms,
            "readings": {
                name: [each.value, each.unit, int(each.quality), each.age_s]
                for name, each in self.image.readings.items()
            },
            "proposals": [_proposal_as_json(each) for each in self.proposals],
            "orders": [dict(vars(order)) for order in self.orders],
            "schedule": None if self.schedule is None else self.schedule.digest,
            "fresh": self.fresh,
        }


@dataclass(frozen=True)
class Decided:
    """What a tick came to: the cycle's answer, the orders that were heard, and what they gave rise to."""

    cycle: Cycle
    desk: Desk
    events: tuple[EventRow, ...]


def decide(site: ControlSite, memory: Memory, desk: Desk, inputs: Inputs) -> Decided:
    """One tick: hear the orders, then decide. Pure, and the same in live running, practice and replay."""
    now_ms = inputs.image.now_ms
    heard = hear(site, desk, memory, inputs.orders, now_ms)
    proposals = [*inputs.proposals, *heard.desk.proposals(site, now_ms)]
    return Decided(
        cycle(site, heard.memory, inputs.image, proposals, inputs.schedule, now_ms), heard.desk, heard.events
    )


def inputs_from_json(data: Mapping[str, Any], schedule: Schedule | None) -> Inputs:
    """What `as_json` wrote."""
    readings = {
        name: Reading(value, unit, Quality(quality), age_s)
        for name, (value, unit, quality, age_s) in data["readings"].items()
    }
    return Inputs(
        Image(data["now_ms"], readings),
        [_proposal_from_json(each) for each in data["proposals"]],
        [Order(**each) for each in data["orders"]],
        schedule,
        data["fresh"],
    )


_BOUNDS = ("low_kw", "high_kw")


def _proposal_as_json(proposal: Proposal) -> dict[str, Any]:
    """A proposal as plain data; JSON has no infinity, so an open bound is null."""
    names = ("asset", "low_kw", "high_kw", "wish_kw", "priority", "expires_ms", "author", "reason")
    data = {name: getattr(proposal, name) for name in names}
    open_bounds = {name: None for name in _BOUNDS if not math.isfinite(data[name])}
    return {**data, **open_bounds, "priority": int(proposal.priority)}


def _proposal_from_json(data: Mapping[str, Any]) -> Proposal:
    opened = {"low_kw": -math.inf, "high_kw": math.inf}
    bounds = {name: opened[name] if data[name] is None else data[name] for name in _BOUNDS}
    return Proposal(**{**data, **bounds, "priority": Priority(data["priority"])})
