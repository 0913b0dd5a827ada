"""Sentences of advice: what is short and what mends it, what a rule costs, which limits bind."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

ADVISE_FINDINGS: dict[str, Sentence] = {
    "advise.shortfall": sentence(
        "this need cannot be met: {what}",
        "该需求无法满足：{what}",
        mend_en="No single limit mends it: raise several, or add a plant or a connection.",
        mend_zh="放宽任何单项限值都不足以解决：请同时提高多项，或增加电源、并网点。",
    ),
    "advise.shortfall-mendable": sentence(
        "this need cannot be met: {what}",
        "该需求无法满足：{what}",
        mend_en="The cheapest remedy is {changes}: {effect}.",
        mend_zh="费用最低的办法：{changes}；{effect}。",
    ),
    "advise.shortfall-open": sentence(
        "the best plan found in the time does not meet this need: {what}",
        "时限内找到的最优计划未满足该需求：{what}",
        mend_en="A better plan may meet it: let the search take longer (search.time_limit in the park file) before you change "
        "the park.",
        mend_zh="更优的计划可能满足该需求：请先在园区文件中延长搜索时限（search.time_limit），再考虑改动园区。",
    ),
    "advise.raise-limit": sentence(
        "this limit keeps {loads} from being served",
        "该限值使 {loads} 的需求无法满足",
        mend_en="Raise it{together}: {effect}; less may do at a higher cost (remedy {way}, cheapest first).",
        mend_zh="请提高该值{together}：{effect}；低于该值也可能满足，但费用更高（办法 {way}，按费用由低到高）。",
    ),
}

ADVISE_WORDS: dict[str, Words] = {
    "shortfall.one": Words(
        "{energy} are missing in {hours} h, at most {most}, first at {first}",
        "{hours} 小时内共缺 {energy}，最大缺口 {most}，首次出现在 {first}",
    ),
    "shortfall.many": Words(
        "{energy} are missing in {hours} h, at most {most}, in {spells} spells between {clock}, first at {first}, last at {last}",
        "{hours} 小时内共缺 {energy}，最大缺口 {most}，共 {spells} 段，均在 {clock} 之间，首次出现在 {first}，末次在 {last}",
    ),
    "remedy.change": Words("{cell} from {now} to {then}", "将 {cell} 由 {now} 提高到 {then}"),
    "remedy.together": Words(" together with {cells}", "，并同时提高 {cells}"),
    "effect.more": Words("the studied period then costs {cost} more", "研究期费用随之增加 {cost}"),
    "effect.less": Words("the studied period then costs {cost} less", "研究期费用随之减少 {cost}"),
    "rule.at_least.binding": Words(
        "{name} stands at its least of {bound}. Asking for a percentage point less would save {point} in the studied period, a "
        "point more would cost at least as much; that is {mwh} for each MWh moved.",
        "{name}恰为下限 {bound}。要求降低 1 个百分点，研究期费用减少 {point}；提高 1 个百分点，费用至少增加同样数额；"
        "折合每 MWh {mwh}。",
    ),
    "rule.at_most.binding": Words(
        "{name} stands at its most of {bound}. Allowing a percentage point more would save {point} in the studied period, a "
        "point less would cost at least as much; that is {mwh} for each MWh moved.",
        "{name}恰为上限 {bound}。上限提高 1 个百分点，研究期费用减少 {point}；降低 1 个百分点，费用至少增加同样数额；"
        "折合每 MWh {mwh}。",
    ),
    "rule.at_least.free": Words(
        "{name} stands at its least of {bound}, but asking for a percentage point less would save nothing: the rule costs nothing.",
        "{name}恰为下限 {bound}，但要求降低 1 个百分点并不减少费用：该规则不增加费用。",
    ),
    "rule.at_most.free": Words(
        "{name} stands at its most of {bound}, but allowing a percentage point more would save nothing: the rule costs nothing.",
        "{name}恰为上限 {bound}，但上限提高 1 个百分点并不减少费用：该规则不增加费用。",
    ),
    "rule.at_least.untold": Words(
        "{name} stands at its least of {bound}. While a need or another rule is missed, it has no price of its own.",
        "{name}恰为下限 {bound}。尚有需求或其他规则未能满足时，该规则没有独立的代价。",
    ),
    "rule.at_most.untold": Words(
        "{name} stands at its most of {bound}. While a need or another rule is missed, it has no price of its own.",
        "{name}恰为上限 {bound}。尚有需求或其他规则未能满足时，该规则没有独立的代价。",
    ),
    "rule.at_least.slack": Words(
        "{name} is {attained}, at least {bound} is asked: the rule does not bind and costs nothing.",
        "{name}为 {attained}，要求不低于 {bound}：该规则未起约束作用，不增加费用。",
    ),
    "rule.at_most.slack": Words(
        "{name} is {attained}, at most {bound} is allowed: the rule does not bind and costs nothing.",
        "{name}为 {attained}，要求不高于 {bound}：该规则未起约束作用，不增加费用。",
    ),
    "rule.at_least.missed": Words(
        "{name} reaches {attained} where at least {bound} is asked: within the limits of the park file the rule cannot be "
        "kept, so it has no price.",
        "{name}仅达 {attained}，要求不低于 {bound}：在园区文件给定的限值内无法满足该规则，因而没有代价可言。",
    ),
    "rule.at_most.missed": Words(
        "{name} is {attained} where at most {bound} is allowed: within the limits of the park file the rule cannot be kept, "
        "so it has no price.",
        "{name}为 {attained}，要求不高于 {bound}：在园区文件给定的限值内无法满足该规则，因而没有代价可言。",
    ),
    "rule.at_least.reported": Words(
        "{name} is {attained}, the rule asks for at least {bound}. It is reported only; 'direct_supply.shares: keep' makes "
        "the plan keep it and shows its price.",
        "{name}为 {attained}，规则要求不低于 {bound}。此处仅作报告；设为“direct_supply.shares: keep”后方案将遵守该规则并给出代价。",
    ),
    "rule.at_most.reported": Words(
        "{name} is {attained}, the rule allows at most {bound}. It is reported only; 'direct_supply.shares: keep' makes the "
        "plan keep it and shows its price.",
        "{name}为 {attained}，规则要求不高于 {bound}。此处仅作报告；设为“direct_supply.shares: keep”后方案将遵守该规则并给出代价。",
    ),
    "rule.at_least.undefined": Words(
        "{name} is not defined here: there is nothing to divide by.", "{name}在此无定义：分母为零。"
    ),
    "rule.at_most.undefined": Words(
        "{name} is not defined here: there is nothing to divide by.", "{name}在此无定义：分母为零。"
    ),
    "limit.whole": Words("whole", "整份"),
    "limit.most": Words(
        "{cell} stands at its upper end of {bound}. One {unit} more would save {saves} in the studied period.",
        "{cell} 已达上限 {bound}。每增加 1 {unit}，研究期费用约减少 {saves}。",
    ),
    "limit.least": Words(
        "{cell} stands at its lower end of {bound}. One {unit} less would save {saves} in the studied period.",
        "{cell} 恰为下限 {bound}。每减少 1 {unit}，研究期费用约减少 {saves}。",
    ),
    "limit.roof": Words(
        "{cell} is {bound} and built over in full. One {unit} more, with the power raised to what it carries, would save "
        "{saves} in the studied period.",
        "{cell} 为 {bound}，已全部铺满。每增加 1 {unit} 并相应提高装机上限，研究期费用约减少 {saves}。",
    ),
    "limit.hours": Words(
        "{cell} is {bound} and was used in full for {hours} h. One {unit} more would save {saves} in the studied period; "
        "what building it costs is not counted.",
        "{cell} 为 {bound}，有 {hours} 小时达到该值。每增加 1 {unit}，研究期费用约减少 {saves}（未计扩建投资）。",
    ),
}
