"""Read-back: whether an asset does what it was told. One that does not is uncertain, and is not reckoned with."""

from __future__ import annotations

from dataclasses import replace

from lingtan.control.channels import set_point_of
from lingtan.control.judge import Judgment
from lingtan.control.memory import Command
from lingtan.control.settings import ControlSettings
from lingtan.control.site import Controlled

_TOLD = 3
"""Ticks that a device may lag: it is held against the last so many set-points."""
_REGISTER = 0.005
"""Share of the rating that a set-point may lose on its way through a register."""
_AT_THE_END = 0.02
"""Within this of full or empty a battery may give less than it was told."""
_MOST_STRIKES = 4
_FORGIVEN_S = 600.0


def tell(command: Command | None, set_point_kw: float, revert_kw: float, now_ms: int) -> Command:
    """What is remembered of a set-point that is being written."""
    if command is None:
        return Command(set_point_kw, revert_kw, now_ms, told_kw=(set_point_kw,))
    told = (*command.told_kw[1 - _TOLD :], set_point_kw)
    return replace(command, set_point_kw=set_point_kw, revert_kw=revert_kw, told_ms=now_ms, told_kw=told)


def read_back(
    asset: Controlled, command: Command, judgment: Judgment, settings: ControlSettings, now_ms: int
) -> Command:
    """The command after this tick's evidence. An asset that cannot be seen gives none: it is lost, not disobedient."""
    obeys = _obeys(asset, command, judgment, settings)
    if obeys is None:
        return command
    if obeys:
        calm = command.trust_ms is None or now_ms >= command.trust_ms
        strikes = 0 if calm and now_ms - command.lost_ms > _FORGIVEN_S * 1000.0 else command.strikes
        return replace(command, misses=0, strikes=strikes, trust_ms=None if calm else command.trust_ms)
    misses = command.misses + 1
    if misses < settings.read_back_ticks or command.trust_ms is not None:
        return replace(command, misses=misses)
    wait_s = settings.trust_again_s * 2 ** min(command.strikes, _MOST_STRIKES)
    until = now_ms + round(wait_s * 1000.0)
    return replace(command, misses=misses, strikes=command.strikes + 1, trust_ms=until, lost_ms=now_ms)


def _obeys(asset: Controlled, command: Command, judgment: Judgment, settings: ControlSettings) -> bool | None:
    """Whether the asset does what it was told; None where neither its set-point nor its power can be seen."""
    low, high = min(command.told_kw), max(command.told_kw)
    rating = max(asset.high_kw, -asset.low_kw)
    register = judgment.of(f"{asset.name}.{set_point_of(asset.family)}")
    if register.good and register.value is not None and not _inside(register.value, low, high, _REGISTER * rating):
        return False
    power = judgment.of(f"{asset.name}.power_kw")
    if not power.good or power.value is None:
        return None
    slack = settings.read_back_share * rating
    if not asset.stores:
        return power.value <= high + slack
    if _inside(power.value, low, high, slack):
        return True
    soc = judgment.of(f"{asset.name}.soc").value
    spent = soc is not None and (soc <= _AT_THE_END or soc >= 1.0 - _AT_THE_END)
    return spent and _inside(power.value, min(low, 0.0), max(high, 0.0), slack)


def _inside(value: float, low: float, high: float, slack: float) -> bool:
    return low - slack <= value <= high + slack
