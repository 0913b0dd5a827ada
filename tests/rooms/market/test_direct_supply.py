"""Direct supply: the network charge by access or by all use, and the shares a supply must keep."""

from __future__ import annotations

import pytest

from lingtan.case import Case
from lingtan.market import look_up_shares, share_terms, supply_terms
from lingtan.optimize import costs_of, plan
from lingtan.terms import Choice, Readings, Sum, evaluate
from tests.small_parks import HOURS, INVENTED, pv, retail, small_case

CHARGE = {
    **INVENTED,
    "id": "test.network",
    "kind": "direct_supply_charge",
    "full_backup": True,
    "on_grid_energy": ["purchase"],
    "examples": [
        {
            "access_capacity": "1 MVA",
            "capacity_price": "20 CNY/kVA/month",
            "transmission": "0.1 CNY/kWh",
            "load_rate": 0.5,
            "basic": "0.24 MCNY",
            "energy": "0.438 MCNY",
        }
    ],
}
SHARES = {
    **INVENTED,
    "id": "test.shares",
    "kind": "supply_shares",
    "users": "one",
    "self_use_of_generation": 0.6,
    "self_use_of_load": [{"year": 2025, "share": 0.3}],
    "export": 0.2,
    "export_needs_spot": False,
    "sources": ["pv", "wind"],
    "examples": [
        {
            "year": 2025,
            "available": "100 kWh",
            "self_used": "80 kWh",
            "load": "200 kWh",
            "exported": "10 kWh",
            "spot_continuous": False,
            "self_use_of_generation": True,
            "self_use_of_load": True,
            "export_share": True,
        }
    ],
}


def priced(**direct: object) -> Case:
    """200 kW of load, 100 kW of free PV in the second hour; purchase 0.5, transmission 0.1 CNY/kWh; access 1 MVA."""
    price = retail()
    price["components"].append({"name": "transmission", "price": 0.1, "floats_with_tou": False})
    price["examples"] = [{"digits": 6, "flat": 0.6}]
    return small_case(
        [200.0, 200.0],
        {"pv": pv(100.0)},
        series={"sun": [0.0, 1.0]},
        records=[price, HOURS, CHARGE, SHARES],
        direct_supply={"load_rate": 0.5, **direct},
    )


def lines_of(case: Case) -> dict[str, float]:
    readings = Readings(plan(case, costs_of(case)).table.columns, 1.0, {"grid.capacity_kva": 1000.0})
    lines = evaluate(supply_terms(case.park, case.rulebook, case.grid).terms, readings).lines
    return {
        name: sum(line.amount for line in lines if line.component == name) for name in {one.component for one in lines}
    }


def test_by_access_the_network_is_imputed_and_not_billed_by_energy() -> None:
    """1000 kVA * 0.5 * 730 h * 0.1 CNY/kWh = 36,500 CNY a month, whatever is drawn; billing transmission on the 300 kWh
    drawn as well would charge the network twice."""
    lines = lines_of(priced(charge="access"))
    assert lines == {"purchase": pytest.approx(150.0), "network_access": pytest.approx(36_500.0)}


def test_full_backup_charges_the_network_on_all_use() -> None:
    """300 kWh drawn and 100 kWh self-used at 0.1 CNY/kWh; charging only what is drawn would be the ordinary tariff."""
    lines = lines_of(priced(charge="full_backup"))
    assert lines["transmission"] == pytest.approx(30.0)
    assert lines["transmission_self_use"] == pytest.approx(10.0)


def test_the_cheaper_of_the_two_is_elected() -> None:
    case = priced(charge="choice")
    assert any(isinstance(term, Choice) for term in supply_terms(case.park, case.rulebook, case.grid).terms)
    assert plan(case, costs_of(case)).elected == {"grid.network": "full_backup"}


def test_a_park_without_direct_supply_pays_transmission_by_energy() -> None:
    case = priced()
    plain = case.with_park(case.park.model_copy(update={"direct_supply": None}))
    names = [term.name for term in supply_terms(plain.park, plain.rulebook, plain.grid).terms if isinstance(term, Sum)]
    assert names == ["purchase", "transmission"]


def test_shares_are_counted_on_what_the_rule_counts() -> None:
    """All 100 kWh of PV are used: 100 % of the generation, 25 % of the 400 kWh load, nothing exported."""
    case = priced()
    rule = look_up_shares(case.park, case.rulebook, case.grid)
    assert rule is not None
    readings = Readings(plan(case, costs_of(case)).table.columns, 1.0)
    shares = evaluate(share_terms(case.park, rule.one(), 2025), readings).shares
    assert [(share.name, share.value, share.met) for share in shares] == [
        ("share.self_use_of_generation", pytest.approx(1.0), True),
        ("share.self_use_of_load", pytest.approx(0.25), False),
        ("share.export", pytest.approx(0.0, abs=1e-9), True),
    ]


def test_a_share_that_is_kept_has_a_price() -> None:
    """PV at a cost above its worth is built only because the rule asks for it; reported, it would not be built at all."""
    dear = {"pv": pv({"min": 0.0, "max": 500.0}, capex=1e5)}
    records = [retail(), HOURS, {**CHARGE, "full_backup": False}, SHARES]

    def built(shares: str) -> tuple[float, float]:
        case = small_case(
            [200.0, 200.0],
            dear,
            series={"sun": [0.5, 1.0]},
            records=records,
            direct_supply={"charge": "access", "load_rate": 0.5, "shares": shares},
        )
        decided = plan(case, costs_of(case))
        price = decided.rule_price.get("share.self_use_of_load")
        return decided.sizes["pv.power_kw"], 0.0 if price is None else float(price[0])

    assert built("report") == (pytest.approx(0.0, abs=1e-6), 0.0)
    size, price = built("keep")
    assert size == pytest.approx(0.3 * 400.0 / 1.5, rel=1e-6)
    assert price > 0
