"""Checks of what stands at which bus: buses that exist, carriers that suit, units of the carrier."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lingtan.findings import Finding, Severity, say_number
from lingtan.park.assets import Link, Pipe, Ported, Sale, Stream, Supply, Vent
from lingtan.park.carried import Amount, Price, Rate
from lingtan.park.carriers import BURNT, CARRIERS, COUNTED, GASES, Carrier
from lingtan.park.park import Park
from lingtan.park.remark import Remark, missing
from lingtan.tolerances import WRITTEN_RELATIVE


def check_buses(park: Park) -> Iterator[Remark]:
    """Findings on the buses of connections and assets."""
    for name, connection in park.connections.items():
        path = ("connections", name, "bus")
        if connection.bus not in park.buses:
            yield missing(path, connection.bus, park.buses, "bus")
        elif park.buses[connection.bus].carrier != "electricity":
            yield _wrong_carrier(path, "electricity", park.buses[connection.bus].carrier)
    for name, asset in park.assets.items():
        yield from _check_ports(park, name, asset)
        if isinstance(asset, Link):
            yield from _check_ends(park, name, asset)
    yield from _check_fuels(park)
    yield from _check_rid(park)
    yield from _check_endless(park)


def _check_rid(park: Park) -> Iterator[Remark]:
    """Nobody is paid for getting rid of something: whoever pays for it buys it, and a purchase has a price and may have a limit."""
    for name, asset in park.assets.items():
        if not isinstance(asset, Vent | Stream) or asset.bus not in park.buses:
            continue
        carrier = park.buses[asset.bus].carrier
        if asset.cost.suits(carrier) and asset.cost.at(carrier) < 0.0:
            path, unit = ("assets", name, "cost"), f"CNY/{COUNTED[carrier].amount}"
            got = f"{say_number(asset.cost.at(carrier))} {unit}"
            yield Remark(path, Finding("park.paid-to-dump", ".".join(path), f"≥ 0 {unit}", got))


def _check_endless(park: Park) -> Iterator[Remark]:
    """What is bought without limit and let go without limit for more earns without end, and no plan is the cheapest."""
    cheapest = _cheapest(park)
    sold = {name: each for name, each in park.of_family(Sale) if each.limit is None and each.yearly_limit is None}
    vented = {name: each for name, each in park.of_family(Vent) if each.limit is None}
    for bus, (least, seller) in cheapest.items():
        carrier = park.buses[bus].carrier
        sales = [(name, "price", each.price) for name, each in sold.items() if each.bus == bus]
        vents = [(name, "cost", each.cost) for name, each in vented.items() if each.bus == bus]
        earned = [(n, f, price.at(carrier), 1.0) for n, f, price in sales if price.suits(carrier)]
        earned += [(n, f, max(cost.at(carrier), 0.0), -1.0) for n, f, cost in vents if cost.suits(carrier)]
        for name, field, written, sign in earned:
            if sign * written > least + WRITTEN_RELATIVE * abs(least):
                unit, bound = f"CNY/{COUNTED[carrier].amount}", "≤" if sign > 0 else "≥"
                expected = f"{bound} {say_number(sign * least)} {unit} ({seller})"
                path = ("assets", name, field)
                finding = Finding("park.profit-without-end", ".".join(path), expected, f"{say_number(written)} {unit}")
                yield Remark(path, finding)


def _cheapest(park: Park) -> dict[str, tuple[float, str]]:
    """The least price that as much as anybody likes is to be had for at a bus, bought there or brought by pipes without limit, and
    by whom; only buses where there is such a one."""
    found: dict[str, tuple[float, str]] = {}
    for name, each in park.of_family(Supply):
        carrier = park.buses[each.bus].carrier if each.bus in park.buses else None
        if carrier is not None and each.limit is None and each.yearly_limit is None and each.price.suits(carrier):
            asked = each.price.at(carrier), f"assets.{name}.price"
            found[each.bus] = min(asked, found.get(each.bus, asked))
    pipes = [(name, each) for name, each in park.of_family(Pipe) if each.limit is None]
    ways = [(name, each, each.source_bus, each.bus) for name, each in pipes]
    ways += [(name, each, each.bus, each.source_bus) for name, each in pipes if each.two_way]
    for _ in park.buses:  # no way without circles is longer
        for name, pipe, source, sink in ways:
            carrier = park.buses[sink].carrier if sink in park.buses else None
            if source in found and carrier is not None and pipe.transport_price.suits(carrier):
                price, seller = found[source]
                brought = price / pipe.arriving + pipe.transport_price.at(carrier)
                if sink not in found or brought < found[sink][0]:
                    found[sink] = brought, f"{seller}, assets.{name}"
    return found


def _check_fuels(park: Park) -> Iterator[Remark]:
    """A bought gas that is burnt and not said to be any fuel counts no tonne; a warning, for it may be of biogas."""
    used = {
        port.bus
        for asset in park.assets.values()
        if not isinstance(asset, Link | Sale | Vent)
        for port in asset.ports()
        if port.way == "takes"
    }
    links = [(link.source_bus, link.bus) for link in park.assets.values() if isinstance(link, Link)]
    for name, supply in park.of_family(Supply):
        carrier = park.buses[supply.bus].carrier if supply.bus in park.buses else None
        if carrier in GASES and supply.fuel is None and _reached(supply.bus, links) & used:
            finding = Finding("park.fuel-not-named", f"assets.{name}.fuel", got=carrier, severity=Severity.WARNING)
            yield Remark(("assets", name), finding)


def _reached(bus: str, links: Sequence[tuple[str, str]]) -> set[str]:
    """The buses that what is fed into a bus can come to by way of links."""
    reached, before = {bus}, 0
    while len(reached) > before:
        before = len(reached)
        reached |= {sink for source, sink in links if source in reached}
    return reached


def _wrong_carrier(path: tuple[str, ...], expected: str, got: str) -> Remark:
    return Remark(path, Finding("park.wrong-carrier", ".".join(path), expected, got))


def _check_ports(park: Park, name: str, asset: Ported) -> Iterator[Remark]:
    """Every bus of an asset exists and carries what the asset takes or gives there; its quantities are of that carrier."""
    for port in asset.ports():
        path = ("assets", name, port.field)
        if port.bus not in park.buses:
            yield missing(path, port.bus, park.buses, "bus")
            continue
        carrier = park.buses[port.bus].carrier
        if carrier not in port.carriers:
            yield _wrong_carrier(path, ", ".join(each for each in CARRIERS if each in port.carriers), carrier)
        elif port.field == "bus":
            yield from _check_units(name, asset, carrier)
        if port.carriers <= BURNT and park.buses[port.bus].kwh_per_unit is None:
            who = f"buses.{port.bus}.heating_value"
            yield Remark(("buses", port.bus), Finding("park.no-heating-value", who, got=f"assets.{name}"))


def _check_ends(park: Park, name: str, link: Link) -> Iterator[Remark]:
    """A link joins two buses, and both carry the same."""
    path = ("assets", name, "bus")
    if link.bus == link.source_bus:
        yield Remark(path, Finding("park.link-to-itself", ".".join(path), got=link.bus))
    source, sink = park.buses.get(link.source_bus), park.buses.get(link.bus)
    if source is not None and sink is not None and source.carrier != sink.carrier:
        yield _wrong_carrier(path, source.carrier, sink.carrier)


def _check_units(name: str, asset: Ported, carrier: Carrier) -> Iterator[Remark]:
    """Rates, amounts and prices are in units of the carrier at the asset's bus."""
    for field in type(asset).model_fields:
        value = getattr(asset, field)
        if isinstance(value, Rate | Amount | Price) and not value.suits(carrier):
            path = ("assets", name, field)
            finding = Finding("park.wrong-carrier-unit", ".".join(path), value.unit_at(carrier), str(value))
            yield Remark(path, finding)
