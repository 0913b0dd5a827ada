"""Laws of what gives way: windows keep their energy, tanks balance, and more freedom never costs more."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingtan.optimize import plan
from tests.proofs.energy_parks import costs_at, energy_case

STEPS = 12
NEEDS = st.lists(st.sampled_from([0.0, 20.0, 55.0, 100.0]), min_size=STEPS, max_size=STEPS)
PRICES = st.lists(st.sampled_from([-0.1, 0.2, 0.5, 1.1, 3.0]), min_size=STEPS, max_size=STEPS)
WINDOWS = st.sampled_from([2.0, 3.0, 4.0, 12.0])


def planned(asset: dict[str, Any], need: list[float], price: list[float]) -> Any:
    case = energy_case({"mill": asset}, steps=STEPS, series={"need": ("kW", need)})
    return plan(case, costs_at(case, price))


def shiftable(share: float, window: float, limit: float | None = None) -> dict[str, Any]:
    return {"family": "shiftable_load", "profile": "need", "share": share, "window": window, "limit": limit}


@settings(max_examples=30, deadline=None)
@given(NEEDS, PRICES, st.floats(0.0, 1.0), WINDOWS)
def test_windows_keep_their_energy(need: list[float], price: list[float], share: float, window: float) -> None:
    """Each window takes what its profile has there, and never less at a moment than what may not move."""
    taken = planned(shiftable(share, window), need, price).table["mill.load_kw"]
    per = int(window)
    assert taken.reshape(-1, per).sum(axis=1) == pytest.approx(np.reshape(need, (-1, per)).sum(axis=1), abs=1e-3)
    assert (taken >= (1.0 - share) * np.array(need) - 1e-3).all()


@settings(max_examples=30, deadline=None)
@given(NEEDS, PRICES, st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0)), st.floats(0.0, 150.0))
def test_more_freedom_never_costs_more(
    need: list[float], price: list[float], shares: tuple[float, float], limit: float
) -> None:
    """A larger share, a longer window that holds the shorter ones, no limit: each costs no more. Without any it is a fixed load."""
    fixed = planned({"family": "load", "profile": "need"}, need, price).objective_cny
    bound = max(limit, 1.0)
    less = planned(shiftable(min(shares), 3.0, bound), need, price).objective_cny
    ways = (
        planned(shiftable(max(shares), 3.0, bound), need, price),
        planned(shiftable(min(shares), 12.0, bound), need, price),
        planned(shiftable(min(shares), 3.0), need, price),
    )
    slack = 1e-4 * (1.0 + abs(fixed))
    assert less <= fixed + slack
    assert all(way.objective_cny <= less + slack for way in ways)
    assert planned(shiftable(0.0, 3.0), need, price).objective_cny == pytest.approx(fixed, abs=slack)


@settings(max_examples=20, deadline=None)
@given(NEEDS, PRICES, st.floats(1.0, 200.0), st.none() | st.floats(0.5, 20.0), st.floats(0.0, 0.5))
def test_tanks_balance(
    need: list[float], price: list[float], mass: float, limit: float | None, loss_per_day: float
) -> None:
    """What a tank holds is what it held, less what boiled off, and what went in less what came out; within its limits."""
    assets = {
        "plant": {"family": "electrolyzer", "input": "main", "bus": "h2", "power": 1000.0, "specific_energy": 50.0},
        "users": {"family": "demand", "bus": "h2", "profile": "need"},
        "tank": {
            "family": "hydrogen_tank",
            "bus": "h2",
            "mass": mass,
            "discharge_limit": limit,
            "loss_per_day": loss_per_day,
        },
    }
    hydrogen = [each / 20.0 for each in need]
    case = energy_case(assets, {"h2": {"carrier": "hydrogen"}}, steps=STEPS, series={"need": ("kg/h", hydrogen)})
    table = plan(case, costs_at(case, price)).table
    held = table["tank.soc"] * mass
    kept = np.roll(held, 1) * (1.0 - loss_per_day) ** (1.0 / 24.0)
    moved = table["tank.charge_kg_per_h"] - table["tank.discharge_kg_per_h"]
    assert held == pytest.approx(kept + moved, abs=1e-3)
    if limit is not None:
        assert (table["tank.discharge_kg_per_h"] <= limit + 1e-6).all()
