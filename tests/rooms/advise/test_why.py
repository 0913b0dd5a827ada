"""Explanations in words, whole sentences in both languages, of parks solved by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lingtan.advise.verdict import limit_name
from lingtan.advise.why import bus_text, clock_text, moments, rule_text, why
from lingtan.optimize import plan
from lingtan.optimize.explain import RulePriceAt, explain
from lingtan.optimize.start import Start
from lingtan.optimize.what_if import Instead
from lingtan.park.names import Names
from lingtan.wording import Words
from tests.proofs.energy_parks import costs_at, energy_case
from tests.rooms.optimize.test_explain import (
    BUSES,
    HEAT,
    T_PER_KWH,
    capped_case,
    explained,
    heat_case,
    prices_of_targets,
)
from tests.small_parks import battery, bought, pv


def told(explainer, step: int, asset: str, off: Instead | None = None) -> tuple[list[str], list[str]]:
    sentences = why(explainer, step, asset, off).sentences
    return [each.en for each in sentences], [each.zh for each in sentences]


def test_what_runs_between_its_bounds():
    en, zh = told(explained(heat_case(), 0.2), 0, "boiler")
    assert en == [
        "At 2025-03-03 00:00 boiler gives 40 kW at hot and takes 4.4 m3/h at pipe.",
        "One kWh given is worth 0.320 CNY at hot, and costs 0.320 CNY: 0.300 CNY for 0.111 m3 from pipe, 0.0200 CNY of running "
        "cost.",
        "Both are equal, so a little more or less would change nothing.",
    ]
    assert zh == [
        "2025-03-03 00:00，燃料锅炉：供出 hot 40 kW，同时取用 pipe 4.4 m3/h。",
        "每供出 1 kWh，价值 hot 处 0.320 元；成本 0.320 元：取自 pipe 的 0.111 m3 计 0.300 元、可变运行费用 0.0200 元。",
        "两者相等，多一点或少一点都不改变总费用。",
    ]


def test_what_stands_at_its_limit():
    en, zh = told(explained(heat_case(), 0.2), 0, "electrode", Instead(6.0, 1e-3))
    assert en[1:] == [
        "One kWh given is worth 0.320 CNY at hot, and costs 0.200 CNY: 0.200 CNY for 1 kWh from main.",
        "Each kWh earns 0.120 CNY more than it costs; its limit of 50 kW holds it there.",
        "Standing still in this step would cost 6.00 CNY more, all else planned again.",
    ]
    assert zh[2:] == [
        "每 1 kWh 的收益比成本高 0.120 元；因已达上限 50 kW 而不再增加。",
        "若该时段停用并重新优化其余部分，费用增加 6.00 元。",
    ]


def test_what_stands_still():
    """At 0.9 the electrode would lose 0.9 - 0.32: rules out that what does not run is told to sit at a limit of nothing."""
    en, _ = told(explained(heat_case(), 0.9), 0, "electrode", Instead(1e-9, 1e-3))
    assert en == [
        "At 2025-03-03 00:00 electric boiler electrode stands still.",
        "One kWh given is worth 0.320 CNY at hot, and costs 0.900 CNY: 0.900 CNY for 1 kWh from main.",
        "One kWh more would lose at least 0.580 CNY.",
        "Standing still in this step would cost nothing that can be told: less than 0.0010 CNY, what two certified answers may "
        "differ by.",
    ]


def test_now_against_later():
    assets = {"works": {"family": "load", "profile": "need"}, "store": battery(10.0, 5.0, wear_cost=0.01)}
    explainer = explained(energy_case(assets, steps=2, series={"need": ("kW", [10.0, 10.0])}), [0.2, 0.9])
    assert told(explainer, 1, "store")[0] == [
        "At 2025-03-03 01:00 battery store gives 5 kW at main out of its store.",
        "One kWh given is worth 0.900 CNY at main, and costs 0.900 CNY: 0.890 CNY that it would be worth if kept for later (filled "
        "again from 00:00 on in the next round, for the plan ends as it begins), 0.0100 CNY of wear of stores.",
        "Both are equal, so a little more or less would change nothing.",
    ]
    assert told(explainer, 0, "works") == (
        ["Load works: needed 10 kW at 2025-03-03 00:00, as given.", "One kWh is worth 0.200 CNY at main."],
        ["2025-03-03 00:00，负荷 works：用电量 10 kW（给定）。", "main 处 1 kWh 的价值为 0.200 元。"],
    )


def test_what_is_later_on_the_circle_is_not_said_to_be_earlier():
    """A day that is a circle: given at 02:00 and filled at 00:00. Rules out "filled again from 00:00 on", two hours before; a store
    that fills at 00:00 is emptied at 02:00 of the same round, and a plan with a start does not go on at its beginning."""
    assets = {"works": works(), "store": battery(10.0, 5.0, wear_cost=0.01)}
    case, prices = energy_case(assets, steps=3, series=needs(3)), [0.2, 0.4, 0.9]
    explainer = explained(case, prices)
    assert told(explainer, 2, "store")[1][1] == (
        "每供出 1 kWh，价值 main 处 0.900 元；成本 0.900 元：若留待以后使用可值 0.890 元"
        "（方案首尾相接，下一轮 00:00 起重新储入）、储能损耗费用 0.0100 元。"
    )
    assert "0.200 CNY kept for later (taken out from 02:00 on)" in told(explainer, 0, "store")[0][1]
    costs, start = costs_at(case, prices), Start({"store": 0.5})
    ahead = explain(case, costs, plan(case, costs, start=start), start)
    assert (explainer.at(2, "store").turn, ahead.at(2, "store").turn) == (0, None)


def test_a_price_of_nothing_is_told_as_nothing():
    """More sun than need: rules out that a kWh more "would cost 0.0000 CNY", is worth as much, or what is given brings it."""
    assets = {"works": works(), "pv": pv(30.0)}
    explainer = explained(energy_case(assets, series=needs(1) | {"sun": ("1", [1.0])}), 0.5)
    assert bus_text(explainer, 0, "main") == Words(
        "One kWh more at main would cost nothing.", "main 处多用 1 kWh 不增加费用。"
    )
    assert told(explainer, 0, "works") == (
        ["Load works: needed 10 kW at 2025-03-03 00:00, as given.", "One kWh is worth nothing at main."],
        ["2025-03-03 00:00，负荷 works：用电量 10 kW（给定）。", "main 处 1 kWh 的价值为零。"],
    )
    en, zh = told(explainer, 0, "pv")
    assert en[1] == "One kWh given is worth nothing, and costs nothing."
    assert zh[1] == "每供出 1 kWh，价值为零；没有成本。"
    assert told(explainer, 0, "grid", Instead(0.0, 0.0))[0][-1] == (
        "Standing still in this step would cost nothing that can be told: less than 0.0001 CNY, what two certified answers may "
        "differ by."
    )


def test_a_need_that_goes_without_and_a_plant_that_may_not_run():
    """4 kW from the grid and no sun: 6 kW are cut at 52.5. The sun would earn as much, and only the night holds it."""
    assets = {"works": {"family": "load", "profile": "need", "shortfall_price": 50.0}, "pv": pv(30.0)}
    case = energy_case(assets, connection={"import_limit": 4.0}, series={"need": ("kW", [10.0]), "sun": ("1", [0.0])})
    explainer = explained(case, 0.5)
    assert told(explainer, 0, "works")[0] == [
        "Load works: needed 10 kW at 2025-03-03 00:00, as given.",
        "One kWh is worth 50.00 CNY at main.",
        "One kWh gone without is worth 50.00 CNY at main, and costs 50.00 CNY: 50.00 CNY of price of what is not "
        "served: Load works.",
        "Both are equal, so a little more or less would change nothing.",
    ]
    assert told(explainer, 0, "pv")[0][-1] == (
        "It would earn 50.00 CNY more than it costs, but what is available allows nothing of it now."
    )
    assert moments(explainer) == {"dearest": 0}


def test_what_is_moved_is_owed():
    """Lowered at 0.9 and raised at 0.2 within a window of two hours: rules out a shift that costs nothing, as if it were never made
    up for. At 0.9 a kilowatt-hour not taken earns 0.9 - 0.2 - 0.01."""
    mills = {"family": "shiftable_load", "bus": "main", "profile": "need", "share": 0.4, "window": 2.0, "cost": 0.01}
    explainer = explained(energy_case({"mills": mills}, steps=2, series={"need": ("kW", [10.0, 10.0])}), [0.2, 0.9])
    en, zh = told(explainer, 1, "mills")
    assert en == [
        "At 2025-03-03 01:00 shiftable load mills: moved away 4 kW, needed 6 kW.",
        "One kWh given is worth 0.900 CNY at main, and costs 0.210 CNY: 0.210 CNY to make up for it at another time of its window.",
        "Each kWh earns 0.690 CNY more than it costs; its limit of 4 kW holds it there.",
    ]
    assert zh[1] == "每供出 1 kWh，价值 main 处 0.900 元；成本 0.210 元：在窗口内其他时段补回计 0.210 元。"


def test_vehicles_that_are_away():
    fleet = {"family": "ev_fleet", "bus": "main", "vehicles": 1, "battery": 100.0, "vehicle_power": 50.0, "power": 50.0}
    away = {"trip": 50.0, "arrives": 1.0, "leaves": 0.0, "v2g": 1.0}
    explainer = explained(energy_case({"works": works(), "van": fleet | away}, steps=24, series=needs(24)), 0.5)
    en, zh = told(explainer, 0, "van")
    assert en == [
        "At 2025-03-03 00:00 electric vehicle fleet van stands still.",
        "There is no room for it to run then.",
    ]
    assert zh[1] == "此时没有可运行的余地。"


def test_a_bus_where_nobody_could_give_more_has_no_price():
    """The electrolyzer is off, held so, and nobody else makes hydrogen: any price above that of the sale proves the plan, and a
    solver's is a number of its own making. In parts of a plant one more kilogram costs 50 · 0.5 and has a price."""
    states = {"minimum_load": 0.5, "start_cost": 1.0}
    made = electrolyzer(states)
    explainer = explained(energy_case(made, HYDROGEN, series=needs(1)), 0.5, form="committed")
    assert set(explainer.bus_prices(0)) == {"main"}
    assert bus_text(explainer, 0, "h2").en == (
        "With every other decision as it is, nobody could give one kg more at h2, so it has no price there."
    )
    assert told(explainer, 0, "sell")[1] == [
        "2025-03-03 00:00，产品外销 sell：不运行。",
        "其他决策不变时，h2 处无人能再多供 1 kg，因而没有价格可言。",
    ]
    relaxed = explained(energy_case(made, HYDROGEN, series=needs(1)), 0.5)
    assert set(relaxed.bus_prices(0)) == {"main", "h2"}


