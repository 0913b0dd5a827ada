"""What bounds a battery beside its size, solved by hand: power each way, reserve, cycles, and what its aging costs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.finance.investment import capital_prices
from lingtan.optimize import plan
from lingtan.optimize.start import Start
from lingtan.park import Battery
from lingtan.plant.battery import BatteryState, health_of, run_battery
from tests.proofs.energy_parks import costs_at, energy_case, planned
from tests.proofs.played import check_played
from tests.proofs.refused import refusal
from tests.small_parks import battery

CHEAP_THEN_DEAR = [0.1, 0.1, 1.0, 1.0]


def case_of(need: list[float], **more: Any):
    """A load and a battery of 100 kW and 200 kWh."""
    store = battery(100.0, 200.0, **more)
    assets = {"works": {"family": "load", "bus": "main", "profile": "load"}, "store": store}
    return energy_case(assets, steps=len(need), series={"load": ("kW", need)})


def cells(**more: Any) -> Battery:
    return Battery.model_validate({"bus": "main", **battery(100.0, 200.0, **more)})


class TestPower:
    def test_charging_is_slower_than_discharging(self):
        """30 % of 100 kW in three cheap hours, 90 kWh, come back in one hour. With one rate both ways it would be 100, or 30."""
        case = case_of([0.0, 0.0, 150.0, 0.0], charge_share=0.3)
        result = planned(case, [0.1, 0.1, 1.0, 0.1])
        assert result.table["store.charge_kw"] == pytest.approx([30.0, 30.0, 0.0, 30.0], abs=1e-3)
        assert result.table["store.discharge_kw"] == pytest.approx([0.0, 0.0, 90.0, 0.0], abs=1e-3)
        check_played(case, result)

    def test_discharging_is_slower_than_charging(self):
        """A quarter of 100 kW out: 25 of the 90 kW of each dear hour."""
        case = case_of([0.0, 0.0, 90.0, 90.0], discharge_share=0.25)
        result = planned(case, CHEAP_THEN_DEAR)
        assert result.table["store.discharge_kw"] == pytest.approx([0.0, 0.0, 25.0, 25.0], abs=1e-3)
        check_played(case, result)


class TestReserve:
    def test_the_reserve_stays(self):
        """A fifth of 200 kWh is never used: 160 move. Without it all 200 would."""
        result = planned(case_of([0.0, 0.0, 100.0, 100.0], reserve=0.2), CHEAP_THEN_DEAR)
        assert result.table["store.soc"].min() == pytest.approx(0.2, abs=1e-6)
        assert result.table["store.discharge_kw"].sum() == pytest.approx(160.0, rel=1e-4)

    def test_a_size_that_is_decided_counts_its_reserve_in(self):
        """80 kWh to move with a fifth in reserve are 100 kWh to build; without the reserve, or with a known row for it, 80."""
        store = battery(100.0, {"min": 0.0, "max": 500.0}, reserve=0.2, capex_energy=1.0)
        assets = {"works": {"family": "load", "bus": "main", "profile": "load"}, "store": store}
        result = planned(energy_case(assets, steps=2, series={"load": ("kW", [0.0, 80.0])}), [0.1, 1.0])
        assert result.sizes["store.energy_kwh"] == pytest.approx(100.0, rel=1e-4)

    def test_one_that_begins_below_it_charges_or_rests(self):
        """At 10 of 40 kWh of reserve a plan exists and gives nothing; a bound that asked for 40 at once would have no answer."""
        case = case_of([0.0, 50.0], reserve=0.2, standing_loss_per_day=0.01)
        made = plan(case, costs_at(case, [1.0, 1.0]), start=Start({"store": 10.0}))
        assert made.table["store.discharge_kw"] == pytest.approx([0.0, 0.0], abs=1e-4)

    def test_the_plant_keeps_it_too(self):
        """100 kW wanted for an hour of a content of 60 kWh: the 20 above the reserve, not 60."""
        _, points = run_battery(cells(reserve=0.2), BatteryState(60.0), np.array([100.0]), 3600.0)
        assert points["power_kw"][0] == pytest.approx(20.0, rel=1e-4)


class TestCycles:
    def test_cycles_of_a_year_end_what_pays(self):
        """219 cycles a year are 0.1 in four hours: 20 kWh at the cells, 16 at the bus by 80 %. Counted at the bus it were 20."""
        case = case_of([0.0, 0.0, 90.0, 90.0], cycles_per_year=219.0, discharge_efficiency=0.8)
        result = planned(case, CHEAP_THEN_DEAR)
        assert result.table["store.discharge_kw"].sum() == pytest.approx(16.0, rel=1e-4)

    def test_a_size_that_is_decided_has_its_cycles(self):
        """0.1 cycles of what is built move 16 kWh where 160 are built."""
        store = battery(100.0, {"min": 0.0, "max": 160.0}, cycles_per_year=219.0)
        assets = {"works": {"family": "load", "bus": "main", "profile": "load"}, "store": store}
        case = energy_case(assets, steps=4, series={"load": ("kW", [0.0, 0.0, 90.0, 90.0])})
        result = planned(case, CHEAP_THEN_DEAR)
        assert result.table["store.discharge_kw"].sum() == pytest.approx(16.0, rel=1e-4)

    def test_the_plant_has_the_same_cycle_life(self):
        """Half of 3000 cycles to 70 %: 0.85. With the usual 6000 to 80 % it would be 0.95."""
        of = cells(cycle_life=3000.0, end_of_life=0.7)
        assert health_of(of, BatteryState(0.0, throughput_kwh=1500 * 200.0)) == pytest.approx(0.85)


class TestAging:
    def test_wear_is_the_cells_over_all_that_they_give(self):
        """900 CNY/kWh over 6000 cycles at 80 %: 0.1875 CNY per kWh at the bus. Per kWh at the cells it would be 0.15."""
        of = cells(wear="replacement", capex_energy=900.0, discharge_efficiency=0.8)
        assert of.aging_cost == pytest.approx(0.1875)
        assert cells(capex_energy=900.0).aging_cost == 1e-3

    def test_it_moves_only_what_earns_its_wear(self):
        """A spread of 0.14 does not earn a wear of 0.15, one of 0.16 does: 100 kWh in each dear hour."""
        for dear, moved in ((0.24, 0.0), (0.26, 200.0)):
            case = case_of([0.0, 0.0, 100.0, 100.0], wear="replacement", capex_energy=900.0)
            result = planned(case, [0.1, 0.1, dear, dear])
            assert result.table["store.discharge_kw"].sum() == pytest.approx(moved, abs=1e-2), dear

    def test_it_is_replaced_when_its_cycles_are_used_up(self):
        """6000 cycles at 500 a year last 12 years, before its calendar of 15; at 300 they would last 20, beyond it."""
        for cycles, years in ((500.0, 12), (300.0, 15), (None, 15)):
            case = case_of([0.0], life=15, capex_energy=900.0, cycles_per_year=cycles)
            assert capital_prices(case.park)["store.energy_kwh"][1] == years, cycles

    def test_replacement_of_nothing_is_refused(self):
        assert refusal(Battery, {"bus": "main", **battery(1.0, 1.0, wear="replacement")}) == (
            "park.wear-of-nothing: .capex_energy: aging is to cost what replacing the cells costs, and that is nothing; expected "
            "> 0 CNY/kWh, got 0. Give the capital cost of energy, or `wear: stated`."
        )

    def test_what_is_not_said_changes_nothing(self):
        """Prices, program and plant of a battery that says none of it: the same bits as of one that says the defaults."""
        plain, said = (
            cells(),
            cells(charge_share=1.0, discharge_share=1.0, reserve=0.0, cycle_life=6000.0, end_of_life=0.8),
        )
        wanted = np.array([30.0, -50.0, 70.0, 200.0, -200.0])
        one, other = (run_battery(each, BatteryState(100.0), wanted, 900.0)[1]["power_kw"] for each in (plain, said))
        assert one.tolist() == other.tolist()
