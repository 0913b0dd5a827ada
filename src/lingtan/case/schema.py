"""The JSON Schema of the whole park file: the park's own part, with the forms of series and rules in their places."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from lingtan.park import Park
from lingtan.resource.source import FORMS as RESOURCE_FORMS
from lingtan.rulebook.kinds import KINDS
from lingtan.series.source import FORMS as SERIES_FORMS


def park_schema() -> dict[str, Any]:
    """A JSON Schema (draft 2020-12) for editors; what only our own checks know (references, examples) is not in it."""
    schema: dict[str, Any] = Park.model_json_schema(by_alias=True)
    definitions: dict[str, Any] = schema.setdefault("$defs", {})
    properties = schema["properties"]
    properties["rules"]["items"] = {"anyOf": _forms(KINDS.values(), definitions)}
    for named in (each for each in properties.values() if "patternProperties" in each):
        named["additionalProperties"] = False  # a name of another form is refused, not passed over
    [pattern] = properties["series"]["patternProperties"]
    forms = (*SERIES_FORMS.values(), *RESOURCE_FORMS.values())
    properties["series"]["patternProperties"] = {pattern: {"anyOf": _forms(forms, definitions)}}
    return {**schema, "$schema": "https://json-schema.org/draft/2020-12/schema", "title": "lingtan park file"}


def _forms(models: Any, definitions: dict[str, Any]) -> list[dict[str, Any]]:
    forms = []
    for model in models:
        form = TypeAdapter(model).json_schema(by_alias=True, ref_template="#/$defs/{model}")
        definitions.update(form.pop("$defs", {}))
        definitions[model.__name__] = form
        forms.append({"$ref": f"#/$defs/{model.__name__}"})
    return forms
