"""A finding on how parts of a park fit together, and the one on a name that is not there."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NamedTuple

from lingtan.findings import Finding


class Remark(NamedTuple):
    """A finding with the path in the file that it is about."""

    path: tuple[int | str, ...]
    finding: Finding


def missing(path: tuple[int | str, ...], name: str, known: Iterable[str], kind: str, who: str | None = None) -> Remark:
    """A name that points nowhere, with the nearest one that is there, or all of them."""
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    nearest = near[0] if near else ", ".join(names)
    who = ".".join(step for step in path if isinstance(step, str)) if who is None else who
    return Remark(path, Finding(f"park.no-such-{kind}", who, nearest, name))
