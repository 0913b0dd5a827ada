"""The generic converter: one activity that gives energy to some buses and takes it from others.

A grid connection, a generator, a heat pump, an electrolyzer and a battery's inverter are converters that differ in their
ports. With activity `a[t]` [kW] and port coefficient `k[t]`, a bus receives `k[t] * a[t]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lingtan.frozen import DeepFrozen
from lingtan.optimize.layout import Affine, Layout, SizeOf
from lingtan.optimize.program import Index


@dataclass(frozen=True, eq=False)
class Converter(DeepFrozen):
    """An activity between zero and an available share of a size.

    `ports` maps a bus to the energy it receives per unit of activity (negative is taken); `share` is the available share of
    the size, a number or shape (T,).
    """

    name: str
    ports: Mapping[str, ArrayLike]
    share: ArrayLike = 1.0


def lower_converter(converter: Converter, size: SizeOf, layout: Layout) -> Index:
    """Write the converter; returns the activity columns, shape (T,)."""
    activity = layout.bounded(converter.name, size, converter.share)
    connect(converter, activity, layout)
    return activity


def lower_offered(converter: Converter, size: SizeOf, layout: Layout) -> tuple[Index, Index]:
    """Write a converter whose unused availability is a flow of its own: activity + spilled = share * size.

    Returns the columns of activity and of spilled power, shape (T,) each. The spilled column takes the place of a row's
    slack, so it costs nothing, and a preference can speak of it.
    """
    program, steps = layout.program, layout.steps
    activity = program.columns(converter.name, steps, "kW")
    spilled = program.columns(f"{converter.name}.spilled", steps, "kW")
    share = np.broadcast_to(np.asarray(converter.share, dtype=np.float64), (steps,))
    offered = 0.0 if size.column is not None else share * size.known
    rows = program.rows(f"{converter.name}.offered", steps, "kW", lower=offered, upper=offered)
    program.put(rows, activity, 1.0)
    program.put(rows, spilled, 1.0)
    if size.column is not None:
        program.put(rows, np.full(steps, size.column), -share)
    connect(converter, activity, layout)
    return activity, spilled


def connect(converter: Converter, activity: Index, layout: Layout) -> None:
    """Let the activity flow into the converter's buses."""
    for bus, coefficient in converter.ports.items():
        layout.inject(bus, Affine.of(activity, coefficient))
