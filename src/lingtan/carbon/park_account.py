"""The carbon account of a park: the park view in whole, with its members, green purchases, traced share, range and gap."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lingtan.carbon.activities import activity_lines
from lingtan.carbon.activity_rules import activity_rules, find_green_factor
from lingtan.carbon.annex4 import Annex4Rules, Covered, Inventory, annex4_rules, annex4_terms, inventory
from lingtan.carbon.factory import Factory, factories_of, factory_rule
from lingtan.carbon.flow_activities import flow_activities
from lingtan.carbon.green_purchases import GreenCover, green_cover
from lingtan.carbon.indicator import Gap, IndicatorReading, certificate_price, gap, indicator_range
from lingtan.carbon.lines import InventoryLine
from lingtan.carbon.members import MemberCarbon, import_by_member, member_accounts
from lingtan.carbon.shares import physical_share
from lingtan.carbon.tracing import Trace, trace
from lingtan.clock import TimeGrid
from lingtan.frozen import DeepFrozen
from lingtan.park import Park
from lingtan.rulebook import Found, Rulebook
from lingtan.series import Table
from lingtan.terms import Readings, evaluate


@dataclass(frozen=True, eq=False)
class CarbonAccount(DeepFrozen):
    """A park's carbon account of one period."""

    inventory: Inventory
    rules: Annex4Rules
    members: tuple[MemberCarbon, ...]
    """Their sums are the inventory's."""
    physical_share: float | None
    """Share of the park's electricity that traces physically to non-fossil plants [1]."""
    cover: GreenCover
    range: tuple[IndicatorReading, IndicatorReading] | None
    """The indicator at both ends of the conversion that is as likely."""
    gap: Gap | None
    whole_year: bool
    """Whether the flows cover the studied year; without it annual activities and purchases are left out."""
    founds: tuple[Found[Any], ...]
    factories: Mapping[str, Factory] = field(default_factory=dict)
    """Each enterprise against the criteria of a zero-carbon factory; empty where the flows are a part of a year."""


def carbon_account(park: Park, table: Table, rulebook: Rulebook, used_kwh: float, export_kwh: float) -> CarbonAccount:
    """The account of a table of flows [kW]; `used_kwh` is all electricity consumed, losses included.

    Activities and green purchases are amounts of the studied year: they count when the flows cover it, and are left out when
    the flows are a part of it; fuels that are flows always count. Electricity that is made of fuels has no line of its own.
    Raises `InputError` where a record is missing.
    """
    grid = table.grid
    rules = annex4_rules(park, rulebook, grid)
    evaluation = evaluate(annex4_terms(park, rules, grid), Readings(table.columns, grid.step_hours))
    traced = trace(park, table)
    whole_year = covers_year(park, grid)
    activities = (*(park.activities if whole_year else ()), *flow_activities(park, table))
    counted_by = activity_rules(activities, rulebook, park.site.place, park.period.year)
    cover = green_cover(park.green_purchases if whole_year else (), import_by_member(traced))
    found = find_green_factor(rulebook, park.site.place, park.period.year) if cover.bought_kwh > 0 else None
    covered = None if found is None else Covered(found.one(), cover.counted_kwh)
    others = (*_sent_out(rules, traced, export_kwh), *activity_lines(activities, counted_by))
    judged_by = factory_rule(rulebook, park.site.place, park.period.year) if whole_year and park.members else None
    sent_direct_kwh = export_kwh - traced.sent_fossil_kwh
    made_kwh = sum(float(table[f"{name}.generation_kw"].sum()) for name in park.makers()) * grid.step_hours
    bought_kwh = used_kwh - made_kwh
    whole = inventory(rules, evaluation, bought_kwh, sent_direct_kwh, others=others, covered=covered, own_kwh=made_kwh)
    members = member_accounts(rules, whole, traced, cover, covered)
    return CarbonAccount(
        inventory=whole,
        rules=rules,
        members=members,
        physical_share=physical_share(sum(traced.direct_kwh.values()), sum(traced.load_kwh.values())),
        cover=cover,
        range=indicator_range(rules, whole),
        gap=gap(rules, whole, certificate_price(rulebook.records, park.period.year)),
        whole_year=whole_year,
        founds=(*rules.founds, *counted_by.founds, *(each for each in (found, judged_by) if each is not None)),
        factories={} if judged_by is None else factories_of(members, judged_by.one()),
    )


def covers_year(park: Park, grid: TimeGrid) -> bool:
    """Whether a grid is the whole studied year, in steps of any length."""
    year = park.grid()
    return bool(grid.start == year.start and grid.end == year.end)


def _sent_out(rules: Annex4Rules, traced: Trace, export_kwh: float) -> list[InventoryLine]:
    """Electricity sent out, with the factor of its kind: non-fossil earns nothing, fossil what it cost."""
    kinds = ((export_kwh - traced.sent_fossil_kwh, rules.direct), (traced.sent_fossil_kwh, rules.unbacked))
    coal = rules.conversion.coal
    return [
        InventoryLine(
            "electricity",
            "",
            "export_kw",
            "sent_out",
            -kwh,
            "kWh",
            record.factor,
            0.0 - kwh * record.factor,
            energy_tce=-kwh * coal,
            rule=record.id,
        )
        for kwh, record in kinds
        if kwh > 0
    ]
