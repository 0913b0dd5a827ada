"""What a report tells of fleets of vehicles and of rooms: their use among the loads, and both sides of the balance equal."""

from __future__ import annotations

import re

import pytest

from lingtan.report.sections.energy_flow import balance_of
from lingtan.report.sections.steered_needs import steered_needs
from lingtan.study.study import side
from tests.small_parks import small_case


def test_driving_and_warmth_stand_among_the_uses() -> None:
    """Four cars drive 10 kWh a day each, a hall takes 24 h · 20 kW / 2. What goes in comes out: driving counted at the charge
    points as well would leave its losses unexplained."""
    size = {
        "vehicles": 4,
        "battery": 40.0,
        "vehicle_power": 7.0,
        "power": 28.0,
        "trip": 10.0,
        "arrives": 0.0,
        "leaves": 20.0,
    }
    hull = {
        "low": 20.0,
        "high": 20.5,
        "heat_capacity": 10.0,
        "heat_loss": 1.0,
        "outside": 0.0,
        "power": 30.0,
        "cop": 2.0,
    }
    assets = {
        "cars": {"family": "ev_fleet", **size, "charge_efficiency": 0.8},
        "hall": {"family": "thermostatic_load", "need": "heating", **hull},
    }
    decided = side(small_case([10.0] * 24, assets))
    balance = balance_of(decided)
    uses = {str(getattr(stream.name, "en", stream.name)): stream.energy_kwh for stream in balance.uses}
    assert uses["Electric vehicle fleet cars"] == pytest.approx(40.0)
    assert uses["Storage losses"] == pytest.approx(10.0, rel=1e-3)
    assert uses["Thermostatic load hall"] == pytest.approx(240.0, rel=0.03)
    assert balance.out_kwh == pytest.approx(balance.in_kwh, rel=1e-6)
    told = re.sub(r"<[^>]+>", "|", str(steered_needs(decided)))
    assert re.search(r"Thermostatic load hall\|.*?20\.0 … 20\.5\|+20\.0\|+20\.\d\|+0\|", told)
    assert re.search(r"Electric vehicle fleet cars\|.*?\|50\.0\|.*?\|0\|.*?\|40\.0\|.*?\|0\|.*?\|65 %\|", told)
