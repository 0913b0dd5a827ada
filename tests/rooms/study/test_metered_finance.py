"""The finance account of a metered year: what the reference case serves is what was metered, or is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from lingtan.study.finance_account import finance_of_file
from tests.small_parks import small_case

HOURS = 24
CARS = {
    "family": "ev_fleet",
    "vehicles": 4,
    "battery": 40.0,
    "vehicle_power": 7.0,
    "power": 28.0,
    "trip": 10.0,
    "arrives": 0.0,
    "leaves": 20.0,
}


HALL = {
    "family": "thermostatic_load",
    "need": "heating",
    "low": 20.0,
    "high": 20.5,
    "heat_capacity": 10.0,
    "heat_loss": 1.0,
    "outside": 0.0,
    "power": 30.0,
    "cop": 2.0,
}
NAMED = "The reference case serves cars, hall as the park file says, not as metered."


def metered(folder: Path, **means_kw: float) -> Path:
    """A file of constant flows; `__` stands for the dot in their names."""
    names = [name.replace("__", ".") for name in means_kw]
    rows = [[f"2025-03-03 {hour:02d}:00", *map(str, means_kw.values())] for hour in range(HOURS)]
    path = folder / "metered.csv"
    path.write_text("\n".join(",".join(row) for row in [["time", *names], *rows]) + "\n", "utf-8")
    return path


def test_a_load_that_gives_way_is_compared_with_what_it_took(tmp_path: Path) -> None:
    """The file says 10 kW each, 5 and 20 were metered: 600 kWh. Rules out a reference of 120 + 240, and a fault for want of a
    column of what was moved, which no meter sees."""
    case = small_case([10.0] * HOURS, {"furnace": {"family": "shiftable_load", "profile": "need", "share": 0.5}})
    flows = metered(tmp_path, works__load_kw=5.0, furnace__load_kw=20.0, grid__import_kw=25.0, grid__export_kw=0.0)
    account = finance_of_file(case, flows, None)
    assert account.reference.accounts.energy.used_kwh == pytest.approx(600.0)
    assert not [each for each in account.assumptions if "not as metered" in each.what.en]


def test_needs_that_no_meter_of_power_sees_are_named(tmp_path: Path) -> None:
    """Cars that drove nothing and a hall kept cold: the reference serves both as the file says, so savings are not only the
    project's."""
    case = small_case([10.0] * HOURS, {"cars": CARS, "hall": HALL})
    still = {f"cars__{flow}_kw": 0.0 for flow in ("charge", "discharge", "driving", "driven")}
    flows = metered(tmp_path, works__load_kw=5.0, hall__load_kw=0.0, grid__import_kw=5.0, grid__export_kw=0.0, **still)
    account = finance_of_file(case, flows, None)
    assert account.reference.accounts.energy.used_kwh > 5.0 * HOURS + 200.0
    assert [each.what.en for each in account.assumptions if "not as metered" in each.what.en] == [NAMED]
