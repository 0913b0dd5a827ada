"""A case: what loads need, what generators offer, the reference case and windows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lingtan.case import Case, case_of, check_park, read_case
from lingtan.findings import InputError
from lingtan.rulebook import EmissionFactor, Place
from lingtan.series import Quality
from lingtan.sheet import compose
from tests.cases.base_park import lay_out_base
from tests.rooms.case.case_samples import PARK, case_in, changed, gathered
from tests.small_parks import battery, hours_grid, pv, small_case

SHAPE = [0.0, 1.0, 2.0, 1.0]


def scaled(**scale: object) -> Case:
    """Four hours of a shape without unit, scaled as the keys say."""
    grid = hours_grid(4)
    load = {"family": "load", "profile": "shape", **scale}
    return small_case(np.ones(4), {"mill": load}, series={"shape": SHAPE}, grid=grid)


def test_a_profile_in_kw_is_the_need_itself() -> None:
    case = small_case([3.0, 4.0, 5.0])
    assert case.need_kw("works").tolist() == [3.0, 4.0, 5.0]


def test_a_peak_multiplies_a_shape() -> None:
    """1 of the shape stands for the peak, also where the shape goes above 1."""
    assert scaled(peak="10 kW").need_kw("mill").tolist() == [0.0, 10.0, 20.0, 10.0]


def test_an_annual_energy_scales_a_shape_to_it() -> None:
    """Four hours of the shape are 4 kWh per unit, so 1 MWh makes 250 kW of a 1."""
    case = scaled(annual_energy="1 MWh")
    assert case.need_kw("mill").tolist() == [0.0, 250.0, 500.0, 250.0]


def test_energy_is_power_times_the_step() -> None:
    """In quarter-hours the same energy is four times the power: rules out a sum of steps taken for hours."""
    grid = hours_grid(4, step_minutes=15)
    load = {"family": "load", "profile": "shape", "annual_energy": 1000}
    case = small_case(np.ones(4), {"mill": load}, series={"shape": SHAPE}, grid=grid)
    assert case.need_kw("mill").tolist() == [0.0, 1000.0, 2000.0, 1000.0]


@pytest.mark.parametrize(
    ("carrier", "written", "peak", "counted"),
    [
        ("material", "{constant: 5 t/h}", "", 5.0),
        ("material", "{constant: 5, unit: t/h}", "", 5.0),
        ("material", "{constant: 5000 kg/h}", "", 5.0),
        ("material", '{constant: 1, unit: "1"}', ", peak: 5000 kg/h", 5.0),
        ("material", '{constant: 1, unit: "1"}', ", yearly: 43800 t", 5.0),
        ("hydrogen", "{constant: 5 t/h}", "", 5000.0),
        ("hydrogen", "{constant: 5000 kg/h}", "", 5000.0),
    ],
)
def test_a_profile_of_masses_is_counted_as_its_bus_counts(
    tmp_path: Path, carrier: str, written: str, peak: str, counted: float
) -> None:
    """5 t/h are 5,000 kg/h: materials count tons, hydrogen kilograms, whichever the series is written in. Refused, or taken for
    5,000 t/h, it would be no plan of this park."""
    swaps = (
        ("buses: {main: {}}", f"buses: {{main: {{}}, made: {{carrier: {carrier}}}}}"),
        (
            "  roof: {family",
            f"  need: {{family: demand, bus: made, profile: flow{peak}}}\n"
            "  bought: {family: supply, bus: made, price: 1 CNY/t}\n  roof: {family",
        ),
        ("  sun: {", f"  flow: {written}\n  sun: {{"),
    )
    case, findings = gathered(tmp_path, *swaps)
    assert [found.text() for found in findings] == []
    assert case is not None
    assert case.need("need") == pytest.approx(np.full(8760, counted))


def test_needs_add_up() -> None:
    case = scaled(peak=2)
    assert case.total_need_kw().tolist() == [1.0, 3.0, 5.0, 3.0]


def test_availability_is_its_series_or_always() -> None:
    line = {"family": "firm_line", "source": "hydro", "power": 5, "price": 0.3, "legal_basis": "assumed"}
    case = small_case([1.0, 1.0], {"roof": pv(10), "line": line}, series={"sun": [0.0, 0.6]})
    assert case.available_pu("roof").tolist() == [0.0, 0.6]
    assert case.available_pu("line").tolist() == [1.0, 1.0]


def test_the_reference_case_drops_the_project_and_keeps_the_rest() -> None:
    case = small_case(
        [1.0, 1.0], {"roof": pv(10), "cells": battery(1, 2)}, series={"sun": [0, 1]}, reference={"without": ["cells"]}
    )
    reference = case.reference()
    assert (list(reference.park.assets), list(case.park.assets)) == (["works", "roof"], ["works", "roof", "cells"])
    assert reference.grid is case.grid
    assert reference.rulebook is case.rulebook
    assert reference.total_need_kw().tolist() == case.total_need_kw().tolist()


def test_a_window_is_the_same_case_for_some_steps() -> None:
    case = small_case([1.0, 2.0, 3.0, 4.0], {"roof": pv(10)}, series={"sun": [0.1, 0.2, 0.3, 0.4]})
    window = case.window(1, 2)
    assert window.grid == case.grid.window(1, 2)
    assert window.need_kw("works").tolist() == [2.0, 3.0]
    assert window.available_pu("roof").tolist() == [0.2, 0.3]


@pytest.mark.parametrize("scale", [{"peak": 10}, {"annual_energy": 1000}])
def test_a_window_keeps_the_scale_of_the_whole_period(scale: dict[str, object]) -> None:
    """A day scaled to the energy of a year would be a load 365 times too large."""
    case = scaled(**scale)
    assert case.window(1, 2).need_kw("mill").tolist() == case.need_kw("mill")[1:3].tolist()
    assert case.window(1, 3).window(0, 1).need_kw("mill").tolist() == case.need_kw("mill")[1:2].tolist()


def test_a_case_for_another_park_keeps_series_and_rules() -> None:
    case = small_case([1.0], {"roof": pv(10)}, series={"sun": [1.0]})
    other = case.with_park(case.park.reference_case())
    assert (other.series, other.rulebook, other.grid) == (case.series, case.rulebook, case.grid)


# ---------------------------------------------------------------------------------------------- read


def test_a_park_is_joined_with_its_series_in_canonical_units(tmp_path: Path) -> None:
    case = case_in(tmp_path)
    assert (case.grid.steps, case.grid.zone, list(case.series)) == (8760, "Asia/Shanghai", ["need", "sun"])
    assert (case.series["need"].unit, set(case.need_kw("mill"))) == ("kW", {1000.0})
    assert set(case.available_pu("roof")) == {0.2}
    assert {series.quality.max() for series in case.series.values()} == {Quality.ASSUMED}


def test_a_series_that_nobody_reads_is_not_read(tmp_path: Path) -> None:
    """Its file may be away; the park says only that it is unused."""
    case, findings = gathered(tmp_path, ("series:\n", "series:\n  old: {file: gone.csv, column: kw, unit: kW}\n"))
    assert case is not None
    assert [found.code for found in findings] == ["park.series-unused"]
    assert case.findings == tuple(findings)
    assert "old" not in case.series


def test_a_park_as_plain_data_names_no_files() -> None:
    """A calculator on a server must not read what a stranger names."""
    given = "need: {file: /etc/passwd, column: a, unit: kW}"
    sheet, _ = compose(changed(("need: {constant: 1, unit: MW}", given)).encode(), "standard input")
    with pytest.raises(InputError) as raised:
        case_of(sheet)
    assert str(raised.value) == (
        "standard input:16: case.no-files-here: series.need: a park given as plain data cannot name files; "
        "got /etc/passwd. Use constants or monthly means, or a park file."
    )


def test_a_park_as_plain_data_is_the_park_of_the_file(tmp_path: Path) -> None:
    given = case_of(compose(PARK.encode(), "standard input")[0])
    read = case_in(tmp_path)
    assert given.park == read.park
    assert all(given.series[name].same_as(read.series[name]) for name in read.series)


FACTOR = """\
- id: own.factor
  kind: emission_factor
  place: {country: CN}
  view: park_annex4
  energy: unbacked
  scope: national
  factor_year: 2024
  factor: 0.7 kgCO2/kWh
  valid_from: "2025-01-01"
  recorded_at: "2020-01-01"
  document: invented
  source: none
  confidence: invented
  verified: false
  examples: [{energy: 1 GWh, emissions: 700 t}]
