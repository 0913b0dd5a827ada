"""Orders, inputs and wiring as data: what they mean, and that they come back as they went."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from lingtan.control import Image, Mode, Priority, Proposal, Quality, Reading, boot, site_of
from lingtan.devices import shipped_templates
from lingtan.findings import InputError
from lingtan.operate.inputs import Inputs, inputs_from_json
from lingtan.operate.ordering import FOR_EVER_MS, Desk, desk_from_json, hear
from lingtan.operate.store import Order
from lingtan.operate.wiring import Wire, devices_of, read_wiring, wiring_of, write_wiring
from tests.rooms.operate.operate_samples import START_MS, live_case

SITE = site_of(live_case().park)


def order(
    number: int, kind: str, asset: str | None = "battery", expires_ms: int | None = None, **body: object
) -> Order:
    return Order(START_MS, "operator", kind, asset, body, expires_ms, number)  # type: ignore[arg-type]


def heard(*orders: Order) -> tuple[Desk, object]:
    outcome = hear(SITE, Desk(), boot(SITE, START_MS, Mode.AUTO), orders, START_MS)
    return outcome.desk, outcome.memory


def test_the_last_proposal_stands_until_it_is_released() -> None:
    desk, _ = heard(order(1, "proposal", wish_kw=10.0), order(2, "proposal", wish_kw=20.0))
    [standing] = desk.proposals(SITE, START_MS)
    assert standing == Proposal("battery", -200.0, 200.0, 20.0, Priority.OPERATOR, FOR_EVER_MS, "operator", "operator")
    desk, _ = heard(order(1, "proposal", wish_kw=10.0), order(2, "release"))
    assert desk.proposals(SITE, START_MS) == ()


def test_a_proposal_that_has_expired_is_silent() -> None:
    desk, _ = heard(order(1, "proposal", expires_ms=START_MS + 1000, wish_kw=10.0))
    assert len(desk.proposals(SITE, START_MS + 999)) == 1
    assert desk.proposals(SITE, START_MS + 1000) == ()


def test_a_stop_takes_the_proposal_with_it() -> None:
    """Rules out a battery that goes back to an old order once the stop is released."""
    desk, memory = heard(order(1, "proposal", wish_kw=10.0), order(2, "stop"))
    assert (desk.proposals(SITE, START_MS), dict(memory.stops)) == ((), {"battery": "operator"})  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "asset", "body", "why"),
    [
        ("boost", "battery", {}, "unknown-kind"),
        ("mode", None, {"mode": "fast"}, "unknown-mode"),
        ("mode", None, {}, "unknown-mode"),
        ("stop", "works", {}, "unknown-asset"),
        ("stop", None, {}, "unknown-asset"),
        ("proposal", "battery", {"low_kw": True}, "no-numbers"),
        ("proposal", "battery", {"wish_kw": math.inf}, "no-numbers"),
        ("proposal", "battery", {"low_kw": 1.0, "high_kw": -1.0}, "no-numbers"),
    ],
)
def test_an_order_that_makes_no_sense_is_refused(
    kind: str, asset: str | None, body: dict[str, object], why: str
) -> None:
    outcome = hear(SITE, Desk(), boot(SITE, START_MS), [order(7, kind, asset, **body)], START_MS)
    [event] = outcome.events
    assert (event.code, event.detail["why"], outcome.desk) == ("operate.order-refused", why, Desk(7))


def test_what_a_tick_was_given_comes_back_from_json() -> None:
    desk, _ = heard(order(1, "proposal", wish_kw=10.0))
    assert desk_from_json(json.loads(json.dumps(desk.as_json()))) == desk
    image = Image(
        START_MS,
        {"battery.soc": Reading(0.5, "1", Quality.STALE, 6.5), "pv.power_kw": Reading(None, "kW", Quality.BAD, 0.0)},
    )
    proposal = Proposal("battery", -math.inf, 5.0, None, Priority.GUARD, START_MS, "guard", "soc")
    inputs = Inputs(image, [proposal], [order(2, "stop")], None, fresh=True)
    assert inputs_from_json(json.loads(json.dumps(inputs.as_json())), None) == inputs


def test_a_wiring_that_makes_no_sense_is_a_finding(tmp_path: Path) -> None:
    path = tmp_path / "wiring.json"
    for text in ("[]", "{", '{"battery": {"template": "x"}}'):
        path.write_text(text)
        with pytest.raises(InputError) as refused:
            read_wiring(path)
        assert [found.code for found in refused.value.findings] == ["operate.bad-wiring"]
    with pytest.raises(InputError) as refused:
        list(devices_of({"battery": Wire("laser", "127.0.0.1", 502, 1)}, shipped_templates()))
    assert str(refused.value) == (
        "operate.bad-wiring: battery: this is not a wiring of devices; expected "
        f"{', '.join(shipped_templates())}, got laser. Start the run anew; its twin or the park file writes the wiring."
    )


def test_a_wiring_comes_back_as_it_was_written(tmp_path: Path) -> None:
    wiring = {"battery": Wire("sunspec_battery", "192.0.2.7", 502, 1)}
    write_wiring(tmp_path / "wiring.json", wiring)
    assert read_wiring(tmp_path / "wiring.json") == wiring


def test_a_park_without_twin_says_where_all_its_devices_are() -> None:
    park = live_case().park
    with pytest.raises(InputError) as refused:
        wiring_of(park)
    assert [found.code for found in refused.value.findings] == ["operate.no-devices"]
    wired = type(park).model_validate(
        {**park.dump(), "devices": {"battery": {"template": "sunspec_battery", "host": "192.0.2.7"}}}
    )
    with pytest.raises(InputError) as refused:
        wiring_of(wired)
    assert [found.who for found in refused.value.findings] == [
        "devices.grid",
        "devices.works",
        "devices.pv",
        "devices.line",
    ]
