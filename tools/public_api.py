"""The public names of lingtan with their signatures, one a line: what a user may rely on.

`tests/house/public_api.txt` holds the list, a test compares, and `python tools/public_api.py --write` accepts a change:
the diff of that file is what a reviewer reads.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import lingtan

SNAPSHOT = Path(__file__).parents[1] / "tests" / "house" / "public_api.txt"


def public_api() -> list[str]:
    """A line for each name of `lingtan.__all__`, and one for each public member of a class among them."""
    return [line for name in sorted(lingtan.__all__) for line in _lines(name, getattr(lingtan, name))]


def _lines(name: str, thing: object) -> list[str]:
    if inspect.isclass(thing):
        members = [(member, value) for member, value in vars(thing).items() if not member.startswith("_")]
        ours = thing.__module__.partition(".")[0] == lingtan.__name__
        return [
            f"class {name}",
            *(line for member, value in sorted(members) if ours for line in _member(f"{name}.{member}", value)),
        ]
    if callable(thing):
        return [f"{name}{inspect.signature(thing)}"]
    return [f"{name}: {type(thing).__name__}"]


def _member(name: str, value: object) -> list[str]:
    if isinstance(value, classmethod | staticmethod):
        value = value.__func__
    if inspect.isfunction(value):
        return [f"{name}{inspect.signature(value)}"]
    return [name] if isinstance(value, property) or hasattr(value, "__get__") else []


def main(arguments: list[str]) -> int:
    """Print the list, or with `--write` keep it as the snapshot."""
    text = "\n".join(public_api()) + "\n"
    if arguments == ["--write"]:
        SNAPSHOT.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
