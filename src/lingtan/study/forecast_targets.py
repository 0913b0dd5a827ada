"""What of a park can be forecast, and its past: its load, one plant, the loads of a member or below a meter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from lingtan.case import Case
from lingtan.clock import Ints, TimeGrid
from lingtan.findings import Finding, InputError, Severity, errors_in
from lingtan.forecast.days import Values
from lingtan.forecast.shown import OWN_USE
from lingtan.forecast.subject import Kind
from lingtan.park import Park, Pv, Wind
from lingtan.series import Expectation, Quality, Series
from lingtan.series.check import OnGrid, check_noon
from lingtan.series.islands import islands
from lingtan.series.labeled import clock_time
from lingtan.series.read import Recordings
from lingtan.series.source import FileSource
from lingtan.study.flow_file import TIME, once
from lingtan.study.forecast import PLAN
from lingtan.study.forecast_columns import (
    PRICE_COLUMN,
    PRICE_UNIT,
    PRIOR,
    WEATHER_UNITS,
    columns_read,
    price_unit,
    unread,
    within_range,
)
from lingtan.study.issued import TEMPERATURE, Issued
from lingtan.study.target_names import LOAD, PRICE
from lingtan.wording.series_notes import counted

MOST_STEPS = 1_500_000
"""Fourteen years of 5 minutes, or 170 of hours; what is learned from is a few years."""


@dataclass(frozen=True)
class Target:
    """One thing to forecast: the sum of the `flows` of a file, or of what the park file says of `assets`."""

    name: str
    kind: Kind
    assets: tuple[str, ...]
    unit: str = "kW"
    capacity: float | None = None

    @property
    def flows(self) -> tuple[str, ...]:
        """The columns of a file whose sum it is."""
        if self.kind == "price":
            return (PRICE_COLUMN,)
        flow = "load_kw" if self.kind == "load" else "generation_kw"
        return tuple(f"{asset}.{flow}" for asset in self.assets)


@dataclass(frozen=True, eq=False)
class Past:
    """What is known of targets, of the weather, of production plans and of priors by asset [kW], on one grid."""

    grid: TimeGrid
    series: Mapping[str, Series]
    weather: Mapping[str, Values]
    plans: Mapping[str, Values] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    issued: Issued | None = None
    priors: Mapping[str, Values] = field(default_factory=dict)


def targets_of(park: Park, names: Iterable[str]) -> tuple[Target, ...]:
    """The targets by name: `load`, an electric load, a PV or wind plant, a member or a meter (the loads below it), a spot `price`.

    Without names: the load of the park and each PV and wind plant. Raises `InputError` with `forecast.no-such-target`.
    """
    loads = tuple(name for name, _ in park.electric_needs())
    plants = tuple(name for name, asset in park.assets.items() if isinstance(asset, Pv | Wind))
    asked = tuple(dict.fromkeys(names)) or (*([LOAD] if loads else []), *plants)
    offered = (LOAD, *loads, *plants, *park.members, *park.meters, PRICE)
    found = [_target(park, name, loads) for name in asked]
    wrong = [name for name, target in zip(asked, found, strict=True) if target is None]
    if wrong:
        shown = ", ".join(dict.fromkeys(offered))
        raise InputError([Finding("forecast.no-such-target", name, shown) for name in wrong])
    return tuple(target for target in found if target is not None)


def _target(park: Park, name: str, loads: tuple[str, ...]) -> Target | None:
    asset = park.assets.get(name)
    if isinstance(asset, Pv | Wind):
        return Target(name, "pv" if isinstance(asset, Pv) else "wind", (name,), capacity=asset.power.max)
    if name in loads:
        return Target(name, "load", (name,))
    chosen: tuple[str, ...] = ()
    if name == PRICE and name not in {*park.assets, *park.members, *park.meters}:
        return Target(name, "price", (), PRICE_UNIT)
    if name == LOAD:
        chosen = loads
    elif name in park.members:
        chosen = tuple(load for load in loads if park.assets[load].member == name)
    elif name in park.meters:
        chosen = tuple(load for load in loads if name in _above(park, park.assets[load].meter))
    return Target(name, "load", chosen) if chosen else None


def _above(park: Park, meter: str | None) -> Iterator[str]:
    """A meter and those above it."""
    seen: set[str] = set()
    while meter is not None and meter not in seen:
        seen.add(meter)
        yield meter
        meter = park.meters[meter].parent


def past_of_park(case: Case, targets: Sequence[Target], issued: Issued | None = None) -> Past:
    """What the park file says of the studied year, as if it had been measured; plants as a share of their power.

    Where forecasts were issued for the park, with the history that lies before it.
    """
    if any(target.kind == "price" for target in targets):
        raise InputError([Finding("forecast.no-price", "--target", f"--series, {PRICE_COLUMN}", PRICE)])
    if issued is not None:
        return _past_of_two_years(case, targets, issued)
    series = {}
    for target in targets:
        if target.kind == "load":
            values = np.sum([case.need_kw(asset) for asset in target.assets], axis=0)
            series[target.name] = Series.of(target.name, values, "kW", case.grid)
        else:
            series[target.name] = Series.of(target.name, case.available_pu(target.name), "1", case.grid)
    outside = case.outside_c()
    return Past(case.grid, series, {} if outside is None else {TEMPERATURE: outside})


def _past_of_two_years(case: Case, targets: Iterable[Target], issued: Issued) -> Past:
    """The history and the studied year in one; a target whose history nobody drew begins with the studied year."""
    studied, history = case.grid, issued.history
    grid = TimeGrid(issued.grid.start, studied.step_minutes, issued.grid.steps + studied.steps, studied.zone)
    unknown = np.full(issued.grid.steps, np.nan)
    series = {}
    for target in targets:
        if target.kind == "load":
            needs = {asset: case.need_kw(asset) for asset in target.assets}
            mean_kw = issued.mean_kw
            before = [history.get(asset, unknown) * mean_kw.get(asset, np.nan) for asset in needs]
            values = np.concatenate([np.sum(before, axis=0), np.sum(list(needs.values()), axis=0)])
        else:
            values = np.concatenate([history.get(target.name, unknown), case.available_pu(target.name)])
        codes = np.where(np.isfinite(values), Quality.MEASURED, Quality.MISSING).astype(np.uint8)
        series[target.name] = Series(target.name, values, "kW" if target.kind == "load" else "1", grid, codes)
    outside = case.outside_c()
    weather = {} if outside is None else {TEMPERATURE: np.concatenate([history.get(TEMPERATURE, unknown), outside])}
    return Past(grid, series, weather, findings=issued.findings, issued=issued)


def past_of_file(case: Case, file: Path, targets: Sequence[Target]) -> Past:
    """What a file holds: a column for each flow of a target (`works.load_kw`, `pv.generation_kw`, `price_cny_per_kwh`), and, where
    they are there, weather (`temperature_c`, `ghi_w_per_m2`, …), priors (`pv.prior_kw`) and production plans (`plan_…`, in any
    unit, also for days to come). What is missing stays missing; values that mean no reading are left out and told.

    Raises `InputError` with all findings.
    """
    if not file.exists():
        raise InputError([Finding("cli.no-file", file.name, file=str(file))])
    flows = {flow for target in targets for flow in target.flows}
    columns, findings = _columns(case, file, targets)
    steps = next(iter(columns.values())).grid.steps
    if steps > MOST_STEPS:
        raise InputError([Finding("forecast.too-long", file.name, f"≤ {MOST_STEPS}", str(steps), str(file))])
    columns, late = _without_strays(columns, flows, file)
    findings += late
    grid = next(iter(columns.values())).grid
    known = {name: _known(column) for name, column in columns.items() if name not in flows}
    series = {each.name: _sum(each, columns) for each in targets}
    findings += _noon(case, targets, series, file)
    return Past(
        grid,
        series,
        {name: row for name, row in known.items() if name in WEATHER_UNITS},
        {name: row for name, row in known.items() if name.startswith(PLAN)},
        once(findings),
        priors={name.removesuffix(f".{PRIOR}"): row for name, row in known.items() if name.endswith(f".{PRIOR}")},
    )


def _columns(case: Case, file: Path, targets: Sequence[Target]) -> tuple[dict[str, Series], list[Finding]]:
    """All columns that are read, and what is told of them. Raises `InputError` with all findings."""
    findings: list[Finding] = []
    columns: dict[str, Series] = {}
    flows = list(dict.fromkeys(flow for target in targets for flow in target.flows))
    own_use_kw = {flow: OWN_USE * (each.capacity or 0.0) for each in targets for flow in each.flows}
    with Recordings(file.parent) as recordings:
        source = FileSource(file=file.name, column=TIME, unit="kW")
        there = recordings.names(source, who=file.name)
        absent = [flow for flow in flows if flow not in there]
        findings += [Finding("forecast.flow-absent", flow, got=", ".join(there), file=str(file)) for flow in absent]
        wanted = columns_read(flows, (asset for each in targets for asset in each.assets), there)
        for name, each in wanted.items():
            if name in absent:
                continue
            stamps = TIME if TIME in there else None
            column = source.model_copy(update={"column": name, "unit": each.unit, "time_column": stamps})
            expected = Expectation(each.kind, gaps_stay=True, now=instant_now(), own_use_kw=own_use_kw.get(name, 0.0))
            try:
                found_series, told = _read_without_sentinels(recordings, column, name, case.grid.zone, expected)
            except InputError as error:
                findings += map(_of_forecast, error.findings)
                continue
            columns[name], odd = within_range(name, found_series, file)
            odd += price_unit(columns[name], file) if name == PRICE_COLUMN else []
            findings += [*(_of_file(found, file) for found in told), *odd]
    if errors_in(findings):
        raise InputError(once(findings))
    return columns, [*findings, *unread(there, file)]


def _of_forecast(found: Finding) -> Finding:
    """What lies too far below zero, with what can be done where no park file says how the column is to be read."""
    return replace(found, code="forecast.negative") if found.code == "series.negative" else found


def _of_file(found: Finding, file: Path) -> Finding:
    """Stamps stand alone in a file, not in each of its columns: told once, as values that do."""
    return replace(found, code="forecast.future-stamps", who=file.name) if found.code == "series.islands" else found


def _without_strays(
    columns: Mapping[str, Series], flows: set[str], file: Path
) -> tuple[dict[str, Series], list[Finding]]:
    """Columns without values of flows that cannot have been measured: stamped after now, or alone and far from all others.

    Where there are such, the grid ends with the day of the last value that is believed (with the next where plans or weather
    reach into it), and begins with that of the first: a stamp of next year would else make next year the day to be forecast, and
    one of ten years ago ten years a gap.
    """
    grid, now = next(iter(columns.values())).grid, instant_now()
    there = {flow: np.isfinite(_known(columns[flow])) for flow in flows}
    stray = {flow: _strays(grid, np.flatnonzero(each), now) for flow, each in there.items()}
    every = np.unique(np.concatenate(list(stray.values())))
    if not every.size:
        return dict(columns), []
    for flow, at in stray.items():
        there[flow][at] = False
    believed = np.flatnonzero(np.any(list(there.values()), axis=0))
    if not believed.size:
        raise InputError([_future(file, grid, every)])
    days = grid.day_index
    begin = int(np.searchsorted(days, days[believed[0]])) if every[0] < believed[0] else 0
    beside = [_known(column)[believed[-1] + 1 :] for name, column in columns.items() if name not in flows]
    reach = 2 if any(np.isfinite(each).any() for each in beside) else 1
    stop = int(np.searchsorted(days, days[believed[-1]] + reach)) if every[-1] > believed[-1] else grid.steps
    kept: dict[str, Series] = {}
    for name, column in columns.items():
        values, codes = column.values.copy(), column.quality.copy()
        if name in flows:
            values[stray[name]], codes[stray[name]] = np.nan, Quality.MISSING
        kept[name] = Series(column.name, values, column.unit, grid, codes).window(begin, stop - begin)
    return kept, [_future(file, grid, every, Severity.WARNING)]


def _strays(grid: TimeGrid, at: Ints, now: np.datetime64) -> Ints:
    """Of steps that hold a value (N,) those that are not believed."""
    late = at[grid.utc[at] >= now]
    past = at[grid.utc[at] < now]
    return np.concatenate([past[islands(grid.utc[past], grid.step_minutes, now)], late])


def _future(file: Path, grid: TimeGrid, at: Ints, severity: Severity = Severity.ERROR) -> Finding:
    got = counted(at.size, clock_time(grid.local[at[0]]), clock_time(grid.local[at[-1]]))
    return Finding("forecast.future-stamps", file.name, got=got, file=str(file), severity=severity)


def instant_now() -> np.datetime64:
    """The present moment, UTC."""
    return np.datetime64(datetime.now(UTC).replace(tzinfo=None), "m")


def _noon(case: Case, targets: Iterable[Target], series: Mapping[str, Series], file: Path) -> list[Finding]:
    """Sun that works far from noon at the place of the park: stamps of another zone, and every calendar beside them wrong."""
    found: list[Finding] = []
    for target in targets:
        if target.kind == "pv":
            column = series[target.name]
            steps = OnGrid(target.name, str(file), column.grid, _known(column), np.zeros(column.grid.steps, np.int64))
            found += check_noon(steps, Expectation("solar", longitude=case.park.site.longitude))
    return found


def _read_without_sentinels(
    recordings: Recordings, column: FileSource, flow: str, zone: str, expected: Expectation
) -> tuple[Series, tuple[Finding, ...]]:
    """A column and what is told of it. A bill refuses values that may mean no reading; a forecast does without them."""
    try:
        read = recordings.read(column, name=flow, zone=zone, expected=expected)
    except InputError as error:
        doubted = [found for found in error.findings if found.code == "series.sentinel"]
        if not doubted:
            raise
        none = tuple(float(str(found.values["value"])) for found in doubted)
        source = column.model_copy(update={"sentinels": none})
        read = recordings.read(source, name=flow, zone=zone, expected=expected)
        told = [replace(found, code="forecast.sentinels", severity=Severity.WARNING, values={}) for found in doubted]
        return read.series, (*told, *read.findings)
    return read.series, read.findings


def _sum(target: Target, columns: Mapping[str, Series]) -> Series:
    parts = [columns[flow] for flow in target.flows]
    values = np.sum([_known(part) for part in parts], axis=0)
    codes = np.where(np.isfinite(values), Quality.MEASURED, Quality.MISSING).astype(np.uint8)
    return Series(target.name, values, target.unit, parts[0].grid, codes)


def _known(series: Series) -> Values:
    return np.where(series.quality == Quality.MISSING, np.nan, series.values)
