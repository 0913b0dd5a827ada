"""Forecasts against the issue's targets on measured series: load, price, wind, sun, and speed; one thread, fixed seeds."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

import numpy as np

from benchmarks.forecast_data import nordpool, stategrid, vic_elec, wind_farm
from benchmarks.report import Cell, Report
from benchmarks.sides import last_line
from benchmarks.sides import run as run_process
from lingtan.clock import TimeGrid
from lingtan.forecast import (
    Cadence,
    Conformal,
    Forecaster,
    Horizon,
    LoadModel,
    MeanOfDays,
    Naive,
    PlainBoosting,
    Plan,
    Subject,
    backtest,
    forecaster_for,
    scores,
)
from lingtan.forecast.skill import scores_of
from lingtan.forecast.weather import actual
from lingtan.series import Series

DATES = {
    "vic_elec": ("2014-01-01", "2015-01-01"),
    "wind": ("2010-07-01", "2010-12-31"),
    "pv": ("2020-01-01", "2021-01-01"),
}
TARGETS: dict[str, tuple[tuple[str, str, float], ...]] = {
    "vic_elec": (
        ("MAPE %", "<=", 2.60),
        ("pinball %", "<=", 0.95),
        ("coverage 80 %", ">=", 77.0),
        ("coverage 80 %", "<=", 83.0),
        ("DM p", "<=", 0.01),
    ),
    "nordpool": (("rMAE", "<=", 0.42), ("seconds", "<=", 300.0)),
    "wind": (("RMSE", "<=", 0.150),),
    "pv_1": (("below mean-7d %", ">=", 20.0),),
    "pv_5": (("below mean-7d %", ">=", 20.0),),
    "speed": (("ten refits CPU s", "<=", 20.0), ("warm CPU ms", "<=", 50.0), ("year of origins CPU s", "<=", 60.0)),
}


def run(_hours: int) -> Report:
    """Each in a process of its own on one thread; the measured series lie beside the repository or the benchmark says so."""
    rows: list[dict[str, Cell]] = []
    failures: list[str] = []
    found: dict[str, dict[str, float]] = {}
    for name in TARGETS:
        ended = run_process([sys.executable, "-m", "benchmarks.forecast", name])
        if ended.status != 0:
            failures.append(f"{name}: exit status {ended.status}: {last_line(ended.errors)}")
            continue
        found[name] = json.loads(last_line(ended.output))
        failures += missed(name, found[name])
    titles = list(dict.fromkeys(title for figures in found.values() for title in figures))
    rows = [{"name": name, **{title: figures.get(title) for title in titles}} for name, figures in found.items()]
    return Report("forecast", "backtests on measured series", tuple(rows or [{"name": "none"}]), tuple(failures))


def missed(name: str, figures: dict[str, float]) -> list[str]:
    """The targets that a benchmark did not meet, in words.

    >>> missed("wind", {"RMSE": 0.16})
    ['wind: RMSE 0.16, expected <= 0.15']
    """
    checks: dict[str, Callable[[float, float], bool]] = {"<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b}
    return [
        f"{name}: {title} {figures[title]:.3g}, expected {sign} {limit:g}"
        for title, sign, limit in TARGETS[name]
        if not checks[sign](figures[title], limit)
    ]


def measure(name: str) -> dict[str, float]:
    """The figures of one benchmark."""
    begun = time.perf_counter()
    match name.partition("_"):
        case ("vic", _, _):
            figures = _load()
        case ("nordpool", _, _):
            figures = _price()
        case ("wind", _, _):
            figures = _wind()
        case ("pv", _, site):
            figures = _pv(int(site))
        case _:
            return _speed()
    return {**figures, "seconds": time.perf_counter() - begun}


def _plan(name: str, cadence: Cadence) -> Plan:
    first, end = DATES[name]
    return Plan(np.datetime64(first), np.datetime64(end), cadence)


def _load() -> dict[str, float]:
    plan = _plan("vic_elec", Cadence())
    subject = vic_elec()
    nine = tuple(round(0.1 * level, 1) for level in range(1, 10))
    ours = Forecaster(LoadModel(), Conformal(drift_share=0.5), levels=nine)
    made = backtest(subject, ours, plan)
    plain = backtest(subject, Forecaster(PlainBoosting(), levels=nine), plan)
    worse = backtest(vic_elec("degraded"), ours, plan)
    return {
        "MAPE %": 100 * (scores.mape(made.actual, made.median) or np.inf),
        "MAPE % plain boosting": 100 * (scores.mape(plain.actual, plain.median) or np.inf),
        "MAPE % degraded": 100 * (scores.mape(worse.actual, worse.median) or np.inf),
        "DM p": scores.diebold_mariano(made.actual, made.median, plain.median).p_value,
        "pinball %": 100 * scores.pinball(made.actual, made.values, np.array(nine)) / float(np.nanmean(made.actual)),
        "coverage 80 %": 100 * scores.coverage(made.actual, made.values[:, :, 0], made.values[:, :, -1]),
    }


def _price() -> dict[str, float]:

    subject = nordpool()
    last: np.datetime64 = subject.target.grid.days[-1] + np.timedelta64(1, "D")
    plan = Plan(
        last - np.timedelta64(364, "D"), last, Cadence(182, quarters=False)
    )  # the regressions learn every day, the trees every half year
    naive = backtest(subject, Forecaster(Naive(7)), plan)
    figures = scores_of(backtest(subject, forecaster_for("price"), plan), naive)
    return _chosen(figures, {"rMAE": "rmae", "coverage 80 share": "coverage_80"})


def _wind() -> dict[str, float]:

    plan = _plan("wind", Cadence(365, quarters=False))
    farms = [scores_of(backtest(wind_farm(farm), forecaster_for("wind"), plan)) for farm in (1, 2, 3, 4)]
    rmse = [float(figures["rmse"] or np.inf) for figures in farms]
    covered = [float(figures["coverage_80"] or 0.0) for figures in farms]
    by_farm = {f"RMSE wf{farm}": value for farm, value in zip((1, 2, 3, 4), rmse, strict=True)}
    return {"RMSE": float(np.mean(rmse)), **by_farm, "coverage 80 share": float(np.mean(covered))}


def _pv(site: int) -> dict[str, float]:

    subject, plan = stategrid(site), _plan("pv", Cadence())
    ours = scores_of(backtest(subject, forecaster_for("pv"), plan))
    yardstick = scores_of(backtest(subject, Forecaster(MeanOfDays(), steps_back=False), plan))
    share = 1 - float(ours["nmae"] or np.inf) / float(yardstick["nmae"] or np.nan)
    return {"below mean-7d %": 100 * share, **_chosen(ours, {"nMAE share": "nmae", "coverage 80 share": "coverage_80"})}


def _speed() -> dict[str, float]:
    """Ten 15-minute series of two years: refit and one day; a warm series; a year of origins in one call.

    Held to its target by the time of the processor, which on one thread is what a clock shows on a machine that does nothing
    else; the clock's own time stands beside it.
    """

    days = 731
    grid = TimeGrid(np.datetime64("2023-12-31T16:00", "m"), 15, days * 96, "Asia/Shanghai")
    rng = np.random.default_rng(1)
    heat = (
        15
        + 10 * np.sin(2 * np.pi * (np.arange(days) - 100) / 365)[:, None]
        + 4 * np.sin(np.pi * (np.arange(96) - 32) / 48)
    )
    heat = heat + rng.normal(0, 2, (days, 1))
    week = np.where(np.arange(days) % 7 < 5, 500.0, 300.0)[:, None] * (1 + 0.4 * np.sin(np.pi * np.arange(96) / 96))
    subjects = []
    for number in range(10):
        values = week + (5 + number) * np.abs(heat - 18) + rng.normal(0, 15, (days, 96))
        inputs = {"temperature_c": actual(heat, Horizon())}
        subjects.append(Subject(Series.of(f"load{number}", values.reshape(-1), "kW", grid), "load", inputs=inputs))
    begun, cpu = time.perf_counter(), time.process_time()
    trained = [forecaster_for("load").fit(each.as_of(each.gates[-1])) for each in subjects]
    for model, each in zip(trained, subjects, strict=True):
        model.forecast(each.as_of(each.gates[-1]))
    figures = {"ten refits CPU s": time.process_time() - cpu, "ten refits wall s": time.perf_counter() - begun}
    begun, cpu = time.perf_counter(), time.process_time()
    known = subjects[0].as_of(subjects[0].gates[-1])
    trained[0].forecast(known)
    figures |= {
        "warm CPU ms": 1000 * (time.process_time() - cpu),
        "warm wall ms": 1000 * (time.perf_counter() - begun),
    }
    earlier = forecaster_for("load").fit(subjects[0].as_of(subjects[0].gates[-365]))
    cpu = time.process_time()
    earlier.forecast_many(known, np.arange(days - 365, days))
    return {**figures, "year of origins CPU s": time.process_time() - cpu}


def _chosen(figures: dict[str, float | None], names: dict[str, str]) -> dict[str, float]:
    return {title: float(figures[key] or 0.0) for title, key in names.items()}


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
