"""Short ways to write records in tests."""

from __future__ import annotations

from lingtan.findings import Finding
from lingtan.rulebook import Customer, Pack, Place, Rulebook, parse_records
from lingtan.sheet import compose

YIBIN = Place("CN", "Sichuan", "Yibin")
PANZHIHUA = Place("CN", "Sichuan", "Panzhihua")
BIG_INDUSTRY = Customer("two_part", 220.0, "grid_proxy")

_HEAD = {
    "valid_from": "2025-01-01",
    "recorded_at": "2026-01-01",
    "document": "a document",
    "source": "a test",
    "confidence": "invented",
    "verified": "false",
}


def entry(**keys: str | None) -> str:
    """One record as a block of YAML, a key a line in the order given; a key of None is left out."""
    lines = [f"{key}: {value}" for key, value in keys.items() if value is not None]
    return "- " + "\n  ".join(lines) + "\n"


def record(record_id: str, kind: str, **keys: str | None) -> str:
    """A record of any kind: the head, and the keys of its rule."""
    return entry(**{"id": record_id, "kind": kind, **_HEAD, **keys})


def price(record_id: str, **keys: str | None) -> str:
    """A price list with one price of 0.5 CNY/kWh, with keys added, replaced or (None) dropped."""
    rule = {
        "components": "[{name: purchase, price: 0.5, floats_with_tou: true}]",
        "examples": "[{flat: 0.5}]",
    }
    return entry(**{"id": record_id, "kind": "retail_price", **_HEAD, **rule, **keys})


def hours(record_id: str, **keys: str | None) -> str:
    """Time-of-use hours with a peak from 10 to 12 and a valley from 22 to 6 on every day."""
    season = "[{months: [1,2,3,4,5,6,7,8,9,10,11,12], peak: ['10:00-12:00'], valley: ['22:00-06:00']}]"
    rule = {"seasons": season, "examples": "[{month: 1, at: '10:00', period: peak}]"}
    return entry(**{"id": record_id, "kind": "time_of_use", **_HEAD, **rule, **keys})


def parse(text: str) -> tuple[Pack, list[Finding]]:
    """Records of a YAML text called `pack.yaml`."""
    sheet, findings = compose(text.encode(), "pack.yaml")
    assert not findings, [found.text() for found in findings]
    return parse_records(sheet.data, sheet)


def messages(text: str) -> list[str]:
    """The findings of a YAML text, as a user reads them."""
    return [found.text() for found in parse(text)[1]]


def book_of(text: str, *, inline: bool = False) -> Rulebook:
    """A book with the records of a YAML text, which must have no findings."""
    pack, findings = parse(text)
    assert not findings, [found.text() for found in findings]
    return Rulebook().overlay(pack, inline=inline)
