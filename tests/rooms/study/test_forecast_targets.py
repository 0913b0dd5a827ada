"""What of a park can be forecast: plants, members, and the loads below a meter."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.case import read_case
from lingtan.findings import InputError
from lingtan.forecast import Horizon
from lingtan.park import read_park
from lingtan.study.forecast_targets import LOAD, past_of_park, targets_of
from lingtan.study.park_forecast import Asked, no_better_than_linear, subject_of_target
from tests.small_parks import SHIPPED_PARKS

MEASURED = SHIPPED_PARKS["measured"]


def test_a_meter_stands_for_the_loads_below_it_and_a_member_for_its_own() -> None:
    """The connection's meter is above all eight loads; taken as itself only, it would stand for none."""
    park = read_park(MEASURED)
    by_name = {each.name: each for each in targets_of(park, ["pcc", "commerce", "foundry", "wind"])}
    assert len(by_name["pcc"].assets) == 8
    assert by_name["commerce"].assets == ("offices", "workshops", "store", "cold_store")
    assert by_name["commerce"].flows[0] == "offices.load_kw"
    assert (by_name["foundry"].kind, by_name["foundry"].assets) == ("load", ("foundry",))
    assert (by_name["wind"].kind, by_name["wind"].flows) == ("wind", ("wind.generation_kw",))
    assert by_name["wind"].capacity == 30_000


def test_without_names_the_load_and_each_plant() -> None:
    assert [each.name for each in targets_of(read_park(MEASURED), ())] == [LOAD, "pv", "wind"]


def test_a_name_that_nothing_has_is_a_finding() -> None:
    with pytest.raises(InputError, match=r"forecast\.no-such-target: battery"):
        targets_of(read_park(MEASURED), ["battery"])


def test_the_past_of_a_park_is_its_studied_year_and_holidays_are_known() -> None:
    """The sum of the loads, and Spring Festival of 2025 from 28 January on; Sunday 26 January was worked instead."""
    case = read_case(SHIPPED_PARKS["starter"])
    past = past_of_park(case, targets_of(case.park, ["load", "pv"]))
    assert np.array_equal(past.series["load"].values, case.total_need_kw())
    assert past.series["pv"].values.max() <= 1.0
    target = targets_of(case.park, ["load"])[0]
    rest = subject_of_target(case, Asked(), past, Horizon(), target).rest_day
    assert rest is not None
    assert rest[23:28].tolist() == [0, 1, 0, 0, 2]  # 24 to 28 January


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ({"load": {"mae": 3.0}, "linear": {"mae": 2.5}}, ["MAE 3 ≥ 2.5"]),
        ({"load": {"mae": 2.0}, "linear": {"mae": 2.5}}, []),
        ({"naive-7d": {"mae": 3.0}, "linear": {"mae": 2.5}}, []),  # it stepped back, and has said so
        ({"load": {"mae": None}, "linear": {"mae": None}}, []),
    ],
)
def test_a_model_that_gained_nothing_over_a_regression_says_so(
    scores: dict[str, dict[str, float | None]], told: list[str]
) -> None:
    assert [found.got for found in no_better_than_linear("load", scores)] == told


def test_a_span_of_several_models_is_told_without_stammering() -> None:
    """Where a model stepped back for a part of a span its scores stand under `model`: that was told as "the model model was"."""
    scores: dict[str, dict[str, float | None]] = {"model": {"mae": 3.0}, "linear": {"mae": 2.5}}
    [found] = no_better_than_linear("load", scores)
    assert found.text("en") == (
        "forecast.no-better-than-linear: load: over these days our model was no better than the linear one; got MAE 3 ≥ 2.5. "
        "Give a longer history; with a year or less a regression is often as good."
    )
    assert "模型 model" not in found.text("zh")
