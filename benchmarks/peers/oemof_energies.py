"""The case of five carriers in oemof-solph, Pyomo and HiGHS, one thread.

    .venv-oracle/bin/python -m benchmarks.peers.oemof_energies HOURS

Prints one line of JSON, as the other sides do.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import time
import warnings
from typing import Any

import pandas as pd
from oemof import solph
from oemof.solph import Bus, Flow, Investment
from oemof.solph.components import Converter, GenericStorage, Sink, Source

from tests.golden import five_carriers as given
from tests.golden.five_carriers import EFFICIENCY, FIXED_KW, FiveCarriers, five_carriers


def main() -> int:
    """Solve, and print times, objective and memory."""
    warnings.simplefilter("ignore")
    logging.disable(logging.WARNING)
    case = five_carriers(int(sys.argv[1]) if len(sys.argv) > 1 else 8760)
    started = time.perf_counter()
    model = solph.Model(build(case))
    built = time.perf_counter()
    model.solve(solver="highs", cmdline_options={"threads": 1})
    solved = time.perf_counter()
    figures = {
        "build_s": built - started,
        "solve_s": solved - built,
        "objective_cny": float(model.objective()),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(figures))
    return 0


def build(case: FiveCarriers) -> solph.EnergySystem:
    """The energy system."""
    system = solph.EnergySystem(
        timeindex=pd.date_range("2026-01-01", periods=case.hours + 1, freq="h"), infer_last_interval=False
    )
    main, hot, cold, hydrogen, gas = (Bus(label=name) for name in ("main", "hot", "cold", "hydrogen", "gas"))
    needs = (
        (main, case.electricity_kw),
        (hot, case.heat_kw),
        (cold, case.cooling_kw),
        (hydrogen, case.hydrogen_kg_per_h),
    )
    system.add(main, hot, cold, hydrogen, gas)
    system.add(
        *(Sink(label=f"{bus.label} need", inputs={bus: Flow(fix=need, nominal_capacity=1.0)}) for bus, need in needs)
    )
    system.add(Source(label="grid", outputs={main: Flow(nominal_capacity=given.GRID_KW, variable_costs=case.price)}))
    system.add(Source(label="gas_in", outputs={gas: Flow(variable_costs=given.GAS_CNY_PER_M3)}))
    for name, share in (("pv", case.sun), ("wind", case.wind)):
        system.add(Source(label=name, outputs={main: Flow(nominal_capacity=free(f"{name}.power_kw", case), max=share)}))
    system.add(
        converter("boiler", gas, hot, EFFICIENCY["boiler"] * given.GAS_KWH_PER_M3, FIXED_KW["boiler"]),
        converter("electric_boiler", main, hot, EFFICIENCY["electric_boiler"], FIXED_KW["electric_boiler"]),
        converter("absorption", hot, cold, EFFICIENCY["absorption"], FIXED_KW["absorption"]),
        converter(
            "fuel_cell", hydrogen, main, EFFICIENCY["fuel_cell"] * given.HYDROGEN_KWH_PER_KG, FIXED_KW["fuel_cell"]
        ),
        converter("pump", main, hot, EFFICIENCY["pump"], free("pump.power_kw", case)),
        converter("chiller", main, cold, EFFICIENCY["chiller"], free("chiller.power_kw", case)),
        Converter(
            label="electrolyzer",
            inputs={main: Flow(nominal_capacity=free("electrolyzer.power_kw", case))},
            outputs={hydrogen: Flow()},
            conversion_factors={hydrogen: 1.0 / given.ELECTROLYZER_KWH_PER_KG},
        ),
        Converter(
            label="chp",
            inputs={gas: Flow()},
            outputs={main: Flow(nominal_capacity=free("chp.power_kw", case)), hot: Flow()},
            conversion_factors={
                main: EFFICIENCY["chp"] * given.GAS_KWH_PER_M3,
                hot: EFFICIENCY["chp"] * given.GAS_KWH_PER_M3 * given.CHP_HEAT_PER_POWER,
            },
        ),
    )
    for name, bus in (("battery", main), ("heat_store", hot), ("cold_store", cold)):
        system.add(
            storage(
                name,
                bus,
                free(f"{name}.energy_kwh", case),
                FIXED_KW[name],
                inflow_conversion_factor=EFFICIENCY[name],
                outflow_conversion_factor=EFFICIENCY[name],
                loss_rate=1.0 - (1.0 - given.LOSS_PER_DAY[name]) ** (1.0 / 24.0),
                wear=given.WEAR_CNY_PER_KWH[name],
            )
        )
    system.add(storage("tank", hydrogen, free("tank.mass_kg", case), given.TANK_KG_PER_H, given.TANK_CNY_PER_KG))
    return system


def free(size: str, case: FiveCarriers) -> Investment:
    """A size to decide."""
    asked = given.SIZES[size]
    return Investment(ep_costs=asked.cny_per_year * case.share_of_year, maximum=asked.most)


def converter(name: str, taken: Bus, to: Bus, efficiency: float, size: float | Investment) -> Converter:
    """A converter whose size is what it gives."""
    return Converter(
        label=name,
        inputs={taken: Flow()},
        outputs={to: Flow(nominal_capacity=size)},
        conversion_factors={to: efficiency},
    )


def storage(name: str, bus: Bus, size: Investment, power: float, wear: float = 0.0, **losses: Any) -> GenericStorage:
    """A store that ends as it began."""
    return GenericStorage(
        label=name,
        inputs={bus: Flow(nominal_capacity=power)},
        outputs={bus: Flow(nominal_capacity=power, variable_costs=wear)},
        nominal_capacity=size,
        balanced=True,
        **losses,
    )


if __name__ == "__main__":
    sys.exit(main())
