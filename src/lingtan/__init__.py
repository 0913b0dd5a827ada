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
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

    from lingtan.account import Accounts
    from lingtan.case import Case
    from lingtan.findings import Finding
    from lingtan.optimize import Plan
    from lingtan.rulebook import Rulebook
    from lingtan.study import Study

__version__ = "0.1.0"

__all__ = ["check_park", "dispatch", "plan", "read_park", "settle", "study"]


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


def settle(park: Case, series: pd.DataFrame, rules: Rulebook | None = None) -> Accounts:
    """Energy, bill, carbon and green shares of any flows of a park, simulated or metered.

    `series` has an aware, regular index of interval starts and a column in kW for each flow of the park, named as in
    series.parquet. Sizes must be fixed in the park file; `rules` replace those of the park.
    """
    from lingtan.account import settle as settle_table
    from lingtan.series import Table

    table = Table.from_pandas(series, zone=park.grid.zone)
    return settle_table(park.park, table, rules or park.rulebook, highs=park.highs)


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
