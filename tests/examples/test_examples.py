"""Every park that comes with lingtan is sound, says what of it is invented, and carries the licenses of its data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lingtan.case import check_park
from lingtan.cli.templates import template_folders
from lingtan.findings import errors_in
from lingtan.park import Park, read_park

ROOT = Path(__file__).parents[2]
PARKS = template_folders()
HAN = re.compile(r"[\u4e00-\u9fff]")
CONFESSED = re.compile(r"illustrative|invented|measured", re.IGNORECASE)


def test_all_examples_are_seen() -> None:
    """Every folder of examples/ is a park, and is found as a template."""
    folders = {folder.name: folder for folder in (ROOT / "examples").iterdir() if folder.is_dir()}
    assert {"starter", "measured"} <= set(PARKS)
    assert {name: PARKS.get(name) for name in folders} == folders


@pytest.fixture(params=sorted(PARKS))
def folder(request: pytest.FixtureRequest) -> Path:
    return PARKS[request.param]


@pytest.fixture
def park(folder: Path) -> Park:
    return read_park(folder)


def test_a_shipped_park_has_no_errors(folder: Path) -> None:
    assert [found.text() for found in errors_in(check_park(folder))] == []


def test_its_name_is_that_of_its_folder(folder: Path, park: Park) -> None:
    assert park.name == folder.name


def test_its_disclosure_says_in_both_languages_what_is_invented(park: Park) -> None:
    """It stands on the first page of every report: no reader may take a made-up tariff for a real one."""
    for text in (park.disclosure, park.title, park.carbon.boundary):
        assert HAN.search(text.zh)
        assert not HAN.search(text.en)
    assert CONFESSED.search(park.disclosure.en)
    assert "示例" in park.disclosure.zh


def test_measured_data_carry_their_license(folder: Path) -> None:
    if not (folder / "profiles.csv.gz").exists():
        return
    notice = (folder / "LICENSE-ODbL.md").read_text("utf-8")
    origin = (folder / "ORIGIN.md").read_text("utf-8")
    assert "Contains information from SimBench, which is made available here under the Open Database License" in notice
    assert "Copyright (c) 2019-2021 by University of Kassel" in notice
    assert "doi:10.3390/en13123290" in origin
    disclosure = read_park(folder).disclosure
    assert "ODbL" in disclosure.en
    assert "ODbL" in disclosure.zh


def test_what_a_park_file_points_to_is_there(folder: Path) -> None:
    text = (folder / "park.yaml").read_text("utf-8")
    named = set(re.findall(r"\bfile: ([\w.-]+)", text)) | set(re.findall(r"\b([A-Z]+(?:-\w+)?\.md)\b", text))
    assert {name for name in named if not (folder / name).exists()} == set()
    if any(folder.glob("*.gz")):
        assert "ORIGIN.md" in named
