"""The forecast page's call: nothing of the future, nothing made up, and the command where there is nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from lingtan.findings import Finding
from lingtan.operate.store import PlansWriter
from lingtan.operate.store.run_folder import write_json_atomically
from lingtan.web.forecast import forecast_message, today_of
from lingtan.web.forecast_shelf import Shelf
from lingtan.web.run import OpenRun, open_run
from tests.forecast_views import HOUR_MS, LEVELS, REGRET, backtested, day, put, target, view
from tests.recorded_run import QUARTER_MS, SECRET, make_run, plan_of, powers
from tests.served_run import served
from tests.small_parks import SHIPPED_PARKS

NOW_MS = 1_795_840_200_000
"""2026-11-28 04:30 UTC: half past noon in Shanghai."""
MIDNIGHT_MS = NOW_MS - 12 * HOUR_MS - HOUR_MS // 2
NOON = 12


@pytest.fixture
def run(tmp_path: Path) -> Iterator[OpenRun]:
    make_run(tmp_path / "run", NOW_MS, hours=1.5, step_ms=60_000)
    with open_run(tmp_path / "run") as opened:
        yield opened


def test_without_forecasts_the_plan_stands_against_what_was_measured_and_commands_are_told(run: OpenRun) -> None:
    """Rules out an empty page, and a measurement after now: the quarter that runs is not over."""
    told = forecast_message(run, Shelf(), NOW_MS + 60_000)
    assert [(each["name"], each["when"], each["quantiles"]) for each in told["targets"]] == [
        ("load", "today", None), ("pv", "today", None)
    ]  # fmt: skip
    load = told["targets"][0]
    assert (load["start_ms"], load["step_ms"], len(load["measured"])) == (MIDNIGHT_MS, QUARTER_MS, 96)
    known = [step for step, value in enumerate(load["measured"]) if value is not None]
    assert known == list(range(4 * 11, 4 * 12 + 2))  # from 11:00, where the record begins, to 12:30
    noon = MIDNIGHT_MS + 48 * QUARTER_MS
    assert load["measured"][48] == pytest.approx(
        -sum(powers(noon + n * 60_000)["works.power_kw"] for n in range(15)) / 15
    )
    # the newest plan was issued at 12:15, and says of 13:00 to 13:15 what the works need in its middle
    assert told["plan_ms"] == NOW_MS - QUARTER_MS
    assert load["plan"][52] == pytest.approx(
        -powers(noon + 4 * QUARTER_MS + QUARTER_MS // 2)["works.power_kw"], abs=1e-3
    )
    assert load["plan"][48] is None
    assert (told["vintage_ms"], told["tested"], told["findings"]) == (None, None, [])
    park, folder = SHIPPED_PARKS["starter"], run.folder.forecast
    assert told["commands"] == {
        "ahead": f"lingtan forecast {park} --day 2025-11-28 --out {folder}/ahead",
        "tested": f"lingtan forecast {park} --backtest --out {folder}/tested",
    }


def test_the_page_says_whose_forecast_the_plan_follows_and_what_was_wrong_with_it(run: OpenRun) -> None:
    """Rules out that somebody takes the planner's own expectation for the forecast that was made."""
    assert forecast_message(run, Shelf(), NOW_MS)["followed"] is None
    row, steps, prices = plan_of(NOW_MS)
    wrong = Finding("forecast.other-view", "ahead", "starter", "elsewhere").as_json()
    told = {"targets": ["load", "pv"], "known_ms": MIDNIGHT_MS, "findings": [wrong]}
    with PlansWriter(run.folder.plans) as plans:
        plans.issue(replace(row, certificate={**row.certificate, "expected": told}), steps, prices)
    message = forecast_message(run, Shelf(), NOW_MS)
    assert message["findings"] == [wrong]
    assert message["followed"] == {
        "known_ms": MIDNIGHT_MS,
        "targets": [{"en": "All electric loads", "zh": "全部电负荷"}, {"en": "PV", "zh": "光伏"}],
    }


