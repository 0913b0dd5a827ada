"""The 15-minute demand of a connection: what was drawn, and what may be drawn now so that no window to come exceeds the limit.

The mean import of *every* 15 minutes counts, wherever they begin. So a limit on demand is no limit on power: after a quiet
quarter of an hour more may be drawn for a while, if less can be drawn after it. How much: what could be drawn for `HOLD_S` seconds
and then brought down to a level that battery and plants can hold, with every window that ends within the next 15 minutes kept
below the limit. That what is allowed falls smoothly to that level is what keeps control from tripping to zero.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lingtan.control.memory import DemandMemory

WINDOW_S = 900
SLIP_S = 15
SLIPS = WINDOW_S // SLIP_S
"""The import is remembered in slips of 15 s: what a window of a meter may lie off by is left to the margin."""
HOLD_S = 300.0
"""For how long what is allowed now could be drawn."""
GIVE = 0.1
"""Share of the limit by which the import is reckoned to come down after that, where it can."""
SOFT_S = 30.0
"""What was drawn beyond the limit is made good within this time, not within the one second that its window may have left."""
_LONGEST_GAP_S = 5.0
"""A longer pause between ticks is time in which nobody knows what was drawn."""
_LEAST_SEEN = 0.8
"""Share of a slip that must have been seen for its mean to be known."""


def count_import(seen: DemandMemory | None, import_kw: float | None, before_ms: int, now_ms: int) -> DemandMemory:
    """The demand with the time since the last tick counted in; `import_kw` ≥ 0, None where it is not known."""
    slip_ms = now_ms - now_ms % (SLIP_S * 1000)
    if seen is None or now_ms < seen.slip_ms:
        return DemandMemory(slip_ms)
    passed_s = (now_ms - before_ms) / 1000.0
    known_s = passed_s if import_kw is not None and 0.0 < passed_s <= _LONGEST_GAP_S else 0.0
    drawn = 0.0 if import_kw is None else import_kw
    if slip_ms == seen.slip_ms:
        return replace(seen, running_kws=seen.running_kws + drawn * known_s, running_s=seen.running_s + known_s)
    inside_s = min(known_s, (now_ms - slip_ms) / 1000.0)
    before_s = known_s - inside_s
    finished_s = seen.running_s + before_s
    mean = (seen.running_kws + drawn * before_s) / finished_s if finished_s >= _LEAST_SEEN * SLIP_S else None
    skipped = min((slip_ms - seen.slip_ms) // (SLIP_S * 1000) - 1, SLIPS)
    slips = (*seen.slips, mean, *(None,) * skipped)[-SLIPS:]
    return DemandMemory(slip_ms, slips, drawn * inside_s, inside_s)


@dataclass(frozen=True, slots=True)
class Window:
    """The last 15 minutes: mean of each finished slip, newest first, what is not known filled in; the running slip's energy."""

    newest_first: tuple[float, ...]
    running_kws: float
    elapsed_s: float
    known: bool

    @property
    def mean_kw(self) -> float:
        """Mean import of the window that ends now."""
        whole = sum(self.newest_first[: SLIPS - 1]) * SLIP_S
        oldest = self.newest_first[SLIPS - 1] * (SLIP_S - self.elapsed_s)
        return (self.running_kws + whole + oldest) / WINDOW_S

    def since(self, seconds: float) -> float:
        """Energy drawn in the last so many seconds [kW·s], to the slip."""
        slips = max(round((seconds - self.elapsed_s) / SLIP_S), 0)
        return self.running_kws + sum(self.newest_first[:slips]) * SLIP_S


def window_of(seen: DemandMemory, now_ms: int, assumed_kw: float, metered_kw: float | None) -> Window:
    """The window, its gaps filled: so that the meter's own mean comes out where it shows one, else with `assumed_kw`."""
    elapsed_s = (now_ms - seen.slip_ms) / 1000.0
    missing = SLIPS - len(seen.slips)
    unseen_s = max(elapsed_s - seen.running_s, 0.0)
    gaps = missing + sum(1 for slip in seen.slips if slip is None)
    if not gaps:
        return Window(tuple(slip or 0.0 for slip in reversed(seen.slips)), seen.running_kws, elapsed_s, True)
    fill = assumed_kw
    if metered_kw is not None:
        known_kws = seen.running_kws + sum(slip * SLIP_S for slip in seen.slips if slip is not None)
        fill = max((metered_kw * WINDOW_S - known_kws) / (gaps * SLIP_S), 0.0)
    slips = [fill if slip is None else slip for slip in reversed(seen.slips)] + [fill] * missing
    return Window(tuple(slips), seen.running_kws + fill * unseen_s, elapsed_s, metered_kw is not None)


def allowed_import(window: Window, limit_kw: float, holdable_kw: float) -> float:
    """What may be drawn now [kW], at least 0; `holdable_kw` is what the import can be held at for the next 15 minutes.

    `limit_kw` is the demand limit less its margin. With nothing to come down by, or a past that is not known, it is the limit
    itself, less what was drawn beyond it.
    """
    give = GIVE if window.known else 0.0
    later_kw = min(limit_kw, max(holdable_kw, limit_kw * (1.0 - give)))
    first_end_s = SLIP_S - window.elapsed_s
    past = window.running_kws + sum(window.newest_first[: SLIPS - 1]) * SLIP_S
    allowed = float("inf")
    for ahead in range(SLIPS):
        end_s = first_end_s + ahead * SLIP_S
        held_s = min(end_s, HOLD_S)
        room = limit_kw * WINDOW_S - past - later_kw * (end_s - held_s)
        if end_s < SOFT_S:
            room, held_s = room + limit_kw * (SOFT_S - end_s), SOFT_S
        allowed = min(allowed, room / held_s)
        past -= window.newest_first[SLIPS - 2 - ahead] * SLIP_S if ahead < SLIPS - 1 else 0.0
    return max(allowed, 0.0)
