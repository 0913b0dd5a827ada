"""A project as money sees it: what is invested, what it costs to run, what it saves, for how long, at which rates.

Amounts are CNY of one kind, all nominal or all real, and so is the discount rate. Nothing here knows what an asset
is: a sized park becomes a `Project` by naming its investments and its savings against the reference case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from lingtan.finance.limits import Amounts, check_finite, check_not_negative, check_rate, check_share, check_years
from lingtan.finance.loan import Loan, check_loan
from lingtan.findings import Finding, say_number


@dataclass(frozen=True)
class Investment:
    """One asset that is bought, renewed at the end of its life and kept in order.

    Its yearly cost is `capex_cny * operation_share_per_year + operation_cny_per_year`: give either, or both where
    both arise.
    """

    name: str
    capex_cny: float
    """What the first unit costs in year 0; ≥ 0."""
    life_years: int
    """After how many years a unit is replaced; 1 … 200."""
    replacement_share: float = 1.0
    """What a later unit costs, as a share of `capex_cny`; ≥ 0, 1 for the same price again."""
    operation_share_per_year: float = 0.0
    """Fixed operation and maintenance in year 1's prices as a share of `capex_cny` per year; ≥ 0."""
    operation_cny_per_year: float = 0.0
    """Fixed operation and maintenance in year 1's prices, in CNY per year; ≥ 0."""
    is_of_energy: bool = True
    """Whether it is bought for the energy of the project, so that a levelized cost counts it."""


@dataclass(frozen=True)
class IncomeTax:
    """How profit is taxed. No rate is built in: it depends on place, trade and year, and stands in the rulebook."""

    rate: float
    """Share of taxable profit; 0 … 1."""
    depreciation_years: int
    """Over how many years the cost of a unit, less its residual value, is written off evenly; 1 … 200."""
    loss_years: int | None
    """For how many years a loss may lower later profits; None where it never lapses."""
    first_rates: tuple[float, ...] = ()
    """Rates of the first years of operation where they differ from `rate`: a holiday, or a scheme that ends."""

    def rates(self, horizon_years: int) -> Amounts:
        """The rate of each year, shape (horizon_years + 1,); that of year 0, in which nothing is earned, is `rate`.

        >>> IncomeTax(0.25, 20, 5, first_rates=(0.0, 0.125)).rates(3).tolist()
        [0.25, 0.0, 0.125, 0.25]
        """
        rates = np.full(horizon_years + 1, self.rate)
        first = self.first_rates[:horizon_years]
        rates[1 : len(first) + 1] = first
        return rates


@dataclass(frozen=True)
class Project:
    """All that a cash flow needs; `check_project` says whether it can be computed."""

    investments: tuple[Investment, ...]
    savings_cny_per_year: float
    """What the park pays less than in the reference case, or earns, in year 1; below 0 where it pays more."""
    horizon_years: int
    """Years of operation counted, 1 … 200; year 0 is the investment."""
    discount_rate: float
    """Per year, above -1."""
    savings_escalation: float = 0.0
    """Growth of the savings per year, above -1."""
    operation_escalation: float = 0.0
    """Growth of the operating costs per year, above -1."""
    first_year_escalates: bool = False
    """Whether the amounts are in today's prices, so that year 1 has grown already (see `escalated_amounts`)."""
    residual_share: float = 0.0
    """Value of a unit at the end of its life as a share of its cost, reached along a straight line; 0 … 1."""
    energy_kwh_per_year: float | None = None
    """Electricity that the levelized cost is spread over, in each of the years; None where there is none to name."""
    tax: IncomeTax | None = None
    """None where tax is not looked at: then there are no figures after tax."""
    loan: Loan | None = None
    """None where equity pays everything: then there is no rate on equity apart from the project's."""

    @property
    def capex_cny(self) -> float:
        """What all first units cost together."""
        return float(sum(investment.capex_cny for investment in self.investments))

    @property
    def operation_cny_per_year(self) -> float:
        """Fixed operation and maintenance of all investments in the first year's prices."""
        return float(
            sum(
                each.capex_cny * each.operation_share_per_year + each.operation_cny_per_year
                for each in self.investments
            )
        )


def check_project(project: Project) -> tuple[Finding, ...]:
    """Every finding of a project at once; warnings (a rate that looks like percent) among them.

    >>> battery = Investment("battery", capex_cny=-1.0, life_years=12)
    >>> for found in check_project(Project((battery,), savings_cny_per_year=9.0, horizon_years=0, discount_rate=0.07)):
    ...     print(found.code, found.who)
    finance.negative investments.battery.capex_cny
    finance.years-out-of-range horizon_years
    """
    return tuple(_project_findings(project))


def _project_findings(project: Project) -> Iterator[Finding]:
    counts = Counter(investment.name for investment in project.investments)
    for name, count in counts.items():
        if count > 1:
            yield Finding("finance.name-twice", f"investments.{name}", got=say_number(count))
    for investment in project.investments:
        yield from _investment_findings(f"investments.{investment.name}", investment)
    yield from check_finite("savings_cny_per_year", project.savings_cny_per_year)
    yield from check_years("horizon_years", project.horizon_years)
    yield from check_rate("discount_rate", project.discount_rate)
    yield from check_rate("savings_escalation", project.savings_escalation)
    yield from check_rate("operation_escalation", project.operation_escalation)
    yield from check_share("residual_share", project.residual_share)
    if project.energy_kwh_per_year is not None:
        yield from check_not_negative("energy_kwh_per_year", project.energy_kwh_per_year)
    if project.tax is not None:
        yield from _tax_findings(project.tax)
    if project.loan is not None:
        yield from check_loan(project.loan, project.horizon_years)


def _investment_findings(who: str, investment: Investment) -> Iterator[Finding]:
    yield from check_not_negative(f"{who}.capex_cny", investment.capex_cny)
    yield from check_years(f"{who}.life_years", investment.life_years)
    yield from check_not_negative(f"{who}.replacement_share", investment.replacement_share)
    yield from check_not_negative(f"{who}.operation_share_per_year", investment.operation_share_per_year)
    yield from check_not_negative(f"{who}.operation_cny_per_year", investment.operation_cny_per_year)


def _tax_findings(tax: IncomeTax) -> Iterator[Finding]:
    yield from check_share("tax.rate", tax.rate)
    for year, rate in enumerate(tax.first_rates, 1):
        yield from check_share(f"tax.first_rates[{year}]", rate)
    yield from check_years("tax.depreciation_years", tax.depreciation_years)
    if tax.loss_years is not None:
        yield from check_years("tax.loss_years", tax.loss_years)
