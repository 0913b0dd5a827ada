"""Whole modules, what is paid once, and economy of scale: by hand on short horizons, and on typical periods of a year."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.finance.investment import investment_terms
from lingtan.flow import Flow
from lingtan.optimize import Costs, Plan, decide, plan, search_findings
from lingtan.optimize.effort import SIZING
from lingtan.optimize.objective import shortfall_terms
from lingtan.optimize.typical import typical_sizes, typical_terms, whole_sizes
from lingtan.optimize.typical_periods import choose_periods
from lingtan.terms import Bands, Contracted, Grouping, Outlay, Peak, Size, Sum, Term
from tests.small_parks import battery, bought, pv, small_case
from tests.years import year_case

NEAR = 1e-5
SUN = {"sun": [1.0, 0.5]}
"""A kilowatt of PV saves 0.75 up to 10 kW (both hours), 0.25 up to 20 (the dim hour), then nothing; nothing built, 10 CNY."""


def planned(case: Case, *investment: Term) -> Plan:
    return plan(case, Costs((bought(case, 0.5),), (), investment, shortfall_terms(case)))


def sized(power: dict[str, float], *investment: Term) -> Plan:
    return planned(small_case([10.0, 10.0], {"pv": pv(power)}, series=SUN), *investment)


class TestModules:
    def test_a_size_is_so_many_modules(self):
        """At 0.5 a kW, 10 kW would save most (2.5). In modules of 6: one saves 1.5, two save 2. Rounded down it would be one."""
        found = sized({"min": 0, "max": 100, "module": 6}, Size("capital", "pv.power_kw", 0.5))
        assert found.sizes["pv.power_kw"] == pytest.approx(12.0, rel=1e-9)
        assert found.objective_cny == pytest.approx(8.0, rel=NEAR)
        assert found.solution.search is not None
        assert found.solution.search.effort == SIZING

    def test_no_more_than_fit_below_the_most(self):
        """Two of 6 kW do not fit below 11."""
        found = sized({"min": 0, "max": 11, "module": 6}, Size("capital", "pv.power_kw", 0.1))
        assert found.sizes["pv.power_kw"] == pytest.approx(6.0, rel=1e-9)

    def test_at_least_as_many_as_the_least_asks(self):
        """13 kW at least are three of 6, though they do not pay."""
        found = sized({"min": 13, "max": 100, "module": 6}, Size("capital", "pv.power_kw", 9.0))
        assert found.sizes["pv.power_kw"] == pytest.approx(18.0, rel=1e-9)


class TestPaidOnce:
    @pytest.mark.parametrize(("fixed", "built", "cost"), [(2.0, 10.0, 9.5), (3.0, 0.0, 10.0)])
    def test_it_is_built_where_it_pays_what_is_paid_once(self, fixed, built, cost):
        """10 kW save 2.5 beyond their price. Relaxed, a tenth of 100 kW would be a tenth of the 3 CNY, and it would be built."""
        outlay = Outlay("capital", "pv.power_kw", fixed, (), (0.5,))
        found = sized({"min": 0, "max": 100}, outlay)
        assert found.sizes["pv.power_kw"] == pytest.approx(built, abs=1e-4)
        assert found.objective_cny == pytest.approx(cost, rel=NEAR)

    def test_what_must_be_built_pays_it(self):
        outlay = Outlay("capital", "pv.power_kw", 3.0, (), (0.5,))
        assert sized({"min": 1, "max": 100}, outlay).objective_cny == pytest.approx(10.5, rel=NEAR)

    def test_a_known_size_pays_it_too(self):
        """Rules out a dispatch, or a reference case, that forgets it: 12.5 and not 9.5."""
        outlay = Outlay("capital", "pv.power_kw", 3.0, (), (0.5,))
        found = planned(small_case([10.0, 10.0], {"pv": pv(10.0)}, series=SUN), outlay)
        assert found.objective_cny == pytest.approx(10.0 - 7.5 + 5.0 + 3.0, rel=NEAR)
        assert found.solution.search is None


class TestEconomyOfScale:
    OUTLAY = Outlay("capital", "pv.power_kw", 0.0, (10.0,), (0.8, 0.1))

    def test_a_large_plant_pays_where_a_small_one_does_not(self):
        """10 kW lose 0.5; 20 kW cost 9 and save 10. The cheap band taken first would build 10 kW for 1."""
        found = sized({"min": 0, "max": 100}, self.OUTLAY)
        assert found.sizes["pv.power_kw"] == pytest.approx(20.0, rel=1e-4)
        assert found.objective_cny == pytest.approx(9.0, rel=NEAR)

    def test_the_cheap_band_does_not_open_before_the_dear_one_is_full(self):
        """At most 12 kW: 12 cost 8.2 and save 8, so none is built."""
        found = sized({"min": 0, "max": 12}, self.OUTLAY)
        assert found.sizes["pv.power_kw"] == pytest.approx(0.0, abs=1e-4)
        assert found.objective_cny == pytest.approx(10.0, rel=NEAR)

    def test_three_bands(self):
        """5 at 0.8, 5 at 0.6, 10 at 0.1: 8 CNY for 20 kW that save 10."""
        found = sized({"min": 0, "max": 40}, Outlay("capital", "pv.power_kw", 0.0, (5.0, 10.0), (0.8, 0.6, 0.1)))
        assert found.objective_cny == pytest.approx(8.0, rel=NEAR)

    def test_rising_bands_need_no_whole_numbers(self):
        """0.5 up to 10 kW, dearer above: 10 kW, as a linear program."""
        found = sized({"min": 0, "max": 100}, Outlay("capital", "pv.power_kw", 0.0, (10.0,), (0.5, 0.9)))
        assert found.sizes["pv.power_kw"] == pytest.approx(10.0, rel=1e-3)
        assert found.solution.search is None


class TestParkFile:
    def test_fields_become_outlays_of_capital_and_upkeep(self):
        """Twenty years without interest: a twentieth a year of 400 once, of 20 up to 10 kW and of 10 above; upkeep 1 % of each."""
        scale = {
            "capex": 20.0,
            "capex_fixed": 400.0,
            "capex_above": [{"size": 10.0, "capex": 10.0}],
            "life": 20,
            "om_share": 0.01,
        }
        finance = {"discount_rate": 0.0, "horizon": 20, "residual": 0.0}
        case = year_case(assets={"pv": pv({"min": 0, "max": 50}, **scale)}, finance=finance)
        capital, upkeep = investment_terms(case.park, case.grid)
        assert isinstance(capital, Outlay)
        assert isinstance(upkeep, Outlay)
        assert (capital.name, capital.asset, capital.breaks) == ("capital", "pv.power_kw", (10.0,))
        assert (capital.fixed, *capital.slopes) == pytest.approx((20.0, 1.0, 0.5))
        assert (upkeep.fixed, *upkeep.slopes) == pytest.approx((4.0, 0.2, 0.1))
        assert capital.of(30.0) == pytest.approx(20.0 + 10.0 + 10.0)

    def test_a_store_scales_with_its_energy(self):
        case = year_case(assets={"store": battery({"min": 0, "max": 5}, {"min": 0, "max": 9}, capex_fixed=7.0)})
        assert [each.name for each in whole_sizes(case.park)] == ["store.energy_kwh"]

    def test_a_tank_scales_with_its_mass_and_a_stack_with_its_power(self):
        """A tank at 40 CNY/kg, 30 above 10 kg, and 7 once: 30 kg are 7 + 400 + 600. Rules out a price alone."""
        tank = {
            "family": "hydrogen_tank",
            "bus": "h2",
            "mass": {"min": 0, "max": 50},
            "capex": 40.0,
            "capex_fixed": 7.0,
        }
        tank |= {"capex_above": [{"size": 10.0, "capex": 30.0}], "life": 20}
        stack = {"family": "electrolyzer", "input": "main", "bus": "h2", "specific_energy": 50.0, "capex_fixed": 9.0}
        stack |= {"power": {"min": 0, "max": 5}}
        finance = {"discount_rate": 0.0, "horizon": 20, "residual": 0.0}
        buses = {"main": {}, "h2": {"carrier": "hydrogen"}}
        case = year_case(assets={"tank": tank, "ely": stack}, finance=finance, buses=buses)
        assert [each.name for each in whole_sizes(case.park)] == ["tank.mass_kg", "ely.power_kw"]
        (capital,) = (each for each in investment_terms(case.park, case.grid) if each.asset == "tank.mass_kg")
        assert capital.of(30.0) == pytest.approx((7.0 + 400.0 + 600.0) / 20)


class TestTypicalPeriods:
    def test_a_year_of_like_weeks_is_decided_as_by_itself(self):
        """52 weeks alike and a day: the typical week is the year, so the error is nothing, and the modules are those that pay.

        A weight forgotten would build nothing: a week saves a week's energy and pays a year's capital. One counted twice, too much.
        """
        power = {"min": 0, "max": 600, "module": 15}
        case = year_case(assets={"pv": pv(power, capex=2000.0, capex_fixed=1000.0)})
        found = decide(case).plan
        assert found.typical is not None
        assert abs(found.typical_error) < 2e-3
        assert found.sizes["pv.power_kw"] == found.typical.sizes["pv"]["power_kw"]
        assert found.sizes["pv.power_kw"] % 15 == 0
        assert 0 < found.sizes["pv.power_kw"] < 600
        assert search_findings(found) == ()
        free = year_case(assets={"pv": pv({"min": 0, "max": 600}, capex=2000.0)})
        least = decide(free).plan.objective_cny
        assert least * (1 - 1e-6) <= found.objective_cny <= least * (1 + SIZING.relative_gap) + 1000.0

    def test_the_error_is_of_what_somebody_pays(self):
        """In one hour a week up to 180 kW more than the connection carries, from week to week another 30: 4,590 kWh are cut, for
        229,500 CNY that nobody pays. With these in it the error was of them: some are averaged away on typical weeks."""
        case = uneven_case()
        found = decide(case).plan
        assert found.typical is not None
        assert found.penalty_cny == pytest.approx(50.0 * 4590.0, rel=1e-4)
        mixed = (found.typical.objective_cny - found.objective_cny) / found.objective_cny
        assert mixed < -4e-3
        assert abs(found.typical_error) < 4e-4

    def test_a_park_without_whole_numbers_asks_for_none(self):
        case = year_case(assets={"pv": pv({"min": 0, "max": 200}, capex=2000.0)})
        assert typical_sizes(case, costs_of_year(case)) is None

    def test_a_peak_lies_above_every_period_of_its_month(self):
        """Four periods, two months, two typical ones: the first stands for one of each month, the second for the last of
        each. Both months touch both, so they share one peak at both prices. A peak for each typical period would count twice."""
        values = np.repeat([1.0, 5.0, 1.0, 5.0], 3)
        periods = choose_periods({"need": values}, 3, 2)
        months = Grouping(np.repeat([0, 1], 6).astype(np.intp), ("2025-01", "2025-02"))
        term = Peak("demand", Flow.of("grid.import_kw"), months, np.array([30.0, 40.0]), np.zeros(2))
        (peak,) = typical_terms([term], periods)
        assert isinstance(peak, Peak)
        assert peak.price.tolist() == [70.0, 0.0]
        assert peak.group.codes.tolist() == [0] * 6

    def test_a_contract_of_each_month_keeps_what_it_agreed(self):
        """Left out, sizes would be chosen as if the basic charge were free; summed as peaks are, 20 and 25 kW would be one."""
        values = np.repeat([1.0, 5.0, 1.0, 5.0], 3)
        periods = choose_periods({"need": values}, 3, 2)
        months = Grouping(np.repeat([0, 1], 6).astype(np.intp), ("2025-01", "2025-02"))
        price, agreed = np.array([30.0, 40.0]), np.array([20.0, 25.0])
        term = Contracted(
            "c", Flow.of("grid.import_kw"), months, price, agreed, np.zeros(2), 1.05, 2.0, "grid.capacity_kva", 0.4
        )
        found = [each for each in typical_terms([term], periods) if isinstance(each, Contracted)]
        assert [each.price.tolist() for each in found] == [[30.0, 0.0], [40.0, 0.0]]
        assert [each.agreed.tolist() for each in found] == [[20.0, 0.0], [25.0, 0.0]]
        assert [each.group.codes.tolist() for each in found] == [[0] * 6, [0] * 6]

    def test_prices_are_means_and_bands_those_of_the_year(self):
        values = np.repeat([1.0, 5.0, 1.0, 5.0], 3)
        periods = choose_periods({"need": values}, 3, 2)
        months = Grouping(np.repeat([0, 1], 6).astype(np.intp), ("2025-01", "2025-02"))
        price = np.arange(12.0)
        found, bands = typical_terms(
            [Sum("a", Flow.of("x"), price, months), Bands("b", Flow.of("x"), months, (100.0,), (0.0, 1.0))], periods
        )
        assert isinstance(found, Sum)
        assert isinstance(bands, Bands)
        assert found.price.tolist() == [3.0, 4.0, 5.0, 6.0, 7.0, 8.0]
        assert bands.breaks == (200.0,)


def uneven_case() -> Case:
    """100 kW by day, 40 by night, and in one hour of each week more than the 100 kW that may be drawn."""
    grid = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    hour = np.arange(grid.steps)
    more = np.where(hour % 168 == 5, 30.0 * (hour // 168 % 7), 0.0)
    need = np.where(hour % 24 < 12, 100.0, 40.0) + more
    assets = {"pv": pv({"min": 0, "max": 60, "module": 15}, capex=5000.0)}
    sun = np.clip(np.sin(np.pi * (hour % 24 - 6) / 12), 0.0, None)
    return small_case(need, assets, grid=grid, series={"sun": sun.tolist()}, connection={"import_limit": 100.0})


def costs_of_year(case: Case) -> Costs:
    return Costs((bought(case, 0.5),), (), investment_terms(case.park, case.grid), shortfall_terms(case))
