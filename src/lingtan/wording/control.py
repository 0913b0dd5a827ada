"""Sentences of control: why a set-point is what it is, what began or ended, what is wrong with a plan."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

CONTROL_REASONS: dict[str, Words] = {
    "boot": Words("held at its fail-safe until the needed points are good", "必要测点恢复正常前保持安全值"),
    "no-wish": Words("nobody wants anything of it: fail-safe", "无任何请求，保持安全值"),
    "blind": Words("power balance not known: no further than its fail-safe", "功率平衡未知：只允许向安全值靠拢"),
    "distrust": Words("does not show what it was told: held where it is", "未按指令响应：保持现状"),
    "tripped": Words("the device reports a trip", "设备报告跳闸"),
    "soc": Words("state of charge", "荷电状态限制"),
    "rating": Words("its rating", "额定功率限制"),
    "stop": Words("stopped by hand until released", "已人工停运，待解除"),
    "import-limit": Words("keeps the import within the connection's limit", "控制下网功率不超并网点限值"),
    "export-limit": Words("keeps the export within the connection's limit", "控制上网功率不超并网点限值"),
    "demand": Words("keeps the 15-minute demand within its limit", "控制 15 分钟需量不超限值"),
    "plan": Words("follows the plan", "跟随计划"),
    "plan-drift": Words("follows the plan and brings the state of charge back to it", "跟随计划并修正荷电状态偏差"),
    "self-use": Words("uses the park's own surplus", "就地消纳富余电力"),
    "unseen": Words(
        "cannot be seen: left at what it was told, after its lease at its fail-safe",
        "无法观测：保持原指令，租约到期后转为安全值",
    ),
    "ramp": Words("on its way there, so much a second", "按爬坡速率逐步调整"),
    "operator": Words("as the operator ordered", "按操作员指令"),
    "reserve": Words("leaves the reserve in the battery", "保留备用电量"),
    "all-there-is": Words("takes all that is available", "尽发可用电力"),
}
"""Why a set-point is what it is, by the code in `Decision.reason`."""

CONTROL_EVENTS: dict[str, Words] = {
    "control.absent": Words("no reading", "无读数"),
    "control.stale": Words("the reading is stale ({age_s} s)", "读数过期（{age_s} s）"),
    "control.refused": Words("the driver reports a bad reading", "驱动报告读数无效"),
    "control.doubted": Words("the driver doubts the reading", "驱动报告读数可疑"),
    "control.wrong-unit": Words("the unit is {unit}", "单位为 {unit}"),
    "control.not-finite": Words("the reading is not a number", "读数不是有效数字"),
    "control.out-of-range": Words("{value} is out of range", "读数 {value} 超出范围"),
    "control.jump": Words("jumped to {value}", "读数突变至 {value}"),
    "control.frozen": Words("has not moved for {age_s} s", "读数已 {age_s} s 未变化"),
    "control.noisy": Words("swings to and fro by {value}", "读数反复跳动，幅度 {value}"),
    "control.ahead": Words("is stamped {ahead_s} s in the future", "时标超前 {ahead_s} s"),
    "control.clock-back": Words("the controller's clock went back by {back_s} s", "控制器时钟倒退 {back_s} s"),
    "control.balance-open": Words(
        "the meter and the sum of all others differ by {gap_kw} kW", "关口表与各测点之和相差 {gap_kw} kW"
    ),
    "control.blind": Words("its power is not known by any way", "并网点功率无从得知"),
    "control.not-obeyed": Words(
        "was told {told_kw} kW and shows {shown_kw} kW", "指令 {told_kw} kW，实际 {shown_kw} kW"
    ),
    "control.tripped": Words("reports a trip", "报告跳闸"),
    "control.stopped": Words("stopped by {author}", "由 {author} 停运"),
    "control.import-over": Words(
        "import cannot be kept within its limit: {over_kw} kW above", "下网功率无法控制在限值内：超出 {over_kw} kW"
    ),
    "control.export-over": Words(
        "export cannot be kept within its limit: {over_kw} kW above", "上网功率无法控制在限值内：超出 {over_kw} kW"
    ),
    "control.demand-over": Words(
        "the 15-minute demand cannot be kept within its limit: {over_kw} kW above",
        "15 分钟需量无法控制在限值内：超出 {over_kw} kW",
    ),
    "control.warming-up": Words("in its fail-safe; waiting for: {points}", "处于安全状态，等待测点：{points}"),
    "control.running": Words("left the fail-safe", "已退出安全状态"),
    "control.plan-taken": Words("follows the plan {digest}", "开始跟随计划 {digest}"),
    "control.plan-over": Words("no plan covers this moment: local rules", "当前时刻无计划覆盖，转入本地规则"),
    "control.plan-unsealed": Words(
        "the plan does not match its digest and is not followed", "计划与其摘要不符，不予跟随"
    ),
    "control.unknown-asset": Words("a proposal speaks of an asset that is not there", "请求所指资产不存在"),
    "control.ended": Words("over: {code}", "已解除：{code}"),
}
"""What began or ended, by the code of an event."""

CONTROL_NOUNS: dict[str, Words] = {
    "control.absent": Words("missing reading", "无读数"),
    "control.stale": Words("stale reading", "读数过期"),
    "control.refused": Words("bad reading reported by the driver", "驱动报告读数无效"),
    "control.doubted": Words("reading doubted by the driver", "驱动报告读数可疑"),
    "control.wrong-unit": Words("wrong unit", "单位不符"),
    "control.not-finite": Words("reading that is not a number", "读数不是有效数字"),
    "control.out-of-range": Words("reading out of range", "读数超出范围"),
    "control.jump": Words("jump of the reading", "读数突变"),
    "control.frozen": Words("frozen reading", "读数长时间未变化"),
    "control.noisy": Words("noisy reading", "读数反复跳动"),
    "control.ahead": Words("reading stamped in the future", "时标超前"),
    "control.clock-back": Words("controller's clock set back", "控制器时钟倒退"),
    "control.balance-open": Words("meter and sum that differ", "关口表与各测点之和不符"),
    "control.blind": Words("power not known by any way", "功率无从得知"),
    "control.not-obeyed": Words("set-point not followed", "未按指令响应"),
    "control.tripped": Words("trip", "跳闸"),
    "control.stopped": Words("stop by hand", "人工停运"),
    "control.import-over": Words("import above its limit", "下网功率越限"),
    "control.export-over": Words("export above its limit", "上网功率越限"),
    "control.demand-over": Words("15-minute demand above its limit", "15 分钟需量越限"),
    "control.warming-up": Words(
        "held in its fail-safe until the needed points have been good for three ticks",
        "处于安全状态，等待必要测点连续三个周期正常",
    ),
    "control.running": Words("fail-safe left", "已退出安全状态"),
    "control.plan-taken": Words("new plan", "采用新计划"),
    "control.plan-over": Words("no plan for this moment", "当前时刻无计划覆盖"),
    "control.plan-unsealed": Words("plan that does not match its digest", "计划与其摘要不符"),
    "control.unknown-asset": Words("proposal for an asset that is not there", "请求所指资产不存在"),
    "control.ended": Words("end of a fault", "异常已解除"),
}
"""What an event is called: for its end, and where an event does not carry the values of its sentence."""

CONTROL_FINDINGS: dict[str, Sentence] = {
    "control.free-size": sentence(
        "this size is not fixed",
        "该容量未确定",
        mend_en="Give it one value, or run the park with the sizes of a study.",
        mend_zh="请给出确定值，或使用规划结果中的容量运行园区。",
    ),
    "control.not-live": sentence(
        "this family is planned and studied, but not yet run live",
        "该类资产可用于规划与研究，尚不支持实时运行",
        mend_en="Serve a park file without it; what it draws from the electric bus is then part of a load.",
        mend_zh="请用不含该资产的园区文件实时运行，其用电计入负荷。",
    ),
    "control.two-connections": sentence(
        "this bus already has the connection `{first}`, and control does not share a bus between two connections",
        "该母线已有并网点 `{first}`，控制尚不支持同一母线上的多个并网点",
        mend_en="Merge them, or put them on buses of their own.",
        mend_zh="请合并并网点，或将其接到不同母线。",
    ),
    "control.unknown-name": sentence(
        "there is nothing of this name that could be limited",
        "没有该名称的可控对象",
        mend_en="Name a connection, or an asset that can be told something.",
        mend_zh="请填写并网点或可控资产的名称。",
    ),
    "control.plan-time": sentence(
        "the plan does not cover this moment",
        "计划未覆盖当前时刻",
        mend_en="Plan again from now on.",
        mend_zh="请从当前时刻重新计划。",
    ),
    "control.plan-shape": sentence(
        "the plan needs this many whole numbers here",
        "计划此处的整数个数不符",
        mend_en="Hand in every flow of the park for every step.",
        mend_zh="请提供园区每个功率流在每个时段的数值。",
    ),
    "control.plan-negative": sentence(
        "a flow is below zero in {count} steps, worst in step {step}",
        "有 {count} 个时段的功率为负，最严重为第 {step} 段",
        mend_en="Give each direction its own flow.",
        mend_zh="请按方向分别给出功率。",
    ),
    "control.plan-power": sentence(
        "the power exceeds the rating in {count} steps, worst in step {step}",
        "有 {count} 个时段超过额定功率，最严重为第 {step} 段",
        mend_en="The plan is refused; the last good one is followed.",
        mend_zh="该计划不予采用，继续跟随上一份有效计划。",
    ),
    "control.plan-exclusive": sentence(
        "charging and discharging at once in {count} steps, worst in step {step}",
        "有 {count} 个时段同时充放电，最严重为第 {step} 段",
        mend_en="The plan is refused; the last good one is followed.",
        mend_zh="该计划不予采用，继续跟随上一份有效计划。",
    ),
    "control.plan-content": sentence(
        "the content does not follow from the power in {count} steps, worst in step {step}",
        "有 {count} 个时段的电量与功率不符，最严重为第 {step} 段",
        mend_en="The plan is refused; the last good one is followed.",
        mend_zh="该计划不予采用，继续跟随上一份有效计划。",
    ),
    "control.plan-full-empty": sentence(
        "the content leaves the battery's range {count} times, worst at instant {step} (0 is the start)",
        "电量有 {count} 次超出电池范围，最严重为第 {step} 个时刻（0 为起点）",
        mend_en="The plan is refused; the last good one is followed.",
        mend_zh="该计划不予采用，继续跟随上一份有效计划。",
    ),
    "control.plan-connection": sentence(
        "the connection is overloaded in {count} steps, worst in step {step}",
        "有 {count} 个时段并网点越限，最严重为第 {step} 段",
        mend_en="The plan is refused; the last good one is followed.",
        mend_zh="该计划不予采用，继续跟随上一份有效计划。",
    ),
    "control.plan-balance": sentence(
        "power does not balance in {count} steps, worst in step {step}",
        "有 {count} 个时段功率不平衡，最严重为第 {step} 段",
        mend_en="The plan is refused; the last good one is followed.",
        mend_zh="该计划不予采用，继续跟随上一份有效计划。",
    ),
}
