"""`lingtan forecast` with weather and priors: measured in the file of the series, or issued, with the time of each issue."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from lingtan.case import read_case
from lingtan.cli import app
from lingtan.cli.weather_files import read_issued_weather
from lingtan.forecast import Boosting, Forecaster, LoadModel, PvModel, WindModel, forecaster_for
from lingtan.forecast.subject import Kind
from lingtan.operate.store import Vintage, WeatherWriter
from lingtan.study import park_forecast
from lingtan.study.park_forecast import Asked, forecast_park
from tests.small_parks import SHIPPED_PARKS

STARTER = SHIPPED_PARKS["starter"]
DAYS = 120
START = np.datetime64("2025-01-01T00:00", "m")
BRIGHT = np.random.default_rng(4).uniform(0.1, 1.0, DAYS)
"""How bright each day is: yesterday says nothing of it."""
CLEAR = np.clip(np.sin(np.pi * (np.arange(24) - 6) / 12), 0, None)
SUN = (BRIGHT[:, None] * CLEAR).reshape(-1)
"""Of the last day 0.9 of a clear one, whatever was drawn."""
SUN[-24:] = 0.9 * CLEAR
LAST = str((START + np.timedelta64(DAYS - 1, "D")).astype("M8[D]"))
KW, W_PER_M2 = 4000.0, 1000.0
HOUR_MS = 3_600_000


@pytest.fixture(autouse=True)
def _english_with_few_trees(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTAN_LANG", "en")
    few = Boosting(rounds=60, rate=0.2, leaves=8, min_leaf=20)
    models = {"load": LoadModel(few), "pv": PvModel(few), "wind": WindModel(few)}

    def quick(kind: Kind) -> Forecaster:
        made = forecaster_for(kind)
        return replace(made, model=models[kind]) if kind in models else made

    monkeypatch.setattr(park_forecast, "forecaster_for", quick)


def write(path: Path, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> Path:
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([head, *rows])
    return path


def measured(path: Path, **more: Any) -> Path:
    """A plant of 4 MW whose last day is not yet measured, with more columns."""
    stamps = [str(START + np.timedelta64(hour, "h")) for hour in range(DAYS * 24)]
    power: list[Any] = (KW * SUN).round(3).tolist()
    power[-24:] = [""] * 24
    columns = {name.replace("__", "."): values for name, values in more.items()}
    rows = list(zip(stamps, power, *columns.values(), strict=True))
    return write(path, ["time", "pv.generation_kw", *columns], rows)


def forecast(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["forecast", str(STARTER), "--target", "pv", *map(str, arguments)])


def told(*arguments: str | Path) -> dict[str, Any]:
    result = forecast(*arguments, "--json")
    assert result.exit_code == 0, result.stderr
    return dict(json.loads(result.stdout))


def error_kw(out: Path) -> float:
    with (out / "forecast.csv").open() as stream:
        middle = np.array([float(row["q50"]) for row in csv.DictReader(stream)])
    return float(np.abs(middle - KW * SUN[-24:]).mean())


def test_irradiance_and_a_prior_in_the_file_are_learned_from(tmp_path: Path) -> None:
    """Both columns were passed over: the plant was forecast by what it did of late, and the page spoke of physics."""
    bare = measured(tmp_path / "bare.csv")
    full = measured(tmp_path / "full.csv", ghi_w_per_m2=W_PER_M2 * SUN, pv__prior_kw=0.8 * KW * SUN)
    [lone] = told("--series", bare, "--out", tmp_path / "bare")["targets"].values()
    assert (lone["weather"], lone["inputs"]) == ("none", [])
    page = (tmp_path / "bare" / "forecast.html").read_text()
    assert "Model: boosting. Weather: none." in page
    assert "physic" not in page
    [fed] = told("--series", full, "--weather", "actual", "--out", tmp_path / "full")["targets"].values()
    assert (fed["weather"], fed["inputs"], fed["day"]) == ("actual", ["ghi_w_per_m2", "prior_kw"], LAST)
    page = (tmp_path / "full" / "forecast.html").read_text()
    assert (
        "Model: boosting on a physical prior. Weather: as measured afterwards. Inputs: global irradiance, physical prior."
        in page
    )
    assert "模型：物理先验与提升树。气象：事后实测。输入：水平面总辐照、物理先验。" in page
    assert error_kw(tmp_path / "full") < 0.3 * error_kw(tmp_path / "bare")
    moved = {row.split(",")[2] for row in (tmp_path / "full" / "moved_by.csv").read_text().splitlines()[1:]}
    assert {"ghi_w_per_m2", "prior_kw"} <= moved


def test_measured_weather_is_degraded_unless_asked_for_as_it_was(tmp_path: Path) -> None:
    """A prior of the sun errs as irradiance does, with the same error: else it would be a perfect forecast."""
    file = measured(tmp_path / "a.csv", ghi_w_per_m2=W_PER_M2 * SUN, pv__prior_kw=KW * SUN)
    case, target = read_case(STARTER), ("pv",)
    [degraded] = forecast_park(case, Asked(target, file)).ahead
    [actual] = forecast_park(case, Asked(target, file, weather="actual")).ahead
    assert (degraded.subject.weather, actual.subject.weather) == ("degraded", "actual")
    [light, prior] = [degraded.subject.inputs[name] for name in ("ghi_w_per_m2", "prior_kw")]
    assert prior == pytest.approx(KW / W_PER_M2 * light)
    assert np.abs(light - actual.subject.inputs["ghi_w_per_m2"]).max() > 50


def test_a_prior_of_wind_is_used_only_as_it_was(tmp_path: Path) -> None:
    """What error it has as a forecast nobody knows: as it is beside degraded weather it would be perfect, and scored as if not."""
    park = tmp_path / "park.yaml"
    text = (STARTER / "park.yaml").read_text("utf-8")
    assert "family: pv" in text
    park.write_text(text.replace("family: pv", "family: wind"), "utf-8")
    for each in STARTER.iterdir():
        if each.name != "park.yaml" and each.is_file():
            (tmp_path / each.name).write_bytes(each.read_bytes())
    file = measured(tmp_path / "a.csv", wind_m_per_s=4 + 8 * SUN, pv__prior_kw=KW * SUN)
    asked = ["forecast", str(park), "--target", "pv", "--series", str(file), "--json"]
    data = json.loads(CliRunner().invoke(app, asked).stdout)
    assert data["targets"]["pv"]["inputs"] == ["wind_m_per_s"]
    assert [each["en"] for each in data["findings"] if each["code"] == "forecast.prior-unused"] == [
        "forecast.prior-unused: pv.prior_kw: the prior was made of measured weather and was left out: beside weather that is none "
        "it would be a perfect forecast; got degraded. Give it as it was issued, in the file of `--weather-file`; or choose "
        "`--weather actual`."
    ]
    whole = json.loads(CliRunner().invoke(app, [*asked, "--weather", "actual"]).stdout)
    assert whole["targets"]["pv"]["inputs"] == ["wind_m_per_s", "prior_kw"]


def test_columns_of_another_name_or_unit_are_told(tmp_path: Path) -> None:
    """Irradiance under a name of one's own was passed over in silence, and kJ would teach as well as W until a season turns."""
    file = measured(tmp_path / "a.csv", irradiance=SUN, temperature_c=300 + 10 * SUN)
    data = told("--series", file)
    found = {each["code"]: each["en"] for each in data["findings"]}
    assert found["forecast.column-unread"] == (
        f"{file}: forecast.column-unread: a.csv: columns that are nothing a forecast knows were not read; expected temperature_c, "
        "ghi_w_per_m2, dhi_w_per_m2, dni_w_per_m2, wind_m_per_s, plan_…, price_cny_per_kwh, got irradiance. Rename weather, a "
        "price or a plan as expected; a flow or a prior has the name of its asset: `pv.prior_kw`."
    )
    assert "; expected -70 … 65, got 2880 × '30" in found["forecast.weather-range"]
    assert data["targets"]["pv"]["inputs"] == []


