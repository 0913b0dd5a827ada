"""The figures of the project that is worked by hand in test_cash_flow.py, and the edges of each figure.

Net flow before tax -1300, 370, 410, 304, 502.4, 1105.64; after tax -1300, 370, 410, 304, 412.05, 847.98; rate 10 %.

- NPV before tax: -1300 + 336.3636 + 338.8430 + 228.3997 + 343.1460 + 686.5155 = 633.2677
- NPV after tax: -1300 + 336.3636 + 338.8430 + 228.3997 + 281.4357 + 526.5289 = 411.5709
- payback before tax: 3 + 216 / 502.4 = 3.4299; after tax 3 + 216 / 412.05 = 3.5242
- discounted payback before tax: open after year 4 are 1300 - 1246.7523 = 53.2477, so 4 + 53.2477 / 686.5155 = 4.0776
- levelized cost: costs 1300, 30, 30, 180, 30, 30 - 550; present value 1300 + 27.2727 + 24.7934 + 135.2367 + 20.4904
  - 322.8791 = 1184.9141; energy 2000 a year, present value 2000 * 3.790787 = 7581.5735; together 0.156289
"""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from lingtan.finance import IncomeTax, Investment, Project, Verdict, appraise, lcoe, payback_years
from lingtan.findings import InputError

PROJECT = Project(
    investments=(
        Investment("pv", capex_cny=1000.0, life_years=10, operation_share_per_year=0.02),
        Investment("battery", capex_cny=300.0, life_years=3, replacement_share=0.5, operation_cny_per_year=10.0),
    ),
    savings_cny_per_year=400.0,
    horizon_years=5,
    discount_rate=0.10,
    savings_escalation=0.10,
    energy_kwh_per_year=2000.0,
)
TAXED = replace(PROJECT, tax=IncomeTax(rate=0.25, depreciation_years=2, loss_years=5))


def value_at(rate: float, flows: list[float]) -> float:
    return sum(flow / (1.0 + rate) ** year for year, flow in enumerate(flows))


def test_figures_before_tax() -> None:
    worth = appraise(PROJECT)
    assert worth.capex_cny == 1300.0
    assert worth.npv_cny == pytest.approx(633.2677, abs=1e-4)
    assert worth.payback_years == pytest.approx(3.4299, abs=1e-4)
    assert worth.discounted_payback_years == pytest.approx(4.0776, abs=1e-4)
    assert worth.lcoe_cny_per_kwh == pytest.approx(0.156289, abs=1e-6)
    assert worth.project_irr_post_tax is None


def test_figures_after_tax() -> None:
    """Net present value and payback follow the tax; capital and levelized cost do not."""
    worth = appraise(TAXED)
    assert worth.npv_cny == pytest.approx(411.5709, abs=1e-4)
    assert worth.payback_years == pytest.approx(3.5242, abs=1e-4)
    assert (worth.capex_cny, worth.lcoe_cny_per_kwh) == (1300.0, appraise(PROJECT).lcoe_cny_per_kwh)


def test_what_is_bought_for_something_else_is_no_cost_of_energy():
    """A heat pump of a million beside PV and battery leaves the levelized cost as it was. Rules out its
    capital over PV's energy."""
    pump = Investment("heat_pump", capex_cny=1e6, life_years=15, operation_share_per_year=0.03, is_of_energy=False)
    more = appraise(replace(PROJECT, investments=(*PROJECT.investments, pump)))
    assert more.lcoe_cny_per_kwh == pytest.approx(appraise(PROJECT).lcoe_cny_per_kwh, rel=1e-12)
    assert more.capex_cny == 1_001_300.0


def test_each_rate_of_return_balances_its_own_flow() -> None:
    """Rules out that the rate after tax is taken from the flow before it."""
    worth = appraise(TAXED)
    before, after = worth.project_irr_pre_tax, worth.project_irr_post_tax
    assert after is not None
    assert before.rate is not None
    assert after.rate is not None
    assert value_at(before.rate, [-1300.0, 370.0, 410.0, 304.0, 502.4, 1105.64]) == pytest.approx(0.0, abs=1e-9)
    assert value_at(after.rate, [-1300.0, 370.0, 410.0, 304.0, 412.05, 847.98]) == pytest.approx(0.0, abs=1e-9)
    assert after.rate < before.rate


