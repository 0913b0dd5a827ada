"""Words in, values out, and back: the registers of a template as few contiguous reads, and what they mean."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lingtan.devices.register import DeviceState, Register
from lingtan.devices.template import Template
from lingtan.devices.words import WordOrder, bounds, is_integer, number_of, unimplemented, words_of
from lingtan.findings import Finding, InputError, say_number

_LARGEST_EXPONENT = 10


@dataclass(frozen=True)
class Block:
    """Consecutive words that one request reads."""

    address: int
    count: int

    def by_address(self, words: Sequence[int]) -> dict[int, int]:
        """The words of an answer by their address; a short or long answer is refused (`ValueError`)."""
        return dict(zip(range(self.address, self.address + self.count), words, strict=True))


@dataclass(frozen=True)
class Write:
    """Consecutive words that one request writes."""

    address: int
    words: tuple[int, ...]


def blocks(template: Template) -> tuple[Block, ...]:
    """All registers of a template as few contiguous reads, in the order of their addresses."""
    spans = [(one.address, one.address + one.count) for one in template.registers.values()]
    spans += [(address, address + 1) for address in template.exponents]
    found: list[tuple[int, int]] = []
    for first, end in sorted(spans):
        if found and first - found[-1][1] <= template.gap and end - found[-1][0] <= template.most_words:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((first, end))
    return tuple(Block(first, end - first) for first, end in found)


def decode(template: Template, words: Mapping[int, int]) -> dict[str, float | None]:
    """The value of every quantity from words by address.

    None stands for what was not read, what the device does not implement, NaN and infinity, and a state whose code the
    template does not know. States are numbers of `DeviceState`.
    """
    return {name: _value(template, register, words) for name, register in template.registers.items()}


def encode(template: Template, values: Mapping[str, float], words: Mapping[int, int]) -> list[Write]:
    """The writes that tell a device some values, in the order of their addresses; neighbors go in one request.

    `words` are words read before: they hold the powers of ten of registers that have one. Values are rounded to what a register
    can hold. `InputError` where a quantity cannot be written, its power of ten was not read, or a value does not fit.
    """
    unknown = [name for name in values if name not in template.writable]
    findings = [
        Finding("devices.not-writable", f"{template.id}.{name}", ", ".join(template.writable)) for name in unknown
    ]
    if findings:
        raise InputError(findings)
    return _merged(raw_words(template, values, words))


def raw_words(template: Template, values: Mapping[str, float], words: Mapping[int, int]) -> dict[int, int]:
    """The words of values by address, also of quantities that only the device itself writes."""
    found: dict[int, int] = {}
    for name, value in values.items():
        register = template.registers[name]
        made = _words(template, name, value, words)
        found.update(zip(range(register.address, register.address + register.count), made, strict=True))
    return found


def _value(template: Template, register: Register, words: Mapping[int, int]) -> float | None:
    span = range(register.address, register.address + register.count)
    power = _power(register, words)
    if power is None or not all(address in words for address in span):
        return None
    raw = number_of([words[address] for address in span], register.kind, _order(template, register))
    if not math.isfinite(raw):
        return None
    if template.unimplemented == "sunspec" and raw == unimplemented(register.kind):
        return None
    if register.codes:
        return next((float(DeviceState.of(name)) for name, raws in register.codes.items() if raw in raws), None)
    value = raw * register.scale * power + register.offset
    return value if math.isfinite(value) else None


def saturated(template: Template, name: str, value: float, words: Mapping[int, int]) -> float:
    """A finite value cut to what the register of a quantity can hold, as a device that measures more than it can show."""
    register = template.registers[name]
    if register.codes or not is_integer(register.kind):
        return value
    power = _power(register, words)
    if power is None:
        return value
    step = register.scale * power
    low, high = bounds(register.kind)
    if template.unimplemented == "sunspec":
        low, high = (low, high - 1) if register.kind.startswith("u") else (low + 1, high)
    ends = sorted((low * step + register.offset, high * step + register.offset))
    return min(max(value, ends[0]), ends[1])


def _words(template: Template, name: str, value: float, words: Mapping[int, int]) -> tuple[int, ...]:
    who, register = f"{template.id}.{name}", template.registers[name]
    order = _order(template, register)
    if register.codes:
        raws = next((raws for state, raws in register.codes.items() if DeviceState.of(state) == value), None)
        if raws is None:
            raise InputError([Finding("devices.no-code", who, got=say_number(value))])
        return words_of(raws[0], register.kind, order)
    power = _power(register, words)
    if power is None:
        raise InputError([Finding("devices.no-exponent", who, str(register.exponent_at))])
    raw = (value - register.offset) / (register.scale * power)
    says_nothing = template.unimplemented == "sunspec" and is_integer(register.kind)
    try:
        if math.isfinite(raw) and not (says_nothing and round(raw) == unimplemented(register.kind)):
            return words_of(raw, register.kind, order)
    except OverflowError:
        pass
    raise InputError([Finding("devices.beyond-register", who, register.kind, say_number(value))])


def _order(template: Template, register: Register) -> WordOrder:
    return register.order or template.order


def _power(register: Register, words: Mapping[int, int]) -> float | None:
    """Ten to the power that the device names; None where it names none or one that cannot be meant."""
    if register.exponent_at is None:
        return 1.0
    if register.exponent_at not in words:
        return None
    exponent = number_of([words[register.exponent_at]], "int16")
    return 10.0**exponent if abs(exponent) <= _LARGEST_EXPONENT else None


def _merged(words: Mapping[int, int]) -> list[Write]:
    writes: list[Write] = []
    for address in sorted(words):
        if writes and writes[-1].address + len(writes[-1].words) == address:
            writes[-1] = Write(writes[-1].address, (*writes[-1].words, words[address]))
        else:
            writes.append(Write(address, (words[address],)))
    return writes
