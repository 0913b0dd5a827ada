"""A record written down again is the same record; and a book as it stood on a day."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from lingtan.findings import InputError
from lingtan.rulebook import Pack, Place, as_data, parse_records, read_rulebook, shipped
from lingtan.sheet import compose
from tests.rooms.rulebook.rulebook_samples import entry, parse, price


def written(data: list[dict[str, object]]) -> bytes:
    text = io.StringIO()
    YAML().dump(data, text)
    return text.getvalue().encode()


def test_every_shipped_record_reads_back_from_its_own_data() -> None:
    """Rules out a unit or a digit lost on the way, and a null that was meant (a threshold that is not defined)."""
    sheet, findings = compose(written([as_data(record) for record in shipped().records]), "again.yaml")
    pack, more = parse_records(sheet.data, sheet)
    assert [found.text() for found in (*findings, *more)] == []
    assert pack.records == shipped().records


def test_quantities_carry_their_unit_and_shares_do_not() -> None:
    data = as_data(shipped().get("cn.sichuan.retail.2026-08.two-part.110kv"))
    assert data["demand_price"] == "27 CNY/kW/month"
    assert data["components"][0] == {"name": "purchase", "price": "0.260434 CNY/kWh", "floats_with_tou": True}
    assert data["factors"] == {"peak": 1.6, "flat": 1.0, "valley": 0.4, "super_peak": 1.92}
    assert data["customer"] == {
        "category": "two_part",
        "voltage_from": "110 kV",
        "voltage_below": "220 kV",
        "purchase": "grid_proxy",
    }
    subsidy = as_data(shipped().get("cn.interest-subsidy.services"))
    assert (subsidy["points"], subsidy["years"], subsidy["cap"]) == ("0.01 1/year", "1 year", "10000000 CNY")


def test_an_assumption_reads_back_too() -> None:
    text = entry(
        id="dry-and-wet",
        kind="assumption",
        of="x",
        mode="profile",
        factors="{purchase: {dry: 1.2, flat: 1, wet: 0.85}}",
        months="{dry: [12, 1, 2, 3, 4], flat: [5, 11], wet: [6, 7, 8, 9, 10]}",
        reason="as usual",
    )
    assumption = parse(text)[0].assumptions[0]
    sheet, _ = compose(written([as_data(assumption)]), "again.yaml")
    assert parse_records(sheet.data, sheet)[0].assumptions == (assumption,)


def test_a_book_as_it_stood_on_a_day(tmp_path: Path) -> None:
    """A correction written down in March is not known in February; rules out that it hides the version before it."""
    for name, recorded in (("old", "2026-01-10"), ("new", "2026-03-10")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.yaml").write_text(price("a", recorded_at=recorded, document=name), "utf-8")
    packs = [tmp_path / "old", tmp_path / "new"]
    for day, document in ((date(2026, 2, 1), "old"), (date(2026, 3, 10), "new")):
        book, findings = read_rulebook(packs, known_by=day)
        assert (book.get("a").document, findings) == (document, [])
        assert [record.id for record in book.records] == ["a"]  # ours were written down in November 2026
    assert read_rulebook(packs, known_by=date(2026, 1, 9))[0].records == ()
    assert set(shipped().records) <= set(read_rulebook(packs, known_by=date(2026, 12, 31))[0].records)


def test_assumptions_carry_no_day_and_stay() -> None:
    assumption = parse(entry(id="b", kind="assumption", of="a", mode="repeat", reason="why not"))[0].assumptions
    pack = Pack(parse(price("a"))[0].records, assumption)
    assert pack.known_by(date(2025, 1, 1)) == Pack((), assumption)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Sichuan", Place("CN", "Sichuan")),
        ("Sichuan/Yibin", Place("CN", "Sichuan", "Yibin")),
        (" Inner Mongolia / Baotou ", Place("CN", "Inner Mongolia", "Baotou")),
        ("DE", Place("DE")),
        ("CN/Sichuan/Yibin", Place("CN", "Sichuan", "Yibin")),
    ],
)
def test_a_place_as_people_type_it(text: str, place: Place) -> None:
    assert Place.parse(text) == place
    assert Place.parse(str(place)) == place


@pytest.mark.parametrize("text", ["", "Sichuan/", "/Yibin", "CN/Sichuan/Yibin/Cuiping", "Sichuan/Yibin/Cuiping"])
def test_what_is_no_place(text: str) -> None:
    with pytest.raises(InputError) as caught:
        Place.parse(text, who="--place")
    assert str(caught.value) == (
        "rulebook.bad-place: --place: this is not a place; expected Sichuan/Yibin"
        + (f", got {text}" if text else "")
        + ". Write province and prefecture as records name them, parted by '/'."
    )
