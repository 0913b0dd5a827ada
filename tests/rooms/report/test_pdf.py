"""report.pdf: both languages whole, figures as in the summary, texts never read as markup, no font no PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from lingtan.case.read import case_of
from lingtan.cli.paper import with_paper_findings, write_paper
from lingtan.findings import InputError
from lingtan.optimize import decide
from lingtan.report import draw
from lingtan.report.markup import Child, html, tag
from lingtan.report.pdf import pdf_findings, render_pdf
from lingtan.report.pdf.fonts import CHINESE, chinese_font, families
from lingtan.report.pdf.tree import in_language, read
from lingtan.report.pdf.write import compiled
from lingtan.report.summary_figure import leaves, raw
from lingtan.sheet import Sheet
from lingtan.study import study
from lingtan.wording import LANGUAGES, Words
from lingtan.wording.finance import IRR_REASONS
from lingtan.wording.report import REPORT_WORDS
from lingtan.wording.rulebook import RULEBOOK_WORDS
from lingtan.wording.study import STUDY_WORDS
from tests.rooms.report.report_samples import HOSTILE, by_rule, park_data, sample_study, without_prices

FONT = "" if pdf_findings() else chinese_font(families()) or ""
needs_font = pytest.mark.skipif(not FONT, reason="no Typst or no font with Chinese characters on this machine")
needs_reader = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext (poppler-utils) here")


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page, as another program reads it."""
    read = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return read.stdout.decode().split("\f")[:-1]


def bare(text: str) -> str:
    """A text without blanks and line ends: where lines break is the template's business."""
    return re.sub(r"\s", "", text)


@cache
def sample_pages() -> tuple[str, ...]:
    return tuple(pages_of(render_pdf(sample_study())))


def paper(*content: Child, lang: str = "zh") -> bytes:
    """A report of two lines: what is given stands on its first page and in a section."""
    body = html(tag("header", tag("h1", "T"), *content), tag("section", tag("h2", "S"), *content, id="s"))
    parts = {"lang": lang, "title": "T", "colophon": "C", "page": "{page}/{pages}", "contents": "D"}
    return compiled({"font": FONT, "title": "T", "parts": [{**parts, "body": in_language(read(body), "zh", FONT)}]})


@needs_font
@needs_reader
def test_each_language_begins_on_a_page_of_its_own_with_its_summary() -> None:
    """Rules out one language with the headings of the other, and a part that begins on the last page of another."""
    first_en = next(number for number, page in enumerate(sample_pages()) if REPORT_WORDS["title.kind"].en in page)
    parts = sample_pages()[:first_en], sample_pages()[first_en:]
    assert [REPORT_WORDS["title.kind"].zh in part[0] for part in parts] == [True, False]
    assert all(page.strip() for page in sample_pages())
    for lang, part in zip(("zh", "en"), parts, strict=True):
        for key in ("card.savings", "card.indicator"):
            assert REPORT_WORDS[key].in_language(lang) in part[0]
        whole = bare("".join(part[1:]))
        for key in ("energy", "year", "weeks", "bill", "carbon", "cash", "certificate", "foundations", "figures"):
            assert bare(REPORT_WORDS[f"section.{key}"].in_language(lang)) in whole


@needs_font
@needs_reader
def test_every_figure_of_the_summary_is_on_paper_to_the_last_digit() -> None:
    """Rules out a figure that was dropped, cut or rounded between summary.json and the printed list of keys."""
    text = bare("".join(sample_pages()))
    told = [(path, value) for path, value in leaves(sample_study().summary) if path[0] != "assumptions"]
    assert len(told) > 40
    assert [path for path, value in told if bare(".".join(path)) not in text or bare(raw(value)) not in text] == []


@needs_font
@needs_reader
def test_names_stand_as_they_were_typed() -> None:
    """Rules out a park title that closes a tag or is read as code."""
    assert HOSTILE in sample_pages()[0]


@needs_font
@needs_reader
@pytest.mark.parametrize(
    "typed",
    [
        '#panic("x")',
        "*not bold* and _not slanted_",
        "$x^2$ `raw` // kept /* kept */",
        "@cite <label> = - + ~ \\ ]",
        "&lt;b&gt;",
    ],
)
def test_what_looks_like_markup_is_text(typed: str) -> None:
    """Rules out that a user's text is Typst: it would stop the report, vanish from it, or run in it."""
    pages = pages_of(paper(tag("p", typed, class_="place"), tag("p", tag("code", typed), class_="decision")))
    assert bare(pages[0]).count(bare(typed)) == 2
    assert bare(typed) in bare(pages[1])


