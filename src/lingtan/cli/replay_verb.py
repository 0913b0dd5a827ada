"""The verb that decides a recorded span again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from lingtan.cli.devices_verbs import RunPath
from lingtan.cli.outcome import Exit, ends_well, language, show_json, tell
from lingtan.cli.park_verbs import AsJson
from lingtan.findings import Finding, InputError
from lingtan.wording.operate import OPERATE_WORDS

if TYPE_CHECKING:
    from lingtan.operate.store import TelemetryReader


@ends_well
def replay(
    run: RunPath,
    start: Annotated[
        str | None, typer.Option(help="First moment on the park's clock; the last hours · 起始时刻")
    ] = None,
    hours: Annotated[float, typer.Option(help="Length in hours · 时长（小时）", min=0.01, max=48)] = 1.0,
    as_json: AsJson = False,
) -> Exit:
    """Decide a recorded span again and compare · 用记录重放一段时间的决策并核对"""
    from lingtan.clock import zone_of
    from lingtan.operate.replay import Starts
    from lingtan.operate.replay import replay as replay_span
    from lingtan.operate.store import RunFolder, TelemetryReader

    folder = RunFolder(run)
    if not folder.facts_file.exists():
        raise InputError([Finding("operate.no-run", str(run))])
    with TelemetryReader(folder.telemetry) as telemetry:
        zone = Starts(telemetry).zone()
        from_ms, until_ms = _span(telemetry, start, hours, zone)
        result = replay_span(telemetry, from_ms, until_ms)
    if as_json:
        show_json(result.as_json())
    elif not result.differing:
        same = OPERATE_WORDS["replay.same"]
        print(same.in_language(language(), ticks=result.ticks, decisions=result.decisions))
    if result.differing:
        first = result.differences[0]
        who = f"{first.asset} {datetime.fromtimestamp(first.at_ms / 1000, zone_of(zone)).isoformat(' ', 'seconds')}"
        expected, got = f"{result.decisions}", f"{result.decisions - result.differing}"
        tell([Finding("operate.replay-differs", who, expected, got)])
    return Exit.INPUT if result.differing else Exit.DONE


def _span(telemetry: TelemetryReader, start: str | None, hours: float, zone: str) -> tuple[int, int]:
    from lingtan.clock import zone_of

    recorded = telemetry.span()
    length_ms = round(hours * 3_600_000)
    if recorded is None:
        raise InputError([Finding("operate.nothing-to-replay", "replay")])
    if start is None:
        return max(recorded[0], recorded[1] + 1 - length_ms), recorded[1] + 1
    try:
        moment = datetime.fromisoformat(start)
    except ValueError:
        raise InputError([Finding("cli.bad-start", "--start", "2026-07-01T00:00", start)]) from None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=zone_of(zone))
    from_ms = round(aware.timestamp() * 1000)
    if from_ms > recorded[1] or from_ms + length_ms <= recorded[0]:
        raise InputError([Finding("operate.nothing-to-replay", "--start", got=start)])
    return from_ms, from_ms + length_ms
