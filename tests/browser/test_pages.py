"""The report page by page, held against the pictures in `pages/` that somebody looked at.

`UPDATE=1 .venv/bin/python -m pytest tests/browser/test_pages.py` draws them anew: look at every one before you commit it.
Where a page differs, what was seen lies in the test's folder under `pages-seen`.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from lingtan.report.pdf.fonts import chinese_font, families, pdf_findings
from tests.browser.pictures import Gray, block_mean, differences, keep, kept, pgm, stacked, told
from tests.chromium import NEEDS_CHROMIUM
from tests.rooms.report.picture_park import picture_study

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

KEPT = Path(__file__).with_name("pages")
FONTS = KEPT / "fonts.json"
"""What the fonts of the kept pictures measure: with other fonts lines break elsewhere, and pictures tell nothing."""
UPDATE = os.environ.get("UPDATE") == "1"
PAGES = [(lang, width) for lang in ("zh", "en") for width in (1440, 390)]
REDUCED = {1440: 2, 390: 2}
"""By how much a page of each width is reduced."""
DPI, PDF_REDUCED, PDF_COLUMNS = 84, 2, 5
MOST_BYTES, MOST_FILES = 3_000_000, 7
PROBE = "零碳园区现金流 CO₂ 0.123 Energy flow"

pytestmark = NEEDS_CHROMIUM

GRAY_JS = """async ([data, factor]) => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64," + data)).blob());
  const [width, height] = [Math.floor(picture.width / factor), Math.floor(picture.height / factor)];
  const canvas = new OffscreenCanvas(picture.width, picture.height), pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  const of = pen.getImageData(0, 0, picture.width, picture.height).data, gray = new Uint8Array(width * height);
  for (let y = 0, at = 0; y < height; y++) for (let x = 0; x < width; x++, at++) {
    let sum = 0;
    for (let j = 0; j < factor; j++) for (let i = 0; i < factor; i++) {
      const p = 4 * ((y * factor + j) * picture.width + x * factor + i);
      sum += 0.299 * of[p] + 0.587 * of[p + 1] + 0.114 * of[p + 2];
    }
    gray[at] = Math.round(255 - sum / (factor * factor));
  }
  let text = "";
  for (let at = 0; at < gray.length; at += 32768) text += String.fromCharCode(...gray.subarray(at, at + 32768));
  return [width, height, btoa(text)];
}"""
MEASURE_JS = """text => ["--sans", "--mono"].map(name => {
  const pen = new OffscreenCanvas(1, 1).getContext("2d");
  pen.font = "100px " + getComputedStyle(document.documentElement).getPropertyValue(name);
  return Math.round(pen.measureText(text).width);
})"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictures") / "report.html"
    picture_study().report(path)
    return path


def opened(browser: Browser, report: Path, lang: str, width: int, scale: int = 1) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 900}, device_scale_factor=scale, locale="en-US")
    page = context.new_page()
    page.goto(f"{report.as_uri()}#{lang}")
    return page


def seen(browser: Browser, page: Page, factor: int) -> Gray:
    """The whole page in gray, reduced; the browser itself does the sums, on a page without the report's policy."""
    picture = base64.b64encode(page.screenshot(full_page=True)).decode()
    blank = browser.new_page()
    width, height, data = blank.evaluate(GRAY_JS, [picture, factor])
    blank.close()
    return np.frombuffer(base64.b64decode(data), np.uint8).reshape(height, width) / 255.0


def fonts_of(page: Page) -> dict[str, object]:
    """What identifies the fonts here: widths of a probe in the page's two fonts, and the name of the paper's font."""
    paper = None if pdf_findings() else chinese_font(families())
    return {"widths": page.evaluate(MEASURE_JS, PROBE), "paper": paper}


def compared(name: str, gray: Gray, fonts: dict[str, object], folder: Path) -> str:
    """What differs from the kept picture; empty where nothing does, or where it is kept anew."""
    path = KEPT / f"{name}.png"
    if UPDATE:
        KEPT.mkdir(exist_ok=True)
        keep(path, gray)
        FONTS.write_text(json.dumps(fonts) + "\n", "utf-8")
        return ""
    if json.loads(FONTS.read_text("utf-8")) != fonts:
        pytest.skip(f"the fonts here are not those of the kept pages: {fonts}")
    said = told(gray, kept(path))
    if not said:
        return ""
    (folder / "pages-seen").mkdir()
    keep(folder / "pages-seen" / path.name, gray)
    return f"{path.name}: {said}; what was seen: {folder / 'pages-seen' / path.name}"


