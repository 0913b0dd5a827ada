"""Local rules: what is sensible without any plan. The lowest voice: whoever else wishes has cut before."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from lingtan.control.balance import Balance
from lingtan.control.envelope import soc_span
from lingtan.control.judge import Judgment
from lingtan.control.proposal import Priority, Proposal
from lingtan.control.site import Controlled, ControlSite
from lingtan.control.span import Span

AUTHOR = "local"


def take_all(asset: Controlled, expires_ms: int) -> Proposal:
    """PV and wind give what there is."""
    return _proposal(asset.name, -math.inf, math.inf, asset.high_kw, expires_ms, "all-there-is")


def self_use(
    site: ControlSite,
    balance: Balance,
    given_kw: Mapping[str, float],
    counted: Mapping[str, Controlled],
    judgment: Judgment,
    expires_ms: int,
) -> Iterator[Proposal]:
    """Batteries take the surplus and cover the need, shared by rating; below the reserve they only take.

    `given_kw` is what the plants of the bus give by themselves; `counted` the batteries that can be reckoned with.
    """
    if balance.others is None:
        return
    surplus_kw = balance.others.middle + sum(given_kw.values()) + balance.limits.margin_kw
    rating_kw = sum(battery.high_kw for battery in counted.values())
    for battery in counted.values():
        share = battery.high_kw / rating_kw if rating_kw > 0.0 else 0.0
        soc = judgment.of(f"{battery.name}.soc").span
        spare = None if soc is None else Span(max(soc.low - site.settings.reserve_soc, 0.0), soc.high)
        least = soc_span(battery, spare, battery.lease_s + site.settings.tick_s)
        yield _proposal(battery.name, -math.inf, max(least.high, 0.0), None, expires_ms, "reserve")
        yield _proposal(battery.name, -math.inf, math.inf, -surplus_kw * share, expires_ms, "self-use")


def _proposal(
    asset: str, low_kw: float, high_kw: float, wish_kw: float | None, expires_ms: int, reason: str
) -> Proposal:
    return Proposal(asset, low_kw, high_kw, wish_kw, Priority.LOCAL, expires_ms, AUTHOR, reason)
