"""Prices of rules and limits: each equals what the objective does when the rule or the limit is moved and planned again."""

from __future__ import annotations

from typing import Any

import pytest

from lingtan.advise import LimitPrice, Standing, advise, limit_prices, rule_prices
from lingtan.case import Case
from lingtan.optimize import Plan, costs_of, plan
from tests.small_parks import HOURS, INVENTED, battery, pv, retail, small_case

CHARGE = {
    **INVENTED,
    "id": "test.network",
    "kind": "direct_supply_charge",
    "full_backup": False,
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


def shares(of_load: float = 0.3, export: float = 0.2, of_generation: float = 0.6) -> dict[str, Any]:
    """A record of the three shares; its example self-uses 80 of 100 kWh for a load of 200 and exports 10."""
    example = {
        "year": 2025,
        "available": "100 kWh",
        "self_used": "80 kWh",
        "load": "200 kWh",
        "exported": "10 kWh",
        "spot_continuous": False,
        "self_use_of_generation": of_generation <= 0.8,
        "self_use_of_load": of_load <= 0.4,
        "export_share": export >= 0.1,
    }
    return {
        **INVENTED,
        "id": "test.shares",
        "kind": "supply_shares",
        "users": "one",
        "self_use_of_generation": of_generation,
        "self_use_of_load": [{"year": 2025, "share": of_load}],
        "export": export,
        "export_needs_spot": False,
        "sources": ["pv"],
        "examples": [example],
    }


def direct(record: dict[str, Any] | None = None, asset: dict[str, Any] | None = None, **more: Any) -> Case:
    """200 kW for three hours, the first of them dark; unless told otherwise PV is dear, and only a rule gets it built."""
    asked = {"charge": "access", "load_rate": 0.5, "shares": more.pop("shares", "keep")}
    return small_case(
        [200.0, 200.0, 200.0],
        {"pv": asset or pv({"min": 0.0, "max": 500.0}, capex=1e5)},
        series={"sun": [0.0, 0.5, 1.0]},
        records=[retail(), HOURS, CHARGE, record or shares()],
        direct_supply=asked,
        **more,
    )


def decide(case: Case) -> Plan:
    return plan(case, costs_of(case))


def test_the_price_of_a_rule_is_the_slope_of_the_objective() -> None:
    """A point more and a point less than 30 %, planned again: rules out a price per kWh of generation, per unit of
    share instead of a point, and one of the wrong sign."""
    case = direct()
    price = next(one for one in rule_prices(case, costs_of(case), decide(case)) if one.name == "share.self_use_of_load")
    assert (price.standing, price.bound, price.rule) == (Standing.BINDING, 0.3, "test.shares")
    assert price.price_cny_per_point is not None
    around = [decide(direct(shares(share))).objective_cny for share in (0.29, 0.31)]
    slope_per_point = (around[1] - around[0]) / 2.0
    assert slope_per_point > 1.0
    assert price.price_cny_per_point == pytest.approx(slope_per_point, rel=1e-4)
    # a point of a load of 600 kWh is 6 kWh
    assert price.price_cny_per_mwh == pytest.approx(slope_per_point / 6.0 * 1e3, rel=1e-4)


def test_the_price_of_a_cap_is_what_a_point_less_costs() -> None:
    """Feeding in pays 2 CNY/kWh, of 20 % at most: the price is positive, and allowing more saves as much."""

    def case_of(share: float) -> Case:
        feeding_in = {"export_limit": 1000.0, "export_price": 2.0}
        return direct(shares(0.1, share, 0.1), pv(400.0), connection=feeding_in)

    price = next(
        one
        for one in rule_prices(case_of(0.2), costs_of(case_of(0.2)), decide(case_of(0.2)))
        if one.name == "share.export"
    )
    slope = (decide(case_of(0.19)).objective_cny - decide(case_of(0.21)).objective_cny) / 2.0
    assert price.standing is Standing.BINDING
    assert slope > 1.0
    assert price.price_cny_per_point == pytest.approx(slope, rel=1e-4)


@pytest.mark.parametrize("export_limit", [0.0, 1000.0])
def test_a_rule_that_changes_nothing_costs_nothing(export_limit: float) -> None:
    """Nothing may be fed in by rule, and feeding in earns nothing (or is not possible either): with 20 % allowed the plan costs the
    same. The row of the rule has some price all the same, for something else holds the share; told, it was 5 CNY/kWh in a park
    of the size of Yibin."""

    def case_of(export: float) -> Case:
        return direct(shares(0.1, export, 0.1), pv(400.0), connection={"export_limit": export_limit})

    decided = decide(case_of(0.0))
    price = next(
        one for one in rule_prices(case_of(0.0), costs_of(case_of(0.0)), decided) if one.name == "share.export"
    )
    assert decide(case_of(0.2)).objective_cny == pytest.approx(decided.objective_cny, rel=1e-6)
    assert (price.standing, price.price_cny_per_point, price.price_cny_per_mwh) == (Standing.BINDING, 0.0, 0.0)
    assert price.words.en == (
        "Fed in stands at its most of 0%, but allowing a percentage point more would save nothing: the rule costs nothing."
    )


def test_a_price_is_of_what_the_rule_holds_and_not_of_its_row() -> None:
    """Nothing may be fed in by rule, 10 kW by permit, at 2 CNY/kWh: of 600 kWh offered a point is 6 kWh, which fit into the 10 kW.
    They are taken from what was thrown away, so they earn 12 CNY; and a permit of 2 kW leaves 2 kWh in the one bright hour."""

    def earned(permit: float) -> float | None:
        connection = {"export_limit": permit, "export_price": 2.0}
        case = direct(shares(0.1, 0.0, 0.1), pv(400.0), connection=connection)
        found = rule_prices(case, costs_of(case), decide(case))
        return next(one for one in found if one.name == "share.export").price_cny_per_point

    assert earned(10.0) == pytest.approx(12.0, rel=1e-4)
    assert earned(2.0) == pytest.approx(4.0, rel=1e-4)


def test_a_rule_with_room_costs_nothing() -> None:
    """All generation is self-used: 60 % is asked and 100 % attained. What a solver leaves of a price is no price."""
    case = direct()
    slack = next(
        one for one in rule_prices(case, costs_of(case), decide(case)) if one.name == "share.self_use_of_generation"
    )
    assert (slack.standing, slack.price_cny_per_point, slack.price_cny_per_mwh) == (Standing.SLACK, 0.0, 0.0)
    assert slack.words.en == (
        "Self-use of generation is 100%, at least 60% is asked: the rule does not bind and costs nothing."
    )


def test_a_rule_that_is_only_reported_has_no_price() -> None:
    """Nothing is built, nothing generated: no share of generation exists, and the share of the load is told without price."""
    case = direct(shares="report")
    prices = {one.name: one for one in rule_prices(case, costs_of(case), decide(case))}
    assert prices["share.self_use_of_load"].standing is Standing.REPORTED
    assert {one.price_cny_per_point for one in prices.values()} == {None}


def test_a_rule_that_cannot_be_kept_has_no_price() -> None:
    """A third of the load falls in the dark: 90 % is out of reach. The penalty that the plan pays instead is no price."""
    case = direct(shares(0.9))
    missed = next(
        one for one in rule_prices(case, costs_of(case), decide(case)) if one.name == "share.self_use_of_load"
    )
    assert missed.attained == pytest.approx(2.0 / 3.0, abs=1e-6)
    assert (missed.standing, missed.price_cny_per_point, missed.price_cny_per_mwh) == (Standing.MISSED, None, None)


def only(case: Case, cell: str) -> LimitPrice:
    """The price of one limit of a case."""
    decided, costs = decide(case), costs_of(case)
    return next(one for one in limit_prices(case, costs, decided) if one.cell == cell)


def slope(make: Any, at: float, step: float) -> float:
    """What one unit more of a limit saves, by planning at both sides of it."""
    costs = [decide(make(value)).objective_cny for value in (at - step, at + step)]
    return (costs[0] - costs[1]) / (2.0 * step)


def test_a_size_at_the_end_of_its_range_is_worth_what_one_more_would_save() -> None:
    def with_pv(most: float) -> Case:
        return small_case(
            [200.0] * 4, {"pv": pv({"min": 0.0, "max": most}, capex=10.0)}, series={"sun": [0.0, 0.5, 1.0, 0.5]}
        )

    price = only(with_pv(100.0), "assets.pv.power.max")
    expected = slope(with_pv, 100.0, 5.0)
    assert expected > 0.5
    assert (price.end, price.unit, price.bound, price.hours) == ("most", "kW", 100.0, None)
    assert price.saves_cny_per_unit == pytest.approx(expected, rel=1e-3)


def test_full_roofs_are_the_limit_and_not_the_size_they_bound() -> None:
    """400 m2 carry the 100 kW that the file allows at most: raising `power.max` is refused, so the cell to name is the roof, at
    a quarter of the worth of a kilowatt. With 500 m2 there is room, and the size is the limit."""

    def with_roof(area: float) -> Case:
        plant = pv({"min": 0.0, "max": 100.0}, capex=10.0, roof={"area": area, "power_per_area": 0.25})
        return small_case([200.0] * 4, {"pv": plant}, series={"sun": [0.0, 0.5, 1.0, 0.5]})

    kilowatt = only(with_roof(500.0), "assets.pv.power.max").saves_cny_per_unit
    price = only(with_roof(400.0), "assets.pv.roof.area")
    assert (price.end, price.unit, price.bound) == ("most", "m2", 400.0)
    assert price.saves_cny_per_unit == pytest.approx(kilowatt / 4.0, rel=1e-6)
    assert price.words.en == (
        f"assets.pv.roof.area is 400 m2 and built over in full. One m2 more, with the power raised to what it carries, would "
        f"save {price.saves_cny_per_unit:.2f} CNY in the studied period."
    )


def test_a_size_that_must_be_built_costs_what_one_less_would_save() -> None:
    def with_pv(least: float) -> Case:
        return small_case(
            [200.0] * 4, {"pv": pv({"min": least, "max": 150.0}, capex=1e5)}, series={"sun": [0.0, 0.5, 1.0, 0.5]}
        )

    price = only(with_pv(50.0), "assets.pv.power.min")
    expected = -slope(with_pv, 50.0, 5.0)
    assert expected > 0.5
    assert (price.end, price.saves_cny_per_unit) == ("least", pytest.approx(expected, rel=1e-3))


def stored(connection: dict[str, Any], **charges: float) -> Case:
    """A battery shifts the peak hours into the valley, as far as the connection lets it."""
    assets = {"store": battery(500.0, 2000.0)}
    records = [retail(1.0, factors=True, **charges), HOURS]
    return small_case([200.0] * 24, assets, connection=connection, records=records)


def test_an_agreed_limit_is_worth_what_a_kilowatt_more_would_save() -> None:
    price = only(stored({"import_limit": 300.0}), "connections.grid.import_limit")
    expected = slope(lambda value: stored({"import_limit": value}), 300.0, 2.0)
    assert expected > 0.5
    assert (price.unit, price.bound) == ("kW", 300.0)
    assert price.hours == 8.0  # the valley: 0 to 7, and 23
    assert price.saves_cny_per_unit == pytest.approx(expected, rel=1e-3)


def test_a_fixed_capacity_is_worth_its_power_less_what_a_kva_is_billed() -> None:
    """At a power factor of 0.9, and with a basic charge: rules out the price of a kW, and one before the charge."""

    def billed(capacity: float) -> Case:
        return stored({"capacity": capacity, "power_factor": 0.9}, capacity_price=0.6)

    price = only(billed(320.0), "connections.grid.capacity")
    expected = slope(billed, 320.0, 2.0)
    assert expected > 0.5
    assert price.saves_cny_per_unit == pytest.approx(expected, rel=1e-3)


def test_a_limit_nobody_reaches_is_not_named() -> None:
    case = stored({})
    assert advise(case, costs_of(case), decide(case)).limits == ()


def test_while_a_need_is_short_limits_have_no_price() -> None:
    """A kilowatt more would save what the file charges for unserved energy: that is no worth of a limit."""
    case = small_case([600.0, 900.0], connection={"import_limit": 700.0})
    advice = advise(case, costs_of(case), decide(case))
    assert advice.limits == ()
    assert [short.load for short in advice.shortfalls] == ["works"]
    assert [set(remedy.loads) for remedy in advice.remedies] == [{"works"}]


def test_a_missed_rule_leaves_no_price_to_others() -> None:
    """What is missed is paid for at a penalty, which would stand in the price of all that could help: the rule on export,
    which binds at nothing exported, and the PV at its upper end are told without one."""
    case = direct(shares(0.9, export=0.0, of_generation=0.0))
    advice = advise(case, costs_of(case), decide(case))
    standings = {rule.name: (rule.standing, rule.price_cny_per_point) for rule in advice.rules}
    assert standings["share.self_use_of_load"] == (Standing.MISSED, None)
    assert standings["share.export"] == (Standing.BINDING, None)
    assert advice.limits == ()
