"""How a result names the records behind it: as plain data for `run.json`, as a line for a reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lingtan.rulebook.assumption import Assumption
from lingtan.rulebook.found import Found, Use
from lingtan.rulebook.record import Record, both_of
from lingtan.wording import Words
from lingtan.wording.rulebook import RULEBOOK_WORDS


def citation(record: Record, assumption: Assumption | None = None) -> dict[str, Any]:
    """One record in use as plain data; `assumption` is null where the record itself covers the days."""
    return {
        "id": record.id,
        "document": record.document,
        "source": both_of(record.source)._asdict(),
        "confidence": str(record.confidence),
        "verified": record.verified,
        "valid_from": record.valid_from.isoformat(),
        "valid_to": None if record.valid_to is None else record.valid_to.isoformat(),
        "recorded_at": record.recorded_at.isoformat(),
        "note": None if record.note is None else record.note.model_dump(),
        "assumption": None if assumption is None else _assumed(assumption),
    }


def _assumed(assumption: Assumption) -> dict[str, Any]:
    data = assumption.model_dump(mode="json", exclude={"kind", "note"})
    return {**data, "reason": both_of(assumption.reason)._asdict()}


def citations(founds: Iterable[Found[Any]]) -> list[dict[str, Any]]:
    """The records that some look-ups use, once each, in the order of their ids."""
    return [citation(use.record, use.assumption) for use in _distinct(founds)]


def citation_line(record: Record, assumption: Assumption | None = None) -> Words:
    """One record in use as a line for a reader, in both languages."""
    line = RULEBOOK_WORDS["cite.record" if assumption is None else "cite.assumed"]
    checked = RULEBOOK_WORDS["cite.verified" if record.verified else "cite.unverified"]
    confidence = RULEBOOK_WORDS[f"confidence.{record.confidence}"]
    values = {
        "title": record.title,
        "id": record.id,
        "validity": record.validity,
        "document": record.document,
        "confidence": confidence,
        "checked": checked,
        "assumption": "" if assumption is None else assumption.id,
        "reason": "" if assumption is None else assumption.why,
    }
    return Words(line.in_language("en", **values), line.in_language("zh", **values))


def _distinct(founds: Iterable[Found[Any]]) -> list[Use[Any]]:
    """The uses, once for each pair of record and assumption."""
    uses: dict[tuple[str, str], Use[Any]] = {}
    for found in founds:
        for use in found.uses:
            uses.setdefault((use.record.id, "" if use.assumption is None else use.assumption.id), use)
    return [uses[key] for key in sorted(uses)]
