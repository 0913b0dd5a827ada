"""The time budgets themselves: what they sum to, and what they would say."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.budgets import dear, folder_of, read_budgets, unknown

TESTS = Path(__file__).parents[1]


def test_the_gate_stays_below_twelve_minutes_on_the_clock() -> None:
    assert sum(read_budgets().values()) <= 1320  # two cores: eleven minutes on the clock


def test_every_budget_has_its_folder() -> None:
    """A row left over from a folder that is gone would hide how much there is to give."""
    assert [row for row in read_budgets() if row != "src" and not (TESTS / row).is_dir()] == []


@pytest.mark.parametrize(
    ("nodeid", "folder"),
    [
        ("tests/rooms/park/test_park_file.py::test_one", "rooms/park"),
        ("tests/rooms/park/deep/test_park_deep.py::test_one[a/b]", "rooms/park"),
        ("tests/laws/test_bill_is_objective.py::test_one", "laws"),
        ("tests/test_stray.py::test_one", ""),
        ("src/lingtan/findings.py::lingtan.findings.say_number", "src"),
    ],
)
def test_a_test_is_paid_by_its_folder(nodeid: str, folder: str) -> None:
    assert folder_of(nodeid) == folder


def test_the_dear_and_the_unknown_are_named() -> None:
    """Rules out that a new folder runs without a budget, and that a full one goes unnoticed."""
    spent, budgets = {"laws": 3.0, "house": 1.0, "rooms/new": 0.1}, {"laws": 2.0, "house": 1.0}
    assert unknown(spent, budgets) == ["tests/rooms/new has no row in tests/budgets.toml"]
    assert dear(spent, budgets) == ["laws took 3.0 s of CPU; its budget is 2 s"]
