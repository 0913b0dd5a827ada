"""Lock-out: after a few wrong secrets logging in is closed for a while, longer each time; to whoever gave them, not to all."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

FREE_TRIES = 5
"""Wrong secrets that cost nothing but the work of checking them."""
FIRST_LOCK_MS, LONGEST_LOCK_MS = 30_000, 900_000
"""The first lock and the longest; each wrong secret in a row doubles it."""
FORGOTTEN_AFTER_MS = 3_600_000
"""Quiet time after which earlier tries no longer count."""
MOST_SOURCES = 256
"""So many sources are counted apart; whoever comes beyond them shares one count with all who do, so that memory is bounded and
many addresses are no way around the lock."""
OTHERS = "others"


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


@dataclass(frozen=True)
class Sources:
    """The tries of each source that gave wrong secrets of late."""

    tries: Mapping[str, Tries]

    def of(self, source: str) -> Tries:
        """The tries that count for a source."""
        return self.tries.get(self._name(source), Tries())

    def after_wrong(self, source: str, now_ms: int) -> Sources:
        """All tries after another wrong secret of a source; those that no longer count are forgotten."""
        counted = {name: one for name, one in self.tries.items() if now_ms - one.last_ms <= FORGOTTEN_AFTER_MS}
        left = Sources(counted)
        return Sources({**counted, left._name(source): left.of(source).after_wrong(now_ms)})

    def after_right(self, source: str) -> Sources:
        """All tries after a source gave the secret; what is counted together stays."""
        return Sources({name: one for name, one in self.tries.items() if name != source})

    def as_json(self) -> dict[str, dict[str, int]]:
        """Plain data; `sources_from_json` gives an equal one."""
        return {name: asdict(one) for name, one in self.tries.items()}

    def _name(self, source: str) -> str:
        return source if source in self.tries or len(self.tries) < MOST_SOURCES else OTHERS


def sources_from_json(data: Any) -> Sources:
    """What `as_json` wrote; nothing for anything else, such as what an older version kept."""
    try:
        return Sources({str(name): Tries(**one) for name, one in data.items()})
    except (AttributeError, TypeError):
        return Sources({})


def source_of(host: str | None) -> str:
    """Who counts as one source: an address of version 4, and of version 6 a network of 64 bits, for that is what one person has.

    >>> source_of("10.0.3.7"), source_of("2001:db8::1:2"), source_of("::ffff:10.0.3.7"), source_of(None)
    ('10.0.3.7', '2001:db8::', '10.0.3.7', 'others')
    """
    try:
        address = ipaddress.ip_address(host or "")
    except ValueError:
        return OTHERS
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Address(int(address) >> 64 << 64))
