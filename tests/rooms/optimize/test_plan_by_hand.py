"""Plans of small parks that one can solve on paper: what the assets and the bill do together.

Each test proves one habit of the park; its docstring says what a bug would give. Hours unless said otherwise, prices in
CNY/kWh, batteries without losses where round numbers matter.
"""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.optimize import Costs, Plan, costs_of, plan
from lingtan.optimize.objective import cut_saves_cny_per_kw, shortfall_terms
from lingtan.terms import Peak, Size, Term
from tests.small_parks import HOURS, battery, bought, hours_grid, pv, retail, small_case

NEAR = 1e-5


def planned(case: Case, *bill: Term) -> Plan:
    return plan(case, Costs(bill, (), (), shortfall_terms(case)))


def demand(case: Case, price: float, incurred: float = 0.0) -> Peak:
    whole = Grouping.whole(case.grid.steps, "")
    return Peak("demand", Flow.of("grid.import_kw"), whole, np.array([price]), np.array([incurred]))


class TestBattery:
    def test_a_known_battery_shaves_a_peak(self):
        """10 kW and 10 kWh bring 30 kW down to 20, paid back within 20 in the other hours. Unshaved: 1,260 CNY; with energy
        from nowhere, less than 60 kWh would be bought."""
        case = small_case([10.0, 10.0, 30.0, 10.0], {"battery": battery(10.0, 10.0)})
        found = planned(case, bought(case, 1.0), demand(case, 40.0))
        assert found.table["import_kw"].max() == pytest.approx(20.0, rel=NEAR)
        assert found.table["import_kw"].sum() == pytest.approx(60.0, rel=NEAR)
        assert found.objective_cny == pytest.approx(60.0 + 20.0 * 40.0, rel=NEAR)

    def test_power_limits_both_ways(self):
        """4 kW of power move 4 kWh an hour, though the content would allow 10: peak 26."""
        case = small_case([10.0, 10.0, 30.0, 10.0], {"battery": battery(4.0, 10.0)})
        found = planned(case, bought(case, 1.0), demand(case, 40.0))
        assert found.table["import_kw"].max() == pytest.approx(26.0, rel=NEAR)

    def test_efficiencies_stand_on_their_own_side(self):
        """8 kWh delivered at 0.8 take 10 from the cells, and 10 into the cells at 0.5 take 20 from the bus: 20 kWh at 0.1.
        Swapped sides would give the same energy, so the content tells: 10 kWh, not 16 or 20."""
        case = small_case(
            [0.0, 8.0], {"battery": battery(100.0, 100.0, charge_efficiency=0.5, discharge_efficiency=0.8)}
        )
        found = planned(case, bought(case, [0.1, 1.0]))
        assert found.table["battery.charge_kw"] == pytest.approx([20.0, 0.0], abs=1e-3)
        assert found.table["battery.discharge_kw"] == pytest.approx([0.0, 8.0], abs=1e-3)
        filled = found.table["battery.soc"][0] - found.table["battery.soc"][1]
        assert filled == pytest.approx(0.1, abs=1e-5)
        assert found.objective_cny == pytest.approx(2.0, rel=NEAR)

    def test_standing_loss_is_per_day(self):
        """Half is lost in 24 hours: 16 kWh held for a day give 8. Per hour it would be 16 · 2^24."""
        case = small_case([0.0] * 24 + [8.0], {"battery": battery(100.0, 100.0, standing_loss_per_day=0.5)})
        found = planned(case, bought(case, [0.01] + [1.0] * 24))
        assert found.table["import_kw"][0] == pytest.approx(16.0, rel=1e-4)

    def test_wear_keeps_it_still_where_prices_differ_by_less(self):
        """0.05 between hours does not pay 0.06 of wear."""
        case = small_case([5.0, 5.0], {"battery": battery(10.0, 10.0)})
        wear = bought(case, 0.06, "battery.discharge_kw")
        found = planned(case, bought(case, [0.40, 0.45]), wear)
        assert found.table["charge_kw"] == pytest.approx([0.0, 0.0], abs=1e-3)

    def test_it_never_charges_and_discharges_at_once(self):
        """Far more PV than anyone takes, and a lossy battery that could burn it: throwing away is free, burning wears."""
        lossy = battery(50.0, 50.0, charge_efficiency=0.7, discharge_efficiency=0.7)
        case = small_case([10.0] * 24, {"pv": pv(100.0), "battery": lossy}, series={"sun": [1.0, 0.0] * 12})
        wear = bought(case, 0.02, "battery.discharge_kw")
        found = planned(case, bought(case, 0.5), wear)
        both = np.minimum(found.table["charge_kw"], found.table["discharge_kw"])
        assert both.max() <= 1e-6 * 50.0
        assert found.table["discharge_kw"].sum() == pytest.approx(120.0, rel=1e-3)

    def test_state_of_charge_of_no_battery_is_zero(self):
        """Rules out a division of nothing by nothing where a free battery is not built."""
        case = small_case([5.0, 5.0], {"battery": battery({"min": 0, "max": 9}, {"min": 0, "max": 9})})
        capital = Size("capital", "battery.energy_kwh", 100.0)
        found = planned(case, bought(case, 0.5), capital)
        assert found.sizes["battery.energy_kwh"] == pytest.approx(0.0, abs=1e-5)
        assert np.isfinite(found.table["battery.soc"]).all()


