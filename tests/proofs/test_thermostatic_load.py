"""Rooms that are kept within a band of temperature, solved by hand.

The heat capacity is 10 kWh/K and the heat loss 10·ln 2 kW/K, so that an hour leaves half of what a room holds beyond its
surroundings, and a kilowatt through an hour adds H = 1 / (2 ln 2) kWh of it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.account.carriers import carriers_of
from lingtan.account.energy import energy_of
from lingtan.advise.remedies import remedies
from lingtan.advise.shortfall import shortfalls
from lingtan.case import Case
from lingtan.case.check import check
from lingtan.optimize import costs_of, plan
from lingtan.optimize.lay_out import lay_out
from lingtan.optimize.layout import Layout
from lingtan.optimize.typical import typical_sizes
from lingtan.park import ThermostaticLoad
from lingtan.plant import AmbientSeries, flows_of, initial_state, plant_of, run
from tests.proofs.energy_parks import NEAR, costs_at, energy_case, planned
from tests.proofs.refused import refusal

LOSS = 10.0 * np.log(2.0)
H = 0.5 / np.log(2.0)


def room(**more: Any) -> dict[str, Any]:
    """Heated to 20 … 24 °C where it is 10 °C outside; 40 kWh lie between the two ends."""
    hull = {"heat_capacity": 10.0, "heat_loss": LOSS, "outside": 10.0, "power": 500.0}
    return {"family": "thermostatic_load", "need": "heating", "low": 20.0, "high": 24.0, **hull, **more}


def case_of(asset: dict[str, Any], steps: int = 2, **parts: Any) -> Case:
    return energy_case({"room": asset}, steps=steps, **parts)


class TestHeated:
    def test_it_is_warmed_ahead_of_the_dear_hour(self) -> None:
        """At 20 °C an hour takes 50 / H. In the cheap one it is warmed to 24 °C, 90 / H, and of those 40 kWh half is left for the
        dear one, 30 / H. Kept whole, the dear hour would take 10 / H; unheated ahead, 50 / H."""
        result = planned(case_of(room()), [0.1, 1.0])
        assert result.table["room.load_kw"] == pytest.approx([90 / H, 30 / H], rel=1e-4)
        assert result.table["room.temperature_c"] == pytest.approx([24.0, 20.0], abs=1e-3)
        assert result.table["load_kw"] == pytest.approx(result.table["room.load_kw"])
        assert result.objective_cny == pytest.approx((9.0 + 30.0) / H, rel=1e-4)

    def test_ahead_is_not_worth_it_where_half_is_lost(self) -> None:
        """0.6 against 1: half of what is stored is lost, so it stays at the lower end. Counted without loss it would be warmed."""
        result = planned(case_of(room()), [0.6, 1.0])
        assert result.table["room.temperature_c"] == pytest.approx([20.0, 20.0], abs=1e-3)
        assert result.objective_cny == pytest.approx(1.6 * 10.0 * LOSS, rel=NEAR)

    def test_a_heat_pump_takes_a_third(self) -> None:
        """COP 3 and 3 K of warmth by people (3·LOSS kW): (10 − 3)·LOSS / 3 in each hour."""
        case = case_of(room(cop=3.0, gains="people"), series={"people": ("kW", [3.0 * LOSS] * 2)})
        result = planned(case, [1.0, 1.0])
        assert result.table["room.load_kw"].sum() == pytest.approx(2 * 7.0 * LOSS / 3.0, rel=1e-4)

    def test_summer_is_nobodys_fault(self) -> None:
        """30 °C outside: the room takes them, though the band ends at 24; held to it, the park would have no plan. Even where power
        costs less than nothing it is heated by no more than the leeway of 2 % of the band, 0.8 kWh, of which half is lost."""
        result = planned(case_of(room(outside=30.0)), [-1.0, -1.0])
        assert result.table["room.temperature_c"] == pytest.approx([30.08, 30.08], abs=1e-3)
        assert result.table["room.load_kw"] == pytest.approx([0.4 / H, 0.4 / H], abs=1e-3)
        paid = planned(case_of(room(outside=30.0)), [1.0, 1.0])
        assert paid.table["room.load_kw"] == pytest.approx([0.0, 0.0], abs=1e-3)

    def test_what_the_power_must_be_is_built(self) -> None:
        """Where a kilowatt costs more than any hour saves, the power is what holds 20 °C all the time: 10·LOSS."""
        result = planned(case_of(room(power={"min": 0.0, "max": 500.0}, capex=1e6)), [0.1, 1.0])
        assert result.sizes["room.power_kw"] == pytest.approx(10.0 * LOSS, rel=1e-4)

    def test_periods_that_do_not_follow_each_other_are_circles(self) -> None:
        """Two periods of two hours, at 10 and 40 °C, and at 25: by nature the first brings 0.5·40 + 100 = 120 kWh at its end, the
        second 50 all the time; 0.8 are leeway. Going on from one into the next, the third hour would begin with 0.5·120 + 25."""
        site = {"zone": "Asia/Shanghai", "temperature": "air"}
        case = case_of(room(outside=None), 4, site=site, series={"air": ("°C", [10.0, 40.0, 25.0, 25.0])})
        layout = Layout(4, 1.0, period_steps=2)
        lay_out(case, layout=layout)
        [(columns, _)] = layout.readings["room.temperature_c"].parts
        highest = [layout.program.bounds_of(int(column))[1] for column in columns]
        assert highest == pytest.approx([40.0, 120.8, 50.8, 50.8])


def test_the_coldest_week_is_kept_among_typical_ones() -> None:
    """Twelve weeks at 5 °C but for the eleventh, at −15: 34 kW are needed then, four modules of 10. Typical weeks that are chosen
    by price alone are the first ones, and would build two."""
    outside = np.full((12, 168), 5.0)
    outside[10] = -15.0
    hull = {"low": 19.0, "high": 20.0, "heat_loss": 1.0, "outside": None, "capex": 10.0}
    asset = room(**hull, power={"min": 0.0, "max": 100.0, "module": 10.0})
    site = {"zone": "Asia/Shanghai", "temperature": "air"}
    case = case_of(asset, 12 * 168, site=site, series={"air": ("°C", outside.reshape(-1))})
    found = typical_sizes(case, costs_at(case, 1.0))
    assert found is not None
    assert found.sizes == {"room": {"power_kw": 40.0}}
    assert found.periods.chosen[found.periods.is_kept].tolist() == [10]


def test_cold_is_kept_as_warmth_is() -> None:
    """A cold store of −24 … −20 °C where it is −10 °C, with a machine of COP 2: the mirror image of the heated room, half of its
    power. With a sign forgotten it would warm itself by nature and take nothing."""
    cold = room(need="cooling", low=-24.0, high=-20.0, outside=-10.0, cop=2.0)
    result = planned(case_of(cold), [0.1, 1.0])
    assert result.table["room.load_kw"] == pytest.approx([45 / H, 15 / H], rel=1e-4)
    assert result.table["room.temperature_c"] == pytest.approx([-24.0, -20.0], abs=1e-3)


def test_at_a_bus_of_heat_it_stands_in_its_balance() -> None:
    """An electrode boiler of 0.5 feeds a room on a bus of heat: given and taken agree, and electricity sees the boiler alone."""
    assets = {
        "room": {**room(), "bus": "warm"},
        "boiler": {"family": "electric_boiler", "input": "main", "bus": "warm", "power": 500.0, "efficiency": 0.5},
    }
    case = energy_case(assets, {"warm": {"carrier": "heat"}}, steps=2)
    result = planned(case, [0.1, 1.0])
    [balance] = carriers_of(case.park, result.table)
    assert balance.given == pytest.approx({"boiler": 120 / H}, rel=1e-4)
    assert balance.taken == pytest.approx({"room": 120 / H}, rel=1e-4)
    assert energy_of(case.park, result.table).load_kwh == pytest.approx(240 / H, rel=1e-4)


class TestShort:
    def test_a_power_too_small_is_short_and_told(self) -> None:
        """It needs 10·LOSS = 69.3 kW and has 50: what is missing is short in every hour, is told beforehand, and its own power
        mends it. As a limit of the bus it would be looked for at the connection."""
        case = case_of(room(power=50.0))
        costs = costs_of(case)
        short = plan(case, costs)
        assert short.table["room.shortfall_kw"].sum() == pytest.approx(2 * (10.0 * LOSS - 50.0), rel=1e-3)
        assert short.table["room.temperature_c"] == pytest.approx([20.0, 20.0], abs=1e-2)
        [finding] = [found for _, found in check(case) if found.code == "case.band-not-held"]
        assert (finding.who, finding.expected) == ("assets.room.power", "≥ 69.315 kW")
        found = remedies(case, short, shortfalls(case, short))
        assert [(change.cell, change.then) for each in found for change in each.changes] == [
            ("assets.room.power", 69.4)
        ]

    def test_what_the_bus_lacks_is_short(self) -> None:
        """A connection of 40 kW: 2·(69.3 − 40) are missing, priced, and no part of what is imported."""
        result = planned(case_of(room(), connection={"capacity": 40.0}))
        energy = 2 * (10.0 * LOSS - 40.0)
        assert result.table["shortfall_kw"].sum() == pytest.approx(energy, rel=1e-3)
        assert result.penalty_cny == pytest.approx(50.0 * energy, rel=1e-3)


def test_the_plant_does_what_was_planned() -> None:
    """What the plan takes, given as set-points, brings the same temperatures; asked nothing, it holds the middle of the band, and
    asked for more than the band holds, it takes what brings it to its end."""
    case = case_of(room(gains="people"), steps=3, series={"people": ("kW", [0.0, LOSS, 0.0])})
    table = planned(case, [0.1, 1.0, 0.3]).table
    plant = plant_of(case.park)
    around = AmbientSeries({}, {}, arising={"room": case.series["people"].values})
    state = initial_state(plant, {"room": float(table["room.temperature_c"][-1] - 20.0) / 4.0})
    _, points = run(plant, state, {"room": table["room.load_kw"]}, around, 3600.0)
    flows = flows_of(case.park, points)
    assert flows["room.load_kw"] == pytest.approx(table["room.load_kw"], abs=1e-2)
    assert points["room.temperature_c"] == pytest.approx(table["room.temperature_c"], abs=1e-2)
    _, alone = run(plant, initial_state(plant), {}, around, 3600.0)
    assert alone["room.temperature_c"] == pytest.approx([22.0] * 3)
    assert -alone["room.power_kw"] == pytest.approx(case.need("room"))
    assert case.need("room") == pytest.approx([12.0 * LOSS, 11.0 * LOSS, 12.0 * LOSS])
    _, most = run(plant, initial_state(plant), {"room": np.full(3, 500.0)}, around, 3600.0)
    assert most["room.temperature_c"] == pytest.approx([24.0] * 3)


def test_a_band_that_holds_nothing_is_refused() -> None:
    fields = {**room(low=24.0, high=20.0), "bus": "main"}
    assert refusal(ThermostaticLoad, fields) == (
        "park.band-reversed: .low: the comfort band begins where it ends, or above; expected < 20 °C, got 24 °C. "
        "Give the lower temperature as 'low'."
    )
    fields = {**room(set_point=25.0), "bus": "main"}
    assert refusal(ThermostaticLoad, fields) == (
        "park.set-point-outside-band: .set_point: the set-point lies outside the comfort band; expected 20 °C … 24 °C, got 25 °C. "
        "Move it into the band, or leave it out for the middle."
    )
