"""The carbon account of flows in a file, and the form of carbon.json."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lingtan.account import settle
from lingtan.case import Case
from lingtan.findings import InputError
from lingtan.series import Table
from lingtan.series.write import write_parquet
from lingtan.study.carbon_account import carbon_data, carbon_of_file
from tests.small_parks import pv, small_case

WORDS = {"en": "Works", "zh": "工厂"}


def case_of(**parts: Any) -> Case:
    """A load and PV on a day of March, in a park with diesel."""
    return small_case(
        np.full(24, 100.0),
        {"roof": pv(80.0)},
        series={"sun": [0.5] * 24},
        activities=[{"kind": "fuel_use", "fuel": "diesel", "quantity": "10 t"}],
        **parts,
    )


def flows_of(case: Case, steps: int | None = None) -> Table:
    """60 kW from the grid, 40 kW from the roof, on the case's grid or on the whole year."""
    grid = case.grid if steps is None else case.park.grid()
    power = {"grid.import_kw": 60.0, "grid.export_kw": 0.0, "roof.generation_kw": 40.0, "works.load_kw": 100.0}
    return Table(grid, {name: np.full(grid.steps, value) for name, value in power.items()})


def write_csv(path: Path, table: Table) -> Path:
    stamps = [str(stamp).replace("T", " ") for stamp in table.grid.local]
    rows = zip(stamps, *(table[name] for name in table.names), strict=True)
    lines = [",".join(["time", *table.names]), *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_meter_sees_no_cuts(tmp_path: Path) -> None:
    """A CSV without shortfall and curtailment settles as flows that had none; part of a year says so."""
    case = case_of()
    account, findings = carbon_of_file(case, write_csv(tmp_path / "day.csv", flows_of(case)))
    assert account.inventory.emissions_t == pytest.approx(24 * 60 * 0.8325e-3)
    assert account.inventory.energy_tce == pytest.approx(24 * 100 * 0.3e-3)
    assert account.physical_share == pytest.approx(0.4)
    assert [found.text() for found in findings] == [
        f"{tmp_path / 'day.csv'}: carbon.part-of-year: series: the flows are a part of the studied year, so annual activities "
        "and purchases are left out and the indicator is not that of a year; expected 2025, got 2025-03-03 00:00 + 24 h. "
        "Give the flows of the whole calendar year."
    ]


def test_a_year_of_flows_counts_the_years_activities(tmp_path: Path) -> None:
    case = case_of()
    table = flows_of(case, 8760)
    write_parquet(tmp_path / "year.parquet", table)
    account, findings = carbon_of_file(case, tmp_path / "year.parquet")
    assert (findings, account.whole_year) == ([], True)
    diesel = 10 * 42.652 * 0.0202 * 0.98 * 44 / 12
    assert account.inventory.emissions_t == pytest.approx(8760 * 60 * 0.8325e-3 + diesel)


def test_all_absent_flows_are_said_at_once(tmp_path: Path) -> None:
    """Missing is not zero: a park that may export needs its export."""
    case = case_of()
    kept = {name: flows_of(case)[name] for name in ("grid.import_kw", "works.load_kw")}
    write_parquet(tmp_path / "some.parquet", Table(case.grid, kept))
    with pytest.raises(InputError) as error:
        carbon_of_file(case, tmp_path / "some.parquet")
    assert [(found.code, found.who) for found in error.value.findings] == [
        ("cli.flow-absent", "grid.export_kw"),
        ("cli.flow-absent", "roof.generation_kw"),
    ]


def test_a_study_and_a_file_of_its_flows_give_one_account(tmp_path: Path) -> None:
    """What `study` writes into carbon.json is what `carbon` finds in its series.parquet."""
    case = case_of(members={"mill": {"name": WORDS}})
    flows = flows_of(case, 8760).with_columns(
        {name: np.zeros(8760) for name in ("works.shortfall_kw", "roof.curtailed_kw")}
    )
    write_parquet(tmp_path / "series.parquet", flows)
    account, _ = carbon_of_file(case, tmp_path / "series.parquet")
    studied = settle(case.park, flows, case.rulebook, sizes={"roof.power_kw": 80.0})
    assert carbon_data(account) == carbon_data(studied.annex4)
    assert studied.green.physical_share == pytest.approx(0.4)


def test_the_form_of_carbon_json(tmp_path: Path) -> None:
    """Every line tells category, member and rule, and nothing in it is not a number."""
    case = case_of()
    write_parquet(tmp_path / "series.parquet", flows_of(case, 8760))
    data = carbon_data(carbon_of_file(case, tmp_path / "series.parquet")[0])
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert [(line["category"], line["what"], line["rule"]) for line in data["lines"]] == [
        ("electricity", "grid.import_kw", "cn.park-annex4.unbacked"),
        ("electricity", "roof.generation_kw", "cn.park-annex4.direct-non-fossil"),
        ("fuel", "diesel", "cn.fuel.diesel"),
    ]
    assert [each["member"] for each in data["members"]] == [None]
    assert data["members"][0]["physical_share"] == pytest.approx(0.4)
