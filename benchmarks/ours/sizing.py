"""The reference sizing case in lingtan, from the two generic families: converters and stores.

    python -m benchmarks.ours.sizing HOURS

Prints one line of JSON, as the peer does. The case counts in MW; a program of ours is written in kW, kWh and CNY.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from time import perf_counter

import numpy as np

from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.optimize.assets.converter import Converter, lower_converter
from lingtan.optimize.assets.store import Store, lower_store
from lingtan.optimize.layout import Affine, Layout
from lingtan.optimize.lower import lower
from lingtan.optimize.solve import solve as certified
from lingtan.terms import Bands, Size, Sum, Term
from tests.golden import cases
from tests.golden.cases import SizingCase, reference_case

KW_PER_MW = 1e3
KG_PER_T = 1e3
BEYOND_CAP_CNY_PER_KG = 100.0
"""What a kilogram above the CO2 cap costs: dearer than avoiding it in any way, so that the optimum keeps the cap."""


def solve(hours: int) -> dict[str, float]:
    """Build and solve `tests.golden.cases.reference_case(hours)`.

    Returns `build_s`, `solve_s` (wall clock), `objective_cny` and `peak_mb` (largest resident memory of this process).
    Building starts with the series in memory and ends with the matrix ready; the certificate counts as solving.
    """
    case = reference_case(hours)
    started = perf_counter()
    model = build(case).program.finish()
    built = perf_counter()
    solution = certified(model)
    solved = perf_counter()
    return {
        "build_s": built - started,
        "solve_s": solved - built,
        "objective_cny": solution.certificate.objective_cny,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def build(case: SizingCase) -> Layout:
    """The case as a layout with all its costs lowered; sizes are named `pv.power_kw`, `battery.energy_kwh`."""
    layout = Layout(case.hours, 1.0)
    for bus in case.buses:
        layout.bus(bus)
    for name, asset in case.assets.items():
        _add(name, asset, case, layout)
    lower([term for name, asset in case.assets.items() for term in _costs(name, asset, case)], layout)
    lower([_co2_cap(case)], layout)
    return layout


def _add(name: str, asset: cases.Asset, case: SizingCase, layout: Layout) -> None:
    """The columns and rows of one asset, and its activity as a flow of its name."""
    match asset:
        case cases.Source():
            share = 1.0 if asset.availability is None else case.series[asset.availability]
            _convert(Converter(name, {asset.bus: 1.0}, share), asset.power_mw, asset.power_max_mw, layout)
        case cases.Sink():
            _convert(Converter(name, {asset.bus: -1.0}), asset.power_mw, asset.power_mw, layout)
        case cases.Converter():
            ports = {asset.from_bus: -1.0, asset.to_bus: asset.efficiency}
            _convert(Converter(name, ports), asset.power_mw, np.inf, layout)
        case cases.Store():
            size = layout.size(f"{name}.energy_kwh", 0.0, np.inf, "kWh")
            lower_store(Store(name, asset.bus, asset.loss_per_hour), size, layout)
        case cases.Need():
            layout.inject(asset.bus, Affine.known(-case.series[asset.series] * KW_PER_MW))


def _convert(converter: Converter, power_mw: float | None, most_mw: float, layout: Layout) -> None:
    """A converter of a given power, or of one to decide up to `most_mw`."""
    least, most = (0.0, most_mw) if power_mw is None else (power_mw, power_mw)
    size = layout.size(f"{converter.name}.power_kw", least * KW_PER_MW, most * KW_PER_MW, "kW")
    layout.publish(converter.name, Affine.of(lower_converter(converter, size, layout)))


def _costs(name: str, asset: cases.Asset, case: SizingCase) -> Iterator[Term]:
    """What an asset costs to run and, where its size is free, to have."""
    year = case.share_of_year
    match asset:
        case cases.Source() | cases.Converter():
            yield _energy(name, asset.price_cny_per_mwh, 1.0, case)
            if asset.power_mw is None:
                yield Size("capital", f"{name}.power_kw", year * asset.capital_cny_per_mw_year / KW_PER_MW)
        case cases.Sink():
            yield _energy(name, asset.price_cny_per_mwh, -1.0, case)
        case cases.Store():
            yield Size("capital", f"{name}.energy_kwh", year * asset.capital_cny_per_mwh_year / KW_PER_MW)
        case cases.Need():
            pass


def _energy(name: str, price_cny_per_mwh: float | str, sign: float, case: SizingCase) -> Sum:
    price = case.series[price_cny_per_mwh] if isinstance(price_cny_per_mwh, str) else price_cny_per_mwh
    by_step = np.broadcast_to(sign * np.asarray(price) / KW_PER_MW, (case.hours,))
    return Sum(name, Flow.of(name), by_step, Grouping.whole(case.hours, ""))


def _co2_cap(case: SizingCase) -> Bands:
    """The cap in kg: a blend of flows, free up to the cap and priced out of the optimum above it."""
    co2_kg = Flow(
        tuple(
            (name, asset.co2_t_per_mwh * KG_PER_T / KW_PER_MW)
            for name, asset in case.assets.items()
            if isinstance(asset, cases.Source) and asset.co2_t_per_mwh > 0
        )
    )
    whole = Grouping.whole(case.hours, "")
    return Bands("co2", co2_kg, whole, (case.co2_cap_t * KG_PER_T,), (0.0, BEYOND_CAP_CNY_PER_KG))


if __name__ == "__main__":
    print(json.dumps(solve(int(sys.argv[1]) if len(sys.argv) > 1 else 8760)))
