"""From what is known to what is done: wishes first, then what the connection leaves of them, then the rulings."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from lingtan.control.arbiter import Envelope, Reach, Ruling, arbitrate
from lingtan.control.balance import Balance
from lingtan.control.envelope import Standing, own_envelope, soc_span, toward_safety
from lingtan.control.follow import follow
from lingtan.control.guard import Guarded, Part, guard
from lingtan.control.judge import Judgment
from lingtan.control.local_rules import self_use, take_all
from lingtan.control.memory import Memory, Mode
from lingtan.control.proposal import Priority, Proposal
from lingtan.control.schedule import Schedule
from lingtan.control.site import Controlled, ControlSite
from lingtan.control.span import Span
from lingtan.frozen import DeepFrozen

_PROBE = 0.05
"""Share of the rating by which a throttled plant that does not say what is available may have more than it gives."""


@dataclass(frozen=True)
class Scene(DeepFrozen):
    """All that a tick decides upon. `proposals` are those from outside that count, by asset in order of priority."""

    site: ControlSite
    memory: Memory
    judgment: Judgment
    standings: Mapping[str, Standing]
    proposals: Mapping[str, Sequence[Proposal]]
    schedule: Schedule | None
    now_ms: int

    @property
    def expires_ms(self) -> int:
        """When the proposals of our own rules expire: they are made anew every tick."""
        return self.now_ms + 1


@dataclass(frozen=True)
class Outcome(DeepFrozen):
    """The rulings by asset, and what a connection could not keep.

    `in_doubt`: some asset of the bus is uncertain, what all others take is not known to a value, or the demand window is guessed.
    """

    rulings: Mapping[str, Ruling] = field(default_factory=dict)
    import_over_kw: float = 0.0
    export_over_kw: float = 0.0
    in_doubt: bool = False


@dataclass(frozen=True)
class _Seat:
    """An asset with its own envelope, the proposals for it, and what it would do without a guard."""

    asset: Controlled
    standing: Standing
    own: Envelope
    proposals: Sequence[Proposal]
    reach: Reach | None
    """How far it may come in this tick [kW]; None: anywhere."""
    ruling: Ruling


def decide_bus(scene: Scene, balance: Balance | None, bus: str, allowed_import_kw: float) -> Outcome:
    """The rulings of all assets of a bus; without a connection there is nothing to guard."""
    seats = _seats(scene, balance, bus)
    uncertain = [seat for seat in seats.values() if not seat.standing.certain]
    if balance is None:
        return Outcome({name: seat.ruling for name, seat in seats.items()}, in_doubt=bool(uncertain))
    guarded = _guarded(scene, balance, seats, allowed_import_kw, held=False)
    if uncertain and max(guarded.import_over_kw, guarded.export_over_kw) > 0.0:
        guarded = _guarded(scene, balance, seats, allowed_import_kw, held=True)
    rulings = {
        name: arbitrate(seat.own, [*guarded.cuts.get(name, ()), *seat.proposals], seat.asset.fail_safe_kw, seat.reach)
        for name, seat in seats.items()
    }
    return Outcome(rulings, guarded.import_over_kw, guarded.export_over_kw, bool(uncertain) or not balance.settled)


def plant_gives(scene: Scene, asset: Controlled, limit_kw: float) -> float:
    """What a plant contributes under a limit [kW]: no more than there is."""
    return min(limit_kw, _available(scene, asset))


def holdable_import(scene: Scene, balance: Balance) -> float:
    """The import [kW] that the batteries of a bus can hold it at for the next 15 minutes, if all else stays as it is."""
    if balance.others is None:
        return math.inf
    import_kw = -balance.others.low
    for asset in scene.site.controlled:
        if (
            asset.bus != balance.limits.bus
            or not scene.standings[asset.name].certain
            or asset.name in scene.memory.stops
        ):
            continue
        if asset.stores:
            span = soc_span(asset, scene.judgment.of(f"{asset.name}.soc").span, 900.0)
            import_kw -= min(asset.high_kw, max(span.high, 0.0))
        else:
            import_kw -= _available(scene, asset)
    return max(import_kw, 0.0)


def _seats(scene: Scene, balance: Balance | None, bus: str) -> dict[str, _Seat]:
    """Plants first: what they give decides what batteries do with it."""
    blind = balance is not None and balance.others is None
    assets = sorted((one for one in scene.site.controlled if one.bus == bus), key=lambda one: one.stores)
    seats: dict[str, _Seat] = {}
    local: dict[str, list[Proposal]] = {}
    for asset in assets:
        if asset.stores and asset.name not in local and balance is not None:
            local = _battery_wishes(scene, balance, seats, assets)
        if not asset.stores:
            local[asset.name] = [take_all(asset, scene.expires_ms)]
        standing = scene.standings[asset.name]
        stopped = asset.name in scene.memory.stops
        own = own_envelope(asset, standing, scene.judgment, stopped, scene.site.settings)
        if blind:
            own = toward_safety(own, asset, standing.power, "blind")
        proposals = _in_order(scene, asset, own.span, local.get(asset.name, []))
        reach = _reach(scene, asset, standing)
        ruling = arbitrate(own, proposals, asset.fail_safe_kw, reach)
        seats[asset.name] = _Seat(asset, standing, own, proposals, reach, ruling)
    return seats


def _reach(scene: Scene, asset: Controlled, standing: Standing) -> Reach | None:
    """Where a ramp lets an asset come from what it was told last, or from what it does where it was told nothing.

    One that cannot be seen stays where it is held. A late tick is no leave to jump: a ramp is so much a tick. In shadow nothing
    moves, so there is nothing to ramp from.
    """
    if scene.memory.mode is not Mode.AUTO:
        return None
    if standing.held_kw is not None:
        return Reach(Span(standing.held_kw, standing.held_kw), "unseen")
    command = scene.memory.commands.get(asset.name)
    span = standing.power if command is None else Span(command.set_point_kw, command.set_point_kw)
    if span is None or math.isinf(asset.ramp_kw_per_s):
        return None
    return Reach(span.widen(asset.ramp_kw_per_s * scene.site.settings.tick_s), "ramp")


def _in_order(scene: Scene, asset: Controlled, room: Span, local: Sequence[Proposal]) -> list[Proposal]:
    """What was heard from outside, the plan and the local rules, by priority (the sort keeps the order of equals)."""
    voices = [*scene.proposals.get(asset.name, ()), *local]
    if asset.stores and scene.schedule is not None:
        settings, judgment = scene.site.settings, scene.judgment
        planned = follow(asset, room, scene.schedule, judgment, settings, scene.now_ms, scene.expires_ms)
        voices += [] if planned is None else [planned]
    return sorted(voices, key=lambda one: one.priority)


def _battery_wishes(
    scene: Scene, balance: Balance, seats: Mapping[str, _Seat], assets: Sequence[Controlled]
) -> dict[str, list[Proposal]]:
    given = {
        name: plant_gives(scene, seat.asset, seat.ruling.value_kw)
        for name, seat in seats.items()
        if seat.standing.certain
    }
    counted = {one.name: one for one in assets if one.stores and scene.standings[one.name].certain}
    wishes: dict[str, list[Proposal]] = {}
    for proposal in self_use(scene.site, balance, given, counted, scene.judgment, scene.expires_ms):
        wishes.setdefault(proposal.asset, []).append(proposal)
    return wishes


def _guarded(
    scene: Scene, balance: Balance, seats: Mapping[str, _Seat], allowed_import_kw: float, *, held: bool
) -> Guarded:
    """The guard's cuts; with `held`, what is uncertain is kept at what it does, for that is what the meter sees.

    An uncertain asset that can be seen may do what it is told now, or go on as it is: both are reckoned with. One that cannot
    be seen is held; the meter, or the span of its last power, has it in `others`, but for the step when its lease is over.
    """
    parts: list[Part] = []
    pins: dict[str, tuple[Proposal, ...]] = {}
    others = balance.others
    for name, seat in seats.items():
        power = seat.standing.power
        if seat.standing.certain:
            parts.append(_part(scene, seat))
            continue
        if power is None:
            continue
        told = seat.own.span.nearest(_as_it_is(scene, name, power)) if held else seat.ruling.value_kw
        if held:
            reason = "distrust" if seat.standing.held_kw is None else "unseen"
            pin = Proposal(name, told, told, None, Priority.CONNECTION, scene.expires_ms, "guard", reason)
            pins[name] = (pin,)
        if others is not None:
            gives, was = (_gives(scene, seat.asset, kw) for kw in (told, _as_it_is(scene, name, power)))
            seen = power if scene.judgment.of(f"{name}.power_kw").good else Span(was, was)
            others = others.plus(Span(min(gives - seen.low, 0.0), max(gives - seen.high, 0.0)))
    guarded = guard(replace(balance, others=others), parts, allowed_import_kw, scene.expires_ms)
    return Guarded({**guarded.cuts, **pins}, guarded.import_over_kw, guarded.export_over_kw)


def _gives(scene: Scene, asset: Controlled, told_kw: float) -> float:
    return told_kw if asset.stores else plant_gives(scene, asset, told_kw)


def _as_it_is(scene: Scene, name: str, power: Span) -> float:
    """What leaves an uncertain asset at what it does: what it was told, where it may be that it does that."""
    command = scene.memory.commands.get(name)
    return power.middle if command is None else power.nearest(command.set_point_kw)


def _part(scene: Scene, seat: _Seat) -> Part:
    asset, span = seat.asset, seat.own.span
    wish = seat.ruling.value_kw
    if asset.stores:
        easy = span if seat.reach is None else span.cut(*seat.reach.span)
        return Part(asset.name, False, wish, span, easy, asset.high_kw)
    wish = plant_gives(scene, asset, wish)
    room = Span(min(span.low, wish), max(plant_gives(scene, asset, span.high), wish))
    now = wish if seat.standing.power is None else room.nearest(seat.standing.power.middle)
    return Part(asset.name, True, wish, room, Span(min(now, wish), room.high), asset.high_kw)


def _available(scene: Scene, asset: Controlled) -> float:
    """What a plant could give now [kW]."""
    available = scene.judgment.of(f"{asset.name}.available_kw")
    if available.good and available.value is not None:
        return available.value
    power = scene.standings[asset.name].power
    if power is None:
        return 0.0
    command = scene.memory.commands.get(asset.name)
    near = scene.site.settings.read_back_share * asset.high_kw
    throttled = command is not None and power.high >= command.set_point_kw - near
    return min(power.high + _PROBE * asset.high_kw, asset.high_kw) if throttled else power.high
