"""From a park file to a case: the file, its series on the studied grid, its rules; all findings in one pass."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import gcd
from pathlib import Path
from typing import Any

import numpy as np

from lingtan.case.case import Case, hydro_seasons
from lingtan.case.check import check
from lingtan.case.devices import check_devices
from lingtan.clock import DayCodes, Instants, TimeGrid
from lingtan.devices import Template, all_templates, own_templates
from lingtan.findings import Finding, InputError, Severity, errors_in
from lingtan.frozen import Frozen
from lingtan.park import Asset, FirmLine, Load, Park, Profiled, Pv, Wind
from lingtan.park.parts import standing, unsound
from lingtan.park.read import judge_park, park_file, read_sheet
from lingtan.resource import HydroSource, Location, ResourceSource, judge_resource
from lingtan.resource.read import read_resource
from lingtan.resource.source import file_of, is_resource
from lingtan.rulebook import (
    Calendar,
    DailyMaxima,
    Pack,
    Place,
    Rulebook,
    Use,
    classify_days,
    parse_records,
    read_rulebook,
)
from lingtan.series import DayMap, Series, map_days, map_series, resample, types_by_weekday
from lingtan.series.calendar_map import standard_clock, whole_days
from lingtan.series.check import Expectation, Kind
from lingtan.series.read import Recordings
from lingtan.series.source import ConstantSource, FileSource, MonthlySource, PackageSource, Source, judge_source
from lingtan.series.synthetic import make_constant, make_monthly
from lingtan.sheet import Sheet
from lingtan.wording.series_notes import said

DEVICES = "devices"
"""The folder beside a park file with templates of its own devices."""
Packs = tuple[str | os.PathLike[str], ...]
AnySource = Source | ResourceSource
"""What was recorded, drawn or written down, and what weather offers."""
WITHOUT_PLACE = {"series.no-latitude", "resource.no-location"}
"""Findings that follow from a place that is given, but cannot be read."""


def read_case(path: str | os.PathLike[str], packs: Packs = (), *, confined: bool = False) -> Case:
    """Read a park file (or the `park.yaml` of a folder) with everything it names.

    `packs` are folders of rule records laid over the shipped ones. A `confined` park may name no file outside its folder: for
    parks that somebody else sent. Raises `InputError` with all findings when one of them
    is an error.
    """
    return _accepted(gather(path, packs, confined=confined))


def case_of(sheet: Sheet) -> Case:
    """The case of a park that is already plain data; it may not name files. Raises `InputError` with all findings."""
    return _accepted(_gather(sheet, [], (), None, {}))


def gather(
    path: str | os.PathLike[str], packs: Packs = (), *, confined: bool = False
) -> tuple[Case | None, list[Finding]]:
    """The case, or None where it cannot be joined, with all findings; warnings are also in the case."""
    sheet, findings = read_sheet(path)
    folder = park_file(path).parent
    templates, on_templates = own_templates(folder / DEVICES)
    with Recordings(folder, confined=confined) as recordings:
        case, found = _gather(sheet, findings, packs, recordings, templates)
    found = [*found, *on_templates]
    return (None if case is None else replace(case, findings=tuple(found))), found


def check_park(path: str | os.PathLike[str], packs: Packs = (), *, confined: bool = False) -> list[Finding]:
    """Every finding of a park file (or the `park.yaml` of a folder) and of what it names; empty when there is none."""
    return gather(path, packs, confined=confined)[1]


def _accepted(gathered: tuple[Case | None, list[Finding]]) -> Case:
    case, findings = gathered
    if case is None or errors_in(findings):
        raise InputError(findings)
    return case


def _gather(
    sheet: Sheet,
    findings: list[Finding],
    packs: Packs,
    recordings: Recordings | None,
    templates: Mapping[str, Template],
) -> tuple[Case | None, list[Finding]]:
    """The case with all findings: those of the park file first and by line, then those of each file it names."""
    if sheet.data is None:
        return None, findings
    case, found = _joined(sheet, packs, recordings, templates)
    ordered = sorted((*findings, *found), key=lambda each: (each.file != sheet.file, each.file, each.line))
    return (None if case is None else replace(case, findings=tuple(ordered))), ordered


def _joined(
    sheet: Sheet, packs: Packs, recordings: Recordings | None, templates: Mapping[str, Template]
) -> tuple[Case | None, list[Finding]]:
    park, findings = judge_park(sheet)
    sources, on_sources = _judge_sources(sheet)
    pack, on_rules = _judge_rules(sheet)
    findings = [*findings, *on_sources, *on_rules]
    stands = park or standing(sheet)
    if stands is None:
        return None, findings
    book, on_book = read_rulebook(packs)
    joiner = _Joiner(stands, sheet, book.overlay(pack, inline=True), recordings)
    used = dict.fromkeys([*stands.series_used(), *(() if park else sources)])
    series = joiner.join({name: sources[name] for name in used if name in sources})
    if not park and unsound(sheet, stands) & {"latitude", "longitude"}:
        joiner.findings = [found for found in joiner.findings if found.code not in WITHOUT_PLACE]
    findings += [*on_book, *_check_assumptions(sheet, pack, joiner.book), *joiner.findings]
    if park is None or errors_in(findings):
        return None, findings
    daily_maxima = None
    if park.site.temperature is not None and series[park.site.temperature].unit == "°C":
        daily_maxima = DailyMaxima.of_steps(joiner.grid, series[park.site.temperature].values)
    case = Case(
        park,
        joiner.grid,
        series,
        joiner.book,
        tuple(joiner.calendars),
        sheet=replace(sheet, data=None, lines=Frozen(sheet.lines)),
        daily_maxima=daily_maxima,
        templates=templates,
    )
    checked = [*check(case), *(check_devices(park, all_templates(templates)) if park.devices else ())]
    return case, findings + [case.placed(found, *at) for at, found in checked]


def _judge_sources(sheet: Sheet) -> tuple[dict[str, AnySource], list[Finding]]:
    given = sheet.data.get("series") if isinstance(sheet.data, dict) else None
    sources: dict[str, AnySource] = {}
    findings: list[Finding] = []
    source: AnySource | None
    for name, data in given.items() if isinstance(given, dict) else ():
        judge_form = judge_resource if is_resource(data) else judge_source
        source, found = judge_form(data, sheet, ("series", name))
        findings += found
        if source is not None:
            sources[name] = source
    return sources, findings


def _check_assumptions(sheet: Sheet, pack: Pack, book: Rulebook) -> list[Finding]:
    """The park file's own assumptions that speak of no record: they would be passed over without a word."""
    rules = enumerate(sheet.data.get("rules", ()))
    lines = {
        str(raw["id"]): sheet.line(("rules", n, "of")) for n, raw in rules if isinstance(raw, dict) and "id" in raw
    }
    return [
        found.at(sheet.file, lines.get(assumption.id, sheet.line(("rules",))))
        for assumption in pack.assumptions
        for found in book.check_assumption(assumption)
    ]


