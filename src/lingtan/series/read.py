"""The only door of this room to the disk: a column of a CSV, Parquet or Excel file, and tables that lingtan wrote.

Nothing is guessed: every field of a CSV is read as text and converted here, the delimiter is the one in the line of names,
stamps and decimals are read as the park file says. Sizes are bounded before anything is unpacked.
"""

from __future__ import annotations

import csv
import difflib
import gzip
import importlib.util
import os
import re
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import Ints
from lingtan.findings import Finding, InputError
from lingtan.series.check import Expectation
from lingtan.series.intake import RawColumn, Reading, take_in
from lingtan.series.labeled import Table
from lingtan.series.source import FileSource, PackageSource, Recorded
from lingtan.series.stamps import ClockStamps, Stamps, TextStamps, UtcStamps
from lingtan.wording import Text
from lingtan.wording.series import said

if TYPE_CHECKING:
    import duckdb

MAX_BYTES = 512 * 2**20
MAX_ROWS = 20_000_000
ENCODINGS = ("utf-8", "gb18030")
"""What CSV files are written in here; GB18030 is what a Chinese Excel saves. UTF-16 is known by its first bytes."""
DELIMITERS = (",", ";", "\t")
NO_VALUE = ("", "na", "n/a", "#n/a", "nan", "null", "none", "-", "--")
"""Texts that stand for an empty field, in lower case."""

_NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?"
_TEXT_FORMATS = (".csv", ".csv.gz", ".txt", ".txt.gz", ".tsv", ".tsv.gz")
_FORMATS = (*_TEXT_FORMATS, ".parquet", ".xlsx", ".xlsm")
_GLOB = re.compile(r"[*?\[\]{}]")
_NUMBER_TYPES = re.compile(r"U?(TINY|SMALL|BIG|HUGE)?(INT|INTEGER)|FLOAT|DOUBLE|DECIMAL.*")
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
    path = _place_of(source, Path(folder), who or name)
    raw = read_column(path, source, who=who or name)
    return take_in(raw, source, name=name, zone=zone, expected=expected, who=who)


def read_column(path: Path, source: Recorded, *, who: str) -> RawColumn:
    """One column of a file with its stamps, as it stands there; findings about the file itself as `InputError`."""
    file = _File(path, who)
    suffix = next((known for known in _FORMATS if path.name.lower().endswith(known)), None)
    try:
        size = path.stat().st_size
        if suffix is None:
            file.refuse("series.unknown-format", ", ".join(_FORMATS), path.suffix or path.name)
        if size > MAX_BYTES:
            file.refuse("series.too-large", f"≤ {MAX_BYTES} B", f"{size} B")
        if suffix == ".parquet":
            return _from_parquet(file, source)
        return _from_text(file, source) if suffix in _TEXT_FORMATS else _from_workbook(file, source)
    except FileNotFoundError:
        file.refuse("series.no-file", got=path.name)
    except OSError as error:
        file.refuse("series.unreadable", got=error.strerror or type(error).__name__)


def read_table(path: str | os.PathLike[str], *, zone: str | None = None) -> Table:
    """A table that `write_parquet` wrote, in its zone unless another is given; raises `InputError`."""
    file = _File(Path(path), Path(path).name)
    try:
        with _plain_path(file.path) as plain, _database() as database:
            columns = database.execute("SELECT * FROM read_parquet(?)", [str(plain)]).fetchnumpy()
            facts = database.execute("SELECT key, value FROM parquet_kv_metadata(?)", [str(plain)]).fetchall()
    except FileNotFoundError:
        file.refuse("series.no-file", got=file.path.name)
    except _duckdb_error() as error:
        file.refuse("series.unreadable", got=str(error).splitlines()[0])
    written = {bytes(key).decode(): bytes(value).decode() for key, value in facts}
    import pandas as pd

    if "time" not in columns:
        _refuse_column(file, "time", list(columns))
    index = pd.DatetimeIndex(columns.pop("time")).tz_localize("UTC")
    return Table.from_pandas(pd.DataFrame(columns, index=index), zone=zone or written.get("zone", "UTC"))


# ---------------------------------------------------------------------------------------------- places and faults


@dataclass(frozen=True)
class _File:
    """A file that is read for a series, and how to refuse it."""

    path: Path
    who: str

    def refuse(self, code: str, expected: Text = "", got: Text = "", *, line: int = 0) -> NoReturn:
        raise InputError([Finding(code, self.who, expected, got, str(self.path), line)])


