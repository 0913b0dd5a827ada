"""Templates that a park brings along, in the folder `devices` beside its file: read, checked, practised on, kept with the run."""

from __future__ import annotations

from pathlib import Path

from lingtan.case import gather
from lingtan.devices import shipped_templates
from lingtan.operate.installed import (
    Installed,
    installed_from_json,
    read_templates_of,
    templates_as_json,
    templates_from_json,
    write_templates,
)
from tests.cases.base_park import lay_out_base

OWN = """\
id: my_battery
family: battery
title: {en: My battery, zh: 我的储能}
source: Register map V1.3 of its maker
order: CDAB
points:
  state: {address: 0, kind: uint16, codes: {off: [0], standby: [1], running: [2, 3], tripped: [9]}}
  power_kw: {address: 1, kind: int32, scale: -0.1}
  soc: {address: 3, kind: uint16, scale: 0.001, low: 0, high: 1}
set_points:
  set_power_kw: {address: 10, kind: int32, scale: -0.1}
lease:
  revert: {address: 12, kind: int32, scale: -0.1}
  time: {address: 14, kind: uint16}
  remaining: {address: 15, kind: uint16}
heartbeat: {register: {address: 16, kind: uint16}, limit_s: 30}
"""


def lay_out(folder: Path, template: str = OWN, kind: str = "my_battery") -> Path:
    """The sound park with a battery of another make, and the template of that make beside it."""
    lay_out_base(folder, prolonged=True)
    park = folder / "park.yaml"
    device = f"devices:\n  battery: {{template: {kind}, host: 192.0.2.7}}\nseries:\n"
    park.write_text(park.read_text("utf-8").replace("series:\n", device, 1), "utf-8")
    (folder / "devices").mkdir()
    (folder / "devices" / "my_battery.yaml").write_text(template, "utf-8")
    return park


def test_a_template_beside_the_park_file_is_the_kind_of_its_device(tmp_path: Path) -> None:
    """Rules out a make that only a change of lingtan's own code could bring."""
    case, findings = gather(lay_out(tmp_path))
    assert case is not None
    assert [found.code for found in findings if "devices" in found.code] == []
    assert list(case.templates) == [case.park.devices["battery"].template] == ["my_battery"]


def test_mistakes_of_a_template_stand_at_its_file_and_line(tmp_path: Path) -> None:
    _, findings = gather(lay_out(tmp_path, OWN.replace("address: 10", "address: 1")))
    file = tmp_path / "devices" / "my_battery.yaml"
    assert [found.text() for found in findings if found.file == str(file)] == [
        f"{file}:1: devices.overlap: set_power_kw: word 1 already belongs to 'power_kw'. Correct the address or the kind."
    ]
    assert "case.no-such-template" in {found.code for found in findings}


def test_a_shipped_template_is_not_replaced_without_a_word(tmp_path: Path) -> None:
    """Rules out a battery of all other parks of this machine that is read by registers of one."""
    template = OWN.replace("id: my_battery", "id: sunspec_battery")
    case, findings = gather(lay_out(tmp_path, template, "sunspec_battery"))
    assert [found.text() for found in findings if found.code.startswith("devices.")] == [
        f"{tmp_path / 'devices'}: devices.id-shipped: sunspec_battery: a template that comes with lingtan has this id. "
        "Give yours another id."
    ]
    assert case is not None


def test_templates_survive_the_run_folder_and_the_record_of_a_start(tmp_path: Path) -> None:
    """Rules out a replay that no longer knows what a register meant: an alias, a code or an order that is lost on the way."""
    case, _ = gather(lay_out(tmp_path))
    assert case is not None
    shipped = dict(shipped_templates())
    assert templates_from_json(templates_as_json(shipped)) == shipped
    write_templates(tmp_path / "templates.json", case.templates)
    assert read_templates_of(tmp_path / "templates.json") == {**shipped, **case.templates}
    assert read_templates_of(tmp_path / "absent.json") == shipped
    made = Installed(case.park, {"battery": "my_battery"}, case.templates)
    assert installed_from_json(made.as_json()) == made
