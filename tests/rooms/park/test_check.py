"""Checks that need more than one part of a park, each shown by the smallest change that brings it up."""

from __future__ import annotations

from typing import Any

import pytest

from lingtan.findings import Severity
from lingtan.park.check import check
from tests.small_parks import battery, park_of, pv

LOAD = {"family": "load", "profile": "need"}
NEED = {"need": {"constant": 1, "unit": "kW"}}
PARTS: dict[str, Any] = {
    "members": {"works": {"name": {"en": "Works", "zh": "工厂"}}},
    "meters": {"pcc": {}, "west": {"parent": "pcc"}},
    "series": NEED,
}

Seen = tuple[str, tuple[int | str, ...], str, object, object]


def seen(assets: dict[str, Any], connection: dict[str, Any] | None = None, **parts: Any) -> list[Seen]:
    """Code, path, who, expected and got of each remark on a park with a load."""
    park = park_of({"mill": LOAD, **assets}, connection, **{**PARTS, **parts})
    return [(f.code, path, f.who, f.expected, f.got) for path, f in check(park)]


def test_a_sound_park_has_no_remark() -> None:
    assert (
        seen({"cells": battery(10, 20, member="works", meter="west")}, {"meter": "pcc", "import_limit": 1000.0}) == []
    )


@pytest.mark.parametrize(
    ("assets", "parts", "remark"),
    [
        (
            {"roof": pv(1, "need", bus="mian")},
            {},
            ("park.no-such-bus", ("assets", "roof", "bus"), "assets.roof.bus", "main", "mian"),
        ),
        (
            {"roof": pv(1, "need", member="work")},
            {},
            ("park.no-such-member", ("assets", "roof", "member"), "assets.roof.member", "works", "work"),
        ),
        (
            {"roof": pv(1, "need", meter="north")},
            {},
            ("park.no-such-meter", ("assets", "roof", "meter"), "assets.roof.meter", "pcc, west", "north"),
        ),
        (
            {},
            {"connection": {"meter": "pc"}},
            ("park.no-such-meter", ("connections", "grid", "meter"), "connections.grid.meter", "pcc", "pc"),
        ),
        (
            {"dorms": {**LOAD, "profile": "needs"}},
            {},
            ("park.no-such-series", ("assets", "dorms", "profile"), "assets.dorms.profile", "need", "needs"),
        ),
        (
            {"roof": pv(1, "nead")},
            {},
            ("park.no-such-series", ("assets", "roof", "availability"), "assets.roof.availability", "need", "nead"),
        ),
        (
            {},
            {"meters": {"pcc": {"series": "neeed"}}},
            ("park.no-such-series", ("meters", "pcc", "series"), "meters.pcc.series", "need", "neeed"),
        ),
        (
            {},
            {"meters": {"pcc": {}, "west": {"parent": "pccc"}}},
            ("park.no-such-meter", ("meters", "west", "parent"), "meters.west.parent", "pcc", "pccc"),
        ),
        (
            {},
            {"reference": {"without": ["mil"]}},
            ("park.no-such-asset", ("reference", "without", 0), "reference.without", "mill", "mil"),
        ),
        (
            {"roof": pv(1, "need")},
            {"reference": {"without": ["roof", "mill"]}},
            ("park.reference-drops-load", ("reference", "without", 1), "reference.without", "", "mill"),
        ),
        (
            {"grid": pv(1, "need")},
            {},
            ("park.name-twice", ("connections", "grid"), "connections.grid", "", "grid"),
        ),
        (
            {},
            {"connection": {"import_limit": 1001.0}},
            (
                "park.limit-above-capacity",
                ("connections", "grid", "import_limit"),
                "connections.grid.import_limit",
                "≤ 1000 kW",
                "1001 kW",
            ),
        ),
        (
            {},
            {"connection": {"export_limit": 951.0, "power_factor": 0.95}},
            (
                "park.limit-above-capacity",
                ("connections", "grid", "export_limit"),
                "connections.grid.export_limit",
                "≤ 950 kW",
                "951 kW",
            ),
        ),
        (
            {"annex": {**LOAD, "bus": "other"}},
            {"buses": {"main": {}, "other": {}}},
            ("park.bus-without-source", ("assets", "annex", "bus"), "assets.annex.bus", "", "other"),
        ),
        (
            {},
            {"series": {**NEED, "sun": {"constant": 1}}},
            ("park.series-unused", ("series", "sun"), "series.sun", "", ""),
        ),
        ({"cells": battery(5, 0)}, {}, ("park.battery-half-empty", ("assets", "cells"), "assets.cells", "", "")),
        (
            {"cells": battery(0, {"min": 1, "max": 2})},
            {},
            ("park.battery-half-empty", ("assets", "cells"), "assets.cells", "", ""),
        ),
    ],
)
def test_one_fault_is_one_remark(assets: dict[str, Any], parts: dict[str, Any], remark: Seen) -> None:
    parts = dict(parts)
    assert seen(assets, parts.pop("connection", None), **parts) == [remark]


def test_a_park_without_a_load_has_nothing_to_plan() -> None:
    assert [found.code for _, found in check(park_of({}))] == ["park.no-load"]


def test_an_unused_series_stops_nothing() -> None:
    """It may wait for an asset that is tried out; every other remark is an error."""
    park = park_of({"mill": LOAD, "cells": battery(5, 0)}, series={**NEED, "sun": {"constant": 1}})
    assert {found.code: found.severity for _, found in check(park)} == {
        "park.series-unused": Severity.WARNING,
        "park.battery-half-empty": Severity.ERROR,
    }


def test_each_meter_of_a_circle_is_named_and_none_that_only_leads_into_it() -> None:
    """`d` hangs below the circle and is right; walking its ancestors must end all the same."""
    meters = {
        "a": {"parent": "c"},
        "b": {"parent": "a"},
        "c": {"parent": "b"},
        "d": {"parent": "a"},
        "e": {"parent": "e"},
    }
    assert [(code, path, got) for code, path, _, _, got in seen({}, meters=meters)] == [
        ("park.meter-circle", ("meters", "a", "parent"), "a → c → b → a"),
        ("park.meter-circle", ("meters", "b", "parent"), "b → a → c → b"),
        ("park.meter-circle", ("meters", "c", "parent"), "c → b → a → c"),
        ("park.meter-circle", ("meters", "e", "parent"), "e → e"),
    ]


def test_a_battery_left_to_the_optimizer_may_be_nothing() -> None:
    ranges = battery({"min": 0, "max": 5}, {"min": 0, "max": 0})
    assert seen({"cells": ranges, "none": battery(0, 0)}) == []


def test_a_generator_feeds_its_bus_and_a_battery_does_not() -> None:
    buses = {"main": {}, "island": {}}
    annex = {**LOAD, "bus": "island"}
    assert seen({"annex": annex, "roof": pv(1, "need", bus="island")}, buses=buses) == []
    found = seen({"annex": annex, "cells": battery(1, 2, bus="island")}, buses=buses)
    assert [code for code, *_ in found] == ["park.bus-without-source"]


def test_several_faults_come_in_one_pass() -> None:
    found = seen({"roof": pv(1, bus="mian", member="nobody"), "cells": battery(5, 0)}, {"export_limit": 5e6})
    assert [code for code, *_ in found] == [
        "park.no-such-bus",
        "park.no-such-member",
        "park.no-such-series",
        "park.limit-above-capacity",
        "park.battery-half-empty",
    ]
