"""A size by its bands: whether it is built at all, and how much of it lies in each band of its price.

Where each band costs at least as much as the one below it and nothing is paid once, that is a linear program. Elsewhere whole
numbers say whether it is built, and for each band but the last whether it is full before the next one opens (the incremental
formulation).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from lingtan.optimize.layout import Layout
from lingtan.optimize.program import Array, Index
from lingtan.terms import Outlay
from lingtan.tolerances import NOTICED_KW


@dataclass(frozen=True, eq=False)
class Built:
    """Columns of a size: `bands` (bands,) in its unit, `full` (bands - 1,) and `is_built` (1,), both empty where all is linear."""

    size: int
    edges: Array
    bands: Index
    full: Index
    is_built: Index

    def charge(self, term: Outlay, layout: Layout) -> None:
        """Let the columns cost what the term says."""
        layout.program.charge(self.bands, np.array(term.slopes[: self.bands.size]))
        if self.is_built.size:
            layout.program.charge(self.is_built, term.fixed)

    def complete(self, x: Array) -> None:
        """Put the columns of `x` where its size implies them."""
        size = x[self.size]
        x[self.bands] = np.clip(size - self.edges[:-1], 0.0, np.diff(self.edges))
        x[self.full] = size >= self.edges[1:-1][: self.full.size]
        x[self.is_built] = size >= NOTICED_KW


def lower_built(name: str, size: int, breaks: tuple[float, ...], layout: Layout, *, is_whole: bool) -> Built:
    """Write the bands of a size column; bands that begin above its greatest value are left out."""
    program = layout.program
    least, most = program.bounds_of(size)
    edges = np.array([0.0, *(edge for edge in breaks if edge < most), most])
    lengths = np.diff(edges)
    none = np.zeros(0, dtype=np.int64)
    bands = program.columns(f"{name}.band", lengths.size, "kW", upper=lengths)
    whole = program.rows(f"{name}.bands", 1, "kW", lower=0.0, upper=0.0)
    program.put(np.broadcast_to(whole, bands.shape), bands, 1.0)
    program.put(whole, np.array([size]), -1.0)
    if not is_whole:
        return Built(size, edges, bands, none, none)
    is_built = program.columns(f"{name}.is_built", 1, "1", lower=float(least > 0), upper=1.0, integer=True)
    full = none
    if lengths.size > 1:
        full = program.columns(f"{name}.full", lengths.size - 1, "1", upper=1.0, integer=True)
    opened = [*is_built, *full]  # what opens each band
    for band, opens, length in zip(bands, opened, lengths, strict=True):
        _at_most(f"{name}.opens", int(band), int(opens), float(length), layout)
    for (band, _), is_full, length in zip(pairwise(bands), full, lengths, strict=False):
        _at_least(f"{name}.fills", int(band), int(is_full), float(length), layout)
    return Built(size, edges, bands, full, is_built)


def _at_most(name: str, band: int, count: int, length: float, layout: Layout) -> None:
    row = layout.program.rows(name, 1, "kW", lower=-np.inf, upper=0.0)
    layout.program.put(row, np.array([band]), 1.0)
    layout.program.put(row, np.array([count]), -length)


def _at_least(name: str, band: int, count: int, length: float, layout: Layout) -> None:
    row = layout.program.rows(name, 1, "kW", lower=0.0, upper=np.inf)
    layout.program.put(row, np.array([band]), 1.0)
    layout.program.put(row, np.array([count]), -length)
