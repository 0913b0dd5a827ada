"""Checks of a park that need more than one part of it: names that must exist, trees, limits that must fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lingtan.findings import Finding, Severity, say_number
from lingtan.park.activities import HeatTrade
from lingtan.park.assets import (
    Battery,
    Demand,
    EvFleet,
    FlexibleLoad,
    Link,
    Load,
    Renovation,
    ThermostaticLoad,
)
from lingtan.park.check_buses import check_buses
from lingtan.park.check_comfort import check_comfort
from lingtan.park.check_commitment import check_commitment
from lingtan.park.check_levels import check_levels
from lingtan.park.park import NEEDS, Park
from lingtan.park.remark import Remark, missing
from lingtan.tolerances import WRITTEN_RELATIVE

FED = Load | FlexibleLoad | ThermostaticLoad | EvFleet | Demand
"""Those whose field `bus` names where they take from."""


def check(park: Park) -> Iterator[Remark]:
    """All findings on how the parts of a park fit together."""
    yield from check_buses(park)
    yield from check_levels(park)
    yield from check_comfort(park)
    yield from check_commitment(park)
    yield from _check_references(park)
    if park.site.temperature is not None and park.site.temperature not in park.series:
        yield missing(("site", "temperature"), park.site.temperature, park.series, "series")
    yield from _check_meter_tree(park)
    yield from _check_connections(park)
    yield from _check_balance(park)
    yield from _check_activities(park)
    yield from _check_devices(park)
    yield from _check_renovations(park)


def _check_references(park: Park) -> Iterator[Remark]:
    """Every name that points somewhere must point at something."""
    tables: dict[str, Iterable[str]] = {
        "member": park.members,
        "meter": park.meters,
        "series": park.series,
    }
    sections: dict[str, Mapping[str, object]] = {
        "assets": park.assets,
        "connections": park.connections,
        "meters": park.meters,
    }
    for section, things in sections.items():
        for name, thing in things.items():
            for field, table in tables.items():
                target = getattr(thing, field, None)
                if target is not None and target not in table:
                    yield missing((section, name, field), target, table, field)
    yield from _check_series(park)
    for name in park.connections:
        if name in park.assets:
            yield Remark(("connections", name), Finding("park.name-twice", f"connections.{name}", got=name))
    for number, name in enumerate(park.reference.without):
        path = ("reference", "without", number)
        if name not in park.assets:
            yield missing(path, name, park.assets, "asset")
        elif isinstance(park.assets[name], NEEDS):
            yield Remark(path, Finding("park.reference-drops-load", "reference.without", got=name))


def _check_series(park: Park) -> Iterator[Remark]:
    for name, asset in park.assets.items():
        for field in asset.SERIES:
            target = getattr(asset, field)
            if target is not None and target not in park.series:
                yield missing(("assets", name, field), target, park.series, "series")


def _check_meter_tree(park: Park) -> Iterator[Remark]:
    for name, meter in park.meters.items():
        if meter.parent is None:
            continue
        if meter.parent not in park.meters:
            others = park.meters.keys() - {name}
            yield missing(("meters", name, "parent"), meter.parent, others, "meter")
            continue
        above: list[str] = [name]
        at: str | None = meter.parent
        while at is not None and at in park.meters and at not in above:
            above.append(at)
            at = park.meters[at].parent
        if at == name:
            circle = " → ".join([*above, name])
            yield Remark(("meters", name, "parent"), Finding("park.meter-circle", f"meters.{name}.parent", got=circle))


def _check_connections(park: Park) -> Iterator[Remark]:
    for name, connection in park.connections.items():
        carries = connection.capacity.max * connection.power_factor
        for field in ("import_limit", "export_limit"):
            limit = getattr(connection, field)
            if limit is not None and limit > carries * (1 + WRITTEN_RELATIVE):
                expected, got = f"≤ {say_number(carries)} kW", f"{say_number(limit)} kW"
                who = f"connections.{name}.{field}"
                yield Remark(("connections", name, field), Finding("park.limit-above-capacity", who, expected, got))


def _check_balance(park: Park) -> Iterator[Remark]:
    """A park without a load has nothing to plan; at a bus without a source needs fall short and plants stand still."""
    if not any(isinstance(asset, NEEDS) for asset in park.assets.values()):
        yield Remark(("assets",), Finding("park.no-load", "assets"))
    fed = {connection.bus for connection in park.connections.values()}
    for asset in park.assets.values():
        fed |= {port.bus for port in asset.ports() if port.way == "gives" or isinstance(asset, Link)}
    for name, asset in park.assets.items():
        is_need = isinstance(asset, FED)
        severity = Severity.ERROR if is_need else Severity.WARNING  # a plant may stand idle, a need cannot
        for port in asset.ports():
            if (is_need or port.way == "takes") and port.bus in park.buses and port.bus not in fed:
                path = ("assets", name, port.field)
                yield Remark(path, Finding("park.bus-without-source", ".".join(path), got=port.bus, severity=severity))
    used = set(park.series_used())
    for name in park.series:
        if name not in used:
            finding = Finding("park.series-unused", f"series.{name}", severity=Severity.WARNING)
            yield Remark(("series", name), finding)
    for name, battery in park.of_family(Battery):
        if battery.energy.max == 0 < battery.power.min or battery.power.max == 0 < battery.energy.min:
            yield Remark(("assets", name), Finding("park.battery-half-empty", f"assets.{name}"))


def _check_activities(park: Park) -> Iterator[Remark]:
    """Members exist, heat between two of them is entered once, and nothing generated later covers the studied year."""
    for section, entries in (("activities", park.activities), ("green_purchases", park.green_purchases)):
        for number, entry in enumerate(entries):
            for side in ("member", "partner"):
                name = getattr(entry, side, None)
                if name is not None and name not in park.members:
                    who = f"{section}[{number + 1}].{side}"
                    yield missing((section, number, side), name, park.members, "member", who)
    yield from _check_transfers(park)
    for number, purchase in enumerate(park.green_purchases):
        if purchase.vintage > park.period.year:
            who, expected = f"green_purchases[{number + 1}].vintage", f"≤ {park.period.year}"
            finding = Finding("park.vintage-after-year", who, expected, str(purchase.vintage))
            yield Remark(("green_purchases", number, "vintage"), finding)


def _check_devices(park: Park) -> Iterator[Remark]:
    """A device stands for an asset or a connection, and no two answer at one place."""
    seen: dict[tuple[str, int, int], str] = {}
    for name, device in park.devices.items():
        if name not in park.assets and name not in park.connections:
            yield missing(("devices", name), name, [*park.assets, *park.connections], "asset", f"devices.{name}")
        first = seen.setdefault((device.host, device.port, device.unit), name)
        if first != name:
            got = f"{device.host}:{device.port}/{device.unit} (devices.{first})"
            yield Remark(("devices", name), Finding("park.device-twice", f"devices.{name}", got=got))


def _check_transfers(park: Park) -> Iterator[Remark]:
    """One entry of heat between two members stands in both accounts; its mirror image would count it twice."""
    seen: dict[tuple[str | None, str, str], tuple[str, int]] = {}
    for number, entry in enumerate(park.activities):
        if not isinstance(entry, HeatTrade) or entry.partner is None:
            continue
        seller, buyer = (entry.member, entry.partner) if entry.direction == "sold" else (entry.partner, entry.member)
        said, first = seen.setdefault((seller, str(buyer), entry.source), (entry.direction, number))
        if said != entry.direction:
            who, got = f"activities[{number + 1}]", f"activities[{first + 1}]: {seller} → {buyer}"
            yield Remark(("activities", number), Finding("park.transfer-twice", who, got=got))


def _check_renovations(park: Park) -> Iterator[Remark]:
    """Each renovates a load or a demand that exists, and together they save no more than all of it."""
    saved: dict[str, float] = {}
    renewable = {name for name, asset in park.assets.items() if isinstance(asset, Load | Demand)}
    for name, renovation in park.of_family(Renovation):
        if renovation.of not in renewable:
            yield missing(("assets", name, "of"), renovation.of, renewable, "load")
            continue
        saved[renovation.of] = saved.get(renovation.of, 0.0) + renovation.saving * renovation.extent.max
    for name, share in saved.items():
        if share > 1.0 + WRITTEN_RELATIVE:
            finding = Finding("park.saves-more-than-all", f"assets.{name}", "≤ 1", say_number(share))
            yield Remark(("assets", name), finding)
