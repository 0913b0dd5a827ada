"""Write `examples/measured/profiles.csv.gz` from the SimBench profiles of 2016.

    uv pip install --no-deps --require-hashes -r tools/measured/requirements.lock
    python tools/measured/extract.py [--networks FOLDER] [--out FILE]

The package is found but never imported: its two data files are read as text and checked against the hashes below, so
the same bytes come in and, with the same zlib, the same bytes go out. Needs nothing beyond the standard library.

The names of SimBench's load profiles follow the German standard load profiles (G0 trade in general, G1 weekdays 8 to
18 h, G3 continuous, G4 shops). What each series itself shows stands in `Choice.seen`, and `describe.py` prints the
figures behind it.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "examples" / "measured" / "profiles.csv.gz"
FOLDER = "1-complete_data-mixed-all-0-sw"  # scenario 0: the year as it was, before SimBench's own projections
FileName = Literal["LoadProfile.csv", "RESProfile.csv"]
SHA256: dict[FileName, str] = {
    "LoadProfile.csv": "382a19641b27d304b469f4c06f6f7cce8a70e33227d2d76c9f571ce1a77432b8",
    "RESProfile.csv": "aa817cf34998e9d648cbad219824e5f4e7bdfa4bf6b386fd08bb6e9157f7cbeb",
}
ROWS = 366 * 96
DECIMALS = 4
NOISE_PU = 1e-4
"""Negative power smaller than this is noise of the origin's wind model and becomes 0; a larger one would be a fault."""


@dataclass(frozen=True)
class Choice:
    """One column of the extract: our name, the file and column of the origin, and what its year looks like."""

    column: str
    file: FileName
    origin: str
    seen: str


CHOICES = (
    Choice("commerce_a_pu", "LoadProfile.csv", "G0-M_pload", "offices and services, weekdays 8 to 18 h, over a base"),
    Choice("commerce_b_pu", "LoadProfile.csv", "G1-B_pload", "workshops and practices, weekdays 7 to 17 h, else idle"),
    Choice("commerce_c_pu", "LoadProfile.csv", "G4-M_pload", "a large shop, six days a week, 6 to 21 h"),
    Choice("commerce_d_pu", "LoadProfile.csv", "G3-A_pload", "cooling and pumps all week, a day part six days a week"),
    Choice(
        "industry_a_pu", "LoadProfile.csv", "WB-H_pload", "three shifts, Monday 5 h to Saturday 6 h, then a fifth of it"
    ),
    Choice("industry_b_pu", "LoadProfile.csv", "G3-M_pload", "two weekday shifts, 6 to 22 h, over a continuous base"),
    Choice("industry_c_pu", "LoadProfile.csv", "G3-H_pload", "continuous, with a day shift on weekdays"),
    Choice("industry_d_pu", "LoadProfile.csv", "BL-H_pload", "continuous for weeks, then stopped for days"),
    Choice("pv_a_pu", "RESProfile.csv", "PV5", "earlier in the day"),
    Choice("pv_b_pu", "RESProfile.csv", "PV7", "later in the day"),
    Choice("wind_a_pu", "RESProfile.csv", "WP4", "onshore"),
    Choice("wind_b_pu", "RESProfile.csv", "WP12", "onshore, another region"),
)


def main() -> int:
    """Read, write, and say what was written."""
    parser = argparse.ArgumentParser(description="Extract the series of examples/measured from SimBench.")
    parser.add_argument("--networks", type=Path, help="folder simbench/networks; default: of the installed package")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    folder = (arguments.networks or installed_networks()) / FOLDER
    rows = extract(folder)
    arguments.out.write_bytes(compressed(rows))
    print(f"{arguments.out}: {len(rows)} rows, {len(CHOICES)} columns, {arguments.out.stat().st_size} bytes")
    return 0


def installed_networks() -> Path:
    """The data folder of the installed package, found without importing it."""
    spec = find_spec("simbench")
    if spec is None or spec.origin is None:
        raise SystemExit("simbench is not installed: see the top of this file, or give --networks.")
    return Path(spec.origin).parent / "networks"


def extract(folder: Path) -> list[list[str]]:
    """The rows of the extract: stamp, then one text per column of `CHOICES`.

    Stamps stay as in the origin, but for their form: naive German clock time at the start of each quarter-hour, so one
    hour is missing in March and one stands twice in October.
    """
    halves = [list(read(folder, file, [c for c in CHOICES if c.file == file])) for file in SHA256]
    loads, plants = halves
    if [row[0] for row in loads] != [row[0] for row in plants]:
        raise SystemExit("LoadProfile.csv and RESProfile.csv do not have the same stamps.")
    if len(loads) != ROWS:
        raise SystemExit(f"expected {ROWS} rows, got {len(loads)}.")
    return [[*load, *plant[1:]] for load, plant in zip(loads, plants, strict=True)]


def read(folder: Path, file: FileName, choices: list[Choice]) -> Iterator[list[str]]:
    """Stamp and chosen columns of one file of the origin."""
    content = (folder / file).read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256[file]:
        raise SystemExit(f"{folder / file}: expected SHA-256 {SHA256[file]}, got {found}. Is it simbench 1.6.3?")
    lines = csv.reader(io.StringIO(content.decode("ascii")), delimiter=";")
    head = next(lines)
    at = [head.index(choice.origin) for choice in choices]
    for line in lines:
        yield [iso(line[0]), *(per_unit(line[column]) for column in at)]


def iso(stamp: str) -> str:
    """`31.12.2016 23:45` as `2016-12-31 23:45`.

    >>> iso("31.12.2016 23:45")
    '2016-12-31 23:45'
    """
    day, clock = stamp.split(" ")
    return "-".join(reversed(day.split("."))) + " " + clock


def per_unit(text: str) -> str:
    """A value rounded to four decimals, without trailing zeros; noise below 0 becomes 0.

    >>> per_unit("0.14305"), per_unit("1"), per_unit("-0.000013"), per_unit("0")
    ('0.1431', '1', '0', '0')
    """
    value = float(text)
    if value < -NOISE_PU:
        raise ValueError(f"expected a value of 0 or more, got {text}")
    return f"{max(0.0, value):.{DECIMALS}f}".rstrip("0").rstrip(".")


def compressed(rows: list[list[str]]) -> bytes:
    """The rows with their head as gzipped CSV; no file name and no time inside, so equal rows give equal bytes."""
    head = ["time", *(choice.column for choice in CHOICES)]
    text = "".join(",".join(row) + "\n" for row in [head, *rows])
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=packed, mtime=0) as file:
        file.write(text.encode("ascii"))
    return packed.getvalue()


if __name__ == "__main__":
    sys.exit(main())
