"""All rates of return, their verdict, kind and reason."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from lingtan.finance import Irr, IrrKind, IrrReason, Verdict, irr
from lingtan.findings import InputError
from lingtan.wording.finance import IRR_REASONS
from tests.golden.cases import FLOWS_CNY

MONEY = json.loads((Path(__file__).parents[2] / "golden" / "money.json").read_text("utf-8"))
PEER = {case["inputs"]["name"]: case["answers"]["irr"] for case in MONEY["cases"] if "irr" in case["answers"]}
PEER_TOLERANCE = MONEY["tolerance"]["irr"]["relative"]


def nothing(reason: IrrReason) -> Irr:
    return Irr((), Verdict.NONE, IrrKind.NONE, reason)


def judged(answer: Irr) -> tuple[Verdict, IrrKind, IrrReason]:
    return answer.verdict, answer.kind, answer.reason


def test_an_ordinary_investment_has_one_rate() -> None:
    """Origin: facts/markets-finance-carbon.md §8, given as 23.3751928 % (digits cut, so to 1e-9)."""
    answer = irr([-1000.0, 500.0, 500.0, 500.0])
    assert answer.roots == pytest.approx((0.233751928,), abs=1e-9)
    assert judged(answer) == (Verdict.UNIQUE, IrrKind.INVEST, IrrReason.ONE_SIGN_CHANGE)
    assert answer.rate == answer.roots[0]


def test_two_rates_are_both_told() -> None:
    """-100, 225, -126 = -100 (1 - 1.05 v)(1 - 1.2 v): a search from one guess says 20 % and is silent about 5 %."""
    answer = irr([-100.0, 225.0, -126.0])
    assert answer.roots == pytest.approx((0.05, 0.20), abs=1e-12)
    assert judged(answer) == (Verdict.SEVERAL, IrrKind.NONE, IrrReason.SEVERAL_FOUND)
    assert answer.rate is None


@pytest.mark.parametrize("name", sorted(PEER))
def test_all_rates_that_a_peer_found(name: str) -> None:
    """The peer was asked from many guesses; `never_repaid` has a negative rate, `no_root` none."""
    assert irr(FLOWS_CNY[name]).roots == pytest.approx(tuple(PEER[name]), rel=PEER_TOLERANCE)


@pytest.mark.parametrize(
    ("flows", "reason"),
    [
        pytest.param([], IrrReason.NO_FLOWS, id="empty"),
        pytest.param([0.0, 0.0], IrrReason.ALL_ZERO, id="zeros"),
        pytest.param([0.0, 100.0, 0.0, 5.0], IrrReason.ONE_SIGN, id="only-income"),
        pytest.param([-100.0, -5.0], IrrReason.ONE_SIGN, id="only-cost"),
        pytest.param([-100.0], IrrReason.ONE_SIGN, id="a-single-flow"),
        pytest.param([-100.0, 200.0, -200.0], IrrReason.NEVER_ZERO, id="complex-roots"),
    ],
)
def test_no_rate_has_a_reason(flows: list[float], reason: IrrReason) -> None:
    """Rules out NaN, an exception, and 0 % for flows that no rate balances."""
    assert irr(flows) == nothing(reason)


def test_a_loan_is_read_as_borrowing() -> None:
    """100 now for 60 and 60 later costs 13.07 %: 100 = 60 v + 60 v², v = (-60 + sqrt(27600)) / 120."""
    answer = irr([100.0, -60.0, -60.0])
    assert answer.roots == pytest.approx((120.0 / (math.sqrt(27_600.0) - 60.0) - 1.0,), rel=1e-13)
    assert judged(answer) == (Verdict.UNIQUE, IrrKind.BORROW, IrrReason.ONE_SIGN_CHANGE)


def test_a_double_root_counts_once_and_is_neither_earned_nor_paid() -> None:
    """-(1 - 1.1 v)² touches zero at 10 %: a search for a change of sign misses it, eigenvalues split it in two."""
    answer = irr([-1.0, 2.2, -1.21])
    assert answer.roots == pytest.approx((0.10,), abs=1e-9)
    assert judged(answer) == (Verdict.UNIQUE, IrrKind.NONE, IrrReason.ONE_FOUND)


@pytest.mark.parametrize("times", [3, 4, 5])
def test_a_root_of_any_order_counts_once(times: int) -> None:
    """Eigenvalues scatter a fivefold root by 1e-3 into the complex plane; the ladder of turns does not."""
    assert irr(np.poly([1.1] * times)).roots == pytest.approx((0.10,), abs=1e-9)


def test_a_root_that_rounding_has_smeared_counts_once() -> None:
    """A sixfold 15 % with flows rounded to 1e-11: the value is zero, as computed, at many rates around it, and the
    search meets two of them. What lies between them is zero too, so they are one."""
    answer = irr(np.round(np.poly([1.15] * 6), 11))
    assert answer.roots == pytest.approx((0.15,), abs=1e-5)
    assert answer.verdict is Verdict.UNIQUE


def test_a_double_root_beside_a_simple_one() -> None:
    answer = irr(np.poly([1.05, 1.05, 1.30]))
    assert answer.roots == pytest.approx((0.05, 0.30), abs=1e-9)
    assert answer.verdict is Verdict.SEVERAL


def test_two_rates_close_together_stay_two() -> None:
    """5 % and 5.01 % are two; a grid with steps of 0.1 % sees no change of sign and finds neither."""
    assert irr(np.poly([1.05, 1.0501])).roots == pytest.approx((0.05, 0.0501), abs=1e-8)


def test_renewal_late_in_life_leaves_one_positive_rate() -> None:
    """Money out at the end brings a second rate below zero; Norstrøm's test says only one is positive.

    -100, 60, 60, 60, -30: cumulative -100, -40, 20, 80, 50 changes sign once.
    """
    answer = irr([-100.0, 60.0, 60.0, 60.0, -30.0])
    assert judged(answer) == (Verdict.SEVERAL, IrrKind.NONE, IrrReason.ONE_POSITIVE)
    assert [root > 0.0 for root in answer.roots] == [False, True]


def test_several_sign_changes_may_still_give_one_rate() -> None:
    """-10 (1 - 1.2 v)(1 - v + v²): three changes of sign, and the other factor is never zero."""
    answer = irr(-10.0 * np.polymul([1.0, -1.2], [1.0, -1.0, 1.0]))
    assert answer.roots == pytest.approx((0.20,), abs=1e-12)
    assert answer.verdict is Verdict.UNIQUE
    assert answer.kind is IrrKind.INVEST


def test_rates_far_from_ordinary_are_found() -> None:
    """-99 %, 0 and 10 000 %: a grid from -50 % to 100 % finds only the middle one, and 0 is not written -0."""
    answer = irr(np.poly([0.01, 1.0, 101.0]))
    assert answer.roots == pytest.approx((-0.99, 0.0, 100.0), rel=1e-9, abs=1e-12)
    assert math.copysign(1.0, irr([-1.0, 1.0]).roots[0]) == 1.0


def test_dust_of_an_addition_is_no_flow() -> None:
    """0.1 + 0.2 - 0.3 is 5.6e-17: taken for a flow of year 0 it has a rate of its own, 1e18."""
    assert irr([0.1 + 0.2 - 0.3, -100.0, 121.0]).roots == pytest.approx((0.21,), abs=1e-12)


def test_leading_and_trailing_zeros_change_nothing() -> None:
    assert irr([0.0, 0.0, -100.0, 110.0, 0.0]) == irr([-100.0, 110.0])


@pytest.mark.parametrize("length", [61, 241, 600])
def test_long_series_have_their_rates_too(length: int) -> None:
    """A perpetual-looking series: -1, then r each period, and 1 + r at the end, earns exactly r."""
    flows = np.full(length, 0.005)
    flows[0], flows[-1] = -1.0, 1.005
    assert irr(flows).roots == pytest.approx((0.005,), abs=1e-12)


def test_a_long_series_with_many_sign_changes_agrees_with_the_companion_matrix() -> None:
    """Seeded noise of 50 flows: eigenvalues of the companion matrix are found another way and agree."""
    rng = np.random.default_rng(20)
    for flows in rng.normal(size=(40, 50)):
        values = np.roots(flows)
        expected = np.sort(values[(np.abs(values.imag) < 1e-10) & (values.real > 0.0)].real) - 1.0
        assert irr(flows).roots == pytest.approx(tuple(expected), rel=1e-7, abs=1e-9)


def test_flows_that_are_not_numbers_are_named() -> None:
    with pytest.raises(InputError) as caught:
        irr([-100.0, math.nan, math.inf])
    assert str(caught.value).splitlines() == [
        "finance.not-finite: flows[1]: a finite number is needed here; got nan. "
        "Give the amount; a missing amount is not zero.",
        "finance.not-finite: flows[2]: a finite number is needed here; got inf. "
        "Give the amount; a missing amount is not zero.",
    ]


def test_a_table_is_not_a_series() -> None:
    with pytest.raises(InputError) as caught:
        irr(np.zeros((2, 3)))
    assert str(caught.value) == (
        "finance.not-a-series: flows: a plain list of amounts is needed here, one for each period; "
        "expected (n,), got (2, 3). Give the amounts in one row, from period 0 on."
    )


def test_a_series_too_long_to_search_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        irr(np.ones(1201))
    assert str(caught.value) == (
        "finance.too-many-flows: flows: the series of flows is too long to search for all its rates; "
        "expected ≤ 1200, got 1201. Sum the flows to months or years."
    )


def test_every_reason_has_its_sentence() -> None:
    """Rules out a reason added to the enum that the report cannot say, and a sentence that nothing says."""
    assert set(IRR_REASONS) == {str(reason) for reason in IrrReason}


def test_summary_is_plain_data() -> None:
    assert irr([-100.0, 150.0]).as_summary() == {"roots": [pytest.approx(0.5, rel=1e-14)], "verdict": "unique"}
    assert json.dumps(irr([1.0]).as_summary()) == '{"roots": [], "verdict": "none"}'
