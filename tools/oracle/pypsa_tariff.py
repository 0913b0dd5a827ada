"""The tariff case in PyPSA: one bus, time-of-use energy, and a demand charge written by hand as linopy rows."""

from __future__ import annotations

import logging

import numpy as np
import pandas as pd
import pypsa

from tests.golden.cases import TARIFF_MONTHS, TARIFF_START, TARIFF_STEP_HOURS, TariffCase, tariff_month

CNY_PER_KWH = {"objective": TARIFF_STEP_HOURS, "stores": TARIFF_STEP_HOURS, "generators": TARIFF_STEP_HOURS}


def answer(case: TariffCase, **solver: object) -> dict[str, object]:
    """Solve the case with HiGHS and read off the objective, its parts and what was chosen."""
    network = build(case)
    status, condition = network.optimize.solve_model(solver_name="highs", progress=False, output_flag=False, **solver)
    if (status, condition) != ("ok", "optimal"):
        raise SystemExit(f"{case.name}: expected an optimum, got {status}, {condition}.")
    return figures(network, case)


def build(case: TariffCase) -> pypsa.Network:
    """The network and its program, in kW, kWh and CNY."""
    logging.disable(logging.WARNING)
    steps = len(case.series["load_kw"])
    network = pypsa.Network()
    network.set_snapshots(pd.date_range(TARIFF_START, periods=steps, freq="15min"))
    network.snapshot_weightings = network.snapshot_weightings.assign(**CNY_PER_KWH)
    network.add("Bus", ["park", "cells"])
    network.add("Load", "load", bus="park", p_set=case.series["load_kw"])
    add_grid(network, case)
    add_plants(network, case)
    add_battery(network, case)
    network.optimize.create_model()
    add_demand_charge(network, case)
    tie_battery_power(network, case)
    return network


def add_grid(network: pypsa.Network, case: TariffCase) -> None:
    """Buying and selling, each with its own limit."""
    bought, sold = case.series["price_cny_per_kwh"], case.export_price_cny_per_kwh
    network.add("Generator", "import", bus="park", p_nom=case.import_max_kw, marginal_cost=bought)
    network.add(
        "Generator", "export", bus="park", p_nom=case.export_max_kw, p_min_pu=-1, p_max_pu=0, marginal_cost=sold
    )


def add_plants(network: pypsa.Network, case: TariffCase) -> None:
    """PV, given or free, and wind; both may give less than they could."""
    year = case.share_of_year
    capital = {
        "p_nom_extendable": True,
        "p_nom_max": case.pv_max_kw,
        "capital_cost": case.pv_capital_cny_per_kw_year * year,
    }
    size = {"p_nom": case.pv_kw} if case.pv_kw is not None else capital
    network.add("Generator", "pv", bus="park", p_max_pu=case.series["pv_pu"], **size)
    network.add("Generator", "wind", bus="park", p_max_pu=case.series["wind_pu"], p_nom=case.wind_kw)


def add_battery(network: pypsa.Network, case: TariffCase) -> None:
    """Two links and a store. A link counts what it takes, so size and wear of discharging are stated at the cells."""
    battery, year = case.battery, case.share_of_year
    out = battery.discharge_efficiency
    charge = {"bus0": "park", "bus1": "cells", "efficiency": battery.charge_efficiency}
    discharge = {"bus0": "cells", "bus1": "park", "efficiency": out, "marginal_cost": battery.wear_cny_per_kwh * out}
    if battery.power_kw is None:
        annuity = battery.capital_cny_per_kw_year * year
        network.add("Link", "charge", p_nom_extendable=True, capital_cost=annuity, **charge)
        network.add("Link", "discharge", p_nom_extendable=True, **discharge)
    else:
        network.add("Link", "charge", p_nom=battery.power_kw, **charge)
        network.add("Link", "discharge", p_nom=battery.power_kw / out, **discharge)
    energy = (
        {"e_nom_extendable": True, "capital_cost": battery.capital_cny_per_kwh_year * year}
        if battery.energy_kwh is None
        else {"e_nom": battery.energy_kwh}
    )
    network.add("Store", "battery", bus="cells", e_cyclic=True, **energy)


def add_demand_charge(network: pypsa.Network, case: TariffCase) -> None:
    """A variable per month that no import of the month exceeds and that starts at what was already incurred."""
    model = network.model
    floor = pd.Series(case.already_incurred_kw, index=pd.Index(TARIFF_MONTHS, name="month"))
    peak = model.add_variables(lower=floor, name="peak_kw")
    bought = model.variables["Generator-p"].sel(name="import", drop=True)
    month = tariff_month(len(network.snapshots))
    for index, label in enumerate(TARIFF_MONTHS):
        within = network.snapshots[month == index]
        model.add_constraints(bought.sel(snapshot=within) <= peak.sel(month=label, drop=True), name=f"peak_{label}")
    model.objective = model.objective + case.demand_price_cny_per_kw_month * peak.sum()


def tie_battery_power(network: pypsa.Network, case: TariffCase) -> None:
    """A free battery has one power at the bus, for both directions."""
    if case.battery.power_kw is not None:
        return
    power = network.model.variables["Link-p_nom"]
    at_bus = case.battery.discharge_efficiency * power.sel(name="discharge", drop=True)
    network.model.add_constraints(at_bus == power.sel(name="charge", drop=True), name="one_power")


def figures(network: pypsa.Network, case: TariffCase) -> dict[str, object]:
    """The objective, and its parts summed anew from the flows; they must agree."""
    flows, links = network.generators_t.p, network.links_t
    hours, year = TARIFF_STEP_HOURS, case.share_of_year
    wear_kwh = -float(links.p1["discharge"].sum()) * hours
    month = tariff_month(len(network.snapshots))
    peaks = [
        max(float(flows["import"][month == index].max()), incurred)
        for index, incurred in enumerate(case.already_incurred_kw)
    ]
    chosen = sizes(network, case)
    parts = {
        "energy_bought_cny": float((flows["import"] * case.series["price_cny_per_kwh"]).sum()) * hours,
        "energy_sold_cny": float(flows["export"].sum()) * hours * case.export_price_cny_per_kwh,
        "wear_cny": wear_kwh * case.battery.wear_cny_per_kwh,
        "demand_cny": sum(peaks) * case.demand_price_cny_per_kw_month,
        "annuity_cny": year
        * (
            chosen.get("pv_kw", 0.0) * case.pv_capital_cny_per_kw_year
            + chosen.get("battery_kw", 0.0) * case.battery.capital_cny_per_kw_year
            + chosen.get("battery_kwh", 0.0) * case.battery.capital_cny_per_kwh_year
        ),
    }
    objective = float(network.objective)
    if not np.isclose(sum(parts.values()), objective, rtol=1e-9):
        raise SystemExit(f"{case.name}: the parts sum to {sum(parts.values())}, the objective is {objective}.")
    return {
        "objective_cny": objective,
        "parts": parts,
        "peaks_kw": dict(zip(TARIFF_MONTHS, peaks, strict=True)),
        "sizes": chosen,
    }


def sizes(network: pypsa.Network, case: TariffCase) -> dict[str, float]:
    """What was free and is now chosen; power of the battery at the bus."""
    chosen = {}
    if case.pv_kw is None:
        chosen["pv_kw"] = float(network.generators.p_nom_opt["pv"])
    if case.battery.power_kw is None:
        chosen["battery_kw"] = float(network.links.p_nom_opt["charge"])
    if case.battery.energy_kwh is None:
        chosen["battery_kwh"] = float(network.stores.e_nom_opt["battery"])
    return chosen
