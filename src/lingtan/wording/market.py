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
