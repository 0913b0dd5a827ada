"""The issued forecasts of the shipped parks: drawn once, declared synthetic, small, with the errors that they declare."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from lingtan.case import read_case
from lingtan.findings import InputError
from lingtan.forecast import Horizon
from lingtan.forecast.weather import ERRORS
from lingtan.study.forecast_targets import past_of_park, targets_of
from lingtan.study.issued import read_issued
from lingtan.study.park_forecast import Asked, forecast_park, subject_of_target
from tools.vintages import make_vintages
from tools.vintages.make_vintages import SEED, issue, made, redrawn

EXAMPLES = Path(__file__).parents[2] / "examples"
PARKS = ("yibin", "measured", "panzhihua")


@pytest.fixture(scope="module")
def panzhihua():
    """Hourly, and so the cheapest."""
    return read_case(EXAMPLES / "panzhihua")


def test_the_script_makes_the_shipped_bytes_again(panzhihua) -> None:
    """The first ten days of both files, row by row: same seed, same draw; and two runs are one to the byte."""
    files, about = made(panzhihua, SEED, days=10)
    assert files == made(panzhihua, SEED, days=10)[0]
    assert about == json.loads((EXAMPLES / "panzhihua" / "issued.json").read_text("utf-8"))
    for name, rows in (("history.csv.gz", 10 * 24), ("issued.csv.gz", 20 * 24)):
        shipped = gzip.decompress((EXAMPLES / "panzhihua" / name).read_bytes()).splitlines()
        assert gzip.decompress(files[name]).splitlines() == shipped[: rows + 1]
    assert files != made(panzhihua, SEED + 1, days=10)[0]


@pytest.mark.parametrize("park", PARKS)
def test_what_is_shipped_is_small_and_says_that_it_is_synthetic(park: str) -> None:
    files = [EXAMPLES / park / name for name in ("history.csv.gz", "issued.csv.gz")]
    assert sum(file.stat().st_size for file in files) < 800_000
    assert json.loads((EXAMPLES / park / "issued.json").read_text("utf-8"))["synthetic"] is True
    origin = (EXAMPLES / park / "ORIGIN.md").read_text("utf-8")
    assert "are **synthetic**" in origin
    assert all(file.name in origin for file in files)


@pytest.mark.parametrize(("quantity", "level"), [("temperature", 20.0), ("irradiance", 0.4), ("wind_speed", 0.2)])
def test_the_errors_are_those_declared(quantity, level: float) -> None:
    """400 equal days; at 09:00 of the day, 24 h after the gate, the spread is the declared one; wind is looked at as a speed."""
    said = issue(np.full((400, 24), level), quantity, 1)
    given = np.full((400, 24), level)
    if quantity == "wind_speed":
        said, given = 12.0 * np.cbrt(said), 12.0 * np.cbrt(given)
    error = (said - given) / (given if quantity == "irradiance" else 1.0)
    wanted = ERRORS[quantity]
    assert error[:, 8:10].std() == pytest.approx(wanted, rel=0.1)
    assert error[:, 23].std() / error[:, 0].std() == pytest.approx(np.sqrt(38.5 / 15.5), rel=0.12)  # leads from 09:00
    assert abs(error.mean()) < 0.1 * wanted


def test_a_redrawn_year_keeps_mean_and_spread_and_copies_no_day() -> None:
    rng = np.random.default_rng(3)
    year = 10.0 + rng.normal(size=(364, 1)) + 0.3 * rng.normal(size=(364, 24))
    groups = np.repeat(np.arange(0, 26, 2), 28)
    found = redrawn(year, groups, groups, np.random.default_rng(4))
    assert found.mean() == pytest.approx(year.mean(), abs=0.1)
    assert found.mean(axis=1).std() == pytest.approx(year.mean(axis=1).std(), rel=0.15)
    nearest = np.abs(found[:, None, :] - year[None, :, :]).max(axis=2).min(axis=1)
    assert nearest.min() > 0.01


def test_a_forecast_of_a_shipped_park_takes_what_was_issued(panzhihua) -> None:
    """1 January 2025 has row 366 of the file; the day after the studied year nothing was issued for."""
    target = targets_of(panzhihua.park, ["pv"])[0]
    past = past_of_park(panzhihua, [target], read_issued(panzhihua))
    assert past.grid.steps == (366 + 365) * 24
    assert np.array_equal(past.series["pv"].values[366 * 24 :], panzhihua.available_pu("pv"))
    subject = subject_of_target(panzhihua, Asked(), past, Horizon(), target, more_days=1)
    assert subject.weather == "nwp"
    with gzip.open(EXAMPLES / "panzhihua" / "issued.csv.gz", "rt") as lines:
        rows = list(csv.DictReader(lines))
    first = [float(row["pv"]) for row in rows if row["time"].startswith("2025-01-01")]
    assert subject.inputs["issued_pu"][366].tolist() == first
    assert np.isnan(subject.inputs["issued_pu"][731]).all()


def test_a_gate_before_the_issue_is_a_finding(panzhihua) -> None:
    """Look-ahead by an hour: what is issued at 08:00 is not known at 07:59."""
    target = targets_of(panzhihua.park, ["wind"])[0]
    past = past_of_park(panzhihua, [target], read_issued(panzhihua))
    subject_of_target(panzhihua, Asked(), past, Horizon(gate_minute=8 * 60), target)
    with pytest.raises(InputError) as refused:
        subject_of_target(panzhihua, Asked(), past, Horizon(gate_minute=8 * 60 - 1), target)
    assert str(refused.value) == (
        "forecast.issued-later: --gate: the forecasts of the weather were issued after this gate; expected ≥ D-1 08:00, "
        "got D-1 07:59. Choose a later gate, or `--weather degraded`."
    )


def test_a_broken_statement_is_a_finding(tmp_path: Path) -> None:
    for file in (EXAMPLES / "panzhihua").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "issued.json").write_text("{}")
    with pytest.raises(InputError, match=r"forecast\.bad-issued: issued\.json"):
        read_issued(read_case(tmp_path))


def test_weights_keep_the_spread() -> None:
    assert sum(weight**2 for weight in make_vintages.WEIGHTS) == pytest.approx(1.0)


def test_loads_after_the_gate_move_no_forecast_of_a_shipped_park(panzhihua, monkeypatch: pytest.MonkeyPatch) -> None:
    """The history was scaled by the mean of the whole studied year, and so told of the days to come."""
    after = panzhihua.grid.utc >= np.datetime64("2025-05-31T01:00")
    [load] = targets_of(panzhihua.park, ["load"])
    horizon, asked = Horizon(), Asked(targets=("load",))

    def known_then():
        works = subject_of_target(
            panzhihua, asked, past_of_park(panzhihua, [load], read_issued(panzhihua)), horizon, load
        )
        return works.as_of(np.datetime64("2025-05-31T01:00")).target

    honest, need = known_then(), type(panzhihua).need_kw
    monkeypatch.setattr(
        type(panzhihua), "need_kw", lambda case, name: np.where(after, 7 * need(case, name), need(case, name))
    )
    assert np.isfinite(honest[:365]).any()
    assert known_then().tobytes() == honest.tobytes()


def test_without_a_day_the_last_one_with_issued_weather_is_forecast(panzhihua) -> None:
    """The day after the studied year has no issue: every shipped park was forecast without the weather it brings."""
    [made] = forecast_park(panzhihua, Asked(targets=("pv",))).ahead
    assert str(made.subject.days.date(made.made.days)[0]) == "2025-12-31"
    assert made.subject.weather == "nwp"
