"""What could not be served and what mends it, what each rule costs, which limits bind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from lingtan.advise import effect_text, remedy_text
from lingtan.park.names import Names, fill, listed, sentences
from lingtan.report.markup import Child, Html, html, joined, key, tag
from lingtan.report.numbers import energy, money, plain, power, share
from lingtan.report.sections.frame import Row, list_of, note, section, table
from lingtan.report.summary_figure import figure, sentence, value_at
from lingtan.wording import Text, Words
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study

SIGNS = {"at_least": "≥", "at_most": "≤", "most": "≤", "least": "≥"}
"""How a bound is written."""


def binding_section(study: Study) -> Html:
    """Shortfalls with their remedies, the price of each rule, the limits that bind."""
    summary = study.summary
    lead: Child = REPORT_WORDS["binding.short"]
    if not summary["shortfalls"]:
        lead = html(_empty(summary, "shortfalls", "binding.served"), _empty(summary, "remedies", "binding.none"))
    return section("binding", lead, _needs(study), _remedies(study), _rules(summary), _limits(summary))


def _empty(summary: Mapping[str, Any], name: str, key: str) -> Html:
    """The words for a list of the summary that is empty."""
    return figure(summary, name, show=lambda _: REPORT_WORDS[key])


def _needs(study: Study) -> Html:
    """Each need that was cut: how much, how long, how deep, and when."""
    summary, names = study.summary, Names(study.project.case.park)
    if not summary["shortfalls"]:
        return html()
    rows: list[Row] = []
    for number in range(len(summary["shortfalls"])):
        at = ("shortfalls", str(number))
        name = figure(summary, *at, "load", show=names.asset)
        when = joined(
            (_plain(summary, *at, "clock"), _span(summary, *at), _plain(summary, *at, "months")), Html("<br>")
        )
        rows.append(
            (
                html(name, tag("small", sentence(summary, *at, "words"))),
                when,
                _counted(summary, at, "amount", "unit"),
                _counted(summary, at, "most", "rate_unit"),
                figure(summary, *at, "hours", show=_count),
                figure(summary, *at, "spells", show=_count),
            )
        )
    heads = ("need", "when", "missing", "most", "hours", "spells")
    head = tuple(REPORT_WORDS[f"binding.{key}"] for key in heads)
    return table(head, rows, words=2, caption=REPORT_WORDS["binding.needs"], widths=(34, 24, 13, 11, 9, 9))


def _counted(summary: Mapping[str, Any], at: tuple[str, ...], key: str, unit: str) -> Html:
    """A quantity of any carrier in its own unit; those of energy in the unit that suits them."""
    counted = value_at(summary, (*at, unit))
    scales = {"kWh": energy, "kW": power}
    if counted in scales:
        shown = figure(summary, *at, key, show=lambda value: scales[counted]([value]).text(value))
        return html(shown, figure(summary, *at, unit, show=lambda _: ""))
    return html(figure(summary, *at, key, show=_amount), " ", _plain(summary, *at, unit))


def _span(summary: Mapping[str, Any], *at: str) -> Html:
    return html(_plain(summary, *at, "first"), " … ", _plain(summary, *at, "last"))


def _remedies(study: Study) -> Html:
    """Each way to mend a shortfall: the cells, and what it adds to the cost."""
    summary, names = study.summary, Names(study.project.case.park)
    if not summary["shortfalls"]:
        return html()
    if not summary["remedies"]:
        return note(_empty(summary, "remedies", "binding.no_remedy"))

    def needs(loads: str) -> Text:
        return listed([names.asset(load) for load in loads.split(", ")])

    measure = money(each["cost_cny"] for each in summary["remedies"])
    rows: list[Row] = []
    for number, remedy in enumerate(summary["remedies"]):
        at = ("remedies", str(number))
        cells = [_change(summary, *at, "changes", str(one)) for one in range(len(remedy["changes"]))]
        rows.append(
            (
                html(joined(cells, Html("<br>")), tag("small", sentence(summary, *at, "words"))),
                figure(summary, *at, "loads", show=needs),
                figure(summary, *at, "cost_cny", show=measure.text),
            )
        )
    head = (REPORT_WORDS["binding.change"], REPORT_WORDS["binding.serves"], REPORT_WORDS["binding.cost"])
    shown = table(head, rows, words=2, caption=REPORT_WORDS["binding.remedies"], widths=(62, 18, 20))
    return html(shown, note(REPORT_WORDS["binding.remedies.note"]))


def _change(summary: Mapping[str, Any], *at: str) -> Html:
    """A cell from its present value to the one that is enough."""
    return html(
        tag("code", figure(summary, *at, "cell", show=key)),
        " ",
        figure(summary, *at, "now", show=_amount),
        " → ",
        figure(summary, *at, "then", show=_amount),
        " ",
        _plain(summary, *at, "unit"),
    )


def _rules(summary: Mapping[str, Any]) -> Html:
    """Each bounded share: required, attained, how it stands, and its price; then how to read that."""
    if not summary["rules"]:
        return note(_empty(summary, "rules", "binding.no_rules"))
    points = money(each.get("price_cny_per_point") for each in summary["rules"])
    rows: list[Row] = []
    for number in range(len(summary["rules"])):
        at = ("rules", str(number))
        rows.append(
            (
                html(figure(summary, *at, "name", show=_title), _record(summary, *at)),
                html(figure(summary, *at, "sense", show=_sign), " ", figure(summary, *at, "bound", show=_share)),
                figure(summary, *at, "attained", show=_share),
                figure(summary, *at, "standing", show=_standing),
                _price(summary, *at, "price_cny_per_point", show=points.text),
                _price(summary, *at, "price_cny_per_mwh", show=_coins),
            )
        )
    heads = ("rules", "required", "attained", "standing", "point", "mwh")
    head = (REPORT_WORDS["column.rule"], *(REPORT_WORDS[f"binding.{key}"] for key in heads[1:]))
    told = list_of([sentence(summary, "rules", str(number), "words") for number in range(len(rows))])
    shown = table(head, rows, caption=REPORT_WORDS["binding.rules"], widths=(33, 12, 12, 14, 15, 14))
    return html(shown, note(told), note(REPORT_WORDS["binding.rules.read"]))


def _price(summary: Mapping[str, Any], *at: str, show: Callable[[float], Text]) -> Child:
    """A price of a rule, where there is one."""
    return figure(summary, *at, show=show) if at[-1] in value_at(summary, at[:-1]) else REPORT_WORDS["binding.no_price"]


def _record(summary: Mapping[str, Any], *at: str) -> Html:
    return tag("small", tag("code", figure(summary, *at, "rule", show=key)))


def _limits(summary: Mapping[str, Any]) -> Html:
    """Each limit that binds: its cell, its value, how long it was reached, and what a unit more would save."""
    if not summary["limits"]:
        is_missed = bool(summary["shortfalls"]) or any(rule["standing"] == "missed" for rule in summary["rules"])
        return note(_empty(summary, "limits", "binding.limits_untold" if is_missed else "binding.no_limits"))
    rows: list[Row] = []
    for number in range(len(summary["limits"])):
        at = ("limits", str(number))
        rows.append(
            (
                html(
                    tag("code", figure(summary, *at, "cell", show=key)), tag("small", sentence(summary, *at, "words"))
                ),
                html(
                    figure(summary, *at, "end", show=_sign),
                    " ",
                    figure(summary, *at, "bound", show=_amount),
                    " ",
                    _plain(summary, *at, "unit"),
                ),
                figure(summary, *at, "hours", show=_hours) if "hours" in summary["limits"][number] else "–",
                figure(summary, *at, "saves_cny_per_unit", show=_coins),
            )
        )
    head = tuple(REPORT_WORDS[f"binding.{key}"] for key in ("limit", "required", "full", "saves"))
    return table(head, rows, caption=REPORT_WORDS["binding.limits"], widths=(52, 18, 14, 16))


def shortfall_banner(study: Study) -> Html:
    """What is short and its cheapest remedy, for the first page; nothing where every need is served."""
    summary, names = study.summary, Names(study.project.case.park)
    if not summary["shortfalls"]:
        return html()
    said = [
        fill("banner.shortfall", load=names.asset(short["load"]), what=Words(**short["words"]))
        for short in summary["shortfalls"]
    ]
    if study.advice.remedies:
        best = study.advice.remedies[0]
        said.append(fill("banner.remedy", changes=remedy_text(best), effect=effect_text(best)))
    else:
        said.append(REPORT_WORDS["banner.no_remedy"])
    link = tag("a", REPORT_WORDS["banner.link"], href="#binding")
    return tag("p", sentences(said), " ", link, class_="banner", role="note")


def _plain(summary: Mapping[str, Any], *path: str) -> Html:
    return figure(summary, *path, show=str)


def _title(name: str) -> Text:
    return REPORT_WORDS.get(f"green.{name}", name)


def _sign(end: str) -> str:
    return SIGNS[end]


def _standing(standing: str) -> Text:
    return REPORT_WORDS[f"binding.standing.{standing}"]


def _share(value: float | None) -> Text:
    return share(value) if value is None else f"{_count(100.0 * value)}%"


def _amount(value: float) -> str:
    return plain(value, 1).removesuffix(".0")


def _count(value: float) -> str:
    """A number to two decimals, without those that are zero."""
    return plain(value, 2).rstrip("0").rstrip(".")


def _hours(value: float) -> str:
    return f"{_count(value)} h"


def _coins(value: float) -> Words:
    return Words(f"{plain(value, 2)} CNY", f"{plain(value, 2)} 元")
