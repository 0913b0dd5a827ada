"""What bought certificates and green-power trade cover: electricity from the grid, up to all of it, and never a direct share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lingtan.frozen import DeepFrozen
from lingtan.park import GreenPurchase


@dataclass(frozen=True)
class GreenCover(DeepFrozen):
    """What was bought for the year and how much of it counted [kWh]; more than the import covers nothing."""

    bought_kwh: float
    counted_by_member_kwh: Mapping[str, float]

    @property
    def counted_kwh(self) -> float:
        """Electricity from the grid that is covered."""
        return sum(self.counted_by_member_kwh.values())

    @property
    def left_kwh(self) -> float:
        """Bought beyond what there was to cover."""
        return max(self.bought_kwh - self.counted_kwh, 0.0)


def green_cover(purchases: Sequence[GreenPurchase], import_by_member_kwh: Mapping[str, float]) -> GreenCover:
    """Cover the import of members: each by its own purchases first, then by those of the park in proportion to the rest.

    >>> own = GreenPurchase(kind="gec", quantity=3.0, vintage=2025, member="mill")
    >>> common = GreenPurchase(kind="green_trade", quantity=5.0, vintage=2025)
    >>> cover = green_cover([own, common], {"mill": 2000.0, "shop": 6000.0})
    >>> dict(cover.counted_by_member_kwh), cover.left_kwh
    ({'mill': 2000.0, 'shop': 5000.0}, 1000.0)
    """
    own = {
        member: _kwh([each for each in purchases if (each.member or "") == member]) for member in import_by_member_kwh
    }
    counted = {member: min(own[member], need) for member, need in import_by_member_kwh.items() if member}
    rest = {member: need - counted.get(member, 0.0) for member, need in import_by_member_kwh.items()}
    left = sum(rest.values())
    common_kwh = _kwh([each for each in purchases if each.member is None])
    share = min(common_kwh / left, 1.0) if left > 0 else 0.0
    by_member = {member: counted.get(member, 0.0) + share * need for member, need in rest.items()}
    return GreenCover(_kwh(purchases), by_member)


def _kwh(purchases: Sequence[GreenPurchase]) -> float:
    return sum((each.energy_kwh for each in purchases), 0.0)
