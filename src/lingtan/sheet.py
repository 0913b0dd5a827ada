"""A YAML text as plain data that remembers the line of every value.

Reading happens in two steps. `compose` turns bytes into a `Sheet`: plain dicts, lists and scalars beside a line for every
path. `judge` lets a pydantic model decide on (a part of) the data and turns each of its errors into a finding with the line,
the nearest known key and the allowed values. Anchors, aliases, tags and double keys are refused: they have no use in our
files, and are how a small file becomes a large one or a silent overwrite.
"""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from lingtan.findings import Finding, say_number
from lingtan.wording import Text, Words
from lingtan.wording.findings import FINDINGS
from lingtan.wording.sheet import KINDS

MAX_BYTES = 4_000_000
MAX_DEPTH = 32
MAX_NODES = 400_000
MAX_LINE_BYTES = 100_000

Path = tuple[int | str, ...]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Sheet:
    """Plain data with the line of every path; `data` is None when nothing could be composed."""

    file: str
    data: Any
    lines: Mapping[Path, int] = field(default_factory=dict)

    def line(self, path: Iterable[int | str]) -> int:
        """The line (from 1) of a path, or of its nearest ancestor that stands in the file; 0 when there is none."""
        at = tuple(path)
        while at and at not in self.lines:
            at = at[:-1]
        return self.lines.get(at, 0)


