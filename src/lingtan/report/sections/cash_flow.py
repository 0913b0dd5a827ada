"""The project's money over its years: figure, measures of worth, table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lingtan.park.names import Names, fill, listed, sentences
from lingtan.report.charts.canvas import Array, on_both
from lingtan.report.charts.cashflow import Part, cash_flow_chart
from lingtan.report.markup import Child, Html, html, tag
from lingtan.report.numbers import energy, money, plain, price, share, years
from lingtan.report.palette import FAMILIES, INK, LOSSES, MUTED
from lingtan.report.returns import rate_text, verdict_text
from lingtan.report.sections.frame import Row, chart, facts, legend, note, section, table
from lingtan.report.summary_figure import figure, raw
from lingtan.study.project import tax_of
from lingtan.wording import Text, Words
from lingtan.wording.finance import IRR_REASONS
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.finance import EquityFlow, Irr
    from lingtan.study.study import Study

COLORS = {
    "capex_cny": FAMILIES["firm_line"],
    "replacement_cny": "#7fa3c7",
    "operation_cny": LOSSES,
    "tax_cny": MUTED,
    "savings_cny": "#5f9c80",
    "residual_cny": "#a9c9b8",
}
"""Parts of the flow in the order they are stacked and listed."""

GOING = {"capex_cny", "replacement_cny", "operation_cny", "tax_cny"}
"""Parts that are paid: they are kept without a sign and shown below zero."""

LOAN_COLUMNS = ("drawn_cny", "interest_cny", "principal_cny", "outstanding_cny")
"""The bank's side of the owners' table."""

RATES = ("project_irr_pre_tax", "project_irr_post_tax", "equity_irr")
COLUMNS = (*COLORS, "net_cny", "discounted_cny", "cumulative_cny")


def cash_flow_section(study: Study) -> Html:
    """Worth in words, the yearly flows as bars with the cumulative line, and the table behind them."""
    summary = study.summary["finance"]
    measure = money((summary["capex_cny"], summary["npv_cny"]))
    lead = fill(
        "cash.lead",
        capex=measure.text(summary["capex_cny"]),
        npv=measure.text(summary["npv_cny"]),
        payback=years(summary["payback_years"]),
    )
    return section(
        "cash", lead, _reference(study), _worth(study), _chart(study), _table(study), _terms(study), _owners(study)
    )


def _reference(study: Study) -> Html:
    """What the savings are measured against."""
    summary, names = study.summary, Names(study.project.case.park)
    before, saved = summary["reference"]["cost_cny"], summary["savings"]["cost_cny"]
    measure = money((before, saved))

    def told(without: Sequence[str]) -> Words:
        assets = listed([names.in_sentence(name) for name in without])
        return fill(
            "cash.reference",
            assets=assets if without else REPORT_WORDS["cash.reference.nothing"],
            reference=measure.text(before),
            savings=measure.text(saved),
        )

    def served(short_kwh: float) -> Words:
        if short_kwh <= 0:
            return REPORT_WORDS["cash.reference.served"]
        return fill("cash.reference.short", energy=energy([short_kwh]).text(short_kwh))

    without = figure(summary, "reference", "without", show=told)
    return note(html(without, " ", figure(summary, "reference", "shortfall_kwh", show=served)), leads=True)


def _worth(study: Study) -> Html:
    summary = study.summary
    amounts = money((summary["finance"]["capex_cny"], summary["finance"]["npv_cny"]))
    worth = study.appraisal
    answers = dict(zip(RATES, (worth.project_irr_pre_tax, worth.project_irr_post_tax, worth.equity_irr), strict=True))
    rows: list[tuple[Child, Child]] = [
        (REPORT_WORDS["card.capex"], figure(summary, "finance", "capex_cny", show=amounts.text)),
        (REPORT_WORDS["finance.npv"], figure(summary, "finance", "npv_cny", show=amounts.text)),
        *((REPORT_WORDS[f"finance.{key}"], _rate(study, key, answer)) for key, answer in answers.items()),
        (REPORT_WORDS["finance.lcoe"], figure(summary, "finance", "lcoe_cny_per_kwh", show=price)),
        (REPORT_WORDS["card.payback"], figure(summary, "finance", "payback_years", show=years)),
        (REPORT_WORDS["finance.discounted_payback"], years(study.appraisal.discounted_payback_years)),
        (REPORT_WORDS["finance.min_dscr"], figure(summary, "finance", "min_dscr", show=_ratio)),
    ]
    return facts(rows)


def _ratio(value: float | None) -> Text:
    return REPORT_WORDS["number.missing"] if value is None else plain(value, 2)


def _rate(study: Study, key: str, answer: Irr | None) -> Html:
    """A rate with its verdict and the reason of it; each part carries its own key."""
    told = study.summary["finance"][key]
    if told is None:
        absent = REPORT_WORDS["cash.no_tax" if key == "project_irr_post_tax" else "number.missing"]
        return figure(study.summary, "finance", key, show=lambda _: absent)
    roots = tag("span", rate_text(told), data_key=f"finance.{key}.roots", data_value=raw(told["roots"]))
    verdict = figure(study.summary, "finance", key, "verdict", show=verdict_text)
    why = IRR_REASONS.get(str(answer.reason)) if answer else None
    return html(roots, tag("small", verdict, Words(f" {why.en}", why.zh) if why else ""))


def _amounts(study: Study) -> dict[str, Array]:
    """The columns of the figure and the table, payments below zero; those of a tax that nobody looked at are left out."""
    flow = study.appraisal.cash_flow
    columns = {name: getattr(flow, name) for name in COLUMNS if name != "tax_cny"}
    if flow.income_tax is not None:
        columns["tax_cny"] = flow.income_tax.tax_cny
    return {name: columns[name] * (-1.0 if name in GOING else 1.0) for name in COLUMNS if name in columns}


def _chart(study: Study) -> Html:
    columns = _amounts(study)
    scale = money([float(np.abs(columns["cumulative_cny"]).max())])
    drawn = [name for name in COLORS if name in columns and columns[name].any()]
    boxes = [(COLORS[name], REPORT_WORDS[f"cash.{name}"]) for name in drawn]
    key = legend(boxes, lines=[(INK, REPORT_WORDS["cash.cumulative_cny"])])

    def draw(divisor: float, unit: str) -> Html:
        parts = [Part(COLORS[name], columns[name] / divisor) for name in drawn]
        added_up, payback = columns["cumulative_cny"] / divisor, study.appraisal.payback_years
        return on_both(lambda page: cash_flow_chart(page, parts, added_up, unit, payback))

    drawing = html(
        tag("div", draw(scale.en.divisor, scale.en.unit), class_="en", lang="en"),
        tag("div", draw(scale.zh.divisor, scale.zh.unit), class_="zh", lang="zh-Hans"),
    )
    return chart(drawing, REPORT_WORDS["cash.caption"], title=REPORT_WORDS["cash.title"], legend=key)


def _table(study: Study) -> Html:
    columns = _amounts(study)
    measure = money((*(float(np.abs(values).max()) for values in columns.values()),))
    rows: list[Row] = [
        (str(year), *(measure.number(float(values[year])) for values in columns.values()))
        for year in range(study.appraisal.cash_flow.years + 1)
    ]
    head: Row = (html(measure.unit), *(REPORT_WORDS[f"cash.{name}"] for name in columns))
    return table(head, rows, caption=REPORT_WORDS["cash.table"])


def _owners(study: Study) -> Html:
    """The bank's side and the owners' by year; nothing where nothing is borrowed."""
    equity = study.appraisal.cash_flow.equity
    if equity is None:
        return html()
    columns: dict[str, Array] = {
        **{name: getattr(equity.loan, name) for name in LOAN_COLUMNS},
        "service_cover": _cover(equity),
        "equity_tax_cny": -equity.tax_cny,
        "equity_cny": equity.cash_cny,
    }
    measure = money((*(float(np.abs(values).max()) for name, values in columns.items() if name != "service_cover"),))

    def cell(name: str, value: float) -> Child:
        if name == "service_cover":
            return plain(value, 2) if np.isfinite(value) else ""
        return measure.number(value)

    rows: list[Row] = [
        (str(year), *(cell(name, float(values[year])) for name, values in columns.items()))
        for year in range(study.appraisal.cash_flow.years + 1)
    ]
    head: Row = (html(measure.unit), *(REPORT_WORDS[f"cash.{name}"] for name in columns))
    return html(table(head, rows, caption=REPORT_WORDS["cash.owners"]), note(REPORT_WORDS["cash.owners.note"]))


def _cover(equity: EquityFlow) -> Array:
    """The debt service cover of each year with a service; no number in the others."""
    service = equity.loan.service_cny
    return np.asarray(np.divide(equity.available_cny, service, out=np.full(service.shape, np.nan), where=service > 0))


def _financed(study: Study) -> Words:
    """Who pays the investment: the owners alone, or a bank with them, on which terms."""
    loan, equity = study.project.case.park.finance.loan, study.appraisal.cash_flow.equity
    if loan is None or equity is None:
        return REPORT_WORDS["cash.equity_alone"]
    lent = float(equity.loan.drawn_cny[0])
    grace = fill("cash.grace", years=str(loan.grace)) if loan.grace else Words("", "")
    return fill(
        "cash.loan",
        share=share(loan.share),
        amount=money([lent]).text(lent),
        rate=share(loan.rate, 2),
        years=str(loan.term),
        repayment=REPORT_WORDS[f"cash.repayment.{loan.repayment}"],
        grace=grace,
    )


def _tax(study: Study) -> Text:
    """The rate of income tax, from the lowest to the highest where the years differ."""
    own = study.project.case.park.finance.income_tax_rate
    rates = [year.rate for year in tax_of(study.project.case)] or ([] if own is None else [own])
    if not rates:
        return REPORT_WORDS["cash.no_tax"]
    low, high = min(rates), max(rates)
    return share(low) if low == high else fill("cash.between", low=share(low), high=share(high))


def _terms(study: Study) -> Html:
    """The assumptions of the appraisal that the park file sets, and who pays."""
    finance = study.project.case.park.finance
    terms = fill(
        "cash.terms",
        rate=share(finance.discount_rate),
        years=str(finance.horizon),
        tax=_tax(study),
        depreciation=str(finance.depreciation),
        residual=share(finance.residual),
        growth=share(finance.savings_growth),
    )
    return note(sentences((terms, _financed(study))))
