"""The shape of a finding's sentence, apart so that each room's module can use it."""

from __future__ import annotations

from typing import NamedTuple

from lingtan.wording import Words


class Sentence(NamedTuple):
    """What a finding says: what is wrong (no full stop) and how to mend it (with its full stop)."""

    what: Words
    remedy: Words


def sentence(en: str, zh: str, *, mend_en: str, mend_zh: str) -> Sentence:
    """A sentence from its four texts."""
    return Sentence(Words(en, zh), Words(mend_en, mend_zh))
