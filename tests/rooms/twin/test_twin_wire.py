"""The twin on real sockets: a foreign client reads and writes it, and each fault of the line is seen by a raw one."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pymodbus.client import AsyncModbusTcpClient

from lingtan.devices import blocks, decode, encode
from lingtan.devices.frame import Answer, Request, answer_of, frame_of_request, split
from lingtan.twin import Twin
from tests.rooms.twin.twin_parks import START_MS, Hand, twin_case

STATE, SET = 40070, 40090
PATIENCE_S = 0.3


class Raw:
    """A client that shows every frame as it came."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer, self._number = reader, writer, 0x1000

    async def send(self, frame: bytes) -> None:
        self._writer.write(frame)
        await self._writer.drain()

    async def ask(self, address: int = STATE, count: int = 1, words: tuple[int, ...] = (), unit: int = 1) -> int:
        """Send a question and return its number."""
        self._number += 1
        function = 16 if words else 3
        await self.send(frame_of_request(Request(self._number, unit, function, address, count, words)))
        return self._number

    async def frames(self, enough: int = 0) -> list[Answer]:
        """All frames that come until there are enough, or the line has been still for a while.

        `ConnectionError` where it is reset or closed.
        """
        found, buffer = [], b""
        while not enough or len(found) < enough:
            try:
                chunk = await asyncio.wait_for(self._reader.read(4096), 5.0 if enough else PATIENCE_S)
            except TimeoutError:
                return found
            if not chunk:
                raise ConnectionAbortedError
            whole, buffer = split(buffer + chunk)
            found += [answer_of(frame) for frame in whole]
        return found

    async def answers(self) -> bool:
        """Whether a question gets an answer at all."""
        try:
            await self.ask()
            return len(await self.frames(1)) == 1
        except ConnectionError:
            return False

    async def close(self) -> None:
        self._writer.transport.abort()
        await asyncio.sleep(0)


class Bench:
    """A twin with a clock moved by hand."""

    def __init__(self, twin: Twin, clock: Hand, run: Any) -> None:
        self.twin, self.clock, self.run = twin, clock, run
        self._open: list[Raw] = []

    def port(self, device: str = "battery") -> int:
        return json.loads((self.run / "wiring.json").read_text())[device]["port"]

    async def raw(self, device: str = "battery") -> Raw:
        client = Raw(*await asyncio.open_connection("127.0.0.1", self.port(device)))
        self._open.append(client)
        return client

    def tick(self, seconds: int = 1) -> None:
        for _ in range(seconds):
            self.clock.move(1)
            self.twin.tick()

    def order(self, kind: str | None, device: str = "battery", **more: object) -> None:
        """Play one fault from now on, or none."""
        span = {"from_ms": START_MS, "until_ms": START_MS + 3_600_000}
        orders = [] if kind is None else [{"device": device, "kind": kind, **span, **more}]
        part = self.run / "faults.part"
        part.write_text(json.dumps(orders))
        part.replace(self.run / "faults.json")
        self.tick()

    async def close(self) -> None:
        for client in self._open:
            await client.close()
        await self.twin.close()


@pytest.fixture
def on_the_bench(tmp_path) -> Callable[[Callable[[Bench], Awaitable[None]]], None]:
    """Runs a conversation with a listening twin, and lets go of every socket."""

    async def whole(talk: Callable[[Bench], Awaitable[None]]) -> None:
        clock = Hand()
        bench = Bench(Twin(twin_case(), tmp_path, clock), clock, tmp_path)
        await bench.twin.listen()
        try:
            async with asyncio.timeout(20):
                await talk(bench)
        finally:
            await bench.close()

    return lambda talk: asyncio.run(whole(talk))


@asynccontextmanager
async def foreign(port: int):
    """A plain pymodbus client."""
    client = AsyncModbusTcpClient("127.0.0.1", port=port, timeout=2, retries=0)
    assert await client.connect()
    try:
        yield client
    finally:
        client.close()


def test_a_foreign_client_reads_every_device_and_tells_the_battery(on_the_bench):
    """Rules out words that only our own code can read: pymodbus asks, our template decodes what its maker documents."""

    async def talk(bench: Bench) -> None:
        seen = {}
        for name, template in bench.twin.plant.templates.items():
            words: dict[int, int] = {}
            async with foreign(bench.port(name)) as client:
                for block in blocks(template):
                    answer = await client.read_holding_registers(block.address, count=block.count, device_id=1)
                    words |= block.by_address(answer.registers)
            seen[name] = decode(template, words)["power_kw"]
        assert seen == {"works": -500.0, "pv": 320.0, "battery": 0.0, "line": 100.0, "grid": 80.0}
        async with foreign(bench.port()) as client:
            told = {"set_power_kw": 150.0, "revert_kw": 0.0, "revert_time_s": 10.0}
            [write] = encode(bench.twin.plant.templates["battery"], told, {40071: 0})
            assert not (await client.write_registers(write.address, list(write.words), device_id=1)).isError()
            bench.tick()
            assert (await client.read_holding_registers(40072, count=2, device_id=1)).registers == [2, 0x49F0]
            single = await client.write_register(40096, 7, device_id=1)  # function 6: the heartbeat alone
            assert (single.isError(), single.registers) == (False, [7])

    on_the_bench(talk)


