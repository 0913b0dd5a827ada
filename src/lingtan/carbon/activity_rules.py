"""Which records count a park's activities: fuels, standard coal, heat and processes, looked up on the year's last day.

Amounts are of a whole year, so one record a year counts them: the one that holds on 31 December.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lingtan.carbon.annex4 import VIEW
from lingtan.findings import Finding, errors_in, raise_errors
from lingtan.frozen import DeepFrozen
from lingtan.park import Activity, Bunker, FuelUse, HeatTrade, Park, ProcessOutput, RecoveredHeat
from lingtan.rulebook import (
    CoalEquivalent,
    EmissionFactor,
    Found,
    FuelFactor,
    Place,
    ProcessFactor,
    Rulebook,
)
from lingtan.rulebook.book import NO_RECORD
from lingtan.rulebook.record import RecordT

Path = tuple[str | int, ...]
LISTED = frozenset({"feedstock", "recovered"})
"""Uses of a fuel that emit nothing here, so that no factor is needed."""


@dataclass(frozen=True)
class ActivityRules(DeepFrozen):
    """The records that the activities of a park use, by fuel, carrier, source of heat and product."""

    fuels: Mapping[str, FuelFactor]
    coals: Mapping[str, CoalEquivalent]
    heats: Mapping[str, EmissionFactor]
    processes: Mapping[str, ProcessFactor]
    founds: tuple[Found[Any], ...] = ()


def activity_rules(
    activities: Sequence[Activity], rulebook: Rulebook, place: Place, year: int, section: str = "activities"
) -> ActivityRules:
    """The records that some activities need. Raises `InputError` with a finding for each that is missing or does not fit."""
    look_up = _LookUp(rulebook, place, date(year, 12, 31))
    rules = _look_up(activities, look_up)
    raise_errors(
        (*look_up.findings, *(finding for _, finding in check_activities(activities, rules, rulebook, section)))
    )
    return rules


def remarks_of(park: Park, rulebook: Rulebook) -> Iterator[tuple[Path, Finding]]:
    """All findings on the records of a park's activities and purchases, each with the path in its file."""
    look_up = _LookUp(rulebook, park.site.place, date(park.period.year, 12, 31))
    rules = _look_up(park.activities, look_up)
    yield from ((("activities",), finding) for finding in look_up.findings)
    yield from check_activities(park.activities, rules, rulebook)
    if park.green_purchases:
        yield from (
            (("green_purchases",), finding)
            for finding in find_green_factor(rulebook, park.site.place, park.period.year).findings
        )


def find_green_factor(rulebook: Rulebook, place: Place, year: int) -> Found[EmissionFactor]:
    """The factor of electricity that green trade or certificates cover."""
    select = {"view": VIEW, "carrier": "electricity", "energy": "green_trade"}
    return rulebook.find(EmissionFactor, date(year, 12, 31), place=place, select=select)


class _LookUp:
    """Looks records up and keeps what it found; a record that does not exist is left to those who need it."""

    def __init__(self, rulebook: Rulebook, place: Place, day: date) -> None:
        self.rulebook, self.place, self.day = rulebook, place, day
        self.founds: list[Found[Any]] = []
        self.findings: list[Finding] = []

    def each(self, kind: type[RecordT], field: str, names: Iterable[str], **select: object) -> dict[str, RecordT]:
        """The record of a kind for each name that has one."""
        records: dict[str, RecordT] = {}
        for name in sorted(set(names)):
            found = self.rulebook.find(kind, self.day, place=self.place, select={**select, field: name})
            wrong = [each for each in errors_in(found.findings) if each.code not in NO_RECORD]
            self.findings += wrong
            if found.uses and not errors_in(found.findings):
                records[name] = found.one()
                self.founds.append(found)
        return records


def _look_up(activities: Sequence[Activity], look_up: _LookUp) -> ActivityRules:
    fuels = {each.fuel for each in activities if isinstance(each, FuelUse | Bunker)}
    heat = {"heat"} if any(isinstance(each, HeatTrade | RecoveredHeat) for each in activities) else set()
    sources = {each.source for each in activities if isinstance(each, HeatTrade) and each.factor is None}
    products = {each.product for each in activities if isinstance(each, ProcessOutput) and each.factor is None}
    return ActivityRules(
        fuels=look_up.each(FuelFactor, "fuel", fuels),
        coals=look_up.each(CoalEquivalent, "carrier", fuels | heat),
        heats=look_up.each(EmissionFactor, "energy", sources, view=VIEW, carrier="heat"),
        processes=look_up.each(ProcessFactor, "product", products),
        founds=tuple(look_up.founds),
    )


def check_activities(
    activities: Sequence[Activity], rules: ActivityRules, rulebook: Rulebook, section: str = "activities"
) -> Iterator[tuple[Path, Finding]]:
    """What is missing for each activity, or counted in another unit, with its path below `section`."""
    for number, activity in enumerate(activities):
        for field, finding in _check_one(activity, rules, rulebook, f"{section}[{number + 1}]"):
            yield (section, number, field), finding


def _check_one(activity: Activity, rules: ActivityRules, rulebook: Rulebook, who: str) -> Iterator[tuple[str, Finding]]:
    match activity:
        case FuelUse() | Bunker():
            yield from _check_fuel(activity, rules, rulebook, who)
        case HeatTrade() if activity.factor is None and activity.source not in rules.heats:
            yield "source", Finding("carbon.no-heat-factor", f"{who}.source", got=activity.source)
        case ProcessOutput() if activity.factor is None and activity.product not in rules.processes:
            yield "product", Finding("carbon.no-process-factor", f"{who}.product", got=activity.product)
        case _:
            pass
    if isinstance(activity, HeatTrade | RecoveredHeat) and "heat" not in rules.coals:
        yield "quantity", Finding("carbon.no-coal-equivalent", f"{who}.quantity", got="heat")


def _check_fuel(
    activity: FuelUse | Bunker, rules: ActivityRules, rulebook: Rulebook, who: str
) -> Iterator[tuple[str, Finding]]:
    """A fuel that is burnt or converted needs a factor; one that is only listed, standard coal; both in its own unit."""
    factor, coal = rules.fuels.get(activity.fuel), rules.coals.get(activity.fuel)
    listed = isinstance(activity, FuelUse) and activity.use in LISTED
    record: FuelFactor | CoalEquivalent | None = factor
    if factor is None and listed and coal is not None and coal.coal is not None:
        record = coal
    if record is None:
        known = sorted({record.fuel for record in rulebook.records if isinstance(record, FuelFactor)})
        yield "fuel", Finding("carbon.no-fuel-factor", f"{who}.fuel", ", ".join(known), activity.fuel)
    elif record.per != activity.quantity.unit:
        yield "quantity", Finding("carbon.fuel-unit", f"{who}.quantity", record.per, str(activity.quantity))
