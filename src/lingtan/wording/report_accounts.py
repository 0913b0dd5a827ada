"""What the report says about accounts: bill, carbon, cash flow, the certificate, and what all of it stands on."""

from __future__ import annotations

from lingtan.wording import Words

_BILL: dict[str, Words] = {
    "bill.lead": Words(
        "Electricity from outside is billed at {total}; without the project it would be {reference}.",
        "外购电费合计 {total}；无项目时为 {reference}。",
    ),
    "bill.bridge.title": Words("From the cost without the project to the cost with it", "从无项目费用到项目费用"),
    "bill.bridge.caption": Words(
        "Yearly running cost; capital is not in it. Green lowers the cost, red adds to it.",
        "年运行费用，不含投资。绿色为减少，红色为增加。",
    ),
    "bill.from": Words("Without the project", "无项目费用"),
    "bill.to": Words("With the project", "项目费用"),
    "bill.beside": Words("Operation and upkeep", "运行维护费"),
    "bill.components": Words("Bill of the year by component", "全年电费构成"),
    "bill.months": Words("Bill by month and component", "分月电费"),
    "bill.no_month": Words("Year", "全年"),
    "bill.rounding": Words(
        "Each of the {lines} lines is rounded to the cent; in all this added", "{lines} 条明细逐条取整到分，合计影响"
    ),
    "bill.rounding.end": Words(".", "。"),
    "bill.elections": Words("What each way of electing would have cost", "不同计费方式的比较"),
    "bill.elected": Words("elected", "已选"),
    "bill.weighed": Words("Cost weighed", "比较费用"),
    "bill.dearer": Words("Dearer by", "高出"),
    "bill.weighed.note": Words(
        "Each way was planned on its own. The cost weighed is that of the studied year: bill, operation, upkeep, and capital "
        "as an equal yearly amount. Load-factor discount and power-factor adjustment "
        "were settled on each way's plan, not planned for.",
        "每种方式均单独优化。比较费用为研究年的电费、运行维护费与投资年值之和；负荷率优惠与力调电费按各方式的优化结果结算，不参与优化。",
    ),
    "component.basic_charge": Words("Basic charge", "基本电费"),
    "component.demand_overrun": Words("Demand beyond the contract", "超合同需量电费"),
    "component.export": Words("Feed-in", "上网电费"),
    "component.network_access": Words("Network charge by access capacity", "输配电费（按接入容量）"),
    "component.load_factor_discount": Words("Load-factor discount", "需量电价负荷率优惠"),
    "component.power_factor_adjustment": Words("Power-factor adjustment", "力调电费"),
    "component.self_use": Words("{component}, on self-use", "{component}（自用电量）"),
    "component.wear": Words("Wear of stores", "储能损耗费用"),
    "component.variable_operation": Words("Running cost", "可变运行费用"),
    "component.starts": Words("Starts", "启停费用"),
    "component.shifting": Words("Shifted load", "负荷平移费用"),
    "component.interruption": Words("Interruptions", "负荷中断补偿"),
    "component.shedding": Words("Shed load", "负荷削减补偿"),
    "component.recycling": Words("Recycling, net", "循环利用净费用"),
    "component.fuel": Words("Fuels and materials", "燃料与物料"),
    "component.venting": Words("Venting", "排放费用"),
    "component.sales": Words("Sales", "产品销售收入"),
    "component.shortfall": Words("Price of what is not served: {asset}", "缺供计价：{asset}"),
    "component.contract": Words("Contract: {asset}", "直供合同：{asset}"),
}