def issues(noise: float = 0.0) -> list[dict[str, Any]]:
    """Of each day, at 08:00 of the day before: its sun within a tenth. With noise, what comes after the last gate, too."""
    rng = np.random.default_rng(7)
    made = []
    for day in range(1, DAYS):
        at = START + np.timedelta64(day, "D")
        row = W_PER_M2 * SUN[24 * day : 24 * day + 24] * rng.uniform(0.9, 1.1)
        made.append(_issue(at - np.timedelta64(16, "h"), at, row))
    last = START + np.timedelta64(DAYS - 1, "D")
    if noise:
        made.append(_issue(last - np.timedelta64(14, "h"), last, np.full(24, noise)))  # 10:00, an hour after the gate
        made.append(_issue(last + np.timedelta64(1, "h"), last, np.full(24, noise)))
    return made


def _issue(issued: np.datetime64, start: np.datetime64, row: Any) -> dict[str, Any]:
    values = {"ghi_w_per_m2": np.round(row, 2).tolist()}
    return {"issued_at": f"{issued}+08:00", "start": f"{start}+08:00", "step_minutes": 60, "values": values}


def as_run(folder: Path, given: list[dict[str, Any]], late_h: float = 0.0) -> Path:
    """A run folder whose weather process took this in, each so many hours after it was issued."""
    folder.mkdir()
    with WeatherWriter(folder / "weather.sqlite") as store:
        for each in given:
            issued_ms, start_ms = (
                int(np.datetime64(each[key][:16], "ms").astype(np.int64)) - 8 * HOUR_MS
                for key in ("issued_at", "start")
            )
            store.add(
                [Vintage("drop", issued_ms, issued_ms + round(HOUR_MS * late_h), start_ms, HOUR_MS, each["values"])]
            )
    return folder