class TestGenerators:
    def test_pv_is_curtailed_only_when_there_is_no_other_use(self):
        """10 kW of PV: needed in full, exported up to 3 kW, and only the rest thrown away."""
        case = small_case(
            [12.0, 8.0, 6.0], {"pv": pv(10.0)}, series={"sun": [1, 1, 1]}, connection={"export_limit": 3.0}
        )
        found = planned(case, bought(case, 0.5), bought(case, -0.1, "grid.export_kw"))
        assert found.table["curtailed_kw"] == pytest.approx([0.0, 0.0, 1.0], abs=1e-3)
        assert found.table["export_kw"] == pytest.approx([0.0, 2.0, 3.0], abs=1e-3)
        assert found.table["import_kw"] == pytest.approx([2.0, 0.0, 0.0], abs=1e-3)

    def test_a_free_size_stops_where_the_last_kilowatt_pays_for_itself(self):
        """A kW of PV saves 0.75 up to 10 kW (both hours), 0.25 up to 20 (the dim hour), then nothing; it costs 0.5. So 10 kW:
        not 0, not 20, not the upper limit. 5 CNY of capital and 5 kWh bought."""
        case = small_case([10.0, 10.0], {"pv": pv({"min": 0, "max": 100})}, series={"sun": [1.0, 0.5]})
        found = planned(case, bought(case, 0.5), Size("capital", "pv.power_kw", 0.5))
        assert found.sizes["pv.power_kw"] == pytest.approx(10.0, rel=1e-4)
        assert found.objective_cny == pytest.approx(7.5, rel=NEAR)

    @pytest.mark.parametrize(("least", "most", "built"), [(15.0, 100.0, 15.0), (0.0, 4.0, 4.0)])
    def test_a_range_binds(self, least, most, built):
        case = small_case([10.0, 10.0], {"pv": pv({"min": least, "max": most})}, series={"sun": [1.0, 0.5]})
        found = planned(case, bought(case, 0.5), Size("capital", "pv.power_kw", 0.5))
        assert found.sizes["pv.power_kw"] == pytest.approx(built, rel=1e-6)

    @pytest.mark.parametrize(("must_take", "taken"), [(False, 0.0), (True, 8.0)])
    def test_a_firm_line_is_taken_where_it_must_be_paid(self, must_take, taken):
        """0.6 against 0.5 from the grid: not taken when that saves its price, taken in full when it costs all the same. Its
        contract bills the sending end: 8 kW at a loss of 4 % are 8.333."""
        line = {
            "family": "firm_line",
            "source": "hydro",
            "power": 8.0,
            "price": 0.6,
            "loss": 0.04,
            "legal_basis": "test",
        }
        case = small_case([10.0, 10.0], {"line": {**line, "must_take": must_take}})
        found = plan(case, costs_of(case))
        assert found.table["line.generation_kw"] == pytest.approx([taken] * 2, abs=1e-4)
        contract = 16.0 / 0.96 * 0.6 if must_take else 0.0
        assert found.objective_cny == pytest.approx((20.0 - 2 * taken) * 0.5 + contract, rel=NEAR)


