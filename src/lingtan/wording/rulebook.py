"""Sentences about rule records, and what their periods, components, days and sources are called."""

from __future__ import annotations

from typing import Literal

from lingtan.wording import Words
from lingtan.wording.rule_kinds import RULE_KIND_FINDINGS, RULE_KIND_WORDS
from lingtan.wording.sentence import Sentence, sentence

PeriodName = Literal["flat", "peak", "valley", "super_peak", "deep_valley"]
ComponentName = Literal["purchase", "line_loss", "transmission", "system_operation", "government_funds", "other"]
DayTypeName = Literal["workday", "weekend", "holiday"]
HolidayName = Literal[
    "new_year",
    "spring_festival",
    "tomb_sweeping",
    "labor_day",
    "dragon_boat",
    "mid_autumn",
    "national_day",
    "other",
]

RULEBOOK_WORDS: dict[str, Words] = {
    **RULE_KIND_WORDS,
    "kind.retail_price": Words("retail price list", "电价表"),
    "kind.time_of_use": Words("time-of-use hours", "分时电价时段"),
    "kind.emission_factor": Words("emission factor", "排放因子"),
    "kind.energy_conversion": Words("conversion to standard coal", "折标准煤系数"),
    "kind.core_indicator": Words("core indicator", "核心指标"),
    "kind.calendar": Words("calendar of working days", "工作日历"),
    "kind.assumption": Words("assumption", "假设"),
    "period.flat": Words("flat", "平段"),
    "period.peak": Words("peak", "高峰"),
    "period.valley": Words("valley", "低谷"),
    "period.super_peak": Words("super peak", "尖峰"),
    "period.deep_valley": Words("deep valley", "深谷"),
    "component.purchase": Words("energy purchase", "代理购电价格"),
    "component.line_loss": Words("line losses", "上网环节线损费用"),
    "component.transmission": Words("transmission and distribution", "电度输配电价"),
    "component.system_operation": Words("system operation", "系统运行费"),
    "component.government_funds": Words("government funds and surcharges", "政府性基金及附加"),
    "component.other": Words("other", "其他"),
    "day.workday": Words("workday", "工作日"),
    "day.weekend": Words("weekend", "周末"),
    "day.holiday": Words("holiday", "节假日"),
    "holiday.new_year": Words("New Year", "元旦"),
    "holiday.spring_festival": Words("Spring Festival", "春节"),
    "holiday.tomb_sweeping": Words("Tomb-Sweeping Day", "清明节"),
    "holiday.labor_day": Words("Labor Day", "劳动节"),
    "holiday.dragon_boat": Words("Dragon Boat Festival", "端午节"),
    "holiday.mid_autumn": Words("Mid-Autumn Festival", "中秋节"),
    "holiday.national_day": Words("National Day", "国庆节"),
    "holiday.other": Words("public holiday", "法定节假日"),
    "confidence.official": Words("official text", "官方文本"),
    "confidence.press": Words("press or agency", "媒体或机构报道"),
    "confidence.secondary": Words("secondary source", "二手资料"),
    "confidence.memory": Words("from memory", "凭记忆，待核实"),
    "confidence.invented": Words("invented", "虚构"),
    "view.park_annex4": Words("park accounting (annex 4)", "园区核算（附件4）"),
    "view.location": Words("location-based", "基于位置"),
    "view.market": Words("market-based", "基于市场"),
    "view.product": Words("product footprint", "产品碳足迹"),
    "energy.any": Words("all electricity or heat", "全部电力或热力"),
    "energy.unbacked": Words(
        "not backed by direct supply, green trade or certificates", "未以绿电直供、绿电交易或绿证覆盖"
    ),
    "energy.direct_non_fossil": Words("non-fossil, directly supplied", "直供非化石能源电力"),
    "energy.green_trade": Words(
        "renewable, by green-power trade or certificates", "绿电交易或绿证对应的可再生能源电力"
    ),
    "energy.fossil": Words("fossil", "化石能源"),
    "energy.coal": Words("coal-fired", "燃煤发电"),
    "energy.hydro": Words("hydropower", "水电"),
    "energy.wind": Words("wind power", "风电"),
    "energy.pv": Words("photovoltaics", "光伏发电"),
    "energy.non_fossil": Words("non-fossil", "非化石能源"),
    "conversion.equal_value": Words("equal value (coal burnt to generate it)", "等价值"),
    "conversion.calorific": Words("calorific value (its heat content)", "当量值"),
    "threshold.undefined": Words("not defined", "未作规定"),
    "cite.record": Words(
        "{title} {id} ({validity}): {document} [{confidence}, {checked}]",
        "{title} {id}（{validity}）：{document}〔{confidence}，{checked}〕",
    ),
    "cite.assumed": Words(
        "{title} {id} ({validity}), used beyond its validity by assumption {assumption}: {document} "
        "[{confidence}, {checked}]. Reason: {reason}",
        "{title} {id}（{validity}），按假设 {assumption} 超出有效期使用："
        "{document}〔{confidence}，{checked}〕。理由：{reason}",
    ),
    "cite.range": Words("{reason} From {low} to {high} is as likely.", "{reason}{low} 至 {high} 之间同样可能。"),
    "cite.verified": Words("compared with the document", "已与原文核对"),
    "cite.unverified": Words("not compared with the document", "未与原文核对"),
}

