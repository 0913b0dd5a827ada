"""Laws of control: what must hold whatever devices say, whatever people want, whatever the clock does."""

from __future__ import annotations

import json
import math
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from lingtan.control import (
    Cycle,
    DraftPlan,
    Image,
    Memory,
    Mode,
    Phase,
    Priority,
    Proposal,
    Quality,
    Reading,
    Schedule,
    boot,
    cycle,
    memory_from_json,
    reboot,
    release,
    stop,
    verify,
    with_mode,
)
from lingtan.control.balance import balance_of
from lingtan.control.envelope import own_envelope, standing_of
from lingtan.control.guard import needed
from lingtan.control.judge import judge
from lingtan.control.memory import Command
from tests.rooms.control.control_samples import NOON, control_site, image_of

RAMP_KW = 50.0
"""A tenth of the battery's rating a second."""
SITE = control_site(demand_limit_kw={"grid": 700.0}, ramp_share_per_s=0.1)
FREE = control_site(ramp_share_per_s=0.1)
"""The same site without a demand limit."""
POINTS = (*SITE.channels, "ufo.power_kw")
ASSETS = ("battery", "pv")
ANY_NUMBER = st.one_of(st.floats(), st.floats(-2000.0, 2000.0), st.floats(-0.5, 1.5), st.none())
READINGS = st.builds(
    Reading, ANY_NUMBER, st.sampled_from(["kW", "1", "W", ""]), st.sampled_from(Quality), st.floats(-3600.0, 1e6)
)
LIKELY = st.builds(Reading, st.floats(-600.0, 600.0), st.just("kW"), st.just(Quality.GOOD), st.floats(0.0, 6.0))
NEAR_AN_END = st.floats(0.0, 0.003) | st.floats(0.997, 1.0)
SOCS = st.builds(Reading, st.floats(0.0, 1.0) | NEAR_AN_END, st.just("1"), st.just(Quality.GOOD), st.floats(0.0, 6.0))
KW = st.floats(-1000.0, 1000.0)


@st.composite
def readings(draw: st.DrawFn) -> dict[str, Reading]:
    """Mostly plausible, some mad, some missing."""
    chosen = draw(st.lists(st.sampled_from(POINTS), unique=True))
    plausible = {point: draw(SOCS if point.endswith((".soc", ".state")) else LIKELY) for point in chosen}
    mad = draw(st.dictionaries(st.sampled_from(POINTS), READINGS, max_size=4))
    return plausible | mad


PROPOSALS = st.lists(
    st.builds(
        Proposal,
        asset=st.sampled_from([*ASSETS, "ufo"]),
        low_kw=st.floats(),
        high_kw=st.floats(),
        wish_kw=st.none() | st.floats(),
        priority=st.sampled_from(Priority),
        expires_ms=st.integers(NOON - 5_000, NOON + 100_000),
        author=st.sampled_from(["ann", "bo"]),
        reason=st.text(max_size=5),
    ),
    max_size=6,
)


def a_schedule(battery_w: int) -> Schedule:
    """Two hours of one power of the battery, the factory taking it, verified."""
    flows = {
        "factory.load": max(battery_w, 0) + 300_000,
        "factory.shortfall": 0,
        "pv.generation": 0,
        "pv.curtailed": 0,
        "battery.charge": max(-battery_w, 0),
        "battery.discharge": max(battery_w, 0),
        "grid.import": 300_000 + max(-battery_w, 0),
        "grid.export": 0,
    }
    content, row = 500_000.0, []
    for _ in range(4):
        content += (max(-battery_w, 0) * 0.95 - max(battery_w, 0) / 0.95) / 4.0
        row.append(round(content))
    rows = {name: (value,) * 4 for name, value in flows.items()}
    verdict = verify(SITE, DraftPlan(900, NOON, NOON, rows, {"battery": tuple(row)}, {"battery": 500_000}), NOON)
    assert isinstance(verdict, Schedule)
    return verdict


