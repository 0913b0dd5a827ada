"""From a column as its file holds it to a labeled series: stamps, numbers, checks and repairs, in this order.

Pure: a reader hands over a `RawColumn`, all findings of it come back in one pass. What was done is said in the origin
of the series.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from lingtan.clock import Instants, Ints, TimeGrid
from lingtan.findings import Finding, InputError, Severity, errors_in, say_number
from lingtan.frozen import DeepFrozen
from lingtan.series import check
from lingtan.series.canonical import canonical_unit, to_canonical
from lingtan.series.check import Expectation, OnGrid, Readings
from lingtan.series.islands import islands
from lingtan.series.labeled import Quality, Series, Values
from lingtan.series.repair import Marks, fill_gaps, settle_doubles
from lingtan.series.source import Recorded
from lingtan.series.stamps import Stamps, read_stamps, usual_step
from lingtan.wording import Text
from lingtan.wording.series_notes import counted, said


@dataclass(frozen=True, eq=False)
class RawColumn(DeepFrozen):
    """A column of values with its stamps, (N,) each, in the order of the file.

    `values` is NaN where the field is empty or no number; `strange` holds the texts that are no number, by row; `lines`
    counts from 1 (rows of a sheet or of a Parquet file likewise).
    """

    file: str
    stamps: Stamps
    values: Values
    strange: Mapping[int, str]
    lines: Ints
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True, eq=False)
class Reading:
    """A series that was read, and the warnings that travel with it."""

    series: Series
    findings: tuple[Finding, ...] = ()


def take_in(
    raw: RawColumn, source: Recorded, *, name: str, zone: str, expected: Expectation | None = None, who: str = ""
) -> Reading:
    """The series of a raw column in its canonical unit, on the grid of its own stamps.

    `zone` is the park's; the source's own zone comes first. `who` names the series in findings (default: its name).
    Raises `InputError` with all findings if one of them is an error.
    """
    intake = _Intake(raw, source, name, source.zone or zone, expected or Expectation(), who or name)
    return intake.run()


@dataclass(eq=False)
class _Intake:
    """One pass over one column; findings and notes gather as it goes."""

    raw: RawColumn
    source: Recorded
    name: str
    zone: str
    expected: Expectation
    who: str
    findings: list[Finding] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)

    def run(self) -> Reading:
        origin = "drawn-file" if self.source.synthetic else "measured"
        self.notes += [said(origin, file=self.source.file, column=self.source.column), *self.raw.notes]
        self.findings += _check_numbers(self.raw, self.who)
        rows = self._without_sentinels(self._rows())
        self._stop_on_errors()
        rows = self._sorted(self._mainland(rows))
        series = self._on_grid(self._settled(rows))
        filled, repaired = self._filled(series)
        labeled = self._labeled(series, filled, repaired)
        self._stop_on_errors()
        return Reading(labeled, tuple(self.findings))

    def _stop_on_errors(self) -> None:
        if errors_in(self.findings):
            raise InputError(self.findings)

    def _rows(self) -> Readings:
        utc, problems = read_stamps(self.raw.stamps, self.source, self.zone)
        self.findings += [
            problem.finding(self.who).at(self.raw.file, int(self.raw.lines[problem.positions[0]]))
            for problem in problems
        ]
        if self.source.stamps == "end":
            self.notes.append(said("ends"))
        if self.source.midnight == "end_of_day":
            self.notes.append(said("midnight"))
        return Readings(self.who, self.raw.file, self.zone, utc, self.raw.values, self.raw.lines)

    def _without_sentinels(self, rows: Readings) -> Readings:
        self.findings += check.check_sentinels(rows, self.source.sentinels)
        hit = np.isin(rows.values, self.source.sentinels or ())
        if not hit.any():
            return rows
        self.notes.append(said("sentinels", count=int(hit.sum())))
        return replace(rows, values=np.where(hit, np.nan, rows.values))

    def _mainland(self, rows: Readings) -> Readings:
        """Rows without stamps that stand alone, where the reader wants that: one would else be a gap of years, or a day to come."""
        if self.expected.now is None:
            return rows
        utc, row = np.unique(rows.utc, return_inverse=True)
        alone = islands(utc, usual_step(utc), self.expected.now)
        if not alone.any():
            return rows
        at = np.flatnonzero(alone[row])
        at = at[np.argsort(rows.utc[at], kind="stable")]
        got = counted(at.size, rows.local(int(at[0])), rows.local(int(at[-1])))
        line = int(rows.lines[at[0]])
        self.findings.append(Finding("series.islands", self.who, "", got, self.raw.file, line, Severity.WARNING))
        return rows.rows(~alone[row])

    def _sorted(self, rows: Readings) -> Readings:
        """Rows by rising stamp; a file that runs backward throughout is turned, any other disorder must be allowed."""
        strides = np.diff(rows.utc)
        if np.all(strides <= np.timedelta64(0, "m")) and np.any(strides < np.timedelta64(0, "m")):
            self.notes.append(said("turned"))
            return rows.rows(np.arange(rows.utc.size)[::-1])
        disorder = check.check_order(rows)
        if disorder and self.source.sort:
            self.notes.append(said("sorted", count=int((strides < np.timedelta64(0, "m")).sum())))
        elif disorder:
            self.findings += disorder
            self._stop_on_errors()
        return rows.rows(np.argsort(rows.utc, kind="stable"))

    def _settled(self, rows: Readings) -> Readings:
        """One row per stamp, each a whole number of steps from the first."""
        if self.source.duplicates == "refuse":
            self.findings += check.check_doubles(rows)
        settled = settle_doubles(rows, self.source.duplicates)
        if settled.utc.size < rows.utc.size:
            count = rows.utc.size - settled.utc.size
            self.notes.append(said("doubles", count=count, how=self.source.duplicates))
        if np.unique(settled.utc).size < 2:
            got = said("stamps", count=int(np.unique(settled.utc).size))
            self.findings.append(Finding("series.too-short", self.who, got=got, file=self.raw.file))
        else:
            step = usual_step(settled.utc)
            self.findings += check.check_step(settled, step)
            if not self.source.model_fields_set & {"stamps", "midnight"}:
                self.findings += check.check_ends(settled, step)
        self._stop_on_errors()
        return settled

    def _on_grid(self, rows: Readings) -> OnGrid:
        grid = self._grid(rows.utc)
        at = ((rows.utc - grid.start) // np.timedelta64(grid.step_minutes, "m")).astype(np.int64)
        values, lines = np.full(grid.steps, np.nan), np.zeros(grid.steps, np.int64)
        factor = 1.0 if self.source.factor is None else self.source.factor
        values[at], lines[at] = rows.values * factor, rows.lines
        if factor != 1.0:
            self.notes.append(said("factor", factor=say_number(factor)))
        return OnGrid(self.who, self.raw.file, grid, values, lines)

    def _grid(self, utc: Instants) -> TimeGrid:
        step = usual_step(utc)
        steps = int((utc[-1] - utc[0]) // np.timedelta64(step, "m")) + 1
        try:
            return TimeGrid(utc[0], step, steps, self.zone)
        except InputError as error:
            self.findings += [found.at(self.raw.file) for found in error.findings]
            raise InputError(self.findings) from error

    def _filled(self, series: OnGrid) -> tuple[Values, Marks]:
        if self.source.repair == "none":
            self.findings += [] if self.expected.gaps_stay else check.check_gaps(series)
            return series.values, np.zeros(series.grid.steps, bool)
        starts, _ = check.find_gaps(series.values)
        filled, repaired, findings = fill_gaps(series, self.source.repair, self.source.max_gap_minutes)
        self.findings += findings
        if starts.size and not findings:
            share = f"{repaired.mean():.2%}"
            count = int(repaired.sum())
            self.notes.append(said("repaired", steps=count, share=share, count=starts.size, how=self.source.repair))
        return filled, repaired

    def _labeled(self, series: OnGrid, filled: Values, repaired: Marks) -> Series:
        """Checks of the recorded values, then the series in its canonical unit."""
        kind = self.expected.kind
        values = filled
        if self.source.negative == "zero":
            below = values < 0
            values = np.where(below, 0.0, values)
            repaired = repaired | below
            if below.any():
                self.notes.append(said("negatives", count=int(below.sum())))
        else:
            self.findings += check.check_negative(series, kind, self.expected.own_use_kw)
        self.findings += check.check_frozen(series, kind) + check.check_stopped(series, kind)
        self.findings += check.check_rising(series, kind) + check.check_noon(series, self.expected)
        missing = np.isnan(values)
        at_best = Quality.SYNTHETIC if self.source.synthetic else Quality.MEASURED
        quality = np.where(missing, Quality.MISSING, np.where(repaired, max(Quality.REPAIRED, at_best), at_best))
        labeled = Series(self.name, values, self.source.unit, series.grid, quality.astype(np.uint8), tuple(self.notes))
        labeled = to_canonical(labeled)
        in_use = replace(series, values=labeled.values)
        unit = canonical_unit(self.source.unit)
        self.findings += check.check_unit(in_use, unit, self.expected) + check.check_limit(in_use, unit, self.expected)
        return labeled


def _check_numbers(raw: RawColumn, who: str) -> list[Finding]:
    """Texts that are no number, those with a comma apart, and numbers that are not finite."""
    findings = []
    commas = {row for row, text in raw.strange.items() if "," in text and any(sign.isdigit() for sign in text)}
    infinite = {int(row): say_number(raw.values[row]) for row in np.flatnonzero(np.isinf(raw.values))[:1]}
    for code, found in (
        ("series.comma-in-number", {row: raw.strange[row] for row in sorted(commas)}),
        ("series.not-a-number", {row: text for row, text in raw.strange.items() if row not in commas}),
        ("series.not-finite", infinite),
    ):
        if found:
            row, text = next(iter(found.items()))
            got = said("times-first", count=len(found), text=text[:40])
            findings.append(Finding(code, who, got=got, file=raw.file, line=int(raw.lines[row])))
    return findings
