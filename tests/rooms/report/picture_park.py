"""The park whose report is kept as pictures: the report's sample forty times as large, with all that a report can show.

It needs no solver and no file, so its report is the same on every machine and is there in two seconds.
"""

from __future__ import annotations

import sys
from functools import cache
from typing import Any
from unittest.mock import patch

from lingtan.case.read import case_of
from lingtan.optimize import decide
from lingtan.report import draw
from lingtan.sheet import Sheet
from lingtan.study import Study, study
from tests.rooms.report import report_samples

SCALE = 40.0
"""So large that annex 4 has a threshold for it, which it misses."""


def park_data() -> dict[str, Any]:
    """The sample in Sichuan, with direct supply, a loan, records beyond their validity, and names for people."""
    data = report_samples.park_data()
    assets, rules = data["assets"], data["rules"]
    assets["mill"] |= {"peak": "240 MW"}
    assets["shop"] |= {"peak": "120 MW"}
    assets["pv"] |= {"power": {"min": 0, "max": "360 MW"}}
    assets["hydro"] |= {"power": "120 MW", "name": {"en": "hydro line", "zh": "水电专线"}}
    assets["battery"] |= {"power": {"min": 0, "max": "200 MW"}, "energy": {"min": 0, "max": "800 MWh"}}
    rules[0]["components"].append({"name": "transmission", "price": 0.06, "floats_with_tou": False})
    rules[0] |= {"document": "Invented", "examples": [{"digits": 4, "flat": 0.56}]}
    return {
        **data,
        "name": "pictures",
        "title": {"en": "A park to look at", "zh": "示例园区"},
        "disclosure": {"en": "Invented throughout.", "zh": "全部为虚构。"},
        "site": {"zone": "Asia/Shanghai", "country": "CN", "province": "Sichuan", "prefecture": "Yibin"},
        "members": {
            "mill": {"name": {"en": "Steel mill", "zh": "钢铁厂"}},
            "shop": {"name": {"en": "Machine works", "zh": "机械厂"}},
        },
        "connections": {"grid": {"bus": "main", "capacity": "400 MVA", "export_limit": "80 MW", "export_price": 0.2}},
        "carbon": {"boundary": {"en": "All electricity.", "zh": "全部电力。"}, "conversion": "equal_value"},
        "customer": {"category": "two_part", "voltage": "110 kV", "purchase": "grid_proxy"},
        "direct_supply": {"charge": "access", "load_rate": 0.70, "shares": "report"},
        "rules": [
            *rules,
            _assumed("pictures.network", "cn.direct-supply-charge.1192", range=[0.65, 0.75]),
            _assumed("pictures.shares", "cn.direct-supply-shares.688"),
        ],
        "finance": {**data["finance"], "loan": {"share": "70 %", "rate": "3.5 %", "term": 10, "grace": 2}},
    }


def _assumed(name: str, of: str, **more: Any) -> dict[str, Any]:
    reason = {"en": "Used as if it had held all year.", "zh": "按全年适用处理。"}
    return {"id": name, "kind": "assumption", "of": of, "mode": "repeat", "reason": reason, **more}


@cache
def picture_study() -> Study:
    """Its study, with a rule in the place of the optimizer."""
    case = case_of(Sheet("park.yaml", park_data()))
    sizes = {name: SCALE * size for name, size in report_samples.SIZES.items()} | {"grid.capacity_kva": 400_000.0}
    with (
        patch.object(report_samples, "SIZES", sizes),
        patch.object(sys.modules[decide.__module__], "plan", report_samples.by_rule),
        report_samples.without_prices(),
    ):
        return study(case, draw)
