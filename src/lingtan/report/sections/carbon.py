"""The carbon account in the park view, the core indicator, and the green shares by their own rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lingtan.carbon import unbacked_share_limit
from lingtan.park.names import Names, capital, fill, listed, within
from lingtan.report.charts.bars import Mark, bullet
from lingtan.report.charts.canvas import on_both
from lingtan.report.markup import Child, Html, html, key, tag
from lingtan.report.numbers import coal, energy, intensity, mass, plain, share, significant
from lingtan.report.rules_used import rules_used
from lingtan.report.sections.factories import factories
from lingtan.report.sections.frame import Row, chart, facts, note, section, table, verdict, with_unit
from lingtan.report.sections.gap import gap_facts
from lingtan.report.sections.targets import targets
from lingtan.report.summary_figure import figure
from lingtan.rulebook import CoreIndicator, SupplyShares
from lingtan.wording import Text, Words
from lingtan.wording.carbon import CARBON_WORDS
from lingtan.wording.report import REPORT_WORDS
from lingtan.wording.rulebook import RULEBOOK_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study

SHARES = (
    "direct_share",
    "self_use_of_generation",
    "self_use_of_load",
    "export_share",
    "physical_share",
    "hourly_matched_share",
)
NOT_BUILT = {"hourly_matched_share"}
"""Shares that are null because a later version brings them, not because they are undefined."""


def carbon_section(study: Study) -> Html:
    """Lines of annex 4, the indicator against its threshold, and the green shares."""
    carbon, summary = study.project.accounts.carbon, study.summary
    tonnes = mass((carbon.emissions_t, study.reference.accounts.carbon.emissions_t))
    lead = fill(
        "carbon.lead",
        tonnes=tonnes.text(carbon.emissions_t),
        before=tonnes.text(study.reference.accounts.carbon.emissions_t),
        intensity=intensity(carbon.intensity_t_per_tce),
    )
    view = figure(summary, "carbon", "view", show=lambda view: capital(RULEBOOK_WORDS.get(f"view.{view}", str(view))))
    boundary = facts(
        (
            (REPORT_WORDS["carbon.view"], view),
            (REPORT_WORDS["carbon.boundary"], study.project.case.park.carbon.boundary.words),
            (REPORT_WORDS["carbon.factor_year"], figure(summary, "carbon", "factor_year", show=_year)),
            (REPORT_WORDS["carbon.conversion"], _conversion(study)),
            *_range(study),
        )
    )
    tables = (_lines(study), _categories(study))
    return section(
        "carbon",
        lead,
        boundary,
        *tables,
        _indicator(study),
        gap_facts(study),
        targets(study),
        _shares(study),
        factories(study),
        _bounds(study),
    )


def _year(value: int | None) -> Text:
    return REPORT_WORDS["carbon.no_year"] if value is None else str(value)


def _conversion(study: Study) -> Words:
    carbon = study.project.accounts.carbon
    mode = RULEBOOK_WORDS.get(f"conversion.{carbon.conversion}", carbon.conversion)
    return fill("carbon.converted", mode=capital(mode), coal=significant(1000.0 * carbon.coal_tce_per_kwh))


def _range(study: Study) -> Iterator[tuple[Child, Child]]:
    """What the uncertain conversion leaves open: the indicator, and how much uncovered electricity a threshold allows."""
    account = study.project.accounts.annex4
    if account.range is None:
        return
    low, high = account.range
    ends = [end for end in (high.intensity_t_per_tce, low.intensity_t_per_tce) if end is not None]
    if ends:
        yield REPORT_WORDS["carbon.range"], fill("carbon.between", low=intensity(ends[0]), high=intensity(ends[-1]))
    threshold, factor = account.inventory.threshold_t_per_tce, account.rules.unbacked.factor
    if threshold is not None:
        least, most = (unbacked_share_limit(threshold, end.coal_tce_per_kwh, factor) for end in (low, high))
        yield REPORT_WORDS["carbon.limit"], fill("carbon.between", low=share(least), high=share(most))


def _lines(study: Study) -> Html:
    """Each kind of electricity: energy, factor, tonnes, rule."""
    carbon, names = study.project.accounts.carbon, Names(study.project.case.park)
    lines = [line for line in carbon.all_lines if line.category == "electricity"]
    amounts = energy(line.quantity for line in lines)
    tonnes = mass([carbon.emissions_t])
    rows: list[Row] = [
        (
            REPORT_WORDS["carbon.sent_out"] if line.use == "sent_out" else names.flow(line.what),
            tag("code", key(line.rule)),
            amounts.number(line.quantity),
            plain(1000.0 * line.factor_t_per_unit, 4) if line.factor_t_per_unit else "0",
            tonnes.number(line.emissions_t),
        )
        for line in lines
    ]
    alone = [*carbon.by_category] == ["electricity"]
    whole = figure(study.summary, "carbon", "emissions_t", show=tonnes.number)
    total = whole if alone else tonnes.number(carbon.by_category.get("electricity", 0.0))
    head = (
        REPORT_WORDS["carbon.kind"],
        REPORT_WORDS["column.rule"],
        with_unit(REPORT_WORDS["column.energy"], amounts.unit),
        with_unit(REPORT_WORDS["column.factor"], Words("kg/kWh", "kg/kWh")),
        with_unit(REPORT_WORDS["column.emissions"], tonnes.unit),
    )
    return table(
        head,
        rows,
        words=2,
        total=(REPORT_WORDS["column.total"], "", "", "", total),
        caption=REPORT_WORDS["carbon.lines"],
    )


def _categories(study: Study) -> Html:
    """Tonnes of each source, where there is more than electricity."""
    carbon = study.project.accounts.carbon
    if [*carbon.by_category] == ["electricity"]:
        return html()
    tonnes = mass([*carbon.by_category.values(), carbon.emissions_t])
    rows: list[Row] = [
        (capital(CARBON_WORDS[f"category.{category}"]), tonnes.number(amount))
        for category, amount in carbon.by_category.items()
    ]
    head = (REPORT_WORDS["carbon.category"], with_unit(REPORT_WORDS["column.emissions"], tonnes.unit))
    whole = figure(study.summary, "carbon", "emissions_t", show=tonnes.number)
    return table(head, rows, total=(REPORT_WORDS["column.total"], whole), caption=REPORT_WORDS["carbon.categories"])


def _indicator(study: Study) -> Html:
    """The core indicator as a bar against its threshold, with the reference case as a mark."""
    carbon, before = study.project.accounts.carbon, study.reference.accounts.carbon
    if carbon.intensity_t_per_tce is None:
        return html()
    ours, threshold = carbon.intensity_t_per_tce, carbon.threshold_t_per_tce
    limit = None if threshold is None else Mark(fill("carbon.mark.threshold", value=intensity(threshold)), threshold)
    other = None
    if before.intensity_t_per_tce is not None:
        name = fill("carbon.mark.reference", value=intensity(before.intensity_t_per_tce))
        other = Mark(name, before.intensity_t_per_tce)
    drawing = on_both(lambda page: bullet(page, ours, other, limit))
    said: tuple[Child, ...] = (
        REPORT_WORDS["carbon.intensity"],
        " ",
        tag("b", figure(study.summary, "carbon", "intensity_t_per_tce", show=intensity)),
        " · ",
        REPORT_WORDS["card.verdict"],
        " ",
        figure(study.summary, "carbon", "meets_threshold", show=verdict),
    )
    return chart(drawing, _threshold_text(study), title=html(*said))


def _threshold_text(study: Study) -> Words:
    """Which threshold holds for a park of this size, or from which size on there is one."""
    carbon = study.project.accounts.carbon
    size = coal([carbon.energy_tce]).text(carbon.energy_tce)
    if carbon.threshold_t_per_tce is not None:
        return fill("carbon.threshold", size=size, threshold=intensity(carbon.threshold_t_per_tce))
    indicators = [use.record for use in rules_used(study) if isinstance(use.record, CoreIndicator)]
    bands = [band for indicator in indicators for band in indicator.bands]
    if not bands:
        return fill("carbon.no_threshold", size=size)
    first = coal([bands[0].energy_from]).text(bands[0].energy_from)
    return fill("carbon.threshold_from", size=size, first=first)


def _shares(study: Study) -> Html:
    """Each share with its own definition; a share that is not built yet says so."""
    head = (REPORT_WORDS["green.share"], "", REPORT_WORDS["column.value"])
    rows = [_share(study, key) for key in SHARES]
    return table(head, rows, caption=REPORT_WORDS["green.table"], widths=(66, 19, 15))


def _share(study: Study, key: str) -> Row:
    def shown(value: float | None) -> Text:
        return REPORT_WORDS["number.missing"] if value is None and key in NOT_BUILT else share(value)

    about: list[Child] = [REPORT_WORDS[f"green.{key}.rule"]]
    if key == "direct_share":
        clause = fill("carbon.clause", share=share(study.project.accounts.carbon.direct_clause, 0))
        about += [tag("br"), clause, " ", figure(study.summary, "green", "direct_clause_met", show=verdict)]
    name = html(tag("b", REPORT_WORDS[f"green.{key}"]), tag("small", *about))
    return name, _bar(study.summary["green"][key]), figure(study.summary, "green", key, show=shown)


def _bounds(study: Study) -> Html:
    """The shares that a rule bounds, as the rule counts them; nothing for a park without direct supply."""
    shares = study.project.accounts.shares
    if not shares:
        return html()
    rows: list[Row] = [
        (
            REPORT_WORDS.get(f"green.{one.name}", one.name),
            tag("code", key(one.rule)),
            f"{'≥' if one.sense == 'at_least' else '≤'} {share(one.bound, 0)}",
            share(one.value),
            verdict(one.met),
        )
        for one in shares
    ]
    head = (
        REPORT_WORDS["green.share"],
        REPORT_WORDS["column.rule"],
        REPORT_WORDS["green.bound"],
        REPORT_WORDS["column.value"],
        REPORT_WORDS["card.verdict"],
    )
    counted = [name for use in rules_used(study) if isinstance(use.record, SupplyShares) for name in use.record.sources]
    sources = listed([within(RULEBOOK_WORDS[f"technology.{name}"]) for name in dict.fromkeys(counted)])
    told = note(fill("green.counted", sources=sources)) if counted else ""
    return html(table(head, rows, words=2, caption=REPORT_WORDS["green.rules"]), told)


def _bar(value: float | None) -> Html:
    """A share as a small bar before its figure."""
    if value is None:
        return html()
    return tag("span", tag("i", style=f"width:{100.0 * min(max(value, 0.0), 1.0):.1f}%"), class_="bar")
