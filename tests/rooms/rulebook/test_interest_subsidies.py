"""Interest subsidies: points, term, cap, and only one of them for a loan."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.findings import InputError
from lingtan.rulebook import InterestSubsidy, check_subsidies, shipped, subsidy_of
from tests.rooms.rulebook.rulebook_samples import messages, record


def scheme(name: str) -> InterestSubsidy:
    found = shipped().get(f"cn.interest-subsidy.{name}")
    assert isinstance(found, InterestSubsidy)
    return found


@pytest.mark.parametrize(
    ("name", "outstanding", "subsidy"),
    [
        # china-rules.md §8.1: 1.5 points for 2 years, no cap seen
        ("equipment-renewal", [100e6, 80e6, 60e6], [1.5e6, 1.2e6, 0]),
        # 1.5 points for 2 years on at most 50 M: 1.5 M over two years as reported
        ("small-firms", [50e6, 50e6, 50e6], [0.75e6, 0.75e6, 0]),
        ("small-firms", [80e6, 40e6], [0.75e6, 0.6e6]),
        # 1 point for 1 year on at most 10 M
        ("services", [10e6, 10e6], [0.1e6, 0]),
    ],
)
def test_what_a_loan_gets(name: str, outstanding: list[float], subsidy: list[float]) -> None:
    """Rules out points taken of the first principal for ever, and a cap on the subsidy instead of the loan."""
    np.testing.assert_allclose(subsidy_of(scheme(name), outstanding), subsidy, rtol=1e-12)


def test_a_broken_term_pays_a_part_of_its_last_year() -> None:
    eighteen_months = scheme("equipment-renewal").model_copy(update={"years": 1.5})
    assert subsidy_of(eighteen_months, [100.0, 100.0, 100.0]).tolist() == [1.5, 0.75, 0.0]


def test_a_loan_of_three_and_a_half_percent_costs_two_for_two_years() -> None:
    """china-rules.md §8.2: 3.5 % less 1.5 points."""
    interest = np.array([3.5, 3.5, 3.5])
    assert (interest - subsidy_of(scheme("equipment-renewal"), [100, 100, 100])).tolist() == [2.0, 2.0, 3.5]


def test_one_loan_takes_one_central_subsidy() -> None:
    taken = [scheme("equipment-renewal"), scheme("services")]
    assert [found.text() for found in check_subsidies(taken)] == [
        "rulebook.subsidies-exclude-each-other: loan: one loan may take only one of these subsidies; "
        "got cn.interest-subsidy.equipment-renewal, cn.interest-subsidy.services. Keep one of them for this loan."
    ]
    assert check_subsidies(taken[:1]) == []
    local = taken[1].model_copy(update={"purse": "local"})
    assert check_subsidies([taken[0], local]) == []


def test_a_principal_below_zero_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        subsidy_of(scheme("services"), [1.0, -2.0])
    assert str(caught.value) == (
        "rulebook.negative-principal: cn.interest-subsidy.services: outstanding principal cannot be negative; "
        "expected ≥ 0 CNY, got -2. Correct the repayment plan."
    )


def test_the_window_is_the_validity() -> None:
    assert {scheme(name).validity for name in ("equipment-renewal", "small-firms", "services")} == {
        "2026-01-01 … 2026-12-31"
    }


def test_a_scheme_recomputes_its_example() -> None:
    rule = {
        "scheme": "{en: a scheme, zh: 某方案}",
        "points": "1 %/year",
        "years": "2",
        "exclusive": "true",
        "examples": "[{outstanding: [1 MCNY, 1 MCNY], subsidy: 10000}]",
    }
    assert messages(record("a", "interest_subsidy", **rule)) == [
        "pack.yaml:13: rulebook.example-fails: a.examples[1].subsidy: the record does not reproduce its own example "
        "and does not load; expected 10000 CNY, got 20000 CNY. Compare both with the document."
    ]