class TestMarginalPrice:
    def test_it_is_what_the_last_kilowatt_hour_costs(self):
        """The tariff while importing, nothing while curtailing, the price of a shortfall while short; in quarter-hours
        too, where a price per step would be a quarter of it."""
        grid = hours_grid(3, step_minutes=15)
        case = small_case(
            [5.0, 5.0, 50.0], {"pv": pv(10.0)}, series={"sun": [0, 1, 0]}, connection={"import_limit": 20.0}, grid=grid
        )
        found = planned(case, bought(case, [0.4, 0.5, 0.6]))
        assert found.marginal_price["main"] == pytest.approx([0.4, 0.0, 50.0], abs=1e-4)

    def test_export_sets_it_where_the_last_kilowatt_hour_is_sold(self):
        case = small_case([5.0], {"pv": pv(10.0)}, series={"sun": [1]}, connection={"export_limit": 100.0})
        found = planned(case, bought(case, 0.5), bought(case, -0.2, "grid.export_kw"))
        assert found.marginal_price["main"] == pytest.approx([0.2], rel=1e-4)


class TestShortfall:
    def test_exactly_what_cannot_be_served_is_cut(self):
        """A limit of 12 kW under needs of 10, 15 and 40. Rules out an infeasible park, and a cut of a whole load."""
        case = small_case([10.0, 15.0, 40.0], connection={"import_limit": 12.0})
        found = planned(case, bought(case, 0.5))
        assert found.table["shortfall_kw"] == pytest.approx([0.0, 3.0, 28.0], abs=1e-6)
        assert found.table["import_kw"] == pytest.approx([10.0, 12.0, 12.0], abs=1e-6)
        assert found.objective_cny == pytest.approx(34.0 * 0.5 + 31.0 * 50.0, rel=NEAR)

    def test_nothing_is_cut_to_shave_a_peak(self):
        """35 CNY for a kW of the month against 12.50 for a kW cut for a quarter-hour: at the park file's price of 50 CNY/kWh a
        plan cut 10 kW for 15 minutes and reported a shortfall that no connection was to blame for."""
        grid = hours_grid(4, step_minutes=15)
        records = [retail(0.5, demand_price=35.0), HOURS]
        case = small_case([20.0, 30.0, 20.0, 20.0], grid=grid, records=records)
        found = plan(case, costs_of(case))
        assert found.table["shortfall_kw"].max() == pytest.approx(0.0, abs=1e-6)
        assert found.objective_cny == pytest.approx(22.5 * 0.5 + 30.0 * 35.0, rel=NEAR)

    def test_what_a_cut_could_save_counts_open_capacity_only(self):
        """A month's peak and 22 CNY/kVA of the dearer basis; a transformer that stands there saves nothing."""
        records = [retail(0.5, demand_price=35.0, capacity_price=22.0), HOURS]
        case = small_case([20.0], records=records)
        assert cut_saves_cny_per_kw(costs_of(case).bill) == 35.0
        assert cut_saves_cny_per_kw(costs_of(case).bill, {"grid.capacity_kva"}) == 35.0
        dear = small_case([20.0], records=[retail(0.5, demand_price=15.0, capacity_price=22.0), HOURS])
        assert cut_saves_cny_per_kw(costs_of(dear).bill, {"grid.capacity_kva"}) == 22.0

    def test_dear_needs_are_served_first(self):
        """Two loads, one limit: the one whose shortfall costs more is served in full."""
        other = {"family": "load", "profile": "need", "shortfall_price": 80.0}
        case = small_case([10.0], {"furnace": other}, connection={"import_limit": 14.0})
        found = planned(case, bought(case, 0.5))
        assert found.table["furnace.shortfall_kw"] == pytest.approx([0.0], abs=1e-5)
        assert found.table["works.shortfall_kw"] == pytest.approx([6.0], abs=1e-5)