def _judge_rules(sheet: Sheet) -> tuple[Pack, list[Finding]]:
    given: Any = sheet.data.get("rules") if isinstance(sheet.data, dict) else None
    return parse_records(given, sheet, ("rules",)) if isinstance(given, list) else (Pack(), [])


def _profile(asset: Asset) -> str | None:
    return asset.profile if isinstance(asset, Load | Profiled) else None


def _availability(asset: Asset) -> str | None:
    return asset.availability if isinstance(asset, Pv | Wind | FirmLine) else None


def _below(who: str, name: str) -> str:
    """What a finding says after the name of its series, such as `.monthly[3]`."""
    return who[len(name) :] if who.startswith((f"{name}.", f"{name}[")) else ""


def _on_the_clock(series: Series) -> Series:
    """The series on steps that midnight begins: hours that begin at half past become half hours, not hours too early."""
    own = series.grid
    late = int(own.minute_of_day[0]) % own.step_minutes
    return resample(series.complete(), gcd(late, own.step_minutes)) if late else series


THIN_DAYS = 330
"""Fewer measured days than this are no year: a month of them is missing."""
FAR_DAYS = 45.0
"""A day farther away than this is of another season."""
NO_HOLIDAYS = ""
"""The calendar of the weather."""


class _Joiner:
    """Brings every series that the park reads onto its grid; findings and calendars gather as it goes."""

    def __init__(self, park: Park, sheet: Sheet, book: Rulebook, recordings: Recordings | None) -> None:
        self.park, self.sheet, self.book, self.recordings = park, sheet, book, recordings
        self.grid = park.grid()
        self.findings: list[Finding] = []
        self.calendars: list[Use[Calendar]] = []
        self._maps: dict[tuple[str, bytes], DayMap] = {}

    def join(self, sources: Mapping[str, AnySource]) -> dict[str, Series]:
        """The series by name; one that cannot be read leaves its findings instead."""
        joined: dict[str, Series] = {}
        for name, source in sources.items():
            try:
                joined[name] = self._series(name, source)
            except InputError as error:
                self._note(name, error.findings)
        return joined

    def _note(self, name: str, findings: Iterable[Finding]) -> None:
        """Findings under the name of the series; one without a line of its own stands where the park file names it."""
        for found in findings:
            if found.line:
                self.findings.append(found)
                continue
            who = found.who if found.who.startswith("series.") else f"series.{name}{_below(found.who, name)}"
            file = Path(found.file).name
            who = f"{who} ({file})" if file not in ("", found.got) else who
            line = self.sheet.line(("series", name))
            self.findings.append(replace(found, who=who, file=self.sheet.file, line=line))

    def _series(self, name: str, source: AnySource) -> Series:
        site = self.park.site
        match source:
            case ConstantSource():
                return make_constant(source, name, self.grid)
            case MonthlySource():
                return make_monthly(source, name, self.grid, latitude=site.latitude, longitude=site.longitude)
            case FileSource() | PackageSource():
                who = f"series.{name}"
                if self.recordings is None:
                    raise InputError([Finding("case.no-files-here", who, got=source.file)])
                expected = self._expectation(name, source)
                reading = self.recordings.read(source, name=name, zone=site.zone, expected=expected, who=who)
                self._note(name, reading.findings)
                return self._on_grid(reading.series, self._calendar_of(name, source.holidays or site.country))
            case _:
                return self._of_weather(name, source)

    def _of_weather(self, name: str, source: ResourceSource) -> Series:
        """What the weather of a source offers at the site."""
        site, who, file = self.park.site, f"series.{name}", file_of(source)
        if file is not None and self.recordings is None:
            raise InputError([Finding("case.no-files-here", who, got=file)])
        here = None
        if site.latitude is not None and site.longitude is not None:
            here = Location(site.latitude, site.longitude)
        seasons = hydro_seasons(self.park, self.book, self.grid) if isinstance(source, HydroSource) else None
        folder = self.recordings or Path()
        reading = read_resource(source, name, self.grid, folder=folder, site=here, seasons=seasons, who=who)
        self._note(name, reading.findings)
        return reading.series

    def _expectation(self, name: str, source: FileSource | PackageSource) -> Expectation:
        """What kind of series the park takes it for; the site's longitude says when the sun stands highest."""
        readers = [asset for asset in self.park.assets.values() if name in (_profile(asset), _availability(asset))]
        kinds: dict[type, Kind] = {Load: "load", Pv: "solar", Wind: "wind"}
        kind = kinds.get(type(readers[0]), "other") if readers else "other"
        return Expectation(kind, longitude=self.park.site.longitude if source.zone is None else None)

    def _calendar_of(self, name: str, holidays: str) -> str:
        """Whose holidays a recording kept; what is read for its weather alone kept none."""
        by_people = any(_profile(asset) == name for asset in self.park.assets.values())
        by_weather = name == self.park.site.temperature or any(
            _availability(asset) == name for asset in self.park.assets.values()
        )
        return holidays if by_people or not by_weather else NO_HOLIDAYS

    def _on_grid(self, series: Series, holidays: str) -> Series:
        """A recording of the studied period is cut to it; one of another year is mapped onto it day by day."""
        own, grid = series.grid, self.grid
        if own.zone == grid.zone and own.start <= grid.start and own.end >= grid.end:
            series = _on_the_clock(series)
            steps = round(grid.steps * grid.step_minutes / series.grid.step_minutes)
            return resample(series.window(series.grid.index(grid.start), steps).complete(), grid.step_minutes)
        if holidays != NO_HOLIDAYS:
            return self._mapped(_on_the_clock(series), grid, holidays)
        weather = _on_the_clock(replace(series, grid=standard_clock(own)))
        mapped = replace(self._mapped(weather, standard_clock(grid), holidays), grid=grid)
        return mapped.noted(said("standard-time")) if np.ptp(own.local - own.utc) else mapped

    def _mapped(self, series: Series, grid: TimeGrid, holidays: str) -> Series:
        day_map = self._day_map(series.grid, grid, holidays)
        mapped = map_series(series, day_map, grid)
        far = float(day_map.moved_days.max())
        if len(day_map.source_days) < THIN_DAYS or far > FAR_DAYS:
            got = said("thin", days=len(day_map.source_days), far=f"{far:g}", most=day_map.most_used)
            who, line = f"series.{series.name}", self.sheet.line(("series", series.name))
            severity = Severity.WARNING
            self.findings.append(Finding("case.thin-recording", who, "", got, self.sheet.file, line, severity))
        return mapped

    def _day_map(self, own: TimeGrid, grid: TimeGrid, holidays: str) -> DayMap:
        source_days = whole_days(own)
        key = (holidays, source_days.tobytes())
        if key not in self._maps:
            if holidays == NO_HOLIDAYS:
                measured, studied = types_by_weekday(source_days), types_by_weekday(grid.days)
            else:
                measured = self._kinds(source_days, Place(holidays))
                studied = self._kinds(grid.days, self.park.site.place)
            self._maps[key] = map_days(source_days, measured, grid.days, studied)
        return self._maps[key]

    def _kinds(self, days: Instants, place: Place) -> DayCodes:
        kinds = classify_days(self.book, days, place)
        self.findings += [found for found in kinds.findings if found not in self.findings]
        self.calendars += [use for use in kinds.uses if use not in self.calendars]
        return kinds.types
