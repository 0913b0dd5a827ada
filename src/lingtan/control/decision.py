"""What comes out of a cycle: decisions, each a lease, and events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lingtan.findings import Severity
from lingtan.frozen import DeepFrozen
from lingtan.wording import Lang
from lingtan.wording.control import CONTROL_EVENTS, CONTROL_NOUNS


@dataclass(frozen=True, slots=True)
class Decision:
    """The set-point of an asset [kW] for `lease_s` seconds, within `low_kw` to `high_kw`, then `revert_kw`.

    `revert_kw` is the asset's fail-safe, moved into `low_kw` to `high_kw` unless these stem from doubt: a bound that is there
    because a meter or the asset itself cannot be believed says nothing of the time after control has died.

    `low_kw` and `high_kw` are the envelope: rating, state of charge, freshness, connection and demand. `author` and `reason`
    are those of whoever fixed the value; `wished_kw` and `wished_by` say what was wanted before it was cut.
    """

    asset: str
    set_point_kw: float
    low_kw: float
    high_kw: float
    author: str
    reason: str
    revert_kw: float
    lease_s: float
    wished_kw: float | None = None
    wished_by: str = ""


@dataclass(frozen=True)
class Event(DeepFrozen):
    """Something that began or ended in this tick: a stable `code`, the point, asset or connection it speaks of, its weight."""

    code: str
    who: str
    severity: Severity
    detail: Mapping[str, str | float] = field(default_factory=dict)

    def text(self, lang: Lang = "en") -> str:
        """The event as a sentence.

        >>> Event("control.stale", "grid.power_kw", Severity.WARNING, {"age_s": 7.0}).text("zh")
        'grid.power_kw：读数过期（7.0 s）'
        """
        colon = "：" if lang == "zh" else ": "
        said = {
            key: CONTROL_NOUNS.get(str(value), value) if key == "code" else value for key, value in self.detail.items()
        }
        return f"{self.who}{colon}{CONTROL_EVENTS[self.code].in_language(lang, **said)}"


@dataclass(frozen=True, slots=True)
class DemandView:
    """The demand window of a connection as people read it.

    `window_kw` is the mean import of the 15 minutes that end now, `forecast_kw` that of the clock's quarter-hour if things stay
    as they are until it ends at `ends_ms`; `limit_kw` is None where there is no limit, `allowed_kw` what may be drawn now.
    """

    window_kw: float
    limit_kw: float | None
    allowed_kw: float | None
    forecast_kw: float
    ends_ms: int
