"""Typical weeks, step by step: how the park was fed, at which price, and what its stores did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from lingtan.park import Battery, EvFleet, FirmLine
from lingtan.park.names import Names, fill, listed
from lingtan.report.charts.canvas import Array, on_both
from lingtan.report.charts.week import Frame, Trace, Week, week_chart
from lingtan.report.markup import Html, html
from lingtan.report.numbers import power
from lingtan.report.palette import ACCENT, EXPORT, INK, MUTED, SHORTFALL, color_of, shade
from lingtan.report.sections.frame import chart, legend, note, section
from lingtan.report.typical import DAYS, Seasons, TypicalWeek, runs_of, seasons_of, typical_weeks
from lingtan.rulebook import HydroSeasons
from lingtan.terms import Choice, Sum, Term
from lingtan.wording import Text, Words
from lingtan.wording.report import MONTHS, REPORT_WORDS
from lingtan.wording.rulebook import RULEBOOK_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Side, Study

CHARGE_SHADE = 0.4
"""Charging is drawn in the battery's color, this much nearer to white than discharging."""


def weeks_section(study: Study) -> Html:
    """The typical week of each season on the same axes."""
    side = study.project
    table = side.plan.table
    record = side.case.hydro_seasons()
    seasons = seasons_of(record)
    chosen = typical_weeks(table.grid, np.asarray(table["load_kw"] - table["generation_kw"]), seasons)
    if not chosen:
        return section("weeks", REPORT_WORDS["weeks.none"])
    scale = power([float(table["load_kw"].max())]).en
    weeks = [_week(side, one, scale.divisor) for one in chosen]
    frame = Frame.around(weeks, fill("week.power", unit=scale.unit))
    drawn = [_chart(one, week, frame, seasons) for one, week in zip(chosen, weeks, strict=True)]
    by = () if record is None else (note(_record(record), leads=True),)
    return section("weeks", REPORT_WORDS["weeks.lead"], *by, _legend(side), html(*drawn))


def _record(record: HydroSeasons) -> Words:
    """Which record divides the year, and how far to trust it."""
    checked = RULEBOOK_WORDS["cite.verified" if record.verified else "cite.unverified"]
    return fill("weeks.by", rule=record.id, document=record.document, checked=checked)


def _chart(chosen: TypicalWeek, week: Week, frame: Frame, seasons: Seasons) -> Html:
    name = fill("season.of", name=REPORT_WORDS[f"season.{chosen.season}"], months=months_text(seasons[chosen.season]))
    title = fill("weeks.title", season=name, first=week.days[0], last=week.days[-1])
    return chart(on_both(lambda page: week_chart(page, week, frame)), "", title=title)


def months_text(months: Sequence[int]) -> Words:
    """Months as a reader names them.

    >>> months_text([12, 1, 2, 3, 4]), months_text([5, 11])
    (Words(en='Dec to Apr', zh='12—4月'), Words(en='May, Nov', zh='5月、11月'))
    """
    return listed(
        [
            MONTHS[first - 1]
            if first == last
            else Words(f"{MONTHS[first - 1].en} to {MONTHS[last - 1].en}", f"{first}—{last}月")
            for first, last in runs_of(months)
        ]
    )


def _week(side: Side, chosen: TypicalWeek, divisor: float) -> Week:
    park, table = side.case.park, side.plan.table
    part = slice(chosen.first, chosen.first + chosen.steps)

    def trace(color: str, *flows: str) -> Trace:
        return Trace(color, np.sum([table[flow][part] for flow in flows], axis=0) / divisor)

    firm = [name for name, _ in park.of_family(FirmLine)]
    other = [name for name, _ in park.generators() if name not in firm]
    fleets = [name for name, _ in park.of_family(EvFleet)]
    stores = [*(name for name, _ in park.of_family(Battery)), *fleets]
    feeding = [trace(color_of(park, name), f"{name}.generation_kw") for name in (*firm, *other)]
    driven = {name: (f"{name}.driven_kw",) for name in fleets}
    feeding += [trace(color_of(park, name), f"{name}.discharge_kw", *driven.get(name, ())) for name in stores]
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
    for name, _ in (*park.of_family(Battery), *park.of_family(EvFleet)):
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
