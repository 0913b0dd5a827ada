"""Judge the image: how far each reading may be trusted, and within which span its value lies if it may not."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from lingtan.control.channels import Channel
from lingtan.control.image import Image, Quality, Reading
from lingtan.control.memory import ChannelMemory
from lingtan.control.span import Span

RECENT = 8
"""Samples that are remembered of each point."""
_SWINGS = 4
"""Turns among the remembered samples, each beyond the channel's `noise`, that make it noisy."""
_AHEAD_S = 1.0
"""A stamp this far in the future is another clock's, no rounding."""
_STEP = 0.01
"""Largest step of a register of state of charge: many devices show whole percents."""


Why = tuple[str, Mapping[str, str | float] | None]
"""Code and values of an event."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A point after judgment: `span` holds its value (None: never known); `why` is the event's code where it is not good."""

    span: Span | None
    quality: Quality
    why: str = ""
    detail: Mapping[str, str | float] | None = None

    @property
    def good(self) -> bool:
        """Whether it may be used as it stands."""
        return self.quality is Quality.GOOD

    @property
    def value(self) -> float | None:
        """The middle of what is known."""
        return None if self.span is None else self.span.middle


NOTHING = Judged(None, Quality.BAD, "control.absent")


@dataclass(frozen=True, slots=True)
class Judgment:
    """All points of a tick, by name, and what is remembered of them."""

    points: Mapping[str, Judged]
    channels: Mapping[str, ChannelMemory]

    def of(self, point: str) -> Judged:
        """A point; `NOTHING` where there is none."""
        return self.points.get(point, NOTHING)


def judge(channels: Mapping[str, Channel], seen: Mapping[str, ChannelMemory], image: Image) -> Judgment:
    """Every channel judged; a device whose sign of life stands still takes all its other points with it."""
    points: dict[str, Judged] = {}
    memory: dict[str, ChannelMemory] = {}
    dead: dict[str, str] = {}
    for point, channel in channels.items():
        reading = image.readings.get(point)
        points[point], memory[point] = _judge(channel, reading, seen.get(point, _UNSEEN), image.now_ms)
        if points[point].why == "control.frozen":
            dead[point.partition(".")[0]] = point
    for point, judged in points.items():
        witness = dead.get(point.partition(".")[0])
        if witness is not None and judged.good:
            still_s = (image.now_ms - memory[witness].changed_ms) / 1000.0
            span = _around(judged.span, channels[point], still_s)
            points[point] = Judged(span, Quality.UNCERTAIN, "control.frozen", {"age_s": round(still_s, 1)})
    return Judgment(points, memory)


def as_judged(image: Image, judgment: Judgment) -> dict[str, Reading]:
    """The image with the judged qualities: what people are shown and what is recorded."""
    return {
        point: Reading(
            reading.value if reading.value is None or math.isfinite(reading.value) else None,
            reading.unit,
            judgment.points[point].quality if point in judgment.points else reading.quality,
            reading.age_s,
        )
        for point, reading in image.readings.items()
    }


_UNSEEN = ChannelMemory()


def _judge(channel: Channel, reading: Reading | None, seen: ChannelMemory, now_ms: int) -> tuple[Judged, ChannelMemory]:
    fault: Why | None = ("control.absent", None)
    if reading is not None and reading.value is not None:
        fault = _unusable(channel, reading)
    if reading is None or reading.value is None or fault is not None:
        why, detail = fault or ("control.absent", None)
        quality = Quality.STALE if why == "control.stale" else Quality.BAD
        return Judged(_last_known(channel, seen, now_ms), quality, why, detail), seen
    after = _remember(channel, reading.value, now_ms - round(reading.age_s * 1000.0), seen, now_ms)
    doubt = _doubt(channel, reading, seen, after, now_ms)
    if doubt is None:
        known = ChannelMemory(reading.value, after.taken_ms or now_ms, after.taken_ms, after.changed_ms, after.recent)
        return Judged(Span(reading.value, reading.value), Quality.GOOD), known
    span = Span(min(after.recent), max(after.recent))
    last = _last_known(channel, seen, now_ms)
    if last is not None:
        span = span.join(last)
    if doubt[0] == "control.frozen":
        span = _around(span, channel, (now_ms - after.changed_ms) / 1000.0) or span
    return Judged(span, Quality.UNCERTAIN, *doubt), after


