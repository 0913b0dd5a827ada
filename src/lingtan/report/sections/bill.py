"""The bill: by component and month, beside that of the reference case, and by each way of electing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from lingtan.account import Bill
from lingtan.park.names import Names, fill, listed
from lingtan.report.charts.bars import Step, signed, waterfall
from lingtan.report.charts.canvas import on_both
from lingtan.report.markup import Html, html, tag
from lingtan.report.numbers import money, plain
from lingtan.report.sections.frame import Row, chart, note, section, table
from lingtan.report.summary_figure import figure
from lingtan.wording import Words
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study

NONE = Decimal("0.00")


def bill_section(study: Study) -> Html:
    """From the reference case's cost to the project's, the bill by month, rounding and the basis that was elected."""
    ours, theirs = study.project.accounts.bill, study.reference.accounts.bill
    measure = money((float(ours.total_cny), float(theirs.total_cny)))
    lead = fill("bill.lead", total=measure.text(float(ours.total_cny)), reference=measure.text(float(theirs.total_cny)))
    return section(
        "bill",
        lead,
        _bridge(study),
        _by_component(study),
        _running(study),
        _by_month(study),
        _rounding(study),
        _elections(study),
    )


def _bridge(study: Study) -> Html:
    """From cost to cost: each component of the bill that changes, then operation and upkeep."""
    names = Names(study.project.case.park)
    ours, theirs = (side.accounts.bill.by_component() for side in (study.project, study.reference))
    changes = {name: float(ours.get(name, NONE) - theirs.get(name, NONE)) for name in (theirs | ours)}
    beside = sum(
        sign * (side.cost_cny - float(side.accounts.bill.total_cny))
        for sign, side in ((1.0, study.project), (-1.0, study.reference))
    )
    steps = [Step(REPORT_WORDS["bill.from"], study.reference.cost_cny, is_total=True)]
    steps += [Step(names.component(name), change) for name, change in changes.items() if change]
    steps += [Step(REPORT_WORDS["bill.beside"], beside)] if beside else []
    steps.append(Step(REPORT_WORDS["bill.to"], study.project.cost_cny, is_total=True))
    measure = money((study.project.cost_cny, study.reference.cost_cny))
    drawing = on_both(lambda page: waterfall(page, steps, measure))
    title = html(REPORT_WORDS["bill.bridge.title"], " · ", measure.unit)
    return chart(drawing, REPORT_WORDS["bill.bridge.caption"], title=title)


def _by_component(study: Study) -> Html:
    """The year's amounts by component, beside the reference case."""
    names, theirs = Names(study.project.case.park), study.reference.accounts.bill.by_component()
    ours = study.project.accounts.bill.by_component()
    amounts = [float(amount) for amount in (*ours.values(), *theirs.values())]
    totals = float(study.project.accounts.bill.total_cny), float(study.reference.accounts.bill.total_cny)
    measure = money((*amounts, *totals))
    rows: list[Row] = []
    for name in theirs | ours:
        here = (
            figure(study.summary, "bill", "by_component", name, show=measure.number)
            if name in ours
            else measure.number(0.0)
        )
        there = float(theirs.get(name, NONE))
        change = float(ours.get(name, NONE)) - there
        rows.append((names.component(name), here, measure.number(there), signed(measure.number(change), change)))
    total = figure(study.summary, "bill", "total_cny", show=measure.number)
    difference = totals[0] - totals[1]
    foot = (
        REPORT_WORDS["column.total"],
        total,
        measure.number(totals[1]),
        signed(measure.number(difference), difference),
    )
    head = (
        html(measure.unit),
        REPORT_WORDS["column.project"],
        REPORT_WORDS["column.reference"],
        REPORT_WORDS["column.change"],
    )
    return table(head, rows, total=foot, caption=REPORT_WORDS["bill.components"])


def _running(study: Study) -> Html:
    """What running own plants costs beside the bill: fuels and materials, wear, venting; sales earn. Nothing where none is."""
    names = Names(study.project.case.park)
    ours, theirs = (side.accounts.operation.by_component() for side in (study.project, study.reference))
    if not ours and not theirs:
        return html()
    measure = money(float(amount) for amount in (*ours.values(), *theirs.values()))
    rows: list[Row] = []
    for name in theirs | ours:
        here, there = float(ours.get(name, NONE)), float(theirs.get(name, NONE))
        change = signed(measure.number(here - there), here - there)
        rows.append((names.component(name), measure.number(here), measure.number(there), change))
    columns = ("project", "reference", "change")
    head: Row = (html(measure.unit), *(REPORT_WORDS[f"column.{name}"] for name in columns))
    return table(head, rows, caption=REPORT_WORDS["bill.running"])


def _by_month(study: Study) -> Html:
    """Months down, components across; the sum of all cells is the bill, to the cent."""
    bill, names = study.project.accounts.bill, Names(study.project.case.park)
    cells = _cells(bill)
    months = list(dict.fromkeys(month for month, _ in cells))
    components = list(bill.by_component())
    total = float(bill.total_cny)
    measure = money((total, *(float(amount) for amount in cells.values())))

    def row(month: str) -> Row:
        amounts = [cells.get((month, component), NONE) for component in components]
        shown = [measure.number(float(amount)) for amount in amounts]
        return (
            tag("span", month, class_="month") if month else REPORT_WORDS["bill.no_month"],
            *shown,
            html(measure.number(float(sum(amounts, NONE)))),
        )

    head = (html(measure.unit), *(names.component(name) for name in components), REPORT_WORDS["column.total"])
    year = [measure.number(float(amount)) for amount in bill.by_component().values()]
    foot = (REPORT_WORDS["column.total"], *year, measure.number(total))
    return table(head, [row(month) for month in months], total=foot, caption=REPORT_WORDS["bill.months"])


def _cells(bill: Bill) -> dict[tuple[str, str], Decimal]:
    """Amounts by month and component."""
    cells: dict[tuple[str, str], Decimal] = {}
    for line in bill.lines:
        key = (line.period.split(" ")[0], line.component)
        cells[key] = cells.get(key, NONE) + line.amount_cny
    return cells


def _rounding(study: Study) -> Html:
    """What rounding the lines did to the total."""

    def cents(value: float) -> Words:
        return Words(f"{plain(value, 2)} CNY", f"{plain(value, 2)} 元")

    lines = str(len(study.project.accounts.bill.lines))
    return note(
        fill("bill.rounding", lines=lines),
        " ",
        figure(study.summary, "bill", "rounding_cny", show=cents),
        REPORT_WORDS["bill.rounding.end"],
    )


def _elections(study: Study) -> Html:
    """Every way of electing and what it would have cost; nothing where there was nothing to elect."""
    plan, names = study.project.plan, Names(study.project.case.park)
    if not plan.elected:
        return html()
    best = min(cost for _, cost in plan.alternatives)
    measure = money(value for _, cost in plan.alternatives for value in (cost, cost - best))
    rows: list[Row] = []
    for elected, cost in sorted(plan.alternatives, key=lambda alternative: alternative[1]):
        name = listed([names.election(choice, alternative) for choice, alternative in elected.items()])
        mark = REPORT_WORDS["bill.elected"] if dict(elected) == dict(plan.elected) else ""
        rows.append((name, mark, measure.number(cost), signed(measure.number(cost - best), cost - best)))
    head = (html(measure.unit), "", REPORT_WORDS["bill.weighed"], REPORT_WORDS["bill.dearer"])
    return html(
        table(head, rows, words=2, caption=REPORT_WORDS["bill.elections"]), note(REPORT_WORDS["bill.weighed.note"])
    )
