"""From activities to lines: E_fuel, E_conversion, E_process and E_heat of annex 4 (发改环资〔2025〕910号).

    E_fuel       = Σ amount · factor                                   feedstock left out, recovered energy listed
    E_conversion = Σ input · factor − Σ output · factor                oxidation fixed at 100 %: a balance of carbon
    E_process    = Σ output · factor                                   the product's own, with its source
    E_heat       = Σ bought · factor − Σ sold · factor                 0, measured, or the default of fossil heat

Standard coal of a fuel is that of GB/T 2589; where the standard gives a range only, it is that of the calorific value which the
emission factor is built from, so that tonnes and coal rest on one figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lingtan.carbon.activity_rules import LISTED, ActivityRules
from lingtan.carbon.lines import Category, InventoryLine
from lingtan.park import Activity, Bunker, FuelUse, HeatTrade, ProcessOutput, RecoveredHeat
from lingtan.rulebook import CoalEquivalent, FuelFactor, coal_tce, fuel_tce
from lingtan.units import convert

CATEGORY_OF_USE: dict[str, Category] = {
    "fuel": "fuel",
    "conversion_input": "conversion",
    "conversion_output": "conversion",
    "feedstock": "feedstock",
    "recovered": "recovered",
}


def activity_lines(activities: Sequence[Activity], rules: ActivityRules) -> tuple[InventoryLine, ...]:
    """The lines of some activities whose records have been found."""
    return tuple(line for activity in activities for line in _lines_of(activity, rules))


def _lines_of(activity: Activity, rules: ActivityRules) -> Iterator[InventoryLine]:
    match activity:
        case FuelUse():
            yield _fuel_line(activity, activity.use, CATEGORY_OF_USE[activity.use], rules)
        case Bunker():
            yield _fuel_line(activity, "bunker", "bunker", rules)
        case HeatTrade():
            yield from _heat_lines(activity, rules)
        case RecoveredHeat():
            yield _recovered_heat_line(activity, rules)
        case ProcessOutput():
            yield _process_line(activity, rules)


def _fuel_line(activity: FuelUse | Bunker, use: str, category: Category, rules: ActivityRules) -> InventoryLine:
    amount, listed = activity.quantity, use in LISTED
    quantity = -amount.value if use == "conversion_output" else amount.value
    record = rules.fuels.get(activity.fuel)
    coal, energy_rule = _coal_of_fuel(activity.fuel, quantity, amount.unit, rules)
    factor, rule = 0.0, ""
    if record is not None and not listed:
        factor, rule = fuel_factor_t_per_unit(record, burnt=category != "conversion"), record.id
    return InventoryLine(
        category,
        activity.member or "",
        activity.fuel,
        use,
        quantity,
        amount.unit,
        factor,
        quantity * factor,
        energy_tce=0.0 if listed else coal,
        aside_tce=coal if listed else 0.0,
        rule=rule,
        energy_rule=energy_rule,
    )


def fuel_factor_t_per_unit(record: FuelFactor, *, burnt: bool) -> float:
    """CO2 per unit of a fuel: with its own oxidation where it is burnt, with all its carbon in a conversion [t per unit]."""
    return record.factor if burnt else record.factor / record.oxidation


def _coal_of_fuel(fuel: str, quantity: float, unit: str, rules: ActivityRules) -> tuple[float, str]:
    """Standard coal of an amount of a fuel [tce], and the record that says so."""
    record: CoalEquivalent | None = rules.coals.get(fuel)
    if record is not None and record.coal is not None and record.per == unit:
        return coal_tce(record, quantity), record.id
    factor = rules.fuels[fuel]  # the look-up has made sure that one of the two exists
    return fuel_tce(factor, quantity), factor.id


def _heat_lines(activity: HeatTrade, rules: ActivityRules) -> Iterator[InventoryLine]:
    """One line, or one for each side of heat that passes between two members: theirs cancel in the park."""
    record = None if activity.factor is not None else rules.heats[activity.source]
    factor = convert(record.factor, "t/kWh", "t/GJ") if record is not None else activity.factor
    assert factor is not None
    sign = 1.0 if activity.direction == "bought" else -1.0
    coal = rules.coals["heat"]
    sides = [(activity.member or "", sign)] + ([] if activity.partner is None else [(activity.partner, -sign)])
    for member, signed in sides:
        quantity = signed * activity.quantity
        yield InventoryLine(
            "heat",
            member,
            "heat",
            activity.source,
            quantity,
            "GJ",
            factor,
            quantity * factor,
            energy_tce=coal_tce(coal, quantity),
            rule="" if record is None else record.id,
            energy_rule=coal.id,
            source=activity.factor_source or "",
        )


def _recovered_heat_line(activity: RecoveredHeat, rules: ActivityRules) -> InventoryLine:
    coal = rules.coals["heat"]
    return InventoryLine(
        "recovered",
        activity.member or "",
        "heat",
        "recovered",
        activity.quantity,
        "GJ",
        0.0,
        0.0,
        aside_tce=coal_tce(coal, activity.quantity),
        energy_rule=coal.id,
    )


def _process_line(activity: ProcessOutput, rules: ActivityRules) -> InventoryLine:
    record = None if activity.factor is not None else rules.processes[activity.product]
    factor = record.factor if record is not None else activity.factor
    assert factor is not None
    return InventoryLine(
        "process",
        activity.member or "",
        activity.product,
        "process",
        activity.quantity,
        "t",
        factor,
        activity.quantity * factor,
        rule="" if record is None else record.id,
        source=activity.factor_source or "",
    )
