"""A search that did not end proves no shortfall: what is then said of a need that the plan does not meet."""

from __future__ import annotations

from dataclasses import replace

from lingtan.advise import advise, shortfall_findings
from lingtan.case import Case
from lingtan.optimize import Costs, Plan, costs_of, plan
from lingtan.optimize.effort import DAY
from lingtan.optimize.solve import Search
from tests.proofs.energy_parks import energy_case

HOT = {"hot": {"carrier": "heat", "temperature": 85.0}}


def cold_hour() -> tuple[Case, Costs, Plan]:
    """112 kW would be needed of 100 (a boiler at 32 kW or off, 80 kW of load): 12 kWh of load go without, less than 20 of heat."""
    assets = {
        "works": {"family": "load", "profile": "need"},
        "heating": {"family": "demand", "bus": "hot", "profile": "heat"},
        "boiler": {
            "family": "electric_boiler",
            "input": "main",
            "bus": "hot",
            "power": 40.0,
            "efficiency": 1.0,
            "commitment": {"minimum_load": 0.8, "start_cost": 0.1},
        },
        "cooler": {"family": "vent", "bus": "hot"},
    }
    series = {"need": ("kW", [80.0]), "heat": ("kW", [20.0])}
    case = energy_case(assets, HOT, series=series, connection={"import_limit": 100.0})
    costs = costs_of(case)
    return case, costs, plan(case, costs, form="committed")


def ended_early(made: Plan, gap: float) -> Plan:
    """The plan as a search out of time would have left it."""
    cost = made.solution.certificate.objective_cny
    return replace(made, solution=replace(made.solution, search=Search(cost * (1 - gap), gap, 0, DAY, True)))


def test_a_better_plan_may_meet_the_need():
    """99 % may be saved, and the cut is less. Rules out the sentence that the need cannot be met, and a boiler to buy for it."""
    case, costs, made = cold_hour()
    advice = advise(case, costs, ended_early(made, 0.99))
    assert (advice.is_open, advice.remedies, advice.rules) == (True, (), ())
    (finding,) = shortfall_findings(case, advice)
    assert finding.text() == (
        "advise.shortfall-open: assets.works: the best plan found in the time does not meet this need: 12 kWh are missing in 1 h, "
        "at most 12 kW, first at 2025-03-03 00:00. A better plan may meet it: let the search take longer (search.time_limit in "
        "the park file) before you change the park."
    )
    assert finding.text("zh").endswith(
        "更优的计划可能满足该需求：请先在园区文件中延长搜索时限（search.time_limit），再考虑改动园区。"
    )


def test_a_gap_that_is_less_than_the_cut_leaves_the_need_unmet_for_good():
    """Half a percent may be saved, and the cut is nearly all of the cost: no plan meets it, and what mends it is looked for."""
    case, costs, made = cold_hour()
    advice = advise(case, costs, ended_early(made, 0.005))
    assert not advice.is_open
    assert [change.cell for remedy in advice.remedies for change in remedy.changes] == ["connections.grid.import_limit"]


def test_what_may_be_saved_is_money_and_not_a_share_of_the_cost():
    """A gap is a share of what a plan turns over, not of its cost with a price of want in it. Rules out that share taken of the
    cost: here it says 0.1 %, and the bound lies twice the price of the cut below."""
    case, costs, made = cold_hour()
    bound = made.solution.certificate.objective_cny - 2.0 * made.penalty_cny
    early = replace(made, solution=replace(made.solution, search=Search(bound, 1e-3, 0, DAY, True)))
    assert advise(case, costs, early).is_open
