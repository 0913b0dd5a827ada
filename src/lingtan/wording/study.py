"""Texts of a study: what it assumes, what is not built yet, what it decided."""

from __future__ import annotations

from lingtan.wording import Words

NOT_YET: dict[str, tuple[Words, Words]] = {
    "green.hourly_matched_share": (
        Words("The hourly matched share is not computed yet.", "逐小时匹配的绿电占比尚未计算。"),
        Words("It needs certificates with hour stamps.", "需要带小时时标的证书。"),
    ),
    "operation.regret_share": (
        Words("The operated year has perfect foresight.", "运行年按完全预见计算。"),
        Words(
            "Every step knew the whole year; a real operator will do worse. Forecast-driven operation comes later.",
            "每个时段都已知全年；实际运行会差一些。基于预测的运行将在后续版本提供。",
        ),
    ),
}
"""What an output leaves null or out, and why."""

STUDY_WORDS: dict[str, Words] = {
    "assumed.series": Words("Series '{name}': {note}", "序列“{name}”：{note}"),
    "assumed.series.why": Words("Said by the park file and its reader.", "由园区文件及读取过程给出。"),
    "assumed.rule": Words("{line}", "{line}"),
    "assumed.rule.why": Words("The record is not verified against its document.", "该规则记录尚未与原文核对。"),
    "assumed.extended.why": Words("{reason}", "{reason}"),
    "assumed.later.why": Words(
        "It came into force on {day}; the year {year} is held against it all the same.",
        "该规则自 {day} 起施行；{year} 年仍按其对照。",
    ),
    "assumed.null": Words("`{path}` has no value.", "`{path}` 无值。"),
    "assumed.lcoe": Words(
        "The levelized cost spreads what generators and batteries cost over the energy of the generators; without the batteries it "
        "is {cost} CNY/kWh.",
        "度电成本将电源与储能的费用一并分摊到电源发电量；不计储能为 {cost} 元/kWh。",
    ),
    "assumed.lcoe.why": Words(
        "A battery makes energy worth more, not more of it.", "储能提高电量的价值，而不增加电量。"
    ),
    "assumed.lines": Words(
        "Savings and rates of return count in the contracts of {lines}, which the reference case does not have; the capital holds "
        "no line and no substation.",
        "节约额与收益率计入基准方案所没有的 {lines} 的合同；投资不含专线与变电站。",
    ),
    "assumed.lines.why": Words("The park file gives no cost for them.", "园区文件未给出其造价。"),
    "assumed.needs": Words(
        "Where the size that {needs} needs is smaller than in the reference case, the difference is not counted as saved.",
        "若 {needs} 所需规模小于基准方案，差额不计为节约。",
    ),
    "assumed.needs.why": Words(
        "Both parks serve the same needs, and decide on these sizes each for itself.",
        "两个方案满足相同需求，并各自决定这些规模。",
    ),
    "assumed.metered_needs": Words(
        "The reference case serves {needs} as the park file says, not as metered.",
        "基准方案中 {needs} 的需求取自园区文件，而非计量数据。",
    ),
    "assumed.metered_needs.why": Words(
        "No meter of power sees what was driven, kept warm or produced; where the file is wrong about it, savings are, too.",
        "电表无法反映行驶、室温与产量；当年实际与文件不符时，节约额随之偏差。",
    ),
    "assumed.tax.why": Words(
        "Asked for by `finance.tax`; whether the project is eligible must be confirmed.",
        "由 `finance.tax` 指定；适用资格须另行确认。",
    ),
    "assumed.tax.lapsed": Words(
        "The scheme of income tax ends: from {year} on the standard rate is used.",
        "所得税优惠到期：自 {year} 年起按法定税率计算。",
    ),
    "assumed.tax.lapsed.why": Words("No record extends it.", "没有延续的规则记录。"),
    "assumed.load_rate": Words(
        "Load rate of the network charge: {rate}, where {low} to {high} is as likely. At its ends the charge of {cost} million CNY "
        "would be {least} and {most} million CNY.",
        "输配电费的平均负荷率取 {rate}，{low} 至 {high} 之间同样可能；"
        "取两端时该项费用由 {cost} 百万元变为 {least} 与 {most} 百万元。",
    ),
    "assumed.load_rate.why": Words(
        "The record {rule} does not know the rate; the park file states it.",
        "记录 {rule} 未载明负荷率，由园区文件给出。",
    ),
    "assumed.reference_short": Words(
        "The reference case cannot serve '{load}' in full: {what}.", "基准方案无法完全满足“{load}”：{what}。"
    ),
    "assumed.reference_short.why": Words(
        "Energy that is not served is not billed: against a reference that served it, savings would be larger.",
        "未供电量不计电费；若基准方案能够供足，节约额会更大。",
    ),
    "assumed.relaxed": Words(
        "A part of {plants} may run: least load, starts and ramps count for the part that does.",
        "{plants} 可部分投运：最小负荷、启停和爬坡均按投运部分计。",
    ),
    "assumed.relaxed.why": Words(
        "On or off is decided for up to a week with known sizes (`lingtan dispatch`); over a year the cost is a lower bound.",
        "启停状态仅在规模已定、一周以内的调度（`lingtan dispatch`）中确定；全年费用为下界。",
    ),
    "assumed.one_way": Words(
        "In {steps} steps the plan was held to one direction through a meter or an inverter.",
        "有 {steps} 个时段，优化方案在电表或变流器处被限定为单一方向。",
    ),
    "assumed.one_way.why": Words(
        "Feeding in earned more than drawing cost there, or energy cost less than nothing. Each runs the way of its net flow; "
        "the certificate proves the plan best for these directions, not the directions.",
        "这些时段上网电价高于购电价，或电价为负；各按净流向确定方向，最优性校核以这些方向为前提，并不证明方向本身最优。",
    ),
    "assumed.no_loan": Words(
        "No loan is named: equity IRR and debt cover are left open.", "未给出贷款：资本金内部收益率与偿债备付率从缺。"
    ),
    "assumed.no_loan.why": Words("`finance.loan` of the park file is empty.", "园区文件未填 `finance.loan`。"),
    "assumed.year": Words("The studied year stands for every year of the horizon.", "以研究年代表整个评价期的每一年。"),
    "assumed.year.why": Words(
        "Prices, loads and weather of other years are not known.", "其他年份的电价、负荷和天气未知。"
    ),
    "assumed.bill.why": Words("Noted while the bill was settled.", "电费结算时注明。"),
    "assumed.finding.why": Words("Noticed while the case was read.", "读取算例时发现。"),
}

