"""A published claim — so much power, so much energy, so many tonnes — held against physics and every official factor.

One input, several answers, each labeled with its view: the figures of two views are never mixed, and the verdict says
under which view, if any, the tonnes can be reproduced. Pure: the rulebook and the day are arguments.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from datetime import date

from lingtan.findings import Finding, raise_errors
from lingtan.rulebook import EmissionFactor, FullLoadHours, LegacyFactor, Place, Rulebook, Use
from lingtan.rulebook.book import NO_RECORD
from lingtan.study.claim_parts import Answer, Claim, Examined, Fit, Implied, Technology, Verdict
from lingtan.study.claim_verdict import verdict_of

HOURS_PER_YEAR = 8760
CLOSE = 0.01
"""Claims are published to two or three digits: tonnes within 1 % of an answer are that answer."""

_ASKS: tuple[Mapping[str, object], ...] = (
    {"view": "park_annex4", "energy": "unbacked"},
    {"view": "market", "energy": "fossil"},
    {"view": "market", "energy": "unbacked"},
    {"view": "location", "energy": "any", "scope": "national"},
    {"view": "location", "energy": "any", "scope": "regional"},
    {"view": "location", "energy": "any", "scope": "provincial"},
)
"""The factors a saving of electricity could be counted with. The product view is a footprint, not a saving: it stays out."""
_TECHNOLOGIES = ("hydro", "wind", "pv")


def claim(made: Claim, book: Rulebook, day: date) -> Examined:
    """Hold a claim against the records that hold on a day.

    Raises `InputError` for a region that no record speaks of (`claim.unknown-region`) and a claim of energy alone
    (`claim.nothing-to-test`).
    """
    raise_errors(_check(made, book))
    implied = _implied(made)
    technologies = tuple(_technologies(made, implied, book, day))
    answers = tuple(_answers(made, book, day))
    return Examined(made, day, implied, technologies, answers, verdict_of(made, implied, technologies, answers))


def _check(made: Claim, book: Rulebook) -> Iterator[Finding]:
    if made.capacity_kw is None and made.saved_t is None:
        yield Finding("claim.nothing-to-test", "claim")
    known = _provinces(book, made.place.country)
    province = made.place.province
    if province is not None and province.casefold() not in {name.casefold() for name in known}:
        nearest = (difflib.get_close_matches(province, known, n=1, cutoff=0.0) or ["–"])[0]
        yield Finding("claim.unknown-region", "region", got=province, values={"nearest": nearest})


def _provinces(book: Rulebook, country: str) -> list[str]:
    """The provinces that records of a country are made for, or that a regional factor names."""
    here = [record for record in book.records if record.place is not None and record.place.country == country]
    own = {record.place.province for record in here if record.place is not None and record.place.province is not None}
    regional = {province for record in here if isinstance(record, EmissionFactor) for province in record.provinces}
    return sorted(own | regional)


def _implied(made: Claim) -> Implied:
    hours = None if made.capacity_kw is None else made.energy_kwh / made.capacity_kw
    share = None if hours is None else hours / HOURS_PER_YEAR
    return Implied(hours, share, None if made.saved_t is None else made.saved_t / made.energy_kwh * 1000)


def _technologies(made: Claim, implied: Implied, book: Rulebook, day: date) -> Iterator[Technology]:
    if implied.full_load_hours is None or made.capacity_kw is None:
        return
    for name in _TECHNOLOGIES:
        found = book.find(FullLoadHours, day, place=made.place, select={"technology": name})
        raise_errors(finding for finding in found.findings if finding.code not in NO_RECORD)
        for use in found.uses:
            typical, hours = use.record, implied.full_load_hours
            fit: Fit = "below" if hours < typical.low else "above" if hours > typical.high else "within"
            usual = None if typical.usual is None else made.capacity_kw * typical.usual
            yield Technology(use, fit, made.capacity_kw * typical.low, usual, made.capacity_kw * typical.high)


def _answers(made: Claim, book: Rulebook, day: date) -> Iterator[Answer]:
    """The official answers in the order of `_ASKS`, then figures in circulation; what has no record has no answer."""
    region = _region_of(made.place, book)
    for ask in _ASKS:
        select = {**ask, "carrier": "electricity"}
        if ask.get("scope") == "regional":
            if region is None:
                continue
            select["region"] = region
        found = book.find(EmissionFactor, day, place=made.place, select=select)
        raise_errors(finding for finding in found.findings if finding.code not in NO_RECORD)
        for use in found.uses:
            yield _answer(use, made)
    for record in book.records:
        if isinstance(record, LegacyFactor):
            yield _answer(Use(record), made)


def _answer(use: Use[EmissionFactor] | Use[LegacyFactor], made: Claim) -> Answer:
    tonnes = made.energy_kwh * use.record.factor
    close = None if made.saved_t is None else abs(tonnes - made.saved_t) <= CLOSE * made.saved_t
    return Answer(use, tonnes, close)


def _region_of(place: Place, book: Rulebook) -> str | None:
    """The regional grid that a province lies in wholly; None where no record says so."""
    wanted = "" if place.province is None else place.province.casefold()
    for record in book.records:
        if isinstance(record, EmissionFactor) and wanted in {province.casefold() for province in record.provinces}:
            return record.region
    return None


__all__ = ["Answer", "Claim", "Examined", "Implied", "Technology", "Verdict", "claim"]
