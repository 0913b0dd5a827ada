"""The forecast page: each target's day, forecast and planned, against what was measured so far, and how good forecasts were.

Everything is read: quantiles, scores and days from the files of `lingtan forecast`, the rest from telemetry and from the plans that
were issued. What is measured ends at now, and of plans only those count that were issued by now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from lingtan.clock import zone_of
from lingtan.operate.store import PlanRow
from lingtan.park import Pv, Wind
from lingtan.study.forecast_view import ForecastView, ViewedDay, ViewedRegret, ViewedTarget
from lingtan.study.target_names import LOAD, target_words
from lingtan.web.forecast_shelf import Shelf, command_of
from lingtan.web.park_view import size_of
from lingtan.web.run import OpenRun
from lingtan.web.sentences import both
from lingtan.wording.forecast import FORECAST_WORDS, SCORE_NAMES, maker_words, model_words

QUARTER_MS = 900_000
POWER_UNIT = "kW"
SHARES = frozenset(
    {"nmae", "mape", "coverage_50", "coverage_80", "coverage_90", "peak_error", "peak_within_hour", "dispatch_accuracy"}
)
WITH_UNIT = frozenset({"mae", "rmse", "pinball", "crps", "width_80"})
Row = list[float | None]


@dataclass(frozen=True)
class Today:
    """The local day that now is in."""

    day: date
    studied: date
    """The day of the studied year that a twin lives through."""
    start_ms: int
    end_ms: int
    now_ms: int


@dataclass(frozen=True)
class Steps:
    """The steps of a drawn day."""

    start_ms: int
    step_ms: int
    count: int

    @property
    def end_ms(self) -> int:
        """Where the last one ends."""
        return self.start_ms + self.count * self.step_ms

    def means(self, by_ms: Mapping[int, float]) -> Row:
        """The mean of the values that begin in each step; None where none does."""
        held: list[list[float]] = [[] for _ in range(self.count)]
        for at_ms, value in by_ms.items():
            if self.start_ms <= at_ms < self.end_ms:
                held[(at_ms - self.start_ms) // self.step_ms].append(value)
        return [sum(values) / len(values) if values else None for values in held]


def forecast_message(run: OpenRun, shelf: Shelf, now_ms: int) -> dict[str, Any]:
    """What the page shows, as plain data."""
    today = today_of(run, now_ms)
    ahead, tested = shelf.get(run, "ahead"), shelf.get(run, "backtest")
    plans = _Plans(run, today)
    made = {} if ahead.view is None else ahead.view.targets
    shown = [_made(run, today, plans, name, target) for name, target in made.items()] or [
        _planned(run, today, plans, name, assets, kind) for name, assets, kind in _targets(run)
    ]
    return {
        "now_ms": now_ms,
        "day": today.day.isoformat(),
        "gate": None if ahead.view is None else ahead.view.gate,
        "plan_ms": None if plans.latest is None else plans.latest.issued_ms,
        "vintage_ms": None if plans.vintage is None else plans.vintage.issued_ms,
        "targets": shown,
        "tested": None if tested.view is None else tested_of(run, tested.view),
        "commands": {
            "ahead": command_of(run, "ahead", today.studied if run.facts.twin else today.day),
            "tested": command_of(run, "backtest", today.day),
        },
        "followed": _followed(run, plans.latest),
        "findings": [
            *(found.as_json() for found in (*ahead.findings, *tested.findings)),
            *_expected(plans.latest).get("findings", ()),
        ],
    }


def _followed(run: OpenRun, plan: PlanRow | None) -> dict[str, Any] | None:
    """Of which forecasts the plan in force took what it expects, and from when they are; None where of none."""
    told = _expected(plan)
    if not told.get("targets"):
        return None
    return {"known_ms": told["known_ms"], "targets": [both(target_words(run.park, name)) for name in told["targets"]]}


def _expected(plan: PlanRow | None) -> Mapping[str, Any]:
    """What a plan tells of the forecasts of the park that it found."""
    return {} if plan is None else plan.certificate.get("expected", {})


def today_of(run: OpenRun, now_ms: int) -> Today:
    """The local day of a moment, and the studied day with its date (the 28th for a 29 February that is not there)."""
    zone = zone_of(run.park.site.zone)
    day = datetime.fromtimestamp(now_ms / 1000, zone).date()
    start, end = (datetime.combine(each, time(), zone) for each in (day, day + timedelta(days=1)))
    year = run.park.period.year
    try:
        studied = day.replace(year=year)
    except ValueError:
        studied = date(year, 2, 28)
    start_ms, end_ms = (round(each.astimezone(UTC).timestamp() * 1000) for each in (start, end))
    return Today(day, studied, start_ms, end_ms, now_ms)


class _Plans:
    """The plan in force, and the one that was in force as the day began; by asset what each expects, by step [kW]."""

    def __init__(self, run: OpenRun, today: Today) -> None:
        self._run = run
        self.latest = run.plans.latest(issued_before_ms=today.now_ms)
        before = run.plans.latest(issued_before_ms=today.start_ms)
        self.vintage = None if before is None or self.latest is None or before.id == self.latest.id else before
        self._latest, self._vintage = self._powers(self.latest), self._powers(self.vintage)

    def _powers(self, plan: PlanRow | None) -> dict[str, dict[int, float]]:
        if plan is None:
            return {}
        return {
            asset: {step.at_ms: step.power_w / 1000 for step in steps}
            for asset, steps in self._run.plans.steps(plan.id).items()
        }

    def lines(self, assets: Sequence[str], sign: float, steps: Steps) -> dict[str, Row]:
        """What the two plans expect of assets together."""
        found = {"plan": self._latest, "vintage": self._vintage}
        return {key: _together([steps.means(by.get(name, {})) for name in assets], sign) for key, by in found.items()}


def _targets(run: OpenRun) -> Iterable[tuple[str, tuple[str, ...], str]]:
    """What is shown where nobody made a forecast: the load of the park and each plant, as plans expect them."""
    loads = tuple(name for name, _ in run.park.electric_needs())
    if loads:
        yield LOAD, loads, "load"
    for name, asset in run.park.assets.items():
        if isinstance(asset, Pv | Wind):
            yield name, (name,), asset.family


def _planned(
    run: OpenRun, today: Today, plans: _Plans, name: str, assets: tuple[str, ...], kind: str
) -> dict[str, Any]:
    steps = Steps(today.start_ms, QUARTER_MS, (today.end_ms - today.start_ms) // QUARTER_MS)
    return {
        **_head(run, name, kind, "today", steps),
        "model": None,
        "weather": None,
        "levels": [],
        "quantiles": None,
        **_known(run, plans, assets, kind, steps, today.now_ms),
    }


def _made(run: OpenRun, today: Today, plans: _Plans, name: str, target: ViewedTarget) -> dict[str, Any]:
    """A target with the quantiles that were made for it: those of a studied day stand where a twin lives through it."""
    day = target.days[0]
    is_studied = run.facts.twin and day.day == today.studied.isoformat() != today.day.isoformat()
    when = "studied" if is_studied else "today" if day.day == today.day.isoformat() else "other"
    steps = Steps(today.start_ms if is_studied else day.start_ms, day.step_minutes * 60_000, len(day.quantiles[0]))
    factor = _factor(run, target)
    return {
        **_head(run, name, target.kind, when, steps),
        "made_for": day.day,
        "unit": target.unit if target.kind == "price" else POWER_UNIT,
        "model": both(maker_words(target.model, target.inputs)),
        "weather": both(FORECAST_WORDS.get(f"weather.{target.weather}", target.weather)),
        "levels": list(target.levels),
        "quantiles": None if factor is None else [_times(row, factor) for row in day.quantiles],
        **_known(run, plans, target.assets, target.kind, steps, today.now_ms),
    }


def _head(run: OpenRun, name: str, kind: str, when: str, steps: Steps) -> dict[str, Any]:
    return {
        "name": name,
        "title": both(target_words(run.park, name)),
        "kind": kind,
        "when": when,
        "made_for": None,
        "unit": POWER_UNIT,
        "start_ms": steps.start_ms,
        "step_ms": steps.step_ms,
    }


def _factor(run: OpenRun, target: ViewedTarget) -> float | None:
    """What a share of power is multiplied by [kW]; None where the run has no such plant."""
    return 1.0 if target.unit != "1" else size_of(run, target.assets[0], "power_kw") if target.assets else None


def _known(run: OpenRun, plans: _Plans, assets: Sequence[str], kind: str, steps: Steps, now_ms: int) -> dict[str, Row]:
    """What was measured in the steps that are over, and what plans expect: needs of loads, of plants what they could give; of what
    belongs to no asset, as a price, neither."""
    if not assets:
        return {name: [None] * steps.count for name in ("measured", "plan", "vintage")}
    point, sign = (".power_kw", -1.0) if kind == "load" else (".available_kw", 1.0)
    until = min(now_ms, steps.end_ms)
    over = max(0, (until - steps.start_ms) // steps.step_ms)
    span = (steps.start_ms, steps.start_ms + over * steps.step_ms)
    bin_ms = min(steps.step_ms, QUARTER_MS)
    rows = [steps.means(run.telemetry.means(f"{name}{point}", *span, bin_ms)) if over else [] for name in assets]
    measured = _together(rows, sign) if over else []
    return {"measured": measured or [None] * steps.count, **plans.lines(assets, 1.0 if kind != "load" else -1.0, steps)}


def _together(rows: Sequence[Row], sign: float) -> Row:
    """The sum of rows; None where one of them is not known."""
    return [
        None if any(value is None for value in each) else sign * sum(value for value in each if value is not None)
        for each in zip(*rows, strict=True)
    ]


def _times(row: Sequence[float | None], factor: float) -> Row:
    return [None if value is None else value * factor for value in row]


def tested_of(run: OpenRun, view: ForecastView) -> dict[str, Any]:
    """A backtest as the page shows it: names and heads in both languages, figures as they are."""
    return {
        "gate": view.gate,
        "notes": [dict(note) for note in view.notes],
        "targets": [_tested(run, name, target) for name, target in view.targets.items()],
        "regret": None if view.regret is None else _regret(view.regret),
    }


def _regret(regret: ViewedRegret) -> dict[str, Any]:
    """What forecasts of all targets together cost a day, by model, ours first."""
    ours = next(iter(regret.together))
    models = [{"title": both(model_words(name, ours)), "cny": cny} for name, cny in regret.together.items()]
    return {"days": regret.days, "models": models}


def _tested(run: OpenRun, name: str, target: ViewedTarget) -> dict[str, Any]:
    ours = next(iter(target.scores), "")
    rows = [key for key in SCORE_NAMES if any(row.get(key) is not None for row in target.scores.values())]
    return {
        "name": name,
        "title": both(target_words(run.park, name)),
        "kind": target.kind,
        "unit": target.unit,
        "weather": both(FORECAST_WORDS.get(f"weather.{target.weather}", target.weather)),
        "first": target.first,
        "last": target.last,
        "models": [both(model_words(model, ours)) for model in target.scores],
        "scores": [
            {
                "key": key,
                "title": both(SCORE_NAMES[key]),
                "form": "p" if key == "dm_p_value" else "share" if key in SHARES else "figure",
                "unit": target.unit if key in WITH_UNIT else None,
                "values": [row.get(key) for row in target.scores.values()],
            }
            for key in rows
        ],
        "reliability": [each.model_dump() for each in target.reliability],
        "levels": list(target.levels),
        "days": [_day(day) for day in target.days],
    }


def _day(day: ViewedDay) -> dict[str, Any]:
    return {
        "day": day.day,
        "start_ms": day.start_ms,
        "step_ms": day.step_minutes * 60_000,
        "quantiles": [list(row) for row in day.quantiles],
        "measured": list(day.actual),
        "mae": day.mae,
    }
