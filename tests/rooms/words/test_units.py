from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from lingtan import units
from lingtan.findings import InputError
from lingtan.units import PowerKw, Quantity, ShareOfOne, TemperatureC, Unit, convert, quantity


def refusal(value: object, unit: str) -> str:
    with pytest.raises(InputError) as refused:
        quantity(value, unit, who="x")
    assert len(refused.value.findings) == 1
    return str(refused.value)


# ------------------------------------------------------------------------------------------------------------ units


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CNY/kVA/month", "元/kVA·月"),
        ("CNY/kVA/month", "CNY/(kVA*month)"),
        ("CNY/kVA/month", " yuan / kVA / month "),
        ("kWh", "kW·h"),
        ("kWh", "度"),
        ("m2", "m·m"),
        ("m3", "m³"),
        ("m2", "m^2"),
        ("t", "tCO₂"),
        ("kWh", "kWh_th"),
        ("°C", "℃"),
        ("kWh/kW", "h"),
        ("1", "kWh/kWh"),
        ("万CNY", "万元"),
    ],
)
def test_two_spellings_of_one_unit(one: str, other: str) -> None:
    """Rules out that a printed spelling is refused; a product behind a slash is a divisor, as tariffs print it."""
    assert Unit.parse(one) == Unit.parse(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kW", "kVA"),  # real and apparent power: a power factor apart
        ("kW", "kvar"),
        ("kVA", "kV·A"),
        ("kW", "kWh"),
        ("tce", "t"),  # standard coal is no mass
        ("tce", "GJ"),  # nor converted to energy in silence
        ("month", "day"),  # a billing period is no number of hours
        ("year", "h"),
        ("CNY/kW", "CNY/kW/month"),
        ("m2", "m3"),
        ("%", "K"),
    ],
)
def test_what_must_never_be_mixed(one: str, other: str) -> None:
    assert Unit.parse(one).dimension != Unit.parse(other).dimension
    with pytest.raises(InputError) as refused:
        convert(1.0, one, other)
    assert str(refused.value) == (
        f"units.wrong-dimension: unit: this unit measures something else; expected {other}, got {one}. "
        f"Give the value in {other}, or as a plain number."
    )


@pytest.mark.parametrize(
    ("text", "part", "nearest"),
    [
        ("kw", "kw", "kW"),
        ("CNY/KWH", "KWH", "kWh"),
        ("mw", "mw", "MW"),
        ("kWhh", "kWhh", "kWh"),
        ("furlong", "furlong", "kW"),
        ("CNY/kWh/", "CNY/kWh/", "CNY/kWh"),
        ("M W", "M W", "MW"),
        ("m in", "m in", "min"),
        ("万°C", "万°C", "°C"),
        ("亿%", "亿%", "%"),
    ],
)
def test_an_unknown_unit_is_named_with_the_nearest(text: str, part: str, nearest: str) -> None:
    """Rules out capitals ignored (mW is not MW) and blanks ignored inside a symbol (`m in`)."""
    with pytest.raises(InputError) as refused:
        Unit.parse(text, who="price")
    (found,) = refused.value.findings
    assert (found.code, found.who, found.got, found.values["nearest"]) == ("units.unknown-unit", "price", part, nearest)


def test_a_unit_of_any_length_is_answered() -> None:
    with pytest.raises(InputError, match=r"^units\.unknown-unit: unit: this unit is not known; got kW·kW·.{34}…\. Did"):
        Unit.parse("kW·" * 10_000 + "kW")


@pytest.mark.parametrize(
    ("value", "source", "target", "due"),
    [
        (1.0, "MWh", "kWh", 1000.0),
        (3.6, "MJ", "kWh", 1.0),
        (7000.0, "kcal/kg", "MJ/kg", 29.3076),  # GB/T 2589: a kilogram of standard coal, 29 307.6 kJ
        (350.0, "CNY/MWh", "CNY/kWh", 0.35),
        (3.2, "元/W", "CNY/kW", 3200.0),
        (1.0, "亿元", "CNY", 1e8),
        (1.0, "year", "month", 12.0),
        (0.5703, "tCO2/MWh", "kg/kWh", 0.5703),
        (1000.0, "W/m2", "kW/m2", 1.0),
        (36.0, "km/h", "m/s", 10.0),
        (1.0, "ha", "m2", 10_000.0),
        (20.0, "°C", "K", 293.15),
        (0.0, "K", "°C", -273.15),
        (-0.4, "%/°C", "1/K", -0.004),
        (15.0, "min", "h", 0.25),
        (300.0, "gce/kWh", "tce/MWh", 0.3),
    ],
)
def test_known_conversions(value: float, source: str, target: str, due: float) -> None:
    """Rules out a factor upside down, and the zero of °C carried into a coefficient per °C."""
    assert convert(value, source, target) == pytest.approx(due, rel=1e-15)


