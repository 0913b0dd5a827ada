"""A park's air temperature, from a plain column and from weather, as the daily maxima of the whole period."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lingtan.case import read_case
from lingtan.findings import InputError
from tests.cases.base_park import lay_out_base

WEATHER = "air: {temperature: {weather: {csv: air.csv, temperature_c: air}}}"
COLUMN = 'air: {file: air.csv, column: air, unit: "°C"}'


def park_with(folder: Path, source: str) -> Path:
    """The sound park with a year of air: 36 °C at 14 h on 10 to 12 June, near 20 °C else, never the same two days running."""
    lay_out_base(folder)
    hours = np.datetime64("2025-01-01T00:00", "m") + 60 * np.arange(8760)
    hot = np.isin(hours.astype("M8[D]"), np.arange("2025-06-10", "2025-06-13", dtype="M8[D]"))
    air = np.where(hot & (np.arange(8760) % 24 == 14), 36.0, 20.0 + np.arange(8760) % 7 / 10)
    rows = [f"{str(at).replace('T', ' ')},{value}" for at, value in zip(hours, air, strict=True)]
    (folder / "air.csv").write_text("\n".join(["at,air", *rows]), "utf-8")
    text = (folder / "park.yaml").read_text("utf-8")
    text = text.replace("site: {zone", "site: {temperature: air, zone")
    (folder / "park.yaml").write_text(text.replace("  import: {constant", f"  {source}\n  import: {{constant"), "utf-8")
    return folder


@pytest.mark.parametrize("source", [COLUMN, WEATHER])
def test_the_maximum_of_each_day_of_the_wall_clock(tmp_path, source):
    """14 h in Shanghai is 6 h in UTC: rules out days cut at Greenwich midnight, and means in place of maxima."""
    case = read_case(park_with(tmp_path, source))
    assert case.findings == ()
    assert case.daily_maxima is not None
    hot = case.daily_maxima.days[case.daily_maxima.daily_max_c >= 35.0]
    assert [str(day) for day in hot] == ["2025-06-10", "2025-06-11", "2025-06-12"]


def test_a_window_and_the_reference_case_keep_the_whole_period(tmp_path):
    case = read_case(park_with(tmp_path, COLUMN))
    assert case.daily_maxima is not None
    assert case.window(4000, 24).daily_maxima is case.daily_maxima
    assert case.reference().daily_maxima is case.daily_maxima


def test_weather_without_temperature_is_refused(tmp_path):
    source = "air: {temperature: {weather: {csv: air.csv, wind_m_per_s: air}}}"
    with pytest.raises(InputError) as error:
        read_case(park_with(tmp_path, source))
    assert [found.code for found in error.value.findings] == ["resource.no-air-temperature"]
