"""What a study tells of forecasts: that its plan knows the year, and the skill of a backtest that somebody gives it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from lingtan.report.sections.foresight import foresight_section
from lingtan.study.forecast_summary import forecast_summary
from lingtan.study.forecast_view import ForecastView
from tests.forecast_views import REGRET, backtested
from tests.rooms.report.picture_park import picture_study
from tests.rooms.report.test_report_page import Page, flat
from tests.rooms.report.test_report_tells import chinese, english, row


def told(more: Mapping[str, Any] = MappingProxyType({}), **scores: Any) -> tuple[str, dict[str, Any]]:
    """The section, and its part of the summary; `more` is of the whole backtest, `scores` are more of ours."""
    data = {**backtested(0), **more}
    data["targets"]["mill"] = data["targets"].pop("works")
    data["targets"]["mill"]["scores"]["load"] |= scores
    part = forecast_summary(ForecastView.model_validate(data))
    study = picture_study()
    return foresight_section(replace(study, summary={**study.summary, "forecast": part})), part


def test_a_study_without_a_backtest_says_what_its_plan_knew_and_how_to_measure_forecasts() -> None:
    """Rules out silence, which reads as if the plan had been made with forecasts."""
    section = foresight_section(picture_study())
    assert "The plan knows the whole year" in english(section)
    assert "<code>lingtan forecast PARK --backtest --out TESTED</code>" in section
    assert "<code>lingtan study PARK --out DIR --forecast TESTED</code>" in section
    assert "完全预见" in chinese(section)
    assert picture_study().summary["forecast"] == {"foresight": "perfect"}


def test_the_skill_of_a_backtest_stands_by_target_and_key_by_key() -> None:
    """Rules out a column of another model, a share printed as a number, and a figure that only the index has."""
    section, part = told(rmae=0.5)
    assert row(section, "Steel mill") == [
        "Steel mill", "2025-10-02 … 2025-12-31", "as issued", "1.25%", "–", "2.50%", "–", "0.500", "79.0%", "&lt; 0.0001", "120",
    ]  # fmt: skip
    assert "each day from what was known at D-1 09:00; the plan does not use these forecasts." in english(section)
    assert "钢铁厂" in chinese(section)
    page = Page(section)
    assert {key: value for key, value, _ in page.keyed} == flat({"forecast": part})


def test_the_regret_of_all_targets_together_stands_below_by_model_and_key() -> None:
    """Rules out that only targets one by one are told, whose regrets do not add up; and a line where nothing was dispatched."""
    section, part = told({"regret": REGRET})
    assert part["backtest"]["regret"] == {"days": 10, "together_cny": {"model": 1234.4, "naive-7d": 2500.0}}
    assert row(section, "regret, CNY a day") == ["regret, CNY a day", "1,234", "2,500"]
    assert "Regret of all targets together, CNY a day; days dispatched: 10" in english(section)
    assert "全部对象合计的遗憾成本，元/日；调度 10 天" in chinese(section)
    assert {key: value for key, value, _ in Page(section).keyed} == flat({"forecast": part})
    assert "together" not in english(told()[0])


def test_a_score_that_is_not_defined_is_left_out_of_the_summary() -> None:
    _, part = told()
    assert part["backtest"]["targets"]["mill"] == {
        "weather": "nwp",
        "first": "2025-10-02",
        "last": "2025-12-31",
        "nmae": {"model": 0.0125, "naive-7d": 0.025},
        "coverage_80": 0.79,
        "regret_cny": 120.5,
        "dm_p_value": pytest.approx(0.00002),
    }
