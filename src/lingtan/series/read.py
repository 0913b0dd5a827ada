"""The only door of this room to the disk: a column of a CSV, Parquet or Excel file, and tables that lingtan wrote.

Nothing is guessed: every field of a CSV is read as text and converted here, the delimiter is the one in the line of
names, stamps and numbers are read as the park file says. Sizes are bounded before anything is unpacked.
"""

from __future__ import annotations

import gzip
import importlib.util
import os
import re
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import Ints
from lingtan.findings import Finding, InputError
from lingtan.series.check import Expectation
from lingtan.series.columns import FilePlace, columns_of
from lingtan.series.delimited import NO_VALUE, NUMBER, as_number, as_utf8, read_header, row_lines
from lingtan.series.intake import RawColumn, Reading, take_in
from lingtan.series.labeled import Table, grid_of
from lingtan.series.source import FileSource, PackageSource, Recorded
from lingtan.series.stamps import ClockStamps, Stamps, TextStamps, UtcStamps
from lingtan.wording.series_notes import said

if TYPE_CHECKING:
    import duckdb

MAX_BYTES = 512 * 2**20
MAX_ROWS = 20_000_000

_NO_DOWNLOADS = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
_TEXT_FORMATS = (".csv", ".csv.gz", ".txt", ".txt.gz", ".tsv", ".tsv.gz")
_FORMATS = (*_TEXT_FORMATS, ".parquet", ".xlsx", ".xlsm")
_GLOB = re.compile(r"[*?\[\]{}]")
_NUMBER_TYPES = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE|DECIMAL.*")
_CLOCK_TYPES = re.compile(r"TIMESTAMP(_S|_MS|_NS)?|DATE")


def read_series(
    source: FileSource | PackageSource,
    *,
    name: str,
    folder: str | os.PathLike[str],
    zone: str,
    expected: Expectation | None = None,
    who: str = "",
) -> Reading:
    """The series of a recorded source, in its canonical unit on the grid of its own stamps, and its warnings.

    A relative file counts from `folder`, that of the park file; stamps without offset are in `zone` unless the source
    names its own. `who` names the series in findings (default: its name). Raises `InputError` with all findings.
    """
    path = _path_of(source, Path(folder), who or name)
    raw = read_column(path, source, who=who or name)
    return take_in(raw, source, name=name, zone=zone, expected=expected, who=who)


def read_column(path: Path, source: Recorded, *, who: str) -> RawColumn:
    """One column of a file with its stamps, as it stands there; what is wrong with the file comes as `InputError`."""
    place = FilePlace(str(path), who)
    suffix = next((known for known in _FORMATS if path.name.lower().endswith(known)), None)
    try:
        size = path.stat().st_size
        if suffix is None:
            raise place.refused("series.unknown-format", ", ".join(_FORMATS), path.suffix or path.name)
        if size > MAX_BYTES:
            raise place.refused("series.too-large", f"≤ {MAX_BYTES} B", f"{size} B")
        if suffix == ".parquet":
            return _from_parquet(path, place, source)
        return _from_text(path, place, source) if suffix in _TEXT_FORMATS else _from_workbook(path, place, source)
    except FileNotFoundError as error:
        raise place.refused("series.no-file", got=path.name) from error
    except OSError as error:
        raise place.refused("series.unreadable", got=error.strerror or str(error)) from error


def read_table(path: str | os.PathLike[str], *, zone: str | None = None) -> Table:
    """A table that `write_parquet` wrote: `time` in UTC and columns of numbers, in its zone unless another is given.

    Raises `InputError`: `series.no-file`, `series.unreadable`, `series.no-column`, `series.not-numbers`,
    `series.not-finite`, `series.irregular-index`.
    """
    place = FilePlace(str(path), Path(path).name)
    try:
        with _taken_at_its_word(Path(path)) as plain, _database(place) as database:
            given = {"path": plain}
            types = database.execute("DESCRIBE SELECT * FROM read_parquet($path)", given).fetchall()
            names = {str(row[0]): str(row[1]) for row in types}
            if "time" not in names:
                raise place.no_column("time", list(names))
            wordy = [name for name, kind in names.items() if name != "time" and not _NUMBER_TYPES.fullmatch(kind)]
            if wordy:
                raise InputError(
                    [Finding("series.not-numbers", name, got=names[name], file=str(path)) for name in wordy]
                )
            query = "SELECT epoch_us(time) AS time, * EXCLUDE (time) FROM read_parquet($path)"
            columns = database.execute(query, given).fetchnumpy()
            facts = database.execute("SELECT key, value FROM parquet_kv_metadata($path)", given).fetchall()
    except FileNotFoundError as error:
        raise place.refused("series.no-file", got=place.who) from error
    written = {bytes(key).decode(): bytes(value).decode() for key, value in facts}
    instants = np.ma.filled(columns.pop("time").astype("M8[us]"), np.datetime64("NaT"))
    grid = grid_of(np.asarray(instants), zone or written.get("zone", "UTC"))
    return Table(grid, {name: np.ma.filled(column.astype(np.float64), np.nan) for name, column in columns.items()})


