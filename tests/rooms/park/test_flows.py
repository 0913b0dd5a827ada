"""The names of a park's flows: what terms may speak of and what a plan must fill."""

from __future__ import annotations

from lingtan.park import TOTALS, Load, Park, flow_names, read_park
from tests.rooms.park.park_samples import METERS, MIXED, STARTER
from tests.small_parks import park_of

TWO_GRIDS = {"grid": {"bus": "main", "capacity": 1000.0}, "second": {"bus": "main", "capacity": 500.0}}


def mixed() -> Park:
    return park_of(MIXED, meters=METERS)


def test_the_flows_of_a_park() -> None:
    assert flow_names(mixed()) == {
        "load_kw": ("mill.load_kw", "offices.load_kw"),
        "import_kw": ("grid.import_kw",),
        "export_kw": ("grid.export_kw",),
        "generation_kw": ("roof.generation_kw", "hydro.generation_kw", "hill.generation_kw", "field.generation_kw"),
        "curtailed_kw": ("roof.curtailed_kw", "hydro.curtailed_kw", "hill.curtailed_kw", "field.curtailed_kw"),
        "charge_kw": ("cells.charge_kw",),
        "discharge_kw": ("cells.discharge_kw",),
        "shortfall_kw": ("mill.shortfall_kw", "offices.shortfall_kw"),
    }


def test_every_total_is_there_even_when_it_is_empty() -> None:
    names = flow_names(park_of({}))
    assert tuple(names) == TOTALS
    assert names["charge_kw"] == ()


def test_no_flow_is_counted_twice() -> None:
    """A name under two totals would be paid twice."""
    for park in (mixed(), read_park(STARTER)):
        names = [name for parts in flow_names(park).values() for name in parts]
        assert len(names) == len(set(names))


def test_every_part_of_a_park_has_two_flows_of_its_own() -> None:
    """Rules out an asset family that a later change adds and no total counts."""
    park = mixed()
    names = [name for parts in flow_names(park).values() for name in parts]
    for part in (*park.assets, *park.connections):
        assert sum(name.startswith(f"{part}.") for name in names) == 2
    assert len(names) == 2 * (len(park.assets) + len(park.connections))


def test_driving_is_a_load_that_only_batteries_of_vehicles_serve() -> None:
    """Rules out that driving leaves the park's use, that it is drawn from a bus as well, and that a room on a bus of heat counts as
    electricity."""
    size = {
        "vehicles": 2,
        "battery": 40.0,
        "vehicle_power": 7.0,
        "power": 14.0,
        "trip": 10.0,
        "arrives": 18.0,
        "leaves": 7.0,
    }
    hull = {
        "need": "heating",
        "low": 19.0,
        "high": 23.0,
        "power": 5.0,
        "heat_capacity": 9.0,
        "heat_loss": 1.0,
        "outside": 0.0,
    }
    assets = {
        "cars": {"family": "ev_fleet", **size},
        "hall": {"family": "thermostatic_load", **hull},
        "flat": {"family": "thermostatic_load", **hull, "bus": "warm"},
    }
    park = park_of(assets, buses={"main": {}, "warm": {"carrier": "heat"}})
    assert {total: parts for total, parts in flow_names(park).items() if parts} == {
        "load_kw": ("cars.driving_kw", "hall.load_kw"),
        "import_kw": ("grid.import_kw",),
        "export_kw": ("grid.export_kw",),
        "charge_kw": ("cars.charge_kw",),
        "discharge_kw": ("cars.discharge_kw", "cars.driven_kw"),
        "shortfall_kw": ("cars.shortfall_kw", "hall.shortfall_kw"),
    }


def test_each_connection_has_its_own_flows() -> None:
    park = park_of({}, connections=TWO_GRIDS)
    assert flow_names(park)["import_kw"] == ("grid.import_kw", "second.import_kw")
    assert list(park.of_family(Load)) == []
