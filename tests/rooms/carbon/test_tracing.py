"""Tracing by hand: three steps, PV, a fossil line, a battery, two members."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.carbon import direct_mix, physical_share, trace
from lingtan.park import Park
from lingtan.series import Table
from tests.small_parks import battery, hours_grid, park_of, pv

WORDS = {"en": "A member.", "zh": "企业。"}


def two_members(**assets: Any) -> Park:
    return park_of(
        {
            "mill": {"family": "load", "profile": "need", "member": "mill"},
            "shop": {"family": "load", "profile": "need", "member": "shop"},
            "roof": pv(1e3),
            **assets,
        },
        members={"mill": {"name": WORDS}, "shop": {"name": WORDS}},
    )


def table_of(park: Park, **flows: list[float]) -> Table:
    """Flows [kW] by name with `__` for the dot; those of the park that are not named are zero."""
    steps = len(next(iter(flows.values())))
    names = ["grid.import_kw", "grid.export_kw", *(f"{name}.generation_kw" for name, _ in park.generators())]
    names += [f"{name}.{way}_kw" for name in ("cells",) if name in park.assets for way in ("charge", "discharge")]
    columns = {name: np.zeros(steps) for name in names}
    columns |= {name.replace("__", "."): np.array(values) for name, values in flows.items()}
    return Table(hours_grid(steps), columns)


def test_members_share_the_mix_of_each_interval() -> None:
    """The shop works at noon and the mill at night: a yearly mean would give both 50 %, the trace 80 % and 20 %."""
    park = two_members()
    found = trace(
        park,
        table_of(
            park,
            grid__import_kw=[0.0, 100.0],
            roof__generation_kw=[100.0, 0.0],
            mill__load_kw=[20.0, 80.0],
            shop__load_kw=[80.0, 20.0],
        ),
    )
    shares = {name: physical_share(found.direct_kwh[name], found.load_kwh[name]) for name in found.load_kwh}
    assert shares == pytest.approx({"mill": 0.2, "shop": 0.8})


def test_what_is_sent_out_leaves_the_import_to_the_park() -> None:
    """PV 60, sent out 30, import 20: inside are 30 and 20, so 60 %; taking the export from the import would make it 86 %."""
    park = two_members()
    flows = {"grid__import_kw": [20.0], "grid__export_kw": [30.0], "roof__generation_kw": [60.0]}
    found = trace(park, table_of(park, **flows, mill__load_kw=[50.0], shop__load_kw=[0.0]))
    assert found.direct_pu.tolist() == [pytest.approx(0.6)]


def test_storage_gives_out_the_mean_of_what_it_took_in() -> None:
    """Noon: PV 90 and import 30, of which 40 are stored (75 % PV); night: import 10 and 30 from storage, 56.25 %.

    Counting storage as green would give 75 % at night, counting it as grid power 0 %.
    """
    park = two_members(cells=battery(100, 100))
    found = trace(
        park,
        table_of(
            park,
            grid__import_kw=[30.0, 10.0],
            roof__generation_kw=[90.0, 0.0],
            cells__charge_kw=[40.0, 0.0],
            cells__discharge_kw=[0.0, 30.0],
            mill__load_kw=[80.0, 0.0],
            shop__load_kw=[0.0, 40.0],
        ),
    )
    assert found.direct_pu.tolist() == pytest.approx([0.75, 0.5625])
    assert found.direct_kwh == pytest.approx({"mill": 60.0, "shop": 22.5})


def test_what_storage_sends_out_is_not_used_inside() -> None:
    """At night 10 of 30 kW from storage leave: the load of 20 kW has 20 kW of the stored mix."""
    park = two_members(cells=battery(100, 100))
    found = trace(
        park,
        table_of(
            park,
            grid__import_kw=[0.0, 0.0],
            grid__export_kw=[0.0, 10.0],
            roof__generation_kw=[50.0, 0.0],
            cells__charge_kw=[40.0, 0.0],
            cells__discharge_kw=[0.0, 30.0],
            mill__load_kw=[10.0, 20.0],
            shop__load_kw=[0.0, 0.0],
        ),
    )
    assert found.direct_pu.tolist() == pytest.approx([1.0, 1.0])
    assert physical_share(found.direct_kwh["shop"], found.load_kwh["shop"]) is None


def test_cuts_are_not_served() -> None:
    park = two_members()
    flows = {"roof__generation_kw": [30.0], "mill__load_kw": [50.0], "shop__load_kw": [0.0]}
    table = table_of(park, **flows).with_columns({"mill.shortfall_kw": np.array([20.0])})
    assert trace(park, table).load_kwh == {"mill": 30.0, "shop": 0.0}


def test_a_fossil_line_traces_to_nothing_and_is_sent_out_in_proportion() -> None:
    plant = {"family": "firm_line", "source": "fossil", "power": 100, "price": 0.3, "legal_basis": "a contract"}
    park = two_members(plant=plant)
    flows = {"grid__export_kw": [20.0], "roof__generation_kw": [30.0], "plant__generation_kw": [10.0]}
    found = trace(park, table_of(park, **flows, mill__load_kw=[20.0], shop__load_kw=[0.0]))
    assert (found.fossil_kwh, found.sent_fossil_kwh, found.direct_kwh["mill"]) == pytest.approx((10.0, 5.0, 15.0))


def test_no_power_has_no_mix() -> None:
    """An interval without any power, and a solver's dust below zero, give 0 and never a division by nothing."""
    none, dust = np.zeros(2), np.array([-1e-12, -1e-12])
    assert direct_mix(none, none, none, none).tolist() == [0.0, 0.0]
    assert direct_mix(dust, np.array([1.0, 0.0]), none, none).tolist() == [0.0, 0.0]
