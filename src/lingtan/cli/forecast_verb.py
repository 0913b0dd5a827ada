"""A day ahead with its uncertainty, or the past run again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lingtan.cli.outcome import ends_well, language, progress, show_json, staged, tell
from lingtan.cli.park_verbs import AsJson, ParkPath, Rules
from lingtan.cli.study_verbs import MaybeOut, Sizes, read_park_case
from lingtan.findings import Finding, InputError
from lingtan.wording import text_in
from lingtan.wording.forecast import FORECAST_WORDS, SCORE_NAMES, unit_words

if TYPE_CHECKING:
    from lingtan.study.park_forecast import Again, Ahead, ParkForecast

SHOWN = ("mae", "nmae", "rmae", "pinball", "coverage_80", "regret_cny")
"""Scores in the terminal; one that no model has is left out."""


class Weather(StrEnum):
    """How weather enters: as it was measured, with the error that a forecast has, or as it was issued."""

    ACTUAL = "actual"
    DEGRADED = "degraded"
    NWP = "nwp"


WeatherFile = Annotated[
    Path | None,
    typer.Option(
        "--weather-file",
        help="Weather as issued: a live run, or its intake's files · 已发布气象：运行文件夹或接收格式文件",
    ),
]
RegretDays = Annotated[
    int,
    typer.Option(
        "--regret",
        metavar="DAYS",
        help="Backtest, and price so many of its days · 回测并计算若干天的遗憾成本",
        min=0,
        max=366,
    ),
]


@ends_well
def forecast(  # noqa: PLR0913, PLR0917  a verb has an argument for each of its options
    park: ParkPath,
    series: Annotated[
        Path | None, typer.Option("--series", help="Measured flows, CSV or Parquet; else the park's own · 实测序列文件")
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            "--target", help="load, a load, a plant, a member, a meter, price; may be repeated · 预测对象，可多次"
        ),
    ] = None,
    gate: Annotated[
        str, typer.Option("--gate", help="Time of the gate on the day before · 前一日决策截止时刻")
    ] = "09:00",
    day: Annotated[str | None, typer.Option("--day", help="Day to forecast, 2026-01-01 · 预测日期")] = None,
    now: Annotated[
        str | None,
        typer.Option("--now", metavar="MOMENT", help="Update the day with what is known then · 日内更新时刻"),
    ] = None,
    backtest: Annotated[bool, typer.Option("--backtest", help="Run the past again and score it · 回测并评分")] = False,
    first: Annotated[str | None, typer.Option("--first", help="First day to run again · 回测首日")] = None,
    end: Annotated[str | None, typer.Option("--end", help="Day before which it ends · 回测终日（不含）")] = None,
    weather: Annotated[Weather | None, typer.Option("--weather", help="How weather enters · 气象的使用方式")] = None,
    weather_file: WeatherFile = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of degraded weather and scenarios · 随机种子", min=0)] = 0,
    scenarios: Annotated[int, typer.Option("--scenarios", help="Whole days to draw · 情景数", min=0, max=10_000)] = 0,
    regret: RegretDays = 0,
    sizes: Sizes = None,
    out: MaybeOut = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> None:
    """Forecast a day, or run the past again · 预测一日，或回测历史"""
    from lingtan.cli.weather_files import read_issued_weather
    from lingtan.report.forecast_page import write_forecast_page
    from lingtan.study.forecast_files import write_forecast
    from lingtan.study.park_forecast import Asked, backtest_park, forecast_park, park_forecast_data
    from lingtan.study.window import read_sizes

    again = backtest or regret > 0
    ahead_only, again_only = {"--day": day, "--now": now, "--scenarios": scenarios}, {"--first": first, "--end": end}
    _refuse_idle(again, ahead_only, again_only, "" if weather_file is None or weather is None else weather.value)
    days = {name: _day(name, text) for name, text in (("day", day), ("first", first), ("end", end))}
    case = read_park_case(park, rules)
    issued = None if weather_file is None else read_issued_weather(weather_file, case)
    asked = Asked(
        tuple(target or ()),
        series,
        gate,
        now=now,
        weather=None if weather is None else weather.value,
        seed=seed,
        scenarios=scenarios,
        regret_days=regret,
        sizes=read_sizes(sizes),
        issued=issued,
        day=days["day"],
        first=days["first"],
        end=days["end"],
    )
    with progress("forecast"):
        result = backtest_park(case, asked) if again else forecast_park(case, asked)
    tell(result.findings)
    if out is not None:
        with staged(out) as stage:
            write_forecast(result, stage)
            write_forecast_page(result, stage / "forecast.html")
    if as_json:
        show_json(park_forecast_data(result))
        return
    for line in forecast_lines(result):
        print(line)


def _refuse_idle(
    again: bool, ahead_only: Mapping[str, object], again_only: Mapping[str, object], beside_file: str
) -> None:
    """Options of a day ahead do nothing in a backtest, and those of a backtest nothing without one; nor do scenarios of a day seen
    again, or issued weather beside one that was measured."""
    told = "--backtest" if again else FORECAST_WORDS["without-backtest"]
    idle = [(name, told) for name, value in (ahead_only if again else again_only).items() if value]
    if not again and ahead_only["--now"] and ahead_only["--scenarios"]:
        idle.append(("--scenarios", "--now"))
    if beside_file not in {"", Weather.NWP.value}:
        idle.append(("--weather-file", f"--weather {beside_file}"))
    if idle:
        raise InputError([Finding("forecast.idle-option", name, got=got) for name, got in idle])


def _day(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError([Finding("cli.bad-start", f"--{name}", "2026-01-01", text)]) from None


def forecast_lines(result: ParkForecast) -> Iterator[str]:
    """The few figures that a terminal shows: the day and its peak with a band, or the scores of each model."""
    for each in result.ahead:
        yield _day_line(each)
    for run in result.again:
        yield from _score_lines(run)
    if result.regret is not None and len(result.again) > 1:
        means = result.regret.means()
        yield "\t".join([_word("regret.together"), *(f"{name} {_shown(value)}" for name, value in means.items())])


def _day_line(each: Ahead) -> str:
    from lingtan.study.park_forecast import values_of

    values, levels = values_of(each), each.made.levels
    middle = values[:, levels.index(0.5)]
    slot = int(middle.argmax())
    low, high = values[slot, levels.index(0.1)], values[slot, levels.index(0.9)]
    unit = f" {text_in(unit_words(each.subject.target.unit), language())}"
    minute = slot * each.subject.target.grid.step_minutes
    clock = f"{minute // 60:02d}:{minute % 60:02d}"
    mean = f"{_word('mean')} {_shown(float(middle.mean()))}{unit}"
    peak = f"{_word('peak')} {_shown(float(middle[slot]))}{unit} ({_shown(low)} … {_shown(high)}) {clock}"
    day = str(each.subject.days.date(each.made.days)[0])
    line = f"{each.target.name}\t{day}\t{mean}\t{peak}\t{_word('model')} {each.made.model}"
    inputs = ", ".join(each.subject.inputs)
    return f"{line}\t{_word('inputs')} {inputs}" if inputs else line


def _score_lines(run: Again) -> Iterator[str]:
    dates = run.made.subject.days.date(run.made.days)
    unit = text_in(unit_words(run.made.subject.target.unit), language())
    weather = f"{_word('weather')} {_word(f'weather.{run.made.weather}')}"
    inputs = ", ".join(run.made.subject.inputs)
    used = f"\t{_word('inputs')} {inputs}" if inputs else ""
    yield f"{run.target.name}\t{dates[0]} … {dates[-1]}\t{weather}, {unit}{used}"
    shown = [name for name in SHOWN if any(row.get(name) is not None for row in run.scores.values())]
    yield "\t".join(["", _word("model"), *(text_in(SCORE_NAMES[name], language()) for name in shown)])
    for model, row in run.scores.items():
        figures = [row.get(name) for name in shown]
        shown_as = _word("ours") if model == "model" else model
        yield "\t".join(["", shown_as, *("–" if figure is None else _shown(figure) for figure in figures)])


def _shown(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def _word(key: str) -> str:
    return FORECAST_WORDS[key].in_language(language())
