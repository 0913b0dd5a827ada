"""A size: one quantity is fixed, a range is left to decide."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from lingtan.park.size import ApparentSize, EnergySize, PowerSize


@pytest.mark.parametrize(
    ("kind", "given", "low", "high"),
    [
        (PowerSize, 10, 10.0, 10.0),
        (PowerSize, "10 MW", 10_000.0, 10_000.0),
        (PowerSize, 0, 0.0, 0.0),
        (PowerSize, {"min": 0, "max": "30 MW"}, 0.0, 30_000.0),
        (PowerSize, {"min": "5 kW", "max": 5}, 5.0, 5.0),
        (EnergySize, "20 MWh", 20_000.0, 20_000.0),
        (EnergySize, {"min": 1, "max": "1 GWh"}, 1.0, 1e6),
        (ApparentSize, "63 MVA", 63_000.0, 63_000.0),
    ],
)
def test_a_size_from_a_scalar_or_a_range(
    kind: type[PowerSize | EnergySize | ApparentSize], given: object, low: float, high: float
) -> None:
    size = kind.model_validate(given)
    assert (size.min, size.max, size.free) == (low, high, high > low)
    assert kind.model_validate(size) == size
    assert kind.model_validate(size.model_dump()) == size


@pytest.mark.parametrize(
    ("kind", "given", "codes"),
    [
        (PowerSize, "20 MWh", {"units.wrong-dimension"}),
        (EnergySize, "20 MW", {"units.wrong-dimension"}),
        (ApparentSize, "20 MW", {"units.wrong-dimension"}),  # no power factor is assumed
        (PowerSize, -1, {"units.out-of-range"}),
        (PowerSize, float("inf"), {"units.not-finite"}),
        (PowerSize, None, {"units.not-a-quantity"}),
        (PowerSize, True, {"units.not-a-quantity"}),
        (PowerSize, {"min": 0}, {"missing"}),
        (PowerSize, {}, {"missing"}),
        (PowerSize, {"min": 0, "max": 1, "step": 1}, {"extra_forbidden"}),
        (PowerSize, {"min": 2, "max": 1}, {"value_error"}),
    ],
)
def test_what_is_no_size(kind: type[PowerSize], given: object, codes: set[str]) -> None:
    with pytest.raises(ValidationError) as raised:
        kind.model_validate(given)
    assert {error["type"] for error in raised.value.errors()} == codes


def test_the_schema_offers_all_three_forms() -> None:
    """An editor that knew only the range would mark `power: 10 MW` as wrong."""
    number, text, ranged = PowerSize.model_json_schema()["anyOf"]
    assert number == {"type": "number", "unit": "kW"}
    assert text == {"type": "string", "examples": ["10 kW"]}
    assert (ranged["required"], ranged["additionalProperties"]) == (["min", "max"], False)
