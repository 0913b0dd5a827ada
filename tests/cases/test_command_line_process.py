"""The command as a process: signals, pipes, the language of the terminal, files made to break a reader."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINGTAN = Path(sys.executable).with_name("lingtan")
QUIET = {**os.environ, "LINGTAN_LANG": "en", "LINGTAN_DEBUG": "", "PYTHONWARNINGS": ""}
PATIENCE_S = 60.0


def run(*args: object, stdin: bytes = b"", **env: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command; whatever it is given, no traceback is shown."""
    said = subprocess.run(
        [LINGTAN, *map(str, args)],
        input=stdin,
        capture_output=True,
        env={**QUIET, **env},
        timeout=PATIENCE_S,
        check=False,
    )
    out, err = said.stdout.decode("utf-8"), said.stderr.decode("utf-8")
    assert "Traceback" not in err + out
    return subprocess.CompletedProcess(said.args, said.returncode, out, err)


@pytest.fixture(scope="module")
def park(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter with one basis of its basic charge: half the programs to solve."""
    folder = tmp_path_factory.mktemp("process") / "park"
    assert run("init", folder).returncode == 0
    file = folder / "park.yaml"
    file.write_text(file.read_text("utf-8").replace("basis: choice", "basis: capacity"), "utf-8")
    return folder


# ---------------------------------------------------------------------------------------------- signals


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_study_leaves_no_trace(stop: signal.Signals, park: Path, tmp_path: Path) -> None:
    """Stopped while it solves: older results stay as they are, and nothing half-written is left beside them."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "summary.json").write_text("older")
    process = subprocess.Popen(
        [LINGTAN, "study", park, "--out", out],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=QUIET,
        preexec_fn=_heed_interruption,  # noqa: PLW1509 (no thread runs here)
    )
    try:
        _wait(lambda: any(".partial" in path.name for path in tmp_path.rglob("*")))
        process.send_signal(stop)
        said, complaint = process.communicate(timeout=PATIENCE_S)
    finally:
        process.kill()
    assert (said, complaint, process.returncode) == (b"", b"interrupted\n", 130)
    assert {path.relative_to(tmp_path): path.is_dir() for path in tmp_path.rglob("*")} == {
        Path("out"): True,
        Path("out/summary.json"): False,
    }
    assert (out / "summary.json").read_text() == "older"


@pytest.mark.long
def test_ctrl_c_is_heard_in_the_middle_of_a_long_solve(tmp_path: Path) -> None:
    """A solver in the study's own process would hold Ctrl-C until it has its answer: 14 s were seen."""
    process = subprocess.Popen(
        [LINGTAN, "study", ROOT / "examples" / "measured", "--out", tmp_path / "out"],
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=QUIET,
        preexec_fn=_heed_interruption,  # noqa: PLW1509 (no thread runs here)
    )
    try:
        solvers = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        _wait(lambda: len(solvers.read_text().split()) == 2)
        beside = [Path("/proc") / number for number in solvers.read_text().split()]
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        said, complaint = process.communicate(timeout=3)
    finally:
        process.kill()
    assert (said, complaint, process.returncode) == (b"", b"interrupted\n", 130)
    assert list(tmp_path.iterdir()) == []
    assert [solver.exists() for solver in beside] == [False, False]


def _heed_interruption() -> None:
    """A shell's `&` leaves SIGINT ignored, also in what it starts."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not until():
        assert time.monotonic() < deadline
        time.sleep(0.02)


# ---------------------------------------------------------------------------------------------- pipes and languages


@pytest.mark.parametrize(
    ("pipeline", "statuses"),
    [
        ('"$0" schema | head -c 0', "0 0"),
        ('"$0" schema | head -c 100 > /dev/null', "0 0"),
        ('"$0" check "$1" 2>&1 >/dev/null | head -c 5 > /dev/null', "2 0"),
        ('"$0" templates >&-', "0"),
        ('"$0" check "$1" 2>&-', "2"),
    ],
)
def test_a_reader_who_leaves_early_is_no_fault(pipeline: str, statuses: str, tmp_path: Path) -> None:
    broken = tmp_path / "park.yaml"
    broken.write_text("schema: 1\nassets:\n" + "".join(f"  a{n}: 1\n" for n in range(50)))
    script = f'{pipeline}; echo "${{PIPESTATUS[@]}}"'
    said = subprocess.run(
        ["bash", "-c", script, LINGTAN, broken],
        capture_output=True,
        text=True,
        env=QUIET,
        timeout=PATIENCE_S,
        check=True,
    )
    assert (said.stdout, said.stderr) == (f"{statuses}\n", "")


def test_json_stands_alone_on_standard_output(park: Path) -> None:
    """And nothing of a progress display is left in a pipe."""
    said = run("plan", park, "--json", FORCE_COLOR="1")
    assert json.loads(said.stdout)["park"] == "starter"
    assert (said.stderr, said.returncode) == ("", 0)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"LINGTAN_LANG": "zh"}, "文件已存在"),
        ({"LINGTAN_LANG": "", "LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "文件已存在"),
        ({"LINGTAN_LANG": "en", "LANG": "zh_CN.UTF-8"}, "there is such a file already"),
        ({"LINGTAN_LANG": "", "LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "there is such a file already"),
        ({"LINGTAN_LANG": "zh", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, "文件已存在"),
    ],
)
def test_the_language_is_that_of_the_setting_then_of_the_terminal(
    settings: dict[str, str], said: str, park: Path
) -> None:
    """The last: Chinese on a terminal that knows ASCII only is still UTF-8, and no crash."""
    assert said in run("init", park, **settings).stderr


# ---------------------------------------------------------------------------------------------- faults


def test_a_fault_of_ours_is_one_line(park: Path) -> None:
    """Exit status 1, and the way to the traceback; brought about by a library that is gone."""
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; sys.modules['lingtan.case'] = None; from lingtan.cli import main; main()",
            "check",
            park,
        ],
        capture_output=True,
        text=True,
        env=QUIET,
        timeout=PATIENCE_S,
        check=False,
    )
    assert said.stderr.count("\n") == 1
    assert said.stderr.startswith("lingtan: a fault of ours: ModuleNotFoundError: ")
    assert "LINGTAN_DEBUG=1" in said.stderr
    assert said.returncode == 1


def test_help_imports_nothing_heavy() -> None:
    """What makes `lingtan --help` slow is never numpy: no verb's room is imported before the verb runs."""
    heavy = {"numpy", "pydantic", "pandas", "ruamel", "duckdb", "scipy", "rich"}
    script = f"import sys, lingtan.cli; print({heavy} & set(sys.modules) or 'none')"
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=PATIENCE_S, check=True
    )
    assert said.stdout == "none\n"
