"""What targets of a forecast are called, on their own: whoever only shows them need not load what makes them."""

from __future__ import annotations

from lingtan.park import Park
from lingtan.park.names import Names, capital
from lingtan.wording import Text, Words
from lingtan.wording.forecast import FORECAST_WORDS

LOAD = "load"
"""The target of all electric loads together."""
PRICE = "price"
"""The target of a spot price."""


def target_words(park: Park, name: str) -> Words:
    """What a target is called on paper: its own name where the park file gives it one."""
    if name == LOAD:
        return FORECAST_WORDS["target.load"]
    if name == PRICE and name not in {*park.assets, *park.members}:
        return FORECAST_WORDS["target.price"]
    found: Text = park.members[name].name.words if name in park.members else capital(Names(park).asset(name))
    return found if isinstance(found, Words) else Words(found, found)
