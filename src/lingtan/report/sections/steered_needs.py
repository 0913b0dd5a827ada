"""Rooms and fleets of vehicles: how warm it was, and what was charged, driven and given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from lingtan.park import EvFleet, ThermostaticLoad
from lingtan.park.names import Names
from lingtan.report.markup import Html, html
from lingtan.report.numbers import energy, plain
from lingtan.report.sections.frame import Row, table
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Side

BEYOND_K = 0.05
"""A room that leaves its band by less is not told of: nobody feels it, and solvers leave as much."""

FLEET_FLOWS = ("charge_kw", "discharge_kw", "driven_kw", "shortfall_kw")


def steered_needs(side: Side) -> Html:
    """A table of rooms and one of fleets; nothing in a park that has none."""
    rooms = [_room(side, name, load) for name, load in side.case.park.of_family(ThermostaticLoad)]
    fleets = [name for name, _ in side.case.park.of_family(EvFleet)]
    return html(_rooms(rooms) if rooms else "", _fleets(side, fleets) if fleets else "")


def _rooms(rows: list[Row]) -> Html:
    head = [REPORT_WORDS[f"rooms.{key}"] for key in ("room", "band", "lowest", "highest", "beyond")]
    return table(head, rows, caption=REPORT_WORDS["rooms.table"], widths=(32, 20, 16, 16, 16))


def _room(side: Side, name: str, load: ThermostaticLoad) -> Row:
    """The temperatures of a room at the ends of steps [°C], and the hours in which it was beyond its band."""
    grid, inside = side.plan.table.grid, side.plan.table[f"{name}.temperature_c"]
    beyond = (inside < load.low - BEYOND_K) | (inside > load.high + BEYOND_K)
    return (
        Names(side.case.park).asset(name),
        f"{plain(load.low, 1)} … {plain(load.high, 1)}",
        plain(float(inside.min()), 1),
        plain(float(inside.max()), 1),
        plain(float(np.count_nonzero(beyond)) * grid.step_hours, 0),
    )


def _fleets(side: Side, fleets: list[str]) -> Html:
    """What each fleet charged, gave back, drove with and lacked, and how empty all of it ever was."""
    plan, names = side.plan.table, Names(side.case.park)
    amounts = {
        name: [float(plan[f"{name}.{flow}"].sum()) * plan.grid.step_hours for flow in FLEET_FLOWS] for name in fleets
    }
    measure = energy([amount for each in amounts.values() for amount in each])
    keys = ("charged", "given", "driven", "short", "emptiest")
    rows: list[Row] = [
        (
            names.asset(name),
            *(measure.number(amount) for amount in amounts[name]),
            f"{plain(100.0 * float(plan[f'{name}.soc'].min()), 0)} %",
        )
        for name in fleets
    ]
    head: Row = (html(measure.unit), *(REPORT_WORDS[f"fleets.{key}"] for key in keys))
    return table(head, rows, caption=REPORT_WORDS["fleets.table"])
