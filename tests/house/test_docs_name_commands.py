"""The guide keeps up with the command line, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from lingtan import cli
from lingtan.cli.serve_verb import PORT

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


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_guide_shows_the_pages_at_the_port_where_they_are(language: str) -> None:
    """Rules out an example that is copied and finds nobody there."""
    assert set(re.findall(r"127\.0\.0\.1:(\d{4})/", guide_in(language))) == {str(PORT)}


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md"])
def test_the_readme_shows_how_a_park_comes_alive(readme: str) -> None:
    text = (ROOT / readme).read_text("utf-8")
    assert re.search(r"^\.venv/bin/lingtan serve examples/yibin --twin ", text, re.MULTILINE)
