"""Findings: what is wrong with an input, as data first and text last.

A `check_…` function returns all findings of its input in one pass; `raise_errors` turns the errors among them into one
`InputError`. The sentence of a code (what is wrong, how to mend it) stands in `lingtan.wording`, in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from lingtan.wording import Lang, Text, Words, text_in
from lingtan.wording.findings import FINDINGS

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Severity(StrEnum):
    """How much a finding weighs: an error stops the run, a warning and a note travel with the result."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing found in one place of an input.

    `code` is stable (`room.what-it-is`) and has its sentence in `lingtan.wording.findings`; `who` is the thing spoken of
    (a path in the file such as `assets.battery.power`); `file` and `line` (from 1) say where it stands.
    """

    code: str
    who: str
    expected: Text = ""
    got: Text = ""
    file: str = ""
    line: int = 0
    severity: Severity = Severity.ERROR
    values: Mapping[str, Text | float] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        if self.code not in FINDINGS:
            raise KeyError(f"finding code {self.code!r} has no sentence in lingtan.wording")

    def at(self, file: str, line: int = 0) -> Finding:
        """The same finding with its place, where it has none yet; one that stands in another file stays there."""
        if self.file and self.file != file:
            return self
        return replace(self, file=file, line=self.line or line)

    def text(self, lang: Lang = "en") -> str:
        """`<file>:<line>: <code>: <who>: <what>; expected <…>, got <…>. <remedy>.` in one language.

        >>> Finding("sheet.missing-key", "site.zone", file="park.yaml", line=3).text()
        'park.yaml:3: sheet.missing-key: site.zone: this key is required and absent. Add it.'
        """
        sentence = FINDINGS[self.code]
        place = f"{self.file}:{self.line}: " if self.line else f"{self.file}: " if self.file else ""
        values = dict(self.values)
        what, remedy = sentence.what.in_language(lang, **values), sentence.remedy.in_language(lang, **values)
        expected_word, got_word = ("应为 ", "实为 ") if lang == "zh" else ("expected ", "got ")
        semicolon, comma, stop, colon = ("；", "，", "。", "：") if lang == "zh" else ("; ", ", ", ". ", ": ")
        parts = [
            word + text_in(value, lang)
            for word, value in ((expected_word, self.expected), (got_word, self.got))
            if text_in(value, lang) != ""
        ]
        detail = semicolon + comma.join(parts) if parts else ""
        return _one_line(f"{place}{self.code}: {self.who}{colon}{what}{detail}{stop}{remedy}")

    def as_json(self) -> dict[str, object]:
        """The finding as plain data, its text in both languages."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "who": self.who,
            "file": self.file,
            "line": self.line,
            "expected": text_in(self.expected, "en"),
            "got": text_in(self.got, "en"),
            "en": self.text("en"),
            "zh": self.text("zh"),
        }


def _one_line(text: str) -> str:
    """A text whose line ends and control characters are visible: what a file says can neither break a line nor fake one."""
    return _UNSEEN.sub(lambda found: found.group().encode("unicode_escape").decode(), text)


class InputError(ValueError):
    """The input has findings that stop the run; `findings` holds them all (also the warnings)."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(found.text("en") for found in self.findings))


class UncertifiedError(RuntimeError):
    """No answer could be proven: nothing is wrong with the input, and nothing is told as if it were right."""


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Only the findings that stop a run."""
    return tuple(found for found in findings if found.severity is Severity.ERROR)


def raise_errors(findings: Iterable[Finding]) -> None:
    """Raise one `InputError` with all findings if any of them is an error."""
    kept = tuple(findings)
    if errors_in(kept):
        raise InputError(kept)


def say_number(value: float) -> str:
    """A number as a user would type it: no trailing zeros, no exponent below a billion.

    >>> say_number(0.9), say_number(35040.0), say_number(1e-6)
    ('0.9', '35040', '1e-06')
    """
    return f"{value:.10g}"


__all__ = ["Finding", "InputError", "Severity", "Words", "errors_in", "raise_errors", "say_number"]
