"""What a study assumes, in words with a confidence: printed with every result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lingtan.account import Accounts
from lingtan.advise import Shortfall, shortfall_text
from lingtan.case import Case
from lingtan.finance.tax_rates import TaxYear
from lingtan.findings import Finding
from lingtan.market.direct_supply import ACCESS_COMPONENT
from lingtan.park import FirmLine, Park
from lingtan.rulebook import DirectSupplyCharge, Found, Use, citation_line
from lingtan.wording import LANGUAGES, Text, Words
from lingtan.wording.study import NOT_YET, NULL_WHY, STUDY_WORDS

SAID_OTHERWISE = {*NOT_YET, "finance.equity_irr", "finance.min_dscr"}
"""Figures whose absence has a line of its own."""


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
    case: Case,
    accounts: Accounts,
    unserved: Iterable[Shortfall] = (),
    held_steps: int = 0,
    worth: Iterable[Assumed] = (),
    relaxed: Sequence[str] = (),
) -> tuple[Assumed, ...]:
    """Everything a reader must know: rules not verified or extended, series mapped or synthetic, parts not built.

    `unserved` is what the reference case could not serve: a bill that leaves energy out makes savings look small. `held_steps` are
    those whose direction through a meter or an inverter the plan held; `worth` is said of the appraisal (see `of_worth`); of the
    plants in `relaxed` a part may run.
    """
    plan = assumptions_of_plan(case, accounts, held_steps, relaxed)
    study = (*_of_reference(unserved), *_of_finance(case), *worth, _the_year(), *_not_built())
    return tuple(dict.fromkeys((*plan, *study)))


def assumptions_of_plan(
    case: Case, accounts: Accounts, held_steps: int = 0, relaxed: Sequence[str] = ()
) -> tuple[Assumed, ...]:
    """What a plan by itself rests on: its rules, series and directions."""
    return tuple(
        dict.fromkeys(
            (
                *of_rules(accounts.founds),
                *_of_factories(case, accounts),
                *_of_load_rate(case, accounts),
                *_of_series(case),
                *_of_findings(case),
                *of_notes(accounts.bill.notes),
                *_of_directions(held_steps),
                *_of_relaxed(relaxed),
            )
        )
    )


def of_worth(park: Park, generators_cny_per_kwh: float | None) -> tuple[Assumed, ...]:
    """What the figures of the appraisal count in that their names do not say.

    `generators_cny_per_kwh` is the levelized cost without batteries, None where it is no other.
    """
    told = []
    if generators_cny_per_kwh is not None:
        line = _said("assumed.lcoe", cost=f"{generators_cny_per_kwh:.4f}")
        told.append(Assumed(line, STUDY_WORDS["assumed.lcoe.why"], "noted"))
    lines = [name for name, _ in park.of_family(FirmLine) if name in park.reference.without]
    if lines:
        told.append(Assumed(_said("assumed.lines", lines=", ".join(lines)), STUDY_WORDS["assumed.lines.why"], "noted"))
    needs = park.sized_needs()
    if needs:
        told.append(Assumed(_said("assumed.needs", needs=", ".join(needs)), STUDY_WORDS["assumed.needs.why"], "noted"))
    return tuple(told)


def of_metered_needs(needs: Sequence[str]) -> tuple[Assumed, ...]:
    """What the reference case of a metered year serves that was not metered."""
    if not needs:
        return ()
    line = _said("assumed.metered_needs", needs=", ".join(needs))
    return (Assumed(line, STUDY_WORDS["assumed.metered_needs.why"], "noted"),)


def of_tax(taxed: Sequence[TaxYear]) -> tuple[Assumed, ...]:
    """The records of income tax that a project's years rest on, and from when a scheme has lapsed."""
    records = {record.id: record for year in taxed for record in year.records}
    told = [
        Assumed(
            _said("assumed.rule", line=citation_line(record)), STUDY_WORDS["assumed.tax.why"], str(record.confidence)
        )
        for record in records.values()
    ]
    schemes = [year.record.scheme for year in taxed if year.record is not None]
    if schemes and schemes[0] != schemes[-1]:
        lapsed = next(year for year in taxed if year.record is not None and year.record.scheme != schemes[0])
        line = _said("assumed.tax.lapsed", year=str(lapsed.calendar_year))
        told.append(Assumed(line, STUDY_WORDS["assumed.tax.lapsed.why"], "noted"))
    return tuple(told)


def with_nulls(assumed: Iterable[Assumed], summary: Mapping[str, Any]) -> tuple[Assumed, ...]:
    """The assumptions with a line for each figure of a summary that is null and that none of them speaks of."""
    return (*assumed, *(_null(path) for path in _nulls(summary, "") if path not in SAID_OTHERWISE))


def _nulls(value: Any, path: str) -> Iterator[str]:
    if value is None:
        yield path
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _nulls(inner, f"{path}.{key}".lstrip("."))


def _null(path: str) -> Assumed:
    return Assumed(_said("assumed.null", path=path), NULL_WHY[path], "noted")


def _said(key: str, **values: Text) -> Words:
    words = STUDY_WORDS[key]
    return Words(*(words.in_language(lang, **values) for lang in LANGUAGES))


def of_rules(founds: Iterable[Found[Any]]) -> Iterator[Assumed]:
    """Records that are extended by an assumption, or not verified against their document."""
    uses: dict[tuple[str, str], Use] = {}  # type: ignore[type-arg]
    for found in founds:
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


def _of_factories(case: Case, accounts: Accounts) -> Iterator[Assumed]:
    """Criteria of a zero-carbon factory that came into force after the studied year."""
    rules = {each.rule.id: each.rule for each in accounts.annex4.factories.values()}
    for rule in rules.values():
        if rule.valid_from.year > case.park.period.year:
            line = _said("assumed.rule", line=citation_line(rule))
            why = _said("assumed.later.why", day=rule.valid_from.isoformat(), year=str(case.park.period.year))
            yield Assumed(line, why, str(rule.confidence))


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


def of_notes(notes: Iterable[Finding]) -> Iterator[Assumed]:
    """What the bill leaves out because the park file does not say it."""
    for found in notes:
        yield Assumed(_as_words(found), STUDY_WORDS["assumed.bill.why"], "noted")


def _of_reference(unserved: Iterable[Shortfall]) -> Iterator[Assumed]:
    for short in unserved:
        line = _said("assumed.reference_short", load=short.load, what=shortfall_text(short))
        yield Assumed(line, STUDY_WORDS["assumed.reference_short.why"], "noted")


def _of_relaxed(plants: Sequence[str]) -> Iterator[Assumed]:
    if plants:
        line = _said("assumed.relaxed", plants=", ".join(plants))
        yield Assumed(line, STUDY_WORDS["assumed.relaxed.why"], "noted")


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
