"""The core indicator as a verdict, over the range of what is uncertain, and what would close a gap."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lingtan.carbon.annex4 import Annex4Rules, Inventory, keeps, threshold_of
from lingtan.findings import InputError
from lingtan.rulebook import PriceObservation, Record, latest

Verdict = Literal["met", "missed", "not_defined"]
KWH_PER_CERTIFICATE = 1000.0
"""A green electricity certificate stands for one megawatt-hour."""


def verdict(met: bool | None) -> Verdict:
    """Whether a rule is met; where the rule names no threshold for the case, that is neither a pass nor a failure."""
    return "not_defined" if met is None else "met" if met else "missed"


@dataclass(frozen=True)
class IndicatorReading:
    """The core indicator under one figure of standard coal per kilowatt-hour."""

    coal_tce_per_kwh: float
    energy_tce: float
    intensity_t_per_tce: float | None
    threshold_t_per_tce: float | None

    @property
    def verdict(self) -> Verdict:
        """Met, missed, or not defined for a park of this size."""
        if self.threshold_t_per_tce is None or self.intensity_t_per_tce is None:
            return "not_defined"
        return verdict(keeps(self.intensity_t_per_tce, self.threshold_t_per_tce))


def indicator_at(rules: Annex4Rules, inventory: Inventory, coal_tce_per_kwh: float) -> IndicatorReading:
    """The indicator as it would be with another conversion of electricity; the size of the park moves with it."""
    tce = inventory.energy_tce + inventory.electricity_kwh * (coal_tce_per_kwh - inventory.coal_tce_per_kwh)
    intensity = inventory.emissions_t / tce if tce > 0 else None
    return IndicatorReading(coal_tce_per_kwh, tce, intensity, threshold_of(rules.indicator, tce))


def indicator_range(rules: Annex4Rules, inventory: Inventory) -> tuple[IndicatorReading, IndicatorReading] | None:
    """The indicator at the lowest and the highest conversion that is as likely; None where the record gives no range."""
    low, high = rules.conversion.low, rules.conversion.high
    return (
        None
        if low is None or high is None
        else (indicator_at(rules, inventory, low), indicator_at(rules, inventory, high))
    )


def unbacked_share_limit(threshold: float, coal_tce_per_kwh: float, factor_t_per_kwh: float) -> float:
    """Largest share of unbacked electricity that an otherwise emission-free, all-electric park may draw [1].

    >>> [round(100 * unbacked_share_limit(0.2, coal / 1e6, 0.8325e-3), 1) for coal in (280, 300, 310)]
    [6.7, 7.2, 7.4]
    """
    return threshold * coal_tce_per_kwh / factor_t_per_kwh


@dataclass(frozen=True)
class Gap:
    """How far a park is above its threshold, and the electricity whose covering would bring it there."""

    emissions_t: float
    """Tonnes above the threshold."""
    electricity_kwh: float
    """Unbacked electricity that must become direct non-fossil, green trade or certified; at most all that is bought."""
    certificates: int
    """The same in whole certificates of a megawatt-hour."""
    coverable_kwh: float
    """Electricity from the grid that is still unbacked."""
    remaining_t: float
    """Tonnes that stay above the threshold when all of that is covered."""
    price: PriceObservation | None
    """Last observed price of certificates of the year's vintage; none where there is none."""

    @property
    def cost_cny(self) -> tuple[float, float] | None:
        """Price of the certificates, lowest and highest; None without an observation [CNY]."""
        if self.price is None:
            return None
        low, high = (self.price.price if end is None else end for end in (self.price.low, self.price.high))
        return None if low is None or high is None else (self.certificates * low, self.certificates * high)


def gap(rules: Annex4Rules, inventory: Inventory, price: PriceObservation | None = None) -> Gap | None:
    """What is missing to the threshold; None where it is kept or where there is none."""
    if inventory.meets_threshold is not False or inventory.threshold_t_per_tce is None:
        return None
    above = inventory.emissions_t - inventory.threshold_t_per_tce * inventory.energy_tce
    factor = rules.unbacked.factor
    bought = (each.energy_kwh for each in inventory.lines if each.rule == rules.unbacked.id and each.from_grid)
    entered = (each.quantity for each in inventory.others if (each.category, each.use) == ("electricity", "unbacked"))
    coverable = sum((*bought, *entered))
    needed = min(above / factor, coverable)
    return Gap(
        emissions_t=above,
        electricity_kwh=needed,
        certificates=math.ceil(needed / KWH_PER_CERTIFICATE),
        coverable_kwh=coverable,
        remaining_t=max(above - coverable * factor, 0.0),
        price=price,
    )


def certificate_price(records: Iterable[Record], vintage: int) -> PriceObservation | None:
    """The last price that was observed of certificates of one vintage, whenever that was; None where there is none."""
    try:
        return latest(records, "gec", date.max, vintage=vintage)
    except InputError:
        return None
