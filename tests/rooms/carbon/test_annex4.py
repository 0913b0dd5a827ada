"""The electricity of annex 4, kilowatt-hour by kilowatt-hour: its records, its terms, its indicator.

Larger parks stand in test_golden_park.py; here each figure is one multiplication.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from lingtan.carbon.annex4 import (
    VIEW,
    Annex4Rules,
    Inventory,
    annex4_rules,
    annex4_terms,
    inventory,
    keeps,
    threshold_of,
)
from lingtan.park import Park
from lingtan.terms import Readings, evaluate
from tests.small_parks import hours_grid, park_of, pv, shipped

GRID = hours_grid(10)


def rules(park: Park) -> Annex4Rules:
    return annex4_rules(park, shipped(), GRID)


def park(**more: Any) -> Park:
    return park_of({"works": {"family": "load", "profile": "need"}, **more})


def counted(of: Park, flows: dict[str, float], used_kwh: float, export_kwh: float = 0.0) -> Inventory:
    """The inventory of ten hours of constant power [kW]."""
    terms = annex4_terms(of, rules(of), GRID)
    columns = {name: np.full(GRID.steps, value) for name, value in flows.items()}
    return inventory(rules(of), evaluate(terms, Readings(columns, 1.0)), used_kwh, export_kwh)


def test_a_gigawatt_hour_from_the_grid():
    """100 MW for ten hours: 832.5 t and 300 tce, so 2.775 t/tce. In kg it would be a thousand times as much."""
    found = counted(park(), {"grid.import_kw": 1e5}, used_kwh=1e6)
    assert (found.view, found.conversion) == (VIEW, "equal_value")
    assert found.emissions_t == pytest.approx(832.5)
    assert found.energy_tce == pytest.approx(300.0)
    assert found.intensity_t_per_tce == pytest.approx(2.775)
    (line,) = found.lines
    assert (line.energy_kwh, line.factor_t_per_kwh, line.rule) == (1e6, 8.325e-4, "cn.park-annex4.unbacked")


def test_the_heat_content_is_another_conversion():
    """0.1229 kgce/kWh: the same tonnes on 122.9 tce. The wrong mode would flatter the indicator by 2.44."""
    calorific = park_of(
        {"works": {"family": "load", "profile": "need"}},
        carbon={"boundary": {"en": "All.", "zh": "全部。"}, "conversion": "calorific"},
    )
    found = counted(calorific, {"grid.import_kw": 1e5}, used_kwh=1e6)
    assert found.energy_tce == pytest.approx(122.9)
    assert found.emissions_t == pytest.approx(832.5)


def test_own_pv_counts_zero_and_is_listed():
    """Half from PV: 416.25 t, and a line of the PV with factor zero. Rules out a mean factor over all electricity."""
    found = counted(park(roof=pv(1e5)), {"grid.import_kw": 5e4, "roof.generation_kw": 5e4}, used_kwh=1e6)
    assert [(line.flow, line.emissions_t) for line in found.lines] == [
        ("grid.import_kw", pytest.approx(416.25)),
        ("roof.generation_kw", 0.0),
    ]
    assert found.direct_share == pytest.approx(0.5)
    assert found.direct_clause_met is True


def test_what_is_sent_out_was_not_supplied_to_the_park():
    """600 MWh of PV, 200 exported, 800 used: 400/800. Export left in would claim 0.75, and no tonne is ever negative."""
    found = counted(
        park(roof=pv(1e5)), {"grid.import_kw": 4e4, "roof.generation_kw": 6e4}, used_kwh=8e5, export_kwh=2e5
    )
    assert found.direct_share == pytest.approx(0.5)
    assert found.emissions_t == pytest.approx(333.0)


@pytest.mark.parametrize(("source", "tonnes"), [("hydro", 0.0), ("unknown", 832.5)])
def test_a_line_of_unknown_origin_is_unbacked(source, tonnes):
    line = {"family": "firm_line", "source": source, "power": 1e5, "price": 0.3, "legal_basis": "test"}
    found = counted(park(line=line), {"grid.import_kw": 0.0, "line.generation_kw": 1e5}, used_kwh=1e6)
    assert found.emissions_t == pytest.approx(tonnes)


def test_nothing_used_has_no_indicator():
    """Rules out 0/0: neither a share nor an intensity, and so neither met nor missed."""
    found = counted(park(), {"grid.import_kw": 0.0}, used_kwh=0.0)
    assert (found.intensity_t_per_tce, found.direct_share, found.meets_threshold, found.direct_clause_met) == (
        None,
    ) * 4


def test_no_threshold_is_no_pass():
    """Below 200,000 tce the document defines none; a park of zero tonnes does not meet what does not exist."""
    found = counted(park(roof=pv(1e5)), {"grid.import_kw": 0.0, "roof.generation_kw": 1e5}, used_kwh=1e6)
    assert (found.emissions_t, found.threshold_t_per_tce, found.meets_threshold) == (0.0, None, None)


@pytest.mark.parametrize(
    ("energy_tce", "threshold"),
    [(199_999.0, None), (200_000.0, 0.2), (199_999.9999999, 0.2), (999_999.0, 0.2), (1_000_000.0, 0.3)],
)
def test_thresholds_by_size(energy_tce, threshold):
    """An edge belongs to the band above it, and a sum that misses it by its last bits stands on it."""
    assert threshold_of(rules(park()).indicator, energy_tce) == threshold


def test_the_threshold_itself_is_met():
    found = replace(
        counted(park(), {"grid.import_kw": 1.0}, used_kwh=10.0), intensity_t_per_tce=0.2, threshold_t_per_tce=0.2
    )
    assert found.meets_threshold is True
    assert replace(found, intensity_t_per_tce=0.2001).meets_threshold is False
    assert keeps(0.2 * (1 + 1e-15), 0.2)


def test_terms_are_tonnes():
    """Rules out that they slip into a bill: 832.5 t are not 832.50 CNY."""
    assert {term.unit for term in annex4_terms(park(roof=pv(1.0)), rules(park()), GRID)} == {"t"}