def test_a_silent_client_leaves_a_battery_that_falls_back(on_the_bench):
    """The socket stays open and says nothing: the revert timer is the device's own."""

    async def talk(bench: Bench) -> None:
        client = await bench.raw()
        await client.ask(SET, words=(2, 0x49F0, 0, 0, 0, 10))
        assert [answer.refusal for answer in await client.frames(1)] == [None]
        bench.tick(9)
        assert bench.twin.plant.measured["battery.power_kw"] == 150.0
        bench.tick(1)
        assert bench.twin.plant.measured["battery.power_kw"] == 0.0
        await client.ask(SET, 2)
        assert [answer.words for answer in await client.frames(1)] == [(0, 0)]

    on_the_bench(talk)


def test_what_a_device_does_not_do_is_answered(on_the_bench):
    """Rules out silence: address 2, function 1, unit 11 (a gateway without such a target)."""

    async def talk(bench: Bench) -> None:
        client = await bench.raw()
        for question, refusal in (
            (Request(1, 1, 3, 0, 1), 2),
            (Request(2, 1, 4, STATE, 1), 1),
            (Request(3, 9, 3, STATE, 1), 11),
            (Request(4, 1, 16, STATE, 1, (1,)), 2),
        ):
            await client.send(frame_of_request(question))
            assert [(one.transaction, one.refusal) for one in await client.frames(1)] == [
                (question.transaction, refusal)
            ]

    on_the_bench(talk)


def test_questions_sent_at_once_are_answered_in_turn_each_with_its_number(on_the_bench):
    """Rules out a server that answers with the number of the last question it saw."""

    async def talk(bench: Bench) -> None:
        client = await bench.raw()
        numbers = [await client.ask(STATE + step) for step in range(5)]
        assert [answer.transaction for answer in await client.frames(5)] == numbers

    on_the_bench(talk)


def test_bytes_that_are_no_modbus_end_the_connection_and_no_other(on_the_bench):
    async def talk(bench: Bench) -> None:
        good, bad = await bench.raw(), await bench.raw()
        await bad.send(b"GET / HTTP/1.1\r\n\r\n")
        with pytest.raises(ConnectionError, match="reset by peer"):
            await bad.frames()
        assert await good.answers()

    on_the_bench(talk)


def test_a_port_that_someone_else_took_meanwhile_is_exchanged(tmp_path):
    """Rules out a twin that does not come back because one of its old ports is taken."""

    async def whole() -> None:
        taken = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        port = taken.sockets[0].getsockname()[1]
        (tmp_path / "wiring.json").write_text(json.dumps({"battery": {"port": port}}))
        twin = Twin(twin_case(), tmp_path, Hand())
        try:
            await twin.listen()
            wiring = json.loads((tmp_path / "wiring.json").read_text())
            assert set(wiring) == {"works", "pv", "battery", "line", "grid"}
            assert len({port, *(one["port"] for one in wiring.values())}) == 6
        finally:
            await twin.close()
            taken.close()
            await taken.wait_closed()

    asyncio.run(whole())


def test_clients_are_limited(on_the_bench):
    async def talk(bench: Bench) -> None:
        clients = [await bench.raw() for _ in range(9)]
        assert [await client.answers() for client in clients] == [True] * 8 + [False]

    on_the_bench(talk)


def test_fault_socket_drop(on_the_bench):
    """An open socket is reset although its client was silent; a new one finds no answer; another device is not touched."""

    async def talk(bench: Bench) -> None:
        client, other = await bench.raw(), await bench.raw("pv")
        assert await client.answers()
        bench.order("socket_drop")
        with pytest.raises(ConnectionError, match="reset by peer"):
            await client.frames()
        assert not await (await bench.raw()).answers()
        assert await other.answers()
        bench.order(None)
        assert await (await bench.raw()).answers()

    on_the_bench(talk)


def test_fault_id_shift(on_the_bench):
    """The answer bears the number of the question after it; the wrap at 65535 is one too."""

    async def talk(bench: Bench) -> None:
        client = await bench.raw()
        bench.order("id_shift")
        number = await client.ask()
        assert [answer.transaction for answer in await client.frames()] == [number + 1]
        await client.send(frame_of_request(Request(0xFFFF, 1, 3, STATE, 1)))
        assert [answer.transaction for answer in await client.frames(1)] == [0]
        bench.order(None)
        number = await client.ask()
        assert [answer.transaction for answer in await client.frames()] == [number]

    on_the_bench(talk)


