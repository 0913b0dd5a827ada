"""The report in a real browser: alone, in both languages, on a telephone, a desk and paper."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from lingtan.report.summary_figure import leaves
from tests.chromium import NEEDS_CHROMIUM, Watched
from tests.once import once

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STARTER = Path(__file__).parents[2] / "src" / "lingtan" / "park" / "templates" / "starter"
HAN = re.compile(r"[\u4e00-\u9fff]")
LANGUAGES = {"en": "en", "zh": "zh-Hans"}
A4_TEXT_PX = round((210 - 2 * 16) / 25.4 * 96)
"""Width of an A4 page within the margins of the style sheet."""

pytestmark = NEEDS_CHROMIUM


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(home: Path) -> None:
        command = [str(Path(sys.executable).with_name("lingtan")), "study", str(STARTER), "--out", str(home / "out")]
        subprocess.run(command, check=True, capture_output=True)

    return once(tmp_path_factory, "starter-study", make) / "out"


class Reader(Watched):
    """Somebody who reads a report."""

    def __init__(self, page: Page, report: Path) -> None:
        super().__init__(page, report.as_uri())

    def open(self, language: str = "", width: int = 1400) -> Page:
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.goto(self.address + (f"#{language}" if language else ""))
        return self.page


@pytest.fixture
def reader(browser: Browser, results: Path) -> Iterator[Reader]:
    """A fresh profile each time: no memory of an earlier choice of language."""
    context = browser.new_context(locale="en-US", timezone_id="Asia/Shanghai")
    yield Reader(context.new_page(), results / "report.html")
    context.close()


def headings(page: Page) -> list[str]:
    """The texts of the headings that can be seen."""
    return [text for text in page.locator("h1, h2").all_inner_texts() if text.strip()]


def test_it_needs_nothing_but_itself(reader: Reader) -> None:
    """A report that loads fonts or scripts from somewhere is broken in a plant without internet, and tells of its readers."""
    page = reader.open("en")
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    page.click("#language")
    page.wait_for_timeout(200)
    assert set(reader.requests) == {reader.address}
    assert reader.complaints == []


@pytest.mark.parametrize(("locale", "lang"), [("en-US", "en"), ("zh-CN", "zh-Hans"), ("de-DE", "en")])
def test_it_speaks_the_language_of_its_reader(browser: Browser, results: Path, locale: str, lang: str) -> None:
    context = browser.new_context(locale=locale)
    page = Reader(context.new_page(), results / "report.html").open()
    assert page.locator("html").get_attribute("lang") == lang
    context.close()


def test_the_switch_changes_all_headings_and_is_remembered(reader: Reader) -> None:
    page = reader.open()
    english, title = headings(page), page.title()
    assert len(english) >= 10
    assert not any(HAN.search(text) for text in english)
    page.click("#language")
    chinese = headings(page)
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert len(chinese) == len(english)
    assert all(HAN.search(text) for text in chinese)
    assert (HAN.search(title), bool(HAN.search(page.title()))) == (None, True)
    page.reload()
    assert headings(page) == chinese
    page.click("#language")
    assert (headings(page), page.title()) == (english, title)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_decides_the_language(reader: Reader, language: str) -> None:
    """So that a link to the Chinese report opens the Chinese report, whatever was read before."""
    page = reader.open("zh" if language == "en" else "en")
    page.click("#language")
    page.goto("about:blank")
    page = reader.open(language)
    assert page.locator("html").get_attribute("lang") == LANGUAGES[language]
    assert all(bool(HAN.search(text)) == (language == "zh") for text in headings(page))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [380, 768, 1024, 1400])
def test_nothing_sticks_out_sideways(reader: Reader, width: int, language: str) -> None:
    """A page that scrolls sideways on a telephone is read by nobody; wide tables scroll in a box of their own."""
    page = reader.open(language, width)
    wide, window = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert window == width
    assert wide <= window


# ---------------------------------------------------------------------------------------------- figures

UNITS = {
    "MW": 1e3, "kW": 1.0, "GW": 1e6, "MVA": 1e3, "kVA": 1.0, "kWh": 1.0, "MWh": 1e3, "GWh": 1e6, "%": 1e-2,
    "M CNY": 1e6, "CNY": 1.0, "万元": 1e4, "亿元": 1e8, "元": 1.0, "t": 1.0, "tce": 1.0, "t/tce": 1.0,
    "CNY/kWh": 1.0, "元/kWh": 1.0, "years": 1.0, "年": 1.0, "h": 1.0, "小时": 1.0, "s": 1.0,
}  # fmt: skip
"""What a shown unit is of the unit that the key of a figure names."""
NOTHING_MISSING = {"It serves every need.", "该方案满足全部需求。"}
"""How the page tells a reference case that lacks no energy."""
SHOWN = re.compile(r"(?P<number>−?[\d,]*\d(?:\.\d+)?)(?: × 10(?P<exponent>−?\d+))?\s*(?P<unit>[^\d\s].*)?")


def shows(text: str, value: float) -> bool:
    """Whether a shown text is a value, rounded to its last digit; in a column without a unit, of any usual multiple."""
    if text in NOTHING_MISSING:
        return value == 0.0
    match = SHOWN.fullmatch(text.strip())
    if match is None:
        return False
    digits = match["number"].replace(",", "").replace("−", "-")
    half = 0.5 * 10.0 ** -len(digits.partition(".")[2])
    exponent = int((match["exponent"] or "0").replace("−", "-"))
    unit = (match["unit"] or "").strip()
    if unit and unit not in UNITS:
        return False
    scales = [UNITS[unit]] if unit else [1.0, 1e3, 1e4, 1e6]
    return any(
        math.isclose(float(digits) * scale * 10.0**exponent, value, rel_tol=1e-9, abs_tol=half * scale * 10.0**exponent)
        for scale in scales
    )


def figures(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate(
        "[...document.querySelectorAll('[data-key]')].map(e => ({key: e.dataset.key, value: e.dataset.value, "
        "text: e.textContent.trim() && e.innerText, list: e.tagName === 'DD', seen: e.getClientRects().length > 0}))"
    )
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_that_of_the_summary(reader: Reader, results: Path, language: str) -> None:
    """What is printed is what was computed: the key leads to the same value, and the shown digits round to it."""
    summary = json.loads((results / "summary.json").read_text("utf-8"))
    expected = {".".join(path): value for path, value in leaves(summary)}
    found = figures(reader.open(language))
    assert {figure["key"] for figure in found} == set(expected)
    assert [figure for figure in found if json.loads(figure["value"]) != expected[figure["key"]]] == []
    listed = {figure["key"]: figure["text"] for figure in found if figure["list"]}
    assert listed == {
        key: json.dumps(value, ensure_ascii=False)
        for key, value in expected.items()
        if not key.startswith("assumptions.")
    }
    figures_only = [figure for figure in found if not figure["list"] and not figure["key"].startswith("assumptions.")]
    sentences = [figure for figure in figures_only if ".words." in figure["key"]]
    assert [each for each in sentences if each["seen"] != each["key"].endswith(f".{language}")] == []
    assert [each for each in sentences if each["seen"] and each["text"] != json.loads(each["value"])] == []
    shown = [figure for figure in figures_only if figure not in sentences]
    numbers = [(each["text"], json.loads(each["value"]), each["seen"]) for each in shown]
    assert len(numbers) > 40
    assert [text for text, _, seen in numbers if not (seen and text)] == []
    plain = [(text, value) for text, value, _ in numbers if type(value) in (int, float)]
    rates = [(text, value[0]) for text, value, _ in numbers if isinstance(value, list) and len(value) == 1]
    assert [(text, value) for text, value in (*plain, *rates) if not shows(text, value)] == []


@pytest.mark.parametrize(
    ("text", "value", "is_shown"),
    [
        ("12.0 MW", 12_000.0, True),
        ("12.0 MW", 12_049.0, True),
        ("12.0 MW", 12_051.0, False),
        ("12.0 MW", 12.0, False),
        ("1,202 万元", 12_021_213.79, True),
        ("1,203 万元", 12_021_213.79, False),
        ("13.1%", 0.13097, True),
        ("3.7 × 10−12", 3.707e-12, True),
        ("3.7 × 10−12", 3.807e-12, False),
        ("−0.10 CNY", -0.0977, True),
        ("0.10 CNY", -0.0977, False),
        ("38.53", 38_531_064.96, True),
        ("5 apples", 5.0, False),
        ("It serves every need.", 0.0, True),
        ("It serves every need.", 5.0, False),
    ],
)
def test_what_counts_as_shown(text: str, value: float, is_shown: bool) -> None:
    assert shows(text, value) is is_shown


# ---------------------------------------------------------------------------------------------- paper


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_nothing_is_cut_off(reader: Reader, language: str) -> None:
    page = reader.open(language, A4_TEXT_PX)
    page.emulate_media(media="print")
    boxes = page.evaluate(
        "[...document.querySelectorAll('svg, svg text, table')].map(e => [e.tagName, e.textContent.slice(0, 30), "
        "e.getBoundingClientRect()]).map(([name, text, box]) => [name, text, box.left, box.right, box.width])"
    )
    visible = [box for box in boxes if box[4] > 0]
    assert len([box for box in visible if box[0] == "svg"]) >= 8
    assert [box for box in visible if box[2] < -1 or box[3] > A4_TEXT_PX + 1] == []


def test_on_paper_there_is_no_button(reader: Reader) -> None:
    page = reader.open("zh")
    page.emulate_media(media="print")
    assert not page.locator("#language").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF-")