def test_arrays_are_converted_as_a_whole() -> None:
    assert convert(np.array([0.0, 1.5]), "MW", "kW").tolist() == [0.0, 1500.0]


def test_every_symbol_reads_as_itself() -> None:
    """Rules out a symbol of the table that the parser's own spelling rules make unreachable."""
    assert [symbol for symbol, unit in units._SYMBOLS.items() if Unit.parse(symbol) != unit] == []


# ------------------------------------------------------------------------------------------------------- quantities


@pytest.mark.parametrize(
    ("value", "unit", "due"),
    [
        (5, "kW", 5.0),
        (0, "kW", 0.0),
        (np.float64(2.5), "kW", 2.5),
        (np.int64(3), "kW", 3.0),
        ("5", "kW", 5.0),
        ("232.6 MW", "kW", 232600.0),
        ("0.35 CNY/kWh", "CNY/kWh", 0.35),
        ("17 CNY/kVA/month", "CNY/kVA/month", 17.0),
        ("32 元/kVA·月", "CNY/kVA/month", 32.0),
        ("25 %", "1", 0.25),
        ("25%", "1", 0.25),
        ("0.35 %", "1", 0.0035),  # the nearest float; 0.35 / 100 is another
        ("300 K", "°C", 26.85),  # likewise
        ("1e3 kW", "kW", 1000.0),
        ("1E-3 GW", "kW", 1000.0),
        ("0.5 1/kWh", "1/MWh", 500.0),
        ("1e3kWh", "kWh", 1000.0),
        (".5 MW", "kW", 500.0),
        ("5. MW", "kW", 5000.0),
        ("1 000 kW", "kW", 1000.0),
        ("12\u202f345\u00a0678.9 kW", "kW", 12345678.9),
        ("-5 °C", "°C", -5.0),
        ("−5 ℃", "°C", -5.0),
        ("5 万kW", "kW", 50000.0),
        ("  5\tMW ", "kW", 5000.0),
        ("25 year", "year", 25.0),
    ],
)
def test_quantities_are_read(value: object, unit: str, due: float) -> None:
    assert quantity(value, unit, who="x") == due


@pytest.mark.parametrize(
    "value", ["3,2", "3,2 kW", "1,000 kW", "1.234.567 kW", "1'000 kW", "1_000 kW", "1 00 kW", "1000 000 kW", "10³ kW"]
)
def test_a_number_with_two_readings_is_refused(value: str) -> None:
    """Rules out 3,2 read as 32 or as 3.2, and 10³ read as 103."""
    assert refusal(value, "kW") == (
        f"units.unclear-number: x: this number can be read in more than one way; expected kW, got {value}. "
        "Use a point for decimals and nothing between thousands, such as '12.5 kW'."
    )


def test_a_full_width_comma_is_a_comma() -> None:
    assert refusal("3\uff0c2 kW", "kW").startswith("units.unclear-number: ")


@pytest.mark.parametrize(
    ("value", "got"),
    [
        (True, "true"),
        (None, "nothing"),
        ([5], "a list"),
        ({"kW": 5}, "a mapping"),
        ("kW", "kW"),
        ("five kW", "five kW"),
        ("+ 5 kW", "+ 5 kW"),
        ("5j" * 200, "5j" * 30 + "…"),
    ],
)
def test_what_is_no_number_is_refused(value: object, got: str) -> None:
    """Rules out True read as 1 kW, and an endless text in a message."""
    assert refusal(value, "kW") == (
        f"units.not-a-quantity: x: this is not a number with a unit; expected kW, got {got}. "
        "Write a plain number in kW, or a text such as '12.5 kW'."
    )


@pytest.mark.parametrize(
    "value", [math.nan, math.inf, -math.inf, "nan", ".inf", "-inf kW", "NaN kW", "1e999 kW", 10**400]
)
def test_what_is_not_finite_is_refused(value: object) -> None:
    assert refusal(value, "kW").startswith("units.not-finite: x: the value must be a finite number; expected kW, got ")


def test_a_wrong_dimension_is_refused_in_both_languages() -> None:
    """Rules out kVA taken for kW with a power factor of one."""
    with pytest.raises(InputError) as refused:
        quantity("5 kVA", "kW", who="assets.pv.power")
    (found,) = refused.value.findings
    assert found.text("en") == (
        "units.wrong-dimension: assets.pv.power: this unit measures something else; expected kW, got 5 kVA. "
        "Give the value in kW, or as a plain number."
    )
    assert found.text("zh") == (
        "units.wrong-dimension: assets.pv.power：单位的量纲不符；应为 kW，实为 5 kVA。请以 kW 为单位填写，或只写数值。"
    )