@pytest.mark.parametrize(("lang", "width"), PAGES)
def test_a_page_looks_as_it_was_kept(browser: Browser, report: Path, tmp_path: Path, lang: str, width: int) -> None:
    """Rules out a figure that vanished, texts that are cut or lie on each other, and a column that was lost."""
    page = opened(browser, report, lang, width)
    said = compared(f"{lang}-{width}", seen(browser, page, REDUCED[width]), fonts_of(page), tmp_path)
    page.context.close()
    assert said == ""


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="no pdftoppm (poppler-utils) here")
@pytest.mark.skipif(bool(pdf_findings()), reason="no Typst or no font with Chinese characters on this machine")
def test_paper_looks_as_it_was_kept(browser: Browser, report: Path, tmp_path: Path) -> None:
    """Rules out the same on paper, and a page more or less in either language."""
    picture_study().report(tmp_path / "report.pdf")
    command = ["pdftoppm", "-gray", "-r", str(DPI), str(tmp_path / "report.pdf")]
    pages = pgm(subprocess.run(command, check=True, capture_output=True).stdout)
    sheet = stacked([block_mean(page, PDF_REDUCED) for page in pages], PDF_COLUMNS)
    page = opened(browser, report, "zh", 390)
    said = compared("paper", sheet, fonts_of(page), tmp_path)
    page.context.close()
    assert said == ""


@pytest.fixture(scope="module")
def narrow(browser: Browser, report: Path) -> Gray:
    page = opened(browser, report, "zh", 390)
    gray = seen(browser, page, REDUCED[390])
    page.context.close()
    return gray


def test_another_rasterization_is_the_same_page(browser: Browser, report: Path, narrow: Gray) -> None:
    """Letters drawn at twice the resolution have other edges: a comparison that saw them would fail on every machine."""
    page = opened(browser, report, "zh", 390, scale=2)
    sharp = seen(browser, page, 2 * REDUCED[390])
    page.context.close()
    rows = min(len(sharp), len(narrow))
    assert float(np.abs(sharp[:rows] - narrow[:rows]).max()) > 0.1
    assert told(sharp, narrow) == ""


FAULTS = {
    "#weeks figure svg": "visibility: hidden",  # a figure whose drawing is gone while its place is kept
    "#cash .scroll td:nth-child(3)": "color: transparent",  # a column without its figures
    "#carbon td small": "clip-path: inset(0 60% 0 0)",  # texts that are cut
    "header .card .big": "color: transparent",
    "#bill figure svg text": "transform: translateY(9px)",  # labels that lie on other things
}
"""Styles that break a part of the page and move nothing else."""


def test_each_fault_is_seen_in_its_place(browser: Browser, report: Path, narrow: Gray) -> None:
    """Rules out a comparison so tolerant that it passes everything: in each broken part a difference is found, elsewhere none."""
    page = opened(browser, report, "zh", 390)
    css = " ".join(f"{part} {{ {style} }}" for part, style in FAULTS.items())
    spans = page.evaluate(
        "([css, parts]) => { document.head.querySelector('style').append(css); return parts.map(part => { "
        "const of = document.querySelector(part.split(' ')[0]).getBoundingClientRect(); return [of.top, of.bottom]; }); }",
        [css, list(FAULTS)],
    )
    gray = seen(browser, page, REDUCED[390])
    page.context.close()
    assert gray.shape == narrow.shape
    places = [REDUCED[390] * row for row, _, _ in differences(narrow, gray)]
    found = [sum(top - 20 <= place <= bottom + 20 for place in places) for top, bottom in spans]
    assert min(found) > 0
    assert sum(found) >= len(places)


def test_what_is_kept_is_read_back() -> None:
    """Rules out a writer and a reader that differ by a row, and pictures too large for a repository."""
    pictures = sorted(KEPT.glob("*.png"))
    assert [path.stem for path in pictures] == sorted([*(f"{lang}-{width}" for lang, width in PAGES), "paper"])
    assert sum(path.stat().st_size for path in pictures) <= MOST_BYTES
    assert len(pictures) <= MOST_FILES
    assert all(kept(path).min() == 0.0 and kept(path).max() > 0.8 for path in pictures)
