"""What must hold for a device whatever its controller does: it never holds an order longer than it was leased."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lingtan.devices import encode, shipped_templates
from lingtan.twin import MemoryBank, Refused

BATTERY = shipped_templates()["sunspec_battery"]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("wait"), st.integers(0, 100_000)),
        st.tuples(st.just("lease"), st.integers(1, 60), st.integers(-500, 500), st.integers(-5, 5)),
        st.tuples(st.just("read")),
        st.tuples(st.just("rubbish"), st.integers(0, 65535), st.lists(st.integers(0, 65535), max_size=4)),
        st.tuples(st.just("refuse"), st.booleans()),
    ),
    max_size=30,
)


class Hand:
    """A clock moved by hand."""

    now_ms = 0

    def __call__(self) -> int:
        return self.now_ms


def accepted(bank: MemoryBank, address: int, words: list[int]) -> bool:
    """Whether a device takes a write."""
    try:
        bank.write(address, words)
    except Refused:
        return False
    return True


@given(STEPS)
def test_no_order_outlives_its_lease(steps):
    """Rules out a renewal by reading, by a refused write, or by rubbish written elsewhere."""
    clock = Hand()
    bank = MemoryBank(BATTERY, clock)
    order, revert, until = 0.0, 0.0, 0
    for step in steps:
        match step:
            case ("wait", wait_ms):
                clock.now_ms += wait_ms
            case ("lease", hold_s, kw, back_kw):
                told = {"set_power_kw": float(kw), "revert_kw": float(back_kw), "revert_time_s": float(hold_s)}
                [write] = encode(BATTERY, told, {40071: 0})
                if accepted(bank, write.address, list(write.words)):
                    order, revert, until = float(kw), float(back_kw), clock.now_ms + 1000 * hold_s
                else:
                    assert bank.refuses_writes
            case ("read",):
                bank.read(40090, 9)
            case ("rubbish", address, words):
                assert 40080 <= address <= 40098 or not accepted(bank, address, words)
            case ("refuse", refuses):
                bank.refuses_writes = refuses
        assert bank.order_kw() == (order if clock.now_ms < until else revert)
