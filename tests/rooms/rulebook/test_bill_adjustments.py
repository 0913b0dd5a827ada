"""Power-factor adjustment and load-factor discount: settled step by step, never interpolated."""

from __future__ import annotations

import pytest

from lingtan.rulebook import (
    LoadFactorDiscount,
    PowerFactorAdjustment,
    adjustment_of,
    paid_share_of_demand,
    shipped,
)
from tests.rooms.rulebook.rulebook_samples import messages, record

BOOK = shipped()


def table() -> PowerFactorAdjustment:
    found = BOOK.get("cn.power-factor.090")
    assert isinstance(found, PowerFactorAdjustment)
    return found


def discount() -> LoadFactorDiscount:
    found = BOOK.get("cn.load-factor-discount")
    assert isinstance(found, LoadFactorDiscount)
    return found


@pytest.mark.parametrize(
    ("power_factor", "percent"),
    [
        # china-practice.md, standard 0.90
        (1.00, -0.75),
        (0.96, -0.75),
        (0.95, -0.75),
        (0.94, -0.60),
        (0.91, -0.15),
        (0.90, 0.0),
        (0.89, 0.5),
        (0.80, 5.0),
        (0.70, 10.0),
        (0.69, 11.0),
        (0.65, 15.0),
        (0.64, 17.0),
        (0.60, 25.0),
        (0.894, 0.5),
        (0.8951, 0.0),
        (0.0, 145.0),
    ],
)
def test_the_table_of_standard_090(power_factor: float, percent: float) -> None:
    """Rules out the step's rate applied to the whole distance (0.60 would be 60 %), and interpolation between hundredths."""
    assert adjustment_of(table(), power_factor) * 100 == pytest.approx(percent, abs=1e-9)


@pytest.mark.parametrize(
    ("energy_kwh", "capacity_kva", "share"),
    [(26_000_000, 100_000, 0.9), (25_999_999, 100_000, 1.0), (0, 0, 1.0), (10, 0, 1.0), (30_000_000, 100_000, 0.9)],
)
def test_from_260_kwh_per_kva_on_demand_costs_nine_tenths(energy_kwh: float, capacity_kva: float, share: float) -> None:
    assert paid_share_of_demand(discount(), energy_kwh, capacity_kva) == share


def test_both_are_marked_as_from_memory() -> None:
    assert {str(one.confidence) for one in (table(), discount())} == {"memory"}


STEPS = {"standard": "0.9", "examples": "[{power_factor: 0.8, adjustment: 5 %}]"}


@pytest.mark.parametrize(
    ("steps", "message"),
    [
        (
            {"worse": "[{until: 0.65, per_hundredth: 1 %}, {until: 0.7, per_hundredth: 0.5 %}]"},
            "pack.yaml:11: rulebook.steps-not-in-order: a.worse: the steps must lead away from the standard, each further "
            "than the one before; got 0.65, 0.7. Sort them by how far they reach.",
        ),
        (
            {"better": "[{until: 0.85, per_hundredth: 1 %}]"},
            "pack.yaml:11: rulebook.steps-not-in-order: a.better: the steps must lead away from the standard, each further "
            "than the one before; got 0.85. Sort them by how far they reach.",
        ),
        (
            {"worse": "[{until: 0.7, per_hundredth: 1 %}]"},
            "pack.yaml:10: rulebook.example-fails: a.examples[1].adjustment: the record does not reproduce its own example "
            "and does not load; expected 0.05, got 0.1. Compare both with the document.",
        ),
    ],
)
def test_a_table_that_does_not_load(steps: dict[str, str], message: str) -> None:
    assert messages(record("a", "power_factor_adjustment", **STEPS, **steps)) == [message]


def test_a_discount_recomputes_its_example() -> None:
    rule = {
        "least_use": "260 kWh/kVA/month",
        "paid_share": "90 %",
        "examples": "[{energy: 1 MWh, capacity: 1 MVA, paid_share: 0.9}]",
    }
    assert messages(record("a", "load_factor_discount", **rule)) == [
        "pack.yaml:11: rulebook.example-fails: a.examples[1].paid_share: the record does not reproduce its own example "
        "and does not load; expected 0.9, got 1. Compare both with the document."
    ]
