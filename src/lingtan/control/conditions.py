"""What is wrong at present, and the events of what began and ended since the last tick."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lingtan.control.balance import Balance
from lingtan.control.decide import Outcome
from lingtan.control.decision import Event
from lingtan.control.envelope import Standing
from lingtan.control.image import Quality
from lingtan.control.judge import Judgment
from lingtan.control.memory import Memory
from lingtan.control.proposal import Proposal
from lingtan.control.site import ControlSite
from lingtan.findings import Severity
from lingtan.frozen import DeepFrozen

_SMALL_KW = 0.1
"""Less than this above a limit is no event."""


@dataclass(frozen=True)
class Watched(DeepFrozen):
    """What the conditions of a tick are read from."""

    site: ControlSite
    memory: Memory
    judgment: Judgment
    standings: Mapping[str, Standing]
    balances: Mapping[str, Balance]
    outcomes: Mapping[str, Outcome]
    proposals: Sequence[Proposal]


def conditions(seen: Watched) -> Iterator[Event]:
    """All that is wrong now, each as the event of its beginning."""
    for point, judged in seen.judgment.points.items():
        if judged.quality is not Quality.GOOD and not _expected_absence(seen, point):
            heavy = seen.site.channels[point].needed and judged.quality >= Quality.STALE
            yield Event(judged.why, point, Severity.ERROR if heavy else Severity.WARNING, judged.detail or {})
    for asset in seen.site.controlled:
        yield from _of_asset(seen, asset.name)
    for name, balance in seen.balances.items():
        if balance.others is None:
            yield Event("control.blind", name, Severity.ERROR)
        if balance.gap_kw is not None and balance.open:
            yield Event("control.balance-open", name, Severity.WARNING, {"gap_kw": round(balance.gap_kw, 1)})
        yield from _over(name, seen.outcomes[name])
    known = {asset.name for asset in seen.site.controlled}
    for name in dict.fromkeys(proposal.asset for proposal in seen.proposals if proposal.asset not in known):
        yield Event("control.unknown-asset", name, Severity.WARNING)


def changes(raised: Sequence[str], now: Sequence[Event]) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """The events of a tick, and what is raised after it: a condition tells of its beginning and of its end, once each."""
    keys = {_key(event): event for event in now}
    began = [event for key, event in keys.items() if key not in raised]
    ended = [
        Event("control.ended", who, Severity.NOTE, {"code": code})
        for code, _, who in (key.partition("|") for key in raised if key not in keys)
    ]
    return (*began, *ended), tuple(keys)


def _key(event: Event) -> str:
    return f"{event.code}|{event.who}"


def _expected_absence(seen: Watched, point: str) -> bool:
    """A point that need not be there and was never seen is no fault of anybody's."""
    channel, remembered = seen.site.channels[point], seen.judgment.channels[point]
    return not channel.needed and remembered.taken_ms is None and seen.judgment.points[point].why == "control.absent"


def _of_asset(seen: Watched, name: str) -> Iterator[Event]:
    standing = seen.standings[name]
    if standing.tripped:
        yield Event("control.tripped", name, Severity.ERROR)
    command = seen.memory.commands.get(name)
    if not standing.obeys and command is not None:
        shown = standing.power.middle if standing.power is not None else 0.0
        detail: dict[str, str | float] = {"told_kw": round(command.set_point_kw, 3), "shown_kw": round(shown, 3)}
        yield Event("control.not-obeyed", name, Severity.ERROR, detail)
    if name in seen.memory.stops:
        yield Event("control.stopped", name, Severity.NOTE, {"author": seen.memory.stops[name]})


def _over(name: str, outcome: Outcome) -> Iterator[Event]:
    for code, over in (
        ("control.import-over", outcome.import_over_kw),
        ("control.export-over", outcome.export_over_kw),
    ):
        if over > _SMALL_KW:
            yield Event(code, name, Severity.ERROR, {"over_kw": round(over, 1)})
