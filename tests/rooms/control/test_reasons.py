"""Every reason that control can give for a set-point has words in both languages."""

from __future__ import annotations

import ast
from pathlib import Path

import lingtan
from lingtan.wording.control import CONTROL_REASONS

SOURCES = (
    *Path(lingtan.__file__).parent.glob("control/*.py"),
    Path(lingtan.__file__).parent / "operate" / "ordering.py",
)
GIVEN_TO = {"Proposal", "_proposal", "_cut", "cut", "toward_safety", "_exactly", "Envelope", "Reach"}
"""The calls that carry a reason."""
NO_REASONS = {"guard", "reason", "low", "high"}
"""An author, and keys of an order."""


def reasons_in(path: Path) -> set[str]:
    """The texts that a module hands on as a reason, or keeps under a name that says so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in GIVEN_TO:
            found |= _texts(*node.args, *(keyword.value for keyword in node.keywords))
        if isinstance(node, ast.Assign) and any("reason" in name for name in _names(*node.targets)):
            found |= _texts(node.value)
    return found - NO_REASONS


def _texts(*nodes: ast.AST) -> set[str]:
    every = (inner for node in nodes for inner in ast.walk(node))
    return {one.value for one in every if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def _names(*nodes: ast.AST) -> set[str]:
    return {inner.id for node in nodes for inner in ast.walk(node) if isinstance(inner, ast.Name)}


def test_every_reason_has_words_and_every_word_a_reason() -> None:
    """Rules out a page that shows 操作员 "operator" for its reason, and words for a reason that nobody gives any more."""
    assert set().union(*map(reasons_in, SOURCES)) == set(CONTROL_REASONS)
