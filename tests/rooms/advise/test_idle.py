"""What is told of assets that stand still, in whole sentences, of parks solved by hand and planned again with a unit more of it."""

from __future__ import annotations

import pytest

from lingtan.advise.verdict import say_verdict
from lingtan.advise.why import bus_text, why
from lingtan.optimize.explain import Activity, Explainer, Part, Standing
from lingtan.optimize.what_if import instead
from lingtan.wording.explain import EXPLAIN_WORDS
from tests.proofs.energy_parks import energy_case
from tests.rooms.optimize.test_explain import exact, explained
from tests.small_parks import battery

MATERIAL, HYDROGEN = {"carrier": "material"}, {"carrier": "hydrogen"}
WORKS = {"works": {"family": "load", "profile": "need"}}
ELECTROLYZER = {"family": "electrolyzer", "input": "main", "bus": "h2", "power": 300.0, "specific_energy": 50.0}


def needs(steps: int) -> dict[str, tuple[str, list[float]]]:
    return {"need": ("kW", [10.0] * steps)}


def told(explainer: Explainer, asset: str, step: int = 0) -> tuple[list[str], list[str]]:
    sentences = why(explainer, step, asset).sentences
    return [each.en for each in sentences], [each.zh for each in sentences]


def cost_of(explainer: Explainer, column: str, amount: float, step: int = 0) -> float:
    """What the plan costs more with an activity held at an amount, all else planned again: no price is asked."""
    cost = instead(explainer, step, {column: amount}, exact).cost_cny
    assert cost is not None
    return cost


def test_a_line_that_stands_still_is_told_by_what_its_product_sells_for():
    """A ton takes 1.25 t of slag, spared 20 each, and 50 kWh at 0.8, costs 12 for each t of slag and sells for 10: it loses
    40 + 15 - 25 - 10 = 20. Rules out its product told at 30, what a ton that is lacked would cost, and "would change nothing"."""
    assets = {
        "arising": {"family": "byproduct", "bus": "slag", "profile": "slag", "cost": 20.0},
        "line": {
            "family": "recycling_line",
            "input": "main",
            "source_bus": "slag",
            "bus": "powder",
            "power": 300.0,
            "specific_energy": 40.0,
            "product_share": 0.8,
            "variable_cost": 12.0,
        },
        "sell": {"family": "sale", "bus": "powder", "price": 10.0},
    }
    case = energy_case(assets, {"slag": MATERIAL, "powder": MATERIAL}, series={"slag": ("t/h", [10.0])})
    explainer = explained(case, 0.8)
    assert bus_text(explainer, 0, "powder").en == "One t more at powder would cost 30.00 CNY."
    assert cost_of(explainer, "line.recycling", 50.0) == pytest.approx(20.0, abs=1e-3)
    assert told(explainer, "line") == (
        [
            "At 2025-03-03 00:00 recycling line line stands still.",
            "One t given is worth 25.00 CNY to take 1.25 t at slag, where there is too much, 10.00 CNY at powder, and costs 55.00 "
            "CNY: 40.00 CNY for 50 kWh from main, 15.00 CNY of recycling, net.",
            "One t more would lose at least 20.00 CNY.",
        ],
        [
            "2025-03-03 00:00，资源循环利用线 line：不运行。",
            "每供出 1 t，价值 slag 处过剩，取用 1.25 t 得 25.00 元、powder 处 10.00 元；"
            "成本 55.00 元：取自 main 的 50 kWh 计 40.00 元、循环利用净费用 15.00 元。",
            "每多 1 t 至少亏损 20.00 元。",
        ],
    )


def test_a_plant_before_another_that_stands_still_is_told_by_what_comes_of_both():
    """Hydrogen is bought at 26 behind a compressor of 2 kWh/kg: at 0.8 a kg before it saves 26 - 1.6 = 24.4 and costs 40. Rules
    out that it is worth 40, what a kg that is lacked there would cost, and "would change nothing"."""
    assets = {
        "need": {"family": "demand", "bus": "h2h", "profile": "h2"},
        "bought": {"family": "supply", "bus": "h2h", "price": 26.0},
        "ely": ELECTROLYZER,
        "comp": {
            "family": "compressor",
            "input": "main",
            "source_bus": "h2",
            "bus": "h2h",
            "power": 50.0,
            "specific_energy": 2.0,
            "loss": 0.0,
        },
    }
    case = energy_case(assets, {"h2": HYDROGEN, "h2h": HYDROGEN}, series={"h2": ("kg/h", [2.0])})
    explainer = explained(case, 0.8)
    assert cost_of(explainer, "ely.hydrogen", 50.0) == pytest.approx(15.6, abs=1e-3)
    assert told(explainer, "ely")[0][1:] == [
        "One kg given is worth 24.40 CNY at h2, and costs 40.00 CNY: 40.00 CNY for 50 kWh from main.",
        "One kg more would lose at least 15.60 CNY.",
    ]


