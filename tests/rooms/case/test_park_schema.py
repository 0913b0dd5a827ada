"""The JSON Schema that editors use: the park's own part with the forms of series and rules in their places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lingtan.case.schema import park_schema
from lingtan.park.read import read_sheet
from lingtan.resource.source import FORMS as RESOURCE_FORMS
from lingtan.rulebook.kinds import KINDS
from lingtan.series.source import FORMS as SERIES_FORMS
from tests.rooms.park.park_samples import STARTER

SCHEMA = park_schema()
FORMS = {**SERIES_FORMS, **RESOURCE_FORMS}


def objects(node: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        if "properties" in node:
            yield at, node
        for name, inner in node.items():
            yield from objects(inner, f"{at}.{name}")
    elif isinstance(node, list):
        for inner in node:
            yield from objects(inner, at)


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        for inner in node.values():
            yield from references(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from references(inner)


def test_the_head_says_what_it_is() -> None:
    assert SCHEMA["title"] == "lingtan park file"
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    required = {"schema", "name", "title", "disclosure", "site", "period", "buses", "connections", "assets", "series"}
    assert set(SCHEMA["required"]) == required | {"finance", "carbon", "reference"}


def test_no_object_takes_other_keys() -> None:
    """An editor marks a typing error only where other keys are refused."""
    found = dict(objects(SCHEMA))
    assert len(found) > 40
    assert [at for at, node in found.items() if node.get("additionalProperties") is not False] == []


def test_names_of_another_form_are_refused() -> None:
    for section in ("members", "meters", "buses", "connections", "assets", "series"):
        form = SCHEMA["properties"][section]
        assert form["additionalProperties"] is False, section
        assert list(form["patternProperties"]) == [r"^[a-z][a-z0-9_]{0,39}$"], section


def test_series_and_rules_have_their_own_forms() -> None:
    """Rules out `any object`, which the park's own model asks for, since the forms are other rooms'."""
    [series] = SCHEMA["properties"]["series"]["patternProperties"].values()
    assert [each["$ref"] for each in series["anyOf"]] == [f"#/$defs/{form.__name__}" for form in FORMS.values()]
    rules = SCHEMA["properties"]["rules"]["items"]
    assert [each["$ref"] for each in rules["anyOf"]] == [f"#/$defs/{kind.__name__}" for kind in KINDS.values()]


def test_every_reference_leads_somewhere() -> None:
    assert {name.removeprefix("#/$defs/") for name in references(SCHEMA)} <= set(SCHEMA["$defs"])


def test_every_field_of_a_series_is_described() -> None:
    silent = [
        f"{form.__name__}.{key}"
        for form in FORMS.values()
        for key, field in SCHEMA["$defs"][form.__name__]["properties"].items()
        if not field.get("description")
    ]
    assert silent == []


def test_the_starter_uses_only_keys_that_the_schema_knows() -> None:
    """Followed by hand, since no validator is among our dependencies: from the file's keys to the schema's."""
    known = {key for _, node in objects(SCHEMA) for key in node["properties"]}
    names = set().union(*(read_sheet(STARTER)[0].data[section] for section in ("members", "meters", "buses", "assets")))

    def keys(node: Any) -> Iterator[str]:
        for key, inner in node.items() if isinstance(node, dict) else ():
            yield key
            yield from keys(inner)
        for inner in node if isinstance(node, list) else ():
            yield from keys(inner)

    data = read_sheet(STARTER)[0].data
    assert set(keys(data)) - known - names - set(data["series"]) - set(data["connections"]) == set()
