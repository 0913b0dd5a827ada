"""Pages that say what the code says: fields with units and defaults, records with their tags, tests that exist."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from lingtan.park import Asset
from lingtan.park.site import Connection
from lingtan.rulebook import read_rulebook
from lingtan.units import Unit
from lingtan.wording.energy_families import ENERGY_FAMILIES

ROOT = Path(__file__).parents[2]
PAGES: dict[str, type[BaseModel]] = {
    **{get_args(kind.model_fields["family"].annotation)[0]: kind for kind in get_args(get_args(Asset)[0])},
    "connection": Connection,
}
"""Every family with its page, and the connection."""
ROW = re.compile(r"^\| `(?P<name>\w+)` \|(?P<unit>[^|]*)\|(?P<default>[^|]*)\|(?P<meaning>[^|]*)\|$", re.MULTILINE)
UNIT_OF_SIZE = {"PowerSize": "kW", "EnergySize": "kWh", "ApparentSize": "kVA", "MassSize": "kg", "ExtentSize": "1"}
BRACKET = re.compile(r"\[([^\]]+)\]")
CODE = re.compile(r"^```.*?^```$|^ {4}[^\n]*$", re.MULTILINE | re.DOTALL)
"""Examples in fences, and each indented line of equations."""
HEADINGS = {
    "Equations": "方程",
    "Behavior": "运行行为",
    "What is simplified": "简化之处",
    "On a wire": "设备接入",
    "What proves it": "验证依据",
    "In control": "实时控制",
}


def page(name: str) -> str:
    return (ROOT / "docs" / "assets" / f"{name}.md").read_text("utf-8")


def title_of(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ")


def named_in(text: str) -> set[str]:
    """What the prose of a page calls by the name that code has for it: fields, points, files, tests, findings."""
    return set(re.findall(r"`([^`]+)`", CODE.sub("", text)))


def unit_of(form: dict[str, Any]) -> str:
    """The unit of a field in the schema, or the one that its description names."""
    size = str(form.get("$ref", "")).rpartition("/")[2]
    named = BRACKET.findall(form.get("description", ""))
    return UNIT_OF_SIZE.get(size) or form.get("unit") or (named[0] if named else "")


def said_default(default: object) -> str:
    """A default as a park file would write it: an amount as its number, a size to decide as its range."""
    match default:
        case None:
            return "none"
        case {"value": value, "unit": ""}:
            return f"{value:g}"
        case {"min": least, "max": most, "module": None}:
            return f"{least:g} … {most:g}"
    assert not isinstance(default, dict), default
    return str(default).lower()


def test_every_family_has_its_page() -> None:
    """In both languages: rules out a family that only those who read English can look up."""
    pages = {path.name for path in (ROOT / "docs" / "assets").glob("*.md")}
    assert pages == {f"{name}{ending}" for name in PAGES for ending in (".md", ".zh.md")}


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_show_the_same_code_and_fields(name: str) -> None:
    """An equation, a unit or a default that changed on one page alone would be believed by whoever reads the other."""
    english, chinese = page(name), page(f"{name}.zh")
    assert CODE.findall(chinese) == CODE.findall(english)
    assert [row.group("name", "unit", "default") for row in ROW.finditer(chinese)] == [
        row.group("name", "unit", "default") for row in ROW.finditer(english)
    ]
    not_told = [row["name"] for row in ROW.finditer(chinese) if not re.search("[\u4e00-\u9fff]", row["meaning"])]
    assert not_told == []


@pytest.mark.parametrize("name", PAGES)
def test_both_languages_have_the_same_parts_and_name_the_same_things(name: str) -> None:
    """Rules out a limit that only one of them tells; the Chinese page may name more, from inside an equation."""
    english, chinese = page(name), page(f"{name}.zh")
    told = [HEADINGS[heading] for heading in re.findall(r"^##+ (.*)$", english, re.MULTILINE)]
    assert re.findall(r"^##+ (.*)$", chinese, re.MULTILINE) == told
    assert len(re.findall("^- ", chinese, re.MULTILINE)) == len(re.findall("^- ", english, re.MULTILINE))
    assert sorted(named_in(english) - named_in(chinese)) == []


@pytest.mark.parametrize("name", PAGES)
def test_each_page_leads_to_its_twin_and_chinese_leads_to_chinese(name: str) -> None:
    english, chinese = page(name), page(f"{name}.zh")
    assert english.split("\n")[2] == f"中文版：[{title_of(chinese)}]({name}.zh.md)"
    assert chinese.split("\n")[2] == f"English: [{title_of(english)}]({name}.md)"
    folder = ROOT / "docs" / "assets"
    links = re.findall(r"\]\(([^)]+)\.md\)", chinese.partition("\n\n")[2].partition("\n\n")[2])
    assert [link for link in links if not link.endswith(".zh") and (folder / f"{link}.zh.md").exists()] == []


def test_the_title_of_a_chinese_page_is_what_reports_call_the_family() -> None:
    told = {name: title_of(page(f"{name}.zh")) for name in ENERGY_FAMILIES}
    assert told == {name: words.zh for name, words in ENERGY_FAMILIES.items()}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_every_field_with_its_unit_and_default(name: str) -> None:
    """A default that changed in the code and not on the page would be believed by whoever reads."""
    schema = PAGES[name].model_json_schema()
    rows = {row["name"]: row for row in ROW.finditer(page(name))}
    assert set(rows) == set(schema["properties"])
    for field, form in schema["properties"].items():
        row = rows[field]
        assert row["unit"].strip() == unit_of(form), field
        said = row["default"].strip()
        if field in schema.get("required", ()):
            assert said == "required", field
        else:
            default = form["default"]
            assert said == said_default(default), field
        assert row["meaning"].strip(), field


@pytest.mark.parametrize("name", PAGES)
def test_the_example_of_a_page_is_a_park_file_that_reads(name: str) -> None:
    from ruamel.yaml import YAML

    [example] = re.findall(r"```yaml\n(.*?)```", page(name), re.DOTALL)
    data = YAML(typ="safe").load(example)
    data = data.get("connections", data)
    assert [PAGES[name].model_validate(thing) for thing in data.values()] != []


@pytest.mark.parametrize("name", PAGES)
def test_the_tests_that_a_page_names_exist(name: str) -> None:
    proofs = page(name).partition("## What proves it")[2]
    files = re.findall(r"`(tests/[\w/]+\.py)`", proofs)
    assert files
    texts = "".join((ROOT / file).read_text("utf-8") for file in files)
    named = re.findall(r"`(test_\w+)`", proofs)
    assert [test for test in named if f"def {test}(" not in texts] == []


def test_units_on_the_pages_are_units() -> None:
    units = {row["unit"].strip() for name in PAGES for row in ROW.finditer(page(name))} - {""}
    assert all(Unit.parse(unit) for unit in units)


def test_the_figures_of_the_carbon_page_are_records_with_their_tags() -> None:
    """A figure said to be official that a record calls a memory would be quoted as official."""
    text = (ROOT / "docs" / "conventions" / "carbon.md").read_text("utf-8")
    said = re.findall(r"\| `(cn\.[\w.-]+)` \| (\w+) \|$", text, re.MULTILINE)
    book, _ = read_rulebook(())
    assert len(said) >= 10
    assert [(name, tag) for name, tag in said if str(book.get(name).confidence) != tag] == []
