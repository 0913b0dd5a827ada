"""What a park lacks to its threshold, and what would close that: a sentence for the first page, figures for the account."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from lingtan.park.names import fill
from lingtan.report.markup import Child, Html, html, tag
from lingtan.report.numbers import coins, energy, intensity, mass, money, plain
from lingtan.report.sections.frame import facts, note
from lingtan.report.summary_figure import figure
from lingtan.wording import Words
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study


def gap_sentences(study: Study) -> list[Words]:
    """By how much the park misses its threshold, and what closes that; none where it is met or not defined."""
    gap, threshold = study.project.accounts.annex4.gap, study.project.accounts.carbon.threshold_t_per_tce
    if gap is None:
        return []
    above = mass([gap.emissions_t]).text(gap.emissions_t)
    said = [fill("gap.missed", threshold=intensity(threshold), tonnes=above)]
    if gap.remaining_t > 0:
        return [*said, fill("gap.remains", tonnes=mass([gap.remaining_t]).text(gap.remaining_t))]
    count = f"{gap.certificates:,}"
    if gap.cost_cny is None or gap.price is None:
        return [*said, fill("gap.closed", count=count)]
    return [*said, fill("gap.closed_at", count=count, cost=coins(*gap.cost_cny))]


def gap_line(study: Study) -> tuple[Words, Html] | None:
    """The tonnes above the threshold, for the card of the indicator."""
    told = study.summary["carbon"].get("gap")
    if told is None:
        return None
    shown = mass([told["emissions_t"]]).text
    return REPORT_WORDS["gap.emissions_t"], figure(study.summary, "carbon", "gap", "emissions_t", show=shown)


def gap_facts(study: Study) -> Html:
    """The gap in figures, and the observation that its cost is at; nothing where nothing is missing."""
    told, gap = study.summary["carbon"].get("gap"), study.project.accounts.annex4.gap
    if told is None or gap is None:
        return html()
    costs = money(told.get(key) for key in ("cost_low_cny", "cost_high_cny"))
    shown: dict[str, Callable[[Any], Words]] = {
        "emissions_t": mass([told["emissions_t"]]).text,
        "electricity_kwh": energy([told["electricity_kwh"]]).text,
        "certificates": lambda count: Words(*(plain(count, 0),) * 2),
        "cost_low_cny": costs.text,
        "cost_high_cny": costs.text,
        "remaining_t": mass([told["remaining_t"]]).text,
    }
    rows: list[tuple[Child, Child]] = [
        (REPORT_WORDS[f"gap.{key}"], figure(study.summary, "carbon", "gap", key, show=show))
        for key, show in shown.items()
        if key in told
    ]
    seen = () if gap.price is None else (fill("gap.price", rule=gap.price.id, span=gap.price.validity),)
    return html(tag("h3", REPORT_WORDS["gap.title"]), facts(rows), *(note(one) for one in seen))
