"""Discounting, annuities, growth and renewal against closed formulas, peers and sums done by hand."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from lingtan.finance import (
    annuity_factor,
    discount_factors,
    equivalent_annual_cost,
    escalated_amounts,
    npv,
    present_value_factor,
    present_values,
    replacement_present_cost,
    units_over,
)
from lingtan.findings import InputError
from tests.golden.cases import FLOWS_CNY, LOANS

MONEY = json.loads((Path(__file__).parents[2] / "golden" / "money.json").read_text("utf-8"))
PEER_TOLERANCE = MONEY["tolerance"]["npv_cny"]["relative"]
ANSWERS = {(case["inputs"]["case"], case["inputs"]["name"]): case["answers"] for case in MONEY["cases"]}


def test_level_payment_of_a_loan() -> None:
    """1 000 000 at 4 % over 5 years; payments at the start of the year would be 215 987.61.

    Origin: facts/markets-finance-carbon.md §8, given to 1e-6.
    """
    assert 1_000_000 * annuity_factor(0.04, 5) == pytest.approx(224_627.113493, abs=1e-6)


@pytest.mark.parametrize("name", sorted(LOANS))
def test_installments_agree_with_a_peer(name: str) -> None:
    loan = LOANS[name]
    payment = loan["principal_cny"] * annuity_factor(loan["rate"], int(loan["periods"]))
    assert payment == pytest.approx(ANSWERS["LOANS", name]["installment_cny"], rel=PEER_TOLERANCE)


@pytest.mark.parametrize("name", sorted(FLOWS_CNY))
def test_net_present_values_agree_with_a_peer(name: str) -> None:
    """Rules out that year 0 is discounted: `late` at 8 % would come to -83 970 instead of -90 687."""
    found = {rate: npv(FLOWS_CNY[name], float(rate)) for rate in ANSWERS["FLOWS_CNY", name]["npv_cny"]}
    assert found == pytest.approx(ANSWERS["FLOWS_CNY", name]["npv_cny"], rel=PEER_TOLERANCE)


def test_rate_zero_is_the_plain_sum() -> None:
    """Rules out a division by zero, and the annuity of a rate put at a tiny number instead."""
    assert (present_value_factor(0.0, 20), annuity_factor(0.0, 20)) == (20.0, 0.05)
    assert npv([-100.0, 60.0, 60.0], 0.0) == 20.0


def test_a_tiny_rate_keeps_its_digits() -> None:
    """`1 - (1 + 1e-12) ** -20` as written has four digits left; the series 20 (1 - 21/2 r) has all."""
    assert present_value_factor(1e-12, 20) == pytest.approx(20.0 * (1.0 - 10.5e-12), rel=1e-14)


def test_a_negative_rate_makes_later_money_worth_more() -> None:
    """At -50 % a year, 1 of each of two years is worth 2 + 4 today."""
    assert discount_factors(-0.5, 2).tolist() == [1.0, 2.0, 4.0]
    assert present_value_factor(-0.5, 2) == pytest.approx(6.0, rel=1e-15)
    assert annuity_factor(-0.5, 2) == pytest.approx(1.0 / 6.0, rel=1e-15)


@pytest.mark.parametrize(("first_year_escalates", "factor"), [(True, 12.566460), (False, 12.320059)])
def test_growth_starts_in_the_year_that_is_named(first_year_escalates: bool, factor: float) -> None:
    """20 years, 2 % growth, 7 %: each convention gives its own figure, 2 % apart, and neither the other's.

    Origin: facts/markets-finance-carbon.md §8, given to 1e-6.
    """
    found = npv(escalated_amounts(1.0, 0.02, 20, first_year_escalates=first_year_escalates), 0.07)
    assert found == pytest.approx(factor, abs=1e-6)


def test_growth_as_fast_as_the_discount_rate_adds_a_year_for_each_year() -> None:
    """Rules out the closed formula that divides by rate less growth."""
    amounts = escalated_amounts(1.0, 0.05, 30, first_year_escalates=True)
    assert npv(amounts, 0.05) == pytest.approx(30.0, rel=1e-14)


def test_flows_of_no_year_are_worth_nothing() -> None:
    assert npv([], 0.07) == 0.0
    assert present_values([], 0.07).tolist() == []


def test_results_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        discount_factors(0.07, 3)[0] = 2.0


def test_a_unit_is_sold_for_what_a_straight_line_leaves() -> None:
    """Life 8, horizon 12, 10 % left at the end of a life: the first unit brings 100; the second, bought for 800 and
    half used, 1 - 0.9 / 2 = 55 % of it, 440. A line down to nothing would leave 400, the residual share alone 80."""
    first, second = units_over(1000.0, 8, 12, replacement_share=0.8, residual_share=0.1)
    assert (first.bought_year, first.cost_cny, first.sold_year) == (0, 1000.0, 8)
    assert first.proceeds_cny == pytest.approx(100.0)
    assert (second.bought_year, second.cost_cny, second.sold_year) == (8, 800.0, 12)
    assert second.proceeds_cny == pytest.approx(440.0)


def test_nothing_is_bought_in_the_last_year() -> None:
    """A horizon of two whole lives holds two units; a loop that includes the horizon buys a third and never uses it."""
    assert [unit.bought_year for unit in units_over(1000.0, 10, 20)] == [0, 10]
    assert replacement_present_cost(1000.0, 10, 20, 0.0) == 1000.0


def test_replacements_are_discounted_from_their_own_year() -> None:
    """600 in year 8 less 300 back in year 12, at 10 %: 600 / 1.1**8 - 300 / 1.1**12 = 279.9044 - 95.5892 = 184.3152."""
    cost_cny = replacement_present_cost(1000.0, 8, 12, 0.10, replacement_share=0.6)
    assert cost_cny == pytest.approx(184.3152, abs=5e-5)


def test_a_life_beyond_the_horizon_gives_value_back() -> None:
    """1000 over 25 years, looked at for 20, at 7 %: 200 are left, worth 200 / 1.07**20 = 51.6838."""
    assert replacement_present_cost(1000.0, 25, 20, 0.07) == pytest.approx(-51.6838, abs=5e-5)


def test_yearly_cost_of_whole_lives_is_the_annuity_over_one_life() -> None:
    """Rules out the annuity over the horizon without the renewal: 94.39 where 142.38 is due."""
    assert equivalent_annual_cost(1000.0, 10, 20, 0.07) == pytest.approx(1000.0 * annuity_factor(0.07, 10), rel=1e-13)


def test_all_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(InputError) as caught:
        equivalent_annual_cost(-1.0, 0, 201, 0.07, replacement_share=math.nan, residual_share=5.0)
    assert str(caught.value).splitlines() == [
        "finance.negative: capex_cny: this cannot be negative; expected ≥ 0, got -1. "
        "Give the amount without its sign: costs are positive here.",
        "finance.years-out-of-range: life_years: this is not a whole number of years that can be computed with; "
        "expected 1 … 200, got 0. Give whole years.",
        "finance.years-out-of-range: horizon_years: this is not a whole number of years that can be computed with; "
        "expected 1 … 200, got 201. Give whole years.",
        "finance.not-finite: replacement_share: a finite number is needed here; got nan. "
        "Give the amount; a missing amount is not zero.",
        "finance.share-out-of-range: residual_share: this is not a share of a whole; expected 0 … 1, got 5. "
        "Give the share as a fraction, such as 0.05 for 5 %.",
    ]


def test_a_rate_of_minus_one_is_refused_in_words() -> None:
    with pytest.raises(InputError) as caught:
        npv([-100.0, 110.0], -1.0)
    assert caught.value.findings[0].text("zh") == (
        "finance.rate-too-low: rate：利率（折现率、增长率）须高于 -100 %；应为 > -1，实为 -1。"
        "请以小数填写，例如 7 % 写作 0.07。"
    )


def test_a_missing_flow_is_named_by_its_year() -> None:
    """Rules out that NaN is summed into a NaN, or skipped as if it were zero."""
    with pytest.raises(InputError) as caught:
        npv([-100.0, math.nan, 110.0, math.inf], 0.07)
    assert [(found.code, found.who) for found in caught.value.findings] == [
        ("finance.not-finite", "flows[1]"),
        ("finance.not-finite", "flows[3]"),
    ]


@pytest.mark.parametrize("rate", [math.nan, math.inf])
def test_a_rate_is_a_number(rate: float) -> None:
    """NaN passes every comparison that is written the wrong way round, such as `if rate <= -1`."""
    with pytest.raises(InputError) as caught:
        npv([-100.0, 110.0], rate)
    assert [(found.code, found.who) for found in caught.value.findings] == [("finance.not-finite", "rate")]


@pytest.mark.parametrize("years", [2.5, -3, math.inf])
def test_years_are_whole_and_few(years: float) -> None:
    with pytest.raises(InputError) as caught:
        annuity_factor(0.07, years)  # type: ignore[arg-type]
    assert [found.who for found in caught.value.findings] == ["years"]


def test_a_result_beyond_numbers_is_a_finding() -> None:
    """1e-6 ** -200 is no number: without the check the answer is infinity, and infinity times 0 is NaN."""
    with pytest.raises(InputError) as caught:
        npv([0.0] * 201, -0.999999)
    assert str(caught.value) == (
        "finance.beyond-numbers: discount_factors: the result is too large for a number. "
        "Check rates, escalation and years: one of them is far from what a project has."
    )
    with pytest.raises(InputError, match=r"^finance\.beyond-numbers: escalated_amounts: "):
        escalated_amounts(1e300, 0.5, 200, first_year_escalates=False)
    with pytest.raises(InputError, match=r"^finance\.beyond-numbers: present_value_factor: "):
        present_value_factor(-0.99, 200)