def test_a_plant_that_stands_by_says_so_and_what_it_takes():
    """It sells 2 kg/h at 100 CNY, which pays at 0.5 and not at 3; a start would cost 100,000. Standing by takes 2 % of 100 kW."""
    states = {"minimum_load": 0.5, "start_cost": 1000.0, "standby_power": 0.02}
    case = energy_case(electrolyzer(states), HYDROGEN, steps=4, series=needs(4))
    en, _ = told(explained(case, [0.5, 3.0, 0.5, 0.5], form="committed"), 1, "ely")
    assert en[:2] == [
        "At 2025-03-03 01:00 electrolyzer ely takes 2 kW at main.",
        "It stands by, to be spared a start.",
    ]


HYDROGEN = {"h2": {"carrier": "hydrogen"}}


def works() -> dict[str, object]:
    return {"family": "load", "profile": "need"}


def needs(steps: int) -> dict[str, tuple[str, list[float]]]:
    return {"need": ("kW", [10.0] * steps)}


def electrolyzer(commitment: dict[str, float]) -> dict[str, dict[str, object]]:
    """100 kW at 50 kWh/kg, and a sale: at 0.5 CNY/kWh a kilogram costs 25 CNY."""
    price = 100.0 if "standby_power" in commitment else 20.0
    made = {"family": "electrolyzer", "input": "main", "bus": "h2", "power": 100.0, "specific_energy": 50.0}
    sale = {"family": "sale", "bus": "h2", "price": price}
    return {"works": works(), "ely": made | {"commitment": commitment}, "sell": sale}


