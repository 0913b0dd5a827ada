"""Commitment of any converter: whether it is on, when it starts, and what that does to its output.

With size `P` [kW] and, in step t, awake `a` and running `r ≤ a` (the same where it cannot stand by), start `s` and output `p`:

    minimum_load·P·r ≤ p ≤ share·P·r                 least load, and nothing when off
    s[t] ≥ a[t] - a[t-1]                             a start is a step from asleep to awake
    sum of s over the last `up` steps ≤ a[t]         once started it stays awake
    sum of s over the last `down` steps ≤ 1 - a[t-down]   once stopped it stays asleep
    p[t] - p[t-1] ≤ ramp·P·r[t-1] + S·P·(r[t] - r[t-1])  and the same downwards; S is the larger of least load and ramp

The two sums are the turn-on inequalities of Rajan and Takriti, the tightest description of times up and down. States are whole
numbers where the layout commits and the size is known. Otherwise they are shares of the size: what the linear program finds is a
bound on what a committed plant costs, `Layout.relaxed` names it, and the sums, of no force on shares, are left out.

Over a circle the step before the first is the last. With a `Was` the past is known.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lingtan.frozen import DeepFrozen
from lingtan.optimize.layout import Affine, Layout, SizeOf
from lingtan.optimize.program import Index, Mask, Unit
from lingtan.optimize.start import Was
from lingtan.park.assets.commitment import Commitment


@dataclass(frozen=True, eq=False)
class Plant(DeepFrozen):
    """What is committed: a converter by its name and size, with what is known of each step and of the past.

    `outages` (T,) marks steps of planned maintenance, `share` is what of the size is available, a number or (T,). Without `was`
    the horizon is a circle.
    """

    name: str
    size: SizeOf
    commitment: Commitment
    outages: Mask
    share: ArrayLike = 1.0
    was: Was | None = None


@dataclass(frozen=True, eq=False)
class Committed:
    """What a commitment adds to a plant, each in kW of its size and of shape (T,).

    `running_kw` is the size that runs, `awake_kw` also what stands by, `started_kw` what is started in a step, `standby_kw` the
    power that standing by takes (whoever owns the converter lets it out of a bus).
    """

    running_kw: Affine
    awake_kw: Affine
    started_kw: Affine
    standby_kw: Affine


@dataclass(frozen=True, eq=False)
class _State:
    """A state in every step [kW of the size], and before the first one; None where that is the last of a circle."""

    kw: Affine
    before_kw: float | None

    def previous(self, layout: Layout) -> Affine:
        """The state one step earlier [kW]."""
        return earlier(self.kw, 1, self.before_kw, layout)


def committed(plant: Plant, activity: Index, layout: Layout) -> Committed:
    """Write the commitment of the activity columns (T,) of a converter, which are bounded by its size already.

    Publishes `<name>.start_kw`, and the state `<name>.on` (1 while running), where it matters if the plant is on.
    """
    commitment = plant.commitment
    layout.program.cap(activity[plant.outages], 0.0)
    if not commitment.has_states:
        whole = size_of(plant.size, layout)
        nothing = Affine.known(np.zeros(layout.steps))
        _ramp(plant, activity, _State(whole, None), layout)
        return Committed(whole, whole, nothing, nothing)
    was = plant.was
    awake = running = _state(f"{plant.name}.awake", plant, layout, was_so=was is not None and was.hours > 0)
    if commitment.standby_power is not None:
        ran = was is not None and was.hours > 0 and was.power_kw != 0.0
        running = _state(f"{plant.name}.running", plant, layout, was_so=ran)
        at_most(f"{plant.name}.running_if_awake", running.kw, awake.kw, layout)
    starts = _starts(plant, awake, layout)
    _output(plant, activity, running, layout)
    _ramp(plant, activity, running, layout)
    layout.publish(f"{plant.name}.start_kw", starts)
    layout.states[f"{plant.name}.on"] = (running.kw, plant.size)
    standby = (awake.kw + running.kw * -1.0) * (commitment.standby_power or 0.0)
    return Committed(running.kw, awake.kw, starts, standby)


def size_of(size: SizeOf, layout: Layout) -> Affine:
    """A size in every step [kW, (T,)], known or to be decided."""
    if size.column is None:
        return Affine.known(np.full(layout.steps, size.known))
    return Affine.of(np.full(layout.steps, size.column))


def at_most(name: str, less: Affine, more: Affine, layout: Layout) -> None:
    """Rows `less ≤ more` in every step [kW]."""
    gap = less + more * -1.0
    rows = layout.program.rows(name, layout.steps, "kW", lower=-np.inf, upper=-gap.constant)
    for columns, coefficient in gap.parts:
        layout.program.put(rows, columns, coefficient)


def earlier(flow: Affine, steps: int, before: float | None, layout: Layout) -> Affine:
    """A quantity some steps earlier: around the circle of its period, or with one value before the first step."""
    at = layout.earlier(steps)
    known = np.arange(at.size) < (0 if before is None else steps)
    parts = tuple((columns[at], np.where(known, 0.0, each[at])) for columns, each in flow.parts)
    return Affine(np.where(known, before or 0.0, flow.constant[at]), parts)


def steps_of(hours: float, layout: Layout) -> int:
    """The least whole number of steps that is as long as some hours, at least one."""
    return max(int(np.ceil(hours / layout.step_hours - 1e-9)), 1)


def _is_whole(plant: Plant, layout: Layout) -> bool:
    """Whether the plant is on or off; a size that is still open makes the product of two decisions, which is relaxed."""
    return layout.is_committed and plant.size.column is None


def _state(name: str, plant: Plant, layout: Layout, *, was_so: bool) -> _State:
    """Columns of a state: whole where the layout commits and the size is known, else a part of the size."""
    size, whole = plant.size, _is_whole(plant, layout)
    if not whole and plant.name not in layout.relaxed:
        layout.relaxed.append(plant.name)
    if size.column is not None:
        open_size = layout.program.columns(name, layout.steps, "kW", upper=np.where(plant.outages, 0.0, np.inf))
        layout.limit(f"{name}.limit", open_size, size)
        return _State(Affine.of(open_size), None)
    upper = np.where(plant.outages, 0.0, 1.0)
    columns = layout.program.columns(name, layout.steps, "1", upper=upper, integer=whole)
    return _State(Affine.of(columns, size.known), None if plant.was is None else size.known * was_so)


def _starts(plant: Plant, awake: _State, layout: Layout) -> Affine:
    """Starts [kW of the size]: at least the rise of the awake state; with the times up and down where states are whole."""
    name, size = plant.name, plant.size
    unit: Unit = "1" if size.column is None else "kW"
    columns = layout.program.columns(f"{name}.start", layout.steps, unit, upper=1.0 if unit == "1" else np.inf)
    starts = Affine.of(columns, size.known if unit == "1" else 1.0)
    at_most(f"{name}.rise", awake.kw + awake.previous(layout) * -1.0, starts, layout)
    at_most(f"{name}.start_if_awake", starts, awake.kw, layout)
    if _is_whole(plant, layout):
        past = _Past.of(plant.was, size.known, layout)
        up, down = (steps_of(hours, layout) for hours in (plant.commitment.minimum_up, plant.commitment.minimum_down))
        excused = np.cumsum(plant.outages) > 0  # what the past owes ends with the first outage
        at_most(f"{name}.up", past.started(starts, up, excused, layout), awake.kw, layout)
        asleep = size_of(size, layout) + past.awake(awake.kw, down, layout) * -1.0
        at_most(f"{name}.down", past.started(starts, down, excused, layout), asleep, layout)
    return starts


@dataclass(frozen=True)
class _Past:
    """What happened before the first step, in whole steps; a circle of `steps` has no past, and nothing reaches twice around it."""

    size_kw: float
    steps: int
    on: int = 0
    off: int = 0
    is_circle: bool = False

    @classmethod
    def of(cls, was: Was | None, size_kw: float, layout: Layout) -> _Past:
        length = layout.circle_steps
        if was is None:
            return cls(size_kw, length, is_circle=True)
        ago = int(min(abs(was.hours) / layout.step_hours + 1e-9, 1e9))
        return cls(size_kw, length, on=max(ago, 1)) if was.hours > 0 else cls(size_kw, length, off=ago)

    def started(self, starts: Affine, window: int, excused: Mask, layout: Layout) -> Affine:
        """The starts of the last `window` steps, this one counted in [kW]; those of the past only where not excused."""
        total = starts
        for back in range(1, min(window, self.steps)):
            total = total + earlier(starts, back, None if self.is_circle else 0.0, layout)
        if self.on == 0:
            return total
        recent = (np.arange(excused.size) + self.on < window) & ~excused
        return total + Affine.known(np.where(recent, self.size_kw, 0.0))

    def awake(self, awake: Affine, back: int, layout: Layout) -> Affine:
        """The awake state `back` steps ago [kW]."""
        then = earlier(awake, min(back, self.steps), None if self.is_circle else 0.0, layout)
        if self.is_circle:
            return then
        ago = back - np.arange(awake.constant.size)  # steps before the first one; 0 and less lie within the horizon
        was_on = (ago > 0) & ((ago <= self.on) if self.on else (ago > self.off))
        return then + Affine.known(np.where(was_on, self.size_kw, 0.0))


def _output(plant: Plant, activity: Index, running: _State, layout: Layout) -> None:
    """Nothing when off, at least the least load when running."""
    output, least = Affine.of(activity), plant.commitment.minimum_load
    available = np.where(plant.outages, 0.0, np.asarray(plant.share, dtype=np.float64))
    at_most(f"{plant.name}.if_running", output, running.kw * available, layout)
    if least > 0:
        at_most(f"{plant.name}.least_load", running.kw * least, output, layout)


def _ramp(plant: Plant, activity: Index, running: _State, layout: Layout) -> None:
    """Most change from one step to the next; a start reaches, and a stop leaves, the least load at once.

    Into an outage it may fall at once: the outage is planned, and whoever plans it runs the plant down before.
    """
    commitment, was = plant.commitment, plant.was
    if commitment.ramp is None:
        return
    step = min(commitment.ramp * layout.step_hours, 1.0)
    jump = max(commitment.minimum_load, step) if commitment.has_states else step
    output, now, then = Affine.of(activity), running.kw, running.previous(layout)
    before = earlier(output, 1, None if was is None else was.power_kw or 0.0, layout)
    rise, fall = then * (step - jump) + now * jump, now * (step - jump) + then * jump
    free_rise = np.zeros(layout.steps)
    if was is not None and was.power_kw is None:
        free_rise[0] = np.inf  # nobody knows from where
    free_fall = np.where(plant.outages, np.inf, free_rise)
    at_most(f"{plant.name}.ramp_up", output, before + rise + Affine.known(free_rise), layout)
    at_most(f"{plant.name}.ramp_down", before, output + fall + Affine.known(free_fall), layout)
