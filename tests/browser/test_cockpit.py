"""The cockpit in a real browser: live, in both languages, on a wall and on a telephone, obeying its operator."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lingtan.operate.store import EventRow, Order, OrdersReader, RunFolder, TelemetryWriter
from lingtan.web.app import PAGES
from tests.chromium import NEEDS_CHROMIUM, Watched
from tests.recorded_run import HOUR_MS, SECRET, Recorder, make_run
from tests.served_run import Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HAN = re.compile(r"[\u4e00-\u9fff]")

pytestmark = [
    *NEEDS_CHROMIUM,
    pytest.mark.skipif(not (PAGES / "index.html").is_file(), reason="the pages are not built: `make ui` builds them"),
]


def noon_of_today() -> Callable[[], int]:
    """A clock that runs, and began at half past noon in Shanghai: sun, a plan, and a price that will change."""
    real = time.time_ns() // 1_000_000
    offset = real // (24 * HOUR_MS) * 24 * HOUR_MS + round(4.5 * HOUR_MS) - real
    return lambda: time.time_ns() // 1_000_000 + offset


def heard_of(order: Order, now_ms: int) -> list[EventRow]:
    """What control tells of an order in the tick that hears it."""
    told = {"author": order.author, "order": order.id, "kind": order.kind}
    heard = EventRow(now_ms, f"operate.order-{order.kind}", order.asset or "park", "note", told)
    began = EventRow(now_ms, "control.stopped", str(order.asset), "note", {"author": order.author})
    ended = EventRow(now_ms, "control.ended", str(order.asset), "note", {"code": "control.stopped"})
    return [heard, *{"stop": [began], "release": [ended]}.get(order.kind, [])]


class Control:
    """Stands in for the control process: one tick a second, and orders are heard."""

    def __init__(self, folder: RunFolder, now_ms: Callable[[], int]) -> None:
        self.folder, self.now_ms = folder, now_ms
        self.resting = threading.Event()
        self.silent_s: dict[str, float] = {}
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        stopped, mode, heard = False, "auto", 0
        with TelemetryWriter(self.folder.telemetry) as telemetry, OrdersReader(self.folder.orders) as orders:
            recorder = Recorder(telemetry)
            while not self._ended.wait(0.5):
                for order in orders.orders(after_id=heard):
                    heard = order.id
                    mode = order.body["mode"] if order.kind == "mode" else mode
                    stopped = {"stop": True, "release": False}.get(order.kind, stopped)
                    recorder.say(*heard_of(order, self.now_ms()))
                if not self.resting.is_set():
                    recorder.tick(self.now_ms(), stopped=stopped, mode=mode, silent_s=self.silent_s)

    @contextmanager
    def running(self) -> Iterator[Control]:
        """Tick until the block ends."""
        self._thread.start()
        try:
            yield self
        finally:
            self._ended.set()
            self._thread.join(10)


@pytest.fixture(scope="module")
def control(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Control]:
    now_ms = noon_of_today()
    folder = make_run(tmp_path_factory.mktemp("cockpit") / "run", now_ms(), hours=2.0, step_ms=30_000)
    with Control(folder, now_ms).running() as started:
        yield started


@pytest.fixture(scope="module")
def site(control: Control) -> Iterator[Served]:
    with served(control.folder.path, control.now_ms) as there:
        yield there


class Operator(Watched):
    """Somebody before the page."""

    def enter(self, secret: str = SECRET) -> Page:
        self.page.goto(self.address)
        self.page.fill("#secret", secret)
        self.page.keyboard.press("Enter")
        if secret == SECRET:
            self.page.wait_for_selector("#control [data-asset=battery]")
        return self.page


@pytest.fixture
def operator(browser: Browser, site: Served) -> Iterator[Operator]:
    context = browser.new_context(
        locale="de-DE", timezone_id="America/New_York", viewport={"width": 1440, "height": 900}
    )
    somebody = Operator(context.new_page(), site.address)
    yield somebody
    context.close()
    foreign = [url for url in somebody.requests if not url.startswith((site.address, "data:"))]
    assert (foreign, somebody.complaints) == ([], [])


def texts(page: Page, selector: str) -> list[str]:
    return [text.strip() for text in page.locator(selector).all_inner_texts()]


def test_an_operator_stops_the_battery_and_sees_it_in_the_log(operator: Operator, site: Served) -> None:
    """From the secret to the read-back: numbers live, language switched, battery stopped, told in the log, released."""
    page = operator.enter()
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    page.click("#all-points")
    seen = {tuple(texts(page, "#data td[data-point]"))}
    for _ in range(40):
        page.wait_for_timeout(250)
        seen.add(tuple(texts(page, "#data td[data-point]")))
        if len(seen) >= 3:
            break
    assert len(seen) >= 3, "the numbers of the page do not change"

    page.click("#language")
    assert texts(page, "#flow h2") == ["Energy flow"]
    page.click("[data-stop=battery]")
    page.click("dialog #confirm")
    page.wait_for_selector("#log li[data-code=stop]")
    page.locator("#log li[data-code=stop] .unheard").wait_for(state="detached")
    assert texts(page, "#log li[data-code=stop] .text") == ["Operator: stop Battery"]
    page.wait_for_selector("[data-asset=battery] .standing")
    page.locator("[data-asset=battery] .author", has_text="operator").wait_for()
    page.locator("[data-asset=battery] div:nth-child(2) > dd", has_text="0.00 MW").wait_for()
    assert [(order.kind, order.asset) for order in site.run.orders.orders()][-1] == ("stop", "battery")

    page.click("[data-release=battery]")
    page.wait_for_selector("[data-asset=battery] .standing", state="detached")
    page.click("#language")
    page.locator("#log li[data-code=release]", has_not_text="尚未收到").wait_for()
    assert texts(page, "#log li[data-code=release] .text") == ["操作员：解除对储能的人工干预"]
    assert page.locator("#log li[data-code^=operate], #log li[data-code='control.stopped']").count() == 0


def test_a_power_is_set_with_its_end_and_a_refusal_is_told(operator: Operator, site: Served) -> None:
    page = operator.enter()
    page.click("[data-set=battery]")
    page.fill("[name=power-battery]", "-1.5")
    page.select_option("[name=minutes-battery]", "60")
    page.click("[data-send=battery]")
    page.wait_for_selector("[data-asset=battery] .standing")
    assert "−1.50 MW" in page.locator("[data-asset=battery] .standing").inner_text()
    last = site.run.orders.orders()[-1]
    assert (last.body["wish_kw"], last.expires_ms and last.expires_ms - last.at_ms) == (-1500.0, 3_600_000)
    page.click("[data-set=battery]")
    page.fill("[name=power-battery]", "9")
    page.click("[data-send=battery]")
    assert page.locator("[name=power-battery]").evaluate("field => field.validity.rangeOverflow")
    assert site.run.orders.orders()[-1] == last
    site.run.orders.add(replace(last, kind="release", body={}, expires_ms=None))


def test_the_mode_is_asked_twice_and_then_changes(operator: Operator) -> None:
    page = operator.enter()
    page.click("[data-mode=shadow]")
    page.keyboard.press("Escape")
    assert page.locator("dialog").count() == 0
    assert page.locator("[data-mode=auto]").get_attribute("aria-checked") == "true"
    for mode in ("shadow", "auto"):
        page.click(f"[data-mode={mode}]")
        page.click("dialog #confirm")
        page.wait_for_selector(f"header .mode.{mode}")


def test_what_comes_in_goes_out_or_is_shown_as_unexplained(operator: Operator) -> None:
    """The made-up park lacks 35 kW at every moment: 0.03 or 0.04 MW are shown, not hidden in the loads."""
    page = operator.enter()
    found = page.evaluate(
        "['in', 'out'].map(side => [...document.querySelectorAll(`#flow .${side} .bar div`)]"
        ".map(part => [part.className.split(' ')[1], Number(part.style.flexGrow)]))"
    )
    bars = [dict(side) for side in found]
    assert sum(bars[0].values()) == pytest.approx(sum(bars[1].values()), abs=1e-4)
    assert 0 < bars[1]["unexplained"] < 0.01
    assert texts(page, "#flow .out .unexplained b")[0] in {"0.03", "0.04"}


def test_silence_of_control_is_said_and_ends(operator: Operator, control: Control) -> None:
    """Rules out a calm picture of numbers that nobody measures any more."""
    page = operator.enter()
    control.resting.set()
    try:
        page.wait_for_selector("[role=status] .bad", timeout=15_000)
        assert page.locator("header .dead").count() == 1
    finally:
        control.resting.clear()
    page.wait_for_selector("[role=status] .bad", state="detached", timeout=15_000)


def test_devices_that_do_not_answer_are_named_and_their_values_lose_their_ink(
    operator: Operator, control: Control
) -> None:
    """Rules out a calm picture of numbers that stand as they were while nobody reads a device any more."""
    operator.page.set_viewport_size({"width": 390, "height": 844})
    page = operator.enter()
    assert page.locator(".grey, #silent").count() == 0
    control.silent_s = dict.fromkeys(["grid", "works", "pv", "battery"], 71.0)
    try:
        page.wait_for_selector("#silent", timeout=15_000)
        said = "4 台设备中有 4 台无应答：电网、工厂、光伏、储能。灰色数值为其最后一次读数。"
        assert texts(page, "#silent") == [said]
        page.click("#language")
        said = "4 of 4 devices do not answer: Grid, The works, PV, Battery. Grey values are their last readings."
        assert texts(page, "#silent") == [said]
        for card in ("#storage", "#grid", "#demand"):
            assert texts(page, f"{card} .figure.grey .doubt") == ["1 min old"], card
        assert set(texts(page, "#flow .parts li .doubt")) == {"1 min old"}
        assert page.locator("#flow .parts li b:not(.grey)").count() == 0
        assert texts(page, "#control .silent") == ["does not answer"] * 2
        assert set(texts(page, "#trace .legend button b")) == {"–"}
        wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert wide <= window

        control.silent_s = {"battery": 130.0}
        page.locator("#silent", has_text="1 of 4 devices do not answer: Battery.").wait_for(timeout=15_000)
        assert texts(page, "#storage .figure.grey .doubt") == ["2 min old"]
        assert page.locator("#grid .grey, #demand .grey").count() == 0
    finally:
        control.silent_s = {}
    page.wait_for_selector("#silent", state="detached", timeout=15_000)
    assert page.locator(".grey").count() == 0


def test_a_wrong_secret_is_told(browser: Browser, site: Served) -> None:
    """Chromium itself reports the refusal on its console, so this page is not held to silence."""
    context = browser.new_context()
    page = Operator(context.new_page(), site.address).enter("not-the-secret")
    page.locator("#wrong", has_text="口令").wait_for()
    assert page.locator("#wrong").inner_text() == "口令不正确。"
    context.close()


def test_whoever_logs_out_sees_nothing_more(operator: Operator) -> None:
    page = operator.enter()
    page.click("#logout")
    page.wait_for_selector("#secret")
    page.reload()
    page.wait_for_selector("#secret")
    assert page.locator("#flow").count() == 0


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_nothing_sticks_out_and_every_text_has_a_language(operator: Operator, width: int) -> None:
    operator.page.set_viewport_size({"width": width, "height": 844})
    page = operator.enter()
    ticks = {
        "zh": "近一小时：99% 的控制周期不超过 19 ms · 超时 2 · 缺失 1",
        "en": "Last hour: 99% of ticks within 19 ms · 2 late · 1 missed",
    }
    for lang in ("zh", "en"):
        assert texts(page, "#control .ticks") == [ticks[lang]]
        wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert (wide <= window, window) == (True, width)
        heads = texts(page, "h2")
        assert len(heads) == 9
        assert all(bool(HAN.search(text)) == (lang == "zh") for text in heads)
        page.click("#language")


def test_it_can_be_used_without_a_mouse_and_read_aloud(operator: Operator) -> None:
    """Every control has a name, every meter a value in words, and the tabulator reaches the controls."""
    page = operator.enter()
    nameless = page.evaluate(
        "[...document.querySelectorAll('button, input, select, [role=meter], [role=img]')].filter(e => e.checkVisibility())"
        ".filter(e => !(e.ariaLabel || e.innerText?.trim() || e.labels?.length)).map(e => e.outerHTML.slice(0, 80))"
    )
    assert nameless == []
    assert page.evaluate("[...document.querySelectorAll('[role=meter]')].every(e => e.ariaValueText)")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("Object.keys(document.activeElement.dataset)[0] ?? document.activeElement.id"))
    assert {"language", "logout", "mode", "stop", "set"} <= reached


def test_the_pages_name_no_other_host() -> None:
    """All that the pages need comes with them: a plant without internet sees the same cockpit."""
    for file in Path(PAGES).rglob("*"):
        if file.suffix in {".js", ".css", ".html"}:
            named = set(re.findall(r"https?://[\w.-]+", file.read_text("utf-8")))
            assert named <= {"http://www.w3.org", "https://svelte.dev"}, file.name
