"""`lingtan forecast` as a user types it: a day ahead, an update, a backtest, and the files of each."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from lingtan.cli import app
from lingtan.clock import TimeGrid
from lingtan.forecast import Boosting, Forecaster, LoadModel, PvModel, forecaster_for
from lingtan.forecast.subject import Kind
from lingtan.study import park_forecast
from lingtan.study.forecast_view import read_view
from tests.forecast_views import backtested, put
from tests.rooms.forecast.parks import load, temperature
from tests.small_parks import SHIPPED_PARKS

STARTER = SHIPPED_PARKS["starter"]
DAYS = 130
GRID = TimeGrid(np.datetime64("2024-12-31T16:00", "m"), 60, DAYS * 24, "Asia/Shanghai")
NEXT = "2025-05-11"
"""The first day after the file."""


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTAN_LANG", "en")


def write(path: Path, columns: dict[str, Any]) -> Path:
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["time", *columns])
        clock = [str(at).replace("T", " ") for at in GRID.local.astype("M8[m]")]
        writer.writerows([at, *row] for at, *row in zip(clock, *columns.values(), strict=False))
    return path


@pytest.fixture(autouse=True)
def _few_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the verb does with a forecaster is tested here, not how good it is."""
    few = Boosting(rounds=30, rate=0.2, leaves=8, min_leaf=20)

    def quick(kind: Kind) -> Forecaster:
        made = forecaster_for(kind)
        return replace(made, model=LoadModel(few) if kind == "load" else PvModel(few))

    monkeypatch.setattr(park_forecast, "forecaster_for", quick)


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A load of 300 to 900 kW that follows weekday and temperature, the last afternoon not yet measured."""
    heat = [*temperature(DAYS).reshape(-1).round(3).tolist()]
    values: list[Any] = [*load(DAYS).round(3).tolist()[:-8], *[""] * 8]
    return write(tmp_path_factory.mktemp("flows") / "flows.csv", {"works.load_kw": values, "temperature_c": heat})


def forecast(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["forecast", str(STARTER), *map(str, arguments)])


def test_a_day_ahead_with_its_files(measured: Path, tmp_path: Path) -> None:
    """The day after the file has no weather, so the forecast does without and says so; a Sunday, so below 500 kW."""
    asked = ("--target", "works", "--scenarios", "20", "--out", tmp_path / "out", "--json")
    result = forecast("--series", measured, *asked)
    assert result.exit_code == 0, result.stderr
    data = json.loads(result.stdout)
    assert data["targets"]["works"]["day"] == NEXT
    assert data["targets"]["works"]["weather"] == "none"
    assert 280 < data["targets"]["works"]["mean"] < 500
    assert [found["code"] for found in data["findings"]] == ["forecast.gaps", "forecast.input-unknown"]
    assert json.loads((tmp_path / "out" / "forecast.json").read_text()) == data
    with (tmp_path / "out" / "forecast.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    assert [row["time"] for row in rows] == [f"{NEXT}T{hour:02d}:00:00+08:00" for hour in range(24)]
    assert all(float(row["q10"]) <= float(row["q50"]) <= float(row["q90"]) for row in rows)
    assert np.mean([float(row["q50"]) for row in rows]) == pytest.approx(data["targets"]["works"]["mean"])
    expected = json.loads((tmp_path / "out" / "expected.json").read_text())["targets"]["works"]
    assert expected["values"] == pytest.approx([float(row["q50"]) for row in rows])
    midnight_ms = int(datetime.fromisoformat(f"{NEXT}T00:00+08:00").timestamp() * 1000)
    assert (expected["start_ms"], expected["known_ms"]) == (midnight_ms, midnight_ms - 15 * 3_600_000)  # 09:00 before
    with (tmp_path / "out" / "moved_by.csv").open() as stream:
        moved = list(csv.DictReader(stream))
    assert {row["group"] for row in moved} == {"typical", "calendar", "history", "bounds"}
    page = (tmp_path / "out" / "forecast.html").read_text()
    assert "<svg" in page
    assert NEXT in page
    drawn = duckdb.sql(f"select * from '{tmp_path}/out/scenarios.parquet'")
    assert drawn.columns == ["target", "origin", "target_time", "scenario", "value"]
    assert drawn.aggregate("count(*), count(distinct scenario)").fetchall() == [(20 * 24, 20)]
    [(mean,)] = drawn.aggregate("avg(value)").fetchall()
    assert mean == pytest.approx(data["targets"]["works"]["mean"], rel=0.05)
    long = duckdb.sql(f"select * from '{tmp_path}/out/forecast.parquet'")
    assert long.columns == ["target", "origin", "target_time", "quantile", "value"]
    assert long.aggregate("count(*), count(distinct quantile), min(origin)").fetchall()[0][:2] == (24 * 13, 13)


def test_the_holiday_after_the_day_is_known_where_the_file_ends_before_it(tmp_path: Path) -> None:
    """30 April leads to Labor Day, in a file that has a row for it and in one that ends with 29 April, as every live one does; by
    its weekday alone, tomorrow would be a working day like any other Thursday."""
    told = load(DAYS).round(3).tolist()
    last = 119 * 24
    short = write(tmp_path / "short.csv", {"works.load_kw": told[:last]})
    longer = write(tmp_path / "longer.csv", {"works.load_kw": [*told[:last], *[""] * (len(told) - last)]})
    assert short.stat().st_size < longer.stat().st_size
    made = []
    for file in (short, longer):
        out = tmp_path / file.stem
        assert forecast("--series", file, "--target", "works", "--day", "2025-04-30", "--out", out).exit_code == 0
        made.append((out / "forecast.csv").read_text())
    assert made[0] == made[1]


@pytest.mark.parametrize(("drawn_kw", "refused"), [(-100.0, False), (-200.0, True)])
def test_what_a_plant_draws_for_itself_at_night_may_stay(tmp_path: Path, drawn_kw: float, refused: bool) -> None:
    """Real meters show it: a file of a plant of 12 MW was refused for its nights, with a remedy that no file can have."""
    sun = np.clip(np.sin((GRID.hour - 6) / 12 * np.pi), 0, None) * 900.0
    file = write(tmp_path / "sun.csv", {"pv.generation_kw": np.where(sun > 0, sun, drawn_kw).round(2).tolist()})
    result = forecast("--series", file, "--target", "pv", "--json")
    assert result.exit_code == (2 if refused else 0), result.stderr
    if refused:
        assert result.stderr.splitlines() == [
            f"{file}:2: forecast.negative: pv.generation_kw: values lie below zero where none can be: a load, or a plant by more "
            "than 1 % of its power; expected ≥ 0, got 1560 ×, the lowest -200. Correct their sign in the file; what a plant draws "
            "for itself, up to 1 % of its power, may stay."
        ]
    else:
        assert json.loads(result.stdout)["targets"]["pv"]["mean"] == pytest.approx(
            np.where(sun > 0, sun, drawn_kw).mean(), rel=0.02
        )


def test_what_a_terminal_shows(measured: Path) -> None:
    result = forecast("--series", measured, "--day", "2025-05-09")
    assert result.exit_code == 2  # the file has no column of the sun
    assert result.stderr.splitlines() == [
        f"{measured}: forecast.flow-absent: pv.generation_kw: the file has no column of this flow; got time, works.load_kw, "
        "temperature_c. Name the column like the flow, or choose other targets with `--target`."
    ]
    shown = forecast("--series", measured, "--target", "load", "--day", "2025-05-09").stdout.split("\t")
    assert shown[:2] == ["load", "2025-05-09"]
    assert shown[4:] == ["model load", "inputs: temperature_c\n"]


def test_a_production_plan_is_known_ahead_and_moves_the_load(tmp_path: Path) -> None:
    """A furnace that draws 1 MW in the hours of a plan nobody can guess: with the plan the day is known to its noise."""
    rng = np.random.default_rng(6)
    plan = np.repeat(rng.random(DAYS * 4) < 0.5, 6).astype(float)
    drawn: list[Any] = [*(200 + 1000 * plan + rng.normal(0, 5, plan.size)).round(2).tolist()]
    drawn[-24:] = [""] * 24
    file = write(tmp_path / "furnace.csv", {"works.load_kw": drawn, "plan_melts": plan.tolist()})
    result = forecast("--series", file, "--target", "works", "--out", tmp_path / "out", "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)["targets"]["works"]
    assert (told["day"], told["model"], told["weather"]) == ("2025-05-10", "load", "none")
    with (tmp_path / "out" / "forecast.csv").open() as stream:
        middle = np.array([float(row["q50"]) for row in csv.DictReader(stream)])
    assert np.abs(middle - (200 + 1000 * plan[-24:])).mean() < 60


def test_an_update_carries_what_was_measured(measured: Path, tmp_path: Path) -> None:
    """At 12:30 of a day twelve hours are over; the file's own values stand there in every quantile."""
    result = forecast("--series", measured, "--target", "works", "--now", "2025-05-08T12:30", "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    with (tmp_path / "forecast.csv").open() as stream:
        rows = list(csv.DictReader(stream))
    truth = load(DAYS).round(3).reshape(DAYS, 24)[127]
    assert [float(row["q05"]) for row in rows[:12]] == truth[:12].tolist()
    assert [float(row["q95"]) for row in rows[:12]] == truth[:12].tolist()
    assert float(rows[12]["q05"]) < float(rows[12]["q95"])


def test_a_backtest_has_scores_reliability_and_a_page(measured: Path, tmp_path: Path) -> None:
    span = ("--first", "2025-04-20", "--end", "2025-05-01")
    result = forecast("--series", measured, "--target", "works", "--backtest", *span, "--out", tmp_path)
    assert result.exit_code == 0, result.stderr
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    told = "weather: measured, with the error of a forecast, kW"
    assert lines[0] == ["works", "2025-04-20 … 2025-04-30", told, "inputs: temperature_c"]
    assert lines[1] == ["", "model", "MAE", "nMAE", "rMAE", "pinball", "80 % band"]
    assert [line[1] for line in lines[2:]] == ["load", "naive-1d", "naive-7d", "mean-7d", "linear"]
    assert float(lines[2][2]) < float(lines[4][2])
    long = duckdb.sql(f"select * from '{tmp_path}/backtest.parquet' order by target_time, quantile")
    assert long.columns == ["target", "origin", "target_time", "quantile", "value", "actual"]
    rows = long.fetchall()
    assert len(rows) == 11 * 24 * 13
    assert rows[0][5] == load(DAYS).round(3)[109 * 24]
    page = (tmp_path / "forecast.html").read_text()
    for said in (
        "The worst days",
        "误差最大的日子",
        "Reliability",
        "2025-04-30",
        "本模型",
        "CRPS, kW",
        "MASE",
        "80 % band width",
    ):
        assert said in page
    view = read_view(tmp_path / "view.json")
    works = view.targets["works"]
    assert (view.holds, view.park, view.gate) == ("backtest", "starter", "D-1 09:00")
    assert (works.first, works.last, works.assets) == ("2025-04-20", "2025-04-30", ("works",))
    summary = json.loads((tmp_path / "forecast.json").read_text())
    assert works.scores == summary["targets"]["works"]["scores"]
    newest, *worst = works.days
    assert newest.start_ms == 1_745_942_400_000  # 2025-04-29 16:00 UTC, midnight in Shanghai
    assert newest.actual[0] == float(f"{load(DAYS)[119 * 24]:.5g}")
    assert [day.mae for day in worst] == sorted((day.mae or 0.0 for day in worst), reverse=True)
    assert worst[0].mae == pytest.approx(np.mean(np.abs(np.subtract(worst[0].quantiles[3], worst[0].actual))), rel=1e-3)
    with (tmp_path / "skill.csv").open() as stream:
        assert [row["model"] for row in csv.DictReader(stream)] == ["load", "naive-1d", "naive-7d", "mean-7d", "linear"]


def test_a_backtest_tells_what_its_forecasts_would_have_cost(measured: Path, tmp_path: Path) -> None:
    """Only models that were dispatched by have a cost; it stands in the terminal, in the summary and in the table of scores."""
    sizes = tmp_path / "summary.json"
    sizes.write_text(
        json.dumps({"sizes": {"pv": {"power_kw": 2000}, "battery": {"power_kw": 500, "energy_kwh": 1000}}})
    )
    span = (
        "--first",
        "2025-04-20",
        "--end",
        "2025-05-01",
        "--regret",
        "2",
        "--sizes",
        sizes,
        "--out",
        tmp_path / "out",
    )
    result = forecast("--series", measured, "--target", "works", *span)
    assert result.exit_code == 0, result.stderr
    lines = [line.split("\t") for line in result.stdout.splitlines()]
    assert lines[1][-1] == "regret, CNY a day"
    assert [line[-1] == "–" for line in lines[2:]] == [False, False, False, True, True]
    data = json.loads((tmp_path / "out" / "forecast.json").read_text())
    assert data["regret"]["days"] == ["2025-04-20", "2025-04-30"]
    means = data["regret"]["targets"]["works"]
    assert set(means) == {"model", "naive-7d", "naive-1d"}
    assert means["naive-7d"] == pytest.approx(np.mean(data["regret"]["by_day"]["naive-7d"]))
    assert min(means.values()) > -0.1
    with (tmp_path / "out" / "skill.csv").open() as stream:
        told = {row["model"]: row["regret_cny"] for row in csv.DictReader(stream)}
    assert float(told["naive-1d"]) == pytest.approx(means["naive-1d"])
    assert float(told["load"]) == pytest.approx(means["model"])
    assert told["linear"] == ""


def test_regret_is_refused_before_the_work_where_sizes_are_open(measured: Path, tmp_path: Path) -> None:
    sizes = tmp_path / "summary.json"
    sizes.write_text(json.dumps({"sizes": {"pv": {"power_kw": 0}, "battery": {"power_kw": 0, "energy_kwh": 0}}}))
    none = forecast("--series", measured, "--regret", "2", "--sizes", sizes)
    assert (none.exit_code, none.stderr.split(":")[0]) == (2, "forecast.no-battery")
    still_open = forecast("--series", measured, "--regret", "2")
    assert still_open.exit_code == 2
    assert "cli.free-size: assets.pv.power" in still_open.stderr


def test_regret_of_a_park_of_several_carriers_says_why_not() -> None:
    """It asked for fifteen sizes, and with them said 25 times to leave a plant out of "the park that is served"."""
    result = CliRunner().invoke(app, ["forecast", str(SHIPPED_PARKS["yibin"].parent / "panzhihua"), "--regret", "3"])
    assert result.exit_code == 2
    [line] = result.stderr.splitlines()
    assert line.split("; got ")[0].split(": ", 1)[1] == (
        "forecast.not-dispatched: --regret: what forecasts cost is found by dispatching days with the live planner, which runs "
        "electricity only (loads, sun, wind, firm lines, batteries, transformers), and the park has other plants"
    )
    assert "gas_engine (chp), " in line
    assert "pv (pv)" not in line
    assert line.endswith(
        "Leave `--regret` out: scores need no dispatch. Or give a park file of the electricity alone, where what other plants draw "
        "and give is a load and a firm line."
    )


def test_a_file_has_no_issued_weather(measured: Path) -> None:
    result = forecast("--series", measured, "--target", "works", "--weather", "nwp")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].startswith(
        "forecast.nothing-issued: --weather: no forecasts of the weather were issued"
    )


