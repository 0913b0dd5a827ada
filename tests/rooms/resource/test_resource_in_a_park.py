"""Weather in a park file: read, judged and joined with everything else, its findings at its lines."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from lingtan.case import case_of
from lingtan.findings import InputError
from lingtan.sheet import compose
from tests.rooms.case.case_samples import case_in, changed, gathered
from tests.rooms.resource.weather_samples import epw_text

SITE = ("country: CN}\nperiod", "country: CN, province: Sichuan, latitude: 28.77, longitude: 104.62}\nperiod")
SUN = "  sun: {constant: 0.2}"
MONTHS = "[41, 39, 75, 93, 108, 110, 114, 114, 63, 63, 44, 37]"


def test_monthly_irradiation_in_a_park(tmp_path: Path) -> None:
    """901 kWh/m2 x 0.82 = 739 h on horizontal modules: about the 740 h of the example park."""
    form = f"  sun: {{pv: {{tilt: 0, performance_ratio: 0.82, weather: {{monthly_ghi: {MONTHS}, seed: 7}}}}}}"
    case = case_in(tmp_path, SITE, (SUN, form))
    assert case.available_pu("roof").sum() == pytest.approx(901 * 0.82, rel=1e-6)
    night = case.grid.index(datetime(2025, 6, 21, 0))
    assert case.available_pu("roof")[night] == 0


def test_a_file_of_weather_lies_beside_the_park(tmp_path: Path) -> None:
    (tmp_path / "a.epw").write_text(epw_text(lambda row: 600.0 if row % 24 in (11, 12) else 0.0), "utf-8")
    case = case_in(tmp_path, (SUN, "  sun: {pv: {tilt: 0, performance_ratio: 0.8, weather: {epw: a.epw}}}"))
    share = case.available_pu("roof").reshape(365, 24)
    assert np.allclose(share[:, 11:13], 0.48)
    assert share[:, :11].sum() + share[:, 13:].sum() == 0
    assert "no forecast" in case.series["sun"].origin[1].en  # type: ignore[union-attr]


def test_seasons_come_from_the_rulebook(tmp_path: Path) -> None:
    """Sichuan's record says that August is wet and December dry; a park elsewhere must say so itself."""
    form = "  sun: {hydro: {seasons: {wet: 0.7, flat: 0.5, dry: 0.3}}}"
    case = case_in(tmp_path, SITE, (SUN, form))
    share = case.available_pu("roof")
    assert [share[case.grid.month == month].mean() for month in (8, 11, 12)] == pytest.approx([0.7, 0.5, 0.3])
    _, findings = gathered(tmp_path, (SUN, form))
    [found] = [found for found in findings if found.code == "resource.no-seasons"]
    assert found.line == changed().splitlines().index(SUN) + 1


def test_findings_of_weather_stand_at_their_lines(tmp_path: Path) -> None:
    line = changed().splitlines().index(SUN) + 1
    _, findings = gathered(tmp_path, (SUN, "  sun: {pv: {tilt: 0, weather: {epw: none.epw, year: 2020}}}"))
    assert [(found.code, found.who, found.line) for found in findings] == [
        ("sheet.unknown-key", "series.sun.pv.weather.year", line)
    ]
    _, findings = gathered(tmp_path, (SUN, "  sun: {pv: {tilt: 0, weather: {epw: none.epw}}}"))
    [found] = findings
    assert (found.code, found.line) == ("resource.no-file", line)
    assert found.who.startswith("series.sun")


def test_a_park_of_plain_data_reads_no_weather_file() -> None:
    text = changed((SUN, "  sun: {pv: {tilt: 0, performance_ratio: 0.8, weather: {epw: a.epw}}}"))
    sheet, _ = compose(text.encode(), "park.yaml")
    with pytest.raises(InputError) as error:
        case_of(sheet)
    assert [found.code for found in error.value.findings] == ["case.no-files-here"]
