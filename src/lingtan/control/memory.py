"""Memory: all that control carries from one tick to the next, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from lingtan.control.site import ControlSite
from lingtan.frozen import DeepFrozen
from lingtan.seal import Json

SHAPE = 1
"""Version of the JSON form."""


class Mode(StrEnum):
    """What becomes of decisions."""

    OFF = "off"
    """Nothing is decided or written; leases run out."""
    SHADOW = "shadow"
    """Decisions are made and shown, nothing is written."""
    AUTO = "auto"
    """Decisions are written."""


class Phase(StrEnum):
    """Whether the fail-safe of the start has been left."""

    FAIL_SAFE = "fail_safe"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class ChannelMemory:
    """What was seen of a point: its last good value and when that was taken, and its last samples, oldest first."""

    value: float | None = None
    good_ms: int = 0
    taken_ms: int | None = None
    changed_ms: int = 0
    recent: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """What an asset was last told, and how it obeys.

    `told_kw` are its last set-points, newest last. `misses` counts ticks in a row without read-back; `strikes` how often it lost
    trust, last at `lost_ms`; it regains it at `trust_ms` at the earliest (None: it has it).
    """

    set_point_kw: float
    revert_kw: float
    told_ms: int
    told_kw: tuple[float, ...] = ()
    misses: int = 0
    strikes: int = 0
    trust_ms: int | None = None
    lost_ms: int = 0


@dataclass(frozen=True, slots=True)
class DemandMemory:
    """Import of the last 15 minutes: mean power [kW] of each finished slip, oldest first (None: not known).

    The running slip began at `slip_ms`; of it `running_s` seconds and `running_kws` kilowatt-seconds are known.
    """

    slip_ms: int
    slips: tuple[float | None, ...] = ()
    running_kws: float = 0.0
    running_s: float = 0.0


@dataclass(frozen=True, slots=True)
class BusMemory:
    """What is remembered of the bus of a connection.

    `open_ticks` counts ticks in a row in which meter and sum differed; `others_kw` is what all that control cannot reckon with gave
    when the meter was last good, at `others_ms` (None: it never was).
    """

    open_ticks: int = 0
    others_kw: float | None = None
    others_ms: int = 0


@dataclass(frozen=True)
class Memory(DeepFrozen):
    """What control knows between ticks. Take it as a value: the cycle gives a new one back.

    `mode` is what people ordered; `phase` and `good_ticks` are the start's fail-safe; `stops` names who stopped an asset;
    `raised` holds what is wrong at present (`code|who`), so that an event tells of its beginning and its end only.
    """

    mode: Mode
    phase: Phase
    booted_ms: int
    now_ms: int
    good_ticks: int = 0
    channels: Mapping[str, ChannelMemory] = field(default_factory=dict)
    commands: Mapping[str, Command] = field(default_factory=dict)
    demand: Mapping[str, DemandMemory] = field(default_factory=dict)
    buses: Mapping[str, BusMemory] = field(default_factory=dict)
    """By connection."""
    stops: Mapping[str, str] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    digest: str = ""
    """Digest of the schedule in force."""

    def as_json(self) -> dict[str, Json]:
        """The memory as plain data; `memory_from_json` gives an equal one."""
        plain: dict[str, Any] = {"shape": SHAPE}
        for name in _FIELDS:
            value = getattr(self, name)
            part = _PARTS.get(name)
            plain[name] = value if part is None else {key: _plain(one) for key, one in value.items()}
        return {
            **plain,
            "mode": str(self.mode),
            "phase": str(self.phase),
            "stops": dict(self.stops),
            "raised": list(self.raised),
        }


_PARTS: Mapping[str, Any] = {"channels": ChannelMemory, "commands": Command, "demand": DemandMemory, "buses": BusMemory}
_FIELDS = tuple(item.name for item in fields(Memory))


def _plain(part: Any) -> dict[str, Json]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(part).items()}


def memory_from_json(data: Mapping[str, Any]) -> Memory:
    """The memory that `as_json` wrote. Raises KeyError, TypeError or ValueError for anything else: start anew then."""
    if data["shape"] != SHAPE:
        raise ValueError(f"memory has shape {data['shape']!r}, this version reads {SHAPE}")
    values = {name: data[name] for name in _FIELDS}
    for name, part in _PARTS.items():
        values[name] = {
            key: part(**{word: tuple(value) if isinstance(value, list) else value for word, value in one.items()})
            for key, one in data[name].items()
        }
    values |= {"mode": Mode(data["mode"]), "phase": Phase(data["phase"]), "raised": tuple(data["raised"])}
    return Memory(**values)


def boot(site: ControlSite, now_ms: int, mode: Mode = Mode.SHADOW) -> Memory:
    """The memory of a first start: in its fail-safe, nothing seen, nobody trusted to have left it."""
    del site  # a later form may need it; whoever starts control has it at hand
    return Memory(mode=mode, phase=Phase.FAIL_SAFE, booted_ms=now_ms, now_ms=now_ms)


def reboot(memory: Memory, now_ms: int) -> Memory:
    """The memory of a restart: orders, stops and demand are kept, what was told is not, the fail-safe must be left anew."""
    return replace(memory, phase=Phase.FAIL_SAFE, good_ticks=0, booted_ms=now_ms, commands={})


def with_mode(memory: Memory, mode: Mode) -> Memory:
    """The memory after an order of another mode. What was told before is forgotten where nothing is written any more."""
    return replace(memory, mode=mode, commands=memory.commands if mode is Mode.AUTO else {})


def stop(memory: Memory, asset: str, author: str) -> Memory:
    """The memory after somebody stopped an asset: it goes to zero, and stays there until it is released."""
    return replace(memory, stops={**memory.stops, asset: author})


def release(memory: Memory, asset: str) -> Memory:
    """The memory after a stop was lifted."""
    return replace(memory, stops={name: author for name, author in memory.stops.items() if name != asset})