@needs_font
def test_a_font_has_every_character_that_the_report_can_say() -> None:
    """Rules out empty boxes: both standards that the file keeps forbid a character without a shape."""
    said: dict[str, Words] = {**REPORT_WORDS, **RULEBOOK_WORDS, **STUDY_WORDS, **IRR_REASONS}
    texts = [words.in_language(lang) for words in said.values() for lang in LANGUAGES]
    assert paper(*(tag("p", text, class_="place") for text in texts)).startswith(b"%PDF")


@needs_font
def test_a_character_without_a_shape_is_a_finding() -> None:
    """Rules out an empty box in the place of a character that nobody can show, and a fault instead of a finding."""
    with pytest.raises(InputError) as refused:
        paper(tag("p", "Park \U0010fffd", class_="place"))
    assert str(refused.value) == (
        "report.no-glyph: report.pdf: the PDF report is not written: a text of the park has a character that no font here "
        'can show; report.html is complete; got "\\u{10fffd}". Replace the character, or install a font that has it.'
    )


@needs_font
def test_the_same_report_is_the_same_file() -> None:
    """Rules out the time of printing in the file."""
    once, again = (paper(tag("p", "园区", class_="place")) for _ in range(2))
    assert once == again
    assert b"D:20000101000000" in once


def test_without_a_font_the_study_says_so_and_prints_nothing(tmp_path: Path) -> None:
    """Rules out a silent gap: no PDF, no fault, one warning, and a line in the assumptions."""
    with patch("lingtan.report.pdf.fonts.families", list):
        case = with_paper_findings(case_of(Sheet("park.yaml", park_data())))
        with patch.object(sys.modules[decide.__module__], "plan", by_rule), without_prices():
            result = study(case, draw)
        write_paper(result, tmp_path)
        with pytest.raises(InputError) as caught:
            result.report(tmp_path / "report.pdf")
    told = (
        "report.no-cjk-font: report.pdf: the PDF report is not written: no font with Chinese characters is on this machine; "
        "report.html is complete; expected Noto Sans CJK SC, Noto Sans SC, Source Han Sans SC …. "
        "Install one: `apt-get install fonts-noto-cjk`, or unpack the TTF files of the npm package "
        "`@expo-google-fonts/noto-sans-sc` (SIL Open Font License) into ~/.local/share/fonts."
    )
    assert str(caught.value) == told
    assumed: list[dict[str, Any]] = list(result.summary["assumptions"])
    assert [one["what"]["en"] for one in assumed if "report.pdf" in one["what"]["en"]] == [told]
    assert list(tmp_path.iterdir()) == []


def test_without_typst_the_finding_says_what_to_install() -> None:
    """Rules out an import error in the middle of a study."""
    with patch("lingtan.report.pdf.fonts.find_spec", lambda _: None):
        [found] = pdf_findings()
    assert found.text("zh") == (
        "report.no-typst: report.pdf：未生成 PDF 报告：未安装 Typst；report.html 内容完整。"
        "请执行 `pip install 'lingtan[report]'` 安装。"
    )


def test_the_best_font_is_taken_and_latin_ones_never() -> None:
    assert chinese_font(reversed(CHINESE)) == "Noto Sans CJK SC"
    assert chinese_font(["DejaVu Sans", "Noto Sans CJK JP"]) is None


def test_a_language_of_the_tree_is_whole_and_alone() -> None:
    """Rules out words of the other language, drawings for telephones, and a drawing that lost its letters."""
    drawing = tag(
        "svg", tag("text", tag("tspan", "CO₂", class_="en"), tag("tspan", "碳", class_="zh"), x=1.0), viewBox="0 0 1 1"
    )
    tree = read(
        html(
            tag("p", Words("one", "一"), " & ", "both"),
            tag(
                "figure",
                tag("h3", Words("Title", "题")),
                tag("div", drawing, class_="wide"),
                tag("div", "x", class_="narrow"),
            ),
        )
    )
    [line, figure] = in_language(tree, "en", "F")
    assert line == {"tag": "p", "class": [], "of": ["one & both"]}
    assert figure["alt"] == "Title"
    assert [child["class"] for child in figure["of"]] == [[], ["wide"]]
    assert figure["of"][1]["of"][0]["source"] == (
        '<svg xmlns="http://www.w3.org/2000/svg" font-family="F" fill="#1d2733" viewBox="0 0 1 1">'
        '<text paint-order="stroke" stroke="#ffffff" stroke-width="3" stroke-linejoin="round" x="1">'
        '<tspan class="en">CO<tspan baseline-shift="sub" font-size="8.5">2</tspan></tspan></text></svg>'
    )
