"""What a study says that its figures do not say by themselves."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from lingtan.finance import Investment, Project
from lingtan.study import study
from lingtan.study.assumptions import of_tax, of_worth, with_nulls
from lingtan.study.project import investments_of, lcoe_of_generators, new_energy_kwh, tax_of
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


def test_energy_of_a_plant_that_burns_gas_is_in_no_levelized_cost_and_neither_is_its_capital() -> None:
    """20 GWh of a CHP beside 27 of PV: over 47 GWh without its gas, electricity looked half as dear as it was."""
    gas = {"carrier": "gas", "heating_value": 36.0}
    chp = {"family": "chp", "fuel_bus": "gas", "bus": "main", "heat_bus": "hot", "power": 5.0, "capex": 4000.0}
    shares = {"efficiency": 0.4, "power_to_heat": 0.8}
    buses = {"main": {}, "gas": gas, "hot": {"carrier": "heat", "temperature": 90.0}}
    park = park_of({"pv": pv(10.0), "engine": {**chp, **shares}}, buses=buses)
    delivered = {"pv": 27e6, "engine": 20e6}
    with_plants = SimpleNamespace(generation_kwh=delivered, delivered_by=delivered.__getitem__)
    without = SimpleNamespace(generation_kwh={}, delivered_by={}.__getitem__)
    added = {"pv.power_kw": 10.0, "engine.power_kw": 5.0}
    assert new_energy_kwh(park, added, with_plants, without) == 27e6  # type: ignore[arg-type]
    assert {each.name: each.is_of_energy for each in investments_of(park, added)} == {"pv": True, "engine": False}


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


def test_income_tax_is_looked_up_for_each_year_of_operation() -> None:
    """Western to the end of 2030, then the standard rate, from 2025 on: six years at 15 %, then 25 %. The rate of the first year
    alone would say 15 % for good. The records are named, and the year in which the scheme ends."""
    treated = {"discount_rate": 0.06, "horizon": 8, "tax": {"scheme": "western"}}
    site = {"zone": "Asia/Shanghai", "country": "CN", "province": "Sichuan"}
    case = small_case([10.0] * 24, finance=treated, site=site)
    taxed = tax_of(case)
    assert [each.rate for each in taxed] == [0.15] * 6 + [0.25] * 2
    told = [each.what.en for each in of_tax(taxed)]
    assert [record in " ".join(told) for record in ("cn.income-tax.western", "cn.income-tax.standard")] == [True, True]
    assert told[-1] == "The scheme of income tax ends: from 2031 on the standard rate is used."


def test_a_holiday_is_taken_on_the_standard_rate() -> None:
    """Three years exempt, three at half of 25 %, then all of it."""
    treated = {"discount_rate": 0.06, "horizon": 7, "tax": {"scheme": "standard", "holiday": True}}
    assert [each.rate for each in tax_of(small_case([10.0], finance=treated))] == [0.0] * 3 + [0.125] * 3 + [0.25]


def test_the_rates_of_the_records_tax_the_project() -> None:
    """A park that asks for a scheme has a rate of return after tax, and one that names none has not."""
    assets = {"pv": pv(10.0, capex=1000.0)}
    finance = {"discount_rate": 0.06, "horizon": 25, "residual": 0.0}
    rates = []
    for tax in ({"tax": {"scheme": "standard"}}, {"income_tax_rate": 0.25}, {}):
        case = small_case(
            [10.0] * 24, assets, series={"sun": [0.5] * 24}, finance={**finance, **tax}, reference={"without": ["pv"]}
        )
        rates.append(study(case, drawn_by_nobody).summary["finance"]["project_irr_post_tax"])
    assert rates[0] is not None
    assert rates == [rates[0], rates[0], None]
