"""Why an asset does what it does in an hour, in sentences: what a unit earns, what it costs, and what holds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from lingtan.advise.as_one import SEGMENT, as_one
from lingtan.optimize.explain import Activity, Explainer, Explanation, Part, RulePriceAt, Standing
from lingtan.optimize.layout import Affine
from lingtan.optimize.what_if import Instead
from lingtan.park import COUNTED, Stream
from lingtan.park.names import Names, listed, within
from lingtan.park.park import NEEDS
from lingtan.tolerances import NOTICED_KW, noticed_in
from lingtan.wording import LANGUAGES, Text, Words
from lingtan.wording.explain import EXPLAIN_WORDS, LIMIT_WORDS

NOTICED_SHARE = 1e-3
"""A part of a price below this share of the largest is what a preference or a solver leaves, and is not told."""

LEAST_AMOUNT = 1e-6
"""An amount below this is shown as nothing [its unit]."""

LEAST_TOLD_CNY = 5e-5
"""A price below this is shown as 0.0000, and is what a solver leaves: it is not told."""

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
        return _said("why.unpriced", unit=unit, bus=bus)
    key += ".nothing" if abs(price) < LEAST_TOLD_CNY else ""
    return _said(key, unit=unit, bus=bus, price=say_price(price))


def rule_text(names: Names, price: RulePriceAt) -> Words:
    """The price of a row of a rule, in words."""
    name = names.component(price.rule)
    return _said("why.rule", name=name, unit=price.unit, price=say_price(price.cny_per_unit))


def clock_text(explainer: Explainer, step: int, near: int | None = None) -> str:
    """A step on the park's clock: `2025-07-01 18:00`; only the hour where it is on the day of `near`."""
    local = explainer.case.grid.local
    text = str(local[step]).replace("T", " ")
    if near is not None and local[step].astype("M8[D]") == local[near].astype("M8[D]"):
        return text.split(" ")[1]
    return text


