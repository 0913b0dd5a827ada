"""Direct supply: the network charge by access capacity, and the shares of 650 and 688."""

from __future__ import annotations

from datetime import date

import pytest

from lingtan.findings import InputError
from lingtan.rulebook import (
    DirectSupplyCharge,
    DirectSupplyYear,
    Place,
    SupplyShares,
    load_rate_of,
    monthly_fee,
    share_verdicts,
    shipped,
)
from tests.rooms.rulebook.rulebook_samples import YIBIN, messages, record

BOOK = shipped()
DAY = date(2026, 8, 1)
CHARGE = BOOK.find(DirectSupplyCharge, DAY, place=YIBIN).one()
SHARES = BOOK.find(SupplyShares, DAY, place=YIBIN, select={"users": "one"}).one()


def test_the_access_of_100_mva_costs_57_million_a_year() -> None:
    """china-rules.md §2.3: 20.4 M (capacity) + 36.7 M (imputed energy) = 57.1 M, independent of the energy drawn."""
    fee = monthly_fee(CHARGE, 100_000, 17, 0.0644, 0.65)
    assert fee.basic_cny * 12 == pytest.approx(20.4e6, rel=1e-12)
    # 0.0644 CNY/kWh × 0.65 × 730 h × 100,000 kW × 12 months, by hand
    assert fee.energy_cny * 12 == pytest.approx(36_669_360, rel=1e-12)
    assert round(fee.total_cny * 12 / 1e6, 1) == 57.1


def test_an_unknown_load_rate_is_asked_for_and_never_taken_from_the_range() -> None:
    """Sichuan: 0.65 or 0.75 in public code; rules out that a middle of the two is charged without a word."""
    with pytest.raises(InputError) as caught:
        load_rate_of(CHARGE)
    assert str(caught.value) == (
        "rulebook.load-rate-unknown: cn.direct-supply-charge.1192.sichuan: no average load rate has been published for "
        "this place; expected 0.65 … 0.75. Ask the grid company, or state one; a figure of the range named is an "
        "assumption."
    )
    assert load_rate_of(CHARGE, 0.7) == 0.7
    assert load_rate_of(CHARGE.model_copy(update={"load_rate": 0.68})) == 0.68


def test_sichuan_has_its_range_and_other_provinces_have_none() -> None:
    elsewhere = BOOK.find(DirectSupplyCharge, DAY, place=Place("CN", "Gansu")).one()
    assert (elsewhere.load_rate, elsewhere.low, elsewhere.high) == (None, None, None)
    assert (CHARGE.low, CHARGE.high, CHARGE.full_backup) == (0.65, 0.75, True)
    assert CHARGE.on_self_use == ("government_funds",)
    assert "transmission" not in CHARGE.on_grid_energy


CHARGE_RULE = {
    "full_backup": "true",
    "on_grid_energy": "[purchase]",
    "examples": "[{access_capacity: 100 MVA, capacity_price: 17, transmission: 0.0644, load_rate: 0.65, "
    "basic: 20.4 MCNY, energy: 36.7 MCNY}]",
}


def test_a_charge_recomputes_its_example() -> None:
    """720 h in a month instead of 730 would give 36.2 million."""
    assert messages(record("a", "direct_supply_charge", **CHARGE_RULE)) == []
    assert messages(record("a", "direct_supply_charge", **CHARGE_RULE, hours="720 h")) == [
        "pack.yaml:11: rulebook.example-fails: a.examples[1].energy: the record does not reproduce its own example and "
        "does not load; expected 36700000 CNY, got 36167040 CNY. Compare both with the document."
    ]
    assert messages(record("a", "direct_supply_charge", **CHARGE_RULE, low="0.75", high="0.65")) == [
        "pack.yaml:12: rulebook.range-reversed: a.low: the range runs backward; got 0.75 … 0.65. "
        "Write the lower figure first."
    ]


