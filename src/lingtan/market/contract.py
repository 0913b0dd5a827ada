"""What a park has agreed on its demand: the rule that holds, and the values of the park file held against it."""

from __future__ import annotations

from collections.abc import Iterator

from lingtan.clock import TimeGrid
from lingtan.findings import Finding, Severity, raise_errors, say_number
from lingtan.market.basic_charge import Contract
from lingtan.market.direct_supply import rule_of
from lingtan.market.price_list import Ask
from lingtan.park import Park
from lingtan.rulebook import ContractedDemand, Found, Rulebook, least_agreed_kw
from lingtan.tolerances import WRITTEN_RELATIVE


def look_up_contract(park: Park, ask: Ask, rulebook: Rulebook, grid: TimeGrid) -> Found[ContractedDemand] | None:
    """The rule of contracted demand, where the park asks for it; else None. Raises `InputError` where no record holds."""
    stated = any(connection.contracted_demand is not None for connection in park.connections.values())
    if not (ask.basis == "contracted" or (ask.basis == "choice" and (stated or park.tariff.switch_basis))):
        return None
    found = rulebook.find(ContractedDemand, grid, place=ask.place, customer=ask.customer)
    raise_errors(found.findings)
    return found


def contracts_of(park: Park, found: Found[ContractedDemand] | None) -> dict[str, Contract]:
    """The contract of each connection. Raises `InputError` where less is agreed than the rule allows for the capacity."""
    if found is None:
        return {}
    rule = rule_of(found)
    raise_errors(_too_little(park, rule))
    switches = park.tariff.switch_basis
    return {
        name: Contract(rule, None if each.contracted_demand is None else each.contracted_demand.kw, switches)
        for name, each in park.connections.items()
    }


def contract_notes(park: Park) -> Iterator[Finding]:
    """What a reader must know of values that are not stated, or stated and not used."""
    tariff = park.tariff
    for name, connection in park.connections.items():
        who = f"connections.{name}.contracted_demand"
        if connection.contracted_demand is None and tariff.basis == "contracted":
            yield Finding("market.contract-open", who, severity=Severity.NOTE)
        if connection.contracted_demand is not None and tariff.basis in ("capacity", "demand"):
            yield Finding("market.contract-unused", who, got=tariff.basis, severity=Severity.NOTE)
    if tariff.switch_basis and tariff.basis != "choice":
        yield Finding("market.nothing-to-switch", "tariff.switch_basis", got=tariff.basis, severity=Severity.NOTE)


def _too_little(park: Park, rule: ContractedDemand) -> Iterator[Finding]:
    for name, connection in park.connections.items():
        least = least_agreed_kw(rule, connection.capacity.min)
        if connection.contracted_demand is None:
            continue
        lowest = min(connection.contracted_demand.kw)
        if lowest < least * (1.0 - WRITTEN_RELATIVE):
            expected, got = f"≥ {say_number(least)} kW", f"{say_number(lowest)} kW"
            values = {"rule": rule.id}
            yield Finding(
                "market.contract-below-least", f"connections.{name}.contracted_demand", expected, got, values=values
            )