_CARBON: dict[str, Words] = {
    "carbon.lead": Words(
        "The park emits {tonnes} of CO₂ in the year, against {before} without the project: {intensity} of energy use.",
        "园区年排放 CO₂ {tonnes}，无项目时为 {before}；单位能耗碳排放 {intensity}。",
    ),
    "carbon.view": Words("View", "核算口径"),
    "carbon.boundary": Words("Boundary", "核算边界"),
    "carbon.factor_year": Words("Year of the factor", "因子年份"),
    "carbon.no_year": Words("the document names none", "文件未注明"),
    "carbon.conversion": Words("Electricity to standard coal", "电力折标准煤"),
    "carbon.converted": Words("{mode}, {coal} kgce/kWh", "{mode}，每千瓦时折 {coal} kgce"),
    "carbon.kind": Words("Electricity", "电力"),
    "carbon.lines": Words("Emissions by kind of electricity", "分类排放量"),
    "carbon.sent_out": Words("Sent out", "送出电力"),
    "carbon.categories": Words("Emissions by source", "分来源排放量"),
    "carbon.category": Words("Source", "来源"),
    "carbon.range": Words("Indicator over the range of the conversion", "折标系数范围内的指标"),
    "carbon.between": Words("{low} to {high}", "{low} 至 {high}"),
    "carbon.limit": Words("Uncovered electricity that the threshold allows", "限值允许的未覆盖用电占比"),
    "carbon.intensity": Words("CO₂ per unit of energy use:", "单位能耗碳排放："),
    "carbon.mark.reference": Words("without the project {value}", "无项目 {value}"),
    "carbon.mark.threshold": Words("threshold {value}", "限值 {value}"),
    "carbon.threshold": Words(
        "For a park that uses {size} a year the threshold is {threshold}.",
        "年综合能耗 {size} 的园区，限值为 {threshold}。",
    ),
    "carbon.threshold_from": Words(
        "No threshold is defined for a park that uses {size} a year; the first one holds from {first} on. That is not a pass.",
        "年综合能耗 {size} 的园区未规定限值，首档限值自 {first} 起适用；未规定不等于达标。",
    ),
    "carbon.no_threshold": Words(
        "No threshold is defined for a park that uses {size} a year. That is not a pass.",
        "年综合能耗 {size} 的园区未规定限值；未规定不等于达标。",
    ),
    "gap.title": Words("What is missing to the threshold", "与限值的差距"),
    "gap.missed": Words(
        "The core indicator misses the threshold of {threshold} by {tonnes} of CO₂ a year.",
        "核心指标未达到 {threshold} 的限值，年超出 CO₂ {tonnes}。",
    ),
    "gap.closed": Words(
        "{count} green certificates of a megawatt-hour, or as much green trade, would close that.",
        "补足需绿证 {count} 张（每张 1 MWh）或等量绿电交易。",
    ),
    "gap.closed_at": Words(
        "{count} green certificates of a megawatt-hour would close that, for about {cost} a year at the last price seen.",
        "补足需绿证 {count} 张（每张 1 MWh），按最近所见价格每年约 {cost}。",
    ),
    "gap.remains": Words(
        "Were all its grid electricity covered by certificates, {tonnes} would still be above it.",
        "即使全部下网电量由绿证覆盖，仍超出 {tonnes}。",
    ),
    "gap.emissions_t": Words("Above the threshold", "超出限值"),
    "gap.electricity_kwh": Words("Grid electricity to cover", "须覆盖的下网电量"),
    "gap.certificates": Words("Certificates of 1 MWh", "所需绿证（张，每张 1 MWh）"),
    "gap.cost_low_cny": Words("Their cost a year, at least", "年费用（低）"),
    "gap.cost_high_cny": Words("Their cost a year, at most", "年费用（高）"),
    "gap.remaining_t": Words("Above it when all grid electricity is covered", "全部下网电量覆盖后仍超出"),
    "gap.price": Words("Price as observed: {rule} ({span}).", "价格依据：{rule}（{span}）。"),
    "carbon.clause": Words("{share} asked for in principle:", "原则上不低于 {share}："),
    "green.table": Words("Green shares", "绿电占比"),
    "green.share": Words("Share", "指标"),
    "factory.table": Words("Members as zero-carbon factories", "各企业对照零碳工厂要求"),
    "factory.member": Words("Member", "企业"),
    "factory.intensity": Words("CO₂ per energy use", "单位能耗碳排放"),
    "factory.share": Words("Non-fossil share of energy use", "非化石能源占比"),
    "factory.grade": Words("Grade", "等级"),
    "factory.physical": Words("Physically identified", "物理可溯源占比"),
    "factory.clause": Words("Asked: {share} above {energy} a year", "要求：年用电超过 {energy} 的，不低于 {share}"),
    "factory.note": Words(
        "Criteria of {rule}, in force from {day}: {grades}. Green trade and certificates count in the non-fossil share "
        "and never in the physical one.",
        "依据 {rule}（自 {day} 起施行）：{grades}。绿电交易与绿证计入非化石能源占比，不计入物理可溯源占比。",
    ),
    "factory.grade.asks": Words("{grade} ≤ {intensity} and ≥ {share}", "{grade} ≤ {intensity} 且 ≥ {share}"),
    "green.rules": Words("Shares that direct supply must keep", "绿电直连须满足的比例"),
    "green.counted": Words(
        "Only {sources} fill these shares; what else supplies the park, such as firm hydropower, counts before them.",
        "仅{sources}计入上述比例；水电专线等其他供电不计入，且先于上述电源计为供电。",
    ),
    "green.bound": Words("Bound", "要求"),
    "green.share.self_use_of_generation": Words("Self-use of generation", "自发自用占发电量"),
    "green.share.self_use_of_load": Words("Self-use of the load", "自发自用占用电量"),
    "green.share.export": Words("Fed in", "上网电量占比"),
    "green.direct_share": Words("Direct supply", "电力直供占比"),
    "green.direct_share.rule": Words(
        "Annex 4: non-fossil electricity supplied directly, over electricity used", "附件4：直供非化石电量 ÷ 用电量"
    ),
    "green.self_use_of_generation": Words("Self-use of generation", "自发自用占发电量"),
    "green.self_use_of_generation.rule": Words(
        "Direct-supply rules: self-use over available generation, of the sources that the rule counts; of all own generation where "
        "no rule binds the park",
        "绿电直连规则：自用电量 ÷ 可发电量，按规则计入的电源；无规则约束时为全部自有电源",
    ),
    "green.self_use_of_load": Words("Self-use of the load", "自发自用占用电量"),
    "green.self_use_of_load.rule": Words(
        "Direct-supply rules: self-use of the same sources over the load that was served",
        "绿电直连规则：同口径自用电量 ÷ 用电量",
    ),
    "green.export_share": Words("Fed in", "上网电量占比"),
    "green.export_share.rule": Words(
        "Direct-supply rules: feed-in over available generation of the same sources",
        "绿电直连规则：上网电量 ÷ 同口径可发电量",
    ),
    "green.physical_share": Words("Physically identified", "物理可溯源占比"),
    "green.physical_share.rule": Words(
        "Zero-carbon factory: what traces, interval by interval, to non-fossil plants and direct lines; "
        "green trade and certificates left out",
        "零碳工厂：逐时段可物理溯源的非化石电量 ÷ 用电量，不含绿电交易与绿证",
    ),
    "green.hourly_matched_share": Words("Matched hour by hour", "逐小时匹配占比"),
    "green.hourly_matched_share.rule": Words("By certificates with hour stamps", "按带小时时标的证书匹配"),
}

