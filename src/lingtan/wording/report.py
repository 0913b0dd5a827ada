"""What the report says: headings, sentences, names of figures and of columns."""

from __future__ import annotations

from lingtan.wording import Words

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
    "verdict.open": Words("no verdict", "不作判定"),
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
    "flow.of": Words("{owner}: {flow}", "{owner}:{flow}"),
    "flow.import_kw": Words("bought", "下网电量"),
    "flow.export_kw": Words("fed in", "上网电量"),
    "flow.generation_kw": Words("delivered", "供电量"),
    "flow.load_kw": Words("needed", "用电量"),
}

_HEADINGS: dict[str, Words] = {
    "section.summary": Words("Summary", "摘要"),
    "section.energy": Words("Energy flow", "能量流向"),
    "section.year": Words("The year at a glance", "全年概览"),
    "section.weeks": Words("Typical weeks", "典型周"),
    "section.bill": Words("Cost and bill", "费用与电费"),
    "section.carbon": Words("Carbon and green shares", "碳排放与绿电占比"),
    "section.cash": Words("Cash flow", "现金流"),
    "section.certificate": Words("Certificate of the plan", "求解凭证"),
    "section.foundations": Words("Assumptions, rules and data", "假设、规则与数据"),
    "section.figures": Words("Every figure by its key", "全部数据索引"),
}

_FIRST_PAGE: dict[str, Words] = {
    "title.kind": Words("ZERO-CARBON PARK · PLANNING STUDY", "零碳园区 · 规划研究报告"),
    "title.line": Words("{place} · year {year} in {minutes}-minute steps", "{place} · 研究年 {year},步长 {minutes} 分钟"),
    "decision.build": Words("Build {sizes}.", "建议建设:{sizes}。"),
    "decision.nothing": Words("At these prices nothing is worth building.", "在给定价格下,没有值得建设的项目。"),
    "decision.elect": Words("Elect: {what}.", "建议选择:{what}。"),
    "decision.saves": Words(
        "A year then costs {cost} instead of {reference}.", "年运行费用由 {reference} 降至 {cost}。"
    ),
    "decision.costs": Words(
        "A year then costs {cost}, more than the {reference} without the project.",
        "年运行费用为 {cost},高于无项目时的 {reference}。",
    ),
    "banner.unverified": Words(
        "{count} of the rule records used have not been compared with their documents: {names}",
        "有 {count} 条所用规则记录尚未与原文核对:{names}",
    ),
    "banner.more": Words(" and more.", "等。"),
    "banner.extended": Words(
        "Rules are used beyond their validity under these assumptions: {names}.", "以下假设使规则超出有效期使用:{names}。"
    ),
    "banner.link": Words("Details", "详见"),
    "card.sizes": Words("What the park is made of", "园区配置"),
    "card.savings": Words("Saved a year", "年节约费用"),
    "card.cost": Words("Yearly cost", "年费用"),
    "card.reference": Words("Without the project", "无项目时"),
    "card.worth": Words("Net present value", "净现值"),
    "card.capex": Words("Investment", "总投资"),
    "card.payback": Words("Payback", "静态回收期"),
    "card.import": Words("Bought from the grid", "下网电量"),
    "card.load": Words("Need", "用电需求"),
    "card.delivered": Words("Own supply", "园区供电"),
    "card.shortfall": Words("Not served", "缺供电量"),
    "card.emissions": Words("Emissions a year", "年排放量"),
    "card.avoided": Words("Avoided", "减排量"),
    "card.indicator": Words("Core indicator", "核心指标"),
    "card.threshold": Words("Threshold", "限值"),
    "card.energy_tce": Words("Energy use", "综合能耗"),
    "card.direct": Words("Direct supply, non-fossil", "非化石电力直供占比"),
    "card.clause": Words("asked for in principle: {share} or more", "原则要求:不低于 {share}"),
    "size.decided": Words("decided", "优化确定"),
    "size.given": Words("given", "给定"),
    "size.at_limit": Words("at its upper limit", "已达上限"),
    "elect.basis.capacity": Words("basic charge by transformer capacity", "基本电费按变压器容量计收"),
    "elect.basis.demand": Words("basic charge by maximum demand", "基本电费按最大需量计收"),
}

