"""What holds for every project and every series of flows."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lingtan.finance import (
    CashFlow,
    IncomeTax,
    Investment,
    Irr,
    IrrKind,
    IrrReason,
    Project,
    Verdict,
    annuity_factor,
    appraise,
    cash_flow_of,
    discount_factors,
    equivalent_annual_cost,
    escalated_amounts,
    irr,
    payback_years,
    present_value_factor,
    present_values,
)

rates = st.floats(-0.5, 1.0)
lives = st.integers(1, 40)
shares = st.floats(0.0, 1.0)
amounts = st.integers(-1000, 1000).map(float)  # whole CNY, so that sums are exact
series = st.lists(amounts, min_size=1, max_size=30)

investments = st.builds(
    Investment,
    name=st.just("asset"),
    capex_cny=st.floats(0.0, 1e9),
    life_years=lives,
    replacement_share=st.floats(0.0, 2.0),
    operation_share_per_year=st.floats(0.0, 0.1),
    operation_cny_per_year=st.floats(0.0, 1e6),
)
taxes = st.builds(IncomeTax, rate=shares, depreciation_years=lives, loss_years=st.none() | st.integers(1, 10))
projects = st.builds(
    Project,
    investments=st.tuples(investments) | st.just(()),
    savings_cny_per_year=st.floats(-1e8, 1e9),
    horizon_years=lives,
    discount_rate=rates,
    savings_escalation=st.floats(-0.1, 0.1),
    operation_escalation=st.floats(-0.1, 0.1),
    first_year_escalates=st.booleans(),
    residual_share=shares,
    energy_kwh_per_year=st.none() | st.just(0.0) | st.floats(1.0, 1e9),
    tax=st.none() | taxes,
)


def gross(flow: CashFlow) -> float:
    """All that moves in a project, in CNY: what rounding is measured against."""
    moved = flow.capex_cny, flow.replacement_cny, flow.operation_cny, flow.savings_cny, flow.residual_cny
    return float(sum(np.abs(each).sum() for each in moved)) + 1.0


@given(series)
def test_net_present_value_is_zero_at_every_rate(flows: list[float]) -> None:
    for rate in irr(flows).roots:
        x = -math.log1p(rate)
        exponents = x * np.arange(len(flows))
        terms = np.array(flows) * np.exp(exponents - exponents.max())  # in this form it cannot overflow near -1
        assert abs(terms.sum()) <= 1e-9 * np.abs(terms).sum()


@given(series, st.floats(1e-9, 1e9), st.sampled_from([1.0, -1.0]))
def test_rates_do_not_depend_on_the_unit_of_money(flows: list[float], scale: float, sign: float) -> None:
    """In fen, in billions, or seen from the other side of the table: only investor and borrower change places."""
    plain, scaled = irr(flows), irr([scale * sign * flow for flow in flows])
    assert scaled.roots == pytest.approx(plain.roots, rel=1e-5, abs=1e-7)
    assert (scaled.verdict, scaled.reason) == (plain.verdict, plain.reason)
    mirrored = {IrrKind.INVEST: IrrKind.BORROW, IrrKind.BORROW: IrrKind.INVEST, IrrKind.NONE: IrrKind.NONE}
    assert scaled.kind is (plain.kind if sign > 0 else mirrored[plain.kind])


@given(series)
def test_time_run_backwards_inverts_the_growth(flows: list[float]) -> None:
    """Reversed flows balance at 1 / (1 + r): rules out a search that sees high rates better than negative ones."""
    forward, backward = irr(flows).roots, irr(flows[::-1]).roots
    assert backward == pytest.approx(tuple(1.0 / (1.0 + rate) - 1.0 for rate in reversed(forward)), rel=1e-5, abs=1e-7)


@given(
    st.lists(st.integers(-18, 60), min_size=1, max_size=5, unique=True),
    st.lists(st.integers(0, 9), max_size=6),
    st.sampled_from([-1.0, 1.0]),
)
def test_all_rates_that_were_built_in_are_found_and_no_other(
    twentieths: list[int], income: list[int], sign: float
) -> None:
    """Flows multiplied up from known rates (a multiple of 5 % each) and a factor of one sign, which adds no rate."""
    known = sorted(number / 20.0 for number in twentieths)
    flows = sign * np.polymul(np.poly([1.0 + rate for rate in known]), [1.0, *map(float, income)])
    answer = irr(flows)
    assert answer.roots == pytest.approx(tuple(known), rel=1e-4, abs=1e-4)
    assert answer.verdict is (Verdict.UNIQUE if len(known) == 1 else Verdict.SEVERAL)


@given(series)
def test_verdict_and_reason_agree_with_the_rates(flows: list[float]) -> None:
    answer = irr(flows)
    signs = [math.copysign(1.0, flow) for flow in flows if flow != 0.0]
    changes = sum(before != after for before, after in pairwise(signs))
    assert len(answer.roots) <= changes
    assert list(answer.roots) == sorted(set(answer.roots))
    assert all(math.isfinite(rate) and rate > -1.0 for rate in answer.roots)
    assert answer.verdict is [Verdict.NONE, Verdict.UNIQUE, Verdict.SEVERAL][min(len(answer.roots), 2)]
    if answer.reason is IrrReason.ONE_POSITIVE:
        assert sum(rate > 0.0 for rate in answer.roots) == 1


@given(series)
def test_a_unique_rate_earned_is_where_the_value_falls_below_zero(flows: list[float]) -> None:
    answer = irr(flows)
    assume(answer.rate is not None and -0.5 < answer.rate < 10.0 and answer.kind is not IrrKind.NONE)
    assert answer.rate is not None
    below, above = ((1.0 + answer.rate) * factor - 1.0 for factor in (0.99, 1.01))
    falls = present_values(flows, below).sum() > 0.0 > present_values(flows, above).sum()
    assert falls == (answer.kind is IrrKind.INVEST)


@given(rates, st.integers(1, 60))
def test_an_annuity_is_worth_what_was_lent(rate: float, years: int) -> None:
    """The factor and the sum of discounted payments are computed in two ways and must be reciprocal."""
    assert annuity_factor(rate, years) * discount_factors(rate, years)[1:].sum() == pytest.approx(1.0, rel=1e-9)


@given(rates, st.integers(1, 60), st.floats(-0.2, 0.2))
def test_todays_price_level_is_one_year_of_growth_ahead(rate: float, years: int, escalation: float) -> None:
    today = escalated_amounts(1.0, escalation, years, first_year_escalates=True)
    first_year = escalated_amounts(1.0 + escalation, escalation, years, first_year_escalates=False)
    assert present_values(today, rate) == pytest.approx(present_values(first_year, rate), rel=1e-9)


@given(st.floats(1.0, 1e9), lives, lives, rates)
def test_whole_lives_cost_the_annuity_over_one(capex_cny: float, life: int, lives_held: int, rate: float) -> None:
    assume(life * lives_held <= 60)
    yearly_cny = equivalent_annual_cost(capex_cny, life, life * lives_held, rate)
    assert yearly_cny == pytest.approx(capex_cny * annuity_factor(rate, life), rel=1e-8)


@given(st.floats(1.0, 1e9), lives, lives)
def test_without_interest_an_asset_costs_its_price_over_its_life(capex_cny: float, life: int, horizon: int) -> None:
    """Whatever the horizon: rules out a residual value that forgets or doubles a year at the horizon's end."""
    assert equivalent_annual_cost(capex_cny, life, horizon, 0.0) == pytest.approx(capex_cny / life, rel=1e-9)


