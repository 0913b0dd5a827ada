"""Channels: what is expected of each point, so that its readings can be judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lingtan.control.settings import ControlSettings

_BEYOND = 1.2
"""Factor beyond a rating up to which a reading is believed: inverters overshoot, module ratings are nominal."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A point and what its readings must be like.

    Values lie within `low` to `high` in `unit`. `needed`: the fail-safe is not left without it. `moves`: it must change at least
    every `frozen_after_s` seconds; of a channel that need not move, standing still says nothing. `rate_per_s`: most it can change
    in a second (None: any). `noise`: size of a swing to and fro that, repeated, counts as noise (None: any). `drift_per_s`: how
    much a value may have changed for each second that it was not seen.
    """

    point: str
    unit: str
    low: float
    high: float
    stale_after_s: float
    needed: bool = False
    moves: bool = False
    frozen_after_s: float = 60.0
    rate_per_s: float | None = None
    noise: float | None = None
    drift_per_s: float = 0.0


def channels_of(
    controlled: Mapping[str, tuple[str, float, float]],
    metered: Mapping[str, tuple[str, float]],
    capacity_kva: Mapping[str, float],
    settings: ControlSettings,
) -> dict[str, Channel]:
    """The channels of a site: (family, power [kW], energy [kWh]), (family, power [kW]) and capacity [kVA] by name."""
    largest = sum(capacity_kva.values()) + sum(power for _, power, _ in controlled.values())
    largest += sum(power for _, power in metered.values())
    channels: list[Channel] = []
    for name, (family, power_kw, energy_kwh) in controlled.items():
        channels += _of_controlled(name, family, power_kw, energy_kwh, settings)
    for name, (family, power_kw) in metered.items():
        span = power_kw if family == "firm_line" else largest
        low, high = (-0.05 * span, _BEYOND * span) if family == "firm_line" else (-_BEYOND * span, 0.05 * span)
        channels.append(_power(f"{name}.power_kw", low, high, settings, noise=0.2 * span))
    for name, kva in capacity_kva.items():
        reach = 1.5 * kva
        channels.append(_power(f"{name}.power_kw", -reach, reach, settings, needed=True, noise=0.15 * kva))
        channels.append(Channel(f"{name}.demand_kw", "kW", -0.01 * reach, reach, 60.0))
    return {channel.point: channel for channel in channels}


def _of_controlled(
    name: str, family: str, power_kw: float, energy_kwh: float, settings: ControlSettings
) -> Iterable[Channel]:
    reach = _BEYOND * power_kw
    stale_s = settings.stale_after_s
    if family == "battery":
        # Three times what the rating can move, and a register's step: a jump beyond that is no energy.
        rate = 3.0 * power_kw / energy_kwh / 3600.0 if energy_kwh > 0.0 else None
        yield _power(f"{name}.power_kw", -reach, reach, settings, needed=True, noise=None)
        drift = 0.0 if rate is None else rate / 2.0
        yield Channel(
            f"{name}.soc", "1", -0.005, 1.005, stale_s, needed=True, rate_per_s=rate, noise=0.03, drift_per_s=drift
        )
    else:
        yield _power(f"{name}.power_kw", -0.05 * power_kw, reach, settings, needed=True, noise=0.3 * power_kw)
        yield Channel(f"{name}.available_kw", "kW", -0.05 * power_kw, _BEYOND * power_kw, stale_s)
    yield Channel(f"{name}.{set_point_of(family)}", "kW", -reach, reach, stale_s)
    yield Channel(f"{name}.state", "1", 0.0, 3.0, stale_s)


def set_point_of(family: str) -> str:
    """The quantity that a family can be told."""
    return "set_power_kw" if family == "battery" else "set_limit_kw"


def _power(
    point: str, low: float, high: float, settings: ControlSettings, *, needed: bool = False, noise: float | None
) -> Channel:
    drift = 0.002 * max(abs(low), abs(high))
    return Channel(point, "kW", low, high, settings.stale_after_s, needed=needed, noise=noise, drift_per_s=drift)
