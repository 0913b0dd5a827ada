"""Which rules an explained interval tells the price of."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from lingtan.carbon.targets import target_terms
from lingtan.optimize import plan
from lingtan.study.why import explanation_of
from tests.proofs.energy_parks import costs_at
from tests.rooms.optimize.test_explain import T_PER_KWH, capped_case


@pytest.mark.parametrize(("allowed_kwh", "told"), [(40.0, ["target.carbon_cap.above_1"]), (1000.0, [])])
def test_a_rule_with_room_has_no_price(allowed_kwh, told):
    """90 kWh are used: a cap of 40 binds, one of 1,000 does not. What PIQP leaves of its price was told as 0.0000 CNY."""
    case = capped_case(carbon_cap=allowed_kwh * T_PER_KWH * 8760.0)
    costs = costs_at(case, 0.1, target_terms(case.park, case.rulebook, case.grid))
    decided = SimpleNamespace(case=case, costs=costs, plan=plan(case, costs))
    assert [rule["rule"] for rule in explanation_of(decided, "2025-03-03T00:00")["rules"]] == told
