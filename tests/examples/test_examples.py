"""Every park that comes with lingtan is sound, says what of it is invented, and carries the licenses of its data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lingtan.case import check_park
from lingtan.cli.templates import template_folders
from lingtan.findings import errors_in
from lingtan.park import Battery, FirmLine, Load, Park, Pv, read_park
from lingtan.park.read import read_sheet

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


def test_chinese_texts_keep_to_chinese_punctuation(park: Park) -> None:
    """Rules out a comma, colon or bracket of the other script beside a Chinese character, and a blank from a folded line."""
    said = (park.title, park.disclosure, park.carbon.boundary, *(each.name for each in park.members.values()))
    texts = [words.zh for words in said]
    assert [text for text in texts if re.search(r"[\u4e00-\u9fff][,:;()!?]|[,:;()!?][\u4e00-\u9fff]", text)] == []
    assert [text for text in texts if re.search(r"[，。：；）] ", text)] == []


def test_yibin_is_the_park_of_the_practice_notes() -> None:
    """Everybody computes the same invented park: members, feeders, hydro, storage, connection, roofs, seasons."""
    park = read_park(PARKS["yibin"])
    loads = dict(park.of_family(Load))
    assert (len(park.members), {load.meter for load in loads.values()}) == (12, {"feeder_1", "feeder_2", "feeder_3"})
    assert sum(load.annual_energy or 0.0 for load in loads.values()) == pytest.approx(1.6e9)
    grid, hydro, battery, pv = (park.connections["grid"], *(park.assets[name] for name in ("hydro", "battery", "pv")))
    assert isinstance(hydro, FirmLine)
    assert isinstance(battery, Battery)
    assert isinstance(pv, Pv)
    assert (grid.capacity.min, grid.capacity.max, grid.export_limit) == (80_000, 360_000, 0)
    assert (hydro.power.min, hydro.power.max, hydro.price, hydro.loss) == (232_600, 232_600, 0.30, 0.015)
    assert (battery.power.min, battery.power.max, battery.energy.min, battery.energy.max) == (0, 120_000, 0, 480_000)
    assert (pv.power.min, pv.power.max, pv.capex) == (0, 110_000, 2850)
    data = read_sheet(PARKS["yibin"])[0].data
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    percent = [30, 27, 29, 36, 50, 66, 74, 72, 70, 60, 44, 33]
    assert data["series"]["hydro"]["monthly"] == [each / 100 for each in percent]
    sun_hours = sum(24 * count * mean for count, mean in zip(days, data["series"]["sun"]["monthly"], strict=True))
    assert sun_hours == pytest.approx(740, abs=10)
    profile = data["rules"][0]
    assert profile["factors"] == {"purchase": {"dry": 1.20, "flat": 1.00, "wet": 0.85}}
    assert profile["months"]["wet"] == [6, 7, 8, 9, 10]


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
