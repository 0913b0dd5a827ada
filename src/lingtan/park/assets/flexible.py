"""Flexible loads: electricity that may be taken at another time, or not at all, at a price that its members agreed to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.park.assets.costs import Share
from lingtan.park.assets.ports import ELECTRICITY, CarrierAt, Carriers, Running
from lingtan.park.assets.profiled import Profiled
from lingtan.tolerances import WRITTEN_RELATIVE
from lingtan.units import Quantity


class FlexibleLoad(Profiled):
    """A need of electricity that gives way: what it takes is decided, what it cannot get is shortfall as for any load."""

    USED: ClassVar[str] = "load_kw"
    """The flow of what it uses for its own sake."""
    TAKES: ClassVar[Mapping[str, Carriers]] = {"bus": ELECTRICITY}
    STEMS: ClassVar[Mapping[str, str]] = {"bus": "load"}
    OWN_FLOWS: ClassVar[tuple[str, ...]] = ()
    """What it publishes beside `load_kw` and `shortfall_kw`."""

    shortfall_price: Annotated[float, Quantity("CNY/kWh", gt=0)] = 50.0
    """Price of energy that it takes and cannot get [CNY/kWh]; high enough that cutting is never cheap, and never part of a bill."""

    def flows(self, carrier_at: CarrierAt) -> Iterator[str]:
        """What it takes, what of it is not served, and its own."""
        yield from super().flows(carrier_at)
        yield "shortfall_kw"
        yield from self.OWN_FLOWS


class ShiftableLoad(FlexibleLoad):
    """A part of the load may move within windows of some hours; each window takes the energy that its profile has there."""

    OWN_FLOWS: ClassVar[tuple[str, ...]] = ("raised_kw", "lowered_kw")

    family: Literal["shiftable_load"]
    """The asset family."""
    share: Share
    """Share of the profile that may move [1]."""
    window: Annotated[float, Quantity("h", gt=0, le=744)] = 24.0
    """Length of a window [h]; windows follow each other from midnight of a Monday on, so 24 h are days and 168 h are weeks."""
    limit: Annotated[float, Quantity("kW", gt=0)] | None = None
    """Most that it takes at once [kW]; none means as much as it likes."""
    cost: Annotated[float, Quantity("CNY/kWh", gt=0)] = 0.001
    """Cost of each kilowatt-hour moved [CNY/kWh]; above zero, or moving forth and back at once could cost nothing."""

    def running(self, _: CarrierAt) -> Iterator[Running]:
        """What moving costs."""
        yield Running("shifting", "raised_kw", self.cost)


class InterruptibleLoad(FlexibleLoad):
    """A load that may be cut for some hours, by agreement and at a price: a cut that is paid for is no shortfall."""

    OWN_FLOWS: ClassVar[tuple[str, ...]] = ("interrupted_kw",)

    family: Literal["interruptible_load"]
    """The asset family."""
    share: Share = 1.0
    """Share of the load that a cut may take [1]."""
    price: Annotated[float, Quantity("CNY/kWh", ge=0)]
    """What a kilowatt-hour cut is paid [CNY/kWh]."""
    hours_per_day: Annotated[float, Quantity("h", ge=0, le=24)]
    """Most hours of a day with a cut, however deep [h]."""
    cuts_per_day: Annotated[int, Field(ge=1, le=24)] | None = None
    """Most cuts that begin on a day [1]; none means any number."""
    yearly_hours: Annotated[float, Quantity("h", ge=0)] | None = None
    """Most hours of the studied year with a cut [h]; none means as many as the days allow."""

    def running(self, _: CarrierAt) -> Iterator[Running]:
        """What cuts are paid."""
        yield Running("interruption", "interrupted_kw", self.price)


class SheddingStep(Fact):
    """A part of a load with the price at which it goes."""

    share: Annotated[float, Quantity("1", gt=0, le=1)]
    """Share of the load at any moment [1]."""
    price: Annotated[float, Quantity("CNY/kWh", ge=0)]
    """What a kilowatt-hour of it is paid [CNY/kWh]."""


class SheddableLoad(FlexibleLoad):
    """A load that goes step by step where energy is dearer than what the step is worth: its demand curve."""

    family: Literal["sheddable_load"]
    """The asset family."""
    steps: Annotated[tuple[SheddingStep, ...], Field(min_length=1)]
    """Parts of the load with their prices."""

    @model_validator(mode="after")
    def _within_the_load(self) -> Self:
        total = sum(step.share for step in self.steps)
        if total > 1.0 + WRITTEN_RELATIVE:
            raise InputError([Finding("park.shares-above-one", ".steps", "≤ 1", say_number(total))])
        return self

    @property
    def step_flows(self) -> tuple[str, ...]:
        """What goes of each step: `shed_1_kw`."""
        return tuple(f"shed_{number}_kw" for number in range(1, len(self.steps) + 1))

    def flows(self, carrier_at: CarrierAt) -> Iterator[str]:
        """Those of any flexible load, and its steps."""
        yield from super().flows(carrier_at)
        yield from self.step_flows

    def running(self, _: CarrierAt) -> Iterator[Running]:
        """What the steps are paid."""
        for flow, step in zip(self.step_flows, self.steps, strict=True):
            yield Running("shedding", flow, step.price)