_LOADING: dict[str, Sentence] = {
    "rulebook.bad-id": sentence(
        "this is not an id",
        "不是合法的记录编号",
        mend_en="Use lower-case letters and digits, parted by '.', '-' or '_'.",
        mend_zh="请只用小写字母和数字，以“.”“-”“_”分隔。",
    ),
    "rulebook.id-twice": sentence(
        "this id stands twice",
        "记录编号重复",
        mend_en="Give each record its own id.",
        mend_zh="请为每条记录使用不同的编号。",
    ),
    "rulebook.variant-without-id": sentence(
        "a variant is a mapping with an id of its own",
        "每个变体必须是带有自身 id 的映射",
        mend_en="Add `id:`; it is joined to the id of the record.",
        mend_zh="请补上 `id:`，它会接在记录编号之后。",
    ),
    "rulebook.no-examples": sentence(
        "a record without a worked example does not load",
        "没有算例的记录不予加载",
        mend_en="Add one under `examples:`, with figures that the document prints.",
        mend_zh="请在 `examples:` 下补充算例，数字取自原文件。",
    ),
    "rulebook.example-fails": sentence(
        "the record does not reproduce its own example and does not load",
        "记录无法复现自身的算例，不予加载",
        mend_en="Compare both with the document.",
        mend_zh="请将两者与原文件核对。",
    ),
    "rulebook.bad-hours": sentence(
        "these are not hours of a day",
        "不是合法的时段",
        mend_en="Write `10:00-12:00`; `22:00-08:00` runs past midnight.",
        mend_zh="请写成 `10:00-12:00`；跨零点写成 `22:00-08:00`。",
    ),
    "rulebook.months-not-once": sentence(
        "the months must together be the year, each once",
        "各组月份合起来必须恰好为全年，每月一次",
        mend_en="Name every month in one place.",
        mend_zh="请让每个月恰好出现一次。",
    ),
    "rulebook.hours-overlap": sentence(
        "hours of two kinds overlap",
        "不同类别的时段相互重叠",
        mend_en="Let each minute belong to one of them.",
        mend_zh="请让每一分钟只属于其中一类。",
    ),
    "rulebook.component-twice": sentence(
        "a component stands twice",
        "价格组成项重复",
        mend_en="Add the two up, or name one of them `other`.",
        mend_zh="请合并两项，或将其中一项命名为 `other`。",
    ),
    "rulebook.example-without-price": sentence(
        "this example states no price",
        "算例中没有价格",
        mend_en="Add at least one, such as `flat:`.",
        mend_zh="请至少写出一个价格，例如 `flat:`。",
    ),
    "rulebook.empty-voltage-band": sentence(
        "no voltage lies in this band",
        "该电压范围为空",
        mend_en="The band runs from `voltage_from` up to, but not including, `voltage_below`.",
        mend_zh="范围含 `voltage_from`，不含 `voltage_below`。",
    ),
    "rulebook.outside-own-range": sentence(
        "the figure lies outside the range given with it",
        "取值超出所附的范围",
        mend_en="Correct the figure, `low` or `high`.",
        mend_zh="请更正取值或 `low`、`high`。",
    ),
    "rulebook.bands-not-rising": sentence(
        "the bands must rise and not overlap",
        "各档必须递增且互不重叠",
        mend_en="Sort them, and let only the last one be open.",
        mend_zh="请按顺序排列，只有最后一档可以不设上限。",
    ),
    "rulebook.range-reversed": sentence(
        "the range runs backward",
        "范围的上下限颠倒",
        mend_en="Write the lower figure first.",
        mend_zh="请先写较小的数。",
    ),
    "rulebook.span-reversed": sentence(
        "the last day comes before the first",
        "最后一天早于第一天",
        mend_en="Swap them.",
        mend_zh="请对调。",
    ),
    "rulebook.day-outside-calendar": sentence(
        "a day lies outside the calendar",
        "日期超出该日历的有效期",
        mend_en="Use the calendar of its year.",
        mend_zh="请使用对应年份的日历。",
    ),
    "rulebook.factors-and-mode": sentence(
        "a profile needs `factors`, and a repeated record takes none",
        "`profile` 方式必须给出 `factors`，`repeat` 方式则不能有",
        mend_en="Choose one of the two.",
        mend_zh="请二选一。",
    ),
    "rulebook.seasons-without-months": sentence(
        "factors by season need the months of the seasons",
        "按丰平枯给出系数时必须说明各期月份",
        mend_en="Add `months:` with `dry:`, `flat:` and `wet:`.",
        mend_zh="请补上 `months:`，其下写明 `dry:`、`flat:`、`wet:`。",
    ),
}

