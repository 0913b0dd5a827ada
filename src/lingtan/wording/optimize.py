"""Sentences about planning: what cannot be decided, and what must be known to plan the next day."""

from __future__ import annotations

from lingtan.wording.sentence import Sentence, sentence

OPTIMIZE_FINDINGS: dict[str, Sentence] = {
    "optimize.contract-open": sentence(
        "a day cannot be planned by a contract whose demand nobody has agreed",
        "合同最大需量尚未约定，无法据此安排日计划",
        mend_en="State the demand that is agreed for the month.",
        mend_zh="请填写当月已约定的合同最大需量。",
    ),
    "optimize.many-elections": sentence(
        "there are too many ways of choosing the charges of the connections together",
        "各并网点计费方式的组合过多",
        mend_en="Fix 'tariff.basis' or 'direct_supply.charge' instead of 'choice'.",
        mend_zh="请将“tariff.basis”或“direct_supply.charge”由“choice”改为确定的方式。",
    ),
    "optimize.out-of-time": sentence(
        "the search for whole numbers ran out of time; this is the best answer found, and others may save up to the gap",
        "整数搜索到达时限；所给为已找到的最优解，其他方案最多可再节省该间隙",
        mend_en="Allow it more time (search.time_limit in the park file), accept a larger gap (search.gap), or leave fewer whole "
        "numbers open.",
        mend_zh="请在园区文件中延长时限（search.time_limit）、放宽间隙（search.gap），或减少待定的整数量。",
    ),
    "optimize.no-state-of-charge": sentence(
        "the state of charge is not known, so no plan can start from it",
        "荷电状态未知，无法据此编制计划",
        mend_en="Check the device and its readings; until then local rules run.",
        mend_zh="请检查设备及其测点；在此之前按就地规则运行。",
    ),
    "optimize.no-forecast": sentence(
        "there is no complete forecast of the window",
        "计划时段内没有完整的预测",
        mend_en="Give one finite value for each quarter-hour of the next 24 hours.",
        mend_zh="请为未来 24 小时的每 15 分钟给出一个有限值。",
    ),
    "optimize.not-live": sentence(
        "a family that is planned and studied, but not yet run live",
        "该类资产可用于规划与研究，尚不支持实时运行",
        mend_en="Leave it out of the park that is served.",
        mend_zh="请在实时运行的园区文件中去掉该资产。",
    ),
}
