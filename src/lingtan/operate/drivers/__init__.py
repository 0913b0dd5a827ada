"""How words get to a device and back: one protocol, over real sockets or in memory."""

from __future__ import annotations

from lingtan.operate.drivers.driver import Driver, Fault, FaultKind, Health, Words, Written
from lingtan.operate.drivers.memory import Bank, MemoryDriver
from lingtan.operate.drivers.modbus import USUAL_PACE, ModbusDriver, Pace

__all__ = [
    "USUAL_PACE",
    "Bank",
    "Driver",
    "Fault",
    "FaultKind",
    "Health",
    "MemoryDriver",
    "ModbusDriver",
    "Pace",
    "Words",
    "Written",
]
