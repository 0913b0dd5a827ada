"""The park file as forms to fill in, read off the schema: which sheets a workbook of a park has, and which fields.

A form is one of three: `facts` (a field a line), `named` (a thing a row, its name in the first column) and `listed` (an entry
a row, in order). What is nested is flattened: `power: {min, max}` gives the fields `power.min` and `power.max`. Asset families
have a form each; entries that tell their kind, such as activities, share one form with a column for the kind.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from lingtan.fact import Bilingual
from lingtan.park.park import Park
from lingtan.units import Quantity

FIRST_SHEET = ("name", "title", "disclosure", "site", "period")
"""What the first sheet asks for: which park, where, when."""

RAW = ("series", "rules")
"""Sections in the language of other rooms: kept as plain data, a cell a key or a record."""

FIXED = ("schema",)
"""What a workbook does not ask for."""

_UNIT = re.compile(r"\[([^\]]+)\]")
Kind = Literal["facts", "named", "listed"]
Value = Literal["number", "whole", "yes_no", "text", "names"]


@dataclass(frozen=True)
class Field:
    """One thing to fill in: its path below the thing described, its unit and meaning, and what may stand there."""

    path: tuple[str, ...]
    value: Value
    unit: str = ""
    about: str = ""
    is_required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the column is called: `power.min`."""
        return ".".join(self.path)


@dataclass(frozen=True)
class Form:
    """One sheet: where in the park file it stands, what it asks, and what is settled by the choice of the sheet."""

    name: str
    kind: Kind
    at: tuple[str, ...]
    fields: tuple[Field, ...]
    fixed: tuple[tuple[str, str], ...] = ()


@cache
def forms() -> tuple[Form, ...]:
    """All forms of a park, in the order of the park file."""
    sections = {info.alias or name: info for name, info in Park.model_fields.items()}
    asked = {name: info for name, info in sections.items() if name not in (*RAW, *FIXED)}
    first = {name: info for name, info in asked.items() if name in FIRST_SHEET}
    facts = {name: info for name, info in asked.items() if name not in first and _container(info) is None}
    tables = [form for name, info in asked.items() for form in _tables(name, info)]
    return (_facts("park", first), *tables, _facts("terms", facts))


def _facts(name: str, sections: dict[str, FieldInfo]) -> Form:
    return Form(name, "facts", (), tuple(field for key, info in sections.items() for field in _section(key, info)))


def _section(key: str, info: FieldInfo) -> Iterator[Field]:
    """The fields of a section; its own sentence is left to the section, but for a text in two languages."""
    for field in _fields((key,), info):
        is_text = _core(info.annotation) is Bilingual
        about = field.about if is_text else field.about.removeprefix(f"{_said(info)} ")
        yield replace(field, about=about)


def _tables(name: str, info: FieldInfo) -> Iterator[Form]:
    """The forms of a section that holds many things; none for one that holds one."""
    container = _container(info)
    if container is None:
        return
    models = _models(typing.get_args(container)[0 if typing.get_origin(container) is tuple else 1])
    if typing.get_origin(container) is tuple:
        yield Form(name, "listed", (name,), _merged([list(_fields_of(model)) for model in models]))
    elif len(models) == 1:
        yield Form(name, "named", (name,), _asked_first(_fields_of(models[0])))
    else:
        for model in models:
            tag, value = _tag(model)
            fields = (field for field in _fields_of(model) if field.path != (tag,))
            yield Form(value, "named", (name,), _asked_first(fields), ((tag, value),))


def _container(info: FieldInfo) -> Any:
    """The annotation of a section that maps names to things or lists things; None for any other."""
    annotation = info.annotation
    return annotation if typing.get_origin(annotation) in (Mapping, tuple) else None


def _tag(model: type[BaseModel]) -> tuple[str, str]:
    """The key that tells a family, and its one value."""
    for name, info in model.model_fields.items():
        values = typing.get_args(info.annotation)
        if typing.get_origin(info.annotation) is Literal and len(values) == 1:
            return name, str(values[0])
    raise TypeError(f"{model.__name__} has no key that tells its family")


def _fields_of(model: type[BaseModel]) -> Iterator[Field]:
    for name, info in model.model_fields.items():
        yield from _fields((info.alias or name,), info)


def _fields(path: tuple[str, ...], info: FieldInfo) -> Iterator[Field]:
    """A field of a model, or the fields of what it nests."""
    core = _core(info.annotation)
    is_open = not info.is_required()
    if isinstance(core, type) and issubclass(core, BaseModel):
        for inner in _fields_of(core):
            about = " ".join(part for part in (_said(info), inner.about) if part)
            yield replace(inner, path=(*path, *inner.path), about=about, is_required=inner.is_required and not is_open)
        return
    default = None if info.default is PydanticUndefined else info.default
    unit = _unit((info.annotation, *info.metadata)) or "".join(_UNIT.findall(_said(info))[-1:])
    yield Field(path, _value(core), "" if unit == "1" else unit, _said(info), not is_open, default, _choices(core))


def _said(info: FieldInfo) -> str:
    return " ".join((info.description or "").split())


def _value(core: Any) -> Value:
    if typing.get_origin(core) is tuple:
        return "text" if _models(typing.get_args(core)[0]) else "names"
    plain: dict[Any, Value] = {float: "number", int: "whole", bool: "yes_no"}
    return plain.get(core, "text")


def _choices(core: Any) -> tuple[str, ...]:
    return tuple(map(str, typing.get_args(core))) if typing.get_origin(core) is Literal else ()


def _asked_first(fields: Iterable[Field]) -> tuple[Field, ...]:
    """What must be filled in before what may be."""
    return tuple(sorted(fields, key=lambda field: not field.is_required))


def _merged(kinds: Sequence[Sequence[Field]]) -> tuple[Field, ...]:
    """The fields of several kinds as the columns of one sheet; required is what every kind requires."""
    columns: dict[str, Field] = {}
    for field in (field for fields in kinds for field in fields):
        known = columns.get(field.key)
        columns[field.key] = field if known is None else _joined(known, field)
    of_all = {key for key in columns if all(key in {field.key for field in fields} for fields in kinds)}
    return _asked_first(
        replace(field, is_required=field.is_required and key in of_all) for key, field in columns.items()
    )


def _joined(one: Field, other: Field) -> Field:
    about = one.about if other.about in one.about else f"{one.about} {other.about}"
    choices = tuple(dict.fromkeys((*one.choices, *other.choices))) if one.choices and other.choices else ()
    return replace(
        one,
        value=one.value if one.value == other.value else "text",
        unit=one.unit if one.unit == other.unit else "",
        about=about,
        is_required=one.is_required and other.is_required,
        choices=choices,
    )


# ---------------------------------------------------------------------------------------------- annotations


def _core(annotation: Any) -> Any:
    """An annotation without `Annotated` and without `| None`."""
    if typing.get_origin(annotation) is typing.Annotated:
        return _core(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        [inner] = [part for part in typing.get_args(annotation) if part is not type(None)]
        return _core(inner)
    return annotation


def _models(annotation: Any) -> list[type[BaseModel]]:
    """The models that an annotation allows."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in typing.get_args(annotation) for model in _models(part)]


def _unit(parts: Iterable[Any]) -> str:
    """The unit of the first quantity in an annotation."""
    for part in parts:
        if isinstance(part, Quantity):
            return part.unit
        inner = _unit((*typing.get_args(part), *getattr(part, "__metadata__", ())))
        if inner:
            return inner
    return ""
