"""Words of the further kinds of rule records: charges, shares, fuels, prices, subsidies, indicators."""

from __future__ import annotations

from typing import Literal

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

FuelName = Literal[
    "natural_gas",
    "diesel",
    "gasoline",
    "fuel_oil",
    "lpg",
    "anthracite",
    "bituminous",
    "lignite",
    "raw_coal",
    "coke",
    "coke_oven_gas",
    "blast_furnace_gas",
]
ProductName = Literal[
    "clinker",
    "lime",
    "ammonia",
    "methanol",
    "primary_aluminum",
    "crude_steel",
    "ferroalloy",
    "silicon_metal",
    "calcium_carbide",
    "other",
]
IndicatorName = Literal[
    "clean_energy_share",
    "product_energy_quota",
    "solid_waste_utilization",
    "waste_heat_utilization",
    "water_reuse",
]
TechnologyName = Literal["pv", "wind", "hydro", "biomass"]
SeasonName = Literal["dry", "flat", "wet"]
TradedName = Literal["gec", "cea", "ccer"]
ShareName = Literal["self_use_of_generation", "self_use_of_load", "export_share"]
TaxScheme = Literal["standard", "western", "high_tech", "infrastructure"]
FactoryGrade = Literal["core", "entry", "below"]
PhysicalClause = Literal["met", "missed", "not_applicable"]

RULE_KIND_WORDS: dict[str, Words] = {
    "kind.coal_equivalent": Words("standard coal of a fuel", "燃料折标准煤系数"),
    "kind.contracted_demand": Words("contracted demand", "合同最大需量"),
    "kind.direct_supply_charge": Words("network charge of direct supply", "就近消纳项目输配电费"),
    "kind.fuel_factor": Words("emission factor of a fuel", "燃料排放因子"),
    "kind.full_load_hours": Words("typical full-load hours", "典型利用小时数"),
    "kind.guiding_indicator": Words("guiding indicator", "引导性指标"),
    "kind.hydro_seasons": Words("hydrological seasons", "丰平枯水期"),
    "kind.income_tax": Words("income tax", "企业所得税"),
    "kind.interest_subsidy": Words("interest subsidy", "贷款贴息"),
    "kind.legacy_factor": Words("figure in circulation", "流传系数"),
    "kind.load_factor_discount": Words("load-factor discount", "需量电价负荷率优惠"),
    "kind.power_factor_adjustment": Words("power-factor adjustment", "功率因数调整电费"),
    "kind.price_observation": Words("observed price", "成交价格"),
    "kind.process_factor": Words("process emission factor", "工业过程排放因子"),
    "kind.supply_shares": Words("shares of direct supply", "绿电直连电量比例"),
    "kind.zero_carbon_factory": Words("zero-carbon factory", "零碳工厂"),
    "fuel.natural_gas": Words("natural gas", "天然气"),
    "fuel.diesel": Words("diesel", "柴油"),
    "fuel.gasoline": Words("gasoline", "汽油"),
    "fuel.fuel_oil": Words("fuel oil", "燃料油"),
    "fuel.lpg": Words("liquefied petroleum gas", "液化石油气"),
    "fuel.anthracite": Words("anthracite", "无烟煤"),
    "fuel.bituminous": Words("bituminous coal", "烟煤"),
    "fuel.lignite": Words("lignite", "褐煤"),
    "fuel.raw_coal": Words("raw coal", "原煤"),
    "fuel.coke": Words("coke", "焦炭"),
    "fuel.coke_oven_gas": Words("coke-oven gas", "焦炉煤气"),
    "fuel.blast_furnace_gas": Words("blast-furnace gas", "高炉煤气"),
    "fuel.heat": Words("heat", "热力"),
    "product.clinker": Words("cement clinker", "水泥熟料"),
    "product.lime": Words("lime", "石灰"),
    "product.ammonia": Words("synthetic ammonia", "合成氨"),
    "product.methanol": Words("methanol", "甲醇"),
    "product.primary_aluminum": Words("primary aluminum", "电解铝"),
    "product.crude_steel": Words("crude steel", "粗钢"),
    "product.ferroalloy": Words("ferroalloy", "铁合金"),
    "product.silicon_metal": Words("silicon metal", "工业硅"),
    "product.calcium_carbide": Words("calcium carbide", "电石"),
    "product.other": Words("other product", "其他产品"),
    "indicator.clean_energy_share": Words("clean energy consumption share", "清洁能源消费占比"),
    "indicator.product_energy_quota": Words("unit energy use of products made in the park", "园区企业产出产品单位能耗"),
    "indicator.solid_waste_utilization": Words("industrial solid waste utilization", "工业固体废弃物综合利用率"),
    "indicator.waste_heat_utilization": Words("waste heat, cold and pressure utilization", "余热/余冷/余压综合利用率"),
    "indicator.water_reuse": Words("industrial water reuse", "工业用水重复利用率"),
    "technology.pv": Words("photovoltaics", "光伏"),
    "technology.wind": Words("wind power", "风电"),
    "technology.hydro": Words("hydropower", "水电"),
    "technology.biomass": Words("biomass power", "生物质发电"),
    "season.dry": Words("dry season", "枯水期"),
    "season.flat": Words("normal season", "平水期"),
    "season.wet": Words("wet season", "丰水期"),
    "traded.gec": Words("green electricity certificate", "绿证"),
    "traded.cea": Words("carbon emission allowance", "碳排放配额"),
    "traded.ccer": Words("certified voluntary reduction", "国家核证自愿减排量"),
    "share.self_use_of_generation": Words("self-use per available generation", "自发自用电量占可用发电量比例"),
    "share.self_use_of_load": Words("self-use per load", "自发自用电量占总用电量比例"),
    "share.export_share": Words("export per available generation", "上网电量占可用发电量比例"),
    "factory.core": Words("core", "核心要求"),
    "factory.entry": Words("entry", "入门要求"),
    "factory.below": Words("below entry", "未达入门要求"),
    "clause.met": Words("met", "达到"),
    "clause.missed": Words("missed", "未达到"),
    "clause.not_applicable": Words("not applicable", "不适用"),
    "met.yes": Words("met", "满足"),
    "met.no": Words("not met", "不满足"),
}

