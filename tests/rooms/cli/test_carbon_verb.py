"""`lingtan carbon` and `lingtan calc inventory` as a user types them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from lingtan.case import read_case
from lingtan.cli import app
from lingtan.park import flow_names
from lingtan.series import Table
from lingtan.series.write import write_parquet
from tests.small_parks import SHIPPED_PARKS

STARTER = SHIPPED_PARKS["starter"]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTAN_LANG", "en")


@pytest.fixture(scope="module")
def flows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year in which the starter park draws 60 MW and generates 60 MW on its roofs for a load of 120 MW."""
    park = read_case(STARTER).park
    grid = park.grid()
    names = [name for parts in flow_names(park).values() for name in parts]
    columns = {name: np.zeros(grid.steps) for name in names}
    [load] = [name for name in names if name.endswith(".load_kw")]
    [drawn] = [name for name in names if name.endswith(".import_kw")]
    for name, power in ((load, 120e3), (drawn, 60e3), ("pv.generation_kw", 60e3)):
        assert name in columns
        columns[name] = np.full(grid.steps, power)
    path = tmp_path_factory.mktemp("flows") / "series.parquet"
    write_parquet(path, Table(grid, columns))
    return path


def carbon(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["carbon", str(STARTER), *map(str, arguments)])


def test_what_a_terminal_shows(flows: Path) -> None:
    """525.6 GWh drawn are 437,562 t over 315,360 tce: 1.388 t/tce, between 1.343 and 1.487; the clause is just met.

    So large a park needs more than 16 MVA and 12 MW of roofs, and is told so.
    """
    result = carbon("--series", flows)
    told = [line.split(": ")[1:3] for line in result.stderr.splitlines()]
    names = ("grid.import_kw", "pv.generation_kw", "works.load_kw")
    assert (result.exit_code, told) == (0, [["series.above-limit", name] for name in names])
    assert result.stdout.splitlines() == [
        "electricity, net of what was sent out\t437,562.0 t",
        "total\t437,562.0 t\t315,360 tce",
        "CO₂ per unit of energy use\t1.388 t/tce (1.343 … 1.487)\t≤ 0.2 t/tce\tmissed",
        "direct supply\t50.0 %\t≥ 50 %\tmet",
        "physically traced\t50.0 %",
        "above the threshold; certificates that would close it\t374,490 t\t449,838 MWh",
        "zero-carbon factory works\tentry\tphysically traced 50.0 % (≥ 35 %)\tmet\tcn.zero-carbon-factory.2026",
    ]


def test_the_file_is_what_json_prints(flows: Path, tmp_path: Path) -> None:
    result = carbon("--series", flows, "--out", tmp_path / "out", "--json")
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    assert json.loads((tmp_path / "out" / "carbon.json").read_text("utf-8")) == printed
    assert (printed["verdict"], printed["direct_verdict"], printed["physical_share"]) == ("missed", "met", 0.5)


def test_an_absent_file_is_a_finding(tmp_path: Path) -> None:
    result = carbon("--series", tmp_path / "none.parquet")
    assert result.exit_code == 2
    assert result.stderr == (
        f"{tmp_path / 'none.parquet'}: cli.no-file: none.parquet: the file does not exist. "
        "Check the name; it counts from the folder that you are in.\n"
    )


def test_the_inventory_calculator_reads_standard_input() -> None:
    case = {"year": 2025, "electricity": [{"way": "taken_in", "energy": "1 GWh"}]}
    result = CliRunner().invoke(app, ["calc", "inventory"], input=json.dumps(case))
    assert (result.exit_code, json.loads(result.stdout)["emissions_t"]) == (0, 832.5)
