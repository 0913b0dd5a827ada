"""The plant behind its registers, in virtual time. Balance by hand: works 500 kW; sun 320 kW, line up to 100, grid the rest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lingtan.devices import DeviceState, encode, shipped_templates
from lingtan.park.devices import DeviceAt
from lingtan.plant import initial_state, plant_of
from lingtan.twin import Refused, Surroundings, TwinPlant
from lingtan.twin.kept import keep, kept
from tests.rooms.twin.twin_parks import START_MS, Hand, fault, seconds, twin_case, twin_plant
from tests.small_parks import hours_grid, small_case


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def plant(clock: Hand) -> TwinPlant:
    return twin_plant(clock)


def tell(plant: TwinPlant, device: str, **values: float) -> None:
    line = plant.lines[device]
    for write in encode(plant.templates[device], values, {40071: 0}):
        line.write(write.address, write.words)


def power(plant: TwinPlant) -> dict[str, float | None]:
    return {name: bank.values()["power_kw"] for name, bank in plant.banks.items()}


def test_every_asset_and_connection_shows_its_power(plant):
    """Rules out a sign turned round on the way: what gives to the bus is above zero, an importing grid too."""
    shown = {"works": -500.0, "pv": 320.0, "battery": 0.0, "line": 100.0, "grid": 80.0}
    assert power(plant) == shown
    assert {name: one.id for name, one in plant.templates.items()} == {
        "works": "load_meter",
        "pv": "sunspec_pv",
        "battery": "sunspec_battery",
        "line": "firm_line_meter",
        "grid": "sunspec_meter",
    }


def test_a_device_that_the_park_file_names_is_the_one_that_is_practised_on(clock):
    """Rules out a twin of another make than the plant: the meter of the park has its registers elsewhere."""
    shipped = shipped_templates()
    other = shipped["load_meter"].model_copy(update={"id": "other_meter"})
    case = replace(twin_case(), templates={"other_meter": other})
    devices = {
        "works": DeviceAt(template="other_meter", host="10.0.3.4"),
        "pv": DeviceAt(template="gone", host="10.0.3.5"),
    }
    plant = TwinPlant(replace(case, park=case.park.model_copy(update={"devices": devices})), clock)
    kinds = {name: one.id for name, one in plant.templates.items()}
    assert (kinds["works"], kinds["pv"], kinds["line"]) == ("other_meter", "sunspec_pv", "firm_line_meter")


def test_a_set_point_is_followed_and_the_registers_count(plant, clock):
    """200 kW of discharge put the line to rest and let the grid export 20 kW; 36 s take 2 kWh of 400, half full at first."""
    tell(plant, "battery", set_power_kw=200.0, revert_time_s=60.0)
    before = plant.banks["grid"].values()
    seconds(plant, clock, 36)
    after = plant.banks["grid"].values()
    assert (power(plant)["grid"], power(plant)["line"]) == (-20.0, 0.0)
    assert after["export_kwh"] - before["export_kwh"] == pytest.approx(0.2, abs=0.0011)
    assert after["import_kwh"] == before["import_kwh"]
    assert plant.banks["battery"].values()["soc"] == pytest.approx(0.5 - 2.0 / 400, abs=1e-4)
    assert plant.banks["battery"].values()["state"] == DeviceState.RUNNING


def test_a_silent_controller_leaves_the_battery_at_its_revert_value(plant, clock):
    """The first step that begins after the lease has run out is the first one at rest."""
    tell(plant, "battery", set_power_kw=150.0, revert_kw=0.0, revert_time_s=10.0)
    seconds(plant, clock, 9)
    assert power(plant)["battery"] == 150.0
    seconds(plant, clock, 1)
    assert power(plant)["battery"] == 0.0
    assert plant.banks["battery"].reverts == 1


def test_a_limit_of_pv_is_followed_and_lets_go(plant, clock):
    tell(plant, "pv", set_limit_kw=200.0, revert_kw=400.0, revert_time_s=5.0)
    seconds(plant, clock, 1)
    values = plant.banks["pv"].values()
    assert (values["power_kw"], values["available_kw"], values["set_limit_kw"]) == (200.0, 320.0, 200.0)
    seconds(plant, clock, 5)
    assert power(plant)["pv"] == 320.0


def test_demand_slides(plant, clock):
    """80 kW for 300 s, then the battery charges by 100 kW for 300 s: their mean is 130 kW."""
    seconds(plant, clock, 299)
    tell(plant, "battery", set_power_kw=-100.0)
    seconds(plant, clock, 300)
    assert plant.banks["grid"].values()["demand_kw"] == pytest.approx(130.0, abs=0.01)


def test_the_clock_of_a_device_is_that_of_the_twin(plant, clock):
    seconds(plant, clock, 5)
    assert {bank.values()["clock_s"] for bank in plant.banks.values()} == {START_MS // 1000 + 5}


def test_a_tripped_device_gives_nothing_whatever_it_is_told_and_says_so(plant, clock):
    tell(plant, "battery", set_power_kw=150.0)
    wrong = [fault("battery", "tripped"), fault("pv", "tripped"), fault("line", "tripped"), fault("works", "tripped")]
    seconds(plant, clock, 2, *wrong)
    assert power(plant) == {"works": 0.0, "pv": 0.0, "battery": 0.0, "line": 0.0, "grid": 0.0}
    assert plant.banks["battery"].values()["state"] == DeviceState.TRIPPED
    assert plant.banks["pv"].values()["available_kw"] == 320.0
    seconds(plant, clock, 1)
    assert power(plant)["battery"] == 150.0


def test_a_frozen_device_shows_what_it_showed_and_still_obeys(plant, clock):
    """Rules out a freeze of the plant itself: only the registers stand still, heartbeat and clock with them."""
    before = plant.banks["battery"].values()
    tell(plant, "battery", set_power_kw=150.0)
    seconds(plant, clock, 5, fault("battery", "frozen"))
    after = plant.banks["battery"].values()
    assert {name for name in after if after[name] != before[name]} == {"set_power_kw"}
    assert (plant.measured["battery.power_kw"], power(plant)["line"], power(plant)["grid"]) == (150.0, 30.0, 0.0)


def test_noise_is_on_the_reading_and_not_on_the_plant(plant, clock):
    """Half of 200 kW as standard deviation: 50 readings that average within 60 kW of 0, hardly two alike."""
    readings = []
    for _ in range(50):
        seconds(plant, clock, 1, fault("battery", "noisy"))
        readings.append(power(plant)["battery"])
    assert len(set(readings)) > 45
    assert abs(np.mean(readings)) < 60.0
    assert 60.0 < np.std(readings) < 140.0
    assert plant.measured["battery.power_kw"] == 0.0


def test_out_of_range_is_ten_times_the_rating_or_as_ordered(plant, clock):
    seconds(plant, clock, 1, fault("battery", "out_of_range"))
    assert power(plant)["battery"] == 2000.0
    seconds(plant, clock, 1, fault("battery", "out_of_range", quantity="soc", value=1.7))
    assert plant.banks["battery"].values()["soc"] == pytest.approx(1.7)
    assert power(plant)["battery"] == 0.0


def test_a_clock_that_jumps_moves_no_lease(plant, clock):
    tell(plant, "battery", set_power_kw=150.0, revert_time_s=10.0)
    seconds(plant, clock, 5, fault("battery", "clock_jump", jump_s=7200))
    values = plant.banks["battery"].values()
    assert values["clock_s"] == START_MS // 1000 + 5 + 7200
    assert (values["power_kw"], values["revert_remaining_s"]) == (150.0, 5.0)


def test_a_refused_write_leaves_the_old_lease_to_run_out(plant, clock):
    tell(plant, "battery", set_power_kw=150.0, revert_time_s=3.0)
    seconds(plant, clock, 1, fault("battery", "refuse_write"))
    with pytest.raises(Refused, match=r"^exception 4 \(device failure\)$"):
        tell(plant, "battery", set_power_kw=100.0)
    seconds(plant, clock, 2, fault("battery", "refuse_write"))
    assert power(plant)["battery"] == 0.0


@pytest.mark.parametrize(
    ("kind", "raised", "said"),
    [
        ("socket_drop", ConnectionError, "the socket was dropped"),
        ("id_shift", ConnectionError, "the answer bears the number of another question"),
        ("slow", TimeoutError, "the answer came too late"),
    ],
)
def test_a_line_in_memory_falls_silent_as_a_wire_does(plant, clock, kind, raised, said):
    seconds(plant, clock, 1, fault("battery", kind))
    with pytest.raises(raised, match=f"^{said}$"):
        plant.lines["battery"].read(40070, 8)
    assert len(plant.lines["pv"].read(40070, 9)) == 9
    seconds(plant, clock, 1)
    assert len(plant.lines["battery"].read(40070, 8)) == 8


def test_a_write_whose_answer_is_late_was_done(plant, clock):
    """Rules out a driver that may take silence for 'not written'."""
    seconds(plant, clock, 1, fault("battery", "slow"))
    with pytest.raises(TimeoutError, match=r"^the answer came too late$"):
        tell(plant, "battery", set_power_kw=150.0)
    assert plant.banks["battery"].order_kw() == 150.0


def test_the_time_of_year_is_that_of_the_studied_year_and_values_flow_between_hours():
    """Need 0, 100, 200 … by the hour: at 10:30 that of hour 10, at 11:00 halfway to the next; 23:30 leads into 0:30."""
    around = Surroundings(small_case(np.arange(24) * 100.0, grid=hours_grid(24)))
    hour_ms = 3_600_000

    def need(after_ms: int) -> float:
        return around.at(START_MS + after_ms).need_kw["works"]

    assert [need(0), need(hour_ms // 2), need(hour_ms)] == pytest.approx([1000.0, 1050.0, 1100.0])
    assert need(13 * hour_ms + hour_ms // 2 - 1000) == pytest.approx(1150.0, abs=1.0)
    assert around.most_kw("works") == 2300.0


def test_a_process_that_stood_still_moves_the_plant_by_a_minute_at_most(plant, clock):
    """Rules out an hour at the set-point of a controller that nobody could reach meanwhile."""
    tell(plant, "battery", set_power_kw=60.0)
    clock.move(3600)
    plant.advance()
    assert plant.state.batteries["battery"].content_kwh == pytest.approx(199.0, abs=1e-6)


def test_what_survives_a_restart(plant, clock, tmp_path):
    """Rules out a battery that is half full again and a register that falls."""
    tell(plant, "battery", set_power_kw=180.0)
    seconds(plant, clock, 100)
    file = tmp_path / "twin.json"
    keep(file, plant.state)
    fresh = initial_state(plant_of(twin_case().park))
    again = kept(file, fresh)
    assert again.batteries == plant.state.batteries
    assert again.meters["grid"].export_kwh == plant.state.meters["grid"].export_kwh > 0.0
    assert again.meters["grid"].seconds.size == 0


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"batteries": {}, "meters": {}}', '{"batteries": {"battery": {"content_kwh": -1}}, "meters": {}}'],
)
def test_a_memory_that_is_not_whole_is_not_used(text, tmp_path):
    file = tmp_path / "twin.json"
    file.write_text(text)
    fresh = initial_state(plant_of(twin_case().park))
    assert kept(file, fresh) is fresh
    assert kept(tmp_path / "none.json", fresh) is fresh
