"""The finance account alone, of a simulated or a metered year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lingtan.cli.outcome import ends_well, language, progress, show_json, staged, tell
from lingtan.cli.park_verbs import AsJson, ParkPath, Rules
from lingtan.cli.study_verbs import MaybeOut, Sizes, read_park_case
from lingtan.wording.finance import FINANCE_WORDS

if TYPE_CHECKING:
    from lingtan.study.finance_account import FinanceAccount

RATES = ("project_irr_pre_tax", "project_irr_post_tax", "equity_irr")


@ends_well
def finance(
    park: ParkPath,
    series: Annotated[
        Path | None, typer.Option(help="Metered flows in kW in place of a simulated year · 以实测功率代替模拟年（kW）")
    ] = None,
    sizes: Sizes = None,
    out: MaybeOut = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> None:
    """The cash flow against the reference case · 与基准方案比较的现金流"""
    from lingtan.study.finance_account import finance_data, finance_of_case, finance_of_file
    from lingtan.study.write import write_cash_flow, write_json

    case = read_park_case(park, rules)
    with progress("plan"):
        account = finance_of_case(case) if series is None else finance_of_file(case, series, sizes)
    tell(account.findings)
    data = finance_data(account)
    if out is not None:
        with staged(out) as stage:
            write_cash_flow(stage / "cashflow.csv", account.appraisal.cash_flow)
            write_json(stage / "finance.json", data)
    if as_json:
        show_json(data)
        return
    for line in finance_lines(account, data):
        print(line)


def finance_lines(account: FinanceAccount, data: Mapping[str, Any]) -> Iterator[str]:
    """The few figures that a terminal shows."""
    worth, reference, saved = data["finance"], data["reference"], data["savings"]
    names = ", ".join(reference["without"])
    without = _word("sum.without", assets=names) if names else _word("sum.without.nothing")
    yield f"{_word('sum.reference')}\t{reference['cost_cny']:,.0f} CNY\t{reference['emissions_t']:,.0f} t\t{without}"
    yield f"{_word('sum.cost')}\t{account.cost_cny:,.0f} CNY"
    yield f"{_word('sum.savings')}\t{saved['cost_cny']:,.0f} CNY\t{saved['emissions_t']:,.0f} t"
    yield f"{_word('sum.capex')}\t{worth['capex_cny']:,.0f} CNY"
    yield f"{_word('sum.npv')}\t{worth['npv_cny']:,.0f} CNY"
    for key in RATES:
        yield f"{_word(f'sum.{key}')}\t{_rate(worth[key])}"
    cost = worth["lcoe_cny_per_kwh"]
    yield f"{_word('sum.lcoe')}\t{_word('sum.absent') if cost is None else f'{cost:.4f} CNY/kWh'}"
    back = worth["payback_years"]
    yield f"{_word('sum.payback')}\t{_word('sum.never') if back is None else _word('sum.years', years=f'{back:.1f}')}"


def _rate(answer: Mapping[str, Any] | None) -> str:
    """All rates with their verdict, never one of several without a word."""
    if answer is None:
        return _word("sum.absent")
    rates = ", ".join(f"{100 * root:.2f} %" for root in answer["roots"])
    return _word(f"irr.{answer['verdict']}", rates=rates)


def _word(key: str, **values: object) -> str:
    return FINANCE_WORDS[key].in_language(language(), **values)