def test_a_cap_is_called_by_its_name_and_counted_in_tonnes():
    """Rules out the id of its row, in a sentence of its own and in that of the electrode that it holds."""
    explainer = prices_of_targets(capped_case(carbon_cap=40.0 * T_PER_KWH * 8760.0))
    [price], names = explainer.rule_prices(), Names(explainer.case.park)
    assert rule_text(names, price) == Words(
        "The rule CO₂ of the year (park view): one t more room saves at most 480.48 CNY, one less costs at least as much.",
        "规则“年二氧化碳排放（园区口径）”：放宽 1 t 至多节约 480.48 元，收紧 1 t 至少增加同样费用。",
    )
    en, zh = told(explainer, 0, "grid")
    assert en[1] == (
        "One kWh given is worth 0.500 CNY at main, and costs 0.500 CNY: 0.400 CNY by the rule CO₂ of the year (park "
        "view), 0.100 CNY of energy purchase."
    )
    assert zh[1] == (
        "每供出 1 kWh，价值 main 处 0.500 元；成本 0.500 元：规则“年二氧化碳排放（园区口径）”计 0.400 元、代理购电价格 0.100 元。"
    )


@pytest.mark.parametrize(
    ("rule", "en", "zh"),
    [
        ("target.carbon_cap.above_1", "CO₂ of the year (park view)", "年二氧化碳排放（园区口径）"),
        ("target.indicator.above_1", "Core indicator", "核心指标"),
        ("target.yearly_green_share", "Green share of the year", "全年绿电占比"),
        ("target.hourly_green_share", "Green share step by step", "逐时段绿电占比"),
    ],
)
def test_every_target_has_its_name(rule, en, zh):
    assert Names(heat_case().park).component(rule) == Words(en, zh)


