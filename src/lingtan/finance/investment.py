"""What building and running assets costs over a horizon, as terms: the optimizer's view of money spent once.

A capital cost becomes an equal yearly cost over the appraisal's horizon (with replacements and what is left of them at the
end), so that one studied year carries its fair part of it.
"""

from __future__ import annotations

import numpy as np

from lingtan.clock import TimeGrid
from lingtan.finance.outlay import outlay_of, scales_of
from lingtan.finance.renewal import equivalent_annual_cost
from lingtan.finance.starting import start_terms, startable
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.park import Park
from lingtan.terms import Size, Sum, Term


def capital_prices(park: Park) -> dict[str, tuple[float, int, float]]:
    """For each size that can be bought: (capital cost per unit [CNY], life [year], yearly upkeep as a share of it)."""
    return {
        f"{name}.{bought.quantity}": (bought.capex, bought.life, bought.om_share)
        for name, asset in park.assets.items()
        for bought in asset.capital()
    }


def investment_terms(park: Park, grid: TimeGrid) -> tuple[Term, ...]:
    """Yearly cost of capital and upkeep per unit of each size, for the part of a year that the grid covers [CNY]."""
    years = grid.share_of_year
    rate, horizon, residual = park.finance.discount_rate, park.finance.horizon, park.finance.residual
    scales, terms = scales_of(park), list[Term]()
    for size, (capex, life, om_share) in capital_prices(park).items():
        yearly = years * equivalent_annual_cost(1.0, life, horizon, rate, residual_share=residual)
        for name, factor in (("capital", yearly), ("upkeep", years * om_share)):
            if size in scales and factor > 0:
                terms.append(outlay_of(size, capex, scales[size], factor=factor, name=name))
            elif capex * factor > 0:
                terms.append(Size(name, size, capex * factor))
    return tuple(terms)


def operation_terms(park: Park, grid: TimeGrid) -> tuple[Term, ...]:
    """What own assets cost as they run, by flow: fuels and materials, energy, aging of stores, starts; sales earn [CNY]."""
    whole, carrier_at = Grouping.whole(grid.steps, ""), park.carrier_at()
    starts = (term for name, asset in startable(park) for term in start_terms(name, asset.commitment, grid))
    running = (
        Sum(cost.component, Flow.of(f"{name}.{cost.flow}"), np.full(grid.steps, cost.price), whole)
        for name, asset in park.assets.items()
        for cost in asset.running(carrier_at)
        if cost.price != 0
    )
    return (*running, *starts)