def say_price(cny: float) -> Words:
    """A price to three digits, or to the cent where it is a yuan or more.

    >>> say_price(0.888).en, say_price(52.5).zh, say_price(-0.0005).en
    ('0.888 CNY', '52.50 元', '−0.0005 CNY')
    """
    decimals = 2 if abs(cny) >= 1.0 else 3 if abs(cny) >= 0.1 else 4
    text = f"{abs(cny):,.{decimals}f}"
    text = text if float(text.replace(",", "")) == 0.0 or cny >= 0 else f"−{text}"
    return Words(f"{text} CNY", f"{text} 元")


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
            parts.append(_said("why.gives", amounts=self._at_bus(stream.bus, taken)))
        if left > little:
            parts.append(_said("why.leaves", amounts=_amount(left, rate)))
        yield _said("why.does", at=self._at, asset=self._name, does=_joined(parts))
        if taken > little:
            yield self._value_at(stream.bus)

    def _flows(self) -> Words:
        """What is seen of an asset of which nothing is decided then, or of a need that gives way: its flows."""
        told = []
        for name, amount in self.explanation.flows.items():
            flow = name.rpartition(".")[2]
            unit = next(each.rate for each in COUNTED.values() if flow.endswith(f"_{each.rate_ending}"))
            if amount > noticed_in(unit):
                told.append(_said("why.flow", flow=within(self.names.flow(flow)), amount=_amount(amount, unit)))
        if not told:
            return _said("why.does", at=self._at, asset=self._name, does=EXPLAIN_WORDS["why.rests"])
        return _said("why.flows", at=self._at, asset=self._name, amounts=listed(told))

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
                needed = _amount(amount, counted.rate)
                yield _said("why.needs", at=self._at, flow=self.names.flow(name), amount=needed)
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
            parts.append(_said(key, amounts=listed(given)))
        if taken:
            parts.append(_said("why.stores" if stored else "why.takes", amounts=listed(taken)))
        spilled = sum(each.amount for each in self.explanation.activities if each.name.endswith(".spilled"))
        if spilled > NOTICED_KW:
            parts.append(_said("why.leaves", amounts=_amount(spilled, "kW")))
        return _said("why.does", at=self._at, asset=self._name, does=_joined(parts))

    def _at_bus(self, bus: str, amount: float) -> Words:
        rate = COUNTED[self.explainer.case.park.buses[bus].carrier].rate
        return _said("why.at", amount=_amount(amount, rate), bus=bus)

    def _money(self, activity: Activity, *, on_average: bool = False) -> Iterator[Words]:
        """What a unit earns and costs, and what holds it there, per unit of the first bus that it gives to, else takes from."""
        flows = activity.of_kind("bus")
        if activity.standing is Standing.FIXED:
            yield EXPLAIN_WORDS["why.fixed"]
            return
        unpriced = [part.name for part in flows if part.name not in self.explanation.bus_cny]
        if unpriced:
            yield self._value_at(unpriced[0])
            return
        main = next((part for part in flows if part.per_unit > 0), flows[0])
        scale = 1.0 / abs(main.per_unit)
        unit = COUNTED[self.explainer.case.park.buses[main.name].carrier].amount
        parts = [
            Part(part.kind, part.name, part.cny_per_unit * scale, part.per_unit * scale) for part in activity.parts
        ]
        limits = [part for part in parts if part.kind == "limit"]
        moving = [part for part in parts if part.kind not in {"limit", "preference"}]
        earning = _counted([part for part in moving if part.cny_per_unit > 0])
        costing = _counted([part for part in moving if part.cny_per_unit < 0])
        way = EXPLAIN_WORDS[f"why.way.{_way(activity, main)}"]
        value = listed([self._part("worth", part) for part in earning])
        brings = _said("why.brings" if earning else "why.brings.nothing", unit=unit, way=way, value=value)
        if costing:
            cost = say_price(-sum(part.cny_per_unit for part in moving if part.cny_per_unit < 0))
            yield _said(
                "why.costs", brings=brings, cost=cost, parts=listed([self._part("cost", part) for part in costing])
            )
        else:
            yield _said("why.costless", brings=brings)
        if on_average:
            yield _average(sum(part.cny_per_unit for part in moving), _counted(moving), unit)
        else:
            yield self._verdict(activity, _counted(limits, moving), scale, unit)

    def _part(self, way: str, part: Part) -> Words:
        price = say_price(abs(part.cny_per_unit))
        if part.kind == "bus":
            carrier = COUNTED[self.explainer.case.park.buses[part.name].carrier]
            amount = _amount(abs(part.per_unit), carrier.amount, digits=3)
            if (part.per_unit > 0.0) == (way == "cost"):  # its price is below zero
                return _said(
                    f"why.{way}.bus-{'given' if way == 'cost' else 'taken'}", price=price, bus=part.name, amount=amount
                )
            whole = "bus" if way == "cost" or abs(part.per_unit - 1.0) <= NOTICED_SHARE else "bus-of"
            return _said(f"why.{way}.{whole}", price=price, bus=part.name, amount=amount)
        if part.kind == "stored" and (part.per_unit > 0.0) == (way == "cost"):  # what is stored has a price below zero
            return _said(f"why.{way}.stored-{'kept' if way == 'cost' else 'spared'}", price=price)
        if part.kind == "stored" and self.explanation.turn is not None:
            turn = clock_text(self.explainer, self.explanation.turn, self.explanation.step)
            when = "until" if self.explanation.turn > self.explanation.step else "next-round"
            return _said(f"why.{way}.stored-{when}", price=price, turn=turn)
        return _said(f"why.{way}.{part.kind}", price=price, name=within(self.names.component(part.name)))

    def _verdict(self, activity: Activity, limits: Sequence[Part], scale: float, unit: str) -> Words:
        """What holds an activity where it is."""
        rent = sum(part.cny_per_unit for part in limits)
        margin = activity.worth_cny * scale - rent
        largest = max((abs(part.cny_per_unit) * scale for part in activity.parts if part.kind != "limit"), default=0.0)
        noticed = max(NOTICED_SHARE * largest, LEAST_TOLD_CNY)
        held_by = listed([limit_name(part.name) for part in limits])
        match activity.standing:
            case Standing.HELD:
                return EXPLAIN_WORDS["why.held"]
            case Standing.MOST if margin > noticed:
                bound = _amount(activity.most, activity.rate_unit)
                return _said("why.most", unit=unit, price=say_price(margin), bound=bound)
            case Standing.LEAST if margin < -noticed:
                return _said("why.least", unit=unit, price=say_price(-margin))
            case Standing.LEAST if rent < -noticed and margin > noticed:
                return _said("why.withheld", price=say_price(margin), names=held_by)
            case Standing.BETWEEN if rent < -noticed:
                return _said("why.rent", price=say_price(-rent), names=held_by)
            case Standing.BETWEEN if rent > noticed:
                return _said("why.pushed", price=say_price(rent), names=held_by)
            case Standing.BETWEEN:
                return EXPLAIN_WORDS["why.even"]
        return _said("why.indifferent", unit=unit)


