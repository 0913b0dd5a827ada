"""The plant behind its registers: banks are read for what the devices are told, the plant moves, the banks show what came of it."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping

from lingtan.case import Case
from lingtan.devices import DeviceState, Family, Template, all_templates
from lingtan.park import Asset, Battery, FirmLine, Load, Park, Pv, Wind
from lingtan.plant import Ambient, PlantState, initial_state, plant_of, step
from lingtan.tolerances import NOTICED_KW
from lingtan.twin.bank import Clock, MemoryBank
from lingtan.twin.faults import FaultKind, FaultOrder, active_faults
from lingtan.twin.line import MemoryLine
from lingtan.twin.surroundings import Surroundings

TEMPLATES: Mapping[Family, str] = {
    "battery": "sunspec_battery",
    "pv": "sunspec_pv",
    "wind": "sunspec_wind",
    "load": "load_meter",
    "firm_line": "firm_line_meter",
    "connection": "sunspec_meter",
}
"""The template that the twin gives to each family where the park file names no device."""

_LONGEST_STEP_S = 60.0
"""A process that stood still for longer does not move the plant by all of it at once."""
_OUT_OF_RANGE = 10.0

Faults = Mapping[FaultKind, FaultOrder]


class TwinPlant:
    """A sized park with one bank for each asset and connection, in real or virtual time.

    `case.park` must be sized. `clock` gives UTC milliseconds; `advance` moves the plant up to them.
    """

    def __init__(self, case: Case, clock: Clock, *, state: PlantState | None = None) -> None:
        self._plant = plant_of(case.park)
        self._clock = clock
        self._around = Surroundings(case)
        self._faults: tuple[FaultOrder, ...] = ()
        self._last_ms: int | None = None
        self.state = initial_state(self._plant) if state is None else state
        self.measured: dict[str, float] = {}
        """The true points of the last step, whatever the registers show."""
        self.rating_kw = _ratings(case.park, self._around)
        self.banks = {name: _bank(name, case, clock, self.rating_kw[name]) for name in self.rating_kw}
        self.lines = {name: MemoryLine(bank) for name, bank in self.banks.items()}
        """The same banks for a driver without sockets, faults of the line included."""

    @property
    def templates(self) -> dict[str, Template]:
        """The template of each device."""
        return {name: bank.template for name, bank in self.banks.items()}

    def faults_of(self, device: str) -> Faults:
        """What is wrong with a device now."""
        return active_faults(self._faults, device, self._clock())

    def advance(self, faults: Iterable[FaultOrder] = ()) -> None:
        """Move the plant to the instant of the clock, and show what is measured then."""
        now_ms = self._clock()
        self._faults = tuple(faults)
        wrong = {name: active_faults(self._faults, name, now_ms) for name in self.banks}
        elapsed_s = 1.0 if self._last_ms is None else (now_ms - self._last_ms) / 1000.0
        self._last_ms = now_ms
        if elapsed_s > 0.0:
            orders, ambient = self._orders(wrong), _without(self._around.at(now_ms), wrong)
            dt_s = min(elapsed_s, _LONGEST_STEP_S)
            self.state, self.measured = step(self._plant, self.state, orders, ambient, dt_s)
        for name, bank in self.banks.items():
            bank.refuses_writes = "refuse_write" in wrong[name]
            self.lines[name].faults = wrong[name]
            if "frozen" not in wrong[name]:
                bank.measure(self._shown(name, wrong[name], now_ms))

    def _orders(self, wrong: Mapping[str, Faults]) -> dict[str, float]:
        """What each device does: what it is told, or nothing while it is tripped."""
        orders = {}
        for name in self._plant.steered:
            told = 0.0 if "tripped" in wrong[name] else self.banks[name].order_kw()
            if told is not None:
                orders[name] = told
        return orders

    def _shown(self, name: str, faults: Faults, now_ms: int) -> dict[str, float]:
        """The measured quantities of a device as it shows them, with what is wrong with it."""
        values = {quantity: self.measured.get(f"{name}.{quantity}") for quantity in self.banks[name].template.points}
        shown = {quantity: value for quantity, value in values.items() if value is not None}
        at_work = abs(shown.get("power_kw", 0.0)) > NOTICED_KW
        shown["state"] = float(DeviceState.RUNNING if at_work else DeviceState.STANDBY)
        if "tripped" in faults:
            shown["state"] = float(DeviceState.TRIPPED)
        jump_s = faults["clock_jump"].jump_s if "clock_jump" in faults else 0
        shown["clock_s"] = float(max(now_ms // 1000 + jump_s, 0))
        if (noise := faults.get("noisy")) is not None:
            spread = noise.share * self._scale_of(name, noise.quantity)
            drawn = random.Random(f"{name} {now_ms}").gauss(0.0, spread)
            shown[noise.quantity] = shown.get(noise.quantity, 0.0) + drawn
        if (wild := faults.get("out_of_range")) is not None:
            beyond = _OUT_OF_RANGE * self._scale_of(name, wild.quantity)
            shown[wild.quantity] = beyond if wild.value is None else wild.value
        return shown

    def _scale_of(self, name: str, quantity: str) -> float:
        """What a quantity of a device is about as large as."""
        return max(self.rating_kw[name], 1.0) if quantity.endswith("_kw") else 1.0


def _without(ambient: Ambient, wrong: Mapping[str, Faults]) -> Ambient:
    """A load that tripped needs nothing."""
    need = {name: 0.0 if "tripped" in wrong[name] else value for name, value in ambient.need_kw.items()}
    return Ambient(need, ambient.available_pu)


def _ratings(park: Park, around: Surroundings) -> dict[str, float]:
    """About the largest power of each device [kW]."""
    found = {}
    for name, asset in park.assets.items():
        match asset:
            case Load():
                found[name] = around.most_kw(name)
            case Battery() | Pv() | Wind() | FirmLine():
                found[name] = asset.power.min
            case _:
                raise ValueError(f"{name}: the twin has no device for a {asset.family}")
    for name, connection in park.connections.items():
        found[name] = connection.capacity.min * connection.power_factor
    return found


def _bank(name: str, case: Case, clock: Clock, rating_kw: float) -> MemoryBank:
    asset = case.park.assets.get(name)
    template = _template_of(name, case, "connection" if asset is None else _family(asset))
    limited = isinstance(asset, Pv | Wind)
    return MemoryBank(template, clock, rest_kw=rating_kw if limited else 0.0)


def _template_of(name: str, case: Case, family: Family) -> Template:
    """The kind of device that the park file names, so that one practises on what will be there; else that of the family."""
    known, named = all_templates(case.templates), case.park.devices.get(name)
    return known[TEMPLATES[family] if named is None or named.template not in known else named.template]


def _family(asset: Asset) -> Family:
    match asset:
        case Battery():
            return "battery"
        case Pv():
            return "pv"
        case Wind():
            return "wind"
        case FirmLine():
            return "firm_line"
        case Load():
            return "load"
        case _:
            raise ValueError(f"the twin has no device for a {asset.family}")
