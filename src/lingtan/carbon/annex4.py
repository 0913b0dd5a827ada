"""The park view of annex 4 (发改环资〔2025〕910号): its records, its electricity, its total and core indicator.

Directly supplied non-fossil electricity counts 0, so does what green trade or certificates cover; everything else counts the
national fossil factor, in every province. Energy is converted to standard coal by the mode that the park names. Lines of
other sources (`activities`) join the total here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from lingtan.carbon.lines import Category, InventoryLine, emissions_of, tonnes_by_category
from lingtan.carbon.shares import direct_share
from lingtan.clock import TimeGrid
from lingtan.findings import raise_errors
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.park import Asset, FirmLine, Park
from lingtan.rulebook import (
    CoreIndicator,
    EmissionFactor,
    EnergyConversion,
    Found,
    Place,
    Rulebook,
    threshold_t_per_tce,
)
from lingtan.rulebook.energy_conversion import ConversionMode
from lingtan.terms import Evaluation, Sum, Term
from lingtan.tolerances import INDICATOR_RELATIVE

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

    @property
    def from_grid(self) -> bool:
        """Whether it was taken from the public grid."""
        return self.flow.endswith(".import_kw")


@dataclass(frozen=True)
class Covered:
    """Electricity from the grid that green trade or certificates cover [kWh], and the record of its factor."""

    record: EmissionFactor
    energy_kwh: float


@dataclass(frozen=True)
class Inventory:
    """Emissions and indicator of one view; `threshold` is None where the rule defines none, which is not a pass.

    `lines` are the electricity taken in, by flow; `others` everything else, electricity sent out included.
    """

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
    others: tuple[InventoryLine, ...] = ()
    electricity_kwh: float = 0.0

    @property
    def all_lines(self) -> tuple[InventoryLine, ...]:
        """Every line in one form: electricity taken in first, then the others."""
        return (*(_as_line(line, self.coal_tce_per_kwh) for line in self.lines), *self.others)

    @property
    def by_category(self) -> dict[Category, float]:
        """Emissions of each category that occurs [t]; listed categories stand there with 0."""
        return tonnes_by_category(self.all_lines)

    @property
    def bunkers_t(self) -> float:
        """Emissions of international bunkers: in the total, and listed apart [t]."""
        return emissions_of([line for line in self.others if line.category == "bunker"])

    def aside_tce(self, category: Category) -> float:
        """Standard coal of a category that is listed and does not count [tce]."""
        return float(sum(line.aside_tce for line in self.others if line.category == category))

    @property
    def meets_threshold(self) -> bool | None:
        """Whether the core indicator is met; None where there is no threshold or no energy."""
        if self.threshold_t_per_tce is None or self.intensity_t_per_tce is None:
            return None
        return keeps(self.intensity_t_per_tce, self.threshold_t_per_tce)

    @property
    def direct_clause_met(self) -> bool | None:
        """Whether direct supply covers the share that the document asks for in principle."""
        return None if self.direct_share is None else self.direct_share >= self.direct_clause


def annex4_rules(park: Park, rulebook: Rulebook, grid: TimeGrid) -> Annex4Rules:
    """The records of the view for a park. Raises `InputError` where one is missing."""
    return annex4_records(rulebook, park.site.place, park.carbon.conversion, grid)


def annex4_records(rulebook: Rulebook, place: Place, conversion: ConversionMode, when: TimeGrid | date) -> Annex4Rules:
    """The records of the view at a place, with one mode of converting electricity. Raises `InputError` where one is missing."""
    electricity = {"view": VIEW, "carrier": "electricity"}
    unbacked = rulebook.find(EmissionFactor, when, place=place, select={**electricity, "energy": "unbacked"})
    direct = rulebook.find(EmissionFactor, when, place=place, select={**electricity, "energy": "direct_non_fossil"})
    converted = rulebook.find(EnergyConversion, when, place=place, select={"mode": conversion})
    indicator = rulebook.find(CoreIndicator, when, place=place)
    founds: tuple[Found[Any], ...] = (unbacked, direct, converted, indicator)
    raise_errors(finding for found in founds for finding in found.findings)
    return Annex4Rules(unbacked.one(), direct.one(), converted.one(), indicator.one(), founds)


def annex4_terms(park: Park, rules: Annex4Rules, grid: TimeGrid) -> tuple[Term, ...]:
    """Tonnes as terms over the park's flows: what may also stand in an objective or a cap [t]."""
    flows = [(f"{name}.import_kw", rules.unbacked) for name in park.connections]
    for name, asset in park.generators():
        flows.append((f"{name}.generation_kw", rules.direct if is_direct_non_fossil(asset) else rules.unbacked))
    whole = Grouping.whole(grid.steps, str(grid.year[0]))
    return tuple(
        Sum(name, Flow.of(name), np.full(grid.steps, record.factor), whole, rule=record.id, unit="t")
        for name, record in flows
    )


