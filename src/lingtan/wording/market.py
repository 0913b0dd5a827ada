"""Sentences about what electricity from outside costs."""

from __future__ import annotations

from lingtan.wording.sentence import Sentence, sentence

MARKET_FINDINGS: dict[str, Sentence] = {
    "market.no-export-price": sentence(
        "what is fed in earns nothing, for no export price is given",
        "未给出上网电价，上网电量不计收入",
        mend_en="Give the connection's `export_price`.",
        mend_zh="请在并网点填写 `export_price`。",
    ),
    "market.demand-margin": sentence(
        "plans leave a share of the import limit free, for a demand meter slides by a minute",
        "需量表按分钟滑动，优化为购电限值留有裕度",
        mend_en="The bill itself is settled on the series as they are.",
        mend_zh="电费仍按序列本身结算。",
    ),
    "market.sliding-demand": sentence(
        "a demand meter that slides sees more than the means of 15-minute blocks",
        "滑动需量表的读数高于15分钟整段平均值",
        mend_en="Give the connection a `demand_margin` of at least the difference.",
        mend_zh="请为并网点填写不小于该差值的 `demand_margin`。",
    ),
    "market.contract-open": sentence(
        "the plan agrees each month's demand with the month before its eyes, which nobody can",
        "合同最大需量由优化逐月确定，优化预知当月负荷，实际无法做到",
        mend_en="State what is agreed to see what it costs.",
        mend_zh="请填写已约定的数值，以计算其实际费用。",
    ),
    "market.contract-unused": sentence(
        "the basic charge does not go by the demand that was agreed",
        "基本电费未按所填合同最大需量计收",
        mend_en="Take `contracted` or `choice` as the `tariff.basis`, or drop the value.",
        mend_zh="请将 `tariff.basis` 设为 `contracted` 或 `choice`，或删去该数值。",
    ),
    "market.contract-below-least": sentence(
        "less demand is agreed than '{rule}' allows for this capacity",
        "合同最大需量低于“{rule}”对该变压器容量规定的下限",
        mend_en="Agree on more, or take another basis.",
        mend_zh="请提高合同最大需量，或改用其他计收方式。",
    ),
    "market.nothing-to-switch": sentence(
        "the basis is fixed, so it does not change from quarter to quarter",
        "计收方式已固定，不会按季变更",
        mend_en="Take `choice` as the `tariff.basis`, or drop `switch_basis`.",
        mend_zh="请将 `tariff.basis` 设为 `choice`，或删去 `switch_basis`。",
    ),
    "market.part-of-month": sentence(
        "a part of the month is billed, with the basic charge of the whole month",
        "所列月份仅含部分时段，基本电费按整月计",
        mend_en="Compare it with no bill of a month; bill whole months to do so.",
        mend_zh="请勿与整月账单比较；如需比较，请按整月计费。",
    ),
    "market.basis-without-price": sentence(
        "the price list has no price for this basis of the basic charge",
        "电价表未给出该基本电费计费方式的价格",
        mend_en="Choose the other basis, or add the price to the record.",
        mend_zh="请改用另一种计费方式，或在规则记录中补充价格。",
    ),
    "market.no-power-factor": sentence(
        "the power-factor adjustment is not billed, for no power factor is given",
        "未给出功率因数，力调电费未计入电费",
        mend_en="Give the connection's `mean_power_factor` to have it settled.",
        mend_zh="请在并网点填写 `mean_power_factor`，以计入力调电费。",
    ),
}
