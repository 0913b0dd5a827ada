"""Green shares of annex 4 and the factory; those of a direct supply are terms and tested with the market and the account."""

from __future__ import annotations

from lingtan.carbon import direct_share, physical_share


def test_more_supply_than_use_is_no_share_above_one():
    assert (direct_share(103.0, 100.0), physical_share(103.0, 100.0)) == (1.0, 1.0)


def test_a_share_of_nothing_is_not_zero():
    """Rules out `0 %` in a report of a park that uses nothing: there is no share to report."""
    assert (direct_share(0.0, 0.0), physical_share(0.0, 0.0)) == (None, None)
