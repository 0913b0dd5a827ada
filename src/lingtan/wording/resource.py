"""Sentences about weather, and about what sun, wind and water offer."""

from __future__ import annotations

from lingtan.wording import Text, Words, say
from lingtan.wording.sentence import Sentence, sentence

_FORMS: dict[str, Sentence] = {
    "resource.unclear-source": sentence(
        "it is not clear what this series is made of",
        "无法判断该序列由何种资源计算",
        mend_en="Give exactly one of pv, wind and hydro, and none of file, package, constant and monthly beside it.",
        mend_zh="请在 pv、wind、hydro 中给出且只给出一个，且不要与 file、package、constant、monthly 并列。",
    ),
    "resource.unclear-weather": sentence(
        "it is not clear where the weather comes from",
        "无法判断气象数据的来源",
        mend_en="Give exactly one of these keys.",
        mend_zh="请给出且只给出其中一个键。",
    ),
    "resource.unclear-hydro": sentence(
        "hydropower is given by months or by seasons, one of the two",
        "水电应按月或按丰平枯给出，二者择一",
        mend_en="Keep one of them.",
        mend_zh="请只保留一种。",
    ),
    "resource.two-loss-models": sentence(
        "a performance ratio holds every loss, so losses beside it would be forgotten",
        "系统效率已含全部损失，并列给出的损失项不会被采用",
        mend_en="Drop `performance_ratio`, or drop the others.",
        mend_zh="请删去 `performance_ratio`，或删去其余各项。",
    ),
    "resource.two-ways": sentence(
        "two keys say the same thing in different ways",
        "两个键以不同方式表述同一事项",
        mend_en="Keep one of them.",
        mend_zh="请只保留其中一个。",
    ),
    "resource.not-fives": sentence(
        "the irradiance can be moved in steps of five minutes only",
        "辐照时刻只能以 5 分钟为单位平移",
        mend_en="Give a multiple of 5.",
        mend_zh="请填写 5 的整数倍。",
    ),
    "resource.bad-curve": sentence(
        "the points are no power curve: speeds must rise, and powers lie between 0 and 1 of the rated power",
        "所给点不构成功率曲线：风速应递增，功率应为额定功率的 0 至 1",
        mend_en="Correct them; divide powers by the rated power.",
        mend_zh="请更正；功率请除以额定功率。",
    ),
    "resource.too-rough": sentence(
        "the log law needs heights above the roughness length",
        "对数风廓线要求高度大于粗糙度长度",
        mend_en="Check `roughness`: open farmland has 0.03 m to 0.1 m, forest about 1 m.",
        mend_zh="请核对 `roughness`：开阔农田为 0.03 m 至 0.1 m，森林约 1 m。",
    ),
    "resource.no-seasons": sentence(
        "it is not known which months are wet, flat and dry",
        "不知道哪些月份属于丰水期、平水期、枯水期",
        mend_en="Give `months`, or add a `hydro_seasons` record for this place.",
        mend_zh="请给出 `months`，或为该地添加 `hydro_seasons` 记录。",
    ),
    "resource.bad-roof": sentence(
        "this is no figure of a roof",
        "该数值不符合屋顶实际",
        mend_en="Give areas in m2, shares between 0 and 1, and modules in kW per m2 (about 0.22).",
        mend_zh="面积请用 m2，比例为 0 至 1，组件功率密度用 kW/m2（约 0.22）。",
    ),
    "resource.no-clear-hours": sentence(
        "the sun is down during some of these hours on the shortest day",
        "冬至日该时段内太阳已落山",
        mend_en="Ask for fewer hours without shade.",
        mend_zh="请缩短无遮挡时数。",
    ),
}

