"""How a day gets its record: the most special of those that hold; no tie is broken silently and no gap is filled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic

import numpy as np
from numpy.typing import NDArray

from lingtan.clock import month_of
from lingtan.findings import Finding
from lingtan.rulebook.assumption import Assumption, check_assumption, shape_of, shaped
from lingtan.rulebook.found import Use
from lingtan.rulebook.place import Fit
from lingtan.rulebook.record import Days, RecordT, span_text

OPEN, REFUSED = -1, -2
Owners = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Claim(Generic[RecordT]):
    """A record that may hold on some days, (D,); the higher its rank, the more special it is."""

    record: RecordT
    rank: tuple[int, int, int]
    fit: Fit
    days: Mask
    assumption: Assumption | None = None


def award(claims: Sequence[Claim[RecordT]], open_days: Mask, days: Days, who: str) -> tuple[Owners, list[Finding]]:
    """The claim that wins each open day: its index, `OPEN` where none holds, `REFUSED` where the choice is unclear."""
    owner = np.where(open_days, OPEN, REFUSED).astype(np.intp)
    findings: list[Finding] = []
    for rank in sorted({claim.rank for claim in claims}, reverse=True):
        level = [number for number, claim in enumerate(claims) if claim.rank == rank]
        holds = np.stack([claims[number].days for number in level]) & (owner == OPEN)
        is_unclear = np.array([[claims[number].fit is Fit.UNCLEAR] for number in level])
        unclear = (holds & is_unclear).any(axis=0)
        contested = (holds.sum(axis=0) > 1) & ~unclear
        for code, refused, among in (
            ("rulebook.place-or-customer-unknown", unclear, holds & is_unclear),
            ("rulebook.two-records", contested, holds),
        ):
            if refused.any():
                rivals = [claims[level[row]] for row in np.flatnonzero((among & refused).any(axis=1))]
                findings.append(Finding(code, who, got=f"{say_names(rivals)} ({say_days(days[refused])})"))
                owner[refused] = REFUSED
        for row, number in enumerate(level):
            owner[holds[row] & (owner == OPEN)] = number
    return owner, findings


def say_names(claims: Sequence[Claim[RecordT]]) -> str:
    """The rivals by name, the first four of them."""
    return ", ".join([*map(_name, claims[:4]), *(["…"] if len(claims) > 4 else [])])


def _name(claim: Claim[RecordT]) -> str:
    return claim.record.id if claim.assumption is None else f"{claim.assumption.id} → {claim.record.id}"


def uses_of(
    claims: Sequence[Claim[RecordT]], owner: Owners, days: Days
) -> tuple[list[Use[RecordT]], Owners, list[Finding]]:
    """The uses that the awarded claims come to, their index for each day (-1 for none), and what cannot be applied.

    A record under an assumption is used once for each shape that the assumption gives it over the months.
    """
    uses: list[Use[RecordT]] = []
    use_of_day = np.full(owner.shape, OPEN, np.intp)
    findings: list[Finding] = []
    month_of_day = month_of(days)
    for number, claim in enumerate(claims):
        mine = owner == number
        if not mine.any():
            continue
        if claim.assumption is None:
            use_of_day[mine] = len(uses)
            uses.append(Use(claim.record))
            continue
        refused = check_assumption(claim.assumption, claim.record)
        findings += refused
        if refused:
            continue
        months = np.unique(month_of_day[mine]).tolist()
        shapes = {month: shape_of(claim.assumption, claim.record, month) for month in months}
        for shape in dict.fromkeys(shapes.values()):
            alike = [month for month in months if shapes[month] == shape]
            use_of_day[mine & np.isin(month_of_day, alike)] = len(uses)
            uses.append(Use(shaped(claim.record, shape), claim.assumption))
    return uses, use_of_day, findings


def say_days(days: Days) -> str:
    """Sorted days as spans, with their number.

    >>> say_days(np.array(["2025-01-01", "2025-01-02", "2025-03-05"], "M8[D]"))
    '2025-01-01 … 2025-01-02, 2025-03-05; 3 d'
    """
    runs = np.split(days, np.flatnonzero(np.diff(days) > np.timedelta64(1, "D")) + 1)
    spans = [span_text(*run[[0, -1]].astype(object)) if run.size > 1 else str(run[0]) for run in runs]
    return f"{', '.join(spans[:3])}{' …' if len(spans) > 3 else ''}; {days.size} d"
