"""Orders of faults in a file: those that make sense are played, the others are findings with their line."""

from __future__ import annotations

import json
from pathlib import Path

from lingtan.devices import shipped_templates
from lingtan.twin import ON_THE_LINE, FaultKind, active_faults, read_faults
from lingtan.wording.twin import TWIN_WORDS
from tests.rooms.twin.twin_parks import fault

TEMPLATES = {"battery": shipped_templates()["sunspec_battery"], "grid": shipped_templates()["sunspec_meter"]}


def said(path: Path, orders: object) -> tuple[int, list[str]]:
    path.write_text(json.dumps(orders, indent=1), "utf-8")
    found, findings = read_faults(path, TEMPLATES)
    return len(found), [one.text("en").removeprefix(f"{path.parent}/") for one in findings]


def order(**parts: object) -> dict[str, object]:
    return {"device": "battery", "kind": "slow", "from_ms": 1, "until_ms": 2, **parts}


def test_there_are_ten_kinds_with_names_in_both_languages() -> None:
    kinds = FaultKind.__args__
    assert len(kinds) == 10
    assert set(kinds) > ON_THE_LINE
    assert set(TWIN_WORDS) == {f"fault.{kind}" for kind in kinds}


def test_no_file_is_no_fault(tmp_path) -> None:
    assert read_faults(tmp_path / "faults.json", TEMPLATES) == ((), [])


def test_what_makes_no_sense_is_said_and_the_rest_is_played(tmp_path) -> None:
    assert said(
        tmp_path / "faults.json",
        [
            order(device="batery"),
            order(),
            order(kind="broken"),
            order(kind="tripped", device="grid"),
            order(kind="noisy", device="grid", quantity="soc"),
            order(kind="refuse_write", device="grid"),
        ],
    ) == (
        1,
        [
            "faults.json:2: twin.unknown-device: [1].device: the park has no such device; expected battery, grid, "
            "got batery. Choose one of those named.",
            "faults.json:16: sheet.not-one-of: [3].kind: this value is not one of the known ones; expected socket_drop, "
            "id_shift, frozen, noisy, out_of_range, slow, refuse_write, duplicate_frame, clock_jump, tripped, got broken. "
            "Choose one of the values named.",
            "faults.json:20: twin.not-trippable: [4].kind: a connection cannot be tripped, for the twin knows no island; "
            "got grid. Trip an asset.",
            "faults.json:26: twin.no-quantity: [5].quantity: the device does not show this quantity; expected power_kw, "
            "demand_kw, import_kwh, export_kwh, heartbeat, clock_s, got soc. Choose one of those named.",
            "faults.json:33: twin.not-writable: [6].kind: the device takes no writes that it could refuse; got grid. "
            "Choose a device that has a set-point.",
        ],
    )


def test_a_file_that_is_no_list_plays_nothing(tmp_path) -> None:
    assert said(tmp_path / "faults.json", {"device": "battery"}) == (
        0,
        [
            "faults.json:1: twin.not-a-list: faults.json: the file of faults is no list. Write a list of orders, or `[]`."
        ],
    )


def test_an_order_is_played_from_its_start_until_just_before_its_end() -> None:
    one = fault("battery", "frozen")
    at = [one.from_ms - 1, one.from_ms, one.until_ms - 1, one.until_ms]
    assert [len(active_faults([one], "battery", now_ms)) for now_ms in at] == [0, 1, 1, 0]
    assert active_faults([one], "pv", one.from_ms) == {}
