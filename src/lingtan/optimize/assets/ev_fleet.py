"""EvFleet: charging, and perhaps giving back, around a content whose bounds move as vehicles come and go.

Driving is what leaves the batteries when vehicles leave (see `plant.ev_fleet`); what is missing then is shortfall, at most all of
it, so a fleet that cannot charge enough is told and never infeasible.
"""

from __future__ import annotations

import numpy as np

from lingtan.optimize.layout import Affine, Layout, SizeOf
from lingtan.optimize.program import Array, Index, Unit
from lingtan.park import EvFleet
from lingtan.plant.ev_fleet import Envelope, envelope_of


def lower_ev_fleet(name: str, fleet: EvFleet, plugged: Array, layout: Layout) -> None:
    """Publish all flows of a fleet, the state `<name>.soc` and the size of its charge points; `plugged` is the share (T,) [1]."""
    hours, inside = layout.step_hours, f"{name}.batteries"
    layout.bus(inside)
    power = layout.size(f"{name}.power_kw", fleet.power.min, fleet.power.max, "kW")
    envelope = _by_period(fleet, plugged, layout)
    charge = _within(f"{name}.charge_kw", power, 1.0, envelope, layout)
    discharge = _within(f"{name}.discharge_kw", power, fleet.v2g, envelope, layout) if fleet.v2g > 0.0 else None
    spare = _where_positive(f"{name}.spare_kwh", envelope.most_kwh - envelope.least_kwh, "kWh", layout)
    held = Affine.known(envelope.least_kwh) + spare
    driving = Affine.known(envelope.driving_kw)
    missing = _where_positive(f"{name}.shortfall_kw", envelope.driving_kw, "kW", layout)
    given = Affine.known(np.zeros(layout.steps)) if discharge is None else Affine.of(discharge)
    layout.inject(fleet.bus, Affine.of(charge, -1.0) + given)
    layout.inject(inside, Affine.of(charge, fleet.charge_efficiency) + given * (-1.0 / fleet.discharge_efficiency))
    layout.inject(inside, driving * -1.0 + missing)
    layout.inject(inside, _earlier(held, layout) * (1.0 / hours) + held * (-1.0 / hours))
    if discharge is not None:
        layout.opposed[name] = charge, discharge
    layout.publish(f"{name}.charge_kw", Affine.of(charge))
    layout.publish(f"{name}.discharge_kw", given)
    layout.publish(f"{name}.driving_kw", driving)
    layout.publish(f"{name}.driven_kw", driving + missing * -1.0)
    layout.publish(f"{name}.shortfall_kw", missing)
    layout.states[f"{name}.soc"] = (held, SizeOf(fleet.energy_kwh))


def _by_period(fleet: EvFleet, plugged: Array, layout: Layout) -> Envelope:
    """The envelope on the circle of each period, arrays (T,)."""
    by_period = envelope_of(fleet, plugged.reshape(-1, layout.circle_steps), layout.step_hours)
    return Envelope(
        least_kwh=by_period.least_kwh.reshape(-1),
        most_kwh=by_period.most_kwh.reshape(-1),
        driving_kw=by_period.driving_kw.reshape(-1),
        charging_kw=by_period.charging_kw.reshape(-1),
        step_hours=layout.step_hours,
    )


def _where_positive(name: str, most: Array, unit: Unit, layout: Layout) -> Affine:
    """Columns from 0 to `most` (T,), for the steps in which that is above zero: a solver is slow with columns that cannot move."""
    moving = most > 0.0
    if not moving.any():
        return Affine.known(np.zeros(layout.steps))
    columns = layout.program.columns(name, int(moving.sum()), unit, upper=most[moving])
    at = np.maximum(np.cumsum(moving) - 1, 0)
    return Affine.of(columns[at], moving.astype(np.float64))


def _earlier(state: Affine, layout: Layout) -> Affine:
    """A state one step earlier, around the circle of its period."""
    at = layout.earlier()
    return Affine(state.constant[at], tuple((columns[at], coefficient[at]) for columns, coefficient in state.parts))


def _within(name: str, power: SizeOf, share: float, envelope: Envelope, layout: Layout) -> Index:
    """A power within the charge points and within what the vehicles that are there take."""
    columns = layout.bounded(name, power, share)
    layout.program.cap(columns, share * envelope.charging_kw)
    return columns