def test_an_unknown_unit_falls_back_on_the_expected_one() -> None:
    assert refusal("5 xyz", "CNY/kWh") == (
        "units.unknown-unit: x: this unit is not known; expected CNY/kWh, got xyz. Did you mean 'CNY/kWh'?"
    )


@pytest.mark.parametrize(
    "value", ["1 1", "0x10 kW", "1e kW", "5 kW kW", "5 kW/", "5 " + "kW·" * 9999, "5;DROP", "5\n6 kW", "--5 kW", "²"]
)
def test_odd_texts_are_findings_not_faults(value: str) -> None:
    assert refusal(value, "kW").startswith("units.")


# --------------------------------------------------------------------------------------------------------- pydantic


class Plant(BaseModel):
    power: PowerKw | None = None
    share: ShareOfOne = 0.5


def test_a_field_reads_numbers_and_texts() -> None:
    plant = Plant.model_validate({"power": "12 MW", "share": "20 %"})
    assert (plant.power, plant.share) == (12000.0, 0.2)
    assert Plant.model_validate({"power": 12}).power == 12.0


@pytest.mark.parametrize(
    ("value", "code", "context"),
    [
        ("-3 MW", "units.out-of-range", {"expected": "≥ 0 kW", "got": "-3 MW", "unit": "kW", "example": "12.5 kW"}),
        ("3 kVA", "units.wrong-dimension", {"expected": "kW", "got": "3 kVA", "unit": "kW", "example": "12.5 kW"}),
        ("3 kw", "units.unknown-unit", {"expected": "kW", "got": "kw", "nearest": "kW"}),
        (True, "units.not-a-quantity", {"expected": "kW", "got": "true", "unit": "kW", "example": "12.5 kW"}),
    ],
)
def test_errors_of_a_field_are_findings(value: Any, code: str, context: dict[str, str]) -> None:
    """Rules out an error that a sheet cannot turn into a sentence: the type is the code, the context its values."""
    with pytest.raises(ValidationError) as refused:
        Plant.model_validate({"power": value})
    (error,) = refused.value.errors()
    assert (error["type"], error["loc"], error["ctx"]) == (code, ("power",), context)


def test_the_message_of_a_field_says_what_was_expected() -> None:
    with pytest.raises(ValidationError) as refused:
        Plant.model_validate({"share": "120 %"})
    assert refused.value.errors()[0]["msg"] == "the value is out of range; expected ≥ 0, ≤ 1, got 120 %"


@pytest.mark.parametrize(
    ("limits", "inside", "outside"),
    [({"gt": 0}, "1 W", 0), ({"ge": 0}, 0, -1e-9), ({"lt": 1}, "999 W", 1), ({"le": 1}, 1, "1.001 kW")],
)
def test_limits_hold_in_the_fields_unit(limits: dict[str, float], inside: object, outside: object) -> None:
    """Rules out a limit held against the number before its conversion, and one taken as open or closed wrongly."""
    limited = Quantity("kW", **limits)
    assert limited.read(inside) <= 1
    with pytest.raises(InputError, match=r"^units\.out-of-range: value: the value is out of range; expected "):
        limited.read(outside)


def test_the_schema_names_the_unit() -> None:
    schema = Plant.model_json_schema()["properties"]
    assert schema["power"]["anyOf"][0] == {
        "unit": "kW",
        "anyOf": [{"type": "number", "minimum": 0}, {"type": "string"}],
    }
    assert schema["share"] == {
        "anyOf": [{"type": "number", "minimum": 0, "maximum": 1}, {"type": "string"}],
        "unit": "1",
        "title": "Share",
        "default": 0.5,
    }


def test_what_is_written_is_a_number() -> None:
    assert TypeAdapter(PowerKw).json_schema(mode="serialization") == {"type": "number", "minimum": 0, "unit": "kW"}


def test_a_field_cannot_be_declared_in_an_unknown_unit() -> None:
    with pytest.raises(InputError, match=r"^units\.unknown-unit: unit: this unit is not known; got kw\. Did you mean"):
        Quantity("kw")


def test_absolute_zero_is_the_coldest() -> None:
    with pytest.raises(ValidationError, match=r"expected ≥ -273\.15 °C, got -300 °C"):
        TypeAdapter(TemperatureC).validate_python("-300 °C")
