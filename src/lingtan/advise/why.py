"""Why an asset does what it does in an hour, in sentences: what a unit earns, what it costs, and what holds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lingtan.advise.as_one import SEGMENT, as_one
from lingtan.advise.verdict import (
    LEAST_TOLD_CNY,
    NOTICED_SHARE,
    UNTOLD,
    counted,
    said,
    say_amount,
    say_average,
    say_price,
    say_verdict,
)
from lingtan.optimize.explain import Activity, Explainer, Explanation, Part, RulePriceAt, Standing
from lingtan.optimize.layout import Affine
from lingtan.optimize.what_if import Instead
from lingtan.park import COUNTED, Stream
from lingtan.park.names import Names, listed, within
from lingtan.park.park import NEEDS
from lingtan.tolerances import NOTICED_KW, noticed_in
from lingtan.wording import Text, Words
from lingtan.wording.explain import EXPLAIN_WORDS

LEFT = ("rejected_", "flared_")
"""What is got rid of, by the beginning of its flow's name."""

MOST_MOMENTS = 3
"""Steps that a report explains."""


@dataclass(frozen=True)
class Why:
    """An explanation with its sentences."""

    explanation: Explanation
    sentences: tuple[Words, ...]
    off: Instead | None = None


def why(explainer: Explainer, step: int, asset: str, off: Instead | None = None) -> Why:
    """Why an asset or a connection does what it does in a step; `off` is what standing still would cost, where that was planned."""
    told = _Teller(explainer, explainer.at(step, asset))
    sentences = [*told.sentences()]
    if off is not None:
        sentences.append(_off_text(off))
    return Why(told.explanation, tuple(sentences), off)


def bus_text(explainer: Explainer, step: int, bus: str) -> Words:
    """What a unit more at a bus would cost in a step, in words."""
    return _priced_text("why.bus", explainer, step, bus)


def _priced_text(key: str, explainer: Explainer, step: int, bus: str) -> Words:
    """A sentence on the price of a unit at a bus; others where it has none, and where it is nothing."""
    unit = COUNTED[explainer.case.park.buses[bus].carrier].amount
    price = explainer.bus_prices(step).get(bus)
    if price is None:
        return said("why.unpriced", unit=unit, bus=bus)
    key += ".nothing" if abs(price) < LEAST_TOLD_CNY else ""
    return said(key, unit=unit, bus=bus, price=say_price(price))


def rule_text(names: Names, price: RulePriceAt) -> Words:
    """The price of a row of a rule, in words."""
    name = names.component(price.rule)
    return said("why.rule", name=name, unit=price.unit, price=say_price(price.cny_per_unit))


def clock_text(explainer: Explainer, step: int, near: int | None = None) -> str:
    """A step on the park's clock: `2025-07-01 18:00`; only the hour where it is on the day of `near`."""
    local = explainer.case.grid.local
    text = str(local[step]).replace("T", " ")
    if near is not None and local[step].astype("M8[D]") == local[near].astype("M8[D]"):
        return text.split(" ")[1]
    return text


