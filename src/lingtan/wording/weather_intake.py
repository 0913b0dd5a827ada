"""Forecasts of the weather that a live park takes in: what may be wrong with them, and what is told of them."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

WEATHER_FINDINGS: dict[str, Sentence] = {
    "operate.weather-too-big": sentence(
        "this forecast of the weather is too big",
        "气象预报过大",
        mend_en="Give the days to come only.",
        mend_zh="请只提供未来数日。",
    ),
    "operate.weather-broken": sentence(
        "this forecast of the weather cannot be read; it may be half written",
        "气象预报无法读取，可能尚未写完",
        mend_en="Write it under another name and rename it when it is whole; docs/guide/operate.md shows the form.",
        mend_zh="请先以其他名称写完再改名；格式见 docs/guide/operate.zh.md。",
    ),
    "operate.weather-columns": sentence(
        "this forecast of the weather has other parts than it should",
        "气象预报的字段不符",
        mend_en="Name issue time, start and quantities as docs/guide/operate.md shows.",
        mend_zh="请按 docs/guide/operate.zh.md 写明发布时间、起始时刻与各气象量。",
    ),
    "operate.weather-steps": sentence(
        "the steps of this forecast do not make sense",
        "气象预报的时步无效",
        mend_en="Give equal steps without gap, a value or nothing for each, that end after the issue.",
        mend_zh="请给出等长且不间断、结束于发布时间之后的时步，每步一个值或留空。",
    ),
    "operate.weather-range": sentence(
        "this was never measured on Earth",
        "数值超出地球上的实测范围",
        mend_en="Check unit and missing values; leave empty what is not known.",
        mend_zh="请核对单位与缺测值；未知请留空。",
    ),
    "operate.weather-future": sentence(
        "this forecast says it was issued in the future",
        "气象预报的发布时间在未来",
        mend_en="Check the clocks, and the zone of the issue time.",
        mend_zh="请核对时钟与发布时间的时区。",
    ),
    "operate.weather-source": sentence(
        "this is no address that can be asked",
        "该地址无法查询",
        mend_en="Give http or https, a host and a path; put the key into LINGTAN_WEATHER_KEY, not into the address.",
        mend_zh="请给出 http 或 https、主机与路径；密钥请放入 LINGTAN_WEATHER_KEY，不要写在地址中。",
    ),
    "operate.weather-key-in-the-clear": sentence(
        "the key would go out in the clear",
        "密钥将以明文发送",
        mend_en="Ask over https, or unset LINGTAN_WEATHER_KEY.",
        mend_zh="请使用 https，或取消 LINGTAN_WEATHER_KEY。",
    ),
    "operate.weather-folder": sentence(
        "there is no such folder that can be read and written",
        "没有可读写的该文件夹",
        mend_en="Make it; files are moved into its folders taken and refused.",
        mend_zh="请建立该文件夹；文件会移入其中的 taken 与 refused。",
    ),
}

WEATHER_EVENTS: dict[str, Words] = {
    "operate.weather-refused": Words(
        "{file} was refused: {why}; forecasts go on with the last that was taken",
        "{file} 被拒收：{why}；预测沿用最近接收的一份",
    ),
    "operate.weather-not-moved": Words("{file} could not be moved aside: {what}", "{file} 无法移走：{what}"),
    "operate.weather-silent": Words("{file} does not answer: {what}", "{file} 无应答：{what}"),
    "operate.weather-answers": Words("{file} answers again", "{file} 恢复应答"),
    "operate.weather-old": Words(
        "the newest forecast is {age_h} h old; it is used until it is {hours} h old, then forecasts go without weather",
        "最近的预报已发布 {age_h} h；沿用至 {hours} h，之后的预测不含气象",
    ),
    "operate.weather-none": Words(
        "no forecast of the weather is younger than {hours} h; forecasts go without weather",
        "没有 {hours} h 以内的气象预报，预测不含气象",
    ),
    "operate.weather-again": Words("forecasts of the weather come again", "恢复收到气象预报"),
}

WEATHER_NOUNS: dict[str, Words] = {
    "operate.weather-refused": Words("refused forecast of the weather", "气象预报被拒收"),
    "operate.weather-not-moved": Words("file that stays where it is", "文件未能移走"),
    "operate.weather-silent": Words("source of weather that does not answer", "气象来源无应答"),
    "operate.weather-answers": Words("source of weather that answers again", "气象来源恢复应答"),
    "operate.weather-old": Words("old forecast of the weather", "气象预报过旧"),
    "operate.weather-none": Words("no forecast of the weather", "没有气象预报"),
    "operate.weather-again": Words("forecasts of the weather that come again", "恢复收到气象预报"),
}

WEATHER_COMPLAINTS: dict[str, Words] = {code: each.what for code, each in WEATHER_FINDINGS.items()}
"""Why a forecast was refused (`why` of `operate.weather-refused`)."""
