"""Lock-out: after a few wrong secrets logging in is closed for a while, longer each time."""

from __future__ import annotations

from dataclasses import dataclass, replace

FREE_TRIES = 5
"""Wrong secrets that cost nothing but the work of checking them."""
FIRST_LOCK_MS, LONGEST_LOCK_MS = 30_000, 900_000
"""The first lock and the longest; each wrong secret in a row doubles it."""
FORGOTTEN_AFTER_MS = 3_600_000
"""Quiet time after which earlier tries no longer count."""


@dataclass(frozen=True)
class Tries:
    """Wrong secrets in a row: their number, the moment of the last one, and until when logging in is closed (UTC ms)."""

    wrong: int = 0
    last_ms: int = 0
    closed_until_ms: int = 0

    def wait_s(self, now_ms: int) -> int:
        """Seconds until the next try is taken; 0 when it is taken now.

        >>> Tries(5, 0, 30_000).wait_s(29_500), Tries(5, 0, 30_000).wait_s(30_000)
        (1, 0)
        """
        return max(0, -(-(self.closed_until_ms - now_ms) // 1000))

    def after_wrong(self, now_ms: int) -> Tries:
        """The tries after another wrong secret.

        >>> tries = Tries()
        >>> for _ in range(5):
        ...     tries = tries.after_wrong(0)
        >>> tries.wait_s(0), tries.after_wrong(30_000).wait_s(30_000)
        (30, 60)
        """
        earlier = Tries() if now_ms - self.last_ms > FORGOTTEN_AFTER_MS else self
        wrong = earlier.wrong + 1
        if wrong < FREE_TRIES:
            return replace(earlier, wrong=wrong, last_ms=now_ms)
        doubled = FIRST_LOCK_MS * 2 ** min(wrong - FREE_TRIES, 10)
        return Tries(wrong, now_ms, now_ms + min(doubled, LONGEST_LOCK_MS))
