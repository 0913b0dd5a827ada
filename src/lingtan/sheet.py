"""A YAML text as plain data that remembers the line of every value.

Reading happens in two steps. `compose` turns bytes into a `Sheet`: plain dicts, lists and scalars beside a line for every
path. `judge` lets a pydantic model decide on (a part of) the data and turns each of its errors into a finding with the line,
the nearest known key and the allowed values. Anchors, aliases, tags, directives and double keys are refused: they have no
use in our files, and are how a small file becomes a large one, a text a number, or a key a silent overwrite.
"""

from __future__ import annotations

import difflib
import math
import re
import sys
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from lingtan.findings import Finding, say_number
from lingtan.wording import Text, Words
from lingtan.wording.findings import FINDINGS
from lingtan.wording.sheet import KINDS, PATTERNS, YAML_PROBLEMS

MAX_BYTES = 1_000_000
"""A thousand assets take a fifth of it; ten seconds of reading, for YAML is slow to read."""
MAX_DEPTH = 32
MAX_NODES = 400_000
MAX_LINE_BYTES = 100_000
MAX_NAME = 200
MAX_FAULTS = 100
"""Of one part of a file; nobody mends more at once."""

_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*%")
"""`%YAML 1.1` above the content would turn `on` into true and `12:30` into 750."""
_STEPS = re.compile(r"\.([^.\[]+)|\[(\d+)\]")
_TAGS = {"str", "int", "float", "bool", "null"}
_TEXTS = {"timestamp", "merge", "value"}
"""What older YAML made more of than text: dates, `<<` and `=`."""

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
    node = _graph(yaml, raw.decode("utf-8-sig"), file)
    if isinstance(node, Finding):
        return Sheet(file, None), [node]
    reader = _Reader(yaml, file)
    data = reader.plain(node, ())
    if data is None and not reader.findings:
        reader.findings.append(Finding("sheet.empty", _name((), file), file=file, line=1))  # a lone `null`
    return Sheet(file, None if reader.fatal else data, reader.lines), reader.findings


def _graph(yaml: YAML, text: str, file: str) -> Node | Finding:
    """The text as a graph of nodes, or the finding that says why it is none."""
    whole = _name((), file)
    if directive := _DIRECTIVE.match(text):
        line = directive.group().count("\n") + 1
        return Finding("sheet.directive", whole, got=text.splitlines()[line - 1], file=file, line=line)
    try:
        node: Node | None = yaml.compose(text)
    except RecursionError:
        return Finding("sheet.too-deep", whole, file=file, line=1)
    except MarkedYAMLError as error:
        if "undefined alias" in str(error.problem):
            return Finding("sheet.alias", whole, file=file, line=_line_of(error))
        return Finding("sheet.not-yaml", whole, got=_problem(str(error.problem)), file=file, line=_line_of(error))
    except (YAMLError, ValueError) as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error, ReaderError) else 1
        return Finding("sheet.not-yaml", whole, got=_problem(str(error)), file=file, line=line)
    return Finding("sheet.empty", whole, file=file, line=1) if node is None else node


def _line_of(error: MarkedYAMLError) -> int:
    """Where a fault of syntax begins: an open quote or bracket is noticed far below the line that opened it."""
    opened = str(error.context).startswith(("while scanning a quoted", "while parsing a flow"))
    mark = error.context_mark if opened and error.context_mark else error.problem_mark
    return mark.line + 1 if mark else 1


def _problem(complaint: str) -> Text:
    """What a YAML parser complains of, in words for people; its own where we have none."""
    first = (complaint.splitlines() or [""])[0]
    return next((words for part, words in YAML_PROBLEMS.items() if part in first), first.removeprefix("found "))


