"""The guide keeps up with the command line, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from lingtan import cli

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs" / "guide"


def commands() -> dict[str, str]:
    """The help of every command by name."""
    group = typer.main.get_command(cli.app)
    assert isinstance(group, TyperGroup)
    return {name: command.help or "" for name, command in group.commands.items()}


def guide_in(language: str) -> str:
    pages = [page for page in GUIDE.glob("*.md") if page.stem.endswith(".zh") == (language == "zh")]
    return "\n".join(page.read_text("utf-8") for page in sorted(pages))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guide_names_every_command(language: str) -> None:
    guide = guide_in(language)
    assert [name for name in commands() if f"lingtan {name}" not in guide] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guide_names_no_command_that_is_not_there(language: str) -> None:
    """A command that is planned is named as planned in the README, not shown in the guide as if it ran."""
    named = re.findall(r"^\s*(?:\.venv/bin/)?lingtan ([a-z]+)", guide_in(language), re.MULTILINE)
    assert sorted(set(named) - set(commands())) == []


def test_every_command_has_help() -> None:
    assert [name for name, text in commands().items() if not text.strip()] == []
