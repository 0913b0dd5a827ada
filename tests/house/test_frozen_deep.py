"""What is frozen is frozen all the way down: a plan's certificate speaks of the park it was made for."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel, ValidationError

from lingtan.case import Case, read_case
from lingtan.frozen import Frozen, deep_frozen
from lingtan.optimize import costs_of, plan
from lingtan.park import Battery
from tests.house.test_source_rules import WORLDLY_ROOMS, files, tree_of
from tests.rooms.park.park_samples import STARTER

UNFROZEN_BY_RIGHT = {
    "Finding": "freezes its default; thousands are made, and none is shared",
    "Sheet": "a file as it was read, for others to judge; a case keeps its lines alone",
}


def soft_spots(thing: Any, at: str, seen: set[int]) -> Iterator[str]:
    """Places below a thing where something could be changed in place."""
    if id(thing) in seen or isinstance(thing, type):
        return
    seen.add(id(thing))
    if isinstance(thing, np.ndarray):
        yield from [f"{at}: a writeable array"] if thing.flags.writeable else []
    elif isinstance(thing, dict | list | set) and not isinstance(thing, Frozen):
        yield f"{at}: a {type(thing).__name__}"
    for name, inner in parts(thing):
        yield from soft_spots(inner, f"{at}{name}", seen)


def parts(thing: Any) -> Iterator[tuple[str, Any]]:
    """What a thing holds, with how it is reached."""
    if isinstance(thing, Frozen | MappingProxyType):
        yield from ((f"[{key}]", inner) for key, inner in thing.items())
    elif isinstance(thing, tuple):
        yield from ((f"[{number}]", inner) for number, inner in enumerate(thing))
    elif isinstance(thing, BaseModel):
        yield from ((f".{name}", getattr(thing, name)) for name in type(thing).model_fields)
    elif is_dataclass(thing):
        yield from ((f".{field.name}", getattr(thing, field.name)) for field in fields(thing))


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(STARTER).window(0, 24)


def test_the_walk_sees_what_is_soft() -> None:
    """Rules out that the tests below pass because the walk is blind."""
    soft = {"a": [1]}, np.zeros(2), (Frozen({"b": {}}),)
    assert list(soft_spots(soft, "it", set())) == ["it[0]: a dict", "it[1]: a writeable array", "it[2][0][b]: a dict"]


def test_nothing_in_a_read_case_can_be_changed(case: Case) -> None:
    """`park.assets.pop(…)` would change the reference case, every window and the certified plan with it."""
    assert list(soft_spots(case, "case", set())) == []


def test_nothing_in_a_plan_can_be_changed(case: Case) -> None:
    decided = plan(case, costs_of(case))
    assert list(soft_spots(decided, "plan", set())) == []


def test_a_frozen_mapping_refuses_every_change_and_is_a_dict_otherwise() -> None:
    held = deep_frozen({"a": [1, {"b": 2}]})
    for change in (
        lambda: held.update(a=1),
        lambda: held.pop("a"),
        held.clear,
        lambda: held.setdefault("z", 1),
        lambda: held.__setitem__("a", 1),
        lambda: held["a"][1].__delitem__("b"),
        lambda: held.__ior__({"c": 1}),
    ):
        with pytest.raises(TypeError, match=r"^this mapping is frozen: make a new one$"):
            change()
    assert held == {"a": (1, {"b": 2})}
    assert pickle.loads(pickle.dumps(held)) == held
    assert {**held, "c": 1} == {"a": (1, {"b": 2}), "c": 1}


def test_a_changed_copy_is_judged_like_a_file(case: Case) -> None:
    """pydantic's own `model_copy` would take a negative life and a name that is none."""
    battery = case.park.assets["battery"]
    assert isinstance(battery, Battery)
    assert battery.model_copy(update={"life": 9}).life == 9
    assert battery.model_copy(update={"life": 9}).energy is battery.energy
    for wrong in ({"life": -3}, {"lifetime": 9}):
        with pytest.raises(ValidationError, match=next(iter(wrong))):
            battery.model_copy(update=wrong)
    park = case.park.model_copy(update={"assets": {"battery": battery}})
    with pytest.raises(TypeError, match="frozen"):
        park.assets.pop("battery")  # type: ignore[attr-defined]


def test_every_frozen_type_that_holds_a_mapping_freezes_it() -> None:
    """Rules out a new type whose mappings are typed as frozen and are not; slots are for what lives one control tick."""
    soft = []
    for path in files(".py"):
        if path.parts[0] != "src" or path.parts[2] in WORLDLY_ROOMS:
            continue
        for node in tree_of(path).body:
            decorated = " ".join(map(ast.unparse, getattr(node, "decorator_list", ())))
            if not isinstance(node, ast.ClassDef) or "frozen=True" not in decorated or "slots=True" in decorated:
                continue
            held = [ast.unparse(field.annotation) for field in node.body if isinstance(field, ast.AnnAssign)]
            holds = any(re.search(r"(^|[\[ ])(dict|Mapping)\[", each) for each in held)
            bases = {ast.unparse(base) for base in node.bases}
            own = any(isinstance(each, ast.FunctionDef) and each.name == "__post_init__" for each in node.body)
            if holds and "DeepFrozen" not in bases and not own and node.name not in UNFROZEN_BY_RIGHT:
                soft.append(f"{path}:{node.lineno} {node.name}")
    assert soft == []
