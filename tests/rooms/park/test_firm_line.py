"""A direct line: what its contract may charge."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from lingtan.park import FirmLine
from tests.rooms.park.park_samples import MIXED

LINE = {**MIXED["hydro"], "bus": "main"}


def test_a_line_that_loses_all_is_refused() -> None:
    """Nothing would arrive for any payment. Rules out a loss of 100 % that is billed as if nothing were lost."""
    assert FirmLine.model_validate({**LINE, "loss": "99 %"}).loss == pytest.approx(0.99)
    with pytest.raises(ValidationError) as raised:
        FirmLine.model_validate({**LINE, "loss": "100 %"})
    assert [(error["loc"], error["type"]) for error in raised.value.errors()] == [(("loss",), "units.out-of-range")]
