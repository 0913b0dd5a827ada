"""The statement of a small project worked by hand, line by line, before and after tax.

**The project.** PV: 1000 CNY, life 10, upkeep 2 % of it a year. Battery: 300 CNY, life 3, later units at half the
price, upkeep 10 a year. Savings 400 in year 1, growing 10 % a year from year 2. Horizon 5 years, discount rate 10 %,
nothing left at the end of a life.

**Units.** PV: bought in year 0 for 1000, sold in year 5, half used, for 500. Battery: bought in year 0 for 300, used up
in year 3; the second bought in year 3 for 150, sold in year 5 after 2 of 3 years for 50.

| year | capex | replacement | operation | savings | residual | pre-tax |
|---|---|---|---|---|---|---|
| 0 | 1300 | | | | | -1300 |
| 1 | | | 20 + 10 | 400 | | 370 |
| 2 | | | 30 | 440 | | 410 |
| 3 | | 150 | 30 | 484 | 0 | 304 |
| 4 | | | 30 | 532.4 | | 502.4 |
| 5 | | | 30 | 585.64 | 500 + 50 | 1105.64 |

**Tax**, 25 %, depreciation over 2 years, losses for 5 years. PV 500 in years 1 and 2; first battery 150 in years 1 and
2, second 75 in years 4 and 5. Profit = savings - operation + residual - depreciation:

| year | depreciation | profit | losses set off | taxable | tax | post-tax |
|---|---|---|---|---|---|---|
| 1 | 650 | 370 - 650 = -280 | | 0 | 0 | 370 |
| 2 | 650 | 410 - 650 = -240 | | 0 | 0 | 410 |
| 3 | 0 | 454 | 280 of year 1, 174 of year 2 | 0 | 0 | 304 |
| 4 | 75 | 502.4 - 75 = 427.4 | 66 of year 2 | 361.4 | 90.35 | 412.05 |
| 5 | 75 | 555.64 + 550 - 75 = 1030.64 | | 1030.64 | 257.66 | 847.98 |

Checks: depreciation 1450 = 1300 + 150; profit 1392.04 = sum of pre-tax.
"""

from __future__ import annotations

import math
from dataclasses import fields, replace

import numpy as np
import pytest

from lingtan.finance import (
    CASH_FLOW_COLUMNS,
    IncomeTax,
    Investment,
    Project,
    Unit,
    cash_flow_of,
    check_project,
    depreciation,
    profit_after_losses,
)
from lingtan.findings import InputError, Severity

PV = Investment("pv", capex_cny=1000.0, life_years=10, operation_share_per_year=0.02)
BATTERY = Investment("battery", capex_cny=300.0, life_years=3, replacement_share=0.5, operation_cny_per_year=10.0)
PROJECT = Project(
    investments=(PV, BATTERY),
    savings_cny_per_year=400.0,
    horizon_years=5,
    discount_rate=0.10,
    savings_escalation=0.10,
    energy_kwh_per_year=2000.0,
)
TAXED = replace(PROJECT, tax=IncomeTax(rate=0.25, depreciation_years=2, loss_years=5))