def test_a_price_has_its_own_unit_and_no_meter(run: OpenRun) -> None:
    """Its fan was drawn in MW; no asset of the park measures it, and no plan holds it."""
    made = target("price", "", [day("2026-11-28", MIDNIGHT_MS, 0.4, 0.2)], unit="CNY/kWh", assets=[])
    put(run.folder.forecast / "ahead", view("ahead", price=made))
    [price] = forecast_message(run, Shelf(), NOW_MS)["targets"]
    assert (price["title"]["en"], price["unit"], price["kind"]) == ("Spot price", "CNY/kWh", "price")
    assert price["quantiles"][3] == [0.4] * 24
    assert [price[name] for name in ("measured", "plan", "vintage")] == [[None] * 24] * 3


def test_a_twin_lives_through_the_studied_day_that_was_forecast(run: OpenRun) -> None:
    """Its quantiles stand on today's clock and, a share of power, at the size of the run (6 MW)."""
    studied_ms = MIDNIGHT_MS - 365 * 24 * HOUR_MS
    sun = target("pv", "pv", [day("2025-11-28", studied_ms, 0.5, 0.2)], inputs=["prior_kw"])
    put(run.folder.forecast / "ahead", view("ahead", pv=sun))
    [pv] = forecast_message(run, Shelf(), NOW_MS)["targets"]
    assert (pv["when"], pv["made_for"], pv["start_ms"], pv["step_ms"]) == (
        "studied",
        "2025-11-28",
        MIDNIGHT_MS,
        HOUR_MS,
    )
    assert [row[NOON] for row in pv["quantiles"]] == pytest.approx(
        [6000 * (0.5 + (each - 0.5) * 0.2) for each in LEVELS]
    )
    hours = [step for step, value in enumerate(pv["measured"]) if value is not None]
    assert hours == [11]  # the hour from noon on is not over
    assert pv["model"] == {"en": "boosting on a physical prior", "zh": "物理先验与提升树"}
    assert pv["weather"] == {"en": "as issued", "zh": "按发布"}


def test_a_forecast_of_another_day_says_so_and_is_held_against_that_day(run: OpenRun) -> None:
    """Rules out that quantiles of yesterday are drawn as today's."""
    before_ms = MIDNIGHT_MS - 24 * HOUR_MS
    put(
        run.folder.forecast / "ahead",
        view("ahead", works=target("load", "works", [day("2026-11-27", before_ms, 6e3, 8e2)])),
    )
    [works] = forecast_message(run, Shelf(), NOW_MS)["targets"]
    assert (works["when"], works["start_ms"], works["measured"]) == ("other", before_ms, [None] * 24)


def test_the_future_is_not_measured_even_where_a_clock_recorded_it(run: OpenRun) -> None:
    """An hour before the record ends nothing of that hour is told, nor a plan that was issued in it."""
    then = NOW_MS - HOUR_MS
    told = forecast_message(run, Shelf(), then)
    load = told["targets"][0]
    assert [step for step, value in enumerate(load["measured"]) if value is not None] == [44, 45]
    assert told["plan_ms"] == then


def test_a_backtest_is_told_with_heads_in_both_languages_and_regret_where_there_is_one(run: OpenRun) -> None:
    put(run.folder.forecast / "tested", backtested(MIDNIGHT_MS))
    [works] = forecast_message(run, Shelf(), NOW_MS)["tested"]["targets"]
    assert works["models"] == [{"en": "ours", "zh": "本模型"}, {"en": "a week before", "zh": "七日前"}]
    assert [(row["key"], row["form"], row["unit"], row["values"]) for row in works["scores"]] == [
        ("mae", "figure", "kW", [80.0, 160.0]),
        ("nmae", "share", None, [0.0125, 0.025]),
        ("coverage_80", "share", None, [0.79, 0.83]),
        ("regret_cny", "figure", None, [120.5, None]),
        ("dm_p_value", "p", None, [None, 0.00002]),
    ]
    assert works["scores"][2]["title"] == {"en": "80 % band", "zh": "80 % 区间"}
    assert [(each["day"], each["mae"]) for each in works["days"]] == [
        ("2025-12-31", 100.0), ("2025-11-08", 2000.0), ("2025-11-09", 1000.0)
    ]  # fmt: skip
    assert forecast_message(run, Shelf(), NOW_MS)["tested"]["regret"] is None
    put(run.folder.forecast / "tested", {**backtested(MIDNIGHT_MS), "regret": REGRET})
    assert forecast_message(run, Shelf(), NOW_MS)["tested"]["regret"] == {
        "days": 10,
        "models": [
            {"title": {"en": "ours", "zh": "本模型"}, "cny": 1234.4},
            {"title": {"en": "a week before", "zh": "七日前"}, "cny": 2500.0},
        ],
    }
    assert works["reliability"][0] == {"level": 0.05, "share_below": 0.06}


