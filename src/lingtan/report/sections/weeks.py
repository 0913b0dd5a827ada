"""Four weeks, step by step: how the park was fed, at which price, and what its stores did."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from lingtan.park import Battery, FirmLine
from lingtan.report.charts.canvas import Array, on_both
from lingtan.report.charts.week import Frame, Trace, Week, week_chart
from lingtan.report.markup import Html, html
from lingtan.report.names import Names, fill
from lingtan.report.numbers import power
from lingtan.report.palette import ACCENT, EXPORT, INK, MUTED, SHORTFALL, color_of, shade
from lingtan.report.sections.frame import chart, legend, section
from lingtan.report.typical import DAYS, TypicalWeek, typical_weeks
from lingtan.terms import Choice, Sum, Term
from lingtan.wording import Text, Words
from lingtan.wording.report import MONTHS, REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Side, Study

CHARGE_SHADE = 0.4
"""Charging is drawn in the battery's color, this much nearer to white than discharging."""


def weeks_section(study: Study) -> Html:
    """The typical week of each season on the same axes."""
    side = study.project
    table = side.plan.table
    chosen = typical_weeks(table.grid, np.asarray(table["load_kw"] - table["generation_kw"]))
    if not chosen:
        return section("weeks", REPORT_WORDS["weeks.none"])
    scale = power([float(table["load_kw"].max())]).en
    weeks = [_week(side, one, scale.divisor) for one in chosen]
    frame = Frame.around(weeks, fill("week.power", unit=scale.unit))
    drawn = [_chart(one, week, frame) for one, week in zip(chosen, weeks, strict=True)]
    return section("weeks", REPORT_WORDS["weeks.lead"], _legend(side), html(*drawn))


def _chart(chosen: TypicalWeek, week: Week, frame: Frame) -> Html:
    title = fill("weeks.title", season=REPORT_WORDS[f"season.{chosen.season}"], first=week.days[0], last=week.days[-1])
    return chart(on_both(lambda page: week_chart(page, week, frame)), "", title=title)


def _week(side: Side, chosen: TypicalWeek, divisor: float) -> Week:
    park, table = side.case.park, side.plan.table
    part = slice(chosen.first, chosen.first + chosen.steps)

    def trace(color: str, *flows: str) -> Trace:
        return Trace(color, np.sum([table[flow][part] for flow in flows], axis=0) / divisor)

    firm = [name for name, _ in park.of_family(FirmLine)]
    other = [name for name, _ in park.generators() if name not in firm]
    stores = [name for name, _ in park.of_family(Battery)]
    feeding = [trace(color_of(park, name), f"{name}.generation_kw") for name in (*firm, *other)]
    feeding += [trace(color_of(park, name), f"{name}.discharge_kw") for name in stores]
    feeding += [trace(color_of(park, name), f"{name}.import_kw") for name in park.connections]
    taking = [trace(shade(color_of(park, name), CHARGE_SHADE), f"{name}.charge_kw") for name in stores]
    return Week(
        days=tuple(_date(day) for day in table.grid.local[part].astype("M8[D]")[:: chosen.steps // DAYS]),
        step_hours=table.grid.step_hours,
        feeding=(*feeding, trace(SHORTFALL, "shortfall_kw")),
        taking=(*taking, trace(EXPORT, "export_kw")),
        need=np.asarray(table["load_kw"][part] / divisor),
        prices=tuple(Trace(color, values[part]) for color, values in _prices(side)),
        charge=tuple(Trace(color_of(park, name), table[f"{name}.soc"][part]) for name in stores),
    )


def _prices(side: Side) -> list[tuple[str, Array]]:
    """The tariff's energy price at the first connection, and what one more kilowatt-hour was worth at its bus."""
    name, connection = next(iter(side.case.park.connections.items()))
    flow = f"{name}.import_kw"
    bought = ((flow, 1.0),)
    billed = [term.price for term in _billed(side) if isinstance(term, Sum) and term.flow.parts == bought]
    marginal = np.asarray(side.plan.marginal_price[connection.bus])
    tariff = np.sum(billed, axis=0) if billed else np.zeros_like(marginal)
    return [(MUTED, np.asarray(tariff)), (ACCENT, marginal)]


def _billed(side: Side) -> Iterator[Term]:
    """The terms of the bill that apply, as they were elected."""
    for term in side.costs.bill:
        if isinstance(term, Choice):
            yield from term.alternatives[side.plan.elected[term.name]]
        else:
            yield term


def _date(day: np.datetime64) -> Words:
    """A day without its year: 5 Jan, 1月5日."""
    _, month, number = str(day).split("-")
    words = MONTHS[int(month) - 1]
    return Words(f"{int(number)} {words.en}", f"{int(month)}月{int(number)}日")


def _legend(side: Side) -> Html:
    park, names = side.case.park, Names(side.case.park)
    boxes: list[tuple[str, Text]] = [(color_of(park, name), names.asset(name)) for name, _ in park.generators()]
    for name, _ in park.of_family(Battery):
        boxes.append((color_of(park, name), fill("weeks.discharge", asset=names.asset(name))))
        boxes.append((shade(color_of(park, name), CHARGE_SHADE), fill("weeks.charge", asset=names.asset(name))))
    boxes += [(color_of(park, name), names.connection(name)) for name in park.connections]
    energy = side.accounts.energy
    boxes += [(EXPORT, REPORT_WORDS["flow.export"])] if energy.export_kwh > 0 else []
    boxes += [(SHORTFALL, REPORT_WORDS["flow.shortfall"])] if energy.shortfall_kwh > 0 else []
    lines: list[tuple[str, Text]] = [
        (INK, REPORT_WORDS["energy.load_kwh"]),
        (MUTED, REPORT_WORDS["weeks.tariff"]),
        (ACCENT, REPORT_WORDS["weeks.marginal"]),
    ]
    return legend(boxes, lines=lines)
