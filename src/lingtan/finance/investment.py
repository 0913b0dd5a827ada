"""What building and running assets costs over a horizon, as terms: the optimizer's view of money spent once.

A capital cost becomes an equal yearly cost over the appraisal's horizon (with replacements and what is left of them at the
end), so that one studied year carries its fair part of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lingtan.clock import TimeGrid, days_in_year
from lingtan.finance.renewal import equivalent_annual_cost
from lingtan.park import Battery, Park, Pv, Wind
from lingtan.terms import Flow, Grouping, Size, Sum, Term


def years_of(grid: TimeGrid) -> float:
    """The part of its calendar year that a grid covers; a whole year is 1, leap or not."""
    return grid.steps * grid.step_hours / (24.0 * days_in_year(int(grid.year[0])))


def capital_prices(park: Park) -> dict[str, tuple[float, int, float]]:
    """For each size that can be bought: (capital cost per unit [CNY], life [year], yearly upkeep as a share of it)."""
    prices: dict[str, tuple[float, int, float]] = {}
    for name, asset in park.assets.items():
        match asset:
            case Pv() | Wind():
                prices[f"{name}.power_kw"] = (asset.capex, asset.life, asset.om_share)
            case Battery():
                prices[f"{name}.power_kw"] = (asset.capex_power, asset.life, asset.om_share)
                prices[f"{name}.energy_kwh"] = (asset.capex_energy, asset.life, asset.om_share)
            case _:
                pass
    return prices


def investment_terms(park: Park, grid: TimeGrid) -> tuple[Term, ...]:
    """Yearly cost of capital and upkeep per unit of each size, for the part of a year that the grid covers [CNY]."""
    years = years_of(grid)
    rate, horizon, residual = park.finance.discount_rate, park.finance.horizon, park.finance.residual
    return tuple(
        term
        for size, (capex, life, om_share) in capital_prices(park).items()
        for term in (
            Size("capital", size, years * equivalent_annual_cost(capex, life, horizon, rate, residual_share=residual)),
            Size("upkeep", size, years * capex * om_share),
        )
        if term.price > 0
    )


def operation_terms(park: Park, grid: TimeGrid) -> tuple[Term, ...]:
    """Cost of each kilowatt-hour that own assets deliver, and of the aging that discharging a battery causes [CNY]."""
    whole = Grouping.whole(grid.steps, "")
    return tuple(
        Sum(name, Flow.of(flow), np.full(grid.steps, price), whole)
        for name, flow, price in _running_prices(park)
        if price > 0
    )


def _running_prices(park: Park) -> Iterator[tuple[str, str, float]]:
    for name, asset in park.assets.items():
        match asset:
            case Pv() | Wind():
                yield "variable_operation", f"{name}.generation_kw", asset.variable_cost
            case Battery():
                yield "wear", f"{name}.discharge_kw", asset.wear_cost
            case _:
                pass
