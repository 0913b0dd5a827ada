"""What may be wrong with what is to be forecast, and how to mend it."""

from __future__ import annotations

from lingtan.wording.sentence import Sentence, sentence

FORECAST_FINDINGS: dict[str, Sentence] = {
    "forecast.no-view": sentence(
        "this is not what `lingtan forecast --out` writes for pages",
        "该文件不是 `lingtan forecast --out` 写出的页面数据",
        mend_en="Make the folder anew.",
        mend_zh="请重新生成该文件夹。",
    ),
    "forecast.no-better-than-linear": sentence(
        "over these days our model was no better than the linear one",
        "这些日期里，本模型不优于线性模型",
        mend_en="Give a longer history; with a year or less a regression is often as good.",
        mend_zh="请提供更长的历史；历史不足一年左右时，线性回归往往同样好。",
    ),
    "forecast.other-view": sentence(
        "these forecasts are of another park, or not of the kind that belongs here",
        "这些预测属于其他园区，或不是此处应有的类型",
        mend_en="Make them with `lingtan forecast PARK --out`, a backtest with `--backtest`.",
        mend_zh="请用 `lingtan forecast 园区 --out` 生成；回测另加 `--backtest`。",
    ),
    "forecast.no-regret-days": sentence(
        "no day of the backtest is measured whole, so none can be settled",
        "回测期内没有完整实测的日期，无法结算",
        mend_en="Choose another span with `--first` and `--end`, or mend the gaps.",
        mend_zh="请用 `--first`、`--end` 选择其他时段，或补齐缺口。",
    ),
    "forecast.not-dispatched": sentence(
        "what forecasts cost is found by dispatching days with the live planner, which runs electricity only (loads, sun, wind, "
        "firm lines, batteries, transformers), and the park has other plants",
        "遗憾成本由实时计划程序逐日调度得出，该程序只运行电力部分（负荷、光伏、风电、直供线、储能、变压器），而园区另有其他设备",
        mend_en="Leave `--regret` out: scores need no dispatch. Or give a park file of the electricity alone, where what other "
        "plants draw and give is a load and a firm line.",
        mend_zh="请去掉 `--regret`，评分无需调度；或另备只含电力部分的园区文件，把其他设备的用电与发电写成负荷与直供线。",
    ),
    "forecast.no-battery": sentence(
        "the park has no battery, so no forecast can cost it anything",
        "园区没有储能，预测好坏不影响费用",
        mend_en="Give sizes with a battery, `--sizes summary.json`, or leave `--regret` out.",
        mend_zh="请用 `--sizes summary.json` 给出含储能的规模，或省略 `--regret`。",
    ),
    "forecast.synthetic-issued": sentence(
        "issued forecasts and the history of {year} are drawn, not recorded",
        "已发布的预报与 {year} 年的历史数据为合成，并非实测",
        mend_en="Drawn from the year they are scored on, they flatter; give your own record with `--series`.",
        mend_zh="历史取自被评分的年份本身，评分偏乐观；请用 `--series` 提供自己的实测序列。",
    ),
    "forecast.issued-later": sentence(
        "the forecasts of the weather were issued after this gate",
        "气象预报的发布晚于该决策截止时刻",
        mend_en="Choose a later gate, or `--weather degraded`.",
        mend_zh="请选择更晚的截止时刻，或使用 `--weather degraded`。",
    ),
    "forecast.nothing-issued": sentence(
        "no forecasts of the weather were issued for this series",
        "该序列没有已发布的气象预报",
        mend_en="Choose `--weather degraded` or `actual`.",
        mend_zh="请使用 `--weather degraded` 或 `actual`。",
    ),
    "forecast.bad-issued": sentence(
        "this does not say what was issued, when, and in which files",
        "未说明已发布的内容、时间与所在文件",
        mend_en="Make it anew with `tools/vintages/make_vintages.py`, or delete it.",
        mend_zh="请用 `tools/vintages/make_vintages.py` 重新生成，或将其删除。",
    ),
    "forecast.gate-after-target": sentence(
        "the gate lies after the beginning of what is to be forecast",
        "决策截止时刻晚于预测目标的起点",
        mend_en="Set the gate on or before the midnight that begins the day.",
        mend_zh="请将截止时刻设在目标日零点或之前。",
    ),
    "forecast.gate-to-come": sentence(
        "this day is to be forecast from a gate that is still to come",
        "该日的决策截止时刻尚未到来",
        mend_en="Ask for an earlier day, or give what is known at a later gate.",
        mend_zh="请预测更早的日期，或提供更晚截止时刻的已知数据。",
    ),
    "forecast.learned-from": sentence(
        "the model learned from this day, so that its forecast of it would look better than it is",
        "模型的训练数据包含该日，对它的预测会显得过于准确",
        mend_en="Fit at an earlier gate, or ask for later days.",
        mend_zh="请在更早的截止时刻训练，或预测更晚的日期。",
    ),
    "forecast.no-such-span": sentence(
        "the target does not reach over the days to be forecast",
        "目标序列未覆盖所要预测的日期",
        mend_en="Choose days inside the series, with history before them.",
        mend_zh="请选择序列范围之内且之前有历史数据的日期。",
    ),
    "forecast.wrong-length": sentence(
        "an input has another number of values than the target",
        "输入与目标序列的数据个数不同",
        mend_en="Give one value per interval, null where there is none.",
        mend_zh="请为每个时段给出一个数值，缺失处填 null。",
    ),
    "forecast.no-such-error": sentence(
        "it is not known what error a forecast of this input has",
        "不知道该输入的预报误差有多大",
        mend_en="End its name in `_c`, or let it hold `irradiance` or `wind_speed`; or choose `actual`.",
        mend_zh="请令其名称以 `_c` 结尾，或包含 `irradiance`、`wind_speed`；或选用 `actual`。",
    ),
    "forecast.no-boosting": sentence(
        "the model needs LightGBM, which is not installed",
        "该模型需要 LightGBM，当前未安装",
        mend_en="Install it with `pip install 'lingtan[forecast]'`.",
        mend_zh="请执行 `pip install 'lingtan[forecast]'` 安装。",
    ),
    "forecast.wrong-shape": sentence(
        "an input has another shape than days × slots of the horizon",
        "输入的形状与“日数 × 时段数”不符",
        mend_en="Give one row per day of the target's grid.",
        mend_zh="请按目标序列的每一日给出一行。",
    ),
    "forecast.short-history": sentence(
        "the history is too short for a model; as a week before stands in",
        "历史数据过短，无法训练模型，改用七日前的数值",
        mend_en="Give more days; a year or two is best.",
        mend_zh="请提供更长的历史数据，一至两年为宜。",
    ),
    "forecast.thin-band": sentence(
        "past errors of too few days are known, so the band is too narrow or has no width and promises nothing",
        "已知历史预测误差的日数过少，区间过窄甚至没有宽度，不能作为承诺",
        mend_en="Give more measured days before this one.",
        mend_zh="请提供该日之前更多的实测数据。",
    ),
    "forecast.above-capacity": sentence(
        "the plant gave far more than its power in the park file, so that bounds no forecast here; shares are of that power",
        "实测出力明显超过园区文件中的装机功率，预测不再以其为上限；占比仍按该功率计算",
        mend_en="Set `power.max` to what stands there now, or check the unit of the column.",
        mend_zh="请将 `power.max` 改为现有装机，或核对该列单位。",
    ),
    "forecast.future-stamps": sentence(
        "values that are stamped later than now, or alone and far from all others, were left out",
        "已剔除时间晚于当前或远离其他数据的孤立数值",
        mend_en="Check the clock of the logger and the stamps of these rows.",
        mend_zh="请核对记录仪时钟和这些行的时间戳。",
    ),
    "forecast.too-long": sentence(
        "the file spans more steps than a forecast reads",
        "文件跨越的步数超出预测可读取的范围",
        mend_en="Give the last years only; older ones teach nothing.",
        mend_zh="请只给出最近几年的数据，更早的并无帮助。",
    ),
    "forecast.ends-differ": sentence(
        "targets end on different days, so their forecasts are of different days",
        "各对象的历史止于不同日期，因此预测的日期不同",
        mend_en="Name the day with `--day`, or bring all columns up to date.",
        mend_zh="请用 `--day` 指明日期，或将各列补至同一日期。",
    ),
    "forecast.yardstick-absent": sentence(
        "the history is too short for this model, so it stands in no table of scores",
        "历史过短，无法训练该模型，评分表中不列出",
        mend_en="Choose a later first day, or give a longer history.",
        mend_zh="请选择更晚的首日，或提供更长的历史。",
    ),
    "forecast.nothing-scored": sentence(
        "nothing that can be believed was measured on these days, so nothing was scored",
        "这些日期没有可信的实测值，无法评分",
        mend_en="Choose other days with `--first` and `--end`, or mend the column.",
        mend_zh="请用 `--first`、`--end` 选择其他日期，或修正该列。",
    ),
    "forecast.idle-option": sentence(
        "this option does nothing here: days ahead and backtests are asked for apart",
        "该选项在此不起作用：日前预测与回测须分别运行",
        mend_en="Leave it out, or run the other one.",
        mend_zh="请去掉该选项，或改为另一种运行。",
    ),
    "forecast.steps-back": sentence(
        "the model was no better than a week before on days it had not seen, and stepped back",
        "模型在未参与训练的日期上不优于七日前的数值，已退回朴素预测",
        mend_en="Look for the inputs that move this series, such as a production plan or weather.",
        mend_zh="请补充真正影响该序列的输入，如生产计划或气象预报。",
    ),
    "forecast.bad-gate": sentence(
        "this is not a time of day",
        "这不是一个时刻",
        mend_en="Write hours and minutes of the day before.",
        mend_zh="请写前一日的时和分。",
    ),
    "forecast.no-such-target": sentence(
        "the park has nothing of this name that could be forecast",
        "园区中没有以此命名的可预测对象",
        mend_en="Choose `load`, a load, a PV or wind plant, a member or a meter.",
        mend_zh="请选择 `load`、某个负荷、光伏或风电、企业或计量点。",
    ),
    "forecast.flow-absent": sentence(
        "the file has no column of this flow",
        "文件中没有该功率序列的列",
        mend_en="Name the column like the flow, or choose other targets with `--target`.",
        mend_zh="请以该序列名命名列，或用 `--target` 选择其他对象。",
    ),
    "forecast.day-outside": sentence(
        "the day to be forecast is not reached by the past that is known",
        "所要预测的日期与已知历史不相接",
        mend_en="Choose a day inside the series, or the first after it.",
        mend_zh="请选择序列之内的日期，或其后第一日。",
    ),
    "forecast.input-unknown": sentence(
        "this input is not known for the day to be forecast, so the forecast does without it",
        "所要预测的日期没有该输入，预测不使用该输入",
        mend_en="Let its column reach as far as that day.",
        mend_zh="请使该列覆盖所要预测的日期。",
    ),
    "forecast.days-differ": sentence(
        "scenarios are of one day, and the targets end on different ones",
        "情景须为同一日，而各对象的历史止于不同日期",
        mend_en="Name the day with `--day`.",
        mend_zh="请用 `--day` 指明日期。",
    ),
    "forecast.not-explained": sentence(
        "this model cannot tell what moved its forecast",
        "该模型无法说明预测由哪些因素形成",
        mend_en="Ask a regression or a model of trees.",
        mend_zh="请改用回归或提升树模型。",
    ),
    "forecast.no-error-history": sentence(
        "too few past errors are known to tell how they hang together",
        "已知的历史预测误差过少，无法得出其相关性",
        mend_en="Fit with days held out before this one, or give a longer common history.",
        mend_zh="请在该日之前留出更多未参与训练的日期，或提供更长的共同历史。",
    ),
    "forecast.sentinels": sentence(
        "values that mean no reading were left out",
        "已剔除表示无读数的数值",
        mend_en="Name them in the source of the series, so that every account leaves them out.",
        mend_zh="请在序列来源中写明这些数值，使各项核算一并剔除。",
    ),
    "forecast.frozen": sentence(
        "values that stand still for too long were left out",
        "已剔除长时间不变的数值",
        mend_en="Look at the meter, or tell that the plant stood still.",
        mend_zh="请检查表计，或说明设备确已停运。",
    ),
    "forecast.spikes": sentence(
        "single values far out of line were left out of learning",
        "已将孤立的突变值排除在训练之外",
        mend_en="Look at the meter at these hours.",
        mend_zh="请核对这些时刻的表计。",
    ),
    "forecast.shifted-clock": sentence(
        "on these days the clock of the record stood wrong, and nothing was learned from them",
        "这些日期的记录时钟有偏移，未参与训练",
        mend_en="Set the clock of the meter, or shift the record back.",
        mend_zh="请校准表计时钟，或将记录移回。",
    ),
    "forecast.size-changed": sentence(
        "the size of what is measured changed; older days are left out of learning once nine weeks of the new size are there",
        "计量对象的规模发生变化；新规模满九周后，此前的日期不再参与训练",
        mend_en="Nothing needs mending where the plant or the works were extended.",
        mend_zh="若确为扩建或减容，无需处理。",
    ),
    "forecast.gaps": sentence(
        "missing values were left out",
        "缺失值未参与训练",
        mend_en="Fill them from a second meter if there is one.",
        mend_zh="如有备用表计，请据以补齐。",
    ),
}