class AnyDay(RuleBasedStateMachine):
    """Control under a stream of anything: true and false readings, orders, plans, clocks, restarts."""

    def __init__(self) -> None:
        super().__init__()
        self.memory: Memory = boot(SITE, NOON)
        self.now_ms = NOON
        self.values: dict[str, Reading] = {}
        self.proposals: list[Proposal] = []
        self.schedule: Schedule | None = None
        self.last: Cycle | None = None

    @rule(values=readings())
    def devices_say(self, values: dict[str, Reading]) -> None:
        self.values = {**self.values, **values}

    @rule()
    def all_is_well(self) -> None:
        """Good readings, so that the fail-safe is left at times."""
        known = {"battery.power_kw": 0.0, "battery.soc": 0.5, "pv.power_kw": 100.0, "pv.available_kw": 100.0}
        self.values = dict(image_of(0, known | {"factory.power_kw": -500.0, "grid.power_kw": 400.0}).readings)

    @rule(proposals=PROPOSALS)
    def people_want(self, proposals: list[Proposal]) -> None:
        self.proposals = proposals

    @rule(battery_w=st.sampled_from([-200_000, 0, 150_000]), forged=st.booleans())
    def a_plan_comes(self, battery_w: int, forged: bool) -> None:
        schedule = a_schedule(battery_w)
        self.schedule = replace(schedule, step_s=60) if forged else schedule

    @rule()
    def the_planner_is_silent(self) -> None:
        self.schedule = None

    @rule(mode=st.sampled_from(Mode))
    def mode_is_ordered(self, mode: Mode) -> None:
        self.memory = with_mode(self.memory, mode)

    @rule(asset=st.sampled_from(ASSETS), stopped=st.booleans())
    def an_asset_is_stopped(self, asset: str, stopped: bool) -> None:
        self.memory = stop(self.memory, asset, "ann") if stopped else release(self.memory, asset)

    @rule()
    def control_restarts(self) -> None:
        stored = json.loads(json.dumps(self.memory.as_json(), allow_nan=False))
        self.memory = reboot(memory_from_json(stored), self.now_ms)

    @rule(step_ms=st.sampled_from([1000, 1000, 1000, 950, 0, 60_000, 7_200_000, -5_000]), ticks=st.integers(1, 5))
    def time_passes(self, step_ms: int, ticks: int) -> None:
        for _ in range(ticks):
            self.now_ms += step_ms
            image = Image(self.now_ms, self.values)
            inputs = (SITE, self.memory, image, self.proposals, self.schedule, self.now_ms)
            told = self.memory.commands.get("battery")
            self.last = cycle(*inputs)
            assert repr(cycle(*inputs)) == repr(self.last), "the same inputs gave two outputs"
            self.memory = self.last.memory
            self.every_decision_is_safe()
            if told is not None and self.memory.mode is Mode.AUTO and self.memory.phase is Phase.RUNNING:
                self.no_wish_outruns_the_ramp(told.set_point_kw)

    @invariant()
    def memory_travels_as_json(self) -> None:
        assert memory_from_json(json.loads(json.dumps(self.memory.as_json(), allow_nan=False))) == self.memory

    def no_wish_outruns_the_ramp(self, told_kw: float) -> None:
        """Further than the ramp only where the envelope begins further away, and then no further than there."""
        assert self.last is not None
        battery = self.last.decisions["battery"]
        nearest = min(max(told_kw, battery.low_kw), battery.high_kw)
        allowed = max(RAMP_KW, abs(nearest - told_kw))
        assert abs(battery.set_point_kw - told_kw) <= allowed + 1e-6

    def every_decision_is_safe(self) -> None:
        assert self.last is not None
        if self.memory.mode is Mode.OFF:
            assert self.last.decisions == {}
            assert not self.last.writes
            return
        assert list(self.last.decisions) == ["battery", "pv"]
        for asset in SITE.controlled:
            decision = self.last.decisions[asset.name]
            assert asset.low_kw <= decision.low_kw <= decision.set_point_kw <= decision.high_kw <= asset.high_kw
            within = min(max(asset.fail_safe_kw, decision.low_kw), decision.high_kw)
            assert decision.revert_kw in (asset.fail_safe_kw, within)
            assert decision.lease_s > 0.0
            if asset.name in self.memory.stops:
                assert (decision.set_point_kw, decision.revert_kw) == (0.0, 0.0)
        soc = self.last.points.get("battery.soc")
        if soc is not None and soc.quality is Quality.GOOD and soc.value is not None:
            battery = self.last.decisions["battery"]
            lease_h = (battery.lease_s + 1.0) / 3600.0
            assert battery.high_kw / 0.95 * lease_h <= max(soc.value, 0.0) * 1000.0 + 1e-9
            assert -battery.low_kw * 0.95 * lease_h <= (1.0 - min(soc.value, 1.0)) * 1000.0 + 1e-9
        assert self.last.writes <= (self.memory.mode is Mode.AUTO)
        for event in self.last.events:
            assert event.text("en") != event.text("zh")


