"""The reference sizing case in PyPSA, linopy and HiGHS' dual simplex, one thread.

    .venv-oracle/bin/python -m benchmarks.peers.pypsa_sizing HOURS

Prints one line of JSON. `tools/oracle/make_golden.py` builds with the same functions.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import time

import pandas as pd
import pypsa

from tests.golden.cases import Asset, Converter, Need, Sink, SizingCase, Source, Store, reference_case

SIMPLEX = {"solver": "simplex", "threads": 1, "output_flag": False}
QUICKEST = {"io_api": "direct", "progress": False}  # no file between linopy and HiGHS


def main() -> int:
    """Solve, and print times, objective, sizes and memory."""
    case = reference_case(int(sys.argv[1]) if len(sys.argv) > 1 else 8760)
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
        "sizes": sizes(network, case),
    }
    print(json.dumps(figures))
    return 0


def build(case: SizingCase) -> pypsa.Network:
    """The network with its linear program written out, ready to solve."""
    logging.disable(logging.WARNING)
    network = pypsa.Network()
    network.set_snapshots(pd.date_range("2026-01-01", periods=case.hours, freq="h"))
    network.add("Bus", list(case.buses))
    for name, asset in case.assets.items():
        add(network, name, asset, case)
    network.add(
        "GlobalConstraint",
        "co2",
        type="primary_energy",
        carrier_attribute="co2_emissions",
        sense="<=",
        constant=case.co2_cap_t,
    )
    network.optimize.create_model()
    return network


def add(network: pypsa.Network, name: str, asset: Asset, case: SizingCase) -> None:
    """One asset as PyPSA knows it: generator, link, store or load."""
    year, series = case.share_of_year, case.series
    match asset:
        case Source():
            price = asset.price_cny_per_mwh
            network.add("Carrier", name, co2_emissions=asset.co2_t_per_mwh)
            network.add(
                "Generator",
                name,
                bus=asset.bus,
                carrier=name,
                p_max_pu=series[asset.availability] if asset.availability else 1.0,
                marginal_cost=series[price] if isinstance(price, str) else price,
                capital_cost=asset.capital_cny_per_mw_year * year,
                **size(asset.power_mw),
                **({"p_nom_max": asset.power_max_mw} if asset.power_mw is None else {}),
            )
        case Sink():
            price = asset.price_cny_per_mwh
            limits = {"p_min_pu": -1, "p_max_pu": 0}
            network.add("Generator", name, bus=asset.bus, p_nom=asset.power_mw, marginal_cost=price, **limits)
        case Converter():
            network.add(
                "Link",
                name,
                bus0=asset.from_bus,
                bus1=asset.to_bus,
                efficiency=asset.efficiency,
                marginal_cost=asset.price_cny_per_mwh,
                capital_cost=asset.capital_cny_per_mw_year * year,
                **size(asset.power_mw),
            )
        case Store():
            network.add(
                "Store",
                name,
                bus=asset.bus,
                e_nom_extendable=True,
                e_cyclic=True,
                capital_cost=asset.capital_cny_per_mwh_year * year,
                standing_loss=asset.loss_per_hour,
            )
        case Need():
            network.add("Load", name, bus=asset.bus, p_set=series[asset.series])


def size(power_mw: float | None) -> dict[str, float | bool]:
    """A given power, or the wish to have it chosen."""
    return {"p_nom_extendable": True} if power_mw is None else {"p_nom": power_mw}


def solve(network: pypsa.Network) -> None:
    """Let HiGHS solve the program; anything but an optimum ends the run."""
    status, condition = network.optimize.solve_model(solver_name="highs", **QUICKEST, **SIMPLEX)
    if (status, condition) != ("ok", "optimal"):
        raise SystemExit(f"HiGHS: expected an optimum, got {status}, {condition}.")


def sizes(network: pypsa.Network, case: SizingCase) -> dict[str, float]:
    """What was free and is now chosen: MW, for stores MWh."""
    chosen: dict[str, float] = {}
    for name, asset in case.assets.items():
        match asset:
            case Source(power_mw=None):
                chosen[name] = float(network.generators.p_nom_opt[name])
            case Converter(power_mw=None):
                chosen[name] = float(network.links.p_nom_opt[name])
            case Store():
                chosen[name] = float(network.stores.e_nom_opt[name])
            case _:
                pass
    return chosen


if __name__ == "__main__":
    sys.exit(main())