_CASH: dict[str, Words] = {
    "cash.lead": Words(
        "{capex} are invested in year 0; the net present value is {npv}, the payback {payback}.",
        "第 0 年投资 {capex}，净现值 {npv}，静态回收期：{payback}。",
    ),
    "cash.reference": Words(
        "Reference: the park without {assets}, which costs {reference} a year; the project saves {savings} of it.",
        "基准方案：不含{assets}的园区，年运行费用 {reference}；项目年节约 {savings}。",
    ),
    "cash.reference.served": Words("It serves every need.", "该方案满足全部需求。"),
    "cash.reference.short": Words(
        "It leaves {energy} unserved, which nobody bills: the figures below do not compare like with like.",
        "该方案有 {energy} 未供，未供部分不计电费：以下指标并非同口径比较。",
    ),
    "cash.reference.nothing": Words("the project", "本项目"),
    "cash.title": Words("Yearly flows and their running sum", "年度现金流与累计现金流"),
    "cash.caption": Words(
        "Years from the investment; amounts fall due at the end of their year. The line is the net flow, added up, not "
        "discounted.",
        "横轴为投资后的年数，款项计于年末；折线为累计净现金流（未折现）。",
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
    "cash.between": Words("{low} to {high} by year", "逐年 {low} 至 {high}"),
    "cash.no_tax": Words("not looked at", "未考虑"),
    "cash.terms": Words(
        "Discount rate {rate}, {years} years of operation, income tax {tax}, straight-line depreciation over {depreciation} "
        "years, residual value {residual}, savings grow by {growth} a year.",
        "折现率 {rate}，运营期 {years} 年，所得税率 {tax}，直线折旧 {depreciation} 年，残值率 {residual}，"
        "节约费用年增长率 {growth}。",
    ),
    "cash.equity_alone": Words("Financed by equity alone.", "全部为自有资金。"),
    "cash.loan": Words(
        "A bank lends {share} of the investment ({amount}) at {rate} a year for {years} years, repaid {repayment}{grace}; the "
        "owners pay the rest. Net present value, payback and project IRR are those of the whole investment, before the loan.",
        "贷款为总投资的 {share}（{amount}），年利率 {rate}，期限 {years} 年，{repayment}{grace}；其余为资本金。"
        "净现值、回收期和项目内部收益率按全部投资计算（不含贷款）。",
    ),
    "cash.repayment.equal_principal": Words("in equal parts of the principal", "等额本金还款"),
    "cash.repayment.annuity": Words("in equal yearly payments", "等额本息还款"),
    "cash.grace": Words(", interest alone in the first {years} years", "，前 {years} 年只付息"),
    "cash.owners": Words("Loan and owners' flow by year", "贷款与资本金逐年现金流"),
    "cash.owners.note": Words(
        "Debt service cover is the cash flow after tax and renewals over interest and principal. Tax is lower than in the table "
        "above where interest is a cost. The equity IRR is that of the last column.",
        "偿债备付率为税后、扣除更新投资的现金流与当年还本付息之比；利息计入成本，所得税低于上表。资本金内部收益率按最后一列计算。",
    ),
    "cash.drawn_cny": Words("Drawn", "提款"),
    "cash.interest_cny": Words("Interest", "付息"),
    "cash.principal_cny": Words("Principal", "还本"),
    "cash.outstanding_cny": Words("Still owed", "贷款余额"),
    "cash.service_cover": Words("Service cover", "偿债备付率"),
    "cash.equity_tax_cny": Words("Income tax", "所得税"),
    "cash.equity_cny": Words("Owners' flow", "资本金净现金流"),
    "finance.npv": Words("Net present value", "净现值"),
    "finance.project_irr_pre_tax": Words("Project IRR before tax", "项目税前内部收益率"),
    "finance.project_irr_post_tax": Words("Project IRR after tax", "项目税后内部收益率"),
    "finance.equity_irr": Words("Equity IRR", "资本金内部收益率"),
    "finance.lcoe": Words("Levelized cost of own energy", "自发电平准化度电成本"),
    "finance.discounted_payback": Words("Discounted payback", "动态回收期"),
    "finance.min_dscr": Words("Least debt service cover", "最低偿债备付率"),
    "irr.several": Words("{rates} (several: judge by NPV)", "{rates}（多解，以净现值为准）"),
    "irr.none": Words("none", "不存在"),
    "irr.verdict.unique": Words("The only rate.", "唯一解。"),
    "irr.verdict.several": Words("Several rates.", "多解。"),
    "irr.verdict.none": Words("No rate.", "无解。"),
}

_CERTIFICATE: dict[str, Words] = {
    "certificate.lead": Words(
        "The plan was found by {solver} and checked by our own arithmetic in the unscaled model; writing and solving "
        "all programs took {seconds} s of computing, some of it side by side.",
        "方案由 {solver} 求解，并在未缩放的模型中独立校核；全部程序的建模与求解共用计算时间 {seconds} 秒（部分并行）。",
    ),
    "certificate.solver": Words("Solver", "求解器"),
    "certificate.status": Words("Status", "求解状态"),
    "certificate.objective": Words("Cost weighed", "目标值"),
    "certificate.penalty": Words("Of it penalties, which nobody bills", "其中惩罚项（不计入电费）"),
    "certificate.build": Words("Time to write the programs", "建模用时（合计）"),
    "certificate.solve": Words("Time to solve them, on the clock", "求解用时（实际耗时）"),
    "certificate.table": Words("Residuals and tolerances", "残差与容差"),
    "certificate.residual": Words("Relative residual", "相对残差"),
    "certificate.tolerance": Words("Tolerance", "容差"),
    "certificate.kept": Words("Verdict", "判定"),
    "certificate.primal_residual": Words("Primal: rows and bounds violated by", "原始残差：约束与边界的最大违反"),
    "certificate.dual_residual": Words("Dual: price that no bound explains", "对偶残差：未被边界解释的价格"),
    "certificate.gap": Words("Gap: cost above its proven bound", "间隙：目标值与已证下界之差"),
    "certificate.typical_periods": Words(
        "Typical periods that whole numbers were decided on", "整数决策所用典型时段数"
    ),
    "certificate.typical_days": Words("Days in each of them", "每个典型时段天数"),
    "certificate.typical_objective": Words("Cost by the typical periods", "按典型时段的费用"),
    "certificate.typical_penalty": Words("Of it penalties, which nobody bills", "其中惩罚项（不计入电费）"),
    "certificate.typical_error": Words(
        "Off the cost of the whole year, penalties apart in both, by", "与全年费用的偏差（两者均不含惩罚项）"
    ),
    "certificate.typical_solve": Words("Time to decide on them", "典型时段求解用时"),
    "certificate.search_gap": Words("Other whole numbers would save at most", "其他整数方案最多可再节省"),
    "certificate.search_bound": Words("Cost that no whole numbers are below", "整数方案费用的已证下界"),
    "certificate.search_nodes": Words("Cases searched", "已搜索节点数"),
    "certificate.search_asked": Words("Search asked to end at", "搜索目标间隙"),
    "certificate.search_limit": Words("Search allowed to take", "搜索时限"),
    "certificate.search_out_of_time": Words("How the search ended", "搜索结束方式"),
    "status.in_time": Words("within its time", "时限内完成"),
    "certificate.search_nothing": Words("nothing is proven", "尚无证明"),
    "status.solved": Words("solved", "已求解"),
    "status.out_of_time": Words(
        "out of time: the best answer found, with its gap", "到达时限：取已找到的最优解，并给出间隙"
    ),
    "certificate.preference": Words(
        "Objective {objective}, proven bound {bound}. Among equal optima, self-use comes before export and export before "
        "curtailment; this preference weighed {preference}.",
        "目标值 {objective}，已证下界 {bound}。多个最优解中优先自用，其次上网，最后弃电；该偏好项为 {preference}。",
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
        "Rule records used: {rules}; not compared with their documents: {unverified}; used beyond their validity: {extended}. "
        "Assumptions: {assumptions}.",
        "所用规则记录 {rules} 条，其中未与原文核对 {unverified} 条，超出有效期使用 {extended} 条；假设 {assumptions} 项。",
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
    "foundations.source": Words("Source: {source}", "来源：{source}"),
    "foundations.recorded": Words("written down {day}", "录入于 {day}"),
    "foundations.extended": Words(
        "Used beyond its validity by {name}: {reason}", "按假设 {name} 超出有效期使用：{reason}"
    ),
    "foundations.series": Words("Series and what was done to them", "时间序列及其处理"),
    "foundations.series.name": Words("Series", "序列"),
    "foundations.quality": Words("Where values come from", "数据来源"),
    "foundations.done": Words("What was done", "处理过程"),
    "foundations.part": Words("{kind} {share}", "{kind} {share}"),
    "foundations.of_all": Words("All series alike:", "各序列共同的处理："),
    "foundations.folded": Words(
        "{count} more: what was done to the series, as in their table below",
        "另有 {count} 项：序列处理说明，与下方序列表一致",
    ),
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
        "Each figure of this report by the name it has in summary.json, in canonical units and to the last digit.",
        "本报告各项数据在 summary.json 中的键名与原始值（标准单位，全部有效位）。",
    ),
    "colophon": Words(
        "Written by lingtan. Every figure can be walked back to its series and to the dated rule that produced it.",
        "由 lingtan 生成。每一项数据均可追溯至其时间序列和所依据的、注明日期的规则。",
    ),
}

ACCOUNT_WORDS: dict[str, Words] = {**_BILL, **_CARBON, **_CASH, **_CERTIFICATE, **_FOUNDATIONS}
"""Part of `REPORT_WORDS`."""
