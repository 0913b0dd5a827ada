"""The rule records behind a study: each use once, and which of them a reader should look at twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lingtan.rulebook import Use

if TYPE_CHECKING:
    from lingtan.study.study import Study


def rules_used(study: Study) -> list[Use[Any]]:
    """The records in use, once for each assumption they are used under, in the order of their look-ups."""
    uses: dict[tuple[str, str], Use[Any]] = {}
    for found in study.project.accounts.founds:
        for use in found.uses:
            uses.setdefault((use.record.id, "" if use.assumption is None else use.assumption.id), use)
    return list(uses.values())


def unverified(study: Study) -> list[Use[Any]]:
    """Records that nobody has compared with their document, once each."""
    return list({use.record.id: use for use in rules_used(study) if not use.record.verified}.values())


def used_under_assumption(study: Study) -> list[Use[Any]]:
    """Records that are used beyond their validity because the user asked for it."""
    return [use for use in rules_used(study) if use.assumption is not None]
