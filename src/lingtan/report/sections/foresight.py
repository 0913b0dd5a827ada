"""Forecasts in a study: its plan knows the whole year; how well the park could be forecast stands here where it was tested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lingtan.park import Park
from lingtan.report.markup import Child, Html, html, tag
from lingtan.report.numbers import plain, share, significant
from lingtan.report.sections.frame import Row, note, section, table
from lingtan.report.sections.regret import regret_shown, regret_table
from lingtan.report.summary_figure import figure, value_at
from lingtan.study.forecast_summary import MODELS
from lingtan.study.target_names import target_words
from lingtan.wording import Text, Words
from lingtan.wording.forecast import FORECAST_WORDS, MODEL_NAMES, SCORE_NAMES, told

if TYPE_CHECKING:
    from lingtan.study.study import Study

LEAST_P = 0.0001
COMMANDS = (
    "lingtan forecast PARK --backtest --out TESTED",
    "lingtan study PARK --out DIR --forecast TESTED",
)


def foresight_section(study: Study) -> Html:
    """Perfect foresight in one sentence; a line for each target of a backtest, or how to make one."""
    summary = study.summary
    lead = figure(summary, "forecast", "foresight", show=lambda _: FORECAST_WORDS["study.perfect"])
    if "backtest" not in summary["forecast"]:
        commands = (tag("p", tag("code", command)) for command in COMMANDS)
        return section("forecast", lead, note(FORECAST_WORDS["study.untested"], *commands))
    gate = summary["forecast"]["backtest"]["gate"]
    said = figure(summary, "forecast", "backtest", "gate", show=lambda _: told("study.tested", gate=gate))
    return section("forecast", lead, note(said), _table(summary, study.project.case.park), _regret(summary))


def _regret(summary: Mapping[str, Any]) -> Html:
    """What the forecasts of all targets together cost, where that was reckoned."""
    at = ("forecast", "backtest", "regret")
    if "regret" not in summary["forecast"]["backtest"]:
        return html()
    days = figure(summary, *at, "days", show=lambda count: told("regret.all", days=count))
    models = summary["forecast"]["backtest"]["regret"]["together_cny"]
    return regret_table(
        days, {model: figure(summary, *at, "together_cny", model, show=regret_shown) for model in models}
    )


def _table(summary: Mapping[str, Any], park: Park) -> Html:
    targets = summary["forecast"]["backtest"]["targets"]
    models = [FORECAST_WORDS["ours"], *(MODEL_NAMES[model] for model in MODELS)]
    priced = any("regret_cny" in target for target in targets.values())
    head: list[Child] = [
        FORECAST_WORDS["study.target"],
        FORECAST_WORDS["study.span"],
        FORECAST_WORDS["study.weather"],
        *(told("study.nmae", model=name) for name in models),
        SCORE_NAMES["rmae"],
        SCORE_NAMES["coverage_80"],
        FORECAST_WORDS["study.p"],
        *([SCORE_NAMES["regret_cny"]] if priced else []),
    ]
    rows: list[Row] = [(target_words(park, name), *_cells(summary, name, priced=priced)) for name in targets]
    return table(head, rows, words=3, caption=FORECAST_WORDS["skill"])


def _cells(summary: Mapping[str, Any], name: str, *, priced: bool) -> Iterator[Child]:
    at = ("forecast", "backtest", "targets", name)
    first, last = (tag("span", figure(summary, *at, key, show=str), class_="month") for key in ("first", "last"))
    yield html(first, " … ", last)
    yield figure(summary, *at, "weather", show=_weather)
    for model in ("model", *MODELS):
        yield _score(summary, *at, "nmae", model)
    for key in ("rmae", "coverage_80", "dm_p_value", *(["regret_cny"] if priced else [])):
        yield _score(summary, *at, key)


def _score(summary: Mapping[str, Any], *path: str) -> Child:
    """A score where it is defined."""
    if path[-1] not in value_at(summary, path[:-1]):
        return "–"
    return figure(summary, *path, show=lambda value: _shown(path, value))


def _shown(path: tuple[str, ...], value: float) -> Text:
    if "nmae" in path:
        return f"{significant(100.0 * value)}%"
    if path[-1] == "coverage_80":
        return share(value)
    if path[-1] == "dm_p_value" and value < LEAST_P:
        return f"< {LEAST_P:g}"
    return plain(value, 0) if abs(value) >= 1000 else significant(value)


def _weather(value: str) -> Words:
    return FORECAST_WORDS.get(f"weather.{value}", Words(value, value))