RULE_KIND_FINDINGS: dict[str, Sentence] = {
    "rulebook.load-rate-unknown": sentence(
        "no average load rate has been published for this place",
        "当地平均负荷率尚未公布",
        mend_en="Ask the grid company, or state one; a figure of the range named is an assumption.",
        mend_zh="请向电网企业查询或自行给出；取所示范围内的数值属于假设。",
    ),
    "rulebook.only-a-range": sentence(
        "the record gives a range and no figure",
        "该记录只给出范围，没有取值",
        mend_en="State the figure that was measured or supplied.",
        mend_zh="请给出实测值或供应方提供的数值。",
    ),
    "rulebook.neither-figure-nor-range": sentence(
        "the record gives neither a figure nor a range",
        "该记录既无取值也无范围",
        mend_en="State a figure, or both ends of a range.",
        mend_zh="请给出取值，或范围的上下限。",
    ),
    "rulebook.observation-without-end": sentence(
        "an observed price needs the last day of what was observed",
        "成交价格必须写明观测的最后一天",
        mend_en="Add `valid_to`; for one day's price it is the same as `valid_from`.",
        mend_zh="请补上 `valid_to`；单日价格与 `valid_from` 相同。",
    ),
    "rulebook.no-observation": sentence(
        "no price had been observed by this day",
        "截至该日没有成交价格",
        mend_en="Add one in a pack, or state a price of your own.",
        mend_zh="请在规则包中补充，或自行给出价格。",
    ),
    "rulebook.steps-not-in-order": sentence(
        "the steps must lead away from the standard, each further than the one before",
        "各档必须由标准值向外依次递进",
        mend_en="Sort them by how far they reach.",
        mend_zh="请按远近顺序排列。",
    ),
    "rulebook.years-not-rising": sentence(
        "the years must rise",
        "年份必须递增",
        mend_en="Sort them, each year once.",
        mend_zh="请按顺序排列，每年一次。",
    ),
    "rulebook.subsidies-exclude-each-other": sentence(
        "one loan may take only one of these subsidies",
        "同一笔贷款只能享受其中一项贴息",
        mend_en="Keep one of them for this loan.",
        mend_zh="请为该笔贷款只保留一项。",
    ),
    "rulebook.negative-principal": sentence(
        "outstanding principal cannot be negative",
        "贷款余额不能为负",
        mend_en="Correct the repayment plan.",
        mend_zh="请更正还款计划。",
    ),
    "rulebook.rate-or-holiday": sentence(
        "a tax record has either a rate or a holiday",
        "所得税记录应为税率或减免期之一",
        mend_en="State `rate`, or both of `exempt_years` and `half_years`.",
        mend_zh="请给出 `rate`，或同时给出 `exempt_years` 与 `half_years`。",
    ),
    "rulebook.grades-not-falling": sentence(
        "the grades must stand once each, the strictest first",
        "各等级只能出现一次，且要求由高到低",
        mend_en="Sort them from the strictest to the mildest.",
        mend_zh="请按要求由高到低排列。",
    ),
    "rulebook.threshold-or-grade": sentence(
        "an indicator has either a least share or a grade",
        "指标应为最低占比或等级之一",
        mend_en="State one of `least` and `grade`.",
        mend_zh="请在 `least` 与 `grade` 中给出一个。",
    ),
    "rulebook.days-do-not-fit": sentence(
        "this needs one value for each day of the grid",
        "此处需要时间网格中每一天各一个值",
        mend_en="Give them in the order of the days, without gaps.",
        mend_zh="请按日期顺序给出，不得缺失。",
    ),
}
