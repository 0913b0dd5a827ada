"""Laws of quantities and seals."""

from __future__ import annotations

import contextlib
import itertools
import json
import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lingtan.findings import InputError
from lingtan.seal import Broken, Json, Whole, canonical, chain, digest, verify_chain
from lingtan.units import Unit, convert, quantity

SYMBOLS = [
    "W",
    "kW",
    "MW",
    "kWh",
    "MJ",
    "kcal",
    "kVA",
    "CNY",
    "万元",
    "h",
    "min",
    "day",
    "month",
    "year",
    "kg",
    "t",
    "tce",
]
SYMBOLS += ["kgce", "m", "km", "m2", "ha", "m3", "kV", "A", "%", "‰", "1", "K"]
UNITS = st.builds(
    lambda tops, bottoms: "/".join(["·".join(tops), *bottoms]),
    st.lists(st.sampled_from(SYMBOLS), min_size=1, max_size=2),
    st.lists(st.sampled_from(SYMBOLS), max_size=3),
)
VALUES = st.floats(-1e12, 1e12).filter(lambda value: value == 0 or abs(value) > 1e-12)
PAYLOADS = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**6), 10**6)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
SAME = [
    (one, other)
    for one, other in itertools.product(SYMBOLS, SYMBOLS)
    if Unit.parse(one).dimension == Unit.parse(other).dimension
]


@given(value=VALUES, pair=st.sampled_from(SAME), per=st.sampled_from(SYMBOLS))
def test_there_and_back_is_the_same_value(value: float, pair: tuple[str, str], per: str) -> None:
    one, other = (f"{unit}/{per}" for unit in pair)
    assert convert(convert(value, one, other), other, one) == pytest.approx(value, rel=1e-14)


@given(value=VALUES)
def test_temperatures_come_back(value: float) -> None:
    """To the spacing of floats around the larger of the two readings."""
    assert convert(convert(value, "°C", "K"), "K", "°C") == pytest.approx(value, abs=1e-15 * (abs(value) + 1000))


@given(one=UNITS, other=UNITS)
def test_a_product_of_units_has_the_sum_of_their_dimensions(one: str, other: str) -> None:
    """Written as one text or multiplied by hand; the divisors of the first come behind the second's dividend."""
    assume("/" not in one)
    exponents = dict(Unit.parse(one).dimension)
    for base, exponent in Unit.parse(other).dimension:
        exponents[base] = exponents.get(base, 0) + exponent
    product = Unit.parse(f"{one}·{other}")
    assert dict(product.dimension) == {base: exponent for base, exponent in exponents.items() if exponent}
    assert product.factor == Unit.parse(one).factor * Unit.parse(other).factor


@given(value=VALUES, one=UNITS, other=UNITS)
def test_a_value_passes_exactly_where_dimensions_agree(value: float, one: str, other: str) -> None:
    assume(not one.startswith("1") or one.startswith("1/"))  # "5 1" is refused: two numbers, or 51?
    text = f"{value!r} {one}"
    if Unit.parse(one).dimension == Unit.parse(other).dimension:
        assert quantity(text, other, who="x") == pytest.approx(convert(value, one, other), rel=1e-14)
    else:
        with pytest.raises(InputError, match=r"^units\.wrong-dimension: x: "):
            quantity(text, other, who="x")


@given(value=VALUES, unit=UNITS)
def test_a_value_in_its_own_unit_is_itself(value: float, unit: str) -> None:
    """Rules out rounding on the way through a text."""
    assume(not unit.startswith("1") or unit.startswith("1/"))
    assert quantity(f"{value!r} {unit}", unit, who="x") == value == quantity(value, unit, who="x")


@given(text=st.text(max_size=30))
def test_no_text_is_a_fault(text: str) -> None:
    """Any text is a finite number or a finding, never NaN and never another exception."""
    with contextlib.suppress(InputError):
        assert math.isfinite(quantity(text, "kW", who="x"))


@given(one=PAYLOADS, other=PAYLOADS)
def test_digests_are_alike_only_for_data_that_json_writes_alike(one: Json, other: Json) -> None:
    """Any changed value changes the digest; what was read back from its own bytes does not."""
    assert digest(json.loads(canonical(one))) == digest(one)
    assert (digest(one) == digest(other)) == (repr(_ordered(one)) == repr(_ordered(other)))


def _ordered(payload: Json) -> Json:
    if isinstance(payload, dict):
        return {key: _ordered(payload[key]) for key in sorted(payload)}
    return [_ordered(inner) for inner in payload] if isinstance(payload, list) else payload


@given(payloads=st.lists(PAYLOADS, min_size=1, max_size=5), new=PAYLOADS, data=st.data())
def test_any_change_is_found_at_its_place(payloads: list[Json], new: Json, data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(payloads) - 1))
    assume(digest(new) != digest(payloads[position]))
    seals = chain(payloads)
    assert verify_chain(payloads, seals) == Whole(len(payloads))
    assert verify_chain([*payloads[:position], new, *payloads[position + 1 :]], seals) == Broken(position, "payload")
