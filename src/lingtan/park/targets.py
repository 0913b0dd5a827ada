"""Targets: what the park must reach, as bounds of the plan; one that is out of reach is missed at a price, and told."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lingtan.fact import Fact
from lingtan.park.assets.costs import Share
from lingtan.units import Quantity


class Targets(Fact):
    """Bounds that the plan keeps; without one, the figure is only reported."""

    carbon_cap: Annotated[float, Quantity("t", ge=0)] | None = None
    """Most CO2 of the studied year in the park view (annex 4) [t]."""
    indicator: Annotated[float, Quantity("t/tce", gt=0)] | None = None
    """Highest core indicator: CO2 per standard coal used, in the park view [t/tce]."""
    yearly_green_share: Share | None = None
    """Least share of the year's electricity that own plants and direct lines without fossil fuel deliver [1]."""
    hourly_green_share: Share | None = None
    """Least share of the electricity used that they cover in the step it is used in, through the park's own stores too [1]."""
    island_hours: Annotated[float, Quantity("h", gt=0, le=72)] | None = None
    """Hours that the park must be able to last without the grid, from any moment on, by its stores and plants [h]."""
    island_share: Share = 1.0
    """Share of the electric load that must be served in these hours [1]."""
    abatement_steps: Annotated[int, Field(ge=0, le=12)] = 0
    """How many steps of the path to the least carbon a study plans [1]; each is a whole plan again."""
