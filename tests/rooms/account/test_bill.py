"""The bill: cents on lines, totals that are sums of lines, and what rounding did."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingtan.account import bill_of
from lingtan.terms import Evaluation, Line
from lingtan.tolerances import ROUNDING_PER_LINE_CNY


def line(amount: float, component: str = "purchase", period: str = "2025-01 peak") -> Line:
    return Line(component, period, 10.0, "kWh", amount / 10.0, amount, "list", "works")


def test_a_line_is_rounded_half_away_from_nothing():
    """0.125 is exact in binary: 0.13. Half to even would print 0.12, cutting off 0.12 as well."""
    bill = bill_of(Evaluation((line(0.125), line(-0.125), line(0.1249))))
    assert [str(each.amount_cny) for each in bill.lines] == ["0.13", "-0.13", "0.12"]


def test_nothing_has_no_sign():
    """Rules out `-0.00` in bill.csv."""
    (printed,) = bill_of(Evaluation((line(-0.001),))).lines
    assert str(printed.amount_cny) == "0.00"


def test_the_total_is_the_sum_of_the_lines():
    """Three lines of 0.336 print 0.34 each, so 1.02. The exact total rounded, 1.01, would not be what the lines add up to."""
    bill = bill_of(Evaluation(tuple(line(0.336) for _ in range(3))))
    assert bill.total_cny == Decimal("1.02")
    assert bill.unrounded_cny == pytest.approx(1.008)
    assert bill.rounding_cny == pytest.approx(0.012)


def test_a_bill_without_lines_is_zero_to_the_cent():
    bill = bill_of(Evaluation())
    assert (str(bill.total_cny), bill.rounding_cny, bill.by_component()) == ("0.00", 0.0, {})


def test_sums_by_component():
    """Components keep the order in which they came."""
    lines = (
        line(1.0, "purchase", "2025-01 peak"),
        line(2.0, "funds", "2025-01 flat"),
        line(4.0, "purchase", "2025-02 peak"),
    )
    bill = bill_of(Evaluation(lines, elected={"grid.basis": "demand"}))
    assert list(bill.by_component().items()) == [("purchase", Decimal("5.00")), ("funds", Decimal("2.00"))]
    assert bill.elected == (("grid.basis", "demand"),)


def test_a_printed_line_keeps_what_it_is_made_of():
    """Rules out a quantity or price that was rounded with the amount: then nobody can recompute it."""
    given_line = Line("purchase", "2025-01", 1 / 3, "kWh", 0.123456789, 0.041152263, "list", "works")
    (printed,) = bill_of(Evaluation((given_line,))).lines
    assert (printed.quantity, printed.price, printed.unit) == (1 / 3, 0.123456789, "kWh")
    assert (printed.member, printed.rule, printed.period, printed.component) == ("works", "list", "2025-01", "purchase")


@given(st.lists(st.floats(-1e8, 1e8), max_size=50))
def test_rounding_moves_a_line_by_half_a_cent_at_most(amounts):
    bill = bill_of(Evaluation(tuple(map(line, amounts))))
    for printed, amount in zip(bill.lines, amounts, strict=True):
        assert abs(printed.amount_cny - Decimal(amount)) <= Decimal(ROUNDING_PER_LINE_CNY)
    assert bill.total_cny == sum((printed.amount_cny for printed in bill.lines), Decimal(0))
    assert sum(bill.by_component().values(), Decimal(0)) == bill.total_cny


def test_energy_that_no_meter_shows_has_no_line():
    """0.0012 kWh in the super peak came of a solver and was printed as 0.00 CNY. What costs a cent is printed, and so is energy
    that is free."""

    def line(kwh: float, price: float) -> Line:
        return Line("purchase", "2025-01", kwh, "kWh", price, kwh * price, "rule", "")

    bill = bill_of(Evaluation((line(0.0012, 1.5), line(0.0012, 10.0), line(5.0, 0.0))))
    assert [float(each.amount_cny) for each in bill.lines] == [0.01, 0.0]
    assert bill.unrounded_cny == pytest.approx(0.0012 * 11.5)
