"""Laws of parks: what is written is read again, and a key that nobody knows is found where it stands."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from lingtan.park import Park, flow_names
from lingtan.sheet import Path, compose, judge
from tests.laws.park_strategies import PARKS

OTHER_ROOMS = {"series", "rules"}
NAMED = {"members", "meters", "buses", "connections", "assets"}


def written(data: dict[str, Any]) -> str:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    stream = io.StringIO()
    yaml.dump(data, stream)
    return stream.getvalue()


def read(text: str) -> tuple[Park | None, list[tuple[str, str, int]]]:
    sheet, findings = compose(text.encode(), "park.yaml")
    assert findings == []
    park, found = judge(Park, sheet.data, sheet)
    return park, [(each.code, each.who, each.line) for each in found]


def parts(data: Any, at: Path = ()) -> Iterator[Path]:
    """The path of every mapping whose keys are fields of a part of the park."""
    if at and at[0] in OTHER_ROOMS:
        return
    if isinstance(data, dict) and not (len(at) == 1 and at[0] in NAMED):
        yield at
    for step, value in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        yield from parts(value, (*at, step))


def said(path: Path) -> str:
    """A path as findings say it: `activities[2].fuel`."""
    return "".join(f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)[1:]


@given(PARKS)
def test_a_park_written_and_read_is_the_park(data: dict[str, Any]) -> None:
    """With every unit a file may use: what comes back is in canonical units, and equal to the last bit."""
    park = Park.model_validate(data)
    assert read(written(park.dump())) == (park, [])
    assert read(written(data)) == (park, [])


@given(PARKS, st.data())
def test_an_unknown_key_is_one_finding_at_its_line(data: dict[str, Any], draw: st.DataObject) -> None:
    at = draw.draw(st.sampled_from(list(parts(data))))
    changed = copy.deepcopy(data)
    inside: Any = changed
    for step in at:
        inside = inside[step]
    inside["zz_nobody_knows"] = draw.draw(st.sampled_from([1, None, "a text", [1], {"a": 1}]))
    text = written(changed)
    line = 1 + next(number for number, row in enumerate(text.split("\n")) if "zz_nobody_knows" in row)
    assert read(text) == (None, [("sheet.unknown-key", said((*at, "zz_nobody_knows")), line)])


@given(PARKS)
def test_the_reference_case_has_fewer_flows_and_no_new_ones(data: dict[str, Any]) -> None:
    park = Park.model_validate(data)
    reference = park.reference_case()
    assert set(reference.assets) == set(park.assets) - set(park.reference.without)
    for total, names in flow_names(reference).items():
        assert set(names) <= set(flow_names(park)[total])
