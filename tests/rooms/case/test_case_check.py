"""What only shows when a park, its series and its rules are put together."""

from __future__ import annotations

from pathlib import Path

import pytest

from lingtan.findings import Severity
from tests.rooms.case.case_samples import case_in, gathered

NEED, SUN = "need: {constant: 1, unit: MW}", "sun: {constant: 0.2}"
SCALED = ("profile: need}", "profile: need, annual_energy: 1 GWh}")


@pytest.mark.parametrize(
    ("swaps", "text"),
    [
        (
            [(NEED, "need: {constant: 1}")],
            "13: case.profile-unit: assets.mill.profile: the series of a load has another unit than its scaling asks for; "
            "expected kW, got 1. Give a shape without unit when `peak` or `annual_energy` is set, and a power otherwise.",
        ),
        (
            [SCALED],
            "13: case.profile-unit: assets.mill.profile: the series of a load has another unit than its scaling asks for; "
            "expected 1, got kW. Give a shape without unit when `peak` or `annual_energy` is set, and a power otherwise.",
        ),
        (
            [SCALED, (NEED, "need: {constant: 0}")],
            "13: case.profile-zero: assets.mill.profile: the shape of a load is zero everywhere. Check the column.",
        ),
        (
            [(NEED, "need: {constant: -5, unit: kW}")],
            "13: case.negative-load: assets.mill.profile: a load is below zero somewhere; expected ≥ 0, got -5. "
            "Split generation off the load, or say `negative: zero` in its source.",
        ),
        (
            [(SUN, "sun: {constant: 20, unit: kW}")],
            "14: case.availability-unit: assets.roof.availability: availability is a share of installed power, "
            "without unit; expected 1, got kW. Divide by the installed power of the measured plant, with `factor` and "
            '`unit: "1"`.',
        ),
        (
            [(SUN, "sun: {constant: 1.2}")],
            "14: case.availability-range: assets.roof.availability: availability leaves its range; "
            "expected 0 … 1, got 1.2 … 1.2. Check the scale of the series.",
        ),
        (
            [(SUN, "sun: {constant: -0.1}")],
            "14: case.availability-range: assets.roof.availability: availability leaves its range; "
            "expected 0 … 1, got -0.1 … -0.1. Check the scale of the series.",
        ),
    ],
)
def test_a_series_that_does_not_suit_its_reader(tmp_path: Path, swaps: list[tuple[str, str]], text: str) -> None:
    findings = gathered(tmp_path, *swaps)[1]
    assert [found.text() for found in findings] == [f"{tmp_path / 'park.yaml'}:{text}"]


def test_a_share_in_percent_is_a_share(tmp_path: Path) -> None:
    case = case_in(tmp_path, (SUN, "sun: {constant: 20, unit: '%'}"))
    assert set(case.available_pu("roof")) == {0.2}


# ---------------------------------------------------------------------------------------------- meters

METERED = (
    "series:\n  above: {constant: 100, unit: kW}\n  a: {constant: 60, unit: kW}\n  b: {constant: 40.9, unit: kW}\n"
)
TREE = "  pcc: {series: above}\n  west: {parent: pcc, series: a}\n  east: {parent: pcc, series: b}\n  dark: {parent: pcc}\n"


def test_meters_may_differ_by_their_classes(tmp_path: Path) -> None:
    """Class 0.5 above and below allow 1 % of 100 kW: 100.9 kW are no fault."""
    assert case_in(tmp_path, ("series:\n", METERED), ("  pcc: {}\n", TREE)).findings == ()


def test_children_that_read_more_than_their_parent_are_a_fault(tmp_path: Path) -> None:
    """A wrong ratio of a current transformer shows here first."""
    findings = gathered(tmp_path, ("series:\n", METERED.replace("40.9", "41.1")), ("  pcc: {}\n", TREE))[1]
    assert [found.text() for found in findings] == [
        f"{tmp_path / 'park.yaml'}:9: case.child-above-parent: meters.pcc: the meters below read more than this meter, "
        "beyond their accuracy classes; expected ≤ 100 kW + 1 %, got 101.1 kW, 2025-01-01 00:00 (×8760). "
        "Check the tree, the units and the ratios of the meters."
    ]


def test_a_better_class_allows_less(tmp_path: Path) -> None:
    tree = TREE.replace("{series: above}", "{series: above, accuracy_class: 0.2}")
    findings = gathered(tmp_path, ("series:\n", METERED), ("  pcc: {}\n", tree))[1]
    assert [(found.code, found.expected) for found in findings] == [("case.child-above-parent", "≤ 100 kW + 0.7 %")]


def test_children_that_read_less_are_no_fault(tmp_path: Path) -> None:
    """What no meter below counts is losses, or a member without a meter."""
    assert case_in(tmp_path, ("series:\n", METERED.replace("40.9", "1")), ("  pcc: {}\n", TREE)).findings == ()


# ---------------------------------------------------------------------------------------------- supply


def test_a_need_above_all_sources_is_said_beforehand(tmp_path: Path) -> None:
    case, findings = gathered(tmp_path, ("capacity: 2 MVA", "capacity: 900 kVA"))
    assert case is not None
    assert [(found.severity, found.text()) for found in findings] == [
        (
            Severity.WARNING,
            f"{tmp_path / 'park.yaml'}:12: case.need-above-supply: assets: the loads need more than all sources "
            "together can give in some steps; got 1000 kW > 920 kW, 2025-01-01 00:00 (×8760). "
            "The study will report shortfall; raise the connection or add a source.",
        )
    ]


@pytest.mark.parametrize(
    "swaps",
    [
        [("capacity: 2 MVA", "capacity: 980 kVA")],  # 980 + 0.2 · 100 = 1000 kW
        [("capacity: 2 MVA", "capacity: {min: 0, max: 1 MVA}")],
        [("capacity: 2 MVA", "capacity: 900 kVA"), ("power: 100 kW", "power: {min: 0, max: 500 kW}")],
        [("power_factor: 1}", "power_factor: 1, import_limit: 1 MW}")],
    ],
)
def test_a_need_that_the_largest_sizes_meet_is_no_warning(tmp_path: Path, swaps: list[tuple[str, str]]) -> None:
    assert case_in(tmp_path, *swaps).findings == ()


def test_an_import_limit_counts(tmp_path: Path) -> None:
    findings = gathered(tmp_path, ("power_factor: 1}", "power_factor: 1, import_limit: 979 kW}"))[1]
    assert [found.got for found in findings] == ["1000 kW > 999 kW, 2025-01-01 00:00 (×8760)"]


# ---------------------------------------------------------------------------------------------- rules


def test_a_period_without_a_price_is_an_error_at_the_tariff(tmp_path: Path) -> None:
    """Rules out a year billed at nothing."""
    case, findings = gathered(tmp_path, ("year: 2025", "year: 2024"))
    assert "rulebook.no-record" in {found.code for found in findings if found.severity is Severity.ERROR}
    assert {found.line for found in findings if found.code == "rulebook.no-record"} == {18}
    assert case is not None  # it is joined, and refused by whoever asks for a sound one
