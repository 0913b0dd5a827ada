"""The inventory calculator: a year's activities and electricity in; tonnes, standard coal and indicators out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from lingtan.carbon import (
    Annex4Rules,
    Inventory,
    InventoryLine,
    MemberCarbon,
    activity_lines,
    activity_rules,
    annex4_records,
    certificate_price,
    find_green_factor,
    gap,
    indicator_range,
    total,
)
from lingtan.carbon.lines import lines_by_member
from lingtan.fact import Fact, Id
from lingtan.findings import raise_errors
from lingtan.park import Activity
from lingtan.rulebook import EmissionFactor, Place, Rulebook, parse_records, shipped
from lingtan.sheet import Sheet
from lingtan.study.carbon_account import gap_data, inventory_data, members_data, reading_data
from lingtan.units import EnergyKwh


class ElectricityUse(Fact):
    """Electricity of a year, of one kind and way."""

    member: Id | None = None
    """The enterprise that it belongs to; none for the park's own."""
    way: Literal["taken_in", "sent_out", "from_fuel"]
    """Taken in (own non-fossil plants are direct supply), sent out, or generated and used inside from a fuel of `activities`.

    What is made from a fuel adds to the use that the direct share is of; its carbon and its energy are the fuel's."""
    kind: Literal["unbacked", "direct_non_fossil", "green_trade"] = "unbacked"
    """`unbacked` is everything else: grid electricity without certificates, and fossil power that is sent out."""
    energy: EnergyKwh
    """Energy of the year [kWh]."""


class InventoryCase(Fact):
    """A park's year as amounts."""

    year: Annotated[int, Field(ge=1990, le=2100)]
    """Calendar year of the amounts; the records that hold on its last day count them."""
    place: str = "CN"
    """Where the park lies: `Sichuan`, `Sichuan/Yibin`."""
    conversion: Literal["equal_value", "calorific"] = "equal_value"
    """Electricity to standard coal at the generating rate (等价值) or at its heat content (当量值)."""
    activities: Annotated[tuple[Activity, ...], Field(max_length=10_000)] = ()
    """Fuels, heat, processes and bunkers, in the form of a park file."""
    electricity: Annotated[tuple[ElectricityUse, ...], Field(max_length=10_000)] = ()
    """Electricity by kind and way."""
    rules: Annotated[tuple[Mapping[str, Any], ...], Field(max_length=1000)] = ()
    """Records that replace or join the shipped ones."""


def inventory_of(case: InventoryCase) -> Mapping[str, Any]:
    """The inventory of a case, of the park and of each member. Raises `InputError` with all findings."""
    book = _book(case)
    place, day = Place.parse(case.place), date(case.year, 12, 31)
    rules = annex4_records(book, place, case.conversion, day)
    found = find_green_factor(book, place, case.year)
    raise_errors(found.findings)
    counted_by = activity_rules(case.activities, book, place, case.year)
    lines = (*electricity_lines(case, rules, found.one()), *activity_lines(case.activities, counted_by))
    carbon = _total(case, rules, lines)
    members = [MemberCarbon(member, own) for member, own in lines_by_member(lines).items()]
    ends = indicator_range(rules, carbon)
    missing = gap(rules, carbon, certificate_price(book.records, case.year))
    return {
        **inventory_data(rules, carbon),
        "range": None if ends is None else [reading_data(end) for end in ends],
        "gap": None if missing is None else gap_data(missing),
        "members": members_data(members, {}),
    }


def _book(case: InventoryCase) -> Rulebook:
    pack, findings = parse_records(case.rules, Sheet("standard input", case.model_dump()), ("rules",))
    raise_errors(findings)
    return shipped().overlay(pack, inline=True)


def electricity_lines(case: InventoryCase, rules: Annex4Rules, green: EmissionFactor) -> Iterator[InventoryLine]:
    """The lines of electricity that crosses the boundary; what is sent out carries the factor of its kind."""
    records = {"unbacked": rules.unbacked, "direct_non_fossil": rules.direct, "green_trade": green}
    for each in case.electricity:
        if each.way == "from_fuel":
            continue
        record, kwh = records[each.kind], each.energy if each.way == "taken_in" else -each.energy
        yield InventoryLine(
            "electricity",
            each.member or "",
            "electricity",
            each.kind if each.way == "taken_in" else "sent_out",
            kwh,
            "kWh",
            record.factor,
            0.0 + kwh * record.factor,
            energy_tce=kwh * rules.conversion.coal,
            rule=record.id,
            energy_rule=rules.conversion.id,
        )


def _total(case: InventoryCase, rules: Annex4Rules, lines: tuple[InventoryLine, ...]) -> Inventory:
    def energy(way: str, kind: str | None = None) -> float:
        return sum(each.energy for each in case.electricity if each.way == way and kind in (None, each.kind))

    used = energy("taken_in") - energy("sent_out")
    direct = energy("taken_in", "direct_non_fossil") - energy("sent_out", "direct_non_fossil")
    return total(rules, (), lines, used, max(direct, 0.0), energy("from_fuel"))
