"""Tables as Parquet: the stamps of interval starts as the instants `time`, then the columns, compressed with zstd."""

from __future__ import annotations

from collections.abc import Mapping
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from lingtan.findings import Finding, InputError
from lingtan.series.labeled import Table


def write_parquet(path: str | PathLike[str], table: Table) -> None:
    """Write a table; an older file of this name is replaced only when the new one is complete.

    `time` is a TIMESTAMP WITH TIME ZONE, so that no reader takes UTC for a wall clock; every other column is a DOUBLE. The
    zone stands in the file's metadata, where `read_table` finds it. The same table gives the same bytes. Raises
    `InputError` with `series.not-written`.
    """
    columns = {"time": table.grid.utc.astype("M8[us]"), **{name: np.array(table[name]) for name in table.names}}
    zone = f", KV_METADATA {{zone: {quoted(table.grid.zone)}}}"
    copy_parquet(path, columns, "to_timestamp(epoch(time)) AS time, * EXCLUDE (time)", zone)


def copy_parquet(
    path: str | PathLike[str], columns: Mapping[str, np.ndarray[Any, Any]], selected: str, options: str = ""
) -> None:
    """Write what SQL selects from columns, compressed with zstd; an older file is replaced only when the new one is complete.

    Raises `InputError` with `series.not-written`.
    """
    import duckdb

    target = Path(path)
    part = target.with_name(f"{target.name}.part")
    try:
        with duckdb.connect(":memory:", config={"threads": 1}) as database:
            database.register("columns", dict(columns))
            database.execute(
                f"COPY (SELECT {selected} FROM columns) TO {quoted(str(part))} (FORMAT parquet, COMPRESSION zstd{options})"
            )
        part.replace(target)
    except (duckdb.Error, OSError) as error:
        reason = str(error).splitlines()[0]
        raise InputError([Finding("series.not-written", target.name, got=reason, file=str(target))]) from error


def quoted(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"
