"""What stands of a park file that has faults, so that those of its series and rules are found in the same pass."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import RootModel

from lingtan.fact import Fact
from lingtan.findings import Finding
from lingtan.park.assets import Asset
from lingtan.park.migrate import version_of
from lingtan.park.park import Park
from lingtan.park.site import Meter, Period, Site
from lingtan.sheet import Sheet, judge

Part = TypeVar("Part", bound=Fact)


def standing(sheet: Sheet) -> Park | None:
    """A park of the sound parts of a file: its site, its period, its whole assets and meters; nothing else is in it.

    It says where, when and for whom series are read, and is fit for nothing more. None where the zone or the year is missing.
    """
    data = sheet.data
    if not isinstance(data, Mapping) or isinstance(version_of(sheet), Finding):
        return None
    site, period = _sound(Site, data.get("site"), "zone"), _sound(Period, data.get("period"), "year")
    if site is None or period is None:
        return None
    assets = {name: found.root for name, raw in _items(data.get("assets")) if (found := _whole(RootModel[Asset], raw))}
    meters = {
        name: meter for name, raw in _items(data.get("meters")) if (meter := judge(Meter, raw, Sheet("", raw))[0])
    }
    parts: dict[str, Any] = {"site": site, "period": period, "assets": assets, "meters": meters}
    return Park.model_construct(None, **parts)


def unsound(sheet: Sheet, stands: Park) -> frozenset[str]:
    """The keys of the site that are given, but cannot be read: what they would have said is not missing as well."""
    given = sheet.data.get("site") if isinstance(sheet.data, Mapping) else None
    return frozenset(name for name, _ in _items(given) if getattr(stands.site, name, given) is None)


def _items(section: object) -> list[tuple[str, object]]:
    return [(str(name), raw) for name, raw in section.items()] if isinstance(section, Mapping) else []


Whole = TypeVar("Whole", bound=RootModel)  # type: ignore[type-arg]


def _whole(form: type[Whole], raw: object) -> Whole | None:
    return judge(form, raw, Sheet("", raw))[0]


def _sound(model: type[Part], section: object, needed: str) -> Part | None:
    """A section without the keys that cannot be read; None without the one that is needed."""
    if not isinstance(section, Mapping) or needed not in section:
        return None
    kept: dict[str, object] = {needed: section[needed]}
    for key, value in section.items():
        tried = {**kept, str(key): value}
        if judge(model, tried, Sheet("", tried))[0] is not None:
            kept = tried
    return judge(model, kept, Sheet("", kept))[0]