_ENERGY: dict[str, Words] = {
    "energy.lead": Words(
        "The park needs {used} in the year. Its own plants and direct lines deliver {own}, and {imported} come from the grid.",
        "园区全年用电需求 {used};自有电源与直供专线供电 {own},电网供电 {imported}。",
    ),
    "energy.project.title": Words("With the project", "项目方案"),
    "energy.project.caption": Words(
        "Bands are as wide as their energy. What was curtailed never entered the park and is in neither sum.",
        "带宽与电量成正比。弃电未进入园区,不计入任一合计。",
    ),
    "energy.reference.title": Words("Reference: without the project", "基准方案:无项目"),
    "energy.reference.caption": Words("The same year without the project's assets.", "同一年份,不含项目资产。"),
    "energy.table": Words("Energy account", "电量平衡"),
    "energy.load_kwh": Words("Need", "用电需求"),
    "energy.import_kwh": Words("Bought from the grid", "下网电量"),
    "energy.available": Words("{asset}: available, before curtailment", "{asset}:可发电量(弃电前)"),
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
        "每列为一天,每个像素为 {minutes} 分钟。下网功率最大为 {peak}。",
    ),
    "year.import.title": Words("Power from the grid", "下网功率"),
    "year.import.caption": Words("Import less export at all connections.", "全部并网点下网减上网。"),
    "year.weather.title": Words("Power from sun and wind", "光伏与风电功率"),
    "year.weather.caption": Words("Delivered to the park, after curtailment.", "送入园区的功率(弃电后)。"),
    "weeks.lead": Words(
        "For each season, the whole week (Monday to Sunday) whose mean net load is nearest to the mean of all whole weeks of "
        "that season; a week belongs to the season of its Thursday. Net load is need less generation.",
        "各季节取净负荷周均值最接近该季全部完整周平均水平的一周(周一至周日),按周四归季;净负荷为用电需求减发电。",
    ),
    "weeks.none": Words("The studied period holds no whole week.", "研究时段内没有完整的一周。"),
    "weeks.title": Words("{season}: {first} to {last}", "{season}:{first}至{last}"),
    "weeks.discharge": Words("{asset}, discharging", "{asset}放电"),
    "weeks.charge": Words("{asset}, charging", "{asset}充电"),
    "weeks.tariff": Words("Price of bought energy", "购电电度电价"),
    "weeks.marginal": Words("Value of one more kWh in the plan", "方案中每多用 1 kWh 的边际成本"),
    "week.price": Words("CNY/kWh", "元/kWh"),
    "week.charge": Words("state of charge", "荷电状态"),
    "season.winter": Words("Winter (December to February)", "冬季(12—2月)"),
    "season.spring": Words("Spring (March to May)", "春季(3—5月)"),
    "season.summer": Words("Summer (June to August)", "夏季(6—8月)"),
    "season.autumn": Words("Autumn (September to November)", "秋季(9—11月)"),
}

_BILL: dict[str, Words] = {
    "bill.lead": Words(
        "Electricity from outside is billed at {total}; without the project it would be {reference}.",
        "外购电费合计 {total};无项目时为 {reference}。",
    ),
    "bill.bridge.title": Words("From the cost without the project to the cost with it", "从无项目费用到项目费用"),
    "bill.bridge.caption": Words(
        "Yearly running cost; capital is not in it. Green lowers the cost, red adds to it.",
        "年运行费用,不含投资。绿色为减少,红色为增加。",
    ),
    "bill.from": Words("Without the project", "无项目费用"),
    "bill.to": Words("With the project", "项目费用"),
    "bill.beside": Words("Operation and upkeep", "运行维护费"),
    "bill.components": Words("Bill of the year by component", "全年电费构成"),
    "bill.months": Words("Bill by month and component", "分月电费"),
    "bill.no_month": Words("Year", "全年"),
    "bill.rounding": Words("Each of the {lines} lines is rounded to the cent; in all this added", "{lines} 条明细逐条取整到分,合计影响"),
    "bill.rounding.end": Words(".", "。"),
    "bill.elections": Words("What each way of electing would have cost", "不同计费方式的比较"),
    "bill.elected": Words("elected", "已选"),
    "bill.weighed": Words("Cost weighed", "比较费用"),
    "bill.dearer": Words("Dearer by", "高出"),
    "bill.weighed.note": Words(
        "Each way was planned on its own. The cost weighed is that of the studied year: bill, operation, upkeep, and capital "
        "as an equal yearly amount.",
        "每种方式均单独优化。比较费用为研究年的电费、运行维护费与投资年值之和。",
    ),
    "component.basic_charge": Words("Basic charge", "基本电费"),
    "component.export": Words("Feed-in", "上网电费"),
    "component.contract": Words("Contract: {asset}", "直供合同:{asset}"),
}

