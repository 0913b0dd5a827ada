"""The sound park that every case changes: two days of load stand in its file, the rest of a year is added when it is laid out.

A recording of two days is a finding of its own; a year in the repository would bury what a case changes.
"""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

BASE = Path(__file__).parent / "base"
LAST = datetime(2026, 2, 1)


def lay_out_base(folder: Path, *, prolonged: bool = True) -> None:
    """Write the sound park into a folder."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    if prolonged:
        prolong(folder / "load.csv")


def prolong(load: Path) -> None:
    """Add the hours from the end of the file's two days to the end of January, in the pattern of the two days."""
    days = [line.split(",")[1] for line in (BASE / "load.csv").read_text("utf-8").splitlines()[1:]]
    start = datetime(2025, 3, 7)
    hours = range(len(days), int((LAST - start) / timedelta(hours=1)))
    if not load.read_text("utf-8").endswith(f"2025-03-08 23:00,{days[-1]}\n"):
        return  # a case that changes the form of all rows
    with load.open("a", encoding="utf-8") as file:
        file.writelines(f"{start + timedelta(hours=hour):%Y-%m-%d %H:%M},{days[hour % len(days)]}\n" for hour in hours)
