"""Where a park lies, as rules are looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lingtan.findings import Finding, InputError

_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Place:
    """Where a park lies. Names as records write them (`Sichuan`, `Panzhihua`); case does not matter."""

    country: str
    province: str | None = None
    prefecture: str | None = None

    @classmethod
    def parse(cls, text: str, *, country: str = "CN", who: str = "place") -> Place:
        """A place as people type it: `Sichuan`, `Sichuan/Yibin`, `DE/Bavaria`; two capitals in front are the country.

        Raises `InputError` (`rulebook.bad-place`).

        >>> Place.parse("Sichuan/Yibin"), Place.parse("DE")
        (Place(country='CN', province='Sichuan', prefecture='Yibin'), Place(country='DE', province=None, prefecture=None))
        """
        parts = [part.strip() for part in text.split("/")]
        named = parts if _COUNTRY.fullmatch(parts[0]) else [country, *parts]
        if not all(parts) or len(named) > 3:
            raise InputError([Finding("rulebook.bad-place", who, "Sichuan/Yibin", text)])
        return cls(*named)

    def __str__(self) -> str:
        return "/".join(part for part in (self.country, self.province, self.prefecture) if part)
