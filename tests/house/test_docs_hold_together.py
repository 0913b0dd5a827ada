"""Pages that point at each other, and at their twin in the other language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_there_are_pages() -> None:
    """Rules out that the tests below pass over an empty list."""
    assert ROOT / "README.md" in PAGES
    assert GUIDE / "getting-started.md" in PAGES


@pytest.mark.parametrize("page", sorted(GUIDE.glob("*.md")), ids=lambda page: page.name)
def test_every_page_of_the_guide_has_its_twin(page: Path) -> None:
    name = page.name.removesuffix(".md").removesuffix(".zh")
    assert (GUIDE / f"{name}.md").exists()
    assert (GUIDE / f"{name}.zh.md").exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    assert [link for link in LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()] == []
