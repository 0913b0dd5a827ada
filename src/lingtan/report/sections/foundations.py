"""What the figures stand on: assumptions with their confidence, rule records, series and what was done to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lingtan.report.markup import Child, Html, html, joined, tag
from lingtan.report.names import fill
from lingtan.report.numbers import share, significant
from lingtan.report.palette import BAD, GOOD
from lingtan.report.rules_used import rules_used, unverified, used_under_assumption
from lingtan.report.sections.frame import Row, list_of, section, table
from lingtan.report.summary_figure import raw
from lingtan.rulebook import Use
from lingtan.series import Quality, Series
from lingtan.wording import Text
from lingtan.wording.report import REPORT_WORDS
from lingtan.wording.rulebook import RULEBOOK_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study


def foundations_section(study: Study) -> Html:
    """Assumptions, rules, series."""
    lead = fill(
        "foundations.lead",
        rules=len(rules_used(study)),
        unverified=len(unverified(study)),
        extended=len(used_under_assumption(study)),
        assumptions=len(study.assumptions),
    )
    return section("foundations", lead, _assumptions(study), _rules(study), _series(study))


def _assumptions(study: Study) -> Html:
    rows: list[Row] = []
    for number, (assumed, told) in enumerate(zip(study.assumptions, study.summary["assumptions"], strict=True)):
        what = [("what", assumed.what), ("why", assumed.why), ("confidence", confidence_text(assumed.confidence))]
        rows.append([_told(f"assumptions.{number}.{key}", text, told[key]) for key, text in what])
    head = (REPORT_WORDS["foundations.what"], REPORT_WORDS["foundations.why"], REPORT_WORDS["foundations.confidence"])
    return table(head, rows, words=3, caption=REPORT_WORDS["foundations.assumptions"])


def _told(key: str, shown: Text, value: Any) -> Html:
    """A text with its key; of a pair, one key a language."""
    if not isinstance(value, dict):
        return tag("span", shown, data_key=key, data_value=raw(value))
    return html(
        *(
            tag("span", str(text), data_key=f"{key}.{lang}", data_value=raw(text), class_=lang, lang=lang)
            for lang, text in value.items()
        )
    )


def confidence_text(confidence: str) -> Text:
    """How sure something is, in words."""
    known = RULEBOOK_WORDS.get(f"confidence.{confidence}") or REPORT_WORDS.get(f"confidence.{confidence}")
    return known if known is not None else confidence


def _rules(study: Study) -> Html:
    """Every record in use, with its document and whether anybody compared the two."""
    head = (
        REPORT_WORDS["foundations.record"],
        REPORT_WORDS["foundations.document"],
        REPORT_WORDS["foundations.validity"],
        REPORT_WORDS["foundations.confidence"],
        REPORT_WORDS["foundations.verified"],
    )
    rows = [_rule(use) for use in rules_used(study)]
    return table(head, rows, words=5, caption=REPORT_WORDS["foundations.rules"])


def _rule(use: Use[Any]) -> Row:
    record = use.record
    about = [html(record.document, tag("small", fill("foundations.source", source=record.source)))]
    if record.note is not None:
        about.append(tag("small", record.note.words))
    if use.assumption is not None:
        extended = fill("foundations.extended", name=use.assumption.id, reason=use.assumption.reason)
        about.append(tag("small", extended))
    checked, color = ("cite.verified", GOOD) if record.verified else ("cite.unverified", BAD)
    return (
        html(record.title, tag("small", tag("code", record.id))),
        html(*about),
        html(record.validity, tag("small", fill("foundations.recorded", day=record.recorded_at.isoformat()))),
        confidence_text(str(record.confidence)),
        tag("span", RULEBOOK_WORDS[checked], style=f"color:{color}"),
    )


def _series(study: Study) -> Html:
    """Every series that the park reads: how much of it is measured, its mean and peak, what was done to it."""
    case = study.project.case
    names = [name for name in case.park.series_used() if name in case.series]
    head = (
        REPORT_WORDS["foundations.series.name"],
        REPORT_WORDS["foundations.quality"],
        REPORT_WORDS["foundations.done"],
        REPORT_WORDS["column.mean"],
        REPORT_WORDS["column.peak"],
    )
    rows = [_one_series(case.series[name]) for name in names]
    return table(head, rows, words=3, caption=REPORT_WORDS["foundations.series"])


def _one_series(series: Series) -> Row:
    shares = [(quality, series.share(quality)) for quality in Quality]
    kinds: list[Child] = [
        html(REPORT_WORDS[f"quality.{quality.name.lower()}"], " ", share(part, 0 if part > 0.995 else 1))
        for quality, part in shares
        if part > 0
    ]
    unit = "" if series.unit == "1" else f" {series.unit}"
    values = series.values[series.quality != Quality.MISSING]
    mean, peak = (significant(float(value)) for value in (values.mean(), values.max()))
    return (
        tag("code", series.name),
        joined(kinds, ", "),
        list_of(list(series.origin)) if series.origin else REPORT_WORDS["foundations.untouched"],
        f"{mean}{unit}",
        f"{peak}{unit}",
    )
