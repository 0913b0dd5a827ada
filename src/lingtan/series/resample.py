"""From one step to another, with energy kept and the local clock as the ruler."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError
from lingtan.series.canonical import as_power
from lingtan.series.labeled import Series, Table, clock_time
from lingtan.wording.series_notes import said


def resample(series: Series, step_minutes: int) -> Series:
    """The series in steps of `step_minutes`: a power is averaged or held, so its energy stays; so is every other mean.

    Energy per step (kWh) becomes power before. A wider step has the worst quality of its parts.
    Raises `InputError`: `series.no-common-step`, `series.not-aligned`.

    >>> hour = TimeGrid.of_year(2025, "UTC", 15).window(0, 4)
    >>> resample(Series.of("load", [1.0, 2.0, 3.0, 6.0], "kW", hour), 60).values.tolist()
    [3.0]
    """
    power = as_power(series)
    grid = grid_in_steps(power.grid, step_minutes, power.name)
    if grid is power.grid:
        return power
    if grid.steps > power.grid.steps:
        parts = grid.steps // power.grid.steps
        values, quality = np.repeat(power.values, parts), np.repeat(power.quality, parts)
    else:
        values = power.values.reshape(grid.steps, -1).mean(axis=1)
        quality = power.quality.reshape(grid.steps, -1).max(axis=1)
    note = said("resampled", old=power.grid.step_minutes, new=step_minutes)
    return replace(power, grid=grid, values=values, quality=quality).noted(note)


def resample_table(table: Table, step_minutes: int) -> Table:
    """All columns of a table in steps of `step_minutes`, as `resample` does for one; columns are powers or shares."""
    grid = grid_in_steps(table.grid, step_minutes, "table")
    if grid is table.grid:
        return table
    if grid.steps > table.grid.steps:
        parts = grid.steps // table.grid.steps
        return Table(grid, {name: np.repeat(values, parts) for name, values in table.columns.items()})
    return Table(grid, {name: values.reshape(grid.steps, -1).mean(axis=1) for name, values in table.columns.items()})


def grid_in_steps(grid: TimeGrid, step_minutes: int, who: str) -> TimeGrid:
    """The same span in other steps; the same grid object if the step is the same already."""
    old = grid.step_minutes
    if step_minutes == old:
        return grid
    if step_minutes <= 0 or (old % step_minutes and step_minutes % old):
        raise InputError([Finding("series.no-common-step", who, f"{old} min", f"{step_minutes} min")])
    if step_minutes < old:
        return TimeGrid(grid.start, step_minutes, grid.steps * (old // step_minutes), grid.zone)
    parts = step_minutes // old
    wall = grid.minute_of_day[::parts] % step_minutes
    off = np.flatnonzero(wall)
    if off.size or grid.steps % parts:
        first = clock_time(grid.local[int(off[0]) * parts if off.size else grid.steps - grid.steps % parts])
        raise InputError([Finding("series.not-aligned", who, f"{step_minutes} min", first)])
    return TimeGrid(grid.start, step_minutes, grid.steps // parts, grid.zone)
