"""Forecasts of the recorded run's park, made up: what `lingtan forecast --out` would have left in its folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
HOUR_MS = 3_600_000


def day(date: str, start_ms: int, middle: float, spread: float, actual: float | None = None) -> dict[str, Any]:
    """A day of 24 equal hours around a middle, and what came of it: the same all day, the last hour not measured."""
    rows = [[middle + (level - 0.5) * spread] * 24 for level in LEVELS]
    came = {} if actual is None else {"actual": [actual] * 23 + [None], "mae": abs(actual - middle)}
    return {"day": date, "start_ms": start_ms, "step_minutes": 60, "quantiles": rows, **came}


def target(kind: str, asset: str, days: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A target of one asset."""
    about = {"kind": kind, "unit": "kW" if kind == "load" else "1", "assets": [asset], "weather": "nwp", "model": kind}
    return {**about, "levels": LEVELS, "days": days, **more}


def view(holds: str, **targets: Any) -> dict[str, Any]:
    """A view of the starter park."""
    return {"version": 1, "holds": holds, "park": "starter", "gate": "D-1 09:00", "targets": targets}


def backtested(start_ms: int) -> dict[str, Any]:
    """A backtest of the works whose newest day is followed by its two worst."""
    days = [
        day("2025-12-31", start_ms, 6000.0, 800.0, 6100.0),
        day("2025-11-08", start_ms, 5000.0, 800.0, 7000.0),
        day("2025-11-09", start_ms, 6000.0, 800.0, 5000.0),
    ]
    none = dict.fromkeys(("mape", "dm_p_value", "regret_cny"))
    scores = {
        "load": {"mae": 80.0, "nmae": 0.0125, **none, "coverage_80": 0.79, "regret_cny": 120.5},
        "naive-7d": {"mae": 160.0, "nmae": 0.025, **none, "coverage_80": 0.83, "dm_p_value": 0.00002},
    }
    shares = [{"level": level, "share_below": round(level + 0.01, 3)} for level in LEVELS]
    span = {"first": "2025-10-02", "last": "2025-12-31"}
    return view("backtest", works=target("load", "works", days, scores=scores, reliability=shares, **span))


REGRET = {"days": 10, "together": {"model": 1234.4, "naive-7d": 2500.0}}
"""What forecasts of all targets together cost, as a backtest with `--regret 10` tells it."""


def put(folder: Path, data: dict[str, Any]) -> None:
    """Into a folder, as `view.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "view.json").write_text(json.dumps(data), "utf-8")
