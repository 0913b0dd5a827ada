"""A plant to practice on: the physics of `plant` behind real Modbus TCP servers, or behind the same registers in memory.

- `bank`: the registers of one device with its revert timer and heartbeat; `plant`: all devices of a park, moved together;
- `surroundings`: need and weather of the park's own series; `faults`: what goes wrong on command;
- `server`: a socket for each device; `line`: the same without one, for virtual time;
- `process`: `python -m lingtan.twin RUN`; `kept`: what survives its restart.
"""

from __future__ import annotations

from lingtan.twin.bank import Clock, MemoryBank, Refused
from lingtan.twin.faults import ON_THE_LINE, FaultKind, FaultOrder, active_faults, read_faults
from lingtan.twin.line import MemoryLine
from lingtan.twin.plant import TEMPLATES, TwinPlant
from lingtan.twin.process import Twin, case_of_run, rising_clock
from lingtan.twin.server import DeviceServer
from lingtan.twin.surroundings import Surroundings

__all__ = [
    "ON_THE_LINE",
    "TEMPLATES",
    "Clock",
    "DeviceServer",
    "FaultKind",
    "FaultOrder",
    "MemoryBank",
    "MemoryLine",
    "Refused",
    "Surroundings",
    "Twin",
    "TwinPlant",
    "active_faults",
    "case_of_run",
    "read_faults",
    "rising_clock",
]
