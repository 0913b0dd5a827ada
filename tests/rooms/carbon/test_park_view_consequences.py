"""What annex 4 implies and people get wrong: each consequence as a case, and the rules of thumb with their range."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from lingtan.carbon import (
    CarbonAccount,
    annex4_records,
    carbon_account,
    indicator_range,
    total,
    unbacked_share_limit,
    verdict,
)
from lingtan.rulebook import EmissionFactor, FuelFactor, Place
from lingtan.series import Table
from tests.small_parks import park_of, pv, shipped

YIBIN = {"zone": "Asia/Shanghai", "province": "Sichuan", "prefecture": "Yibin"}
COAL = 0.30e-3
FACTOR = 0.8325e-3


def settled(flows_kw: Mapping[str, float], assets: Mapping[str, Any] | None = None, **parts: Any) -> CarbonAccount:
    """A year of constant flows [kW]: the park has a load `mill` and one connection; flows that are not named are zero."""
    park = park_of({"mill": {"family": "load", "profile": "need"}, **(assets or {})}, site=YIBIN, **parts)
    names = ["grid.import", "grid.export", "mill.load", *(f"{name}.generation" for name, _ in park.generators())]
    grid = park.grid()
    table = Table(grid, {f"{name}_kw": np.full(grid.steps, flows_kw.get(name, 0.0)) for name in names})
    sent = flows_kw.get("grid.export", 0.0) * 8760
    taken = sum(power for name, power in flows_kw.items() if name.endswith((".import", ".generation"))) * 8760
    return carbon_account(park, table, shipped(), used_kwh=taken - sent, export_kwh=sent)


def line_of(source: str) -> dict[str, Any]:
    return {"family": "firm_line", "source": source, "power": 1e6, "price": 0.3, "legal_basis": "a contract"}


# ------------------------------------------------------------------------------------------------------- consequences


def test_the_factor_of_sichuan_is_not_used() -> None:
    """1 GW over the year: 0.8325, not the province's 0.1564, which would give 1,370,064 t."""
    own = shipped().find(
        EmissionFactor,
        np.datetime64("2025-12-31"),
        place=Place("CN", "Sichuan"),
        select={"view": "location", "scope": "provincial"},
    )
    assert own.one().factor == pytest.approx(0.1564e-3)
    assert settled({"grid.import": 1e6, "mill.load": 1e6}).inventory.emissions_t == pytest.approx(7_292_700.0)


def test_exported_pv_earns_nothing() -> None:
    """Half of the PV is sent out while as much is imported elsewhere in the year: the import still counts in full."""
    found = settled({"grid.import": 100.0, "roof.generation": 200.0, "grid.export": 100.0}, {"roof": pv(1e3)})
    assert found.inventory.emissions_t == pytest.approx(100.0 * 8760 * FACTOR)
    sent = [line for line in found.inventory.others if line.use == "sent_out"]
    assert [(line.quantity, line.emissions_t) for line in sent] == [(-876_000.0, 0.0)]


def test_a_park_that_only_exports_pv_is_at_zero() -> None:
    found = settled({"roof.generation": 300.0, "grid.export": 200.0, "mill.load": 100.0}, {"roof": pv(1e3)})
    assert found.inventory.emissions_t == 0.0
    assert found.inventory.direct_share == pytest.approx(1.0)


def test_exported_fossil_power_earns_its_factor() -> None:
    """100 kW of a fossil plant of which 40 kW are sent out: 60 kW count."""
    flows = {"plant.generation": 100.0, "grid.export": 40.0, "mill.load": 60.0}
    found = settled(flows, {"plant": line_of("fossil")}).inventory
    assert found.emissions_t == pytest.approx(60.0 * 8760 * FACTOR)
    assert [line.emissions_t for line in found.others] == [pytest.approx(-40.0 * 8760 * FACTOR)]


def test_what_is_sent_out_is_of_each_plant_in_proportion() -> None:
    """Of 20 kW sent out, PV and the fossil plant (30 and 10 kW) give 15 and 5: not all green, and not all fossil."""
    flows = {"roof.generation": 30.0, "plant.generation": 10.0, "grid.export": 20.0, "mill.load": 20.0}
    found = settled(flows, {"roof": pv(1e3), "plant": line_of("fossil")}).inventory
    assert [line.quantity / 8760 for line in found.others] == pytest.approx([-15.0, -5.0])
    assert found.emissions_t == pytest.approx(5.0 * 8760 * FACTOR)
    assert found.direct_share == pytest.approx(15 / 20)


