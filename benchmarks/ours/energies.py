"""The case of five carriers in lingtan: a park of its families, planned from end to end.

    python -m benchmarks.ours.energies HOURS [STEP_MINUTES]

Prints one line of JSON, as the peers do. With a step of 15 minutes the same hours are planned in quarters, each hour four times.
"""

from __future__ import annotations

import json
import resource
import sys
from time import perf_counter
from typing import Any

import numpy as np

from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.finance.investment import operation_terms
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.optimize import Costs, plan
from lingtan.optimize.objective import shortfall_terms
from lingtan.park import Park
from lingtan.rulebook import Rulebook
from lingtan.series import Series
from lingtan.terms import Size, Sum
from tests.golden import five_carriers as given
from tests.golden.five_carriers import EFFICIENCY, FIXED_KW, FiveCarriers, five_carriers

ZONE = "Asia/Shanghai"


def solve(hours: int, step_minutes: int = 60) -> dict[str, float]:
    """Build and solve the case; building starts with the series in memory and ends where the solver begins."""
    case = five_carriers(hours)
    started = perf_counter()
    joined = case_of(case, step_minutes)
    decided = plan(joined, costs_of(case, joined))
    ended = perf_counter()
    return {
        "build_s": ended - started - decided.solve_s,
        "solve_s": decided.solve_s,
        "objective_cny": decided.objective_cny,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def case_of(case: FiveCarriers, step_minutes: int = 60) -> Case:
    """The case as a park with its series on a grid."""
    per_hour = 60 // step_minutes
    start = TimeGrid.of_year(2025, ZONE, step_minutes).start
    grid = TimeGrid(start, step_minutes, case.hours * per_hour, ZONE)
    series = {
        "works": (case.electricity_kw, "kW"),
        "heating": (case.heat_kw, "kW"),
        "cooling": (case.cooling_kw, "kW"),
        "fueling": (case.hydrogen_kg_per_h, "kg/h"),
        "sun": (case.sun, "1"),
        "gusts": (case.wind, "1"),
    }
    park = Park.model_validate(park_data())
    joined = {name: Series.of(name, np.repeat(values, per_hour), unit, grid) for name, (values, unit) in series.items()}
    return Case(park, grid, joined, Rulebook(()))


def costs_of(case: FiveCarriers, joined: Case) -> Costs:
    """Electricity at its price, gas and wear at theirs, what sizes cost for the hours, and the price of cuts."""
    steps = joined.grid.steps
    price = np.repeat(case.price, steps // case.hours)
    return Costs(
        bill=(Sum("purchase", Flow.of("grid.import_kw"), price, Grouping.whole(steps, "")),),
        operation=operation_terms(joined.park, joined.grid),
        investment=tuple(
            Size("capital", name, size.cny_per_year * case.share_of_year) for name, size in given.SIZES.items()
        ),
        penalty=shortfall_terms(joined),
    )


def park_data() -> dict[str, Any]:
    """The park as its file would say it."""
    words = {"en": "A benchmark of five carriers.", "zh": "五种能源的基准算例。"}
    return {
        "schema": 1,
        "name": "five_carriers",
        "title": words,
        "disclosure": words,
        "site": {"zone": ZONE},
        "period": {"year": 2025, "step": 60},
        "buses": {
            "main": {},
            "hot": {"carrier": "heat", "temperature": 85.0},
            "cold": {"carrier": "cooling", "temperature": 7.0},
            "hydrogen": {"carrier": "hydrogen"},
            "gas": {"carrier": "gas", "heating_value": f"{given.GAS_KWH_PER_M3} kWh/m3"},
        },
        "connections": {"grid": {"bus": "main", "capacity": given.GRID_KW, "power_factor": 1.0}},
        "assets": {**_needs(), **_plants(), **_stores()},
        "series": {},
        "finance": {"discount_rate": 0.06},
        "carbon": {"boundary": words},
        "reference": {"without": []},
    }


def _needs() -> dict[str, Any]:
    return {
        "works": {"family": "load", "bus": "main", "profile": "works"},
        "heating": {"family": "demand", "bus": "hot", "profile": "heating"},
        "cooling": {"family": "demand", "bus": "cold", "profile": "cooling"},
        "fueling": {"family": "demand", "bus": "hydrogen", "profile": "fueling"},
    }


def _plants() -> dict[str, Any]:
    def at(name: str) -> Any:
        return _free(f"{name}.power_kw") if f"{name}.power_kw" in given.SIZES else FIXED_KW[name]

    def one(name: str, family: str, **fields: Any) -> dict[str, Any]:
        return {"family": family, "power": at(name), **fields}

    gas, power = {"fuel_bus": "gas"}, {"input": "main"}
    return {
        "pv": one("pv", "pv", bus="main", availability="sun", capex=0.0),
        "wind": one("wind", "wind", bus="main", availability="gusts", capex=0.0),
        "gas": {"family": "supply", "bus": "gas", "price": given.GAS_CNY_PER_M3},
        "boiler": one("boiler", "boiler", bus="hot", efficiency=EFFICIENCY["boiler"], **gas),
        "chp": one(
            "chp",
            "chp",
            bus="main",
            heat_bus="hot",
            efficiency=EFFICIENCY["chp"],
            power_to_heat=1.0 / given.CHP_HEAT_PER_POWER,
            **gas,
        ),
        "pump": one("pump", "heat_pump", bus="hot", cop=EFFICIENCY["pump"], **power),
        "electric_boiler": one(
            "electric_boiler", "electric_boiler", bus="hot", efficiency=EFFICIENCY["electric_boiler"], **power
        ),
        "chiller": one("chiller", "compression_chiller", bus="cold", cop=EFFICIENCY["chiller"], **power),
        "absorption": one(
            "absorption", "absorption_chiller", bus="cold", source_bus="hot", cop=EFFICIENCY["absorption"]
        ),
        "electrolyzer": one(
            "electrolyzer", "electrolyzer", bus="hydrogen", specific_energy=given.ELECTROLYZER_KWH_PER_KG, **power
        ),
        "fuel_cell": one("fuel_cell", "fuel_cell", bus="main", fuel_bus="hydrogen", efficiency=EFFICIENCY["fuel_cell"]),
    }


def _stores() -> dict[str, Any]:
    stores: dict[str, Any] = {}
    for name, family, bus in (
        ("battery", "battery", "main"),
        ("heat_store", "thermal_store", "hot"),
        ("cold_store", "thermal_store", "cold"),
    ):
        stores[name] = {
            "family": family,
            "bus": bus,
            "power": FIXED_KW[name],
            "energy": _free(f"{name}.energy_kwh"),
            "charge_efficiency": EFFICIENCY[name],
            "discharge_efficiency": EFFICIENCY[name],
            "standing_loss_per_day": given.LOSS_PER_DAY[name],
            "wear_cost": given.WEAR_CNY_PER_KWH[name],
            "capex_energy": 0.0,
        }
    stores["tank"] = {
        "family": "hydrogen_tank",
        "bus": "hydrogen",
        "mass": _free("tank.mass_kg"),
        "charge_limit": given.TANK_KG_PER_H,
        "discharge_limit": given.TANK_KG_PER_H,
        "wear_cost": given.TANK_CNY_PER_KG,
    }
    return stores


def _free(size: str) -> dict[str, float]:
    return {"min": 0.0, "max": given.SIZES[size].most}


if __name__ == "__main__":
    print(json.dumps(solve(*map(int, sys.argv[1:]) if len(sys.argv) > 1 else (8760,))))
