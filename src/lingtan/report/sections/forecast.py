"""The forecast: each target a day ahead, or its past run again with scores, reliability and the worst days."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lingtan.forecast.days import Values
from lingtan.park import Park
from lingtan.report.charts.canvas import NARROW, Page, on_both
from lingtan.report.charts.fan import BANDS, CAME, SHADES, Fan, fan_chart
from lingtan.report.charts.reliability import reliability_chart
from lingtan.report.markup import Child, Html, html, tag
from lingtan.report.numbers import plain, share, significant
from lingtan.report.palette import INK
from lingtan.report.sections.frame import chart, legend, list_of, note, section, table
from lingtan.report.sections.regret import regret_shown, regret_table
from lingtan.study.forecast import reliability_of, worst_days
from lingtan.study.park_forecast import Again, Ahead, ParkForecast, values_of
from lingtan.study.park_regret import TOGETHER
from lingtan.study.target_names import target_words
from lingtan.wording import Text, Words, text_in
from lingtan.wording.forecast import (
    FORECAST_WORDS,
    SCORE_NAMES,
    input_words,
    maker_words,
    model_words,
    told,
    unit_words,
)

SHARES = frozenset({"nmae", "mape", "peak_error", "peak_within_hour", "dispatch_accuracy"})
SHARES_BEGIN = "coverage_"
WITH_UNIT = frozenset({"mae", "rmse", "pinball", "crps", "width_80"})
WORST = 4
LEAST_P, DUST = 0.0001, 1e-9
"""Smaller figures say no more than these: a p-value, a contribution."""


def forecast_section(result: ParkForecast) -> Html:
    """Every target with its fan; of a backtest the skill table, reliability and the worst days."""
    kind = "forecast.lead_again" if result.again else "forecast.lead_ahead"
    lead = told(kind, gate=f"D-1 {result.asked.gate}")
    park = result.case.park
    parts = [_ahead(each, park) for each in result.ahead] + [_again(run, park) for run in result.again]
    findings = [Words(found.text("en"), found.text("zh")) for found in result.findings]
    found = html(tag("h3", FORECAST_WORDS["findings"]), list_of(findings)) if findings else html()
    return section("forecast", lead, _legend(bool(result.again)), *parts, _regret(result), found)


def _regret(result: ParkForecast) -> Html:
    if result.regret is None:
        return html()
    days = told("regret.all", days=len(result.regret.found[TOGETHER].days))
    return regret_table(days, {model: regret_shown(value) for model, value in result.regret.means().items()})


def _legend(again: bool) -> Html:
    bands: list[tuple[str, Text]] = [
        (shade, told("forecast.band", share=f"{100 * (high - low):.0f} %"))
        for (low, high), shade in zip(BANDS, SHADES, strict=True)
    ]
    lines: list[tuple[str, Text]] = [(INK, FORECAST_WORDS["median"])]
    return legend(bands, lines=[*lines, (CAME, FORECAST_WORDS["came"])] if again else lines)


def _ahead(each: Ahead, park: Park) -> Html:
    day = str(each.subject.days.date(each.made.days)[0])
    title = told("forecast.of", target=target_words(park, each.target.name), day=day)
    came = None if each.update is None else np.where(each.update.measured, each.update.point, np.nan)
    drawn = _fan(each.made.levels, values_of(each), each.subject.target.unit, came)
    inputs = tuple(each.subject.inputs)
    weather = FORECAST_WORDS[f"weather.{each.subject.weather}"]
    caption = _and_inputs(told("forecast.by", model=maker_words(each.made.model, inputs), weather=weather), inputs)
    moved = html()
    if each.moved_by is not None:
        rows = [
            (FORECAST_WORDS.get(f"group.{group}", Words(group, group)), _figure(float(np.mean(part))))
            for group, part in each.moved_by.parts.items()
        ]
        head = (FORECAST_WORDS["group"], _unit(FORECAST_WORDS["moved"], each.subject.target.unit))
        moved = table(head, rows)
    return html(chart(drawn, caption, title=title), moved)


def _and_inputs(words: Words, inputs: Sequence[str]) -> Words:
    """What came in beside the past of the target, after how it was used."""
    if not inputs:
        return words
    more = told("forecast.inputs", inputs=input_words(inputs))
    return Words(f"{words.en} {more.en}", f"{words.zh}{more.zh}")


def _again(run: Again, park: Park) -> Html:
    dates = run.made.subject.days.date(run.made.days)
    unit = run.made.subject.target.unit
    span = told("forecast.span", target=target_words(park, run.target.name), first=str(dates[0]), last=str(dates[-1]))
    weather = told("forecast.weather", weather=FORECAST_WORDS[f"weather.{run.made.weather}"])
    weather = _and_inputs(weather, tuple(run.made.subject.inputs))
    newest = on_both(lambda page: _day_of(run, dates.size - 1, page))
    title = told("forecast.newest", day=str(dates[-1]))
    fan = chart(newest, "", title=title)
    return html(tag("h3", span), note(weather), fan, _skill(run, unit), _reliability(run), _worst(run))


def _skill(run: Again, unit: str) -> Html:
    """Scores down, models across: so the table fits a column of text, and scrolls on a telephone."""
    names = [name for name in SCORE_NAMES if any(row.get(name) is not None for row in run.scores.values())]
    rows = [(_head(name, unit), *(_score(name, row.get(name)) for row in run.scores.values())) for name in names]
    ours = next(iter(run.scores))
    head = (FORECAST_WORDS["score"], *(model_words(name, ours) for name in run.scores))
    made = table(head, rows, caption=FORECAST_WORDS["skill"])
    night = note(FORECAST_WORDS["skill.daylight"]) if run.target.kind == "pv" else html()
    return html(made, note(FORECAST_WORDS["skill.reads"]), night)


def _head(name: str, unit: str) -> Child:
    named: list[Child] = [", ", unit_words(unit)] if name in WITH_UNIT else []
    return tag("span", SCORE_NAMES[name], *named, class_="month")


def _score(name: str, value: float | None) -> Child:
    if value is None:
        return "–"
    if name == "dm_p_value" and value < LEAST_P:
        return f"< {LEAST_P:g}"
    if name.startswith(SHARES_BEGIN):
        return share(value)
    return f"{significant(100.0 * value)}%" if name in SHARES else _figure(value)


def _reliability(run: Again) -> Html:
    rows = reliability_of(run.made)
    if not rows:
        return html()
    points = [(row["level"], row["share_below"]) for row in rows]
    drawn = on_both(lambda page: reliability_chart(page, points))
    head: list[Child] = [
        tag("span", FORECAST_WORDS["level"], class_="month"),
        *(f"{100 * row['level']:.0f} %" for row in rows),
    ]
    below: list[Child] = [
        tag("span", FORECAST_WORDS["below"], class_="month"),
        *(share(row["share_below"]) for row in rows),
    ]
    return html(chart(drawn, "", title=FORECAST_WORDS["reliability"]), table(head, [below]))


def _worst(run: Again) -> Html:
    """The days of the largest errors, each as it was forecast and as it came."""
    dates = run.made.subject.days.date(run.made.days).astype(str).tolist()
    days = [
        chart(
            _day_of(run, dates.index(each["origin"]), NARROW),
            "",
            title=_worst_title(run, each["origin"], each["mae"]),
        )
        for each in worst_days(run.made, WORST)
    ]
    return html(tag("h3", FORECAST_WORDS["worst"]), tag("div", *days, class_="pairs")) if days else html()


def _worst_title(run: Again, day: str, value: float) -> Words:
    unit, words = unit_words(run.made.subject.target.unit), FORECAST_WORDS["forecast.worst"]
    en, zh = (words.in_language(lang, day=day, mae=f"{_figure(value)} {text_in(unit, lang)}") for lang in ("en", "zh"))
    return Words(en, zh)


def _day_of(run: Again, row: int, page: Page) -> Html:
    slots, unit = run.made.subject.days.slots, run.made.subject.target.unit
    values, came = run.made.values[row, :slots], run.made.actual[row, :slots]
    return fan_chart(page, Fan(run.made.levels, values, unit_words(unit), came))


def _fan(levels: tuple[float, ...], values: Values, unit: str, came: Values | None) -> Html:
    return on_both(lambda page: fan_chart(page, Fan(levels, values, unit_words(unit), came)))


def _unit(name: Text, unit: str) -> Html:
    return html(name, tag("small", unit_words(unit)))


def _figure(value: float) -> str:
    if abs(value) < DUST:
        return "0"
    return plain(value, 0) if abs(value) >= 1000 else significant(value)