def test_names_of_rules_limits_and_hours():
    names = Names(heat_case().park)
    assert rule_text(names, RulePriceAt("share.export", 0, "kWh", 0.25)).en == (
        "The rule Fed in: one kWh more room saves at most 0.250 CNY, one less costs at least as much."
    )
    assert rule_text(names, RulePriceAt("basic_charge", 0, "kW", 35.0)).zh == (
        "规则“基本电费”：放宽 1 kW 至多节约 35.00 元，收紧 1 kW 至少增加同样费用。"
    )
    for row in ("content", "power", "deficit_rows"):
        assert limit_name(f"island.{row}").zh == "离网维持时长要求"
    assert limit_name("gas.yearly_limit").zh == "其年度上限"
    explainer = explained(heat_case(), 0.2)
    assert (clock_text(explainer, 0), clock_text(explainer, 0, 0)) == ("2025-03-03 00:00", "00:00")


def test_a_bus_whose_only_taker_is_in_maintenance_is_worth_what_the_seller_asks():
    """A plain linear plan. Rules out the price that a solver comes to (PIQP -5,255,729 CNY/t, HiGHS nothing), for any price up
    to that of the seller proves the plan; and no price at all, for the seller could give a tonne more."""
    assets = {
        "crusher": {
            "family": "process_load",
            "input": "main",
            "power": 100.0,
            "specific_energy": 25.0,
            "tons": 4.0,
            "window": 4.0,
            "source_bus": "slag",
            "material_per_ton": 1.0,
            "commitment": {"maintenance": [{"start": "2025-03-03T01:00", "end": "2025-03-03T03:00"}]},
        },
        "seller": {"family": "supply", "bus": "slag", "price": 0.001},
    }
    explainer = explained(energy_case(assets, {"slag": {"carrier": "material"}}, steps=4), 0.5)
    for step in range(4):
        assert explainer.bus_prices(step) == pytest.approx({"main": 0.5, "slag": 0.001}, rel=1e-6)


def test_what_arises_is_told_by_what_is_taken_of_it_and_what_is_got_rid_of():
    """90 kW arise and 70 are needed. Rules out that it "stands still" because nothing of it is decided, or only takes 20."""
    assets = {
        "heating": {"family": "demand", "bus": "hot", "profile": "need"},
        "furnace": {"family": "waste_heat", "bus": "hot", "profile": "furnace", "cost": "0.1 CNY/kWh"},
    }
    buses = {"hot": {"carrier": "heat", "temperature": 85.0}}
    series = {"need": ("kW", [70.0, 90.0]), "furnace": ("kW", [90.0, 90.0])}
    explainer = explained(energy_case(assets, buses, steps=2, series=series), 0.5)
    en, zh = told(explainer, 0, "furnace")
    assert en == [
        "At 2025-03-03 00:00 waste heat furnace gives 70 kW at hot and leaves 20 kW unused.",
        "One kWh is worth −0.100 CNY at hot.",
        "One kWh got rid of is worth 0.100 CNY to take 1 kWh at hot, where there is too much, and costs 0.100 CNY: 0.100 CNY of "
        "venting.",
        "Both are equal, so a little more or less would change nothing.",
    ]
    assert zh[0] == "2025-03-03 00:00，余热 furnace：供出 hot 70 kW，同时弃用 20 kW。"
    assert told(explainer, 1, "furnace")[0][0] == "At 2025-03-03 01:00 waste heat furnace gives 90 kW at hot."


