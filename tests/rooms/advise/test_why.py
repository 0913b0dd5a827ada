"""Explanations in words, whole sentences in both languages, of parks solved by hand."""

from __future__ import annotations

from lingtan.advise.why import clock_text, limit_name, moments, rule_text, why
from lingtan.optimize.explain import RulePriceAt
from lingtan.optimize.what_if import Instead
from lingtan.park.names import Names
from tests.proofs.energy_parks import energy_case
from tests.rooms.optimize.test_explain import explained, heat_case
from tests.small_parks import battery, pv


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
        "One kWh more would lose 0.580 CNY.",
        "Standing still in this step would cost nothing that can be told: less than 0.0010 CNY, what two certified answers may "
        "differ by.",
    ]


def test_now_against_later():
    assets = {"works": {"family": "load", "profile": "need"}, "store": battery(10.0, 5.0, wear_cost=0.01)}
    explainer = explained(energy_case(assets, steps=2, series={"need": ("kW", [10.0, 10.0])}), [0.2, 0.9])
    assert told(explainer, 1, "store")[0] == [
        "At 2025-03-03 01:00 battery store gives 5 kW at main out of its store.",
        "One kWh given is worth 0.900 CNY at main, and costs 0.900 CNY: 0.890 CNY that it would be worth if kept for later (filled "
        "again from 00:00 on), 0.0100 CNY of wear of stores.",
        "Both are equal, so a little more or less would change nothing.",
    ]
    assert told(explainer, 0, "works") == (
        ["Load works: needed 10 kW at 2025-03-03 00:00, as given. One kWh is worth 0.200 CNY at main."],
        ["2025-03-03 00:00，负荷 works：用电量 10 kW（给定）。main 处 1 kWh 的价值为 0.200 元。"],
    )


def test_a_need_that_goes_without_and_a_plant_that_may_not_run():
    """4 kW from the grid and no sun: 6 kW are cut at 52.5. The sun would earn as much, and only the night holds it."""
    assets = {"works": {"family": "load", "profile": "need", "shortfall_price": 50.0}, "pv": pv(30.0)}
    case = energy_case(assets, connection={"import_limit": 4.0}, series={"need": ("kW", [10.0]), "sun": ("1", [0.0])})
    explainer = explained(case, 0.5)
    assert told(explainer, 0, "works")[0] == [
        "Load works: needed 10 kW at 2025-03-03 00:00, as given. One kWh is worth 50.00 CNY at main.",
        "One kWh gone without is worth 50.00 CNY at main, and costs 50.00 CNY: 50.00 CNY of price of what is not "
        "served: Load works.",
        "Both are equal, so a little more or less would change nothing.",
    ]
    assert told(explainer, 0, "pv")[0][-1] == (
        "It would earn 50.00 CNY more than it costs, but what is available allows nothing of it now."
    )
    assert moments(explainer) == {"dearest": 0}


def test_names_of_rules_limits_and_hours():
    names = Names(heat_case().park)
    assert rule_text(names, RulePriceAt("share.export", 0, "kWh", 0.25)).en == (
        "The rule Fed in: one kWh more room saves at most 0.250 CNY, one less costs at least as much."
    )
    assert limit_name("gas.yearly_limit").zh == "其年度上限"
    explainer = explained(heat_case(), 0.2)
    assert (clock_text(explainer, 0), clock_text(explainer, 0, 0)) == ("2025-03-03 00:00", "00:00")
