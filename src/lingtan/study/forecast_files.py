"""A forecast of a park as files: long tables for programs, plain tables for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from lingtan.forecast import Subject
from lingtan.forecast.days import Days, Values
from lingtan.forecast.expected import EXPECTED_FILE, Expected, ExpectedDay
from lingtan.series.write import copy_parquet
from lingtan.study.forecast_view import write_view
from lingtan.study.park_forecast import Ahead, ParkForecast, park_forecast_data, values_of
from lingtan.study.write import write_json, write_rows

Columns = dict[str, np.ndarray[Any, Any]]


def write_forecast(result: ParkForecast, folder: Path) -> None:
    """Write into an existing folder forecast.json and what pages draw, view.json.

    Of a forecast also forecast.parquet, forecast.csv, moved_by.csv, expected.json and, if drawn, scenarios.parquet; of a backtest
    backtest.parquet, skill.csv and reliability.csv.
    """
    data = park_forecast_data(result)
    write_json(folder / "forecast.json", data)
    write_view(result, folder)
    if result.ahead:
        longs = [_long(each.subject, each.made.days, each.made.levels, values_of(each)[None]) for each in result.ahead]
        write_long(folder / "forecast.parquet", _joined([each.target.name for each in result.ahead], longs))
        _write_days(folder, result.ahead)
        write_json(folder / EXPECTED_FILE, expected_of(result).model_dump(mode="json"))
        if result.drawn:
            write_long(folder / "scenarios.parquet", _scenarios(result))
    if result.again:
        longs = [
            _long(run.made.subject, run.made.days, run.made.levels, run.made.values, run.made.actual)
            for run in result.again
        ]
        write_long(folder / "backtest.parquet", _joined([run.target.name for run in result.again], longs))
        names = list(next(iter(result.again[0].scores.values())))
        rows = [
            [run.target.name, model, *(row.get(name) for name in names)]
            for run in result.again
            for model, row in run.scores.items()
        ]
        write_rows(folder / "skill.csv", ("target", "model", *names), rows)
        shares = [
            [name, row["level"], row["share_below"]]
            for name, each in data["targets"].items()
            for row in each["reliability"]
        ]
        write_rows(folder / "reliability.csv", ("target", "level", "share_below"), shares)


def expected_of(result: ParkForecast) -> Expected:
    """What a live planner takes of a day ahead: the median of each target, and from when it is.

    Nothing of prices, and nothing that was made with the day's weather as it was measured: nobody knew it then.
    """
    taken = [each for each in result.ahead if each.target.kind != "price" and each.subject.weather != "actual"]
    return Expected(park=result.case.park.name, targets={each.target.name: _expected(each) for each in taken})


def _expected(each: Ahead) -> ExpectedDay:
    subject, day = each.subject, int(each.made.days[0])
    at, slot = steps_of_day(subject, day)
    known = subject.gates[day] if each.update is None else each.update.gate
    median = values_of(each)[slot, each.made.levels.index(0.5)]
    return ExpectedDay.model_validate(
        {
            "kind": each.target.kind,
            "assets": each.target.assets,
            "unit": subject.target.unit,
            "known_ms": int(known.astype("M8[ms]").astype(np.int64)),
            "start_ms": int(subject.target.grid.utc[at[0]].astype("M8[ms]").astype(np.int64)),
            "step_minutes": subject.target.grid.step_minutes,
            "values": median.tolist(),
        }
    )


def _write_days(folder: Path, ahead: tuple[Ahead, ...]) -> None:
    """One row a step: quantiles, and what moved the point forecast by group."""
    levels = ahead[0].made.levels
    days, parts = [], []
    for each in ahead:
        at, slot = steps_of_day(each.subject, int(each.made.days[0]))
        stamps = _stamps(each.subject, at)
        unit, values = each.subject.target.unit, values_of(each)
        days += [
            [each.target.name, time, unit, *values[number].tolist()] for time, number in zip(stamps, slot, strict=True)
        ]
        if each.moved_by is not None:
            parts += [
                [each.target.name, time, group, float(amounts[number])]
                for group, amounts in each.moved_by.parts.items()
                for time, number in zip(stamps, slot, strict=True)
            ]
    write_rows(folder / "forecast.csv", ("target", "time", "unit", *map(level_name, levels)), days)
    write_rows(folder / "moved_by.csv", ("target", "time", "group", "amount"), parts)


def _scenarios(result: ParkForecast) -> Columns:
    """One row for each step of each scenario; scenario n of every target is one future."""
    longs = []
    for each in result.ahead:
        drawn = result.drawn[each.target.name]
        at, slot = steps_of_day(each.subject, int(each.made.days[0]))
        count = len(drawn)
        longs.append(
            {
                "origin": np.repeat(each.subject.days.date(each.made.days).astype("M8[s]"), at.size * count),
                "target_time": np.tile(each.subject.target.grid.utc[at].astype("M8[us]"), count),
                "scenario": np.repeat(np.arange(count), at.size),
                "value": drawn[:, slot].reshape(-1),
            }
        )
    return _joined([each.target.name for each in result.ahead], longs)


def level_name(level: float) -> str:
    """A quantile as a column.

    >>> level_name(0.05), level_name(0.5)
    ('q05', 'q50')
    """
    return f"q{round(100 * level):02d}"


def steps_of_day(subject: Subject, day: int) -> tuple[Days, Days]:
    """The steps of a local day on the grid of a target, and the slot of each."""
    at = np.flatnonzero(subject.target.grid.day_index == day)
    return at, subject.days.slot[at]


def _stamps(subject: Subject, at: Days) -> list[str]:
    """Local times with their offset."""
    grid = subject.target.grid
    offset = (grid.local[at].astype("M8[m]") - grid.utc[at].astype("M8[m]")).astype(np.int64)
    clock = grid.local[at].astype("M8[m]").astype(str)
    return [
        f"{time}:00{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
        for time, minutes in zip(clock, offset, strict=True)
    ]


def _long(
    subject: Subject, days: Days, levels: tuple[float, ...], values: Values, actual: Values | None = None
) -> Columns:
    """Origin, time, quantile and value, one row for each step and level; with what came, where that was measured."""
    parts = [steps_of_day(subject, int(day)) for day in days]
    at = np.concatenate([part[0] for part in parts])
    row = np.repeat(np.arange(days.size), [part[0].size for part in parts])
    slot = np.concatenate([part[1] for part in parts])
    if actual is not None:
        kept = np.isfinite(actual[row, slot])
        at, row, slot = at[kept], row[kept], slot[kept]
    count = len(levels)
    made: Columns = {
        "origin": np.repeat(subject.days.date(days)[row].astype("M8[s]"), count),
        "target_time": np.repeat(subject.target.grid.utc[at].astype("M8[us]"), count),
        "quantile": np.tile(np.array(levels), at.size),
        "value": values[row, slot].reshape(-1),
    }
    return made if actual is None else {**made, "actual": np.repeat(actual[row, slot], count)}


def _joined(names: list[str], longs: list[Columns]) -> Columns:
    sizes = [each["value"].size for each in longs]
    target = np.repeat(np.array(names, dtype=object), sizes)
    return {"target": target, **{key: np.concatenate([each[key] for each in longs]) for key in longs[0]}}


def write_long(path: Path, columns: Columns) -> None:
    """Write a long table as Parquet: `target` text, `origin` a date, `target_time` an instant, the rest DOUBLE."""
    stamps = "CAST(origin AS DATE) AS origin, to_timestamp(epoch(target_time)) AS target_time"
    copy_parquet(path, columns, f"target, {stamps}, * EXCLUDE (target, origin, target_time)")
