"""What the figures stand on: assumptions with their confidence, rule records, series and what was done to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lingtan.park.names import capital, fill, listed
from lingtan.report.markup import LANGUAGE_TAGS, Html, html, joined, key, tag
from lingtan.report.numbers import share, significant
from lingtan.report.palette import BAD, GOOD
from lingtan.report.rules_used import rules_used, unverified, used_under_assumption
from lingtan.report.sections.frame import Row, list_of, note, section, table
from lingtan.report.summary_figure import raw
from lingtan.rulebook import Use, text_of
from lingtan.series import Quality, Series
from lingtan.wording import Text
from lingtan.wording.report import REPORT_WORDS
from lingtan.wording.rulebook import RULEBOOK_WORDS
from lingtan.wording.study import STUDY_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study

ASSUMPTION_WIDTHS, RULE_WIDTHS, SERIES_WIDTHS = (56, 30, 14), (22, 40, 14, 11, 13), (14, 20, 48, 9, 9)
"""Shares of the columns' widths [%]."""


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
    """All assumptions; what was done to series folds away, for the table of series says it again."""
    open_rows: list[Row] = []
    folded: list[Row] = []
    for number, (assumed, told) in enumerate(zip(study.assumptions, study.summary["assumptions"], strict=True)):
        texts = [("what", assumed.what), ("why", assumed.why), ("confidence", confidence_text(assumed.confidence))]
        rows = folded if assumed.why == STUDY_WORDS["assumed.series.why"] else open_rows
        rows.append([_told(f"assumptions.{number}.{key}", text, told[key]) for key, text in texts])
    head = (REPORT_WORDS["foundations.what"], REPORT_WORDS["foundations.why"], REPORT_WORDS["foundations.confidence"])
    shown = table(head, open_rows, words=3, caption=REPORT_WORDS["foundations.assumptions"], widths=ASSUMPTION_WIDTHS)
    if not folded:
        return shown
    fold = tag("summary", fill("foundations.folded", count=len(folded)))
    return html(shown, tag("details", fold, table(head, folded, words=3, widths=ASSUMPTION_WIDTHS)))


def _told(key: str, shown: Text, value: Any) -> Html:
    """A text with its key; of a pair, one key a language."""
    if not isinstance(value, dict):
        return tag("span", shown, data_key=key, data_value=raw(value))
    return html(
        *(
            tag(
                "span", str(text), data_key=f"{key}.{lang}", data_value=raw(text), class_=lang, lang=LANGUAGE_TAGS[lang]
            )
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
    return table(head, rows, words=5, caption=REPORT_WORDS["foundations.rules"], widths=RULE_WIDTHS)


def _rule(use: Use[Any]) -> Row:
    record = use.record
    about = [html(record.document, tag("small", fill("foundations.source", source=text_of(record.source))))]
    if record.note is not None:
        about.append(tag("small", record.note.words))
    if use.assumption is not None:
        extended = fill("foundations.extended", name=use.assumption.id, reason=use.assumption.why)
        about.append(tag("small", extended))
    checked, color = ("cite.verified", GOOD) if record.verified else ("cite.unverified", BAD)
    return (
        html(capital(record.title), tag("small", tag("code", key(record.id)))),
        html(*about),
        html(record.validity, tag("small", fill("foundations.recorded", day=record.recorded_at.isoformat()))),
        confidence_text(str(record.confidence)),
        tag("span", RULEBOOK_WORDS[checked], style=f"color:{color}"),
    )


def _series(study: Study) -> Html:
    """Every series that the park reads: where its values come from, mean and peak, what was done to it."""
    case = study.project.case
    series = [case.series[name] for name in case.park.series_used() if name in case.series]
    of_all = _said_of_all(series)
    head = (
        REPORT_WORDS["foundations.series.name"],
        REPORT_WORDS["foundations.quality"],
        REPORT_WORDS["foundations.done"],
        REPORT_WORDS["column.mean"],
        REPORT_WORDS["column.peak"],
    )
    rows = [_one_series(one, of_all) for one in series]
    shown = table(head, rows, words=3, caption=REPORT_WORDS["foundations.series"], widths=SERIES_WIDTHS)
    if not of_all:
        return shown
    return html(shown, note(REPORT_WORDS["foundations.of_all"], list_of(of_all)))


def _said_of_all(series: list[Series]) -> list[Text]:
    """What was done to every series alike, said once."""
    if len(series) < 2:
        return []
    return [said for said in dict.fromkeys(series[0].origin) if all(said in one.origin for one in series)]


def _one_series(series: Series, of_all: list[Text]) -> Row:
    shares = sorted(((series.share(quality), quality) for quality in Quality), reverse=True)
    kinds = [
        fill("foundations.part", kind=REPORT_WORDS[f"quality.{quality.name.lower()}"], share=_part(part))
        for part, quality in shares
        if part > 0
    ]
    done = [said for said in series.origin if said not in of_all]
    unit = "" if series.unit == "1" else f" {series.unit}"
    values = series.values[series.quality != Quality.MISSING]
    mean, peak = (significant(float(value)) for value in (values.mean(), values.max()))
    return (
        tag("code", key(series.name)),
        listed(kinds),
        joined(tag("div", said) for said in done) if done else REPORT_WORDS["foundations.untouched"],
        f"{mean}{unit}",
        f"{peak}{unit}",
    )


def _part(part: float) -> Text:
    """A share of steps; one that rounds to nothing is still there."""
    return "< 0.1%" if part < 0.0005 else share(part, 0 if part > 0.9995 else 1)
