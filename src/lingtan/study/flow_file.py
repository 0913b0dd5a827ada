"""Flows of a park in a file: the series.parquet of a study, or a CSV of measured powers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from lingtan.case import Case
from lingtan.findings import Finding, InputError, raise_errors
from lingtan.park import flow_names
from lingtan.series import Series, Table
from lingtan.series.read import read_series, read_table
from lingtan.series.source import FileSource

NOT_METERED = ("shortfall_kw", "curtailed_kw")
"""Flows that a meter does not see: a file without them has no cuts, and what was not generated is not counted."""


def read_metered(case: Case, flows: Path) -> Table:
    """A table with all flows of a park [kW]; those that no meter sees are 0 where the file does not have them.

    The file is as in `read_flows`, with every import, export, generation, load, charge and discharge of the park.
    """
    names = flow_names(case.park)
    table = read_flows(
        case, flows, {name for total, parts in names.items() if total not in NOT_METERED for name in parts}
    )
    unseen = (name for total in NOT_METERED for name in names[total] if name not in table)
    return table.with_columns({name: np.zeros(table.grid.steps) for name in unseen})


def read_flows(case: Case, flows: Path, wanted: Iterable[str]) -> Table:
    """A table with every wanted flow [kW].

    A Parquet file is taken whole; a CSV has stamps in its first column and a column of kW by the name of each wanted flow
    (`grid.import_kw`). Raises `InputError` with all findings.
    """
    names = sorted(wanted)
    table = read_table(flows) if flows.suffix == ".parquet" else _read_csv(case, flows, names)
    absent = [name for name in names if name not in table]
    raise_errors(Finding("cli.flow-absent", name, got=", ".join(table.names), file=str(flows)) for name in absent)
    return table


def _read_csv(case: Case, flows: Path, wanted: list[str]) -> Table:
    """The wanted flows, each from the column of its name."""
    columns: dict[str, Series] = {}
    findings: list[Finding] = []
    for name in wanted:
        source = FileSource(file=flows.name, column=name, unit="kW")
        try:
            read = read_series(source, name=name, folder=flows.parent, zone=case.grid.zone)
            columns[name] = read.series.complete()
        except InputError as error:
            findings += error.findings
    raise_errors(findings)
    return Table(next(iter(columns.values())).grid, {name: series.values for name, series in columns.items()})