AnyDay.TestCase.settings = settings(max_examples=30, stateful_step_count=25, deadline=None)
TestAnyDay = AnyDay.TestCase


def warm(values: dict[str, float | None]) -> Memory:
    """Memory of a control in auto that has left its fail-safe on these values, and has told nobody anything."""
    memory = boot(FREE, NOON - 3_000, Mode.AUTO)
    for tick in (-3, -2, -1):
        at_ms = NOON + 1000 * tick
        memory = cycle(FREE, memory, image_of(at_ms, values), (), None, at_ms).memory
    assert memory.phase is Phase.RUNNING
    return replace(memory, commands={})


def values_of(
    need_kw: float, sun_kw: float, throttled: float, battery_kw: float, soc: float
) -> dict[str, float | None]:
    pv_kw = sun_kw * throttled
    return {
        "battery.power_kw": battery_kw,
        "battery.soc": soc,
        "pv.power_kw": pv_kw,
        "pv.available_kw": sun_kw,
        "factory.power_kw": -need_kw,
        "grid.power_kw": need_kw - pv_kw - battery_kw,
    }


DAYS = st.builds(
    values_of,
    st.floats(0.0, 1500.0),
    st.floats(0.0, 400.0),
    st.floats(0.0, 1.0),
    st.floats(-500.0, 500.0),
    st.floats(0.05, 0.95) | NEAR_AN_END,
).filter(lambda values: abs(values["grid.power_kw"] or 0.0) < 1499.0)
WISHES = st.lists(
    st.builds(
        lambda asset, one, two, priority: Proposal(
            asset, min(one, two), max(one, two), one, priority, NOON + 1, "ann", "x"
        ),
        st.sampled_from(ASSETS),
        KW,
        KW,
        st.sampled_from(Priority),
    ),
    max_size=4,
)


TOLD = st.none() | st.floats(-500.0, 500.0)


@given(values=DAYS, wishes=WISHES, told_kw=TOLD)
def test_the_connection_is_kept_whenever_battery_and_pv_can(
    values: dict[str, float | None], wishes: list[Proposal], told_kw: float | None
) -> None:
    """Rules out a guard that gives up, that one wish outvotes, that shares wrongly, or that a ramp holds back.

    What is possible is counted apart.
    """
    memory = warm(values)
    if told_kw is not None:
        memory = replace(memory, commands={"battery": Command(told_kw, 0.0, NOON - 1000, told_kw=(told_kw,))})
    need, sun, soc = (
        -(values["factory.power_kw"] or 0.0),
        values["pv.available_kw"] or 0.0,
        values["battery.soc"] or 0.0,
    )
    done = cycle(FREE, memory, image_of(NOON, values), wishes, None, NOON)
    battery, pv = done.decisions["battery"].set_point_kw, min(done.decisions["pv"].set_point_kw, sun)
    import_kw = need - battery - pv
    hours = 11.0 / 3600.0
    most = min(500.0, soc * 1000.0 * 0.95 / hours) + sun
    least = -min(500.0, (1.0 - soc) * 1000.0 / 0.95 / hours)
    margin = 950.0 * 0.005
    if need - most <= 950.0 - margin and need - least >= margin:
        assert margin - 1e-6 <= import_kw <= 950.0 - margin + 1e-6
        at_noon_sun = min(done.decisions["pv"].set_point_kw, 400.0)
        assert need - battery - at_noon_sun >= margin - 1e-6, "the sun comes out within the tick, and the park exports"
    elif need - most > 950.0 - margin:
        assert import_kw <= need - most + 1e-6, "not all was given though it was not enough"
    else:
        assert import_kw >= need - least - 1e-6, "not all was taken though it was not enough"


