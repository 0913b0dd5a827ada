"""Prices by component, period and step."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.findings import InputError
from lingtan.rulebook import (
    Period,
    RetailPrice,
    check_periods,
    price_by_step_cny_per_kwh,
    prices_by_period,
    unit_price_cny_per_kwh,
)
from tests.rooms.rulebook.rulebook_samples import book_of, price

COMPONENTS = (
    "[{name: purchase, price: 0.3, floats_with_tou: true}, "
    "{name: government_funds, price: 0.1, floats_with_tou: false}]"
)
FACTORS = "{peak: 1.5, valley: 0.5}"


def sample(**keys: str | None) -> RetailPrice:
    record = book_of(price("a", components=COMPONENTS, **{"examples": "[{flat: 0.4}]", **keys})).get("a")
    assert isinstance(record, RetailPrice)
    return record


def test_only_floating_components_follow_the_hours() -> None:
    # 0.3 · 1.5 + 0.1 = 0.55, where (0.3 + 0.1) · 1.5 would be 0.60
    record = sample(factors=FACTORS)
    assert prices_by_period(record) == pytest.approx({Period.FLAT: 0.4, Period.PEAK: 0.55, Period.VALLEY: 0.25})
    assert [unit_price_cny_per_kwh(record, part, Period.PEAK) for part in record.components] == pytest.approx(
        [0.45, 0.1]
    )


def test_a_price_for_each_step_is_the_sum_of_its_components() -> None:
    record = sample(factors=FACTORS)
    codes = np.array([0, 1, 2, 1], np.int8)
    whole = price_by_step_cny_per_kwh(record, codes)
    assert whole == pytest.approx([0.4, 0.55, 0.25, 0.55])
    parts = [price_by_step_cny_per_kwh(record, codes, part) for part in record.components]
    assert np.sum(parts, axis=0) == pytest.approx(whole)


def test_a_period_without_a_price_is_refused() -> None:
    """Rules out a super peak billed at 0, or at the peak price."""
    record = sample(factors=FACTORS)
    codes = np.array([0, Period.SUPER_PEAK, Period.SUPER_PEAK], np.int8)
    message = (
        "rulebook.period-without-price: a: the price list has no price for a period that occurs; got super peak. "
        "Add its factor, or use hours that fit the list."
    )
    assert [found.text() for found in check_periods(record, codes)] == [message]
    with pytest.raises(InputError) as refused:
        price_by_step_cny_per_kwh(record, codes)
    assert str(refused.value) == message
    with pytest.raises(InputError) as refused:
        unit_price_cny_per_kwh(record, record.components[0], Period.DEEP_VALLEY)
    assert refused.value.findings[0].text("zh") == (
        "rulebook.period-without-price: a：电价表中缺少所出现时段的价格；实为 深谷。"
        "请补充该时段的浮动系数，或改用与电价表匹配的时段。"
    )


def test_a_list_without_factors_has_one_price_at_all_hours() -> None:
    assert prices_by_period(sample()) == pytest.approx(dict.fromkeys(Period, 0.4))


def test_a_component_price_may_be_negative_and_a_unit_is_converted() -> None:
    components = (
        "[{name: purchase, price: 410 CNY/MWh, floats_with_tou: true}, "
        "{name: system_operation, price: -0.01, floats_with_tou: false}]"
    )
    record = book_of(price("a", components=components, examples="[{flat: 0.4}]")).get("a")
    assert isinstance(record, RetailPrice)
    assert [part.price for part in record.components] == pytest.approx([0.41, -0.01])


def test_a_component_is_found_by_name() -> None:
    record = sample()
    assert record.component("government_funds").price == 0.1
    with pytest.raises(KeyError, match="line_loss"):
        record.component("line_loss")