def test_what_a_renovation_leaves_of_a_need_is_given_and_what_it_saves_is_told():
    """Rules out a load that "stands still" at 80 kW since a size is in it, and a renovation of which nothing is said."""
    assets = {
        "mill": {"family": "load", "bus": "main", "profile": "need"},
        "drives": {
            "family": "renovation",
            "of": "mill",
            "saving": 0.2,
            "capex": 0.0,
            "extent": {"min": 0.0, "max": 1.0},
        },
    }
    explainer = explained(energy_case(assets, series={"need": ("kW", [100.0])}), 0.5)
    assert told(explainer, 0, "mill")[0] == [
        "Load mill: needed 80 kW at 2025-03-03 00:00, as given.",
        "One kWh is worth 0.500 CNY at main.",
    ]
    en, zh = told(explainer, 0, "drives")
    assert en == ["At 2025-03-03 00:00 renovation drives: saved 20 kW."]
    assert zh == ["2025-03-03 00:00，设备改造 drives：节约 20 kW。"]


def test_a_load_that_gives_way_is_told_by_what_it_uses():
    """100 kW, of which nothing is shed at 0.2 CNY/kWh. Rules out that it "stands still" because nothing is shed."""
    steps = [{"share": 0.3, "price": 1.0}]
    assets = {"mills": {"family": "sheddable_load", "bus": "main", "profile": "need", "steps": steps}}
    explainer = explained(energy_case(assets, series={"need": ("kW", [100.0])}), 0.2)
    assert told(explainer, 0, "mills")[0][0] == "At 2025-03-03 00:00 sheddable load mills: needed 100 kW."


def test_a_bus_that_stands_still_has_the_price_of_what_can_be_bought():
    """The electrode heats for 0.1, so nobody buys gas, and any price of it from its worth to the boiler, 0.72, to 2.7 proves the
    plan. PIQP gives one in the middle; a cubic metre more costs 2.7."""
    case = energy_case(HEAT, BUSES, series={"heat": ("kW", [40.0])})
    costs = costs_at(case, 0.1)
    explainer = explain(case, costs, plan(case, costs))
    assert explainer.plan.marginal_price["pipe"][0] < 2.6
    assert explainer.bus_prices(0) == pytest.approx({"main": 0.1, "hot": 0.1, "pipe": 2.7}, abs=1e-4)


def test_buses_that_a_plant_ties_together_rise_together():
    """10 m3 of gas arise and make just the 50 kWh of heat that are needed; a kWh more comes from the electrode at 0.5, so a cubic
    metre more that someone took would cost 2.5. The boiler runs between its bounds, so neither price can be raised by itself, and
    PIQP's lie in the middle."""
    assets = {
        "heating": {"family": "demand", "bus": "hot", "profile": "heat"},
        "oven": {"family": "byproduct", "bus": "coke", "profile": "gas", "cost": 0.0},
        "boiler": {"family": "boiler", "fuel_bus": "coke", "bus": "hot", "power": 200.0, "efficiency": 1.0},
        "electrode": {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 50.0, "efficiency": 1.0},
    }
    buses = {
        "hot": {"carrier": "heat", "temperature": 85.0},
        "coke": {"carrier": "byproduct_gas", "heating_value": 5.0},
    }
    case = energy_case(assets, buses, series={"heat": ("kW", [50.0]), "gas": ("m3/h", [10.0])})
    costs = costs_at(case, 0.5)
    explainer = explain(case, costs, plan(case, costs))
    assert explainer.plan.marginal_price["hot"][0] < 0.45
    assert explainer.bus_prices(0) == pytest.approx({"main": 0.5, "hot": 0.5, "coke": 2.5}, abs=1e-4)