_CARBON: dict[str, Words] = {
    "carbon.lead": Words(
        "The park emits {tonnes} of CO2 in the year, against {before} without the project: {intensity} of energy use.",
        "园区年排放 CO2 {tonnes},无项目时为 {before};单位能耗碳排放 {intensity}。",
    ),
    "carbon.view": Words("View", "核算口径"),
    "carbon.boundary": Words("Boundary", "核算边界"),
    "carbon.factor_year": Words("Year of the factor", "因子年份"),
    "carbon.no_year": Words("the document names none", "文件未注明"),
    "carbon.conversion": Words("Electricity to standard coal", "电力折标准煤"),
    "carbon.converted": Words("{mode}, {coal} kgce/kWh", "{mode},{coal} kgce/kWh"),
    "carbon.kind": Words("Electricity", "电力"),
    "carbon.lines": Words("Emissions by kind of electricity", "分类排放量"),
    "carbon.intensity": Words("CO2 per unit of energy use:", "单位能耗碳排放:"),
    "carbon.mark.reference": Words("without the project {value}", "无项目 {value}"),
    "carbon.mark.threshold": Words("threshold {value}", "限值 {value}"),
    "carbon.threshold": Words(
        "For a park that uses {size} a year the threshold is {threshold}.", "年综合能耗 {size} 的园区,限值为 {threshold}。"
    ),
    "carbon.threshold_from": Words(
        "No threshold is defined for a park that uses {size} a year; the first one holds from {first} on. That is not a pass.",
        "年综合能耗 {size} 的园区未规定限值,首档限值自 {first} 起适用;未规定不等于达标。",
    ),
    "carbon.no_threshold": Words(
        "No threshold is defined for a park that uses {size} a year. That is not a pass.",
        "年综合能耗 {size} 的园区未规定限值;未规定不等于达标。",
    ),
    "carbon.clause": Words("{share} asked for in principle:", "原则上不低于 {share}:"),
    "green.table": Words("Green shares", "绿电占比"),
    "green.share": Words("Share", "指标"),
    "green.direct_share": Words("Direct supply", "电力直供占比"),
    "green.direct_share.rule": Words(
        "Annex 4: non-fossil electricity supplied directly, over electricity used", "附件4:直供非化石电量 ÷ 用电量"
    ),
    "green.self_use_of_generation": Words("Self-use of generation", "自发自用占发电量"),
    "green.self_use_of_generation.rule": Words(
        "Direct-supply rules: what of the available generation the park used itself", "绿电直连规则:自用电量 ÷ 可发电量"
    ),
    "green.self_use_of_load": Words("Self-use of the load", "自发自用占用电量"),
    "green.self_use_of_load.rule": Words(
        "Direct-supply rules: what of the load own generation met", "绿电直连规则:自用电量 ÷ 用电量"
    ),
    "green.export_share": Words("Fed in", "上网电量占比"),
    "green.export_share.rule": Words(
        "Direct-supply rules: what of the available generation went to the grid", "绿电直连规则:上网电量 ÷ 可发电量"
    ),
    "green.physical_share": Words("Physically identified", "物理可溯源占比"),
    "green.physical_share.rule": Words("Per factory, by supply contract", "按企业供电合同认定"),
    "green.hourly_matched_share": Words("Matched hour by hour", "逐小时匹配占比"),
    "green.hourly_matched_share.rule": Words("By certificates with hour stamps", "按带小时时标的证书匹配"),
}

