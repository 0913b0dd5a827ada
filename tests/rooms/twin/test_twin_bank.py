"""The registers of one device by themselves: what holds, what falls back, what is refused. Words are written out by hand."""

from __future__ import annotations

import pytest

from lingtan.devices import decode, encode, shipped_templates
from lingtan.devices.frame import Refusal
from lingtan.twin import MemoryBank, Refused
from tests.rooms.twin.twin_parks import Hand

BATTERY = shipped_templates()["sunspec_battery"]
SET, REMAINING = 40090, 40097


@pytest.fixture
def clock() -> Hand:
    return Hand()


@pytest.fixture
def bank(clock: Hand) -> MemoryBank:
    return MemoryBank(BATTERY, clock)


def tell(bank: MemoryBank, **values: float) -> None:
    for write in encode(bank.template, values, {40071: 0}):
        bank.write(write.address, write.words)


def lease(bank: MemoryBank, set_power_kw: float, revert_time_s: float, revert_kw: float = 0.0) -> None:
    tell(bank, set_power_kw=set_power_kw, revert_kw=revert_kw, revert_time_s=revert_time_s)


def test_at_power_up_a_device_rests_and_has_measured_nothing(bank):
    values = bank.values()
    assert [values[name] for name in ("set_power_kw", "revert_kw", "revert_time_s", "revert_remaining_s")] == [0.0] * 4
    assert [values[name] for name in ("power_kw", "soc", "state")] == [None] * 3


def test_a_lease_that_nobody_renews_falls_back_by_itself(bank, clock):
    """Rules out a revert that happens only when somebody asks, and one that goes to zero instead of the revert value."""
    lease(bank, 150.0, 30.0, revert_kw=-20.0)
    clock.move(29.999)
    assert bank.order_kw() == 150.0
    clock.move(0.001)
    assert bank.order_kw() == -20.0
    assert bank.values()["set_power_kw"] == -20.0
    assert bank.reverts == 1
    clock.move(1000)
    assert (bank.order_kw(), bank.reverts) == (-20.0, 1)


def test_the_time_left_counts_down_and_a_renewal_starts_it_anew(bank, clock):
    """20 s of 30 left is 20; a new set-point alone is a renewal, as a lease that is rewritten every tick is."""
    lease(bank, 150.0, 30.0)
    clock.move(10)
    assert bank.read(REMAINING, 2) == (0, 20)
    clock.move(0.5)
    assert bank.read(REMAINING, 2) == (0, 20)
    tell(bank, set_power_kw=160.0)
    assert bank.read(REMAINING, 2) == (0, 30)
    clock.move(29)
    assert bank.order_kw() == 160.0


def test_a_set_point_without_revert_time_holds_for_ever(bank, clock):
    tell(bank, set_power_kw=150.0)
    clock.move(10**7)
    assert bank.order_kw() == 150.0
    lease(bank, 150.0, 5.0)
    tell(bank, revert_time_s=0.0)
    clock.move(6)
    assert bank.order_kw() == 150.0


def test_a_heartbeat_that_stops_ends_what_it_carried(bank, clock):
    """The limit of the template is 60 s; a write of the same count is no beat."""
    lease(bank, 150.0, 3600.0)
    tell(bank, controller_heartbeat=1.0)
    clock.move(59)
    tell(bank, controller_heartbeat=1.0)
    assert bank.order_kw() == 150.0
    clock.move(1)
    assert bank.order_kw() == 0.0


def test_a_controller_that_never_beats_is_not_missed(bank, clock):
    lease(bank, 150.0, 3600.0)
    clock.move(3000)
    assert bank.order_kw() == 150.0


def test_a_write_is_done_whole_or_not_at_all(bank):
    """Rules out a set-point taken from a request whose second half was refused."""
    for address, words, refusal in (
        (SET, [0, 1, 0, 1, 0, 1, 1, 0, 9], Refusal.ILLEGAL_ADDRESS),  # reaches into what only the device writes
        (40072, [0, 1], Refusal.ILLEGAL_ADDRESS),
        (0, [1], Refusal.ILLEGAL_ADDRESS),
        (SET, [0x8000, 0], Refusal.ILLEGAL_VALUE),  # SunSpec for 'not implemented'
    ):
        with pytest.raises(Refused) as caught:
            bank.write(address, words)
        assert caught.value.refusal is refusal
    assert bank.order_kw() == 0.0


def test_what_is_not_there_cannot_be_read(bank):
    for address, count in ((40069, 2), (40078, 1), (40070, 9), (SET, 10)):
        with pytest.raises(Refused, match=r"exception 2 \(illegal address\)"):
            bank.read(address, count)


def test_a_bank_that_refuses_writes_keeps_what_it_had(bank):
    lease(bank, 150.0, 30.0)
    bank.refuses_writes = True
    with pytest.raises(Refused, match=r"exception 4 \(device failure\)"):
        lease(bank, 10.0, 30.0)
    assert bank.order_kw() == 150.0


def test_what_is_measured_is_shown_and_the_heartbeat_moves(bank):
    for beat in (1.0, 2.0):
        bank.measure({"power_kw": -80.0, "soc": 0.5, "state": 2.0, "clock_s": 1_772_505_000.0, "soh": 1.0})
        values = bank.values()
        assert (values["power_kw"], values["soc"], values["state"], values["heartbeat"]) == (-80.0, 0.5, 2.0, beat)
        assert values["clock_s"] == 1_772_505_000.0


def test_a_device_shows_at_most_what_its_register_holds(bank):
    """Rules out a wrap, a crash, and the word for 'not implemented': 10 GW in a register of 2^31 W; 6.5534 at most."""
    bank.measure({"power_kw": 1e7, "soc": 9.0})
    assert bank.values()["power_kw"] == pytest.approx(2_147_483.647)
    assert bank.values()["soc"] == pytest.approx(6.5534)
    bank.measure({"power_kw": -1e7, "soc": -1.0})
    assert bank.values()["power_kw"] == pytest.approx(-2_147_483.647)
    assert bank.values()["soc"] == 0.0


def test_a_limit_rests_at_what_is_installed(clock):
    bank = MemoryBank(shipped_templates()["sunspec_pv"], clock, rest_kw=400.0)
    assert bank.order_kw() == 400.0
    tell(bank, set_limit_kw=100.0, revert_time_s=5.0)
    clock.move(5)
    assert bank.order_kw() == 400.0


def test_a_meter_can_be_told_nothing(clock):
    bank = MemoryBank(shipped_templates()["load_meter"], clock)
    assert bank.order_kw() is None
    with pytest.raises(Refused, match=r"^exception 2 \(illegal address\)$"):
        bank.write(0, [0, 0])
    assert decode(bank.template, dict(enumerate(bank.read(0, 5))))["power_kw"] == 0.0
