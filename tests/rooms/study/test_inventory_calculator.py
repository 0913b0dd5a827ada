"""`calc inventory`: the experts' sum, power plants inside the park, records of one's own, findings."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lingtan.findings import InputError
from lingtan.study.calc import CALCULATORS, calculate
from tests.small_parks import INVENTED

DIRECT = {"way": "taken_in", "kind": "direct_non_fossil", "energy": "1.0 TWh"}
GRID = {"way": "taken_in", "energy": "0.2 TWh"}


def inventory(**case: Any) -> Any:
    return calculate("inventory", {"year": 2025, "place": "Sichuan", **case})


def test_the_sum_an_expert_does_in_the_head() -> None:
    """1.2 TWh of which 1.0 direct: 166,500 t over 360,000 tce, 0.46 t/tce, about 113,500 certificates for 0.6 M CNY."""
    found = inventory(electricity=[DIRECT, GRID])
    assert found["emissions_t"] == pytest.approx(166_500)
    assert found["energy_tce"] == pytest.approx(360_000)
    assert found["intensity_t_per_tce"] == pytest.approx(0.4625)
    assert (found["threshold_t_per_tce"], found["verdict"], found["direct_verdict"]) == (0.2, "missed", "met")
    assert found["gap"]["electricity_kwh"] == pytest.approx(94_500 / 0.8325e-3)
    assert (found["gap"]["certificates"], found["gap"]["remaining_t"]) == (113_514, 0.0)
    assert found["gap"]["price_per_certificate"]["rule"] == "cn.gec.2026-01.vintage-2025"
    assert found["gap"]["cost_cny"] == pytest.approx([625_462.14, 625_462.14])


def test_the_conversion_is_never_silent() -> None:
    """At the heat content the same park is 147,480 tce: too small for any threshold, and the answer says which mode it is."""
    found = inventory(electricity=[DIRECT, GRID], conversion="calorific")
    assert found["energy_tce"] == pytest.approx(1.2e9 * 0.1229e-3)
    assert (found["conversion"]["mode"], found["verdict"]) == ("calorific", "not_defined")
    assert (found["gap"], found["range"], found["unbacked_share_limit"]) == (None, None, None)


def test_a_vintage_nobody_has_seen_has_no_price() -> None:
    found = inventory(electricity=[GRID, DIRECT], year=2026)
    assert (found["gap"]["price_per_certificate"], found["gap"]["cost_cny"]) == (None, None)


def test_power_from_fuel_counts_by_its_fuel() -> None:
    """A coal plant inside: its coal counts, what it sends out earns 0.8325, what is used inside only enlarges the use.

    100,000 t · 19.570 · 0.0261 · 0.93 · 44/12 − 50 GWh · 832.5; the use is 100 + 150 − 50 GWh, half of it direct.
    """
    found = inventory(
        activities=[{"kind": "fuel_use", "fuel": "bituminous", "quantity": "100 kt"}],
        electricity=[
            {"way": "taken_in", "kind": "direct_non_fossil", "energy": "100 GWh"},
            {"way": "from_fuel", "energy": "150 GWh"},
            {"way": "sent_out", "energy": "50 GWh"},
        ],
    )
    coal = 100_000 * 19.570 * 0.0261 * 0.93 * 44 / 12
    assert found["by_category"] == pytest.approx({"fuel": coal, "electricity": -41_625.0})
    assert found["energy_tce"] == pytest.approx(100_000 * 19.570 / 29.3076 + 50e6 * 0.3e-3)
    assert found["direct_share"] == pytest.approx(100 / 200)


def test_members_add_up() -> None:
    found = inventory(
        activities=[
            {
                "kind": "heat",
                "member": "mill",
                "partner": "shop",
                "direction": "sold",
                "source": "fossil",
                "quantity": 100,
            },
            {"kind": "fuel_use", "member": "mill", "fuel": "diesel", "quantity": "10 t"},
        ],
        electricity=[{"way": "taken_in", "member": "shop", "energy": "1 GWh"}],
    )
    tonnes = {each["member"]: each["emissions_t"] for each in found["members"]}
    assert tonnes == pytest.approx({"shop": 832.5 + 11.0, "mill": 30.95909637333 - 11.0})
    assert sum(tonnes.values()) == pytest.approx(found["emissions_t"])


def test_records_may_be_brought_along() -> None:
    own = {
        **INVENTED,
        "id": "own.lime",
        "kind": "process_factor",
        "product": "lime",
        "factor": 0.7,
        "basis": "verification",
        "examples": [{"output": 10, "emissions": 7}],
    }
    found = inventory(activities=[{"kind": "process", "product": "lime", "quantity": 100}], rules=[own])
    assert (found["emissions_t"], "own.lime" in found["rules"]) == (pytest.approx(70.0), True)


def test_an_empty_case_has_no_intensity() -> None:
    found = inventory()
    assert (found["emissions_t"], found["intensity_t_per_tce"], found["verdict"]) == (0.0, None, "not_defined")
    assert json.dumps(found, allow_nan=False)


def test_findings_name_the_entry() -> None:
    with pytest.raises(InputError) as error:
        inventory(activities=[{"kind": "fuel_use", "fuel": "coke", "quantity": "5 t"}])
    assert [(found.code, found.who) for found in error.value.findings] == [
        ("carbon.no-fuel-factor", "activities[1].fuel")
    ]


def test_the_form_is_printable() -> None:
    schema = CALCULATORS["inventory"].case.model_json_schema()
    assert {"year", "activities", "electricity", "conversion"} <= set(schema["properties"])
