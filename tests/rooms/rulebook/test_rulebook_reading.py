"""Packs on disk, how they overlay, and how a result cites what it used."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lingtan.findings import InputError
from lingtan.rulebook import (
    EmissionFactor,
    RetailPrice,
    citation,
    citation_line,
    citations,
    read,
    read_pack,
    read_rulebook,
    shipped,
)
from tests.rooms.rulebook.rulebook_samples import BIG_INDUSTRY, YIBIN, messages, price


def texts(folder: Path) -> list[str]:
    return [found.text().replace(str(folder), "FOLDER") for found in read_pack(folder)[1]]


def test_a_pack_is_every_yaml_file_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "2026-09.yaml").write_text(price("b"), "utf-8")
    (tmp_path / "2026-08.yml").write_text(price("a"), "utf-8")
    (tmp_path / "notes.txt").write_text("not a record", "utf-8")
    pack, findings = read_pack(tmp_path)
    assert (pack.ids, findings) == (("a", "b"), [])
    assert read_pack(tmp_path / "2026-09.yaml")[0].ids == ("b",)


def test_what_is_wrong_with_a_pack_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(price("a"), "utf-8")
    (tmp_path / "b.yaml").write_text(price("a"), "utf-8")
    (tmp_path / "c.yaml").write_text("records: []", "utf-8")
    (tmp_path / "d.yaml").write_text("- [", "utf-8")
    (tmp_path / "e.yaml").mkdir()
    assert texts(tmp_path) == [
        "FOLDER/b.yaml: rulebook.id-twice: a: this id stands twice. Give each record its own id.",
        "FOLDER/c.yaml:1: rulebook.not-a-list: c.yaml: a file of records is a list. Begin each record with `- id:`.",
        "FOLDER/d.yaml:1: sheet.not-yaml: d.yaml: the file is not readable as YAML here; got a bracket that is not "
        "closed. Check indentation, quotes and colons near this line.",
        "rulebook.unreadable: e.yaml: the file cannot be read; got Is a directory. Check its permissions.",
    ]


def test_a_folder_that_is_absent_or_empty_is_said(tmp_path: Path) -> None:
    assert texts(tmp_path / "none") == ["rulebook.no-pack: FOLDER: there is no such folder or file. Check the path."]
    assert [(found.code, str(found.severity)) for found in read_pack(tmp_path)[1]] == [
        ("rulebook.empty-pack", "warning")
    ]


def test_a_later_pack_wins_and_a_stale_one_is_noticed(tmp_path: Path) -> None:
    """Rules out that a pack of last year silently takes back a correction."""
    for name, recorded in (("new", "2026-10-01"), ("stale", "2026-09-01")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yaml").write_text(price("a", recorded_at=recorded, document=name), "utf-8")
    book, findings = read_rulebook([tmp_path / "new", tmp_path / "stale"])
    assert book.get("a").document == "stale"
    assert [found.text() for found in findings] == [
        "rulebook.replaces-newer: a: this record replaces one that was written down later; "
        "expected ≥ 2026-10-01, got 2026-09-01. Check whether the pack is out of date."
    ]
    book, findings = read_rulebook([tmp_path / "stale", tmp_path / "new"])
    assert (book.get("a").document, findings) == ("new", [])
    assert set(shipped().records) < set(book.records)


def test_a_park_may_correct_a_shipped_record(tmp_path: Path) -> None:
    name = "cn.sichuan.retail.2026-08.two-part.220kv"
    (tmp_path / "a.yaml").write_text(
        price(name, recorded_at="2026-12-01", valid_from="2026-08-01", valid_to="2026-08-31"), "utf-8"
    )
    book, findings = read_rulebook([tmp_path])
    assert findings == []
    assert book.find(RetailPrice, date(2026, 8, 1), place=YIBIN, customer=BIG_INDUSTRY, named=name).one().document == (
        "a document"
    )


def test_a_citation_holds_all_that_a_reader_checks() -> None:
    record = shipped().get("cn.core-indicator.2025-910")
    assert citation(record) == {
        "id": "cn.core-indicator.2025-910",
        "document": "发改环资〔2025〕910号 附件3、附件4",
        "source": {"en": "Copy of the official text, read in full", "zh": "官方文本副本，已通读全文"},
        "confidence": "official",
        "verified": True,
        "valid_from": "2023-01-01",
        "valid_to": None,
        "recorded_at": "2026-11-22",
        "note": {
            "en": "No threshold is given below 200,000 tce. Electricity counts at its equal value.",
            "zh": "年能耗不足 20 万吨标准煤的园区未规定限值。电力按等价值折算。",
        },
        "assumption": None,
    }


def test_a_citation_is_one_line_in_both_languages() -> None:
    line = citation_line(shipped().get("cn.standard-coal.calorific"))
    assert line.en == (
        "conversion to standard coal cn.standard-coal.calorific (2020-01-01 …): GB/T 2589-2020 "
        "[from memory, not compared with the document]"
    )
    assert line.zh == (
        "折标准煤系数 cn.standard-coal.calorific（2020-01-01 …）：GB/T 2589-2020〔凭记忆，待核实，未与原文核对〕"
    )


def test_records_are_cited_once_each_in_order() -> None:
    ask = {"view": "park_annex4", "carrier": "electricity"}
    founds = [
        shipped().find(EmissionFactor, date(2025, month, 1), place=YIBIN, select={**ask, "energy": energy})
        for month in (1, 2)
        for energy in ("unbacked", "direct_non_fossil")
    ]
    assert [cited["id"] for cited in citations(founds)] == [
        "cn.park-annex4.direct-non-fossil",
        "cn.park-annex4.unbacked",
    ]


ENTRY = """- {{id: x, kind: {kind}, valid_from: 2025-01-01, recorded_at: 2025-01-01, document: d, source: s,
   confidence: memory, verified: false, {rule}}}
