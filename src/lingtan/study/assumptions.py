"""What a study assumes, in words with a confidence: printed with every result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lingtan.account import Accounts
from lingtan.advise import Shortfall, shortfall_text
from lingtan.case import Case
from lingtan.findings import Finding
from lingtan.market.direct_supply import ACCESS_COMPONENT
from lingtan.rulebook import DirectSupplyCharge, Use, citation_line
from lingtan.wording import LANGUAGES, Text, Words
from lingtan.wording.study import NOT_YET, STUDY_WORDS


@dataclass(frozen=True)
class Assumed:
    """One assumption: what, why, and how sure: a confidence of the rulebook, `noted`, or `not_built`."""

    what: Words
    why: Words
    confidence: str

    def as_json(self) -> dict[str, object]:
        """As it stands in summary.json: texts in both languages."""
        return {"what": self.what._asdict(), "why": self.why._asdict(), "confidence": self.confidence}


def assumptions_of(
    case: Case, accounts: Accounts, unserved: Iterable[Shortfall] = (), held_steps: int = 0
) -> tuple[Assumed, ...]:
    """Everything a reader must know: rules not verified or extended, series mapped or synthetic, parts not built.

    `unserved` is what the reference case could not serve: a bill that leaves energy out makes savings look small. `held_steps` are
    those whose direction through a meter or an inverter the plan held.
    """
    return tuple(
        dict.fromkeys(
            (
                *_of_rules(accounts),
                *_of_load_rate(case, accounts),
                *_of_series(case),
                *_of_findings(case),
                *_of_bill(accounts),
                *_of_reference(unserved),
                *_of_directions(held_steps),
                *_of_finance(case),
                _the_year(),
                *_not_built(),
            )
        )
    )


def _said(key: str, **values: Text) -> Words:
    words = STUDY_WORDS[key]
    return Words(*(words.in_language(lang, **values) for lang in LANGUAGES))


def _of_rules(accounts: Accounts) -> Iterator[Assumed]:
    uses: dict[tuple[str, str], Use] = {}  # type: ignore[type-arg]
    for found in accounts.founds:
        for use in found.uses:
            uses.setdefault((use.record.id, use.assumption.id if use.assumption else ""), use)
    for use in uses.values():
        line = _said("assumed.rule", line=citation_line(use.record, use.assumption))
        if use.assumption is not None:
            why = _said("assumed.extended.why", reason=use.assumption.why)
            yield Assumed(line, why, str(use.assumption.confidence))
        elif not use.record.verified:
            yield Assumed(line, STUDY_WORDS["assumed.rule.why"], str(use.record.confidence))


def _of_load_rate(case: Case, accounts: Accounts) -> Iterator[Assumed]:
    """The load rate of the network charge where its record knows only a range: the charge at both ends of it."""
    supply = case.park.direct_supply
    records = [use.record for found in accounts.founds for use in found.uses]
    charges = [record for record in records if isinstance(record, DirectSupplyCharge)]
    charge_cny = float(accounts.bill.by_component().get(ACCESS_COMPONENT, 0))
    if supply is None or supply.load_rate is None or not charges or charge_cny == 0.0:
        return
    rule, rate = charges[-1], supply.load_rate
    if rule.load_rate is not None or rule.low is None or rule.high is None:
        return
    low, high = (charge_cny * end / rate / 1e6 for end in (rule.low, rule.high))
    said = {"rate": f"{rate:g}", "low": f"{rule.low:g}", "high": f"{rule.high:g}"}
    costs = {"cost": f"{charge_cny / 1e6:,.2f}", "least": f"{low:,.2f}", "most": f"{high:,.2f}"}
    line = _said("assumed.load_rate", **said, **costs)
    yield Assumed(line, _said("assumed.load_rate.why", rule=rule.id), str(rule.confidence))


def _of_series(case: Case) -> Iterator[Assumed]:
    """What was done to each series that the park reads; the same note on several series is said once."""
    readers: dict[Text, list[str]] = {}
    for name in case.park.series_used():
        for note in case.series[name].origin:
            readers.setdefault(note, []).append(name)
    for note, names in readers.items():
        yield Assumed(
            _said("assumed.series", name=", ".join(names), note=note), STUDY_WORDS["assumed.series.why"], "noted"
        )


def _of_findings(case: Case) -> Iterator[Assumed]:
    for found in case.findings:
        yield Assumed(_as_words(found), STUDY_WORDS["assumed.finding.why"], "noted")


def _of_bill(accounts: Accounts) -> Iterator[Assumed]:
    """What the bill leaves out because the park file does not say it."""
    for found in accounts.bill.notes:
        yield Assumed(_as_words(found), STUDY_WORDS["assumed.bill.why"], "noted")


def _of_reference(unserved: Iterable[Shortfall]) -> Iterator[Assumed]:
    for short in unserved:
        line = _said("assumed.reference_short", load=short.load, what=shortfall_text(short))
        yield Assumed(line, STUDY_WORDS["assumed.reference_short.why"], "noted")


def _of_directions(held_steps: int) -> Iterator[Assumed]:
    if held_steps:
        line = _said("assumed.one_way", steps=f"{held_steps:,}")
        yield Assumed(line, STUDY_WORDS["assumed.one_way.why"], "noted")


def _of_finance(case: Case) -> Iterator[Assumed]:
    if case.park.finance.loan is None:
        yield Assumed(STUDY_WORDS["assumed.no_loan"], STUDY_WORDS["assumed.no_loan.why"], "noted")


def _as_words(found: Finding) -> Words:
    return Words(found.text("en"), found.text("zh"))


def _the_year() -> Assumed:
    return Assumed(STUDY_WORDS["assumed.year"], STUDY_WORDS["assumed.year.why"], "noted")


def _not_built() -> Iterator[Assumed]:
    for what, why in NOT_YET.values():
        yield Assumed(what, why, "not_built")
