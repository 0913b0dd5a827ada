"""The balance of a bus: what all others take or give, whatever battery and plants do, known by the meter or by their sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lingtan.control.envelope import Standing
from lingtan.control.judge import Judgment
from lingtan.control.site import ControlSite, Limits
from lingtan.control.span import ZERO, Span

OPEN_TICKS = 3
"""Ticks that meter and sum may differ: they are not read in the same instant."""


@dataclass(frozen=True, slots=True)
class Balance:
    """The power of all that control cannot reckon with on the bus of a connection: loads, lines, uncertain assets.

    `others` is a span above zero where they give (None: known by no way), `connection` the power drawn now. `doubtful` says that
    the meter cannot be taken at its word; `gap_kw` by how much it and the sum differ, `open_ticks` for how long they have.
    """

    limits: Limits
    others: Span | None
    connection: Span | None
    doubtful: bool
    gap_kw: float | None
    open_ticks: int


def balance_of(
    limits: Limits, site: ControlSite, standings: Mapping[str, Standing], judgment: Judgment, open_ticks: int
) -> Balance:
    """Prefer the meter: it sees what nobody measures, and what does not obey. Where both speak and differ, believe neither."""
    meter = judgment.of(f"{limits.name}.power_kw")
    own, fixed, all_good = ZERO, ZERO, True
    known: bool = True
    for asset in site.controlled:
        standing = standings[asset.name]
        if asset.bus != limits.bus:
            continue
        if standing.certain and standing.power is not None:
            own = own.plus(standing.power)
        elif standing.power is None:
            known = False
        else:
            fixed = fixed.plus(standing.power)
            all_good = all_good and judgment.of(f"{asset.name}.power_kw").good
    for metered in site.metered:
        if metered.bus == limits.bus:
            judged = judgment.of(f"{metered.name}.power_kw")
            all_good = all_good and judged.good
            known = known and judged.span is not None
            fixed = fixed.plus(judged.span or ZERO)
    by_meter = None if meter.span is None else ZERO.minus(meter.span).minus(own)
    by_sum = fixed if known else None
    gap = None
    if meter.good and all_good and by_meter is not None and by_sum is not None:
        gap = abs(by_meter.middle - by_sum.middle)
    tolerance = site.settings.balance_share * max(limits.import_kw, limits.export_kw)
    open_ticks = open_ticks + 1 if gap is not None and gap > tolerance else 0
    if meter.good:
        others = _joined(by_meter, by_sum) if open_ticks >= OPEN_TICKS else by_meter
    else:
        others = by_sum if known and all_good else _joined(by_meter, by_sum)
    connection = meter.span if meter.good or others is None else ZERO.minus(others.plus(own))
    return Balance(limits, others, connection, not meter.good, gap, open_ticks)


def _joined(one: Span | None, two: Span | None) -> Span | None:
    if one is None or two is None:
        return two if one is None else one
    return one.join(two)
