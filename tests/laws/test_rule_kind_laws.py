"""What holds for the further kinds of rules, whatever the figures: conditions act on their days only, money adds up."""

from __future__ import annotations

from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lingtan.clock import TimeGrid
from lingtan.rulebook import (
    FuelFactor,
    InterestSubsidy,
    Period,
    PowerFactorAdjustment,
    TimeOfUse,
    adjustment_of,
    fuel_emissions_t,
    fuel_tce,
    period_of,
    shipped,
    subsidy_of,
)
from lingtan.rulebook.special_hours import Special, TemperatureTrigger
from lingtan.rulebook.time_of_use import Season

HEAD = {
    "valid_from": date(2025, 1, 1),
    "recorded_at": date(2025, 1, 1),
    "document": "a document",
    "source": "a law",
    "confidence": "invented",
    "verified": False,
}
GRID = TimeGrid(np.datetime64("2025-05-27T16:00"), 60, 24 * 10, "Asia/Shanghai")  # 28 May to 6 June
NAMES = ("", "labor_day", "dragon_boat")


@given(
    st.lists(st.sampled_from([30.0, 35.0, 40.0]), min_size=10, max_size=10),
    st.lists(st.sampled_from(NAMES), min_size=10, max_size=10),
    st.integers(1, 4),
)
def test_a_condition_acts_on_its_days_only(daily_max_c: list[float], names: list[str], running: int) -> None:
    """Against an oracle that walks day by day and shares nothing with the code."""
    record = TimeOfUse(
        id="law",
        kind="time_of_use",
        seasons=(Season(months=tuple(range(1, 13)), peak=("12:00-16:00",)),),
        super_peak=(
            Special(
                hours=("13:00-15:00",),
                temperature_trigger=TemperatureTrigger(daily_maximum=35.0, days_running=running, months=(6,)),
            ),
        ),
        deep_valley=(Special(hours=("14:00-17:00",), holidays=("dragon_boat",)),),
        **HEAD,
    )
    expected, run = [], 0
    for day, (high, name) in enumerate(zip(daily_max_c, names, strict=True)):
        run = run + 1 if high >= 35.0 else 0
        in_june = day >= 4
        for hour in range(24):
            period = Period.PEAK if 12 <= hour < 16 else Period.FLAT
            if run >= running and in_june and 13 <= hour < 15:
                period = Period.SUPER_PEAK
            if name == "dragon_boat" and 14 <= hour < 17:
                period = Period.DEEP_VALLEY
            expected.append(period)
    assert period_of(record, GRID, daily_max_c, names).tolist() == expected


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_better_power_factor_never_costs_more(one: float, other: float) -> None:
    table = shipped().get("cn.power-factor.090")
    assert isinstance(table, PowerFactorAdjustment)
    low, high = sorted((one, other))
    assert adjustment_of(table, low) >= adjustment_of(table, high)


@given(st.lists(st.floats(0, 1e9), min_size=1, max_size=10), st.floats(0.1, 10), st.floats(1e3, 1e9))
def test_a_subsidy_keeps_term_and_cap(outstanding: list[float], years: float, cap: float) -> None:
    """Never more than points × cap in a year, nothing after the term, and nothing lost when nobody caps it."""
    base = shipped().get("cn.interest-subsidy.services")
    assert isinstance(base, InterestSubsidy)
    scheme = base.model_copy(update={"years": years, "cap": cap})
    paid = subsidy_of(scheme, outstanding)
    assert (paid <= scheme.points * cap * (1 + 1e-12)).all()
    assert not paid[int(np.ceil(years)) :].any()
    free = base.model_copy(update={"years": 50.0, "cap": None})
    np.testing.assert_allclose(subsidy_of(free, outstanding), np.array(outstanding) * base.points, rtol=1e-12)


@given(st.sampled_from([r for r in shipped().records if isinstance(r, FuelFactor)]), st.floats(1e-3, 1e9))
def test_a_fuel_s_tonnes_per_coal_do_not_hang_on_its_amount(fuel: FuelFactor, amount: float) -> None:
    ratio = fuel_emissions_t(fuel, amount) / fuel_tce(fuel, amount)
    np.testing.assert_allclose(ratio, fuel.factor_t_per_tce, rtol=1e-12)
