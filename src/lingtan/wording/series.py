"""What may be wrong with a series: its file, its stamps and values, its repairs and vintages."""

from __future__ import annotations

from lingtan.wording.sentence import Sentence, sentence

_FILES: dict[str, Sentence] = {
    "series.unclear-source": sentence(
        "it is not clear where this series comes from",
        "无法判断该序列的数据来源",
        mend_en="Give exactly one of file, package, constant and monthly.",
        mend_zh="请在 file、package、constant、monthly 中给出且只给出一个。",
    ),
    "series.energy-for-mean": sentence(
        "a mean over time is a power, not an energy",
        "时间平均值应为功率，而非电量",
        mend_en="Divide the energy by its hours and give it in kW.",
        mend_zh="请将电量除以相应小时数，以 kW 填写。",
    ),
    "series.no-file": sentence(
        "the file does not exist",
        "文件不存在",
        mend_en="Check the name; it counts from the folder of the park file.",
        mend_zh="请核对文件名；相对路径从园区文件所在目录算起。",
    ),
    "series.outside-folder": sentence(
        "the file lies outside the folder of the park",
        "文件不在园区目录之内",
        mend_en="Put it beside the park file.",
        mend_zh="请将其放到园区文件所在目录。",
    ),
    "series.no-package": sentence(
        "the package is not installed or has no such file",
        "未安装该软件包，或包内没有该文件",
        mend_en="Install the package, or correct its name or the file.",
        mend_zh="请安装该软件包，或更正包名、文件名。",
    ),
    "series.unreadable": sentence(
        "the file cannot be read",
        "文件无法读取",
        mend_en="Check that it is whole, that it is what its name says, and that you may read it.",
        mend_zh="请检查文件是否完整、内容与扩展名是否相符，以及是否有读取权限。",
    ),
    "series.unknown-format": sentence(
        "files of this kind are not read",
        "不支持该类型的文件",
        mend_en="Save it as one of these.",
        mend_zh="请另存为上述格式之一。",
    ),
    "series.too-large": sentence(
        "the file is too large",
        "文件过大",
        mend_en="Keep the columns and the years that are needed.",
        mend_zh="请只保留需要的列和年份。",
    ),
    "series.binary": sentence(
        "the file is not a text, though its name says so",
        "文件扩展名为文本，内容却不是文本",
        mend_en="Export it again as CSV in UTF-8.",
        mend_zh="请重新导出为 UTF-8 编码的 CSV。",
    ),
    "series.no-rows": sentence(
        "the file has no rows of data",
        "文件中没有数据行",
        mend_en="Check the file, and `header_line` if titles stand above the names of the columns.",
        mend_zh="请检查文件；若列名行之上另有标题行，请设置 `header_line`。",
    ),
    "series.no-sheet": sentence(
        "the workbook has no such sheet",
        "工作簿中没有该工作表",
        mend_en="Choose one of its sheets.",
        mend_zh="请选用其中的一个工作表。",
    ),
    "series.no-column": sentence(
        "the file has no such column",
        "文件中没有该列",
        mend_en="{help}",
        mend_zh="{help}",
    ),
    "series.double-column": sentence(
        "the file has this column twice",
        "文件中有两列同名",
        mend_en="Rename one of them.",
        mend_zh="请修改其中一列的列名。",
    ),
    "series.same-column": sentence(
        "the values and the stamps are read from the same column",
        "数值与时间戳取自同一列",
        mend_en="Name the column of the stamps as `time_column`; it is the first one unless you do.",
        mend_zh="请用 `time_column` 指明时间戳所在列；缺省为第一列。",
    ),
    "series.ragged-row": sentence(
        "a row has more or fewer fields than there are columns",
        "某行的字段数与列数不符",
        mend_en="Correct the row; decimal commas in a file separated by commas look like this, too.",
        mend_zh="请更正该行；以逗号分隔的文件中若用逗号作小数点，也会出现此问题。",
    ),
    "series.not-a-number": sentence(
        "a value is not a number",
        "存在非数值内容",
        mend_en="Correct it, or leave the field empty where the value is not known.",
        mend_zh="请更正；若数值未知，请留空。",
    ),
    "series.comma-in-number": sentence(
        "a number is written with a comma, which may mark decimals or thousands",
        "数值中含有逗号，可能是小数点，也可能是千位分隔符",
        mend_en="Write decimals with a point and nothing between thousands, such as 1234.5.",
        mend_zh="请用“.”作小数点，不写千位分隔符，例如 1234.5。",
    ),
    "series.wrong-type": sentence(
        "the column is of a type that cannot be used here",
        "该列的数据类型不适用",
        mend_en="Choose another column, or convert it before.",
        mend_zh="请改选其他列，或先行转换类型。",
    ),
    "series.not-written": sentence(
        "the file cannot be written",
        "文件无法写入",
        mend_en="Check the folder, the space left and your rights.",
        mend_zh="请检查目录、剩余空间和写入权限。",
    ),
}

