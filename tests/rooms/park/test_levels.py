"""Levels of heat, temperatures and pressures: what is upside down, or not known, is told in whole sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from lingtan.park.check_levels import check_levels
from lingtan.park.saturation import KELVIN, saturation_c
from tests.small_parks import park_of

BUSES: Mapping[str, Mapping[str, Any]] = {
    "main": {},
    "hot": {"carrier": "heat", "temperature": 85.0},
    "warm": {"carrier": "heat", "temperature": 40.0},
    "cold": {"carrier": "cooling", "temperature": 7.0},
    "ice": {"carrier": "heat", "temperature": 0.0},
    "unknown": {"carrier": "heat"},
    "high": {"carrier": "steam", "pressure": 1.6},
    "low": {"carrier": "steam", "pressure": 0.5},
    "vague": {"carrier": "steam"},
}


def told(asset: Mapping[str, Any], lang: str = "en") -> list[str]:
    """What is said about a park with one asset."""
    park = park_of({"it": asset}, buses=BUSES)
    return [remark.finding.text(lang) for remark in check_levels(park)]


def exchanger(source: str, bus: str) -> dict[str, Any]:
    return {"family": "heat_exchanger", "source_bus": source, "bus": bus, "power": 10.0}


UPSIDE_DOWN = (
    "park.cascade-upside-down: assets.it.source_bus: heat goes from the higher level to the lower one by itself, and a machine "
    "lifts it from the lower to the higher: here the levels of the two buses are the other way around, or the same"
)
SWAP = "Swap the two buses, or correct their temperatures or pressures."


def test_a_cascade_upside_down_is_told() -> None:
    """Taken as it stands, cold water would heat hot water, and low pressure make high pressure."""
    assert told(exchanger("warm", "hot")) == [f"{UPSIDE_DOWN}; expected > 85 °C, got 40 °C. {SWAP}"]
    assert told(exchanger("low", "high")) == [f"{UPSIDE_DOWN}; expected > 1.6 MPa, got 0.5 MPa. {SWAP}"]
    assert told(exchanger("low", "high"), "zh") == [
        "park.cascade-upside-down: assets.it.source_bus：热量自高位流向低位，升温则自低位至高位："
        "此处两条母线的温度或压力高低颠倒或相同；应为 > 1.6 MPa，实为 0.5 MPa。"
        "请对调两条母线，或更正其温度或压力。"
    ]
    pump = {"family": "heat_pump", "input": "main", "source_bus": "hot", "bus": "warm", "power": 10.0, "cop": 3.0}
    assert told(pump) == [f"{UPSIDE_DOWN}; expected < 40 °C, got 85 °C. {SWAP}"]


def test_machines_that_reject_heat_reject_it_uphill() -> None:
    """An exhaust above its steam, heat rejected into something colder than the cold: energy that flows uphill by itself."""
    turbine = {
        "family": "turbine",
        "source_bus": "low",
        "bus": "main",
        "power": 9.0,
        "efficiency": 0.2,
        "exhaust_bus": "high",
    }
    assert told(turbine) == [
        f"{UPSIDE_DOWN.replace('source_bus', 'exhaust_bus')}; expected < 0.5 MPa, got 1.6 MPa. {SWAP}"
    ]
    absorption = {
        "family": "absorption_chiller",
        "source_bus": "warm",
        "bus": "cold",
        "power": 9.0,
        "reject_bus": "hot",
    }
    assert told(absorption) == [f"{UPSIDE_DOWN}; expected > 85 °C, got 40 °C. {SWAP}"]
    compression = {"family": "compression_chiller", "input": "main", "bus": "cold", "power": 9.0, "reject_bus": "ice"}
    assert told(compression) == [
        f"{UPSIDE_DOWN.replace('source_bus', 'reject_bus')}; expected > 7 °C, got 0 °C. {SWAP}"
    ]


def test_the_same_level_drives_nothing() -> None:
    assert told(exchanger("hot", "hot")) == [f"{UPSIDE_DOWN}; expected > 85 °C, got 85 °C. {SWAP}"]


@pytest.mark.parametrize(("source", "bus"), [("hot", "warm"), ("high", "low"), ("high", "hot"), ("low", "warm")])
def test_a_cascade_that_goes_down_is_not_told(source: str, bus: str) -> None:
    assert told(exchanger(source, bus)) == []


def test_steam_is_as_hot_as_it_boils() -> None:
    """Steam of 0.5 MPa boils at 151.8 °C: heat of 85 °C makes none of it, though no temperature is written at its bus."""
    assert told(exchanger("hot", "low")) == [f"{UPSIDE_DOWN}; expected > 151.836 °C, got 85 °C. {SWAP}"]


def test_a_level_that_is_not_known_is_asked_for() -> None:
    """Two unknown levels compare as nothing, so that a cascade upside down would pass."""
    assert told(exchanger("unknown", "warm")) == [
        "park.no-temperature: buses.unknown.temperature: the temperature that an asset works at is not given; got assets.it. Give "
        "it (`temperature: 85 °C` at the bus; a series of the outside air at the site), or give the asset a `cop`."
    ]
    assert told(exchanger("vague", "warm")) == [
        "park.no-pressure: buses.vague.pressure: steam is used at a pressure that is not given; got assets.it. Give it at the bus, "
        "such as `pressure: 1.0 MPa`, absolute."
    ]


@pytest.mark.parametrize(("mpa", "kelvin"), [(0.1, 372.755919), (1.0, 453.035632), (10.0, 584.149488)])
def test_saturation_is_that_of_the_published_table(mpa: float, kelvin: float) -> None:
    """IAPWS-IF97, table 36: rules out gauge for absolute pressure, and a wrong digit in one of ten coefficients."""
    assert saturation_c(mpa) + KELVIN == pytest.approx(kelvin, abs=1e-6)
