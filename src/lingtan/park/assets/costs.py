"""What an asset costs to build and to keep; shared by all families that can be built."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lingtan.park.assets.ports import Ported
from lingtan.units import Quantity

Share = Annotated[float, Quantity("1", ge=0, le=1)]


class Upkeep(Ported):
    """Operation and life of something that was built."""

    om_share: Share = 0.0
    """Fixed operation and maintenance per year, as a share of the capital cost [1]."""
    life: Annotated[int, Field(ge=1, le=100)] = 25
    """Years until it is replaced [year]."""
