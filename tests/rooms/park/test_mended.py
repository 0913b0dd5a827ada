"""What is said of a park file beside what cannot be read in it."""

from __future__ import annotations

import pytest

from lingtan.park.mended import mended
from lingtan.sheet import compose
from tests.small_parks import SHIPPED_PARKS

STARTER = (SHIPPED_PARKS["starter"] / "park.yaml").read_text("utf-8")


def codes(*changes: tuple[str, str]) -> list[str] | None:
    """Codes and names of what does not fit together in the starter park with some texts changed; None where nothing is left."""
    text = STARTER
    for find, put in changes:
        assert text.count(find) == 1, find
        text = text.replace(find, put)
    sheet, findings = compose(text.encode(), "park.yaml")
    assert findings == []
    rest = mended(sheet)
    return None if rest is None else [f"{each.finding.code} {each.finding.who}" for each in rest.remarks()]


def test_nothing_is_missed_that_was_taken_out():
    """Without `works` there is no load, and nobody reads its series: both are the reader's doing, and neither is said."""
    assert codes(("family: load", "family: laod")) == []


def test_what_does_not_fit_is_said_beside_a_field_that_cannot_be_read():
    """A connection at a bus that is not there, beside an absurd availability; an unknown family leaves the rest alone."""
    found = codes(("family: load", "family: laod"), ("grid: {bus: main", "grid: {bus: mian"))
    assert found == ["park.no-such-bus connections.grid.bus"]


@pytest.mark.parametrize(
    ("find", "put"),
    [("schema: 1", "schema: 1\nunheard_of: {a: 1}"), ("period: {year: 2025", "period: {yeer: 2025")],
)
def test_a_section_that_cannot_stand_leaves_nothing_to_say(find: str, put: str):
    """Rules out that a section is taken out whole, and everything that pointed into it is then said to be missing."""
    assert codes((find, put)) in (None, [])
