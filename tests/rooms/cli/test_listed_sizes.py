"""The sizes of a plan as a terminal lists them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from lingtan.cli.study_verbs import summary_lines

SIZES = {
    "hot_water_store": {"power_kw": 20000.0, "energy_kwh": 0.0},
    "battery": {"power_kw": 5000.0, "energy_kwh": 12345.6},
    "trial": {"power_kw": 0.36, "energy_kwh": 7.0},
    "drives": {"extent_pu": 0.0},
    "windows": {"extent_pu": 0.4},
    "pv": {"power_kw": 4e-7},
}


def listed(sizes: Mapping[str, Mapping[str, float]]) -> list[str]:
    summary = {
        "sizes": sizes,
        "period": {"start": "2025-01-01T00:00+08:00", "end": "2026-01-01T00:00+08:00"},
        "bill": {"total_cny": 1.0, "by_component": {}},
        "carbon": {"intensity_t_per_tce": None},
        "targets": [],
        "solver": {"name": "piqp", "gap": 1e-9, "solve_s": 0.1},
    }
    return summary_lines(summary)[: len(sizes)]


@pytest.mark.parametrize(("spoken", "none"), [("en", "not chosen"), ("zh", "不采用")])
def test_what_is_not_built_is_said_not_to_be(monkeypatch, spoken, none):
    """Rules out a store of "20,000 kW, 0 kWh", which nobody can build, what a solver leaves of nothing told as "0 kW", and a small
    size that is rounded to nothing."""
    monkeypatch.setenv("LINGTAN_LANG", spoken)
    assert listed(SIZES) == [
        f"hot_water_store\t{none}",
        "battery\t5,000 kW, 12,346 kWh",
        "trial\t0.4 kW, 7 kWh",
        f"drives\t{none}",
        "windows\t40 %",
        f"pv\t{none}",
    ]