@given(investments, lives, rates, shares)
def test_sizing_and_statement_price_an_asset_alike(
    asset: Investment, horizon: int, rate: float, residual_share: float
) -> None:
    """One formula, two readers: the yearly price that sizing used is worth what the cash flow spends on capital."""
    flow = cash_flow_of(Project((asset,), 0.0, horizon, rate, residual_share=residual_share))
    yearly_cny = equivalent_annual_cost(
        asset.capex_cny,
        asset.life_years,
        horizon,
        rate,
        replacement_share=asset.replacement_share,
        residual_share=residual_share,
    )
    spent_cny = present_values(flow.capex_cny + flow.replacement_cny - flow.residual_cny, rate)
    worth_cny = yearly_cny * present_value_factor(rate, horizon)
    assert worth_cny == pytest.approx(spent_cny.sum(), rel=1e-9, abs=1e-9 * (1.0 + np.abs(spent_cny).sum()))


@given(projects)
def test_statements_add_up(project: Project) -> None:
    flow = cash_flow_of(project)
    rounding = 1e-9 * gross(flow)
    assert flow.cumulative_cny[-1] == pytest.approx(flow.net_cny.sum(), abs=rounding)
    assert flow.pre_tax_cny == pytest.approx(flow.savings_cny - flow.cost_cny, abs=rounding)
    for row in flow.rows():
        for name in ("capex_cny", "replacement_cny", "operation_cny", "residual_cny"):
            assert row[name] is not None
            assert row[name] >= 0.0


@given(projects)
def test_tax_takes_nothing_that_was_not_earned(project: Project) -> None:
    """Over the horizon depreciation is what was paid, profit what was earned, and losses only lower what is taxed."""
    assume(project.tax is not None)
    flow = cash_flow_of(project)
    statement = flow.income_tax
    assert statement is not None
    assert project.tax is not None
    rounding = 1e-9 * gross(flow)
    bought_cny = flow.capex_cny.sum() + flow.replacement_cny.sum()
    assert statement.depreciation_cny.sum() == pytest.approx(bought_cny, abs=rounding)
    assert statement.profit_cny.sum() == pytest.approx(flow.pre_tax_cny.sum(), abs=rounding)
    assert (statement.depreciation_cny >= 0.0).all()
    assert (statement.taxable_cny >= 0.0).all()
    assert (statement.taxable_cny <= np.maximum(statement.profit_cny, 0.0) + rounding).all()
    assert statement.taxable_cny.sum() >= statement.profit_cny.sum() - rounding
    assert statement.tax_cny == pytest.approx(project.tax.rate * statement.taxable_cny)


@given(series)
def test_payback_exists_where_the_cumulative_flow_reaches_zero(flows: list[float]) -> None:
    cumulative, years = np.cumsum(flows), payback_years(flows)
    assert (years is not None) == bool(flows[0] < 0.0 and (cumulative >= 0.0).any())
    if years is not None:
        assert 0.0 <= years <= len(flows) - 1
        assert np.interp(years, np.arange(len(flows)), cumulative) >= -1e-9 * np.abs(flows).sum()
        assert (cumulative[: math.ceil(years)] < 0.0).all()


@given(projects)
def test_every_figure_of_an_appraisal_is_finite_or_none(project: Project) -> None:
    """Rules out NaN and infinity in the summary, whatever the project."""
    worth = appraise(project)
    figures = [worth.capex_cny, worth.npv_cny, worth.lcoe_cny_per_kwh, worth.payback_years]
    answers: list[Irr | None] = [worth.project_irr_pre_tax, worth.project_irr_post_tax]
    figures += [rate for answer in answers if answer is not None for rate in answer.roots]
    assert all(math.isfinite(figure) for figure in figures if figure is not None)
    assert (worth.project_irr_post_tax is None) == (project.tax is None)
