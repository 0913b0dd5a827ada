"""Sheets of the carbon account: lines with their sums, indicator and gap, members, green shares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lingtan.carbon import MemberCarbon, verdict
from lingtan.study import Side, Study
from lingtan.study.summary import gap_summary
from lingtan.wording import Text, Words
from lingtan.wording.report import REPORT_WORDS
from lingtan.wording.rulebook import RULEBOOK_WORDS
from lingtan.wording.workbook import WORKBOOK_WORDS

Rows = Iterator[Sequence[Any]]
CARBON_COLUMNS = ("category", "member", "what", "use", "quantity", "unit", "factor_t_per_unit", "emissions_t", "rule")
MEMBER_COLUMNS = (
    "member",
    "emissions_t",
    "energy_tce",
    "intensity_t_per_tce",
    "load_kwh",
    "physical_share",
    "non_fossil_share",
    "grade",
    "clause",
)
GREEN_COLUMNS = ("share", "share_value", "rule", "bound", "met", "about")
VERDICTS = {"met": "verdict.met", "missed": "verdict.missed", "not_defined": "number.undefined"}


def both(text: Text, between: str = " ") -> str:
    """A text in both languages in one cell; once where they are the same."""
    if not isinstance(text, Words):
        return text
    return text.en if text.en == text.zh else f"{text.en}{between}{text.zh}"


def carbon_rows(study: Study) -> Rows:
    """Every line of the account, then the sum of each category and of all."""
    carbon = study.project.accounts.carbon
    for line in carbon.all_lines:
        yield [getattr(line, column) for column in CARBON_COLUMNS]
    total = both(WORKBOOK_WORDS["total"])
    for category, emissions_t in carbon.by_category.items():
        yield category, None, None, total, None, None, None, emissions_t, None
    yield total, None, None, None, None, None, None, carbon.emissions_t, None


def indicator_rows(study: Study) -> Rows:
    """What the core indicator is made of and how it stands, with the project and without; then what closes the gap."""
    ours, theirs = _indicator(study.project), _indicator(study.reference)
    for key in ours:
        yield both(WORKBOOK_WORDS[key]), ours[key], theirs.get(key)


def _indicator(side: Side) -> Mapping[str, Any]:
    account, carbon = side.accounts.annex4, side.accounts.carbon
    low, high = (None, None) if account.range is None else account.range
    gap = account.gap
    facts = {
        "emissions_t": carbon.emissions_t,
        "energy_tce": carbon.energy_tce,
        "conversion": carbon.coal_tce_per_kwh,
        "intensity_t_per_tce": carbon.intensity_t_per_tce,
        "threshold_t_per_tce": carbon.threshold_t_per_tce,
        "verdict": both(REPORT_WORDS[VERDICTS[verdict(carbon.meets_threshold)]]),
        "low": None if high is None else high.intensity_t_per_tce,
        "high": None if low is None else low.intensity_t_per_tce,
        "bought_kwh": account.cover.bought_kwh,
        "counted_kwh": account.cover.counted_kwh,
    }
    missing = {} if gap is None else dict(gap_summary(gap))
    seen = {} if gap is None or gap.price is None else {"price": f"{gap.price.id} ({gap.price.validity})"}
    return {f"indicator.{key}": value for key, value in facts.items()} | {
        f"gap.{key}": value for key, value in (missing | seen).items()
    }


def member_rows(study: Study) -> Rows:
    """Each member's account and how it stands as a zero-carbon factory; their sums are the park's."""
    account = study.project.accounts.annex4
    for each in account.members:
        factory = account.factories.get(each.member)
        judged = (None, None, None)
        if factory is not None:
            words = RULEBOOK_WORDS[f"factory.{factory.grade}"], RULEBOOK_WORDS[f"clause.{factory.clause}"]
            judged = (factory.non_fossil_share, *map(both, words))  # type: ignore[assignment]
        yield _member_name(study, each), *(getattr(each, column) for column in MEMBER_COLUMNS[1:6]), *judged


def _member_name(study: Study, account: MemberCarbon) -> str:
    member = study.project.case.park.members.get(account.member)
    return both(WORKBOOK_WORDS["park"] if member is None else member.name.words)


def green_rows(study: Study) -> Rows:
    """The shares by their own definitions, then those that a rule bounds, as the rule counts them."""
    clause = study.summary["green"]["direct_clause_met"]
    for key, value in study.summary["green"].items():
        if key == "direct_clause_met":
            continue
        bound = study.project.accounts.carbon.direct_clause if key == "direct_share" else None
        met = _verdict(clause) if key == "direct_share" else None
        yield both(REPORT_WORDS[f"green.{key}"]), value, None, bound, met, both(REPORT_WORDS[f"green.{key}.rule"])
    for share in study.project.accounts.shares:
        name = REPORT_WORDS.get(f"green.{share.name}", share.name)
        yield both(name), share.value, share.rule, share.bound, _verdict(share.met), None


def _verdict(met: bool | None) -> str:
    return both(REPORT_WORDS[VERDICTS[verdict(met)]])
