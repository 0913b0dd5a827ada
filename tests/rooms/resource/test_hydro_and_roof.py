"""Hydropower by month and season, and what a roof can carry."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.resource import HydroPlant, hydro_availability, make_hydro, monthly_shares, roof_limit_kw, row_packing
from lingtan.rulebook import HydroSeasons, Place, SeasonMonths, read_rulebook
from lingtan.series import Quality

YEAR = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
YIBIN_LINE = (0.30, 0.27, 0.29, 0.36, 0.50, 0.66, 0.74, 0.72, 0.70, 0.60, 0.44, 0.33)
"""The firm line of the example park: invented inputs (china-practice.md), 49 % of the year."""
SICHUAN = SeasonMonths(wet=(6, 7, 8, 9, 10), flat=(5, 11), dry=(12, 1, 2, 3, 4))


def test_months_of_the_example_line() -> None:
    """August gives 0.72 x 744 h = 535.7 h; the year 9.30 + 7.56 + 8.99 + … + 10.23 = 180.24 days of full power, 49 %."""
    share = hydro_availability(HydroPlant(monthly=YIBIN_LINE), YEAR)
    assert share[YEAR.month == 8].sum() == pytest.approx(535.68)
    assert share.sum() / 24 == pytest.approx(180.24)


def test_seasons_by_the_months_of_sichuan() -> None:
    """Rules out a European water year: wet are June to October, dry December to April.

    153 days x 0.68 + 61 x 0.47 + 151 x 0.31 = 179.5 days of full power.
    """
    plant = HydroPlant.model_validate({"seasons": {"wet": 0.68, "flat": 0.47, "dry": 0.31}})
    dry, flat, wet = [0.31], [0.47], [0.68]
    assert list(monthly_shares(plant, SICHUAN)) == 4 * dry + flat + 5 * wet + flat + dry
    assert hydro_availability(plant, YEAR, SICHUAN).sum() / 24 == pytest.approx(179.52)


def test_the_shipped_record_names_the_same_months() -> None:
    book, _ = read_rulebook()
    record = book.find(HydroSeasons, YEAR, place=Place("CN", "Sichuan", "Yibin")).one()
    assert record.months == SICHUAN
    plant = HydroPlant.model_validate({"seasons": {"wet": 0.68, "flat": 0.47, "dry": 0.31}})
    series = make_hydro("water", plant, YEAR, record).series
    assert set(series.quality) == {Quality.ASSUMED}
    [note] = [note.en for note in series.origin]
    assert note.startswith("hydropower by wet, flat and dry season; which months they are: ")
    assert "cn.sichuan.hydro-seasons" in note


def test_the_months_of_the_file_come_first() -> None:
    months = {"wet": [1, 2, 3], "flat": [4], "dry": [5, 6, 7, 8, 9, 10, 11, 12]}
    plant = HydroPlant.model_validate({"seasons": {"wet": 1.0, "flat": 0.5, "dry": 0.25, "months": months}})
    assert monthly_shares(plant, SICHUAN) == (1, 1, 1, 0.5, *[0.25] * 8)


def test_nobody_says_which_months_are_wet() -> None:
    plant = HydroPlant.model_validate({"seasons": {"wet": 0.68, "flat": 0.47, "dry": 0.31}})
    with pytest.raises(InputError) as error:
        monthly_shares(plant)
    assert str(error.value) == (
        "resource.no-seasons: months: it is not known which months are wet, flat and dry. Give `months`, or add a "
        "`hydro_seasons` record for this place."
    )


def test_a_square_kilometer_of_roofs() -> None:
    """The example park: 1.0 km2 of roofs. Half of it usable, modules flush at 220 W/m2: 110 MW, its stated limit."""
    assert roof_limit_kw(1e6, usable_share=0.5) == pytest.approx(110_000)
    assert roof_limit_kw(1e6, 0.6, row_packing(10, 28.77)) == pytest.approx(1e6 * 0.6 * 0.7757 * 0.22, rel=1e-3)


def test_rows_by_the_formula_of_the_code() -> None:
    """GB 50797: distance / length = cos b + sin b (0.707 tan p + 0.4338) / (0.707 - 0.4338 tan p); at p 28.77°, b 10°:
    tan p = 0.549, (0.388 + 0.434) / (0.707 - 0.238) = 1.753, 0.985 + 0.174 x 1.753 = 1.289; packing 1 / 1.289 = 0.776.
    """
    assert row_packing(10, 28.77) == pytest.approx(0.7757, abs=5e-4)
    tan, tilt = np.tan(np.deg2rad(40.0)), np.deg2rad(25.0)
    by_code = np.cos(tilt) + np.sin(tilt) * (0.7071 * tan + 0.4338) / (0.7071 - 0.4338 * tan)
    assert row_packing(25, 40) == pytest.approx(1 / by_code, rel=1e-3)


def test_all_that_is_wrong_with_a_roof_comes_at_once() -> None:
    with pytest.raises(InputError) as error:
        roof_limit_kw(-1.0, usable_share=50.0, packing=0.5)
    mend = "Give areas in m2, shares between 0 and 1, and modules in kW per m2 (about 0.22)."
    what = "this is no figure of a roof; expected"
    assert str(error.value).splitlines() == [
        f"resource.bad-roof: roof_m2: {what} 0 … inf, got -1. {mend}",
        f"resource.bad-roof: usable_share: {what} 0 … 1, got 50. {mend}",
    ]
    with pytest.raises(InputError, match=r"resource\.no-clear-hours"):
        row_packing(20, 66)
