"""The rulebook: records and assumptions, packs laid over them, and the look-up by kind, day, place and customer."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, InputError
from lingtan.place import Place
from lingtan.rulebook.assumption import Assumption
from lingtan.rulebook.found import Found
from lingtan.rulebook.parse import Pack
from lingtan.rulebook.place import Customer, Fit
from lingtan.rulebook.question import Question
from lingtan.rulebook.record import Days, Record, RecordT
from lingtan.rulebook.search import OPEN, Claim, award, say_days, say_names, uses_of

NO_RECORD = frozenset({"rulebook.no-record", "rulebook.no-record-here", "rulebook.no-record-of-kind"})
"""The codes that say a day has no record."""


@dataclass(frozen=True)
class Rulebook:
    """Records and assumptions in the order of their ids; `inline` names those of a park file, which beat all others."""

    records: tuple[Record, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    inline: frozenset[str] = frozenset()

    def overlay(self, pack: Pack, *, inline: bool = False) -> Rulebook:
        """The book with a pack laid over it: an entry of the pack replaces the one of the same id."""
        records = {record.id: record for record in (*self.records, *pack.records)}
        assumptions = {assumption.id: assumption for assumption in (*self.assumptions, *pack.assumptions)}
        brought = frozenset(record.id for record in pack.records)
        return Rulebook(
            tuple(records[record_id] for record_id in sorted(records)),
            tuple(assumptions[assumption_id] for assumption_id in sorted(assumptions)),
            self.inline | brought if inline else self.inline - brought,
        )

    def get(self, record_id: str) -> Record:
        """The record of an id; `InputError` with `rulebook.unknown-id` and the nearest id if there is none."""
        for record in self.records:
            if record.id == record_id:
                return record
        raise InputError([_unknown_id(record_id, self.records)])

    def check_assumption(self, assumption: Assumption) -> list[Finding]:
        """`rulebook.unknown-id` with the nearest id where an assumption speaks of no record of the book."""
        if any(assumption.is_of(record) for record in self.records):
            return []
        return [replace(_unknown_id(assumption.of, self.records), who=f"{assumption.id}.of", got=assumption.of)]

    def find(
        self,
        kind: type[RecordT],
        when: TimeGrid | Days | date,
        *,
        place: Place,
        customer: Customer | None = None,
        named: str | None = None,
        select: Mapping[str, object] | None = None,
    ) -> Found[RecordT]:
        """The record of a kind that holds in each step of a grid, on each of some days, or on one day.

        `named` is a record's id, or a family of ids up to a dot: nothing else is looked at, and a record named in full
        is taken, with a warning, even if it was made for another place or customer. `select` asks for values of
        further fields, such as `{"view": "location"}`. Days that no record covers go to an assumption if there is one,
        else they are a finding with the nearest record.
        """
        days, day_of_step = _days_of(when)
        question = Question(kind, place, customer, named, select or {})
        known = [record for record in self.records if isinstance(record, kind)]
        if named is not None and not any(question.names(record.id) for record in known):
            return Found((), np.full(day_of_step.shape, OPEN, np.intp), (_unknown_id(named, known),))
        candidates = [record for record in known if question.means(record) and question.names(record.id)]
        claims = [self._claim(question, record, days) for record in candidates]
        claims = [claim for claim in claims if claim.fit is not Fit.NO]
        own, findings = award(claims, np.ones(days.shape, bool), days, question.text)
        loans = self._loans(claims, days)
        lent, more = award(loans, own == OPEN, days, question.text)
        owner = np.where(lent >= 0, lent + len(claims), own)
        missing = (own == OPEN) & (lent == OPEN)
        if missing.any():
            more = [*more, _no_record(claims, candidates or known, days[missing], question.text)]
        uses, use_of_day, refused = uses_of([*claims, *loans], owner, days)
        used = {use.record.id for use in uses}
        warnings = [note for record in candidates if record.id in used for note in question.check_named(record)]
        return Found(tuple(uses), use_of_day[day_of_step], (*findings, *more, *refused, *warnings))

    def _claim(self, question: Question[RecordT], record: RecordT, days: Days) -> Claim[RecordT]:
        rank = (int(record.id in self.inline), *record.rank)
        return Claim(record, rank, question.fit(record), record.covers(days))

    def _loans(self, claims: Iterable[Claim[RecordT]], days: Days) -> list[Claim[RecordT]]:
        """Claims of records on days beyond their validity, for which an assumption asks."""
        return [
            Claim(claim.record, claim.rank, claim.fit, assumption.covers(days) & ~claim.days, assumption)
            for claim in claims
            for assumption in self.assumptions
            if assumption.is_of(claim.record)
        ]


def _days_of(when: TimeGrid | Days | date) -> tuple[Days, NDArray[np.intp]]:
    """The local days in order, once each, and for every step the index of its day."""
    if isinstance(when, TimeGrid):
        return when.days, np.searchsorted(when.days, when.day)
    days, day_of_step = np.unique(np.atleast_1d(np.asarray(when, "M8[D]")), return_inverse=True)
    return days, day_of_step


def _unknown_id(record_id: str, known: Iterable[Record]) -> Finding:
    names = sorted(record.id for record in known)
    nearest = (difflib.get_close_matches(record_id, names, n=1, cutoff=0.0) or ["–"])[0]
    return Finding("rulebook.unknown-id", record_id, values={"nearest": nearest})


def _no_record(claims: Sequence[Claim[RecordT]], candidates: Sequence[Record], missing: Days, who: str) -> Finding:
    """What to say about days without a record: the nearest one in time that fits, else one made for others."""
    fitting = [claim.record for claim in claims]
    if claims and all(claim.fit is Fit.UNCLEAR for claim in claims):
        return Finding("rulebook.place-or-customer-unknown", who, got=say_names(claims))
    if fitting or candidates:
        nearest = min(fitting or candidates, key=lambda record: (_distance(record, missing), record.id))
        code = "rulebook.no-record" if fitting else "rulebook.no-record-here"
        values = {"nearest": nearest.id, "validity": nearest.validity}
        return Finding(code, who, got=say_days(missing), values=values)
    return Finding("rulebook.no-record-of-kind", who, got=say_days(missing))


def _distance(record: Record, days: Days) -> int:
    """Days between a record's validity and the nearest of some days."""
    after = (np.datetime64(record.valid_from) - days).astype(np.int64)
    before = (
        np.full(days.shape, -1) if record.valid_to is None else (days - np.datetime64(record.valid_to)).astype(np.int64)
    )
    return int(np.maximum(np.maximum(after, before), 0).min())
