"""The forecasts that somebody made for a run: read from its folder, again only where a file changed, and how to make them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lingtan.findings import Finding, InputError
from lingtan.study.forecast_view import VIEW_FILE, ForecastView, Holds, read_view_of
from lingtan.web.run import OpenRun

FOLDERS: dict[Holds, str] = {"ahead": "ahead", "backtest": "tested"}
"""Where in `forecast/` of a run folder each of the two lies."""


@dataclass(frozen=True)
class Found:
    """What a folder holds: a view, or what is wrong with its file; neither where there is none."""

    view: ForecastView | None = None
    findings: tuple[Finding, ...] = ()


@dataclass
class Shelf:
    """What was read, by file, with the size and time that the file had then."""

    _kept: dict[Path, tuple[tuple[int, int], Found]] = field(default_factory=dict)

    def get(self, run: OpenRun, holds: Holds) -> Found:
        """What there is of a kind now."""
        file = run.folder.forecast / FOLDERS[holds] / VIEW_FILE
        try:
            state = file.stat()
            stamp = (state.st_mtime_ns, state.st_size)
            kept = self._kept.get(file)
            if kept is None or kept[0] != stamp:
                kept = self._kept[file] = (stamp, _read(run, file, holds))
        except OSError:
            return Found()
        return kept[1]


def _read(run: OpenRun, file: Path, holds: Holds) -> Found:
    try:
        return Found(read_view_of(file, run.park.name, holds))
    except InputError as error:
        return Found(findings=tuple(error.findings))


def command_of(run: OpenRun, holds: Holds, day: date) -> str:
    """The command that makes a kind for this run; `day` is the one to forecast.

    Only a twin lives through the studied year, so only for it the park file is the past: real devices need what their meters say.
    """
    words = ["lingtan", "forecast", run.facts.park]
    words += [word for pack in run.facts.packs for word in ("--rules", pack)]
    words += [] if run.facts.twin else ["--series", "metered.csv"]
    words += ["--backtest"] if holds == "backtest" else ["--day", day.isoformat()]
    words += ["--out", str(run.folder.forecast.absolute() / FOLDERS[holds])]
    return shlex.join(words)
