"""Each kind of term as columns and rows: what it adds, what its optimum is, what its row is worth.

`tests/laws/test_bill_is_objective.py` holds lowering and settlement together; here is what a program makes of the terms.
"""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.findings import InputError
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.lower import NotLinearError, elect, elections, elections_within, lower
from lingtan.optimize.solve import solve
from lingtan.terms import MISSED_CNY_PER_KWH, Bands, Choice, Fixed, Peak, Ratio, Size, Sum

GRID, OWN = Flow.of("grid"), Flow.of("own")
NEAR = 1e-6


def park(need: list[float], step_hours: float = 1.0, own_limit: float = 1e4) -> Layout:
    """A need that `grid` and `own` serve, each from its own columns."""
    layout = Layout(len(need), step_hours)
    layout.bus("main")
    for name, limit in (("grid", 1e4), ("own", own_limit)):
        flow = Affine.of(layout.program.columns(name, layout.steps, "kW", upper=limit))
        layout.inject("main", layout.publish(name, flow))
    layout.inject("main", Affine.known(-np.array(need)))
    layout.publish("need", Affine.known(np.array(need)))
    return layout


def energy(flow: str, price: float, steps: int) -> Sum:
    return Sum(flow, Flow.of(flow), np.full(steps, price), Grouping.whole(steps, ""))


class TestPeak:
    MONTHS = Grouping(np.array([0, 0, 1, 1]), ("a", "b"))

    def test_a_peak_is_shaved_in_each_month(self):
        """`own` costs 1.5 more a kWh; a kW of peak costs 2. It pays to shave one hour of a month, not two: the peaks fall
        to the months' second largest needs, 20 and 15. One peak for both months would leave 20 and 20."""
        layout = park([30.0, 20.0, 15.0, 40.0])
        terms = [
            energy("grid", 0.5, 4),
            energy("own", 2.0, 4),
            Peak("demand", GRID, self.MONTHS, np.full(2, 2.0), np.zeros(2)),
        ]
        lowered = lower(terms, layout)
        solution = solve(layout.program.finish())
        assert layout.flows["grid"].read(solution.x) == pytest.approx([20.0, 20.0, 15.0, 15.0], abs=1e-5)
        assert solution.certificate.objective_cny == pytest.approx(105 * 0.5 + 35 * 1.5 + 35 * 2.0, rel=NEAR)
        assert solution.duals[lowered.rules["demand"]].sum() == pytest.approx(4.0, rel=1e-4)

    def test_what_was_incurred_is_used_for_nothing(self):
        """A peak of 25 is behind us, so imports rise to it: shaving below saves nothing. Taken as 0 they would stop at 20."""
        layout = park([30.0, 20.0, 15.0, 10.0])
        incurred = Peak("demand", GRID, self.MONTHS, np.full(2, 2.0), np.array([25.0, 0.0]))
        lower([energy("grid", 0.5, 4), energy("own", 2.0, 4), incurred], layout)
        solution = solve(layout.program.finish())
        assert layout.flows["grid"].read(solution.x)[:2] == pytest.approx([25.0, 20.0], abs=1e-5)
        assert solution.certificate.objective_cny == pytest.approx(
            75 * 0.5 + 5 * 1.5 + 25 * 2.0 + 10 * 2.0 + 5 * 1.5, rel=NEAR
        )

    def test_a_long_month_is_one_peak_over_many_parts(self):
        """300 steps are 4 parts of 96: still one peak. A peak for each part would cost 4 times as much."""
        rng = np.random.default_rng(3)
        need = list(rng.uniform(10.0, 20.0, 300))
        layout = park(need, own_limit=0.0)
        lower([Peak("demand", GRID, Grouping.whole(300, "m"), np.array([7.0]), np.zeros(1))], layout)
        assert solve(layout.program.finish()).certificate.objective_cny == pytest.approx(7.0 * max(need), rel=1e-5)

    def test_a_known_flow_costs_what_it_costs(self):
        """Nothing is decided: no row, no column, the peak is in the offset."""
        layout = park([30.0, 20.0, 15.0, 40.0])
        before = layout.program.finish().shape
        lower([Peak("demand", Flow.of("need"), self.MONTHS, np.full(2, 2.0), np.array([0.0, 50.0]))], layout)
        assert layout.program.offset == 2 * 30.0 + 2 * 50.0
        assert layout.program.finish().shape == before


class TestBands:
    def test_a_cap_is_kept_at_a_price(self):
        """The first 40 kWh of `grid` cost 0.5, all above 3.0; `own` costs 2.0. So 40 kWh of grid, 20 of own: 60 CNY.
        Off by one band: all grid, 30 CNY, or all own, 120."""
        layout = park([120.0, 120.0], step_hours=0.25)
        whole = Grouping.whole(2, "year")
        lower([Bands("cap", GRID, whole, (40.0,), (0.5, 3.0)), energy("own", 2.0, 2)], layout)
        solution = solve(layout.program.finish())
        assert layout.flows["grid"].read(solution.x).sum() * 0.25 == pytest.approx(40.0, rel=1e-5)
        assert solution.certificate.objective_cny == pytest.approx(60.0, rel=NEAR)

    def test_the_row_of_a_cap_has_the_price_of_a_kilowatt_hour_more(self):
        """One kWh more under the cap replaces own at 2.0 by grid at 0.5: worth 1.5."""
        layout = park([120.0, 120.0], step_hours=0.25)
        cap = Bands("cap", GRID, Grouping.whole(2, "year"), (40.0,), (0.5, 3.0))
        lowered = lower([cap, energy("own", 2.0, 2)], layout)
        solution = solve(layout.program.finish())
        assert solution.duals[lowered.rules["cap.above_1"]] == pytest.approx([-1.5], rel=1e-4)

    def test_known_energy_fills_the_first_band(self):
        """30 of the 40 kWh are given: `grid` has 10 left. Forgetting them would leave 40."""
        layout = park([120.0, 120.0], step_hours=0.25)
        layout.publish("given", Affine.known(np.array([60.0, 60.0])))
        whole = Grouping.whole(2, "year")
        lower([Bands("cap", Flow.of("grid", "given"), whole, (40.0,), (0.5, 3.0)), energy("own", 2.0, 2)], layout)
        solution = solve(layout.program.finish())
        assert layout.flows["grid"].read(solution.x).sum() * 0.25 == pytest.approx(10.0, rel=1e-5)
        assert solution.certificate.objective_cny == pytest.approx(40 * 0.5 + 50 * 2.0, rel=NEAR)

    def test_a_price_that_falls_is_not_decided(self):
        """Rules out a linear program that fills the cheap last band first."""
        with pytest.raises(NotLinearError) as error:
            lower([Bands("tiers", GRID, Grouping.whole(1, ""), (40.0,), (0.5, 0.4))], park([1.0]))
        assert (
            str(error.value) == "tiers: a price that falls with quantity is settled exactly, but not decided linearly"
        )