def test_what_is_not_of_this_run_is_a_finding_and_a_new_file_is_read_at_once(run: OpenRun) -> None:
    """A backtest where a day ahead belongs, then half a file, then a good one: none breaks the page, the last is shown."""
    shelf, folder = Shelf(), run.folder.forecast / "ahead"
    put(folder, backtested(MIDNIGHT_MS))
    told = forecast_message(run, shelf, NOW_MS)
    assert [each["quantiles"] for each in told["targets"]] == [None, None]
    assert [found["en"] for found in told["findings"]] == [
        f"{folder}/view.json: forecast.other-view: ahead: these forecasts are of another park, or not of the kind that belongs "
        "here; expected starter, ahead, got starter, backtest. Make them with `lingtan forecast PARK --out`, a backtest with "
        "`--backtest`."
    ]
    (folder / "view.json").write_text('{"version": 1')
    assert [found["code"] for found in forecast_message(run, shelf, NOW_MS)["findings"]] == ["forecast.no-view"]
    put(folder, view("ahead", works=target("load", "works", [day("2026-11-28", MIDNIGHT_MS, 6e3, 8e2)])))
    told = forecast_message(run, shelf, NOW_MS)
    assert ([each["when"] for each in told["targets"]], told["findings"]) == (["today"], [])


def test_real_devices_are_forecast_from_what_their_meters_say(run: OpenRun) -> None:
    """Rules out that a plant with meters is forecast from the park file's studied year."""
    facts = json.loads(run.folder.facts_file.read_text("utf-8"))
    write_json_atomically(run.folder.facts_file, {**facts, "twin": False, "packs": ["a pack.yaml"]})
    with open_run(run.folder.path) as real:
        command = forecast_message(real, Shelf(), NOW_MS)["commands"]["ahead"]
    park, out = SHIPPED_PARKS["starter"], run.folder.forecast / "ahead"
    assert command == f"lingtan forecast {park} --rules 'a pack.yaml' --series metered.csv --day 2026-11-28 --out {out}"


def test_a_leap_day_stands_for_the_28th_of_a_year_without_one(run: OpenRun) -> None:
    leap_ms = 1_835_366_400_000  # 2028-02-28 16:00 UTC, midnight of the 29th in Shanghai
    assert str(today_of(run, leap_ms).day) == "2028-02-29"
    assert str(today_of(run, leap_ms).studied) == "2025-02-28"


def test_the_call_needs_a_session_and_the_folder_belongs_to_the_run(tmp_path: Path) -> None:
    folder = make_run(tmp_path / "run", NOW_MS, hours=0.1)
    put(folder.forecast / "tested", backtested(MIDNIGHT_MS))
    (tmp_path / "pages").mkdir()
    with (
        served(folder.path, lambda: NOW_MS, tmp_path / "pages") as site,
        httpx.Client(base_url=site.address, trust_env=False) as client,
    ):
        assert client.get("/api/v1/forecast").status_code == 401
        client.post("/api/v1/login", json={"secret": SECRET}, headers={"X-Lingtan": "1"})
        answer = client.get("/api/v1/forecast")
    assert answer.status_code == 200
    assert answer.json()["tested"]["targets"][0]["title"] == {"en": "The works", "zh": "工厂"}
    assert folder.strangers() == []  # so that the run, whose secret has been read by now, can be served again