def _unusable(channel: Channel, reading: Reading) -> Why | None:
    """Why there is no value in a reading."""
    value = reading.value
    if value is None or not math.isfinite(value) or not math.isfinite(reading.age_s):
        return "control.not-finite", None
    if reading.unit != channel.unit:
        return "control.wrong-unit", {"unit": reading.unit}
    if reading.quality is Quality.BAD:
        return "control.refused", None
    if not channel.low <= value <= channel.high:
        return "control.out-of-range", {"value": value}
    if reading.age_s > channel.stale_after_s or reading.quality is Quality.STALE:
        return "control.stale", {"age_s": round(reading.age_s, 1)}
    return None


def _remember(channel: Channel, value: float, taken_ms: int, seen: ChannelMemory, now_ms: int) -> ChannelMemory:
    """A sample that was seen before is no evidence of standing still; those from before a silence are no neighbors of this one."""
    if seen.taken_ms is not None and abs(taken_ms - seen.taken_ms) <= 1 and seen.recent[-1] == value:
        return seen
    moved = not seen.recent or seen.recent[-1] != value
    silent = seen.taken_ms is not None and taken_ms - seen.taken_ms > channel.stale_after_s * 1000.0
    recent = (value,) if silent else (*seen.recent[1 - RECENT :], value)
    return ChannelMemory(seen.value, seen.good_ms, taken_ms, now_ms if moved else seen.changed_ms, recent)


def _doubt(channel: Channel, reading: Reading, seen: ChannelMemory, after: ChannelMemory, now_ms: int) -> Why | None:
    """Why a value is not taken at its word."""
    value = after.recent[-1]
    if reading.age_s < -_AHEAD_S:
        return "control.ahead", {"ahead_s": round(-reading.age_s, 1)}
    if channel.moves and (still_s := (now_ms - after.changed_ms) / 1000.0) > channel.frozen_after_s:
        return "control.frozen", {"age_s": round(still_s, 1)}
    if channel.noise is not None and (swing := _swing(after.recent, channel.noise)) is not None:
        return "control.noisy", {"value": round(swing, 3)}
    if channel.rate_per_s is not None and _jumped(channel.rate_per_s, seen, after, now_ms):
        return "control.jump", {"value": value}
    if reading.quality is Quality.UNCERTAIN:
        return "control.doubted", None
    return None


def _swing(recent: tuple[float, ...], noise: float) -> float | None:
    """The least of the largest swings, where there are enough of them to and fro."""
    steps = [after - before for before, after in pairwise(recent)]
    turns = [
        min(abs(one), abs(two)) for one, two in pairwise(steps) if one * two < 0.0 and min(abs(one), abs(two)) > noise
    ]
    return max(turns) if len(turns) >= _SWINGS else None


def _jumped(rate_per_s: float, seen: ChannelMemory, after: ChannelMemory, now_ms: int) -> bool:
    """Further than it can have come; once it has stayed there for all remembered samples it is believed."""
    if seen.value is None:
        return False
    since_s = max((now_ms - seen.good_ms) / 1000.0, 0.0)
    if abs(after.recent[-1] - seen.value) <= rate_per_s * since_s + _STEP:
        return False
    return len(after.recent) < RECENT or max(after.recent) - min(after.recent) > rate_per_s * 10.0 + _STEP


def _last_known(channel: Channel, seen: ChannelMemory, now_ms: int) -> Span | None:
    """The last good value, wider for every second since."""
    if seen.value is None:
        return None
    return _around(Span(seen.value, seen.value), channel, (now_ms - seen.good_ms) / 1000.0)


def _around(span: Span | None, channel: Channel, seconds: float) -> Span | None:
    if span is None:
        return None
    wide = span.widen(channel.drift_per_s * max(seconds, 0.0))
    return Span(min(max(wide.low, channel.low), span.low), max(min(wide.high, channel.high), span.high))
