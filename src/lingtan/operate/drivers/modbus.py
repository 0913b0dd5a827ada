"""Modbus TCP through pymodbus, wrapped: nothing of pymodbus is seen outside this file.

What it adds: a socket is dropped as soon as an answer does not carry the number of its question (pymodbus would skip such an
answer and wait), and after a timeout, for the late answer must not be taken for the next one; bytes that nobody asked for are
thrown away before a question; a pause between frames; a growing pause between attempts to connect. A device behind a gateway
that allows one connection is served, since there is one driver and one socket for each device.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pymodbus.client import ModbusTcpClient
from pymodbus.exceptions import ConnectionException, ModbusException

from lingtan.operate.drivers.driver import Fault, Health, Words, Written

logging.getLogger("pymodbus").setLevel(logging.CRITICAL)  # it dumps frames on errors; our faults say what happened

_TRANSACTION_BYTES = 2
_SCOOP = 4096


@dataclass(frozen=True)
class Pace:
    """How long a driver waits for what [s]."""

    timeout_s: float = 0.5
    between_frames_s: float = 0.003
    first_pause_s: float = 0.5
    longest_pause_s: float = 8.0


USUAL_PACE = Pace()


class _IdMismatchError(Exception):
    """An answer to another question."""


class ModbusDriver:
    """One Modbus TCP device at one address. Used by one thread."""

    def __init__(self, host: str, port: int, unit: int, pace: Pace = Pace()) -> None:
        self._unit, self._pace = unit, pace
        self._client: Any = ModbusTcpClient(
            host, port=port, timeout=pace.timeout_s, retries=0, trace_packet=self._seen, name=f"{host}:{port}"
        )
        self._asked = b""
        self._free_at = self._retry_at = 0.0
        self._pause_s = pace.first_pause_s
        self._health = Health(False, 0, 0, 0, 0, None)

    def connect(self) -> Fault | None:
        """Open the socket, unless the pause after the last failure is not over."""
        if self._client.connected:
            return None
        if time.monotonic() < self._retry_at:
            return self._failed(Fault("waiting", f"{self._pause_s:g} s"))
        if not self._client.connect():
            self._retry_at = time.monotonic() + self._pause_s
            self._pause_s = min(2 * self._pause_s, self._pace.longest_pause_s)
            return self._failed(Fault("no-connection", "the socket cannot be opened"))
        opened = self._client.socket
        if opened is not None:
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._retry_at, self._pause_s = 0.0, self._pace.first_pause_s
        return None

    def read(self, address: int, count: int) -> Words | Fault:
        """Consecutive holding registers; a dropped socket is opened again and asked once more."""
        answer = self._ask(lambda: self._client.read_holding_registers(address, count=count, device_id=self._unit))
        if isinstance(answer, Fault):
            return answer
        if len(answer.registers) != count:
            return self._drop(Fault("broken-frame", f"{len(answer.registers)} words for {count}"))
        return Words(tuple(answer.registers))

    def write(self, address: int, words: Sequence[int]) -> Written | Fault:
        """Consecutive holding registers, in one request."""
        answer = self._ask(lambda: self._client.write_registers(address, list(words), device_id=self._unit))
        return answer if isinstance(answer, Fault) else Written()

    def health(self) -> Health:
        """How it fares so far."""
        return replace(self._health, connected=self._client.connected)

    def close(self) -> None:
        """Close the socket."""
        self._client.close()

    def _ask(self, request: Callable[[], Any]) -> Any:
        """An answer, or the fault; an answer to another question is worth one more try on a new socket."""
        fault = self._ask_once(request)
        if isinstance(fault, Fault) and fault.kind == "id-mismatch":
            return self._ask_once(request)
        return fault

    def _ask_once(self, request: Callable[[], Any]) -> Any:
        fault = self.connect()
        if fault is not None:
            return fault
        self._throw_stray_bytes_away()
        time.sleep(max(0.0, self._free_at - time.monotonic()))
        try:
            answer = request()
        except _IdMismatchError as error:
            return self._drop(Fault("id-mismatch", str(error)))
        except ConnectionException as error:
            return self._drop(Fault("no-connection", _words(error)))
        except ModbusException as error:
            return self._drop(Fault("timeout" if "No response" in str(error) else "broken-frame", _words(error)))
        except (OSError, ValueError) as error:
            return self._drop(Fault("broken-frame", _words(error)))
        finally:
            self._free_at = time.monotonic() + self._pace.between_frames_s
        if answer.isError():
            return self._failed(Fault("refused", f"exception {getattr(answer, 'exception_code', '?')}"))
        self._health = replace(self._health, answered=self._health.answered + 1)
        return answer

    def _seen(self, sending: bool, packet: bytes) -> bytes:
        """Every packet on its way: the first two bytes of an answer must be those of its question."""
        if sending:
            self._asked = packet[:_TRANSACTION_BYTES]
        elif len(packet) >= _TRANSACTION_BYTES and packet[:_TRANSACTION_BYTES] != self._asked:
            asked, got = (int.from_bytes(head) for head in (self._asked, packet[:_TRANSACTION_BYTES]))
            raise _IdMismatchError(f"asked {asked}, answered {got}")
        return packet

    def _throw_stray_bytes_away(self) -> None:
        """A frame that came twice waits here; read as the next answer it would shift every answer after it."""
        opened = self._client.socket
        if opened is None:
            return
        try:
            opened.setblocking(False)
            stray = len(opened.recv(_SCOOP))
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            stray = 0
        if stray:
            self._health = replace(self._health, stray=self._health.stray + stray)
        else:  # the other side has closed; open anew
            self._client.close()
            self.connect()

    def _drop(self, fault: Fault) -> Fault:
        self._client.close()
        self._health = replace(self._health, dropped=self._health.dropped + 1)
        return self._failed(fault)

    def _failed(self, fault: Fault) -> Fault:
        self._health = replace(self._health, failed=self._health.failed + 1, last_fault=fault)
        return fault


def _words(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