class TestRatio:
    def shares(self, sense: str, bound: float, own_limit: float = 1e4) -> tuple[float, float]:
        layout = park([100.0, 60.0], step_hours=0.5, own_limit=own_limit)
        share = Ratio("share", OWN, Flow.of("need"), sense, bound)
        price = {"at_least": (0.5, 2.0), "at_most": (2.0, 0.5)}[sense]
        lower([energy("grid", price[0], 2), energy("own", price[1], 2), share], layout)
        solution = solve(layout.program.finish())
        return layout.flows["own"].read(solution.x).sum() * 0.5, solution.certificate.objective_cny

    def test_a_share_is_reached_at_least_cost(self):
        """A quarter of 80 kWh from `own` at 2.0, the rest at 0.5. By the step it would be the same; turned round, 60 kWh."""
        assert self.shares("at_least", 0.25) == pytest.approx((20.0, 60 * 0.5 + 20 * 2.0), rel=1e-5)

    def test_a_share_is_not_passed(self):
        assert self.shares("at_most", 0.25) == pytest.approx((20.0, 60 * 2.0 + 20 * 0.5), rel=1e-5)

    def test_a_share_out_of_reach_is_missed_at_its_price(self):
        """At most 8 kW in each half-hour: 8 kWh of 20. The 12 missed cost their price; the park is not infeasible."""
        missed = 12 * MISSED_CNY_PER_KWH
        assert self.shares("at_least", 0.25, own_limit=8.0) == pytest.approx(
            (8.0, 72 * 0.5 + 8 * 2.0 + missed), rel=1e-5
        )


class TestSizeFixedAndChoice:
    def test_a_known_size_and_a_fixed_amount_are_in_the_offset(self):
        layout = park([1.0])
        layout.size("pv.power_kw", 40.0, 40.0, "kW")
        lower([Size("capital", "pv.power_kw", 3.0), Fixed("fee", 7.0)], layout)
        assert layout.program.offset == 127.0

    def test_a_decided_size_is_charged_on_its_column(self):
        layout = park([1.0])
        column = layout.size("pv.power_kw", 0.0, 40.0, "kW").column
        lower([Size("capital", "pv.power_kw", 3.0), Size("upkeep", "pv.power_kw", 0.5)], layout)
        assert layout.program.finish().cost[column] == 3.5

    def test_a_choice_must_be_elected_first(self):
        with pytest.raises(ValueError, match="choice 'basis' must be elected before it is lowered"):
            lower([Choice("basis", {"a": (Fixed("a", 1.0),)})], park([1.0]))

    def test_tonnes_are_no_money(self):
        """Rules out 832.5 t of CO2 weighed as 832.50 CNY."""
        tonnes = Sum("co2", GRID, np.ones(1), Grouping.whole(1, ""), unit="t")
        with pytest.raises(ValueError, match="co2: t is no money, so it cannot be weighed; give it a price"):
            lower([tonnes], park([1.0]))

    def test_every_way_to_elect(self):
        """Two choices, one with a choice inside: each combination once; the inner one is elected with its outer."""
        inner = Choice("inner", {"x": (Fixed("x", 1.0),), "y": (Fixed("y", 2.0),)})
        terms = [Choice("outer", {"a": (inner,), "b": (Fixed("b", 4.0),)}), Fixed("always", 8.0)]
        found = [(tuple(way.values()), [term.name for term in elect(terms, way)]) for way in elections(terms)]
        assert found == [
            (("a", "x"), ["x", "always"]),
            (("a", "y"), ["y", "always"]),
            (("b", "x"), ["b", "always"]),
            (("b", "y"), ["b", "always"]),
        ]

    def test_no_choice_is_one_way(self):
        assert list(elections([Fixed("always", 8.0)])) == [{}]


def test_ways_of_electing_are_bounded():
    """Two choices for each of seven connections are 16,384 programs of a year: refused in words before the first is written."""
    fees = {"capacity": (Fixed("fee", 1.0),), "demand": (Fixed("fee", 2.0),)}
    three = [Choice(f"c{number}.basis", fees) for number in range(3)]
    assert len(list(elections_within(three, 8))) == 8
    with pytest.raises(InputError) as refused:
        elections_within(three, 7)
    (finding,) = refused.value.findings
    assert finding.text("en") == (
        "optimize.many-elections: c0.basis, c1.basis, c2.basis: there are too many ways of choosing the charges of the connections "
        "together; expected ≤ 7, got 8. Fix 'tariff.basis' or 'direct_supply.charge' instead of 'choice'."
    )
