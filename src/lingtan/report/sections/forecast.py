"""The forecast: each target a day ahead, or its past run again with scores, reliability and the worst days."""

from __future__ import annotations

import numpy as np

from lingtan.forecast.days import Values
from lingtan.report.charts.canvas import on_both
from lingtan.report.charts.fan import BANDS, CAME, SHADES, Fan, fan_chart
from lingtan.report.markup import Child, Html, html, tag
from lingtan.report.numbers import plain, share, significant
from lingtan.report.palette import INK
from lingtan.report.sections.frame import chart, legend, list_of, note, section, table
from lingtan.study.forecast import reliability_of, worst_days
from lingtan.study.park_forecast import Again, Ahead, ParkForecast, values_of
from lingtan.wording import Text, Words
from lingtan.wording.forecast import FORECAST_WORDS, SCORE_NAMES, told

SCORES = ("mae", "nmae", "rmse", "mape", "rmae", "pinball", "coverage_80", "peak_error", "dm_p_value")
SHARES = frozenset({"nmae", "mape", "coverage_80", "peak_error"})
WORST = 5
LEAST_P, DUST = 0.0001, 1e-9
"""Smaller figures say no more than these: a p-value, a contribution."""


def forecast_section(result: ParkForecast) -> Html:
    """Every target with its fan; of a backtest the skill table, reliability and the worst days."""
    kind = "forecast.lead_again" if result.again else "forecast.lead_ahead"
    lead = told(kind, gate=f"D-1 {result.asked.gate}")
    parts = [_ahead(each) for each in result.ahead] + [_again(run) for run in result.again]
    findings = [Words(found.text("en"), found.text("zh")) for found in result.findings]
    found = html(tag("h3", FORECAST_WORDS["findings"]), list_of(findings)) if findings else html()
    return section("forecast", lead, _legend(bool(result.again)), *parts, found)


def _legend(again: bool) -> Html:
    bands: list[tuple[str, Text]] = [
        (shade, told("forecast.band", share=f"{100 * (high - low):.0f} %"))
        for (low, high), shade in zip(BANDS, SHADES, strict=True)
    ]
    lines: list[tuple[str, Text]] = [(INK, FORECAST_WORDS["median"])]
    return legend(bands, lines=[*lines, (CAME, FORECAST_WORDS["came"])] if again else lines)


def _ahead(each: Ahead) -> Html:
    day = str(each.subject.days.date(each.made.days)[0])
    title = told("forecast.of", target=each.target.name, day=day)
    came = None if each.update is None else np.where(each.update.measured, each.update.point, np.nan)
    drawn = _fan(each.made.levels, values_of(each), each.subject.target.unit, came)
    caption = told("forecast.by", model=each.made.model, weather=FORECAST_WORDS[f"weather.{each.subject.weather}"])
    moved = html()
    if each.moved_by is not None:
        rows = [
            (FORECAST_WORDS.get(f"group.{group}", Words(group, group)), _figure(float(np.mean(part))))
            for group, part in each.moved_by.parts.items()
        ]
        head = (FORECAST_WORDS["group"], _unit(FORECAST_WORDS["moved"], each.subject.target.unit))
        moved = table(head, rows)
    return html(chart(drawn, caption, title=title), moved)


def _again(run: Again) -> Html:
    dates = run.made.subject.days.date(run.made.days)
    unit = run.made.subject.target.unit
    span = told("forecast.span", target=run.target.name, first=str(dates[0]), last=str(dates[-1]))
    weather = told("forecast.weather", weather=FORECAST_WORDS[f"weather.{run.made.weather}"])
    worst = worst_days(run.made, WORST)
    fans = [_day_of(run, str(dates[-1]), "forecast.newest")]
    if worst:
        fans.append(_day_of(run, worst[0]["origin"], "forecast.worst"))
    return html(tag("h3", span), note(weather), _skill(run, unit), *fans, _reliability(run), _worst(run, unit))


def _skill(run: Again, unit: str) -> Html:
    names = [name for name in SCORES if any(row.get(name) is not None for row in run.scores.values())]
    head = (FORECAST_WORDS["model"], *(_head(name, unit) for name in names))
    rows = [(model, *(_score(name, row.get(name)) for name in names)) for model, row in run.scores.items()]
    return table(head, rows, caption=FORECAST_WORDS["skill"])


def _head(name: str, unit: str) -> Child:
    word = SCORE_NAMES[name]
    return _unit(word, unit) if name in {"mae", "rmse", "pinball"} else word


def _score(name: str, value: float | None) -> Child:
    if value is None:
        return "–"
    if name == "dm_p_value" and value < LEAST_P:
        return f"< {LEAST_P:g}"
    return share(value) if name in SHARES else _figure(value)


def _reliability(run: Again) -> Html:
    rows = reliability_of(run.made)
    if not rows:
        return html()
    head: list[Child] = [FORECAST_WORDS["level"], *(f"{100 * row['level']:.0f} %" for row in rows)]
    below: list[Child] = [FORECAST_WORDS["below"], *(share(row["share_below"]) for row in rows)]
    return table(head, [below], caption=FORECAST_WORDS["reliability"])


def _worst(run: Again, unit: str) -> Html:
    rows = [(each["origin"], _figure(each["mae"])) for each in worst_days(run.made, WORST)]
    return table((FORECAST_WORDS["day"], _head("mae", unit)), rows, caption=FORECAST_WORDS["worst"]) if rows else html()


def _day_of(run: Again, origin: str, key: str) -> Html:
    row = int((run.made.subject.days.date(run.made.days).astype(str) == origin).argmax())
    slots = run.made.subject.days.slots
    drawn = _fan(
        run.made.levels, run.made.values[row, :slots], run.made.subject.target.unit, run.made.actual[row, :slots]
    )
    return chart(drawn, "", title=told(key, target=run.target.name, day=origin))


def _fan(levels: tuple[float, ...], values: Values, unit: str, came: Values | None) -> Html:
    named = FORECAST_WORDS["share-of-power"] if unit == "1" else unit
    return on_both(lambda page: fan_chart(page, Fan(levels, values, named, came)))


def _unit(name: Text, unit: str) -> Html:
    return html(name, tag("small", "" if unit == "1" else unit))


def _figure(value: float) -> str:
    if abs(value) < DUST:
        return "0"
    return plain(value, 0) if abs(value) >= 1000 else significant(value)