_CHECKS: dict[str, Sentence] = {
    "series.too-short": sentence(
        "two rows at least are needed to know the step",
        "至少需要两行数据才能确定步长",
        mend_en="Give more rows, or use `constant`.",
        mend_zh="请补充数据，或改用 `constant`。",
    ),
    "series.islands": sentence(
        "stamps that stand alone, far from all others, were left out",
        "已剔除远离其他数据的孤立时间戳",
        mend_en="Check the clock of the logger and the stamps of these rows.",
        mend_zh="请核对记录仪时钟和这些行的时间戳。",
    ),
    "series.unordered": sentence(
        "the stamps are not in order",
        "时间戳未按先后排列",
        mend_en="If the clock was put back there, give its `zone`; if the stamps are right, write `sort: true`.",
        mend_zh="若为夏令时结束时回拨所致，请写明所属 `zone`；若时间戳本身无误，请写 `sort: true`。",
    ),
    "series.midnight-closes-day": sentence(
        "the rows stamped 00:00 stand at the end of their day",
        "标为 00:00 的行排在当日末尾",
        mend_en="If 00:00 of a day is meant as its end, write `stamps: end` and `midnight: end_of_day`.",
        mend_zh="若以当日 00:00 表示当日 24:00，请写 `stamps: end` 和 `midnight: end_of_day`。",
    ),
    "series.starts-or-ends": sentence(
        "the stamps begin one step after midnight and end on one, as of whole days whose stamps mark the ends of intervals",
        "时间戳自零点后一个步长起，至零点止，疑似以时段终点标记的整日数据",
        mend_en="Write `stamps: end` if they do, `stamps: start` if they mark starts; a file of metered flows needs starts.",
        mend_zh="若标记终点请写 `stamps: end`，若标记起点请写 `stamps: start`；实测功率文件须标记起点。",
    ),
    "series.stopped": sentence(
        "the load is zero for a long time, as of a meter that is dead",
        "负荷长时间为零，疑似表计失效",
        mend_en="Check the meter in these hours.",
        mend_zh="请核查该时段的表计。",
    ),
    "series.never-falls": sentence(
        "the values never fall, as of a register that counts energy from the first day on",
        "数值只增不减，疑似累计电量读数",
        mend_en="Give the power, or the energy of each step, in place of the register.",
        mend_zh="请给出功率或各时段电量，而非累计读数。",
    ),
    "series.double-stamp": sentence(
        "some stamps occur more than once, with different values",
        "部分时间戳重复且数值不同",
        mend_en="Correct them, or write which one counts: `duplicates: first`, `last` or `mean`.",
        mend_zh="请更正，或写明取值方式：`duplicates: first`、`last` 或 `mean`。",
    ),
    "series.double-row": sentence(
        "some stamps occur more than once, with the same value",
        "部分时间戳重复，数值相同",
        mend_en="Remove the doubles, or write `duplicates: first`.",
        mend_zh="请删除重复行，或写 `duplicates: first`。",
    ),
    "series.irregular-step": sentence(
        "the stamps are not a whole number of steps apart",
        "时间戳间隔不是步长的整数倍",
        mend_en="Bring the rows to one regular step.",
        mend_zh="请将数据整理为统一步长。",
    ),
    "series.gap": sentence(
        "values are missing",
        "数据有缺口",
        mend_en="Fill them in, or ask for a repair: `repair: interpolate`, `previous_day`, `previous_week` or `zero`.",
        mend_zh="请补齐，或要求修补：`repair: interpolate`、`previous_day`、`previous_week` 或 `zero`。",
    ),
    "series.long-gap": sentence(
        "a gap is longer than may be repaired",
        "缺口超出允许修补的时长",
        mend_en="Fill it in, or raise `max_gap_minutes` if the repair is still right for it.",
        mend_zh="请补齐；若仍适合修补，可调大 `max_gap_minutes`。",
    ),
    "series.no-pattern": sentence(
        "a gap cannot be repaired, for what it would be filled from is missing, too",
        "用于修补的数据同样缺失，无法修补",
        mend_en="Fill it in, or choose another repair.",
        mend_zh="请补齐，或改用其他修补方式。",
    ),
    "series.sentinel": sentence(
        "a value that often stands for 'no reading' occurs, far from all others",
        "出现常用作“无读数”标记的数值，且与其余数值相差悬殊",
        mend_en="Write `sentinels: [{value}]` if it means no reading, or `sentinels: []` if it is real.",
        mend_zh="若表示无读数，请写 `sentinels: [{value}]`；若为真实数值，请写 `sentinels: []`。",
    ),
    "series.frozen": sentence(
        "the value does not move for a long time, as of a meter that hangs",
        "数值长时间不变，疑似表计停走",
        mend_en="Check the meter in these hours.",
        mend_zh="请核查该时段的表计。",
    ),
    "series.noon": sentence(
        "the middle of the sun's work lies far from noon, as with stamps of another zone",
        "光伏出力的中心时刻明显偏离正午，疑似时区有误",
        mend_en="Check `zone` and `stamps`.",
        mend_zh="请核对 `zone` 和 `stamps`。",
    ),
    "series.unit-doubtful": sentence(
        "the values do not fit their unit",
        "数值与单位不相称",
        mend_en="Check `unit` and `factor`.",
        mend_zh="请核对 `unit` 和 `factor`。",
    ),
    "series.above-limit": sentence(
        "more flows than the plant is built for",
        "功率超过设备容量",
        mend_en="Check `unit` of the meter, and the size.",
        mend_zh="请核对表计单位和设备容量。",
    ),
    "series.far-above-limit": sentence(
        "many times more flows than the plant can carry: the values are in another unit",
        "功率达设备容量的许多倍，数值应为其他单位",
        mend_en="Give the flow in kW, or correct the size.",
        mend_zh="请以 kW 给出功率，或更正设备容量。",
    ),
    "series.negative": sentence(
        "values below zero occur where none can be",
        "出现不应有的负值",
        mend_en="Correct their sign, or write `negative: zero` if they are noise or own use.",
        mend_zh="请更正符号；若为噪声或自用电，可写 `negative: zero`。",
    ),
    "series.not-finite": sentence(
        "a value is not a finite number",
        "存在非有限数值",
        mend_en="Give a number, or mark the step as missing.",
        mend_zh="请填写数值，或将该时段标为缺失。",
    ),
}

