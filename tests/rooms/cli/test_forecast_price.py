"""`lingtan forecast --target price`: a spot price from a file, a day ahead and run again."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from lingtan.cli import app
from lingtan.forecast import Forecaster, PriceModel, forecaster_for
from lingtan.forecast.subject import Kind
from lingtan.study import park_forecast
from lingtan.study.forecast_view import read_view
from tests.small_parks import SHIPPED_PARKS

STARTER = SHIPPED_PARKS["starter"]
DAYS = 110
START = np.datetime64("2025-01-01T00:00", "m")
NEED_MW = 800 + 200 * np.sin(2 * np.pi * np.arange(24) / 24) + np.random.default_rng(5).normal(0, 150, (DAYS, 1))
"""What the market says a day ahead that its loads will need; each day at a level of its own."""
PRICE = 0.0005 * NEED_MW + np.random.default_rng(6).normal(0, 0.005, (DAYS, 24))
LAST = str((START + np.timedelta64(DAYS - 1, "D")).astype("M8[D]"))


@pytest.fixture(autouse=True)
def _english_and_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTAN_LANG", "en")

    def quick(kind: Kind) -> Forecaster:
        made = forecaster_for(kind)
        return replace(made, model=PriceModel((28, 56))) if kind == "price" else made

    monkeypatch.setattr(park_forecast, "forecaster_for", quick)


def write(path: Path, *, last_known: bool = False) -> Path:
    """Prices whose last day is to come, with the load that the market published."""
    price: list[Any] = PRICE.reshape(-1).round(5).tolist()
    if not last_known:
        price[-24:] = [""] * 24
    stamps = [str(START + np.timedelta64(hour, "h")) for hour in range(DAYS * 24)]
    rows = zip(stamps, price, NEED_MW.reshape(-1).round(2).tolist(), strict=True)
    with path.open("w", newline="") as stream:
        csv.writer(stream).writerows([["time", "price_cny_per_kwh", "plan_system_load_mw"], *rows])
    return path


def forecast(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["forecast", str(STARTER), *map(str, arguments)])


def test_a_price_a_day_ahead(tmp_path: Path) -> None:
    """The day is that of its published load; a price that was taken for kilowatts of a plant would have no unit of money."""
    result = forecast("--series", write(tmp_path / "p.csv"), "--target", "price", "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    name, day, mean, peak, model, inputs = result.stdout.rstrip("\n").split("\t")
    assert (name, day, model, inputs) == ("price", LAST, "model price", "inputs: plan_system_load_mw")
    assert mean.endswith(" CNY/kWh")
    assert " CNY/kWh (" in peak
    with (tmp_path / "out" / "forecast.csv").open() as stream:
        middle = np.array([float(row["q50"]) for row in csv.DictReader(stream)])
    yesterday = np.abs(PRICE[-2] - PRICE[-1]).mean()
    assert np.abs(middle - PRICE[-1]).mean() < 0.3 * yesterday
    page = (tmp_path / "out" / "forecast.html").read_text()
    for said in ("Spot price, ", "现货电价，", "CNY/kWh", "Model: regressions over several windows and boosting."):
        assert said in page
    price = read_view(tmp_path / "out" / "view.json").targets["price"]
    assert (price.kind, price.unit, price.assets) == ("price", "CNY/kWh", ())


def test_prices_of_a_megawatt_hour_are_doubted(tmp_path: Path) -> None:
    """A thousand times too high, they were forecast as such without a word."""
    file = tmp_path / "p.csv"
    rows = list(csv.reader(write(file).read_text().splitlines()))
    with file.open("w", newline="") as stream:
        csv.writer(stream).writerows(
            [rows[0], *([at, price and str(1000 * float(price)), mw] for at, price, mw in rows[1:])]
        )
    told = json.loads(forecast("--series", file, "--target", "price", "--json").stdout)["findings"]
    [found] = [each for each in told if each["code"] == "forecast.price-unit"]
    assert (found["severity"], found["expected"]) == ("warning", "≤ 10 CNY/kWh")


def test_prices_of_the_day_of_the_gate_are_published(tmp_path: Path) -> None:
    """At 09:00 of the day before, its last hour is known: cut at nine, as a meter's, the newest day would be another."""
    file = write(tmp_path / "p.csv")
    told = json.loads(forecast("--series", file, "--target", "price", "--json").stdout)
    text = file.read_text().splitlines()
    at = (DAYS - 2) * 24 + 23
    stamp, price, load = text[1 + at].split(",")
    text[1 + at] = f"{stamp},{float(price) + 0.2:.5f},{load}"
    file.write_text("\n".join(text) + "\n")
    moved = json.loads(forecast("--series", file, "--target", "price", "--json").stdout)
    assert moved["targets"]["price"]["mean"] != told["targets"]["price"]["mean"]


def test_a_backtest_of_a_price_stands_beside_naive(tmp_path: Path) -> None:
    span = ("--backtest", "--first", "2025-03-20", "--end", "2025-04-10")
    file = write(tmp_path / "p.csv", last_known=True)
    result = forecast("--series", file, "--target", "price", *span, "--out", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    data = json.loads((tmp_path / "out" / "forecast.json").read_text())["targets"]["price"]
    scores = data["scores"]
    assert list(scores) == ["price", "naive-1d", "naive-7d", "mean-7d", "linear"]
    assert scores["price"]["rmae"] < 0.3
    assert scores["price"]["nmae"] < 0.03  # of the mean price
    assert scores["price"]["dispatch_accuracy"] is None
    assert "CRPS, CNY/kWh" in (tmp_path / "out" / "forecast.html").read_text()


def test_a_park_without_prices_says_what_to_give(tmp_path: Path) -> None:
    result = forecast("--target", "price")
    assert result.exit_code == 2
    assert result.stderr == (
        "forecast.no-price: --target: a park file holds no spot price, so there is none to learn from; expected --series, "
        "price_cny_per_kwh, got price. Give a file of past prices with `--series`, in a column `price_cny_per_kwh`; those of a "
        "tariff are known.\n"
    )
    file = write(tmp_path / "p.csv")
    file.write_text(file.read_text().replace("price_cny_per_kwh", "spot"))
    absent = forecast("--series", file, "--target", "price")
    assert absent.exit_code == 2
    assert absent.stderr.startswith(
        f"{file}: forecast.flow-absent: price_cny_per_kwh: the file has no column of this flow; "
    )


def test_a_price_has_no_regret(tmp_path: Path) -> None:
    sizes = tmp_path / "summary.json"
    sizes.write_text(
        json.dumps({"sizes": {"pv": {"power_kw": 2000}, "battery": {"power_kw": 500, "energy_kwh": 1000}}})
    )
    asked = ("--series", write(tmp_path / "p.csv"), "--target", "price", "--regret", "2", "--sizes", sizes)
    result = forecast(*asked)
    assert (result.exit_code, result.stderr.split(":")[0]) == (2, "forecast.no-regret-of-price")
