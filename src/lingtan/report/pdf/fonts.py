"""The font of the paper report: one on this machine that has Chinese characters, or the finding that says how to get one."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec

from lingtan.findings import Finding, Severity

CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
)
"""Font families with simplified Chinese characters, the best for print first."""


def pdf_findings() -> list[Finding]:
    """Why no PDF can be written here, as warnings; empty where Typst and a font with Chinese characters are at hand."""
    if find_spec("typst") is None:
        return [Finding("report.no-typst", "report.pdf", severity=Severity.WARNING)]
    if chinese_font(families()) is None:
        expected = f"{CHINESE[0]}, {CHINESE[1]}, {CHINESE[2]} …"
        return [Finding("report.no-cjk-font", "report.pdf", expected, severity=Severity.WARNING)]
    return []


def families() -> list[str]:
    """The font families that Typst finds on this machine, in the places where the system looks for fonts."""
    import typst

    found: list[str] = typst.Fonts().families()
    return found


def chinese_font(known: Iterable[str]) -> str | None:
    """The best of the known families, or None.

    >>> chinese_font(["DejaVu Sans", "Noto Sans SC"])
    'Noto Sans SC'
    """
    names = set(known)
    return next((family for family in CHINESE if family in names), None)
