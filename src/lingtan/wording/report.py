"""What the report says: headings, sentences, names of figures and of columns.

The texts on money, carbon, certificate and foundations stand in `report_accounts`.
"""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.energy_families import ENERGY_FAMILIES
from lingtan.wording.report_accounts import ACCOUNT_WORDS
from lingtan.wording.report_binding import BINDING_WORDS

MONTHS: tuple[Words, ...] = (
    Words("Jan", "1月"),
    Words("Feb", "2月"),
    Words("Mar", "3月"),
    Words("Apr", "4月"),
    Words("May", "5月"),
    Words("Jun", "6月"),
    Words("Jul", "7月"),
    Words("Aug", "8月"),
    Words("Sep", "9月"),
    Words("Oct", "10月"),
    Words("Nov", "11月"),
    Words("Dec", "12月"),
)

WEEKDAYS: tuple[Words, ...] = (
    Words("Mon", "周一"),
    Words("Tue", "周二"),
    Words("Wed", "周三"),
    Words("Thu", "周四"),
    Words("Fri", "周五"),
    Words("Sat", "周六"),
    Words("Sun", "周日"),
)

_PLAIN: dict[str, Words] = {
    "number.missing": Words("not available yet", "尚未提供"),
    "number.undefined": Words("not defined", "未作规定"),
    "number.never": Words("not within the horizon", "评价期内不能回收"),
    "verdict.met": Words("met", "达标"),
    "verdict.missed": Words("not met", "未达标"),
    "verdict.open": Words("none", "不作判定"),
    "verdict.inside": Words("within", "满足"),
    "verdict.outside": Words("outside", "超出"),
    "column.project": Words("Project", "项目方案"),
    "column.reference": Words("Reference", "基准方案"),
    "column.change": Words("Difference", "差额"),
    "column.total": Words("Total", "合计"),
    "column.rule": Words("Rule", "规则"),
    "column.energy": Words("Energy", "电量"),
    "column.factor": Words("Factor", "排放因子"),
    "column.emissions": Words("Emissions", "排放量"),
    "column.value": Words("Value", "数值"),
    "column.mean": Words("Mean", "均值"),
    "column.peak": Words("Peak", "峰值"),
    "family.load": Words("Load", "负荷"),
    "family.pv": Words("PV", "光伏"),
    "family.wind": Words("Wind", "风电"),
    "family.firm_line": Words("Direct line", "直供专线"),
    "family.battery": Words("Battery", "储能"),
    "family.connection": Words("Grid", "电网"),
    **{f"family.{name}": words for name, words in ENERGY_FAMILIES.items()},
    "flow.of": Words("{owner}: {flow}", "{owner}：{flow}"),
    "flow.import_kw": Words("bought", "下网电量"),
    "flow.export_kw": Words("fed in", "上网电量"),
    "flow.generation_kw": Words("delivered", "供电量"),
    "flow.load_kw": Words("needed", "用电量"),
}

_HEADINGS: dict[str, Words] = {
    "section.summary": Words("Summary", "摘要"),
    "section.forecast": Words("Forecast", "预测"),
    "section.energy": Words("Energy flow", "能量流向"),
    "section.year": Words("The year at a glance", "全年概览"),
    "section.weeks": Words("Typical weeks", "典型周"),
    "section.bill": Words("Cost and bill", "费用与电费"),
    "section.carbon": Words("Carbon and green shares", "碳排放与绿电占比"),
    "section.why": Words("Why", "原因"),
    "section.cash": Words("Cash flow", "现金流"),
    "section.certificate": Words("Certificate of the plan", "求解凭证"),
    "section.foundations": Words("Assumptions, rules and data", "假设、规则与数据"),
    "section.figures": Words("Every figure by its key", "全部数据索引"),
}