def _place_of(source: FileSource | PackageSource, folder: Path, who: str) -> Path:
    """Where the file of a source lies; a package is looked up without being imported."""
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


def _refuse_column(file: _File, column: str, names: Sequence[str]) -> NoReturn:
    near = difflib.get_close_matches(column, names, n=1, cutoff=0.5)
    help_ = said("nearest", near=near[0]) if near else said("there-are", names=", ".join(names[:20]))
    found = Finding("series.no-column", file.who, got=column, file=str(file.path), values={"help": help_})
    raise InputError([found])


def _columns_of(file: _File, source: Recorded, names: Sequence[str]) -> tuple[int, int]:
    """The places of the stamps and of the values among the names of the columns."""
    time_column = source.time_column if source.time_column is not None else names[0]
    for wanted in (time_column, source.column):
        if wanted not in names:
            _refuse_column(file, wanted, names)
        if list(names).count(wanted) > 1:
            file.refuse("series.double-column", got=wanted)
    if time_column == source.column:
        file.refuse("series.same-column", got=time_column)
    return names.index(time_column), names.index(source.column)


@contextmanager
def _plain_path(path: Path, content: bytes | None = None) -> Iterator[Path]:
    """A path that DuckDB takes at its word: other content, or a name with wildcards, goes through a temporary file."""
    if content is None and not _GLOB.search(str(path)):
        path.stat()
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="lingtan-") as folder:
        plain = Path(folder) / f"copy{path.suffix}"
        plain.write_bytes(path.read_bytes() if content is None else content)
        yield plain


@contextmanager
def _database() -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory that never asks the network for an extension."""
    import duckdb

    settings = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    with duckdb.connect(":memory:", config=settings) as database:
        yield database


def _duckdb_error() -> type[Exception]:
    import duckdb

    return duckdb.Error


# ---------------------------------------------------------------------------------------------- text


def _from_text(file: _File, source: Recorded) -> RawColumn:
    """A column of a CSV; the line of names tells the delimiter."""
    raw = _unpacked(file)
    content, encoding = _as_utf8(file, raw)
    header, names, delimiter = _header(file, content, source.header_line)
    time_at, value_at = _columns_of(file, source, names)
    is_plain = encoding == "utf-8"
    with _plain_path(file.path, None if is_plain else content) as plain, _database() as database:
        gzipped = is_plain and file.path.name.lower().endswith(".gz")
        texts = (
            f"SELECT c{time_at} AS stamp, trim(c{value_at}) AS field FROM read_csv($path, delim=$delim, "
            "auto_detect=false, header=false, skip=$skip, quote='\"', escape='\"', store_rejects=true, "
            f"compression='{'gzip' if gzipped else 'none'}', "
            f"columns={{{', '.join(f"'c{number}': 'VARCHAR'" for number in range(len(names)))}}})"
        )
        given = {"path": str(plain), "delim": delimiter, "skip": source.header_line}
        try:
            columns = database.execute(_numbers_of(texts), given).fetchnumpy()
            ragged = database.execute("SELECT line, csv_line FROM reject_errors ORDER BY line").fetchall()
        except _duckdb_error() as error:
            file.refuse("series.unreadable", got=str(error).splitlines()[0])
    if ragged:
        line, text = ragged[0]
        got = said("times-first", count=len({row[0] for row in ragged}), text=text[:40])
        file.refuse("series.ragged-row", said("fields", count=len(names)), got, line=line)
    lines = _lines(content, source.header_line, len(columns["stamp"]))
    notes = () if is_plain else (said("other-encoding", encoding=encoding),)
    return _raw(file, TextStamps(list(np.ma.filled(columns["stamp"], ""))), columns, lines, notes)


def _unpacked(file: _File) -> bytes:
    """The bytes of a text file, unpacked up to the bound."""
    if not file.path.name.lower().endswith(".gz"):
        return file.path.read_bytes()
    try:
        with gzip.open(file.path) as stream:
            raw = stream.read(MAX_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        file.refuse("series.unreadable", got=str(error))
    if len(raw) > MAX_BYTES:
        file.refuse("series.too-large", f"≤ {MAX_BYTES} B", f"> {MAX_BYTES} B")
    return raw


def _as_utf8(file: _File, raw: bytes) -> tuple[bytes, str]:
    """The text in UTF-8, and the encoding it was in."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings: tuple[str, ...] = ("utf-16",)
    elif b"\0" in raw:
        file.refuse("series.binary")
    else:
        encodings = ENCODINGS
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        return (raw if encoding == "utf-8" else text.encode()), encoding
    file.refuse("series.binary")


