"""Texts of the carbon account: sentences of its findings, names of its categories and verdicts."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

CARBON_WORDS: dict[str, Words] = {
    "category.fuel": Words("fuel burnt", "化石能源用作燃料"),
    "category.bunker": Words("international bunkers (counted, listed apart)", "国际航空航海燃料（计入总量，单独列出）"),
    "category.conversion": Words("energy conversion", "能源加工转换"),
    "category.process": Words("industrial processes", "工业生产过程"),
    "category.electricity": Words("electricity, net of what was sent out", "电力净受入"),
    "category.heat": Words("heat, net of what was sent out", "热力净受入"),
    "category.recovered": Words("recovered energy (listed)", "回收能（单独列示）"),
    "category.feedstock": Words("feedstock and material (listed)", "用作原料、材料（单独列示）"),
    "verdict.met": Words("met", "达到"),
    "verdict.missed": Words("missed", "未达到"),
    "verdict.not_defined": Words("not defined", "未作规定"),
    "sum.total": Words("total", "合计"),
    "sum.indicator": Words("CO₂ per unit of energy use", "单位能耗碳排放"),
    "sum.direct": Words("direct supply", "电力直供占比"),
    "sum.physical": Words("physically traced", "物理可溯源占比"),
    "sum.factory": Words("zero-carbon factory", "零碳工厂"),
    "sum.gap": Words("above the threshold; certificates that would close it", "超出限值；达标所需绿证"),
    "park.own": Words("the park itself", "园区自身"),
}

CARBON_FINDINGS: dict[str, Sentence] = {
    "carbon.no-fuel-factor": sentence(
        "no record gives the emission factor of this fuel",
        "没有该燃料的排放因子记录",
        mend_en="Use one of the fuels named, or add a `fuel_factor` record with its source under `rules:`.",
        mend_zh="请改用所列燃料之一，或在 `rules:` 下补充带来源的 `fuel_factor` 记录。",
    ),
    "carbon.fuel-unit": sentence(
        "the record counts this fuel in another unit",
        "规则记录中该燃料以另一单位计量",
        mend_en="Convert the amount by its measured density.",
        mend_zh="请按实测密度换算数量。",
    ),
    "carbon.no-process-factor": sentence(
        "no factor is known for this product, for the annex prints none",
        "没有该产品的过程排放因子，附件未给出数值",
        mend_en="State `factor` and `factor_source`: provincial inventory, verification report or mass balance.",
        mend_zh="请填写 `factor` 与 `factor_source`：省级清单、核查数据或质量平衡法。",
    ),
    "carbon.no-heat-factor": sentence(
        "no record gives the factor of this heat",
        "没有该类热力的排放因子记录",
        mend_en="Add one, or state a measured `factor` with its `factor_source`.",
        mend_zh="请补充记录，或填写实测 `factor` 及其 `factor_source`。",
    ),
    "carbon.no-coal-equivalent": sentence(
        "no record converts this to standard coal",
        "没有折标准煤系数记录",
        mend_en="Add a `coal_equivalent` record under `rules:`.",
        mend_zh="请在 `rules:` 下补充 `coal_equivalent` 记录。",
    ),
    "carbon.part-of-year": sentence(
        "the flows are a part of the studied year, so annual activities and purchases are left out and the indicator is not "
        "that of a year",
        "功率序列只覆盖研究年的一部分，年度活动与绿电采购未计入，指标不代表全年",
        mend_en="Give the flows of the whole calendar year.",
        mend_zh="请提供整个自然年的功率序列。",
    ),
}
