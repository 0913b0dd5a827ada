"""The only door of this room to the disk: a column of a CSV, Parquet or Excel file, and tables that lingtan wrote.

Nothing is guessed: every field of a CSV is read as text and converted here, the delimiter is the one in the line of
names, stamps and numbers are read as the park file says. Sizes are bounded before anything is unpacked.
"""

from __future__ import annotations

import gzip
import importlib.util
import os
import re
import stat
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

import numpy as np

from lingtan.excel.read import BookTooLargeError, NotABookError, opened_book
from lingtan.findings import Finding, InputError, raise_errors
from lingtan.series.cells import SheetCells
from lingtan.series.check import Expectation
from lingtan.series.columns import FilePlace, column_of, columns_of
from lingtan.series.delimited import NO_VALUE, NUMBER, as_utf8, read_header, row_lines
from lingtan.series.intake import RawColumn, Reading, take_in
from lingtan.series.labeled import Table, Values, grid_of
from lingtan.series.source import FileSource, PackageSource, Recorded
from lingtan.series.stamps import ClockStamps, Stamps, TextStamps, UtcStamps
from lingtan.series.write import quoted
from lingtan.wording.series_notes import said

if TYPE_CHECKING:
    import duckdb

MAX_BYTES = 512 * 2**20
MAX_ROWS = 20_000_000
HELD_BYTES = 64 * 2**20
"""Text up to this size is parsed once and held for all of its columns: twenty columns of a 5-minute year."""

_BOUNDED: dict[str, str | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "4GB",
    "temp_directory": "",
}
_INSTANT_TYPE = "TIMESTAMP WITH TIME ZONE"
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
    names its own. `who` names the series in findings (default: its name). Raises `InputError` with all findings. Of
    several columns, `Recordings` reads their file once.
    """
    with Recordings(folder) as recordings:
        return recordings.read(source, name=name, zone=zone, expected=expected, who=who)


class Recordings:
    """The files that recorded series stand in, each read once for all of its columns; to be used in a `with`.

    A relative file counts from `folder`, that of the park file. A `confined` one refuses files outside it, for a park
    that somebody else sent; the user of a command may name any file that they may read. What is no regular file (a
    device, a pipe that nobody writes to) is refused always.
    """

    def __init__(self, folder: str | os.PathLike[str], *, confined: bool = False) -> None:
        self.folder, self.confined = Path(folder), confined
        self._held = ExitStack()
        self._files: dict[tuple[Path, int, str | None], _File] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._held.close()

    def read(
        self,
        source: FileSource | PackageSource,
        *,
        name: str,
        zone: str,
        expected: Expectation | None = None,
        who: str = "",
    ) -> Reading:
        """The series of one column; as `read_series`."""
        path = self._path_of(source, who or name)
        place = FilePlace(str(path), who or name)
        with _refusing(place):
            raw = self._file(path, place, source).column(place, source)
        return take_in(raw, source, name=name, zone=zone, expected=expected, who=who)

    def names(self, source: FileSource | PackageSource, *, who: str) -> tuple[str, ...]:
        """The names of the columns of a source's file."""
        path = self._path_of(source, who)
        place = FilePlace(str(path), who)
        with _refusing(place):
            return tuple(self._file(path, place, source).names)

    def _path_of(self, source: FileSource | PackageSource, who: str) -> Path:
        if isinstance(source, PackageSource):
            return _in_package(source, who)
        return self.place_of(source.file, who)

    def place_of(self, file: str, who: str) -> Path:
        """Where a file that a park names lies; `series.outside-folder` if it leaves a folder that it must not."""
        path = self.folder / file
        if self.confined and not path.resolve().is_relative_to(self.folder.resolve()):
            raise InputError([Finding("series.outside-folder", who, got=file)])
        return path

    def _file(self, path: Path, place: FilePlace, source: Recorded) -> _File:
        """The file, opened when its first column is asked for."""
        key = (path, source.header_line, source.sheet)
        if key not in self._files:
            suffix = next((known for known in _FORMATS if path.name.lower().endswith(known)), None)
            size = size_of(path)
            if suffix is None:
                raise place.refused("series.unknown-format", ", ".join(_FORMATS), path.suffix or path.name)
            if size > MAX_BYTES:
                raise place.refused("series.too-large", f"≤ {MAX_BYTES} B", f"{size} B")
            kind = _ParquetFile if suffix == ".parquet" else _TextFile if suffix in _TEXT_FORMATS else _sheet_of
            self._files[key] = kind(path, place, source, self._held)
        return self._files[key]


