"""`calc backtest`: a table in, forecasts and scores out."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from lingtan.findings import InputError
from lingtan.study.calc import CALCULATORS, calculate
from lingtan.study.forecast import BacktestCase, subject_of
from tests.rooms.forecast.parks import load, temperature


def case(**more: Any) -> dict[str, Any]:
    base = {
        "start": "2025-01-01",
        "step_minutes": 60,
        "values": load(120).tolist(),
        "inputs": {"temperature_c": temperature(120).reshape(-1).tolist()},
        "first": "2025-04-10",
        "end": "2025-04-20",
    }
    return {**base, **more}


def test_scores_stand_beside_naive_and_linear_and_nothing_is_nan() -> None:
    answer = calculate("backtest", case())
    json.dumps(answer, allow_nan=False)
    assert answer["weather"] == "actual"
    assert list(answer["scores"]) == ["load", "naive-1d", "naive-7d", "mean-7d", "linear"]
    assert answer["scores"]["load"]["rmae"] < 0.7
    assert answer["scores"]["naive-7d"]["dm_p_value"] < 0.01
    assert len(answer["forecasts"]) == 10
    assert answer["forecasts"][0]["origin"] == "2025-04-10"
    assert answer["forecasts"][0]["actual"][0] == load(120)[99 * 24]
    shares = [row["share_below"] for row in answer["reliability"]]
    assert shares == sorted(shares)


def test_degraded_weather_is_labeled_and_worse_or_equal() -> None:
    answer = calculate("backtest", case(weather="degraded"))
    assert answer["weather"] == "degraded"
    assert answer["scores"]["load"]["mae"] > calculate("backtest", case())["scores"]["load"]["mae"]


def test_a_production_plan_is_known_ahead_without_an_error() -> None:
    """Degraded weather would need the error of a forecast of it; a plan is decided before it happens, and helps."""
    plan = np.repeat(np.random.default_rng(1).random(480) < 0.5, 6).astype(float)
    values = (load(120) + 400 * plan).tolist()
    mae = [
        calculate("backtest", case(values=values, weather="degraded", inputs=inputs))["scores"]["linear"]["mae"]
        for inputs in ({}, {"plan_melts": plan.tolist()})
    ]
    assert mae[1] < 0.4 * mae[0]


def test_missing_values_are_null_in_and_out() -> None:
    values: list[float | None] = load(120).tolist()
    values[100 * 24] = None
    answer = calculate("backtest", case(values=values))
    assert answer["forecasts"][1]["actual"][0] is None
    assert np.isfinite(answer["forecasts"][1]["quantiles"]).all()
    assert [found["code"] for found in answer["findings"]] == ["forecast.gaps"]


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [
        ({"inputs": {"temperature_c": [1.0]}}, ["forecast.wrong-length"]),
        ({"weather": "degraded", "inputs": {"shift": load(120).tolist()}}, ["forecast.no-such-error"]),
        ({"first": "2025-06-01", "end": "2025-06-02"}, ["forecast.no-such-span"]),
        ({"start": "someday"}, ["cli.bad-start"]),
    ],
    ids=["length", "error", "span", "start"],
)
def test_a_wrong_case_is_refused_in_words(wrong: dict[str, Any], codes: list[str]) -> None:
    with pytest.raises(InputError) as refused:
        calculate("backtest", case(**wrong))
    assert [found.code for found in refused.value.findings] == codes


def test_errors_of_two_quantities_are_drawn_apart() -> None:
    """One draw for both made every warm error a bright one; a model could read the one off the other."""
    sun = np.full(120 * 24, 500.0)
    inputs = {"temperature_c": np.zeros(sun.size).tolist(), "irradiance": sun.tolist(), "wind_speed": sun.tolist()}
    told = subject_of(BacktestCase.model_validate(case(weather="degraded", inputs=inputs))).inputs
    errors = np.array([table[:119].reshape(-1) for table in told.values()])
    assert np.abs(np.corrcoef(errors)[np.triu_indices(3, 1)]).max() < 0.2


@pytest.mark.parametrize("gate", ["0٣:00", "9:00", "24:00", "²3:00"])
def test_a_gate_of_other_digits_is_refused(gate: str) -> None:
    with pytest.raises(InputError):
        calculate("backtest", case(gate=gate))


def test_a_table_without_inputs_is_one() -> None:
    """They may be left out by the form; a default that could not be copied ended in a fault of ours."""
    given = case()
    del given["inputs"]
    assert calculate("backtest", given)["weather"] == "none"


def test_the_form_of_every_calculator_is_whole() -> None:
    """A default that no schema can hold is left out of it with a warning, which are errors here."""
    forms = {name: each.case.model_json_schema() for name, each in CALCULATORS.items()}
    assert forms["backtest"]["properties"]["inputs"]["default"] == {}
