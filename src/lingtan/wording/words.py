"""Sentences about time stamps and quantities: the rooms of the lowest floor."""

from __future__ import annotations

from lingtan.wording.sentence import Sentence, sentence

_CLOCK: dict[str, Sentence] = {
    "clock.unknown-zone": sentence(
        "this time zone is not known",
        "未知的时区",
        mend_en="Did you mean '{nearest}'?",
        mend_zh="是否想写“{nearest}”？",
    ),
    "clock.bad-step": sentence(
        "a day cannot be cut into steps of this length",
        "一天无法按该步长等分",
        mend_en="Choose 5, 15 or 60 minutes.",
        mend_zh="请选用 5、15 或 60 分钟。",
    ),
    "clock.bad-step-count": sentence(
        "the number of steps is out of range",
        "时段数超出允许范围",
        mend_en="Check the start, the end and the step.",
        mend_zh="请检查起点、终点和步长。",
    ),
    "clock.outside-years": sentence(
        "this time lies outside the years that are covered",
        "该时间超出所支持的年份范围",
        mend_en="Check the year.",
        mend_zh="请检查年份。",
    ),
    "clock.not-a-minute": sentence(
        "this time is not on a whole minute",
        "该时间不是整分钟",
        mend_en="Give the time to the minute.",
        mend_zh="请给出精确到分钟的时间。",
    ),
    "clock.broken-span": sentence(
        "the span is not a whole number of steps",
        "起止时间之差不是步长的整数倍",
        mend_en="Move the start or the end, or choose another step.",
        mend_zh="请调整起点或终点，或改用其他步长。",
    ),
    "clock.outside-grid": sentence(
        "this time lies outside the period",
        "该时间不在时段范围之内",
        mend_en="Choose a time from the start of the period up to, but not including, its end.",
        mend_zh="请选取不早于起点且早于终点的时间。",
    ),
    "clock.absent-stamp": sentence(
        "this local time does not exist: the clock skips it when it is put forward",
        "该当地时间不存在：夏令时开始时时钟跳过了这一时刻",
        mend_en="Correct the stamp, write it with its UTC offset, or check the time zone.",
        mend_zh="请更正时间戳，或写明与 UTC 的时差，或核对时区。",
    ),
    "clock.repeated-stamp": sentence(
        "the clock shows this local time twice, when it is put back",
        "该当地时间会出现两次：夏令时结束时时钟回拨",
        mend_en="Write the one that is meant, with its UTC offset.",
        mend_zh="请连同与 UTC 的时差写明所指的一次。",
    ),
    "clock.repeated-hour-once": sentence(
        "the clock shows this time twice on that day, but the file has it once; it is read as daylight time",
        "时钟在当天两次经过该时刻，而文件中只有一次；按夏令时解读",
        mend_en="Write stamps with their UTC offset to be exact.",
        mend_zh="如需精确，请在时间戳中写明与 UTC 的时差。",
    ),
    "clock.unreadable-stamp": sentence(
        "this is not a time stamp that can be read",
        "无法识别的时间戳",
        mend_en="Write stamps to the minute, all in one form.",
        mend_zh="请按统一格式填写精确到分钟的时间戳。",
    ),
    "clock.ambiguous-date": sentence(
        "day and month cannot be told apart in this column",
        "无法区分该列日期中的日与月",
        mend_en="Write the year first, or state whether the day or the month comes first.",
        mend_zh="请改用年份在前的格式，或说明日在前还是月在前。",
    ),
}

_UNITS: dict[str, Sentence] = {
    "units.unknown-unit": sentence(
        "this unit is not known",
        "未知的单位",
        mend_en="Did you mean '{nearest}'?",
        mend_zh="是否想写“{nearest}”？",
    ),
    "units.wrong-dimension": sentence(
        "this unit measures something else",
        "单位的量纲不符",
        mend_en="Give the value in {unit}, or as a plain number.",
        mend_zh="请以 {unit} 为单位填写，或只写数值。",
    ),
    "units.not-a-quantity": sentence(
        "this is not a number with a unit",
        "不是有效的数值或带单位的数值",
        mend_en="Write a plain number in {unit}, or a text such as '{example}'.",
        mend_zh="请填写以 {unit} 为单位的数值，或“{example}”这样的文本。",
    ),
    "units.unclear-number": sentence(
        "this number can be read in more than one way",
        "该数值有歧义",
        mend_en="Use a point for decimals and nothing between thousands, such as '{example}'.",
        mend_zh="请用“.”作小数点，不写千位分隔符，例如“{example}”。",
    ),
    "units.not-finite": sentence(
        "the value must be a finite number",
        "数值必须为有限数",
        mend_en="Give a number, or leave the entry out if it is not known.",
        mend_zh="请填写数值；若未知，请留空不填。",
    ),
    "units.out-of-range": sentence(
        "the value is out of range",
        "数值超出允许范围",
        mend_en="Correct the value or its unit.",
        mend_zh="请更正数值或单位。",
    ),
}

WORDS_FINDINGS: dict[str, Sentence] = {**_CLOCK, **_UNITS}
