"""What the calls answer, against a recorded run whose numbers are known."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from lingtan.findings import InputError
from lingtan.operate.store import EventRow, Order, PlansWriter, RunFolder, TelemetryWriter
from lingtan.web.calculation import answer as answer_to
from lingtan.web.history import history_of
from lingtan.web.now import now_message, standing_orders
from lingtan.web.run import open_run
from tests.recorded_run import GAP_KW, QUARTER_MS, SECRET, Recorder, make_run, plan_of, powers
from tests.served_run import Served, served

NOW_MS = 1_795_840_200_000
"""2026-11-28 04:30 UTC: half past noon in Shanghai."""
MARK = {"X-Lingtan": "1"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("served")
    (home / "pages").mkdir()
    make_run(home / "run", NOW_MS, hours=2.0)
    with served(home / "run", lambda: NOW_MS + 250, home / "pages") as there:
        yield there


@pytest.fixture(scope="module")
def client(site: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.address, trust_env=False, timeout=60) as opened:
        assert opened.post("/api/v1/login", json={"secret": SECRET}, headers=MARK).status_code == 204
        yield opened


def ordered(client: httpx.Client, **form: object) -> httpx.Response:
    return client.post("/api/v1/orders", json=form, headers=MARK)


def test_the_park_is_told_in_both_languages_with_the_sizes_of_the_run(client: httpx.Client) -> None:
    """Rules out the ranges of the park file (battery to 5 MW) in place of the run's sizes (2 MW)."""
    park = client.get("/api/v1/park").json()
    assert park["title"] == {"en": "A small park to start from", "zh": "入门示例园区"}
    assert park["assets"]["battery"] == {
        "title": {"en": "Battery", "zh": "储能"}, "family": "battery", "sets": "power", "low_kw": -2000.0, "high_kw": 2000.0,
        "power_kw": 2000.0, "energy_kwh": 4000.0,
    }  # fmt: skip
    assert park["assets"]["works"]["title"] == {"en": "The works", "zh": "工厂"}
    assert [park["assets"]["pv"][key] for key in ("sets", "low_kw", "high_kw")] == ["limit", 0.0, 6000.0]
    assert park["connections"]["grid"] == {
        "title": {"en": "Grid", "zh": "电网"}, "import_limit_kw": 15_200.0, "export_limit_kw": 0.0,
    }  # fmt: skip
    assert (park["studied_year"], park["zone"], park["twin"]) == (2025, "Asia/Shanghai", True)


def test_now_is_what_control_wrote_down_and_a_quarter_second_older(client: httpx.Client) -> None:
    now = client.get("/api/v1/now").json()
    values = {name: point["value"] for name, point in now["points"].items()}
    assert values == pytest.approx(powers(NOW_MS))
    total = sum(value for name, value in values.items() if name.endswith(".power_kw"))
    assert total == pytest.approx(GAP_KW)
    assert now["points"]["battery.soc"]["age_s"] == 0.65
    assert (now["mode"], now["tick_ms"], now["at_ms"]) == ("auto", NOW_MS, NOW_MS + 250)
    assert now["ticks"] == {"p99_ms": 18.6, "late": 2, "missed": 1}
    battery = now["decisions"]["battery"]
    assert (battery["author_words"], battery["words"]) == (
        {"en": "plan", "zh": "计划"},
        {"en": "follows the plan", "zh": "跟随计划"},
    )
    assert now["processes"] == {
        "control": {"alive": True, "age_s": 0.25},
        "planner": {"alive": True, "age_s": 20.25},
    }


def test_the_price_is_that_of_the_step_and_the_next_that_differs(client: httpx.Client) -> None:
    """Half past noon is flat (0.57); the next change is not the next step but the peak at 17:00."""
    now = client.get("/api/v1/now").json()
    five = NOW_MS + 18 * QUARTER_MS
    assert (now["price_cny_per_kwh"], now["next_price_cny_per_kwh"], now["next_price_ms"]) == (0.57, 0.888, five)


def test_without_a_demand_limit_the_connection_limits(client: httpx.Client) -> None:
    demand = client.get("/api/v1/now").json()["demand"]
    assert (demand["limit_kw"], demand["limit_of"]) == (15_200.0, "connection")
    assert demand["ends_ms"] - demand["start_ms"] == QUARTER_MS


def test_history_holds_past_and_plan_on_both_sides_of_now(client: httpx.Client) -> None:
    told = client.get("/api/v1/history", params={"hours": 1}).json()
    power = told["actual"]["grid.power_kw"]
    assert told["step_ms"] == 10_000
    assert (power["at_ms"][0], power["at_ms"][-1]) == (NOW_MS - 3_600_000, NOW_MS)
    assert power["value"][0] == pytest.approx(powers(NOW_MS - 3_600_000)["grid.power_kw"])
    plan = told["plan"]["assets"]["battery"]
    assert plan["at_ms"] == [NOW_MS + n * QUARTER_MS for n in range(-4, 5)]
    assert plan["soc"][4] == pytest.approx(powers(NOW_MS + QUARTER_MS)["battery.soc"], abs=1e-6)
    assert told["plan"]["issued_ms"] == NOW_MS - QUARTER_MS
    assert told["plan"]["assets"]["works"]["soc"] == [None] * 9


