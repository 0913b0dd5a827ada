"""A record as plain data with its units, as a pack would hold it: what is written down reads back as the same record."""

from __future__ import annotations

import typing
from typing import Any

from pydantic import BaseModel

from lingtan.rulebook.assumption import Assumption
from lingtan.rulebook.record import Record
from lingtan.units import Quantity


def as_data(entry: Record | Assumption) -> dict[str, Any]:
    """A record or an assumption as dicts, lists, texts and numbers; only keys that were given, quantities with unit.

    >>> from lingtan.rulebook.read import shipped
    >>> as_data(shipped().get("cn.park-annex4.unbacked"))["factor"]
    '0.0008325 t/kWh'
    """
    return _model(entry, entry.model_dump(mode="json", exclude_unset=True))


def _model(model: BaseModel, dumped: dict[str, Any]) -> dict[str, Any]:
    fields = type(model).model_fields
    return {
        key: _value(getattr(model, key), dumped[key], (fields[key].annotation, *fields[key].metadata)) for key in dumped
    }


def _value(value: object, dumped: Any, types: tuple[Any, ...]) -> Any:
    """A value as dumped, with the unit that its type names; models inside are asked for their own fields."""
    if isinstance(value, BaseModel):
        return _model(value, dumped)
    if isinstance(value, tuple):
        return [_value(item, plain, types) for item, plain in zip(value, dumped, strict=True)]
    if isinstance(value, dict):
        return {key: _value(item, dumped[str(key)], types) for key, item in value.items()}
    unit = _unit_in(types) if isinstance(value, float) else ""
    return f"{repr(value).removesuffix('.0')} {unit}" if unit not in {"", "1"} else dumped


def _unit_in(types: tuple[Any, ...]) -> str:
    """The unit of the first quantity among types, looking into unions, lists and annotations."""
    for each in types:
        if isinstance(each, Quantity):
            return each.unit
        inner = _unit_in((*typing.get_args(each), *getattr(each, "__metadata__", ())))
        if inner:
            return inner
    return ""
