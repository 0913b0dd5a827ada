"""A study as files: what a program reads, beside the report that people read."""

from __future__ import annotations

import csv
import json
import platform
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from lingtan.account import Bill
from lingtan.finance import CASH_FLOW_COLUMNS, CashFlow
from lingtan.rulebook import citations
from lingtan.series.write import write_parquet
from lingtan.study.carbon_account import carbon_data
from lingtan.study.study import Study

LIBRARIES = ("lingtan", "numpy", "scipy", "piqp", "highspy", "duckdb", "pydantic")
"""Packages whose version can move a figure."""

BILL_COLUMNS = ("period", "member", "component", "quantity", "unit", "price", "amount_cny", "rule")


def write_study(study: Study, folder: Path) -> None:
    """Write summary.json, series.parquet, bill.csv, cashflow.csv, carbon.json and run.json into an existing folder."""
    write_json(folder / "summary.json", study.summary)
    write_json(folder / "carbon.json", carbon_data(study.project.accounts.annex4))
    write_json(folder / "run.json", run_of(study))
    write_bill(folder / "bill.csv", study.project.accounts.bill)
    write_cash_flow(folder / "cashflow.csv", study.appraisal.cash_flow)
    write_parquet(folder / "series.parquet", study.project.plan.table)


def write_bill(path: Path, bill: Bill) -> None:
    """The lines of a bill as CSV."""
    rows = ([getattr(line, column) for column in BILL_COLUMNS] for line in bill.lines)
    write_rows(path, BILL_COLUMNS, rows)


def write_cash_flow(path: Path, flow: CashFlow) -> None:
    """The statement of a project as CSV, one row a year."""
    rows = ([row[column] for column in CASH_FLOW_COLUMNS] for row in flow.rows())
    write_rows(path, CASH_FLOW_COLUMNS, rows)


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows under a header as CSV, floats in the shortest form that reads back the same."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_json(path: Path, data: object) -> None:
    """Plain data as JSON; a figure that is not a number is a fault of ours and raises ValueError."""
    text = json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)
    path.write_text(text + "\n", encoding="utf-8")


def run_of(study: Study) -> dict[str, Any]:
    """What it takes to repeat the study: versions, records, assumptions, certificates, the processor's kind."""
    return {
        "versions": {name: version(name) for name in LIBRARIES} | {"python": platform.python_version()},
        "processor": platform.machine(),
        "rules": citations(study.project.accounts.founds),
        "assumptions": [each.as_json() for each in study.assumptions],
        "certificates": {
            name: side.plan.solution.certificate.__dict__
            for name, side in (("project", study.project), ("reference", study.reference))
        },
        "elected": dict(study.project.plan.elected),
        "alternatives": [
            {"elected": dict(elected), "objective_cny": cost} for elected, cost in study.project.plan.alternatives
        ],
        "preference_cny": study.project.plan.preference_cny,
    }
