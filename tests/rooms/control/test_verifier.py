"""The plan verifier: what a wrong plan would do to a park, and that it never gets there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lingtan.control import (
    ControlSettings,
    ControlSite,
    DraftPlan,
    Schedule,
    draft_plan,
    schedule_as_json,
    schedule_from_json,
    site_of,
    verify,
)
from lingtan.control.schedule import sealed
from lingtan.findings import Finding, InputError
from tests.rooms.control.control_samples import NOON, control_park, control_site
from tests.small_parks import park_of

QUARTER = {"step_s": 900, "issued_ms": NOON, "start_ms": NOON}


def draft(**changes: list[float]) -> DraftPlan:
    """Two quarter-hours: 300 kW of load; the battery gives 95 kW, then takes 100 kW; the PV gives 100 kW; the rest is import.

    By hand, at efficiencies of 0.95: 95 / 0.95 · 0.25 = 25 kWh leave the cells, then 100 · 0.95 · 0.25 = 23.75 kWh enter them.
    """
    flows: dict[str, list[float]] = {
        "factory.load_kw": [300.0, 300.0],
        "factory.shortfall_kw": [0.0, 0.0],
        "pv.generation_kw": [100.0, 100.0],
        "pv.curtailed_kw": [0.0, 0.0],
        "battery.charge_kw": [0.0, 100.0],
        "battery.discharge_kw": [95.0, 0.0],
        "grid.import_kw": [105.0, 300.0],
        "grid.export_kw": [0.0, 0.0],
    }
    content = {"battery": changes.pop("battery_content", [375.0, 398.75])}
    flows |= {name.replace("__", "."): row for name, row in changes.items()}
    return draft_plan(flows, content, {"battery": 400.0}, **QUARTER)


def found(plan: DraftPlan, now_ms: int = NOON) -> list[tuple[str, str, str, str]]:
    verdict = verify(SITE, plan, now_ms)
    assert isinstance(verdict, tuple), "the plan was let through"
    return [(one.code, one.who, str(one.expected), str(one.got)) for one in verdict]


SITE: ControlSite = control_site()


def test_a_plan_that_holds_becomes_a_sealed_schedule() -> None:
    """Signs at the bus: a load below zero, charging below zero, import above."""
    schedule = verify(SITE, draft(), NOON)
    assert isinstance(schedule, Schedule)
    assert schedule.power_w == {
        "battery": (95_000, -100_000),
        "pv": (100_000, 100_000),
        "factory": (-300_000, -300_000),
        "grid": (105_000, 300_000),
    }
    assert schedule.content_wh == {"battery": (375_000, 398_750)}
    assert schedule.digest == sealed(schedule)
    assert schedule_from_json(schedule_as_json(schedule)) == schedule


def test_a_changed_watt_breaks_the_seal() -> None:
    schedule = verify(SITE, draft(), NOON)
    assert isinstance(schedule, Schedule)
    forged = replace(schedule, power_w={**schedule.power_w, "battery": (95_001, -100_000)})
    assert sealed(forged) != schedule.digest


def test_a_plan_that_leaves_the_energy_out_is_refused() -> None:
    """EMHASS once published a state of charge of -247 %: the content must follow from the power."""
    assert found(draft(battery_content=[400.0, 423.75])) == [("control.plan-content", "battery", "≤ 11 Wh", "25000 Wh")]


def test_power_beyond_the_rating_is_refused() -> None:
    """A plan of 6 kW on a 2.5 kW battery was seen in the field (evcc 33490)."""
    findings = found(
        draft(battery__discharge_kw=[600.0, 0.0], grid__import_kw=[0.0, 300.0], battery_content=[242.105, 265.855])
    )
    assert ("control.plan-power", "battery.discharge", "≤ 500000 W", "600000 W") in findings
    assert ("control.plan-balance", "main", "± 13 W", "400000 W") in findings


def test_charging_and_discharging_at_once_is_refused() -> None:
    """The difference is the same power, and burns energy in the inverter."""
    findings = found(draft(battery__charge_kw=[100.0, 100.0], battery__discharge_kw=[195.0, 0.0]))
    assert ("control.plan-exclusive", "battery", "min = 0 W", "100000 W") in findings


def test_an_overloaded_connection_is_refused() -> None:
    over = draft(factory__load_kw=[1300.0, 300.0], grid__import_kw=[1105.0, 300.0])
    assert found(over) == [("control.plan-connection", "grid.import", "≤ 950000 W", "1105000 W")]


def test_export_without_a_permit_is_refused() -> None:
    over = draft(factory__load_kw=[100.0, 300.0], grid__import_kw=[0.0, 300.0], grid__export_kw=[95.0, 0.0])
    assert found(over) == [("control.plan-connection", "grid.export", "≤ 0 W", "95000 W")]


def test_an_overfull_battery_is_refused() -> None:
    """The content follows from the power, and the cells cannot hold it."""
    plan = draft_plan(
        {
            "factory.load_kw": [300.0],
            "factory.shortfall_kw": [0.0],
            "pv.generation_kw": [0.0],
            "pv.curtailed_kw": [0.0],
            "battery.charge_kw": [200.0],
            "battery.discharge_kw": [0.0],
            "grid.import_kw": [500.0],
            "grid.export_kw": [0.0],
        },
        {"battery": [1027.5]},  # 980 + 200 · 0.95 · 0.25
        {"battery": 980.0},
        **QUARTER,
    )
    assert found(plan) == [("control.plan-full-empty", "battery", "0 … 1000000 Wh", "1027500 Wh")]


def test_all_findings_come_in_one_pass() -> None:
    bad = draft(factory__load_kw=[300.0, -5.0], grid__import_kw=[105.0, 2000.0])
    assert {code for code, *_ in found(bad)} == {
        "control.plan-negative",
        "control.plan-connection",
        "control.plan-balance",
    }


def test_a_number_that_is_none_cannot_pass() -> None:
    """NaN compares false with every limit; it becomes a negative power instead."""
    assert ("control.plan-negative", "pv.generation", "≥ 0 W", "-1 W") in found(
        draft(pv__generation_kw=[float("nan"), 100.0])
    )


def test_missing_and_unknown_flows_are_named() -> None:
    plan = draft()
    odd = replace(
        plan, flows_w={name: row for name, row in plan.flows_w.items() if name != "pv.curtailed"} | {"ufo.load": (1, 1)}
    )
    assert found(odd) == [
        ("control.plan-shape", "pv.curtailed", "2", "0"),
        ("control.plan-shape", "ufo.load", "0", "2"),
    ]


@pytest.mark.parametrize("now_ms", [NOON - 1, NOON + 1_800_000])
def test_a_plan_for_another_time_is_refused(now_ms: int) -> None:
    """Yesterday's plan holds in every watt, and is wrong all the same; one issued in the future is a clock gone astray."""
    window = f"{NOON} ≤ now < {NOON + 1_800_000}"
    assert found(draft(), now_ms) == [("control.plan-time", "plan", window, str(now_ms))]


