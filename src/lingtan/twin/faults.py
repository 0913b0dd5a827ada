"""Faults on command: what a device can be made to do wrong, when, and for how long.

`RUN/faults.json` is a list of orders; whoever gives one replaces the file in one step. An order that makes no sense is a
finding and is left out; the others are played.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, FiniteFloat

from lingtan.devices import Template
from lingtan.fact import Fact, Id
from lingtan.findings import Finding
from lingtan.sheet import MAX_BYTES, Sheet, compose, judge

FaultKind = Literal[
    "socket_drop",
    "id_shift",
    "frozen",
    "noisy",
    "out_of_range",
    "slow",
    "refuse_write",
    "duplicate_frame",
    "clock_jump",
    "tripped",
]
ON_THE_LINE: frozenset[FaultKind] = frozenset({"socket_drop", "id_shift", "slow", "duplicate_frame"})
"""Faults of what carries the words; the others are faults of the device."""


class FaultOrder(Fact):
    """One fault of one device from one instant to another; what is not said has a default that hurts."""

    device: Id
    """The asset or connection whose device it is."""
    kind: FaultKind
    """What goes wrong."""
    from_ms: Annotated[int, Field(ge=0)]
    """Start, UTC milliseconds."""
    until_ms: Annotated[int, Field(ge=0)]
    """End (not included), UTC milliseconds."""
    quantity: Id = "power_kw"
    """`noisy`, `out_of_range`: the quantity."""
    value: FiniteFloat | None = None
    """`out_of_range`: what is shown; ten times the rating unless said."""
    share: Annotated[float, Field(gt=0, le=10)] = 0.5
    """`noisy`: standard deviation as a share of the rating."""
    delay_s: Annotated[float, Field(gt=0, le=60)] = 3.0
    """`slow`: how late answers come [s]."""
    shift: Annotated[int, Field(ge=1, le=65535)] = 1
    """`id_shift`: how far the transaction id of an answer is off."""
    jump_s: Annotated[int, Field(ge=-(10**8), le=10**8)] = 3600
    """`clock_jump`: how far the clock of the device is off [s]."""

    def active(self, now_ms: int) -> bool:
        """Whether it is played at an instant."""
        return self.from_ms <= now_ms < self.until_ms


def active_faults(orders: Iterable[FaultOrder], device: str, now_ms: int) -> dict[FaultKind, FaultOrder]:
    """What is wrong with a device now; the later of two orders of one kind counts."""
    return {order.kind: order for order in orders if order.device == device and order.active(now_ms)}


def read_faults(path: Path, devices: Mapping[str, Template]) -> tuple[tuple[FaultOrder, ...], list[Finding]]:
    """The orders of a file that make sense for these devices, and what is wrong with the others; no file, no faults."""
    try:
        raw = path.read_bytes()[: MAX_BYTES + 1]
    except FileNotFoundError:
        return (), []
    except OSError as error:
        return (), [Finding("twin.unreadable", path.name, got=error.strerror or "", file=str(path))]
    sheet, findings = compose(raw, str(path))
    if sheet.data is None:
        return (), findings
    if not isinstance(sheet.data, list):
        return (), [Finding("twin.not-a-list", path.name, file=str(path), line=1)]
    orders: list[FaultOrder] = []
    for number, item in enumerate(sheet.data):
        order, found = judge(FaultOrder, item, sheet, (number,))
        if order is not None:
            found = _misfits(order, devices, sheet, number)
        findings += found
        if order is not None and not found:
            orders.append(order)
    return tuple(orders), findings


def _misfits(order: FaultOrder, devices: Mapping[str, Template], sheet: Sheet, number: int) -> list[Finding]:
    """Why an order cannot be played on the device that it names."""
    who, line = f"[{number + 1}]", sheet.line((number,))
    template = devices.get(order.device)
    if template is None:
        return [Finding("twin.unknown-device", f"{who}.device", ", ".join(devices), order.device, sheet.file, line)]
    if order.kind == "tripped" and template.family == "connection":
        return [Finding("twin.not-trippable", f"{who}.kind", got=order.device, file=sheet.file, line=line)]
    if order.kind in {"noisy", "out_of_range"} and order.quantity not in template.points:
        shown = ", ".join(template.points)
        return [Finding("twin.no-quantity", f"{who}.quantity", shown, order.quantity, sheet.file, line)]
    if order.kind == "refuse_write" and not template.writable:
        return [Finding("twin.not-writable", f"{who}.kind", got=order.device, file=sheet.file, line=line)]
    return []
