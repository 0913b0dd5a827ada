"""Every field of a park file says what it is and in which unit: to readers, to editors and to docs/assets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from lingtan.fact import Fact
from lingtan.park import Park
from lingtan.units import Unit

BRACKET = re.compile(r"\[([^\]]+)\]")
COUNTS = {"schema", "port", "unit"}
"""Numbers that measure nothing."""


def models_below(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and all models that its fields lead to."""

    def inside(annotation: Any) -> Iterator[type[BaseModel]]:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        for argument in get_args(annotation):
            yield from inside(argument)

    found, todo = {model}, [model]
    while todo:
        for info in todo.pop().model_fields.values():
            new = set(inside(info.annotation)) - found
            found |= new
            todo += new
    yield from sorted(found, key=lambda each: each.__name__)


MODELS = list(models_below(Park))
SCHEMA = Park.model_json_schema(by_alias=True)


def fields(node: Any, at: str = "") -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each object's properties in a JSON Schema: object, key, form."""
    if isinstance(node, dict):
        for key, form in node.get("properties", {}).items():
            yield at, key, form
        for name, inner in node.items():
            yield from fields(inner, f"{at}.{name}")
    elif isinstance(node, list):
        for number, inner in enumerate(node):
            yield from fields(inner, f"{at}[{number}]")


def is_number(form: dict[str, Any]) -> bool:
    kinds = {form.get("type"), *(each.get("type") for each in form.get("anyOf", ()))}
    return bool(kinds & {"number", "integer"})


def test_the_parts_of_a_park_are_seen() -> None:
    """Rules out that the tests below pass because they looked at nothing."""
    names = {model.__name__ for model in MODELS}
    assert {
        "Park",
        "Load",
        "Pv",
        "Wind",
        "FirmLine",
        "Battery",
        "PowerSize",
        "Bilingual",
        "Meter",
        "Reference",
    } <= names
    assert len(list(fields(SCHEMA))) > 100


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_part_is_a_fact_with_a_docstring(model: type[BaseModel]) -> None:
    assert issubclass(model, Fact)
    assert model.__doc__
    assert (model.model_config["frozen"], model.model_config["extra"]) == (True, "forbid")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_described(model: type[BaseModel]) -> None:
    assert [name for name, info in model.model_fields.items() if not info.description] == []


def test_every_object_of_the_schema_refuses_other_keys() -> None:
    def open_objects(node: Any, at: str) -> Iterator[str]:
        if isinstance(node, dict):
            if "properties" in node and node.get("additionalProperties") is not False:
                yield at
            for name, inner in node.items():
                yield from open_objects(inner, f"{at}.{name}")
        elif isinstance(node, list):
            for inner in node:
                yield from open_objects(inner, at)

    assert list(open_objects(SCHEMA, "")) == []


def test_every_number_has_a_unit_that_its_description_names() -> None:
    """Rules out a field described in MW and read in kW."""
    silent, differing = [], []
    for at, key, form in fields(SCHEMA):
        if not is_number(form) or key in COUNTS or form.get("unit_of") == "bus":
            continue  # the unit of a rate or a price is that of the carrier at the bus
        named = BRACKET.findall(form.get("description", ""))
        if not named and key != "year":
            silent.append(f"{at}.{key}")
        elif "unit" in form and Unit.parse(form["unit"]) != Unit.parse(named[0]):
            differing.append(f"{at}.{key}: {form['unit']} is not {named[0]}")
    assert (silent, differing) == ([], [])


def test_every_size_names_its_unit() -> None:
    sizes = [(key, form) for _, key, form in fields(SCHEMA) if str(form.get("$ref", "")).endswith("Size")]
    units = {"PowerSize": "kW", "EnergySize": "kWh", "ApparentSize": "kVA", "MassSize": "kg", "ExtentSize": "1"}
    assert len(sizes) >= 11
    for key, form in sizes:
        kind = form["$ref"].rpartition("/")[2]
        assert BRACKET.findall(form["description"]) == [units[kind]], key
