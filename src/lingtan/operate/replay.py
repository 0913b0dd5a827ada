"""Give the cycle again what it was given, and see whether it decides the same: any recorded hour, by today's code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lingtan.control import ControlSite, Schedule, memory_from_json, schedule_from_json
from lingtan.findings import Finding, InputError
from lingtan.operate.inputs import decide, inputs_from_json
from lingtan.operate.installed import Installed, installed_from_json
from lingtan.operate.keeping import decision_rows
from lingtan.operate.ordering import FOR_EVER_MS, desk_from_json
from lingtan.operate.store import DecisionRow, TelemetryReader

MOST_TOLD = 20


@dataclass(frozen=True)
class Difference:
    """A decision that came out otherwise: what was recorded (None: nothing), and what is decided now."""

    at_ms: int
    asset: str
    recorded: DecisionRow | None
    decided: DecisionRow | None


@dataclass(frozen=True)
class Replay:
    """How a replay went: how many ticks and decisions were compared, and the first that differ."""

    from_ms: int
    until_ms: int
    ticks: int
    decisions: int
    differing: int
    differences: tuple[Difference, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "from_ms": self.from_ms,
            "until_ms": self.until_ms,
            "ticks": self.ticks,
            "decisions": self.decisions,
            "differing": self.differing,
            "differences": [
                {
                    "at_ms": each.at_ms,
                    "asset": each.asset,
                    "recorded": None if each.recorded is None else dict(vars(each.recorded)),
                    "decided": None if each.decided is None else dict(vars(each.decided)),
                }
                for each in self.differences
            ],
        }


class Starts:
    """The starts of control in a record: which park, with which devices, control obeyed at a moment."""

    def __init__(self, telemetry: TelemetryReader) -> None:
        self._telemetry = telemetry
        self._starts = telemetry.starts()
        self._sites: dict[str, ControlSite] = {}

    def site_at(self, at_ms: int) -> ControlSite:
        """What control knew of its park then, whatever became of the park since. Raises `InputError` before the first start."""
        digest = self._digest_at(at_ms)
        if digest not in self._sites:
            self._sites[digest] = self._installed(digest).site()
        return self._sites[digest]

    def zone(self) -> str:
        """The clock of the park as it was last started. Raises `InputError` where control never was."""
        return self._installed(self._digest_at(FOR_EVER_MS)).park.site.zone

    def _digest_at(self, at_ms: int) -> str:
        before = [digest for started_ms, digest in self._starts if started_ms <= at_ms]
        if not before:
            raise InputError([Finding("operate.nothing-to-replay", "replay")])
        return before[-1]

    def _installed(self, digest: str) -> Installed:
        return installed_from_json(self._telemetry.installed(digest))


def replay(telemetry: TelemetryReader, from_ms: int, until_ms: int) -> Replay:
    """Decide the recorded ticks of a span again, for the park that was in force, from the memory that was kept before it.

    Memory is kept once a minute and at every start of control, so the replay begins at most a minute before the span, and takes
    up a new memory, and the park of that start, wherever control was started anew. Raises `InputError` where nothing is recorded.
    """
    found = telemetry.memory_before(from_ms) or telemetry.first_memory()
    if found is None:
        raise InputError([Finding("operate.nothing-to-replay", "replay", got=f"{from_ms} … {until_ms}")])
    begins_ms, kept = found
    memories = dict(telemetry.memories(begins_ms, until_ms))
    memory, desk = memory_from_json(kept["memory"]), desk_from_json(kept["desk"])
    starts = Starts(telemetry)
    site = starts.site_at(begins_ms)
    schedules: dict[str, Schedule] = {}
    decided: dict[tuple[int, str], DecisionRow] = {}
    ticks = 0
    for tick in telemetry.ticks(begins_ms, until_ms):
        if tick.inputs.get("fresh") and tick.at_ms in memories:
            memory = memory_from_json(memories[tick.at_ms]["memory"])
            desk = desk_from_json(memories[tick.at_ms]["desk"])
            site = starts.site_at(tick.at_ms)
        inputs = inputs_from_json(tick.inputs, _schedule(telemetry, schedules, tick.inputs["schedule"]))
        outcome = decide(site, memory, desk, inputs)
        memory, desk = outcome.cycle.memory, outcome.desk
        if tick.at_ms >= from_ms:
            ticks += 1
            decided |= {(row.at_ms, row.asset): row for row in decision_rows(outcome.cycle, tick.at_ms)}
    recorded = {(row.at_ms, row.asset): row for row in telemetry.decisions(from_ms, until_ms)}
    return _compared(from_ms, until_ms, ticks, recorded, decided)


def _schedule(telemetry: TelemetryReader, known: dict[str, Schedule], digest: str | None) -> Schedule | None:
    if digest is None:
        return None
    if digest not in known:
        known[digest] = schedule_from_json(telemetry.schedule(digest))
    return known[digest]


def _compared(
    from_ms: int,
    until_ms: int,
    ticks: int,
    recorded: Mapping[tuple[int, str], DecisionRow],
    decided: Mapping[tuple[int, str], DecisionRow],
) -> Replay:
    both = sorted(recorded.keys() | decided.keys())
    wrong = [
        Difference(at_ms, asset, recorded.get((at_ms, asset)), decided.get((at_ms, asset)))
        for at_ms, asset in both
        if recorded.get((at_ms, asset)) != decided.get((at_ms, asset))
    ]
    return Replay(from_ms, until_ms, ticks, len(both), len(wrong), tuple(wrong[:MOST_TOLD]))
