"""Part load: what a converter takes in for what it gives, between its least and its full load."""

from __future__ import annotations

from typing import Annotated, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.units import Quantity


class LoadPoint(Fact):
    """The efficiency at one load."""

    load: Annotated[float, Quantity("1", gt=0, le=1)]
    """Output as a share of the size [1]."""
    efficiency: Annotated[float, Quantity("1", gt=0)]
    """Output per input [1]; above 1 only where the input is not all that goes in, as in a heat pump."""


class PartLoad(Fact):
    """Efficiencies at rising loads, the last at full load; between them input is a straight line in output.

    Below the first point a plant does not run: it is the least load of the curve.
    """

    points: Annotated[tuple[LoadPoint, ...], Field(min_length=2)]
    """Loads with their efficiencies, from the least to the full load."""

    @model_validator(mode="after")
    def _rising_to_full(self) -> Self:
        loads = [point.load for point in self.points]
        if loads != sorted(set(loads)) or loads[-1] != 1.0:
            said = " < ".join(map(say_number, loads))
            raise InputError([Finding("park.loads-not-rising", ".points", "… < 1", said)])
        inputs = [point.load / point.efficiency for point in self.points]
        if inputs != sorted(set(inputs)):
            said = ", ".join(f"{value:.4g}" for value in inputs)
            raise InputError([Finding("park.input-not-rising", ".points", "a < b < …", said)])
        return self

    def curve(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Outputs and inputs at the points, as shares of the size, both rising, shape (points,).

        >>> low, full = LoadPoint(load=0.5, efficiency=0.5), LoadPoint(load=1.0, efficiency=0.8)
        >>> [shares.tolist() for shares in PartLoad(points=(low, full)).curve()]
        [[0.5, 1.0], [1.0, 1.25]]
        """
        loads = np.array([point.load for point in self.points])
        return loads, loads / np.array([point.efficiency for point in self.points])
