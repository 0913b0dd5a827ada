"""Who wins, and who is named for it."""

from __future__ import annotations

import math

import pytest

from lingtan.control import Priority, Proposal
from lingtan.control.arbiter import Envelope, arbitrate, heard
from lingtan.control.span import Span

OWN = Envelope(Span(-500.0, 500.0), "rating", "rating")


def wants(
    low: float, high: float, wish: float | None, priority: Priority, author: str = "", ends: int = 10
) -> Proposal:
    return Proposal(
        "battery", low, high, wish, priority, ends, author or priority.name.lower(), f"{priority.name.lower()}'s"
    )


def ruled(*proposals: Proposal, own: Envelope = OWN, fail_safe: float = 0.0) -> tuple[float, str, str]:
    ruling = arbitrate(own, heard(proposals, 0).get("battery", []), fail_safe)
    return ruling.value_kw, ruling.author, ruling.reason


def test_a_higher_priority_cuts_and_a_lower_one_chooses_inside() -> None:
    """The order in which they are handed in must not matter: the last writer is not right because he was last."""
    operator, plan = wants(-100.0, 100.0, None, Priority.OPERATOR), wants(-300.0, -300.0, -300.0, Priority.PLAN)
    assert ruled(operator, plan) == ruled(plan, operator) == (-100.0, "operator", "operator's")


def test_a_lower_wish_inside_wins() -> None:
    operator, plan = wants(-100.0, 100.0, 100.0, Priority.OPERATOR), wants(-500.0, 500.0, 30.0, Priority.PLAN)
    assert ruled(operator, plan) == (30.0, "plan", "plan's")


def test_who_means_one_value_gets_it() -> None:
    exact, plan = wants(100.0, 100.0, 100.0, Priority.OPERATOR), wants(-500.0, 500.0, 30.0, Priority.PLAN)
    assert ruled(exact, plan)[0] == 100.0


def test_a_wish_beyond_the_envelope_is_throttled_not_dropped() -> None:
    """A hard trip to zero where throttling suffices is the complaint of evcc 26380."""
    assert ruled(wants(-math.inf, math.inf, 9_000.0, Priority.PLAN)) == (500.0, "guard", "rating")


def test_bounds_that_miss_what_is_left_pin_the_nearest_end() -> None:
    """An operator asks for 400 to 450 where a guard left 0 to 100: he gets 100, and nobody after him may lower it."""
    own = Envelope(Span(0.0, 100.0), "soc", "soc")
    operator, plan = wants(400.0, 450.0, None, Priority.OPERATOR), wants(-500.0, 500.0, 0.0, Priority.PLAN)
    assert ruled(operator, plan, own=own) == (100.0, "operator", "operator's")


def test_without_a_wish_it_goes_to_its_fail_safe() -> None:
    assert ruled() == (0.0, "guard", "no-wish")
    assert ruled(wants(50.0, 100.0, None, Priority.MARKET)) == (50.0, "market", "market's")


def test_the_last_word_of_one_author_counts() -> None:
    first, second = wants(-500.0, -500.0, -500.0, Priority.OPERATOR), wants(0.0, 500.0, 20.0, Priority.OPERATOR)
    assert ruled(first, second)[0] == 20.0


def test_two_operators_can_only_narrow_each_other() -> None:
    ann, bo = (
        wants(-50.0, 200.0, None, Priority.OPERATOR, "ann"),
        wants(-200.0, 50.0, 50.0, Priority.OPERATOR, "bo"),
    )
    assert ruled(ann, bo)[0] == 50.0
    assert ruled(bo, ann)[0] == 50.0


@pytest.mark.parametrize(
    "dead",
    [
        wants(-500.0, 500.0, 300.0, Priority.OPERATOR, ends=0),
        wants(-500.0, 500.0, math.nan, Priority.OPERATOR),
        wants(math.nan, 500.0, 300.0, Priority.OPERATOR),
        wants(500.0, -500.0, 300.0, Priority.OPERATOR),
        wants(-500.0, 500.0, math.inf, Priority.OPERATOR),
    ],
    ids=["expired", "wish is no number", "bound is no number", "reversed", "infinite wish"],
)
def test_what_is_expired_or_no_number_is_not_heard(dead: Proposal) -> None:
    assert heard([dead], 0) == {}


def test_nobody_from_outside_speaks_as_guard() -> None:
    """A web client that sets priority 0 must not narrow what the guards may do."""
    ruling = arbitrate(OWN, heard([wants(300.0, 500.0, 300.0, Priority.GUARD)], 0)["battery"], 0.0)
    assert ruling.envelope == OWN
    assert ruling.value_kw == 300.0