def size_of(path: Path) -> int:
    """The size of a regular file; OSError for any other, for a pipe or a device might never end."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "Is a directory" if stat.S_ISDIR(status.st_mode) else "not a regular file")
    return status.st_size


def read_table(path: str | os.PathLike[str], *, zone: str | None = None) -> Table:
    """A table that `write_parquet` wrote: `time` as instants and columns of numbers, in its zone unless another is given.

    Raises `InputError`: `series.no-file`, `series.unreadable`, `series.no-column`, `series.naive-index`,
    `series.not-numbers`, `series.not-finite`, `series.irregular-index`.
    """
    place = FilePlace(str(path), Path(path).name)
    with _refusing(place), ExitStack() as held:
        size_of(Path(path))
        plain, database = _taken_at_its_word(Path(path), held), _database(held)
        given = {"path": plain}
        types = database.execute("DESCRIBE SELECT * FROM read_parquet($path)", given).fetchall()
        names = {str(row[0]): str(row[1]) for row in types}
        if "time" not in names:
            raise place.no_column("time", list(names))
        if names["time"] != _INSTANT_TYPE:
            raise place.refused("series.naive-index", got=f"time: {names['time']}")
        wordy = [name for name, kind in names.items() if name != "time" and not _NUMBER_TYPES.fullmatch(kind)]
        raise_errors(Finding("series.not-numbers", name, got=names[name], file=str(path)) for name in wordy)
        query = "SELECT epoch_us(time) AS time, * EXCLUDE (time) FROM read_parquet($path)"
        columns = database.execute(query, given).fetchnumpy()
        facts = database.execute("SELECT key, value FROM parquet_kv_metadata($path)", given).fetchall()
    written = {bytes(key).decode(): bytes(value).decode() for key, value in facts}
    instants = np.ma.filled(columns.pop("time").astype("M8[us]"), np.datetime64("NaT"))
    grid = grid_of(np.asarray(instants), zone or written.get("zone", "UTC"))
    return Table(grid, {name: np.ma.filled(column.astype(np.float64), np.nan) for name, column in columns.items()})


# ---------------------------------------------------------------------------------------------- files and DuckDB


class _File(Protocol):
    """A file whose columns are read one after the other."""

    names: list[str]

    def column(self, place: FilePlace, source: Recorded) -> RawColumn:
        """One column with its stamps, as it stands there."""


def _in_package(source: PackageSource, who: str) -> Path:
    """Where the file of a package lies; the package is looked up without being imported, and never left."""
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
def _refusing(place: FilePlace) -> Iterator[None]:
    """What goes wrong with a file comes as a finding about it."""
    import duckdb

    try:
        yield
    except FileNotFoundError as error:
        raise place.refused("series.no-file", got=Path(place.file).name) from error
    except OSError as error:
        raise place.refused("series.unreadable", got=error.strerror or str(error)) from error
    except duckdb.Error as error:
        raise place.refused("series.unreadable", got=str(error).splitlines()[0]) from error


def _taken_at_its_word(path: Path, held: ExitStack, content: bytes | None = None) -> str:
    """A path for DuckDB: other content, or a name that it would take for a pattern, goes through a temporary file."""
    if content is None and not _GLOB.search(str(path)):
        return str(path)
    plain = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="lingtan-"))) / f"copy{path.suffix}"
    plain.write_bytes(path.read_bytes() if content is None else content)
    return str(plain)


def _database(held: ExitStack) -> duckdb.DuckDBPyConnection:
    """A database in memory, bounded, that never asks the network for an extension."""
    import duckdb

    return held.enter_context(duckdb.connect(":memory:", config=dict(_BOUNDED)))


def _numbers_of(field: str, table: str) -> str:
    """The query that makes a number of a text where it is one, and keeps it as `strange` where it is not."""
    empty = ", ".join(f"'{text}'" for text in NO_VALUE)
    return (
        "SELECT CASE WHEN is_number THEN CAST(field AS DOUBLE) END AS value, "
        f"CASE WHEN NOT is_number AND lower(field) NOT IN ({empty}) THEN field END AS strange "
        f"FROM (SELECT field, regexp_full_match(field, '{NUMBER}') AS is_number FROM "
        f"(SELECT trim({field}) AS field FROM {table})) LIMIT {MAX_ROWS + 1}"
    )


def _fetched(place: FilePlace, database: duckdb.DuckDBPyConnection, query: str) -> tuple[Values, dict[int, str]]:
    """The column `value` of a query, NaN where it is null, and the texts of its column `strange` by row."""
    found = database.execute(query).fetchnumpy()
    values = np.asarray(np.ma.filled(found["value"].astype(np.float64), np.nan))
    if values.size > MAX_ROWS:
        raise place.refused("series.too-large", f"≤ {MAX_ROWS}", f"> {MAX_ROWS}")
    texts = found.get("strange", np.array([]))
    return values, {int(row): str(texts[row]) for row in np.flatnonzero(~np.ma.getmaskarray(texts))}


# ---------------------------------------------------------------------------------------------- text


class _TextFile:
    """A CSV; its line of names tells the delimiter. A small one is held as texts, a large one is read for each column."""

    def __init__(self, path: Path, place: FilePlace, source: Recorded, held: ExitStack) -> None:
        content, encoding = as_utf8(place, _unpacked(path, place))
        self.names, delimiter = read_header(place, content, source.header_line)
        self._notes = () if encoding == "utf-8" else (said("other-encoding", encoding=encoding),)
        self._stamps: dict[int, TextStamps] = {}
        plain = _taken_at_its_word(path, held, content if self._notes or path.name.lower().endswith(".gz") else None)
        columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(self.names)))
        self._database = _database(held)
        self._database.execute(
            f"CREATE {'TABLE' if len(content) <= HELD_BYTES else 'VIEW'} rows AS SELECT * FROM read_csv("
            f"{quoted(plain)}, delim={quoted(delimiter)}, skip={source.header_line}, auto_detect=false, header=false, "
            f"quote='\"', escape='\"', compression='none', store_rejects=true, columns={{{columns}}})"
        )
        counted = self._database.execute(f"SELECT count(*) FROM (SELECT c0 FROM rows LIMIT {MAX_ROWS + 1})").fetchone()
        self._lines = row_lines(content, source.header_line, counted[0] if counted else 0)

    def column(self, place: FilePlace, source: Recorded) -> RawColumn:
        time_at, value_at = columns_of(place, source, self.names)
        self._check_ragged(place)
        if time_at not in self._stamps:
            texts = self._database.execute(f"SELECT c{time_at} AS stamp FROM rows LIMIT {MAX_ROWS + 1}").fetchnumpy()
            self._stamps[time_at] = TextStamps(list(np.ma.filled(texts["stamp"], "")))
        values, strange = _fetched(place, self._database, _numbers_of(f"c{value_at}", "rows"))
        raw = column_of(place, self._stamps[time_at], values, strange, self._lines)
        return replace(raw, notes=self._notes)

    def _check_ragged(self, place: FilePlace) -> None:
        ragged = self._database.execute("SELECT line, csv_line FROM reject_errors ORDER BY line").fetchall()
        if ragged:
            line, text = ragged[0]
            got = said("times-first", count=len({row[0] for row in ragged}), text=text[:40])
            raise place.refused("series.ragged-row", said("fields", count=len(self.names)), got, line=line)


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


class _ParquetFile:
    """A Parquet file; its rows are its lines."""

    def __init__(self, path: Path, place: FilePlace, source: Recorded, held: ExitStack) -> None:
        del place, source
        self._database = _database(held)
        self._table = f"read_parquet({quoted(_taken_at_its_word(path, held))})"
        described = self._database.execute(f"DESCRIBE SELECT * FROM {self._table}").fetchall()
        self.names, self._types = [str(row[0]) for row in described], [str(row[1]) for row in described]
        self._stamps: dict[int, Stamps] = {}

    def column(self, place: FilePlace, source: Recorded) -> RawColumn:
        time_at, value_at = columns_of(place, source, self.names)
        kind, field = self._types[value_at], self._field(value_at)
        if not (kind == "VARCHAR" or _NUMBER_TYPES.fullmatch(kind)):
            raise place.refused("series.wrong-type", got=f"{self.names[value_at]}: {kind}")
        if time_at not in self._stamps:
            self._stamps[time_at] = self._stamps_of(place, time_at)
        plain = f"SELECT CAST({field} AS DOUBLE) AS value FROM {self._table} LIMIT {MAX_ROWS + 1}"
        values, strange = _fetched(
            place, self._database, _numbers_of(field, self._table) if kind == "VARCHAR" else plain
        )
        return column_of(place, self._stamps[time_at], values, strange, np.arange(1, values.size + 1))

    def _field(self, at: int) -> str:
        return '"' + self.names[at].replace('"', '""') + '"'

    def _stamps_of(self, place: FilePlace, at: int) -> Stamps:
        kind, field = self._types[at], self._field(at)
        if not (kind in {"VARCHAR", _INSTANT_TYPE} or _CLOCK_TYPES.fullmatch(kind)):
            raise place.refused("series.wrong-type", got=f"{self.names[at]}: {kind}")
        # An instant with a zone is taken out as a number: fetched as such it would need one more package.
        stamp = {"VARCHAR": field, "DATE": f"epoch_us(CAST({field} AS TIMESTAMP))"}.get(kind, f"epoch_us({field})")
        query = f"SELECT {stamp} AS stamp FROM {self._table} LIMIT {MAX_ROWS + 1}"
        found = self._database.execute(query).fetchnumpy()["stamp"]
        if kind == "VARCHAR":
            return TextStamps(list(np.ma.filled(found, "")))
        instants = np.asarray(np.ma.filled(found.astype("M8[us]"), np.datetime64("NaT")))
        return UtcStamps(instants) if kind == _INSTANT_TYPE else ClockStamps(instants)


# ---------------------------------------------------------------------------------------------- Excel


def _sheet_of(path: Path, place: FilePlace, source: Recorded, held: ExitStack) -> SheetCells:
    """A sheet of a workbook."""
    del held
    try:
        with opened_book(path) as book:
            if source.sheet is not None and source.sheet not in book.titles:
                raise place.refused("series.no-sheet", ", ".join(book.titles), source.sheet)
            rows = book.rows(source.sheet or book.titles[0], first=source.header_line)
    except BookTooLargeError as error:
        raise place.refused("series.too-large", error.allowed, error.got) from error
    except NotABookError as error:
        raise place.refused("series.unreadable", got=str(error)) from error
    if not rows:
        raise place.refused("series.no-rows")
    return SheetCells(rows, source.header_line)
