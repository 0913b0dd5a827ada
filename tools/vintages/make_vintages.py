"""Draw the issued forecasts of a shipped park, and a history year before its studied one, from a fixed seed. Once: files are kept.

    python tools/vintages/make_vintages.py examples/yibin examples/measured examples/panzhihua

Both are synthetic, and say so in `issued.json` and ORIGIN.md. The same seed gives the same bytes.

**History.** The parks have one year. The year before is drawn from it, never copied: a day is the typical day of its month and kind
(working or not; of sun, wind and temperature of its month), plus 0.8 times what one day and 0.6 times what another differed from
theirs. Squares of the weights sum to one, so spread and correlation within a day stay. Days follow each other in blocks of a week,
taken from within three weeks of the season. Values go at most 0.3 times further from the typical day than that time of day went
in days of their kind, and never beyond the year.

**Issued forecasts.** One a day, at 08:00 for the next day, hourly: the day with the error of `forecast.weather.degraded` (15 % of
sun, 1.5 m/s of wind, 1.5 K a day ahead, growing with the root of the lead, holding for six hours). Sun is what a plant could give
per unit; wind per unit goes through a curve that rises with the cube up to 12 m/s, and back.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lingtan.case import Case, read_case
from lingtan.clock import DayType, TimeGrid, month_of
from lingtan.forecast import DayGrid, Horizon
from lingtan.forecast.days import filled_slots
from lingtan.forecast.weather import CORRELATION_HOURS, ERRORS, Quantity, degraded
from lingtan.park import Pv, Wind
from lingtan.rulebook import classify_days

Array = NDArray[np.float64]

SEED = 20240101
WEIGHTS = (0.8, 0.6)
BLOCK_DAYS, NEAR_DAYS = 7, 21
BEYOND = 0.3
RATED_M_PER_S = 12.0
HOURS = 24
TEMPERATURE = "temperature_c"


def tables(case: Case) -> dict[str, tuple[Array, Quantity | None, int]]:
    """What is drawn of a park, by column: its studied year (D, S), the quantity that its issue errs in, and its decimals.

    Loads in shares of their mean, plants in shares of their power, the outside air in °C.
    """
    days = DayGrid(case.grid)
    found: dict[str, tuple[Array, Quantity | None, int]] = {}
    for name, _ in case.park.electric_needs():
        need = case.need_kw(name)
        found[name] = (filled_slots(days.by_day(need / need.mean())), None, 2)
    for name, asset in case.park.assets.items():
        if isinstance(asset, Pv | Wind):
            quantity: Quantity = "irradiance" if isinstance(asset, Pv) else "wind_speed"
            found[name] = (filled_slots(days.by_day(case.available_pu(name))), quantity, 3)
    air = case.outside_c()
    if air is not None:
        found[TEMPERATURE] = (filled_slots(days.by_day(air)), "temperature", 1)
    return found


def redrawn(year: Array, groups: NDArray[np.int64], new_groups: NDArray[np.int64], rng: np.random.Generator) -> Array:
    """Another year (N, S) in the manner of a studied one (D, S), whose days are of `groups` (D,); see above."""
    known = np.unique(groups)
    new = np.where(np.isin(new_groups, known), new_groups, new_groups - new_groups % 2)
    typical = {group: year[groups == group].mean(axis=0) for group in known}
    differs = year - np.stack([typical[group] for group in groups])
    days = np.arange(len(new))
    total = np.stack([typical[group] for group in new])
    for weight in WEIGHTS:
        shifts = rng.integers(-NEAR_DAYS, NEAR_DAYS + 1, size=len(days) // BLOCK_DAYS + 1)
        total += weight * differs[(days + shifts[days // BLOCK_DAYS]) % len(year)]
    ends = {group: _reach(year[groups == group], typical[group]) for group in known}
    low, high = (np.stack([ends[group][end] for group in new]) for end in (0, 1))
    return np.asarray(np.clip(np.clip(total, low, high), year.min(), year.max()))


def _reach(days: Array, typical: Array) -> tuple[Array, Array]:
    """How far each slot may go: a little further from the typical day than any day of its kind went."""
    far = 1.0 + BEYOND
    return typical + far * (days.min(axis=0) - typical), typical + far * (days.max(axis=0) - typical)


def issue(hourly: Array, quantity: Quantity, seed: int) -> Array:
    """Hourly values (D, 24) as a forecast of the day before gives them."""
    if quantity != "wind_speed":
        found = degraded(hourly, quantity, Horizon(), seed)
        return found if quantity == "temperature" else np.clip(found, 0.0, 1.0)
    speed = degraded(RATED_M_PER_S * np.cbrt(hourly), quantity, Horizon(), seed)
    return np.asarray((np.minimum(speed, RATED_M_PER_S) / RATED_M_PER_S) ** 3)


def made(case: Case, seed: int, days: int | None = None) -> tuple[dict[str, bytes], dict[str, Any]]:
    """The files of a park by name, and their metadata; `days` cuts history and studied year short, for a test."""
    year = int(str(case.grid.days[0])[:4])
    before = TimeGrid.of_year(year - 1, case.grid.zone, case.grid.step_minutes)
    groups, new_groups = (_groups(case, grid.days) for grid in (case.grid, before))
    history: dict[str, tuple[Array, int]] = {}
    issued: dict[str, tuple[Array, int]] = {}
    errors: dict[str, Any] = {}
    for number, (name, (values, quantity, decimals)) in enumerate(tables(case).items()):
        rng = np.random.default_rng([seed, number])
        by = 1 if quantity is None else 2  # weather does not know a day of rest
        past = redrawn(values, groups // by * by, new_groups // by * by, rng)
        history[name] = past[:days], decimals
        if quantity is not None:
            both = np.concatenate([past, values])
            hourly = both.reshape(len(both), HOURS, -1).mean(axis=2)
            issued[name] = issue(hourly, quantity, seed + number)[: None if days is None else 2 * days], decimals
            errors[name] = {"quantity": quantity, "a_day_ahead": ERRORS[quantity], "holds_hours": CORRELATION_HOURS}
    files = {"history.csv.gz": _packed(before.days[0], history), "issued.csv.gz": _packed(before.days[0], issued)}
    mean_kw = {name: round(float(case.need_kw(name).mean()), 3) for name, _ in case.park.electric_needs()}
    return files, _about(year, seed, errors, mean_kw)


def _groups(case: Case, days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Month and whether a day is one of rest, as one number; the even ones are of working days."""
    rests = classify_days(case.rulebook, days, case.park.site.place).types != DayType.WORKDAY
    return np.asarray(2 * month_of(days) + rests, dtype=np.int64)


