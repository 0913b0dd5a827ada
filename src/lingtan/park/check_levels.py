"""Checks of the levels that heat stands at: it flows downhill by itself, and machines that lift it know between which levels.

A level is a temperature, or the pressure of steam where two buses of steam are compared; steam that has a pressure and no
temperature is as hot as it boils.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lingtan.findings import Finding, say_number
from lingtan.park.assets import AbsorptionChiller, CompressionChiller, HeatExchanger, HeatPump, Pipe, Ported, Turbine
from lingtan.park.carriers import WARM
from lingtan.park.park import Park
from lingtan.park.remark import Remark
from lingtan.park.saturation import KELVIN, saturation_c
from lingtan.park.site import Bus

COLDEST_C = 0.0
"""What surroundings that take the heat of a condenser are taken for [°C]: no colder, so nothing real is refused."""

LEVELED = WARM | {"cooling"}
"""Carriers that stand at a level."""


class _Slope(NamedTuple):
    """Two fields of an asset that name buses: the level of the first lies above that of the second."""

    upper: str
    lower: str
    told_at: str
    """The field that a finding is about."""
    is_asked: bool = True
    """Whether both levels have to be given."""


def check_levels(park: Park) -> Iterator[Remark]:
    """Findings on the temperatures and pressures of the buses that assets work between."""
    for name, asset in park.assets.items():
        if isinstance(asset, HeatPump) and asset.cop is None:
            yield from _check_asked(park, name, (asset.bus, asset.source_bus), is_outside=asset.source_bus is None)
        if isinstance(asset, CompressionChiller) and asset.cop is None:
            yield from _check_asked(park, name, (asset.bus, asset.reject_bus), is_outside=asset.reject_bus is None)
        if isinstance(asset, Pipe):
            yield from _check_pipe(park, name, asset)
        if isinstance(asset, Turbine):
            yield from _check_carnot(park, name, asset)
        for slope in _slopes(asset):
            yield from _check_slope(park, name, asset, slope)


def _check_carnot(park: Park, name: str, turbine: Turbine) -> Iterator[Remark]:
    """No engine makes more of heat than Carnot's between its temperature and that of its exhaust, or of freezing surroundings."""
    source = park.buses.get(turbine.source_bus)
    exhaust = None if turbine.exhaust_bus is None else park.buses.get(turbine.exhaust_bus)
    if source is None or source.temperature is None:
        return
    cold = COLDEST_C if exhaust is None or exhaust.temperature is None else exhaust.temperature
    most = 1.0 - (cold + KELVIN) / (source.temperature + KELVIN)
    if turbine.efficiency > most > 0.0:
        path = ("assets", name, "efficiency")
        expected = f"≤ {100 * most:.0f} % ({_say(cold, '°C')} … {_say(source.temperature, '°C')})"
        finding = Finding("park.beyond-carnot", ".".join(path), expected, f"{100 * turbine.efficiency:.0f} %")
        yield Remark(path, finding)


def _slopes(asset: Ported) -> Iterator[_Slope]:
    match asset:
        case HeatPump():
            yield _Slope("bus", "source_bus", "source_bus", is_asked=False)
        case HeatExchanger():
            yield _Slope("source_bus", "bus", "source_bus")
        case Turbine():
            yield _Slope("source_bus", "exhaust_bus", "exhaust_bus")
        case CompressionChiller():
            yield _Slope("reject_bus", "bus", "reject_bus", is_asked=False)
        case AbsorptionChiller():
            yield _Slope("source_bus", "reject_bus", "source_bus", is_asked=False)
            yield _Slope("reject_bus", "bus", "reject_bus", is_asked=False)
        case _:
            pass


def _check_asked(park: Park, name: str, buses: tuple[str | None, ...], *, is_outside: bool) -> Iterator[Remark]:
    """A machine whose performance follows from temperatures needs them, of its buses and perhaps of the outside air."""
    for bus in buses:
        if bus is not None and bus in park.buses and park.buses[bus].temperature is None:
            yield _no_level(name, bus, "temperature")
    if is_outside and park.site.temperature is None:
        yield Remark(("site",), Finding("park.no-temperature", "site.temperature", got=f"assets.{name}"))


def _check_slope(park: Park, name: str, asset: Ported, slope: _Slope) -> Iterator[Remark]:
    """The upper level is above the lower one, where both are known; or known at all, where they have to be."""
    at = {field: getattr(asset, field) for field in (slope.upper, slope.lower)}
    upper, lower = (park.buses.get(bus) if bus else None for bus in at.values())
    if upper is None or lower is None or not {upper.carrier, lower.carrier} <= LEVELED:
        return
    high, low, unit = _levels(upper, lower)
    for bus, level, its in ((at[slope.upper], high, upper), (at[slope.lower], low, lower)):
        if level is None and slope.is_asked:
            yield _no_level(name, bus, "pressure" if its.carrier == "steam" else "temperature")
    if high is None or low is None or high > low:
        return
    path = ("assets", name, slope.told_at)
    sign, bound, found = (">", low, high) if slope.told_at == slope.upper else ("<", high, low)
    finding = Finding("park.cascade-upside-down", ".".join(path), f"{sign} {_say(bound, unit)}", _say(found, unit))
    yield Remark(path, finding)


def _check_pipe(park: Park, name: str, pipe: Pipe) -> Iterator[Remark]:
    """A pipe leads to the same level or a poorer one: less hot, of less pressure, less cold; both ways only to the same."""
    source, sink = park.buses.get(pipe.source_bus), park.buses.get(pipe.bus)
    if source is None or sink is None or not {source.carrier, sink.carrier} <= LEVELED:
        return
    start, end, unit = _levels(source, sink)
    if start is None or end is None or start == end:
        return
    rises = end > start
    if pipe.two_way or rises != (source.carrier == "cooling"):
        path = ("assets", name, "bus")
        sign = "=" if pipe.two_way else "≥" if source.carrier == "cooling" else "≤"
        who, expected = ".".join(path), f"{sign} {_say(start, unit)}"
        yield Remark(path, Finding("park.cascade-upside-down", who, expected, _say(end, unit)))


def _levels(upper: Bus, lower: Bus) -> tuple[float | None, float | None, str]:
    """What is compared of two buses: pressures of steam, else temperatures [°C]; None for one that is not known."""
    if upper.pressure is not None and lower.pressure is not None:
        return upper.pressure, lower.pressure, "MPa"
    return temperature_c(upper), temperature_c(lower), "°C"


def temperature_c(bus: Bus) -> float | None:
    """The temperature of a bus [°C]; of steam that states none, the one at which it boils."""
    if bus.temperature is None and bus.pressure is not None:
        return saturation_c(bus.pressure)
    return bus.temperature


def _no_level(name: str, bus: str, what: str) -> Remark:
    return Remark(("buses", bus), Finding(f"park.no-{what}", f"buses.{bus}.{what}", got=f"assets.{name}"))


def _say(level: float, unit: str) -> str:
    return f"{say_number(round(level, 3))} {unit}"
