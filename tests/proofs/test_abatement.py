"""The path to less carbon, solved by hand: two ways to make heat, one dear and free of carbon."""

from __future__ import annotations

import pytest

from lingtan.advise import abatement_path
from lingtan.optimize import plan
from tests.proofs.energy_parks import costs_at, energy_case

BUSES = {
    "hot": {"carrier": "heat", "temperature": 85.0},
    "wood": {"carrier": "biomass", "heating_value": "4 kWh/kg"},
}
ASSETS = {
    "heat_need": {"family": "demand", "bus": "hot", "profile": "need"},
    "electrode": {"family": "electric_boiler", "input": "main", "bus": "hot", "power": 400.0, "efficiency": 1.0},
    "wood_boiler": {"family": "boiler", "fuel_bus": "wood", "bus": "hot", "power": 80.0, "efficiency": 1.0},
    "chips": {"family": "supply", "bus": "wood", "price": 2000.0},
}


def test_the_path_ends_at_the_least_and_prices_each_step() -> None:
    """100 kWh of electric heat at 0.1; wood at 0.5 for up to 80: tonnes fall to a fifth, each at 0.4 CNY/kWh over the factor.

    A path that ends at zero would promise what no plant here can do; one priced by the price of the cap would say 10 CNY/kWh.
    """
    case = energy_case(ASSETS, BUSES, series={"need": ("kW", [100.0])}, targets={"abatement_steps": 4})
    costs = costs_at(case, 0.1)
    path = abatement_path(case, costs, plan(case, costs))
    factor = path[0].emissions_t / 100.0
    assert [step.emissions_t / factor for step in path] == pytest.approx([100.0, 80.0, 60.0, 40.0, 20.0], rel=1e-4)
    assert [step.cost_cny for step in path] == pytest.approx([10.0, 18.0, 26.0, 34.0, 42.0], rel=1e-4)
    assert path[0].cny_per_t is None
    assert [step.cny_per_t for step in path[1:]] == pytest.approx([0.4 / factor] * 4, rel=1e-3)


def test_nothing_to_abate_is_no_path() -> None:
    """Without wood no plan has fewer tonnes; a path of equal steps would look like work to do."""
    assets = {name: asset for name, asset in ASSETS.items() if name not in ("wood_boiler", "chips")}
    case = energy_case(assets, BUSES, series={"need": ("kW", [100.0])}, targets={"abatement_steps": 4})
    costs = costs_at(case, 0.1)
    assert abatement_path(case, costs, plan(case, costs)) == ()