def _about(year: int, seed: int, errors: dict[str, Any], mean_kw: dict[str, float]) -> dict[str, Any]:
    return {
        "schema": 1,
        "synthetic": True,
        "made_by": "tools/vintages/make_vintages.py",
        "seed": seed,
        "history": {
            "file": "history.csv.gz",
            "year": year - 1,
            "drawn_from": year,
            "how": "typical day of month and kind, plus 0.8 and 0.6 of what two days differed from theirs",
            "units": "loads: share of `mean_kw` (as it was drawn); plants: share of their power; temperature: °C",
            "mean_kw": mean_kw,
        },
        "issued": {
            "file": "issued.csv.gz",
            "days_before": 1,
            "at": "08:00",
            "step_minutes": 60,
            "error_grows": "root of the lead",
            "errors": errors,
        },
    }


def _packed(first: np.datetime64, columns: dict[str, tuple[Array, int]]) -> bytes:
    """A compressed table with the local start of each step; the same values give the same bytes."""
    count, slots = next(iter(columns.values()))[0].shape
    stamps = first.astype("M8[m]") + np.arange(count * slots) * np.timedelta64(24 * 60 // slots, "m")
    text = io.StringIO()
    text.write(",".join(["time", *columns]) + "\n")
    cells = [[f"{value:.{decimals}f}" for value in values.reshape(-1)] for values, decimals in columns.values()]
    for stamp, *row in zip(np.datetime_as_string(stamps, unit="m"), *cells, strict=True):
        text.write(",".join([stamp.replace("T", " "), *row]) + "\n")
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0, filename="") as stream:
        stream.write(text.getvalue().encode())
    return packed.getvalue()


def main() -> None:
    """Write the files of every park that is named beside its park file."""
    for folder in map(Path, sys.argv[1:]):
        files, about = made(read_case(folder / "park.yaml"), SEED)
        for name, raw in files.items():
            (folder / name).write_bytes(raw)
            print(f"{folder / name}\t{len(raw) / 1000:.0f} kB")
        (folder / "issued.json").write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main()
