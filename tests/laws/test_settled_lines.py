"""What is settled only is a figure of its own: the rest of the bill is the objective's terms, to `BILL_RELATIVE`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingtan.account import settle
from lingtan.market import bill_lines, supply_bill, supply_terms
from lingtan.market.adjustments import settled_lines
from lingtan.series import Table
from lingtan.terms import Readings, evaluate
from lingtan.tolerances import BILL_RELATIVE
from tests.small_parks import book_with, hours_grid, park_of, retail

APRIL = hours_grid(720, start="2025-04-01T00:00")
BOOK = book_with(retail(0.5, capacity_price=22.0, demand_price=35.0))
SETTLED = {"load_factor_discount", "power_factor_adjustment"}
HUNDREDTHS = st.integers(30, 100).map(lambda whole: whole / 100)


@given(
    mean_kw=st.floats(0.0, 500.0),
    swing=st.floats(0.0, 1.0),
    factor=HUNDREDTHS,
    basis=st.sampled_from(["capacity", "demand"]),
)
def test_what_is_not_settled_only_is_the_objective(mean_kw, swing, factor, basis):
    """The bill less its settled part is what the terms come to, and the settled part is the lines of its two components."""
    park = park_of({"works": {"family": "load", "profile": "need"}}, {"capacity": 100.0, "mean_power_factor": factor})
    drawn = mean_kw * (1.0 + swing * np.sin(np.arange(720.0) / 3.0))
    flows = {"grid.import_kw": drawn, "works.load_kw": drawn}
    none = {name: np.zeros(720) for name in ("grid.export_kw", "works.shortfall_kw")}
    elected = {"grid.basis": basis}
    bill = settle(park, Table(APRIL, flows | none), BOOK, elected=elected).bill
    terms = supply_terms(park, BOOK, APRIL).terms
    decided = evaluate(terms, Readings(flows, 1.0, {"grid.capacity_kva": 100.0}, elected)).amount
    assert bill.unrounded_cny - bill.settled_only_cny == pytest.approx(decided, rel=BILL_RELATIVE, abs=BILL_RELATIVE)
    lines = sum(float(line.amount_cny) for line in bill.lines if line.component in SETTLED)
    assert lines == pytest.approx(bill.settled_only_cny, abs=0.0101)
    assert bill.rounding_cny == pytest.approx(0.0, abs=0.005 * len(bill.lines) + 1e-9)


TWO = [
    park_of(
        {"works": {"family": "load", "profile": "need"}},
        connections={
            name: {"bus": "main", "capacity": 100.0, "power_factor": 1.0, "mean_power_factor": factor}
            for name, factor in (("grid", 0.85), ("second", 0.92))
        },
        tariff={"price": "test.retail", "hours": "test.hours", "basis": "choice", "switch_basis": switched},
    )
    for switched in (False, True)
]
"""A park with two connections that elect the basis of their basic charge, for good or by quarter."""


@given(first_kw=st.floats(0.0, 100.0), second_kw=st.floats(0.0, 100.0), swing=st.floats(0.0, 1.0))
def test_the_cheapest_ways_of_connections_are_the_cheapest_of_all_ways_together(first_kw, second_kw, swing):
    """As if every way of one were tried with every way of the other, terms and settled lines of both counted."""
    supply = supply_terms(TWO[False], BOOK, APRIL)
    drawn = {
        f"{name}.import_kw": kw * (1.0 + swing * np.sin(np.arange(720.0) / 3.0))
        for name, kw in (("grid", first_kw), ("second", second_kw))
    }
    sizes = {"grid.capacity_kva": 100.0, "second.capacity_kva": 100.0}
    none = {f"{name}.export_kw": np.zeros(720) for name in ("grid", "second")}

    def amount_of(**elected: str) -> float:
        readings = Readings(drawn | none, 1.0, sizes, elected)
        settled = [
            line
            for name, terms in supply.grid_terms.items()
            for line in settled_lines(supply.adjustments, evaluate(terms, readings).lines, name, readings)
        ]
        return evaluate(supply.terms, readings).amount + sum(line.amount for line in settled)

    bases = ("capacity", "demand")
    cheapest = min(amount_of(**{"grid.basis": one, "second.basis": other}) for one in bases for other in bases)
    found = supply_bill(supply, Readings(drawn | none, 1.0, sizes))
    assert found.amount_cny == pytest.approx(cheapest, rel=BILL_RELATIVE, abs=BILL_RELATIVE)
    assert amount_of(**found.decided.elected) == pytest.approx(cheapest, rel=BILL_RELATIVE, abs=BILL_RELATIVE)


def test_two_connections_that_change_their_basis_are_weighed_one_by_one(monkeypatch):
    """Two bases in four quarters are 16 ways each: 32 of them, where all pairs are 256 and five connections a million."""
    year = hours_grid(8760, start="2025-01-01T00:00")
    supply = supply_terms(TWO[True], BOOK, year)
    count = 0

    def counted(*arguments):
        nonlocal count
        count += 1
        return settled_lines(*arguments)

    monkeypatch.setattr(bill_lines, "settled_lines", counted)
    flows = {f"{name}.{way}_kw": np.full(8760, 40.0) for name in ("grid", "second") for way in ("import", "export")}
    supply_bill(supply, Readings(flows, 1.0, {"grid.capacity_kva": 100.0, "second.capacity_kva": 100.0}))
    assert count == 2 * 16
