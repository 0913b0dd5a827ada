"""What the report says about needs that are not served, rules and limits that bind, and their prices."""

from __future__ import annotations

from lingtan.wording import Words

BINDING_WORDS: dict[str, Words] = {
    "section.binding": Words("Shortfalls, rules and limits", "缺供、规则与限值"),
    "banner.shortfall": Words("Not every need is served. {load}: {what}.", "有需求未能满足。{load}：{what}。"),
    "banner.remedy": Words("The cheapest remedy: {changes}; {effect}.", "费用最低的办法：{changes}；{effect}。"),
    "banner.no_remedy": Words("No single limit mends it.", "放宽任何单项限值都不足以解决。"),
    "binding.served": Words("Every need of the park is served in every step;", "园区各项需求在每个时段均得到满足，"),
    "binding.short": Words(
        "The park cannot serve every need; figures of this report leave out what is not served.",
        "园区未能满足全部需求；本报告各项数据不含未供电量。",
    ),
    "binding.none": Words(" there is nothing to mend.", "无需补救。"),
    "binding.no_remedy": Words(
        "Raising any single limit does not mend it; several must be raised, or a plant or a connection added.",
        "放宽任何单项限值都不足以解决；须同时提高多项，或增加电源、并网点。",
    ),
    "binding.needs": Words("Needs that are not served", "未满足的需求"),
    "binding.need": Words("Need", "需求"),
    "binding.missing": Words("Missing", "缺供量"),
    "binding.hours": Words("Hours", "小时数"),
    "binding.most": Words("At most", "最大缺口"),
    "binding.when": Words("When", "时段"),
    "binding.spells": Words("Spells", "段数"),
    "binding.remedies": Words(
        "What would mend it, cheapest first; each was planned again", "补救办法（按费用由低到高，均经重新优化验证）"
    ),
    "binding.change": Words("Cells to change in the park file", "园区文件中须修改的字段"),
    "binding.serves": Words("Serves", "满足的需求"),
    "binding.cost": Words("Cost added in the studied period", "研究期增加费用"),
    "binding.remedies.note": Words(
        "The cost is what the bill, operation and yearly capital then come to, less what they come to now. What the park file "
        "gives no price for, such as building more of a grid connection, is not in it. Whether a roof, a permit or a line "
        "allows the change is not known here.",
        "费用为补救后的电费、运行费与投资年值之和减去目前数额；园区文件未给价格的部分（如并网点扩建）不计在内。"
        "屋顶、批复或线路是否允许，须另行判断。",
    ),
    "binding.rules": Words("Price of each rule", "各项规则的代价"),
    "binding.no_rules": Words("No rule bounds a share of this park.", "没有规则对该园区的比例作出要求。"),
    "binding.required": Words("Required", "要求"),
    "binding.attained": Words("Attained", "实际"),
    "binding.standing": Words("Standing", "状态"),
    "binding.point": Words("Per percentage point", "每个百分点"),
    "binding.mwh": Words("Per MWh", "每 MWh"),
    "binding.no_price": Words("none", "无"),
    "binding.rules.read": Words(
        "How to read it: the price of a rule is what softening it by one percentage point would save in the studied period, "
        "capital as a yearly amount included; a point more would cost at least as much. It is found by planning again with the "
        "softer rule. A rule with room costs nothing, nor does one that binds where something else holds the share in its place.",
        "读法：规则的代价，是将其放宽 1 个百分点后研究期费用（含投资年值）的减少额；要求提高 1 个百分点，费用至少增加同样数额。"
        "该值由放宽规则后重新优化得出。有余量的规则不增加费用；虽恰在界限、但由其他条件决定占比的规则，同样不增加费用。",
    ),
    "binding.standing.binding": Words("binds", "起约束作用"),
    "binding.standing.slack": Words("has room", "有余量"),
    "binding.standing.missed": Words("cannot be kept", "无法满足"),
    "binding.standing.reported": Words("reported only", "仅作报告"),
    "binding.standing.undefined": Words("not defined", "无定义"),
    "binding.limits": Words("Limits that bind", "起约束作用的限值"),
    "binding.no_limits": Words(
        "No limit binds: a wider range of a size or a larger connection would save nothing.",
        "没有起约束作用的限值：放宽任何规模区间或并网限值都不会降低费用。",
    ),
    "binding.limits_untold": Words(
        "While a need or a rule is missed, limits have no price of their own: a kilowatt more would save the penalty that the "
        "plan sets on what is missed.",
        "尚有需求或规则未能满足时，限值没有独立的价格：每增加 1 kW 所节省的是未满足部分的惩罚价。",
    ),
    "binding.limit": Words("Limit", "限值"),
    "binding.full": Words("Hours at the limit", "达到限值的小时数"),
    "binding.saves": Words("One unit more (or less) saves", "每变动 1 个单位可节省"),
}
"""Part of `REPORT_WORDS`."""
