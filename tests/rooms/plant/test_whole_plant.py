"""A whole plant: what each asset does, and how the buses balance."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from lingtan.findings import InputError
from lingtan.plant import Ambient, AmbientSeries, Plant, VirtualPlant, flows_of, initial_state, plant_of, run, step
from tests.rooms.plant.plant_samples import CALM, LOAD, line, plant_with, sunny, with_battery
from tests.small_parks import battery, park_of, pv


def measured(
    plant: Plant, set_points: Mapping[str, float], need_kw: float = 0.0, dt_s: float = 900.0, **available_pu: float
) -> dict[str, float]:
    """Points after one step of a new plant."""
    ambient = Ambient({"works": need_kw}, available_pu)
    return step(plant, initial_state(plant), set_points, ambient, dt_s)[1]


def test_a_load_reads_below_zero_and_the_connection_above() -> None:
    points = measured(plant_with(), {}, need_kw=250.0)
    assert points == {
        "works.power_kw": -250.0,
        "grid.power_kw": 250.0,
        "grid.excess_kw": 0.0,
        "grid.demand_kw": 250.0,
        "grid.import_kwh": 62.5,
        "grid.export_kwh": 0.0,
    }


@pytest.mark.parametrize("family", ["pv", "wind"])
@pytest.mark.parametrize(
    ("limit", "delivered"), [({}, 200.0), ({"roof": 150.0}, 150.0), ({"roof": 300.0}, 200.0), ({"roof": -5.0}, 0.0)]
)
def test_plants_deliver_what_is_there_up_to_their_limit(family: str, limit: dict[str, float], delivered: float) -> None:
    """What is available stays known under a limit: else nobody could say what was curtailed."""
    plant = plant_with({"roof": pv(400.0) | {"family": family}})
    points = measured(plant, limit, need_kw=500.0, roof=0.5)
    assert (points["roof.power_kw"], points["roof.available_kw"]) == (delivered, 200.0)
    assert points["grid.power_kw"] == 500.0 - delivered


@pytest.mark.parametrize(
    ("need", "share", "limit", "sent"),
    [
        (250.0, 1.0, {}, 250.0),  # it follows the park, and pushes nothing into the grid
        (500.0, 1.0, {}, 300.0),
        (500.0, 0.5, {}, 150.0),
        (500.0, 1.0, {"hydro": 100.0}, 100.0),
    ],
)
def test_a_firm_line_sends_what_the_bus_needs(need: float, share: float, limit: dict[str, float], sent: float) -> None:
    points = measured(plant_with({"hydro": line(availability="river")}), limit, need_kw=need, hydro=share)
    assert (points["hydro.power_kw"], points["grid.power_kw"]) == (sent, need - sent)


def test_a_line_without_a_series_is_always_there() -> None:
    assert measured(plant_with({"hydro": line()}), {}, need_kw=500.0)["hydro.power_kw"] == 300.0


def test_a_line_also_feeds_a_battery_that_charges() -> None:
    """The battery stands after the line in the file: taken in that order the line would not see it."""
    plant = plant_with({"hydro": line(), "battery": battery(100.0, 200.0)})
    points = measured(plant, {"battery": -100.0}, need_kw=150.0)
    assert (points["hydro.power_kw"], points["grid.power_kw"]) == (250.0, 0.0)


@pytest.mark.parametrize(
    ("need", "share", "excess"), [(1200.0, 0.0, 200.0), (900.0, 0.0, 0.0), (0.0, 1.0, 350.0), (360.0, 1.0, 0.0)]
)
def test_what_exceeds_a_limit_flows_and_is_reported(need: float, share: float, excess: float) -> None:
    """1,000 kW of transformer, 50 kW of export allowed: a plant that cut the flow would hide the fault from its control."""
    plant = plant_with({"pv": pv(400.0)}, {"export_limit": 50.0})
    points = measured(plant, {}, need_kw=need, pv=share)
    assert points["grid.power_kw"] == need - 400.0 * share
    assert points["grid.excess_kw"] == excess


def test_two_connections_share_a_bus_by_what_they_carry() -> None:
    park = park_of(
        {"works": LOAD},
        connections={
            name: {"bus": "main", "capacity": kva, "power_factor": 1.0}
            for name, kva in (("north", 300.0), ("south", 100.0))
        },
    )
    points = step(plant_of(park), initial_state(plant_of(park)), {}, Ambient({"works": 200.0}, {}), 900.0)[1]
    assert (points["north.power_kw"], points["south.power_kw"]) == (150.0, 50.0)


def test_a_bus_without_a_connection_says_what_is_left_on_it() -> None:
    """Nothing may vanish: an island of a load of 100 kW and a sun of 400 kW has 300 kW too much."""
    assets = {"works": LOAD, "barn": {"family": "load", "profile": "need", "bus": "yard"}, "pv": pv(400.0, bus="yard")}
    plant = plant_of(park_of(assets, buses={"main": {}, "yard": {}}))
    points = step(plant, initial_state(plant), {}, Ambient({"works": 0.0, "barn": 100.0}, {"pv": 1.0}), 1.0)[1]
    assert points["yard.unbalanced_kw"] == 300.0
    assert "main.unbalanced_kw" not in points


def test_a_free_size_is_a_finding_that_names_its_cell() -> None:
    with pytest.raises(InputError) as refused:
        plant_of(park_of({"works": LOAD, "pv": pv({"min": 0.0, "max": 10.0})}))
    assert [found.text() for found in refused.value.findings] == [
        "plant.free-size: assets.pv.power: a size is still a range, and only a known size can be operated. "
        "Give one figure, or the sizes of a study with `--sizes summary.json`."
    ]
    assert refused.value.findings[0].text("zh") == (
        "plant.free-size: assets.pv.power：容量仍为取值范围，运行需要确定的容量。"
        "请给出确定的数值，或用 `--sizes summary.json` 采用研究所得的容量。"
    )


@pytest.mark.parametrize(
    ("orders", "error", "said"),
    [
        ({"works": 1.0}, KeyError, "\"'works' takes no set-point; those that do: pv, battery\""),
        ({"pv": float("nan")}, ValueError, "pv: a set-point must be a number"),
    ],
)
def test_a_set_point_that_means_nothing_is_refused(orders: dict[str, float], error: type[Exception], said: str) -> None:
    with pytest.raises(error) as refused:
        measured(sunny(), orders, pv=0.0)
    assert str(refused.value) == said


def test_a_step_takes_time() -> None:
    with pytest.raises(ValueError, match=r"^dt_s: a step takes time, not 0\.0 s$"):
        measured(with_battery(), {}, dt_s=0.0)


def test_missing_weather_is_not_darkness() -> None:
    with pytest.raises(KeyError, match="pv"):
        measured(sunny(), {})


def test_a_plant_in_memory_keeps_its_own_time_and_its_set_points() -> None:
    """Two hours of 50 kW in seconds of nobody's life: 100 kWh are gone, and ambient was asked at each step's start."""
    asked = []

    def calm(now_ms: int) -> Ambient:
        asked.append(now_ms)
        return CALM

    virtual = VirtualPlant(with_battery(), 1_000_000, calm, soc={"battery": 1.0})
    virtual.command("battery", 50.0)
    for _ in range(8):
        points = virtual.advance(900_000)
    assert (virtual.now_ms, asked[:2]) == (8_200_000, [1_000_000, 1_900_000])
    assert points["battery.soc"] == pytest.approx(0.5, abs=1e-4)
    assert points["grid.export_kwh"] == pytest.approx(100.0)
    virtual.command("battery", None)
    assert (virtual.advance()["battery.power_kw"], virtual.set_points) == (0.0, {})
    with pytest.raises(KeyError, match="takes no set-point"):
        virtual.command("works", 1.0)


def test_points_become_the_flows_that_accounts_take() -> None:
    """Import and export of two steps stay apart, and curtailed is what the limit left."""
    plant = sunny()
    ambient = AmbientSeries({"works": np.array([100.0, 100.0])}, {"pv": np.array([0.0, 1.0])})
    orders = {"pv": np.array([400.0, 250.0]), "battery": np.array([20.0, -50.0])}
    _, points = run(plant, initial_state(plant), orders, ambient, 900.0)
    flows = {name: values.tolist() for name, values in flows_of(plant.park, points).items()}
    assert flows == {
        "grid.import_kw": [80.0, 0.0],
        "grid.export_kw": [0.0, 100.0],
        "works.load_kw": [100.0, 100.0],
        "works.shortfall_kw": [0.0, 0.0],
        "pv.generation_kw": [0.0, 250.0],
        "pv.curtailed_kw": [0.0, 150.0],
        "battery.discharge_kw": [20.0, 0.0],
        "battery.charge_kw": [0.0, 50.0],
        "load_kw": [100.0, 100.0],
        "import_kw": [80.0, 0.0],
        "export_kw": [0.0, 100.0],
        "generation_kw": [0.0, 250.0],
        "curtailed_kw": [0.0, 150.0],
        "charge_kw": [0.0, 50.0],
        "discharge_kw": [20.0, 0.0],
        "shortfall_kw": [0.0, 0.0],
    }
