"""A plant in memory with a clock of its own: what drives tests, replays and the twin alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lingtan.plant.ambient import Ambient
from lingtan.plant.plant import Plant, PlantState, initial_state, step


class VirtualPlant:
    """A plant that stands at an instant, holds its set-points, and moves when it is told to.

    `ambient_at(now_ms)` says what surrounds it in the step that begins at that instant. Nothing here reads a clock: who drives
    it decides how long a second takes.
    """

    __slots__ = ("_ambient_at", "_set_points", "measured", "now_ms", "plant", "state")

    def __init__(
        self,
        plant: Plant,
        start_ms: int,
        ambient_at: Callable[[int], Ambient],
        *,
        soc: Mapping[str, float] | None = None,
    ) -> None:
        self.plant = plant
        self.now_ms = start_ms
        self.state: PlantState = initial_state(plant, soc)
        self.measured: dict[str, float] = {}
        """Points of the last step; empty before the first."""
        self._ambient_at = ambient_at
        self._set_points: dict[str, float] = {}

    @property
    def set_points(self) -> Mapping[str, float]:
        """The set-points in force."""
        return dict(self._set_points)

    def command(self, asset: str, set_point_kw: float | None) -> None:
        """Give an asset a set-point that holds until the next one; None takes it back."""
        if asset not in self.plant.steered:
            raise KeyError(f"{asset!r} takes no set-point; those that do: {', '.join(self.plant.steered)}")
        if set_point_kw is None:
            self._set_points.pop(asset, None)
        else:
            self._set_points[asset] = set_point_kw

    def advance(self, dt_ms: int = 1000) -> dict[str, float]:
        """Move on by some milliseconds and return what is measured then."""
        ambient = self._ambient_at(self.now_ms)
        self.state, self.measured = step(self.plant, self.state, self._set_points, ambient, dt_ms / 1000.0)
        self.now_ms += dt_ms
        return self.measured
