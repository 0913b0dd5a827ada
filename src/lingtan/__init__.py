"""lingtan (零碳): one park file, carried all the way.

The few names a user types; everything else is imported from its room. Series come and go as pandas objects with an aware
index.

    import lingtan

    park = lingtan.read_park("examples/measured")
    study = lingtan.study(park)
    study.summary["finance"]["payback_years"]
    study.series["import_kw"]
    study.report("report.html")
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    import pandas as pd

    from lingtan.account import Accounts
    from lingtan.case import Case
    from lingtan.findings import Finding
    from lingtan.optimize import Plan
    from lingtan.rulebook import Rulebook
    from lingtan.study import Study
    from lingtan.study.park_forecast import ParkForecast

__version__ = "0.1.0"

__all__ = ["backtest", "check_park", "dispatch", "plan", "read_park", "settle", "study"]


def read_park(path: str | os.PathLike[str]) -> Case:
    """Read a park file (or the `park.yaml` of a folder) with the series and rules it names.

    The result is a `Case`: `.park` is the file itself, `.series` its series on the studied grid, `.rulebook` its rules.
    Raises `lingtan.findings.InputError` with all findings when one of them is an error.
    """
    from lingtan.case import read_case

    return read_case(path)


def check_park(path: str | os.PathLike[str]) -> list[Finding]:
    """All findings of a park in one pass, with file and line; empty when there is none."""
    from lingtan.case import check_park as check

    return check(path)


def plan(park: Case) -> Plan:
    """Decide sizes and schedule over the studied period at least cost, certified.

    Raises `lingtan.optimize.NotCertifiedError` when no solver's answer can be certified.
    """
    from lingtan.optimize import decide

    return decide(park).plan


def dispatch(
    park: Case, *, start: str, hours: float = 24.0, sizes: Mapping[str, Mapping[str, float]] | None = None
) -> Plan:
    """Schedule a window from `start` (ISO 8601, on the park's clock) with sizes that are fixed.

    `sizes` stand in for ranges of the park file, as `summary["sizes"]` of a study gives them. Raises
    `lingtan.findings.InputError` when the window leaves the period or a size is still free.
    """
    from lingtan.optimize import decide
    from lingtan.study.window import form_of, window_of

    window = window_of(park, start, hours, sizes or {})
    return decide(window, form=form_of(window.grid)).plan


def backtest(
    park: Case,
    *,
    targets: Sequence[str] = (),
    first: str | None = None,
    end: str | None = None,
    gate: str = "09:00",
    series: str | os.PathLike[str] | None = None,
    weather: Literal["actual", "degraded", "nwp"] | None = None,
) -> ParkForecast:
    """Forecast days of the past as they would have been, beside naive and linear models, and score them.

    `targets` are loads, plants, members, meters, or `load` for all of it; without any, all the park has. `first` and `end` are
    local dates (2025-05-03; `end` itself is left out), by default the newest 91 days. `gate` is the time (HH:MM) on the day before
    at which a forecast is made; `series` a file of measured flows, else the park's own; `weather` as it was (`actual`), with the
    error that a forecast has (`degraded`), or as issued (`nwp`). The result has `.again`: for each target the
    run and `.scores` by model and figure. Raises `lingtan.findings.InputError` with all findings.
    """
    from lingtan.study.park_forecast import Asked, backtest_park
    from lingtan.study.window import day_of

    past = None if series is None else Path(series)
    span = day_of("first", first), day_of("end", end)
    return backtest_park(park, Asked(tuple(targets), past, gate, first=span[0], end=span[1], weather=weather))


def settle(park: Case, series: pd.DataFrame, rules: Rulebook | None = None) -> Accounts:
    """Energy, bill, carbon and green shares of any flows of a park, simulated or metered.

    `series` has an aware, regular index of interval starts and a column in kW for each flow of the park, named as in
    series.parquet. Sizes must be fixed in the park file; `rules` replace those of the park.
    """
    from lingtan.account import settle as settle_table
    from lingtan.series import Table

    table = Table.from_pandas(series, zone=park.grid.zone)
    return settle_table(park.park, table, rules or park.rulebook, daily_maxima=park.daily_maxima)


def study(park: Case) -> Study:
    """Size, operate a year with perfect foresight, account, appraise; and the reference case beside it.

    The result has `.summary` (the keys of summary.json), `.series` and `.report(path)`.
    """
    from lingtan.report import draw
    from lingtan.study import study as run

    return run(park, draw)


class _ShopWindow(ModuleType):
    """This module, which keeps the function `study` in view.

    Importing the room `lingtan.study` binds it as an attribute of its package, over the function of the same name. Users call
    the function and import from the room, so the binding is left out; `from lingtan.study import …` does not need it.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name == "study" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _ShopWindow
