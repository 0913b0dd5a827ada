"""Three years of a park's energy, month by month: what the application of a zero-carbon park asks for (annex 2, chapter 1).

A series of the history is one kind of energy and one way of it: `bought` and `self_supplied` are its supply; `fuel`,
`conversion` and `feedstock` its consumption. Amounts stand in the unit of their energy (`UNITS`). The history lies beside the
park file as energy_history.csv; a new park has none.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Annotated, Any, Literal, NamedTuple, get_args

from pydantic import Field

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError
from lingtan.sheet import Sheet, judge
from lingtan.units import quantity
from lingtan.wording.rule_kinds import FuelName

FILE = "energy_history.csv"
YEARS = 3
"""How many whole years the application asks for."""

Energy = Literal["electricity", "heat", FuelName]
Use = Literal["bought", "self_supplied", "fuel", "conversion", "feedstock"]
USES: tuple[Use, ...] = get_args(Use)
ENERGIES: tuple[str, ...] = get_args(Energy)
GASES = frozenset({"natural_gas", "coke_oven_gas", "blast_furnace_gas"})
"""Fuels that are counted in cubic meters at normal conditions."""

COLUMNS = ("year", "month", "energy", "use", "quantity", "unit")


def unit_of(energy: str) -> str:
    """The unit that a kind of energy is kept in.

    >>> unit_of("electricity"), unit_of("heat"), unit_of("natural_gas"), unit_of("diesel")
    ('kWh', 'GJ', 'm3', 't')
    """
    return {"electricity": "kWh", "heat": "GJ"}.get(energy, "m3" if energy in GASES else "t")


class HistoryEntry(Fact):
    """One month of one series of the history."""

    year: Annotated[int, Field(ge=1990, le=2100)]
    """Calendar year."""
    month: Annotated[int, Field(ge=1, le=12)]
    """Calendar month, 1 to 12."""
    energy: Energy
    """The kind of energy: electricity, heat or a fuel, as rule records name it."""
    use: Use
    """Bought, self-supplied, or consumed as fuel, for conversion, as feedstock."""
    quantity: Annotated[float, Field(ge=0, allow_inf_nan=False)]
    """Amount of the month, in the unit of the energy."""

    @property
    def series(self) -> tuple[str, str]:
        """What it is a month of."""
        return self.energy, self.use


class Placed(NamedTuple):
    """An entry as it was given: keys and values, the unit of the quantity, and where it stands in its file (from 1)."""

    given: Mapping[str, Any]
    unit: str
    line: int


def judge_history(rows: Iterable[Placed], file: str) -> tuple[tuple[HistoryEntry, ...], list[Finding]]:
    """Rows as entries in the units of their energies, with all findings at their lines; empty rows give nothing.

    Where nothing is wrong with single rows, the whole is checked: each series has every month of the same three years that
    follow each other, once.
    """
    entries: list[tuple[HistoryEntry, int]] = []
    findings: list[Finding] = []
    for row in rows:
        sheet = Sheet(file, dict(row.given), {(): row.line, **{(key,): row.line for key in row.given}})
        entry, found = judge(HistoryEntry, {**row.given, **_converted(row, sheet, findings)}, sheet)
        findings += found
        if entry is not None:
            entries.append((entry, row.line))
    if not findings:
        findings = [found.at(file, line) for line, found in check_history(entries)]
    ordered = sorted((entry for entry, _ in entries), key=lambda one: (one.series, one.year, one.month))
    return tuple(ordered), findings


def _converted(row: Placed, sheet: Sheet, findings: list[Finding]) -> dict[str, float]:
    """The quantity in the unit of its energy; a unit of something else is noted, and the schema judges the rest."""
    given, energy = row.given.get("quantity"), row.given.get("energy")
    if energy not in ENERGIES or isinstance(given, bool) or not isinstance(given, int | float | str):
        return {}
    text = f"{given!r} {row.unit}" if isinstance(given, int | float) and row.unit else given
    try:
        return {"quantity": quantity(text, unit_of(str(energy)), who="quantity")}
    except InputError as error:
        findings += [found.at(sheet.file, row.line) for found in error.findings]
        return {"quantity": 0.0}


def check_history(entries: Sequence[tuple[HistoryEntry, int]]) -> Iterator[tuple[int, Finding]]:
    """Findings on how entries fit together, with the line of the entry that each is about."""
    first_line: dict[tuple[str, str], int] = {}
    seen = Counter((entry.series, entry.year, entry.month) for entry, _ in entries)
    for entry, line in entries:
        first_line.setdefault(entry.series, line)
        if seen[entry.series, entry.year, entry.month] > 1:
            yield line, Finding("history.twice", _who(entry.series), got=f"{entry.year}-{entry.month:02d}")
            seen[entry.series, entry.year, entry.month] = 0
    years = sorted({entry.year for entry, _ in entries})
    if years and (len(years) != YEARS or years[-1] - years[0] != YEARS - 1):
        expected = f"{years[-1] - YEARS + 1}, {years[-1] - 1}, {years[-1]}"
        yield entries[0][1], Finding("history.years", "history", expected, ", ".join(map(str, years)))
    for series, line in first_line.items():
        missing = [
            f"{year}-{month:02d}" for year in years for month in range(1, 13) if (series, year, month) not in seen
        ]
        if missing:
            shown = ", ".join(missing[:6]) + (" …" if len(missing) > 6 else "")
            yield line, Finding("history.months-missing", _who(series), f"{12 * len(years)}", shown)


def _who(series: tuple[str, str]) -> str:
    return f"history.{series[0]}.{series[1]}"


# ---------------------------------------------------------------------------------------------- as a file


def history_text(entries: Iterable[HistoryEntry]) -> str:
    """Entries as CSV with the unit beside each amount."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in entries:
        writer.writerow((one.year, one.month, one.energy, one.use, repr(one.quantity), unit_of(one.energy)))
    return stream.getvalue()


def history_of_text(text: str, file: str) -> tuple[tuple[HistoryEntry, ...], list[Finding]]:
    """CSV as entries, with all findings at their lines.

    >>> history_of_text("year,month,energy,use\\n", "energy_history.csv")[1][0].text()
    "energy_history.csv:1: history.no-column: history: the file has no column 'quantity'. Add it."
    """
    reader = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    absent = [column for column in COLUMNS[:-1] if column not in (reader.fieldnames or ())]
    if absent:
        return (), [
            Finding("history.no-column", "history", file=file, line=1, values={"column": name}) for name in absent
        ]
    rows = (Placed(_row(row), str(row.get("unit") or ""), reader.line_num) for row in reader)
    return judge_history(rows, file)


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a CSV without its unit; whole numbers and amounts as numbers, where they are some."""
    return {key: _number(str(row[key] or "").strip(), key) for key in COLUMNS[:-1]}


def _number(text: str, key: str) -> Any:
    kind = {"year": int, "month": int, "quantity": float}.get(key, str)
    try:
        return kind(text)
    except ValueError:
        return text