def test_no_part_of_a_cost_is_lost_beside_a_price_of_want():
    """The grid gives all it may and 5 kWh are missing, so a kWh is worth 50; it costs 0.5 and a levy of 0.04, which is less than a
    thousandth of 50. Rules out "costs 0.5", and that it earns 49.5."""
    levy = 0.04
    case = energy_case({"works": works()}, connection={"import_limit": 10.0}, series={"need": ("kW", [15.0])})
    costs = costs_at(case, 0.5, (replace(bought(case, levy), name="levy"),))
    explainer = explain(case, costs, plan(case, costs))
    en = told(explainer, 0, "grid")[0]
    assert en[1].startswith("One kWh given is worth 50.00 CNY at main, and costs 0.540 CNY: ")
    assert en[2] == "Each kWh earns 49.46 CNY more than it costs; its limit of 10 kW holds it there."


def curved(commitment):
    """A need of hydrogen, and an electrolyzer of 100 kW that gets worse with its load."""
    curve = {"points": [{"load": 0.8, "efficiency": 0.7}, {"load": 1.0, "efficiency": 0.6}]}
    plant = {"family": "electrolyzer", "input": "main", "bus": "h2", "power": 100.0}
    return {
        "need": {"family": "demand", "bus": "h2", "profile": "h2"},
        "ely": {**plant, "part_load": curve, "commitment": commitment},
    }


def test_a_plant_with_a_part_load_curve_is_told_as_one():
    """At 100 kW and 60 % of 33.33 kWh/kg it makes 1.8 kg/h, so a kilogram takes 55.5 kWh, 27.8 CNY at 0.5. Rules out segments told
    one by one, of which one "costs nothing" and another "runs at a loss", and the mean of their slopes."""
    made = curved({"minimum_load": 0.8, "start_cost": 0.0})
    series = {"h2": ("kg/h", [1.8])}
    explainer = explained(energy_case(made, {"h2": {"carrier": "hydrogen"}}, series=series), 0.5, form="committed")
    flows = explainer.at(0, "ely").flows
    kwh_per_kg = flows["ely.consumption_kw"] / flows["ely.hydrogen_kg_per_h"]
    assert kwh_per_kg == pytest.approx(33.33 / 0.6, rel=1e-3)
    en, zh = told(explainer, 0, "ely")
    assert len(en) == len(zh) == 3
    cost = f"{0.5 * kwh_per_kg:.2f} CNY"
    assert en[1].endswith(f"and costs {cost}: {cost} for {kwh_per_kg:.3f} kWh from main.")
    assert en[2].startswith("At this output each kg ")


def test_a_plant_with_a_curve_that_stands_by_is_told_so_and_no_more():
    """It waits for an hour at 2 kW to be spared a start of 100. Rules out that a kilogram of it "costs nothing" then, for the power
    goes in by the curve and not by the output."""
    made = curved({"minimum_load": 0.8, "start_cost": 1.0, "standby_power": 0.02})
    series = {"h2": ("kg/h", [1.8, 0.0, 1.8])}
    case = energy_case(made, {"h2": {"carrier": "hydrogen"}}, steps=3, series=series)
    assert told(explained(case, 0.5, form="committed"), 1, "ely")[0] == [
        "At 2025-03-03 01:00 electrolyzer ely takes 2 kW at main.",
        "It stands by, to be spared a start.",
    ]


def test_the_size_that_two_ways_of_a_plant_share_is_its_size():
    assert (limit_name("chp.sum").en, limit_name("chp.sum").zh) == ("its size", "其容量")


def test_what_is_stored_may_cost_to_be_kept():
    """90 kW arise in each of two hours, 10 are needed in the first and 120 in the second; letting go costs 0.1. What is stored
    saves only that, so it has a price below zero: rules out that it "would be worth" that if kept."""
    assets = {
        "heating": {"family": "demand", "bus": "hot", "profile": "need"},
        "furnace": {"family": "waste_heat", "bus": "hot", "profile": "furnace", "cost": "0.1 CNY/kWh"},
        "tank": {"family": "thermal_store", "bus": "hot", "power": 50.0, "energy": 500.0, "standing_loss_per_day": 0.0},
    }
    buses = {"hot": {"carrier": "heat", "temperature": 85.0}}
    series = {"need": ("kW", [10.0, 120.0]), "furnace": ("kW", [90.0, 90.0])}
    case = energy_case(assets, buses, steps=2, series=series)
    sentences = told(explained(case, 0.5), 0, "tank")[0]
    assert any("that keeping it costs" in each for each in sentences), sentences
    assert not any("would be worth if kept" in each for each in sentences), sentences
