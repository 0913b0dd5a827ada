"""The arbiter: proposals narrow an interval, highest priority first; whoever comes later chooses inside what is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lingtan.control.proposal import Priority, Proposal
from lingtan.control.span import Span


@dataclass(frozen=True, slots=True)
class Envelope:
    """The interval that an asset may not leave, and what bounds it at either end (`reason` codes)."""

    span: Span
    low_by: str
    high_by: str

    def cut(self, low: float, high: float, reason: str) -> Envelope:
        """Narrower by a reason; an end that stays where it was keeps its own."""
        span = self.span.cut(low, high)
        low_by = reason if span.low > self.span.low else self.low_by
        high_by = reason if span.high < self.span.high else self.high_by
        return Envelope(span, low_by, high_by)


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an asset may come in this tick, and why no further (a `reason` code)."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the arbiter came to: the value, who fixed it and why, what was wished, and the envelope it stayed in."""

    value_kw: float
    author: str
    reason: str
    wished_kw: float | None
    wished_by: str
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class _Bound:
    value: float
    author: str
    reason: str


def heard(proposals: Iterable[Proposal], now_ms: int) -> dict[str, list[Proposal]]:
    """The proposals that count at an instant, by asset in order of priority.

    Only control's own rules speak as guard or connection: whoever claims so from outside is heard as an operator. Of several by
    one author with one priority for one asset the last counts.
    """
    latest: dict[tuple[str, Priority, str], Proposal] = {}
    for proposal in proposals:
        if proposal.counts_at(now_ms):
            priority = max(proposal.priority, Priority.OPERATOR)
            key = (proposal.asset, priority, proposal.author)
            latest.pop(key, None)
            latest[key] = replace(proposal, priority=priority)
    by_asset: dict[str, list[Proposal]] = {}
    for proposal in sorted(latest.values(), key=lambda one: one.priority):
        by_asset.setdefault(proposal.asset, []).append(proposal)
    return by_asset


def arbitrate(own: Envelope, proposals: Sequence[Proposal], fail_safe_kw: float, reach: Reach | None = None) -> Ruling:
    """Narrow an asset's own envelope by its proposals, in order; the last wish counts, moved to the nearest value left.

    Where nothing is left to choose, a later wish is none; where the own envelope leaves one value, the guard chose it. The ruling's
    envelope is what is left after guard and connection. Without any wish the asset goes to its fail-safe. `reach` is how far it may
    come in this tick: inside the envelope it goes no further, and whoever fixed the value stays its author; an envelope that lies
    out of reach is gone to all the same.
    """
    low = _Bound(own.span.low, "guard", own.low_by)
    high = _Bound(own.span.high, "guard", own.high_by)
    envelope = own
    wished: Proposal | None = None
    for proposal in proposals:
        low_before, high_before = low.value, high.value
        span = Span(low_before, high_before).cut(proposal.low_kw, proposal.high_kw)
        if span.low > low.value:
            low = _Bound(span.low, proposal.author, proposal.reason)
        if span.high < high.value:
            high = _Bound(span.high, proposal.author, proposal.reason)
        if proposal.wish_kw is not None and (wished is None or low_before < high_before):
            wished = proposal
        if proposal.priority <= Priority.CONNECTION:
            envelope = Envelope(span, low.reason, high.reason)
    wish = fail_safe_kw if wished is None or wished.wish_kw is None else wished.wish_kw
    author, reason = ("guard", "no-wish") if wished is None else (wished.author, wished.reason)
    by = "" if wished is None else wished.author
    if (
        own.span.low == own.span.high
    ):  # a plant stands at its lower rating anyway: what brought its upper end down says why
        bound = high if low.reason == "rating" else low
        author, reason = bound.author, bound.reason
    elif wish < low.value or (wished is None and low.value == high.value):
        author, reason = low.author, low.reason
    elif wish > high.value:
        author, reason = high.author, high.reason
    value = Span(low.value, high.value).nearest(wish)
    if reach is not None and not reach.span.low <= value <= reach.span.high:
        reached = envelope.span.cut(*reach.span).nearest(value)
        value, reason = reached, reason if reached == value else reach.reason
    return Ruling(value, author, reason, None if wished is None else wish, by, envelope)