def test_the_statement_before_tax_is_the_one_worked_by_hand() -> None:
    flow = cash_flow_of(PROJECT)
    assert flow.capex_cny.tolist() == [1300.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    assert flow.replacement_cny.tolist() == [0.0, 0.0, 0.0, 150.0, 0.0, 0.0]
    assert flow.operation_cny.tolist() == [0.0, 30.0, 30.0, 30.0, 30.0, 30.0]
    assert flow.savings_cny.tolist() == pytest.approx([0.0, 400.0, 440.0, 484.0, 532.4, 585.64])
    assert flow.residual_cny.tolist() == pytest.approx([0.0, 0.0, 0.0, 0.0, 0.0, 550.0])
    assert flow.pre_tax_cny.tolist() == pytest.approx([-1300.0, 370.0, 410.0, 304.0, 502.4, 1105.64])
    assert flow.cumulative_cny.tolist() == pytest.approx([-1300.0, -930.0, -520.0, -216.0, 286.4, 1392.04])


def test_the_statement_after_tax_is_the_one_worked_by_hand() -> None:
    """Without losses carried forward year 3 would pay 113.5, on 454; if they lapsed after a year 53.5, on 454 - 240."""
    flow = cash_flow_of(TAXED)
    assert flow.income_tax is not None
    assert flow.post_tax_cny is not None
    assert flow.income_tax.depreciation_cny.tolist() == pytest.approx([0.0, 650.0, 650.0, 0.0, 75.0, 75.0])
    assert flow.income_tax.profit_cny.tolist() == pytest.approx([0.0, -280.0, -240.0, 454.0, 427.4, 1030.64])
    assert flow.income_tax.taxable_cny.tolist() == pytest.approx([0.0, 0.0, 0.0, 0.0, 361.4, 1030.64])
    assert flow.income_tax.tax_cny.tolist() == pytest.approx([0.0, 0.0, 0.0, 0.0, 90.35, 257.66])
    assert flow.post_tax_cny.tolist() == pytest.approx([-1300.0, 370.0, 410.0, 304.0, 412.05, 847.98])


def test_tax_moves_what_is_discounted_and_added_up_but_not_the_flow_before_it() -> None:
    plain, taxed = cash_flow_of(PROJECT), cash_flow_of(TAXED)
    assert plain.pre_tax_cny.tolist() == taxed.pre_tax_cny.tolist()
    assert (plain.cumulative_cny - taxed.cumulative_cny).tolist() == pytest.approx([0.0, 0.0, 0.0, 0.0, 90.35, 348.01])
    assert taxed.discounted_cny[4] == pytest.approx(412.05 / 1.1**4)


def test_without_a_tax_there_is_no_figure_after_tax() -> None:
    """Rules out that a tax nobody named is taken for 0, and the figures after tax for those before."""
    flow = cash_flow_of(PROJECT)
    assert (flow.income_tax, flow.post_tax_cny) == (None, None)
    last = list(flow.rows())[-1]
    assert [last[name] for name in ("depreciation_cny", "profit_cny", "taxable_cny", "tax_cny", "post_tax_cny")] == [
        None
    ] * 5


def test_a_tax_of_zero_is_a_tax() -> None:
    """A holiday is known to be 0, so there are figures after tax."""
    flow = cash_flow_of(replace(TAXED, tax=IncomeTax(rate=0.0, depreciation_years=2, loss_years=None)))
    assert flow.post_tax_cny is not None
    assert flow.post_tax_cny.tolist() == flow.pre_tax_cny.tolist()


def test_growth_may_start_in_the_first_year() -> None:
    """Amounts in today's prices: year 1 already saves 440, and upkeep that grows 5 % costs 31.5."""
    flow = cash_flow_of(replace(PROJECT, first_year_escalates=True, operation_escalation=0.05))
    assert flow.savings_cny[1] == pytest.approx(440.0)
    assert flow.operation_cny[1] == pytest.approx(31.5)


def test_old_units_are_sold_when_new_ones_come() -> None:
    """With 5 % left, the first battery brings 15 in year 3; the PV, half used, 1000 (1 - 0.95 / 2) = 525 in year 5, the
    second battery, two thirds used, 150 (1 - 0.95 * 2 / 3) = 55."""
    flow = cash_flow_of(replace(PROJECT, residual_share=0.05))
    assert flow.residual_cny.tolist() == pytest.approx([0.0, 0.0, 0.0, 15.0, 0.0, 580.0])


def test_rows_are_the_columns_of_the_file() -> None:
    rows = list(cash_flow_of(TAXED).rows())
    assert [row["year"] for row in rows] == [0, 1, 2, 3, 4, 5]
    assert all(tuple(row) == CASH_FLOW_COLUMNS for row in rows)
    assert rows[4]["post_tax_cny"] == pytest.approx(412.05)
    assert rows[4]["cumulative_cny"] == pytest.approx(-216.0 + 412.05)


def test_arrays_have_a_value_for_every_year_and_cannot_be_written_to() -> None:
    flow = cash_flow_of(TAXED)
    assert flow.income_tax is not None
    arrays = [getattr(part, each.name) for part in (flow, flow.income_tax) for each in fields(part)]
    shapes = {(array.shape, array.flags.writeable) for array in arrays if isinstance(array, np.ndarray)}
    assert shapes == {((6,), False)}


def test_a_project_without_investments_is_only_its_savings() -> None:
    """Rules out that a park which needs nothing new cannot be appraised."""
    flow = cash_flow_of(Project((), savings_cny_per_year=10.0, horizon_years=2, discount_rate=0.0))
    assert flow.pre_tax_cny.tolist() == [0.0, 10.0, 10.0]


@pytest.mark.parametrize(
    ("years", "written_off"),
    [
        pytest.param(2, [0.0, 475.0, 475.0, 0.0, 50.0], id="shorter-than-the-life"),
        pytest.param(4, [0.0, 237.5, 237.5, 237.5, 287.5], id="as-long-as-the-life"),
        pytest.param(10, [0.0, 95.0, 95.0, 95.0, 715.0], id="longer-than-the-life"),
    ],
)
def test_all_of_the_cost_is_written_off_by_the_sale(years: int, written_off: list[float]) -> None:
    """1000 with 5 % residual, sold in year 4: what no year has taken falls on the year of sale, never away."""
    unit = Unit(bought_year=0, cost_cny=1000.0, sold_year=4, proceeds_cny=50.0)
    assert depreciation(unit, years, 0.05, 4).tolist() == pytest.approx(written_off)


def test_the_oldest_loss_is_used_first_and_lapses_first() -> None:
    """Losses 100 (year 1) and 50 (year 2), good for 3 years. Year 4's profit of 30 uses the older one, whose other 70
    lapse; year 5 sets off the 50: 30 of 80 are taxed. With the newest first it would be 60, if nothing lapsed 0."""
    profit = np.array([0.0, -100.0, -50.0, 0.0, 30.0, 80.0])
    assert profit_after_losses(profit, 3).tolist() == [0.0, 0.0, 0.0, 0.0, 0.0, 30.0]
    assert profit_after_losses(profit, None).tolist() == [0.0] * 6


def test_all_findings_of_a_project_come_at_once() -> None:
    broken = Project(
        investments=(
            replace(PV, capex_cny=math.nan, life_years=-3),
            replace(BATTERY, name="pv", replacement_share=-0.5),
        ),
        savings_cny_per_year=math.inf,
        horizon_years=0,
        discount_rate=-1.0,
        residual_share=5.0,
        energy_kwh_per_year=-1.0,
        tax=IncomeTax(rate=25.0, depreciation_years=0, loss_years=0),
    )
    with pytest.raises(InputError) as caught:
        cash_flow_of(broken)
    assert [f"{found.code} {found.who} {found.got}" for found in caught.value.findings] == [
        "finance.name-twice investments.pv 2",
        "finance.not-finite investments.pv.capex_cny nan",
        "finance.years-out-of-range investments.pv.life_years -3",
        "finance.negative investments.pv.replacement_share -0.5",
        "finance.not-finite savings_cny_per_year inf",
        "finance.years-out-of-range horizon_years 0",
        "finance.rate-too-low discount_rate -1",
        "finance.share-out-of-range residual_share 5",
        "finance.negative energy_kwh_per_year -1",
        "finance.share-out-of-range tax.rate 25",
        "finance.years-out-of-range tax.depreciation_years 0",
        "finance.years-out-of-range tax.loss_years 0",
    ]


def test_percent_where_a_fraction_is_meant_is_a_warning() -> None:
    """A discount rate of 7 is 700 %: computed, for it has a meaning, but not in silence."""
    found = check_project(replace(PROJECT, discount_rate=7.0))
    assert [each.text() for each in found] == [
        "finance.rate-like-percent: discount_rate: this rate is above 100 % a year; expected ≤ 1, got 7. "
        "If percent were meant, divide by 100: 7 % is 0.07."
    ]
    assert found[0].severity is Severity.WARNING
    assert cash_flow_of(replace(PROJECT, discount_rate=7.0)).discounted_cny[1] == pytest.approx(370.0 / 8.0)


def test_a_sound_project_has_no_findings() -> None:
    assert check_project(TAXED) == ()
