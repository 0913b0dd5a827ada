"""What is settled only is a figure of its own: the rest of the bill is the objective's terms, to `BILL_RELATIVE`."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingtan.account import settle
from lingtan.market import supply_terms
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
