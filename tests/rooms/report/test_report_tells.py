"""What a decision rests on and must therefore be told: loan, gap, seasons, ranges, names, and what cannot be compared."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from lingtan.clock import TimeGrid
from lingtan.park.names import Names
from lingtan.report import write_report, write_workbook
from lingtan.report.charts.balance import Balance, Stream
from lingtan.report.sections.carbon import carbon_section
from lingtan.report.sections.cash_flow import cash_flow_section
from lingtan.report.sections.first_page import _titles, first_page
from lingtan.report.sections.foundations import foundations_section
from lingtan.report.sections.weeks import weeks_section
from lingtan.report.typical import QUARTERS, seasons_of, typical_weeks
from lingtan.rulebook import HydroSeasons, Use, shipped
from lingtan.study import Study, study
from lingtan.study.assumptions import assumptions_of
from tests.rooms.report.picture_park import picture_study
from tests.rooms.report.report_samples import sample_study
from tests.small_parks import small_case

TAG = re.compile(r"<[^>]+>")


def english(markup: str) -> str:
    """What an English reader sees."""
    return TAG.sub("", re.sub(r'<(span|tspan) class="zh".*?</\1>', "", markup))


def chinese(markup: str) -> str:
    return TAG.sub("", re.sub(r'<(span|tspan) class="en".*?</\1>', "", markup))


def row(markup: str, first: str) -> list[str]:
    """The cells of the last table row that begins with a text."""
    found = [cells for cells in re.findall(r"<tr>(.*?)</tr>", markup) if english(cells.split("</td>")[0]) == first]
    return [english(cell) for cell in found[-1].split("</td>")[:-1]]


# ------------------------------------------------------------------------------------------------------------ the loan


def test_a_loan_is_told_with_its_terms_and_its_years() -> None:
    """PV 360 MW at 2,850 and 160 MWh at 600 CNY: 1,122 million, 70 % of it lent; eight equal parts after two years.

    Rules out "financed by equity alone" beside an equity rate of return of another kind.
    """
    shown = cash_flow_section(picture_study())
    assert (
        "A bank lends 70.0% of the investment (785 M CNY) at 3.50% a year for 10 years, repaid in equal parts of the "
        "principal, interest alone in the first 2 years; the owners pay the rest." in english(shown)
    )
    assert (
        "贷款为总投资的 70.0%（78,540 万元），年利率 3.50%，期限 10 年，等额本金还款，前 2 年只付息；其余为资本金。"
        in chinese(shown)
    )
    assert "equity alone" not in shown
    assert row(shown, "0")[1:5] == ["785.4", "0", "0", "785.4"]
    assert row(shown, "1")[1:5] == ["0", "27.5", "0", "785.4"]
    assert row(shown, "3")[1:5] == ["0", "27.5", "98.2", "687.2"]
    assert row(shown, "10")[1:5] == ["0", "3.4", "98.2", "0"]
    assert row(shown, "0")[7] == "−336.6"  # 30 % of 1,122
    assert row(shown, "11")[5] == ""  # nothing left to serve, so no cover


def test_the_cover_of_the_table_has_the_least_of_the_summary() -> None:
    study_ = picture_study()
    shown = cash_flow_section(study_)
    covers = [float(cell) for year in range(1, 11) if (cell := row(shown, str(year))[5])]
    assert min(covers) == round(study_.summary["finance"]["min_dscr"], 2)


def test_without_a_loan_equity_pays_alone() -> None:
    shown = cash_flow_section(sample_study())
    assert "Financed by equity alone." in shown
    assert "全部为自有资金。" in shown
    assert "Loan and owners" not in shown


# ------------------------------------------------------------------------------------------------------------- the gap


def test_a_missed_threshold_is_told_with_what_closes_it() -> None:
    """Tonnes above 0.2 t/tce over 0.8325 t/MWh are the certificates, rounded up, at the price last seen of their vintage.

    Rules out a first page that recommends a park and is silent on its failing.
    """
    carbon = picture_study().summary["carbon"]
    above = carbon["emissions_t"] - 0.2 * carbon["energy_tce"]
    count = int(above / 0.8325) + 1
    assert carbon["gap"] == {
        "emissions_t": pytest.approx(above),
        "electricity_kwh": pytest.approx(above / 0.8325e-3),
        "certificates": count,
        "remaining_t": 0.0,
        "cost_low_cny": pytest.approx(count * 5.51),
        "cost_high_cny": pytest.approx(count * 5.51),
    }
    first = first_page(picture_study())
    assert (
        f"The core indicator misses the threshold of 0.200 t/tce by {above:,.0f} t of CO₂ a year. {count:,} green "
        "certificates of a megawatt-hour would close that, for about 3.55 M CNY a year at the last price seen." in first
    )
    assert f"核心指标未达到 0.200 t/tce 的限值，年超出 CO₂ {above:,.0f} t。" in first
    assert f"Above the threshold{above:,.0f} t" in english(first)
    assert f"Certificates of 1 MWh{count:,}" in english(carbon_section(picture_study()))


def test_a_park_without_a_threshold_has_no_gap() -> None:
    """Rules out a gap of zero, which would be read as a threshold that is kept."""
    assert "gap" not in sample_study().summary["carbon"]
    assert "misses the threshold" not in first_page(sample_study())


# --------------------------------------------------------------------------------------------------------- the seasons


def test_a_place_with_a_record_of_its_seasons_shows_wet_normal_and_dry_weeks() -> None:
    """Rules out winter and summer where the river decides."""
    shown = weeks_section(picture_study())
    titles = re.findall(r"<h3>(.*?)</h3>", shown)
    assert [chinese(title).split("：")[0] for title in titles] == [
        "丰水期（6—10月）",
        "平水期（5月、11月）",
        "枯水期（12—4月）",
    ]
    assert [english(title).split(":")[0] for title in titles] == [
        "Wet season (Jun to Oct)",
        "Normal season (May, Nov)",
        "Dry season (Dec to Apr)",
    ]
    assert "not compared with the document" in shown
    assert "Winter (Dec to Feb)" in weeks_section(sample_study())


def test_a_week_in_two_seasons_stands_for_neither() -> None:
    """The week of 28 April 2025 ends in May: with three of its days at the dry level it would stand for the normal season."""
    grid = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    record = next(each for each in shipped().records if isinstance(each, HydroSeasons))
    level = {"wet": 1.0, "flat": 2.0, "dry": 3.0}
    load = 0.0 * grid.hour
    for month in range(1, 13):
        load[grid.month == month] = level[record.months.season_of(month)]
    for week in typical_weeks(grid, load, seasons_of(record)):
        part = load[week.first : week.first + week.steps]
        assert (part.min(), part.max()) == (level[week.season], level[week.season])
    assert seasons_of(None) is QUARTERS


# ------------------------------------------------------------------------------------------- assumptions, names, banners


def test_a_range_stands_with_its_assumption_and_the_charge_at_both_ends() -> None:
    """400 MVA · 0.70 · 8,760 h · 0.06 CNY/kWh = 147.17 million; at 0.65 and 0.75 it is 136.66 and 157.68.

    Rules out a range that is read and never printed, and a stated load rate that no output names.
    """
    shown = foundations_section(picture_study())
    assert "Used as if it had held all year. From 0.65 to 0.75 is as likely." in shown
    assert "按全年适用处理。0.65 至 0.75 之间同样可能。" in shown
    assert (
        "Load rate of the network charge: 0.7, where 0.65 to 0.75 is as likely. At its ends the charge of 147.17 million "
        "CNY would be 136.66 and 157.68 million CNY." in shown
    )


def test_sources_and_reasons_of_shipped_records_are_chinese_in_chinese() -> None:
    """Rules out English cells in the Chinese report: every shipped record says where it comes from in both languages."""
    assert [each.id for each in shipped().records if isinstance(each.source, str)] == []
    assert "来源：官方文本副本，已通读全文" in chinese(foundations_section(picture_study()))


def test_a_name_that_an_asset_was_given_is_used() -> None:
    names = Names(picture_study().project.case.park)
    assert names.asset("hydro") == ("Hydro line", "水电专线")
    assert names.in_sentence("hydro") == ("hydro line", "水电专线")
    assert names.flow("hydro.generation_kw") == ("Hydro line: delivered", "水电专线：供电量")
    assert "四川省宜宾市 · 研究年 2025" in first_page(picture_study())
    assert "Yibin, Sichuan, China · year 2025" in first_page(picture_study())


def test_records_of_a_kind_are_told_apart_in_the_banner() -> None:
    """Two unverified records of one title and no id would read as one said twice."""
    records = [each for each in shipped().records if each.id.startswith("cn.direct-supply-charge.1192.")]
    other = shipped().get("cn.load-factor-discount")
    assert _titles([Use(each) for each in (*records, other)]) == [
        ("network charge of direct supply cn.direct-supply-charge.1192.national",
         "就近消纳项目输配电费 cn.direct-supply-charge.1192.national"),
        ("network charge of direct supply cn.direct-supply-charge.1192.sichuan",
         "就近消纳项目输配电费 cn.direct-supply-charge.1192.sichuan"),
        ("load-factor discount", "需量电价负荷率优惠"),
    ]  # fmt: skip


def short_reference() -> Study:
    """A load of 1,000 kW behind 600 kW of grid: PV serves the rest; without it the reference cannot."""
    case = small_case(
        [500.0, 1000.0],
        {"pv": {"family": "pv", "availability": "sun", "power": 500.0, "capex": 100.0}},
        series={"sun": [0.0, 1.0]},
        connection={"import_limit": 600.0},
        reference={"without": ["pv"]},
    )
    return study(case, write_report)


def test_a_reference_that_cannot_serve_is_told_before_any_figure_against_it() -> None:
    """Rules out savings and a net present value printed plainly against a park that is cut off."""
    shown = first_page(short_reference())
    assert "The reference case cannot serve every need (Load works: 400 kWh are missing in 1 h, at most 400 kW" in shown
    assert "基准方案未能满足全部需求（负荷 works：" in shown
    assert shown.count("No measure: not every need is served") == 2
    assert "A year then costs" not in shown
    assert shown.index("The reference case cannot serve") < shown.index("Net present value</span>")
    assert "No measure" not in first_page(picture_study())


def test_dust_of_a_solver_is_no_band() -> None:
    """0.075 kWh beside 1.6 TWh is rounding: rules out a line that a reader looks for in vain."""
    streams = Stream("hydro", 1.0e9, "#000"), Stream("pv", 0.6e9, "#000")
    balance = Balance(streams, (Stream("need", 1.6e9, "#000"),), (Stream("curtailed", 0.075, "#000"),))
    assert [len(part) for part in balance.drawn] == [2, 1, 0]


# --------------------------------------------------------------------------------------------------------- the workbook


def test_every_account_has_a_sheet_with_bilingual_heads(tmp_path: Path) -> None:
    write_workbook(picture_study(), tmp_path / "results.xlsx")
    book = load_workbook(tmp_path / "results.xlsx", read_only=True)
    heads = {name: [str(cell) for cell in next(iter(book[name].values))] for name in book.sheetnames}
    assert [*heads] == [
        "Summary 摘要",
        "Energy 电量",
        "Bill 电费",
        "Reference bill 基准电费",
        "Running cost 运行费用",
        "Carbon 碳排放",
        "Core indicator and gap 核心指标与缺口",
        "Members 企业碳排放",
        "Green shares 绿电占比",
        "Rules and limits 规则代价与限值",
        "Shortfalls 缺供与补救",
        "Cash flow 现金流",
        "Rules 规则",
        "Assumptions 假设",
    ]
    alone = [(name, head) for name, cells in heads.items() for head in cells if not re.search("[\u4e00-\u9fff]", head)]
    assert alone == []


def test_the_carbon_sheets_add_up(tmp_path: Path) -> None:
    """Rules out a carbon sheet of three lines without their sum, members that are not the park, a gap that is not there."""
    study_ = picture_study()
    write_workbook(study_, tmp_path / "results.xlsx")
    book = load_workbook(tmp_path / "results.xlsx", read_only=True)
    carbon: list[Any] = list(book["Carbon 碳排放"].values)
    whole = study_.summary["carbon"]["emissions_t"]
    assert carbon[-1][0] == "total 合计"
    assert carbon[-1][7] == pytest.approx(whole)
    lines = [line[7] for line in carbon[1:] if line[8] is not None]
    assert sum(lines) == pytest.approx(whole)
    members = list(book["Members 企业碳排放"].values)[1:]
    assert sum(float(str(member[1])) for member in members) == pytest.approx(whole)
    facts = {line[0]: line[1] for line in book["Core indicator and gap 核心指标与缺口"].values}
    assert facts["threshold [t/tce] 限值 [t/tce]"] == 0.2
    assert facts["verdict 判定"] == "not met 未达标"
    assert facts["above the threshold [t] 超出限值 [t]"] == study_.summary["carbon"]["gap"]["emissions_t"]


def test_the_stated_load_rate_is_an_assumption_only_where_the_record_does_not_know_it() -> None:
    study_ = picture_study()
    case = study_.project.case
    assert case.park.direct_supply is not None
    told = [each.what.en for each in assumptions_of(case, study_.project.accounts)]
    assert any("Load rate of the network charge" in line for line in told)
    silent = replace(case, park=case.park.model_copy(update={"direct_supply": None}))
    told = [each.what.en for each in assumptions_of(silent, study_.project.accounts)]
    assert not any("Load rate" in line for line in told)
