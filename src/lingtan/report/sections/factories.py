"""The member table of the carbon section: each enterprise against the criteria of a zero-carbon factory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lingtan.park.names import fill, listed
from lingtan.report.markup import Html, html, tag
from lingtan.report.numbers import energy, intensity, share
from lingtan.report.sections.frame import Row, note, table
from lingtan.wording import Text
from lingtan.wording.report import REPORT_WORDS
from lingtan.wording.rulebook import RULEBOOK_WORDS

if TYPE_CHECKING:
    from lingtan.carbon import Factory, MemberCarbon
    from lingtan.study.study import Study


def factories(study: Study) -> Html:
    """One row for each enterprise, and the criteria below; nothing for a park without enterprises."""
    account = study.project.accounts.annex4
    judged = [(each, account.factories[each.member]) for each in account.members if each.member in account.factories]
    if not judged:
        return html()
    rule = judged[0][1].rule
    asked = fill(
        "factory.clause",
        share=share(rule.physical_share, 0),
        energy=energy([rule.physical_above]).text(rule.physical_above),
    )
    head: Row = (
        REPORT_WORDS["factory.member"],
        REPORT_WORDS["factory.grade"],
        html(REPORT_WORDS["factory.physical"], tag("small", asked)),
        REPORT_WORDS["factory.intensity"],
        REPORT_WORDS["factory.share"],
        REPORT_WORDS["factory.physical"],
    )
    rows = [_row(study, each, factory) for each, factory in judged]
    return html(table(head, rows, words=3, caption=REPORT_WORDS["factory.table"]), _criteria(judged[0][1]))


def _row(study: Study, account: MemberCarbon, factory: Factory) -> Row:
    member = study.project.case.park.members[account.member]
    return (
        member.name.words,
        RULEBOOK_WORDS[f"factory.{factory.grade}"],
        RULEBOOK_WORDS[f"clause.{factory.clause}"],
        intensity(account.intensity_t_per_tce),
        share(factory.non_fossil_share),
        share(account.physical_share),
    )


def _criteria(factory: Factory) -> Html:
    """What each grade asks for, by which record."""
    rule = factory.rule
    grades: list[Text] = [
        fill(
            "factory.grade.asks",
            grade=RULEBOOK_WORDS[f"factory.{each.grade}"],
            intensity=intensity(each.most_intensity),
            share=share(each.least_share, 0),
        )
        for each in rule.grades
    ]
    return note(fill("factory.note", rule=rule.id, day=str(rule.valid_from), grades=listed(grades)))
