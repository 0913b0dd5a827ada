"""The first page: what to build, what it is worth, what it does to the park's carbon, and how far to trust that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from lingtan.advise import shortfall_text, shortfalls
from lingtan.park.names import Names, fill, listed, sentences, within
from lingtan.report.markup import Child, Html, html, joined, tag
from lingtan.report.numbers import coal, energy, intensity, mass, money, share, years
from lingtan.report.returns import rate_text
from lingtan.report.rules_used import unverified, used_under_assumption
from lingtan.report.sections.binding import shortfall_banner
from lingtan.report.sections.frame import verdict
from lingtan.report.sections.gap import gap_line, gap_sentences
from lingtan.report.sizes import size_text, sizes_decided
from lingtan.report.summary_figure import figure
from lingtan.rulebook import Use
from lingtan.wording import Text, Words
from lingtan.wording.places import place_words
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study


def first_page(study: Study) -> Html:
    """Title, disclosure, decision, banner and key figures."""
    return tag(
        "header",
        _title(study),
        tag("p", _decision(study), class_="decision"),
        shortfall_banner(study),
        _reference_banner(study),
        _banner(study),
        _cards(study),
        id="summary",
    )


def _title(study: Study) -> Html:
    park, grid = study.project.case.park, study.project.case.grid
    place = place_words(park.site.country, park.site.province, park.site.prefecture)
    line = fill("title.line", place=place, year=str(park.period.year), minutes=str(grid.step_minutes))
    return html(
        tag("p", REPORT_WORDS["title.kind"], class_="kicker"),
        tag("h1", park.title.words),
        tag("p", line, class_="place"),
        tag("p", park.disclosure.words, class_="disclosure"),
    )


def _decision(study: Study) -> Words:
    """A few plain sentences: what to build, what to elect, what a year then costs, and whether the threshold is missed."""
    plan, summary = study.project.plan, study.summary
    names = Names(study.project.case.park)
    built = [size_text(names, size) for size in sizes_decided(study) if size.is_built]
    parts = [fill("decision.build", sizes=listed(built)) if built else REPORT_WORDS["decision.nothing"]]
    parts += [fill("decision.elect", what=within(names.election(*elected))) for elected in plan.elected.items()]
    cost, before = study.project.cost_cny, summary["reference"]["cost_cny"]
    measure = money((cost, before))
    key = "decision.saves" if before >= cost else "decision.costs"
    if _is_comparable(study):
        parts.append(fill(key, cost=measure.text(cost), reference=measure.text(before)))
    return sentences((*parts, *gap_sentences(study)))


def _is_comparable(study: Study) -> bool:
    """Whether park and reference serve the same needs, so that the difference of their costs is a saving."""
    return not study.summary["shortfalls"] and not shortfalls(study.reference.case, study.reference.plan)


def _reference_banner(study: Study) -> Html:
    """What the reference case cannot serve, and what that does to the figures against it; nothing where it serves all."""
    missed = shortfalls(study.reference.case, study.reference.plan)
    if not missed:
        return html()
    names = Names(study.project.case.park)
    needs = [fill("banner.need", load=names.asset(short.load), what=shortfall_text(short)) for short in missed]
    link = tag("a", REPORT_WORDS["banner.link"], href="#cash")
    return tag("p", fill("banner.reference", needs=listed(needs)), " ", link, class_="banner", role="note")


def _banner(study: Study) -> Html:
    """What rests on rules that nobody has verified, or on rules beyond their validity; nothing where all is well."""
    open_records, extended = unverified(study), used_under_assumption(study)
    if not open_records and not extended:
        return html()
    said = []
    if open_records:
        said.append(fill("banner.unverified", count=len(open_records), names=listed(_titles(open_records))))
    if extended:
        said.append(fill("banner.extended", names=listed(_titles(extended))))
    link = tag("a", REPORT_WORDS["banner.link"], href="#foundations")
    return tag("p", sentences(said), " ", link, class_="banner", role="note")


def _titles(uses: Sequence[Use[Any]]) -> list[Text]:
    """Every record by what it is, once; records of a kind are told apart by their ids."""
    records = list({use.record.id: use.record for use in uses}.values())
    of_kind = Counter(record.title for record in records)
    return [
        record.title if of_kind[record.title] == 1 else fill("banner.one_of", title=record.title, id=record.id)
        for record in records
    ]


def _cards(study: Study) -> Html:
    cards = (_build_card(study), *_money_cards(study), *_energy_cards(study), *_carbon_cards(study))
    return tag("div", *cards, class_="cards")


def _card(key: str, big: Child, *small: Html) -> Html:
    label = tag("p", REPORT_WORDS[f"card.{key}"], class_="label")
    return tag("div", label, tag("p", big, class_="big"), *small, class_="card")


def _line(name: Child, value: Child) -> Html:
    """A lesser figure of a card: its name at the left, its value at the right."""
    return tag("p", tag("span", name), tag("span", value), class_="small")


def _build_card(study: Study) -> Html:
    """Every size of the park, decided or given."""
    names = Names(study.project.case.park)
    rows = []
    for size in sizes_decided(study):
        keyed = [
            figure(study.summary, "sizes", size.asset, quantity, show=size.shown(quantity)) for quantity in size.amounts
        ]
        cells = (tag("span", names.owner(size.asset)), tag("b", joined(keyed, " / ")), tag("em", size.remark))
        rows.append(tag("p", *cells, class_="size"))
    label = tag("p", REPORT_WORDS["card.sizes"], class_="label")
    return tag("div", label, tag("div", *rows, class_="list"), class_="card sizes")


def _money_cards(study: Study) -> Iterator[Html]:
    summary = study.summary
    year = money((summary["reference"]["cost_cny"], summary["savings"]["cost_cny"], study.project.cost_cny))
    life = money((summary["finance"]["capex_cny"], summary["finance"]["npv_cny"]))
    yield _card(
        "savings",
        figure(summary, "savings", "cost_cny", show=year.text),
        _line(REPORT_WORDS["card.cost"], figure(summary, "operation", "cost_cny", show=year.text)),
        _line(REPORT_WORDS["card.reference"], figure(summary, "reference", "cost_cny", show=year.text)),
        *_incomparable(study),
    )
    after_tax = summary["finance"]["project_irr_post_tax"] is not None
    key = "project_irr_post_tax" if after_tax else "project_irr_pre_tax"
    yield _card(
        "worth",
        figure(summary, "finance", "npv_cny", show=life.text),
        _line(REPORT_WORDS["card.capex"], figure(summary, "finance", "capex_cny", show=life.text)),
        _line(REPORT_WORDS[f"finance.{key}"], rate_text(summary["finance"][key])),
        _line(REPORT_WORDS["card.payback"], figure(summary, "finance", "payback_years", show=years)),
        *_incomparable(study),
    )


def _incomparable(study: Study) -> list[Html]:
    """A warning below figures that compare two parks which do not serve the same needs."""
    return [] if _is_comparable(study) else [tag("p", REPORT_WORDS["card.incomparable"], class_="warning")]


def _energy_cards(study: Study) -> Iterator[Html]:
    summary, account = study.summary, study.project.accounts.energy
    measure = energy((account.load_kwh, account.import_kwh, account.delivered_kwh))
    unmet = energy([account.shortfall_kwh])
    yield _card(
        "import",
        figure(summary, "energy", "import_kwh", show=measure.text),
        _line(REPORT_WORDS["card.load"], figure(summary, "energy", "load_kwh", show=measure.text)),
        _line(REPORT_WORDS["card.delivered"], measure.text(account.delivered_kwh)),
        _line(REPORT_WORDS["card.shortfall"], figure(summary, "energy", "shortfall_kwh", show=unmet.text)),
    )


def _carbon_cards(study: Study) -> Iterator[Html]:
    summary, carbon = study.summary, study.project.accounts.carbon
    tonnes = mass((summary["carbon"]["emissions_t"], summary["reference"]["emissions_t"]))
    yield _card(
        "emissions",
        figure(summary, "carbon", "emissions_t", show=tonnes.text),
        _line(REPORT_WORDS["card.reference"], figure(summary, "reference", "emissions_t", show=tonnes.text)),
        _line(REPORT_WORDS["card.avoided"], figure(summary, "savings", "emissions_t", show=tonnes.text)),
    )
    yield _card(
        "indicator",
        figure(summary, "carbon", "intensity_t_per_tce", show=intensity),
        _line(REPORT_WORDS["card.threshold"], figure(summary, "carbon", "threshold_t_per_tce", show=intensity)),
        _line(REPORT_WORDS["card.verdict"], figure(summary, "carbon", "meets_threshold", show=verdict)),
        *(_line(*line) for line in (gap_line(study),) if line is not None),
        _line(
            REPORT_WORDS["card.energy_tce"],
            figure(summary, "carbon", "energy_tce", show=coal([carbon.energy_tce]).text),
        ),
    )
    yield _card(
        "direct",
        figure(summary, "green", "direct_share", show=share),
        _line(REPORT_WORDS["card.clause"], fill("card.at_least", share=share(carbon.direct_clause, 0))),
        _line(REPORT_WORDS["card.verdict"], figure(summary, "green", "direct_clause_met", show=verdict)),
    )
