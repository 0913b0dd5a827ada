"""Sentences about a park file."""

from __future__ import annotations

from lingtan.wording.sentence import Sentence, sentence

PARK_FINDINGS: dict[str, Sentence] = {
    "park.no-such-template": sentence(
        "no template has this name",
        "没有这个模板",
        mend_en="Choose one of those named; `lingtan templates` lists them.",
        mend_zh="请从所列名称中选择；`lingtan templates` 可列出全部模板。",
    ),
    "park.exists-already": sentence(
        "there is such a file already",
        "文件已存在",
        mend_en="Choose another folder, or move the file; nothing was overwritten.",
        mend_zh="请换一个文件夹，或先移走该文件；未覆盖任何内容。",
    ),
    "park.no-file": sentence(
        "there is no such file",
        "找不到该文件",
        mend_en="Check the path, or start a park with `lingtan init`.",
        mend_zh="请检查路径，或用 `lingtan init` 新建园区文件。",
    ),
    "park.unreadable": sentence(
        "the file cannot be read", "文件无法读取", mend_en="Check its permissions.", mend_zh="请检查访问权限。"
    ),
    "park.not-a-park": sentence(
        "a park file is a mapping of keys to values",
        "园区文件应由“键：值”组成",
        mend_en="Compare with `lingtan init`.",
        mend_zh="请对照 `lingtan init` 生成的文件。",
    ),
    "park.no-schema": sentence(
        "the file does not say which form it has",
        "文件未写明格式版本",
        mend_en="Write `schema: 1` at the top.",
        mend_zh="请在文件开头写上 `schema: 1`。",
    ),
    "park.unknown-schema": sentence(
        "there is no such form of the file",
        "没有这种文件格式版本",
        mend_en="Write `schema: 1`.",
        mend_zh="请写 `schema: 1`。",
    ),
    "park.newer-schema": sentence(
        "the file has a newer form than this version of lingtan reads",
        "文件格式比当前 lingtan 版本支持的更新",
        mend_en="Install a newer lingtan.",
        mend_zh="请安装更新的 lingtan。",
    ),
    "park.old-schema": sentence(
        "the file has an older form",
        "文件是旧格式",
        mend_en="Run `lingtan migrate` on it.",
        mend_zh="请运行 `lingtan migrate` 升级。",
    ),
    "park.module-beyond-range": sentence(
        "a module is larger than the most that may be built",
        "单个模块大于允许的最大规模",
        mend_en="Raise 'max', or give the size of one module.",
        mend_zh="请增大“max”，或填写单个模块的规模。",
    ),
    "park.scale-not-rising": sentence(
        "the sizes above which a unit costs less rise from step to step",
        "单位造价分段的起点规模应逐段递增",
        mend_en="Sort them and drop repeated ones.",
        mend_zh="请排序并去重。",
    ),
    "park.outage-reversed": sentence(
        "a planned outage ends before it begins",
        "检修结束时间早于开始时间",
        mend_en="Swap 'start' and 'end'.",
        mend_zh="请对调“start”与“end”。",
    ),
    "park.not-a-moment": sentence(
        "this is no date and time",
        "不是有效的日期时间",
        mend_en="Write it as in the example, on the park's clock.",
        mend_zh="请按示例填写，以园区时钟为准。",
    ),
    "park.standby-without-least-load": sentence(
        "a plant stands by where it cannot run any lower, and this one may run down to nothing",
        "只有存在最小负荷的设备才需要热备用，而该设备可降至零负荷",
        mend_en="Give 'minimum_load', or drop 'standby_power'.",
        mend_zh="请给出“minimum_load”，或去掉“standby_power”。",
    ),
    "park.loads-not-rising": sentence(
        "the loads of a part-load curve rise to full load",
        "部分负荷曲线的负荷率应递增至满负荷",
        mend_en="Sort the points, drop repeated ones, and end at a load of 1.",
        mend_zh="请将各点排序并去重，末点负荷率应为 1。",
    ),
    "park.input-not-rising": sentence(
        "the input of a part-load curve rises with its output, and here more output takes no more input",
        "输入应随出力增加，而此处出力增加但输入未增加",
        mend_en="Check the efficiencies: load / efficiency is the input.",
        mend_zh="请核对效率：输入 = 负荷率 / 效率。",
    ),
    "park.range-reversed": sentence(
        "the least value is above the greatest",
        "下限大于上限",
        mend_en="Swap them or drop one.",
        mend_zh="请对调或删去其一。",
    ),
    "park.beyond-roof": sentence(
        "the roofs do not carry that much",
        "屋顶面积不足以安装该容量",
        mend_en="Lower the greatest power, or correct area and power per area.",
        mend_zh="请降低容量上限，或修正屋顶面积与单位面积容量。",
    ),
    "park.two-taxes": sentence(
        "income tax is given twice: a treatment by the records and a rate of your own",
        "所得税给出了两次：按规则记录的税收待遇与自定税率",
        mend_en="Keep one of `tax` and `income_tax_rate`.",
        mend_zh="请只保留 `tax` 与 `income_tax_rate` 之一。",
    ),
    "park.step": sentence(
        "this step does not divide an hour as meters do",
        "该步长不是计量常用的整除小时步长",
        mend_en="Choose one of the steps named.",
        mend_zh="请从所列步长中选择。",
    ),
    "park.two-scales": sentence(
        "a load is scaled by its peak or by its energy, not by both",
        "负荷只能按峰值或按电量缩放其一",
        mend_en="Drop one of them.",
        mend_zh="请删去其一。",
    ),
    "park.no-such-bus": sentence(
        "no bus has this name",
        "没有这个母线",
        mend_en="Correct the name or add the bus.",
        mend_zh="请更正名称或添加该母线。",
    ),
    "park.no-such-member": sentence(
        "no member has this name",
        "没有这个企业",
        mend_en="Correct the name or add the member.",
        mend_zh="请更正名称或添加该企业。",
    ),
    "park.no-such-meter": sentence(
        "no meter has this name",
        "没有这块电表",
        mend_en="Correct the name or add the meter.",
        mend_zh="请更正名称或添加该电表。",
    ),
    "park.no-such-series": sentence(
        "no series has this name",
        "没有这个序列",
        mend_en="Correct the name or add the series.",
        mend_zh="请更正名称或添加该序列。",
    ),
    "park.no-such-asset": sentence(
        "no asset has this name",
        "没有这个设备",
        mend_en="Correct the name or drop it.",
        mend_zh="请更正名称或删去。",
    ),
    "park.name-twice": sentence(
        "a connection and an asset share this name",
        "并网点与设备重名",
        mend_en="Rename one of them: their flows would share a name.",
        mend_zh="请改名其一，否则两者的功率序列同名。",
    ),
    "park.reference-drops-load": sentence(
        "the reference case must have the same loads",
        "参照情景的负荷必须相同",
        mend_en="Leave loads out of `without`.",
        mend_zh="请勿把负荷列入 `without`。",
    ),
    "park.device-twice": sentence(
        "two devices answer at the same host, port and unit",
        "两台设备的主机、端口和站号相同",
        mend_en="Correct one of them.",
        mend_zh="请更正其一。",
    ),
    "park.meter-circle": sentence(
        "the meter is its own ancestor",
        "电表的上级关系成环",
        mend_en="Give one meter of the circle another parent, or none.",
        mend_zh="请为环中某块电表改上级或去掉上级。",
    ),
    "park.limit-above-capacity": sentence(
        "the limit is above what the connection's capacity carries",
        "限值超过并网容量可承载的功率",
        mend_en="Lower the limit or raise capacity or power factor.",
        mend_zh="请降低限值，或提高容量或功率因数。",
    ),
    "park.no-load": sentence(
        "the park has no load",
        "园区没有负荷",
        mend_en="Add an asset of family load.",
        mend_zh="请添加 family 为 load 的设备。",
    ),
    "park.bus-without-source": sentence(
        "nothing can feed this load's bus",
        "该负荷所在母线没有任何电源",
        mend_en="Connect a grid connection or a generator to the bus.",
        mend_zh="请在该母线上接入并网点或电源。",
    ),
    "park.no-such-fuel": sentence(
        "no fuel has this name",
        "没有这种燃料",
        mend_en="Write the name that rule records use; raw coal is told apart by its kind.",
        mend_zh="请使用规则记录中的名称；原煤应细分煤种。",
    ),
    "park.amount-without-unit": sentence(
        "nothing says what this amount counts",
        "数量缺少单位",
        mend_en="Write it with its unit, such as `1200 t` or `3 万m3`.",
        mend_zh="请写明单位，例如 `1200 t` 或 `3 万m3`。",
    ),
    "park.factor-without-source": sentence(
        "a factor of one's own and its source go together",
        "自有排放因子与其来源必须同时给出",
        mend_en="Add the one that is absent, or drop both and use a record.",
        mend_zh="请补上缺少的一项，或两项都删去而采用规则记录。",
    ),
    "park.transfer-one-sided": sentence(
        "heat passes between two members, each named",
        "园区内部的热力转供须写明双方企业",
        mend_en="Name the one as `member`, the other as `partner`.",
        mend_zh="请以 `member` 与 `partner` 分别写明双方。",
    ),
    "park.transfer-twice": sentence(
        "this heat between two members is entered from both sides",
        "同一内部热力转供由双方各填报了一次",
        mend_en="Keep one entry: it stands in the accounts of both.",
        mend_zh="请只保留一条，它会同时计入双方账户。",
    ),
    "park.vintage-after-year": sentence(
        "electricity generated after the studied year covers nothing in it",
        "研究年之后所发的电量不能用于该年",
        mend_en="Choose a vintage up to that year.",
        mend_zh="请选择不晚于该年的年份。",
    ),
    "park.series-unused": sentence(
        "no asset or meter reads this series",
        "没有设备或电表使用该序列",
        mend_en="Drop it or name it where it belongs.",
        mend_zh="请删去，或在相应位置引用。",
    ),
    "park.wrong-carrier": sentence(
        "this bus carries something else",
        "该母线的能源品种不符",
        mend_en="Name a bus of one of the carriers expected, or correct the carrier of this one under `buses`.",
        mend_zh="请改用所列品种的母线，或在 `buses` 中更正该母线的品种。",
    ),
    "park.not-of-carrier": sentence(
        "a bus of this carrier has no such property",
        "该品种的母线没有这一属性",
        mend_en="Remove it, or correct `carrier`.",
        mend_zh="请删去该项，或更正 `carrier`。",
    ),
    "park.wrong-carrier-unit": sentence(
        "this unit does not belong to the carrier at the bus",
        "该单位与母线的能源品种不符",
        mend_en="Write the value in the unit expected, or one like it.",
        mend_zh="请改用所示单位或同类单位。",
    ),
    "park.no-heating-value": sentence(
        "a fuel is burnt here whose heating value is not given",
        "该母线的燃料未给出热值",
        mend_en="Give it at the bus, such as `heating_value: 35.6 MJ/m3` or `15 GJ/t`.",
        mend_zh="请在母线上给出热值，例如 `heating_value: 35.6 MJ/m3` 或 `15 GJ/t`。",
    ),
    "park.no-temperature": sentence(
        "the temperature that an asset works at is not given",
        "未给出设备工作所需的温度",
        mend_en="Give it (`temperature: 85 °C` at the bus; a series of the outside air at the site), or give the asset a `cop`.",
        mend_zh="请给出温度（母线上写 `temperature: 85 °C`；室外气温写在 site 中的序列），或为设备给出 `cop`。",
    ),
    "park.no-pressure": sentence(
        "steam is used at a pressure that is not given",
        "未给出蒸汽的压力",
        mend_en="Give it at the bus, such as `pressure: 1.0 MPa`, absolute.",
        mend_zh="请在母线上给出绝对压力，例如 `pressure: 1.0 MPa`。",
    ),
    "park.cascade-upside-down": sentence(
        "heat goes from the higher level to the lower one by itself, and a machine lifts it from the lower to the higher: here the "
        "levels of the two buses are the other way around, or the same",
        "热量自高位流向低位，升温则自低位至高位：此处两条母线的温度或压力高低颠倒或相同",
        mend_en="Swap the two buses, or correct their temperatures or pressures.",
        mend_zh="请对调两条母线，或更正其温度或压力。",
    ),
    "park.battery-half-empty": sentence(
        "a battery needs both power and energy",
        "储能必须同时有功率和容量",
        mend_en="Raise the one that is zero.",
        mend_zh="请提高为零的一项。",
    ),
}
