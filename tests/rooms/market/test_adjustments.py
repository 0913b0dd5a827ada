"""Lines that are settled only, by hand: one month of April 2025, 720 hours of constant import at 0.50 CNY/kWh and 0.04 of funds.

Power factor: by the shipped record, 0.90 is the standard, 0.92 earns 0.30 %, 0.85 costs 2.5 %. Load factor: from 260 kWh/kVA on,
90 % of the demand price is paid.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.findings import InputError
from lingtan.market import SupplyBill, supply_bill, supply_terms
from lingtan.park import Park
from lingtan.terms import Readings, evaluate
from tests.small_parks import book_with, hours_grid, park_of, retail

APRIL = hours_grid(720, start="2025-04-01T00:00")
FUNDS = {"name": "government_funds", "price": 0.04, "floats_with_tou": False, "in_power_factor_base": False}


def listed(**charges: float) -> dict[str, Any]:
    plain = retail(0.5, **charges)
    return {**plain, "components": [*plain["components"], FUNDS], "examples": [{"digits": 6, "flat": 0.54}]}


BOOK = book_with(listed(capacity_price=22.0, demand_price=35.0))


def park(basis: str = "choice", **connection: Any) -> Park:
    tariff = {"price": "test.retail", "hours": "test.hours", "basis": basis}
    return park_of({"works": {"family": "load", "profile": "need"}}, {"capacity": 100.0, **connection}, tariff=tariff)


def billed(of: Park, import_kw: float, grid: Any = APRIL, **elected: str) -> SupplyBill:
    flows = {"grid.import_kw": np.full(grid.steps, import_kw), "grid.export_kw": np.zeros(grid.steps)}
    supply = supply_terms(of, BOOK, grid)
    return supply_bill(supply, Readings(flows, grid.step_hours, {"grid.capacity_kva": 100.0}, elected))


def settled(bill: SupplyBill) -> dict[str, float]:
    return {line.component: line.amount for line in bill.settled}


class TestPowerFactor:
    """30 kW: 21,600 kWh, 10,800 CNY of purchase and 864 of funds; 100 kVA cost 2,200. In the base: 13,000 CNY."""

    def test_a_bad_one_costs(self):
        """2.5 % of 13,000. Rules out funds in the base (346.60) and energy alone (270)."""
        bill = billed(park("capacity", mean_power_factor=0.85), 30.0)
        assert settled(bill) == pytest.approx({"power_factor_adjustment": 325.0})
        (line,) = bill.settled
        assert (line.period, line.quantity_unit, line.rule) == ("2025-04", "CNY", "cn.power-factor.090")
        assert (line.quantity, line.price) == pytest.approx((13_000.0, 0.025))
        assert bill.amount_cny == pytest.approx(10_800 + 864 + 2_200 + 325)

    def test_a_good_one_earns(self):
        assert settled(billed(park("capacity", mean_power_factor=0.92), 30.0)) == pytest.approx(
            {"power_factor_adjustment": -39.0}
        )

    def test_the_standard_is_a_line_of_nothing(self):
        """Settled, and said: not the same as unknown."""
        assert settled(billed(park("capacity", mean_power_factor=0.90), 30.0)) == {"power_factor_adjustment": 0.0}

    def test_none_given_is_not_billed_and_said_once(self):
        supply = supply_terms(park("capacity"), BOOK, APRIL)
        assert settled(billed(park("capacity"), 30.0)) == {}
        assert [note.text() for note in supply.notes] == [
            "market.no-power-factor: connections.grid.mean_power_factor: the power-factor adjustment is not billed, for no "
            "power factor is given. Give the connection's `mean_power_factor` to have it settled."
        ]
        assert supply_terms(park("capacity", mean_power_factor=0.9), BOOK, APRIL).notes == ()

    def test_one_that_no_record_adjusts_is_refused(self):
        """Single-part customers have no record: rules out that a stated power factor is passed over."""
        single = park("capacity", mean_power_factor=0.9).model_copy(
            update={"customer": park().customer.model_copy(update={"category": "single_part"})}
        )
        with pytest.raises(InputError) as error:
            supply_terms(single, BOOK, APRIL)
        assert [(found.code, found.who) for found in error.value.findings if found.severity == "error"] == [
            ("rulebook.no-record-here", "power_factor_adjustment (CN, single_part, 10 kV, grid_proxy)")
        ]


class TestLoadFactor:
    """100 kVA: 26,000 kWh a month are the threshold, 36.11 kW over 720 hours."""

    def test_from_the_threshold_on(self):
        """40 kW: 28,800 kWh, 1,400 CNY of demand, a tenth off."""
        bill = billed(park("demand"), 40.0)
        assert settled(bill) == pytest.approx({"load_factor_discount": -140.0})
        assert [(line.quantity, line.price) for line in bill.settled] == [pytest.approx((1_400.0, -0.1))]

    def test_below_it_nothing(self):
        assert settled(billed(park("demand"), 36.0)) == {}

    def test_not_for_capacity(self):
        assert settled(billed(park("capacity"), 50.0)) == {}

    def test_not_for_a_month_seen_in_part(self):
        """29 of 30 days: whether the month reaches the threshold is not known."""
        assert settled(billed(park("demand"), 60.0, hours_grid(29 * 24, start="2025-04-01T00:00"))) == {}

    def test_the_adjustment_is_on_the_discounted_charge(self):
        """40 kW at 0.85: 14,400 of purchase + 1,400 − 140 = 15,660; 2.5 % of it. Before the discount it would be 395."""
        assert settled(billed(park("demand", mean_power_factor=0.85), 40.0)) == pytest.approx(
            {"load_factor_discount": -140.0, "power_factor_adjustment": 391.5}
        )


def test_the_cheaper_basis_is_found_with_the_discount():
    """65 kW: demand 2,275 against capacity 2,200; less a tenth it is 2,047.50. Terms alone would elect capacity."""
    of = park()
    bill = billed(of, 65.0)
    assert dict(bill.decided.elected) == {"grid.basis": "demand"}
    assert settled(bill) == pytest.approx({"load_factor_discount": -227.5})
    terms = supply_terms(of, BOOK, APRIL).terms
    flows = {"grid.import_kw": np.full(720, 65.0)}
    alone = evaluate(terms, Readings(flows, 1.0, {"grid.capacity_kva": 100.0}))
    assert dict(alone.elected) == {"grid.basis": "capacity"}


def test_an_elected_basis_stays():
    bill = billed(park(), 65.0, **{"grid.basis": "capacity"})
    assert dict(bill.decided.elected) == {"grid.basis": "capacity"}
    assert bill.settled == ()
