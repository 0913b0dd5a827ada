"""Plans take what the park's own forecasts say, where they reach and were known; a file that is wrong is told and nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.operate.expecting import ExpectedFile, followed
from lingtan.operate.planning import Planner
from lingtan.operate.store import TelemetryWriter
from lingtan.optimize.replan import window_of
from lingtan.park import Park
from lingtan.series import Series
from tests.rooms.operate.operate_samples import START_MS, live_case

MIDNIGHT_MS = 1_772_467_200_000
"""2026-03-03 00:00 in Shanghai."""
HOUR_MS = 3_600_000
STUDIED_MS = MIDNIGHT_MS - 365 * 24 * HOUR_MS
PARK = live_case().park.name
WINDOW = window_of(START_MS, "Asia/Shanghai")
LEFT = 54
"""Quarter-hours from 10:30 to midnight: as far as the day of a forecast reaches into the plan."""


def day(values: list[float], **other: Any) -> dict[str, Any]:
    asked = {"kind": "load", "assets": ["works"], "unit": "kW", "known_ms": MIDNIGHT_MS - 15 * HOUR_MS}
    return {**asked, "start_ms": MIDNIGHT_MS, "step_minutes": 60, "values": values, **other}


def put(folder: Path, targets: dict[str, Any], *, park: str = PARK, is_twin: bool = False) -> ExpectedFile:
    path = folder / "ahead" / "expected.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({"version": 1, "park": park, "targets": targets}), "utf-8")
    return ExpectedFile(path, PARK, is_twin=is_twin)


def own(**by_asset: float) -> dict[str, Series]:
    return {name: Series.of(name, np.full(96, value), "kW", WINDOW) for name, value in by_asset.items()}


def test_a_day_stands_in_for_what_the_planner_expects_as_far_as_it_reaches(tmp_path: Path) -> None:
    """Hours 0 to 23 say 1,000 + the hour; at 10:30 the plan expects 1,010, at 11:00 1,011, and past midnight its own 7."""
    file = put(tmp_path, {"load": day([1000.0 + hour for hour in range(24)])})
    found = followed(live_case(), file, own(works=7.0), START_MS)
    assert found.series["works"].values[:3].tolist() == [1010.0, 1010.0, 1011.0]
    assert found.series["works"].values[LEFT - 1 : LEFT + 1].tolist() == [1023.0, 7.0]
    assert found.told == {"targets": ["load"], "known_ms": MIDNIGHT_MS - 15 * HOUR_MS}


def test_what_was_made_after_the_gate_of_a_plan_is_not_known(tmp_path: Path) -> None:
    """Look-ahead: of the same file one second after the gate, and at the gate."""
    late = put(tmp_path, {"load": day([1000.0] * 24, known_ms=START_MS + 1000)})
    found = followed(live_case(), late, own(works=7.0), START_MS)
    assert (found.series["works"].values.max(), found.told) == (7.0, {"targets": [], "left_out": ["load"]})
    at_gate = put(tmp_path, {"load": day([1000.0] * 24, known_ms=START_MS)})
    assert followed(live_case(), at_gate, own(works=7.0), START_MS).told["targets"] == ["load"]


def two_loads() -> Case:
    """The case with an office beside the works."""
    data = live_case().park.dump()
    assets = {**data["assets"], "office": data["assets"]["works"]}
    return live_case().with_park(Park.model_validate({**data, "assets": assets}))


def test_a_sum_keeps_the_shares_and_a_target_of_one_asset_is_laid_over_it(tmp_path: Path) -> None:
    """100 and 300 kW are expected by themselves: a sum of 800 is 200 and 600; one of both and of the second alone, 200 and 50."""
    both = day([800.0] * 24, assets=["works", "office"])
    alone = day([50.0] * 24, assets=["office"])
    asked = own(works=100.0, office=300.0)
    found = followed(two_loads(), put(tmp_path, {"load": both}), asked, START_MS).series
    assert (found["works"].values[0], found["office"].values[0]) == (200.0, 600.0)
    found = followed(two_loads(), put(tmp_path, {"office": alone, "load": both}), asked, START_MS).series
    assert (found["works"].values[0], found["office"].values[0]) == (200.0, 50.0)
    nothing = followed(two_loads(), put(tmp_path, {"load": both}), own(works=0.0, office=0.0), START_MS).series
    assert (nothing["works"].values[0], nothing["office"].values[0]) == (400.0, 400.0)


def test_a_share_is_of_the_power_of_the_plant_and_never_below_zero(tmp_path: Path) -> None:
    """The plant has 400 kW: half of it is 200; what a meter draws at night is no sun."""
    file = put(tmp_path, {"pv": day([0.5] * 12 + [-0.01] * 12, kind="pv", assets=["pv"], unit="1")})
    found = followed(live_case(), file, own(pv=3.0), START_MS).series["pv"].values
    assert (found[0], found[LEFT - 1], found[LEFT]) == (200.0, 0.0, 3.0)


def test_no_plant_gives_more_than_its_power_and_sun_is_no_load(tmp_path: Path) -> None:
    """2,000 kW of a plant of 400, a share of 1e6 of it; a plant among loads, and an asset that is none, are named and left out."""
    for most in (day([2000.0] * 24, kind="pv", assets=["pv"]), day([1e6] * 24, kind="pv", assets=["pv"], unit="1")):
        found = followed(live_case(), put(tmp_path, {"pv": most}), own(pv=3.0), START_MS)
        assert found.series["pv"].values[0] == 400.0
    wrong = {"load": day([9.0] * 24, assets=["works", "pv"]), "other": day([9.0] * 24, assets=["nobody"])}
    found = followed(live_case(), put(tmp_path, wrong), own(pv=3.0, works=7.0), START_MS)
    assert (found.series["works"].values[0], found.told) == (7.0, {"targets": [], "left_out": ["load", "other"]})


def test_short_steps_are_means_of_quarter_hours(tmp_path: Path) -> None:
    """126 five-minute steps lead to 10:30; the three of that quarter say 100, 200 and 600."""
    values = [0.0] * 126 + [100.0, 200.0, 600.0] + [0.0] * 159
    found = followed(live_case(), put(tmp_path, {"load": day(values, step_minutes=5)}), own(works=7.0), START_MS)
    assert found.series["works"].values[:2].tolist() == [300.0, 0.0]


@pytest.mark.parametrize(("is_twin", "first"), [(True, 1010.0), (False, 7.0)])
def test_only_a_twin_follows_the_day_of_the_studied_year(tmp_path: Path, is_twin: bool, first: float) -> None:
    """A real park of 2026 has nothing to do with a forecast of 3 March 2025."""
    old = day([1000.0 + hour for hour in range(24)], start_ms=STUDIED_MS, known_ms=STUDIED_MS - 15 * HOUR_MS)
    found = followed(live_case(), put(tmp_path, {"load": old}, is_twin=is_twin), own(works=7.0), START_MS)
    assert found.series["works"].values[0] == first


@pytest.mark.parametrize(
    ("text", "got"),
    [
        ("{", "Invalid JSON: EOF while parsing an object at line 1 column 1"),
        (
            json.dumps({"park": PARK, "targets": {"load": day([1.0], step_minutes=7)}}),
            "targets.load.step_minutes Input should be 5, 10, 15, 30 or 60",
        ),
        (
            json.dumps({"park": PARK, "targets": {"load": day([0.1], unit="1", assets=["works", "office"])}}),
            "targets.load Value error, a share is of the power of one plant",
        ),
    ],
)
def test_a_file_that_is_none_is_told_and_the_planner_expects_by_itself(tmp_path: Path, text: str, got: str) -> None:
    file = put(tmp_path, {})
    (tmp_path / "ahead" / "expected.json").write_text(text, "utf-8")
    found = followed(live_case(), file, own(works=7.0), START_MS)
    assert found.series["works"].values.tolist() == [7.0] * 96
    [told] = file.read().findings
    assert told.text() == (
        f"{tmp_path}/ahead/expected.json: forecast.no-view: expected.json: this is not what `lingtan forecast --out` writes for "
        f"pages; got {got}. Make the folder anew."
    )
    assert found.told["findings"] == [told.as_json()]


def test_a_file_of_another_park_is_told(tmp_path: Path) -> None:
    file = put(tmp_path, {"load": day([1.0] * 24)}, park="elsewhere")
    assert followed(live_case(), file, own(works=7.0), START_MS).told["targets"] == []
    assert [found.code for found in file.read().findings] == ["forecast.other-view"]


def test_a_file_that_comes_goes_or_changes_is_seen(tmp_path: Path) -> None:
    file = put(tmp_path, {"load": day([1.0] * 24)})
    assert list(file.read().days) == ["load"]
    put(tmp_path, {"load": day([2.0] * 24), "other": day([3.0] * 24)})
    assert list(file.read().days) == ["load", "other"]
    (tmp_path / "ahead" / "expected.json").unlink()
    assert file.read().days == {}


def test_a_plan_buys_for_the_load_that_was_forecast(tmp_path: Path) -> None:
    """900 kW instead of some 500: the plan draws them, and says by whose forecast; one from after its gate changes no bit."""
    with TelemetryWriter(tmp_path / "telemetry.sqlite") as store:
        plain = Planner(live_case()).plan(store, {"battery": 0.5}, START_MS)
        late = put(tmp_path, {"load": day([900.0] * 24, known_ms=START_MS + 1)})
        unmoved = Planner(live_case(), expected=late).plan(store, {"battery": 0.5}, START_MS)
        file = put(tmp_path, {"load": day([900.0] * 24)})
        made = Planner(live_case(), expected=file).plan(store, {"battery": 0.5}, START_MS)
    drawn_kw = {step.at_ms: step.power_w / 1000 for step in made.steps if step.asset == "works"}
    assert drawn_kw[START_MS] == -900.0
    assert made.row.certificate["expected"]["targets"] == ["load"]
    assert (unmoved.row.digest, unmoved.steps) == (plain.row.digest, plain.steps)


def test_the_window_of_these_tests_begins_at_half_past_ten() -> None:
    """Or none of the figures above would mean what they say."""
    assert isinstance(WINDOW, TimeGrid)
    assert str(WINDOW.local[0]) == "2026-03-03T10:30"
