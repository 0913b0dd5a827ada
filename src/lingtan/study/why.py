"""Why a plan does what it does, as plain data: one interval in full, and the intervals that a report explains."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from lingtan.advise.verdict import LEAST_TOLD_CNY
from lingtan.advise.why import Why, bus_text, moments, rule_text, why
from lingtan.case import Case
from lingtan.clock import TimeGrid, moment_of
from lingtan.findings import Finding, InputError, raise_errors
from lingtan.optimize import Costs, Plan
from lingtan.optimize.explain import Activity, Explainer, RulePriceAt, carrier_unit, explain
from lingtan.optimize.what_if import Instead, off_instead
from lingtan.park.names import Names, sentences
from lingtan.study.side_by_side import solve_side_by_side


class Planned(Protocol):
    """A case with its costs and its plan: a `Side`."""

    @property
    def case(self) -> Case: ...  # noqa: D102
    @property
    def costs(self) -> Costs: ...  # noqa: D102
    @property
    def plan(self) -> Plan: ...  # noqa: D102


def explainer_of(decided: Planned) -> Explainer:
    """The explainer of a side."""
    return explain(decided.case, decided.costs, decided.plan)


def explanation_of(decided: Planned, at: str, assets: Sequence[str] = (), *, off: bool = False) -> dict[str, Any]:
    """The interval of a moment on the park's clock, explained for some assets and connections, or all of them.

    With `off` each of them is planned again standing still. Raises `InputError` for a moment outside the plan and for names that
    the park does not have.
    """
    case, explainer = decided.case, explainer_of(decided)
    step = step_at(case.grid, at)
    names = tuple(assets) or (*case.park.assets, *case.park.connections)
    raise_errors(_unknown(case, name) for name in names if name not in {*case.park.assets, *case.park.connections})
    told = (why(explainer, step, name, _off(explainer, step, name) if off else None) for name in names)
    return {
        "at": _stamp(case.grid, step),
        "step_minutes": case.grid.step_minutes,
        "buses": _buses(explainer, step),
        "assets": [_full(each) for each in told],
        "rules": _rules(explainer, step),
    }


def why_summary(decided: Planned) -> dict[str, Any]:
    """The intervals that teach most about a plan, each asset in them in words, and the price of each rule that bounds the plan."""
    case, explainer = decided.case, explainer_of(decided)
    names = (*case.park.assets, *case.park.connections)
    return {
        "moments": [
            {
                "moment": moment,
                "at": _stamp(case.grid, step),
                "buses": {bus: _value(explainer, step, bus) for bus in case.park.buses},
                "assets": [_short(why(explainer, step, name)) for name in names],
            }
            for moment, step in moments(explainer).items()
        ],
        "rules": _rules(explainer, None),
    }


def step_at(grid: TimeGrid, at: str) -> int:
    """The step of a grid in which a moment on its clock lies. Raises `InputError` where there is none."""
    moment = moment_of(at, grid.zone, "explain")
    if moment is None:
        raise InputError([Finding("cli.bad-start", "explain", "2025-07-01T00:00", at)])
    step = int((moment - grid.start) // np.timedelta64(grid.step_minutes, "m"))
    if not 0 <= step < grid.steps:
        expected = f"{grid.local[0]} … {grid.local[-1]}".replace("T", " ")
        raise InputError([Finding("cli.outside-period", "explain", expected, at)])
    return step


def _unknown(case: Case, name: str) -> Finding:
    known = (*case.park.assets, *case.park.connections)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
    return Finding("cli.no-such-asset", name, " | ".join(known), values={"nearest": near[0]})


def _off(explainer: Explainer, step: int, name: str) -> Instead | None:
    """What standing still would cost; not asked of what stands still already, nor of what only has needs."""
    runs = any(each.is_flow and not each.is_cut and each.amount > 0 for each in explainer.at(step, name).activities)
    return off_instead(explainer, step, name, solve_side_by_side) if runs else None


def _buses(explainer: Explainer, step: int) -> dict[str, Any]:
    return {
        bus: {**_value(explainer, step, bus), "words": bus_text(explainer, step, bus)._asdict()}
        for bus in explainer.case.park.buses
    }


def _value(explainer: Explainer, step: int, bus: str) -> dict[str, Any]:
    """The value of a unit at a bus; none where nobody could give one more."""
    value = explainer.bus_prices(step).get(bus)
    if value is not None and abs(value) < LEAST_TOLD_CNY:
        value = 0.0  # what a solver leaves
    return {"value": value, "unit": carrier_unit(explainer.case, bus)}


def _rules(explainer: Explainer, step: int | None) -> list[dict[str, Any]]:
    """The dearest row of each rule; without a step, of those rules only that do not have a row for each step."""
    steps, names = explainer.case.grid.steps, Names(explainer.case.park)
    dearest: dict[str, RulePriceAt] = {}
    for price in explainer.rule_prices(step):
        if step is None and explainer.plan.rule_price[price.rule].size == steps:
            continue
        if price.cny_per_unit < LEAST_TOLD_CNY:
            continue
        known = dearest.get(price.rule)
        if known is None or price.cny_per_unit > known.cny_per_unit:
            dearest[price.rule] = price
    return [
        {
            "rule": price.rule,
            "unit": f"CNY/{price.unit}",
            "price": price.cny_per_unit,
            "words": rule_text(names, price)._asdict(),
        }
        for price in dearest.values()
    ]


def _short(told: Why) -> dict[str, Any]:
    return {"asset": told.explanation.asset, "words": sentences(told.sentences)._asdict()}


def _full(told: Why) -> dict[str, Any]:
    return {
        **_short(told),
        "flows": dict(told.explanation.flows),
        "activities": [_activity(each) for each in told.explanation.activities],
        **({} if told.off is None else {"off": told.off.__dict__}),
    }


def _activity(activity: Activity) -> dict[str, Any]:
    """An activity; a bound that is none is left out."""
    bounds = {"least": activity.least, "most": activity.most}
    return {
        "name": activity.name,
        "amount": activity.amount,
        "rate_unit": activity.rate_unit,
        **{name: bound for name, bound in bounds.items() if np.isfinite(bound)},
        "standing": str(activity.standing),
        "unit": f"CNY/{activity.unit}",
        "parts": [part._asdict() for part in activity.parts],
        "reduced": activity.reduced_cny,
    }


def _stamp(grid: TimeGrid, step: int) -> str:
    return str(grid.local[step]).replace("T", " ")