"""


def factor_of(case: Case) -> float:
    """What the case counts for a kilowatt-hour that nothing covers [t/kWh]."""
    wanted = {"view": "park_annex4", "carrier": "electricity", "energy": "unbacked"}
    found = case.rulebook.find(EmissionFactor, case.grid, place=Place("CN"), select=wanted)
    assert found.findings == ()
    return found.one().factor


def test_rules_of_the_park_file_beat_the_shipped_ones(tmp_path: Path) -> None:
    """Even one written down earlier: a park says which rules it is judged by."""
    shipped = case_in(tmp_path)
    own = case_in(tmp_path, ("- id: own.retail", FACTOR + "- id: own.retail"))
    assert factor_of(own) == pytest.approx(0.7e-3)
    assert factor_of(shipped) != pytest.approx(0.7e-3)


def test_a_pack_lies_between_the_shipped_rules_and_those_of_the_file(tmp_path: Path) -> None:
    factor = FACTOR.replace("own.factor", "cn.park-annex4.unbacked").replace("2020-01-01", "2026-12-01")
    (tmp_path / "pack.yaml").write_text(factor, "utf-8")
    (tmp_path / "park.yaml").write_text(PARK, "utf-8")
    packed = read_case(tmp_path, (tmp_path / "pack.yaml",))
    assert factor_of(packed) == pytest.approx(0.7e-3)
    own = FACTOR.replace("0.7 ", "0.8 ").replace("700", "800")
    (tmp_path / "park.yaml").write_text(changed(("- id: own.retail", own + "- id: own.retail")), "utf-8")
    assert factor_of(read_case(tmp_path, (tmp_path / "pack.yaml",))) == pytest.approx(0.8e-3)


def test_errors_are_raised_together(tmp_path: Path) -> None:
    text = changed(("capacity: 2 MVA", "capacity: 2 MW"), ("sun: {constant: 0.2}", "sun: {constnt: 0.2}"))
    (tmp_path / "park.yaml").write_text(text, "utf-8")
    with pytest.raises(InputError) as raised:
        read_case(tmp_path)
    assert [(found.code, found.line) for found in raised.value.findings] == [
        ("units.wrong-dimension", 11),
        ("series.unclear-source", 17),
    ]


def test_a_confined_park_names_no_file_outside_its_folder(tmp_path: Path) -> None:
    """Up the tree, by its full path, or through a link: a park that somebody sent could read any file of the server."""
    folder = tmp_path / "sent"
    lay_out_base(folder)
    (folder / "load.csv").rename(tmp_path / "load.csv")
    (folder / "link.csv").symlink_to(tmp_path / "load.csv")
    text = (folder / "park.yaml").read_text("utf-8")
    for file in ("../load.csv", str(tmp_path / "load.csv"), "link.csv"):
        (folder / "park.yaml").write_text(text.replace("file: load.csv", f"file: {file}"), "utf-8")
        assert check_park(folder) == []
        assert [found.text() for found in check_park(folder, confined=True)] == [
            f"{folder}/park.yaml:47: series.outside-folder: series.load: the file lies outside the folder of the park; "
            f"got {file}. Put it beside the park file."
        ]


def test_a_confined_park_takes_its_weather_from_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    lay_out_base(folder)
    text = (folder / "park.yaml").read_text("utf-8")
    start = text.index("  sun: {monthly")
    weather = "  sun: {pv: {tilt: 30, azimuth: 180, weather: {epw: ../secret.epw}}}"
    (folder / "park.yaml").write_text(text[:start] + weather + text[text.index("\n", start) :], "utf-8")
    assert [found.code for found in check_park(folder, confined=True)] == ["series.outside-folder"]
