"""The schema that editors use against whole parks: what `lingtan check` accepts, an editor does not underline."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lingtan.case.schema import park_schema
from lingtan.cli.templates import template_folders
from lingtan.park.read import read_sheet

SCHEMA = park_schema()
PARKS = {"small": Path(__file__).parent / "base", **template_folders()}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "null": (type(None),),
}


def faults(data: Any, schema: dict[str, Any], at: str = "park") -> Iterator[str]:
    """What a validator of JSON Schema would say: the keywords that our schema uses, and no others."""
    if "$ref" in schema:
        yield from faults(data, SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[-1]], at)
        return
    for several in ("anyOf", "oneOf"):
        if several in schema and all(any(faults(data, option, at)) for option in schema[several]):
            yield f"{at}: none of {several}"
    kind = schema.get("type")
    if kind and (not isinstance(data, TYPES[kind]) or (isinstance(data, bool) and kind != "boolean")):
        yield f"{at}: no {kind}"
        return
    yield from _faults_of_value(data, schema, at)
    if isinstance(data, list):
        for number, item in enumerate(data):
            yield from faults(item, schema.get("items", {}), f"{at}[{number}]")
    if isinstance(data, dict):
        yield from _faults_of_object(data, schema, at)


def _faults_of_value(data: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    allowed = schema.get("enum", [schema["const"]] if "const" in schema else [data])
    if data not in allowed:
        yield f"{at}: not one of {allowed}"
    if isinstance(data, str) and "pattern" in schema and not re.search(schema["pattern"], data):
        yield f"{at}: not {schema['pattern']}"
    if isinstance(data, int | float) and not isinstance(data, bool):
        yield from _out_of_range(data, schema, at)


def _out_of_range(data: float, schema: dict[str, Any], at: str) -> Iterator[str]:
    low, above = schema.get("minimum"), schema.get("exclusiveMinimum")
    high, below = schema.get("maximum"), schema.get("exclusiveMaximum")
    if (
        (low is not None and data < low)
        or (above is not None and data <= above)
        or (high is not None and data > high)
        or (below is not None and data >= below)
    ):
        yield f"{at}: {data} out of range"


def _faults_of_object(data: dict[str, Any], schema: dict[str, Any], at: str) -> Iterator[str]:
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    yield from (f"{at}: no {key}" for key in schema.get("required", ()) if key not in data)
    for key, value in data.items():
        forms = (
            [known[key]] if key in known else [form for pattern, form in patterns.items() if re.search(pattern, key)]
        )
        other = schema.get("additionalProperties", True)
        if not forms and other is False:
            yield f"{at}: unknown key {key}"
        for form in forms or ([other] if isinstance(other, dict) else []):
            yield from faults(value, form, f"{at}.{key}")


def data_of(name: str) -> dict[str, Any]:
    data = read_sheet(PARKS[name])[0].data
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("name", sorted(PARKS))
def test_a_sound_park_is_not_underlined(name: str) -> None:
    assert list(faults(data_of(name), SCHEMA)) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("assets", "pv", "capx"), 2850),
        (("assets", "pv", "family"), "solar"),
        (("assets", "Pv 2"), {"family": "load", "bus": "main", "profile": "load"}),
        (("period", "year"), 20225),
        (("site", "country"), "China"),
        (("series", "load", "colum"), "kw"),
        (("rules", 0, "demand_prise"), 35),
        (("schema",), 7),
    ],
)
def test_a_broken_park_is(path: tuple[str | int, ...], value: object) -> None:
    """Rules out a schema that accepts everything, which the test above would not notice."""
    data: Any = copy.deepcopy(data_of("small"))
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert list(faults(data, SCHEMA)) != []
