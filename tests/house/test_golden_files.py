"""The golden answers of the peers: every file tells its origin, and still answers the question that cases.py asks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.golden import cases

FOLDER = Path(cases.__file__).parent
FILES = sorted(FOLDER.glob("*.json"))


def read(name: str) -> dict[str, Any]:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def test_there_are_golden_files():
    """Rules out the next tests passing on an empty folder."""
    assert [file.name for file in FILES] == ["money.json", "sizing.json", "tariff.json"]


@pytest.mark.parametrize("name", [file.name for file in FILES])
def test_golden_file_has_the_form_its_readers_expect(name):
    """Rules out a figure without origin, or one that a test would have to compare at a tolerance of its own making."""
    file = read(name)
    assert list(file) == ["what", "origin", "tolerance", "cases"]
    assert file["origin"]["command"] == "make oracle"
    assert all(file["origin"]["packages"].values())
    for case in file["cases"]:
        assert set(case) - {"origin"} == {"inputs", "answers"}
        assert set(case["answers"]) <= set(file["tolerance"])
    assert all({"relative", "why"} <= set(tolerance) for tolerance in file["tolerance"].values())


def test_series_are_those_that_the_peers_saw():
    """Rules out a change of formula, seed or random generator that would compare answers to another question."""
    asked = {f"{h} h": cases.reference_case(h).series for h in (168, 744, 1488)}
    asked |= {name: case.series for name, case in cases.tariff_cases().items()}
    stored = {}
    for case in [*read("sizing.json")["cases"], *read("tariff.json")["cases"]]:
        inputs = case["inputs"]
        if "series_sums" in inputs:
            stored[inputs.get("name", f"{inputs.get('hours')} h")] = inputs["series_sums"]
    assert set(stored) == set(asked)
    for name, sums in stored.items():
        assert sums == pytest.approx({key: values.sum() for key, values in asked[name].items()}, rel=1e-10)


def test_sizing_answers_meet_the_stated_objectives():
    """Rules out a golden file of another case: both figures stand in shared/evidence/pypsa_sizing.py, to 0.1 CNY."""
    objective = {case["inputs"]["hours"]: case["answers"]["objective_cny"] for case in read("sizing.json")["cases"]}
    assert objective[1488] == pytest.approx(52_634_583.3, abs=0.1)
    assert objective[8760] == 261_273_895.0


def test_demand_charge_follows_each_months_own_peak():
    """Rules out one peak for the whole window: in the free case the months' peaks differ by 1,789 kW, 71,548 CNY."""
    for case in read("tariff.json")["cases"]:
        peaks, parts = case["answers"]["peaks_kw"], case["answers"]["parts"]
        assert parts["demand_cny"] == pytest.approx(40.0 * sum(peaks.values()), rel=1e-9)
        assert sum(parts.values()) == pytest.approx(case["answers"]["objective_cny"], rel=1e-9)
    free = read("tariff.json")["cases"][1]["answers"]["peaks_kw"]
    assert free["2026-06"] - free["2026-07"] == pytest.approx(1_788.69, abs=0.01)


def test_two_peers_find_two_roots():
    """By hand: -100 + 230/1.1 - 132/1.21 = 0 and -100 + 230/1.2 - 132/1.44 = 0, so 10 % and 20 %."""
    flows = {case["inputs"]["name"]: case["answers"] for case in read("money.json")["cases"]}
    assert flows["two_roots"]["irr"] == pytest.approx([0.1, 0.2], abs=1e-9)
    assert flows["no_root"]["irr"] == []