class TestBasicCharge:
    BOTH = (retail(0.5, capacity_price=20.0, demand_price=40.0), HOURS)

    def test_the_cheaper_basis_is_elected_and_both_are_told(self):
        """100 kVA at 20 are 2,000, 30 kW at 40 are 1,200. The dearer or the first one would be 800 more."""
        case = small_case([10.0, 30.0], connection={"capacity": 100.0}, records=self.BOTH)
        found = plan(case, costs_of(case))
        assert dict(found.elected) == {"grid.basis": "demand"}
        told = {way["grid.basis"]: cost for way, cost in found.alternatives}
        assert told == pytest.approx({"capacity": 20.0 + 2_000.0, "demand": 20.0 + 1_200.0}, rel=NEAR)
        assert found.objective_cny == told["demand"]

    def test_the_basis_that_the_park_names_is_kept(self):
        case = small_case(
            [10.0, 30.0],
            connection={"capacity": 100.0},
            records=self.BOTH,
            tariff={"price": "test.retail", "hours": "test.hours", "basis": "capacity"},
        )
        found = plan(case, costs_of(case))
        assert (dict(found.elected), len(found.alternatives)) == ({}, 1)
        assert found.objective_cny == pytest.approx(2_020.0, rel=NEAR)

    def test_capacity_is_decided_where_it_is_open(self):
        """38 kW at power factor 0.95 need 40 kVA: 800 CNY. Real power taken for apparent: 38 kVA, 760 CNY."""
        case = small_case(
            [38.0, 10.0],
            connection={"capacity": {"min": 0, "max": 100}, "power_factor": 0.95},
            records=[retail(0.5, capacity_price=20.0), HOURS],
        )
        found = plan(case, costs_of(case))
        assert found.sizes["grid.capacity_kva"] == pytest.approx(40.0, rel=NEAR)
        assert found.objective_cny == pytest.approx(24.0 + 800.0, rel=NEAR)
        assert found.table["shortfall_kw"].max() == pytest.approx(0.0, abs=1e-6)

    def test_an_open_capacity_does_not_lift_a_limit(self):
        """The permit allows 20 kW, however large the transformer: 18 of 38 are cut."""
        case = small_case(
            [38.0], connection={"capacity": {"min": 0, "max": 100}, "import_limit": 20.0, "export_limit": 5.0}
        )
        found = planned(case, bought(case, 0.5))
        assert found.table["import_kw"] == pytest.approx([20.0], abs=1e-5)
        assert found.table["shortfall_kw"] == pytest.approx([18.0], abs=1e-5)

    def test_a_transformer_limits_import_and_export(self):
        """10 kVA at 0.9 carry 9 kW either way, though 15 kW are permitted."""
        limits = {"capacity": 10.0, "power_factor": 0.9, "import_limit": 15.0, "export_limit": 15.0}
        case = small_case([20.0, 0.0], {"pv": pv(20.0)}, series={"sun": [0, 1]}, connection=limits)
        found = planned(case, bought(case, 0.5), bought(case, -0.2, "grid.export_kw"))
        assert found.table["import_kw"] == pytest.approx([9.0, 0.0], abs=1e-5)
        assert found.table["export_kw"] == pytest.approx([0.0, 9.0], abs=1e-5)

    def test_a_peak_behind_us_is_no_reason_to_save(self):
        """The month has seen 25 kW: charging may raise imports to it for nothing. At 0 it would stay flat at 15."""
        case = small_case([15.0, 15.0], {"battery": battery(10.0, 10.0)})
        found = planned(case, bought(case, [0.1, 1.0]), demand(case, 100.0, incurred=25.0))
        assert found.table["import_kw"] == pytest.approx([25.0, 5.0], abs=1e-3)
        assert found.objective_cny == pytest.approx(2.5 + 5.0 + 2_500.0, rel=NEAR)


def test_totals_are_the_sums_of_their_parts():
    """Two PV plants, two loads: rules out a total that knows only the last one."""
    other = {"family": "load", "profile": "need"}
    case = small_case(
        [10.0, 10.0],
        {"a": pv(4.0), "b": pv(2.0), "shop": other},
        series={"sun": [1, 0]},
        connection={"export_limit": 1.0},
    )
    found = planned(case, bought(case, 0.5))
    assert found.table["load_kw"].tolist() == [20.0, 20.0]
    assert found.table["generation_kw"] == pytest.approx([6.0, 0.0], abs=1e-4)
    for total, parts in {"generation_kw": "ab", "load_kw": ("works", "shop")}.items():
        assert found.table[total] == pytest.approx(sum(found.table[f"{part}.{total}"] for part in parts))


def test_a_plan_repeats_to_the_last_bit():
    """The same case twice: rules out an order that depends on a hash, or a clock in a decision."""
    case = small_case([10.0, 30.0], {"pv": pv({"min": 0, "max": 50})}, series={"sun": [1, 0.5]})
    first, second = (planned(case, bought(case, 0.5), Size("capital", "pv.power_kw", 0.3)) for _ in range(2))
    assert (first.solution.x == second.solution.x).all()
    assert first.objective_cny == second.objective_cny
