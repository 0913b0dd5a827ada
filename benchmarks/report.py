"""What a benchmark hands back, rows of named cells and the claims that failed, and how it is printed and kept."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

Cell = str | float | None


@dataclass(frozen=True)
class Report:
    """One table: `rows` maps a column's title to its cell; None is shown as a dash.

    `failures` say in a sentence what broke a claim or could not run; none means the benchmark passed.
    """

    name: str
    what: str
    rows: tuple[dict[str, Cell], ...]
    failures: tuple[str, ...] = ()


def table(report: Report) -> str:
    """The report as text: a line per title and a column per row, for there are many titles and few rows."""
    titles = list(report.rows[0])
    columns = [titles, *([shown(row[title]) for title in titles] for row in report.rows)]
    widths = [max(map(len, column)) for column in columns]
    lines = [
        "  " + "  ".join(f"{text:>{width}}" for text, width in zip(line, widths, strict=True))
        for line in zip(*columns, strict=True)
    ]
    return "\n".join([f"{report.name}: {report.what}", *lines, *(f"! {failure}" for failure in report.failures)])


def shown(cell: Cell) -> str:
    """A number with as many digits as one reads, text as it is, nothing as a dash.

    >>> [shown(cell) for cell in (0.0721, 4.52, 151.2, 261273895.03, 3.1e-9, 0.0, "ours", None)]
    ['0.072', '4.52', '151', '261,273,895.03', '3.1e-09', '0', 'ours', '–']
    """
    match cell:
        case None:
            return "–"
        case str():
            return cell
        case _ if cell == 0:
            return "0"
        case _ if abs(cell) < 1e-3:
            return f"{cell:.1e}"
        case _ if abs(cell) >= 1e5:
            return f"{cell:,.2f}"
        case _:
            return f"{cell:.{3 if abs(cell) < 1 else 2 if abs(cell) < 100 else 0}f}"


def save(reports: Sequence[Report], file: Path) -> None:
    """Keep the reports as JSON, with the machine they come from: seconds mean nothing without it."""
    machine = {"python": platform.python_version(), "system": platform.platform(), "processors": os.cpu_count()}
    file.parent.mkdir(exist_ok=True)
    content = {"machine": machine, "benchmarks": [asdict(report) for report in reports]}
    file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