def year(**changes: object) -> DirectSupplyYear:
    usual = {
        "year": 2026,
        "available": 100e6,
        "self_used": 70e6,
        "load": 200e6,
        "exported": 0,
        "spot_continuous": False,
    }
    return DirectSupplyYear.model_validate({**usual, **changes})


@pytest.mark.parametrize(
    ("changes", "met"),
    [
        ({}, (True, True, True)),
        ({"self_used": 60e6}, (True, True, True)),
        ({"self_used": 59.9e6}, (False, False, True)),
        ({"self_used": 60e6, "year": 2029}, (True, True, True)),
        ({"self_used": 60e6, "year": 2030}, (True, False, True)),
        ({"self_used": 70e6, "year": 2030}, (True, True, True)),
        ({"exported": 1e3}, (True, True, False)),
        ({"exported": 1.0}, (True, True, True)),
        ({"exported": 20e6, "spot_continuous": True}, (True, True, True)),
        ({"exported": 20.1e6, "spot_continuous": True}, (True, True, False)),
        ({"available": 0, "self_used": 0}, (None, False, None)),
        ({"load": 0}, (True, None, True)),
    ],
)
def test_the_three_shares(changes: dict[str, object], met: tuple[bool | None, ...]) -> None:
    """60 / 30 (35 from 2030) / 20 %; rules out export without a continuous spot market, 0/0 read as a failure, and a verdict that
    turns on a kilowatt-hour in 100 GWh, which no plan can be certified to."""
    assert tuple(verdict.met for verdict in share_verdicts(SHARES, year(**changes))) == met


def test_shares_name_their_limit() -> None:
    """The last one: no export where the spot market does not run."""
    verdicts = share_verdicts(SHARES, year(self_used=60e6, exported=5e6, year=2031))
    assert [(verdict.name, verdict.share, verdict.limit) for verdict in verdicts] == [
        ("self_use_of_generation", 0.6, 0.6),
        ("self_use_of_load", 0.3, 0.35),
        ("export_share", 0.05, 0.0),
    ]


def test_hydropower_does_not_fill_the_shares() -> None:
    """650 speaks of wind, PV, biomass and other new energy; rules out that a direct hydro line counts by default."""
    assert SHARES.sources == ("wind", "pv", "biomass")
    assert BOOK.find(SupplyShares, DAY, place=YIBIN, select={"users": "several"}).one().sources == SHARES.sources


def test_the_rule_for_several_users_begins_with_its_document() -> None:
    """688 was published on 2026-05-20; rules out that it judges 2025 unasked."""
    found = BOOK.find(SupplyShares, date(2026, 5, 19), place=YIBIN, select={"users": "several"})
    assert [finding.code for finding in found.findings] == ["rulebook.no-record"]


SHARES_RULE = {
    "users": "one",
    "self_use_of_generation": "60 %",
    "export": "20 %",
    "export_needs_spot": "true",
    "sources": "[pv]",
}


def test_shares_that_contradict_themselves_do_not_load() -> None:
    examples = (
        "[{year: 2026, available: 10, self_used: 6, load: 10, spot_continuous: true, self_use_of_generation: false, "
        "self_use_of_load: true, export_share: true}]"
    )
    falling = "[{year: 2030, share: 0.3}, {year: 2025, share: 0.35}]"
    assert messages(record("a", "supply_shares", **SHARES_RULE, self_use_of_load=falling, examples=examples)) == [
        "pack.yaml:14: rulebook.years-not-rising: a.self_use_of_load: the years must rise; got 2030, 2025. "
        "Sort them, each year once."
    ]
    one = "[{year: 2025, share: 0.3}]"
    assert messages(record("a", "supply_shares", **SHARES_RULE, self_use_of_load=one, examples=examples)) == [
        "pack.yaml:15: rulebook.example-fails: a.examples[1].self_use_of_generation: the record does not reproduce its "
        "own example and does not load; expected not met, got met. Compare both with the document."
    ]