def is_direct_non_fossil(generator: Asset) -> bool:
    """Whether annex 4 counts what a generator delivers as directly supplied and non-fossil."""
    return not isinstance(generator, FirmLine) or generator.non_fossil


def inventory(
    rules: Annex4Rules,
    evaluation: Evaluation,
    used_kwh: float,
    export_kwh: float,
    *,
    others: Sequence[InventoryLine] = (),
    covered: Covered | None = None,
    own_kwh: float = 0.0,
) -> Inventory:
    """Evaluated terms of the view as an inventory.

    `used_kwh` is all electricity that the park consumed, losses included; `export_kwh` what it sent out of its direct
    supply. `others` are lines of other sources; their electricity is in `used_kwh` already. `covered` moves electricity from
    the grid to the factor of green trade. `own_kwh` was made of fuels that have their own lines, and is not in `used_kwh`.
    """
    factors = {record.id: record.factor for record in (rules.unbacked, rules.direct)}
    lines = tuple(
        CarbonLine(line.component, line.quantity, factors[line.rule], line.amount, line.rule)
        for line in evaluation.lines
    )
    direct_kwh = sum(line.energy_kwh for line in lines if line.rule == rules.direct.id) - export_kwh
    lines = lines if covered is None else _cover(lines, covered, rules.unbacked)
    return total(rules, lines, others, used_kwh, max(direct_kwh, 0.0), own_kwh)


def _cover(lines: tuple[CarbonLine, ...], covered: Covered, unbacked: EmissionFactor) -> tuple[CarbonLine, ...]:
    """The lines with the covered part of what came from the grid beside them, of each connection in proportion."""
    bought = [line for line in lines if line.rule == unbacked.id and line.from_grid]
    bought_kwh = sum(line.energy_kwh for line in bought)
    if bought_kwh <= 0 or covered.energy_kwh <= 0:
        return lines
    share, record = covered.energy_kwh / bought_kwh, covered.record
    split: list[CarbonLine] = []
    for line in lines:
        if line not in bought:
            split.append(line)
            continue
        moved = share * line.energy_kwh
        rest = line.energy_kwh - moved
        split.append(CarbonLine(line.flow, rest, unbacked.factor, rest * unbacked.factor, unbacked.id))
        split.append(CarbonLine(line.flow, moved, record.factor, moved * record.factor, record.id))
    return tuple(split)


def total(
    rules: Annex4Rules,
    lines: tuple[CarbonLine, ...],
    others: Sequence[InventoryLine],
    used_kwh: float,
    direct_kwh: float,
    own_kwh: float = 0.0,
) -> Inventory:
    """All lines as an inventory.

    `used_kwh` is the electricity taken in less what was sent out, `direct_kwh` the part of it that is directly supplied and
    non-fossil; `own_kwh` is generated from fuel that has its own line, and only enlarges what the direct share is of.
    """
    tonnes = float(sum(line.emissions_t for line in lines)) + emissions_of(others)
    other_tce = sum(line.energy_tce for line in others if line.category != "electricity")
    tce = used_kwh * rules.conversion.coal + other_tce
    used = (rules.unbacked.id, rules.direct.id, rules.conversion.id, rules.indicator.id)
    brought = (*(line.rule for line in lines), *(name for line in others for name in (line.rule, line.energy_rule)))
    return Inventory(
        view=VIEW,
        lines=lines,
        emissions_t=tonnes,
        energy_tce=tce,
        conversion=rules.conversion.mode,
        coal_tce_per_kwh=rules.conversion.coal,
        intensity_t_per_tce=tonnes / tce if tce > 0 else None,
        threshold_t_per_tce=threshold_of(rules.indicator, tce),
        factor_year=rules.unbacked.factor_year,
        direct_share=direct_share(direct_kwh, used_kwh + own_kwh),
        direct_clause=rules.indicator.direct_supply_share,
        rules=tuple(dict.fromkeys((*used, *filter(None, brought)))),
        others=tuple(others),
        electricity_kwh=used_kwh,
    )


def threshold_of(indicator: CoreIndicator, energy_tce: float) -> float | None:
    """The threshold for an energy use; a sum that misses the edge of a band by its last bits stands on it [t/tce]."""
    return threshold_t_per_tce(indicator, round(energy_tce, 6))


def keeps(intensity_t_per_tce: float, threshold: float) -> bool:
    """Whether an indicator keeps its threshold, but for the order in which its tonnes were added."""
    return intensity_t_per_tce <= threshold * (1.0 + INDICATOR_RELATIVE)


def _as_line(line: CarbonLine, coal_tce_per_kwh: float) -> InventoryLine:
    return InventoryLine(
        "electricity",
        "",
        line.flow,
        "taken_in",
        line.energy_kwh,
        "kWh",
        line.factor_t_per_kwh,
        line.emissions_t,
        energy_tce=line.energy_kwh * coal_tce_per_kwh,
        rule=line.rule,
    )