# ---------------------------------------------------------------------------------------------- files and DuckDB


def _path_of(source: FileSource | PackageSource, folder: Path, who: str) -> Path:
    """Where the file of a source lies; a package is looked up without being imported, and never left."""
    if isinstance(source, FileSource):
        return folder / source.file
    try:
        spec = importlib.util.find_spec(source.package)
    except (ImportError, ValueError):
        spec = None
    for root in (spec.submodule_search_locations or ()) if spec else ():
        inside = (Path(root) / source.file).resolve()
        if inside.is_relative_to(Path(root).resolve()) and inside.is_file():
            return inside
    raise InputError([Finding("series.no-package", who, got=f"{source.package}: {source.file}")])


@contextmanager
def _taken_at_its_word(path: Path, content: bytes | None = None) -> Iterator[str]:
    """A path for DuckDB: other content, or a name that it would take for a pattern, goes through a temporary file."""
    if content is None and not _GLOB.search(str(path)):
        path.stat()
        yield str(path)
        return
    with tempfile.TemporaryDirectory(prefix="lingtan-") as folder:
        plain = Path(folder) / f"copy{path.suffix}"
        plain.write_bytes(path.read_bytes() if content is None else content)
        yield str(plain)


@contextmanager
def _database(place: FilePlace) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that never asks the network for an extension; its errors are findings about the file."""
    import duckdb

    try:
        with duckdb.connect(":memory:", config={**_NO_DOWNLOADS}) as database:
            yield database
    except duckdb.Error as error:
        raise place.refused("series.unreadable", got=str(error).splitlines()[0]) from error


def _numbers_of(fields: str) -> str:
    """The query that makes a number of `field` where it is one, and keeps it as `strange` where it is not."""
    empty = ", ".join(f"'{text}'" for text in NO_VALUE)
    return (
        "SELECT stamp, CASE WHEN is_number THEN CAST(field AS DOUBLE) END AS value, "
        f"CASE WHEN NOT is_number AND lower(field) NOT IN ({empty}) THEN field END AS strange "
        f"FROM (SELECT *, regexp_full_match(field, '{NUMBER}') AS is_number FROM ({fields})) LIMIT {MAX_ROWS + 1}"
    )


def _column(place: FilePlace, stamps: Stamps, found: dict[str, NDArray[Any]], lines: Ints) -> RawColumn:
    """A raw column of what DuckDB returned, without the rows in which nothing stands."""
    values = np.asarray(np.ma.filled(found["value"].astype(np.float64), np.nan))
    if not values.size:
        raise place.refused("series.no-rows")
    if values.size > MAX_ROWS:
        raise place.refused("series.too-large", f"≤ {MAX_ROWS}", f"> {MAX_ROWS}")
    texts = found.get("strange", np.array([]))
    odd = np.flatnonzero(~np.ma.getmaskarray(texts))
    if not isinstance(stamps, TextStamps):
        return RawColumn(place.file, stamps, values, {int(row): str(texts[row]) for row in odd}, lines)
    holds = ~np.isnan(values) | np.array([bool(text.strip()) for text in stamps.texts])
    holds[odd] = True
    place_of_row = np.cumsum(holds) - 1
    kept = TextStamps([text for text, held in zip(stamps.texts, holds.tolist(), strict=True) if held])
    strange = {int(place_of_row[row]): str(texts[row]) for row in odd}
    return RawColumn(place.file, kept, values[holds], strange, lines[holds])


# ---------------------------------------------------------------------------------------------- text


def _from_text(path: Path, place: FilePlace, source: Recorded) -> RawColumn:
    """A column of a CSV; its line of names tells the delimiter."""
    content, encoding = as_utf8(place, _unpacked(path, place))
    names, delimiter = read_header(place, content, source.header_line)
    time_at, value_at = columns_of(place, source, names)
    is_plain = encoding == "utf-8"
    packing = "gzip" if is_plain and path.name.lower().endswith(".gz") else "none"
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(names)))
    fields = (
        f"SELECT c{time_at} AS stamp, trim(c{value_at}) AS field FROM read_csv($path, delim=$delimiter, skip=$skip, "
        f"auto_detect=false, header=false, quote='\"', escape='\"', compression='{packing}', store_rejects=true, "
        f"columns={{{columns}}})"
    )
    with _taken_at_its_word(path, None if is_plain else content) as plain, _database(place) as database:
        given = {"path": plain, "delimiter": delimiter, "skip": source.header_line}
        found = database.execute(_numbers_of(fields), given).fetchnumpy()
        ragged = database.execute("SELECT line, csv_line FROM reject_errors ORDER BY line").fetchall()
    if ragged:
        line, text = ragged[0]
        got = said("times-first", count=len({row[0] for row in ragged}), text=text[:40])
        raise place.refused("series.ragged-row", said("fields", count=len(names)), got, line=line)
    lines = row_lines(content, source.header_line, len(found["stamp"]))
    raw = _column(place, TextStamps(list(np.ma.filled(found["stamp"], ""))), found, lines)
    return raw if is_plain else replace(raw, notes=(said("other-encoding", encoding=encoding),))


def _unpacked(path: Path, place: FilePlace) -> bytes:
    """The bytes of a text file, unpacked no further than the bound."""
    if not path.name.lower().endswith(".gz"):
        return path.read_bytes()
    try:
        with gzip.open(path) as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (EOFError, zlib.error) as error:
        raise place.refused("series.unreadable", got=str(error)) from error
    if len(raw) > MAX_BYTES:
        raise place.refused("series.too-large", f"≤ {MAX_BYTES} B", f"> {MAX_BYTES} B")
    return raw


# ---------------------------------------------------------------------------------------------- Parquet


def _from_parquet(path: Path, place: FilePlace, source: Recorded) -> RawColumn:
    """A column of a Parquet file; its rows are its lines."""
    with _taken_at_its_word(path) as plain, _database(place) as database:
        given = {"path": plain}
        types = database.execute("DESCRIBE SELECT * FROM read_parquet($path)", given).fetchall()
        names = [str(row[0]) for row in types]
        time_at, value_at = columns_of(place, source, names)
        time, field = ('"' + names[at].replace('"', '""') + '"' for at in (time_at, value_at))
        time_type, field_type = str(types[time_at][1]), str(types[value_at][1])
        # An instant with a zone is taken out as a number: fetched as such it would need one more package.
        stamp = time if time_type == "VARCHAR" else f"epoch_us({time})"
        if time_type == "DATE":
            stamp = f"epoch_us(CAST({time} AS TIMESTAMP))"
        table = "FROM read_parquet($path)"
        if field_type == "VARCHAR":
            query = _numbers_of(f"SELECT {stamp} AS stamp, trim({field}) AS field {table}")
        elif _NUMBER_TYPES.fullmatch(field_type):
            query = f"SELECT {stamp} AS stamp, CAST({field} AS DOUBLE) AS value {table} LIMIT {MAX_ROWS + 1}"
        else:
            raise place.refused("series.wrong-type", got=f"{names[value_at]}: {field_type}")
        if not (time_type in {"VARCHAR", "TIMESTAMP WITH TIME ZONE"} or _CLOCK_TYPES.fullmatch(time_type)):
            raise place.refused("series.wrong-type", got=f"{names[time_at]}: {time_type}")
        found = database.execute(query, given).fetchnumpy()
    lines = np.arange(1, len(found["stamp"]) + 1)
    if time_type == "VARCHAR":
        return _column(place, TextStamps(list(np.ma.filled(found["stamp"], ""))), found, lines)
    instants = np.asarray(np.ma.filled(found["stamp"].astype("M8[us]"), np.datetime64("NaT")))
    kind = UtcStamps if time_type == "TIMESTAMP WITH TIME ZONE" else ClockStamps
    return _column(place, kind(instants), found, lines)


# ---------------------------------------------------------------------------------------------- Excel


def _from_workbook(path: Path, place: FilePlace, source: Recorded) -> RawColumn:
    """A column of a sheet; its rows are its lines."""
    try:
        with zipfile.ZipFile(path) as parts:
            size = sum(part.file_size for part in parts.infolist())
        if size > MAX_BYTES:
            raise place.refused("series.too-large", f"≤ {MAX_BYTES} B", f"{size} B")
        rows = _rows_of_sheet(path, place, source)
    except (zipfile.BadZipFile, ParseError, KeyError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise place.refused("series.unreadable", got=str(error) or type(error).__name__) from error
    if not rows:
        raise place.refused("series.no-rows")
    names = [_cell_text(cell) for cell in rows[0]]
    time_at, value_at = columns_of(place, source, names)
    pairs = [(*row, *[None] * (len(names) - len(row))) for row in rows[1:]]
    held = [number for number, row in enumerate(pairs) if row[time_at] is not None or row[value_at] is not None]
    if not held:
        raise place.refused("series.no-rows")
    fields = [_cell_number(pairs[number][value_at]) for number in held]
    values = np.array([np.nan if isinstance(field, str) else field for field in fields])
    strange = {row: field for row, field in enumerate(fields) if isinstance(field, str)}
    stamps = TextStamps([_cell_text(pairs[number][time_at]) for number in held])
    return RawColumn(place.file, stamps, values, strange, np.array(held) + source.header_line + 1)


def _rows_of_sheet(path: Path, place: FilePlace, source: Recorded) -> list[tuple[Any, ...]]:
    """All rows of the sheet from its line of names on."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and validations that are not read
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        if source.sheet is not None and source.sheet not in book.sheetnames:
            raise place.refused("series.no-sheet", ", ".join(book.sheetnames), source.sheet)
        sheet = book[source.sheet or book.sheetnames[0]]
        sheet.reset_dimensions()  # some programs write wrong ones
        return list(sheet.iter_rows(min_row=source.header_line, values_only=True))
    finally:
        book.close()


def _cell_text(cell: object) -> str:
    """A cell as text; a time is rounded to the second, for a sheet keeps it as a fraction of a day."""
    if isinstance(cell, datetime):
        return (cell + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(" ")
    return "" if cell is None else str(cell).strip()


def _cell_number(cell: object) -> float | str:
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    return as_number(_cell_text(cell))
