"""The park view of annex 4 (发改环资〔2025〕910号): electricity part, core indicator, direct-supply clause.

Directly supplied non-fossil electricity counts 0; everything else that is not covered by green trade or certificates counts
the national fossil factor, in every province. Energy is converted to standard coal by the mode that the park names. Fuels,
conversion, processes and heat come with a later issue; a park of this form has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lingtan.carbon.shares import direct_share
from lingtan.clock import TimeGrid
from lingtan.findings import raise_errors
from lingtan.park import FirmLine, Park
from lingtan.rulebook import (
    CoreIndicator,
    EmissionFactor,
    EnergyConversion,
    Found,
    Place,
    Rulebook,
    threshold_t_per_tce,
)
from lingtan.terms import Evaluation, Flow, Grouping, Sum, Term

VIEW = "park_annex4"


@dataclass(frozen=True)
class Annex4Rules:
    """The records that the view uses on the studied days."""

    unbacked: EmissionFactor
    direct: EmissionFactor
    conversion: EnergyConversion
    indicator: CoreIndicator
    founds: tuple[Found[Any], ...] = ()


@dataclass(frozen=True)
class CarbonLine:
    """One kind of electricity: how much, at which factor, how many tonnes, by which record."""

    flow: str
    energy_kwh: float
    factor_t_per_kwh: float
    emissions_t: float
    rule: str


@dataclass(frozen=True)
class Inventory:
    """Emissions and indicator of one view; `threshold` is None where the rule defines none, which is not a pass."""

    view: str
    lines: tuple[CarbonLine, ...]
    emissions_t: float
    energy_tce: float
    conversion: str
    coal_tce_per_kwh: float
    intensity_t_per_tce: float | None
    threshold_t_per_tce: float | None
    factor_year: int | None
    direct_share: float | None
    direct_clause: float
    rules: tuple[str, ...]

    @property
    def meets_threshold(self) -> bool | None:
        """Whether the core indicator is met; None where there is no threshold or no energy."""
        if self.threshold_t_per_tce is None or self.intensity_t_per_tce is None:
            return None
        return self.intensity_t_per_tce <= self.threshold_t_per_tce

    @property
    def direct_clause_met(self) -> bool | None:
        """Whether direct supply covers the share that the document asks for in principle."""
        return None if self.direct_share is None else self.direct_share >= self.direct_clause


def annex4_rules(park: Park, rulebook: Rulebook, grid: TimeGrid) -> Annex4Rules:
    """The records of the view. Raises `InputError` where one is missing."""
    site = park.site
    place = Place(site.country, site.province, site.prefecture)

    electricity = {"view": VIEW, "carrier": "electricity"}
    unbacked = rulebook.find(EmissionFactor, grid, place=place, select={**electricity, "energy": "unbacked"})
    direct = rulebook.find(EmissionFactor, grid, place=place, select={**electricity, "energy": "direct_non_fossil"})
    conversion = rulebook.find(EnergyConversion, grid, place=place, select={"mode": park.carbon.conversion})
    indicator = rulebook.find(CoreIndicator, grid, place=place)
    founds: tuple[Found[Any], ...] = (unbacked, direct, conversion, indicator)
    raise_errors(finding for found in founds for finding in found.findings)
    return Annex4Rules(unbacked.one(), direct.one(), conversion.one(), indicator.one(), founds)


def annex4_terms(park: Park, rules: Annex4Rules, grid: TimeGrid) -> tuple[Term, ...]:
    """Tonnes as terms over the park's flows: what may also stand in an objective or a cap [t]."""
    flows = [(f"{name}.import_kw", rules.unbacked) for name in park.connections]
    for name, asset in park.generators():
        counted = rules.direct if not isinstance(asset, FirmLine) or asset.non_fossil else rules.unbacked
        flows.append((f"{name}.generation_kw", counted))
    whole = Grouping.whole(grid.steps, str(grid.year[0]))
    return tuple(
        Sum(name, Flow.of(name), np.full(grid.steps, record.factor), whole, rule=record.id, unit="t")
        for name, record in flows
    )


def inventory(rules: Annex4Rules, evaluation: Evaluation, used_kwh: float, export_kwh: float) -> Inventory:
    """Evaluated terms of the view as an inventory; `used_kwh` is all electricity that the park consumed, losses included."""
    factors = {record.id: record.factor for record in (rules.unbacked, rules.direct)}
    lines = tuple(
        CarbonLine(line.component, line.quantity, factors[line.rule], line.amount, line.rule) for line in evaluation.lines
    )
    direct_kwh = sum(line.energy_kwh for line in lines if line.rule == rules.direct.id) - export_kwh
    tce = used_kwh * rules.conversion.coal
    tonnes = evaluation.amount
    return Inventory(
        view=VIEW,
        lines=lines,
        emissions_t=tonnes,
        energy_tce=tce,
        conversion=rules.conversion.mode,
        coal_tce_per_kwh=rules.conversion.coal,
        intensity_t_per_tce=tonnes / tce if tce > 0 else None,
        threshold_t_per_tce=threshold_t_per_tce(rules.indicator, tce),
        factor_year=rules.unbacked.factor_year,
        direct_share=direct_share(max(direct_kwh, 0.0), used_kwh),
        direct_clause=rules.indicator.direct_supply_share,
        rules=(rules.unbacked.id, rules.direct.id, rules.conversion.id, rules.indicator.id),
    )