def compose(raw: bytes, file: str) -> tuple[Sheet, list[Finding]]:
    """Bytes to a sheet; what makes a text no sheet at all (size, binary, syntax, aliases) comes back as findings."""
    refused = _refuse_bytes(raw, file)
    if refused is not None:
        return Sheet(file, None), [refused]
    yaml = YAML(typ="safe", pure=True)
    yaml.version = (1, 2)
    try:
        node = yaml.compose(raw.decode("utf-8-sig"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return Sheet(file, None), [Finding("sheet.not-yaml", _name(()), got=str(error.problem), file=file, line=line)]
    except (YAMLError, ValueError, RecursionError) as error:
        return Sheet(file, None), [Finding("sheet.not-yaml", _name(()), got=str(error).splitlines()[0], file=file)]
    reader = _Reader(yaml, file)
    data = reader.plain(node, ()) if node is not None else None
    if node is None:
        reader.findings.append(Finding("sheet.empty", _name(()), file=file))
    return Sheet(file, None if reader.fatal else data, reader.lines), reader.findings


def _refuse_bytes(raw: bytes, file: str) -> Finding | None:
    if len(raw) > MAX_BYTES:
        return Finding("sheet.too-large", _name(()), f"≤ {MAX_BYTES} B", f"{len(raw)} B", file)
    if b"\0" in raw:
        return Finding("sheet.binary", _name(()), file=file)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return Finding("sheet.binary", _name(()), file=file, line=raw.count(b"\n", 0, error.start) + 1)
    for number, line in enumerate(raw.split(b"\n"), 1):
        if len(line) > MAX_LINE_BYTES:
            return Finding("sheet.long-line", _name(()), f"≤ {MAX_LINE_BYTES} B", f"{len(line)} B", file, number)
    return None


class _Reader:
    """Walks the node graph once, within bounds, and notes lines and findings."""

    def __init__(self, yaml: YAML, file: str) -> None:
        self._constructor = yaml.constructor
        self._file = file
        self._seen: set[int] = set()
        self.lines: dict[Path, int] = {}
        self.findings: list[Finding] = []
        self.fatal = False

    def plain(self, node: Node, path: Path) -> Any:
        """The node as plain data; a fatal finding (alias, depth, size) ends the walk."""
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen or getattr(node, "anchor", None):
            return self._stop("sheet.alias", path, node)
        self._seen.add(id(node))
        if len(path) > MAX_DEPTH or len(self._seen) > MAX_NODES:
            return self._stop("sheet.too-deep", path, node)
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.plain(item, (*path, n)) for n, item in enumerate(node.value) if not self.fatal]
        assert isinstance(node, ScalarNode)
        return self._scalar(node, path)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if self.fatal:
                break
            key = self._scalar(key_node, path) if isinstance(key_node, ScalarNode) else None
            if not isinstance(key, Hashable) or key is None:
                self._note("sheet.bad-key", path, key_node)
                continue
            name = str(key)
            if name in found:
                self._note("sheet.double-key", (*path, name), key_node)
                continue
            self.lines[(*path, name)] = key_node.start_mark.line + 1
            found[name] = self.plain(value_node, (*path, name))
        return found

    def _scalar(self, node: ScalarNode, path: Path) -> Any:
        """A scalar as YAML 1.2 reads it; dates stay text, for a model decides what a date is."""
        tag = str(node.tag).removeprefix("tag:yaml.org,2002:")
        if tag == "timestamp":
            return str(node.value)
        if tag not in {"str", "int", "float", "bool", "null"}:
            self._note("sheet.tag", path, node, got=f"!{tag}")
            return None
        try:
            return self._constructor.construct_object(node)
        except (YAMLError, ValueError) as error:
            self._note("sheet.not-yaml", path, node, got=str(error).splitlines()[0])
            return None

    def _note(self, code: str, path: Path, node: Node, got: str = "") -> None:
        line = node.start_mark.line + 1
        self.findings.append(Finding(code, _name(path), got=got, file=self._file, line=line))

    def _stop(self, code: str, path: Path, node: Node) -> None:
        if not self.fatal:
            self._note(code, path, node)
        self.fatal = True


def judge(model: type[Model], data: object, sheet: Sheet, at: Path = ()) -> tuple[Model | None, list[Finding]]:
    """Let `model` decide on `data`, which stands at path `at` of the sheet: an instance, or all findings with their lines."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        return None, [found for detail in details for found in _findings_of(detail, model, data, sheet, at)]


def _findings_of(detail: ErrorDetails, model: type[BaseModel], data: object, sheet: Sheet, at: Path) -> list[Finding]:
    cause = detail.get("ctx", {}).get("error")
    inner = _file_path(data, detail["loc"])
    path = (*at, *inner)
    own = getattr(cause, "findings", None)
    if own is not None:
        return [found.at(sheet.file, sheet.line(path)) for found in own]
    return [_finding_of(detail, known_keys(model, detail["loc"][:-1]), path).at(sheet.file, sheet.line(path))]


def _finding_of(detail: ErrorDetails, known: list[str], path: Path) -> Finding:
    """One pydantic error as a finding; `known` are the keys that the place it names would accept."""
    kind, who, limits = detail["type"], _name(path), detail.get("ctx", {})
    got = _brief(detail["input"])
    if kind in FINDINGS:
        values = {key: value for key, value in limits.items() if key not in {"expected", "got"}}
        return Finding(kind, who, limits.get("expected", ""), limits.get("got", got), values=values)
    if kind == "extra_forbidden":
        return unknown_key(who, str(path[-1]), known)
    if kind == "missing":
        return Finding("sheet.missing-key", who)
    if kind in {"union_tag_not_found"}:
        return Finding("sheet.missing-key", f"{who}.{str(limits['discriminator']).strip(chr(39))}")
    if kind in {"literal_error", "enum", "union_tag_invalid"}:
        allowed = str(limits.get("expected") or limits.get("expected_tags")).replace("'", "").replace(" or ", ", ")
        return Finding("sheet.not-one-of", who, allowed, str(limits.get("tag", got)))
    for limit, sign in {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}.items():
        if limit in limits:
            return Finding("sheet.out-of-range", who, f"{sign} {say_number(float(limits[limit]))}", got)
    if kind in KINDS:
        return Finding("sheet.wrong-kind", who, KINDS[kind], got)
    return Finding("sheet.not-accepted", who, detail["msg"], got)


def unknown_key(who: str, key: str, known: Iterable[str]) -> Finding:
    """The finding for a key nobody knows, with the nearest known one, or all of them when none is near."""
    keys = sorted(known)
    near = difflib.get_close_matches(key, keys, n=1, cutoff=0.55)
    help_: Text = (
        Words(f"Did you mean '{near[0]}'?", f"是否想写“{near[0]}”?")
        if near
        else Words(f"Known here: {', '.join(keys)}.", f"此处可用的键:{', '.join(keys)}。")
    )
    return Finding("sheet.unknown-key", who, got=key, values={"help": help_})


def known_keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that the model at `loc` (a pydantic error path, with union tags in it) accepts."""
    at: list[Any] = [model]
    for step in loc:
        at = [inner for outer in at for inner in _step_into(outer, step)] or at
    return sorted({field.alias or name for one in at if _is_model(one) for name, field in one.model_fields.items()})


def _is_model(candidate: object) -> bool:
    return isinstance(candidate, type) and issubclass(candidate, BaseModel)


def _step_into(annotation: Any, step: int | str) -> list[Any]:
    """The types that a path step leads to: a field of a model, the items of a container, the members of a union."""
    if _is_model(annotation):
        for name, info in annotation.model_fields.items():
            if step in (name, info.alias):
                return _members(info.annotation)
        return [annotation] if _tagged(annotation, step) else []
    origin, args = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (dict, Mapping, typing.get_origin(Mapping[str, str])) and len(args) == 2:
        return _members(args[1])
    if origin in (list, tuple) and args:
        return _members(args[0])
    return []


def _members(annotation: Any) -> list[Any]:
    """A union as its members, `Annotated` as what it wraps, anything else as itself."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _members(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return [inner for member in typing.get_args(annotation) for inner in _members(member)]
    return [annotation]


def _tagged(model: type[BaseModel], tag: int | str) -> bool:
    """Whether a discriminator of the model has this tag as its only value."""
    return any(tag in typing.get_args(info.annotation) for info in model.model_fields.values())


def _file_path(data: object, loc: tuple[int | str, ...]) -> Path:
    """A pydantic error path without the union tags and validator names that do not stand in the file."""
    path: list[int | str] = []
    for number, step in enumerate(loc):
        last = number == len(loc) - 1
        if isinstance(data, dict) and (step in data or (last and step not in {"constrained-str", "function-after"})):
            data = data.get(str(step))
            path.append(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            path.append(step)
    return tuple(path)


def _brief(value: object) -> Text:
    """What was found, short enough for a line."""
    if isinstance(value, dict):
        return Words("a mapping", "一个映射")
    if isinstance(value, list):
        return Words("a list", "一个列表")
    if value is None:
        return Words("nothing", "空")
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _name(path: Path) -> str:
    """A path as a user reads it: `assets.battery.power`, `rules[2].id`; the whole file is `park file`-neutral `.`."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "."
