"""The page in a real browser: nothing overlaps, nothing is cut off, the button changes the language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chromium import NEEDS_CHROMIUM, launched
from tests.rooms.report.report_samples import sample_page

pytestmark = NEEDS_CHROMIUM

FAULTS = """() => {
  const faults = [], box = element => element.getBoundingClientRect();
  if (document.documentElement.scrollWidth > innerWidth) { faults.push("the page is wider than the window"); }
  for (const drawing of document.querySelectorAll("figure svg")) {
    const frame = box(drawing), texts = [...drawing.querySelectorAll("text")].filter(text => box(text).width > 0);
    if (!frame.width) { continue; }
    for (const [number, one] of texts.entries()) {
      const a = box(one);
      if (a.left < frame.left - 3 || a.right > frame.right + 3) { faults.push(`cut off: ${one.textContent}`); }
      for (const other of texts.slice(number + 1)) {
        const b = box(other);
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 4) { faults.push(`overlap: ${one.textContent} | ${other.textContent}`); }
      }
    }
  }
  for (const block of document.querySelectorAll("p, h1, h2, h3, dt, dd, li")) {
    if (block.clientWidth && block.scrollWidth > block.clientWidth + 1) { faults.push(`too wide: ${block.textContent}`); }
  }
  return faults;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with launched() as started:
        yield started


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(sample_page(), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("width", [380, 700, 1400])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_overlaps_or_is_cut_off(browser: Any, address: str, language: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(f"{address}#{language}")
    assert page.evaluate(FAULTS) == []
    page.close()


def test_the_language_is_the_browsers_until_the_reader_chooses(browser: Any, address: str) -> None:
    """English browser: English page; after the button Chinese, also when the page is opened again."""
    context = browser.new_context(locale="en-US")
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.goto(address)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.locator("h2:visible .zh:visible").count() == 0
    page.click("#language")
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert page.locator("h2 .en:visible").count() == 0
    page.goto("about:blank")
    page.goto(address)
    assert page.evaluate("document.documentElement.lang") == "zh-Hans"
    assert problems == []
    context.close()
