"""From a park file to a case: the file, its series on the studied grid, its rules; all findings in one pass."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from lingtan.case.case import Case
from lingtan.case.check import check
from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError, errors_in
from lingtan.park import Park
from lingtan.park.read import judge_park, park_file, read_sheet
from lingtan.rulebook import Calendar, DayType, Pack, Place, Rulebook, Use, classify_days, parse_records, read_rulebook
from lingtan.series import DayMap, Series, map_days, map_series, resample
from lingtan.series.calendar_map import whole_days
from lingtan.series.read import read_series
from lingtan.series.source import ConstantSource, FileSource, MonthlySource, PackageSource, Source, judge_source
from lingtan.series.synthetic import make_constant, make_monthly
from lingtan.sheet import Sheet

Packs = tuple[str | os.PathLike[str], ...]
DAY_TYPE_NAMES = np.array([kind.key for kind in DayType])


def read_case(path: str | os.PathLike[str], packs: Packs = ()) -> Case:
    """Read a park file (or the `park.yaml` of a folder) with everything it names.

    `packs` are folders of rule records laid over the shipped ones. Raises `InputError` with all findings when one of them
    is an error.
    """
    return _accepted(gather(path, packs))


def case_of(sheet: Sheet) -> Case:
    """The case of a park that is already plain data; it may not name files. Raises `InputError` with all findings."""
    return _accepted(_gather(sheet, [], (), None))


def gather(path: str | os.PathLike[str], packs: Packs = ()) -> tuple[Case | None, list[Finding]]:
    """The case, or None where it cannot be joined, with all findings; warnings are also in the case."""
    sheet, findings = read_sheet(path)
    return _gather(sheet, findings, packs, park_file(path).parent)


def _accepted(gathered: tuple[Case | None, list[Finding]]) -> Case:
    case, findings = gathered
    if case is None or errors_in(findings):
        raise InputError(findings)
    return case


def _gather(
    sheet: Sheet, findings: list[Finding], packs: Packs, folder: Path | None
) -> tuple[Case | None, list[Finding]]:
    if sheet.data is None:
        return None, findings
    park, judged = judge_park(sheet)
    sources, on_sources = _judge_sources(sheet)
    pack, on_rules = _judge_rules(sheet)
    findings = [*findings, *judged, *on_sources, *on_rules]
    if park is None or errors_in(findings):
        return None, findings
    book, on_book = read_rulebook(packs)
    joiner = _Joiner(park, sheet, book.overlay(pack, inline=True), folder)
    series = joiner.join(sources)
    findings += [*on_book, *joiner.findings]
    if errors_in(findings):
        return None, findings
    case = Case(park, joiner.grid, series, joiner.book, tuple(joiner.calendars))
    findings += [found.at(sheet.file, sheet.line(at)) for at, found in check(case)]
    return replace(case, findings=tuple(findings)), findings


def _judge_sources(sheet: Sheet) -> tuple[dict[str, Source], list[Finding]]:
    given = sheet.data.get("series") if isinstance(sheet.data, dict) else None
    sources: dict[str, Source] = {}
    findings: list[Finding] = []
    for name, data in (given.items() if isinstance(given, dict) else ()):
        source, found = judge_source(data, sheet, ("series", name))
        findings += found
        if source is not None:
            sources[name] = source
    return sources, findings


def _judge_rules(sheet: Sheet) -> tuple[Pack, list[Finding]]:
    given: Any = sheet.data.get("rules") if isinstance(sheet.data, dict) else None
    return parse_records(given, sheet, ("rules",)) if isinstance(given, list) else (Pack(), [])


class _Joiner:
    """Brings every series that the park reads onto its grid; findings and calendars gather as it goes."""

    def __init__(self, park: Park, sheet: Sheet, book: Rulebook, folder: Path | None) -> None:
        self.park, self.sheet, self.book, self.folder = park, sheet, book, folder
        self.grid = park.grid()
        self.findings: list[Finding] = []
        self.calendars: list[Use[Calendar]] = []
        self._maps: dict[tuple[str, bytes], DayMap] = {}

    def join(self, sources: Mapping[str, Source]) -> dict[str, Series]:
        """The series by name; one that cannot be read leaves its findings instead."""
        joined: dict[str, Series] = {}
        for name in self.park.series_used():
            try:
                joined[name] = self._series(name, sources[name])
            except InputError as error:
                line = self.sheet.line(("series", name))
                self.findings += [found.at(self.sheet.file, line) for found in error.findings]
        return joined

    def _series(self, name: str, source: Source) -> Series:
        site = self.park.site
        match source:
            case ConstantSource():
                return make_constant(source, name, self.grid)
            case MonthlySource():
                return make_monthly(source, name, self.grid, latitude=site.latitude, longitude=site.longitude)
            case FileSource() | PackageSource():
                who = f"series.{name}"
                if self.folder is None:
                    raise InputError([Finding("case.no-files-here", who, got=source.file)])
                reading = read_series(source, name=name, folder=self.folder, zone=site.zone, who=who)
                self.findings += reading.findings
                return self._on_grid(reading.series, source.holidays or site.country)

    def _on_grid(self, series: Series, holidays: str) -> Series:
        """A recording of the studied period is cut to it; one of another year is mapped onto it day by day."""
        own, grid = series.grid, self.grid
        if own.zone == grid.zone and own.start <= grid.start and own.end >= grid.end:
            first = own.index(grid.start)
            steps = round(grid.steps * grid.step_minutes / own.step_minutes)
            return resample(series.window(first, steps).complete(), grid.step_minutes)
        return map_series(series, self._day_map(own, holidays), grid)

    def _day_map(self, own: TimeGrid, holidays: str) -> DayMap:
        source_days = whole_days(own)
        key = (holidays, source_days.tobytes())
        if key not in self._maps:
            site = self.park.site
            measured = self._kinds(source_days, Place(holidays))
            studied = self._kinds(self.grid.days, Place(site.country, site.province, site.prefecture))
            self._maps[key] = map_days(source_days, measured, self.grid.days, studied)
        return self._maps[key]

    def _kinds(self, days: np.ndarray, place: Place) -> np.ndarray:
        kinds = classify_days(self.book, days, place)
        self.findings += [found for found in kinds.findings if found not in self.findings]
        self.calendars += [use for use in kinds.uses if use not in self.calendars]
        return DAY_TYPE_NAMES[kinds.types]