@pytest.mark.parametrize("form", ["run", "sqlite", "json", "csv", "folder"])
def test_issued_weather_moves_a_forecast(form: str, tmp_path: Path) -> None:
    """A park that runs has its weather already: a forecast could not read it. Each form is the same weather."""
    series = measured(tmp_path / "a.csv")
    if form in {"run", "sqlite"}:
        place = as_run(tmp_path / "run", issues())
        place = place / "weather.sqlite" if form == "sqlite" else place
    elif form == "csv":
        rows = [
            [each["issued_at"], f"{np.datetime64(each['start'][:16]) + np.timedelta64(hour, 'h')}+08:00", value]
            for each in issues()
            for hour, value in enumerate(each["values"]["ghi_w_per_m2"])
        ]
        place = write(tmp_path / "w.csv", ["issued_at", "start", "ghi_w_per_m2"], rows)
    else:
        given = issues()
        place = tmp_path / "drop"
        place.mkdir()
        (place / "a.json").write_text(json.dumps(given[:60]))
        (place / "b.json").write_text(json.dumps(given[60:]))
        if form == "json":
            place = tmp_path / "w.json"
            place.write_text(json.dumps(given))
    [fed] = told("--series", series, "--weather-file", place, "--out", tmp_path / "fed")["targets"].values()
    assert (fed["weather"], fed["inputs"], fed["day"]) == ("nwp", ["ghi_w_per_m2"], LAST)
    told("--series", series, "--out", tmp_path / "bare")
    assert error_kw(tmp_path / "fed") < 0.4 * error_kw(tmp_path / "bare")
    [twin] = forecast_park(
        read_case(STARTER), Asked(("pv",), series, issued=read_issued_weather(place, read_case(STARTER)))
    ).ahead
    known = twin.subject.inputs["ghi_w_per_m2"][-1]
    assert known.tolist() == issues()[-1]["values"]["ghi_w_per_m2"]


def test_weather_that_came_after_the_gate_moves_nothing(tmp_path: Path) -> None:
    """The leakage law: what was issued after the gate, or before it and came in after, leaves the bytes as they were."""
    series, case = measured(tmp_path / "a.csv"), read_case(STARTER)
    quiet, loud = (as_run(tmp_path / name, issues(noise)) for name, noise in (("quiet", 0.0), ("loud", 900.0)))
    late, timely = (as_run(tmp_path / name, issues()) for name in ("late", "timely"))
    midnight_ms = int((START + np.timedelta64(DAYS - 1, "D")).astype("M8[ms]").astype(np.int64)) - 8 * HOUR_MS
    issued_ms, received_ms = midnight_ms - 31 * HOUR_MS // 2, midnight_ms - 29 * HOUR_MS // 2  # 08:30 and 09:30
    for place, at_ms in ((late, received_ms), (timely, issued_ms)):
        with WeatherWriter(place / "weather.sqlite") as store:
            store.add([Vintage("drop", issued_ms, at_ms, midnight_ms, HOUR_MS, {"ghi_w_per_m2": [900.0] * 24})])
    made = [
        forecast_park(case, Asked(("pv",), series, issued=read_issued_weather(place, case)))
        .ahead[0]
        .made.values.tobytes()
        for place in (quiet, loud, late, timely)
    ]
    assert made[0] == made[1] == made[2] != made[3]


def test_issued_priors_come_with_their_asset(tmp_path: Path) -> None:
    given = issues()
    for each in given:
        each["values"]["pv.prior_kw"] = [4 * value for value in each["values"]["ghi_w_per_m2"]]
    file = tmp_path / "w.json"
    file.write_text(json.dumps(given))
    data = told("--series", measured(tmp_path / "a.csv"), "--weather-file", file)
    assert data["targets"]["pv"]["inputs"] == ["ghi_w_per_m2", "prior_kw"]


def test_what_is_no_issued_weather_is_refused(tmp_path: Path) -> None:
    series = measured(tmp_path / "a.csv")
    (tmp_path / "empty").mkdir()
    (tmp_path / "b.sqlite").write_text("no database")
    (tmp_path / "b.json").write_text(json.dumps([{**issues()[0], "values": {"sun": [1.0] * 24}}]))
    for name, got in (
        ("empty", "expected weather.sqlite, .json, .csv. "),
        ("none.json", "got No such file or directory. "),
        ("b.sqlite", "got file is not a database. "),
    ):
        result = forecast("--series", series, "--weather-file", tmp_path / name)
        assert result.exit_code == 2
        assert (
            f"{tmp_path / name}: forecast.no-weather-file: {name}: this holds no issued weather that can be read; "
            in result.stderr
        )
        assert got in result.stderr
    wrong = forecast("--series", series, "--weather-file", tmp_path / "b.json")
    assert (wrong.exit_code, wrong.stderr.split(": ")[1]) == (2, "operate.weather-columns")
    idle = forecast("--series", series, "--weather-file", tmp_path / "b.json", "--weather", "actual")
    assert (idle.exit_code, idle.stderr.split(":")[0]) == (2, "forecast.idle-option")
