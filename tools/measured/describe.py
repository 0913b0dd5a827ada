"""Print what the series of `examples/measured` look like: the figures behind the table in its ORIGIN.md.

    python tools/measured/describe.py [FILE]

First the level of each column: mean, largest value, full-load hours, means of weekday, Saturday and Sunday, share of
steps on a straight line between their neighbors (three in four tell an hourly series drawn out to quarter-hours). Then
its mean day, hour by hour, for the three kinds of day: there one sees the shifts. Needs only the standard library.
"""

from __future__ import annotations

import csv
import gzip
import sys
from datetime import datetime
from pathlib import Path
from statistics import fmean

FILE = Path(__file__).resolve().parents[2] / "examples" / "measured" / "profiles.csv.gz"
STEP_HOURS = 0.25
KINDS_OF_DAY = {"weekday": range(5), "Saturday": range(5, 6), "Sunday": range(6, 7)}
STRAIGHT_PU = 1.5e-4
"""Two roundings to four decimals can bend a straight line by this much."""


def main() -> int:
    """Print both tables."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    stamps, columns = load(file)
    print(f"{'column':15} {'mean':>6} {'max':>6} {'h/year':>7} {'weekday':>7} {'Sat':>6} {'Sun':>6} {'line':>5}")
    for name, values in columns.items():
        means = [mean_on(stamps, values, days) for days in KINDS_OF_DAY.values()]
        hours = sum(values) * STEP_HOURS
        level = f"{fmean(values):6.3f} {max(values):6.3f} {hours:7.0f} {means[0]:7.3f} {means[1]:6.3f} {means[2]:6.3f}"
        print(f"{name:15} {level} {straight_share(values):5.2f}")
    print("\nmean day by clock hour, in hundredths per unit")
    print(" " * 25 + "".join(f"{hour:4}" for hour in range(24)))
    for name, values in columns.items():
        for kind, days in KINDS_OF_DAY.items():
            day = [mean_on(stamps, values, days, hour) for hour in range(24)]
            print(f"{name:15} {kind:9}" + "".join(f"{100 * value:4.0f}" for value in day))
    return 0


def load(file: Path) -> tuple[list[datetime], dict[str, list[float]]]:
    """Stamps and columns of the extract."""
    with gzip.open(file, "rt", encoding="ascii", newline="") as lines:
        head, *rows = csv.reader(lines)
    by_column = list(zip(*rows, strict=True))
    stamps = [datetime.fromisoformat(stamp) for stamp in by_column[0]]
    return stamps, {name: [float(x) for x in texts] for name, texts in zip(head[1:], by_column[1:], strict=True)}


def mean_on(stamps: list[datetime], values: list[float], weekdays: range, hour: int | None = None) -> float:
    """Mean over the steps of the given weekdays (Monday is 0), or over one clock hour of them."""
    pairs = zip(stamps, values, strict=True)
    return fmean(v for t, v in pairs if t.weekday() in weekdays and (hour is None or t.hour == hour))


def straight_share(values: list[float]) -> float:
    """Share of the moving steps that lie on the line between their neighbors."""
    triples = [(a, b, c) for a, b, c in zip(values, values[1:], values[2:], strict=False) if not a == b == c]
    return fmean(abs(b - (a + c) / 2) <= STRAIGHT_PU for a, b, c in triples)


if __name__ == "__main__":
    sys.exit(main())