def test_values_that_mean_no_reading_are_left_out_and_told(tmp_path: Path) -> None:
    """Three 9999 in a load below 1,000 kW: a bill refuses the file, a forecast leaves them out, and they raise no peak."""
    values: list[Any] = [*load(DAYS).round(3).tolist()]
    values[2000:2003] = [9999.0] * 3
    file = write(tmp_path / "flows.csv", {"works.load_kw": values})
    result = forecast("--series", file, "--target", "works", "--json")
    assert result.exit_code == 0, result.stderr
    data = json.loads(result.stdout)
    assert [found["code"] for found in data["findings"]] == ["forecast.sentinels", "forecast.gaps"]
    assert data["findings"][0]["en"] == (
        f"{file}:2002: forecast.sentinels: works.load_kw: values that mean no reading were left out; "
        "got 3 × '9999'. Name them in the source of the series, so that every account leaves them out."
    )
    assert 280 < data["targets"]["works"]["mean"] < 900


def test_a_park_without_a_file_is_forecast_from_its_own_year() -> None:
    """The sun of the starter park is a share of its power, 0 to 1, and the night before dawn is dark."""
    result = forecast("--target", "pv", "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout)["targets"]["pv"]
    assert (told["day"], told["unit"], told["kind"]) == ("2026-01-01", "1", "pv")
    assert 0.01 < told["mean"] < 0.3


def test_a_share_of_power_is_called_one(tmp_path: Path) -> None:
    """A bare "mean 0.125" beside a load in kW was read as kilowatts."""
    [line] = forecast("--target", "pv", "--out", tmp_path / "ahead").stdout.splitlines()
    name, day, mean, peak, _ = line.split("\t")
    assert (name, day) == ("pv", "2026-01-01")
    assert re.fullmatch(r"mean 0\.\d+ share of power", mean)
    assert re.fullmatch(r"peak 0\.\d+ share of power \(0\.\d+ … 0\.\d+\) 1\d:00", peak)
    assert "share of power</span>" in (tmp_path / "ahead" / "forecast.html").read_text()
    span = ("--backtest", "--first", "2025-12-20", "--end", "2025-12-31")
    head = forecast("--target", "pv", *span, "--out", tmp_path / "tested").stdout.splitlines()[0]
    assert head.endswith(", share of power")
    page = (tmp_path / "tested" / "forecast.html").read_text()
    assert re.search(r"MAE, <span[^>]*>share of power", page)
    assert re.search(r": mean error 0\.\d+ share of power<", page)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["--target", "sun"],
            "forecast.no-such-target: sun: the park has nothing of this name that could be forecast; "
            "expected load, works, pv, pcc, price. Choose `load`, a load, a PV or wind plant, a member, a meter or `price`.",
        ),
        (["--gate", "9 am"], "forecast.bad-gate: --gate: this is not a time of day; expected 09:00, got 9 am. "),
        (["--day", "tomorrow"], "cli.bad-start: --day: this is not a moment; expected 2026-01-01, got tomorrow. "),
        (["--now", "soon"], "cli.bad-start: now: this is not a moment; expected 2025-07-01T10:30, got soon. "),
        (
            ["--target", "works", "--day", "2027-01-01"],
            "forecast.day-outside: works: the day to be forecast is not reached by the past that is known; "
            "expected 2025-01-02 … 2026-01-01, got 2027-01-01. ",
        ),
        (["--series", "nothing.csv"], "nothing.csv: cli.no-file: nothing.csv: the file does not exist"),
        (
            ["--target", "works", "--backtest", "--first", "2025-06-01", "--end", "2025-05-01"],
            "forecast.no-such-span: works: the target does not reach over the days to be forecast; "
            "expected 2025-01-02 … 2026-01-01, got 2025-06-01 … 2025-05-01. ",
        ),
    ],
)
def test_mistakes_are_findings(arguments: list[str], said: str) -> None:
    result = forecast(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_study_refuses_a_backtest_of_another_park_before_its_work(tmp_path: Path) -> None:
    """Rules out that a report tells of the forecasts of another park, and a folder that is left half written."""
    put(tmp_path / "tested", {**backtested(0), "park": "elsewhere"})
    asked = ["study", str(STARTER), "--out", str(tmp_path / "out"), "--forecast", str(tmp_path / "tested")]
    result = CliRunner().invoke(app, asked)
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        f"{tmp_path}/tested/view.json: forecast.other-view: tested: these forecasts are of another park, or not of the kind that "
        "belongs here; expected starter, backtest, got elsewhere, backtest. Make them with `lingtan forecast PARK --out`, a "
        "backtest with `--backtest`."
    ]
    assert not (tmp_path / "out").exists()
    missing = CliRunner().invoke(app, [*asked[:-1], str(tmp_path / "nothing")])
    assert missing.stderr.splitlines() == [
        f"{tmp_path}/nothing/view.json: forecast.no-view: view.json: this is not what `lingtan forecast --out` writes for pages; "
        "got No such file or directory. Make the folder anew."
    ]
