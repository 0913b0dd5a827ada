"""What is expected of a day, as a file that a planner reads: the median of each target, and from when it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, FiniteFloat, model_validator

from lingtan.fact import Fact

EXPECTED_FILE = "expected.json"
MOST_KW = 1e8
"""No park draws or gives as much as a country."""


class ExpectedDay(Fact):
    """One target from the first to the last instant of a local day."""

    kind: Literal["load", "wind", "pv"]
    """What is forecast."""
    assets: Annotated[tuple[str, ...], Field(min_length=1)]
    """The assets whose sum it is."""
    unit: Literal["kW", "1"]
    """Unit of its values; `1` is a share of the plant's power."""
    known_ms: int
    """When what it was made from was known, UTC milliseconds since 1970: the gate of the day, or the moment of its update."""
    start_ms: int
    """Its first instant, UTC milliseconds since 1970."""
    step_minutes: Literal[5, 10, 15, 30, 60]
    """Length of a step [min]."""
    values: Annotated[
        tuple[Annotated[FiniteFloat, Field(ge=-MOST_KW, le=MOST_KW)], ...], Field(min_length=1, max_length=300)
    ]
    """The median of each step."""

    @model_validator(mode="after")
    def _one_plant_has_one_power(self) -> Self:
        if self.unit == "1" and len(self.assets) != 1:
            raise ValueError("a share is of the power of one plant")
        return self

    @property
    def end_ms(self) -> int:
        """Where its last step ends."""
        return self.start_ms + len(self.values) * self.step_minutes * 60_000


class Expected(Fact):
    """What `expected.json` holds."""

    version: Literal[1] = 1
    """Of this form."""
    park: str
    """Name of the park."""
    targets: Annotated[Mapping[str, ExpectedDay], Field(max_length=1000)]
    """By name."""
