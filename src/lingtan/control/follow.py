"""The plan follower: what the schedule in force asks of each battery now, and how a drifted state of charge comes back to it.

PV and wind are not told the planned power: what a plan takes for sunshine is a forecast, and following it would throw sun away.
"""

from __future__ import annotations

from lingtan.control.judge import Judgment
from lingtan.control.proposal import Priority, Proposal
from lingtan.control.schedule import Schedule
from lingtan.control.settings import ControlSettings
from lingtan.control.site import Controlled
from lingtan.control.span import Span

AUTHOR = "plan"
_DEAD_BAND = 0.01
"""Drift below this share of the energy is left alone: a register of state of charge is no finer."""
_ROUNDED = 1e-4
"""Share of the rating by which a verified plan may lie beyond it: a certified solution is that exact, and sizes are rounded."""


def follow(
    battery: Controlled,
    room: Span,
    schedule: Schedule,
    judgment: Judgment,
    settings: ControlSettings,
    now_ms: int,
    expires_ms: int,
) -> Proposal | None:
    """The planned power, corrected for drift as far as `room` goes, the battery's own envelope [kW].

    None where the schedule says nothing of the battery now. A correction is ours to choose and asks for nothing that cannot be
    had; a planned power outside the room is asked for as it stands, so that whoever cuts it is named.
    """
    step = schedule.step_at(now_ms)
    row = schedule.power_w.get(battery.name)
    if step is None or row is None:
        return None
    planned_kw = row[step] / 1000.0
    soc = judgment.of(f"{battery.name}.soc")
    correction_kw = 0.0
    if soc.good and soc.value is not None and (due_kwh := _due_kwh(battery, schedule, step, now_ms)) is not None:
        correction_kw = _correction(battery, soc.value * battery.energy_kwh - due_kwh, settings)
    asked_kw = room.nearest(planned_kw)
    if abs(asked_kw - planned_kw) > _ROUNDED * battery.high_kw:
        return _exactly(battery, planned_kw, "plan", expires_ms)
    wish_kw = room.nearest(corrected(asked_kw, correction_kw))
    return _exactly(battery, wish_kw, "plan" if wish_kw == asked_kw else "plan-drift", expires_ms)


def _exactly(battery: Controlled, wish_kw: float, reason: str, expires_ms: int) -> Proposal:
    return Proposal(battery.name, wish_kw, wish_kw, wish_kw, Priority.PLAN, expires_ms, AUTHOR, reason)


def corrected(planned_kw: float, correction_kw: float) -> float:
    """Charge or discharge more or less than planned, but never the other way, and nothing while the plan rests.

    A plan rests, or charges, when it does because of prices that the follower does not see: energy that is missing is better
    fetched in the next hours of charging than at once.

    >>> corrected(-100.0, -20.0), corrected(-100.0, 150.0), corrected(0.0, 50.0)
    (-120.0, 0.0, 0.0)
    """
    if planned_kw > 0.0:
        return max(planned_kw + correction_kw, 0.0)
    return min(planned_kw + correction_kw, 0.0) if planned_kw < 0.0 else 0.0


def _due_kwh(battery: Controlled, schedule: Schedule, step: int, now_ms: int) -> float | None:
    """The content that the schedule has at this instant, between those at the ends of its steps."""
    row = schedule.content_wh.get(battery.name)
    if row is None or step >= len(row):
        return None
    after = row[step] / 1000.0
    hours = schedule.step_s / 3600.0
    power_kw = schedule.power_w[battery.name][step] / 1000.0
    into = power_kw * battery.charge_efficiency if power_kw < 0.0 else power_kw / battery.discharge_efficiency
    before = row[step - 1] / 1000.0 if step else after + into * hours
    begun_ms = schedule.start_ms + step * schedule.step_s * 1000
    return before + (after - before) * (now_ms - begun_ms) / (schedule.step_s * 1000.0)


def _correction(battery: Controlled, drift_kwh: float, settings: ControlSettings) -> float:
    """Power [kW] that takes a surplus of content (drift above zero) away in `drift_hours`."""
    if abs(drift_kwh) <= _DEAD_BAND * battery.energy_kwh:
        return 0.0
    most = settings.drift_share * battery.high_kw
    return min(max(drift_kwh / settings.drift_hours, -most), most)
