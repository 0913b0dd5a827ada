"""The bill of a day has the basic charge of its month in it, and says so."""

from __future__ import annotations

import pytest

from lingtan.cli.study_verbs import summary_lines


def line(start: str, end: str) -> str:
    summary = {
        "sizes": {},
        "period": {"start": f"{start}T00:00+08:00", "end": f"{end}T00:00+08:00"},
        "bill": {"total_cny": 140698.61, "by_component": {"purchase": 40698.61, "basic_charge": 100000.0}},
        "carbon": {"intensity_t_per_tce": None},
        "targets": [],
        "solver": {"name": "piqp", "gap": 1e-9, "solve_s": 0.1},
    }
    return summary_lines(summary)[0]


@pytest.mark.parametrize(
    ("spoken", "said"),
    [
        ("en", "bill\t140,698.61 CNY\tof it 100,000.00 CNY of basic charge, which is that of whole months"),
        ("zh", "电费\t140,698.61 CNY\t其中基本电费 100,000.00 元，按整月计"),
    ],
)
def test_a_day_names_the_basic_charge_of_its_month(monkeypatch, spoken, said):
    """Rules out that a reader takes 140,698.61 CNY for what this day costs."""
    monkeypatch.setenv("LINGTAN_LANG", spoken)
    assert line("2025-07-01", "2025-07-02") == said


def test_a_month_and_a_year_need_no_word(monkeypatch):
    monkeypatch.setenv("LINGTAN_LANG", "en")
    assert line("2025-07-01", "2025-08-01") == "bill\t140,698.61 CNY"
    assert line("2025-01-01", "2026-01-01") == "bill\t140,698.61 CNY"
