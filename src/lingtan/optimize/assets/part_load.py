"""Part load: the input of a converter as a piecewise straight function of its output.

Output is the first point of the curve, where the plant runs, plus what lies in each segment `d_k` above it; input is the same with
the slope of each segment. Where slopes rise (the curve is convex) whoever pays for input fills the segments in their order, and the
program stays linear. Where one falls, a later segment is cheaper than an earlier one, so a whole number says for each step
whether a segment is full before the next one opens (the incremental formulation, exact and tight). Relaxed, it takes the cheaper
segment first and finds a bound.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from lingtan.optimize.assets.commitment import at_most
from lingtan.optimize.layout import Affine, Layout, SizeOf
from lingtan.optimize.program import Array, Index
from lingtan.park.assets.part_load import PartLoad


def part_load(name: str, output: Index, size: SizeOf, curve: PartLoad, running_kw: Affine, layout: Layout) -> Affine:
    """Tie output columns (T,) to the curve; returns the input [kW, (T,)], which the caller lets out of a bus.

    `running_kw` is the size that runs (see `commitment.Committed`). The first point of the curve is the least output while running.
    """
    loads, inputs = curve.curve()
    lengths, slopes = np.diff(loads), np.diff(inputs) / np.diff(loads)
    given, taken = running_kw * float(loads[0]), running_kw * float(inputs[0])
    segments: list[Affine] = []
    for number, (length, slope) in enumerate(zip(lengths, slopes, strict=True)):
        columns = layout.program.columns(f"{name}.segment_{number}", layout.steps, "kW")
        segments.append(Affine.of(columns))
        at_most(f"{name}.segment_{number}.limit", segments[-1], running_kw * length, layout)
        given, taken = given + segments[-1], taken + segments[-1] * float(slope)
    _equal(f"{name}.output", Affine.of(output), given, layout)
    if not is_convex(curve):
        _in_order(name, segments, lengths, size, layout)
    return taken


def is_convex(curve: PartLoad) -> bool:
    """Whether each kilowatt more takes at least as much input as the one before it."""
    loads, inputs = curve.curve()
    slopes = np.diff(inputs) / np.diff(loads)
    return bool(np.all(np.diff(slopes) >= -1e-12 * slopes[:-1]))


def _in_order(name: str, segments: list[Affine], lengths: Array, size: SizeOf, layout: Layout) -> None:
    """A segment opens only when the one below it is full; of a size that is not known, or relaxed, this is left out."""
    if size.column is not None or not layout.is_committed:
        if name not in layout.relaxed:
            layout.relaxed.append(name)
        return
    for number, (lower, upper) in enumerate(pairwise(segments)):
        full = layout.program.columns(f"{name}.full_{number}", layout.steps, "1", upper=1.0, integer=True)
        at_most(f"{name}.full_{number}", Affine.of(full, size.known * lengths[number]), lower, layout)
        at_most(f"{name}.opens_{number + 1}", upper, Affine.of(full, size.known * lengths[number + 1]), layout)


def _equal(name: str, one: Affine, other: Affine, layout: Layout) -> None:
    gap = one + other * -1.0
    rows = layout.program.rows(name, layout.steps, "kW", lower=-gap.constant, upper=-gap.constant)
    for columns, coefficient in gap.parts:
        layout.program.put(rows, columns, coefficient)
