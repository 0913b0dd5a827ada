"""Sentences of the command line."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

CLI_FINDINGS: dict[str, Sentence] = {
    "cli.unwritable": sentence(
        "the output cannot be written",
        "输出无法写入",
        mend_en="Choose another place or change its permissions; nothing was written.",
        mend_zh="请换一个位置或修改权限；未写入任何内容。",
    ),
    "cli.not-json": sentence(
        "the input is not JSON",
        "输入不是 JSON",
        mend_en="Check it near the place named.",
        mend_zh="请检查所示位置附近。",
    ),
    "cli.input-too-large": sentence("the input is too large", "输入过大", mend_en="Split it.", mend_zh="请拆分。"),
    "cli.bad-start": sentence(
        "this is not a moment",
        "这不是一个时刻",
        mend_en="Write year, month and day, and the time if it is not midnight.",
        mend_zh="请写明年月日；若非零点，再写时刻。",
    ),
    "cli.off-step": sentence(
        "the window does not begin and end between steps",
        "所选时段的起止未落在时间步的分界上",
        mend_en="Choose a start and a length in whole steps.",
        mend_zh="请按整步选择起点和时长。",
    ),
    "cli.operator-not-built": sentence(
        "this operator is not built yet: it decides without knowing the future, which needs forecasts",
        "该运行方式尚未实现：它在不预知未来的条件下决策，需要预测功能",
        mend_en="Use `--operator perfect` until a later version brings it.",
        mend_zh="在后续版本提供之前，请使用 `--operator perfect`。",
    ),
    "cli.no-such-calculator": sentence(
        "no calculator has this name",
        "没有这个计算器",
        mend_en="Choose one of those named.",
        mend_zh="请从所列名称中选择。",
    ),
    "cli.free-size": sentence(
        "this size is still a range, and only a park with fixed sizes can be run",
        "该规模仍为取值范围，只有规模已定的园区才能运行",
        mend_en="Fix the size in the park file, or give the summary of a study with `--sizes summary.json`.",
        mend_zh="请在园区文件中固定规模，或用 `--sizes summary.json` 给出研究结果。",
    ),
    "cli.flow-absent": sentence(
        "the file has no column of this flow",
        "文件中没有该功率序列的列",
        mend_en="Name the column like the flow; the bill needs it.",
        mend_zh="请以该序列名命名列；计算电费需要它。",
    ),
    "cli.no-file": sentence(
        "the file does not exist",
        "文件不存在",
        mend_en="Check the name; it counts from the folder that you are in.",
        mend_zh="请核对文件名；相对路径从当前目录算起。",
    ),
    "cli.outside-period": sentence(
        "the window leaves the studied period",
        "所选时段超出研究期",
        mend_en="Choose a start and a length inside it.",
        mend_zh="请在研究期内选择起点和时长。",
    ),
    "cli.no-such-asset": sentence(
        "the park has no asset and no connection of this name",
        "园区中没有该名称的资产或并网点",
        mend_en="Did you mean '{nearest}'?",
        mend_zh="是否想写“{nearest}”？",
    ),
    "cli.explain-alone": sentence(
        "this option belongs to an explanation",
        "该选项须与解释一同使用",
        mend_en="Add the moment to explain, as in `--explain 2025-07-01T18:00`.",
        mend_zh="请同时给出要解释的时刻，例如 `--explain 2025-07-01T18:00`。",
    ),
    "cli.not-a-summary": sentence(
        "this file is not a summary of a study with all sizes",
        "该文件不是含全部规模的研究摘要",
        mend_en="Give the summary.json that `lingtan study` or `lingtan plan` wrote for this park.",
        mend_zh="请给出 `lingtan study` 或 `lingtan plan` 为该园区生成的 summary.json。",
    ),
}

CLI_WORDS: dict[str, Words] = {
    "mark.error": Words("", ""),
    "mark.warning": Words(" (warning)", "（警告）"),
    "mark.note": Words(" (note)", "（提示）"),
    "interrupted": Words("interrupted", "已中断"),
    "not-certified": Words("not certified: {error}", "未能验证求解结果：{error}"),
    "fault": Words(
        "lingtan: a fault of ours: {kind}: {what} (LINGTAN_DEBUG=1 shows where)",
        "lingtan：程序自身故障：{kind}：{what}（设置 LINGTAN_DEBUG=1 可查看出错位置）",
    ),
    "progress.read": Words("reading", "读取中"),
    "progress.plan": Words("planning", "优化中"),
    "progress.forecast": Words("forecasting", "预测中"),
    "progress.study": Words("studying", "计算中"),
    "sum.not-chosen": Words("not chosen", "不采用"),
    "sum.bill": Words("bill", "电费"),
    "sum.basic-charge": Words(
        "of it {amount} CNY of basic charge, which is that of whole months", "其中基本电费 {amount} 元，按整月计"
    ),
    "sum.total": Words("total", "合计"),
    "sum.reference": Words("reference", "基准方案"),
    "sum.savings": Words("savings", "节约"),
    "sum.indicator": Words("core indicator", "核心指标"),
    "sum.threshold": Words("threshold", "限值"),
    "sum.no-threshold": Words("no threshold is defined for its size", "该规模未规定限值"),
    "sum.none": Words("not defined", "无定义"),
    "sum.target-true": Words("kept", "达到"),
    "sum.target-false": Words("missed", "未达到"),
    "sum.target-none": Words("not defined", "无定义"),
    "sum.above": Words("above it by", "年超出"),
    "sum.certificate": Words("certificate", "求解凭证"),
    "sum.gap": Words("gap", "对偶间隙"),
    "sum.solve": Words("solve", "求解"),
    "sum.typical": Words("typical periods", "典型时段"),
    "sum.typical-error": Words("off the cost of the year, penalties apart, by", "与全年费用（不含惩罚项）相差"),
    "sum.search": Words("whole numbers", "整数搜索"),
    "sum.search-gap": Words("others would save at most", "其他方案最多可再节省"),
    "sum.search-nothing": Words("nothing is proven about others", "对其他方案尚无证明"),
    "sum.running": Words("fuels, starts and wear, less sales", "燃料、启停与损耗，减去外销"),
    "sum.out-of-time": Words("out of time", "到达时限"),
    "why.title": Words("Why, at", "原因说明："),
    "check.good": Words("{file}: no findings", "{file}：未发现问题"),
    "check.warned": Words("{file}: {count} warnings, no errors", "{file}：{count} 条警告，无错误"),
    "init.done": Words(
        "{folder}: {count} files written; next: lingtan study {folder} --out out",
        "{folder}：已写入 {count} 个文件；下一步：lingtan study {folder} --out out",
    ),
    "migrate.same": Words("{file}: has the present form already", "{file}：已是当前格式"),
    "migrate.done": Words(
        "{file}: brought to schema {schema}; the old file is {backup}",
        "{file}：已升级到 schema {schema}；旧文件保存为 {backup}",
    ),
    "study.done": Words("report: {report}", "报告：{report}"),
}
