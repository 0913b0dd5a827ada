"""Green shares: each with its own numerator and denominator, and together the identity that no kilowatt-hour escapes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingtan.carbon import direct_share, export_share, self_use_of_generation, self_use_of_load

ENERGY = st.floats(0.0, 1e12)


def test_three_rules_read_the_same_park_differently():
    """100 offered, 20 exported, 10 thrown away, load 140, import 80, 10 lost in storage: self-use is 70 of 100 offered, own
    supply 60 of a load of 140, direct supply 70 of 150 used. One formula for all three would give one number."""
    assert self_use_of_generation(100.0, 20.0, 10.0) == 0.7
    assert self_use_of_load(140.0, 80.0) == pytest.approx(60 / 140)
    assert direct_share(70.0, 150.0) == pytest.approx(70 / 150)
    assert export_share(20.0, 100.0) == 0.2


def test_more_import_than_load_is_no_negative_share():
    """Storage losses may make a park import more than its load."""
    assert self_use_of_load(100.0, 103.0) == 0.0


def test_more_supply_than_use_is_no_share_above_one():
    assert direct_share(103.0, 100.0) == 1.0


def test_a_share_of_nothing_is_not_zero():
    """Rules out `0 %` in a report of a park without generation: there is no share to report."""
    assert (direct_share(0.0, 0.0), self_use_of_load(0.0, 0.0)) == (None, None)
    assert (self_use_of_generation(0.0, 0.0, 0.0), export_share(0.0, 0.0)) == (None, None)


@given(ENERGY, ENERGY, ENERGY)
def test_self_use_and_export_and_curtailment_are_all_there_is(used, exported, curtailed):
    available = used + exported + curtailed
    shares = self_use_of_generation(available, exported, curtailed), export_share(exported, available)
    if available == 0:
        assert shares == (None, None)
    else:
        assert sum(shares) + curtailed / available == pytest.approx(1.0, rel=1e-9)
        assert shares[0] == pytest.approx(used / available, abs=1e-9)


@given(ENERGY, ENERGY)
def test_shares_of_a_load_stay_between_none_and_all(load, imported):
    share = self_use_of_load(load, imported)
    assert share is None or 0.0 <= share <= 1.0
