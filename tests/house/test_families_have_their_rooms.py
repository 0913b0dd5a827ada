"""An asset family has one name in five rooms: what is missing is named, family by family."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from lingtan.park import Asset

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "lingtan"
FAMILIES = {get_args(kind.model_fields["family"].annotation)[0]: kind for kind in get_args(get_args(Asset)[0])}
"""The families of a park file, each with its class: `{"load": Load, …}`."""


NO_DEVICE = re.compile(r"^Device template: none\b", re.MULTILINE)
"""How the page of a family says that nothing of it is connected yet."""


def rooms_missing(
    family: str, class_name: str, source: Path = SOURCE, docs: Path = ROOT / "docs" / "assets"
) -> list[str]:
    """Which of the five rooms do not know a family: a class, a behavior, columns and rows, a device (or none), a page."""

    def names_class(folder: str) -> bool:
        return any(re.search(rf"\b{class_name}\b", path.read_text("utf-8")) for path in source.glob(folder))

    described = docs / f"{family}.md"
    page = described.read_text("utf-8") if described.is_file() else ""
    templates = (path.read_text("utf-8") for path in source.glob("devices/templates/*.yaml"))
    known = {
        "park": any(f"class {class_name}(" in path.read_text("utf-8") for path in source.glob("park/assets/*.py")),
        "plant": names_class("plant/*.py"),
        "optimize": names_class("optimize/assets/*.py"),
        "devices": any(re.search(rf"^family: {family}$", text, re.MULTILINE) for text in templates)
        or NO_DEVICE.search(page) is not None,
        "docs": page != "",
    }
    return [room for room, there in known.items() if not there]


def test_every_family_has_its_five_rooms() -> None:
    missing = {family: rooms_missing(family, kind.__name__) for family, kind in FAMILIES.items()}
    assert missing.keys() >= {"load", "pv", "wind", "firm_line", "battery", "boiler", "heat_pump"}
    assert {family: rooms for family, rooms in missing.items() if rooms} == {}


def test_a_family_that_nobody_built_lacks_all_five() -> None:
    """Rules out that the test above passes because it finds everything everywhere."""
    assert rooms_missing("windmill", "Windmill") == ["park", "plant", "optimize", "devices", "docs"]
