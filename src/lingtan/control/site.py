"""The site: what control must know of a park, as plain numbers. Built once; the cycle reads it every tick."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from lingtan.control.channels import Channel, channels_of
from lingtan.control.settings import ControlSettings
from lingtan.findings import Finding, raise_errors
from lingtan.frozen import DeepFrozen
from lingtan.park import Battery, FirmLine, Load, Park, Pv, Wind
from lingtan.park.site import Connection


@dataclass(frozen=True, slots=True)
class Controlled:
    """An asset that can be told something: a battery its power, PV and wind the most they may give [kW, kWh, s].

    Its power lies within `low_kw` to `high_kw`. `fail_safe_kw` is what it is told, and reverts to, when nothing better is known.
    """

    name: str
    family: Literal["battery", "pv", "wind"]
    bus: str
    low_kw: float
    high_kw: float
    fail_safe_kw: float
    lease_s: float
    energy_kwh: float = 0.0
    charge_efficiency: float = 1.0
    discharge_efficiency: float = 1.0
    keep_per_hour: float = 1.0
    """Share of the stored energy that is left after an hour at rest."""
    ramp_kw_per_s: float = math.inf
    """Most by which a wish moves its set-point in a second; a plant's limit is not ramped, for the sun ramps it."""

    @property
    def stores(self) -> bool:
        """Whether it has a state of charge."""
        return self.family == "battery"


@dataclass(frozen=True, slots=True)
class Metered:
    """An asset that is only measured: a load (below zero) or a firm line."""

    name: str
    family: Literal["load", "firm_line"]
    bus: str
    high_kw: float = 0.0
    """Contracted power of a firm line [kW]."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a connection may carry [kW]; `margin_kw` is kept free of both limits by control."""

    name: str
    bus: str
    import_kw: float
    export_kw: float
    margin_kw: float
    demand_kw: float | None = None
    """Most that the mean import of any 15 minutes may reach; none: only what the schedule in force reckons with."""


@dataclass(frozen=True)
class ControlSite(DeepFrozen):
    """All that control knows of a park. Channels by point name; at most one connection a bus."""

    controlled: tuple[Controlled, ...]
    metered: tuple[Metered, ...]
    connections: tuple[Limits, ...]
    channels: Mapping[str, Channel]
    settings: ControlSettings = field(default_factory=ControlSettings)

    def asset(self, name: str) -> Controlled | None:
        """A controlled asset by name."""
        return next((asset for asset in self.controlled if asset.name == name), None)

    def with_channels(self, changes: Iterable[Channel]) -> ControlSite:
        """The site with some channels in place of its own: what the template of a device knows better."""
        return replace(self, channels={**self.channels, **{channel.point: channel for channel in changes}})


def site_of(park: Park, settings: ControlSettings | None = None) -> ControlSite:
    """The control site of a sized park (every size fixed).

    Raises `InputError`: `control.not-live`, `control.free-size`, `control.two-connections`, `control.unknown-name`.
    """
    chosen = ControlSettings() if settings is None else settings
    raise_errors([*not_live(park), *_free_sizes(park), *_crowded_buses(park), *_unknown_names(park, chosen)])
    connections = tuple(_limits(name, connection, chosen) for name, connection in park.connections.items())
    controlled = tuple(_controlled(park, connections, chosen))
    metered = tuple(
        Metered(name, asset.family, asset.bus, asset.power.min if isinstance(asset, FirmLine) else 0.0)
        for name, asset in park.assets.items()
        if isinstance(asset, Load | FirmLine)
    )
    capacity_kva = {name: connection.capacity.min for name, connection in park.connections.items()}
    channels = channels_of(
        {asset.name: (asset.family, asset.high_kw, asset.energy_kwh) for asset in controlled},
        {asset.name: (asset.family, asset.high_kw) for asset in metered},
        capacity_kva,
        chosen,
    )
    return ControlSite(controlled, metered, connections, channels, chosen)


def not_live(park: Park) -> Iterator[Finding]:
    """Families that are planned and studied, and that control does not know: nothing of a park is left out without a word."""
    for name, asset in park.assets.items():
        if not isinstance(asset, Load | Pv | Wind | FirmLine | Battery):
            yield Finding("control.not-live", f"assets.{name}", got=asset.family)


def _limits(name: str, connection: Connection, settings: ControlSettings) -> Limits:
    carried = connection.capacity.min * connection.power_factor
    drawn = carried if connection.import_limit is None else min(connection.import_limit, carried)
    fed = min(connection.export_limit, carried)
    margin = min(settings.connection_margin * max(drawn, fed), (drawn + fed) / 2.0)
    return Limits(name, connection.bus, drawn, fed, margin, settings.demand_limit_kw.get(name))


def _controlled(park: Park, connections: tuple[Limits, ...], settings: ControlSettings) -> Iterable[Controlled]:
    """A generator falls back to its share of what may be exported: safe whatever the loads do."""
    export_kw = {limits.bus: limits.export_kw - limits.margin_kw for limits in connections}
    installed: dict[str, float] = {}
    for _, plant in park.generators():
        installed[plant.bus] = installed.get(plant.bus, 0.0) + plant.power.min
    for name, asset in park.assets.items():
        given = settings.fail_safe_kw.get(name)
        match asset:
            case Battery():
                low, high = -asset.charge_share * asset.power.min, asset.discharge_share * asset.power.min
                yield Controlled(
                    name=name,
                    family=asset.family,
                    bus=asset.bus,
                    low_kw=low,
                    high_kw=high,
                    fail_safe_kw=_within(0.0 if given is None else given, low, high),
                    lease_s=settings.lease_s,
                    energy_kwh=asset.energy.min,
                    charge_efficiency=asset.charge_efficiency,
                    discharge_efficiency=asset.discharge_efficiency,
                    keep_per_hour=(1.0 - asset.standing_loss_per_day) ** (1.0 / 24.0),
                    ramp_kw_per_s=settings.ramp_share_per_s * asset.power.min,
                )
            case Pv() | Wind():
                size = asset.power.min
                share = size / installed[asset.bus] if installed[asset.bus] > 0.0 else 0.0
                safe = max(export_kw.get(asset.bus, 0.0), 0.0) * share
                wanted = _within(safe if given is None else given, 0.0, size)
                yield Controlled(name, asset.family, asset.bus, 0.0, size, wanted, settings.lease_s)
            case _:
                pass


def _within(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _free_sizes(park: Park) -> Iterable[Finding]:
    return (Finding("control.free-size", each.cell) for each in park.sizes() if each.size.free)


def _crowded_buses(park: Park) -> Iterable[Finding]:
    fed: dict[str, str] = {}
    for name, connection in park.connections.items():
        if (first := fed.setdefault(connection.bus, name)) != name:
            yield Finding("control.two-connections", f"connections.{name}", values={"first": first})


def _unknown_names(park: Park, settings: ControlSettings) -> Iterable[Finding]:
    for name in settings.demand_limit_kw:
        if name not in park.connections:
            yield Finding("control.unknown-name", f"demand_limit_kw.{name}")
    for name in settings.fail_safe_kw:
        if not isinstance(park.assets.get(name), Battery | Pv | Wind):
            yield Finding("control.unknown-name", f"fail_safe_kw.{name}")
