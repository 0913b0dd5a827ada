"""Small parks in memory: one bus, hand-written series, an invented price list. Nothing is read but the shipped rules.

Rooms and laws build their cases here, so that a test shows the numbers it is about and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.park import Park
from lingtan.rulebook import Rulebook, parse_records, read_rulebook
from lingtan.series import Series
from lingtan.sheet import Sheet
from lingtan.terms import Sum

ROOT = Path(__file__).parents[1]
SHIPPED_PARKS = {
    "starter": ROOT / "src" / "lingtan" / "park" / "templates" / "starter",
    "measured": ROOT / "examples" / "measured",
    "yibin": ROOT / "examples" / "yibin",
}
"""Folders of the parks that come with lingtan."""

INVENTED = {
    "place": {"country": "CN"},
    "valid_from": "2020-01-01",
    "recorded_at": "2026-11-22",
    "document": "invented for a test",
    "source": "none",
    "confidence": "invented",
    "verified": False,
}
HOURS = {
    **INVENTED,
    "id": "test.hours",
    "kind": "time_of_use",
    "seasons": [{"months": list(range(1, 13)), "peak": ["10:00-12:00", "17:00-22:00"], "valley": ["23:00-07:00"]}],
    "examples": [{"month": 1, "at": "10:00", "period": "peak"}],
}
"""Peak 10 to 12 and 17 to 22, valley 23 to 7, the rest flat."""


def retail(price: float = 0.5, *, factors: bool = False, **charges: float) -> dict[str, Any]:
    """A list with one component; with `factors`, peak 1.6 and valley 0.4 times it. `charges` are the basic charge."""
    flat = {"digits": 6, "flat": price}
    return {
        **INVENTED,
        "id": "test.retail",
        "kind": "retail_price",
        "components": [{"name": "purchase", "price": price, "floats_with_tou": factors}],
        **({"factors": {"peak": 1.6, "flat": 1.0, "valley": 0.4}} if factors else {}),
        **charges,
        "examples": [flat],
    }


@cache
def shipped() -> Rulebook:
    """The records that lingtan ships."""
    book, findings = read_rulebook(())
    assert findings == []
    return book


def book_with(*records: Mapping[str, Any]) -> Rulebook:
    """The shipped rulebook with records laid over it, as a park file would."""
    pack, findings = parse_records(list(records), Sheet("test", list(records)), ())
    assert findings == []
    return shipped().overlay(pack, inline=True)


def hours_grid(steps: int, *, step_minutes: int = 60, start: str = "2025-03-03T00:00") -> TimeGrid:
    """Steps from a Monday in March on, in Shanghai."""
    zone = "Asia/Shanghai"
    first = TimeGrid.of_span(datetime.fromisoformat(start), datetime(2100, 1, 1), zone, 60).start
    return TimeGrid(first, step_minutes, steps, zone)


BUSLESS = {"renovation", "process_load"}
"""Families that have no field `bus`."""


def park_of(assets: Mapping[str, Any], connection: Mapping[str, Any] | None = None, **parts: Any) -> Park:
    """A park on the bus `main` with the connection `grid` (1 MVA at power factor 1 unless given)."""
    grid = {"bus": "main", "capacity": 1000.0, "power_factor": 1.0, **(connection or {})}
    words = {"en": "A small park.", "zh": "小园区。"}
    data = {
        "schema": 1,
        "name": "small",
        "title": words,
        "disclosure": words,
        "site": {"zone": "Asia/Shanghai"},
        "period": {"year": 2025, "step": 60},
        "buses": {"main": {}},
        "connections": {"grid": grid},
        "assets": {
            name: asset if asset["family"] in BUSLESS else {"bus": "main", **asset} for name, asset in assets.items()
        },
        "series": {},
        "tariff": {"price": "test.retail", "hours": "test.hours"},
        "finance": {"discount_rate": 0.06},
        "carbon": {"boundary": words},
        "reference": {"without": []},
        **parts,
    }
    return Park.model_validate(data)


def small_case(
    need_kw: ArrayLike,
    assets: Mapping[str, Any] | None = None,
    *,
    series: Mapping[str, Sequence[float]] | None = None,
    connection: Mapping[str, Any] | None = None,
    grid: TimeGrid | None = None,
    records: Sequence[Mapping[str, Any]] | None = None,
    **parts: Any,
) -> Case:
    """A case of a load `works` that needs `need_kw`, beside other assets whose availability stands in `series`."""
    need = np.asarray(need_kw, dtype=np.float64)
    grid = hours_grid(need.size) if grid is None else grid
    park = park_of({"works": {"family": "load", "profile": "need"}, **(assets or {})}, connection, **parts)
    joined = {"need": Series.of("need", need, "kW", grid)}
    joined |= {name: Series.of(name, values, "1", grid) for name, values in (series or {}).items()}
    return Case(park, grid, joined, book_with(*([retail(), HOURS] if records is None else records)))


def pv(power: Any, availability: str = "sun", **more: Any) -> dict[str, Any]:
    """PV that costs nothing unless said."""
    return {"family": "pv", "power": power, "availability": availability, "capex": 0.0, **more}


def battery(power: Any, energy: Any, **more: Any) -> dict[str, Any]:
    """A battery without losses and with hardly any wear, so that hand values are round."""
    ideal = {"charge_efficiency": 1.0, "discharge_efficiency": 1.0, "standing_loss_per_day": 0.0, "wear_cost": 1e-3}
    return {"family": "battery", "power": power, "energy": energy, "capex_energy": 0.0, **ideal, **more}


def bought(case: Case, price: ArrayLike, flow: str = "grid.import_kw") -> Sum:
    """Energy of a flow at a price per kWh, a number or one for each step."""
    steps = case.grid.steps
    return Sum(
        "purchase", Flow.of(flow), np.broadcast_to(np.asarray(price, float), (steps,)), Grouping.whole(steps, "")
    )
