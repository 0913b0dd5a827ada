"""The registry of calculators: pure functions from a checked case to plain data, for the command line, Python and the web."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import BaseModel, Field, FiniteFloat

from lingtan.account import bill_of
from lingtan.clock import TimeGrid, moment_of
from lingtan.fact import Fact
from lingtan.finance import irr
from lingtan.findings import Finding, InputError, raise_errors
from lingtan.market import Ask, look_up, price_list_terms
from lingtan.rulebook import Customer, Pack, Place, Rulebook, parse_records
from lingtan.sheet import Sheet, judge
from lingtan.study.billing import bill_summary_of
from lingtan.study.cash_flow import CashFlowCase, cash_flow_statement
from lingtan.study.forecast import BacktestCase, backtest_answer
from lingtan.study.inventory import InventoryCase, inventory_of
from lingtan.study.sizing import SizingCase, sizing
from lingtan.terms import Readings, evaluate


class IrrCase(Fact):
    """Yearly flows, today first."""

    flows: Annotated[tuple[FiniteFloat, ...], Field(min_length=1, max_length=2000)]
    """Amounts at the end of each year; the first is today's [CNY]."""


class BillCase(Fact):
    """A metered import and the records that price it."""

    start: str
    """Start of the first interval, ISO 8601; naive stamps are in `zone`."""
    zone: str = "Asia/Shanghai"
    """IANA zone of the wall clock."""
    step_minutes: Annotated[int, Field(ge=1, le=60)] = 15
    """Length of an interval [min]."""
    import_kw: Annotated[tuple[Annotated[FiniteFloat, Field(ge=0)], ...], Field(min_length=1, max_length=600_000)]
    """Mean power drawn from the grid in each interval [kW]."""
    capacity_kva: Annotated[FiniteFloat, Field(gt=0)]
    """Transformer capacity [kVA]."""
    basis: Literal["choice", "capacity", "demand"] = "choice"
    """Basis of the basic charge; `choice` takes the cheaper one."""
    rules: Annotated[tuple[Mapping[str, Any], ...], Field(min_length=1, max_length=100)]
    """A retail price record, and a time-of-use record where the price floats."""


@dataclass(frozen=True)
class Calculator:
    """The form of a calculator's input and the function that answers it."""

    case: type[BaseModel]
    answer: Callable[[Any], Mapping[str, Any]]


def _irr(case: IrrCase) -> Mapping[str, Any]:
    return irr(case.flows).as_summary()


def _bill(case: BillCase) -> Mapping[str, Any]:
    sheet = Sheet("standard input", case.model_dump())
    pack, findings = parse_records(case.rules, sheet, ("rules",))
    raise_errors(findings)
    grid = _grid_of(case)
    listed = look_up(_ANYONE, Rulebook().overlay(_for_anyone(pack)), grid)
    terms = tuple(price_list_terms("grid", listed, case.basis, grid))
    flows = {"grid.import_kw": np.array(case.import_kw)}
    readings = Readings(flows, grid.step_hours, {"grid.capacity_kva": case.capacity_kva})
    return bill_summary_of(bill_of(evaluate(terms, readings)))


_ANYONE = Ask(Place("CN"), Customer("two_part", 10.0, "grid_proxy"))


def _for_anyone(pack: Pack) -> Pack:
    """The records without their place and customer: whoever sends records to the calculator wants them applied."""
    anywhere = {"place": None, "customer": None}
    return Pack(tuple(record.model_copy(update=anywhere) for record in pack.records), pack.assumptions)


def _grid_of(case: BillCase) -> TimeGrid:
    start = moment_of(case.start, case.zone, "start")
    if start is None:
        raise InputError([Finding("cli.bad-start", "start", "2025-01-01T00:00", case.start)])
    return TimeGrid(start, case.step_minutes, len(case.import_kw), case.zone)


CALCULATORS: Mapping[str, Calculator] = {
    "backtest": Calculator(BacktestCase, backtest_answer),
    "bill": Calculator(BillCase, _bill),
    "cash_flow": Calculator(CashFlowCase, cash_flow_statement),
    "inventory": Calculator(InventoryCase, inventory_of),
    "irr": Calculator(IrrCase, _irr),
    "sizing": Calculator(SizingCase, sizing),
}
"""Calculators by name."""


def calculate(name: str, data: object) -> Mapping[str, Any]:
    """The answer of a calculator to plain data. Raises `InputError` with all findings of the case."""
    calculator = CALCULATORS[name]
    case, findings = judge(calculator.case, data, Sheet("standard input", data))
    if case is None:
        raise InputError(findings)
    return calculator.answer(case)
