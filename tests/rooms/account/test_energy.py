"""The energy account of a table worked by hand: two quarter-hours, a load, PV, a line, a battery, a connection."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.account import energy_of
from lingtan.park import Park
from lingtan.series import Table
from tests.small_parks import battery, hours_grid, park_of, pv

FLOWS = {
    # kW in each quarter-hour; the bus balances: import + generation + discharge + cut = load + export + charge
    "works.load_kw": [100.0, 80.0],
    "works.shortfall_kw": [0.0, 8.0],
    "grid.import_kw": [50.0, 20.0],
    "grid.export_kw": [6.0, 0.0],
    "roof.generation_kw": [60.0, 12.0],
    "roof.curtailed_kw": [4.0, 0.0],
    "line.generation_kw": [20.0, 20.0],
    "line.curtailed_kw": [0.0, 4.0],
    "store.charge_kw": [24.0, 0.0],
    "store.discharge_kw": [0.0, 20.0],
}


def park() -> Park:
    line = {"family": "firm_line", "source": "hydro", "power": 24.0, "price": 0.3, "legal_basis": "test"}
    assets = {
        "works": {"family": "load", "profile": "need"},
        "roof": pv(64.0),
        "line": line,
        "store": battery(30.0, 30.0),
    }
    return park_of(assets)


def table(**changes: list[float]) -> Table:
    columns = {name: np.array(values) for name, values in {**FLOWS, **changes}.items()}
    return Table(hours_grid(2, step_minutes=15), columns)


def test_energies_by_hand():
    """kWh are kW times a quarter; summed kW would be four times as much. Generation counts what was offered."""
    energy = energy_of(park(), table())
    assert (energy.load_kwh, energy.shortfall_kwh) == (45.0, 2.0)
    assert (energy.import_kwh, energy.export_kwh) == (17.5, 1.5)
    assert energy.generation_kwh == {"roof": 19.0, "line": 11.0}
    assert (energy.curtailed_kwh, energy.available_kwh, energy.delivered_kwh) == (2.0, 30.0, 28.0)
    assert (energy.charge_kwh, energy.discharge_kwh, energy.losses_kwh) == (6.0, 5.0, 1.0)
    assert (energy.delivered_by("roof"), energy.delivered_by("line")) == (18.0, 10.0)


def test_nothing_is_left_over():
    """Import + generation − curtailed + shortfall = load + export + losses: 17.5 + 30 − 2 + 2 = 45 + 1.5 + 1."""
    energy = energy_of(park(), table())
    came = energy.import_kwh + energy.available_kwh - energy.curtailed_kwh + energy.shortfall_kwh
    assert came == energy.load_kwh + energy.export_kwh + energy.losses_kwh == 47.5


def test_used_is_what_was_served_and_lost():
    """45 − 2 + 1. With the cut energy the park would seem to have used what it never got."""
    assert energy_of(park(), table()).used_kwh == 44.0


def test_an_emptied_store_gives_more_than_it_took():
    """Losses below zero mean that the period began with energy that came from before it."""
    energy = energy_of(park(), table(**{"store.discharge_kw": [0.0, 40.0]}))
    assert energy.losses_kwh == -4.0


def test_a_flow_that_nobody_measured_is_refused():
    columns = {name: np.array(values) for name, values in FLOWS.items() if name != "grid.export_kw"}
    with pytest.raises(KeyError, match=r"grid\.export_kw"):
        energy_of(park(), Table(hours_grid(2, step_minutes=15), columns))


def test_what_never_reaches_a_watt_is_none():
    """A solver leaves fractions of a watt in every step: 0.075 kWh curtailed in a year of a park that curtails nothing. A cut of
    two watts in one step is a cut."""
    dust = energy_of(park(), table(**{"roof.curtailed_kw": [9e-4, 0.0], "works.shortfall_kw": [2e-3, 0.0]}))
    assert (dust.curtailed_by_asset_kwh["roof"], dust.shortfall_kwh) == (0.0, pytest.approx(5e-4))
    assert dust.generation_kwh["roof"] == dust.delivered_by("roof")
