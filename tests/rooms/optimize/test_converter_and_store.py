"""The two generic families on cases that are solved by hand. Each test says what a bug would give.

A case is a layout of a few hours with plain converters; `solved` lowers the terms, solves and returns what is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import ArrayLike

from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.optimize.assets.converter import Converter, lower_converter, lower_offered
from lingtan.optimize.assets.store import Store, lower_store
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.lower import lower
from lingtan.optimize.solve import solve
from lingtan.terms import Size, Sum, Term

NEAR = 1e-6


def hours(steps: int, step_hours: float = 1.0, *buses: str) -> Layout:
    layout = Layout(steps, step_hours)
    for bus in buses or ("main",):
        layout.bus(bus)
    return layout


def source(layout: Layout, name: str, limit: float, bus: str = "main") -> None:
    """Something to buy from, at most `limit` kW."""
    size = layout.size(f"{name}.power_kw", limit, limit, "kW")
    layout.publish(name, Affine.of(lower_converter(Converter(name, {bus: 1.0}), size, layout)))


def need(layout: Layout, power_kw: ArrayLike, bus: str = "main") -> None:
    layout.inject(bus, Affine.known(-np.asarray(power_kw, dtype=float)))


def priced(layout: Layout, flow: str, price: ArrayLike) -> Sum:
    prices = np.broadcast_to(np.asarray(price, dtype=float), (layout.steps,))
    return Sum(flow, Flow.of(flow), prices, Grouping.whole(layout.steps, ""))


def solved(layout: Layout, *terms: Term) -> tuple[float, Mapping[str, np.ndarray], Mapping[str, float]]:
    """Cost [CNY], flows [kW] and sizes of the optimum."""
    lower(terms, layout)
    solution = solve(layout.program.finish())
    x = solution.x
    return solution.certificate.objective_cny, layout.read_flows(x), layout.read_sizes(x)


class TestConverter:
    def test_ports_carry_coefficients(self):
        """A heat pump with 3 units of heat per unit of power: 30 kW of heat for 10 kW at 0.5. Inverted: 45 CNY an hour."""
        layout = hours(2, 1.0, "power", "heat")
        source(layout, "grid", 100.0, "power")
        pump = layout.size("pump.power_kw", 50.0, 50.0, "kW")
        lower_converter(Converter("pump", {"power": -1.0, "heat": 3.0}), pump, layout)
        need(layout, [30.0, 60.0], "heat")
        cost, flows, _ = solved(layout, priced(layout, "grid", 0.5))
        assert flows["grid"] == pytest.approx([10.0, 20.0], abs=NEAR)
        assert cost == pytest.approx(15.0, rel=NEAR)

    def test_a_port_may_change_with_time(self):
        """Rules out the coefficient of the first step in all steps (the weather of January)."""
        layout = hours(2, 1.0, "power", "heat")
        source(layout, "grid", 100.0, "power")
        pump = layout.size("pump.power_kw", 50.0, 50.0, "kW")
        lower_converter(Converter("pump", {"power": -1.0, "heat": np.array([2.0, 4.0])}), pump, layout)
        need(layout, [20.0, 20.0], "heat")
        _, flows, _ = solved(layout, priced(layout, "grid", 0.5))
        assert flows["grid"] == pytest.approx([10.0, 5.0], abs=NEAR)

    def test_the_available_share_limits_a_known_size(self):
        """At most 0.5 and 0.1 of 100 kW at no cost; the rest is bought. Without the share nothing would be bought."""
        layout = hours(2)
        source(layout, "grid", 100.0)
        size = layout.size("pv.power_kw", 100.0, 100.0, "kW")
        layout.publish("pv", Affine.of(lower_converter(Converter("pv", {"main": 1.0}, [0.5, 0.1]), size, layout)))
        need(layout, [60.0, 60.0])
        _, flows, _ = solved(layout, priced(layout, "grid", 1.0))
        assert flows["pv"] == pytest.approx([50.0, 10.0], abs=NEAR)
        assert flows["grid"] == pytest.approx([10.0, 50.0], abs=NEAR)

    def test_the_available_share_limits_a_decided_size(self):
        """10 kW need 20 kW at a share of 0.5, at 1 CNY each, against 30 bought. A share on the wrong side: 5 kW."""
        layout = hours(1)
        source(layout, "grid", 100.0)
        size = layout.size("pv.power_kw", 0.0, 100.0, "kW")
        layout.publish("pv", Affine.of(lower_converter(Converter("pv", {"main": 1.0}, [0.5]), size, layout)))
        need(layout, [10.0])
        cost, flows, sizes = solved(layout, priced(layout, "grid", 3.0), Size("capital", "pv.power_kw", 1.0))
        assert sizes["pv.power_kw"] == pytest.approx(20.0, rel=NEAR)
        assert flows["grid"] == pytest.approx([0.0], abs=1e-5)
        assert cost == pytest.approx(20.0, rel=NEAR)

    @pytest.mark.parametrize("decided", [False, True])
    def test_what_is_offered_is_taken_or_spilled(self, decided):
        """80 of 100 kW offered, 30 needed: 50 spilled. Rules out spilling what was never offered (70)."""
        layout = hours(1)
        size = layout.size("pv.power_kw", 0.0 if decided else 100.0, 100.0, "kW")
        taken, spilled = lower_offered(Converter("pv", {"main": 1.0}, [0.8]), size, layout)
        layout.publish("pv", Affine.of(taken))
        layout.publish("spilled", Affine.of(spilled))
        need(layout, [30.0])
        terms = [Size("bonus", "pv.power_kw", -1.0)] if decided else [priced(layout, "pv", 0.1)]
        _, flows, sizes = solved(layout, *terms)
        assert (sizes["pv.power_kw"], flows["pv"][0], flows["spilled"][0]) == pytest.approx(
            (100.0, 30.0, 50.0), rel=1e-5
        )


class TestStore:
    """Cheap energy in the first hour (0.1), dear in the second (1.0), 9 kWh needed in the second."""

    def park(self, loss: float, *, step_hours: float = 1.0, size: float = 100.0) -> Layout:
        layout = hours(2, step_hours)
        source(layout, "grid", 1_000.0)
        lower_store(Store("tank", "main", loss), layout.size("tank.energy_kwh", size, size, "kWh"), layout)
        need(layout, [0.0, 9.0 / step_hours])
        return layout

    def test_standing_loss_costs_energy(self):
        """Lose a tenth in an hour: buy 10 kWh for 9. Without loss 0.90 CNY, without a store 9.00."""
        layout = self.park(0.1)
        cost, flows, _ = solved(layout, priced(layout, "grid", [0.1, 1.0]))
        assert flows["grid"] == pytest.approx([10.0, 0.0], abs=1e-5)
        assert cost == pytest.approx(1.0, rel=NEAR)

    def test_standing_loss_is_per_hour_and_not_per_step(self):
        """A quarter of an hour keeps 0.9^(1/4): 9.2401 kWh for 9. Per step it would be 10."""
        layout = self.park(0.1, step_hours=0.25)
        cost, flows, _ = solved(layout, priced(layout, "grid", [0.1, 1.0]))
        assert flows["grid"] * 0.25 == pytest.approx([9.0 / 0.9**0.25, 0.0], abs=1e-5)
        assert cost == pytest.approx(0.9 / 0.9**0.25, rel=NEAR)

    def test_it_ends_as_it_began(self):
        """Dear hour first: 9 kWh come from the content that the cheap last hour refills. A store that begins full for
        nothing would cost 0, one that begins empty 9.00."""
        layout = hours(2)
        source(layout, "grid", 1_000.0)
        lower_store(Store("tank", "main", 0.0), layout.size("tank.energy_kwh", 100.0, 100.0, "kWh"), layout)
        need(layout, [9.0, 0.0])
        cost, flows, _ = solved(layout, priced(layout, "grid", [1.0, 0.1]))
        assert flows["grid"] == pytest.approx([0.0, 9.0], abs=1e-5)
        assert cost == pytest.approx(0.9, rel=NEAR)

    def test_content_stays_within_a_known_size(self):
        """4 kWh of store: 5 kWh are bought dear. In quarters of an hour a size in kW would hold 1."""
        layout = self.park(0.0, step_hours=0.25, size=4.0)
        cost, flows, _ = solved(layout, priced(layout, "grid", [0.1, 1.0]))
        assert flows["grid"] * 0.25 == pytest.approx([4.0, 5.0], abs=1e-5)
        assert cost == pytest.approx(5.4, rel=NEAR)

    @pytest.mark.parametrize(("capital", "built"), [(0.5, 9.0), (1.2, 0.0)])
    def test_a_decided_size_is_built_where_it_pays(self, capital, built):
        """A kWh of store saves 0.9 a cycle: worth building at 0.5, not at 1.2."""
        layout = hours(2)
        source(layout, "grid", 1_000.0)
        lower_store(Store("tank", "main", 0.0), layout.size("tank.energy_kwh", 0.0, 100.0, "kWh"), layout)
        need(layout, [0.0, 9.0])
        prices = priced(layout, "grid", [0.1, 1.0])
        cost, _, sizes = solved(layout, prices, Size("capital", "tank.energy_kwh", capital))
        assert sizes["tank.energy_kwh"] == pytest.approx(built, abs=1e-5)
        assert cost == pytest.approx(0.9 + 9 * capital if built else 9.0, rel=1e-5)

    def test_one_step_can_only_lose(self):
        """The content of a single step is its own past: holding something costs its loss, so nothing is held."""
        layout = hours(1)
        source(layout, "grid", 100.0)
        content = lower_store(Store("tank", "main", 0.1), layout.size("tank.energy_kwh", 50.0, 50.0, "kWh"), layout)
        layout.publish("tank", Affine.of(content))
        need(layout, [10.0])
        cost, flows, _ = solved(layout, priced(layout, "grid", 1.0))
        assert flows["tank"] == pytest.approx([0.0], abs=1e-5)
        assert cost == pytest.approx(10.0, rel=NEAR)


class TestLayout:
    def test_a_known_size_is_a_bound_and_not_a_row(self):
        """Bounds are free for a solver, rows are not."""
        layout = hours(3)
        size = layout.size("pv.power_kw", 5.0, 5.0, "kW")
        layout.inject("main", Affine.of(layout.bounded("pv", size, [1.0, 0.5, 0.0])))
        model = layout.program.finish()
        assert [block.name for block in model.row_blocks] == ["main.balance"]
        assert model.upper.tolist() == [5.0, 2.5, 0.0]
        with pytest.raises(ValueError, match="a known size is a bound, not a row"):
            layout.limit("pv", np.arange(3), size)

    def test_affine_quantities_blend(self):
        """2 · (3 + x) + 10 y at x = (1, 2), y = (5, 7)."""
        x = np.array([1.0, 2.0, 5.0, 7.0])
        blend = (Affine.known(np.array([3.0, 3.0])) + Affine.of(np.array([0, 1]))) * 2.0 + Affine.of(
            np.array([2, 3]), 10.0
        )
        assert blend.read(x).tolist() == [58.0, 80.0]

    def test_a_flow_that_no_asset_published_is_no_zero(self):
        with pytest.raises(KeyError, match="pv"):
            hours(1).blend(Flow.of("pv"))
