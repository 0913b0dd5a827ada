"""What was done to a series on its way to the studied grid, in words: its notes of origin."""

from __future__ import annotations

from lingtan.wording import Text, Words, say

SERIES_NOTES: dict[str, Words] = {
    "nearest": Words("Did you mean '{near}'?", "是否想写“{near}”？"),
    "there-are": Words("The columns are: {names}.", "现有的列：{names}。"),
    "times-first": Words("{count} × '{text}'", "“{text}”等 {count} 处"),
    "count-first": Words("{count} ×, first at {at}", "{count} 处，首处 {at}"),
    "count-span": Words("{count} ×, {first} … {last}", "{count} 处，{first} … {last}"),
    "days-hours": Words("{first} to {last}, {hours} h", "{first} 至 {last}，{hours} 小时"),
    "from-times": Words("× {ratio} from {first} on", "自 {first} 起为原来的 {ratio} 倍"),
    "value-at": Words("{value} at {at}", "{at} 为 {value}"),
    "stamps": Words("stamps: {count}", "{count} 个时间戳"),
    "fields": Words("{count} fields", "{count} 个字段"),
    "gaps": Words(
        "gaps: {count}, steps: {steps}, the longest {minutes} min from {at} on",
        "{count} 处缺口共 {steps} 个时段，最长一处自 {at} 起 {minutes} 分钟",
    ),
    "at-most-minutes": Words("at most {minutes} min", "不超过 {minutes} 分钟"),
    "below-zero": Words("{count} ×, the lowest {value}", "{count} 个，最小 {value}"),
    "standard-time": Words(
        "laid over the studied year by standard time: the sun keeps no summer time",
        "按标准时映射到研究年：太阳不随夏令时移动",
    ),
    "thin": Words(
        "{days} measured days, moved by up to {far} days, the most used one {most} times",
        "{days} 个实测日，最多移动 {far} 天，同一日最多使用 {most} 次",
    ),
    "between": Words("{first} … {last}", "{first} … {last}"),
    "above": Words("{count} ×, the highest {value}, first at {at}", "{count} 个，最大 {value}，首处 {at}"),
    "hours-alike": Words("{value} for {hours} h from {at} on", "自 {at} 起 {hours} 小时恒为 {value}"),
    "noon": Words("{hours} h {side}", "{side} {hours} 小时"),
    "too-early": Words("too early", "偏早"),
    "too-late": Words("too late", "偏晚"),
    "about": Words("about {value}", "约 {value}"),
    "full-is-one": Words("0 to 1, where 1 is full power", "0 至 1,1 为满发"),
    "up-to": Words("up to {value}", "最大 {value}"),
    "other-encoding": Words("read in the encoding {encoding}", "按 {encoding} 编码读取"),
    "turned": Words("rows stood newest first and were turned round", "原文件自新至旧排列，已倒序"),
    "sorted": Words("rows out of order, sorted as asked: {count}", "按要求对乱序行排序，共 {count} 处"),
    "midnight": Words("00:00 was read as the end of its day, as told", "按说明将 00:00 读作当日结束"),
    "ends": Words("stamps mark interval ends, as told", "按说明时间戳表示时段终点"),
    "doubles": Words(
        "doubled stamps, settled by '{how}' as asked: {count}", "按要求以“{how}”处理 {count} 个重复时间戳"
    ),
    "sentinels": Words("values that mean no reading, taken out: {count}", "剔除 {count} 个表示无读数的数值"),
    "negatives": Words("values below zero, set to zero as asked: {count}", "按要求将 {count} 个负值置零"),
    "converted": Words("converted from {unit} to {to}", "由 {unit} 换算为 {to}"),
    "factor": Words("multiplied by {factor}", "乘以系数 {factor}"),
    "repaired": Words(
        "missing steps, filled by '{how}' as asked: {steps} ({share} of all), gaps: {count}",
        "按要求以“{how}”填补 {count} 处缺口，共 {steps} 个时段（占 {share}）",
    ),
    "measured": Words("{file}, column '{column}'", "{file}，列“{column}”"),
    "drawn-file": Words(
        "{file}, column '{column}': drawn by a model, not measured", "{file}，列“{column}”：由模型生成，非实测"
    ),
    "constant": Words("the same value in every step", "各时段取同一数值"),
    "monthly-flat": Words("twelve monthly means, constant within each month", "按 12 个月均值，月内恒定"),
    "monthly-drawn": Words(
        "drawn from twelve monthly means, shape '{shape}', seed {seed}: not measured",
        "按 12 个月均值随机生成，形状“{shape}”，种子 {seed}：非实测",
    ),
    "noon-assumed": Words("no longitude is given: the sun stands highest at 12:00", "未给经度：按 12:00 为正午计算"),
    "resampled": Words("steps of {old} min brought to {new} min", "步长由 {old} 分钟变为 {new} 分钟"),
    "to-power": Words("{unit} per step divided by the length of the step", "将各时段的 {unit} 除以时长得功率"),
    "day-map": Words(
        "studied days: {days}, taken from {sources} measured ones; on their own date: {kept}; moved by {near} to "
        "{far} days in the season: {moved}; holidays taken from a holiday: {holidays}, from a Sunday: {sundays}; "
        "make-up workdays taken from a workday: {makeup}; without a day of their kind: {other}; uses of the measured day "
        "used most: {most}",
        "{days} 个研究日取自 {sources} 个实测日；日期不变 {kept} 日；在季节上移动 {near} 至 {far} 天 {moved} 日；"
        "节假日取实测节假日 {holidays} 日、取实测周日 {sundays} 日；调休工作日取工作日 {makeup} 日；"
        "未找到同类日期 {other} 日；同一实测日最多使用 {most} 次",
    ),
    "mapped": Words(
        "mean {mean_before} → {mean_after}, peak {peak_before} → {peak_after} {unit}, hours of its peak "
        "{hours_before} → {hours_after} h",
        "均值 {mean_before} → {mean_after}，峰值 {peak_before} → {peak_after} {unit}，最大负荷利用小时 "
        "{hours_before} → {hours_after} h",
    ),
    "mapped-share": Words(
        "mean {mean_before} → {mean_after}, peak {peak_before} → {peak_after}, hours of full power "
        "{hours_before} → {hours_after} h",
        "均值 {mean_before} → {mean_after}，峰值 {peak_before} → {peak_after}，等效满发小时 "
        "{hours_before} → {hours_after} h",
    ),
    "hours-filled": Words(
        "steps that the clock skipped, filled from their neighbors: {count}",
        "夏令时跳过的 {count} 个时段由相邻时段填补",
    ),
    "hours-averaged": Words(
        "steps that the clock showed twice, averaged: {count}", "夏令时重复的 {count} 个时段取平均"
    ),
}
"""Notes by key."""


def counted(count: int, first: str, last: str) -> Text:
    """How many there are, from when to when."""
    return (
        said("count-first", count=count, at=first)
        if count == 1
        else said("count-span", count=count, first=first, last=last)
    )


def said(key: str, /, **values: Text | float) -> Words:
    """A text of `SERIES_NOTES` with its placeholders filled, in both languages.

    >>> said("stamps", count=3)
    Words(en='stamps: 3', zh='3 个时间戳')
    """
    return Words(say(SERIES_NOTES, key, "en", **values), say(SERIES_NOTES, key, "zh", **values))
