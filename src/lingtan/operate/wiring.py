"""`wiring.json`: which device stands where. Written by the twin, or from the park file's `devices:`."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from lingtan.devices import Template
from lingtan.findings import Finding, InputError
from lingtan.operate.device import Device
from lingtan.operate.drivers import USUAL_PACE, ModbusDriver, Pace
from lingtan.operate.store.run_folder import write_json_atomically
from lingtan.park import Park


@dataclass(frozen=True)
class Wire:
    """Where one device answers, and what kind it is."""

    template: str
    host: str
    port: int
    unit: int


def read_wiring(path: Path) -> dict[str, Wire]:
    """The wiring of a run by asset or connection. Raises `InputError` where there is none or it makes no sense."""
    try:
        data = json.loads(path.read_text("utf-8"))
        return {str(name): Wire(**each) for name, each in data.items()}
    except OSError as error:
        raise InputError([Finding("operate.bad-wiring", path.name, got=error.strerror or "", file=str(path))]) from None
    except (ValueError, TypeError, AttributeError):
        raise InputError([Finding("operate.bad-wiring", path.name, file=str(path))]) from None


def wiring_of(park: Park) -> dict[str, Wire]:
    """The wiring of the real devices of a park. Raises `InputError` where one is missing that control needs."""
    if not park.devices:
        raise InputError([Finding("operate.no-devices", "devices")])
    missing = [name for name in (*park.connections, *park.assets) if name not in park.devices]
    if missing:
        raise InputError([Finding("operate.device-missing", f"devices.{name}") for name in missing])
    return wires_of(park)


def write_wiring(path: Path, wiring: Mapping[str, Wire]) -> None:
    """Write what `read_wiring` reads."""
    write_json_atomically(path, {name: asdict(wire) for name, wire in wiring.items()})


def wires_of(park: Park) -> dict[str, Wire]:
    """Where the real devices of a park are."""
    return {name: Wire(at.template, at.host, at.port, at.unit) for name, at in park.devices.items()}


def devices_of(
    wiring: Mapping[str, Wire], templates: Mapping[str, Template], pace: Pace = USUAL_PACE
) -> Iterator[Device]:
    """The devices of a wiring, each behind a Modbus driver of its own; nothing is opened yet."""
    unknown = [name for name, wire in wiring.items() if wire.template not in templates]
    if unknown:
        raise InputError(
            [Finding("operate.bad-wiring", name, ", ".join(templates), wiring[name].template) for name in unknown]
        )
    for name, wire in wiring.items():
        yield Device(name, templates[wire.template], ModbusDriver(wire.host, wire.port, wire.unit, pace))
