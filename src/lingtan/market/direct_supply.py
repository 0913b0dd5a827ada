"""Direct supply (绿电直连): the network charge of a park with generation behind its access, and the shares it must keep.

By default the network is charged by access capacity, whether or not energy is drawn through it (1192号): the transmission
component is not billed per kilowatt-hour then, but imputed. A project that needs the grid as full backup may stay with the
per-kilowatt-hour price on all its use, self-use included. Which of the two is a `Choice`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from lingtan.clock import TimeGrid
from lingtan.findings import raise_errors
from lingtan.flow import Flow
from lingtan.market.basic_charge import records_by_month
from lingtan.market.months import month_grouping
from lingtan.market.price_list import PriceList, component_names, component_term
from lingtan.park import FirmLine, Park, Pv, Wind, flow_names
from lingtan.rulebook import Found, Record, RetailPrice, Rulebook
from lingtan.rulebook.direct_supply_charge import DirectSupplyCharge, load_rate_of
from lingtan.rulebook.supply_shares import SupplyShares
from lingtan.terms import Choice, Ratio, Size, Term

NETWORK_COMPONENT = "transmission"
"""The component of the retail price that the network charge takes the place of."""


ACCESS_COMPONENT = "network_access"
"""The component of the bill that is charged by access capacity."""

RuleT = TypeVar("RuleT", bound=Record)


def rule_of(found: Found[RuleT]) -> RuleT:
    """The record to go by: where several share the span, the one that holds at its end, for a year is charged by one."""
    last: RuleT = found.uses[int(found.owner[-1])].record
    return last


def look_up_charge(park: Park, rulebook: Rulebook, grid: TimeGrid) -> Found[DirectSupplyCharge] | None:
    """The network charge of a park's direct supply; None for a park without. Raises `InputError` where there is no record."""
    if park.direct_supply is None:
        return None
    found = rulebook.find(DirectSupplyCharge, grid, place=park.site.place, named=park.direct_supply.charge_record)
    raise_errors(found.findings)
    return found


def look_up_shares(park: Park, rulebook: Rulebook, grid: TimeGrid) -> Found[SupplyShares] | None:
    """The shares of a park's direct supply; None for a park without. Raises `InputError` where there is no record."""
    if park.direct_supply is None:
        return None
    users = {"users": "one" if len(park.members) <= 1 else "several"}
    named = park.direct_supply.shares_record
    found = rulebook.find(SupplyShares, grid, place=park.site.place, named=named, select=None if named else users)
    raise_errors(found.findings)
    return found


def network_terms(
    connection: str, park: Park, listed: PriceList, charge: DirectSupplyCharge, grid: TimeGrid
) -> Iterator[Term]:
    """The network charge of one connection, in the way the park file asks for or by choice of the two."""
    assert park.direct_supply is not None
    wanted = park.direct_supply.charge
    access = tuple(_by_access(connection, park, listed, charge, grid))
    if wanted == "access" or (wanted == "choice" and not charge.full_backup):
        yield from access
        return
    backup = (
        component_term(NETWORK_COMPONENT, NETWORK_COMPONENT, Flow.of(f"{connection}.import_kw"), listed, grid),
        component_term(NETWORK_COMPONENT, f"{NETWORK_COMPONENT}_self_use", self_use(park), listed, grid),
    )
    if wanted == "full_backup":
        yield from backup
    else:
        yield Choice(f"{connection}.network", {"access": access, "full_backup": backup}, rule=charge.id)


def self_use_terms(park: Park, listed: PriceList, charge: DirectSupplyCharge, grid: TimeGrid) -> Iterator[Term]:
    """The components of the retail price that fall on self-used energy as well."""
    for name in component_names(listed):
        if name in charge.on_self_use:
            yield component_term(name, f"{name}_self_use", self_use(park), listed, grid)


def self_use(park: Park) -> Flow:
    """What own plants and direct lines deliver and the park does not export [kW]."""
    delivered = Flow.of(*(f"{name}.generation_kw" for name, _ in park.generators()))
    return delivered - Flow.of(*(f"{name}.export_kw" for name in park.connections))


def share_terms_of(park: Park, rulebook: Rulebook, grid: TimeGrid) -> tuple[Ratio, ...]:
    """The shares of a park's direct supply, as the rule at the end of a grid asks for them; empty for a park without.

    Raises `InputError` where there is no record.
    """
    found = look_up_shares(park, rulebook, grid)
    return () if found is None else share_terms(park, rule_of(found), int(grid.year[-1]))


def share_terms(park: Park, rule: SupplyShares, year: int) -> tuple[Ratio, ...]:
    """The shares of a direct supply as bounds over the horizon.

    Only the sources that the rule counts fill them: a firm hydro line supplies the load, but does not count by default.
    """
    counted = [name for name, asset in park.generators() if _technology(asset) in rule.sources]
    spot = park.direct_supply is not None and park.direct_supply.spot_continuous
    bounds = (rule.self_use_of_generation, rule.least_self_use_of_load(year), rule.most_export(spot))
    return _shares(park, counted, bounds, rule.id)


def own_shares(park: Park) -> tuple[Ratio, ...]:
    """The same shares of a park that no rule binds: all own generation counts, and every value keeps its bound."""
    return _shares(park, [name for name, _ in park.generators()], (0.0, 0.0, 1.0), "")


def _shares(park: Park, counted: Sequence[str], bounds: tuple[float, float, float], rule: str) -> tuple[Ratio, ...]:
    """Self-use of generation, self-use of the load, and export, of the generators that count.

    Self-use is what the load drew less what the grid and other plants brought: what is lost in a store was used by nobody, so a
    battery cannot fill a share by heating. The load is what was served.
    """
    parts = flow_names(park)
    load = Flow.of(*parts["load_kw"]) - Flow.of(*parts["shortfall_kw"])
    plants = [*(name for name, _ in park.generators()), *park.makers()]
    others = (f"{name}.generation_kw" for name in plants if name not in counted)
    used = load - Flow.of(*parts["import_kw"], *others)
    exported = Flow.of(*parts["export_kw"])
    available = Flow.of(*(f"{name}.{flow}" for name in counted for flow in ("generation_kw", "curtailed_kw")))
    of_generation, of_load, most_export = bounds
    return (
        Ratio("share.self_use_of_generation", used, available, "at_least", of_generation, rule=rule),
        Ratio("share.self_use_of_load", used, load, "at_least", of_load, rule=rule),
        Ratio("share.export", exported, available, "at_most", most_export, rule=rule),
    )


def _by_access(
    connection: str, park: Park, listed: PriceList, charge: DirectSupplyCharge, grid: TimeGrid
) -> Iterator[Term]:
    """The transmission price on an energy imputed from the access capacity at the load rate, month by month."""
    assert park.direct_supply is not None
    rate = load_rate_of(charge, park.direct_supply.load_rate)
    months = month_grouping(grid)
    for record, month in zip(records_by_month(listed.prices, months), months.labels, strict=True):
        per_kva = charge.imputed_power * rate * charge.hours * _transmission(record)
        yield Size(ACCESS_COMPONENT, f"{connection}.capacity_kva", per_kva, month, rule=charge.id)


def _transmission(record: RetailPrice) -> float:
    """The transmission price of a flat hour [CNY/kWh]; 0 where the list has none."""
    return sum(part.price for part in record.components if part.name == NETWORK_COMPONENT)


def _technology(asset: Pv | Wind | FirmLine) -> str:
    return asset.source if isinstance(asset, FirmLine) else asset.family
