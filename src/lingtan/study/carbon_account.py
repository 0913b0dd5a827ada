"""The carbon account of flows in a file, and a carbon account as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from lingtan.account import energy_of
from lingtan.carbon import (
    Annex4Rules,
    CarbonAccount,
    Factory,
    Gap,
    IndicatorReading,
    Inventory,
    InventoryLine,
    MemberCarbon,
    carbon_account,
    unbacked_share_limit,
    verdict,
)
from lingtan.case import Case
from lingtan.findings import Finding, Severity
from lingtan.study.flow_file import read_metered


def carbon_of_file(case: Case, flows: Path) -> tuple[CarbonAccount, list[Finding]]:
    """The carbon account of a file of flows by the rules of a case, and what a reader must know of it.

    The file is the series.parquet of a study, or a CSV with stamps in its first column and a column of kW for every
    import, export, generation, load, charge and discharge of the park. Raises `InputError` with all findings.
    """
    read = read_metered(case, flows)
    table = read.table
    energy = energy_of(case.park, table)
    account = carbon_account(case.park, table, case.rulebook, energy.used_kwh, energy.export_kwh)
    if account.whole_year:
        return account, [*read.findings]
    got = f"{table.grid.local[0]} + {table.grid.steps * table.grid.step_hours:g} h".replace("T", " ")
    part = Finding(
        "carbon.part-of-year", "series", str(case.park.period.year), got, str(flows), severity=Severity.WARNING
    )
    return account, [*read.findings, part]


def carbon_data(account: CarbonAccount) -> dict[str, Any]:
    """A carbon account as carbon.json has it: lines by category, member and rule, verdicts, members, the gap."""
    cover = account.cover
    return {
        **inventory_data(account.rules, account.inventory),
        "range": None if account.range is None else [reading_data(end) for end in account.range],
        "gap": None if account.gap is None else gap_data(account.gap),
        "physical_share": account.physical_share,
        "green_purchases": {
            "bought_kwh": cover.bought_kwh,
            "counted_kwh": cover.counted_kwh,
            "left_kwh": cover.left_kwh,
        },
        "whole_year": account.whole_year,
        "members": members_data(account.members, account.factories),
    }


def inventory_data(rules: Annex4Rules, carbon: Inventory) -> dict[str, Any]:
    """An inventory as plain data."""
    conversion = rules.conversion
    return {
        "view": carbon.view,
        "factor_year": carbon.factor_year,
        "lines": [line_data(line) for line in carbon.all_lines],
        "by_category": dict(carbon.by_category),
        "emissions_t": carbon.emissions_t,
        "bunkers_t": carbon.bunkers_t,
        "energy_tce": carbon.energy_tce,
        "feedstock_tce": carbon.aside_tce("feedstock"),
        "recovered_tce": carbon.aside_tce("recovered"),
        "conversion": {
            "mode": carbon.conversion,
            "tce_per_kwh": carbon.coal_tce_per_kwh,
            "low": conversion.low,
            "high": conversion.high,
        },
        "intensity_t_per_tce": carbon.intensity_t_per_tce,
        "threshold_t_per_tce": carbon.threshold_t_per_tce,
        "meets_threshold": carbon.meets_threshold,
        "verdict": verdict(carbon.meets_threshold),
        "unbacked_share_limit": _limits(rules, carbon.threshold_t_per_tce),
        "direct_share": carbon.direct_share,
        "direct_clause": carbon.direct_clause,
        "direct_clause_met": carbon.direct_clause_met,
        "direct_verdict": verdict(carbon.direct_clause_met),
        "rules": list(carbon.rules),
    }


def line_data(line: InventoryLine) -> dict[str, Any]:
    """A line as plain data; electricity keeps the names that it had before there were other sources."""
    data = asdict(line)
    if line.unit != "kWh":
        return data
    return {**data, "flow": line.what, "energy_kwh": line.quantity, "factor_t_per_kwh": line.factor_t_per_unit}


def members_data(members: Sequence[MemberCarbon], factories: Mapping[str, Factory]) -> list[dict[str, Any]]:
    """The accounts of members as plain data; the park's own has no name, and is no factory."""
    return [
        {
            "member": each.member or None,
            "emissions_t": each.emissions_t,
            "energy_tce": each.energy_tce,
            "intensity_t_per_tce": each.intensity_t_per_tce,
            "by_category": dict(each.by_category),
            "load_kwh": each.load_kwh,
            "physical_share": each.physical_share,
            "factory": factory_data(factories[each.member]) if each.member in factories else None,
            "lines": [line_data(line) for line in each.lines],
        }
        for each in members
    ]


def factory_data(factory: Factory) -> dict[str, Any]:
    """One enterprise against the criteria of a zero-carbon factory, as plain data."""
    rule = factory.rule
    return {
        "rule": rule.id,
        "span": rule.validity,
        "non_fossil_share": factory.non_fossil_share,
        "grade": factory.grade,
        "physical_verdict": factory.clause,
        "least_physical_share": rule.physical_share,
        "asked_above_kwh": rule.physical_above,
    }


def reading_data(reading: IndicatorReading) -> dict[str, Any]:
    """One reading of the core indicator as plain data."""
    return {**asdict(reading), "verdict": reading.verdict}


def _limits(rules: Annex4Rules, threshold: float | None) -> dict[str, float] | None:
    """How much unbacked electricity an otherwise emission-free park may draw, over the range of the conversion [1]."""
    if threshold is None:
        return None
    conversion, factor = rules.conversion, rules.unbacked.factor
    figures = {"low": conversion.low, "usual": conversion.coal, "high": conversion.high}
    return {name: unbacked_share_limit(threshold, coal, factor) for name, coal in figures.items() if coal is not None}


def gap_data(gap: Gap) -> dict[str, Any]:
    """The gap, and the price observation that the cost is at; None where no certificate of the vintage was seen."""
    price = None
    if gap.price is not None:
        seen = gap.price
        price = {"rule": seen.id, "span": seen.validity, "cny": seen.price, "low_cny": seen.low, "high_cny": seen.high}
    return {
        "emissions_t": gap.emissions_t,
        "electricity_kwh": gap.electricity_kwh,
        "certificates": gap.certificates,
        "coverable_kwh": gap.coverable_kwh,
        "remaining_t": gap.remaining_t,
        "price_per_certificate": price,
        "cost_cny": None if gap.cost_cny is None else list(gap.cost_cny),
    }
