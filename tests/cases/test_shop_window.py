"""The names that a user types: what is typed arrives in the room that does the work."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import lingtan
from lingtan.case import Case
from lingtan.findings import Finding, InputError
from lingtan.study import park_forecast
from lingtan.study.park_forecast import Asked
from tests.small_parks import small_case


def test_a_backtest_is_asked_for_as_it_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules out arguments that get lost on the way; `lingtan forecast --backtest` asks the same function."""
    asked: list[tuple[Case, Asked]] = []
    monkeypatch.setattr(park_forecast, "backtest_park", lambda *given: asked.append(given))
    park = small_case([1.0])
    lingtan.backtest(park)
    lingtan.backtest(
        park,
        targets=["works", "load"],
        first="2025-05-03",
        end="2025-05-05",
        gate="10:00",
        series="past.csv",
        weather="actual",
    )
    first, end = date(2025, 5, 3), date(2025, 5, 5)
    whole = Asked(("works", "load"), Path("past.csv"), "10:00", first=first, end=end, weather="actual")
    assert asked == [(park, Asked()), (park, whole)]


def test_a_day_that_is_none_is_a_finding() -> None:
    with pytest.raises(InputError) as refused:
        lingtan.backtest(small_case([1.0]), end="May")
    assert refused.value.findings == (Finding("cli.bad-start", "end", "2025-07-01", "May"),)
