"""Records that activities need: what is missing is said all at once, at its entry, with what would do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from lingtan.carbon import activity_lines, activity_rules, remarks_of
from lingtan.findings import InputError
from lingtan.rulebook import Place, Rulebook
from tests.small_parks import INVENTED, book_with, park_of, shipped

CN = Place("CN")
FUELS = (
    "anthracite, bituminous, blast_furnace_gas, coke_oven_gas, diesel, fuel_oil, gasoline, lignite, lpg, natural_gas"
)


def park_with(activities: Sequence[dict[str, Any]]) -> Any:
    return park_of({"mill": {"family": "load", "profile": "need"}}, activities=activities)


def refused(activities: Sequence[dict[str, Any]], book: Rulebook) -> list[str]:
    with pytest.raises(InputError) as error:
        activity_rules(park_with(activities).activities, book, CN, 2025)
    return [found.text() for found in error.value.findings]


def fuel(name: str, quantity: str, use: str = "fuel") -> dict[str, Any]:
    return {"kind": "fuel_use", "fuel": name, "quantity": quantity, "use": use}


def test_everything_missing_is_said_in_one_pass() -> None:
    """Raw coal must be told apart by kind, a process needs a sourced factor, gas is not counted in tonnes."""
    given = [
        fuel("raw_coal", "5 t"),
        {"kind": "process", "product": "lime", "quantity": 10},
        fuel("natural_gas", "5 t"),
        {"kind": "bunker", "fuel": "diesel", "quantity": "3 m3"},
    ]
    assert refused(given, shipped()) == [
        "carbon.no-fuel-factor: activities[1].fuel: no record gives the emission factor of this fuel; "
        f"expected {FUELS}, got raw_coal. "
        "Use one of the fuels named, or add a `fuel_factor` record with its source under `rules:`.",
        "carbon.no-process-factor: activities[2].product: no factor is known for this product, for the annex prints "
        "none; got lime. State `factor` and `factor_source`: provincial inventory, verification report or mass balance.",
        "carbon.fuel-unit: activities[3].quantity: the record counts this fuel in another unit; expected m3, got 5.0 t. "
        "Convert the amount by its measured density.",
        "carbon.fuel-unit: activities[4].quantity: the record counts this fuel in another unit; expected t, got 3.0 m3. "
        "Convert the amount by its measured density.",
    ]


def test_heat_needs_records_of_its_own() -> None:
    heat = {"kind": "heat", "direction": "bought", "source": "fossil", "quantity": 5}
    assert refused([heat], Rulebook()) == [
        "carbon.no-heat-factor: activities[1].source: no record gives the factor of this heat; got fossil. "
        "Add one, or state a measured `factor` with its `factor_source`.",
        "carbon.no-coal-equivalent: activities[1].quantity: no record converts this to standard coal; got heat. "
        "Add a `coal_equivalent` record under `rules:`.",
    ]


def test_feedstock_needs_standard_coal_only() -> None:
    """Coke as a material emits nothing here, so that no emission factor is asked for."""
    activities = park_with([fuel("coke", "1000 t", "feedstock")]).activities
    [line] = activity_lines(activities, activity_rules(activities, shipped(), CN, 2025))
    assert (line.emissions_t, line.energy_tce, line.aside_tce) == (0.0, 0.0, pytest.approx(971.4))


def test_a_parks_own_record_beats_the_shipped_one() -> None:
    own = {
        **INVENTED,
        "id": "park.diesel",
        "kind": "fuel_factor",
        "fuel": "diesel",
        "per": "t",
        "calorific_value": 40.0,
        "carbon_content": 0.02,
        "oxidation": 1.0,
        "examples": [{"amount": 1, "emissions": 2.933}],
    }
    activities = park_with([fuel("diesel", "3 t")]).activities
    [line] = activity_lines(activities, activity_rules(activities, book_with(own), CN, 2025))
    assert (line.rule, line.emissions_t) == ("park.diesel", pytest.approx(3 * 40 * 0.02 * 44 / 12))


def test_gas_is_converted_by_its_calorific_value() -> None:
    """The standard gives 1.10 to 1.33 kgce/m3 only; its upper end would be 1.33, the factor's calorific value is 1.3284."""
    activities = park_with([fuel("natural_gas", "1000 m3")]).activities
    [line] = activity_lines(activities, activity_rules(activities, shipped(), CN, 2025))
    assert line.energy_tce == pytest.approx(38.931 / 29.3076)
    assert (line.rule, line.energy_rule) == ("cn.fuel.natural-gas", "cn.fuel.natural-gas")


def test_findings_of_a_park_file_stand_at_their_entries() -> None:
    remarks = [(path, found.code) for path, found in remarks_of(park_with([fuel("raw_coal", "5 t")]), shipped())]
    assert remarks == [(("activities", 0, "fuel"), "carbon.no-fuel-factor")]


def test_a_park_without_activities_asks_for_no_record() -> None:
    """A park elsewhere must not be told that Chinese fuel factors are missing."""
    assert list(remarks_of(park_with([]), Rulebook())) == []
