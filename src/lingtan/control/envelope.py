"""The own envelope of an asset: what its rating, its state of charge and what is known of it allow, before any wish is heard."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lingtan.control.arbiter import Envelope
from lingtan.control.channels import set_point_of
from lingtan.control.judge import Judgment
from lingtan.control.memory import Command
from lingtan.control.settings import ControlSettings
from lingtan.control.site import Controlled
from lingtan.control.span import ZERO, Span
from lingtan.devices import DeviceState

_UNSETTLED = 4
"""What an asset that does not obey does is all that it showed in so many samples: its reading may be what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What an asset is known to do: its power as a span (None: never known), and whether it may be reckoned with.

    An asset is uncertain when its power is not well known, when it does not do what it was told, or when it has tripped.
    `held_kw` is what an asset that cannot be seen is told until it is seen again: what it was told last, and its fail-safe once
    its lease must have run out. Else it would leap to a newer wish in the second in which its line comes back.
    """

    power: Span | None
    certain: bool
    tripped: bool
    obeys: bool
    held_kw: float | None = None


def standing_of(asset: Controlled, command: Command | None, judgment: Judgment, now_ms: int) -> Standing:
    """How an asset stands in this tick. An asset that cannot be reached may long have gone to what it was told to revert to."""
    power = judgment.of(f"{asset.name}.power_kw")
    state = judgment.of(f"{asset.name}.state")
    tripped = state.good and state.value == DeviceState.TRIPPED
    obeys = command is None or command.trust_ms is None
    span = power.span
    if power.good and not obeys and span is not None:
        for shown_kw in judgment.channels[f"{asset.name}.power_kw"].recent[-_UNSETTLED:]:
            span = span.join(Span(shown_kw, shown_kw))
    if not power.good and command is not None and span is not None:
        available = judgment.of(f"{asset.name}.available_kw").span
        most_kw = math.inf if asset.stores or available is None else max(available.high, span.high)
        for told_kw in (command.revert_kw, command.set_point_kw):
            span = span.join(Span(min(told_kw, most_kw), min(told_kw, most_kw)))
    held_kw = None
    if not power.good and command is not None:
        held_kw = asset.fail_safe_kw if _lease_is_over(asset, judgment, now_ms) else command.set_point_kw
    return Standing(span, power.good and obeys and not tripped, tripped, obeys, held_kw)


def _lease_is_over(asset: Controlled, judgment: Judgment, now_ms: int) -> bool:
    """Whether nothing was seen for a lease, neither of its power nor of the set-point that it holds to."""
    names = (f"{asset.name}.power_kw", f"{asset.name}.{set_point_of(asset.family)}")
    last_ms = max((judgment.channels[name].good_ms for name in names if name in judgment.channels), default=0)
    return now_ms - last_ms > asset.lease_s * 1000.0


def own_envelope(
    asset: Controlled, standing: Standing, judgment: Judgment, stopped: bool, settings: ControlSettings
) -> Envelope:
    """Each doubt takes something away, none gives."""
    envelope = Envelope(Span(asset.low_kw, asset.high_kw), "rating", "rating")
    if asset.stores:
        soc = judgment.of(f"{asset.name}.soc").span
        allowed = soc_span(asset, soc, asset.lease_s + settings.tick_s)
        envelope = envelope.cut(allowed.low, allowed.high, "soc")
    if not standing.certain:
        unseen = standing.held_kw is not None
        reason = "tripped" if standing.tripped else "unseen" if unseen else "distrust"
        envelope = toward_safety(envelope, asset, standing.power, reason)
    return envelope.cut(0.0, 0.0, "stop") if stopped else envelope


def toward_safety(envelope: Envelope, asset: Controlled, power: Span | None, reason: str) -> Envelope:
    """No further from the fail-safe than the asset is now."""
    safe = asset.fail_safe_kw
    now = Span(safe, safe) if power is None else power.join(Span(safe, safe))
    return envelope.cut(now.low, now.high, reason)


def soc_span(asset: Controlled, soc: Span | None, seconds: float) -> Span:
    """The power [kW] that a battery can hold for some seconds, whatever in `soc` is true: nothing, where nothing is known."""
    if soc is None:
        return ZERO
    hours = seconds / 3600.0
    stored_kwh = min(max(soc.low, 0.0), 1.0) * asset.energy_kwh
    room_kwh = (1.0 - min(max(soc.high, 0.0), 1.0)) * asset.energy_kwh
    return Span(-room_kwh / asset.charge_efficiency / hours, stored_kwh * asset.discharge_efficiency / hours)