_FILES: dict[str, Sentence] = {
    "resource.no-file": sentence(
        "the file of weather does not exist",
        "气象文件不存在",
        mend_en="Check the name; it counts from the folder of the park file.",
        mend_zh="请核对文件名；相对路径从园区文件所在目录算起。",
    ),
    "resource.unreadable": sentence(
        "the file of weather cannot be read",
        "气象文件无法读取",
        mend_en="Check that it is whole and that you may read it.",
        mend_zh="请检查文件是否完整、是否有读取权限。",
    ),
    "resource.too-large": sentence(
        "the file of weather is too large",
        "气象文件过大",
        mend_en="Keep the years that are needed.",
        mend_zh="请只保留需要的年份。",
    ),
    "resource.not-epw": sentence(
        "the file is not in the EnergyPlus weather format",
        "文件不是 EnergyPlus 气象格式",
        mend_en="An EPW file begins with LOCATION and has a line DATA PERIODS before its rows; for other files use `csv`.",
        mend_zh="EPW 文件以 LOCATION 开头，数据行之前有 DATA PERIODS 行；其他文件请用 `csv`。",
    ),
    "resource.epw-rows": sentence(
        "the rows are not the hours of one whole year",
        "数据行不是完整一年的逐时数据",
        mend_en="Complete the file: one row an hour from 1 January 1 h to 31 December 24 h, each with all its columns.",
        mend_zh="请补全文件：自 1 月 1 日第 1 时至 12 月 31 日第 24 时每小时一行，各列齐全。",
    ),
    "resource.not-pvgis": sentence(
        "the file is not an hourly record or a typical year of PVGIS",
        "文件不是 PVGIS 的逐时数据或典型年",
        mend_en="Download `seriescalc` or `tmy` as CSV or JSON and leave the file as it is; for other files use `csv`.",
        mend_zh="请下载 CSV 或 JSON 格式的 `seriescalc` 或 `tmy`，不要改动；其他文件请用 `csv`。",
    ),
    "resource.pvgis-tilted": sentence(
        "the radiation of this file is not that on the horizontal plane",
        "该文件的辐照不是水平面辐照",
        mend_en="Download it with a slope of 0° (fixed mounting); the park file tilts the modules.",
        mend_zh="请以 0° 倾角（固定式）重新下载；组件倾角由园区文件给出。",
    ),
    "resource.pvgis-rows": sentence(
        "the rows do not follow each other hour by hour",
        "数据行未逐时连续",
        mend_en="Download the file again and leave it as it is.",
        mend_zh="请重新下载，不要改动文件。",
    ),
    "resource.not-a-number": sentence(
        "a value of the weather is not a number",
        "气象数据中存在非数值内容",
        mend_en="Correct it, or write the format's number for 'missing'.",
        mend_zh="请更正，或填写该格式规定的缺测值。",
    ),
    "resource.no-columns": sentence(
        "no column of weather is named",
        "未指明任何气象列",
        mend_en="Name the columns, such as `ghi_w_per_m2: GHI`.",
        mend_zh="请指明各列，例如 `ghi_w_per_m2: GHI`。",
    ),
    "resource.columns-apart": sentence(
        "the columns do not begin and end together",
        "各列的起止时间不一致",
        mend_en="Fill in the rows at the ends, or leave them out.",
        mend_zh="请补齐首尾的数据行，或将其删去。",
    ),
}