_FIRST_PAGE: dict[str, Words] = {
    "title.kind": Words("ZERO-CARBON PARK · PLANNING STUDY", "零碳园区 · 规划研究报告"),
    "title.line": Words(
        "{place} · year {year} in {minutes}-minute steps", "{place} · 研究年 {year}，步长 {minutes} 分钟"
    ),
    "decision.build": Words("Build {sizes}.", "建议建设{sizes}。"),
    "decision.nothing": Words("At these prices nothing is worth building.", "在给定价格下，没有值得建设的项目。"),
    "decision.elect": Words("Elect the {what}.", "建议选择{what}。"),
    "decision.saves": Words(
        "A year then costs {cost} instead of {reference}.", "年运行费用由 {reference}降至 {cost}。"
    ),
    "decision.costs": Words(
        "A year then costs {cost}, more than the {reference} without the project.",
        "年运行费用为 {cost}，高于无项目时的 {reference}。",
    ),
    "banner.unverified": Words(
        "Rules used but not compared with their documents ({count}): {names}.",
        "有 {count} 条所用规则尚未与原文核对：{names}。",
    ),
    "banner.extended": Words("Rules used beyond their validity: {names}.", "超出有效期使用的规则：{names}。"),
    "banner.one_of": Words("{title} {id}", "{title} {id}"),
    "banner.need": Words("{load}: {what}", "{load}：{what}"),
    "banner.reference": Words(
        "The reference case cannot serve every need ({needs}), and its cost leaves out what it does not serve: savings, net "
        "present value, payback and rates of return against it do not measure the project.",
        "基准方案未能满足全部需求（{needs}），其费用不含未供部分；以其为基准的节约额、净现值、回收期和内部收益率不能衡量本项目。",
    ),
    "banner.link": Words("Details", "详见"),
    "card.sizes": Words("What the park is made of", "园区配置"),
    "card.savings": Words("Saved a year", "年节约费用"),
    "card.cost": Words("Yearly cost", "年费用"),
    "card.reference": Words("Reference", "基准方案"),
    "card.worth": Words("Net present value", "净现值"),
    "card.incomparable": Words("No measure: not every need is served", "不可比：有需求未被满足"),
    "card.capex": Words("Investment", "总投资"),
    "card.payback": Words("Payback", "静态回收期"),
    "card.import": Words("Bought from the grid", "下网电量"),
    "card.load": Words("Need", "用电需求"),
    "card.delivered": Words("Own supply", "园区供电"),
    "card.shortfall": Words("Not served", "缺供电量"),
    "card.emissions": Words("CO₂ emitted a year", "CO₂ 年排放量"),
    "card.avoided": Words("Avoided", "减排量"),
    "card.indicator": Words("Core indicator", "核心指标"),
    "card.threshold": Words("Threshold", "限值"),
    "card.energy_tce": Words("Energy use", "综合能耗"),
    "card.direct": Words("Direct supply, non-fossil", "非化石电力直供占比"),
    "card.clause": Words("Asked in principle", "原则要求"),
    "card.at_least": Words("≥ {share}", "≥ {share}"),
    "card.verdict": Words("Verdict", "判定"),
    "size.connection": Words("grid connection", "并网容量"),
    "size.decided": Words("decided", "优化确定"),
    "size.not_chosen": Words("not chosen", "不采用"),
    "size.given": Words("given", "给定"),
    "size.at_limit": Words("at its upper limit", "已达上限"),
    "elect.basis.capacity": Words("Basic charge by transformer capacity", "基本电费按变压器容量计收"),
    "elect.basis.contracted": Words("Basic charge by contracted demand", "基本电费按合同最大需量计收"),
    "elect.basis.switched": Words("Basic charge from January on by {ways}", "基本电费自一月起依次按{ways}计收"),
    "elect.at": Words("{way} {connection}", "{way} {connection}"),
    "basis.capacity": Words("capacity", "变压器容量"),
    "basis.demand": Words("demand", "最大需量"),
    "basis.contracted": Words("contracted demand", "合同最大需量"),
    "elect.network.access": Words("Network charge by access capacity", "输配电费按接入容量计收"),
    "elect.network.full_backup": Words(
        "Network charge per kWh, with the grid as full backup", "输配电费按全部用电量计收（电网全额备用）"
    ),
    "elect.basis.demand": Words("Basic charge by maximum demand", "基本电费按最大需量计收"),
}

