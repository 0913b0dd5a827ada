"""What is settled on the finished bill of a month and never decided on: load-factor discount, power-factor adjustment.

Neither is convex: the discount falls in at a threshold of use, the adjustment climbs by whole hundredths. They are no terms
of the objective but lines of their own, exact on the bill that the terms come to. Ways of electing, such as the basis of the
basic charge, are compared with them counted in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from lingtan.clock import MINUTES_PER_DAY, TimeGrid
from lingtan.findings import Finding, Severity, raise_errors
from lingtan.flow import Flow
from lingtan.frozen import DeepFrozen
from lingtan.grouping import Grouping
from lingtan.market.basic_charge import BASIC_CHARGE
from lingtan.market.months import month_grouping
from lingtan.market.price_list import Ask, PriceList
from lingtan.park import Park
from lingtan.rulebook import (
    NO_RECORD,
    Found,
    LoadFactorDiscount,
    PowerFactorAdjustment,
    Rulebook,
    adjustment_of,
    paid_share_of_demand,
)
from lingtan.rulebook.record import RecordT
from lingtan.terms import OVERRUN, Line, Readings

DEMAND_CHARGES = (BASIC_CHARGE, OVERRUN)
DISCOUNT = "load_factor_discount"
ADJUSTMENT = "power_factor_adjustment"
SUMMER_TIME_MINUTES = 60
"""What a month may be longer or shorter by than its days, and still be whole."""


@dataclass(frozen=True, eq=False)
class Adjustments(DeepFrozen):
    """The rules of a park's settled lines. A rule that holds nowhere in the period is None.

    `power_factors` are the mean power factors of the connections that say one; `in_base` the price list's components that the
    adjustment counts in, by record; `whole` says of each month whether the grid covers all of it.
    """

    discount: Found[LoadFactorDiscount] | None
    power_factor: Found[PowerFactorAdjustment] | None
    power_factors: Mapping[str, float]
    in_base: Mapping[str, frozenset[str]]
    months: Grouping
    whole: tuple[bool, ...]
    notes: tuple[Finding, ...] = field(default=())

    @property
    def founds(self) -> tuple[Found[Any], ...]:
        """The look-ups whose records a line can come from."""
        return tuple(found for found in (self.discount, self.power_factor) if found is not None)


def look_up_adjustments(park: Park, ask: Ask, listed: PriceList, rulebook: Rulebook, grid: TimeGrid) -> Adjustments:
    """The adjustments of a park on a grid.

    Raises `InputError`: where two records hold at once, where a connection states a power factor that no record adjusts.
    """
    months, stated = month_grouping(grid), _stated_power_factors(park)
    by_demand = ask.basis != "capacity" and any(use.record.demand_price is not None for use in listed.prices.uses)
    discount = None
    if by_demand:
        discount = _where_it_holds(rulebook.find(LoadFactorDiscount, grid, place=ask.place, customer=ask.customer))
    adjusted = rulebook.find(PowerFactorAdjustment, grid, place=ask.place, customer=ask.customer)
    if stated:
        raise_errors(adjusted.findings)
    in_force = _where_it_holds(adjusted)
    silent = () if in_force is None else tuple(name for name in park.connections if name not in stated)
    notes = (
        Finding("market.no-power-factor", f"connections.{name}.mean_power_factor", severity=Severity.NOTE)
        for name in silent
    )
    return Adjustments(
        discount=discount,
        power_factor=in_force if stated else None,
        power_factors=stated,
        in_base={
            use.record.id: frozenset(part.name for part in use.record.components if part.in_power_factor_base)
            for use in listed.prices.uses
        },
        months=months,
        whole=_whole_months(grid, months),
        notes=tuple(notes),
    )


def settled_lines(
    adjustments: Adjustments, lines: tuple[Line, ...], connection: str, readings: Readings
) -> tuple[Line, ...]:
    """The settled lines of one connection, on `lines`: the bill of its grid energy before them.

    The base of the power-factor adjustment is the basic charge, after the discount, and the components of the energy price on
    what is drawn from the grid that the list counts in.
    """
    discounts = tuple(_discounts(adjustments, lines, connection, readings))
    return (*discounts, *_power_factor_lines(adjustments, (*lines, *discounts), connection))


def _stated_power_factors(park: Park) -> dict[str, float]:
    stated = {name: connection.mean_power_factor for name, connection in park.connections.items()}
    return {name: factor for name, factor in stated.items() if factor is not None}


def _where_it_holds(found: Found[RecordT]) -> Found[RecordT] | None:
    """A look-up that may be empty: no record is no rule, but two at once are an error."""
    raise_errors(finding for finding in found.findings if finding.code not in NO_RECORD)
    return found if found.uses else None


def _whole_months(grid: TimeGrid, months: Grouping) -> tuple[bool, ...]:
    """Whether the grid covers a month from its first to its last minute, for each month."""
    minutes = np.bincount(months.codes, minlength=months.count) * grid.step_minutes
    first = np.array(months.labels, dtype="M8[M]")
    days = ((first + 1).astype("M8[D]") - first.astype("M8[D]")).astype(np.int64)
    return tuple((np.abs(minutes - days * MINUTES_PER_DAY) <= SUMMER_TIME_MINUTES).tolist())


def _record_of(found: Found[RecordT], months: Grouping, number: int) -> RecordT | None:
    """The record on the first step of a month, as for all monthly charges; None where none holds."""
    use = int(found.owner[np.searchsorted(months.codes, number)])
    return found.uses[use].record if use >= 0 else None


def _discounts(adjustments: Adjustments, lines: tuple[Line, ...], connection: str, readings: Readings) -> list[Line]:
    """A line for each whole month that is billed by demand and used its capacity well."""
    if adjustments.discount is None:
        return []
    months, found = adjustments.months, []
    flow = Flow.of(f"{connection}.import_kw").read(readings.flows)
    energy = months.sums(flow * readings.step_hours)
    for line in lines:
        if line.component not in DEMAND_CHARGES or line.quantity_unit != "kW":
            continue
        number = months.labels.index(line.period)
        record = _record_of(adjustments.discount, months, number)
        if record is None or not adjustments.whole[number]:
            continue
        paid = paid_share_of_demand(record, float(energy[number]), readings.sizes[f"{connection}.capacity_kva"])
        if paid < 1.0:
            found.append(_share_of(line.amount, paid - 1.0, DISCOUNT, line.period, record.id))
    return found


def _power_factor_lines(adjustments: Adjustments, lines: tuple[Line, ...], connection: str) -> list[Line]:
    """A line a month on what the month's bill has in the base of the adjustment."""
    factor = adjustments.power_factors.get(connection)
    if adjustments.power_factor is None or factor is None:
        return []
    found = []
    for number, month in enumerate(adjustments.months.labels):
        record = _record_of(adjustments.power_factor, adjustments.months, number)
        base = sum(line.amount for line in lines if line.period.split(" ")[0] == month and _counts(adjustments, line))
        if record is not None and base:
            found.append(_share_of(base, adjustment_of(record, factor), ADJUSTMENT, month, record.id))
    return found


def _counts(adjustments: Adjustments, line: Line) -> bool:
    in_base = adjustments.in_base.get(line.rule, frozenset())
    return line.component in (*DEMAND_CHARGES, DISCOUNT) or line.component in in_base


def _share_of(base_cny: float, share: float, component: str, month: str, rule: str) -> Line:
    """A line that is a share of an amount: the amount is its quantity, the share its price."""
    return Line(component, month, base_cny, "CNY", share, base_cny * share, rule, "")
