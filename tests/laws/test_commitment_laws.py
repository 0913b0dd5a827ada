"""Laws of commitment, against trying every way to switch: the cheapest that keeps the rules as people read them is found."""

from __future__ import annotations

from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingtan.optimize.assets.commitment import Plant, committed
from lingtan.optimize.assets.converter import Converter, lower_converter
from lingtan.optimize.effort import Effort
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.solve import Solution, solve
from lingtan.optimize.start import Was
from lingtan.park.assets.commitment import Commitment

STEPS, SIZE_KW, PLANT_PRICE = 6, 10.0, 1.0
EXACT = Effort(time_limit_s=20.0, relative_gap=1e-9)


def decided(need: np.ndarray, price: np.ndarray, rules: Commitment, was: Was | None, *, whole: bool) -> Solution:
    """One plant beside a grid that sells at a price and takes what is too much for nothing, by the hour."""
    layout = Layout(STEPS, 1.0, is_committed=whole)
    layout.program.effort = EXACT
    layout.bus("main")
    layout.inject("main", Affine.known(-need))
    size = layout.size("plant.power_kw", SIZE_KW, SIZE_KW, "kW")
    much = layout.size("grid.power_kw", 1e3, 1e3, "kW")
    bought, _ = (lower_converter(Converter(n, {"main": s}), much, layout) for n, s in (("grid", 1.0), ("dump", -1.0)))
    output = lower_converter(Converter("plant", {"main": 1.0}), size, layout)
    layout.program.charge(bought, price)
    layout.program.charge(output, PLANT_PRICE)
    found = committed(Plant("plant", size, rules, np.zeros(STEPS, dtype=bool), was=was), output, layout)
    for columns, kw in found.started_kw.parts:
        layout.program.charge(columns, kw * rules.start_cost)
    return solve(layout.program.finish())


def best_by_trying(need: np.ndarray, price: np.ndarray, rules: Commitment, was: Was | None) -> float:
    """The least cost over all ways to be on or off that keep the times; each hour is then decided by itself."""
    return min(
        cost_of(on, need, price, rules, was)
        for on in product((0, 1), repeat=STEPS)
        if keeps_times(on, int(rules.minimum_up), int(rules.minimum_down), was)
    )


def keeps_times(on: tuple[int, ...], up: int, down: int, was: Was | None) -> bool:
    """Runs of hours on and off, joined with the past or around the circle; a run that the end cuts off may be short."""
    if was is None:
        if len(set(on)) == 1:
            return True
        turn = next(at for at in range(STEPS) if on[at] != on[at - 1])
        runs = [(state, len(list(run))) for state, run in groupby(on[turn:] + on[:turn])]
        return all(length >= (up if state else down) for state, length in runs)
    past = ((1 if was.hours > 0 else 0),) * min(int(abs(was.hours)), 50)
    runs = [(state, len(list(run))) for state, run in groupby(past + on)]
    return all(length >= (up if state else down) for state, length in runs[:-1])


def cost_of(on: tuple[int, ...], need: np.ndarray, price: np.ndarray, rules: Commitment, was: Was | None) -> float:
    before = (on[-1],) if was is None else ((1 if was.hours > 0 else 0),)
    starts = sum(now and not then for now, then in zip(on, before + on[:-1], strict=True))
    cost = starts * rules.start_cost * SIZE_KW
    for is_on, kw, each in zip(on, need, price, strict=True):
        outputs = (SIZE_KW * rules.minimum_load, SIZE_KW, np.clip(kw, SIZE_KW * rules.minimum_load, SIZE_KW))
        options = [max(kw - p, 0.0) * each + p * PLANT_PRICE for p in outputs] if is_on else [kw * each]
        cost += min(options)
    return cost


@settings(max_examples=40, deadline=None)
@given(
    needs=st.lists(st.sampled_from([0.0, 3.0, 8.0, 12.0]), min_size=STEPS, max_size=STEPS),
    prices=st.lists(st.sampled_from([0.25, 0.75, 2.0, 5.0]), min_size=STEPS, max_size=STEPS),
    least=st.sampled_from([0.0, 0.3, 0.7]),
    start=st.sampled_from([0.0, 0.3, 2.5]),
    up=st.integers(0, 8),
    down=st.integers(0, 8),
    was=st.none() | st.sampled_from([-9, -2, -1, 1, 2, 9]).map(lambda hours: Was(float(hours))),
)
def test_the_cheapest_way_to_switch_is_found(needs, prices, least, start, up, down, was):
    """Rules out times that forget the past, a circle that is cut open, starts that cost twice or not at all, and rows that forbid
    what is allowed. And a part of a plant never costs more than a whole one."""
    need, price = np.array(needs), np.array(prices)
    rules = Commitment(minimum_load=least, start_cost=start, minimum_up=float(up), minimum_down=float(down))
    solution = decided(need, price, rules, was, whole=True)
    best = best_by_trying(need, price, rules, was)
    assert solution.certificate.objective_cny == pytest.approx(best, rel=1e-5, abs=1e-4)
    relaxed = decided(need, price, rules, was, whole=False).certificate.objective_cny
    assert relaxed <= best + 1e-4
