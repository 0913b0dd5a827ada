"""The public names of lingtan with their signatures, one a line: what a user may rely on.

`tests/house/public_api.txt` holds the list, a test compares, and `python tools/public_api.py --write` accepts a change:
the diff of that file is what a reviewer reads.
"""

from __future__ import annotations

import inspect
import sys
from enum import Enum
from functools import cached_property
from pathlib import Path

import lingtan

SNAPSHOT = Path(__file__).parents[1] / "tests" / "house" / "public_api.txt"


def public_api() -> list[str]:
    """A line for each name of `lingtan.__all__`, and one for each public member of a class among them."""
    return [line for name in sorted(lingtan.__all__) for line in _lines(name, getattr(lingtan, name))]


def _lines(name: str, thing: object) -> list[str]:
    if inspect.isclass(thing) and issubclass(thing, Enum):
        return [f"class {name}", *(f"{name}.{member.name} = {member.value!r}" for member in thing)]
    if inspect.isclass(thing):
        ours = thing.__module__.partition(".")[0] == lingtan.__name__
        members = sorted(vars(thing).items()) if ours else []
        head = f"class {name}{inspect.signature(thing)}" if ours else f"class {name}"
        return [head, *(line for member, value in members if member[0] != "_" for line in _member(name, member, value))]
    return [f"{name}{inspect.signature(thing)}"] if callable(thing) else [f"{name}: {type(thing).__name__}"]


def _member(owner: str, name: str, value: object) -> list[str]:
    function = value.__func__ if isinstance(value, classmethod | staticmethod) else value
    if inspect.isfunction(function):
        return [f"{owner}.{name}{inspect.signature(function)}"]
    return [f"{owner}.{name}"] if isinstance(value, property | cached_property) else []


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
