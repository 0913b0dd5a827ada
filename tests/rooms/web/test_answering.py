"""A reading that nobody renews is not shown as what is, and a device that does not answer is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import pytest

from lingtan.devices import shipped_templates
from lingtan.operate.installed import write_templates
from lingtan.operate.store import TelemetryWriter
from lingtan.operate.store.run_folder import write_json_atomically
from lingtan.operate.wiring import Wire
from lingtan.web.answering import aged, limits_s, silent
from lingtan.web.now import now_message
from lingtan.web.run import OpenRun, open_run
from tests.recorded_run import Recorder, make_run

NOW_MS = 1_795_840_200_000
LIMITS = {"grid": 5.0, "battery": 60.0}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRun]:
    folder = make_run(tmp_path_factory.mktemp("answering") / "run", NOW_MS, hours=0.01)
    with open_run(folder.path) as opened:
        yield opened


def reading(age_s: float, quality: int = 0) -> dict[str, float]:
    return {"value": 1.0, "quality": quality, "age_s": age_s}


@pytest.mark.parametrize(
    ("point", "age_s", "since_ms", "quality", "wanted"),
    [
        ("grid.import_kwh", 5.0, 0, 0, 0),
        ("grid.import_kwh", 5.1, 0, 0, 2),  # a point without a channel, which control does not judge
        ("battery.power_kw", 59.0, 0, 0, 0),  # a slow device by its template
        ("grid.power_kw", 0.4, 5_000, 0, 2),  # control is silent, so its last word gets old
        ("grid.power_kw", 90.0, 0, 3, 3),  # bad stays bad
        ("main.losses_kw", 6.0, 0, 0, 2),
    ],
)
def test_what_is_older_than_its_device_may_be_is_stale(
    point: str, age_s: float, since_ms: int, quality: int, wanted: int
) -> None:
    found = aged({point: reading(age_s, quality)}, LIMITS, since_ms)[point]
    assert (found["quality"], found["age_s"]) == (wanted, age_s + since_ms / 1000)


def test_a_device_is_silent_that_gave_nothing_in_time() -> None:
    """Rules out that one old register, or a bad value that just came, makes a device silent; and that one unheard of is not."""
    points = {"grid.power_kw": reading(0.4, 3), "grid.demand_kw": reading(400.0, 2), "battery.soc": reading(61.0, 2)}
    assert silent(points, {**LIMITS, "pv": 5.0}) == ["battery", "pv"]


def test_the_limits_are_those_of_the_templates_in_the_wiring(run: OpenRun) -> None:
    """Without a wiring every connection and asset has a device; an unknown template has the usual limit."""
    assert limits_s(run.folder, run.park) == {"grid": 5.0, "works": 5.0, "pv": 5.0, "battery": 5.0}
    kinds = {"battery": "sunspec_battery", "grid": "unknown", "works": "slow_meter"}
    wires = {name: asdict(Wire(kind, "h", 1, 1)) for name, kind in kinds.items()}
    slow = shipped_templates()["load_meter"].model_copy(update={"id": "slow_meter", "stale_after_s": 90.0})
    write_json_atomically(run.folder.wiring, wires)
    write_templates(run.folder.templates, {"slow_meter": slow})
    try:
        assert limits_s(run.folder, run.park) == {"battery": 5.0, "grid": 5.0, "works": 90.0}
    finally:
        run.folder.wiring.unlink()
        run.folder.templates.unlink()


def test_now_names_the_devices_that_do_not_answer(run: OpenRun) -> None:
    lost = {"grid": 71.0, "works": 71.0, "pv": 71.0, "battery": 71.0}
    with TelemetryWriter(run.folder.telemetry) as telemetry:
        recorder = Recorder(telemetry)
        recorder.tick(NOW_MS + 1000)
        assert now_message(run, NOW_MS + 1000)["devices"] == {"silent": [], "all": 4}
        recorder.tick(NOW_MS + 2000, silent_s={"battery": 6.0})
        assert now_message(run, NOW_MS + 2000)["devices"] == {"silent": ["battery"], "all": 4}
        recorder.tick(NOW_MS + 3000, silent_s=lost)
    now = now_message(run, NOW_MS + 3000)
    assert now["devices"] == {"silent": ["grid", "works", "pv", "battery"], "all": 4}
    assert {each["quality"] for each in now["points"].values()} == {2}


def test_silence_of_control_is_not_put_down_to_the_devices(run: OpenRun) -> None:
    """All its readings are old then, and are shown so; whether the devices answer nobody knows."""
    with TelemetryWriter(run.folder.telemetry) as telemetry:
        Recorder(telemetry).tick(NOW_MS + 4000)
    now = now_message(run, NOW_MS + 64_000)
    assert (now["devices"]["silent"], now["processes"]["control"]["alive"]) == ([], False)
    assert {each["quality"] for each in now["points"].values()} == {2}
    assert now["points"]["grid.power_kw"]["age_s"] == 60.4
