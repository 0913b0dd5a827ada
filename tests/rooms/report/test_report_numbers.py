"""Numbers on paper: units by size and language, three significant digits, no NaN, no guess where there is no figure."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingtan.report import numbers
from lingtan.report.returns import rate_text
from lingtan.wording import Words

MISSING = Words("not available yet", "尚未提供")
UNDEFINED = Words("not defined", "未作规定")


@pytest.mark.parametrize(
    ("kwh", "text"),
    [
        (0.0, "0 kWh"),
        (7.0, "7.00 kWh"),
        (999.0, "999 kWh"),
        (1_000.0, "1.00 MWh"),
        (45_678.0, "45.7 MWh"),
        (123_456_789.0, "123 GWh"),
        (-2_500_000.0, "−2.50 GWh"),
    ],
)
def test_energy_takes_the_unit_of_its_size(kwh: float, text: str) -> None:
    """Rules out fewer than three digits (2 GWh for 2.5) and a unit of which there is less than one."""
    assert numbers.energy([kwh]).text(kwh) == Words(text, text)


@pytest.mark.parametrize(
    ("cny", "en", "zh"),
    [
        (0.0, "0 CNY", "0 元"),
        (950.0, "950 CNY", "950 元"),
        (9_500.0, "9.50 kCNY", "9,500 元"),
        (61_234_500.0, "61.2 M CNY", "6,123 万元"),
        (-1_234_500.0, "−1.23 M CNY", "−123 万元"),
    ],
)
def test_money_is_counted_as_each_language_counts(cny: float, en: str, zh: str) -> None:
    """Rules out a factor of ten between 万 and thousands."""
    assert numbers.money([cny]).text(cny) == Words(en, zh)


def test_a_column_shares_unit_and_decimals() -> None:
    """Rules out that a small value beside a large one loses its digits, or that cells of a column differ in unit."""
    column = numbers.energy([251_300_000.0, 1_230_000.0, None])
    assert [column.number(value).en for value in (251_300_000.0, 1_230_000.0, 0.0)] == ["251.30", "1.23", "0"]
    assert column.unit.en == "GWh"


def test_dust_asks_for_no_decimals() -> None:
    """Rules out that what a solver leaves (1e-7 kWh) blows a column up to the last decimal."""
    assert numbers.energy([2_000.0, 1e-7]).number(2_000.0).en == "2.00"


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused(value: float) -> None:
    """Rules out `nan` on the page; a result that is none is a fault of ours and must not be printed over."""
    for write in (
        numbers.share,
        numbers.price,
        numbers.years,
        numbers.intensity,
        numbers.significant,
        numbers.scientific,
    ):
        with pytest.raises(ValueError, match=r"^not a finite number: "):
            write(value)
    for measure in (numbers.energy, numbers.money, numbers.mass, numbers.power):
        with pytest.raises(ValueError, match=r"^not a finite number: "):
            measure([value])


def test_no_figure_is_said_and_never_zero() -> None:
    """Missing is not zero, and a threshold that a document does not define is not one that we have not built."""
    assert numbers.energy([None]).text(None) == MISSING
    assert numbers.money([None]).number(None) == MISSING
    assert numbers.share(None) == UNDEFINED
    assert numbers.intensity(None) == UNDEFINED
    assert numbers.price(None) == UNDEFINED
    assert numbers.years(None) == Words("not within the horizon", "评价期内不能回收")
    assert rate_text(None) == MISSING


def test_several_rates_are_all_told() -> None:
    """Rules out one of several internal rates of return without a word."""
    several = rate_text({"roots": [0.05, 0.2], "verdict": "several"})
    assert several == Words("5.0%, 20.0% (several: judge by NPV)", "5.0%、20.0%（多解，以净现值为准）")
    assert rate_text({"roots": [], "verdict": "none"}) == Words("none", "不存在")
    assert rate_text({"roots": [-0.031], "verdict": "unique"}) == "−3.1%"


@given(st.floats(min_value=1e-2, max_value=1e15), st.sampled_from([-1.0, 1.0]))
def test_a_written_amount_reads_back_to_half_a_percent(size: float, sign: float) -> None:
    """Whatever its size, an amount keeps three significant digits in both languages."""
    divisors = {"CNY": 1.0, "kCNY": 1e3, "M CNY": 1e6, "元": 1.0, "万元": 1e4}
    for text in numbers.money([sign * size]).text(sign * size):
        number, unit = text.split(" ", 1)
        read = float(number.replace(",", "").replace("−", "-")) * divisors[unit]
        assert read == pytest.approx(sign * size, rel=5e-3, abs=5e-4)
