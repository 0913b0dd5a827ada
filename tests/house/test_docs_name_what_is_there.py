"""Pages that list what there is list all of it, and nothing else: floors and rooms, pages."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.small_parks import ROOT

DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "lingtan"


def drawn_floors() -> list[set[str]]:
    """The rooms of each floor as `lint-imports` checks them, from the top."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    [layers] = [each["layers"] for each in settings["tool"]["importlinter"]["contracts"] if each["type"] == "layers"]
    return [set(re.findall(r"\w+", layer)) - {"__main__"} for layer in layers][1:]


def told_rooms() -> list[tuple[str, set[str], str]]:
    """The rows of the architecture page: floor (empty where it is that of the row above), rooms, what is built of it."""
    page = (DOCS / "architecture.md").read_text("utf-8")
    rows = re.findall(r"^\|([^|]*)\| (`[^|]*`) \|[^|]*\| (\w+) \|$", page, re.M)
    return [(floor.strip(), set(re.findall(r"`(\w+)`", rooms)), state) for floor, rooms, state in rows]


def test_the_architecture_page_draws_the_floors_that_are_checked() -> None:
    """Rules out a room that the page forgets, or puts on another floor than imports allow."""
    floors: list[set[str]] = []
    for floor, rooms, _ in told_rooms():
        floors = [*floors, set()] if floor else floors
        floors[-1] |= rooms
    assert floors == drawn_floors()


def test_a_room_is_said_to_be_there_if_it_is() -> None:
    told = {room: state for _, rooms, state in told_rooms() for room in rooms}
    there = {
        room: "now" if (SOURCE / room).is_dir() or (SOURCE / f"{room}.py").is_file() else "planned" for room in told
    }
    assert told == there


@pytest.mark.parametrize("folder", ["assets", "guide", "conventions"])
def test_the_page_of_pages_lists_all_of_them(folder: str) -> None:
    listed = re.findall(rf"\]\(({folder}/[^)#]+)\)", (DOCS / "README.md").read_text("utf-8"))
    assert sorted(listed) == sorted(f"{folder}/{page.name}" for page in (DOCS / folder).glob("*.md"))