def _average(margin_cny: float, counted: Sequence[Part], unit: str) -> Words:
    """What is left of a unit on average, beside what it turns over."""
    largest = max((abs(part.cny_per_unit) for part in counted), default=0.0)
    if abs(margin_cny) <= max(NOTICED_SHARE * largest, LEAST_TOLD_CNY):
        return EXPLAIN_WORDS["why.average.even"]
    key = "why.average.earns" if margin_cny > 0 else "why.average.loses"
    return _said(key, unit=unit, price=say_price(abs(margin_cny)))


def _counted(parts: Sequence[Part], beside: Sequence[Part] = ()) -> list[Part]:
    """The parts that are told: not what a solver leaves, beside the largest of them."""
    largest = max((abs(part.cny_per_unit) for part in (*parts, *beside)), default=0.0)
    least = max(NOTICED_SHARE * largest, LEAST_TOLD_CNY)
    return [part for part in parts if abs(part.cny_per_unit) > least]


def _joined(parts: Sequence[Words]) -> Words:
    """What is done, one after the other; nothing is standing still."""
    does = parts[0] if parts else EXPLAIN_WORDS["why.rests"]
    for more in parts[1:]:
        does = _said("why.and", one=does, other=more)
    return does


def _way(activity: Activity, main: Part) -> str:
    if activity.name.rpartition(".")[2].startswith(LEFT):
        return "left"
    return "taken" if main.per_unit < 0 else "cut" if activity.is_cut else "given"


def limit_name(rows: str) -> Text:
    """What a limit is called, by the name of its rows; one that nobody gave words for is shown as it stands.

    >>> limit_name("pv.generation_kw.offered").en, limit_name("chp.bound_1").en, limit_name("x.odd")
    ('what is available', 'its size', 'x.odd')
    """
    ending = rows.rpartition(".")[2]
    if rows.startswith("island."):
        return LIMIT_WORDS["island"]
    return LIMIT_WORDS.get(ending) or LIMIT_WORDS.get(ending.rstrip("0123456789").rstrip("_")) or rows


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
        return _said("why.off.same", noise=say_price(noise))
    return _said("why.off", cost=say_price(off.cost_cny))


def _noticed(activity: Activity) -> float:
    return noticed_in(activity.rate_unit)


def _amount(value: float, unit: str, digits: int = 1) -> str:
    """A quantity with its unit; one that these digits would show as nothing, with two of its own.

    >>> _amount(5000.0, "kW"), _amount(0.3029, "kWh", 3), _amount(0.00031, "t", 3), _amount(1e-9, "kW")
    ('5,000 kW', '0.303 kWh', '0.00031 t', '0 kW')
    """
    if LEAST_AMOUNT < abs(value) < 0.5 * 10.0**-digits:
        digits = 1 - int(np.floor(np.log10(abs(value))))
    text = f"{value:,.{digits}f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text} {unit}"


def _said(key: str, /, **values: Text | float) -> Words:
    words = EXPLAIN_WORDS[key]
    return Words(*(words.in_language(lang, **values) for lang in LANGUAGES))
