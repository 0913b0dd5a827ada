"""Hash chains: a list of payloads that cannot be changed, cut inside or reordered unnoticed.

Each link hashes its payload, as canonical JSON, together with the link before it (SHA-256). A chain cut at its end is
whole, but shorter: who must notice that keeps the last digest elsewhere.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Json = None | bool | int | float | str | Sequence["Json"] | dict[str, "Json"]
GENESIS = "0" * 64
"""What stands before the first link."""


@dataclass(frozen=True)
class Seal:
    """One link: the digest before it, the digest of its payload, and the digest of the two together."""

    previous: str
    payload_digest: str
    digest: str


@dataclass(frozen=True)
class Whole:
    """Every payload has its link and every link its predecessor."""

    links: int


@dataclass(frozen=True)
class Broken:
    """The first link (from 0) that does not hold, and why."""

    position: int
    why: Literal["payload", "link", "missing-seal", "missing-payload"]


Verdict = Whole | Broken


def canonical(payload: Json) -> bytes:
    """The bytes of a payload: UTF-8 JSON, keys sorted, no blanks, floats in their shortest form that reads back.

    Raises ValueError for NaN and infinities, TypeError for what JSON does not have and for keys that are no text.
    """
    _check_keys(payload)
    return json.dumps(payload, sort_keys=True, allow_nan=False, ensure_ascii=False, separators=(",", ":")).encode()


def _check_keys(payload: object) -> None:
    """JSON would write the key 1 and the key "1" alike; only the latter is ours."""
    if isinstance(payload, dict):
        if odd := [key for key in payload if not isinstance(key, str)]:
            raise TypeError(f"keys must be text, got {odd[0]!r}")
        payload = list(payload.values())
    for value in payload if isinstance(payload, list | tuple) else ():
        _check_keys(value)


def digest(payload: Json) -> str:
    """SHA-256 of the canonical bytes, 64 hex digits."""
    return hashlib.sha256(canonical(payload)).hexdigest()


def _link(previous: str, payload: Json) -> Seal:
    own = digest(payload)
    return Seal(previous, own, hashlib.sha256(f"{previous}{own}".encode()).hexdigest())


def chain(payloads: Iterable[Json], previous: str = GENESIS) -> list[Seal]:
    """One seal for each payload, in order; `previous` continues a chain from its last digest."""
    seals: list[Seal] = []
    for payload in payloads:
        seals.append(_link(seals[-1].digest if seals else previous, payload))
    return seals


def verify_chain(payloads: Sequence[Json], seals: Sequence[Seal], previous: str = GENESIS) -> Verdict:
    """Recompute the chain and compare: `Whole`, or `Broken` at the first link that does not hold.

    >>> verify_chain(["paid 10", "paid 20"], chain(["paid 10", "paid 25"]))
    Broken(position=1, why='payload')
    """
    for position, (payload, seal) in enumerate(zip(payloads, seals, strict=False)):
        try:
            due = _link(previous, payload)
        except (TypeError, ValueError):  # what cannot be sealed never was
            return Broken(position, "payload")
        if seal != due:
            return Broken(position, "link" if seal.payload_digest == due.payload_digest else "payload")
        previous = seal.digest
    if unsealed := len(payloads) - len(seals):
        return Broken(min(len(payloads), len(seals)), "missing-seal" if unsealed > 0 else "missing-payload")
    return Whole(len(seals))
