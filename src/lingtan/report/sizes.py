"""The sizes of a park as a reader asks for them: how much of what, decided or given, and whether a limit was hit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lingtan.park.names import Names
from lingtan.park.size import UNITS
from lingtan.report.numbers import Measure, capacity, energy, plain, power, share
from lingtan.tolerances import AT_LIMIT_RELATIVE, NOTICED_KW
from lingtan.wording import LANGUAGES, Text, Words, text_in
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study

MEASURES: Mapping[str, Callable[[list[float | None]], Measure]] = {
    "power_kw": power,
    "energy_kwh": energy,
    "capacity_kva": capacity,
}
"""How each quantity is written that has large units; any other is written in its own."""

LARGE = 100.0
"""From here on no decimals are written."""


@dataclass(frozen=True)
class Sized:
    """The sizes of one asset or connection by quantity, and what is to be said about them."""

    asset: str
    amounts: Mapping[str, float]
    is_decided: bool
    remark: Text

    @property
    def is_built(self) -> bool:
        """Whether the optimizer decided on it and wants any of it; a store that holds nothing is none."""
        return self.is_decided and all(amount > NOTICED_KW for amount in self.amounts.values())

    def shown(self, quantity: str) -> Callable[[float | None], Words]:
        """How one of its quantities is written."""
        if quantity in MEASURES:
            return MEASURES[quantity]([self.amounts[quantity]]).text
        return lambda value: _plainly(value, UNITS[quantity])


def sizes_decided(study: Study) -> list[Sized]:
    """All sizes of the summary: those that were decided first, connections after assets."""
    found = [_sized(study, asset, amounts) for asset, amounts in study.summary["sizes"].items()]
    connections = study.project.case.park.connections
    return sorted(found, key=lambda size: (not size.is_decided, size.asset in connections))


def size_text(names: Names, size: Sized) -> Words:
    """A size in one phrase, such as "battery 8.00 MW / 32.0 MWh"."""
    amounts = [size.shown(quantity)(amount) for quantity, amount in size.amounts.items()]
    is_connection = size.asset in names.park.connections
    name = REPORT_WORDS["size.connection"] if is_connection else names.in_sentence(size.asset)
    return Words(*(f"{text_in(name, lang)} {' / '.join(text_in(one, lang) for one in amounts)}" for lang in LANGUAGES))


def _plainly(value: float | None, unit: str) -> Words:
    """A size in the unit that it has in the park file; an extent is a share."""
    if value is None or unit == "1":
        text = share(value)
        return Words(*(text_in(text, lang) for lang in LANGUAGES))
    return Words(*[f"{plain(value, 0 if abs(value) >= LARGE else 1)} {unit}"] * 2)


def _sized(study: Study, asset: str, amounts: Mapping[str, float]) -> Sized:
    sizes = (each.size for each in study.project.case.park.sizes() if each.owner == asset)
    free = {size.quantity: size.max for size in sizes if size.free and size.quantity in amounts}
    full = any(amounts[quantity] >= most * (1.0 - AT_LIMIT_RELATIVE) > NOTICED_KW for quantity, most in free.items())
    none = bool(free) and not all(amount > NOTICED_KW for amount in amounts.values())
    key = "size.not_chosen" if none else "size.at_limit" if full else "size.decided" if free else "size.given"
    return Sized(asset, amounts, bool(free), REPORT_WORDS[key])
