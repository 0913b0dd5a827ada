"""The pack that the guide shows is one that loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.rooms.rulebook.rulebook_samples import parse

GUIDE = Path(__file__).parents[3] / "docs" / "guide"


@pytest.mark.parametrize("page", ["rules.md", "rules.zh.md"])
def test_the_pack_of_the_guide_loads(page: str) -> None:
    """Rules out an example that only looks like a record."""
    blocks = re.findall(r"```yaml\n(.*?)```", (GUIDE / page).read_text("utf-8"), re.DOTALL)
    pack, findings = parse("".join(blocks))
    assert [found.text() for found in findings] == []
    assert pack.ids == ("my.retail.2026-09",)
