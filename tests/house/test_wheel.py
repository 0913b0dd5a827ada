"""What a user installs: the wheel holds all that the checkout has to give, and works without the checkout."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "lingtan"
TEMPLATES = "lingtan/park/templates"

pytestmark = pytest.mark.long


def build(source: Path, into: Path, *targets: str) -> None:
    asked = [part for target in targets for part in ("-t", target)]
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(into), *asked]
    subprocess.run(command, cwd=source, check=True, capture_output=True, text=True)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel and a source archive, built from a copy: building takes the pages away for a while, and others look at them."""
    folder, source = tmp_path_factory.mktemp("dist"), tmp_path_factory.mktemp("source")
    for name in committed(ROOT):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, source / name)
    build(source, folder, "sdist", "wheel")
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    [found] = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    return set(zipfile.ZipFile(wheel).namelist())


def committed(folder: Path) -> set[str]:
    """Files below a folder that a commit would hold, as paths from it."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout
    return {name for name in listed.split("\0") if name and (folder / name).is_file()}


def test_the_wheel_holds_the_whole_package(names: set[str]) -> None:
    """Also what is no Python: records, styles, templates, the mark that types are shipped."""
    expected = {f"lingtan/{name}" for name in committed(PACKAGE)}
    assert {"lingtan/py.typed", "lingtan/wording/sheet.py", f"{TEMPLATES}/starter/park.yaml"} <= expected
    assert len([name for name in expected if name.startswith("lingtan/rulebook/records/")]) >= 6
    assert expected - names == set()


def test_the_examples_are_templates_with_their_licenses(names: set[str]) -> None:
    expected = {f"{TEMPLATES}/{name}" for name in committed(ROOT / "examples")}
    measured = {"park.yaml", "profiles.csv.gz", "ORIGIN.md", "LICENSE-ODbL.md"}
    assert {f"{TEMPLATES}/measured/{name}" for name in measured} <= expected
    assert expected - names == set()


def test_the_wheel_holds_the_built_pages(names: set[str]) -> None:
    """Rules out a wheel whose cockpit is blank: git does not know the built files."""
    pages = {name.removeprefix("lingtan/web/static/") for name in names if name.startswith("lingtan/web/static/")}
    assert {"index.html", "favicon.svg"} <= pages
    assert {name.rpartition(".")[2] for name in pages if name.startswith("assets/")} == {"js", "css"}


def test_the_wheel_holds_nothing_else(names: set[str]) -> None:
    """No tests, caches or results of somebody's last study."""
    strangers = {name for name in names if not name.startswith(("lingtan/", "lingtan-0.1.0.dist-info/"))}
    assert strangers == set()
    assert {name for name in names if "__pycache__" in name or name.endswith(".pyc")} == set()


def test_its_metadata_name_both_licenses(wheel: Path, names: set[str]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = Parser().parsestr(archive.read("lingtan-0.1.0.dist-info/METADATA").decode("utf-8"))
    assert metadata["Name"] == "lingtan"
    assert metadata["License-Expression"] == "Apache-2.0 AND ODbL-1.0"
    assert set(metadata.get_all("License-File", [])) == {"LICENSE", "examples/measured/LICENSE-ODbL.md"}
    assert "lingtan-0.1.0.dist-info/licenses/examples/measured/LICENSE-ODbL.md" in names


def test_the_source_archive_builds_the_same_wheel(built: Path, names: set[str], tmp_path: Path) -> None:
    [archive] = built.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    [source] = [path for path in tmp_path.iterdir() if path.is_dir()]
    build(source, tmp_path / "again", "wheel")
    [again] = (tmp_path / "again").glob("*.whl")
    assert set(zipfile.ZipFile(again).namelist()) == names


# ---------------------------------------------------------------------------------------------- installed


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a fresh environment in `venv`, from the wheel and the pins of the lock."""
    folder = tmp_path_factory.mktemp("user")
    uv = str(Path(sys.executable).with_name("uv"))
    pins = folder / "pins.txt"
    lock = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    pins.write_text("\n".join(line.rstrip(" \\") for line in lock if line[:1].isalnum()), "utf-8")
    subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(folder / "venv")], check=True)
    python = str(folder / "venv" / "bin" / "python")
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, "-c", str(pins), str(wheel)], check=True)
    return folder


def lingtan(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The installed command, far from the checkout."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    command = [str(home / "venv" / "bin" / "lingtan"), *words]
    environment["LINGTAN_LANG"] = "en"
    return subprocess.run(command, check=False, cwd=home, env=environment, capture_output=True, text=True)


def test_an_installed_lingtan_lists_its_templates(home: Path) -> None:
    found = json.loads(lingtan(home, "templates", "--json").stdout)
    assert set(found) == {"starter", *(path.parent.name for path in (ROOT / "examples").glob("*/park.yaml"))}
    assert all(Path(folder).is_relative_to(home) for folder in found.values())


def test_a_park_of_measured_data_starts_and_is_sound(home: Path) -> None:
    started = lingtan(home, "init", "mine", "--template", "measured")
    assert (started.returncode, started.stderr) == (0, "")
    assert {file.name for file in (home / "mine").iterdir()} == {
        "park.yaml", "profiles.csv.gz", "ORIGIN.md", "LICENSE-ODbL.md",
        "issued.json", "issued.csv.gz", "history.csv.gz",
    }  # fmt: skip
    checked = lingtan(home, "check", "mine")
    assert (checked.returncode, checked.stderr) == (0, "")


def test_an_installed_lingtan_studies_and_reports(home: Path) -> None:
    """Rules out a library, a style sheet or a record that only the checkout has."""
    lingtan(home, "init", "small")
    studied = lingtan(home, "study", "small", "--out", "results")
    assert studied.returncode == 0
    assert [line.split(":")[0] for line in studied.stderr.splitlines()] == [
        "report.no-typst"
    ]  # an extra, not installed
    assert (home / "results" / "report.html").stat().st_size > 100_000
    summary = json.loads((home / "results" / "summary.json").read_text("utf-8"))
    assert summary["sizes"]["pv"]["power_kw"] > 0
