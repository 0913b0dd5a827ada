"""Sentences about money: what is wrong with a project or its flows, and what a rate of return means."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

FINANCE_FINDINGS: dict[str, Sentence] = {
    "finance.not-finite": sentence(
        "a finite number is needed here",
        "此处应为有限数",
        mend_en="Give the amount; a missing amount is not zero.",
        mend_zh="请填写数值；缺失不等于零。",
    ),
    "finance.rate-too-low": sentence(
        "a rate of -100 % or less has no meaning",
        "利率（折现率、增长率）须高于 -100 %",
        mend_en="Give the rate as a fraction, such as 0.07 for 7 %.",
        mend_zh="请以小数填写，例如 7 % 写作 0.07。",
    ),
    "finance.rate-like-percent": sentence(
        "this rate is above 100 % a year",
        "年利率超过 100 %",
        mend_en="If percent were meant, divide by 100: 7 % is 0.07.",
        mend_zh="若填写的是百分数，请除以 100:7 % 应写作 0.07。",
    ),
    "finance.years-out-of-range": sentence(
        "this is not a whole number of years that can be computed with",
        "年数须为允许范围内的整数",
        mend_en="Give whole years.",
        mend_zh="请填写整数年。",
    ),
    "finance.negative": sentence(
        "this cannot be negative",
        "此项不能为负",
        mend_en="Give the amount without its sign: costs are positive here.",
        mend_zh="请填写不带负号的数值：此处成本以正数表示。",
    ),
    "finance.share-out-of-range": sentence(
        "this is not a share of a whole",
        "比例超出允许范围",
        mend_en="Give the share as a fraction, such as 0.05 for 5 %.",
        mend_zh="请以小数填写，例如 5 % 写作 0.05。",
    ),
    "finance.other-period": sentence(
        "the flows do not cover the studied period step by step, so they cannot stand beside the reference case",
        "功率序列与研究期的起止或步长不一致，无法与基准方案比较",
        mend_en="Give the flows of the whole period in its step, or change `period` in the park file.",
        mend_zh="请按研究期的步长给出整个研究期的功率，或修改园区文件的 `period`。",
    ),
    "finance.scheme-or-rate": sentence(
        "income tax needs either a scheme or a rate of your own",
        "所得税须为优惠类别与自定税率之一",
        mend_en="State one of `scheme` and `rate`.",
        mend_zh="请在 `scheme` 与 `rate` 中给出一个。",
    ),
    "finance.name-twice": sentence(
        "two investments share this name",
        "两项投资重名",
        mend_en="Rename one of them.",
        mend_zh="请改名其一。",
    ),
    "finance.loan-beyond-horizon": sentence(
        "the loan runs longer than the appraisal",
        "贷款期限长于评价期",
        mend_en="Shorten the loan, or lengthen the horizon.",
        mend_zh="请缩短贷款期限或延长评价期。",
    ),
    "finance.grace-too-long": sentence(
        "the grace years leave no year to repay in",
        "宽限期内无剩余年份可供还本",
        mend_en="Let the grace end before the term does.",
        mend_zh="请使宽限期短于贷款期限。",
    ),
    "finance.lengths-differ": sentence(
        "the two series do not cover the same years",
        "两组数据的年数不一致",
        mend_en="Give one value for each year, from year 0 on, in both.",
        mend_zh="请使两组数据自第 0 年起逐年对应。",
    ),
    "finance.not-a-series": sentence(
        "a plain list of amounts is needed here, one for each period",
        "此处应为逐期金额的一维列表",
        mend_en="Give the amounts in one row, from period 0 on.",
        mend_zh="请自第 0 期起按顺序给出金额。",
    ),
    "finance.too-many-flows": sentence(
        "the series of flows is too long to search for all its rates",
        "现金流期数过多，无法求出全部内部收益率",
        mend_en="Sum the flows to months or years.",
        mend_zh="请将现金流按月或按年汇总。",
    ),
    "finance.beyond-numbers": sentence(
        "the result is too large for a number",
        "结果超出可表示的数值范围",
        mend_en="Check rates, escalation and years: one of them is far from what a project has.",
        mend_zh="请检查利率、增长率和年数：其中之一远超项目的合理取值。",
    ),
}

FINANCE_WORDS: dict[str, Words] = {
    "sum.reference": Words("reference", "基准方案"),
    "sum.without": Words("without {assets}", "不含 {assets}"),
    "sum.without.nothing": Words("the same assets", "资产相同"),
    "sum.cost": Words("yearly cost", "年运行费用"),
    "sum.savings": Words("savings", "节约"),
    "sum.capex": Words("investment", "投资"),
    "sum.npv": Words("net present value", "净现值"),
    "sum.project_irr_pre_tax": Words("project IRR before tax", "项目税前内部收益率"),
    "sum.project_irr_post_tax": Words("project IRR after tax", "项目税后内部收益率"),
    "sum.equity_irr": Words("equity IRR", "资本金内部收益率"),
    "sum.lcoe": Words("levelized cost of own energy", "自发电平准化度电成本"),
    "sum.payback": Words("payback", "静态投资回收期"),
    "sum.years": Words("{years} years", "{years} 年"),
    "sum.never": Words("never within the horizon", "评价期内不能收回"),
    "sum.absent": Words("not computed", "未计算"),
    "irr.unique": Words("{rates}", "{rates}"),
    "irr.several": Words("{rates} (several: judge by NPV)", "{rates}（多解，以净现值为准）"),
    "irr.none": Words("none", "不存在"),
}
"""What `lingtan finance` prints."""

IRR_REASONS: dict[str, Words] = {
    "no-flows": Words("There are no flows.", "没有现金流。"),
    "all-zero": Words("All flows are zero.", "现金流全部为零。"),
    "one-sign": Words(
        "All flows have the same sign, so no rate can balance them.", "现金流方向始终一致，不存在使净现值为零的收益率。"
    ),
    "never-zero": Words(
        "The flows change sign, but their net present value is zero at no rate.",
        "现金流虽有正有负，但在任何收益率下净现值都不为零。",
    ),
    "one-sign-change": Words(
        "The flows change sign once, so there is exactly one rate.", "现金流只变号一次，内部收益率唯一。"
    ),
    "one-positive": Words(
        "The cumulative flow changes sign once, so exactly one rate is above zero (Norstrøm).",
        "累计现金流只变号一次，大于零的内部收益率唯一（诺斯特罗姆判据）。",
    ),
    "one-found": Words(
        "The flows change sign several times; the search over all rates finds only this one.",
        "现金流多次变号；在全部收益率范围内搜索，仅得此一解。",
    ),
    "several-found": Words(
        "The flows change sign several times, and several rates balance them: judge by net present value instead.",
        "现金流多次变号，存在多个内部收益率：请以净现值评价。",
    ),
}
"""Why an internal rate of return is unique, one of several, or absent; keys are `lingtan.finance.IrrReason`."""
