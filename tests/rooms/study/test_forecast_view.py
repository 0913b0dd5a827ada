"""What pages draw of a forecast: what is refused of a file that somebody put there, and what reliability counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.forecast import Horizon, Subject
from lingtan.forecast.backtest import Backtest
from lingtan.series import Series
from lingtan.study.forecast import reliability_of
from lingtan.study.forecast_view import read_view

DAY = {"day": "2026-11-28", "start_ms": 0, "step_minutes": 60, "quantiles": [[1.0, 2.0]], "actual": [1.5, None]}
TARGET = {"kind": "load", "unit": "kW", "assets": ["works"], "weather": "none", "model": "load", "levels": [0.5]}
VIEW = {"version": 1, "holds": "backtest", "park": "starter", "gate": "D-1 09:00"}


def view(**day: Any) -> dict[str, Any]:
    return {**VIEW, "targets": {"load": {**TARGET, "days": [{**DAY, **day}]}}}


@pytest.mark.parametrize(
    ("data", "got"),
    [
        (view(quantiles=[[1.0, 2.0], [1.0, 2.0]]), "load 2026-11-28: rows × steps"),
        (view(actual=[1.0]), "load 2026-11-28: rows × steps"),
        (view(step_minutes=0), "load 2026-11-28: rows × steps"),
        ({**VIEW, "targets": {"load": {**TARGET, "days": []}}}, "load: no days"),
        ({**VIEW, "targets": {}, "version": 2}, "version Input should be 1"),
    ],
    ids=["a row too many", "a value missing", "steps of no length", "no day", "of another version"],
)
def test_a_view_that_does_not_fit_is_refused_in_words(tmp_path: Path, data: dict[str, Any], got: str) -> None:
    """Rules out a page that breaks, or draws a day askew, for a file that is half or of another version."""
    file = tmp_path / "view.json"
    file.write_text(json.dumps(data), "utf-8")
    with pytest.raises(InputError) as refused:
        read_view(file)
    [found] = refused.value.findings
    assert found.text("en") == (
        f"{file}: forecast.no-view: view.json: this is not what `lingtan forecast --out` writes for pages; got {got}. "
        "Make the folder anew."
    )


def test_a_view_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "view.json"
    file.write_text(json.dumps(view()), "utf-8")
    [day] = read_view(file).targets["load"].days
    assert (day.quantiles, day.actual, day.mae) == (((1.0, 2.0),), (1.5, None), None)


def test_reliability_leaves_out_the_night() -> None:
    """By day half of the values lie below the only median; with the nights, where both are zero, it would be three quarters."""
    grid = TimeGrid(np.datetime64("2025-06-01T00:00", "m"), 60, 48, "UTC")
    sun = np.tile(np.repeat([0.0, 1.0], 12), 2)
    subject = Subject(Series.of("pv", sun, "1", grid), "pv", Horizon(), {}, np.zeros(2, dtype=np.int64), 1.0)
    levels = (0.1, 0.5, 0.9)
    spread = np.where(sun[24:, None] > 0, [0.2, 0.5, 0.8], [0.0, 0.0, 0.0])[None]
    actual = np.where(sun[24:] > 0, np.tile([0.4, 0.6], 12), 0.0)[None]
    made = Backtest(
        subject=subject, days=np.array([1]), levels=levels, values=spread, actual=actual, point=spread[:, :, 1],
        models=("pv",), weather="none", findings=(), lit=sun[None, 24:] > 0,
    )  # fmt: skip
    assert [row["share_below"] for row in reliability_of(made)] == [0.0, 0.5, 1.0]
