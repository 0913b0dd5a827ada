"""One cycle of control: everything known in, every decision out. Pure: the same inputs give the same outputs, bit for bit."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lingtan.control.arbiter import heard
from lingtan.control.balance import Balance, balance_of
from lingtan.control.conditions import Watched, changes, conditions
from lingtan.control.decide import Outcome, Scene, decide_bus, holdable_import
from lingtan.control.decision import Decision, DemandView, Event
from lingtan.control.demand import WINDOW_S, Window, allowed_import, count_import, window_of
from lingtan.control.envelope import Standing, own_envelope, standing_of
from lingtan.control.image import Image, Reading
from lingtan.control.judge import Judgment, as_judged, judge
from lingtan.control.memory import BusMemory, Command, DemandMemory, Memory, Mode, Phase
from lingtan.control.proposal import Proposal
from lingtan.control.read_back import read_back, tell
from lingtan.control.schedule import Schedule, sealed
from lingtan.control.site import Controlled, ControlSite, Limits
from lingtan.control.span import Span
from lingtan.findings import Severity
from lingtan.frozen import DeepFrozen


@dataclass(frozen=True)
class Cycle(DeepFrozen):
    """What a tick came to.

    `decisions` by asset (none in mode off); `writes` says whether they may be written to devices; `points` is the image as it was
    judged (qualities at least as bad as the driver's); `demand` by connection.
    """

    memory: Memory
    decisions: Mapping[str, Decision]
    events: tuple[Event, ...]
    writes: bool = False
    points: Mapping[str, Reading] = field(default_factory=dict)
    demand: Mapping[str, DemandView] = field(default_factory=dict)


@dataclass(frozen=True)
class _Known(DeepFrozen):
    """What is known before anything is decided."""

    judgment: Judgment
    commands: Mapping[str, Command]
    standings: Mapping[str, Standing]
    balances: Mapping[str, Balance]
    demand: Mapping[str, DemandMemory]
    windows: Mapping[str, Window]
    limits_kw: Mapping[str, float | None]


def cycle(
    site: ControlSite,
    memory: Memory,
    image: Image,
    proposals: Sequence[Proposal],
    schedule: Schedule | None,
    now_ms: int,
) -> Cycle:
    """One tick at `now_ms` (UTC): judge the image, hear the proposals, keep to the envelope, decide.

    What is wrong with an input (a reading, a proposal, a schedule that does not match its seal) is left out and told as an event;
    nothing that is handed in makes it raise.
    """
    followed, plan_events, plan_faults = _taken(memory, schedule, now_ms)
    known = _known(site, memory, _aged(image, now_ms), followed, now_ms)
    after, phase_events, waiting = _warmed_up(site, memory, known)
    scene = Scene(site, after, known.judgment, known.standings, heard(proposals, now_ms), followed, now_ms)
    allowed = _allowed(scene, known)
    outcomes = _outcomes(scene, known, allowed)
    watched = Watched(site, after, known.judgment, known.standings, known.balances, outcomes, proposals)
    demand = _views(site, known, allowed, now_ms)
    present = [*plan_faults, *waiting, *conditions(watched), *_demand_faults(demand)]
    events, raised = changes(memory.raised, present)
    decisions = {} if after.mode is Mode.OFF else _decisions(scene, outcomes)
    writes = _writes(site, after, now_ms)
    commands = {
        name: tell(after.commands.get(name), decision.set_point_kw, decision.revert_kw, now_ms)
        for name, decision in decisions.items()
    }
    after = replace(
        after,
        now_ms=now_ms,
        raised=raised,
        digest="" if followed is None else followed.digest,
        commands=commands if writes else after.commands,
    )
    clock = _clock_back(memory, now_ms)
    told = (*clock, *plan_events, *phase_events, *events)
    return Cycle(after, decisions, told, writes, as_judged(image, known.judgment), demand)


def _aged(image: Image, now_ms: int) -> Image:
    """The image as old as it is now: one that is handed in twice does not stay young."""
    late_s = (now_ms - image.now_ms) / 1000.0
    if late_s == 0.0:
        return image
    readings = {point: replace(one, age_s=one.age_s + max(late_s, 0.0)) for point, one in image.readings.items()}
    return Image(now_ms, readings)


def _taken(
    memory: Memory, schedule: Schedule | None, now_ms: int
) -> tuple[Schedule | None, tuple[Event, ...], tuple[Event, ...]]:
    """The schedule that is followed, the event of a new one, and what is wrong with it."""
    over = Event("control.plan-over", "plan", Severity.NOTE)
    if schedule is None:
        return None, (), (over,)
    if schedule.digest != memory.digest:
        if sealed(schedule) != schedule.digest:
            return None, (), (Event("control.plan-unsealed", "plan", Severity.ERROR),)
        taken = Event("control.plan-taken", "plan", Severity.NOTE, {"digest": schedule.digest[:8]})
        return schedule, (taken,), () if schedule.step_at(now_ms) is not None else (over,)
    return schedule, (), () if schedule.step_at(now_ms) is not None else (over,)


def _known(site: ControlSite, memory: Memory, image: Image, schedule: Schedule | None, now_ms: int) -> _Known:
    judgment = judge(site.channels, memory.channels, image)
    commands = dict(memory.commands)
    if memory.mode is Mode.AUTO and memory.phase is Phase.RUNNING:
        for asset in site.controlled:
            if asset.name in commands:
                commands[asset.name] = read_back(asset, commands[asset.name], judgment, site.settings, now_ms)
    standings = {
        asset.name: standing_of(asset, commands.get(asset.name), judgment, now_ms) for asset in site.controlled
    }
    balances: dict[str, Balance] = {}
    demand: dict[str, DemandMemory] = {}
    windows: dict[str, Window] = {}
    limits_kw: dict[str, float | None] = {}
    for limits in site.connections:
        name = limits.name
        balances[name] = balance_of(
            limits, site, standings, judgment, memory.buses.get(name, BusMemory()), commands, now_ms
        )
        drawn = balances[name].connection
        import_kw = None if drawn is None else max(drawn.high, 0.0)
        demand[name] = count_import(memory.demand.get(name), import_kw, memory.now_ms, now_ms)
        limits_kw[name] = _demand_limit(limits, schedule)
        metered = judgment.of(f"{name}.demand_kw")
        limit = limits_kw[name]
        assumed = (import_kw or 0.0) if limit is None else _kept(site, limit)
        windows[name] = window_of(demand[name], now_ms, assumed, metered.value if metered.good else None)
    return _Known(judgment, commands, standings, balances, demand, windows, limits_kw)


def _demand_limit(limits: Limits, schedule: Schedule | None) -> float | None:
    """The lower of what the site allows and what the plan reckons with."""
    planned = None if schedule is None else schedule.demand_limit_w.get(limits.name)
    both = [limit for limit in (limits.demand_kw, None if planned is None else planned / 1000.0) if limit is not None]
    return min(both, default=None)


def _kept(site: ControlSite, demand_limit_kw: float) -> float:
    return demand_limit_kw * (1.0 - site.settings.demand_margin)


def _warmed_up(site: ControlSite, memory: Memory, known: _Known) -> tuple[Memory, tuple[Event, ...], tuple[Event, ...]]:
    """The memory with what was seen, out of its fail-safe once every needed channel has been good often enough."""
    points = known.judgment.points
    missing = [point for point, channel in site.channels.items() if channel.needed and not points[point].good]
    good_ticks = 0 if missing else min(memory.good_ticks + 1, site.settings.warm_up_ticks)
    ready = memory.phase is Phase.FAIL_SAFE and good_ticks >= site.settings.warm_up_ticks
    phase = Phase.RUNNING if ready else memory.phase
    after = replace(
        memory,
        phase=phase,
        good_ticks=good_ticks,
        channels=known.judgment.channels,
        commands=known.commands,
        demand=known.demand,
        buses={name: balance.memory for name, balance in known.balances.items()},
    )
    left = (Event("control.running", "control", Severity.NOTE),) if ready else ()
    if phase is Phase.RUNNING:
        return after, left, ()
    detail: dict[str, str | float] = {"points": ", ".join(missing) or "-"}
    return after, (), (Event("control.warming-up", "control", Severity.WARNING, detail),)


def _allowed(scene: Scene, known: _Known) -> dict[str, float]:
    """What each connection may draw by its demand limit [kW]; infinite where there is none."""
    allowed: dict[str, float] = {}
    for name, balance in known.balances.items():
        limit = known.limits_kw[name]
        if limit is None:
            allowed[name] = math.inf
            continue
        holdable = holdable_import(scene, balance)
        allowed[name] = allowed_import(known.windows[name], _kept(scene.site, limit), holdable)
    return allowed


def _outcomes(scene: Scene, known: _Known, allowed: Mapping[str, float]) -> dict[str, Outcome]:
    """By connection; assets of a bus without one are filed under the bus."""
    connected = {balance.limits.bus: name for name, balance in known.balances.items()}
    outcomes: dict[str, Outcome] = {}
    guessed = {name for name, window in known.windows.items() if known.limits_kw[name] is not None and not window.known}
    for bus in dict.fromkeys([*connected, *(asset.bus for asset in scene.site.controlled)]):
        name = connected.get(bus)
        balance = None if name is None else known.balances[name]
        outcome = decide_bus(scene, balance, bus, math.inf if name is None else allowed[name])
        outcomes[name or bus] = replace(outcome, in_doubt=True) if name in guessed else outcome
    return outcomes


def _decisions(scene: Scene, outcomes: Mapping[str, Outcome]) -> dict[str, Decision]:
    rulings = {name: ruling for outcome in outcomes.values() for name, ruling in outcome.rulings.items()}
    doubted = {name for outcome in outcomes.values() if outcome.in_doubt for name in outcome.rulings}
    decisions: dict[str, Decision] = {}
    for asset in scene.site.controlled:
        if scene.memory.phase is Phase.FAIL_SAFE:
            standing, stopped = scene.standings[asset.name], asset.name in scene.memory.stops
            span = own_envelope(asset, standing, scene.judgment, stopped, scene.site.settings).span
            safe = span.nearest(asset.fail_safe_kw)
            reason = "stop" if stopped else "boot"
            decisions[asset.name] = Decision(
                asset.name, safe, span.low, span.high, "guard", reason, safe, asset.lease_s
            )
            continue
        ruling = rulings[asset.name]
        span = ruling.envelope.span
        decisions[asset.name] = Decision(
            asset=asset.name,
            set_point_kw=ruling.value_kw,
            low_kw=span.low,
            high_kw=span.high,
            author=ruling.author,
            reason=ruling.reason,
            revert_kw=_revert_kw(asset, span, stopped=asset.name in scene.memory.stops, in_doubt=asset.name in doubted),
            lease_s=asset.lease_s,
            wished_kw=ruling.wished_kw,
            wished_by=ruling.wished_by,
        )
    return decisions


def _revert_kw(asset: Controlled, span: Span, *, stopped: bool, in_doubt: bool) -> float:
    """What an asset falls back to when control dies [kW]: its fail-safe, for nobody will be there to change it again.

    Where everything is known for certain, that is moved to what the connection can bear now (zero of a battery may overload it).
    What doubt has narrowed (the asset pinned to what it does, the meter lost) is no reason to go on with that forever.
    """
    return asset.fail_safe_kw if in_doubt and not stopped else span.nearest(asset.fail_safe_kw)


def _writes(site: ControlSite, memory: Memory, now_ms: int) -> bool:
    """In auto. While in the fail-safe of a start, leases that may still run are let run out before it is written."""
    longest_s = max((asset.lease_s for asset in site.controlled), default=0.0)
    waited = now_ms - memory.booted_ms >= longest_s * 1000.0
    return memory.mode is Mode.AUTO and (memory.phase is Phase.RUNNING or waited)


def _views(site: ControlSite, known: _Known, allowed: Mapping[str, float], now_ms: int) -> dict[str, DemandView]:
    """The demand for people. The clock's quarter-hours are those of UTC: zones are whole quarters off."""
    ends_ms = now_ms - now_ms % (WINDOW_S * 1000) + WINDOW_S * 1000
    left_s = (ends_ms - now_ms) / 1000.0
    views: dict[str, DemandView] = {}
    for limits in site.connections:
        window, drawn = known.windows[limits.name], known.balances[limits.name].connection
        now_kw = window.mean_kw if drawn is None else max(drawn.middle, 0.0)
        forecast = (window.since(WINDOW_S - left_s) + now_kw * left_s) / WINDOW_S
        limit, may = known.limits_kw[limits.name], allowed[limits.name]
        views[limits.name] = DemandView(window.mean_kw, limit, None if limit is None else may, forecast, ends_ms)
    return views


def _demand_faults(views: Mapping[str, DemandView]) -> list[Event]:
    return [
        Event("control.demand-over", name, Severity.ERROR, {"over_kw": round(view.window_kw - view.limit_kw, 1)})
        for name, view in views.items()
        if view.limit_kw is not None and view.window_kw > view.limit_kw
    ]


def _clock_back(memory: Memory, now_ms: int) -> tuple[Event, ...]:
    back_s = round((memory.now_ms - now_ms) / 1000.0, 3)
    return (Event("control.clock-back", "control", Severity.WARNING, {"back_s": back_s}),) if back_s > 0.0 else ()
