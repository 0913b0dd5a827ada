"""Why a plan does what it does, in words: sentences of explanations, and what limits are called."""

from __future__ import annotations

from lingtan.wording import Words

EXPLAIN_WORDS: dict[str, Words] = {
    "why.does": Words("At {at} {asset} {does}.", "{at}，{asset}：{does}。"),
    "why.gives": Words("gives {amounts}", "供出 {amounts}"),
    "why.takes": Words("takes {amounts}", "取用 {amounts}"),
    "why.stores": Words("takes {amounts} into its store", "取用 {amounts} 储存"),
    "why.empties": Words("gives {amounts} out of its store", "从储存中供出 {amounts}"),
    "why.and": Words("{one} and {other}", "{one}，同时{other}"),
    "why.rests": Words("stands still", "不运行"),
    "why.leaves": Words("leaves {amounts} unused", "弃用 {amounts}"),
    "why.cut": Words("goes without {amounts}", "缺供 {amounts}"),
    "why.at": Words("{amount} at {bus}", "{bus} {amount}"),
    "why.needs": Words(
        "{flow} {amount} at {at}, as given.",
        "{at}，{flow} {amount}（给定）。",
    ),
    "why.flows": Words("At {at} {asset}: {amounts}.", "{at}，{asset}：{amounts}。"),
    "why.flow": Words("{flow} {amount}", "{flow} {amount}"),
    "why.value": Words("One {unit} is worth {price} at {bus}.", "{bus} 处 1 {unit} 的价值为 {price}。"),
    "why.value.nothing": Words("One {unit} is worth nothing at {bus}.", "{bus} 处 1 {unit} 的价值为零。"),
    "why.brings.nothing": Words("One {unit} {way} is worth nothing", "每{way} 1 {unit}，价值为零"),
    "why.brings": Words("One {unit} {way} is worth {value}", "每{way} 1 {unit}，价值 {value}"),
    "why.way.given": Words("given", "供出"),
    "why.way.cut": Words("gone without", "缺供"),
    "why.way.left": Words("got rid of", "弃置"),
    "why.way.taken": Words("taken", "取用"),
    "why.costs": Words("{brings}, and costs {cost}: {parts}.", "{brings}；成本 {cost}：{parts}。"),
    "why.costless": Words("{brings}, and costs nothing.", "{brings}；没有成本。"),
    "why.worth.bus": Words("{price} at {bus}", "{bus} 处 {price}"),
    "why.worth.bus-of": Words("{price} for {amount} at {bus}", "{bus} 处 {amount} 计 {price}"),
    "why.worth.stored-spared": Words("{price} that keeping it would have cost", "免于留存而省去 {price}"),
    "why.cost.stored-kept": Words("{price} that keeping it costs", "留存所带来的费用 {price}"),
    "why.worth.stored": Words("{price} kept for later", "留待以后使用值 {price}"),
    "why.worth.stored-until": Words(
        "{price} kept for later (taken out from {turn} on)", "留待以后使用值 {price}（{turn} 起放出）"
    ),
    "why.worth.stored-next-round": Words(
        "{price} kept for later (taken out from {turn} on in the next round, for the plan ends as it begins)",
        "留待以后使用值 {price}（方案首尾相接，下一轮 {turn} 起放出）",
    ),
    "why.worth.term": Words("{price} of {name}", "{name} {price}"),
    "why.worth.rule": Words("{price} by the rule {name}", "规则“{name}”带来 {price}"),
    "why.worth.limit": Words("{price} for {name}", "{name}带来 {price}"),
    "why.worth.moved": Words(
        "{price} that taking it at another time of its window saves", "在窗口内其他时段少用可省 {price}"
    ),
    "why.worth.due": Words("{price} toward the production that is due", "计入应完成的产量，值 {price}"),
    "why.worth.left": Words("{price} for what is left at the end", "期末剩余价值 {price}"),
    "why.worth.bus-taken": Words(
        "{price} to take {amount} at {bus}, where there is too much", "{bus} 处过剩，取用 {amount} 得 {price}"
    ),
    "why.cost.bus-given": Words(
        "{price} to give {amount} at {bus}, where there is too much", "{bus} 处过剩，供出 {amount} 计 {price}"
    ),
    "why.cost.bus": Words("{price} for {amount} from {bus}", "取自 {bus} 的 {amount} 计 {price}"),
    "why.cost.stored": Words("{price} that it would be worth if kept for later", "若留待以后使用可值 {price}"),
    "why.cost.stored-until": Words(
        "{price} that it would be worth if kept for later (filled again from {turn} on)",
        "若留待以后使用可值 {price}（{turn} 起重新储入）",
    ),
    "why.cost.stored-next-round": Words(
        "{price} that it would be worth if kept for later (filled again from {turn} on in the next round, for the plan ends as "
        "it begins)",
        "若留待以后使用可值 {price}（方案首尾相接，下一轮 {turn} 起重新储入）",
    ),
    "why.cost.term": Words("{price} of {name}", "{name} {price}"),
    "why.cost.rule": Words("{price} by the rule {name}", "规则“{name}”计 {price}"),
    "why.cost.moved": Words(
        "{price} to make up for it at another time of its window", "在窗口内其他时段补回计 {price}"
    ),
    "why.cost.due": Words("{price} of production that is due", "应完成的产量计 {price}"),
    "why.cost.left": Words("{price} that is missing at the end", "期末减少价值 {price}"),
    "why.even": Words(
        "Both are equal, so a little more or less would change nothing.", "两者相等，多一点或少一点都不改变总费用。"
    ),
    "why.rent": Words(
        "What is left, {price}, is the rent of {names}: a little more of it would earn that.",
        "余下的 {price} 是{names}的稀缺价值：若能再多一点，即可获得该收益。",
    ),
    "why.pushed": Words(
        "It runs at a loss of {price}, for {names} asks for it.", "每单位亏损 {price}，因{names}要求如此。"
    ),
    "why.most": Words(
        "Each {unit} earns {price} more than it costs; its limit of {bound} holds it there.",
        "每 1 {unit} 的收益比成本高 {price}；因已达上限 {bound} 而不再增加。",
    ),
    "why.least": Words("One {unit} more would lose at least {price}.", "每多 1 {unit} 至少亏损 {price}。"),
    "why.withheld": Words(
        "It would earn {price} more than it costs, but {names} allows nothing of it now.",
        "每单位收益本可比成本高 {price}，但受{names}限制，此时无法运行。",
    ),
    "why.indifferent": Words("One {unit} more would change nothing.", "每多 1 {unit} 不改变总费用。"),
    "why.held": Words(
        "Whether it runs is decided in whole numbers or by the way its device runs then, so no price speaks of it.",
        "其启停为整数决策，或由设备当时的运行方向决定，因而没有价格可言。",
    ),
    "why.not-chosen": Words("At {at} {asset} stands still: it is not chosen.", "{at}，{asset}：不运行，方案未采用。"),
    "why.fixed": Words("There is no room for it to run then.", "此时没有可运行的余地。"),
    "why.average.earns": Words(
        "At this output each {unit} earns {price} more than it costs, on average.",
        "按此出力，每 1 {unit} 平均收益高于成本 {price}。",
    ),
    "why.average.loses": Words(
        "At this output each {unit} costs {price} more than it earns, on average.",
        "按此出力，每 1 {unit} 平均成本高于收益 {price}。",
    ),
    "why.average.even": Words("At this output it earns what it costs, on average.", "按此出力，平均收益与成本相等。"),
    "why.standby": Words("It stands by, to be spared a start.", "处于热备用，以免再次启动。"),
    "why.off": Words(
        "Standing still in this step would cost {cost} more, all else planned again.",
        "若该时段停用并重新优化其余部分，费用增加 {cost}。",
    ),
    "why.off.same": Words(
        "Standing still in this step would cost nothing that can be told: less than {noise}, what two certified answers may "
        "differ by.",
        "若该时段停用并重新优化其余部分，费用变化小于 {noise}，即两个已验证解可能的差异，无法区分。",
    ),
    "why.off.never": Words("No plan lets it stand still in this step.", "没有任何方案允许其在该时段停用。"),
    "why.bus": Words("One {unit} more at {bus} would cost {price}.", "{bus} 处多用 1 {unit} 的费用为 {price}。"),
    "why.bus.nothing": Words("One {unit} more at {bus} would cost nothing.", "{bus} 处多用 1 {unit} 不增加费用。"),
    "why.unpriced": Words(
        "With every other decision as it is, nobody could give one {unit} more at {bus}, so it has no price there.",
        "其他决策不变时，{bus} 处无人能再多供 1 {unit}，因而没有价格可言。",
    ),
    "why.rule": Words(
        "The rule {name}: one {unit} more room saves at most {price}, one less costs at least as much.",
        "规则“{name}”：放宽 1 {unit} 至多节约 {price}，收紧 1 {unit} 至少增加同样费用。",
    ),
}
"""Sentences and their parts by key."""

LIMIT_WORDS: dict[str, Words] = {
    "limit": Words("its size", "其容量"),
    "bound": Words("its size", "其容量"),
    "size": Words("its size", "其容量"),
    "sum": Words("its size", "其容量"),
    "offered": Words("what is available", "可用资源"),
    "yearly_limit": Words("its yearly limit", "其年度上限"),
    "island": Words("the time that it must last without the grid", "离网维持时长要求"),
    "ramp_up": Words("how fast it may rise", "其升负荷速率"),
    "ramp_down": Words("how fast it may fall", "其降负荷速率"),
    "least_load": Words("its least load", "其最低负荷"),
    "if_running": Words("that it must be on to run", "其开机状态"),
    "output": Words("its part-load curve", "其部分负荷曲线"),
    "up": Words("its least time on", "其最短开机时间"),
    "down": Words("its least time off", "其最短停机时间"),
}
"""What a limit is called, by the ending of its rows' name."""
