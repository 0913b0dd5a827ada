"""The Modbus driver against a peer whose line really goes wrong (ours, no pymodbus): what it answers, and how it recovers."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from lingtan.devices import shipped_templates
from lingtan.operate.drivers import Fault, ModbusDriver, Words, Written
from lingtan.operate.drivers.modbus import Pace
from lingtan.twin import DeviceServer, FaultOrder, MemoryBank

BATTERY = shipped_templates()["sunspec_battery"]
SET_POINT, SOC = 40090, 40074
QUICK = Pace(timeout_s=0.15, first_pause_s=0.1, longest_pause_s=0.4)


class Peer:
    """A battery at half charge behind a real socket, in a thread of its own."""

    def __init__(self) -> None:
        self.faults: dict[str, FaultOrder] = {}
        self.bank = MemoryBank(BATTERY, lambda: time.monotonic_ns() // 1_000_000)
        self.bank.measure({"soc": 0.5, "power_kw": 20.0, "state": 2.0, "clock_s": 7.0})
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._server = DeviceServer(self.bank, lambda: self.faults)  # type: ignore[arg-type, return-value]
        self.port = self._do(self._server.listen())

    def play(self, kind: str, **more: Any) -> None:
        self.faults = {
            kind: FaultOrder.model_validate({"device": "b", "kind": kind, "from_ms": 0, "until_ms": 1, **more})
        }
        self._loop.call_soon_threadsafe(self._server.drop_where_ordered)

    def close(self) -> None:
        self._do(self._server.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(5)


@contextmanager
def peer_and_driver() -> Iterator[tuple[Peer, ModbusDriver]]:
    peer = Peer()
    driver = ModbusDriver("127.0.0.1", peer.port, 1, QUICK)
    try:
        yield peer, driver
    finally:
        driver.close()
        peer.close()


@pytest.fixture
def both() -> Iterator[tuple[Peer, ModbusDriver]]:
    with peer_and_driver() as made:
        yield made


def until_it_answers(driver: ModbusDriver) -> Words | Fault:
    deadline = time.monotonic() + 3
    answer: Words | Fault = Fault("waiting", "")
    while isinstance(answer, Fault) and time.monotonic() < deadline:
        answer = driver.read(SOC, 1)
        time.sleep(0.02)
    return answer


def test_words_come_and_go(both: tuple[Peer, ModbusDriver]) -> None:
    peer, driver = both
    assert driver.read(SOC, 1) == Words((5000,))
    assert driver.write(SET_POINT, [0, 50_000, 0, 0, 0, 9]) == Written()
    assert peer.bank.order_kw() == 50.0
    assert (driver.health().answered, driver.health().failed) == (2, 0)


def test_a_refusal_is_an_answer_and_keeps_the_socket(both: tuple[Peer, ModbusDriver]) -> None:
    _, driver = both
    assert driver.read(1, 1) == Fault("refused", "exception 2")
    assert driver.write(SOC, [1]) == Fault("refused", "exception 2")
    assert (driver.health().connected, driver.health().dropped) == (True, 0)


def test_a_shifted_id_drops_the_socket_and_tries_once_more(both: tuple[Peer, ModbusDriver]) -> None:
    """Rules out hours of answers that are one question late (what pymodbus alone does is wait, and skip, for ever)."""
    peer, driver = both
    assert driver.read(SOC, 1) == Words((5000,))
    peer.play("id_shift")
    begun = time.monotonic()
    fault = driver.read(SOC, 1)
    assert isinstance(fault, Fault)
    assert (fault.kind, driver.health().dropped, driver.health().connected) == ("id-mismatch", 2, False)
    assert time.monotonic() - begun < 2 * QUICK.timeout_s  # seen at once, not by a timeout
    peer.faults = {}
    assert driver.read(SOC, 1) == Words((5000,))


def test_a_frame_that_comes_twice_shifts_nothing(both: tuple[Peer, ModbusDriver]) -> None:
    """Each question gets its own answer: state of charge, then set-point, then state of charge again."""
    peer, driver = both
    peer.play("duplicate_frame")
    for _ in range(5):
        assert driver.read(SOC, 1) == Words((5000,))
        time.sleep(0.02)  # let the second frame arrive
        assert driver.read(SET_POINT, 2) == Words((0, 0))
        time.sleep(0.02)
    assert driver.health().failed == 0


def test_a_second_frame_that_comes_later_is_thrown_away() -> None:
    """The same, where the second frame comes on its own: it must not be read as the next answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer_twice, args=(listener, 3))
        thread.start()
        driver = ModbusDriver("127.0.0.1", listener.getsockname()[1], 1, QUICK)
        answers = []
        for _ in range(3):
            answers.append(driver.read(SOC, 1))
            time.sleep(0.05)
        driver.close()
        thread.join()
    assert answers == [Words((1,)), Words((2,)), Words((3,))]
    assert (driver.health().failed, driver.health().stray) == (0, 2 * 11)  # the third is never looked at


def answer_twice(listener: socket.socket, times: int) -> None:
    """Answer each question with its number, and a little later once more."""
    client, _ = listener.accept()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with client:
        for number in range(1, times + 1):
            question = client.recv(256)
            frame = question[:2] + bytes([0, 0, 0, 5, 1, 3, 2, 0, number])
            client.sendall(frame)
            time.sleep(0.02)
            client.sendall(frame)


def test_a_late_answer_is_not_taken_for_the_next_one(both: tuple[Peer, ModbusDriver]) -> None:
    peer, driver = both
    peer.play("slow", delay_s=0.4)
    fault = driver.read(SOC, 1)
    assert isinstance(fault, Fault)
    assert fault.kind == "timeout"
    peer.faults = {}
    assert driver.read(SET_POINT, 2) == Words((0, 0))  # not 5000, which is still under way
    time.sleep(0.4)
    assert driver.read(SOC, 1) == Words((5000,))


def test_a_dropped_socket_is_opened_again_with_a_pause_that_grows(both: tuple[Peer, ModbusDriver]) -> None:
    """Rules out a storm of connections at a device that just came up."""
    peer, driver = both
    assert driver.read(SOC, 1) == Words((5000,))
    peer.play("socket_drop")
    time.sleep(0.05)
    assert isinstance(driver.read(SOC, 1), Fault)
    peer.faults = {}
    assert until_it_answers(driver) == Words((5000,))


def test_nobody_there_is_asked_less_and_less_often() -> None:
    driver = ModbusDriver("127.0.0.1", 1, 1, QUICK)
    kinds = []
    for _ in range(30):
        fault = driver.read(SOC, 1)
        assert isinstance(fault, Fault)
        kinds.append(fault.kind)
        time.sleep(0.02)
    driver.close()
    assert kinds[0] == "no-connection"
    assert 2 <= kinds.count("no-connection") <= 4  # at 0, 0.1 and 0.3 s of 0.6 s
    assert set(kinds) == {"no-connection", "waiting"}
