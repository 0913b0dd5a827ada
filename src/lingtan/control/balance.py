"""The balance of a bus: what all others take or give, whatever battery and plants do, known by the meter or by their sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lingtan.control.channels import Channel
from lingtan.control.envelope import Standing
from lingtan.control.image import Quality
from lingtan.control.judge import Judged, Judgment
from lingtan.control.memory import BusMemory, Command
from lingtan.control.site import ControlSite, Limits
from lingtan.control.span import ZERO, Span

OPEN_TICKS = 3
"""Ticks that meter and sum may differ before it is told: they are not read in the same instant."""


@dataclass(frozen=True, slots=True)
class Balance:
    """The power of all that control cannot reckon with on the bus of a connection: loads, lines, uncertain assets.

    `others` is a span above zero where they give (None: known by no way), `connection` the power drawn now. `doubtful` says that
    the meter cannot be taken at its word; `gap_kw` by how much it and the sum differ; `memory` is what the next tick needs.
    """

    limits: Limits
    others: Span | None
    connection: Span | None
    doubtful: bool
    gap_kw: float | None
    memory: BusMemory

    @property
    def settled(self) -> bool:
        """Whether the others are known to a value, not only as a span."""
        return self.others is not None and self.others.low == self.others.high

    @property
    def open(self) -> bool:
        """Whether meter and sum have differed for long enough to mean it."""
        return self.memory.open_ticks >= OPEN_TICKS


def balance_of(
    limits: Limits,
    site: ControlSite,
    standings: Mapping[str, Standing],
    judgment: Judgment,
    seen: BusMemory,
    commands: Mapping[str, Command],
    now_ms: int,
) -> Balance:
    """Prefer the meter: it sees what nobody measures, and what does not obey. Where both speak and differ, believe neither.

    There are three witnesses: meter less what our assets show, meter less what they were told, and the sum of all others. The one
    in the middle speaks for the meter, so that a single device that errs for a second does not make all the others move.
    """
    meter = judgment.of(f"{limits.name}.power_kw")
    own, by_sum, sum_good = _sums(limits, site, standings, judgment)
    by_meter = _by_meter(meter, own, site.channels[f"{limits.name}.power_kw"], seen, now_ms)
    gap = None
    if meter.good and sum_good and by_meter is not None and by_sum is not None:
        gap = abs(by_meter.middle - by_sum.nearest(by_meter.middle))
        by_told = by_meter.middle + own.middle - _told(limits, site, standings, judgment, commands)
        voted = sorted((by_meter.middle, by_told, by_sum.middle))[1]
        by_meter = Span(voted, voted)
    tolerance = site.settings.balance_share * max(limits.import_kw, limits.export_kw)
    differ = gap is not None and gap > tolerance
    open_ticks = seen.open_ticks + 1 if differ else 0
    if meter.good:
        others = _joined(by_meter, by_sum) if differ else by_meter
    else:
        others = by_sum if sum_good else _joined(by_meter, by_sum)
    connection = meter.span if meter.good or others is None else ZERO.minus(others.plus(own))
    remembered = replace(seen, open_ticks=open_ticks)
    if meter.good and by_meter is not None:
        remembered = BusMemory(open_ticks, by_meter.middle, now_ms)
    return Balance(limits, others, connection, not meter.good, gap, remembered)


def _sums(
    limits: Limits, site: ControlSite, standings: Mapping[str, Standing], judgment: Judgment
) -> tuple[Span, Span | None, bool]:
    """The power of what can be reckoned with, that of all else (None: not all of it was ever seen), and if all of that is good."""
    own, fixed, known, good = ZERO, ZERO, True, True
    for asset in site.controlled:
        standing = standings[asset.name]
        if asset.bus != limits.bus:
            continue
        if standing.certain and standing.power is not None:
            own = own.plus(standing.power)
        else:
            known = known and standing.power is not None
            good = good and judgment.of(f"{asset.name}.power_kw").good
            fixed = fixed.plus(standing.power or ZERO)
    for metered in site.metered:
        if metered.bus == limits.bus:
            judged = judgment.of(f"{metered.name}.power_kw")
            known = known and judged.span is not None
            good = good and judged.good
            fixed = fixed.plus(judged.span or ZERO)
    return own, fixed if known else None, known and good


def _told(
    limits: Limits,
    site: ControlSite,
    standings: Mapping[str, Standing],
    judgment: Judgment,
    commands: Mapping[str, Command],
) -> float:
    """The power that all assets that can be reckoned with give if they do as told; of one that was told nothing, what it shows."""
    total = 0.0
    for asset in site.controlled:
        standing, command = standings[asset.name], commands.get(asset.name)
        if asset.bus != limits.bus or not standing.certain or standing.power is None:
            continue
        expected = standing.power.middle
        available = judgment.of(f"{asset.name}.available_kw")
        if command is not None and asset.stores:
            expected = command.set_point_kw
        elif command is not None and available.good and available.value is not None:
            expected = min(command.set_point_kw, available.value)
        total += expected
    return total


def _by_meter(meter: Judged, own: Span, channel: Channel, seen: BusMemory, now_ms: int) -> Span | None:
    """What the meter says of all others. One that is not seen says what it said, wider with time: a battery has moved since."""
    if meter.good and meter.span is not None:
        return ZERO.minus(meter.span).minus(own)
    before = None
    if seen.others_kw is not None:
        drift = channel.drift_per_s * max(now_ms - seen.others_ms, 0) / 1000.0
        reach = channel.high - channel.low
        before = Span(seen.others_kw, seen.others_kw).widen(min(drift, reach))
    said = ZERO.minus(meter.span).minus(own) if meter.quality is Quality.UNCERTAIN and meter.span else None
    return _joined(before, said)


def _joined(one: Span | None, two: Span | None) -> Span | None:
    if one is None or two is None:
        return two if one is None else one
    return one.join(two)
