"""Decide within a second: what every asset is told in this tick, and why.

`cycle(site, memory, image, proposals, schedule, now_ms)` is the whole of it, a pure function. `site_of(park)` says what control
must know of a park; `boot` gives the first `Memory`, which travels as JSON; `with_mode`, `stop` and `release` are what people may
change in it; `verify` turns a plan into the `Schedule` that the cycle follows, or says what is wrong with it.
"""

from __future__ import annotations

from lingtan.control.channels import Channel
from lingtan.control.cycle import Cycle, cycle
from lingtan.control.decision import Decision, DemandView, Event
from lingtan.control.draft import DraftPlan, draft_plan
from lingtan.control.image import Image, Quality, Reading
from lingtan.control.memory import (
    Memory,
    Mode,
    Phase,
    boot,
    memory_from_json,
    reboot,
    release,
    stop,
    with_mode,
)
from lingtan.control.proposal import Priority, Proposal
from lingtan.control.schedule import Schedule, schedule_as_json, schedule_from_json
from lingtan.control.settings import ControlSettings
from lingtan.control.site import Controlled, ControlSite, Limits, Metered, not_live, site_of
from lingtan.control.verify import verify

__all__ = [
    "Channel",
    "ControlSettings",
    "ControlSite",
    "Controlled",
    "Cycle",
    "Decision",
    "DemandView",
    "DraftPlan",
    "Event",
    "Image",
    "Limits",
    "Memory",
    "Metered",
    "Mode",
    "Phase",
    "Priority",
    "Proposal",
    "Quality",
    "Reading",
    "Schedule",
    "boot",
    "cycle",
    "draft_plan",
    "memory_from_json",
    "not_live",
    "reboot",
    "release",
    "schedule_as_json",
    "schedule_from_json",
    "site_of",
    "stop",
    "verify",
    "with_mode",
]
