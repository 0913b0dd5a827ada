"""Issued weather for a forecast: what a live run took in, or files in the form that its intake reads."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lingtan.findings import Finding, InputError
from lingtan.study.forecast_columns import PRIOR
from lingtan.study.issued_weather import Issue, IssuedWeather

if TYPE_CHECKING:
    from lingtan.case import Case
    from lingtan.operate.store import Vintage

ENDLESS_MS = 2**62
MOST_KW = 1e9


def read_issued_weather(path: Path, case: Case) -> IssuedWeather:
    """The weather of a run folder or its `weather.sqlite`, or of `.json` and `.csv` files as they are dropped (or their folder).

    What a run took in is known from when it came in; of a file the issue time is believed, and it may hold priors by asset. Raises
    `InputError`: `forecast.no-weather-file`, `operate.weather-…`.
    """
    place = path / "weather.sqlite" if path.is_dir() and (path / "weather.sqlite").is_file() else path
    try:
        if place.suffix == ".sqlite":
            return IssuedWeather(_issues(_of_run(place)))
        files = sorted(each for each in path.iterdir() if _is_text(each)) if path.is_dir() else [path]
        if not files or not all(_is_text(each) for each in files):
            raise _refused(path, path.suffix)
        return IssuedWeather(_issues(vintage for each in files for vintage in _of_file(each, case)))
    except InputError:  # a ValueError, too
        raise
    except OSError as error:
        raise _refused(path, error.strerror or type(error).__name__) from None
    except (sqlite3.Error, ValueError, TypeError, AttributeError) as error:
        raise _refused(path, " ".join(str(error).split())[:120]) from None


def _is_text(file: Path) -> bool:
    return file.suffix in {".json", ".csv"}


def _refused(path: Path, got: str) -> InputError:
    expected = "weather.sqlite, .json, .csv"
    return InputError([Finding("forecast.no-weather-file", path.name, expected, got, str(path))])


def _of_run(path: Path) -> list[Vintage]:
    from lingtan.operate.store.weather import WeatherReader

    if not path.is_file():
        raise FileNotFoundError(2, "No such file or directory")
    with closing(WeatherReader(path)) as reader:
        return reader.vintages(-ENDLESS_MS, ENDLESS_MS)


def _of_file(path: Path, case: Case) -> Iterator[Vintage]:
    from dataclasses import replace

    from lingtan.operate.weather.reading import WHOLE_HISTORY, read_vintages

    also = {f"{name}.{PRIOR}": (-MOST_KW, MOST_KW) for name in case.park.assets}
    with path.open("rb") as stream:
        raw = stream.read(WHOLE_HISTORY.most_bytes + 1)
    try:
        found = read_vintages(
            raw,
            path.name,
            path.suffix[1:],
            zone=case.grid.zone,
            now_ms=round(time.time() * 1000),
            limits=replace(WHOLE_HISTORY, also=also),
        )
    except InputError as error:
        raise InputError([each.at(str(path), each.line) for each in error.findings]) from None
    for each in found:
        yield replace(each, received_ms=each.issued_ms)


def _issues(vintages: Iterable[Vintage]) -> Iterator[Issue]:
    """What came in when all of it was over is left out: it was no forecast of anything."""
    for each in vintages:
        steps = max(map(len, each.values.values()), default=0)
        if each.start_ms + steps * each.step_ms > max(each.issued_ms, each.received_ms) and each.step_ms >= 60_000:
            yield Issue(
                _instant(each.issued_ms),
                _instant(each.received_ms),
                _instant(each.start_ms),
                each.step_ms // 60_000,
                {name: np.array([np.nan if v is None else v for v in row], float) for name, row in each.values.items()},
            )


def _instant(at_ms: int) -> np.datetime64:
    return np.datetime64(at_ms, "ms")