def test_fault_duplicate_frame(on_the_bench):
    async def talk(bench: Bench) -> None:
        client = await bench.raw()
        bench.order("duplicate_frame")
        number = await client.ask()
        first, second = await client.frames()
        assert first == second
        assert first.transaction == number

    on_the_bench(talk)


def test_fault_slow(on_the_bench):
    """The answer comes, late and with its own number; the other devices answer meanwhile."""

    async def talk(bench: Bench) -> None:
        client, other = await bench.raw(), await bench.raw("pv")
        bench.order("slow", delay_s=3 * PATIENCE_S)
        number = await client.ask()
        assert await client.frames() == []
        assert await other.answers()
        assert [answer.transaction for answer in await client.frames(1)] == [number]

    on_the_bench(talk)


def test_fault_refuse_write(on_the_bench):
    async def talk(bench: Bench) -> None:
        client = await bench.raw()
        bench.order("refuse_write")
        await client.ask(SET, words=(2, 0x49F0))
        assert [answer.refusal for answer in await client.frames(1)] == [4]
        await client.ask(SET, 2)
        assert [answer.words for answer in await client.frames(1)] == [(0, 0)]

    on_the_bench(talk)


async def _shown(bench: Bench, kind: str, **more: object) -> list[dict[str, float | None]]:
    """What a raw client reads of the battery on three ticks under a fault, the battery told to give 150 kW before."""
    client, template = await bench.raw(), bench.twin.plant.templates["battery"]
    await client.ask(SET, words=(2, 0x49F0))
    await client.frames(1)
    bench.tick()
    bench.order(kind, **more)
    seen = []
    for _ in range(3):
        bench.tick()
        words: dict[int, int] = {}
        for block in blocks(template):
            await client.ask(block.address, block.count)
        for block, answer in zip(blocks(template), await client.frames(2), strict=True):
            words |= block.by_address(answer.words)
        seen.append(decode(template, words))
    return seen


def test_fault_frozen(on_the_bench):
    """Heartbeat and clock stand still with the rest: that is how it can be told from a steady device."""

    async def talk(bench: Bench) -> None:
        first, second, third = await _shown(bench, "frozen")
        assert first == second == third
        assert (first["power_kw"], first["clock_s"]) == (150.0, START_MS // 1000 + 1)

    on_the_bench(talk)


def test_fault_noisy(on_the_bench):
    async def talk(bench: Bench) -> None:
        seen = await _shown(bench, "noisy")
        assert len({one["power_kw"] for one in seen} - {150.0}) == 3
        assert {one["state"] for one in seen} == {2.0}

    on_the_bench(talk)


def test_fault_out_of_range(on_the_bench):
    async def talk(bench: Bench) -> None:
        seen = await _shown(bench, "out_of_range", quantity="soc", value=3.0)
        assert [one["soc"] for one in seen] == [3.0] * 3
        assert [one["power_kw"] for one in seen] == [150.0] * 3

    on_the_bench(talk)


def test_fault_clock_jump(on_the_bench):
    async def talk(bench: Bench) -> None:
        seen = await _shown(bench, "clock_jump", jump_s=-86_400)
        assert [one["clock_s"] for one in seen] == [START_MS // 1000 - 86_400 + step for step in (3, 4, 5)]
        assert len({one["heartbeat"] for one in seen}) == 3

    on_the_bench(talk)


def test_fault_tripped(on_the_bench):
    async def talk(bench: Bench) -> None:
        seen = await _shown(bench, "tripped")
        assert [(one["state"], one["power_kw"], one["set_power_kw"]) for one in seen] == [(3.0, 0.0, 150.0)] * 3

    on_the_bench(talk)


def test_a_broken_file_of_faults_is_told_once_and_the_plant_goes_on(on_the_bench, capfd):
    async def talk(bench: Bench) -> None:
        (bench.run / "faults.json").write_text('{"device": 1}')
        bench.tick(3)
        client = await bench.raw()
        assert await client.answers()

    on_the_bench(talk)
    assert capfd.readouterr().err.count("twin.not-a-list") == 1


def test_the_length_of_a_frame_is_that_of_its_head(on_the_bench):
    """Rules out a head that pymodbus forgives: 7 bytes, then as many as it says."""

    async def talk(bench: Bench) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", bench.port())
        writer.write(frame_of_request(Request(5, 1, 3, STATE, 8)))
        number, protocol, length, unit = struct.unpack(">HHHB", await reader.readexactly(7))
        body = await reader.readexactly(length - 1)
        assert (number, protocol, unit, len(body)) == (5, 0, 1, 2 + 16)
        writer.close()
        await writer.wait_closed()

    on_the_bench(talk)