@dataclass(frozen=True)
class _Teller:
    """Tells one explanation."""

    explainer: Explainer
    explanation: Explanation

    @property
    def names(self) -> Names:
        return Names(self.explainer.case.park)

    def sentences(self) -> Iterator[Words]:
        """What it does, then for each activity that is worth telling what a unit earns and costs and what holds it."""
        if self.explainer.is_not_chosen(self.explanation.asset):
            yield said("why.not-chosen", at=self._at, asset=self._name)
            return
        asset, told = self.explainer.case.park.assets.get(self.explanation.asset), self._told()
        known = [*(self._stream(asset) if isinstance(asset, Stream) else self._known())]
        yield from known
        if told and not known and isinstance(asset, NEEDS):
            yield self._flows()
        elif told and not known:
            acting = [each for each in self.explanation.activities if each.of_kind("bus")]
            yield self._does([each for each in acting if each.amount > _noticed(each)])
            if self._stands_by:
                yield EXPLAIN_WORDS["why.standby"]
        whole = as_one(self.explanation.activities, self.explainer.draft.layout.step_hours)
        if whole is not None:
            yield from self._money(whole, on_average=True)
            return
        if self._stands_by and any(SEGMENT in each.name for each in self.explanation.activities):
            return  # a unit of its output alone takes nothing: the curve does
        for each in told:
            if not known or each.amount > _noticed(each):
                yield from self._money(each)
        if not told and not known:
            yield self._flows()

    def _stream(self, stream: Stream) -> Iterator[Words]:
        """What arises by itself: what its bus takes of it, and what is got rid of."""
        carriers = self.explainer.case.park.carrier_at()
        flows, rate = self.explanation.flows, COUNTED[carriers[stream.bus]].rate
        taken = flows[f"{self.explanation.asset}.{stream.flow_at('bus', carriers)}"]
        left = flows[f"{self.explanation.asset}.{stream.flow_left(carriers)}"]
        little, parts = noticed_in(rate), []
        if taken > little:
            parts.append(said("why.gives", amounts=self._at_bus(stream.bus, taken)))
        if left > little:
            parts.append(said("why.leaves", amounts=say_amount(left, rate)))
        yield said("why.does", at=self._at, asset=self._name, does=_joined(parts))
        if taken > little:
            yield self._value_at(stream.bus)

    def _flows(self) -> Words:
        """What is seen of an asset of which nothing is decided then, or of a need that gives way: its flows."""
        told = []
        for name, amount in self.explanation.flows.items():
            flow = name.rpartition(".")[2]
            unit = next(each.rate for each in COUNTED.values() if flow.endswith(f"_{each.rate_ending}"))
            if amount > noticed_in(unit):
                told.append(said("why.flow", flow=within(self.names.flow(flow)), amount=say_amount(amount, unit)))
        if not told:
            return said("why.does", at=self._at, asset=self._name, does=EXPLAIN_WORDS["why.rests"])
        return said("why.flows", at=self._at, asset=self._name, amounts=listed(told))

    @property
    def _name(self) -> Text:
        return self.names.in_sentence(self.explanation.asset)

    def _told(self) -> list[Activity]:
        """The activities that run, or else the one that comes nearest to paying."""
        flowing = [each for each in self.explanation.activities if each.is_flow]
        running = [each for each in flowing if each.amount > _noticed(each)]
        return running or sorted(flowing, key=lambda each: (each.standing is Standing.FIXED, each.reduced_cny))[:1]

    @property
    def _stands_by(self) -> bool:
        """Whether it is kept warm without running."""
        states = {each.name.rpartition(".")[2]: each.amount for each in self.explanation.activities}
        return states.get("awake", 0.0) - states.get("running", states.get("awake", 0.0)) > NOTICED_SHARE

    def _known(self) -> Iterator[Words]:
        """Needs and other flows that nothing decides."""
        park, flows = self.explainer.case.park, self.explainer.draft.layout.flows
        asset = park.assets.get(self.explanation.asset)
        if asset is None:
            return
        buses = [port.bus for port in asset.ports()]
        for name, amount in self.explanation.flows.items():
            if self._is_given(flows[name]) and amount > 0 and len(buses) == 1:
                counted = COUNTED[park.buses[buses[0]].carrier]
                needed = say_amount(amount, counted.rate)
                yield said("why.needs", at=self._at, flow=self.names.flow(name), amount=needed)
                yield self._value_at(buses[0])

    def _is_given(self, flow: Affine) -> bool:
        """Whether nothing decides a flow in a step: a size may, as what a renovation leaves of a need."""
        sizes = [size.column for size in self.explainer.draft.layout.sizes.values() if size.column is not None]
        return all(np.isin(columns, sizes).all() for columns, _ in flow.parts)

    def _value_at(self, bus: str) -> Words:
        return _priced_text("why.value", self.explainer, self.explanation.step, bus)

    @property
    def _at(self) -> str:
        return clock_text(self.explainer, self.explanation.step)

    def _does(self, running: Sequence[Activity]) -> Words:
        """What an asset gives and takes at its buses."""
        flows: dict[str, float] = {}
        for each in running:
            for part in each.of_kind("bus"):
                flows[part.name] = flows.get(part.name, 0.0) + part.per_unit * each.amount
        given = [self._at_bus(bus, amount) for bus, amount in flows.items() if amount > 0]
        taken = [self._at_bus(bus, -amount) for bus, amount in flows.items() if amount < 0]
        stored = any(each.of_kind("stored") for each in running)
        cut = bool(running) and all(each.is_cut for each in running)
        parts = []
        if given:
            key = "why.cut" if cut else "why.empties" if stored else "why.gives"
            parts.append(said(key, amounts=listed(given)))
        if taken:
            parts.append(said("why.stores" if stored else "why.takes", amounts=listed(taken)))
        spilled = sum(each.amount for each in self.explanation.activities if each.name.endswith(".spilled"))
        if spilled > NOTICED_KW:
            parts.append(said("why.leaves", amounts=say_amount(spilled, "kW")))
        return said("why.does", at=self._at, asset=self._name, does=_joined(parts))

    def _at_bus(self, bus: str, amount: float) -> Words:
        rate = COUNTED[self.explainer.case.park.buses[bus].carrier].rate
        return said("why.at", amount=say_amount(amount, rate), bus=bus)

    def _money(self, activity: Activity, *, on_average: bool = False) -> Iterator[Words]:
        """What a unit earns and costs, and what holds it there, per unit of the first bus that it gives to, else takes from."""
        flows, fixed = activity.of_kind("bus"), activity.standing is Standing.FIXED
        needed = [part for part in flows if part.per_unit < 0.0] if fixed else flows
        unpriced = [part.name for part in needed if part.name not in self.explanation.bus_cny]
        if unpriced:
            yield self._value_at(unpriced[0])
            return
        main = next((part for part in flows if part.per_unit > 0), flows[0])
        scale = 1.0 / abs(main.per_unit)
        unit = COUNTED[self.explainer.case.park.buses[main.name].carrier].amount
        parts = [Part(part.kind, part.name, *(scale * value for value in part[2:])) for part in activity.parts]
        activity = replace(activity, parts=tuple(parts), reduced_cny=scale * activity.reduced_cny)
        verdict = say_verdict(activity, unit)
        if verdict == EXPLAIN_WORDS["why.fixed"]:
            yield verdict
            return
        moving = [part for part in parts if part.kind not in UNTOLD]
        earning = counted([part for part in moving if part.cny_per_unit > 0])
        costing = counted([part for part in moving if part.cny_per_unit < 0])
        way = EXPLAIN_WORDS[f"why.way.{_way(activity, main)}"]
        value = listed([self._part("worth", part) for part in earning])
        brings = said("why.brings" if earning else "why.brings.nothing", unit=unit, way=way, value=value)
        if costing:
            cost = say_price(-sum(part.cny_per_unit for part in moving if part.cny_per_unit < 0))
            yield said(
                "why.costs", brings=brings, cost=cost, parts=listed([self._part("cost", part) for part in costing])
            )
        else:
            yield said("why.costless", brings=brings)
        if on_average:
            verdict = say_average(moving, unit)
        if verdict is not None:
            yield verdict

    def _part(self, way: str, part: Part) -> Words:
        price = say_price(abs(part.cny_per_unit))
        if part.kind == "bus":
            carrier = COUNTED[self.explainer.case.park.buses[part.name].carrier]
            amount = say_amount(abs(part.per_unit), carrier.amount, digits=3)
            if (part.per_unit > 0.0) == (way == "cost"):  # its price is below zero
                return said(
                    f"why.{way}.bus-{'given' if way == 'cost' else 'taken'}", price=price, bus=part.name, amount=amount
                )
            whole = "bus" if way == "cost" or abs(part.per_unit - 1.0) <= NOTICED_SHARE else "bus-of"
            return said(f"why.{way}.{whole}", price=price, bus=part.name, amount=amount)
        if part.kind == "stored" and (part.per_unit > 0.0) == (way == "cost"):  # what is stored has a price below zero
            return said(f"why.{way}.stored-{'kept' if way == 'cost' else 'spared'}", price=price)
        if part.kind == "stored" and self.explanation.turn is not None:
            turn = clock_text(self.explainer, self.explanation.turn, self.explanation.step)
            when = "until" if self.explanation.turn > self.explanation.step else "next-round"
            return said(f"why.{way}.stored-{when}", price=price, turn=turn)
        return said(f"why.{way}.{part.kind}", price=price, name=within(self.names.component(part.name)))


