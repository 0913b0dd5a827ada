"""The forms of a source in a park file, and what is said about a wrong one."""

from __future__ import annotations

from typing import Any

import pytest

from lingtan.series import ConstantSource, FileSource, MonthlySource, PackageSource, judge_source
from lingtan.sheet import Sheet

SHEET = Sheet("park.yaml", {}, {("series", "load"): 7, ("series", "load", "colum"): 9})
AT = ("series", "load")


def judged(data: object) -> list[str]:
    source, findings = judge_source(data, SHEET, AT)
    assert (source is None) == bool(findings)
    return [found.text() for found in findings]


@pytest.mark.parametrize(
    ("data", "form"),
    [
        ({"file": "load.csv", "column": "kw", "unit": "kW"}, FileSource),
        ({"package": "simbench", "file": "load.csv", "column": "kw", "unit": "1"}, PackageSource),
        ({"constant": 30, "unit": "MW"}, ConstantSource),
        ({"constant": "30 MW"}, ConstantSource),
        ({"monthly": [0.1] * 12, "seed": 7}, MonthlySource),
    ],
)
def test_the_key_that_is_present_decides(data: object, form: type) -> None:
    source, findings = judge_source(data, SHEET, AT)
    assert (type(source), findings) == (form, [])


def test_an_unknown_key_is_offered_the_nearest() -> None:
    assert judged({"file": "load.csv", "colum": "kw", "unit": "kW"}) == [
        "park.yaml:9: sheet.unknown-key: series.load.colum: this key is not known here; got colum. "
        "Did you mean 'column'?",
    ]


@pytest.mark.parametrize(
    ("data", "got"),
    [
        ({"column": "kw"}, ", got column"),
        ({"file": "a.csv", "constant": 3}, ", got file, constant"),
        ({"package": "simbench", "monthly": []}, ", got package, monthly"),
        ("load.csv", ", got load.csv"),
        (None, ""),
    ],
)
def test_no_origin_or_two_are_refused(data: object, got: str) -> None:
    text = "park.yaml:7: series.unclear-source: series.load: it is not clear where this series comes from"
    rest = ". Give exactly one of file, package, constant and monthly."
    assert judged(data) == [f"{text}{got.replace(', ', '; ', 1)}{rest}"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"unit": "kWatt"}, "units.unknown-unit"),
        ({"zone": "Asia/Chengdu"}, "clock.unknown-zone"),
        ({"stamps": "middle"}, "sheet.not-one-of"),
        ({"factor": float("nan")}, "sheet.wrong-kind"),
        ({"max_gap_minutes": 0}, "sheet.out-of-range"),
        ({"header_line": 0}, "sheet.out-of-range"),
    ],
)
def test_a_wrong_value_of_a_recording_is_a_finding(change: dict[str, object], code: str) -> None:
    texts = judged({"file": "load.csv", "column": "kw", "unit": "kW"} | change)
    assert [text.split(": ")[1] for text in texts] == [code]


def test_twelve_months_it_must_be() -> None:
    assert [text.split(": ")[1] for text in judged({"monthly": [1.0] * 11})] == ["sheet.wrong-count"]


def test_energy_is_no_monthly_mean() -> None:
    """1,200 MWh of a month read as a mean would become 4.8 GW in quarter-hours."""
    assert judged({"monthly": [1200.0] * 12, "unit": "MWh"}) == [
        "park.yaml:7: series.energy-for-mean: series.load.unit: a mean over time is a power, not an energy; "
        "expected kW, got MWh. Divide the energy by its hours and give it in kW."
    ]


@pytest.mark.parametrize(
    ("given", "value", "unit"),
    [
        ({"constant": "3 MW"}, 3.0, "MW"),
        ({"constant": "3 MW", "unit": "kW"}, 3000.0, "kW"),
        ({"constant": "25 %"}, 25.0, "%"),
        ({"constant": "0.5"}, 0.5, "1"),
    ],
)
def test_a_constant_may_carry_its_own_unit(given: dict[str, Any], value: float, unit: str) -> None:
    source, findings = judge_source(given, Sheet("park.yaml", given))
    assert (source, findings) == (ConstantSource(constant=value, unit=unit), [])


def test_months_in_several_units_come_to_one() -> None:
    given = {"monthly": ["1 MW"] * 6 + ["500 kW"] * 6}
    source, _ = judge_source(given, Sheet("park.yaml", given))
    assert source == MonthlySource(monthly=(1.0,) * 6 + (0.5,) * 6, unit="MW")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"constant": "3 m", "unit": "kW"},
            "park.yaml: units.wrong-dimension: constant: this unit measures something else; expected kW, got 3 m. "
            "Give the value in kW, or as a plain number.",
        ),
        (
            {"constant": "3 MWh"},
            "park.yaml: series.energy-for-mean: unit: a mean over time is a power, not an energy; expected kW, got MWh. "
            "Divide the energy by its hours and give it in kW.",
        ),
    ],
)
def test_a_unit_that_does_not_fit_is_no_guess(given: dict[str, Any], said: str) -> None:
    assert [found.text() for found in judge_source(given, Sheet("park.yaml", given))[1]] == [said]


def test_plain_months_among_months_with_units_are_not_guessed() -> None:
    given = {"monthly": ["1 MW", 500, *["1 MW"] * 10]}
    assert judge_source(given, Sheet("park.yaml", given))[0] is None