@given(values=DAYS, wishes=WISHES)
def test_an_expired_proposal_is_no_proposal(values: dict[str, float | None], wishes: list[Proposal]) -> None:
    memory, image = warm(values), image_of(NOON, values)
    late = [replace(wish, expires_ms=NOON) for wish in wishes]
    assert cycle(FREE, memory, image, late, None, NOON) == cycle(FREE, memory, image, (), None, NOON)


@given(values=DAYS, data=st.data())
def test_doubt_only_tightens(values: dict[str, float | None], data: st.DataObject) -> None:
    """The same values with worse qualities, or missing: no asset may do more, the connection gets no more."""
    memory = warm(values)
    good = image_of(NOON, values)
    worse = {
        point: data.draw(
            st.sampled_from(
                [
                    one,
                    replace(one, quality=Quality.UNCERTAIN),
                    replace(one, age_s=30.0),
                    replace(one, value=math.nan),
                    None,
                ]
            )
        )
        for point, one in good.readings.items()
    }
    doubted = Image(NOON, {point: one for point, one in worse.items() if one is not None})
    sure, unsure = (_allowed(memory, image) for image in (good, doubted))
    for name in ASSETS:
        assert sure[name][0] <= unsure[name][0] <= unsure[name][1] <= sure[name][1]
    # Of the connection: with assets in doubt it reckons with others, so only the meter is doubted here.
    meter = doubted.readings.get("grid.power_kw", replace(good.readings["grid.power_kw"], value=None))
    one = _needed(memory, good)
    two = _needed(memory, Image(NOON, {**good.readings, "grid.power_kw": meter}))
    assert one[0] - 1e-6 <= two[0] <= two[1] <= one[1] + 1e-6


def _allowed(memory: Memory, image: Image) -> dict[str, tuple[float, float]]:
    judgment = judge(FREE.channels, memory.channels, image)
    spans = {}
    for asset in FREE.controlled:
        standing = standing_of(asset, None, judgment, NOON)
        span = own_envelope(asset, standing, judgment, False, FREE.settings).span
        spans[asset.name] = (span.low, span.high)
    return spans


def _needed(memory: Memory, image: Image) -> tuple[float, float]:
    judgment = judge(FREE.channels, memory.channels, image)
    standings = {asset.name: standing_of(asset, None, judgment, NOON) for asset in FREE.controlled}
    need = needed(balance_of(FREE.connections[0], FREE, standings, judgment, memory.buses["grid"], {}, NOON), math.inf)
    assert need is not None
    return need


@settings(max_examples=8)
@given(
    steps=st.lists(st.tuples(st.floats(0.0, 1100.0), st.integers(100, 500)), min_size=3, max_size=6),
    second=st.integers(0, 899),
)
def test_no_quarter_of_an_hour_exceeds_the_demand_limit(steps: list[tuple[float, int]], second: int) -> None:
    """Any load that the battery can bring down to the limit, while somebody wants to charge with all it has.

    The mean of every 900 seconds is counted second by second, apart from control's own slips.
    """
    site = control_site(demand_limit_kw={"grid": 650.0}, ramp_share_per_s=0.1)
    now_ms = NOON + 1000 * second
    memory, battery, content, drawn = boot(site, now_ms, Mode.AUTO), 0.0, 500.0, [0.0]
    for need, ticks in steps:
        for _ in range(ticks):
            now_ms += 1000
            grid = need - battery
            drawn.append(drawn[-1] + max(grid, 0.0))
            values = {"battery.power_kw": battery, "battery.soc": content / 1000.0, "pv.power_kw": 0.0}
            values |= {"pv.available_kw": 0.0, "factory.power_kw": -need, "grid.power_kw": grid}
            if len(drawn) > 5 and content > 130.0:  # before that, nobody controls; below, the battery cannot
                worst = (drawn[-1] - drawn[max(len(drawn) - 901, 4)]) / 900.0
                assert worst <= 650.0
            greedy = Proposal("battery", -500.0, -500.0, -500.0, Priority.DISPATCH, now_ms + 1, "bo", "x")
            done = cycle(site, memory, image_of(now_ms, values), [greedy], None, now_ms)
            memory = done.memory
            battery = done.decisions["battery"].set_point_kw if done.writes else 0.0
            content -= (battery / 0.95 if battery > 0.0 else battery * 0.95) / 3600.0
