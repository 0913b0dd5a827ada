"""Templates: the shipped ones, and what is said of those that make no sense."""

from __future__ import annotations

from pathlib import Path

import pytest

from lingtan.devices import NATURES, UNITS, read_templates, shipped_templates
from lingtan.wording.devices import DEVICES_WORDS

SHIPPED = Path(__file__).parents[3] / "src" / "lingtan" / "devices" / "templates"
GOOD = """\
id: bat
family: battery
title: {en: A battery, zh: 储能}
source: a test
points:
  state: {address: 0, kind: uint16, codes: {off: [0], running: [3], tripped: [7]}}
  power_kw: {address: 1, kind: int32, scale: 0.001}
  soc: {address: 3, kind: uint16, scale: 0.01}
set_points:
  set_power_kw: {address: 10, kind: int32, scale: 0.001}
lease:
  revert: {address: 12, kind: int32, scale: 0.001}
  time: {address: 14, kind: uint32}
  remaining: {address: 16, kind: uint32}
"""


def findings_of(tmp_path: Path, text: str, name: str = "bat.yaml") -> list[str]:
    (tmp_path / name).write_text(text, "utf-8")
    _, findings = read_templates(tmp_path)
    return [found.text("en").removeprefix(f"{tmp_path}/") for found in findings]


def test_every_file_in_the_package_is_a_template_that_loads() -> None:
    """Rules out a template that ships and was never read."""
    assert sorted(shipped_templates()) == sorted(path.stem for path in SHIPPED.glob("*.yaml"))
    assert len(shipped_templates()) >= 6


def test_every_family_has_a_template_and_every_controllable_one_a_lease() -> None:
    """Rules out a shipped device that goes on for ever when its controller dies."""
    templates = shipped_templates().values()
    assert {one.family for one in templates} == set(NATURES)
    told = [one for one in templates if one.nature.set_point]
    assert len(told) >= 3
    assert [one.id for one in told if one.lease is None or one.heartbeat is None or not one.set_points] == []


def test_every_shipped_device_shows_that_it_lives() -> None:
    """Without a channel that must move, a frozen device could not be told from a steady one."""
    silent = [one.id for one in shipped_templates().values() if not any(r.moves for r in one.points.values())]
    assert silent == []


def test_every_quantity_has_a_unit_and_a_name_in_both_languages() -> None:
    named = {name for template in shipped_templates().values() for name in template.registers}
    assert named <= set(UNITS)
    assert set(UNITS) <= set(DEVICES_WORDS)


def test_a_good_template_has_nothing_to_say(tmp_path) -> None:
    assert findings_of(tmp_path, GOOD) == []


def test_a_template_of_ones_own_lies_over_the_shipped_ones(tmp_path) -> None:
    (tmp_path / "mine.yaml").write_text(GOOD.replace("id: bat", "id: sunspec_battery"), "utf-8")
    templates, findings = read_templates(tmp_path)
    assert findings == []
    assert templates["sunspec_battery"].title.en == "A battery"
    assert set(templates) == set(shipped_templates())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "  soc: {",
            "  socc: {",
            [
                "bat.yaml:8: devices.unknown-quantity: points.socc: a device of this family does not show this quantity; "
                "expected power_kw, soc, state, heartbeat, clock_s, got socc. Choose one of those named, or drop it.",
                "bat.yaml:5: sheet.missing-key: points.soc: this key is required and absent. Add it.",
            ],
        ),
        (
            "address: 3,",
            "address: 2,",
            [
                "bat.yaml:1: devices.overlap: soc: word 2 already belongs to 'power_kw'. Correct the address or the kind."
            ],
        ),
        (
            "set_power_kw:",
            "set_limit_kw:",
            [
                "bat.yaml:10: devices.not-settable: set_points.set_limit_kw: a device of this family cannot be told this; "
                "expected set_power_kw, got set_limit_kw. Name the set-point of the family, or drop it."
            ],
        ),
        (
            "set_points:\n  set_power_kw: {address: 10, kind: int32, scale: 0.001}\n",
            "",
            [
                "bat.yaml:9: devices.lease-of-nothing: lease: a revert timer needs a set-point that it ends. "
                "Add the set-point, or drop `lease`."
            ],
        ),
        (
            "scale: 0.01}",
            "scale: 0}",
            [
                "bat.yaml:8: devices.zero-scale: points.soc.scale: with a scale of zero every value is the same. "
                "Give the unit per raw step."
            ],
        ),
        (
            "tripped: [7]",
            "tripped: [3]",
            [
                "bat.yaml:6: devices.code-twice: points.state.codes: one raw number means two states; got 3. "
                "Keep it for one of them."
            ],
        ),
        (
            "uint16, codes: {off: [0], running: [3], tripped: [7]}}",
            "uint16}",
            [
                "bat.yaml:6: devices.codes-of-state: points.state: `codes` belong to `state`, and to nothing else. "
                "Give `state` its codes, and no other quantity any."
            ],
        ),
        (
            "kind: int32, scale: 0.001}\n  soc",
            "kind: int24, scale: 0.001}\n  soc",
            [
                "bat.yaml:7: sheet.not-one-of: points.power_kw.kind: this value is not one of the known ones; expected "
                "int16, uint16, int32, uint32, int64, uint64, float32, float64, got int24. Choose one of the values named."
            ],
        ),
        (
            "address: 16,",
            "address: 65535,",
            [
                "bat.yaml:14: sheet.out-of-range: lease.remaining.address: this value is out of range; "
                "expected ≤ 65534, got 65535. Correct the value."
            ],
        ),
    ],
)
def test_what_is_wrong_with_a_template_is_said_at_its_line(tmp_path, old, new, said) -> None:
    assert GOOD.count(old) == 1
    assert findings_of(tmp_path, GOOD.replace(old, new)) == said


def test_a_set_point_without_revert_timer_is_a_warning_and_loads(tmp_path) -> None:
    (tmp_path / "bat.yaml").write_text(GOOD.partition("lease:")[0], "utf-8")
    templates, findings = read_templates(tmp_path)
    assert "bat" in templates
    assert [found.text("zh").removeprefix(f"{tmp_path}/") for found in findings] == [
        "bat.yaml:1: devices.no-lease: bat：设备没有回退定时器，控制器失效后设定值将一直保持。"
        "若设备具备相应寄存器，请补充 `lease`。"
    ]


def test_two_files_of_one_id_and_a_folder_that_is_not_there(tmp_path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, "utf-8")
    assert findings_of(tmp_path, GOOD, "b.yaml") == [
        "b.yaml: devices.id-twice: bat: another template of the folder has this id. Give each template an id of its own."
    ]
    _, findings = read_templates(tmp_path / "nowhere")
    assert [found.code for found in findings] == ["devices.no-file"]
