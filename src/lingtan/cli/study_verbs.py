"""Verbs that run the main job, or one stage of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from lingtan.cli.outcome import Exit, ends_well, language, progress, show_json, staged, tell
from lingtan.cli.paper import with_paper_findings, write_paper
from lingtan.cli.park_verbs import AsJson, ParkPath, Rules
from lingtan.findings import Finding, InputError, raise_errors
from lingtan.tolerances import NOTICED_KW
from lingtan.wording.cli import CLI_WORDS
from lingtan.wording.targets import TARGET_WORDS

if TYPE_CHECKING:
    from lingtan.advise import Advice
    from lingtan.case import Case
    from lingtan.park import Park
    from lingtan.study import Side
    from lingtan.study.forecast_view import ForecastView

Out = Annotated[Path, typer.Option("--out", help="Folder for the results · 结果文件夹")]

MaybeOut = Annotated[Path | None, typer.Option("--out", help="Folder for the results · 结果文件夹")]
Sizes = Annotated[Path | None, typer.Option("--sizes", help="summary.json whose sizes to use · 采用该研究摘要中的规模")]

At = Annotated[
    str | None,
    typer.Option("--explain", metavar="MOMENT", help="Explain the interval of 2025-07-01T18:00 · 解释该时段"),
]
Asset = Annotated[
    list[str] | None,
    typer.Option("--asset", help="Explain this asset or connection only; may be repeated · 只解释该资产或并网点"),
]
Off = Annotated[
    bool, typer.Option("--off", help="Plan again with each of them standing still then · 并计算其停用的费用")
]


class Operator(StrEnum):
    """Who runs the studied year: with perfect foresight, by fixed rules, on a forecast, on many, or each of them."""

    PERFECT = "perfect"
    RULE = "rule"
    DETERMINISTIC = "deterministic"
    STOCHASTIC = "stochastic"
    ALL = "all"


Tested = Annotated[
    Path | None,
    typer.Option("--forecast", metavar="FOLDER", help="Backtest of forecasts to tell of · 报告中列出的预测回测文件夹"),
]
Operators = Annotated[Operator, typer.Option("--operator", help="Who runs the year · 全年由谁运行")]


@ends_well
def study(
    park: ParkPath,
    out: Out,
    operator: Operators = Operator.PERFECT,
    forecast: Tested = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> Exit:
    """The main job: size, operate, account, report · 主任务：定容、运行、核算、报告"""
    if operator is not Operator.PERFECT:
        raise InputError([Finding("cli.operator-not-built", "--operator", Operator.PERFECT.value, operator.value)])
    return run_study(park, out, rules, tested=forecast, as_json=as_json)


def run_study(park: Path, out: Path, rules: Rules = None, *, tested: Path | None = None, as_json: bool) -> Exit:
    """The main job, written into `out` in one piece; `tested` is the folder of a backtest that the report tells of."""
    from lingtan.optimize import search_findings
    from lingtan.report import draw, write_workbook
    from lingtan.study import study as study_case
    from lingtan.study import write_study

    case = with_paper_findings(read_park_case(park, rules))
    backtest = None if tested is None else _tested(tested, case)
    with staged(out) as stage, progress("study"):
        result = study_case(case, draw, backtest)
        write_study(result, stage)
        result.report(stage / "report.html")
        write_workbook(result, stage / "results.xlsx")
        write_paper(result, stage)
        (out / "report.pdf").unlink(missing_ok=True)  # an older one would not belong to these figures
    if as_json:
        show_json(result.summary)
    else:
        for line in (*disclosure_lines(case.park), *summary_lines(result.summary)):
            print(line)
        print(CLI_WORDS["study.done"].in_language(language(), report=out / "report.html"))
    tell(search_findings(result.project.plan))
    return _short(result.project.case, result.advice)


def _tested(folder: Path, case: Case) -> ForecastView:
    from lingtan.study.forecast_view import read_backtest

    return read_backtest(folder, case.park.name)


@ends_well
def plan(
    park: ParkPath,
    out: MaybeOut = None,
    rules: Rules = None,
    explain: At = None,
    asset: Asset = None,
    off: Off = False,
    as_json: AsJson = False,
) -> Exit:
    """Decide sizes and schedule, without the accounts · 仅优化规模与调度"""
    from lingtan.study import side

    asked = _asked(explain, asset, off=off)
    case = read_park_case(park, rules)
    with progress("plan"):
        decided = side(case)
    return _show_plan(decided, out, asked, as_json=as_json)


@ends_well
def dispatch(  # noqa: PLR0913, PLR0917  a verb has an argument for each of its options
    park: ParkPath,
    start: Annotated[str, typer.Option(help="First moment on the park's clock, 2025-07-01 00:00 · 起始时刻")],
    hours: Annotated[float, typer.Option(help="Length in hours · 时长（小时）", min=0.25, max=8784)] = 24.0,
    sizes: Sizes = None,
    out: MaybeOut = None,
    rules: Rules = None,
    explain: At = None,
    asset: Asset = None,
    off: Off = False,
    as_json: AsJson = False,
) -> Exit:
    """Schedule a window with fixed sizes · 按已定规模优化一段时间的调度"""
    from lingtan.study import side
    from lingtan.study.window import form_of, read_sizes, window_of

    asked = _asked(explain, asset, off=off)
    case = window_of(read_park_case(park, rules), start, hours, read_sizes(sizes))
    return _show_plan(side(case, form_of(case.grid)), out, asked, as_json=as_json)


@ends_well
def bill(
    park: ParkPath,
    series: Annotated[Path, typer.Option(help="Flows in kW, CSV or Parquet · 功率序列文件（kW）")],
    sizes: Sizes = None,
    out: MaybeOut = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> None:
    """The bill of measured or simulated flows · 按实测或模拟功率计算电费"""
    from lingtan.study.billing import bill_of_file, file_bill_summary
    from lingtan.study.write import write_bill

    billed = bill_of_file(read_park_case(park, rules), series, sizes)
    settled = billed.bill
    tell((*billed.findings, *settled.notes))
    if out is not None:
        with staged(out) as stage:
            write_bill(stage / "bill.csv", settled)
    if as_json:
        show_json(file_bill_summary(billed))
        return
    for name, amount in settled.by_component().items():
        print(f"{name}\t{amount:,.2f} CNY")
    print(f"{_word('sum.total')}\t{settled.total_cny:,.2f} CNY")


def read_park_case(park: Path, rules: Rules) -> Case:
    """The case of a park file; its warnings are told."""
    from lingtan.case import read_case

    with progress("read"):
        case = read_case(park, tuple(rules or ()))
    tell(case.findings)
    return case


class _Asked(NamedTuple):
    """What is to be explained."""

    at: str
    assets: tuple[str, ...]
    off: bool


def _asked(at: str | None, assets: list[str] | None, *, off: bool) -> _Asked | None:
    """What is to be explained, None where nothing is; the other options mean nothing without a moment."""
    if at is not None:
        return _Asked(at, tuple(assets or ()), off)
    alone = ("--asset", bool(assets)), ("--off", off)
    raise_errors(Finding("cli.explain-alone", option) for option, given in alone if given)
    return None


def _show_plan(decided: Side, out: Path | None, asked: _Asked | None, *, as_json: bool) -> Exit:
    from lingtan.optimize import search_findings
    from lingtan.series.write import write_parquet
    from lingtan.study import advice_on, explanation_of, summary_of_side
    from lingtan.study.write import write_json

    explained = None if asked is None else explanation_of(decided, asked.at, asked.assets, off=asked.off)
    with progress("plan"):
        advice = advice_on(decided)
    summary = summary_of_side(decided, advice) | ({} if explained is None else {"explained": explained})
    if out is not None:
        with staged(out) as stage:
            write_json(stage / "summary.json", summary)
            write_parquet(stage / "series.parquet", decided.plan.table)
    if as_json:
        show_json(summary)
    else:
        for line in (*summary_lines(summary), *(() if explained is None else explanation_lines(explained))):
            print(line)
    tell(search_findings(decided.plan))
    return _short(decided.case, advice)


def explanation_lines(explained: Mapping[str, Any]) -> list[str]:
    """An explained interval for a terminal: the value at each bus, each asset, each rule that has a price then."""
    lines = ["", f"{_word('why.title')} {explained['at']}"]
    lines += [f"- {bus['words'][language()]}" for bus in explained["buses"].values()]
    told = [each["words"][language()] for key in ("assets", "rules") for each in explained[key]]
    lines += [f"- {words}" for words in told if words]
    return lines


def disclosure_lines(park: Park) -> tuple[str, str]:
    """What is invented and what is official in a park, in both languages: it is quoted with the figures."""
    return park.disclosure.zh, park.disclosure.en


SMALL = 10.0
"""Sizes below this are told with a decimal: a kilowatt-hour rounded away is nothing."""


def _size_said(name: str, value: float) -> str:
    """A size with its unit; how far something goes, in percent.

    >>> _size_said("power_kw", 12345.6), _size_said("extent_pu", 0.4)
    ('12,346 kW', '40 %')
    >>> _size_said("power_kw", 0.36), _size_said("mass_kg", 7.0)
    ('0.4 kW', '7 kg')
    """
    from lingtan.park.size import UNITS

    if UNITS[name] == "1":
        return f"{100 * value:,.0f} %"
    return (f"{value:,.1f}".removesuffix(".0") if value < SMALL else f"{value:,.0f}") + f" {UNITS[name]}"


def _sizes_said(sizes: Mapping[str, float]) -> str:
    """The sizes of one thing; a store that holds nothing is none, however large its charger may be."""
    if any(value <= NOTICED_KW for value in sizes.values()):
        return _word("sum.not-chosen")
    return ", ".join(_size_said(name, value) for name, value in sizes.items())


def summary_lines(summary: Mapping[str, Any]) -> list[str]:
    """The few figures that a terminal shows."""
    lines = []
    for asset, sizes in summary["sizes"].items():
        lines.append(f"{asset}\t{_sizes_said(sizes)}")
    lines.append(f"{_word('sum.bill')}\t{summary['bill']['total_cny']:,.2f} CNY{_basic_charge(summary)}")
    if summary.get("running", {}).get("total_cny"):
        lines.append(f"{_word('sum.running')}\t{summary['running']['total_cny']:,.2f} CNY")
    if "savings" in summary:
        saved, reference = summary["savings"], summary["reference"]
        lines.append(f"{_word('sum.reference')}\t{reference['cost_cny']:,.0f} CNY\t{reference['emissions_t']:,.0f} t")
        lines.append(f"{_word('sum.savings')}\t{saved['cost_cny']:,.0f} CNY\t{saved['emissions_t']:,.0f} t")
    lines += _indicator_lines(summary["carbon"])
    lines += [_target_line(each) for each in summary["targets"]]
    solver = summary["solver"]
    proof = f"{_word('sum.gap')} {solver['gap']:.1e}\t{_word('sum.solve')} {solver['solve_s']:.1f} s"
    lines.append(f"{_word('sum.certificate')}\t{solver['name']}\t{proof}")
    if "typical" in solver:
        typical = solver["typical"]
        error = f"{_word('sum.typical-error')} {100 * typical['error']:+.2g} %"
        lines.append(f"{_word('sum.typical')}\t{typical['periods']} × {typical['period_days']:g} d\t{error}")
        lines.append(_search_line(typical["search"]))
    if "search" in solver:
        lines.append(_search_line(solver["search"]))
    return lines


def _basic_charge(summary: Mapping[str, Any]) -> str:
    """Beside the bill of a part of a month the basic charge in it, which is that of whole months; nothing for whole months."""
    period, charged = summary["period"], summary["bill"]["by_component"].get("basic_charge", 0.0)
    is_whole = all(period[end][8:16] == "01T00:00" for end in ("start", "end"))
    if is_whole or not charged:
        return ""
    return f"\t{CLI_WORDS['sum.basic-charge'].in_language(language(), amount=f'{charged:,.2f}')}"


def _search_line(search: Mapping[str, Any]) -> str:
    """What is proven about other whole numbers; the gap is always shown."""
    nothing = _word("sum.search-nothing")
    gap = nothing if search["gap"] is None else f"{_word('sum.search-gap')} {100 * search['gap']:.2g} %"
    late = f"\t{_word('sum.out-of-time')} ({search['time_limit_s']:g} s)" if search["out_of_time"] else ""
    return f"{_word('sum.search')}\t{gap}{late}"


def _indicator_lines(carbon: Mapping[str, Any]) -> list[str]:
    """The core indicator beside its threshold, and what is missing to it."""
    if carbon["intensity_t_per_tce"] is None:
        return []
    threshold = carbon["threshold_t_per_tce"]
    limit = _word("sum.no-threshold") if threshold is None else f"{_word('sum.threshold')} {threshold:g} t/tce"
    missing = carbon.get("gap")
    above = "" if missing is None else f"\t{_word('sum.above')} {missing['emissions_t']:,.0f} t"
    return [f"{_word('sum.indicator')}\t{carbon['intensity_t_per_tce']:.4f} t/tce\t{limit}{above}"]


def _target_line(target: Mapping[str, Any]) -> str:
    """A target beside what came out, and the verdict."""
    sign = "≥" if target["sense"] == "at_least" else "≤"
    value = _word("sum.none") if target["value"] is None else _target_figure(target["value"], target["unit"])
    name = TARGET_WORDS[target["name"]].in_language(language())
    verdict = _word(f"sum.target-{target['met']}".lower())
    return f"{name}\t{value}\t{sign} {_target_figure(target['bound'], target['unit'])}\t{verdict}"


def _target_figure(value: float, unit: str) -> str:
    """A figure with its unit, shares in percent; whole from a thousand on, and never with a power of ten.

    >>> _target_figure(20000.4, "t"), _target_figure(54.794, "t"), _target_figure(0.5, "1"), _target_figure(2e-9, "t")
    ('20,000 t', '54.79 t', '50 %', '0 t')
    """
    shown, unit = (100 * value, "%") if unit == "1" else (value, unit)
    decimals = 0 if abs(shown) >= 1000 else 2 if abs(shown) >= 1 else 4
    text = f"{shown:,.{decimals}f}"
    return f"{text.rstrip('0').rstrip('.') if decimals else text} {unit}"


def _word(key: str) -> str:
    return CLI_WORDS[key].in_language(language())


def _short(case: Case, advice: Advice) -> Exit:
    """A need that cannot be met is an answer of its own: diagnosed on standard error, with exit status 3."""
    from lingtan.advise import shortfall_findings

    tell(shortfall_findings(case, advice))
    return Exit.SHORTFALL if advice.shortfalls else Exit.DONE
