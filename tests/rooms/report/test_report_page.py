"""The page as a whole: every figure with its key, both languages, nothing loaded, nothing that a user typed is markup."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from lingtan.report import render, write_report
from lingtan.report.charts.sankey import sums
from lingtan.report.markup import SHAPES, VOID
from lingtan.report.markup import key as breakable
from lingtan.report.page import SECTIONS
from lingtan.report.sections.carbon import carbon_section
from lingtan.report.sections.energy_flow import balance_of
from lingtan.report.sections.first_page import first_page
from lingtan.report.sections.foundations import foundations_section
from lingtan.report.summary_figure import leaves, raw
from lingtan.terms import Share
from tests.rooms.report.report_samples import HOSTILE, park_data, sample_page, sample_study, with_table

DIVISORS = {"kWh": 1.0, "MWh": 1e3, "GWh": 1e6, "CNY": 1.0, "kCNY": 1e3, "M CNY": 1e6, "t": 1.0, "tce": 1.0}
DIVISORS |= {"kW": 1.0, "MW": 1e3, "kVA": 1.0, "MVA": 1e3, "years": 1.0, "t/tce": 1.0, "s": 1.0, "CNY/kWh": 1.0}


class Page(HTMLParser):
    """A strict reader: every tag is closed in its turn; keyed figures and the order of language pairs are kept."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[tuple[str, dict[str, str]]] = []
        self.keyed: list[tuple[str, str, bool]] = []
        self.english: dict[str, str] = {}
        self.siblings: list[list[str]] = [[]]
        self.unpaired: list[str] = []
        self.scripts: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        kinds = given.get("class", "").split()
        self.siblings[-1].append("en" if "en" in kinds else "zh" if "zh" in kinds else "")
        self.addresses += [given[name] for name in ("src", "href", "action", "data") if name in given]
        if "data-key" in given:
            in_index = any(attributes.get("id") == "figures" for _, attributes in self.open)
            self.keyed.append((given["data-key"], given["data-value"], in_index))
        if tag not in VOID:
            self.open.append((tag, given))
            self.siblings.append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in SHAPES, f"<{tag}/> is open in HTML"
        self.siblings[-1].append("")
        self.addresses += [value or "" for name, value in attrs if name in {"src", "href"}]

    def handle_endtag(self, tag: str) -> None:
        name, given = self.open.pop()
        assert name == tag, f"</{tag}> closes <{name} {given}>"
        kinds = [kind for kind in self.siblings.pop() if kind]
        if kinds != ["en", "zh"] * (len(kinds) // 2):
            self.unpaired.append(f"{name} {given}: {kinds}")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "script":
            self.scripts.append(data)
        if any("zh" in attributes.get("class", "").split() for _, attributes in self.open):
            return
        for _, attributes in self.open:
            if "data-key" in attributes and not any(a.get("id") == "figures" for _, a in self.open):
                key = attributes["data-key"]
                self.english[key] = self.english.get(key, "") + data


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(sample_page())


def flat(summary: Any) -> dict[str, str]:
    return {".".join(path): raw(value) for path, value in leaves(summary)}


def test_every_figure_of_the_summary_is_on_the_page(page: Page) -> None:
    """Rules out a key that the report forgets, and one that it makes up."""
    expected = flat(sample_study().summary)
    assert {key for key, _, _ in page.keyed} == set(expected)


def test_page_and_summary_hold_the_same_values(page: Page) -> None:
    expected = flat(sample_study().summary)
    assert [(key, value) for key, value, _ in page.keyed if value != expected[key]] == []


def test_every_figure_is_also_told_in_its_section(page: Page) -> None:
    """The index at the end is no excuse: what the summary says stands where a reader looks for it."""
    told = {key for key, _, in_index in page.keyed if not in_index}
    untold = set(flat(sample_study().summary)) - told
    assert untold == {"schema", "park", "period.start", "period.end", "period.step_minutes"}


def test_what_is_shown_is_the_value_behind_it(page: Page) -> None:
    """Read back from the English text: rules out a wrong scale or sign between raw value and print."""
    summary, checked = flat(sample_study().summary), 0
    for key, text in page.english.items():
        match = re.fullmatch(r"(−?[\d,.]+) ?(%|[A-Za-z/ ]+)", text.strip())
        value = json.loads(summary[key])
        if match is None or not isinstance(value, int | float) or isinstance(value, bool):
            continue
        number = float(match[1].replace(",", "").replace("−", "-"))
        shown = number / 100 if match[2] == "%" else number * DIVISORS[match[2]]
        assert shown == pytest.approx(value, rel=2e-2, abs=5e-3), (key, text, value)
        checked += 1
    assert checked >= 20


def test_every_text_stands_in_both_languages(page: Page) -> None:
    """English and Chinese alternate everywhere: rules out a text in one language only."""
    assert page.unpaired == []


def test_a_text_in_one_language_would_be_seen() -> None:
    """Rules out that the reader of these tests is blind to what the test above looks for."""
    assert Page('<p><b class="en">a</b></p>').unpaired == ["p {}: ['en']"]
    assert Page('<p><b class="zh">a</b><b class="en">a</b></p>').unpaired == ["p {}: ['zh', 'en']"]


def test_tags_close_in_their_turn(page: Page) -> None:
    assert page.open == []


def test_what_a_user_types_is_text(page: Page) -> None:
    """The only script is ours, allowed by its hash; the name that tries to be one is printed."""
    text = sample_page()
    assert len(page.scripts) == 1
    assert "alert" not in page.scripts[0]
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; &quot;sons&quot;" in text
    assert text.count(HOSTILE) == 0


def test_nothing_is_loaded_from_anywhere(page: Page) -> None:
    """Self-contained: addresses are anchors or the data themselves, and the policy refuses everything else."""
    assert [address for address in page.addresses if not address.startswith(("#", "data:image/png;base64,"))] == []
    assert "url(" not in sample_page()
    assert "@import" not in sample_page()
    digest = b64encode(sha256(page.scripts[0].encode()).digest()).decode()
    assert f"script-src &#x27;sha256-{digest}&#x27;" in sample_page()


def test_links_lead_somewhere(page: Page) -> None:
    anchors = {address for address in page.addresses if address.startswith("#")}
    assert anchors == {"#summary", *(f"#{name}" for name in SECTIONS)}
    assert all(f'id="{anchor[1:]}"' in sample_page() for anchor in anchors)


def test_no_figure_is_nan() -> None:
    assert re.search(r"\b(nan|inf|None)\b", sample_page()) is None


def test_the_sankey_of_a_study_is_balanced() -> None:
    """The flows of both sides, each summed from its own array, agree with the energy account."""
    for side in (sample_study().project, sample_study().reference):
        balance, energy = balance_of(side), side.accounts.energy
        assert balance.in_kwh == pytest.approx(balance.out_kwh, rel=1e-9)
        assert balance.out_kwh == pytest.approx(energy.load_kwh + energy.export_kwh + energy.losses_kwh, rel=1e-9)


def test_a_fault_in_the_flows_is_seen_on_the_page() -> None:
    """Import of one day is lost between plan and account: the page says so instead of stretching the bands."""
    study = sample_study()
    bought = study.project.plan.table["grid.import_kw"].copy()
    lost_kwh = float(bought[:24].sum())
    bought[:24] = 0.0
    broken = replace(study, project=with_table(study.project, {"grid.import_kw": bought}))
    assert balance_of(broken.project).unexplained_kwh == pytest.approx(-lost_kwh)
    assert 'class="sums unbalanced"' in sums(balance_of(broken.project))
    assert 'class="sums unbalanced"' in render(broken)


def test_unverified_rules_are_named_on_the_first_page() -> None:
    shown = first_page(sample_study())
    assert (
        "Rules used but not compared with their documents (4): retail price list, load-factor discount, "
        "conversion to standard coal, zero-carbon factory." in shown
    )
    assert "有 4 条所用规则尚未与原文核对：电价表、需量电价负荷率优惠、折标准煤系数、零碳工厂。" in shown


def test_the_decision_is_one_plain_sentence_a_subject() -> None:
    shown = first_page(sample_study())
    assert "Build PV 9.00 MW, battery 1.00 MW / 4.00 MWh. Elect the basic charge by maximum demand." in shown
    assert "建议建设光伏 9.00 MW、储能 1.00 MW / 4.00 MWh。建议选择基本电费按最大需量计收。" in shown


def test_a_threshold_that_is_not_defined_is_not_a_pass() -> None:
    """The sample uses far less than 200,000 tce, where the rule defines nothing."""
    text = sample_page()
    assert "the first one holds from 200,000 tce on. That is not a pass." in text
    assert 'data-key="carbon.meets_threshold" data-value="null"' in text


def test_a_bounded_share_stands_beside_its_bound() -> None:
    """25 % exported where a fifth is allowed: rules out a share without its verdict, and `at_most` read as `at_least`."""
    study = sample_study()
    above = Share("share.export", 0.25, 0.2, "at_most", "a.rule")
    accounts = replace(study.project.accounts, shares=(above,))
    shown = carbon_section(replace(study, project=replace(study.project, accounts=accounts)))
    row = shown[shown.index(breakable("a.rule")) :]
    row = row[: row.index("</tr>")]
    assert "≤ 20%" in row
    assert "25.0%" in row
    assert "not met" in row


def test_every_record_in_use_is_listed_with_its_document() -> None:
    study = sample_study()
    listed = foundations_section(study)
    for found in study.project.accounts.founds:
        for use in found.uses:
            assert f"<code>{breakable(use.record.id)}</code>" in listed
    assert "drawn from twelve monthly means" in listed


def test_the_page_is_written_as_utf8(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    write_report(sample_study(), target)
    assert target.read_bytes().decode("utf-8") == sample_page()


def test_rendering_twice_gives_the_same_bytes() -> None:
    assert render(sample_study()) == sample_page()


def test_a_park_that_builds_nothing_still_has_a_report() -> None:
    """No capital, no rates of return, no payback: words instead of figures, and no division by zero."""
    study = sample_study()
    empty = replace(study, project=study.reference)
    text = render(empty)
    assert "At these prices nothing is worth building." in text
    assert Page(text).unpaired == []


def test_the_sample_is_hostile() -> None:
    """Rules out that the tests on escaping look at harmless names."""
    data = park_data()
    assert data["title"]["en"] == data["members"]["mill"]["name"]["en"] == HOSTILE
    assert HOSTILE.startswith("<script>")