def _refuse_bytes(raw: bytes, file: str) -> Finding | None:
    whole = _name((), file)
    if len(raw) > MAX_BYTES:
        return Finding("sheet.too-large", whole, f"≤ {MAX_BYTES} B", f"> {MAX_BYTES} B", file, 1)
    if b"\0" in raw:
        return Finding("sheet.binary", whole, file=file, line=raw.count(b"\n", 0, raw.index(b"\0")) + 1)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return Finding("sheet.binary", whole, file=file, line=raw.count(b"\n", 0, error.start) + 1)
    for number, line in enumerate(raw.split(b"\n"), 1):
        if len(line) > MAX_LINE_BYTES:
            return Finding("sheet.long-line", whole, f"≤ {MAX_LINE_BYTES} B", f"{len(line)} B", file, number)
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
            self._check_tag(node, path, {"map"})
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            self._check_tag(node, path, {"seq"})
            return [self.plain(item, (*path, n)) for n, item in enumerate(node.value) if not self.fatal]
        assert isinstance(node, ScalarNode)
        return self._scalar(node, path)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if self.fatal:
                break
            name = self._key(key_node, path)
            if name is None:
                continue
            if name in found:
                self._note("sheet.double-key", (*path, name), key_node)
                continue
            self.lines[(*path, name)] = key_node.start_mark.line + 1
            found[name] = self.plain(value_node, (*path, name))
        return found

    def _key(self, node: Node, path: Path) -> str | None:
        """A key as it is written; None, with a finding, where it is no plain name."""
        if node.anchor:
            self._stop("sheet.alias", path, node)
            return None
        if not isinstance(node, ScalarNode) or _tag_of(node) == "null" or node.value == "":
            self._note("sheet.bad-key", path, node, got=brief(node.value or None))
            return None
        self._check_tag(node, path, _TAGS | _TEXTS)
        return str(node.value)

    def _scalar(self, node: ScalarNode, path: Path) -> Any:
        """A scalar as YAML 1.2 reads it; dates stay text, for a model decides what a date is."""
        tag = _tag_of(node)
        self._check_tag(node, path, _TAGS | _TEXTS)
        if tag not in _TAGS:
            return str(node.value)
        try:
            value = self._constructor.construct_object(node)
        except (YAMLError, ValueError):
            if node.value.lstrip("+-").isdigit():  # more digits than Python reads
                return -math.inf if node.value.startswith("-") else math.inf
            self._note("sheet.not-yaml", path, node, got=brief(node.value))
            return None
        if isinstance(value, int) and abs(value) > sys.float_info.max:
            return math.inf if value > 0 else -math.inf  # as 1e400 is read; Python would refuse to print the digits
        return value

    def _check_tag(self, node: Node, path: Path, known: set[str]) -> None:
        tag = _tag_of(node)
        if tag not in known:
            self._note("sheet.tag", path, node, got=tag if tag.startswith("!") else f"!!{tag}")

    def _note(self, code: str, path: Path, node: Node, got: Text = "") -> None:
        line = node.start_mark.line + 1
        self.findings.append(Finding(code, _name(path, self._file), got=got, file=self._file, line=line))

    def _stop(self, code: str, path: Path, node: Node) -> None:
        if not self.fatal:
            self._note(code, path, node)
        self.fatal = True


def _tag_of(node: Node) -> str:
    return str(node.tag).removeprefix("tag:yaml.org,2002:")


def judge(model: type[Model], data: object, sheet: Sheet, at: Path = ()) -> tuple[Model | None, list[Finding]]:
    """Let `model` decide on `data`, which stands at path `at` of the sheet: an instance, or all findings with their lines."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        details = error.errors(include_url=False)
        said = [found for detail in details[:MAX_FAULTS] for found in _findings_of(detail, model, data, sheet, at)]
        if len(details) > MAX_FAULTS:
            who, left = _name(at, sheet.file), str(len(details) - MAX_FAULTS)
            said.append(Finding("sheet.more-faults", who, got=left, file=sheet.file, line=sheet.line(at)))
        return None, _said_once(said)


def _said_once(findings: list[Finding]) -> list[Finding]:
    """Each fault once: a number that is both ends of a range, a key that is misspelled and so missing, too."""
    misspelled = [found for found in findings if found.code == "sheet.unknown-key"]
    meant = {found.who.removesuffix(str(found.got)) + str(found.values["nearest"]) for found in misspelled}
    kept: list[Finding] = []
    for found in findings:
        if found not in kept and not (found.code == "sheet.missing-key" and found.who in meant):
            kept.append(found)
    return kept


def _findings_of(detail: ErrorDetails, model: type[BaseModel], data: object, sheet: Sheet, at: Path) -> list[Finding]:
    limits = detail.get("ctx", {})
    path = (*at, *file_path(data, detail["loc"], missing=detail["type"] == "missing"))
    own = getattr(limits.get("error"), "findings", None)
    if own is not None:
        return [_placed(found, path, sheet) for found in own]
    if detail["type"] == "union_tag_invalid":  # said of the mapping, meant of the key that tells its kind
        key = str(limits["discriminator"]).strip("'")
        path, detail = (*path, key), {**detail, "input": detail["input"][key]}
    found = _finding_of(detail, known_keys(model, detail["loc"][:-1]), path, _name(path, sheet.file))
    return [found.at(sheet.file, sheet.line(path))]


def _placed(found: Finding, path: Path, sheet: Sheet) -> Finding:
    """A finding of a model's own check at its place: a `who` such as `.min` counts from there."""
    part = _name(path, "")
    below = found.who.removeprefix(part) if found.who.startswith((".", f"{part}.", f"{part}[")) else ""
    place = (*path, *(name or int(number) - 1 for name, number in _STEPS.findall(below)))
    if found.who.startswith(".") or found.who in [step for step in path if isinstance(step, str)][-1:]:
        found = replace(found, who=_name(place, sheet.file))
    return found.at(sheet.file, sheet.line(place))


