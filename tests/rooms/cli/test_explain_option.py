"""`--explain` as a user types it: sentences and JSON of a window, and options that mean nothing without it."""

from __future__ import annotations

import json

import pytest
from click.testing import Result
from typer.testing import CliRunner

from lingtan.cli import app, study_verbs
from tests.small_parks import battery, small_case


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTAN_LANG", "en")
    case = small_case([10.0, 10.0, 10.0], {"store": battery(10.0, 5.0)})
    monkeypatch.setattr(study_verbs, "read_park_case", lambda *_: case)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["plan", "park", *arguments])


def test_a_moment_within_a_step_is_told_in_sentences() -> None:
    """01:30 lies in the hour of 01:00: rules out the nearest hour, and that only whole hours are known."""
    result = run("--explain", "2025-03-03T01:30", "--asset", "grid", "--asset", "works")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    told = lines[lines.index("Why, at 2025-03-03 01:00") + 1 :]
    assert told == [
        "- One kWh more at main would cost 0.500 CNY.",
        "- At 2025-03-03 01:00 grid gives 10 kW at main. One kWh given is worth 0.500 CNY at main, and costs 0.500 CNY: 0.500 CNY "
        "of energy purchase. Both are equal, so a little more or less would change nothing.",
        "- Load works: needed 10 kW at 2025-03-03 01:00, as given. One kWh is worth 0.500 CNY at main.",
    ]


def test_standing_still_in_json() -> None:
    """Without the grid an hour of 10 kW is cut at 52.5 less what is saved and what the store carries in."""
    result = run("--explain", "2025-03-03T01:00", "--asset", "grid", "--off", "--json")
    (grid,) = json.loads(result.stdout)["explained"]["assets"]
    carried_kwh, wear = 5.0, 1e-3
    assert grid["off"]["cost_cny"] == pytest.approx(5.0 * 49.5 + carried_kwh * wear, rel=1e-4)
    (way,) = (each for each in grid["activities"] if each["name"] == "grid.import_kw")
    assert way["standing"] == "between"
    assert {part["name"]: round(part["cny_per_unit"], 4) for part in way["parts"] if part["kind"] != "preference"} == {
        "main": 0.5,
        "purchase": -0.5,
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--asset", "grid"),
            "cli.explain-alone: --asset: this option belongs to an explanation. Add the moment to explain, as in "
            "`--explain 2025-07-01T18:00`.\n",
        ),
        (
            ("--explain", "noon"),
            "cli.bad-start: explain: this is not a moment; expected 2025-07-01T00:00, got noon. Write year, month and day, and the "
            "time if it is not midnight.\n",
        ),
        (
            ("--explain", "2025-03-03T03:00"),
            "cli.outside-period: explain: the window leaves the studied period; expected 2025-03-03 00:00 … 2025-03-03 02:00, got "
            "2025-03-03T03:00. Choose a start and a length inside it.\n",
        ),
        (
            ("--explain", "2025-03-03", "--asset", "stor"),
            "cli.no-such-asset: stor: the park has no asset and no connection of this name; expected works | store | grid. Did you "
            "mean 'store'?\n",
        ),
    ],
)
def test_what_cannot_be_explained(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (2, said)
