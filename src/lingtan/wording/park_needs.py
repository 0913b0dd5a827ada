"""Sentences about rooms that are kept warm or cold, and about fleets of vehicles, in a park file."""

from __future__ import annotations

from lingtan.wording.sentence import Sentence, sentence

NEED_FINDINGS: dict[str, Sentence] = {
    "park.plugged-half-said": sentence(
        "when vehicles are plugged in is said once: by a series, or by the hours when they come and leave",
        "车辆接入时段只能给出一次：或为序列，或为到达与离开时刻",
        mend_en="Give 'plugged' alone, or both 'arrives' and 'leaves'.",
        mend_zh="请只填“plugged”，或同时填写“arrives”和“leaves”。",
    ),
    "park.never-away": sentence(
        "vehicles leave when they come",
        "车辆离开时刻与到达时刻相同",
        mend_en="Give two different hours of the day.",
        mend_zh="请填写两个不同的时刻。",
    ),
    "park.trip-beyond-battery": sentence(
        "a trip uses more than a vehicle leaves with above its reserve",
        "行程耗电超过车辆出发时高于备用电量的部分",
        mend_en="Shorten the trip, or raise 'leaves_with' or the battery.",
        mend_zh="请减少行程耗电，或提高“leaves_with”或电池容量。",
    ),
    "park.band-reversed": sentence(
        "the comfort band begins where it ends, or above",
        "舒适温度带的下限不低于上限",
        mend_en="Give the lower temperature as 'low'.",
        mend_zh="请将较低的温度填为“low”。",
    ),
    "park.set-point-outside-band": sentence(
        "the set-point lies outside the comfort band",
        "设定温度不在舒适温度带内",
        mend_en="Move it into the band, or leave it out for the middle.",
        mend_zh="请改为带内温度，或留空取中间值。",
    ),
    "park.no-outside": sentence(
        "a room needs to know how warm it is around it, and neither it nor the site says so",
        "房间需要周围温度，而该负荷与站点均未给出",
        mend_en="Name a series of the outside air as `temperature` of the site, or give `outside`.",
        mend_zh="请在 site 的 `temperature` 中写室外气温序列，或填写 `outside`。",
    ),
    "park.need-of-another-bus": sentence(
        "what the bus gives does not serve this need",
        "该母线的能量不能满足这一需求",
        mend_en="Name a bus of heat for heating, of cooling for cooling, or of electricity.",
        mend_zh="供热请接热母线，供冷请接冷母线，或接电力母线。",
    ),
    "park.cop-without-machine": sentence(
        "heat or cold that comes by its bus is used as it is; the machine that makes it is an asset of its own",
        "由母线供给的热或冷直接使用，制取它的设备应另列为资产",
        mend_en="Drop 'cop', or name a bus of electricity.",
        mend_zh="请去掉“cop”，或改接电力母线。",
    ),
}
