"""The case of five carriers in PyPSA, linopy and HiGHS, one thread.

    .venv-oracle/bin/python -m benchmarks.peers.pypsa_energies HOURS

Prints one line of JSON. Buses of hydrogen count kg/h, those of gas m3/h; sizes of links are their inputs.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import time
from typing import Any

import pandas as pd
import pypsa

from benchmarks.peers.pypsa_sizing import solve
from tests.golden import five_carriers as given
from tests.golden.five_carriers import EFFICIENCY, FIXED_KW, FiveCarriers, five_carriers


def main() -> int:
    """Solve, and print times, objective and memory."""
    case = five_carriers(int(sys.argv[1]) if len(sys.argv) > 1 else 8760)
    started = time.perf_counter()
    network = build(case)
    built = time.perf_counter()
    solve(network)
    solved = time.perf_counter()
    figures = {
        "build_s": built - started,
        "solve_s": solved - built,
        "objective_cny": float(network.objective),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))
    return 0


def build(case: FiveCarriers) -> pypsa.Network:
    """The network with its linear program written out, ready to solve."""
    logging.disable(logging.WARNING)
    network = pypsa.Network()
    network.set_snapshots(pd.date_range("2026-01-01", periods=case.hours, freq="h"))
    network.add("Bus", ["main", "hot", "cold", "hydrogen", "gas"])
    needs = {
        "main": case.electricity_kw,
        "hot": case.heat_kw,
        "cold": case.cooling_kw,
        "hydrogen": case.hydrogen_kg_per_h,
    }
    for bus, need in needs.items():
        network.add("Load", f"{bus} need", bus=bus, p_set=need)
    network.add("Generator", "grid", bus="main", p_nom=given.GRID_KW, marginal_cost=case.price)
    network.add("Generator", "gas", bus="gas", p_nom=1e6, marginal_cost=given.GAS_CNY_PER_M3)
    for name, share in (("pv", case.sun), ("wind", case.wind)):
        network.add("Generator", name, bus="main", p_max_pu=share, **free(f"{name}.power_kw", case))
    link(network, "boiler", "gas", "hot", EFFICIENCY["boiler"] * given.GAS_KWH_PER_M3, FIXED_KW["boiler"])
    link(network, "electric_boiler", "main", "hot", EFFICIENCY["electric_boiler"], FIXED_KW["electric_boiler"])
    link(network, "absorption", "hot", "cold", EFFICIENCY["absorption"], FIXED_KW["absorption"])
    link(
        network,
        "fuel_cell",
        "hydrogen",
        "main",
        EFFICIENCY["fuel_cell"] * given.HYDROGEN_KWH_PER_KG,
        FIXED_KW["fuel_cell"],
    )
    link(network, "pump", "main", "hot", EFFICIENCY["pump"], free("pump.power_kw", case))
    link(network, "chiller", "main", "cold", EFFICIENCY["chiller"], free("chiller.power_kw", case))
    power = EFFICIENCY["chp"] * given.GAS_KWH_PER_M3
    link(
        network,
        "chp",
        "gas",
        "main",
        power,
        free("chp.power_kw", case),
        bus2="hot",
        efficiency2=power * given.CHP_HEAT_PER_POWER,
    )
    network.add(
        "Link",
        "electrolyzer",
        bus0="main",
        bus1="hydrogen",
        efficiency=1.0 / given.ELECTROLYZER_KWH_PER_KG,
        **free("electrolyzer.power_kw", case),
    )
    for name, bus in (("battery", "main"), ("heat_store", "hot"), ("cold_store", "cold")):
        store(network, name, bus, case)
    network.add("Bus", "tank")
    network.add("Link", "tank in", bus0="hydrogen", bus1="tank", p_nom=given.TANK_KG_PER_H)
    network.add(
        "Link", "tank out", bus0="tank", bus1="hydrogen", p_nom=given.TANK_KG_PER_H, marginal_cost=given.TANK_CNY_PER_KG
    )
    content(network, "tank", 0.0, free("tank.mass_kg", case))
    network.optimize.create_model()
    return network


def free(size: str, case: FiveCarriers) -> dict[str, Any]:
    """A size to decide, in the unit of what it gives."""
    asked = given.SIZES[size]
    return {
        "p_nom_extendable": True,
        "p_nom_max": asked.most,
        "capital_cost": asked.cny_per_year * case.share_of_year,
    }


def link(
    network: pypsa.Network, name: str, taken: str, to: str, efficiency: float, size: float | dict[str, Any], **more: Any
) -> None:
    """A converter whose size is what it gives; PyPSA's is what it takes."""
    if isinstance(size, dict):
        sized = size | {"p_nom_max": size["p_nom_max"] / efficiency, "capital_cost": size["capital_cost"] * efficiency}
    else:
        sized = {"p_nom": size / efficiency}
    network.add("Link", name, bus0=taken, bus1=to, efficiency=efficiency, **sized, **more)


def store(network: pypsa.Network, name: str, bus: str, case: FiveCarriers) -> None:
    """A store with losses both ways: two links around a content; the power is that at the bus."""
    network.add("Bus", name)
    one_way, power = EFFICIENCY[name], FIXED_KW[name]
    network.add("Link", f"{name} in", bus0=bus, bus1=name, efficiency=one_way, p_nom=power)
    network.add(
        "Link",
        f"{name} out",
        bus0=name,
        bus1=bus,
        efficiency=one_way,
        p_nom=power / one_way,
        marginal_cost=given.WEAR_CNY_PER_KWH[name] * one_way,
    )
    loss = 1.0 - (1.0 - given.LOSS_PER_DAY[name]) ** (1.0 / 24.0)
    content(network, name, loss, free(f"{name}.energy_kwh", case))


def content(network: pypsa.Network, name: str, loss_per_hour: float, size: dict[str, Any]) -> None:
    """What a store holds."""
    sized = {key.replace("p_nom", "e_nom"): value for key, value in size.items()}
    network.add("Store", name, bus=name, e_cyclic=True, standing_loss=loss_per_hour, **sized)


if __name__ == "__main__":
    sys.exit(main())