@pytest.mark.parametrize(("column", "inside_cny"), [("store.charge_kw", 0.48), ("store.discharge_kw", -0.5)])
def test_a_store_that_stands_still_loses_its_wear_whichever_way_it_runs(column, inside_cny):
    """At one price all day, with 0.02 of wear for a kWh given. Any price of a kWh inside from 0.48 to 0.5 proves the plan, the same
    in all steps. Rules out that one of the two ways "would change nothing" (by the price of HiGHS), and that each loses a part of
    it, for only one step's price was looked for."""
    assets = WORKS | {"store": battery(10.0, 5.0, wear_cost=0.02)}
    explainer = explained(energy_case(assets, steps=4, series=needs(4)), 0.5)
    assert cost_of(explainer, column, 1.0, step=1) == pytest.approx(0.02, abs=1e-4)
    one = next(each for each in explainer.at(1, "store").activities if each.name == column)
    assert one.reduced_cny == pytest.approx(0.02, abs=1e-4)
    assert one.of_kind("stored")[0].cny_per_unit == pytest.approx(inside_cny, abs=1e-4)
    assert told(explainer, "store", 1)[0][2] == "One kWh more would lose at least 0.0200 CNY."


def test_what_is_not_chosen_is_said_to_be_so():
    """A battery of 2,000 CNY/kWh at one price all day. Rules out "is worth 0.500 kept for later, costs 0.500: one more would change
    nothing" of what is not there."""
    size = {"min": 0.0, "max": 20.0}
    assets = WORKS | {"store": battery(size, size, wear_cost=0.02) | {"capex_energy": 2000.0}}
    explainer = explained(energy_case(assets, steps=4, series=needs(4)), 0.5)
    assert told(explainer, "store") == (
        ["At 2025-03-03 00:00 battery store stands still: it is not chosen."],
        ["2025-03-03 00:00，储能 store：不运行，方案未采用。"],
    )


def test_what_is_held_off_is_not_told_to_earn_the_price_of_what_is_lacked():
    """Hydrogen sells for 20 and can be bought at 30; made it costs 25, by a plant that is off in whole numbers. Rules out that it
    "would earn 5.00 more than it costs, but that it must be on to run allows nothing of it"."""
    assets = {
        "ely": ELECTROLYZER | {"commitment": {"minimum_load": 0.5, "start_cost": 1.0}},
        "sell": {"family": "sale", "bus": "h2", "price": 20.0},
        "bought": {"family": "supply", "bus": "h2", "price": 30.0},
    }
    case = energy_case(WORKS | assets, {"h2": HYDROGEN}, series=needs(1))
    explainer = explained(case, 0.5, form="committed")
    assert explainer.bus_prices(0)["h2"] == pytest.approx(30.0, abs=1e-6)
    assert told(explainer, "ely")[0][1:] == [
        "One kg given is worth 20.00 CNY at h2, and costs 25.00 CNY: 25.00 CNY for 50 kWh from main.",
        "One kg more would lose at least 5.00 CNY.",
    ]


def activity(standing: Standing, *parts: tuple[str, float]) -> Activity:
    """An activity of a kWh, with parts by their kind."""
    told = tuple(Part(kind, kind, cny, 1.0) for kind, cny in parts)
    return Activity("x.y", "kW", "kWh", 1.0, 0.0, 2.0, standing, told, -sum(part.cny_per_unit for part in told))


def test_what_is_told_as_two_figures_is_not_told_to_be_equal():
    """Rules out "worth 0.244, costs 0.200: both are equal", what a preference leaves, and 25.59 beside 25.58."""
    between = Standing.BETWEEN
    assert say_verdict(activity(between, ("bus", 0.2), ("term", -0.2)), "kWh") == EXPLAIN_WORDS["why.even"]
    assert say_verdict(activity(between, ("bus", 0.244), ("term", -0.2), ("preference", -0.044)), "kWh") is None
    assert say_verdict(activity(between, ("bus", 25.59), ("term", -25.58), ("preference", -0.01)), "kWh") is None
    assert say_verdict(activity(Standing.MOST, ("bus", 0.244), ("term", -0.2), ("preference", -0.044)), "kWh") is None
