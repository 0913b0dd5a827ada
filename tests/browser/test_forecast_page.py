"""The forecast page in a real browser: what it says where nothing was made, and its four parts where something was."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lingtan.operate.store import PlansWriter
from lingtan.web.app import PAGES
from tests.chromium import NEEDS_CHROMIUM, Watched
from tests.forecast_views import HOUR_MS, REGRET, backtested, day, put, target, view
from tests.recorded_run import SECRET, make_run, plan_of
from tests.served_run import Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HAN = re.compile(r"[\u4e00-\u9fff]")
NOW_MS = 1_795_840_200_000
"""2026-11-28 04:30 UTC: half past noon in Shanghai."""
MIDNIGHT_MS = NOW_MS - 12 * HOUR_MS - HOUR_MS // 2

pytestmark = [
    *NEEDS_CHROMIUM,
    pytest.mark.skipif(not (PAGES / "index.html").is_file(), reason="the pages are not built: `make ui` builds them"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = make_run(tmp_path_factory.mktemp("forecast") / "run", NOW_MS, hours=2.0, step_ms=60_000)
    with served(folder.path, lambda: NOW_MS) as there:
        yield there


@pytest.fixture
def page(browser: Browser, site: Served) -> Iterator[Page]:
    context = browser.new_context(timezone_id="America/New_York", viewport={"width": 1280, "height": 900})
    watched = Watched(context.new_page(), site.address)
    watched.page.goto(site.address)
    watched.page.fill("#secret", SECRET)
    watched.page.keyboard.press("Enter")
    watched.page.click("nav a[href='#forecast']")
    watched.page.wait_for_selector("#forecast-load, #forecast-works")
    yield watched.page
    context.close()
    assert watched.complaints == []


def texts(page: Page, selector: str) -> list[str]:
    return [text.strip() for text in page.locator(selector).all_inner_texts()]


def test_where_nothing_was_made_the_page_says_so_with_the_commands(page: Page, site: Served) -> None:
    """Rules out empty cards; the plan, which is there, is drawn against what was measured."""
    assert texts(page, "main h2") == ["全部电负荷", "光伏", "带区间的预测", "预测效果"]
    page.click("#language")
    assert texts(page, "main h2") == ["All electric loads", "PV", "Forecast with bands", "How good forecasts were"]
    folder = Path(site.run.folder.forecast)
    commands = texts(page, "pre")
    assert [command.split(" --")[1:] for command in commands] == [
        ["day 2025-11-28", f"out {folder}/ahead"],
        ["backtest", f"out {folder}/tested"],
    ]
    assert texts(page, ".weather") == [
        "No weather forecasts are taken in; the option --weather of lingtan serve names where they come from."
    ]
    drawn = page.locator("#forecast-load path[data-line]")
    assert [each.get_attribute("data-line") for each in drawn.all()] == ["plan", "measured"]
    assert page.locator("path[data-band]").count() == 0
    assert not HAN.search(page.locator("main").inner_text())


def test_fans_skill_reliability_and_worst_days_in_both_languages_also_on_a_telephone(page: Page, site: Served) -> None:
    put(site.run.folder.forecast / "tested", {**backtested(MIDNIGHT_MS), "regret": REGRET})
    ahead = target("load", "works", [day("2026-11-28", MIDNIGHT_MS, 6000.0, 800.0)])
    put(site.run.folder.forecast / "ahead", view("ahead", works=ahead))
    page.reload()
    page.wait_for_selector("#skill")
    assert texts(page, "main h2") == ["工厂", "预测评分", "可靠性", "最近一日与误差最大的日子"]
    page.click("#language")
    assert texts(page, "main h2") == ["The works", "Skill", "Reliability", "Newest day and worst days"]
    fan = page.locator("#forecast-works")
    assert [each.get_attribute("data-band") for each in fan.locator("path[data-band]").all()] == ["90", "80", "50"]
    assert [each.get_attribute("data-line") for each in fan.locator("path[data-line]").all()] == ["plan", "measured"]
    assert texts(page, "#skill thead th") == ["Score", "ours", "a week before"]
    assert [
        texts(page, f"#skill tr[data-score={key}] > *") for key in ("mae", "coverage_80", "regret_cny", "dm_p_value")
    ] == [
        ["MAE, kW", "80.0", "160"],
        ["80 % band", "79.0%", "83.0%"],
        ["regret, CNY a day", "121", "–"],
        ["p, ours better", "–", "< 0.0001"],
    ]
    assert texts(page, "#skill td.best") == ["80.0", "1.25%"]
    assert texts(page, "#regret > div") == ["ours\n1\u2009234", "a week before\n2\u2009500"]
    assert "Model: regression and boosting. Weather: as issued." in fan.inner_text()
    assert page.locator("#reliability circle").count() == 7
    assert texts(page, "#worst figcaption") == [
        "2025-12-31, the newest",
        "2025-11-08, mean error 2\u2009000 kW",
        "2025-11-09, mean error 1\u2009000 kW",
    ]
    assert page.locator("#worst path[data-line=measured]").count() == 3
    assert page.locator("pre").count() == 0
    assert not HAN.search(page.locator("main").inner_text())
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(200)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.click("nav a[href='#cockpit']")
    page.wait_for_selector("#flow")


def test_the_weather_of_the_plan_is_told_with_its_issue_and_age_and_where_none_came(page: Page, site: Served) -> None:
    """Rules out silence about weather that is old or missing, and an age without the day that it is of."""
    row, steps, prices = plan_of(NOW_MS)
    cases: list[tuple[dict[str, Any], list[str]]] = [
        (
            {"standing": "fresh", "issued_ms": NOW_MS - 2 * HOUR_MS, "moved": ["pv"]},
            ["The weather forecast it was made with was issued at 10:30, 2 h ago.", "It moved: PV."],
        ),
        (
            {"standing": "old", "issued_ms": NOW_MS - 30 * HOUR_MS, "moved": []},
            [
                "The weather forecast it was made with is old: issued at 27/11 06:30, 1 d ago.",
                "It moved nothing: too little of the past is recorded, or naive forecasts were as good.",
            ],
        ),
        ({"standing": "none"}, ["No weather forecast of the last 48 h has come in, so it was made without weather."]),
    ]
    page.click("#language")
    for number, (weather, said) in enumerate(cases):
        told = replace(row, id=f"weather-{number}", certificate={**row.certificate, "weather": weather})
        with PlansWriter(site.run.folder.plans) as plans:
            plans.issue(replace(told, issued_ms=NOW_MS - 10 + number), steps, prices)
        page.wait_for_selector(f".weather:text-is('{said[0]}')")
        assert texts(page, "p:has(.weather) > span") == said
    page.click("nav a[href='#cockpit']")
    page.wait_for_selector("#trace .weather.warn")
