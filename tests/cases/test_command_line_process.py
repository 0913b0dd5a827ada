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
    folder = tmp_path_factory.mktemp("process") / "park"
    assert run("init", folder).returncode == 0
    return folder


# ---------------------------------------------------------------------------------------------- signals


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_study_leaves_no_trace(stop: signal.Signals, park: Path, tmp_path: Path) -> None:
    """Stopped while it solves: older results stay as they are, and nothing half-written is left beside them."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "summary.json").write_text("older")
    process = subprocess.Popen(
        [LINGTAN, "study", park, "--out", out], stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=QUIET
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
        ({"LINGTAN_LANG": "zh"}, "未发现问题"),
        ({"LINGTAN_LANG": "", "LC_ALL": "", "LANG": "zh_CN.UTF-8"}, "未发现问题"),
        ({"LINGTAN_LANG": "en", "LANG": "zh_CN.UTF-8"}, "no findings"),
        ({"LINGTAN_LANG": "", "LC_ALL": "C", "LANG": "zh_CN.UTF-8", "PYTHONUTF8": "0"}, "no findings"),
    ],
)
def test_the_language_is_that_of_the_setting_then_of_the_terminal(
    settings: dict[str, str], said: str, park: Path
) -> None:
    assert said in run("check", park, **settings).stdout


# ---------------------------------------------------------------------------------------------- files made to break


LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (f"schema: 1\n{LAUGHS}", "2: sheet.alias: a0"),
        ("schema: 1\nname: " + "[" * 50_000, "1: sheet.too-deep: park.yaml"),
        ("schema: 1\nperiod: {year: " + "9" * 50_000 + "}", "2: sheet.wrong-kind: period.year"),
        (bytes(range(256)), "1: sheet.binary: park.yaml"),
        ("name: " + "x" * 10_000_000, "1: sheet.too-large: park.yaml"),
        ("schema: 1\nname: " + "x" * 200_000, "2: sheet.long-line: park.yaml"),
        ("a: b\n" * 1_000_000, "1: sheet.too-large: park.yaml"),
        ("schema: 1\n" + "".join(f"k{n}: 1\n" for n in range(3_000)), "2: sheet.more-faults: park.yaml"),
    ],
    ids=["billion laughs", "deep nesting", "huge number", "binary", "10 MB line", "long line", "5 MB", "3000 keys"],
)
def test_a_file_made_to_break_is_refused(content: str | bytes, finding: str, tmp_path: Path) -> None:
    file = tmp_path / "park.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = run("check", file)
    assert (said.stdout, said.returncode) == ("", 2)
    assert f"{file}:{finding}: " in said.stderr
    assert len(said.stderr) < 40_000


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere.yaml")
    for path, code in (
        (tmp_path / "absent.yaml", "park.no-file: absent.yaml"),
        (tmp_path / "link.yaml", "park.no-file: link.yaml"),
        (tmp_path, "park.no-file: park.yaml"),
        (Path("/proc/self/mem"), "park.unreadable: mem"),
    ):
        said = run("check", path)
        assert (said.returncode, code in said.stderr) == (2, True), said.stderr


def test_an_output_that_cannot_be_written_is_told_before_the_work(park: Path, tmp_path: Path) -> None:
    """A file in its place, a file as its parent, a place where nobody can write; and nothing is left there."""
    (tmp_path / "file").write_text("mine")
    for out in (tmp_path / "file", tmp_path / "file" / "out", Path("/proc/out")):
        started = time.process_time()
        said = run("study", park, "--out", out)
        assert said.stderr.startswith(f"cli.unwritable: {out}: the output cannot be written; got ")
        assert (said.stdout, said.returncode) == ("", 2)
        assert time.process_time() - started < 2.0
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "mine"


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
    script = "import sys, lingtan.cli; print(sorted({'numpy', 'pydantic', 'pandas', 'ruamel', 'duckdb', 'scipy', 'rich'} & set(sys.modules)))"
    said = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=PATIENCE_S, check=True
    )
    assert said.stdout == "[]\n"