@pytest.mark.parametrize(("source", "tonnes"), [("hydro", 0.0), ("nuclear", 0.0), ("unknown", 729.27)])
def test_direct_supply_counts_zero_when_it_is_known_to_be_non_fossil(source: str, tonnes: float) -> None:
    """Direct hydro counts zero in annex 4; a line of unknown source does not."""
    found = settled({"plant.generation": 100.0, "mill.load": 100.0}, {"plant": line_of(source)})
    assert found.inventory.emissions_t == pytest.approx(tonnes)


def test_half_of_the_use_is_enough_for_the_clause() -> None:
    flows = {"grid.import": 500.0, "roof.generation": 500.0, "mill.load": 1000.0}
    found = settled(flows, {"roof": pv(1e3)}).inventory
    assert (found.direct_share, verdict(found.direct_clause_met)) == (0.5, "met")


def test_certificates_close_the_gap_and_not_the_clause() -> None:
    """The experts' sum with 1.2 TWh and no direct supply: buying certificates meets 0.2, and 0 % stays 0 %.

    999,000 t − 0.2 · 360,000 tce = 927,000 t = 1,113,513.5 MWh.
    """
    power = 1.2e9 / 8760
    bare = settled({"grid.import": power, "mill.load": power})
    assert bare.gap is not None
    assert bare.gap.certificates == 1_113_514
    bought = {"kind": "gec", "quantity": bare.gap.electricity_kwh / 1000, "vintage": 2025}
    backed = settled({"grid.import": power, "mill.load": power}, green_purchases=[bought])
    assert (verdict(backed.inventory.meets_threshold), verdict(backed.inventory.direct_clause_met)) == ("met", "missed")
    assert backed.gap is None


def test_certificates_beyond_the_import_count_nothing() -> None:
    bought = {"kind": "gec", "quantity": 2000.0, "vintage": 2025}
    found = settled({"grid.import": 100.0, "mill.load": 100.0}, green_purchases=[bought])
    assert (found.inventory.emissions_t, found.cover.counted_kwh, found.cover.left_kwh) == (0.0, 876e3, 1124e3)


def test_a_small_park_is_neither_met_nor_missed() -> None:
    """Below 200,000 tce nothing is defined, however clean or dirty."""
    found = settled({"grid.import": 100.0, "mill.load": 100.0})
    assert found.range is not None
    assert (verdict(found.inventory.meets_threshold), found.gap) == ("not_defined", None)
    assert [end.verdict for end in found.range] == ["not_defined", "not_defined"]


def test_the_conversion_can_move_a_park_across_the_edge_of_a_band() -> None:
    """660 GWh are 184,800, 198,000 or 204,600 tce: without the range nobody sees that a threshold may apply."""
    rules = annex4_records(shipped(), Place("CN"), "equal_value", np.datetime64("2025-12-31").item())
    ends = indicator_range(rules, total(rules, (), (), 660e6, 660e6))
    assert ends is not None
    assert [(end.energy_tce, end.verdict) for end in ends] == [
        (pytest.approx(184_800.0), "not_defined"),
        (pytest.approx(204_600.0), "met"),
    ]


# ------------------------------------------------------------------------------------------------------ rules of thumb


def test_an_all_electric_park_without_cover() -> None:
    found = settled({"grid.import": 1e5, "mill.load": 1e5}).inventory.intensity_t_per_tce
    assert found == pytest.approx(2.775)  # printed as 2.78


@pytest.mark.parametrize(
    ("threshold", "coal", "percent"),
    [(0.2, COAL, 7.2), (0.3, COAL, 10.8), (0.2, 0.28e-3, 6.7), (0.2, 0.31e-3, 7.4), (0.2, 0.1229e-3, 3.0)],
)
def test_how_much_unbacked_power_a_threshold_allows(threshold: float, coal: float, percent: float) -> None:
    """7.2 % is 6.7 to 7.4 %, and the heat content instead of the generating rate would make it 3.0 %."""
    assert round(100 * unbacked_share_limit(threshold, coal, FACTOR), 1) == percent


@pytest.mark.parametrize(("threshold", "percent"), [(0.2, 12.3), (0.3, 18.4)])
def test_how_much_natural_gas_a_threshold_allows(threshold: float, percent: float) -> None:
    gas = shipped().get("cn.fuel.natural-gas")
    assert isinstance(gas, FuelFactor)
    assert round(100 * threshold / gas.factor_t_per_tce, 1) == percent
