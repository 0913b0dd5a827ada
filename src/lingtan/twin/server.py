"""A Modbus TCP server for one bank, on a socket of its own, whose line can really go wrong.

It is ours and not pymodbus's: that server answers with the number of the last question it saw, so a slow answer would bear
a wrong one, and it cannot drop, repeat or renumber frames connection by connection. A driver built on pymodbus so meets a
peer that does not share its faults; tests read ours with a plain pymodbus client.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable, Mapping

from lingtan.devices.frame import (
    READ_HOLDING,
    READ_INPUT,
    FrameError,
    Refusal,
    Request,
    Unclear,
    frame_of_answer,
    frame_of_refusal,
    request_of,
    split,
)
from lingtan.twin.bank import MemoryBank, Refused
from lingtan.twin.faults import FaultKind, FaultOrder

UNITS = frozenset({0, 1, 255})
"""Units it answers for: 1, and the two by which clients say 'you yourself'."""
MOST_CLIENTS = 8
_CHUNK = 4096
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER of no time: the socket is reset, not closed in good order."""


class DeviceServer:
    """Serves one bank; `faults` says what is wrong with its line now."""

    def __init__(self, bank: MemoryBank, faults: Callable[[], Mapping[FaultKind, FaultOrder]]) -> None:
        self._bank, self._faults = bank, faults
        self._server: asyncio.Server | None = None
        self._clients: dict[asyncio.Task[None], asyncio.StreamWriter] = {}

    async def listen(self, host: str = "127.0.0.1", port: int = 0) -> int:
        """Start to listen and return the port; 0 asks for a free one. A port that is taken is exchanged for a free one."""
        try:
            self._server = await asyncio.start_server(self._serve, host, port)
        except OSError:
            if port == 0:
                raise
            self._server = await asyncio.start_server(self._serve, host, 0)
        return int(self._server.sockets[0].getsockname()[1])

    def drop_where_ordered(self) -> None:
        """Reset every socket while a `socket_drop` is played; called on each tick, for a silent client has one too."""
        if "socket_drop" in self._faults():
            for writer in self._clients.values():
                _reset(writer)

    async def close(self) -> None:
        """Stop to listen and let go of every client."""
        if self._server is None:
            return
        self._server.close()
        clients = dict(self._clients)
        for task, writer in clients.items():
            task.cancel()
            writer.transport.abort()
        await asyncio.gather(*clients, return_exceptions=True)
        await self._server.wait_closed()
        self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        if len(self._clients) >= MOST_CLIENTS or "socket_drop" in self._faults():
            _reset(writer)
            return
        self._clients[task] = writer
        try:
            await self._talk(reader, writer)
        except (FrameError, OSError):
            _reset(writer)
        except asyncio.CancelledError:
            pass  # the server closes; asyncio would log a task that ends cancelled
        finally:
            del self._clients[task]
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        buffer = b""
        while chunk := await reader.read(_CHUNK):
            frames, buffer = split(buffer + chunk)
            for frame in frames:
                answer = self._answer(request_of(frame))
                await self._send(answer, writer)

    async def _send(self, answer: bytes, writer: asyncio.StreamWriter) -> None:
        """An answer on its way, with what is wrong with the line."""
        faults = self._faults()
        if "socket_drop" in faults:
            raise ConnectionResetError
        if (late := faults.get("slow")) is not None:
            await asyncio.sleep(late.delay_s)
        if (shifted := faults.get("id_shift")) is not None:
            number = (int.from_bytes(answer[:2]) + shifted.shift) % 65536
            answer = number.to_bytes(2) + answer[2:]
        writer.write(answer * 2 if "duplicate_frame" in faults else answer)
        await writer.drain()

    def _answer(self, asked: Request | Unclear) -> bytes:
        if isinstance(asked, Unclear):
            return frame_of_refusal(asked, asked.refusal)
        if asked.unit not in UNITS:
            return frame_of_refusal(asked, Refusal.NO_TARGET)
        if asked.function == READ_INPUT:  # our templates stand in holding registers
            return frame_of_refusal(asked, Refusal.ILLEGAL_FUNCTION)
        try:
            if asked.function == READ_HOLDING:
                return frame_of_answer(asked, self._bank.read(asked.address, asked.count))
            self._bank.write(asked.address, asked.words)
        except Refused as refused:
            return frame_of_refusal(asked, refused.refusal)
        return frame_of_answer(asked)


def _reset(writer: asyncio.StreamWriter) -> None:
    """End a connection the hard way, so that the other side sees a reset."""
    opened = writer.get_extra_info("socket")
    if opened is not None:
        with contextlib.suppress(OSError):
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()
