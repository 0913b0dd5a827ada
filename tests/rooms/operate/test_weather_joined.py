"""A plan takes the last weather issued and received by its gate, says how old it is, and does without where there is none."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.forecast.naive import naive_forecast
from lingtan.forecast.weathered import Ahead, weathered
from lingtan.operate import planning
from lingtan.operate.notes import Notebook, read_notes
from lingtan.operate.planning import Planner
from lingtan.operate.serving import modules_of
from lingtan.operate.store import (
    Batch,
    Point,
    RunFacts,
    RunFolder,
    Sample,
    TelemetryReader,
    TelemetryWriter,
    Vintage,
    WeatherWriter,
)
from lingtan.operate.weather.feed import Feed, sources_of
from lingtan.operate.weather.joined import said
from lingtan.operate.weather.vintage import GOOD_FOR_MS, HOUR_MS, known_at
from lingtan.operate.weather_process import serve
from lingtan.series import Quality, Series
from tests.rooms.operate.operate_samples import START_MS, Virtual, live_case

DAYS = 12
PAST = TimeGrid(np.datetime64("2026-02-19T16:00"), 15, DAYS * 96, "Asia/Shanghai")
WINDOW = TimeGrid(PAST.end.astype("M8[m]"), 15, 96, "Asia/Shanghai")


def sun_of(day_by_day: list[float], steps: int) -> np.ndarray:
    """A half sine by day, of another height each day [W/m2]."""
    shape = np.maximum(0.0, np.sin((np.arange(96) / 96.0 - 0.25) * 2.0 * np.pi))
    return np.concatenate([height * shape for height in day_by_day])[:steps]


HEIGHTS = [800.0, 300.0, 600.0, 200.0, 700.0, 500.0, 100.0, 900.0, 400.0, 650.0, 250.0, 800.0]


def test_sun_moves_a_naive_forecast_by_what_it_did_before() -> None:
    """A plant of 0.4 kW per W/m2: after a day of 800 comes one of 300, so noon falls from 320 to 120 kW. Naive says 320. The slope
    is shrunk by a hundredth: 320 − 0.4 · 500 / 1.01 = 121.98."""
    sun, dull = sun_of(HEIGHTS, DAYS * 96), sun_of([300.0], 96)
    known = Series("pv", 0.4 * sun, "kW", PAST, np.full(sun.size, Quality.MEASURED, dtype=np.uint8))
    naive = naive_forecast(known, WINDOW)
    assert naive.values.max() == pytest.approx(320.0)
    found = weathered(known, naive, "pv", Ahead(sun, sun, dull), 400.0)
    assert found is not None
    assert found.values[48] == pytest.approx(320.0 - 0.4 * 500.0 / 1.01)
    assert found.values[:24].tolist() == [0.0] * 24


def test_weather_that_said_the_opposite_of_late_leaves_it_naive() -> None:
    """Rules out trust in a feed that went wrong: of the newest days it said dull where the sun shone."""
    sun = sun_of(HEIGHTS, DAYS * 96)
    other = sun_of([*HEIGHTS[:9], *(1000.0 - height for height in HEIGHTS[9:])], DAYS * 96)
    known = Series("pv", 0.4 * sun, "kW", PAST, np.full(sun.size, Quality.MEASURED, dtype=np.uint8))
    assert weathered(known, naive_forecast(known, WINDOW), "pv", Ahead(other, other, other[:96]), 400.0) is None


@pytest.mark.parametrize("measured_days", [0, 5])
def test_too_little_that_was_measured_teaches_nothing(measured_days: int) -> None:
    """The studied year's values stand in for what was not recorded, and say nothing of this weather."""
    sun = sun_of(HEIGHTS, DAYS * 96)
    quality = np.full(sun.size, Quality.ASSUMED, dtype=np.uint8)
    quality[sun.size - measured_days * 96 :] = Quality.MEASURED
    known = Series("pv", 0.4 * sun, "kW", PAST, quality)
    assert weathered(known, naive_forecast(known, WINDOW), "pv", Ahead(sun, sun, sun[:96]), 400.0) is None


def vintage(issued_ms: int, value: float, received_ms: int | None = None, steps: int = 72) -> Vintage:
    received = issued_ms if received_ms is None else received_ms
    return Vintage("folder", issued_ms, received, issued_ms, HOUR_MS, {"ghi_w_per_m2": [value] * steps})


def test_the_newest_issue_that_had_come_in_is_taken() -> None:
    """At the gate the third was issued and had not come in; the second is newer than the first, though it came before it."""
    first, second = vintage(0, 1.0, 3 * HOUR_MS), vintage(HOUR_MS, 2.0)
    third = vintage(2 * HOUR_MS, 3.0, 9 * HOUR_MS)
    at = np.array([10 * HOUR_MS])
    for gate_h, wanted in ((0, None), (1, 2.0), (4, 2.0), (8, 2.0), (9, 3.0)):
        found = said([third, first, second], "ghi_w_per_m2", at, np.array([gate_h * HOUR_MS]))[0]
        assert (None if np.isnan(found) else found) == wanted, gate_h
    assert [each.issued_ms for each in known_at([first, third, second], 8 * HOUR_MS)] == [HOUR_MS, 0]


def test_a_vintage_ends_with_its_age_and_with_what_it_says() -> None:
    long = vintage(0, 1.0, steps=200)
    when = np.array([GOOD_FOR_MS, GOOD_FOR_MS + 1, GOOD_FOR_MS])
    stamps = np.array([100 * HOUR_MS, 100 * HOUR_MS, 200 * HOUR_MS])
    assert np.isnan(said([long], "ghi_w_per_m2", stamps, when)).tolist() == [False, True, True]


