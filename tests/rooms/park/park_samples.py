"""Parks that the tests of the room look at."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

from tests.small_parks import battery, pv

STARTER = Path(str(resources.files("lingtan"))) / "park" / "templates" / "starter"

MIXED: dict[str, Any] = {
    "mill": {"family": "load", "profile": "need"},
    "roof": pv(100, availability="sun"),
    "hydro": {
        "family": "firm_line",
        "source": "hydro",
        "power": 50,
        "price": 0.3,
        "legal_basis": "a contract",
        "availability": "water",
    },
    "hill": {"family": "wind", "availability": "air", "power": 80, "capex": 4000},
    "cells": battery(10, 20),
    "field": pv(200, availability="sun"),
    "offices": {"family": "load", "profile": "need", "peak": 5},
}
"""Assets of every family, some of them twice, in mixed order."""

METERS: dict[str, Any] = {"pcc": {}, "west": {"parent": "pcc", "series": "metered"}, "east": {"parent": "pcc"}}
