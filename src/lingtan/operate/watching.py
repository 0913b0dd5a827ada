"""What the devices themselves give rise to: one that is lost and comes back, one whose clock jumps, one that refuses."""

from __future__ import annotations

from collections.abc import Mapping

from lingtan.findings import Severity
from lingtan.operate.drivers import Fault
from lingtan.operate.field import Snapshot
from lingtan.operate.imaging import CLOCK_JUMP_MS
from lingtan.operate.store import EventRow


class Watch:
    """Tells of a beginning and an end once each."""

    def __init__(self) -> None:
        self._lost: dict[str, str] = {}
        self._refused: dict[str, str] = {}
        self._clock_off_ms: dict[str, float] = {}

    def look(self, known: Mapping[str, Snapshot], now_ms: int) -> list[EventRow]:
        """The events of one tick."""
        events: list[EventRow] = []
        for name, seen in known.items():
            fault = "" if seen.fault is None else seen.fault.kind
            said = "" if seen.fault is None else seen.fault.text
            events += _turned(self._lost, name, fault, said, ("operate.device-lost", "operate.device-back"), now_ms)
            refusal = seen.told.outcome if seen.told is not None and isinstance(seen.told.outcome, Fault) else None
            kind, text = ("", "") if refusal is None else (refusal.kind, refusal.text)
            events += _turned(self._refused, name, kind, text, ("operate.not-written", "operate.written-again"), now_ms)
            events += self._clock(name, seen, now_ms)
        return events

    def _clock(self, name: str, seen: Snapshot, now_ms: int) -> list[EventRow]:
        off_ms = seen.clock_off_ms
        if off_ms is None:
            return []
        before = self._clock_off_ms.get(name)
        self._clock_off_ms[name] = off_ms
        if before is None or abs(off_ms - before) <= CLOCK_JUMP_MS:
            return []
        detail = {"jump_s": round((off_ms - before) / 1000.0, 1)}
        return [EventRow(now_ms, "operate.device-clock", name, str(Severity.WARNING), detail)]


def _turned(
    raised: dict[str, str], name: str, kind: str, text: str, codes: tuple[str, str], now_ms: int
) -> list[EventRow]:
    """An event where something begins, and one where it ends; another kind of the same trouble is no new beginning."""
    began, ended = codes
    if bool(kind) == (name in raised):
        return []
    if kind:
        raised[name] = kind
        return [EventRow(now_ms, began, name, str(Severity.WARNING), {"kind": kind, "what": text})]
    return [EventRow(now_ms, ended, name, str(Severity.NOTE), {"kind": raised.pop(name)})]
