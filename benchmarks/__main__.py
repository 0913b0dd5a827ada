"""Measure, print a table per benchmark, keep the figures.

    python -m benchmarks [NAME...] [--hours 8760]

Ends with 1 if a side did not run or a claim failed. Compare ratios, not seconds: those belong to the machine.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import commitment, energies, forecast, help_time, sizing, study, tick
from benchmarks.report import Report, save, table

BENCHMARKS: dict[str, Callable[[int], Report]] = {
    "commitment": commitment.run,
    "energies": energies.run,
    "forecast": forecast.run,
    "help_time": help_time.run,
    "sizing": sizing.run,
    "study": study.run,
    "tick": tick.run,
}
LATEST = Path(__file__).parent / "results" / "latest.json"


def main() -> int:
    """Run the named benchmarks, or all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure lingtan beside its peers.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"some of {', '.join(BENCHMARKS)}; none means all")
    parser.add_argument("--hours", type=int, default=8760, help="length of the sizing case (default: %(default)s)")
    arguments = parser.parse_args()
    if unknown := sorted(set(arguments.names) - set(BENCHMARKS)):
        parser.error(f"expected some of {', '.join(BENCHMARKS)}, got {', '.join(unknown)}")
    reports = []
    for name in arguments.names or BENCHMARKS:
        reports.append(BENCHMARKS[name](arguments.hours))
        print(table(reports[-1]), end="\n\n", flush=True)
    save(reports, LATEST)
    print(f"kept in {LATEST}")
    return 1 if any(report.failures for report in reports) else 0


if __name__ == "__main__":
    sys.exit(main())
