"""How long a plan with whole numbers may be searched for."""

from __future__ import annotations

from typing import Annotated

from lingtan.fact import Fact
from lingtan.units import Quantity


class Search(Fact):
    """When a search for whole numbers ends: plants on or off, modules, fixed costs. Without a figure, what fits most parks.

    Each way of electing, such as the basis of the basic charge, is a search of its own.
    """

    time_limit: Annotated[float, Quantity("h", gt=0, le=24)] | None = None
    """Longest time [h, so write `10 min`]; none is 20 s for each day of a schedule, and 5 min for what is built."""
    gap: Annotated[float, Quantity("1", gt=0, lt=1)] | None = None
    """How much more than the least cost proven an answer may cost, as a share of what it buys, sells and spends on running and
    building [1]; none is 0.1 % of a schedule, and 0.5 % for what is built."""