def _joined(parts: Sequence[Words]) -> Words:
    """What is done, one after the other; nothing is standing still."""
    does = parts[0] if parts else EXPLAIN_WORDS["why.rests"]
    for more in parts[1:]:
        does = said("why.and", one=does, other=more)
    return does


def _way(activity: Activity, main: Part) -> str:
    if activity.name.rpartition(".")[2].startswith(LEFT):
        return "left"
    return "taken" if main.per_unit < 0 else "cut" if activity.is_cut else "given"


def moments(explainer: Explainer) -> dict[str, int]:
    """The steps that teach most about a plan, by what they are.

    The dearest and the cheapest hour of electricity (of several the one of the largest load), then the hour of the largest
    shortfall, of most curtailment and of the highest import, where there is any; each step once, `MOST_MOMENTS` in all.
    """
    park, table = explainer.case.park, explainer.plan.table
    electric = [bus for bus, at in park.buses.items() if at.carrier == "electricity"]
    value = np.mean([explainer.plan.marginal_price[bus] for bus in electric], axis=0)
    near = NOTICED_SHARE * max(float(np.abs(value).max()), NOTICED_SHARE)
    candidates = {
        "dearest": int(np.argmax(np.where(value >= value.max() - near, table["load_kw"], -1.0))),
        "cheapest": int(np.argmax(np.where(value <= value.min() + near, table["load_kw"], -1.0))),
    }
    totals = {"short": "shortfall_kw", "curtailed": "curtailed_kw", "peak": "import_kw"}
    candidates |= {name: int(np.argmax(table[flow])) for name, flow in totals.items() if table[flow].max() > NOTICED_KW}
    found: dict[str, int] = {}
    for name, step in candidates.items():
        if step not in found.values() and len(found) < MOST_MOMENTS:
            found[name] = step
    return found


def _off_text(off: Instead) -> Words:
    if off.cost_cny is None:
        return EXPLAIN_WORDS["why.off.never"]
    noise = max(off.noise_cny, LEAST_TOLD_CNY)
    if off.cost_cny <= noise:
        return said("why.off.same", noise=say_price(noise))
    return said("why.off", cost=say_price(off.cost_cny))


def _noticed(activity: Activity) -> float:
    return noticed_in(activity.rate_unit)
