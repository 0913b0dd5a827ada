"""The guiding indicators of annex 3, and the yardsticks that are no rules: seasons, hours, figures in circulation."""

from __future__ import annotations

from datetime import date

import pytest

from lingtan.rulebook import (
    EmissionFactor,
    FullLoadHours,
    GuidingIndicator,
    HydroSeasons,
    LegacyFactor,
    Place,
    meets_indicator,
    shipped,
)
from tests.rooms.rulebook.rulebook_samples import YIBIN, messages, record

BOOK = shipped()
DAY = date(2025, 7, 1)


def indicator(name: str) -> GuidingIndicator:
    return BOOK.find(GuidingIndicator, DAY, place=YIBIN, select={"indicator": name}).one()


@pytest.mark.parametrize(
    ("name", "enough", "short"),
    [
        # china-rules.md §1.1
        ("clean_energy_share", 0.90, 0.899),
        ("product_energy_quota", 2, 3),
        ("solid_waste_utilization", 0.80, 0.799),
        ("waste_heat_utilization", 0.50, 0.499),
        ("water_reuse", 0.80, 0.799),
    ],
)
def test_the_five_thresholds(name: str, enough: float, short: float) -> None:
    """Rules out a grade read like a share: grade 1 is better than 2."""
    assert meets_indicator(indicator(name), enough)
    assert not meets_indicator(indicator(name), short)
    assert indicator(name).waivable


def test_grade_1_is_better_than_grade_2() -> None:
    assert meets_indicator(indicator("product_energy_quota"), 1)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            {"examples": "[{share: 0.9, met: true}]"},
            "pack.yaml:1: rulebook.threshold-or-grade: a: an indicator has either a least share or a grade. "
            "State one of `least` and `grade`.",
        ),
        (
            {"least": "0.9", "examples": "[{share: 0.8, met: true}]"},
            "pack.yaml:12: rulebook.example-fails: a.examples[1].met: the record does not reproduce its own example and "
            "does not load; expected met, got not met. Compare both with the document.",
        ),
        (
            {"least": "0.9", "examples": "[{grade: 1, met: true}]"},
            "pack.yaml:12: rulebook.example-fails: a.examples[1].met: the record does not reproduce its own example and "
            "does not load; expected met, got –. Compare both with the document.",
        ),
    ],
)
def test_an_indicator_that_does_not_load(keys: dict[str, str], message: str) -> None:
    rule = {"indicator": "water_reuse", "waivable": "true", **keys}
    assert messages(record("a", "guiding_indicator", **rule)) == [message]


def test_sichuan_is_wet_in_summer() -> None:
    """china-practice.md: wet June–October, dry December–April; rules out the European pattern."""
    months = BOOK.find(HydroSeasons, DAY, place=YIBIN).one().months
    assert [months.season_of(month) for month in range(1, 13)] == ["dry"] * 4 + ["flat"] + ["wet"] * 5 + ["flat", "dry"]


def test_seasons_recompute_their_example() -> None:
    rule = {"months": "{dry: [1,2,3,4,5,6], wet: [7,8,9,10,11,12]}", "examples": "[{month: 8, season: dry}]"}
    assert messages(record("a", "hydro_seasons", **rule)) == [
        "pack.yaml:10: rulebook.example-fails: a.examples[1].season: the record does not reproduce its own example and "
        "does not load; expected dry season, got wet season. Compare both with the document."
    ]


def hours(technology: str, place: Place) -> tuple[float, float | None, float]:
    found = BOOK.find(FullLoadHours, DAY, place=place, select={"technology": technology}).one()
    return found.low, found.usual, found.high


def test_typical_hours_of_sichuan() -> None:
    """china-rules.md §9: hydro about 4,000–4,500 h, local PV about 1,000 h; the province beats the country."""
    assert hours("hydro", YIBIN) == (4000, None, 4500)
    assert hours("pv", YIBIN)[1] == 1000
    assert hours("pv", Place("CN", "Gansu")) != hours("pv", YIBIN)


HOURS = {"technology": "pv", "low": "800 h", "high": "1200 h"}


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            {"usual": "1300 h"},
            "pack.yaml:12: rulebook.outside-own-range: a.usual: the figure lies outside the range given with it; "
            "expected 800 … 1200 h, got 1300. Correct the figure, `low` or `high`.",
        ),
        (
            {"high": "700 h"},
            "pack.yaml:10: rulebook.range-reversed: a.low: the range runs backward; got 800 … 700 h. "
            "Write the lower figure first.",
        ),
        (
            {},
            "pack.yaml:12: rulebook.example-fails: a.examples[1].energy: the record does not reproduce its own example and "
            "does not load; expected 1000000 kWh, got 800000 kWh. Compare both with the document.",
        ),
    ],
)
def test_hours_that_do_not_load(keys: dict[str, str], message: str) -> None:
    rule = {**HOURS, **keys, "examples": "[{power: 1 MW, at: low, energy: 1 GWh}]"}
    assert messages(record("a", "full_load_hours", **rule)) == [message]


def test_a_figure_in_circulation_enters_no_account() -> None:
    """Rules out that a look-up for a factor ever finds 0.997."""
    legacy = BOOK.get("cn.legacy.electricity")
    assert isinstance(legacy, LegacyFactor)
    assert legacy.factor == pytest.approx(0.000997, rel=1e-12)
    assert [one for one in BOOK.records if isinstance(one, EmissionFactor) and one.factor == legacy.factor] == []


def test_a_figure_recomputes_its_example() -> None:
    rule = {"factor": "0.997 kg/kWh", "examples": "[{energy: 1 GWh, emissions: 900 t}]"}
    assert messages(record("a", "legacy_factor", **rule)) == [
        "pack.yaml:10: rulebook.example-fails: a.examples[1].emissions: the record does not reproduce its own example "
        "and does not load; expected 900 t, got 997 t. Compare both with the document."
    ]