"""


@pytest.mark.parametrize(
    ("kind", "rule", "what"),
    [
        (
            "emission_factor",
            "view: market, energy: any, scope: national, factor: 0.5 kgCO2/kWh, "
            "examples: [{energy: 1 GWh, emissions: 501}]",
            "emissions: the record does not reproduce its own example and does not load; expected 501 t, got 500 t.",
        ),
        (
            "energy_conversion",
            "mode: calorific, coal: 0.1229 kgce/kWh, examples: [{electricity: 1 GWh, coal: 122.8}]",
            "coal: the record does not reproduce its own example and does not load; expected 122.8 tce, got 122.9 tce.",
        ),
        (
            "core_indicator",
            "bands: [{energy_from: 200000, threshold: 0.2}], direct_supply_share: 0.5, "
            "examples: [{energy: 100000, threshold: 0.2}]",
            "threshold: the record does not reproduce its own example and does not load; "
            "expected 0.2 t/tce, got not defined.",
        ),
        (
            "time_of_use",
            "seasons: [{months: [1,2,3,4,5,6,7,8,9,10,11,12]}], examples: [{month: 1, at: '10:00', period: peak}]",
            "period: the record does not reproduce its own example and does not load; expected peak, got flat.",
        ),
    ],
)
def test_every_kind_recomputes_its_examples(kind: str, rule: str, what: str) -> None:
    assert messages(ENTRY.format(kind=kind, rule=rule)) == [
        f"pack.yaml:2: rulebook.example-fails: x.examples[1].{what} Compare both with the document."
    ]


@pytest.mark.parametrize(
    ("kind", "rule", "message"),
    [
        (
            "energy_conversion",
            "mode: equal_value, coal: 0.30 kgce/kWh, high: 0.29 kgce/kWh, examples: [{electricity: 0, coal: 0}]",
            "rulebook.outside-own-range: x.coal: the figure lies outside the range given with it; "
            "expected … 0.00029 tce/kWh, got 0.0003 tce/kWh. Correct the figure, `low` or `high`.",
        ),
        (
            "core_indicator",
            "bands: [{energy_from: 1, threshold: 0.2}, {energy_from: 2, threshold: 0.3}], direct_supply_share: 0.5, "
            "examples: [{energy: 1, threshold: 0.2}]",
            "rulebook.bands-not-rising: x.bands: the bands must rise and not overlap. "
            "Sort them, and let only the last one be open.",
        ),
    ],
)
def test_a_rule_that_contradicts_itself_does_not_load(kind: str, rule: str, message: str) -> None:
    assert messages(ENTRY.format(kind=kind, rule=rule)) == [f"pack.yaml:2: {message}"]


def test_a_broken_shipped_record_is_loud(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Rules out a release that quietly lacks a record."""
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.yaml").write_text(price("a", examples="[{flat: 0.6}]"), "utf-8")
    monkeypatch.setattr(read.resources, "files", lambda _: tmp_path)
    shipped.cache_clear()
    try:
        with pytest.raises(InputError, match=r"rulebook\.example-fails"):
            shipped()
    finally:
        shipped.cache_clear()