@pytest.mark.parametrize("hours", ["0", "-1", "49", "nan", "a"])
def test_a_span_out_of_range_is_a_finding(client: httpx.Client, hours: str) -> None:
    answer = client.get("/api/v1/history", params={"hours": hours})
    assert answer.status_code == 422
    assert answer.json()["findings"][0]["code"] == "web.bad-query"


def test_the_log_speaks_both_languages_of_points_orders_and_ends(client: httpx.Client, site: Served) -> None:
    until = NOW_MS + 1_800_000
    site.run.orders.add(Order(NOW_MS, "operator", "mode", None, {"mode": "shadow"}, None))
    site.run.orders.add(Order(NOW_MS + 1, "operator", "proposal", "battery", {"wish_kw": -1500.0}, until))
    site.run.orders.add(Order(NOW_MS + 2, "operator", "proposal", "pv", {"low_kw": None, "high_kw": 500.0}, None))
    entries = client.get("/api/v1/log").json()["entries"]
    words = [entry["words"] for entry in entries]
    assert [entry["at_ms"] for entry in entries] == sorted((entry["at_ms"] for entry in entries), reverse=True)
    assert words[:3] == [
        {"en": "Operator: PV at most 500 kW until it is released", "zh": "操作员：光伏不高于 500 kW，直至解除"},
        {"en": "Operator: Battery at -1,500 kW until 13:00", "zh": "操作员：储能设为 -1,500 kW，至 13:00"},
        {"en": "Operator: mode shadow", "zh": "操作员：切换为影子模式"},
    ]
    assert {"en": "Grid demand: the reading is stale (7.0 s)", "zh": "电网需量：读数过期（7.0 s）"} in words
    assert {"en": "Grid demand: over: stale reading", "zh": "电网需量：已解除：读数过期"} in words
    assert {
        "en": "Park: in its fail-safe; waiting for: Grid power",
        "zh": "园区：处于安全状态，等待测点：电网功率",
    } in words


def test_an_event_that_nobody_gave_words_for_is_shown_by_its_code(client: httpx.Client, site: Served) -> None:
    with TelemetryWriter(site.run.folder.telemetry) as telemetry:
        Recorder(telemetry).say(EventRow(NOW_MS + 9, "future.thing", "works", "alarm", {}))
    entry = client.get("/api/v1/log", params={"limit": 1}).json()["entries"][0]
    assert entry["words"] == {"en": "The works: future.thing", "zh": "工厂：future.thing"}


def test_orders_are_rows_that_control_reads(client: httpx.Client, site: Served) -> None:
    before = site.run.orders.last_id()
    assert ordered(client, kind="stop", asset="battery").status_code == 201
    assert client.get("/api/v1/now").status_code == 200
    answer = ordered(client, kind="proposal", asset="battery", wish_kw=-500, minutes=30)
    assert answer.json() == {"id": before + 2, "at_ms": NOW_MS + 250}
    stop, power = site.run.orders.orders(after_id=before)
    assert (stop.kind, stop.asset, stop.body, stop.expires_ms) == ("stop", "battery", {}, None)
    # One value exactly: both bounds are the wish, or whoever comes after may move it.
    assert power.body == {"low_kw": -500.0, "high_kw": -500.0, "wish_kw": -500.0}
    assert power.expires_ms == NOW_MS + 250 + 1_800_000


def test_a_release_ends_what_an_operator_asked_for(client: httpx.Client, site: Served) -> None:
    ordered(client, kind="stop", asset="battery")
    ordered(client, kind="proposal", asset="battery", wish_kw=100, minutes=5)
    assert standing_orders(site.run, NOW_MS)["battery"]["kind"] == "stop"
    ordered(client, kind="release", asset="battery")
    assert "battery" not in standing_orders(site.run, NOW_MS)
    ordered(client, kind="proposal", asset="pv", high_kw=100, minutes=1)
    assert standing_orders(site.run, NOW_MS)["pv"]["high_kw"] == 100.0
    assert "pv" not in standing_orders(site.run, NOW_MS + 61_000)


