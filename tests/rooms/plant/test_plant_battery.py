"""A battery in the plant: limits, losses, standing loss, aging."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.park import Battery
from lingtan.plant import BatteryState, initial_state, step
from lingtan.plant.battery import HOURS_PER_YEAR, health_of, run_battery, usable_kwh
from tests.rooms.plant.plant_samples import CALM, with_battery
from tests.small_parks import battery

HOUR = 3600.0


def cells(power: float = 100.0, energy: float = 200.0, **more: object) -> Battery:
    return Battery.model_validate({"bus": "main", **battery(power, energy, **more)})


def follow(of: Battery, content_kwh: float, wanted_kw: float, dt_s: float = HOUR) -> tuple[BatteryState, float, float]:
    """State, power and state of charge after one step."""
    state, points = run_battery(of, BatteryState(content_kwh), np.array([wanted_kw]), dt_s)
    return state, float(points["power_kw"][0]), float(points["soc"][0])


def test_discharging_is_positive_and_empties_the_cells() -> None:
    """With the sign turned the battery would end at 150 kWh."""
    state, power, _ = follow(cells(), 100.0, 50.0)
    assert (power, state.content_kwh) == (50.0, 50.0)


def test_losses_lie_between_the_bus_and_the_cells_both_ways() -> None:
    """80 % each way: 50 kW out of the bus stores 40 kWh; 40 kW into it draws 50 kWh. One efficiency for both gives 45 or 32."""
    lossy = cells(charge_efficiency=0.8, discharge_efficiency=0.8)
    charged, _, _ = follow(lossy, 100.0, -50.0)
    drawn, _, _ = follow(lossy, 100.0, 40.0)
    assert (charged.content_kwh, charged.lost_kwh) == pytest.approx((140.0, 10.0))
    assert (drawn.content_kwh, drawn.lost_kwh, drawn.throughput_kwh) == pytest.approx((50.0, 10.0, 50.0))


@pytest.mark.parametrize(("wanted", "power"), [(500.0, 100.0), (-500.0, -100.0), (float("inf"), 100.0)])
def test_a_set_point_beyond_the_rating_is_cut_to_it(wanted: float, power: float) -> None:
    assert follow(cells(energy=1000.0), 500.0, wanted)[1] == power


def test_it_gives_no_more_than_it_holds_and_takes_no_more_than_fits() -> None:
    """With 80 % each way 40 kWh give 32 kWh at the bus; room for 20 kWh takes 25 kWh from it."""
    lossy = cells(charge_efficiency=0.8, discharge_efficiency=0.8)
    empty, out, low = follow(lossy, 40.0, 100.0)
    full, taken, _ = follow(lossy, 180.0, -100.0)
    assert (out, low, empty.content_kwh) == (32.0, 0.0, 0.0)
    assert taken == pytest.approx(-25.0)
    assert full.content_kwh == pytest.approx(200.0, rel=1e-4)  # a hair of fading lies between


def test_standing_loss_is_per_day_and_not_per_step() -> None:
    """1 % a day: 96 quarter-hours lose what a day loses; per step it would be 62 %."""
    leaky = cells(standing_loss_per_day=0.01)
    state, points = run_battery(leaky, BatteryState(100.0), np.zeros(96), 900.0)
    assert state.content_kwh == pytest.approx(99.0)
    assert state.lost_kwh == pytest.approx(1.0)
    assert points["power_kw"].tolist() == [0.0] * 96


def test_the_calendar_wears_it_down_to_eighty_percent_at_the_end_of_its_life() -> None:
    of = cells(life=10)
    assert health_of(of, BatteryState(0.0, age_h=10 * HOURS_PER_YEAR)) == pytest.approx(0.8)
    assert usable_kwh(of, BatteryState(0.0, age_h=5 * HOURS_PER_YEAR)) == pytest.approx(180.0)


def test_cycles_wear_it_down_where_they_are_faster_and_do_not_add_up_with_the_calendar() -> None:
    """Half its cycles in a tenth of its life: 0.9; added up it would be 0.88."""
    worn = BatteryState(0.0, throughput_kwh=6000.0 * 200.0 / 2, age_h=HOURS_PER_YEAR)
    assert health_of(cells(life=10), worn) == pytest.approx(0.9)


def test_state_of_charge_is_of_what_is_usable_now() -> None:
    """Cells that hold 160 kWh of once 200 are full at 160: a full charge must read 1 and not 0.8."""
    old = BatteryState(150.0, throughput_kwh=6000.0 * 200.0)
    state, points = run_battery(cells(), old, np.array([-100.0]), HOUR)
    assert points["soc"].tolist() == [1.0]
    assert state.content_kwh == pytest.approx(160.0, rel=1e-3)
    assert points["power_kw"][0] == pytest.approx(-10.0)


def test_what_fading_cells_no_longer_hold_is_lost_and_counted() -> None:
    """Full at 160 kWh, nothing asked: an hour of ten years takes a hair of capacity, and the books still balance."""
    state, _, soc = follow(cells(life=10), 200.0, 0.0)
    faded = 200.0 * 0.2 / (10 * HOURS_PER_YEAR)
    assert soc == 1.0
    assert state.lost_kwh == pytest.approx(faded)


def test_a_battery_of_no_energy_does_nothing() -> None:
    """Rules out a division by a size of zero, which a study may choose."""
    state, power, soc = follow(cells(energy=0.0), 0.0, 50.0)
    assert (state.content_kwh, power, soc) == (0.0, 0.0, 0.0)


def test_a_new_plant_is_half_full_unless_said() -> None:
    plant = with_battery()
    assert initial_state(plant).batteries["battery"].content_kwh == 100.0
    assert initial_state(plant, {"battery": 0.25}).batteries["battery"].content_kwh == 50.0
    with pytest.raises(ValueError, match=r"^battery: a state of charge is 0 … 1, not 25\.0$"):
        initial_state(plant, {"battery": 25.0})


def test_without_a_set_point_it_rests() -> None:
    plant = with_battery()
    _, points = step(plant, initial_state(plant), {}, CALM, 1.0)
    assert (points["battery.power_kw"], points["battery.soc"]) == pytest.approx((0.0, 0.5), abs=1e-9)
