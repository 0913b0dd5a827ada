"""Proposals: what somebody wants of an asset. Every writer from outside and every rule of ours speaks this one language."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum


class Priority(IntEnum):
    """Whose cut comes first; a lower number cuts before a higher one."""

    GUARD = 0
    CONNECTION = 10
    OPERATOR = 20
    DISPATCH = 30
    MARKET = 40
    PLAN = 50
    LOCAL = 60


@dataclass(frozen=True, slots=True)
class Proposal:
    """Keep `asset` within `low_kw` to `high_kw`, best at `wish_kw` (None: no wish), until `expires_ms` (UTC).

    Power as everywhere: above zero gives energy to the bus. Bounds may be infinite. Whoever means one value exactly gives it as
    `low_kw`, `high_kw` and `wish_kw` alike: a wish alone may be moved by whoever comes after. `reason` is a code of
    `lingtan.wording.control` or a text of its author.
    """

    asset: str
    low_kw: float
    high_kw: float
    wish_kw: float | None
    priority: Priority
    expires_ms: int
    author: str
    reason: str

    def counts_at(self, now_ms: int) -> bool:
        """Whether it may be heard: not expired, and its numbers are numbers in order."""
        wish = 0.0 if self.wish_kw is None else self.wish_kw
        return now_ms < self.expires_ms and self.low_kw <= self.high_kw and math.isfinite(wish)
