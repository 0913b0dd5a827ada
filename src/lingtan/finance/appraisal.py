"""What a project is worth: net present value, rates of return, levelized cost, payback.

The rate on equity and the debt service cover are None where nothing is borrowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lingtan.finance.annuity import npv
from lingtan.finance.cash_flow import CashFlow, cash_flow_of
from lingtan.finance.limits import Amounts, accepted, check_amounts, check_not_negative, check_rate, within_numbers
from lingtan.finance.project import Project
from lingtan.finance.roots import Irr, irr
from lingtan.findings import Finding


@dataclass(frozen=True)
class Appraisal:
    """The figures of a project and the cash flow they come from.

    Net present value and payback are after income tax where the project names a tax, else before tax.
    """

    cash_flow: CashFlow
    capex_cny: float
    """What is invested in year 0."""
    npv_cny: float
    """Net present value at the project's discount rate."""
    project_irr_pre_tax: Irr
    project_irr_post_tax: Irr | None
    """None where tax is not looked at."""
    lcoe_cny_per_kwh: float | None
    """Levelized cost of the named energy, before tax; None where there is no energy."""
    payback_years: float | None
    """From year 0 until the net flow has paid back, not discounted; None where it never does within the horizon, and where
    nothing was invested."""
    discounted_payback_years: float | None
    """The same for the discounted flow."""
    equity_irr: Irr | None = None
    """On what the owners pay and get, after tax where tax is looked at; None where nothing is borrowed."""
    min_dscr: float | None = None
    """Smallest debt service cover ratio of all years; None where there is no debt to serve."""

    def as_summary(self) -> dict[str, object]:
        """The `finance` part of summary.json: exactly the keys that contract.md promises."""
        return {
            "capex_cny": self.capex_cny,
            "npv_cny": self.npv_cny,
            "project_irr_pre_tax": _irr_summary(self.project_irr_pre_tax),
            "project_irr_post_tax": _irr_summary(self.project_irr_post_tax),
            "equity_irr": _irr_summary(self.equity_irr),
            "lcoe_cny_per_kwh": self.lcoe_cny_per_kwh,
            "payback_years": self.payback_years,
            "min_dscr": self.min_dscr,
        }


def _irr_summary(answer: Irr | None) -> dict[str, object] | None:
    return None if answer is None else answer.as_summary()


def appraise(project: Project) -> Appraisal:
    """Judge a project by its cash flow; raises `InputError` with all findings of `check_project`.

    >>> from lingtan.finance.project import Investment
    >>> pv = Investment("pv", capex_cny=1000.0, life_years=2)
    >>> worth = appraise(Project((pv,), savings_cny_per_year=625.0, horizon_years=2, discount_rate=0.25))
    >>> worth.npv_cny, worth.payback_years, worth.discounted_payback_years
    (-100.0, 1.6, None)
    """
    flow = cash_flow_of(project)
    return Appraisal(
        cash_flow=flow,
        capex_cny=project.capex_cny,
        npv_cny=within_numbers("npv_cny", float(flow.discounted_cny.sum())),
        project_irr_pre_tax=irr(flow.pre_tax_cny),
        project_irr_post_tax=None if flow.post_tax_cny is None else irr(flow.post_tax_cny),
        lcoe_cny_per_kwh=_lcoe(project, flow),
        payback_years=payback_years(flow.net_cny),
        discounted_payback_years=payback_years(flow.discounted_cny),
        equity_irr=None if flow.equity is None else irr(flow.equity.cash_cny),
        min_dscr=None if flow.equity is None else flow.equity.min_dscr,
    )


def _lcoe(project: Project, flow: CashFlow) -> float | None:
    if project.energy_kwh_per_year is None:
        return None
    energy_kwh = np.full(flow.years + 1, project.energy_kwh_per_year)
    energy_kwh[0] = 0.0
    alone = tuple(each for each in project.investments if each.is_of_energy)
    cost = (
        flow if alone == project.investments else cash_flow_of(replace(project, investments=alone, tax=None, loan=None))
    )
    return lcoe(cost.cost_cny, energy_kwh, project.discount_rate)


def lcoe(
    cost_flows: Sequence[float] | Amounts, energy_kwh_flows: Sequence[float] | Amounts, rate: float
) -> float | None:
    """Levelized cost of energy in CNY per kWh: present value of the costs over present value of the energy.

    Both series have one value per year from year 0; costs are positive, and what is sold again stands in them below
    0. Energy is discounted as money is, so the figure is nominal where rate and costs are nominal, real where they
    are real. None where there is no energy: a cost per nothing is not a number.

    >>> lcoe([1000.0, 50.0, 50.0], [0.0, 1000.0, 1000.0], rate=0.0)
    0.55
    """
    accepted(
        check_amounts("cost_flows", cost_flows), _check_energy(energy_kwh_flows), check_rate("rate", rate),
        _check_same_length(cost_flows, energy_kwh_flows),
    )  # fmt: skip
    energy_kwh = npv(energy_kwh_flows, rate)
    if energy_kwh == 0.0:
        return None
    return within_numbers("lcoe", npv(cost_flows, rate) / energy_kwh)


def _check_energy(energy_kwh_flows: Sequence[float] | Amounts) -> tuple[Finding, ...]:
    if np.ndim(energy_kwh_flows) != 1:
        return check_amounts("energy_kwh_flows", energy_kwh_flows)
    return tuple(
        found
        for year, energy_kwh in enumerate(energy_kwh_flows)
        for found in check_not_negative(f"energy_kwh_flows[{year}]", energy_kwh)
    )


def _check_same_length(
    cost_flows: Sequence[float] | Amounts, energy_kwh_flows: Sequence[float] | Amounts
) -> tuple[Finding, ...]:
    costs, energies = np.size(cost_flows), np.size(energy_kwh_flows)
    if costs == energies:
        return ()
    return (Finding("finance.lengths-differ", "energy_kwh_flows", expected=str(costs), got=str(energies)),)


def payback_years(flows: Sequence[float] | Amounts) -> float | None:
    """Years until the cumulative flow first reaches 0, interpolated within the year; None where it never does.

    None as well where nothing was laid out: there is nothing to pay back. A later renewal may take the cumulative flow
    below 0 once more; the first crossing is the one that is called payback. Pass discounted flows for the discounted payback.

    >>> payback_years([-1000.0, 400.0, 400.0, 400.0])
    2.5
    """
    accepted(check_amounts("flows", flows))
    cumulative = np.cumsum(np.asarray(flows, dtype=np.float64))
    reached = np.flatnonzero(cumulative >= 0.0)
    if not reached.size or reached[0] == 0:
        return None
    year = int(reached[0])
    before, after = float(cumulative[year - 1]), float(cumulative[year])
    return year - 1 + before / (before - after)
