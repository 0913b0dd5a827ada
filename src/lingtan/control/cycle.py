"""One cycle of control: everything known in, every decision out. Pure: the same inputs give the same outputs, bit for bit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lingtan.control.decision import Decision, DemandView, Event
from lingtan.control.image import Image, Reading
from lingtan.control.memory import Memory, Mode
from lingtan.control.proposal import Proposal
from lingtan.control.schedule import Schedule
from lingtan.control.site import ControlSite


@dataclass(frozen=True)
class Cycle:
    """What a tick came to.

    `decisions` by asset (none in mode off); `writes` says whether they may be written to devices; `points` is the image as it was
    judged (qualities at least as bad as the driver's); `demand` by connection.
    """

    memory: Memory
    decisions: Mapping[str, Decision]
    events: tuple[Event, ...]
    writes: bool = False
    points: Mapping[str, Reading] = field(default_factory=dict)
    demand: Mapping[str, DemandView] = field(default_factory=dict)


def cycle(
    site: ControlSite,
    memory: Memory,
    image: Image,
    proposals: Sequence[Proposal],
    schedule: Schedule | None,
    now_ms: int,
) -> Cycle:
    """One tick at `now_ms` (UTC): judge the image, hear the proposals, keep to the envelope, decide."""
    del proposals, schedule  # being built: until then every asset is held at its fail-safe
    decisions = {
        asset.name: Decision(
            asset.name,
            asset.fail_safe_kw,
            asset.low_kw,
            asset.high_kw,
            "guard",
            "boot",
            asset.fail_safe_kw,
            asset.lease_s,
        )
        for asset in site.controlled
    }
    after = replace(memory, now_ms=now_ms)
    return Cycle(after, {} if memory.mode is Mode.OFF else decisions, (), False, image.readings, {})