_WEATHER: dict[str, Sentence] = {
    "resource.wrong-length": sentence(
        "the number of values is not the number of steps",
        "数值个数与时段数不符",
        mend_en="Give one value per step.",
        mend_zh="请为每个时段提供一个数值。",
    ),
    "resource.weather-gap": sentence(
        "the weather has hours without a value",
        "气象数据有缺测",
        mend_en="Fill them in, or read the file as `csv` with a `repair`.",
        mend_zh="请补齐，或按 `csv` 读取并设置 `repair`。",
    ),
    "resource.weather-range": sentence(
        "a value lies outside what has been measured on Earth",
        "数值超出地球上的实测范围",
        mend_en="Check its unit, and the numbers that stand for 'missing'.",
        mend_zh="请核对单位以及表示缺测的数值。",
    ),
    "resource.short-weather": sentence(
        "the weather does not have these dates",
        "气象数据缺少相应日期",
        mend_en="Give a whole year.",
        mend_zh="请提供完整一年的数据。",
    ),
    "resource.many-years": sentence(
        "the weather spans several years, and a date does not say which one is meant",
        "气象数据跨越多年，仅凭日期无法确定所指年份",
        mend_en="Choose one with `year`.",
        mend_zh="请用 `year` 选定一年。",
    ),
    "resource.no-such-year": sentence(
        "the weather does not have this year",
        "气象数据中没有该年份",
        mend_en="Choose a year of the record; a typical year has none to choose.",
        mend_zh="请选用记录中的年份；典型年无年份可选。",
    ),
    "resource.no-irradiance": sentence(
        "the weather has no global horizontal irradiance",
        "气象数据中没有水平面总辐照",
        mend_en="Choose weather that has it.",
        mend_zh="请选用包含该要素的气象数据。",
    ),
    "resource.no-temperature": sentence(
        "the weather has no air temperature, which warms the modules",
        "气象数据中没有气温，无法计算组件温度",
        mend_en="Add it, or give a `performance_ratio` instead.",
        mend_zh="请补充气温，或改用 `performance_ratio`。",
    ),
    "resource.no-air-temperature": sentence(
        "the weather has no air temperature",
        "气象数据中没有气温",
        mend_en="Add it, such as `temperature_c: T`.",
        mend_zh="请补充气温列，例如 `temperature_c: T`。",
    ),
    "resource.no-wind": sentence(
        "the weather has no wind speed",
        "气象数据中没有风速",
        mend_en="Choose weather that has it.",
        mend_zh="请选用包含该要素的气象数据。",
    ),
    "resource.no-location": sentence(
        "the way of the sun needs a place",
        "计算太阳轨迹需要地点",
        mend_en="Give `latitude` and `longitude` of the site.",
        mend_zh="请给出场址的 `latitude` 和 `longitude`。",
    ),
    "resource.no-pvlib": sentence(
        "the way of the sun is computed by a package that is not installed",
        "计算太阳轨迹所需的软件包未安装",
        mend_en="Install it with `pip install 'lingtan[resource]'`.",
        mend_zh="请执行 `pip install 'lingtan[resource]'` 安装。",
    ),
    "resource.irradiation-out-of-reach": sentence(
        "a month has more irradiation than a clear sky could give",
        "月辐照量超过晴空可能达到的数值",
        mend_en="Check the figure; the unit is kWh/m2 on the horizontal plane.",
        mend_zh="请核对数值；单位为水平面 kWh/m2。",
    ),
    "resource.far-weather": sentence(
        "the weather was recorded far from the site",
        "气象数据的观测地点距场址较远",
        mend_en="Look for a nearer station, above all where mountains lie between.",
        mend_zh="请选用更近的站点，中间隔山时尤应如此。",
    ),
    "resource.sun-at-night": sentence(
        "the weather has irradiance while the sun is down; it is left out",
        "气象数据在日落后仍有辐照，该部分不计",
        mend_en="Check the zone, the stamps and the place.",
        mend_zh="请核对时区、时间戳和地点。",
    ),
    "resource.sun-shifted": sentence(
        "the irradiance would fit the sun better at another time of its hour",
        "辐照与太阳位置在另一时刻更为吻合",
        mend_en="Write `sun_minutes: {minutes}` if the maker of the file put it down so.",
        mend_zh="若文件编制方确系如此记录，请写 `sun_minutes: {minutes}`。",
    ),
}

RESOURCE_FINDINGS: dict[str, Sentence] = {**_FORMS, **_FILES, **_WEATHER}

