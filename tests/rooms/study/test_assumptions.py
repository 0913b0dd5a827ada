"""What a study says that its figures do not say by themselves."""

from __future__ import annotations

from typing import Any

import pytest

from lingtan.finance import Investment, Project
from lingtan.study import study
from lingtan.study.assumptions import of_worth, with_nulls
from lingtan.study.project import lcoe_of_generators
from lingtan.wording.study import NULL_WHY
from tests.rooms.study.test_study import drawn_by_nobody
from tests.small_parks import battery, park_of, pv, small_case

LINE = {"family": "firm_line", "source": "hydro", "power": 24.0, "price": 0.3, "legal_basis": "test"}


def test_a_levelized_cost_is_told_without_the_batteries() -> None:
    """1,000 CNY of PV give 1,000 kWh in each of two years: 0.5 CNY/kWh; with a battery of 500 CNY it reads 0.75."""
    park = park_of({"pv": pv(10.0), "store": battery(1.0, 1.0)})
    plant, store = Investment("pv", 1000.0, 2), Investment("store", 500.0, 2)

    def bought(*investments: Investment) -> Project:
        return Project(
            investments, 0.0, horizon_years=2, discount_rate=0.0, residual_share=0.0, energy_kwh_per_year=1000.0
        )

    assert lcoe_of_generators(park, bought(plant, store)) == pytest.approx(0.5)
    assert lcoe_of_generators(park, bought(plant)) is None
    assert lcoe_of_generators(park, bought(store)) is None
    (told,) = of_worth(park, 0.5)
    assert told.what.en == (
        "The levelized cost spreads what generators and batteries cost over the energy of the generators; without the batteries "
        "it is 0.5000 CNY/kWh."
    )


def test_savings_of_a_line_that_nobody_paid_for_are_told() -> None:
    """The contract of a line is in the savings, its wires are in no capital; one that the reference has saves nothing."""
    for without, count in ((["line"], 1), ([], 0)):
        park = park_of({"line": LINE}, reference={"without": without})
        assert len(of_worth(park, None)) == count


def nulls(value: Any, path: str = "") -> set[str]:
    if value is None:
        return {path}
    if not isinstance(value, dict):
        return set()
    return set().union(*(nulls(inner, f"{path}.{key}".lstrip(".")) for key, inner in value.items()))


def test_each_figure_that_is_null_has_its_line() -> None:
    """A park without plants, tax, loan or purchases: shares of nothing, no payback, no levelized cost. Each null is named."""
    made = study(small_case([10.0] * 24), drawn_by_nobody)
    told = " ".join(each.what.en for each in made.assumptions)
    empty = nulls(dict(made.summary))
    assert {"finance.payback_years", "finance.lcoe_cny_per_kwh", "green.self_use_of_generation"} <= empty
    own = {"green.hourly_matched_share", "operation.regret_share", "finance.equity_irr", "finance.min_dscr"}
    for path in empty - own:
        assert f"`{path}` has no value." in told
    assert made.summary["assumptions"] == [each.as_json() for each in made.assumptions]


def test_a_null_is_told_with_its_reason() -> None:
    (told,) = with_nulls((), {"carbon": {"factor_year": None, "view": "park_annex4"}})
    assert (told.what.en, told.why) == ("`carbon.factor_year` has no value.", NULL_WHY["carbon.factor_year"])