_ENERGY: dict[str, Words] = {
    "energy.lead": Words(
        "The park needs {used} in the year. Its own plants and direct lines deliver {own}, and {imported} come from the grid.",
        "园区全年用电需求 {used}；自有电源与直供专线供电 {own}，电网供电 {imported}。",
    ),
    "energy.project.title": Words("With the project", "项目方案"),
    "energy.project.caption": Words(
        "Bands are as wide as their energy. What was curtailed never entered the park and is in neither sum.",
        "带宽与电量成正比。弃电未进入园区，不计入任一合计。",
    ),
    "energy.reference.title": Words("Reference: without the project", "基准方案：无项目"),
    "energy.reference.caption": Words("The same year without the project's assets.", "同一年份，不含项目资产。"),
    "energy.table": Words("Energy account", "电量平衡"),
    "energy.load_kwh": Words("Need", "用电需求"),
    "energy.import_kwh": Words("Bought from the grid", "下网电量"),
    "energy.available": Words("{asset}: available, before curtailment", "{asset}：可发电量（弃电前）"),
    "energy.curtailed_kwh": Words("Curtailed", "弃电量"),
    "energy.export_kwh": Words("Fed into the grid", "上网电量"),
    "energy.losses_kwh": Words("Storage losses", "储能损耗"),
    "energy.shortfall_kwh": Words("Not served", "缺供电量"),
    "flow.in": Words("In", "流入"),
    "flow.out": Words("out", "流出"),
    "flow.unbalanced": Words("unexplained difference", "未平衡差额"),
    "flow.unexplained": Words("Unexplained", "未平衡"),
    "flow.shortfall": Words("Not served", "缺供"),
    "flow.emptied": Words("From stores", "储能净放电"),
    "flow.export": Words("Fed into the grid", "上网"),
    "flow.losses": Words("Storage losses", "储能损耗"),
    "flow.curtailed": Words("{asset}, curtailed", "{asset}弃电"),
}

_YEAR: dict[str, Words] = {
    "year.lead": Words(
        "Each column is a day and each pixel a step of {minutes} minutes. The grid gives at most {peak}.",
        "每列为一天，每个像素为 {minutes} 分钟。下网功率最大为 {peak}。",
    ),
    "year.import.title": Words("Power from the grid", "下网功率"),
    "year.import.caption": Words("Import less export at all connections.", "全部并网点下网减上网。"),
    "year.weather.title": Words("Power from sun and wind", "光伏与风电功率"),
    "year.weather.caption": Words("Delivered to the park, after curtailment.", "送入园区的功率（弃电后）。"),
    "weeks.lead": Words(
        "For each season, the whole week (Monday to Sunday) whose mean net load is nearest to the mean of all whole weeks of "
        "that season; a week in two seasons stands for neither. Net load is need less generation.",
        "各季节取净负荷周均值最接近该季全部完整周平均水平的一周（周一至周日），跨季的周不计入；净负荷为用电需求减发电。",
    ),
    "weeks.none": Words("The studied period holds no whole week.", "研究时段内没有完整的一周。"),
    "weeks.title": Words("{season}: {first} to {last}", "{season}：{first}至{last}"),
    "weeks.discharge": Words("{asset}, discharging", "{asset}放电"),
    "weeks.charge": Words("{asset}, charging", "{asset}充电"),
    "weeks.tariff": Words("Price of bought energy", "购电电度电价"),
    "weeks.marginal": Words("Value of one more kWh in the plan", "方案中每多用 1 kWh 的边际成本"),
    "week.power": Words("power, {unit}", "功率，{unit}"),
    "week.price": Words("price, CNY/kWh", "电价，元/kWh"),
    "week.charge": Words("state of charge", "荷电状态"),
    "weeks.by": Words("Seasons by {rule}: {document}; {checked}.", "季节划分依据 {rule}：{document}；{checked}。"),
    "season.of": Words("{name} ({months})", "{name}（{months}）"),
    "season.winter": Words("Winter", "冬季"),
    "season.spring": Words("Spring", "春季"),
    "season.summer": Words("Summer", "夏季"),
    "season.autumn": Words("Autumn", "秋季"),
    "season.wet": Words("Wet season", "丰水期"),
    "season.flat": Words("Normal season", "平水期"),
    "season.dry": Words("Dry season", "枯水期"),
}