def _header(file: _File, content: bytes, header_line: int) -> tuple[str, list[str], str]:
    """The line of names, the names, and the delimiter that parts them."""
    lines = content.split(b"\n", header_line)
    header = lines[header_line - 1].decode("utf-8-sig" if header_line == 1 else "utf-8") if len(lines) >= header_line else ""
    header = header.rstrip("\r")
    if not header.strip() or len(lines) <= header_line or not lines[header_line].strip():
        file.refuse("series.no-rows")
    bare = re.sub(r'"[^"]*"', "", header)
    delimiter = max(DELIMITERS, key=bare.count)
    names = [name.strip() for name in next(csv.reader([header], delimiter=delimiter))]
    return header, names, delimiter


def _lines(content: bytes, header_line: int, rows: int) -> Ints:
    """The line of every row; lines that are empty hold none."""
    body = content.split(b"\n", header_line)[header_line]
    if b"\n\n" in body or b"\n\r\n" in body or body.startswith((b"\n", b"\r\n")):
        full = [number for number, text in enumerate(body.split(b"\n"), header_line + 1) if text.strip(b"\r")]
        if len(full) == rows:
            return np.array(full)
    return np.arange(header_line + 1, header_line + 1 + rows)


def _numbers_of(texts: str) -> str:
    """The query that turns `field` into a number where it is one, and keeps it as `strange` where it is something else."""
    empty = ", ".join(f"'{text}'" for text in NO_VALUE)
    return (
        f"SELECT stamp, CASE WHEN is_number THEN CAST(field AS DOUBLE) END AS value, CASE WHEN NOT is_number AND lower(field) "
        f"NOT IN ({empty}) THEN field END AS strange FROM (SELECT *, regexp_full_match(field, '{_NUMBER}') AS is_number "
        f"FROM ({texts})) LIMIT {MAX_ROWS + 1}"
    )


def _raw(
    file: _File, stamps: Stamps, columns: dict[str, NDArray[Any]], lines: Ints, notes: tuple[Text, ...] = ()
) -> RawColumn:
    """A raw column of DuckDB's arrays, without the rows in which nothing stands."""
    values = np.asarray(np.ma.filled(columns["value"].astype(np.float64), np.nan))
    strange = np.ma.filled(columns["strange"], None) if "strange" in columns else np.full(values.size, None)
    if not values.size:
        file.refuse("series.no-rows")
    if values.size > MAX_ROWS:
        file.refuse("series.too-large", f"≤ {MAX_ROWS}", f"> {MAX_ROWS}")
    is_strange = strange != None  # noqa: E711
    if isinstance(stamps, TextStamps):
        something = np.array([bool(text.strip()) for text in stamps.texts]) | is_strange | ~np.isnan(values)
        if not something.all():
            kept = np.flatnonzero(something)
            stamps = TextStamps([stamps.texts[row] for row in kept])
            values, strange, lines, is_strange = values[kept], strange[kept], lines[kept], is_strange[kept]
    odd = {int(row): str(strange[row]) for row in np.flatnonzero(is_strange)}
    return RawColumn(str(file.path), stamps, values, odd, lines, notes)


# ---------------------------------------------------------------------------------------------- Parquet


def _from_parquet(file: _File, source: Recorded) -> RawColumn:
    """A column of a Parquet file; instants with a zone never leave DuckDB as such, which would need another package."""
    with _plain_path(file.path) as plain, _database() as database:
        try:
            types = database.execute("DESCRIBE SELECT * FROM read_parquet($path)", {"path": str(plain)}).fetchall()
            names = [str(row[0]) for row in types]
            time_at, value_at = _columns_of(file, source, names)
            time, field = (f'"{names[at].replace(chr(34), chr(34) * 2)}"' for at in (time_at, value_at))
            stamp, kind = _stamp_of(file, time, str(types[time_at][1]))
            query = _value_of(file, stamp, field, str(types[value_at][1]))
            columns = database.execute(query, {"path": str(plain)}).fetchnumpy()
        except _duckdb_error() as error:
            file.refuse("series.unreadable", got=str(error).splitlines()[0])
    given = columns["stamp"]
    lines = np.arange(1, len(given) + 1)
    if kind is TextStamps:
        return _raw(file, TextStamps(list(np.ma.filled(given, ""))), columns, lines)
    seconds = np.ma.filled(given.astype("M8[us]"), np.datetime64("NaT"))
    return _raw(file, UtcStamps(seconds) if kind is UtcStamps else ClockStamps(seconds), columns, lines)
