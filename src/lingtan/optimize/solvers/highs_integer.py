"""HiGHS on programs with whole numbers: the best answer within a time, and what is proven about a better one.

Only the whole numbers of the answer are used afterwards (see `solve`): they are rounded and held, and what is left is a linear
program with prices and a certificate of its own. So the tolerances here decide how clean the numbers are, not how exact the
plan is.

Where there are many, a good answer is looked for before the search: of the linear program, the numbers that are nearly whole are
held, and the few that are not are decided by themselves. On days of six committed plants that answer is the best one in most
cases, and the search from it takes a third of the time, for HiGHS looks for cuts long before it looks for an answer.

Where there are too many for one search, as on a week of quarter-hours, the first answer is found window after window: the numbers
of a window are decided while those before it stand and those after it may be parts. Ten boilers for a week so came within 2 % of
the bound in a minute, where the search of the whole week had found in as long that all of them stay off (gap 99 %).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter

import highspy
import numpy as np

from lingtan.optimize.program import Array, Model
from lingtan.optimize.solvers.highs import as_highs
from lingtan.optimize.solvers.proposal import Incumbent

SETTINGS: dict[str, float | int | bool] = {
    "output_flag": False,
    "threads": 1,
    "random_seed": 0,
    "mip_feasibility_tolerance": 1e-7,
}
"""A number is whole to a ten-millionth: times the largest power of a program, a hundred of its units, that is nobody's watt."""

MANY = 100
"""From so many whole numbers on, a first answer is looked for."""

NEARLY = 0.02
"""A number this near to a whole one is held in the first answer."""

FIRST_SHARE = 0.3
"""The most of the time that the first answer may take."""

MOST_AT_ONCE = 2000
"""From more whole numbers on, the first answer is found window after window."""

WINDOW = 1200
"""Whole numbers in a window, about: a day of a dozen plants in quarters."""

WINDOWS_SHARE = 0.7
"""The most of the time that all windows may take."""

_ENDED = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kTimeLimit)


@dataclass(frozen=True, eq=False)
class _Run:
    """How one run of HiGHS ended; `x` in the units of the program it was given, None where it has no answer."""

    x: Array | None
    bound: float
    nodes: int
    is_out_of_time: bool

    @classmethod
    def none(cls) -> _Run:
        """No run at all."""
        return cls(None, -np.inf, 0, is_out_of_time=False)


def search(model: Model) -> Incumbent:
    """Search the program in its own units within `model.effort`; its curvature is left aside."""
    started = perf_counter()
    scaled = replace(model, curvature=np.zeros_like(model.curvature)).scaled()
    allowed = model.effort.time_limit_s
    relaxed = _run(scaled.relaxed(), FIRST_SHARE * allowed)
    linear = relaxed.x
    gap = None if linear is None else scaled.effort.relative_gap * max(scaled.running(linear), 1.0)
    left = allowed - (perf_counter() - started)
    before = _Run.none() if linear is None else _first_answer(scaled, linear, gap, left)
    found = _run(scaled, max(allowed - (perf_counter() - started), 0.0), before.x, gap)
    x = before.x if found.x is None else found.x
    return Incumbent(
        None if x is None else x * model.column_scale,
        found.bound * model.money_unit,
        found.nodes,
        found.is_out_of_time,
        is_hurried=any(each.is_out_of_time for each in (relaxed, before, found)),
    )


def _first_answer(scaled: Model, linear: Array, gap: float | None, allowed_s: float) -> _Run:
    """A good answer to begin the search with; none where whole numbers are few, or none was found in its share of the time."""
    count = int(scaled.integer.sum())
    if count < MANY:
        return _Run.none()
    if count > MOST_AT_ONCE:
        return replace(_Run.none(), x=_by_windows(scaled, gap, WINDOWS_SHARE * allowed_s), is_out_of_time=True)
    return _near_the_linear(scaled, linear, gap, FIRST_SHARE * allowed_s)


def _near_the_linear(scaled: Model, linear: Array, gap: float | None, time_limit_s: float) -> _Run:
    """The best answer among those that agree with the linear program where that is nearly whole."""
    whole = np.round(linear)
    held = scaled.integer & (np.abs(linear - whole) <= NEARLY)
    lower, upper = np.where(held, whole, scaled.lower), np.where(held, whole, scaled.upper)
    return _run(replace(scaled, lower=lower, upper=upper), time_limit_s, None, gap)


def _by_windows(scaled: Model, gap: float | None, time_limit_s: float) -> Array | None:
    """An answer whose numbers are decided in the order of time, those later being parts until it is their turn.

    A block of columns runs over the horizon, so where a number stands in its block says when it is; a count of modules is decided
    first.
    """
    started, windows = perf_counter(), -(-int(scaled.integer.sum()) // WINDOW)
    place = np.concatenate([np.arange(block.count) * windows // block.count for block in scaled.columns])
    lower, upper, x = scaled.lower.copy(), scaled.upper.copy(), None
    for window in range(windows):
        here = scaled.integer & (place == window)
        # a window may take what those before it saved, and twice its share
        share_s = 2.0 * (time_limit_s - (perf_counter() - started)) / (windows - window)
        x = _run(replace(scaled, lower=lower, upper=upper, integer=here), share_s, None, gap).x
        if x is None:
            return None
        lower[here] = upper[here] = np.round(x[here])
    return x


def _run(scaled: Model, time_limit_s: float, start: Array | None = None, gap: float | None = None) -> _Run:
    """Run HiGHS to an absolute gap, or to the relative one that is asked for where nothing says what the cost is measured by."""
    highs = highspy.Highs()
    relative, absolute = (scaled.effort.relative_gap, 0.0) if gap is None else (0.0, gap)
    limits = {"time_limit": max(time_limit_s, 0.0), "mip_rel_gap": relative, "mip_abs_gap": absolute}
    for name, value in (SETTINGS | limits).items():
        highs.setOptionValue(name, value)
    program = as_highs(scaled)
    is_linear = not scaled.integer.any()
    if not is_linear:
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        program.integrality_ = [kinds[int(whole)] for whole in scaled.integer]
    highs.passModel(program)
    if start is not None:
        given = highspy.HighsSolution()
        given.col_value, given.value_valid = list(start), True
        highs.setSolution(given)
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    has_ended = status in _ENDED
    found = has_ended and info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    bound = -np.inf if is_linear or not has_ended else float(info.mip_dual_bound)
    x = np.asarray(highs.getSolution().col_value) if found else None
    return _Run(x, bound, int(info.mip_node_count), status == highspy.HighsModelStatus.kTimeLimit)