_CARRIERS: dict[str, Words] = {
    "bill.running": Words("Running own plants, beside the bill", "电费以外的运行费用"),
    "rooms.table": Words("Rooms kept warm or cold [°C]", "温控负荷的温度（°C）"),
    "rooms.room": Words("Room", "温控负荷"),
    "rooms.band": Words("comfort band", "舒适温度带"),
    "rooms.lowest": Words("lowest", "最低"),
    "rooms.highest": Words("highest", "最高"),
    "rooms.beyond": Words("hours beyond", "超出时数"),
    "fleets.table": Words("Fleets of electric vehicles", "电动汽车车队"),
    "fleets.charged": Words("charged", "充电"),
    "fleets.given": Words("given back", "回馈"),
    "fleets.driven": Words("driven with", "行驶用电"),
    "fleets.short": Words("missing", "缺供"),
    "fleets.emptiest": Words("least state of charge", "最低荷电状态"),
    "carriers.table": Words("{carrier}: what was given and taken", "{carrier}平衡"),
    "carriers.bus": Words("Bus", "母线"),
    "carriers.asset": Words("Asset", "资产"),
    "carriers.given": Words("given by", "供出"),
    "carriers.taken": Words("taken by", "取用"),
    "carriers.shortfall": Words("not served", "缺供"),
    "carriers.vented": Words("of it vented", "其中排放"),
    "carriers.unused": Words("arose and not used", "产生而未利用"),
    "carrier.heat": Words("Heat", "热力"),
    "carrier.steam": Words("Steam", "蒸汽"),
    "carrier.cooling": Words("Cooling", "供冷"),
    "carrier.hydrogen": Words("Hydrogen", "氢"),
    "carrier.gas": Words("Gas", "燃气"),
    "carrier.byproduct_gas": Words("By-product gas", "副产煤气"),
    "carrier.biomass": Words("Biomass", "生物质"),
    "carrier.material": Words("Materials", "物料"),
    "why.none": Words("This plan comes without prices to explain it by.", "该方案没有可用于解释的价格。"),
    "why.lead": Words(
        "Three intervals that teach most about the plan: what a unit is worth then, what each asset earns and costs, and what "
        "holds it.",
        "三个最有代表性的时段：当时每单位的价值，各资产的收益与成本，以及其所受的限制。",
    ),
    "why.read": Words(
        "Prices are slopes of the plan: right for small changes; one unit more costs at least what they say, one less saves at "
        "most as much.",
        "价格是方案的斜率，对小的变化准确：多一个单位的费用至少如其所示，少一个单位的节约至多如此。",
    ),
    "why.rules.none": Words("No rule has a price of its own in this plan.", "本方案中没有单独计价的规则。"),
    "why.rules": Words("The price of each rule that bounds the plan", "约束方案的各项规则的代价"),
    "why.buses": Words("Value of one unit more:", "每多用一个单位的价值："),
    "why.asset": Words("Asset", "资产"),
    "why.reason": Words("What it does, and why", "行为与原因"),
    "why.moment.dearest": Words("The dearest hour of electricity", "用电边际价值最高的时段"),
    "why.moment.cheapest": Words("The cheapest hour of electricity", "用电边际价值最低的时段"),
    "why.moment.curtailed": Words("The hour of most curtailment", "弃电最多的时段"),
    "why.moment.short": Words("The hour of the largest shortfall", "缺供最大的时段"),
    "why.moment.peak": Words("The hour of the highest import", "下网功率最大的时段"),
}

REPORT_WORDS: dict[str, Words] = {
    **_PLAIN,
    **_HEADINGS,
    **_FIRST_PAGE,
    **_ENERGY,
    **_YEAR,
    **_CARRIERS,
    **ACCOUNT_WORDS,
    **BINDING_WORDS,
}
"""Every text of the report by its key."""
