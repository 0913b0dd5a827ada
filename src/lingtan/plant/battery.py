"""Battery: cells behind an inverter, with losses both ways, standing loss, and capacity that fades.

Aging, first form: usable energy falls in a straight line to `end_of_life` of the new one, by whichever is faster, the calendar (the
life that the park file states) or the throughput (`cycle_life` times the new energy, counted at the cells as it is discharged).
Temperature, depth of cycles and resistance are not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lingtan.park import Battery
from lingtan.plant.ambient import Array

HOURS_PER_YEAR = 8766.0


@dataclass(frozen=True)
class BatteryState:
    """Content of the cells [kWh], what was ever discharged from them [kWh], age [h], what was ever lost [kWh]."""

    content_kwh: float
    throughput_kwh: float = 0.0
    age_h: float = 0.0
    lost_kwh: float = 0.0


@dataclass(frozen=True)
class _Cells:
    """What a step needs to know, computed once."""

    charge_kw: float
    discharge_kw: float
    energy_kwh: float
    reserve: float
    charge: float
    discharge: float
    keep: float
    hours: float
    life: _Life


@dataclass(frozen=True)
class _Life:
    """How long cells last: in hours, in full cycles, and what is left of them then."""

    hours: float
    cycles: float
    end: float

    @classmethod
    def of(cls, battery: Battery) -> _Life:
        return cls(battery.life * HOURS_PER_YEAR, battery.cycle_life, battery.end_of_life)


def health_of(battery: Battery, state: BatteryState) -> float:
    """State of health: usable energy as a share of the new one [1]."""
    return _health(battery.energy.min, _Life.of(battery), state.throughput_kwh, state.age_h)


def usable_kwh(battery: Battery, state: BatteryState) -> float:
    """Energy that the cells can hold now [kWh]."""
    return battery.energy.min * health_of(battery, state)


def run_battery(
    battery: Battery, state: BatteryState, wanted_kw: Array, dt_s: float
) -> tuple[BatteryState, dict[str, Array]]:
    """Follow a wanted power (discharging > 0), within rating and content, for steps of `dt_s` seconds.

    It charges and discharges up to its shares of the power, and keeps its reserve.

    Points: `power_kw` (what came of it), `soc` (of what is usable now, at the end of each step), `soh`.
    """
    hours = dt_s / 3600.0
    cells = _Cells(
        charge_kw=battery.charge_share * battery.power.min,
        discharge_kw=battery.discharge_share * battery.power.min,
        energy_kwh=battery.energy.min,
        reserve=battery.reserve,
        charge=battery.charge_efficiency,
        discharge=battery.discharge_efficiency,
        keep=(1.0 - battery.standing_loss_per_day) ** (hours / 24.0),
        hours=hours,
        life=_Life.of(battery),
    )
    power, soc, soh = (np.empty(wanted_kw.size) for _ in range(3))
    for number, wanted in enumerate(wanted_kw.tolist()):
        state, power[number], soc[number], soh[number] = _follow(cells, state, wanted)
    return state, {"power_kw": power, "soc": soc, "soh": soh}


def _follow(cells: _Cells, state: BatteryState, wanted_kw: float) -> tuple[BatteryState, float, float, float]:
    """One step: the new state, power at the bus, state of charge, state of health."""
    hours = cells.hours
    kept = state.content_kwh * cells.keep
    usable = cells.energy_kwh * _health(cells.energy_kwh, cells.life, state.throughput_kwh, state.age_h)
    if wanted_kw >= 0.0:
        above = max(kept - cells.reserve * usable, 0.0)
        power = min(wanted_kw, cells.discharge_kw, above * cells.discharge / hours)
        drawn = min(power * hours / cells.discharge, kept)
        content, lost = kept - drawn, drawn - power * hours
    else:
        drawn = 0.0
        power = -min(-wanted_kw, cells.charge_kw, max(usable - kept, 0.0) / (cells.charge * hours))
        content = kept - power * hours * cells.charge
        lost = -power * hours * (1.0 - cells.charge)
    throughput, age = state.throughput_kwh + drawn, state.age_h + hours
    health = _health(cells.energy_kwh, cells.life, throughput, age)
    usable = cells.energy_kwh * health
    held = min(content, usable)  # what fading cells can no longer hold is lost
    lost += state.content_kwh - kept + content - held
    soc = held / usable if usable > 0.0 else 0.0
    return BatteryState(held, throughput, age, state.lost_kwh + lost), power + 0.0, soc, health


def _health(energy_kwh: float, life: _Life, throughput_kwh: float, age_h: float) -> float:
    by_cycles = throughput_kwh / (life.cycles * energy_kwh) if energy_kwh > 0.0 else 0.0
    return max(1.0 - (1.0 - life.end) * max(by_cycles, age_h / life.hours), 0.0)