_NOTHING = Words("There is nothing to divide by.", "分母为零。")
NULL_WHY: dict[str, Words] = {
    "carbon.intensity_t_per_tce": _NOTHING,
    "carbon.threshold_t_per_tce": Words(
        "The document defines no threshold for a park of this energy use.", "文件未对该用能规模的园区规定限值。"
    ),
    "carbon.meets_threshold": Words(
        "Without a threshold, or below the smallest size that is judged, there is no verdict.",
        "无限值，或低于考核的最小用能规模，故无判定。",
    ),
    "carbon.factor_year": Words("The document names no year for its factor.", "文件未载明因子年份。"),
    "green.direct_share": _NOTHING,
    "green.direct_clause_met": _NOTHING,
    "green.self_use_of_generation": _NOTHING,
    "green.self_use_of_load": _NOTHING,
    "green.export_share": _NOTHING,
    "green.physical_share": _NOTHING,
    "finance.project_irr_post_tax": Words("The park file names no income tax.", "园区文件未给出所得税。"),
    "finance.lcoe_cny_per_kwh": Words(
        "No PV, wind or line was bought that delivers energy.", "没有新增并发电的光伏、风电或专线。"
    ),
    "finance.payback_years": Words(
        "Nothing was invested, or it is not paid back within the horizon.", "没有投资，或评价期内未能收回。"
    ),
}
"""Why a figure of a study may be null."""

CASH_FLOW_NOTES: dict[str, Words] = {
    "no_loan": Words(
        "No loan is named, so equity pays everything: equity IRR and debt cover are null.",
        "未给出贷款，全部为自有资金：资本金内部收益率与偿债备付率为空。",
    ),
    "no_vat": Words("VAT is out of scope: give all amounts without it.", "不计增值税，各项金额均按不含税价填写。"),
    "year_0": Words(
        "The whole investment stands in year 0, the end of construction; interest during construction is not counted.",
        "全部投资计于第 0 年（建设期末），不计建设期利息。",
    ),
    "no_tax": Words("Income tax is not looked at.", "未考虑所得税。"),
    "lapsed": Words(
        "The scheme's record ends: from {year} on the standard rate is used.",
        "优惠税率到期，自 {year} 年起按法定税率计算。",
    ),
    "unverified_tax": Words(
        "Tax records are not verified against their documents; eligibility must be confirmed.",
        "所得税规则记录尚未与原文核对，适用资格须另行确认。",
    ),
}
"""What the cash-flow calculator leaves out, or rests on."""