_CASH: dict[str, Words] = {
    "cash.lead": Words(
        "{capex} are invested in year 0; the net present value is {npv}, the payback {payback}.",
        "第 0 年投资 {capex},净现值 {npv},静态回收期:{payback}。",
    ),
    "cash.title": Words("Yearly flows and their running sum", "年度现金流与累计现金流"),
    "cash.caption": Words(
        "Years from the investment; amounts fall due at the end of their year. The line is the net flow, added up, not "
        "discounted.",
        "横轴为投资后的年数,款项计于年末;折线为累计净现金流(未折现)。",
    ),
    "cash.table": Words("Cash flow by year", "逐年现金流"),
    "cash.savings_cny": Words("Savings", "节约费用"),
    "cash.residual_cny": Words("Residual value", "残值"),
    "cash.capex_cny": Words("Investment", "投资"),
    "cash.replacement_cny": Words("Renewal", "更新投资"),
    "cash.operation_cny": Words("Upkeep", "运维费"),
    "cash.tax_cny": Words("Income tax", "所得税"),
    "cash.net_cny": Words("Net flow", "净现金流"),
    "cash.discounted_cny": Words("Discounted", "折现值"),
    "cash.cumulative_cny": Words("Added up", "累计"),
    "cash.no_tax": Words("not looked at", "未考虑"),
    "cash.terms": Words(
        "Discount rate {rate}, {years} years of operation, income tax {tax}, straight-line depreciation over {depreciation} "
        "years, residual value {residual}, savings grow by {growth} a year. Financed by equity alone.",
        "折现率 {rate},运营期 {years} 年,所得税率 {tax},直线折旧 {depreciation} 年,残值率 {residual},节约费用年增长率 {growth};"
        "全部为自有资金。",
    ),
    "finance.npv": Words("Net present value", "净现值"),
    "finance.project_irr_pre_tax": Words("Project IRR before tax", "项目税前内部收益率"),
    "finance.project_irr_post_tax": Words("Project IRR after tax", "项目税后内部收益率"),
    "finance.equity_irr": Words("Equity IRR", "资本金内部收益率"),
    "finance.lcoe": Words("Levelized cost of own energy", "自发电平准化度电成本"),
    "finance.discounted_payback": Words("Discounted payback", "动态回收期"),
    "finance.min_dscr": Words("Least debt service cover", "最低偿债备付率"),
    "irr.several": Words("{rates} (several: judge by NPV)", "{rates}(多解,以净现值为准)"),
    "irr.none": Words("none", "不存在"),
    "irr.verdict.unique": Words("The only rate.", "唯一解。"),
    "irr.verdict.several": Words("Several rates.", "多解。"),
    "irr.verdict.none": Words("No rate.", "无解。"),
}

