"""The whole chain, nothing made up: a served park with its twin, and an operator who stops its battery in a browser."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lingtan.web.app import PAGES
from tests.chromium import NEEDS_CHROMIUM, launched
from tests.recorded_run import SIZES
from tests.small_parks import SHIPPED_PARKS

pytestmark = [
    pytest.mark.long,
    *NEEDS_CHROMIUM,
    pytest.mark.skipif(not (PAGES / "index.html").is_file(), reason="the pages are not built: `make ui` builds them"),
]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[dict[str, str]]:
    """What `lingtan serve` says of itself, while it serves."""
    sizes = tmp_path / "sizes.json"
    sizes.write_text(json.dumps({"sizes": {**SIZES, "grid": {"capacity_kva": 16_000.0}}}))
    command = [
        str(Path(sys.executable).with_name("lingtan")), "serve", str(SHIPPED_PARKS["starter"]), "--twin", "--json",
        "--sizes", str(sizes), "--run", str(tmp_path / "run"), "--port", "18650",
    ]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def test_an_operator_stops_the_battery_of_a_twin(served: dict[str, str]) -> None:
    """Set a power and see the device give it; stop it and see the device, the lease and the log say so; release it."""
    complaints: list[str] = []
    foreign: list[str] = []
    with launched() as browser:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.on("console", lambda message: complaints.append(message.text))
        page.on("request", lambda request: foreign.extend([request.url] * (not request.url.startswith(served["url"]))))
        page.goto(served["url"])
        page.fill("#secret", Path(served["secret"]).read_text("utf-8").strip())
        page.keyboard.press("Enter")
        battery = page.locator("[data-asset=battery]")
        measured = battery.locator("dl div:nth-child(2) dd")
        page.locator("header .mode.auto").wait_for(timeout=60_000)
        page.locator(".guard").wait_for(state="detached", timeout=60_000)

        page.click("[data-set=battery]")
        page.fill("[name=power-battery]", "1")
        page.click("[data-send=battery]")
        battery.locator(".standing").wait_for()
        measured.filter(has_text="1.00 MW").wait_for(timeout=20_000)

        page.click("[data-stop=battery]")
        page.click("dialog #confirm")
        page.locator("#log li[data-code=stop]").wait_for()
        page.locator("#log li[data-code=stop] .unheard").wait_for(state="detached", timeout=20_000)
        measured.filter(has_text="0.00 MW").wait_for(timeout=20_000)
        page.click("#language")
        assert page.locator("#log li[data-code=stop] .text").all_inner_texts() == ["Operator: stop Battery"]
        assert (
            page.locator("#log li[data-code='operate.order-stop'], #log li[data-code='control.stopped']").count() == 0
        )

        page.click("[data-release=battery]")
        page.locator("#log li[data-code=release]", has_not_text="not heard").wait_for(timeout=20_000)
        battery.locator(".standing").wait_for(state="detached")
        before = page.locator("header .clock").inner_text()
        time.sleep(2)
        assert page.locator("header .clock").inner_text() != before
    assert (complaints, foreign) == ([], [])
