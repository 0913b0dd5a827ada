"""Flows of a park in a file: the series.parquet of a study, or measured powers in any file that holds series."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError, errors_in, raise_errors
from lingtan.park import Battery, EvFleet, FirmLine, FlexibleLoad, Load, Park, Pv, SheddableLoad, Wind, flow_names
from lingtan.series import Expectation, Table
from lingtan.series.labeled import Values
from lingtan.series.read import Recordings
from lingtan.series.source import FileSource

NOT_METERED = ("shortfall_kw", "curtailed_kw")
"""Flows that a meter does not see: a file without them has no cuts, and what was not generated is not counted."""
TIME = "time"
"""The column of stamps, where the file has one of this name; its first one otherwise."""


@dataclass(frozen=True, eq=False)
class Flows:
    """Flows that were read [kW], and the warnings that travel with them."""

    table: Table
    findings: tuple[Finding, ...]


def read_metered(
    case: Case, flows: Path, sizes: Mapping[str, float] | None = None, *, priced: Collection[str] = ()
) -> Flows:
    """All flows of a park [kW]; those that no meter sees are 0 where the file does not have them.

    The file is as in `read_flows`, with every import, export, generation, load, charge and discharge of the park, and of those in
    `priced` the ones that a meter sees.
    """
    names = flow_names(case.park)
    unseen = [name for total in NOT_METERED for name in names[total]]
    unseen += [name for name in _given_way(case.park) if name in priced]
    metered = {name for total, parts in names.items() if total not in NOT_METERED for name in parts}
    metered |= set(priced) - set(unseen)
    read = read_flows(case, flows, metered, sizes, offered=unseen)
    absent = {name: np.zeros(read.table.grid.steps) for name in unseen if name not in read.table}
    return Flows(read.table.with_columns(absent), read.findings)


def _given_way(park: Park) -> Iterator[str]:
    """How loads gave way: what was moved, cut or shed is seen by no meter."""
    for name, load in park.of_family(FlexibleLoad):
        for flow in (*load.OWN_FLOWS, *(load.step_flows if isinstance(load, SheddableLoad) else ())):
            yield f"{name}.{flow}"


def read_flows(
    case: Case,
    flows: Path,
    wanted: Iterable[str],
    sizes: Mapping[str, float] | None = None,
    *,
    offered: Collection[str] = (),
) -> Flows:
    """Every wanted flow [kW], and of the offered ones those that the file has.

    The file has stamps, in the park's zone where they say none, and a column of kW by the name of each flow
    (`grid.import_kw`). A flow has one direction, so a value below zero is an error; one above what `sizes` (or the largest
    size of the park file) can carry is a warning. Raises `InputError` with all findings.
    """
    if not flows.exists():
        raise InputError([Finding("cli.no-file", flows.name, file=str(flows))])
    asked = sorted(wanted)
    columns: dict[str, Values] = {}
    findings: list[Finding] = []
    grid: TimeGrid | None = None
    with Recordings(flows.parent) as recordings:
        first = FileSource(file=flows.name, column=TIME, unit="kW")
        there = recordings.names(first, who=flows.name)
        absent = [name for name in asked if name not in there]
        shown = ", ".join(there)
        raise_errors(Finding("cli.flow-absent", name, got=shown, file=str(flows)) for name in absent)
        limits = _limits(case.park, sizes or {})
        for name in (*asked, *(name for name in offered if name in there)):
            source = first.model_copy(update={"column": name, "time_column": TIME if TIME in there else None})
            expected = Expectation("flow", limit=limits.get(name))
            try:
                read = recordings.read(source, name=name, zone=case.grid.zone, expected=expected)
                columns[name], grid = read.series.complete().values, read.series.grid
                findings += read.findings
            except InputError as error:
                findings += error.findings
    if errors_in(findings) or grid is None:
        raise InputError(once(findings))
    return Flows(Table(grid, columns), once(findings))


def once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once, in the order in which it was first told."""
    told: list[Finding] = []
    told += (found for found in findings if found not in told)
    return tuple(told)


def _limits(park: Park, sizes: Mapping[str, float]) -> dict[str, float]:
    """What each flow cannot pass [kW]: the size of its plant; for a load, and so for a cut, that of all that could feed it."""
    limits: dict[str, float] = {}
    supply = 0.0
    for name, connection in park.connections.items():
        carried = sizes.get(f"{name}.capacity_kva", connection.capacity.max)
        limits |= {f"{name}.import_kw": carried, f"{name}.export_kw": carried}
        supply += carried
    for name, asset in park.assets.items():
        if not isinstance(asset, Pv | Wind | FirmLine | Battery | EvFleet):
            continue
        power = sizes.get(f"{name}.power_kw", asset.power.max)
        flows = (
            ("charge_kw", "discharge_kw") if isinstance(asset, Battery | EvFleet) else ("generation_kw", "curtailed_kw")
        )
        limits |= {f"{name}.{flow}": power for flow in flows}
        supply += power
    return limits | {f"{name}.load_kw": supply for name, _ in park.of_family(Load)}
