"""The park as an object: read, frozen, asked for its parts, and made into its reference case."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from lingtan.findings import InputError
from lingtan.park import Battery, FirmLine, Load, Park, Pv, Wind, read_park
from lingtan.park.read import read_sheet
from tests.rooms.park.park_samples import METERS, MIXED, STARTER
from tests.small_parks import park_of


@pytest.fixture(scope="module")
def starter() -> Park:
    return read_park(STARTER)


@pytest.fixture(scope="module")
def mixed() -> Park:
    return park_of(MIXED, meters=METERS, reference={"without": ["roof", "cells"]})


def test_the_starter_is_read_in_canonical_units(starter: Park) -> None:
    """MW, MVA, % and h of the file become kW, kVA, shares and minutes: off by a thousand would size a park a thousandfold."""
    pv_, cells = starter.assets["pv"], starter.assets["battery"]
    assert isinstance(pv_, Pv)
    assert isinstance(cells, Battery)
    assert (starter.name, starter.site.zone, starter.period.year, starter.period.step) == (
        "starter",
        "Asia/Shanghai",
        2025,
        60.0,
    )
    assert (pv_.power.min, pv_.power.max, pv_.capex, pv_.om_share) == (0.0, 12_000.0, 2850.0, 0.01)
    assert (cells.power.max, cells.energy.max, cells.life) == (5_000.0, 20_000.0, 12)
    assert starter.connections["grid"].capacity.max == 16_000.0
    assert (starter.finance.discount_rate, starter.customer.voltage) == (0.06, 10.0)
    assert starter.title.words.zh == "入门示例园区"


def test_a_folder_stands_for_its_park_file(starter: Park) -> None:
    assert read_park(STARTER / "park.yaml") == starter
    assert read_park(str(STARTER)) == starter


def test_a_park_is_frozen(starter: Park) -> None:
    """Facts that change under a plan would make the plan's certificate a lie."""
    for thing, field in (
        (starter, "name"),
        (starter.site, "zone"),
        (starter.assets["pv"], "capex"),
        (starter.connections["grid"], "capacity"),
        (starter.finance, "discount_rate"),
    ):
        with pytest.raises(ValidationError, match="frozen"):
            setattr(thing, field, getattr(thing, field))


def test_every_size_has_one_name_and_one_cell(starter: Park) -> None:
    """Rules out a table of names in one room that a new kind of size, or a new asset, is forgotten in."""
    assert [(each.name, each.cell, each.size.unit, each.size.free) for each in starter.sizes()] == [
        ("pv.power_kw", "assets.pv.power", "kW", True),
        ("battery.power_kw", "assets.battery.power", "kW", True),
        ("battery.energy_kwh", "assets.battery.energy", "kWh", True),
        ("grid.capacity_kva", "connections.grid.capacity", "kVA", False),
    ]


def test_assets_come_in_the_order_of_the_file(mixed: Park) -> None:
    assert [name for name, _ in mixed.of_family(Load)] == ["mill", "offices"]
    assert [name for name, _ in mixed.of_family(Pv)] == ["roof", "field"]
    assert [name for name, _ in mixed.of_family(Wind)] == ["hill"]
    assert [name for name, _ in mixed.of_family(FirmLine)] == ["hydro"]
    assert [name for name, _ in mixed.of_family(Battery)] == ["cells"]
    assert [name for name, _ in mixed.generators()] == ["roof", "hydro", "hill", "field"]


def test_without_leaves_the_rest_as_it_is(mixed: Park) -> None:
    less = mixed.without(frozenset({"hydro", "no_such"}))
    assert list(less.assets) == ["mill", "roof", "hill", "cells", "field", "offices"]
    assert all(less.assets[name] is mixed.assets[name] for name in less.assets)
    assert less.connections == mixed.connections
    assert "hydro" in mixed.assets


def test_the_reference_case_is_the_park_without_the_project(mixed: Park) -> None:
    assert list(mixed.reference_case().assets) == ["mill", "hydro", "hill", "field", "offices"]
    assert mixed.reference_case() == mixed.without(frozenset({"roof", "cells"}))


def test_series_are_named_with_the_places_that_read_them(mixed: Park) -> None:
    """A meter's record counts, too: else its series would be called unused and not be read."""
    assert mixed.series_used() == {
        "need": ["assets.mill.profile", "assets.offices.profile"],
        "sun": ["assets.roof.availability", "assets.field.availability"],
        "water": ["assets.hydro.availability"],
        "air": ["assets.hill.availability"],
        "metered": ["meters.west.series"],
    }


@pytest.mark.parametrize(
    ("step", "minutes", "steps"),
    [("5 min", 5, 105_120), ("10 min", 10, 52_560), (15, 15, 35_040), ("0.5 h", 30, 17_520), ("1 h", 60, 8_760)],
)
def test_the_grid_is_the_calendar_year_of_the_park(step: object, minutes: int, steps: int) -> None:
    grid = park_of({}, period={"year": 2025, "step": step}).grid()
    assert (grid.step_minutes, grid.steps, grid.zone) == (minutes, steps, "Asia/Shanghai")
    assert (grid.start, grid.local[0]) == (np.datetime64("2024-12-31T16:00"), np.datetime64("2025-01-01T00:00"))


def test_a_leap_year_has_its_day_and_a_plain_step_is_in_minutes() -> None:
    assert park_of({}, period={"year": 2024, "step": 60}).grid().steps == 8_784
    assert park_of({}, period={"year": 2025}).period.step == 15.0


@pytest.mark.parametrize(
    ("source", "counts"),
    [
        ("hydro", True),
        ("nuclear", True),
        ("wind", True),
        ("pv", True),
        ("biomass", True),
        ("fossil", False),
        ("unknown", False),
    ],
)
def test_only_what_is_known_to_be_non_fossil_is(source: str, counts: bool) -> None:
    """A line of unknown origin must not count zero tonnes."""
    line = park_of({"line": {**MIXED["hydro"], "source": source}}).assets["line"]
    assert isinstance(line, FirmLine)
    assert line.non_fossil is counts


def test_a_park_dumped_is_the_park(starter: Park, mixed: Park) -> None:
    """Also where a none means something: a loss that never lapses must not come back as one that lapses in five years."""
    endless = park_of({}, finance={"discount_rate": 0.06, "loss_years": None})
    assert endless.finance.loss_years is None
    for park in (starter, mixed, endless):
        assert Park.model_validate(park.dump()) == park


def test_an_absent_file_is_a_finding(tmp_path: Path) -> None:
    for path, file in ((tmp_path / "park.yml", "park.yml"), (tmp_path, "park.yaml")):
        with pytest.raises(InputError) as raised:
            read_park(path)
        assert str(raised.value) == (
            f"{tmp_path / file}: park.no-file: {file}: there is no such file. "
            "Check the path, or start a park with `lingtan init`."
        )


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_a_finding(tmp_path: Path) -> None:
    file = Path(shutil.copy(STARTER / "park.yaml", tmp_path / "park.yaml"))
    file.chmod(0)
    assert [found.code for found in read_sheet(file)[1]] == ["park.unreadable"]


def test_a_file_that_grows_without_end_is_read_to_its_bound(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A wrong path to a measured CSV of gigabytes must not fill the memory."""
    monkeypatch.setattr("lingtan.park.read.MAX_BYTES", 100)
    monkeypatch.setattr("lingtan.sheet.MAX_BYTES", 100)
    (tmp_path / "park.yaml").write_bytes(b"# " * 5_000)
    assert [(found.code, found.got) for found in read_sheet(tmp_path)[1]] == [("sheet.too-large", "> 100 B")]
