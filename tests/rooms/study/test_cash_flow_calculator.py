"""`calc cash_flow` worked by hand to 1e-9.

**The project.** 1000 CNY in year 0, life 4, worth nothing at its end; upkeep 50 a year; running the park costs 350 instead of 900 a
year, so the savings are 550 and the flow before tax is -1000, 500, 500, 500, 500. Rate 25 %, so the discount factors are 0.8, 0.64,
0.512 and 0.4096, together 2.3616.

**Tax.** Western region from 2028 on with the holiday: 2028 to 2030 are exempt; 2031 is the first year at half, and since the
western rate ended in 2030 it is half of 25 %. Depreciation 250, profit 250, tax of year 4: 250 · 0.125 = 31.25.

**Worth.** NPV = 500 · 1.952 + 468.75 · 0.4096 - 1000 = 976 + 192 - 1000 = 168. LCOE = (1000 + 50 · 2.3616) / (1000 · 2.3616) =
1118.08 / 2361.6. Payback 2 years, 3.5 with construction of 1.5; discounted -1000 + 400 + 320 + 256 = -24, so 3 + 24/192 = 3.125.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from lingtan.findings import InputError
from lingtan.study.calc import CALCULATORS, calculate

ASSET = {"name": "pv", "capex_cny": 1000.0, "life_years": 4, "operation_cny_per_year": 50.0}
CASE: dict[str, Any] = {
    "investments": [ASSET],
    "reference_cost_cny_per_year": 900.0,
    "cost_cny_per_year": 350.0,
    "horizon_years": 4,
    "discount_rate": 0.25,
    "first_year": 2028,
    "construction_years": 1.5,
    "residual_share": 0.0,
    "energy_kwh_per_year": 1000.0,
    "place": "Sichuan",
    "tax": {"scheme": "western", "holiday": True, "depreciation_years": 4},
}


def cash_flow(**changes: Any) -> Any:
    return calculate("cash_flow", {**CASE, **changes})


def exactly(value: Any) -> Any:
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def test_the_project_worked_by_hand() -> None:
    """A western rate that outlived its record would tax 18.75 in year 4, one without the holiday 37.50 in each of three."""
    found = cash_flow()
    column = {name: [row[name] for row in found["statement"]] for name in ("pre_tax_cny", "tax_cny", "post_tax_cny")}
    assert column["pre_tax_cny"] == exactly([-1000, 500, 500, 500, 500])
    assert column["tax_cny"] == exactly([0, 0, 0, 0, 31.25])
    assert column["post_tax_cny"] == exactly([-1000, 500, 500, 500, 468.75])
    worth = found["finance"]
    assert (worth["capex_cny"], worth["npv_cny"]) == exactly((1000, 168))
    assert worth["lcoe_cny_per_kwh"] == exactly(1118.08 / 2361.6)
    assert (worth["payback_years"], found["payback_with_construction_years"]) == exactly((2, 3.5))
    assert found["discounted_payback_years"] == exactly(3.125)


def test_reference_and_savings_are_named() -> None:
    """550 of running cost less 50 of upkeep; savings that left upkeep out would be 550."""
    found = cash_flow()
    assert found["reference"] == {"cost_cny_per_year": 900.0}
    assert found["savings"] == {"cost_cny_per_year": 500.0, "running_cny_per_year": 550.0}


def test_a_rate_of_return_that_is_round() -> None:
    """-1000, 600, 720 balance at exactly 20 %: 600/1.2 + 720/1.44 = 1000. At a tax of 50 % they are -1000, 550, 610.

    After tax: profits 600 - 500 and 720 - 500; 610 x² + 550 x = 1000.
    """
    asset = {"name": "pv", "capex_cny": 1000.0, "life_years": 2}
    found = cash_flow(
        investments=[asset],
        cost_cny_per_year=300.0,
        horizon_years=2,
        savings_escalation=0.2,
        tax={"rate": 0.5, "depreciation_years": 2},
    )["finance"]
    assert found["project_irr_pre_tax"] == {"roots": exactly([0.2]), "verdict": "unique"}
    discount = (-550 + (550**2 + 4 * 610 * 1000) ** 0.5) / (2 * 610)
    assert found["project_irr_post_tax"] == {"roots": exactly([1 / discount - 1]), "verdict": "unique"}


def test_several_rates_are_all_told() -> None:
    """-100, 700, -1200, 600: with x = 1/(1 + r) that is (x - 1)(600 x² - 600 x + 100), so r is 0, 2 - √3 and 2 + √3.

    A battery for 100 that saves 700 in its first year alone, is bought again for 1200 and sold after half its life.
    """
    found = cash_flow(
        investments=[{"name": "cells", "capex_cny": 100.0, "life_years": 2, "replacement_share": 12.0}],
        reference_cost_cny_per_year=700.0,
        cost_cny_per_year=0.0,
        horizon_years=3,
        savings_escalation=-0.999999999999,
        tax=None,
    )["finance"]["project_irr_pre_tax"]
    assert found == {"roots": pytest.approx([0.0, 2 - 3**0.5, 2 + 3**0.5], abs=1e-9), "verdict": "several"}


@pytest.mark.parametrize(
    ("scheme", "rates"),
    [
        # 2026 + 3 exempt, 3 half; western 15 % to 2030, then 25 %
        ("western", [0, 0, 0, 0.075, 0.075, 0.125, 0.25]),
        # high-tech: half of 25 %, then its own 15 %
        ("high_tech", [0, 0, 0, 0.125, 0.125, 0.125, 0.15]),
        ("standard", [0, 0, 0, 0.125, 0.125, 0.125, 0.25]),
    ],
)
def test_the_rate_of_each_year(scheme: str, rates: list[float]) -> None:
    found = cash_flow(horizon_years=7, first_year=2026, tax={"scheme": scheme, "holiday": True})
    assert [each["rate"] for each in found["tax_years"]] == exactly(rates)
    assert [each["calendar_year"] for each in found["tax_years"]] == list(range(2026, 2033))


def test_what_is_not_computed_says_so() -> None:
    found = cash_flow(tax=None)
    assert (found["finance"]["equity_irr"], found["finance"]["project_irr_post_tax"]) == (None, None)
    assert (found["tax_years"], found["rules"]) == ([], [])
    assert [note["en"] for note in found["notes"]] == [
        "No loan is named, so equity pays everything: equity IRR and debt cover are null.",
        "VAT is out of scope: give all amounts without it.",
        "The whole investment stands in year 0, the end of construction; interest during construction is not counted.",
        "Income tax is not looked at.",
    ]
    assert json.dumps(found, allow_nan=False)


def test_a_scheme_that_ends_is_told() -> None:
    assert [note["en"] for note in cash_flow()["notes"]][3:] == [
        "The scheme's record ends: from 2031 on the standard rate is used.",
        "Tax records are not verified against their documents; eligibility must be confirmed.",
    ]


def test_all_findings_at_once() -> None:
    with pytest.raises(InputError) as error:
        cash_flow(
            horizon_years=0,
            discount_rate=-1.0,
            investments=[{**ASSET, "capex_cny": -1.0}, ASSET],
            tax={"scheme": "western", "rate": 0.25, "depreciation_years": 0},
        )
    assert [(found.code, found.who) for found in error.value.findings] == [
        ("finance.scheme-or-rate", "tax"),
        ("finance.name-twice", "investments.pv"),
        ("finance.negative", "investments.pv.capex_cny"),
        ("finance.years-out-of-range", "horizon_years"),
        ("finance.rate-too-low", "discount_rate"),
        ("finance.years-out-of-range", "tax.depreciation_years"),
    ]


def test_a_rate_of_ones_own_is_a_share() -> None:
    with pytest.raises(InputError) as error:
        cash_flow(tax={"rate": 25.0})
    assert {found.code for found in error.value.findings} == {"finance.share-out-of-range"}


def test_the_form_is_printable() -> None:
    schema = CALCULATORS["cash_flow"].case.model_json_schema()
    assert {"investments", "reference_cost_cny_per_year", "first_year", "tax"} <= set(schema["properties"])
