"""Three years of energy: units, whole years, months once; findings at their lines."""

from __future__ import annotations

import pytest

from lingtan.park.history import ENERGIES, HistoryEntry, history_of_text, history_text, unit_of
from lingtan.wording.rule_kinds import FuelName

HEAD = "year,month,energy,use,quantity,unit\n"
FILE = "energy_history.csv"


def months(years: range, energy: str = "electricity", use: str = "bought", amount: str = "1") -> str:
    return "".join(f"{year},{month},{energy},{use},{amount},\n" for year in years for month in range(1, 13))


def told(text: str) -> list[str]:
    return [found.text() for found in history_of_text(text, FILE)[1]]


def test_three_whole_years_are_accepted() -> None:
    entries, findings = history_of_text(
        HEAD + months(range(2022, 2025)) + months(range(2022, 2025), "coke", "fuel"), FILE
    )
    assert (len(entries), findings) == (72, [])


def test_a_park_without_history_is_new() -> None:
    assert history_of_text(HEAD, FILE) == ((), [])


@pytest.mark.parametrize(
    ("energy", "quantity", "unit", "kept"),
    [
        ("electricity", "12.5", "MWh", 12_500.0),
        ("electricity", "3", "万kWh", 30_000.0),
        ("electricity", "3 万kWh", "", 30_000.0),
        ("heat", "2", "GJ", 2.0),
        ("heat", "1", "MWh", 3.6),  # 1 MWh is 3.6 GJ by definition of the watt-hour
        ("natural_gas", "2", "万m3", 20_000.0),
        ("diesel", "500", "kg", 0.5),
    ],
)
def test_amounts_come_in_the_unit_of_their_energy(energy: str, quantity: str, unit: str, kept: float) -> None:
    """Rules out tonnes read as kilograms, and a unit that is printed beside the amount and not read."""
    [entry] = history_of_text(f"{HEAD}2024,1,{energy},bought,{quantity},{unit}\n", FILE)[0]
    assert entry.quantity == pytest.approx(kept, rel=1e-12)


def test_every_energy_has_a_unit() -> None:
    """Rules out a fuel of the rules that the history does not know, and one that it counts in kilowatt-hours."""
    assert {unit_of(energy) for energy in ENERGIES} == {"kWh", "GJ", "m3", "t"}
    assert set(FuelName.__args__) < set(ENERGIES)  # type: ignore[attr-defined]


def test_a_missing_month_is_not_zero() -> None:
    text = HEAD + months(range(2022, 2025)).replace("2023,7,electricity,bought,1,\n", "")
    assert told(text) == [
        "energy_history.csv:2: history.months-missing: history.electricity.bought: months are missing from the history; "
        "expected 36, got 2023-07. Fill in every month; where nothing was used, write 0."
    ]


def test_a_series_needs_every_year_of_the_history() -> None:
    """Rules out a fuel that is told for one year only, and so looks as if it had been given up."""
    text = HEAD + months(range(2022, 2025)) + months(range(2024, 2025), "diesel", "fuel")
    assert told(text) == [
        "energy_history.csv:38: history.months-missing: history.diesel.fuel: months are missing from the history; "
        "expected 36, got 2022-01, 2022-02, 2022-03, 2022-04, 2022-05, 2022-06 …. "
        "Fill in every month; where nothing was used, write 0."
    ]


@pytest.mark.parametrize("years", [[2023, 2024], [2021, 2023, 2024], [2021, 2022, 2023, 2024]])
def test_three_years_that_follow_each_other(years: list[int]) -> None:
    text = HEAD + "".join(months(range(year, year + 1)) for year in years)
    assert told(text) == [
        "energy_history.csv:2: history.years: history: the history must cover three whole years that follow each other; "
        f"expected 2022, 2023, 2024, got {', '.join(map(str, years))}. "
        "Add the years that are missing, or clear the history of a new park."
    ]


def test_a_month_stands_once() -> None:
    """Rules out a month that is counted twice, or of which the last amount silently wins."""
    text = HEAD + months(range(2022, 2025)) + "2024,12,electricity,bought,5,\n"
    assert [line.split(": ")[:2] for line in told(text)] == [["energy_history.csv:37", "history.twice"]]


def test_faults_of_rows_come_in_one_pass() -> None:
    rows = (
        "2024,13,electricity,bought,1,",
        "2024,1,coal,bought,1,",
        "2024,1,diesel,burnt,1,",
        "2024,1,heat,fuel,-1,",
        "2024,1,heat,fuel,1,t",
        "2024,1,heat,fuel,,",
    )
    text = HEAD + "\n".join(rows)
    assert [line.split(": ")[:3] for line in told(text)] == [
        ["energy_history.csv:2", "sheet.out-of-range", "month"],
        ["energy_history.csv:3", "sheet.not-one-of", "energy"],
        ["energy_history.csv:4", "sheet.not-one-of", "use"],
        ["energy_history.csv:5", "sheet.out-of-range", "quantity"],
        ["energy_history.csv:6", "units.wrong-dimension", "quantity"],
        ["energy_history.csv:7", "units.not-a-quantity", "quantity"],
    ]


def test_columns_are_named_that_are_absent() -> None:
    assert told("year,month,energy\n2024,1,heat\n") == [
        "energy_history.csv:1: history.no-column: history: the file has no column 'use'. Add it.",
        "energy_history.csv:1: history.no-column: history: the file has no column 'quantity'. Add it.",
    ]


def test_a_file_as_excel_saves_it() -> None:
    """Rules out a first column whose name begins with a byte order mark."""
    entry = HistoryEntry(year=2024, month=1, energy="heat", use="bought", quantity=0.1)
    assert history_of_text("\ufeff" + history_text([entry]), FILE)[0] == (entry,)
