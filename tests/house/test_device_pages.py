"""The guide on devices says what the templates say, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from lingtan.devices import UNITS, Template, shipped_templates
from lingtan.twin import TEMPLATES, FaultKind
from lingtan.wording import Lang
from lingtan.wording.devices import DEVICES_WORDS

DOCS = Path(__file__).parents[2] / "docs"
PAGES: dict[Lang, str] = {
    "en": (DOCS / "guide" / "devices.md").read_text("utf-8"),
    "zh": (DOCS / "guide" / "devices.zh.md").read_text("utf-8"),
}


def rows_of(template: Template, lang: Lang) -> list[str]:
    """The table of a template as the guide should have it."""
    rows = []
    for name, register in sorted(template.registers.items(), key=lambda item: item[1].address):
        step = f"{register.scale:g}" + ("" if UNITS[name] == "1" else f" {UNITS[name]}")
        meaning = DEVICES_WORDS[name].in_language(lang)
        rows.append(f"| {register.address} | `{name}` | {register.kind} | {step} | {register.label} | {meaning} |")
    return rows


@pytest.mark.parametrize("lang", PAGES)
@pytest.mark.parametrize("name", shipped_templates())
def test_the_table_of_a_template_is_in_the_guide(name: str, lang: Lang) -> None:
    """An address that moved in a template and not on the page would send a user's client to the wrong register."""
    template = shipped_templates()[name]
    part = PAGES[lang].partition(f"### `{name}`: {template.title.words.in_language(lang)}\n")[2].partition("\n### ")[0]
    assert re.findall(r"^\| \d.*$", part, re.MULTILINE) == rows_of(template, lang)


@pytest.mark.parametrize("lang", PAGES)
def test_the_guide_names_every_fault(lang: Lang) -> None:
    rows = re.findall(r"^\| `(\w+)` \|", PAGES[lang].partition("faults.json")[2], re.MULTILINE)
    assert set(rows) & set(FaultKind.__args__) == set(FaultKind.__args__)


@pytest.mark.parametrize("lang", PAGES)
def test_the_example_of_the_guide_is_a_template(lang: Lang) -> None:
    [example] = re.findall(r"```yaml\n(.*?)```", PAGES[lang], re.DOTALL)
    template = Template.model_validate(YAML(typ="safe").load(example))
    assert (template.family, template.set_point, template.order) == ("battery", "set_power_kw", "CDAB")


def test_every_asset_page_names_the_template_of_its_family() -> None:
    """An asset family has one name in five rooms; what has no template yet would be seen here."""
    missing = [
        family
        for family, template in TEMPLATES.items()
        if f"Device template: `{template}`" not in (DOCS / "assets" / f"{family}.md").read_text("utf-8")
    ]
    assert missing == []
    assert {path.stem for path in (DOCS / "assets").glob("*.md")} >= set(TEMPLATES)
