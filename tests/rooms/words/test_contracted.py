"""Contracted demand as a term: what a month is billed, by hand, and what a linear program makes of it."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.terms import Contracted, Readings, evaluate

MONTHS = Grouping(np.array([0, 0, 1, 1]), ("2025-01", "2025-02"))
FLOWS = {"grid.import_kw": np.array([10.0, 30.0, 21.0, 5.0])}


def contract(agreed: list[float], incurred: float = 0.0, price: list[float] | None = None) -> Contracted:
    """35 CNY/kW, 5 % tolerated, double beyond it, at least 40 % of the capacity."""
    prices = np.array([35.0, 35.0] if price is None else price)
    flow, floor = Flow.of("grid.import_kw"), np.full(2, incurred)
    return Contracted(
        "basic_charge", flow, MONTHS, prices, np.array(agreed), floor, 1.05, 2.0, "grid.capacity_kva", 0.4
    )


def lines(term: Contracted, capacity_kva: float = 50.0) -> list[tuple[str, str, float, float]]:
    found = evaluate([term], Readings(FLOWS, 1.0, {"grid.capacity_kva": capacity_kva})).lines
    return [(line.component, line.period, line.quantity, line.amount) for line in found]


def test_what_is_agreed_is_billed_and_what_is_beyond_the_tolerance_doubly() -> None:
    """January: 30 - 1.05·20 = 9 kW at 70. February draws 21 = 1.05·20: nothing beyond. Beyond 20 instead of 21: 10 and 1 kW; at the
    plain price: 315 CNY; 105 % billed as the base: 735."""
    found = lines(contract([20.0, 20.0]))
    assert [each[:2] for each in found] == [
        ("basic_charge", "2025-01"),
        ("basic_charge", "2025-02"),
        ("demand_overrun", "2025-01"),
    ]
    assert [each[2] for each in found] == pytest.approx([20.0, 20.0, 9.0])
    assert [each[3] for each in found] == pytest.approx([700.0, 700.0, 630.0])


def test_a_quiet_month_pays_what_was_agreed() -> None:
    """Rules out measured demand: 30 and 21 kW."""
    assert lines(contract([40.0, 40.0])) == [
        ("basic_charge", "2025-01", 40.0, 1_400.0),
        ("basic_charge", "2025-02", 40.0, 1_400.0),
    ]


def test_an_open_value_is_what_would_have_been_cheapest() -> None:
    """30 and 21 kW less the tolerance: 28.57 and 20. At 60 kVA at least 24 are agreed, which only February feels."""
    assert [each[2] for each in lines(contract([np.nan, np.nan]))] == pytest.approx([30 / 1.05, 20.0])
    assert [each[2] for each in lines(contract([np.nan, np.nan]), 60.0)] == pytest.approx([30 / 1.05, 24.0])


def test_what_was_incurred_counts() -> None:
    """42 kW are behind us in both months: 42 - 21 beyond. Rules out an overrun of this window only."""
    assert [each[2] for each in lines(contract([20.0, 20.0], 42.0))] == pytest.approx([20.0, 20.0, 21.0, 21.0])


def test_a_month_of_another_basis_has_no_line() -> None:
    assert [each[1] for each in lines(contract([20.0, 20.0], price=[0.0, 35.0]))] == ["2025-02"]


def test_a_tolerance_below_one_is_refused() -> None:
    with pytest.raises(
        ValueError, match=r"^Contracted 'c': expected prices of at least 0, tolerance and overrun of at least 1$"
    ):
        Contracted("c", Flow.of("a"), MONTHS, np.ones(2), np.ones(2), np.zeros(2), 0.9, 2.0, "grid.capacity_kva", 0.4)
