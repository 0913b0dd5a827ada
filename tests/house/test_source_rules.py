"""What architecture.md and style.md ask of every file, where no linter asks it."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}
LONGEST_FILE, LONGEST_SOURCE_FILE, LONGEST_FUNCTION = 800, 400, 80
LONGER_FILES: dict[str, str] = {}
"""Source files that may pass 400 lines (never 800): path → why two rooms would not be clearer."""

REGISTRY_HOSTS = re.compile(
    "|".join(["py" + r"pi\.org", "python" + "hosted", "npm" + r"js\.", r"\bregistry" + r"\.[a-z]+\.(org|com|io|cn)"])
)
READERS = {"read.py"}
WORLDLY_ROOMS = {"study", "twin", "operate", "portfolio", "report", "web", "cli"}
FILE_CALLS = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "iterdir", "rglob", "mkdir", "unlink"}
CALENDAR_BY_HAND = re.compile(r"[+-] [34]\) % 7\b|% 12\b|[+-] 1970\b|% 400\b|class DayType\b")
ASSERTING = re.compile(r"^(assert|check|expect|verify)|raises|warns")


@cache
def files(suffix: str = "") -> tuple[Path, ...]:
    """Every file that a commit would hold, so that a new file is judged before it is added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    paths = (Path(name) for name in listed.stdout.split("\0") if name.endswith(suffix))
    return tuple(path for path in sorted(paths) if (ROOT / path).is_file())


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse((ROOT / path).read_text("utf-8"))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def in_source(path: Path) -> bool:
    return path.parts[0] == "src"


def test_the_tree_is_seen() -> None:
    """Rules out that the tests below pass because they looked at nothing."""
    assert Path("src/lingtan/findings.py") in files(".py")
    assert Path("tests/house/test_source_rules.py") in files(".py")


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [str(path) for path in files() if path.stem in BANNED_NAMES] == []


def test_no_file_is_too_long() -> None:
    def longest(path: Path) -> int:
        return LONGEST_SOURCE_FILE if in_source(path) and str(path) not in LONGER_FILES else LONGEST_FILE

    lines = {path: (ROOT / path).read_text("utf-8").count("\n") for path in files(".py")}
    assert {str(path): count for path, count in lines.items() if count > longest(path)} == {}


def test_every_file_allowed_to_be_longer_still_is() -> None:
    short = [name for name in LONGER_FILES if (ROOT / name).read_text("utf-8").count("\n") <= LONGEST_SOURCE_FILE]
    assert short == []


def test_no_function_is_too_long() -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path in files(".py")
        for node in functions(path)
        if (node.end_lineno or node.lineno) - node.lineno >= LONGEST_FUNCTION
    ]
    assert long == []


def test_our_own_code_is_imported_at_the_top() -> None:
    """A late import of our own hides a circle; only the shop window and the command line are lazy, to start fast."""

    def lazy_by_right(path: Path) -> bool:
        return path == Path("src/lingtan/__init__.py") or path.parts[:3] == ("src", "lingtan", "cli")

    late = [
        f"{path}:{node.lineno}"
        for path in files(".py")
        if in_source(path) and not lazy_by_right(path)
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and _is_ours(node)
    ]
    assert late == []


def _is_ours(node: ast.Import | ast.ImportFrom) -> bool:
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
    return any(name.partition(".")[0] == "lingtan" for name in names)


def test_pure_floors_touch_no_file() -> None:
    """Floors 0 to 4 take data; a room's read.py is its only door to the disk."""

    def is_pure(path: Path) -> bool:
        return in_source(path) and path.name not in READERS and path.parts[2] not in WORLDLY_ROOMS

    worldly = [
        f"{path}:{node.lineno}"
        for path in files(".py")
        if is_pure(path)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in FILE_CALLS
    ]
    assert worldly == []


def test_only_the_clock_does_calendar_arithmetic() -> None:
    """Rules out a second day type, and months counted from 0 in one room and from 1 in the next."""

    def counts_by_hand(path: Path) -> bool:
        return bool(CALENDAR_BY_HAND.search((ROOT / path).read_text("utf-8")))

    assert {path.parts[2] for path in files(".py") if in_source(path) and counts_by_hand(path)} == {"clock"}


def test_every_form_stands_on_the_one_strict_base() -> None:
    """Rules out a form of its own strictness, which takes NaN or an unknown key where all others refuse them."""
    own = re.compile(r"\(BaseModel\):|\bConfigDict\(|class (Place|Bilingual|Note)\b")
    stands = {str(path) for path in files(".py") if in_source(path) and own.search((ROOT / path).read_text("utf-8"))}
    assert stands == {"src/lingtan/fact.py", "src/lingtan/place.py"}


def test_no_file_names_a_package_registry() -> None:
    """Names of hosts in a lock file break whoever installs from another index."""
    named = []
    for path in files():
        try:
            text = (ROOT / path).read_text("utf-8")
        except UnicodeDecodeError:
            continue
        named += [f"{path}: {found.group()}" for found in REGISTRY_HOSTS.finditer(text)]
    assert named == []


def test_every_test_checks_something() -> None:
    def checks(node: ast.AST) -> bool:
        name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
        return isinstance(node, ast.Assert) or ASSERTING.search(name) is not None

    idle = [
        f"{path}:{function.lineno} {function.name}"
        for path in files(".py")
        if path.parts[0] == "tests"
        for function in functions(path)
        if function.name.startswith("test_") and not any(map(checks, ast.walk(function)))
    ]
    assert idle == []


def test_test_files_have_names_of_their_own() -> None:
    """Two files of one name shadow each other in reports, and in tools that import by name."""
    names = [path.name for path in files(".py") if path.parts[0] == "tests" and path.name != "conftest.py"]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("https://py" + "pi.org/simple", True),
        ("files.python" + "hosted.org", True),
        ("registry" + ".npm" + "js.org", True),
        ("registry" + ".example.com/image", True),
        ("from lingtan.registry.names import x; the registry. It holds", False),
        ("PyPI", False),
    ],
)
def test_what_counts_as_a_registry_host(text: str, is_named: bool) -> None:
    assert (REGISTRY_HOSTS.search(text) is not None) is is_named