_CERTIFICATE: dict[str, Words] = {
    "certificate.lead": Words(
        "The plan was found by {solver} and checked by our own arithmetic in the unscaled model; writing and solving it took "
        "{seconds} s.",
        "方案由 {solver} 求解,并在未缩放的模型中独立校核;建模与求解共用时 {seconds} 秒。",
    ),
    "certificate.solver": Words("Solver", "求解器"),
    "certificate.status": Words("Status", "求解状态"),
    "certificate.objective": Words("Cost weighed", "目标值"),
    "certificate.build": Words("Time to write the programs", "建模用时"),
    "certificate.solve": Words("Time to solve them", "求解用时"),
    "certificate.table": Words("Residuals and tolerances", "残差与容差"),
    "certificate.residual": Words("Relative residual", "相对残差"),
    "certificate.tolerance": Words("Tolerance", "容差"),
    "certificate.kept": Words("Verdict", "判定"),
    "certificate.primal_residual": Words("Primal: rows and bounds violated by", "原始残差:约束与边界的最大违反"),
    "certificate.dual_residual": Words("Dual: price that no bound explains", "对偶残差:未被边界解释的价格"),
    "certificate.gap": Words("Gap: cost above its proven bound", "间隙:目标值与已证下界之差"),
    "certificate.preference": Words(
        "Objective {objective}, proven bound {bound}. Among equal optima, self-use comes before export and export before "
        "curtailment; this preference weighed {preference}.",
        "目标值 {objective},已证下界 {bound}。多个最优解中优先自用,其次上网,最后弃电;该偏好项为 {preference}。",
    ),
    "operation.operator": Words("Operated with", "运行方式"),
    "operation.perfect": Words("Yearly cost with perfect foresight", "完全预见下的年费用"),
    "operation.regret": Words("Dearer than perfect foresight by", "较完全预见增加"),
    "operator.perfect": Words("perfect foresight", "完全预见"),
    "operator.deterministic": Words("deterministic forecasts", "确定性预测"),
    "operator.stochastic": Words("probabilistic forecasts", "概率预测"),
    "operator.rule": Words("fixed rules", "固定规则"),
}

_FOUNDATIONS: dict[str, Words] = {
    "foundations.lead": Words(
        "The figures rest on {rules} rule records, {unverified} of them not compared with their documents, and on "
        "{assumptions} assumptions. {extended} records are used beyond their validity.",
        "本报告数据依据 {rules} 条规则记录(其中 {unverified} 条未与原文核对)和 {assumptions} 项假设;"
        "{extended} 条记录超出有效期使用。",
    ),
    "foundations.assumptions": Words("Assumptions", "假设"),
    "foundations.what": Words("What", "内容"),
    "foundations.why": Words("Why", "依据"),
    "foundations.confidence": Words("Confidence", "可信度"),
    "foundations.rules": Words("Rule records used", "所用规则记录"),
    "foundations.record": Words("Record", "记录"),
    "foundations.document": Words("Document and source", "文件与来源"),
    "foundations.validity": Words("Valid", "有效期"),
    "foundations.verified": Words("Checked", "核对情况"),
    "foundations.source": Words("Source: {source}", "来源:{source}"),
    "foundations.recorded": Words("written down {day}", "录入于 {day}"),
    "foundations.extended": Words("Used beyond its validity by {name}: {reason}", "按假设 {name} 超出有效期使用:{reason}"),
    "foundations.series": Words("Series and what was done to them", "时间序列及其处理"),
    "foundations.series.name": Words("Series", "序列"),
    "foundations.quality": Words("Where values come from", "数据来源"),
    "foundations.done": Words("What was done", "处理过程"),
    "foundations.untouched": Words("nothing", "未作处理"),
    "confidence.noted": Words("noted", "说明"),
    "confidence.not_built": Words("not built yet", "尚未实现"),
    "quality.measured": Words("measured", "实测"),
    "quality.repaired": Words("repaired", "修补"),
    "quality.mapped": Words("measured on another day", "由其他日期映射"),
    "quality.synthetic": Words("synthetic", "合成"),
    "quality.assumed": Words("assumed", "假设"),
    "quality.missing": Words("missing", "缺失"),
    "figures.lead": Words(
        "Each figure of this report by the name it has in `summary.json`, in canonical units and to the last digit.",
        "本报告各项数据在 `summary.json` 中的键名与原始值(标准单位,全部有效位)。",
    ),
    "colophon": Words(
        "Written by lingtan. Every figure can be walked back to its series and to the dated rule that produced it.",
        "由 lingtan 生成。每一项数据均可追溯至其时间序列和所依据的、注明日期的规则。",
    ),
}

REPORT_WORDS: dict[str, Words] = {
    **_PLAIN,
    **_HEADINGS,
    **_FIRST_PAGE,
    **_ENERGY,
    **_YEAR,
    **_BILL,
    **_CARBON,
    **_CASH,
    **_CERTIFICATE,
    **_FOUNDATIONS,
}
"""Every text of the report by its key."""