def test_summary_has_the_keys_that_were_promised() -> None:
    """Contract: {capex_cny, npv_cny, project_irr_pre_tax, …}, each rate with roots and verdict, the unknown null."""
    summary = appraise(PROJECT).as_summary()
    assert list(summary) == [
        "capex_cny",
        "npv_cny",
        "project_irr_pre_tax",
        "project_irr_post_tax",
        "equity_irr",
        "lcoe_cny_per_kwh",
        "payback_years",
        "min_dscr",
    ]
    plain = json.loads(json.dumps(summary, allow_nan=False))
    assert set(plain["project_irr_pre_tax"]) == {"roots", "verdict"}
    assert [plain[key] for key in ("project_irr_post_tax", "equity_irr", "min_dscr")] == [None, None, None]


def test_a_project_that_only_costs_has_no_rate_and_no_payback() -> None:
    """Rules out NaN, 0 and the horizon as stand-ins for what does not exist."""
    worth = appraise(replace(PROJECT, savings_cny_per_year=-50.0, investments=PROJECT.investments[1:], horizon_years=3))
    assert worth.project_irr_pre_tax.verdict is Verdict.NONE
    assert (worth.payback_years, worth.discounted_payback_years) == (None, None)
    assert worth.npv_cny < -300.0


def test_no_energy_named_is_no_levelized_cost() -> None:
    assert appraise(replace(PROJECT, energy_kwh_per_year=None)).lcoe_cny_per_kwh is None
    assert appraise(replace(PROJECT, energy_kwh_per_year=0.0)).lcoe_cny_per_kwh is None


def test_findings_of_the_project_stop_the_appraisal() -> None:
    with pytest.raises(InputError) as caught:
        appraise(replace(PROJECT, horizon_years=0))
    assert [found.who for found in caught.value.findings] == ["horizon_years"]


def test_levelized_cost_discounts_energy_as_money() -> None:
    """1000 now for 1000 kWh a year over 2 years at 25 %: 1000 / (800 + 640); energy left undiscounted gives 0.5."""
    assert lcoe([1000.0, 0.0, 0.0], [0.0, 1000.0, 1000.0], 0.25) == pytest.approx(1000.0 / 1440.0, rel=1e-15)


def test_levelized_cost_says_all_that_is_wrong() -> None:
    with pytest.raises(InputError) as caught:
        lcoe([1000.0, 0.0], [0.0, -1.0, 1000.0], -1.0)
    assert [(found.code, found.who) for found in caught.value.findings] == [
        ("finance.negative", "energy_kwh_flows[1]"),
        ("finance.rate-too-low", "rate"),
        ("finance.lengths-differ", "energy_kwh_flows"),
    ]
    assert caught.value.findings[-1].text() == (
        "finance.lengths-differ: energy_kwh_flows: the two series do not cover the same years; expected 2, got 3. "
        "Give one value for each year, from year 0 on, in both."
    )


def test_levelized_cost_takes_rows_not_tables() -> None:
    with pytest.raises(InputError) as caught:
        lcoe(np.ones((2, 2)), np.ones((2, 2)), 0.07)
    assert [(found.code, found.who) for found in caught.value.findings] == [
        ("finance.not-a-series", "cost_flows"),
        ("finance.not-a-series", "energy_kwh_flows"),
    ]


@pytest.mark.parametrize(
    ("flows", "years"),
    [
        pytest.param([-1000.0, 400.0, 400.0, 400.0], 2.5, id="within-a-year"),
        pytest.param([-1000.0, 500.0, 500.0], 2.0, id="in-the-last-year-exactly"),
        pytest.param([-1000.0, 500.0, 499.0], None, id="never"),
        pytest.param([0.0, 10.0], None, id="nothing-laid-out"),
        pytest.param([-100.0, 120.0, -80.0, 100.0], 100.0 / 120.0, id="first-crossing-before-a-renewal"),
        pytest.param([-100.0, -100.0, 400.0], 1.5, id="built-over-two-years"),
        pytest.param([], None, id="no-flows"),
    ],
)
def test_payback(flows: list[float], years: float | None) -> None:
    """Whole years only would say 3 for 2.5; a count that stops before the last year would miss the second case."""
    assert payback_years(flows) == pytest.approx(years)
