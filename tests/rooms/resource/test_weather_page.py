"""The page on weather keeps up with the forms: every example on it is one that a park file may hold."""

from __future__ import annotations

import re
from pathlib import Path

from lingtan.resource import judge_resource
from lingtan.resource.source import FORMS, WEATHER_FORMS
from lingtan.sheet import compose

PAGE = (Path(__file__).parents[3] / "docs" / "conventions" / "weather.md").read_text("utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_every_example_is_accepted() -> None:
    judged = {}
    for text in EXAMPLES:
        sheet, findings = compose(text.encode(), "weather.md")
        assert findings == []
        for name, data in sheet.data.items():
            source, findings = judge_resource(data, sheet, (name,))
            assert [found.text() for found in findings] == []
            judged[name] = source
    assert len(judged) == 10
    assert {type(source) for source in judged.values()} == set(FORMS.values())


def test_every_key_of_weather_is_named() -> None:
    assert [key for key in WEATHER_FORMS if f"`{key}`" not in PAGE] == []