@pytest.mark.parametrize(
    ("form", "codes"),
    [
        ({"kind": "explode"}, ["sheet.not-a-choice"]),
        ({"kind": "mode"}, ["sheet.missing-key"]),
        ({"kind": "stop"}, ["sheet.missing-key"]),
        ({"kind": "stop", "asset": "grid"}, ["web.no-such-asset"]),
        ({"kind": "stop", "asset": "works"}, ["web.no-such-asset"]),
        ({"kind": "proposal", "asset": "battery", "wish_kw": 1}, ["sheet.missing-key"]),
        ({"kind": "proposal", "asset": "battery", "minutes": 5}, ["sheet.missing-key"]),
        ({"kind": "proposal", "asset": "battery", "wish_kw": 2001, "minutes": 5}, ["web.beyond-rating"]),
        ({"kind": "proposal", "asset": "pv", "wish_kw": -1, "minutes": 5}, ["web.beyond-rating"]),
        ({"kind": "proposal", "asset": "pv", "low_kw": 9, "high_kw": 3, "minutes": 5}, ["web.crossed-bounds"]),
        ({"kind": "proposal", "asset": "battery", "wish_kw": 1, "minutes": 1441}, ["sheet.too-large"]),
    ],
)
def test_orders_that_make_no_sense_are_findings_and_no_rows(
    client: httpx.Client, site: Served, form: dict[str, object], codes: list[str]
) -> None:
    before = site.run.orders.last_id()
    answer = ordered(client, **form)
    found = [each["code"] for each in answer.json()["findings"]]
    assert (answer.status_code, len(found)) == (422, len(codes))
    assert all(code.startswith("sheet.") or code in found for code in codes), found
    assert site.run.orders.last_id() == before


def test_the_stream_tells_now_every_second(client: httpx.Client) -> None:
    heard: list[dict[str, object]] = []
    with client.stream("GET", "/api/v1/events") as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        for line in stream.iter_lines():
            if line.startswith("data: "):
                heard.append(json.loads(line.removeprefix("data: ")))
            if len(heard) == 2:
                break
    assert set(heard[0]) == set(client.get("/api/v1/now").json())


def test_a_calculator_answers_as_the_command_line_does(client: httpx.Client) -> None:
    answer = client.post("/api/v1/calc/irr", json={"flows": [-100, 150]}, headers=MARK)
    assert (answer.status_code, answer.json()["roots"]) == (200, [pytest.approx(0.5)])
    wrong = answer_to("irr", b'{"flows": [], "more": 1}')
    assert (wrong["status"], len(wrong["body"]["findings"])) == (422, 2)
    assert answer_to("irr", b"{")["status"] == 400
    lost = client.post("/api/v1/calc/nothing", json={}, headers=MARK)
    assert (lost.status_code, lost.json()["findings"][0]["expected"]) == (
        404,
        "backtest, bill, cash_flow, inventory, irr, sizing",
    )


def test_without_pages_the_way_to_build_them_is_told(client: httpx.Client) -> None:
    answer = client.get("/")
    assert answer.status_code == 503
    assert "make ui" in answer.text


def test_a_refused_plan_is_told_and_the_accepted_one_stays(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = make_run(tmp_path_factory.mktemp("refused") / "run", NOW_MS, hours=0.3)
    with PlansWriter(folder.plans) as plans:
        plans.issue(replace(plan_of(NOW_MS)[0], accepted=False, reason="power"))
    with open_run(folder.path) as run:
        now = now_message(run, NOW_MS)
    assert now["plan"] == {"issued_ms": NOW_MS - QUARTER_MS, "accepted": True}
    assert now["last_plan"] == {"issued_ms": NOW_MS, "accepted": False, "reason": "power"}


def test_the_weather_of_the_plan_is_told_with_its_age_now(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Issued two hours before, asked for ten minutes after the plan: 7,800 s, and not the age that the plan was made at."""
    folder = make_run(tmp_path_factory.mktemp("weather") / "run", NOW_MS, hours=0.3)
    told = {"standing": "fresh", "source": "folder", "issued_ms": NOW_MS - 7_200_000, "age_s": 7200, "moved": ["pv"]}
    with open_run(folder.path) as run:
        assert now_message(run, NOW_MS)["weather"] is None
    with PlansWriter(folder.plans) as plans:
        row = plan_of(NOW_MS)[0]
        plans.issue(replace(row, certificate={**row.certificate, "weather": told}))
    with open_run(folder.path) as run:
        assert now_message(run, NOW_MS + 600_000)["weather"] == {**told, "age_s": 7800}


def test_a_run_that_has_not_begun_is_all_unknown(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Rules out zeros, and a crash, before control has written its first tick."""
    made = make_run(tmp_path_factory.mktemp("made") / "run", NOW_MS, hours=0.01)
    fresh = RunFolder(tmp_path_factory.mktemp("fresh") / "run")
    fresh.create(made.facts())
    fresh.park.write_text(made.park.read_text("utf-8"), "utf-8")
    with open_run(fresh.path) as run:
        now = now_message(run, NOW_MS)
        told = history_of(run, NOW_MS, 1)
    assert now["points"] == now["decisions"] == now["orders"] == {}
    assert [now[key] for key in ("mode", "tick_ms", "demand", "devices", "ticks", "price_cny_per_kwh", "plan")] == [
        None
    ] * 7
    assert now["processes"]["control"] == {"alive": False, "age_s": None}
    assert (told["actual"], told["plan"]["assets"]) == ({}, {})


def test_a_folder_that_is_no_run_is_a_finding(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("empty")
    with pytest.raises(InputError) as caught, open_run(empty):
        pass
    assert str(caught.value) == (
        f"{empty}: web.no-run: {empty}: this is not the folder of a run; expected run.json. Start one with `lingtan serve PARK`."
    )
