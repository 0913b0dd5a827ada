"""What it costs to keep an asset in service over a horizon: its units, one after the other, each bought and sold.

One rule serves sizing (`equivalent_annual_cost`) and the cash flow (`units_over`): a unit is bought, its value falls
along a straight line to `residual_share` of its cost at the end of its life, and it is sold at that value when it is
replaced or when the horizon ends. So a battery of 12 years in a horizon of 25 is bought three times, the last unit
for one year.
"""

from __future__ import annotations

from dataclasses import dataclass

from lingtan.finance.annuity import annuity_factor, discount_factors
from lingtan.finance.limits import accepted, check_not_negative, check_rate, check_share, check_years, within_numbers


@dataclass(frozen=True)
class Unit:
    """One purchase of an asset: in which year it is bought and sold, and for how much."""

    bought_year: int
    cost_cny: float
    sold_year: int
    proceeds_cny: float


def units_over(
    capex_cny: float,
    life_years: int,
    horizon_years: int,
    *,
    replacement_share: float = 1.0,
    residual_share: float = 0.0,
) -> tuple[Unit, ...]:
    """The units that serve from year 0 to the end of year `horizon_years`.

    The first costs `capex_cny`, each later one `replacement_share` of it (0 …, above 1 where prices rise); a unit that
    reaches the end of its life is worth `residual_share` (0 … 1) of its cost. No unit is bought in the last year.

    >>> for unit in units_over(1000.0, life_years=10, horizon_years=15, replacement_share=0.6):
    ...     print(unit)
    Unit(bought_year=0, cost_cny=1000.0, sold_year=10, proceeds_cny=0.0)
    Unit(bought_year=10, cost_cny=600.0, sold_year=15, proceeds_cny=300.0)
    """
    accepted(
        check_not_negative("capex_cny", capex_cny),
        check_years("life_years", life_years),
        check_years("horizon_years", horizon_years),
        check_not_negative("replacement_share", replacement_share),
        check_share("residual_share", residual_share),
    )
    replacement_cny = within_numbers("replacement_cny", capex_cny * replacement_share)

    units = []
    for year in range(0, horizon_years, life_years):
        cost_cny = capex_cny if year == 0 else replacement_cny
        sold_year = min(year + life_years, horizon_years)
        lost_share = (1.0 - residual_share) * (sold_year - year) / life_years
        units.append(Unit(year, cost_cny, sold_year, cost_cny * (1.0 - lost_share)))
    return tuple(units)


def replacement_present_cost(
    capex_cny: float,
    life_years: int,
    horizon_years: int,
    rate: float,
    *,
    replacement_share: float = 1.0,
    residual_share: float = 0.0,
) -> float:
    """Present cost of all that follows the first purchase, in CNY: replacements less what the sold units bring.

    Below 0 where the first unit outlives the horizon: then only its remaining value counts. Rules and ranges as in
    `units_over`; raises `InputError` also for a rate of -1 or less.

    >>> replacement_present_cost(1000.0, life_years=10, horizon_years=15, rate=0.0)
    500.0
    >>> replacement_present_cost(1000.0, life_years=20, horizon_years=15, rate=0.0)
    -250.0
    """
    accepted(check_rate("rate", rate))
    units = units_over(
        capex_cny, life_years, horizon_years, replacement_share=replacement_share, residual_share=residual_share
    )
    worth = discount_factors(rate, horizon_years)
    replacements_cny = sum(unit.cost_cny * worth[unit.bought_year] for unit in units[1:])
    return float(replacements_cny - sum(unit.proceeds_cny * worth[unit.sold_year] for unit in units))


def equivalent_annual_cost(
    capex_cny: float,
    life_years: int,
    horizon_years: int,
    rate: float,
    *,
    replacement_share: float = 1.0,
    residual_share: float = 0.0,
) -> float:
    """The level yearly cost, in CNY per year, worth as much today as buying and renewing an asset over the horizon.

    This is the price per year that sizing puts on an asset. Where the horizon is a whole number of equal lives it is
    `capex_cny * annuity_factor(rate, life_years)`. Rules, ranges and errors as in `replacement_present_cost`.

    >>> equivalent_annual_cost(1000.0, life_years=10, horizon_years=25, rate=0.0)
    100.0
    """
    renewal_cny = replacement_present_cost(
        capex_cny, life_years, horizon_years, rate, replacement_share=replacement_share, residual_share=residual_share
    )
    return (capex_cny + renewal_cny) * annuity_factor(rate, horizon_years)