def _finding_of(detail: ErrorDetails, known: list[str], path: Path, who: str) -> Finding:
    """One pydantic error as a finding; `known` are the keys that the place it names would accept."""
    kind, limits = detail["type"], detail.get("ctx", {})
    got = brief(detail["input"])
    if kind in FINDINGS:
        values = {key: value for key, value in limits.items() if key not in {"expected", "got"}}
        return Finding(kind, who, limits.get("expected", ""), limits.get("got", got), values=values)
    if kind == "extra_forbidden":
        return unknown_key(who, str(brief(path[-1])), known)
    if kind == "missing":
        return Finding("sheet.missing-key", who)
    if kind == "union_tag_not_found":
        return Finding("sheet.missing-key", f"{who}.{str(limits['discriminator']).strip(chr(39))}")
    if kind in {"literal_error", "enum", "union_tag_invalid"}:
        allowed = str(limits.get("expected") or limits.get("expected_tags")).replace("'", "").replace(" or ", ", ")
        return Finding("sheet.not-one-of", who, allowed, got)
    return _of_value(kind, detail, who, got)


def _of_value(kind: str, detail: ErrorDetails, who: str, got: Text) -> Finding:
    """One pydantic error about a value: how many, how large, of which kind."""
    limits = detail.get("ctx", {})
    if kind in {"too_short", "too_long"}:
        bound = f"≥ {limits['min_length']}" if kind == "too_short" else f"≤ {limits['max_length']}"
        return Finding("sheet.wrong-count", who, bound, str(limits["actual_length"]))
    if isinstance(detail["input"], float) and not math.isfinite(detail["input"]):
        return Finding("sheet.wrong-kind", who, KINDS["finite_number"], got)
    for limit, sign in {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}.items():
        if limit in limits:
            return Finding("sheet.out-of-range", who, f"{sign} {say_number(float(limits[limit]))}", got)
    if kind == "string_pattern_mismatch":
        form = limits["pattern"]
        said = PATTERNS.get(form, Words(f"a text of the form {form}", f"形如 {form} 的文本"))
        return Finding("sheet.wrong-kind", who, said, got)
    if kind in KINDS:
        return Finding("sheet.wrong-kind", who, KINDS[kind], got)
    return Finding("sheet.not-accepted", who, detail["msg"], got)


def unknown_key(who: str, key: str, known: Iterable[str]) -> Finding:
    """The finding for a key nobody knows, with the nearest known one, or all of them when none is near."""
    keys = sorted(known)
    near = difflib.get_close_matches(key, keys, n=1, cutoff=0.55)
    help_: Text = (
        Words(f"Did you mean '{near[0]}'?", f"是否想写“{near[0]}”？")
        if near
        else Words(f"Known here: {', '.join(keys)}.", f"此处可用的键：{', '.join(keys)}。")
    )
    nearest = near[0] if near else ""
    return Finding("sheet.unknown-key", who, got=key, values={"help": help_, "nearest": nearest})


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
    return any(typing.get_args(info.annotation) == (tag,) for info in model.model_fields.values())


def file_path(data: object, loc: tuple[int | str, ...], *, missing: bool) -> Path:
    """A pydantic error path without the union tags and validator names that do not stand in the file.

    Only the last step of a `missing` key is kept although the file does not have it.
    """
    path: list[int | str] = []
    for number, step in enumerate(loc):
        absent_key = missing and number == len(loc) - 1
        if isinstance(data, dict) and (step in data or absent_key):
            data = data.get(str(step))
            path.append(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
            path.append(step)
    return tuple(path)


def brief(value: object) -> Text:
    """What was found, short enough for a line."""
    if isinstance(value, dict):
        return Words("a mapping", "一个映射")
    if isinstance(value, list):
        return Words("a list", "一个列表")
    if value is None:
        return Words("nothing", "空")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


def _name(path: Path, file: str) -> str:
    """A path as a user reads it: `assets.battery.power`, `rules[2].id`; the whole goes by the name of its file."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return (text if len(text) <= MAX_NAME else f"{text[:MAX_NAME]}…") or file.rsplit("/", 1)[-1]