_VALUES: dict[str, Sentence] = {
    "series.wrong-length": sentence(
        "the number of values is not the number of steps",
        "数值个数与时段数不符",
        mend_en="Give one value per step.",
        mend_zh="请为每个时段提供一个数值。",
    ),
    "series.missing-values": sentence(
        "no figure can be made, for values are missing",
        "数据缺失，无法计算",
        mend_en="Repair the series before.",
        mend_zh="请先修补该序列。",
    ),
    "series.not-a-power": sentence(
        "energy can be summed of a power only",
        "只有功率序列才能累计电量",
        mend_en="Convert the series before.",
        mend_zh="请先换算为功率。",
    ),
    "series.not-numbers": sentence(
        "the column does not hold numbers",
        "该列不是数值",
        mend_en="Choose the columns that do.",
        mend_zh="请只选取数值列。",
    ),
    "series.naive-index": sentence(
        "the index does not hold stamps with a time zone",
        "索引不是带时区的时间戳",
        mend_en="Use `tz_localize` with the zone of the stamps.",
        mend_zh="请用 `tz_localize` 注明时间戳所属时区。",
    ),
    "series.unnamed-zone": sentence(
        "the time zone of the index has no IANA name",
        "索引的时区没有 IANA 名称",
        mend_en="Pass `zone`, such as Asia/Shanghai.",
        mend_zh="请传入 `zone`，例如 Asia/Shanghai。",
    ),
    "series.irregular-index": sentence(
        "the stamps of the index are not whole minutes in equal, rising steps",
        "索引的时间戳不是等步长递增的整分钟",
        mend_en="Sort and complete the index before.",
        mend_zh="请先排序并补全索引。",
    ),
    "series.no-common-step": sentence(
        "one step is not a whole multiple of the other",
        "两个步长之间不成整数倍",
        mend_en="Choose a step that divides, or is divided by, the one of the series.",
        mend_zh="请选用与原步长成整数倍关系的步长。",
    ),
    "series.not-aligned": sentence(
        "the series does not begin and end on the wider step of the local clock",
        "序列的起止未与当地时钟的较长步长对齐",
        mend_en="Cut it to whole steps before.",
        mend_zh="请先截取为完整时段。",
    ),
    "series.no-whole-day": sentence(
        "there is no whole local day to take values from",
        "没有可供取值的完整自然日",
        mend_en="Give at least one whole day of measured values.",
        mend_zh="请至少提供一整天的实测数据。",
    ),
    "series.day-absent": sentence(
        "the map of days does not know this day, or the series does not have it",
        "日期映射中没有该日，或序列中缺少该日",
        mend_en="Make the map from the days of the series and of the studied period.",
        mend_zh="请按该序列与研究时段的日期建立映射。",
    ),
    "series.mean-out-of-reach": sentence(
        "the mean of a month cannot be met within the limits of the shape",
        "在该曲线形状的限值内无法达到月均值",
        mend_en="Lower the mean, raise `cap`, or choose another shape.",
        mend_zh="请降低月均值、提高 `cap`，或改用其他形状。",
    ),
    "series.no-cap": sentence(
        "this shape needs an upper limit",
        "该曲线形状需要给出上限",
        mend_en="Give `cap`, such as the installed power, or leave the unit out for values of 0 to 1.",
        mend_zh="请给出 `cap`（如装机容量）；若数值为 0 至 1，则不写单位。",
    ),
    "series.no-latitude": sentence(
        "the sun's way over the sky needs a latitude",
        "计算太阳轨迹需要纬度",
        mend_en="Give `latitude` here or in the site.",
        mend_zh="请在此处或场址中给出 `latitude`。",
    ),
    "series.nothing-known": sentence(
        "nothing is known yet at this time",
        "该时刻尚无任何已知数据",
        mend_en="Choose a later time, or give an earlier history or issue.",
        mend_zh="请选用更晚的时刻，或提供更早的历史数据或预报。",
    ),
    "series.issue-after-end": sentence(
        "a forecast is issued after all that it forecasts is over",
        "预报发布时，其预报时段已全部结束",
        mend_en="Check `available_at` and its zone.",
        mend_zh="请核对 `available_at` 及其时区。",
    ),
}

SERIES_FINDINGS: dict[str, Sentence] = {**_FILES, **_CHECKS, **_VALUES}
