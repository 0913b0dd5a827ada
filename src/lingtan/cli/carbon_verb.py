"""The carbon account alone, from measured or simulated flows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lingtan.cli.outcome import ends_well, language, show_json, staged, tell
from lingtan.cli.park_verbs import AsJson, ParkPath, Rules
from lingtan.cli.study_verbs import MaybeOut, read_park_case
from lingtan.wording.carbon import CARBON_WORDS
from lingtan.wording.rulebook import RULEBOOK_WORDS

if TYPE_CHECKING:
    from lingtan.carbon import CarbonAccount


@ends_well
def carbon(
    park: ParkPath,
    series: Annotated[Path, typer.Option(help="Flows in kW, CSV or Parquet · 功率序列文件（kW）")],
    out: MaybeOut = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> None:
    """The carbon account of any flows · 按实测或模拟功率核算碳排放"""
    from lingtan.study.carbon_account import carbon_data, carbon_of_file
    from lingtan.study.write import write_json

    account, findings = carbon_of_file(read_park_case(park, rules), series)
    tell(findings)
    data = carbon_data(account)
    if out is not None:
        with staged(out) as stage:
            write_json(stage / "carbon.json", data)
    if as_json:
        show_json(data)
        return
    for line in account_lines(account):
        print(line)


def account_lines(account: CarbonAccount) -> Iterator[str]:
    """The few figures that a terminal shows."""
    from lingtan.carbon import verdict

    whole = account.inventory
    for category, tonnes in whole.by_category.items():
        yield f"{_word(f'category.{category}')}\t{tonnes:,.1f} t"
    yield f"{_word('sum.total')}\t{whole.emissions_t:,.1f} t\t{whole.energy_tce:,.0f} tce"
    if whole.intensity_t_per_tce is not None:
        figure = f"{whole.intensity_t_per_tce:.3f} t/tce"
        if account.range is not None:
            ends = sorted(end.intensity_t_per_tce for end in account.range if end.intensity_t_per_tce is not None)
            figure += f" ({' … '.join(f'{end:.3f}' for end in ends)})"
        limit = "" if whole.threshold_t_per_tce is None else f"\t≤ {whole.threshold_t_per_tce:g} t/tce"
        yield f"{_word('sum.indicator')}\t{figure}{limit}\t{_word(f'verdict.{verdict(whole.meets_threshold)}')}"
    if whole.direct_share is not None:
        clause = f"≥ {100 * whole.direct_clause:g} %\t{_word(f'verdict.{verdict(whole.direct_clause_met)}')}"
        yield f"{_word('sum.direct')}\t{100 * whole.direct_share:.1f} %\t{clause}"
    if account.physical_share is not None:
        yield f"{_word('sum.physical')}\t{100 * account.physical_share:.1f} %"
    if account.gap is not None:
        yield f"{_word('sum.gap')}\t{account.gap.emissions_t:,.0f} t\t{account.gap.certificates:,} MWh"
    yield from _factory_lines(account)


def _factory_lines(account: CarbonAccount) -> Iterator[str]:
    """Each enterprise against the criteria of a zero-carbon factory."""
    shares = {each.member: each.physical_share for each in account.members}
    for member, factory in account.factories.items():
        share, rule = shares[member], factory.rule
        shown = "" if share is None else f"{100 * share:.1f} % (≥ {100 * rule.physical_share:g} %)"
        grade = RULEBOOK_WORDS[f"factory.{factory.grade}"].in_language(language())
        clause = RULEBOOK_WORDS[f"clause.{factory.clause}"].in_language(language())
        yield f"{_word('sum.factory')} {member}\t{grade}\t{_word('sum.physical')} {shown}\t{clause}\t{rule.id}"


def _word(key: str) -> str:
    return CARBON_WORDS[key].in_language(language())