def test_a_refusal_reads_as_a_sentence() -> None:
    verdict = verify(SITE, draft(battery_content=[400.0, 423.75]), NOON)
    assert isinstance(verdict, tuple)
    assert [one.text("en") for one in verdict if isinstance(one, Finding)] == [
        "control.plan-content: battery: the content does not follow from the power in 1 steps, worst in step 0; "
        "expected ≤ 11 Wh, got 25000 Wh. The plan is refused; the last good one is followed."
    ]


def test_an_unsized_park_has_no_site() -> None:
    with pytest.raises(InputError) as error:
        site_of(control_park({"energy": {"min": 0.0, "max": 2000.0}}))
    assert str(error.value) == (
        "control.free-size: assets.battery.energy: this size is not fixed. "
        "Give it one value, or run the park with the sizes of a study."
    )


def test_a_bus_with_two_connections_and_a_limit_of_nothing_are_refused_together() -> None:
    """Both findings in one pass; a limit that is silently nobody's would never be kept."""
    park = control_park()
    twin = park.model_copy(update={"connections": {**park.connections, "second": park.connections["grid"]}})
    with pytest.raises(InputError) as error:
        site_of(twin, ControlSettings(demand_limit_kw={"gird": 600.0}, fail_safe_kw={"factory": 0.0}))
    assert [(one.code, one.who) for one in error.value.findings] == [
        ("control.two-connections", "connections.second"),
        ("control.unknown-name", "demand_limit_kw.gird"),
        ("control.unknown-name", "fail_safe_kw.factory"),
    ]


def test_a_plant_falls_back_to_its_share_of_the_permitted_export() -> None:
    """All plants together at their fail-safe must not export more than allowed when no load is left: 190 kW less 4.75."""
    plant = control_site({"export_limit": 190.0}).asset("pv")
    assert plant is not None
    assert plant.fail_safe_kw == pytest.approx(185.25)


def test_a_park_with_heat_is_refused_by_name() -> None:
    """Rules out that control leaves a heat pump out without a word, and a twin that dies of it."""
    assets = {
        "pump": {"family": "heat_pump", "input": "main", "bus": "hot", "power": 10.0, "cop": 3.0},
        "drying": {"family": "demand", "bus": "hot", "profile": "heat"},
    }
    buses = {"main": {}, "hot": {"carrier": "heat"}}
    with pytest.raises(InputError) as refused:
        site_of(park_of(assets, buses=buses))
    assert [(found.code, found.who, found.got) for found in refused.value.findings] == [
        ("control.not-live", "assets.pump", "heat_pump"),
        ("control.not-live", "assets.drying", "demand"),
    ]
