"""Broken parks and what is said about them, word for word: `parks/<name>/`, explained in README.md."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from lingtan.case import check_park
from lingtan.cli.outcome import finding_line
from lingtan.findings import Finding
from lingtan.wording.case import CASE_FINDINGS
from lingtan.wording.park import PARK_FINDINGS
from lingtan.wording.series import SERIES_FINDINGS
from lingtan.wording.sheet import SHEET_FINDINGS
from tests.cases.base_park import lay_out_base, prolong

HERE = Path(__file__).parent
PARKS = HERE / "parks"
NAMES = sorted(folder.name for folder in PARKS.iterdir())
HAN = re.compile(r"[\u4e00-\u9fff]")
PLACE_AND_WHO = re.compile(r"(?P<place>[\w.]+:\d+): (?P<code>[a-z]+\.[a-z-]+): (?P<who>.+?)(?:: |：)")


def lay_out(name: str, folder: Path) -> None:
    """Write the park of a case: the sound one with its changes."""
    lay_out_base(folder, prolonged=False)
    for file in (PARKS / name).iterdir():
        if file.name not in {"case.yaml", "expected.txt"}:
            shutil.copyfile(file, folder / file.name)
    case = PARKS / name / "case.yaml"
    changes = YAML(typ="safe").load(case.read_text("utf-8")).get("change", ()) if case.exists() else ()
    for change in changes:
        file = folder / change.get("in", "park.yaml")
        text = file.read_text("utf-8")
        assert text.count(change["find"]) == change.get("times", 1), f"{name}: {change['find']!r} in {file.name}"
        file.write_text(text.replace(change["find"], change["put"]), "utf-8")
    if not (PARKS / name / "load.csv").exists():
        prolong(folder / "load.csv")


@cache
def findings_of(name: str) -> tuple[Finding, ...]:
    """All findings of a case, its files named as from their own folder."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        lay_out(name, Path(folder))
        return tuple(check_park("park.yaml"))


def test_the_cases_are_seen() -> None:
    """Rules out that the tests below pass over an empty folder."""
    assert len(NAMES) >= 45


def test_the_park_that_they_break_is_sound(tmp_path: Path) -> None:
    lay_out_base(tmp_path)
    assert check_park(tmp_path) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_says_exactly_this(name: str) -> None:
    said = [finding_line(found, "en") for found in findings_of(name)]
    assert said == (PARKS / name / "expected.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_it_says_the_same_in_chinese(name: str) -> None:
    """The same places and things, in Chinese words, with every blank filled."""
    assert findings_of(name)
    for found in findings_of(name):
        english, chinese = finding_line(found, "en"), finding_line(found, "zh")
        at_english, at_chinese = PLACE_AND_WHO.match(english), PLACE_AND_WHO.match(chinese)
        assert at_english is not None, english
        assert at_chinese is not None, chinese
        assert at_english.groups() == at_chinese.groups()
        assert HAN.search(chinese[at_chinese.end() :]), chinese
        assert not re.search(r"\{[a-z_]*\}", english + chinese)


NOT_OF_A_CHECK = {
    "series.islands": "a forecast of a file, where it is told as `forecast.future-stamps`: rooms/cli/test_forecast_stamps.py",
    "case.no-size": "`--sizes`: rooms/study/test_window.py",
    "case.no-such-size": "`--sizes`: rooms/study/test_window.py",
    "case.other-size": "`--sizes`: rooms/study/test_window.py",
    "case.no-files-here": "a park given to a calculator as plain data",
    "park.exists-already": "`lingtan init`",
    "park.no-such-template": "`lingtan init`",
    "park.no-file": "test_command_line.py",
    "park.unreadable": "test_command_line.py",
    "park.input-not-rising": "no family has a part-load curve yet: rooms/optimize/test_commitment.py",
    "park.loads-not-rising": "no family has a part-load curve yet: rooms/optimize/test_commitment.py",
    "park.cascade-upside-down": "beside the family: rooms/park/test_levels.py",
    "park.energy-from-nowhere": "beside the family: proofs/test_cogeneration.py",
    "park.heat-half-said": "beside the family: proofs/test_hydrogen.py",
    "park.input-half-said": "beside the family: proofs/test_process_load.py",
    "park.link-to-itself": "beside the family: proofs/test_links.py",
    "park.more-out-than-in": "beside the family: proofs/test_hydrogen.py",
    "park.no-pressure": "beside the family: rooms/park/test_levels.py",
    "park.no-standby": "beside the family: proofs/test_hydrogen_chain.py",
    "park.no-such-load": "beside the family: proofs/test_circular.py",
    "park.no-temperature": "beside the family: rooms/park/test_levels.py",
    "park.one-efficiency": "beside the family: proofs/test_hydrogen.py",
    "park.same-bus": "beside the family: proofs/test_hydrogen_chain.py",
    "park.saves-more-than-all": "beside the family: proofs/test_circular.py",
    "park.shares-above-one": "beside the family: proofs/test_flexible_loads.py",
    "park.two-way-unpriced": "beside the family: proofs/test_links.py",
    "park.wear-of-nothing": "beside the family: proofs/test_battery_limits.py",
    "sheet.too-large": "test_command_line.py",
    "sheet.long-line": "test_command_line.py",
    "sheet.more-faults": "test_command_line.py",
    "sheet.not-accepted": "none that we know of: it is there so that no fault goes without a finding",
    "series.no-sheet": "rooms/series/test_series_other_files.py: workbooks and Parquet are written by the test",
    "series.wrong-type": "rooms/series/test_series_other_files.py",
    "series.too-large": "rooms/series/test_series_text_files.py",
    "series.above-limit": "`lingtan bill --series`: rooms/study/test_flow_file.py",
    "series.far-above-limit": "`lingtan bill --series`: rooms/study/test_flow_file.py",
    "series.outside-folder": "a park that somebody else sent: rooms/case/test_case.py",
    "series.day-absent": "Python: a map of days made for other days",
    "series.irregular-index": "Python: pandas",
    "series.issue-after-end": "Python: forecasts",
    "series.missing-values": "Python: a series with gaps, which a check has refused",
    "series.naive-index": "Python: pandas, and a table of somebody else",
    "series.not-a-power": "Python: energy of another unit",
    "series.not-aligned": "Python: a check cuts and maps whole days",
    "series.not-numbers": "Python: pandas",
    "series.not-written": "Python: `write_parquet`",
    "series.nothing-known": "Python: `as_of`",
    "series.unnamed-zone": "Python: pandas",
    "series.wrong-length": "Python: arrays",
}
"""Findings of a park file that no case here can have, and where they are said instead."""


def test_every_finding_of_a_park_file_has_a_case() -> None:
    """A new finding needs a park that has it: nobody reads a message that no test compares."""
    known = {*PARK_FINDINGS, *CASE_FINDINGS, *SHEET_FINDINGS, *SERIES_FINDINGS}
    told = {found.code for name in NAMES for found in findings_of(name)}
    assert sorted(known - told - set(NOT_OF_A_CHECK)) == []