_PACKS: dict[str, Sentence] = {
    "rulebook.no-pack": sentence(
        "there is no such folder or file",
        "文件夹或文件不存在",
        mend_en="Check the path.",
        mend_zh="请检查路径。",
    ),
    "rulebook.empty-pack": sentence(
        "there is no record here",
        "此处没有任何记录",
        mend_en="Put `*.yaml` files with records into the folder.",
        mend_zh="请在文件夹中放入含记录的 `*.yaml` 文件。",
    ),
    "rulebook.unreadable": sentence(
        "the file cannot be read",
        "文件无法读取",
        mend_en="Check its permissions.",
        mend_zh="请检查文件权限。",
    ),
    "rulebook.not-a-list": sentence(
        "a file of records is a list",
        "记录文件应为列表",
        mend_en="Begin each record with `- id:`.",
        mend_zh="请让每条记录以 `- id:` 开头。",
    ),
    "rulebook.replaces-newer": sentence(
        "this record replaces one that was written down later",
        "该记录替换了一条更晚录入的记录",
        mend_en="Check whether the pack is out of date.",
        mend_zh="请检查规则包是否已过时。",
    ),
}

_LOOKING_UP: dict[str, Sentence] = {
    "rulebook.unknown-id": sentence(
        "there is no record of this id",
        "没有该编号的记录",
        mend_en="Did you mean '{nearest}'?",
        mend_zh="是否想写“{nearest}”？",
    ),
    "rulebook.changes-midway": sentence(
        "several records share the period, and one must hold throughout",
        "研究期内先后适用多条记录，而此处只能用一条",
        mend_en="Extend the validity of one of them over the period.",
        mend_zh="请让其中一条的有效期覆盖整个研究期。",
    ),
    "rulebook.no-record": sentence(
        "no record covers these days",
        "这些日期没有可用的记录",
        mend_en="Add a record for them, or ask under `rules:` for the nearest one ({validity}) beyond its validity: "
        "`{{id: …, kind: assumption, of: {nearest}, mode: repeat, reason: …}}`.",
        mend_zh="请补充记录，或在 `rules:` 下声明在有效期之外沿用最接近的一条（{validity}）:"
        "`{{id: …, kind: assumption, of: {nearest}, mode: repeat, reason: …}}`。",
    ),
    "rulebook.no-record-here": sentence(
        "no record is made for this place and customer",
        "没有适用于该地点和用户的记录",
        mend_en="Add one under `rules:` or in a pack; the nearest is {nearest} ({validity}), usable by name.",
        mend_zh="请在 `rules:` 或规则包中补充；最接近的是 {nearest}({validity})，写明其编号即可使用。",
    ),
    "rulebook.no-record-of-kind": sentence(
        "there is no record of this kind",
        "没有该类记录",
        mend_en="Add one under `rules:` or in a pack.",
        mend_zh="请在 `rules:` 或规则包中补充。",
    ),
    "rulebook.two-records": sentence(
        "several records hold at once and none is more special",
        "多条记录同时适用且同样具体",
        mend_en="End one with `valid_to`, replace it under its own id, or name the one you mean.",
        mend_zh="请用 `valid_to` 结束其中一条、以相同编号替换，或写明所用的一条。",
    ),
    "rulebook.place-or-customer-unknown": sentence(
        "whether these records hold depends on a prefecture or a customer that is not given",
        "这些记录是否适用取决于未给出的地市或用户类别",
        mend_en="State the prefecture and the customer.",
        mend_zh="请写明所在地市和用户类别。",
    ),
    "rulebook.made-for-others": sentence(
        "the record named was made for another place or customer",
        "所指定的记录适用于其他地点或用户",
        mend_en="It is used as asked for; make sure that it is meant.",
        mend_zh="已按指定使用，请确认无误。",
    ),
    "rulebook.bad-place": sentence(
        "this is not a place",
        "无法识别的地点",
        mend_en="Write province and prefecture as records name them, parted by '/'.",
        mend_zh="请按记录中的写法填写省份和地市，以“/”分隔。",
    ),
    "rulebook.unknown-country": sentence(
        "no calendar is known for this country",
        "没有该国家的日历",
        mend_en="Add a record of kind `calendar`.",
        mend_zh="请补充一条 `calendar` 记录。",
    ),
}

