"""Every sentence exists in both languages and says the same things."""

from __future__ import annotations

import importlib
import pkgutil
import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path

import lingtan.wording
from lingtan.rulebook import Record, both_of, shipped
from lingtan.wording import Words
from lingtan.wording.findings import FINDINGS

HAN = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*")


def all_words() -> dict[str, Words]:
    """Every pair kept in `lingtan.wording`, by module, name and key."""
    found: dict[str, Words] = {}
    for module in pkgutil.walk_packages(lingtan.wording.__path__, "lingtan.wording."):
        for name, value in vars(importlib.import_module(module.name)).items():
            found.update(_pairs(f"{module.name}.{name}", value))
    return found


def _pairs(at: str, value: object) -> Iterator[tuple[str, Words]]:
    if isinstance(value, Words):
        yield at, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _pairs(f"{at}[{key!r}]", inner)
    elif isinstance(value, tuple | list):
        for number, inner in enumerate(value):
            yield from _pairs(f"{at}[{number}]", inner)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


WORDS = all_words()


def test_there_are_sentences() -> None:
    """Rules out that the tests below pass over an empty list."""
    assert len(WORDS) >= 2 * len(FINDINGS) > 0


def test_both_languages_fill_the_same_placeholders() -> None:
    assert {at: words for at, words in WORDS.items() if placeholders(words.en) != placeholders(words.zh)} == {}


def test_no_word_stands_twice_in_a_row() -> None:
    """Rules out what a change of a sentence leaves behind: "the the", "的的"."""
    twice = re.compile(r"(?<![\w-])([a-z]+) \1(?![\w-])|的的|了了|是是|在在|(模型|预测|园区|数据)\2", re.IGNORECASE)
    found = {at: match[0] for at, words in WORDS.items() for text in words if (match := twice.search(text))}
    assert {at: said for at, said in found.items() if said != "out out"} == {}  # `--out out` is a command


def test_neither_language_is_missing() -> None:
    assert [at for at, words in WORDS.items() if bool(words.en.strip()) != bool(words.zh.strip())] == []


def test_chinese_is_chinese() -> None:
    """English copied into the Chinese slot passes every other check; a text alike in both is a `str`, not a pair."""

    def says_only_latin(text: str) -> bool:
        bare = re.sub(r"\{[^}]*\}|`[^`]*`", "", text)
        return re.search("[A-Za-z]", bare) is not None and not HAN.search(bare)

    assert {at: words.zh for at, words in WORDS.items() if says_only_latin(words.zh)} == {}


def narrow_marks(text: str) -> list[str]:
    """Latin commas, colons and brackets that stand beside Chinese characters."""
    return re.findall("[\u4e00-\u9fff][,;:!?(]|[,;:!?)][\u4e00-\u9fff]", re.sub(r"`[^`]*`", "", text))


def test_chinese_has_its_own_punctuation() -> None:
    """Rules out `计算器:输入 JSON,输出 JSON`: in sentences, in the help of commands, in notes of shipped records."""
    records = {f"{each.id} {key}": text for each in shipped().records for key, text in _chinese(each)}
    source = Path(lingtan.wording.__file__).parents[1]
    helps = {
        f"{path.name}:{number}": line
        for path in (source / "cli").glob("*.py")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
    }
    texts = {at: words.zh for at, words in WORDS.items()} | records | helps
    assert {at: marks for at, text in texts.items() if (marks := narrow_marks(text))} == {}
    assert narrow_marks("计算器:输入,输出 JSON（一）") == ["器:", "入,"]


def _chinese(record: Record) -> Iterator[tuple[str, str]]:
    yield "document", record.document
    yield "source", both_of(record.source).zh
    if record.note is not None:
        yield "note", record.note.zh


def test_english_is_english() -> None:
    assert {at: words.en for at, words in WORDS.items() if HAN.search(re.sub(r"`[^`]*`", "", words.en))} == {}


def test_finding_codes_are_words_of_a_room() -> None:
    assert [code for code in FINDINGS if CODE.fullmatch(code) is None] == []


def test_findings_end_as_their_frame_expects() -> None:
    """`Finding.text` writes "…; expected …. Remedy.": a stop too many or too few is seen by every user."""
    wrong = {
        code: sentence
        for code, sentence in FINDINGS.items()
        if sentence.what.en.endswith(".")
        or sentence.what.zh.endswith("。")
        or not sentence.remedy.en.endswith((".", "?", "!", "}"))
        or not sentence.remedy.zh.endswith(("。", "?", "？", "!", "！", "}"))
    }
    assert wrong == {}
