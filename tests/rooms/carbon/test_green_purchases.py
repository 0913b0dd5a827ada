"""Whose certificates cover whose electricity, and how much of them."""

from __future__ import annotations

import pytest

from lingtan.carbon import green_cover
from lingtan.park import GreenPurchase

NEED = {"mill": 6e6, "shop": 2e6, "": 2e6}


def bought(quantity_mwh: float, member: str | None = None) -> GreenPurchase:
    return GreenPurchase(kind="gec", quantity=quantity_mwh, vintage=2025, member=member)


@pytest.mark.parametrize(
    ("purchases", "counted", "left"),
    [
        ([], {"mill": 0.0, "shop": 0.0, "": 0.0}, 0.0),
        ([bought(5000)], {"mill": 3e6, "shop": 1e6, "": 1e6}, 0.0),
        ([bought(4000, "mill")], {"mill": 4e6, "shop": 0.0, "": 0.0}, 0.0),
        ([bought(3000, "shop")], {"mill": 0.0, "shop": 2e6, "": 0.0}, 1e6),
        ([bought(4000, "mill"), bought(3000)], {"mill": 5e6, "shop": 1e6, "": 1e6}, 0.0),
        ([bought(99_000)], NEED, 89e6),
        ([bought(1000, "gone")], {"mill": 0.0, "shop": 0.0, "": 0.0}, 1e6),
    ],
)
def test_own_purchases_first_then_the_parks(
    purchases: list[GreenPurchase], counted: dict[str, float], left: float
) -> None:
    """A member's surplus covers nobody else; what the park buys goes by what is left; nothing covers more than was drawn."""
    found = green_cover(purchases, NEED)
    assert found.counted_by_member_kwh == pytest.approx(counted)
    assert found.left_kwh == pytest.approx(left)


def test_nothing_drawn_needs_no_cover() -> None:
    found = green_cover([bought(5)], {"": 0.0})
    assert (found.counted_kwh, found.left_kwh) == (0.0, 5000.0)
