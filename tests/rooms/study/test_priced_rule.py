"""The park of the guide whose rule has a price: the guide quotes what the calculator prints, and the price is a real one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from lingtan.study.sizing import SizingCase, sizing

GUIDE = Path(__file__).parents[3] / "docs" / "guide"
PARK = json.loads((GUIDE / "priced-rule.json").read_text("utf-8"))


def sized(**direct_supply: Any) -> dict[str, Any]:
    park = {**PARK["park"], "direct_supply": {**PARK["park"]["direct_supply"], **direct_supply}}
    return dict(sizing(SizingCase(park=park)))


def test_the_guide_quotes_the_price_of_its_rule() -> None:
    """Rules out a price in the guide that nobody gets, and one that the rule does not cost.

    Prices of the plan fall with the share kept: the mean price over 30 points lies between nothing and the last point's.
    """
    kept, free = sized(), sized(shares="report")
    [rule] = [each for each in kept["rules"] if each["name"] == "share.self_use_of_load"]
    assert (rule["standing"], rule["bound"]) == ("binding", 0.3)
    for page, lang in (("rules.md", "en"), ("rules.zh.md", "zh")):
        text = re.sub(r"\n> ", " ", (GUIDE / page).read_text("utf-8"))
        assert f" {rule['words'][lang]}\n" in text
    [loose] = [each for each in free["rules"] if each["name"] == "share.self_use_of_load"]
    points = 100.0 * (0.3 - loose["attained"])
    dearer = kept["solver"]["objective_cny"] - free["solver"]["objective_cny"]
    assert points > 1.0
    assert 0.0 < dearer <= points * rule["price_cny_per_point"] * 1.001
    assert rule["price_cny_per_mwh"] == pytest.approx(rule["price_cny_per_point"] / 876.0)  # a point of 87.6 GWh