class Kept:
    """Vintages that a planner may ask for, none of them sorted out by the store."""

    def __init__(self, *vintages: Vintage) -> None:
        self.given = vintages

    def vintages(self, _from_ms: int, _gate_ms: int) -> tuple[Vintage, ...]:
        return self.given


@pytest.fixture
def store(tmp_path: Path):
    """Eight days of a plant that gives a quarter of a kW per W/m2, one sample each quarter of an hour."""
    with TelemetryWriter(tmp_path / "telemetry.sqlite") as made:
        made.know([Point("pv.available_kw", "kW", "pv"), Point("works.power_kw", "kW", "works")])
        for back, height in zip(range(8 * 96, 0, -1), sky(), strict=True):
            made.write(Batch({"pv.available_kw": Sample(START_MS - back * 900_000, 0.25 * height, 0)}))
        yield made


def sky(count: int = 8 * 96) -> list[float]:
    return [HEIGHTS[step // 96] * (0.5 + 0.5 * float(np.sin(step / 96 * 2 * np.pi))) for step in range(count)]


def issued_daily() -> list[Vintage]:
    """A perfect forecast of three days, once a day, and the last of them at the gate."""
    row = sky(12 * 96)
    begin = START_MS - 8 * 86_400_000
    return [
        Vintage("folder", at, at, at, 900_000, {"ghi_w_per_m2": row[day * 96 : (day + 3) * 96]})
        for day in range(9)
        for at in (begin + day * 86_400_000,)
    ]


def test_a_plan_says_what_weather_it_took_and_how_old_it_was(store: TelemetryWriter) -> None:
    issue = Planner(live_case(), weather=Kept(*issued_daily())).plan(store, {"battery": 0.5}, START_MS + 600_000)
    assert issue.row.accepted
    told = {"standing": "fresh", "source": "folder", "issued_ms": START_MS, "age_s": 600, "moved": ["pv"]}
    assert issue.row.certificate["weather"] == told


def test_no_weather_after_the_gate_moves_a_plan(store: TelemetryWriter) -> None:
    """Neither what is issued later nor what came in later; without any, the plan is that of no feed, and says so."""
    gate_ms = START_MS + 600_000
    before = Planner(live_case(), weather=Kept(*issued_daily())).plan(store, {"battery": 0.5}, gate_ms)
    late = [vintage(gate_ms + 1, 900.0), vintage(START_MS + 1, 900.0, gate_ms + 1)]
    after = Planner(live_case(), weather=Kept(*issued_daily(), *late)).plan(store, {"battery": 0.5}, gate_ms)
    alone = Planner(live_case()).plan(store, {"battery": 0.5}, gate_ms)
    missing = Planner(live_case(), weather=Kept(*late)).plan(store, {"battery": 0.5}, gate_ms)
    assert (after.row.digest, after.steps) == (before.row.digest, before.steps)
    assert before.row.digest != alone.row.digest == missing.row.digest
    assert missing.row.certificate["weather"] == {"standing": "none"}
    assert "weather" not in alone.row.certificate


def test_an_old_forecast_is_persisted_and_a_very_old_one_is_not(store: TelemetryWriter) -> None:
    early = [each for each in issued_daily() if each.issued_ms < START_MS - 86_400_000]
    moved = Planner(live_case(), weather=Kept(*early)).plan(store, {"battery": 0.5}, START_MS)
    assert moved.row.certificate["weather"]["standing"] == "old"
    gone = [replace(each, issued_ms=each.issued_ms - 86_400_000) for each in early]
    alone = Planner(live_case(), weather=Kept(*gone)).plan(store, {"battery": 0.5}, START_MS)
    assert alone.row.certificate["weather"] == {"standing": "none"}


def test_the_weather_process_serves_its_run_and_control_takes_its_notes(tmp_path: Path) -> None:
    """Once each, however often control looks; the process runs only where a source is named."""
    (drop := tmp_path / "drop").mkdir()
    run = RunFolder(tmp_path / "run")
    facts = RunFacts("", (), {}, 0, False, "", 0, "auto", weather=(str(drop),))
    run.create(facts)
    assert run.facts() == facts
    assert [name for name, _ in modules_of(facts)] == ["control", "planner", "weather", "web"]
    assert "weather" not in dict(modules_of(replace(facts, weather=())))
    (drop / "bad.json").write_text(json.dumps({"issued_at": 1}))
    looks = iter([False, False, True])
    with WeatherWriter(run.weather) as weather:
        feed = Feed(weather, sources_of(facts.weather, ""), Notebook(run.weather_notes), "Asia/Shanghai")
        serve(run, feed, Fixed(), lambda _: next(looks))  # type: ignore[arg-type]
    assert [each.code for each in read_notes(run.weather_notes)] == ["operate.weather-refused"]
    assert run.alive("weather").exists()
    assert run.strangers() == []
    with TelemetryWriter(tmp_path / "telemetry.sqlite") as kept:
        park = Virtual(kept, plans=False)
        for _ in range(2):
            park.practice.operation.take_notes(run.weather_notes, "weather_notes_taken")
        assert park.codes().count("operate.weather-refused") == 1
        with TelemetryReader(kept.path) as reader:
            assert (reader.state("weather_notes_taken"), reader.state("notes_taken")) == (1, 0)


class Fixed:
    """A clock that stands."""

    @staticmethod
    def now_ms() -> int:
        return START_MS

    @staticmethod
    def follow() -> int:
        return 0


def test_the_span_that_is_asked_for_holds_all_that_may_teach() -> None:
    """14 days, and the two before them whose issue was still good then."""
    assert planning.WEATHER_BACK_MS == 16 * 86_400_000
