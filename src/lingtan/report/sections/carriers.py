"""Heat, hydrogen, fuels and materials: what each bus was given and what was taken from it, a table a carrier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lingtan.park.names import Names, fill
from lingtan.report.markup import Html, html, tag
from lingtan.report.numbers import plain, significant
from lingtan.report.sections.frame import Row, table
from lingtan.report.summary_figure import figure
from lingtan.wording import Text
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study

SIDES = {"given": "carriers.given", "taken": "carriers.taken"}


def carrier_tables(study: Study) -> Html:
    """A table for each carrier that the park has beside electricity; nothing in a park of electricity."""
    return html(*(_table(study, carrier) for carrier in study.summary["carriers"]))


def _table(study: Study, carrier: str) -> Html:
    """The buses of a carrier one after the other: who gave, what lacked, who took, what was let go; both sides are equal."""
    summary, names = study.summary, Names(study.project.case.park)
    rows: list[Row] = []
    for bus, balance in summary["carriers"][carrier].items():
        at = ("carriers", carrier, bus)

        def amount(*path: str, at: tuple[str, ...] = at) -> Html:
            return figure(summary, *at, *path, show=_amount)

        for side, key in SIDES.items():
            rows += [
                (tag("code", bus), REPORT_WORDS[key], names.asset(asset), amount(side, asset))
                for asset in balance[side]
            ]
        for key in ("shortfall", "vented", "unused"):
            if balance[key] > 0.0:
                rows.append((tag("code", bus), REPORT_WORDS[f"carriers.{key}"], "", amount(key)))
    unit = figure(summary, "carriers", carrier, next(iter(summary["carriers"][carrier])), "unit", show=str)
    head = (REPORT_WORDS["carriers.bus"], "", REPORT_WORDS["carriers.asset"], unit)
    caption = fill("carriers.table", carrier=_name(carrier))
    return table(head, rows, words=3, caption=caption, widths=(22, 22, 34, 22))


def _name(carrier: str) -> Text:
    return REPORT_WORDS[f"carrier.{carrier}"]


def _amount(value: float) -> str:
    """An amount to the unit, a small one to three digits."""
    return plain(value, 0) if abs(value) >= 100.0 else significant(value)
