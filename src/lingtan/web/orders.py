"""Orders of operators: their form, what is checked, and the row that control reads. The web decides nothing."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, FiniteFloat

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.operate.store import Order
from lingtan.web.park_view import set_point_bounds
from lingtan.web.run import OpenRun

AUTHOR = "operator"
"""Who ordered: there is one secret and so one operator, until people have names of their own."""


class OrderForm(Fact):
    """An order of an operator. It is stored; control obeys within its envelope, and its log says what came of it."""

    kind: Literal["mode", "stop", "release", "proposal"]
    """`mode` of the whole park; `stop` an asset (0 kW until released); `release` what an operator asked of an asset;
    `proposal` of a power, or of bounds of it, that ends by itself."""
    asset: Annotated[str, Field(max_length=40)] | None = None
    """The asset, for all kinds but `mode`."""
    mode: Literal["off", "shadow", "auto"] | None = None
    """For `mode`: nothing is written · decided and shown, not written · decided and written."""
    low_kw: FiniteFloat | None = None
    """For `proposal`: least power; positive gives energy to the park [kW]."""
    high_kw: FiniteFloat | None = None
    """For `proposal`: most power [kW]."""
    wish_kw: FiniteFloat | None = None
    """For `proposal`: the power itself; without bounds it is both of them [kW]."""
    minutes: Annotated[FiniteFloat, Field(gt=0, le=1440)] | None = None
    """For `proposal`: how long it holds, a day at most [min]."""


def order_of(form: OrderForm, run: OpenRun, now_ms: int) -> Order:
    """The order as control reads it. Raises `InputError` with all findings of the form."""
    findings = [*_missing(form), *_asset_findings(form, run)]
    if findings:
        raise InputError(findings)
    if form.kind == "mode":
        return Order(now_ms, AUTHOR, "mode", None, {"mode": form.mode}, None)
    if form.kind != "proposal" or form.minutes is None:
        return Order(now_ms, AUTHOR, form.kind, form.asset, {}, None)
    low, high = (form.wish_kw if bound is None else bound for bound in (form.low_kw, form.high_kw))
    body = {"low_kw": low, "high_kw": high, "wish_kw": form.wish_kw}
    return Order(now_ms, AUTHOR, "proposal", form.asset, body, now_ms + round(form.minutes * 60_000))


_NEEDS: dict[str, tuple[str, ...]] = {
    "mode": ("mode",),
    "stop": ("asset",),
    "release": ("asset",),
    "proposal": ("asset", "minutes"),
}


def _missing(form: OrderForm) -> list[Finding]:
    return [Finding("sheet.missing-key", key) for key in _NEEDS[form.kind] if getattr(form, key) is None]


def _asset_findings(form: OrderForm, run: OpenRun) -> list[Finding]:
    if form.kind == "mode" or form.asset is None:
        return []
    bounds = set_point_bounds(run, form.asset)
    if bounds is None:
        settable = [name for name in run.park.assets if set_point_bounds(run, name) is not None]
        return [Finding("web.no-such-asset", "asset", ", ".join(settable), form.asset)]
    return _power_findings(form, *bounds) if form.kind == "proposal" else []


def _power_findings(form: OrderForm, least: float, most: float) -> list[Finding]:
    given = {key: getattr(form, key) for key in ("low_kw", "wish_kw", "high_kw")}
    said: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if not said:
        return [Finding("sheet.missing-key", "wish_kw")]
    allowed = f"{say_number(least)}…{say_number(most)} kW"
    beyond = [
        Finding("web.beyond-rating", key, allowed, f"{say_number(value)} kW")
        for key, value in said.items()
        if not least <= value <= most
    ]
    if list(said.values()) != sorted(said.values()):
        shown = ", ".join(say_number(value) for value in said.values())
        beyond.append(Finding("web.crossed-bounds", ", ".join(said), got=shown))
    return beyond
