"""Verbs on devices: which kinds there are, whether those of a run answer, and what the twin is to do wrong."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lingtan.cli.outcome import Exit, ends_well, language, show_json
from lingtan.cli.park_verbs import AsJson
from lingtan.findings import Finding, InputError
from lingtan.wording.operate import OPERATE_WORDS

if TYPE_CHECKING:
    from lingtan.operate.device import Poll

devices = typer.Typer(
    help="Devices: kinds, tests, faults · 设备：模板、测试、故障演练", no_args_is_help=True, rich_markup_mode=None
)

RunPath = Annotated[Path, typer.Argument(metavar="RUN", help="Run folder · 运行文件夹")]


@devices.command("list")
@ends_well
def list_devices(as_json: AsJson = False) -> None:
    """The kinds of device that are known · 列出设备模板"""
    from lingtan.devices import shipped_templates

    templates = shipped_templates()
    if as_json:
        rows = [
            {
                "id": each.id,
                "family": each.family,
                "title": each.title.model_dump(),
                "points": list(each.points),
                "set_points": list(each.set_points),
                "lease": each.lease is not None,
            }
            for each in templates.values()
        ]
        show_json(rows)
        return
    for each in templates.values():
        print("\t".join((each.id, each.family, each.title.words.in_language(language()), ", ".join(each.points))))


@devices.command("test")
@ends_well
def try_devices(
    run: Annotated[Path, typer.Argument(metavar="RUN|PARK", help="Run folder or park file · 运行文件夹或园区文件")],
    device: Annotated[str | None, typer.Argument(help="Only this one · 仅测试该设备")] = None,
    as_json: AsJson = False,
) -> Exit:
    """Read every device once, and write nothing · 逐台读取一次，不写入"""
    from lingtan.operate.wiring import devices_of

    wiring, templates = _wiring(run), _templates(run)
    if device is not None and device not in wiring:
        raise InputError([Finding("operate.unknown-device", device, ", ".join(wiring))])
    chosen = {name: wire for name, wire in wiring.items() if device in (None, name)}
    polls: dict[str, Poll] = {}
    for each in devices_of(chosen, templates):
        polls[each.asset] = each.poll()
        each.driver.close()
    if as_json:
        show_json({name: _poll_data(poll) for name, poll in polls.items()})
    else:
        for name, poll in polls.items():
            print(f"{name}\t{_poll_line(poll)}")
    return Exit.INPUT if any(poll.fault is not None for poll in polls.values()) else Exit.DONE


@devices.command("fault")
@ends_well
def fault(
    run: RunPath,
    device: Annotated[str | None, typer.Argument(help="Device of the twin · 孪生体的设备")] = None,
    kind: Annotated[str | None, typer.Argument(help="What goes wrong · 故障类别")] = None,
    seconds: Annotated[float, typer.Option(help="For how long · 持续秒数", min=1, max=86_400)] = 60.0,
    clear: Annotated[bool, typer.Option("--clear", help="End all faults · 清除全部故障")] = False,
) -> None:
    """Let the twin do something wrong for a while · 让孪生体演练故障"""
    folder = _run_of_twin(run)
    if clear:
        _write_faults(folder.faults, [])
        print(_word("fault.cleared"))
        return
    wiring = _wiring(run)
    if device is None or kind is None:
        wanted = f"DEVICE: {', '.join(wiring)}; KIND: {', '.join(_fault_kinds())}"
        raise InputError([Finding("operate.fault-needs", "DEVICE KIND", wanted, device or "")])
    if kind not in _fault_kinds():
        raise InputError([Finding("operate.bad-fault", "KIND", ", ".join(_fault_kinds()), kind)])
    if device not in wiring:
        raise InputError([Finding("operate.unknown-device", device, ", ".join(wiring))])
    now_ms = time.time_ns() // 1_000_000
    order = {"device": device, "kind": kind, "from_ms": now_ms, "until_ms": now_ms + round(1000 * seconds)}
    running = [each for each in _read_faults(folder.faults) if each.get("until_ms", 0) > now_ms]
    _write_faults(folder.faults, [*running, order])
    print(OPERATE_WORDS["fault.ordered"].in_language(language(), device=device, kind=_kind_word(kind), seconds=seconds))


def _kind_word(kind: str) -> Any:
    from lingtan.wording.twin import TWIN_WORDS

    return TWIN_WORDS[f"fault.{kind}"]


def _fault_kinds() -> tuple[str, ...]:
    from typing import get_args

    from lingtan.twin import FaultKind

    return get_args(FaultKind)


def _run_of_twin(path: Path) -> Any:
    from lingtan.operate.store import RunFolder

    folder = RunFolder(path)
    try:
        facts = folder.facts()
    except (OSError, ValueError, TypeError, KeyError):
        raise InputError([Finding("operate.no-run", str(path))]) from None
    if not facts.twin:
        raise InputError([Finding("operate.no-twin", str(path))])
    return folder


def _wiring(path: Path) -> Any:
    """The wiring of a run, or of the park file that names its devices."""
    from lingtan.operate.store import RunFolder
    from lingtan.operate.wiring import read_wiring, wires_of
    from lingtan.park import read_park

    if RunFolder(path).facts_file.exists():
        return read_wiring(RunFolder(path).wiring)
    park = read_park(path)
    if not park.devices:
        raise InputError([Finding("operate.no-devices", "devices")])
    return wires_of(park)


def _templates(path: Path) -> Any:
    """The kinds of device of a run, or of a park file and the folder beside it."""
    from lingtan.case.read import DEVICES
    from lingtan.devices import all_templates, own_templates
    from lingtan.findings import raise_errors
    from lingtan.operate.installed import read_templates_of
    from lingtan.operate.store import RunFolder
    from lingtan.park.read import park_file

    if RunFolder(path).facts_file.exists():
        return read_templates_of(RunFolder(path).templates)
    own, findings = own_templates(park_file(path).parent / DEVICES)
    raise_errors(findings)
    return all_templates(own)


def _read_faults(file: Path) -> list[dict[str, Any]]:
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _write_faults(file: Path, orders: list[dict[str, Any]]) -> None:
    from lingtan.operate.store.run_folder import write_json_atomically

    write_json_atomically(file, orders)


def _poll_data(poll: Poll) -> dict[str, Any]:
    fault = None if poll.fault is None else {"kind": poll.fault.kind, "text": poll.fault.text}
    return {"values": dict(poll.values), "fault": fault}


def _poll_line(poll: Poll) -> str:
    if poll.fault is not None:
        return OPERATE_WORDS["test.bad"].in_language(language(), kind=poll.fault.kind, text=poll.fault.text)
    values = ", ".join(_with_unit(name, value) for name, value in poll.values.items())
    return f"{_word('test.good')}\t{values}"


def _with_unit(name: str, value: float | None) -> str:
    """A quantity as a person reads it; a state by its name.

    >>> _with_unit("power_kw", 12.5), _with_unit("soc", 0.5), _with_unit("state", 3.0), _with_unit("demand_kw", None)
    ('power_kw 12.5 kW', 'soc 0.5', 'state tripped', 'demand_kw –')
    """
    from lingtan.devices import UNITS, DeviceState

    if value is None:
        return f"{name} –"
    if name == "state":
        return f"{name} {DeviceState(int(value)).name.lower()}"
    unit = UNITS.get(name, "1")
    return f"{name} {value:g}" if unit == "1" else f"{name} {value:g} {unit}"


def _word(key: str) -> str:
    return OPERATE_WORDS[key].in_language(language())
