"""From what devices answered to the image that a tick is decided on, and to the channels that it is judged by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from lingtan.control import Channel, ControlSite, Image, Quality, Reading
from lingtan.devices import UNITS, Register, Template
from lingtan.devices.nature import CONTROLLER_HEARTBEAT, REVERT, REVERT_REMAINING, REVERT_TIME, SIGNS_OF_LIFE
from lingtan.operate.device import Device
from lingtan.operate.field import Snapshot
from lingtan.operate.store import Point

_OF_THE_LINK = frozenset({*SIGNS_OF_LIFE, CONTROLLER_HEARTBEAT, REVERT, REVERT_TIME, REVERT_REMAINING})

CLOCK_JUMP_MS = 30_000.0
"""By how much the clock of a device may wander between two looks."""


def image_of(devices: Mapping[str, Device], known: Mapping[str, Snapshot], now_ms: int) -> Image:
    """Every quantity of every device that has answered, with its age.

    A value is as old as the last sign of life of its device. A value that the device does not give, or that cannot be true, is
    bad; a set-point whose lease has run out is bad too, for it is not what the device holds to.
    """
    readings: dict[str, Reading] = {}
    for name, device in devices.items():
        seen = known[name]
        if seen.taken_ms is None or seen.moved_ms is None:
            continue
        age_s = max(0.0, (now_ms - seen.moved_ms) / 1000.0)
        for quantity, register in shown(device.template).items():
            value = seen.values.get(quantity)
            quality = Quality.GOOD if value is not None and register.holds(value) else Quality.BAD
            if quantity == device.set_point and _has_lapsed(device.template, seen):
                quality = Quality.BAD
            readings[f"{name}.{quantity}"] = Reading(value, UNITS[quantity], quality, age_s)
    return Image(now_ms, readings)


def shown(template: Template) -> dict[str, Register]:
    """The registers that say something of the park: signs of life and timers are judged before, and would fill the store."""
    return {name: one for name, one in template.registers.items() if name not in _OF_THE_LINK}


def _has_lapsed(template: Template, seen: Snapshot) -> bool:
    """Whether the device says that nothing holds any more, although it was told after."""
    if template.lease is None or seen.told is None or seen.taken_ms is None or seen.taken_ms < seen.told.at_ms:
        return False
    left_s = seen.values.get(REVERT_REMAINING)
    return left_s is not None and left_s <= 0.0


def points_of(devices: Iterable[Device]) -> list[Point]:
    """Every point of the devices, to be made known to the store."""
    return [
        Point(f"{device.asset}.{quantity}", UNITS[quantity], device.asset)
        for device in devices
        for quantity in shown(device.template)
    ]


def site_with_templates(site: ControlSite, templates: Mapping[str, Template]) -> ControlSite:
    """The site with what the templates of its devices know better: how old a reading may get, what cannot be true."""
    return site.with_channels(_channels(site, templates))


def _channels(site: ControlSite, templates: Mapping[str, Template]) -> Iterator[Channel]:
    for name, template in templates.items():
        for quantity, register in template.registers.items():
            channel = site.channels.get(f"{name}.{quantity}")
            if channel is None:
                continue
            yield replace(
                channel,
                stale_after_s=template.stale_after_s,
                low=channel.low if register.low is None else max(channel.low, register.low),
                high=channel.high if register.high is None else min(channel.high, register.high),
            )
