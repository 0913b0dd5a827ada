"""The line of an inventory: an amount, its factor, its tonnes and its standard coal, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Category = Literal["fuel", "bunker", "conversion", "process", "electricity", "heat", "recovered", "feedstock"]
CATEGORIES: tuple[Category, ...] = get_args(Category)
"""Parts of the park view. `bunker` counts like `fuel` and is listed apart; the last two are listed and count nothing."""


@dataclass(frozen=True)
class InventoryLine:
    """One line of an inventory. Signs are as they count: what is sent out, or given out by a conversion, is negative."""

    category: Category
    member: str
    """The enterprise; empty for the park's own."""
    what: str
    """Fuel, product, flow or carrier."""
    use: str
    """What became of it, or which kind of electricity or heat it is."""
    quantity: float
    unit: str
    factor_t_per_unit: float
    emissions_t: float
    energy_tce: float = 0.0
    """Standard coal that counts as energy use [tce]."""
    aside_tce: float = 0.0
    """Standard coal that is listed and does not count: feedstock, recovered energy [tce]."""
    rule: str = ""
    """Record of the factor; empty where the factor is the park's own."""
    energy_rule: str = ""
    """Record of the conversion to standard coal."""
    source: str = ""
    """Where the park's own factor is from."""


def tonnes_by_category(lines: Iterable[InventoryLine]) -> dict[Category, float]:
    """Emissions of each category that occurs, in the order of `CATEGORIES` [t]."""
    kept = tuple(lines)
    return {
        category: sum(line.emissions_t for line in kept if line.category == category)
        for category in CATEGORIES
        if any(line.category == category for line in kept)
    }


def lines_by_member(lines: Iterable[InventoryLine]) -> dict[str, tuple[InventoryLine, ...]]:
    """The lines of each member in the order they first appear; those of the park itself under the empty name."""
    found: dict[str, list[InventoryLine]] = {}
    for line in lines:
        found.setdefault(line.member, []).append(line)
    return {member: tuple(own) for member, own in found.items()}


def emissions_of(lines: Sequence[InventoryLine]) -> float:
    """Tonnes of all lines [t]."""
    return float(sum(line.emissions_t for line in lines))


def energy_of_lines(lines: Sequence[InventoryLine]) -> float:
    """Standard coal of all lines that count as energy use [tce]."""
    return float(sum(line.energy_tce for line in lines))
