"""Laws of the park as a workbook: what is written reads back the same, whatever stands in it."""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import Any

import openpyxl
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from lingtan.park import Park
from lingtan.park.cells import Cell, cell_of, value_of, yaml_text
from lingtan.park.filled_book import Filled, Line, composed
from lingtan.park.forms import forms
from lingtan.park.history import HistoryEntry, history_of_text, history_text
from lingtan.park.history_form import history_rows
from lingtan.park.read import judge_park
from lingtan.park.workbook_form import Rows, park_text, rows_of
from lingtan.sheet import compose
from tests.small_parks import battery, park_of, pv

NUMBERS = st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30) | st.sampled_from(
    [
        "yaml: x",
        "[1]",
        "{",
        "=1+1",
        "_x000D_",
        " a ",
        "1",
        "true",
        "null",
        "2025-01-01",
        "12:30",
        "a\r\nb",
        "'q",
        "#N/A",
    ]
)
PLAIN = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc_ .1", min_size=1, max_size=6), inner, max_size=4)
    ),
    max_leaves=12,
)


def through_a_workbook(cells: list[Cell]) -> list[Any]:
    """What a spreadsheet program finds in the cells that we write."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        for row, cell in enumerate(cells):
            match cell:
                case bool():
                    sheet.write_boolean(row, 0, cell)
                case int() | float():
                    sheet.write_number(row, 0, cell)
                case str():
                    sheet.write_string(row, 0, cell)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = openpyxl.load_workbook(stream, data_only=True)
    return [read.worksheets[0].cell(row + 1, 1).value for row in range(len(cells))]


@given(st.lists(PLAIN, min_size=1, max_size=12))
def test_a_value_survives_its_cell(values: list[Any]) -> None:
    """Rules out a digit, a blank, a control character or a list lost on the way through a workbook."""
    read = [value_of(cell, "cell") for cell in through_a_workbook([cell_of(value) for value in values])]
    assert read == values


@given(st.dictionaries(st.text("abcdef_", min_size=1, max_size=8), PLAIN, min_size=1, max_size=6))
def test_plain_data_survives_its_text(data: dict[str, Any]) -> None:
    """Rules out a text that reads back as a date, a number or nothing, and a line that is folded into another."""
    sheet, findings = compose(yaml_text(data).encode(), "park.yaml")
    assert findings == []
    assert sheet.data == data


SIZES = st.floats(0, 1e9) | st.integers(0, 10**6)
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,11}", fullmatch=True)
KEYS = NAMES.filter(lambda key: key not in {"name", "unit"})  # a cell with the unit 1 is read as the text "1"
WORDS = st.fixed_dictionaries({lang: TEXTS.filter(bool) for lang in ("en", "zh")})


@st.composite
def parks(draw: st.DrawFn) -> Park:
    """Parks with any names and texts, free and fixed sizes, activities, and settings of either kind."""
    low, high = sorted((draw(SIZES), draw(SIZES)))
    store = battery({"min": low, "max": high}, draw(SIZES), wear_cost=draw(st.floats(1e-6, 1.0)))
    cells = draw(st.lists(NAMES.filter(lambda name: name not in {"works", "roof", "grid"}), unique=True, max_size=3))
    assets = {"works": {"family": "load", "profile": "need"}, "roof": pv(draw(SIZES)), **dict.fromkeys(cells, store)}
    fuel = {"kind": "fuel_use", "fuel": "diesel", "quantity": f"{draw(st.floats(0, 1e6))!r} t"}
    heat = {"kind": "heat", "direction": "bought", "source": "fossil", "quantity": draw(SIZES)}
    return park_of(
        assets,
        title=draw(WORDS),
        activities=draw(st.permutations([fuel, heat, fuel])),
        finance={"discount_rate": draw(st.floats(0, 0.99)), "loss_years": draw(st.none() | st.integers(1, 50))},
        direct_supply=draw(st.none() | st.just({"shares": "keep"})),
        series={"need": {"constant": draw(NUMBERS)}, "sun": draw(st.dictionaries(KEYS, PLAIN, max_size=3))},
    )


def as_filled(rows: dict[str, Rows]) -> dict[str, Filled]:
    """The rows as sheets without a workbook between."""
    sheets = {}
    for name, filled in rows.items():
        columns = {key: at for at, key in enumerate(dict.fromkeys(key for row in filled for key in row))}
        lines = [Line(number, [row.get(key) for key in columns]) for number, row in enumerate(filled, 2)]
        sheets[name] = Filled(name, columns, lines)
    return sheets


@given(parks())
def test_a_park_survives_its_workbook(park: Park) -> None:
    """Rules out a field without a column, an order that is lost, and a default that takes the place of a value."""
    book = composed(as_filled(rows_of(park)), "park.xlsx")
    assert book.findings == []
    assert judge_park(book.sheet)[0] == park
    sheet, findings = compose(park_text(book.data).encode(), "park.yaml")
    assert findings == []
    assert judge_park(sheet)[0] == park


HISTORIES = st.lists(
    st.tuples(st.sampled_from(["electricity", "heat", "diesel", "natural_gas"]), st.sampled_from(["bought", "fuel"])),
    unique=True,
    min_size=1,
    max_size=3,
)


@given(HISTORIES, st.integers(1990, 2098), st.lists(st.floats(0, 1e12), min_size=36, max_size=36))
def test_a_history_survives_its_file(series: list[tuple[str, str]], first: int, amounts: list[float]) -> None:
    """Rules out an amount scaled by its unit twice, and a month in the wrong year."""
    entries = [
        HistoryEntry(year=first + at // 12, month=at % 12 + 1, energy=energy, use=use, quantity=amount)
        for energy, use in sorted(series)
        for at, amount in enumerate(amounts)
    ]
    assert history_of_text(history_text(entries), "energy_history.csv") == (tuple(entries), [])
    assert len(history_rows(entries, 2025)) == 3 * len(series)


def test_every_field_of_the_park_file_has_a_place() -> None:
    """Rules out a section that a later version brings and the workbook forgets."""
    asked = {path[0] for form in forms() for path in ([form.at] if form.at else [one.path for one in form.fields])}
    assert {info.alias or name for name, info in Park.model_fields.items()} - asked == {"schema", "series", "rules"}


def test_a_long_record_goes_on_in_further_cells() -> None:
    """Rules out a record that is cut where a cell ends."""
    rule = {"id": "long.record", "note": "条文 " * 20_000, "seasons": [{"peak": ["10:00-12:00"]}, {"min": 1, "max": 1}]}
    park = park_of({"works": {"family": "load", "profile": "need"}}, rules=[rule])
    book = composed(as_filled(rows_of(park)), "park.xlsx")
    assert (book.findings, book.data["rules"]) == ([], [rule])
    sheet, _ = compose(park_text(book.data).encode(), "park.yaml")
    assert sheet.data["rules"] == [rule]
