"""Sentences about how a park, its series and its rules fit together."""

from __future__ import annotations

from lingtan.wording.sentence import Sentence, sentence

CASE_FINDINGS: dict[str, Sentence] = {
    "case.profile-unit": sentence(
        "the series of a load has another unit than its scaling asks for",
        "负荷序列的单位与缩放方式不符",
        mend_en="Give a shape without unit when `peak` or `annual_energy` is set, and a power otherwise.",
        mend_zh="设置了 `peak` 或 `annual_energy` 时请给无量纲曲线，否则请给功率。",
    ),
    "case.rate-unit": sentence(
        "the series counts something else than what flows at this bus",
        "序列的单位与该母线的载体不符",
        mend_en="Give a shape without unit when `peak` or `yearly` is set, and otherwise a rate in a unit of that kind.",
        mend_zh="设置了 `peak` 或 `yearly` 时请给无量纲曲线，否则请给该载体的流率单位。",
    ),
    "case.profile-zero": sentence(
        "the shape of a load is zero everywhere",
        "负荷曲线处处为零",
        mend_en="Check the column.",
        mend_zh="请检查所选的列。",
    ),
    "case.no-such-template": sentence(
        "no kind of device has this name",
        "没有名为此的设备模板",
        mend_en="Choose one of those that `lingtan devices list` shows.",
        mend_zh="请从 `lingtan devices list` 所列模板中选择。",
    ),
    "case.template-of-another-family": sentence(
        "this kind of device does not belong to such an asset",
        "该设备模板与资产类别不符",
        mend_en="Choose a template of its family.",
        mend_zh="请选用同类别的模板。",
    ),
    "case.negative-load": sentence(
        "a load is below zero somewhere",
        "负荷出现负值",
        mend_en="Split generation off the load, or say `negative: zero` in its source.",
        mend_zh="请把发电从负荷中分离，或在数据源中写 `negative: zero`。",
    ),
    "case.availability-unit": sentence(
        "availability is a share of installed power, without unit",
        "可用率应为占装机功率的比例，无量纲",
        mend_en='Divide by the installed power of the measured plant, with `factor` and `unit: "1"`.',
        mend_zh='请用 `factor` 除以实测电站的装机功率，并写 `unit: "1"`。',
    ),
    "case.availability-range": sentence(
        "availability leaves its range",
        "可用率超出范围",
        mend_en="Check the scale of the series.",
        mend_zh="请检查序列的量级。",
    ),
    "case.temperature-unit": sentence(
        "the series of the site's temperature is no temperature",
        "场址气温序列的单位不是温度",
        mend_en="Give it in °C, or take it from weather with `temperature:`.",
        mend_zh="请以 °C 给出，或用 `temperature:` 取自气象数据。",
    ),
    "case.no-files-here": sentence(
        "a park given as plain data cannot name files",
        "以数据形式给出的园区不能引用文件",
        mend_en="Use constants or monthly means, or a park file.",
        mend_zh="请使用常数或月均值，或改用园区文件。",
    ),
    "case.child-above-parent": sentence(
        "the meters below read more than this meter, beyond their accuracy classes",
        "下级电表读数之和超过本表，且超出准确度等级允许的范围",
        mend_en="Check the tree, the units and the ratios of the meters.",
        mend_zh="请检查电表层级、单位和倍率。",
    ),
    "case.thin-recording": sentence(
        "the recording does not cover the seasons of a year, and days far away stand for those that are missing",
        "实测数据未覆盖全年各季，缺失的日期由相隔较远的日期代替",
        mend_en="Give a whole year, or know that all figures of the other months rest on these days.",
        mend_zh="请提供全年数据；否则其余月份的所有结果均以这些日期为依据。",
    ),
    "case.load-doubtful": sentence(
        "the load hardly uses a thousandth of the connection, as with MW read as kW, or a dead meter",
        "负荷不足并网容量的千分之一，疑似将 MW 读作 kW，或表计失效",
        mend_en="Check `unit` and `factor` of its series, and its scale.",
        mend_zh="请核对其序列的 `unit` 和 `factor` 以及缩放。",
    ),
    "case.no-such-size": sentence(
        "the park has nothing of this size",
        "园区中没有该项规模",
        mend_en="Give the summary of a study of this very park.",
        mend_zh="请给出该园区自身的研究摘要。",
    ),
    "case.no-size": sentence(
        "this is not a size",
        "该数值不能作为规模",
        mend_en="Give the summary as the study wrote it.",
        mend_zh="请使用研究生成的原始摘要。",
    ),
    "case.other-size": sentence(
        "the park file says another size",
        "与园区文件中的规模不符",
        mend_en="Give the summary of this park as it stands, or change the size in the park file.",
        mend_zh="请给出与现行园区文件对应的摘要，或修改园区文件中的规模。",
    ),
    "case.plugged-unit": sentence(
        "how many vehicles are plugged in is a share of all, without unit",
        "接入车辆应为占全部车辆的比例，无量纲",
        mend_en='Divide by the number of vehicles, with `factor` and `unit: "1"`.',
        mend_zh='请用 `factor` 除以车辆总数，并写 `unit: "1"`。',
    ),
    "case.plugged-range": sentence(
        "the share of vehicles that is plugged in leaves its range",
        "接入车辆比例超出范围",
        mend_en="Check the scale of the series.",
        mend_zh="请检查序列的量级。",
    ),
    "case.never-leaves": sentence(
        "the share of vehicles that is plugged in never falls, so nobody leaves and no trip is driven",
        "接入车辆比例始终不下降，因此没有车辆离开，也不会产生行程用电",
        mend_en="Give a series that falls when vehicles leave.",
        mend_zh="请给出车辆离开时下降的序列。",
    ),
    "case.trip-not-charged": sentence(
        "vehicles cannot be charged enough for their trips in the time that they are plugged in",
        "车辆在接入时段内无法充到行程所需电量",
        mend_en="The study will report shortfall; raise the power of charge points or vehicles, or shorten the trip.",
        mend_zh="研究将报告缺供；请提高充电桩或车辆的充电功率，或减少行程耗电。",
    ),
    "case.gains-unit": sentence(
        "the heat that arises in a room is a power",
        "房间内部得热应为功率",
        mend_en="Give a series in kW.",
        mend_zh="请给出以 kW 为单位的序列。",
    ),
    "case.band-not-held": sentence(
        "at full power the room still leaves its comfort band in some steps",
        "满功率运行时房间仍有部分时段超出舒适温度带",
        mend_en="The study will report shortfall; raise the power, or widen the band.",
        mend_zh="研究将报告缺供；请提高功率或放宽温度带。",
    ),
    "case.need-above-supply": sentence(
        "the loads need more than all sources together can give in some steps",
        "部分时段负荷需求超过全部电源之和",
        mend_en="The study will report shortfall; raise the connection or add a source.",
        mend_zh="研究将报告缺电；请提高并网容量或增加电源。",
    ),
}
