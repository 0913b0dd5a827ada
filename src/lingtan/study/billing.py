"""The bill of flows in a file, and a bill as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lingtan.account import Bill, bill_of_table
from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.findings import Finding, raise_errors
from lingtan.market import supply_terms
from lingtan.reads import flows_read, sizes_read
from lingtan.study.assumptions import Assumed, of_notes, of_rules
from lingtan.study.flow_file import read_flows
from lingtan.study.summary import period_summary
from lingtan.study.window import built_sizes
from lingtan.terms import Readings


@dataclass(frozen=True, eq=False)
class FileBill:
    """The bill of a file of flows, the time it is for, what a reader must know of the flows, and what the bill rests on."""

    bill: Bill
    grid: TimeGrid
    findings: tuple[Finding, ...]
    assumptions: tuple[Assumed, ...]


def bill_of_file(case: Case, flows: Path, sizes: Path | None) -> FileBill:
    """The bill of a file of flows by the rules of a case.

    The file is the series.parquet of a study, or any with stamps and a column of kW for each flow that the bill reads
    (`grid.import_kw`). Raises `InputError` with all findings.
    """
    built = built_sizes(case, sizes)
    read = read_flows(case, flows, flows_read(supply_terms(case.park, case.rulebook, case.grid).terms), built)
    table = read.table
    supply = supply_terms(case.park, case.rulebook, table.grid, case.daily_maxima)
    needed = sizes_read(supply.terms)
    if supply.adjustments.discount is not None:
        needed |= {f"{name}.capacity_kva" for name in case.park.connections}
    raise_errors(Finding("cli.free-size", name) for name in sorted(needed - set(built)))
    bill = bill_of_table(case.park, table, supply, Readings(table.columns, table.grid.step_hours, built))
    assumed = (*of_rules(supply.founds), *of_notes(bill.notes))
    return FileBill(bill, table.grid, read.findings, assumed)


def file_bill_summary(billed: FileBill) -> dict[str, Any]:
    """The bill of a file as plain data, with its period and its assumptions."""
    return {
        "period": period_summary(billed.grid),
        **bill_summary_of(billed.bill),
        "assumptions": [each.as_json() for each in billed.assumptions],
    }


def bill_summary_of(bill: Bill) -> dict[str, Any]:
    """A bill as plain data: lines, total, rounding, the alternatives that applied."""
    return {
        "lines": [{**line.__dict__, "amount_cny": float(line.amount_cny)} for line in bill.lines],
        "by_component": {name: float(amount) for name, amount in bill.by_component().items()},
        "total_cny": float(bill.total_cny),
        "rounding_cny": bill.rounding_cny,
        "elected": dict(bill.elected),
        "notes": [found.as_json() for found in bill.notes],
    }
