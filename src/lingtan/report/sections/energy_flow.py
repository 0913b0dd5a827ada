"""Where the park's electricity came from and where it went, with both sums."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lingtan.park.names import Names, fill
from lingtan.report.charts.balance import Balance, Stream
from lingtan.report.charts.canvas import on_both
from lingtan.report.charts.sankey import sankey, sums
from lingtan.report.markup import Html, html
from lingtan.report.numbers import energy
from lingtan.report.palette import CURTAILED, EXPORT, LOSSES, SHORTFALL, color_of
from lingtan.report.sections.carriers import carrier_tables
from lingtan.report.sections.frame import Row, chart, section, table
from lingtan.report.sections.steered_needs import steered_needs
from lingtan.report.summary_figure import figure
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Side, Study

PROJECT_PX, REFERENCE_PX = 250.0, 110.0
"""Height of all bands together."""


def energy_section(study: Study) -> Html:
    """The balance of the project as a figure, that of the reference case smaller, and the figures as a table."""
    project, reference = balance_of(study.project), balance_of(study.reference)
    account = study.project.accounts.energy
    measure = energy((account.load_kwh, account.import_kwh, account.delivered_kwh))
    lead = fill(
        "energy.lead",
        used=measure.text(account.load_kwh),
        own=measure.text(account.delivered_kwh),
        imported=measure.text(account.import_kwh),
    )
    return section(
        "energy",
        lead,
        _flow_chart(project, PROJECT_PX, "energy.project"),
        _flow_chart(reference, REFERENCE_PX, "energy.reference"),
        _energy_table(study),
        carrier_tables(study),
        steered_needs(study.project),
    )


def balance_of(side: Side) -> Balance:
    """Everything that entered and left a park, by connection, generator and load, and what was curtailed."""
    return Balance(tuple(_sources(side)), tuple(_uses(side)), tuple(_curtailed(side)))


def _kwh(side: Side, flow: str) -> float:
    table = side.plan.table
    return float(table[flow].sum() * table.grid.step_hours)


def _sources(side: Side) -> Iterator[Stream]:
    park, account, names = side.case.park, side.accounts.energy, Names(side.case.park)
    for name, _ in park.generators():
        yield Stream(names.asset(name), account.delivered_by(name), color_of(park, name))
    for name in park.makers():
        yield Stream(names.asset(name), account.delivered_by(name), color_of(park, name))
    for name in park.connections:
        yield Stream(names.connection(name), _kwh(side, f"{name}.import_kw"), color_of(park, name))
    if account.losses_kwh < 0:
        yield Stream(REPORT_WORDS["flow.emptied"], -account.losses_kwh, LOSSES)
    yield Stream(REPORT_WORDS["flow.shortfall"], account.shortfall_kwh, SHORTFALL)


def _uses(side: Side) -> Iterator[Stream]:
    park, account, names = side.case.park, side.accounts.energy, Names(side.case.park)
    for name, need in park.electric_needs():
        yield Stream(names.asset(name), _kwh(side, f"{name}.{need.USED}"), color_of(park, name))
    for name in park.users():
        yield Stream(names.asset(name), _kwh(side, f"{name}.consumption_kw"), color_of(park, name))
    yield Stream(REPORT_WORDS["flow.export"], account.export_kwh, EXPORT)
    yield Stream(REPORT_WORDS["flow.losses"], max(account.losses_kwh, 0.0), LOSSES)


def _curtailed(side: Side) -> Iterator[Stream]:
    names = Names(side.case.park)
    for name, amount in side.accounts.energy.curtailed_by_asset_kwh.items():
        yield Stream(fill("flow.curtailed", asset=names.asset(name)), amount, CURTAILED)


def _flow_chart(balance: Balance, band_px: float, key: str) -> Html:
    drawing = on_both(lambda page: sankey(page, balance, band_px))
    return chart(html(drawing, sums(balance)), REPORT_WORDS[f"{key}.caption"], title=REPORT_WORDS[f"{key}.title"])


def _energy_table(study: Study) -> Html:
    """The energies of the summary beside those of the reference case."""
    ours, theirs = study.project.accounts.energy, study.reference.accounts.energy
    names = Names(study.project.case.park)
    measure = energy((ours.load_kwh, theirs.load_kwh, ours.import_kwh, ours.curtailed_kwh, ours.losses_kwh))

    def row(key: str) -> Row:
        here = figure(study.summary, "energy", key, show=measure.number)
        return REPORT_WORDS[f"energy.{key}"], here, measure.number(getattr(theirs, key))

    rows = [row("load_kwh"), row("import_kwh")]
    for name in ours.generation_kwh:
        shown = figure(study.summary, "energy", "generation_kwh", name, show=measure.number)
        rows.append(
            (
                fill("energy.available", asset=names.asset(name)),
                shown,
                measure.number(theirs.generation_kwh.get(name, 0.0)),
            )
        )
    rows += [row("curtailed_kwh"), row("export_kwh"), row("losses_kwh"), row("shortfall_kwh")]
    head = (html(measure.unit), REPORT_WORDS["column.project"], REPORT_WORDS["column.reference"])
    return table(head, rows, caption=REPORT_WORDS["energy.table"])
