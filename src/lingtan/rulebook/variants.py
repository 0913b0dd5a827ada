"""Variants: one raw record that stands for several, as one document prices several classes of customers.

A raw record may carry `variants:`, a list of mappings with an `id` each. A variant is the record with its own keys laid
over it: mappings are merged, lists are continued, everything else is replaced, and the ids are joined by a dot.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lingtan.findings import Finding
from lingtan.sheet import Path, Sheet
from lingtan.wording.sheet import KINDS as KINDS_OF_VALUES


class Raw(NamedTuple):
    """One record as plain data, the name it goes by in findings, and a sheet that knows its lines under that name."""

    name: str
    data: dict[str, Any]
    sheet: Sheet


def expand(raw: object, sheet: Sheet, at: Path) -> Iterator[Raw | Finding]:
    """The records that a raw one, at a path of a sheet, stands for; what is no record at all becomes a finding."""
    if not isinstance(raw, Mapping):
        yield _not_a_mapping(sheet, at)
        return
    head = {key: value for key, value in raw.items() if key != "variants"}
    if "variants" not in raw:
        weaver = _Weaver(sheet, {})
        name = str(head.get("id", _who(sheet, at)))
        yield Raw(name, weaver.take(head, at, (name,)), Sheet(sheet.file, None, weaver.lines))
        return
    variants = raw["variants"]
    for number, variant in enumerate(variants if isinstance(variants, list | tuple) and variants else [variants]):
        path = (*at, "variants", number)
        if isinstance(variant, Mapping) and "id" in variant:
            name = f"{head.get('id', '')}.{variant['id']}"
            weaver = _Weaver(sheet, {})
            data = weaver.join(head, {**variant, "id": name}, at, path, (name,))
            yield Raw(name, data, Sheet(sheet.file, None, weaver.lines))
        else:
            who = f"{head.get('id', _who(sheet, at))}.variants[{number + 1}]"
            yield Finding("rulebook.variant-without-id", who, file=sheet.file, line=sheet.line(path))


class _Weaver(NamedTuple):
    """Lays one piece of data over another and notes from which line each path of the result came."""

    sheet: Sheet
    lines: dict[Path, int]

    def join(self, below: Any, above: Any, below_at: Path, above_at: Path, to: Path) -> Any:
        """Mappings merged, lists continued, all else replaced."""
        if isinstance(below, Mapping) and isinstance(above, Mapping):
            self.lines[to] = self.sheet.line(above_at)
            joined: dict[str, Any] = {}
            for key in dict.fromkeys((*below, *above)):
                if key not in above:
                    joined[key] = self.take(below[key], (*below_at, key), (*to, key))
                elif key not in below:
                    joined[key] = self.take(above[key], (*above_at, key), (*to, key))
                else:
                    joined[key] = self.join(below[key], above[key], (*below_at, key), (*above_at, key), (*to, key))
            return joined
        if isinstance(below, list | tuple) and isinstance(above, list | tuple):
            self.lines[to] = self.sheet.line(above_at)
            first = [self.take(item, (*below_at, n), (*to, n)) for n, item in enumerate(below)]
            return first + [self.take(item, (*above_at, n), (*to, len(first) + n)) for n, item in enumerate(above)]
        return self.take(above, above_at, to)

    def take(self, value: Any, at: Path, to: Path) -> Any:
        """A value as it is, its lines noted under its new path."""
        self.lines[to] = self.sheet.line(at)
        if isinstance(value, Mapping):
            return {key: self.take(inner, (*at, key), (*to, key)) for key, inner in value.items()}
        if isinstance(value, list | tuple):
            return [self.take(inner, (*at, n), (*to, n)) for n, inner in enumerate(value)]
        return value


def _not_a_mapping(sheet: Sheet, at: Path) -> Finding:
    expected = KINDS_OF_VALUES["dict_type"]
    return Finding("sheet.wrong-kind", _who(sheet, at), expected, file=sheet.file, line=sheet.line(at))


def _who(sheet: Sheet, at: Path) -> str:
    """A place without an id: the path with counts from 1, or the file's first word for a bare list."""
    text = ""
    for step in at:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text or sheet.file
