"""Texts of a study: what it assumes, what is not built yet, what it decided."""

from __future__ import annotations

from lingtan.wording import Words

NOT_YET: dict[str, tuple[Words, Words]] = {
    "finance.equity_irr": (
        Words("Equity IRR and debt cover are not computed yet.", "资本金内部收益率与偿债备付率尚未计算。"),
        Words("Loans come with a later version.", "贷款将在后续版本提供。"),
    ),
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
    "bill.adjustments": (
        Words(
            "Power-factor adjustment and load-factor discount are not billed yet.", "力调电费与负荷率折扣尚未计入电费。"
        ),
        Words("They come with the full bill.", "将随完整电费功能提供。"),
    ),
}
"""What an output leaves null or out, and why."""

STUDY_WORDS: dict[str, Words] = {
    "assumed.series": Words("Series '{name}': {note}", "序列“{name}”：{note}"),
    "assumed.series.why": Words("Said by the park file and its reader.", "由园区文件及读取过程给出。"),
    "assumed.rule": Words("{line}", "{line}"),
    "assumed.rule.why": Words("The record is not verified against its document.", "该规则记录尚未与原文核对。"),
    "assumed.extended.why": Words("{reason}", "{reason}"),
    "assumed.year": Words("The studied year stands for every year of the horizon.", "以研究年代表整个评价期的每一年。"),
    "assumed.year.why": Words(
        "Prices, loads and weather of other years are not known.", "其他年份的电价、负荷和天气未知。"
    ),
    "assumed.finding.why": Words("Noticed while the case was read.", "读取算例时发现。"),
}