_APPLYING: dict[str, Sentence] = {
    "rulebook.not-extendable": sentence(
        "a record of this kind cannot be used beyond its validity",
        "该类记录不能超出有效期使用",
        mend_en="Add a record for the days in question.",
        mend_zh="请为相应日期补充记录。",
    ),
    "rulebook.profile-of-other-kind": sentence(
        "only a price list can be shaped by month",
        "只有电价表可以按月份调整",
        mend_en="Use `mode: repeat`.",
        mend_zh="请改用 `mode: repeat`。",
    ),
    "rulebook.no-such-component": sentence(
        "the price list has no such component",
        "电价表中没有该组成项",
        mend_en="Choose among the components named.",
        mend_zh="请从所列组成项中选择。",
    ),
    "rulebook.profile-without-anchor": sentence(
        "the record's own months carry different weights, so no month keeps its price",
        "记录自身所含月份的权重不同，无法确定基准月",
        mend_en="Start from a record of one month, or give its months one weight.",
        mend_zh="请以单月记录为基准，或让其各月权重相同。",
    ),
    "rulebook.period-without-price": sentence(
        "the price list has no price for a period that occurs",
        "电价表中缺少所出现时段的价格",
        mend_en="Add its factor, or use hours that fit the list.",
        mend_zh="请补充该时段的浮动系数，或改用与电价表匹配的时段。",
    ),
    "rulebook.step-cut-by-period": sentence(
        "a boundary between periods lies inside a step",
        "峰谷时段的分界落在一个时间步之内",
        mend_en="Choose a shorter step.",
        mend_zh="请缩短步长。",
    ),
    "rulebook.temperature-unknown": sentence(
        "super-peak or deep-valley hours on hot days are not counted, for there is no temperature",
        "缺少气温数据，未计入高温日触发的尖峰或深谷时段",
        mend_en="The bill may be too low in those months.",
        mend_zh="相应月份的电费可能偏低。",
    ),
    "rulebook.holiday-hours-not-applied": sentence(
        "special hours on holidays are not counted, for no calendar is given",
        "缺少日历，未计入节假日的特殊时段",
        mend_en="The bill of those days is approximate.",
        mend_zh="相应日期的电费为近似值。",
    ),
    "rulebook.year-not-gazetted": sentence(
        "the make-up workdays of this year have not been announced",
        "该年度的调休安排尚未公布",
        mend_en="Statutory holidays are computed and weekends kept as they fall.",
        mend_zh="法定节假日按推算，周末不作调整。",
    ),
}

RULEBOOK_FINDINGS: dict[str, Sentence] = {**_LOADING, **_PACKS, **_LOOKING_UP, **_APPLYING, **RULE_KIND_FINDINGS}