RESOURCE_WORDS: dict[str, Words] = {
    "steps-without": Words("{count} ×, first at {at}", "{count} 处，首处 {at}"),
    "value-at": Words("{value} at {at} (×{count})", "{at} 为 {value}（共 {count} 处）"),
    "fields": Words("{count} fields", "{count} 个字段"),
    "no-fixed-plane": Words("no fixed plane", "非固定平面"),
    "minutes-earlier": Words("{minutes} min earlier", "提前 {minutes} 分钟"),
    "minutes-later": Words("{minutes} min later", "推后 {minutes} 分钟"),
    "epw": Words("typical year of {city} ({latitude}, {longitude})", "{city}（{latitude}，{longitude}）典型气象年"),
    "pvgis-typical": Words(
        "typical year of PVGIS {database} for {latitude}, {longitude}",
        "PVGIS {database} 典型气象年（{latitude}，{longitude}）",
    ),
    "pvgis-hourly": Words(
        "hourly record of PVGIS {database} for {latitude}, {longitude}, seen by satellite or modeled",
        "PVGIS {database} 逐时数据（{latitude}，{longitude}），由卫星反演或模式再分析得到",
    ),
    "sun-minutes": Words(
        "the irradiance of an hour was seen {when} than the middle of it", "各小时辐照的观测时刻较该小时中点{when}"
    ),
    "monthly-sun": Words(
        "drawn from twelve monthly sums of irradiation, {total} kWh/m2 a year, seed {seed}: not measured",
        "按 12 个月水平面辐照量（全年 {total} kWh/m2）随机生成，种子 {seed}：非实测",
    ),
    "monthly-wind": Words(
        "drawn from twelve monthly mean speeds, {mean} m/s a year at {height} m, seed {seed}: not measured",
        "按 12 个月平均风速（年均 {mean} m/s，高度 {height} m）随机生成，种子 {seed}：非实测",
    ),
    "typical-laid": Words(
        "a typical year laid on {year} by date: no measurement of {year} and no forecast",
        "典型气象年按日期对应到 {year} 年：既非 {year} 年实测，也非预报",
    ),
    "year-laid": Words(
        "the weather of {of} laid on {year} by date: no measurement of {year} and no forecast",
        "{of} 年的气象数据按日期对应到 {year} 年：既非 {year} 年实测，也非预报",
    ),
    "pvwatts": Words(
        "AC power by PVWatts: losses {losses} before the inverter, modules {mounting}, glass, temperature and inverter "
        "computed",
        "按 PVWatts 计算交流功率：逆变器前损失 {losses}，组件{mounting}，并计入玻璃反射、温度与逆变器效率",
    ),
    "mounting-roof": Words("close above a roof", "贴屋面安装"),
    "mounting-ground": Words("on open racks", "开放支架安装"),
    "performance-ratio": Words("AC power by a performance ratio of {ratio}", "按系统效率 {ratio} 计算交流功率"),
    "pv": Words(
        "modules at {tilt}°, facing {azimuth}°: {horizontal} kWh/m2 on the horizontal plane, {plane} kWh/m2 on theirs "
        "(Hay-Davies), {hours} h of their peak power",
        "组件倾角 {tilt}°、方位 {azimuth}°：水平面 {horizontal} kWh/m2，组件面 {plane} kWh/m2（Hay-Davies），"
        "折合峰值功率利用 {hours} 小时",
    ),
    "curve-iec_2": Words("a generic power curve of IEC class II", "通用功率曲线（IEC Ⅱ 类）"),
    "curve-iec_3": Words("a generic power curve of IEC class III", "通用功率曲线（IEC Ⅲ 类）"),
    "own-curve": Words("the power curve of the park file", "采用园区文件给出的功率曲线"),
    "wind": Words(
        "{measured} m/s at {height} m, {hub} m/s at the hub ({hub_height} m), {hours} h of rated power after losses",
        "{height} m 高度 {measured} m/s，轮毂高度（{hub_height} m）{hub} m/s，扣除损失后折合额定功率 {hours} 小时",
    ),
    "hydro-monthly": Words(
        "hydropower by twelve monthly shares, constant within each month", "水电按 12 个月比例，月内恒定"
    ),
    "hydro-seasons": Words(
        "hydropower by wet, flat and dry season; which months they are: {source}",
        "水电按丰水期、平水期、枯水期比例；月份划分：{source}",
    ),
    "months-of-file": Words("as the park file says", "见园区文件"),
}
"""Other texts about weather and what it offers, by key."""


def said(key: str, /, **values: Text | float) -> Words:
    """A text of `RESOURCE_WORDS` with its placeholders filled, in both languages.

    >>> said("mounting-roof").en
    'close above a roof'
    """
    return Words(say(RESOURCE_WORDS, key, "en", **values), say(RESOURCE_WORDS, key, "zh", **values))
