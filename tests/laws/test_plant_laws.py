"""What must hold for any plant: one trajectory however it is stepped, and no energy from nowhere."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lingtan.park import Battery
from lingtan.plant import AmbientSeries, Plant, initial_state, plant_of, run, step
from lingtan.plant.battery import usable_kwh
from tests.small_parks import battery, park_of, pv

STEPS = 24
POWERS = st.floats(0.0, 1e5, allow_subnormal=False)
SHARES = st.floats(0.0, 1.0, allow_subnormal=False)
EFFICIENCIES = st.floats(0.5, 1.0)
SECONDS = st.sampled_from([1.0, 7.0, 60.0, 300.0, 900.0, 3600.0])


@st.composite
def plants(draw: Any) -> Plant:
    """A load, PV, wind, a line and one or two batteries."""
    stores = {
        f"battery_{number}": battery(
            draw(POWERS),
            draw(POWERS),
            charge_efficiency=draw(EFFICIENCIES),
            discharge_efficiency=draw(EFFICIENCIES),
            standing_loss_per_day=draw(st.floats(0.0, 0.5)),
            life=draw(st.integers(1, 20)),
        )
        for number in range(draw(st.integers(1, 2)))
    }
    line = {"family": "firm_line", "source": "hydro", "price": 0.3, "legal_basis": "test", "availability": "river"}
    assets = {
        "works": {"family": "load", "profile": "need"},
        "pv": pv(draw(POWERS)),
        "wind": {**pv(draw(POWERS)), "family": "wind"},
        "line": {**line, "power": draw(POWERS)},
        **stores,
    }
    return plant_of(park_of(assets, {"capacity": draw(POWERS), "export_limit": 0.0}))


@st.composite
def days(draw: Any) -> tuple[Plant, dict[str, Any], AmbientSeries, float]:
    """A plant, its set-points, what surrounds it, and the length of a step."""
    plant = draw(plants())
    seed = draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    scale = draw(POWERS)
    orders = {name: scale * rng.normal(size=STEPS) for name in plant.steered if draw(st.booleans())}
    need = {"works": draw(POWERS) * rng.random(STEPS)}
    ambient = AmbientSeries(need, {name: rng.random(STEPS) for name in ("pv", "wind", "line")})
    return plant, orders, ambient, draw(SECONDS)


def largest(points: dict[str, Any]) -> float:
    return max(float(np.abs(values).max()) for values in points.values()) + 1.0


@given(days())
def test_stepwise_and_at_once_give_the_same_trajectory(day: tuple[Plant, dict[str, Any], AmbientSeries, float]) -> None:
    """Rules out that a year on paper and the twin of it are two plants."""
    plant, orders, ambient, dt_s = day
    start = initial_state(plant)
    after, at_once = run(plant, start, orders, ambient, dt_s)
    state, rows = start, []
    for number in range(STEPS):
        now = {name: float(values[number]) for name, values in orders.items()}
        state, points = step(plant, state, now, ambient.at(number), dt_s)
        rows.append(points)
    assert set(rows[0]) == set(at_once)
    for name, values in at_once.items():
        stepped = np.array([points[name] for points in rows])
        if name.endswith("demand_kw"):  # a sum over a window, whose terms are added in another order
            np.testing.assert_allclose(stepped, values, rtol=1e-9, atol=1e-9 * largest(at_once))
        else:
            assert np.array_equal(stepped, values), name
    assert state.batteries == after.batteries
    assert {name: (meter.import_kwh, meter.export_kwh) for name, meter in state.meters.items()} == {
        name: (meter.import_kwh, meter.export_kwh) for name, meter in after.meters.items()
    }


@given(days(), st.integers(1, STEPS - 1))
def test_a_run_may_be_cut_anywhere(day: tuple[Plant, dict[str, Any], AmbientSeries, float], cut: int) -> None:
    """The state holds all that matters: rules out a meter or a battery that forgets at the seam of two runs."""
    plant, orders, ambient, dt_s = day
    _, whole = run(plant, initial_state(plant), orders, ambient, dt_s)

    def part(of: slice) -> tuple[dict[str, Any], AmbientSeries]:
        need = {name: values[of] for name, values in ambient.need_kw.items()}
        pu = {name: values[of] for name, values in ambient.available_pu.items()}
        return {name: values[of] for name, values in orders.items()}, AmbientSeries(need, pu)

    state, first = run(plant, initial_state(plant), *part(slice(0, cut)), dt_s)
    _, second = run(plant, state, *part(slice(cut, None)), dt_s)
    for name, values in whole.items():
        joined = np.concatenate([first[name], second[name]])
        np.testing.assert_allclose(joined, values, rtol=1e-9, atol=1e-9 * largest(whole))


@given(days())
def test_energy_balances_at_the_bus_and_in_the_cells(day: tuple[Plant, dict[str, Any], AmbientSeries, float]) -> None:
    """Power at the bus sums to zero in every step; registers are its integral; what cells took, they hold, gave or lost."""
    plant, orders, ambient, dt_s = day
    start = initial_state(plant)
    after, points = run(plant, start, orders, ambient, dt_s)
    hours = dt_s / 3600.0
    slack = 1e-9 * largest(points)
    balance = sum(values for name, values in points.items() if name.endswith(".power_kw"))
    assert np.abs(balance).max() <= slack
    net = float((points["grid.import_kwh"] - points["grid.export_kwh"])[-1])
    assert abs(net - float(points["grid.power_kw"].sum()) * hours) <= slack
    for name, spec in plant.park.of_family(Battery):
        before, cells = start.batteries[name], after.batteries[name]
        taken = -float(points[f"{name}.power_kw"].sum()) * hours
        assert abs(taken - (cells.content_kwh - before.content_kwh) - (cells.lost_kwh - before.lost_kwh)) <= slack
        assert cells.lost_kwh >= -slack
        assert 0.0 <= cells.content_kwh <= usable_kwh(spec, cells)


@given(days())
def test_nothing_leaves_its_bounds(day: tuple[Plant, dict[str, Any], AmbientSeries, float]) -> None:
    """Whatever is ordered: ratings, availability, 0 … 1, registers that only rise, a health that only falls."""
    plant, orders, ambient, dt_s = day
    _, points = run(plant, initial_state(plant), orders, ambient, dt_s)
    for name, spec in plant.park.of_family(Battery):
        assert np.abs(points[f"{name}.power_kw"]).max() <= spec.power.min
        assert points[f"{name}.soc"].min() >= 0.0
        assert points[f"{name}.soc"].max() <= 1.0
        assert (np.diff(points[f"{name}.soh"]) <= 0.0).all()
    for name, _ in plant.park.generators():
        assert (points[f"{name}.power_kw"] >= 0.0).all()
        assert (points[f"{name}.power_kw"] <= points[f"{name}.available_kw"]).all()
    for register in ("grid.import_kwh", "grid.export_kwh"):
        assert (np.diff(points[register]) >= 0.0).all()
    carried = plant.park.connections["grid"].capacity.min
    beyond = np.maximum(points["grid.power_kw"] - carried, 0.0) + np.maximum(-points["grid.power_kw"], 0.0)
    assert np.array_equal(points["grid.excess_kw"], beyond)
