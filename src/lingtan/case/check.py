"""Checks that need a park, its series and its rules together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from lingtan.carbon import annex4_rules, remarks_of
from lingtan.case.case import Case
from lingtan.findings import Finding, InputError, Severity, say_number
from lingtan.market import look_up_charge, look_up_shares, supply_terms
from lingtan.park import COUNTED, EvFleet, FirmLine, Load, Profiled, Pv, ThermostaticLoad, Wind
from lingtan.plant.ev_fleet import charging_on_arrival
from lingtan.plant.thermostatic_load import missing_kw
from lingtan.series import Series
from lingtan.series.canonical import canonical_unit
from lingtan.tolerances import BALANCE_KW, NOTICED_KW, WRITTEN_RELATIVE

LEAST_LOAD_SHARE = 1e-3
"""A load below this share of the connection is more often a wrong unit (kW for MW) than a lamp."""


def check(case: Case) -> Iterator[tuple[tuple[str | int, ...], Finding]]:
    """Findings with the path in the park file that each is about."""
    on_units = list(_check_units(case))
    yield from on_units
    yield from _check_meters(case)
    if not on_units:  # a need in a wrong unit, or one scaled from nothing, compares with no supply
        yield from _check_supply(case)
        yield from _check_loads(case)
        yield from _check_rooms(case)
        yield from _check_fleets(case)
    yield from _check_rules(case)
    yield from remarks_of(case.park, case.rulebook)


def _check_units(case: Case) -> Iterator[tuple[tuple[str, ...], Finding]]:
    """A load reads power or a shape, what else follows a profile a rate of its carrier or a shape; availability is 0 to 1."""
    for name, asset in case.park.assets.items():
        if isinstance(asset, Load) and asset.profile in case.series:
            scaled = asset.peak is not None or asset.annual_energy is not None
            yield from _check_profile(("assets", name, "profile"), case.series[asset.profile], "1" if scaled else "kW")
        if isinstance(asset, Profiled) and asset.profile in case.series:
            rate = COUNTED[case.park.buses[asset.bus].carrier].rate
            unit = "1" if asset.peak is not None or asset.yearly is not None else rate
            path, series = ("assets", name, "profile"), case.series[asset.profile]
            yield from _check_profile(path, series, unit, "case.rate-unit")
        if isinstance(asset, ThermostaticLoad) and asset.gains is not None:
            yield from _check_gains(("assets", name, "gains"), case.series[asset.gains])
        if isinstance(asset, EvFleet) and asset.plugged is not None:
            yield from _check_plugged(("assets", name, "plugged"), case.series[asset.plugged])
        if isinstance(asset, Pv | Wind | FirmLine) and asset.availability is not None:
            yield from _check_availability(("assets", name, "availability"), case.series[asset.availability])
    temperature = case.park.site.temperature
    if temperature is not None and case.series[temperature].unit != "°C":
        got = case.series[temperature].unit
        yield ("site", "temperature"), Finding("case.temperature-unit", "site.temperature", "°C", got)


def _check_profile(
    path: tuple[str, ...], series: Series, expected: str, code: str = "case.profile-unit"
) -> Iterator[tuple[tuple[str, ...], Finding]]:
    """Tons and kilograms an hour are one dimension: `Case.need` reads either (series are kept in kg/h)."""
    if canonical_unit(series.unit) != canonical_unit(expected):
        yield path, Finding(code, ".".join(path), expected, series.unit)
    if expected == "1" and not series.values.any():
        yield path, Finding("case.profile-zero", ".".join(path))
    if (series.values < 0).any():
        yield path, Finding("case.negative-load", ".".join(path), "≥ 0", say_number(float(series.values.min())))


def _check_gains(path: tuple[str, ...], series: Series) -> Iterator[tuple[tuple[str, ...], Finding]]:
    if series.unit != "kW":
        yield path, Finding("case.gains-unit", ".".join(path), "kW", series.unit)


def _check_plugged(path: tuple[str, ...], series: Series) -> Iterator[tuple[tuple[str, ...], Finding]]:
    low, high = float(series.values.min()), float(series.values.max())
    if series.unit != "1":
        yield path, Finding("case.plugged-unit", ".".join(path), "1", series.unit)
    elif low < 0 or high > 1 + WRITTEN_RELATIVE:
        got = f"{say_number(low)} … {say_number(high)}"
        yield path, Finding("case.plugged-range", ".".join(path), "0 … 1", got)


def _check_availability(path: tuple[str, ...], series: Series) -> Iterator[tuple[tuple[str, ...], Finding]]:
    if series.unit != "1":
        yield path, Finding("case.availability-unit", ".".join(path), "1", series.unit)
        return
    low, high = float(series.values.min()), float(series.values.max())
    if low < 0 or high > 1 + WRITTEN_RELATIVE:
        got = f"{say_number(low)} … {say_number(high)}"
        yield path, Finding("case.availability-range", ".".join(path), "0 … 1", got)


def _check_meters(case: Case) -> Iterator[tuple[tuple[str, ...], Finding]]:
    """Where parent and children are measured, the children's sum never exceeds the parent beyond the meters' classes."""
    meters = case.park.meters
    measured: dict[str, Series] = {}
    for name, meter in meters.items():
        if meter.series is not None and meter.series in case.series:
            measured[name] = case.series[meter.series]
    for name, parent in measured.items():
        children = [child for child in measured if meters[child].parent == name]
        if not children:
            continue
        total = np.sum([measured[child].values for child in children], axis=0)
        worst = meters[name].accuracy_class + max(meters[child].accuracy_class for child in children)
        above = total - parent.values * (1.0 + worst / 100.0) - BALANCE_KW
        steps = np.flatnonzero(above > 0)
        if steps.size:
            at = str(case.grid.local[steps[0]]).replace("T", " ")
            expected = f"≤ {say_number(float(parent.values[steps[0]]))} kW + {worst:g} %"
            got = f"{say_number(float(total[steps[0]]))} kW, {at} (×{steps.size})"
            yield ("meters", name), Finding("case.child-above-parent", f"meters.{name}", expected, got)


def _check_supply(case: Case) -> Iterator[tuple[tuple[str, ...], Finding]]:
    """A park whose need can exceed everything that could feed it will report shortfall: said beforehand, as a warning."""
    need = case.total_need_kw()
    offered = np.zeros(case.grid.steps)
    for connection in case.park.connections.values():
        carried = connection.capacity.max * connection.power_factor
        limit = carried if connection.import_limit is None else min(connection.import_limit, carried)
        offered += connection.planned_share * limit
    for name, asset in case.park.generators():
        offered += asset.power.max * case.available_pu(name)
    short = np.flatnonzero(need > offered * (1 + WRITTEN_RELATIVE))
    stores = any(asset.family == "battery" for asset in case.park.assets.values())
    if short.size and not stores:
        at = str(case.grid.local[short[0]]).replace("T", " ")
        got = (
            f"{say_number(float(need[short[0]]))} kW > {say_number(float(offered[short[0]]))} kW, {at} (×{short.size})"
        )
        yield ("assets",), Finding("case.need-above-supply", "assets", got=got, severity=Severity.WARNING)


def _check_loads(case: Case) -> Iterator[tuple[tuple[str, ...], Finding]]:
    """A load of next to nothing, seen against what the park is connected for; a warning."""
    carried = sum(each.capacity.max * each.power_factor for each in case.park.connections.values())
    least = LEAST_LOAD_SHARE * carried
    for name, _ in case.park.of_family(Load):
        peak = float(case.need_kw(name).max())
        if peak < least:
            expected, got = f"≥ {say_number(least)} kW", f"≤ {say_number(peak)} kW"
            path = ("assets", name)
            yield path, Finding("case.load-doubtful", ".".join(path), expected, got, severity=Severity.WARNING)


def _check_rooms(case: Case) -> Iterator[tuple[tuple[str, ...], Finding]]:
    """A room that its machine cannot keep in the band even at full power; a warning."""
    for name, load in case.park.of_family(ThermostaticLoad):
        missing = missing_kw(load, case.room(name))
        short = np.flatnonzero(missing > NOTICED_KW)
        if short.size:
            worst = int(missing.argmax())
            at = str(case.grid.local[worst]).replace("T", " ")
            expected = f"≥ {say_number(round(load.power.max + float(missing[worst]), 3))} kW"
            got = f"{say_number(load.power.max)} kW, {at} (×{short.size})"
            path = ("assets", name, "power")
            yield path, Finding("case.band-not-held", ".".join(path), expected, got, severity=Severity.WARNING)


def _check_fleets(case: Case) -> Iterator[tuple[tuple[str, ...], Finding]]:
    """A fleet that cannot charge for its trips even if it begins as soon as it comes, or that nobody ever drives; warnings."""
    for name, fleet in case.park.of_family(EvFleet):
        envelope, plugged = case.envelope(name), case.plugged(name)
        if float(plugged.min()) == float(plugged.max()):
            said, share = ("assets", name, "plugged"), say_number(float(plugged[0]))
            yield said, Finding("case.never-leaves", ".".join(said), got=share, severity=Severity.WARNING)
        missing = charging_on_arrival(fleet, envelope)[1]
        short = np.flatnonzero(missing > NOTICED_KW)
        if short.size:
            worst = int(missing.argmax())
            at = str(case.grid.local[worst]).replace("T", " ")
            most = float(envelope.driving_kw[worst] - missing[worst]) * envelope.step_hours
            needed = float(envelope.driving_kw[worst]) * envelope.step_hours
            expected = f"≤ {say_number(round(most, 3))} kWh"
            got = f"{say_number(round(needed, 3))} kWh, {at} (×{short.size})"
            path = ("assets", name, "trip")
            yield path, Finding("case.trip-not-charged", ".".join(path), expected, got, severity=Severity.WARNING)


def _check_rules(case: Case) -> Iterator[tuple[tuple[str, ...], Finding]]:
    """Whether the records cover the studied period, each at the section of the file that asks for it."""
    asked = (
        ("tariff", partial(supply_terms, daily_maxima=case.daily_maxima)),
        ("direct_supply", look_up_charge),
        ("direct_supply", look_up_shares),
        ("carbon", annex4_rules),
    )
    told: list[Finding] = []
    for section, ask in asked:
        try:
            ask(case.park, case.rulebook, case.grid)
        except InputError as error:
            fresh = [found for found in error.findings if found not in told]
            told += fresh
            for found in fresh:
                yield (section,), found
