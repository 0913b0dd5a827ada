"""results.xlsx: a sheet for each account, headings in both languages, numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lingtan.advise import effect_text, shortfall_text
from lingtan.finance import CASH_FLOW_COLUMNS
from lingtan.park.names import Names
from lingtan.report.workbook_carbon import (
    CARBON_COLUMNS,
    GREEN_COLUMNS,
    MEMBER_COLUMNS,
    both,
    carbon_rows,
    green_rows,
    indicator_rows,
    member_rows,
)
from lingtan.rulebook import citations
from lingtan.study import Study
from lingtan.study.write import BILL_COLUMNS
from lingtan.wording import Words
from lingtan.wording.workbook import WORKBOOK_WORDS

Rows = Iterator[Sequence[Any]]
BINDING_COLUMNS = (
    "name",
    "rule",
    "bound",
    "unit",
    "attained",
    "standing",
    "hours",
    "price_cny",
    "price_unit",
    "price_cny_per_mwh",
    "words_en",
    "words_zh",
)
SHORTFALL_COLUMNS = (
    "loads",
    "amount",
    "amount_unit",
    "hours",
    "most",
    "rate_unit",
    "cell",
    "now",
    "then",
    "unit",
    "cost_cny",
    "words_en",
    "words_zh",
)
SHEETED = frozenset({"assumptions", "shortfalls", "remedies", "rules", "limits"})
"""Keys of the summary that have a sheet of their own."""

MAX_WIDTH = 60
MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""Creation date in the file: fixed, so that the same study gives the same bytes."""


def write_workbook(study: Study, path: Path) -> None:
    """Write the accounts of a study as an Excel workbook."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": MADE.replace(tzinfo=None)})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for key, columns, rows in _sheets(study):
            sheet = book.add_worksheet(_both(key, " "))
            widths = [max(map(len, column.split("\n"))) for column in columns]
            sheet.write_row(0, 0, columns, head)
            for number, row in enumerate(rows, 1):
                for column, value in enumerate(row):
                    _write(sheet, number, column, value)
                    widths[column] = max(widths[column], len(str(value)))
            for column, width in enumerate(widths):
                sheet.set_column(column, column, min(width + 2, MAX_WIDTH))
            sheet.freeze_panes(1, 0)


def _sheets(study: Study) -> Iterator[tuple[str, list[str], Rows]]:
    accounts, reference = study.project.accounts, study.reference.accounts
    yield "sheet.summary", _heads("key", "value"), _flat(study.summary)
    yield "sheet.energy", _heads("flow", "project_kwh", "reference_kwh"), _energy(study)
    yield "sheet.bill", _heads(*BILL_COLUMNS, "called"), _bill(study, accounts.bill.lines)
    yield "sheet.reference_bill", _heads(*BILL_COLUMNS, "called"), _bill(study, reference.bill.lines)
    yield "sheet.operation", _heads(*BILL_COLUMNS, "called"), _bill(study, accounts.operation.lines)
    yield "sheet.carbon", _heads(*CARBON_COLUMNS), carbon_rows(study)
    yield "sheet.indicator", _heads("what", "project", "reference"), indicator_rows(study)
    yield "sheet.members", _heads(*MEMBER_COLUMNS), member_rows(study)
    yield "sheet.green", _heads(*GREEN_COLUMNS), green_rows(study)
    yield "sheet.binding", _heads(*BINDING_COLUMNS), _binding(study)
    yield "sheet.shortfalls", _heads(*SHORTFALL_COLUMNS), _shortfalls(study)
    yield "sheet.cash_flow", _heads(*CASH_FLOW_COLUMNS), _cash_flow(study)
    yield (
        "sheet.rules",
        _heads("rule", "document", "source_en", "source_zh", "confidence", "verified", "validity"),
        _rules(study),
    )
    yield "sheet.assumptions", _heads("what_en", "what_zh", "why_en", "why_zh", "confidence"), _assumptions(study)


def _heads(*keys: str) -> list[str]:
    return [_both(f"head.{key}", "\n") for key in keys]


def _both(key: str, between: str) -> str:
    words: Words = WORKBOOK_WORDS[key]
    return f"{words.en}{between}{words.zh}"


def _write(sheet: Any, row: int, column: int, value: object) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, str(value))


def _flat(data: Mapping[str, Any], before: str = "") -> Rows:
    """The leaves of the summary by dotted key, as summary.json has them, but for what has a sheet of its own."""
    for key, value in data.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}.")
        elif name not in SHEETED:
            yield name, ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _energy(study: Study) -> Rows:
    energy = study.reference.accounts.energy
    other = {
        "load_kwh": energy.load_kwh,
        "import_kwh": energy.import_kwh,
        "export_kwh": energy.export_kwh,
        **{f"generation_kwh.{name}": value for name, value in energy.generation_kwh.items()},
        "curtailed_kwh": energy.curtailed_kwh,
        "losses_kwh": energy.losses_kwh,
        "shortfall_kwh": energy.shortfall_kwh,
    }
    for name, value in _flat(study.summary["energy"]):
        yield name, value, other.get(name)


def _bill(study: Study, lines: Sequence[Any]) -> Rows:
    """Lines as bill.csv has them, each with what its component is called."""
    names = Names(study.project.case.park)
    for line in lines:
        values = [getattr(line, column) for column in BILL_COLUMNS]
        shown = [
            float(value) if column == "amount_cny" else value
            for column, value in zip(BILL_COLUMNS, values, strict=True)
        ]
        yield *shown, both(names.component(line.component))


def _binding(study: Study) -> Rows:
    """Rules with the price of a percentage point, then limits with what a unit more (or less) saves."""
    point = _both("unit.point", " ")
    for rule in study.advice.rules:
        stands = (rule.bound, "1", rule.attained, str(rule.standing), None)
        yield rule.name, rule.rule, *stands, rule.price_cny_per_point, point, rule.price_cny_per_mwh, *rule.words
    for limit in study.advice.limits:
        binds = (limit.bound, limit.unit, limit.bound, limit.end, limit.hours)
        yield limit.cell, None, *binds, limit.saves_cny_per_unit, limit.unit, None, *limit.words


def _shortfalls(study: Study) -> Rows:
    """Needs that are short, then the cells of each remedy, cheapest first."""
    for short in study.advice.shortfalls:
        lacks = (short.load, short.amount, short.unit, short.hours, short.most, short.rate_unit)
        yield *lacks, None, None, None, None, None, *shortfall_text(short)
    for remedy in study.advice.remedies:
        for change in remedy.changes:
            cell = (change.cell, change.now, change.then, change.unit)
            yield ", ".join(remedy.loads), None, None, None, None, None, *cell, remedy.cost_cny, *effect_text(remedy)


def _cash_flow(study: Study) -> Rows:
    for row in study.appraisal.cash_flow.rows():
        yield [row[column] for column in CASH_FLOW_COLUMNS]


def _rules(study: Study) -> Rows:
    for cited in citations(study.project.accounts.founds):
        span = f"{cited['valid_from']} … {cited['valid_to'] or ''}"
        source = cited["source"]
        said = (cited["document"], source["en"], source["zh"], cited["confidence"], cited["verified"])
        yield cited["id"], *said, span


def _assumptions(study: Study) -> Rows:
    for each in study.assumptions:
        yield each.what.en, each.what.zh, each.why.en, each.why.zh, each.confidence
