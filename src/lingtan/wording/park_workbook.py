"""The park as a workbook: what its sheets and columns are called, how it is filled in, and what may be wrong with it."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

PARK_WORKBOOK_FINDINGS: dict[str, Sentence] = {
    "workbook.no-park": sentence(
        "this workbook has none of the sheets that describe a park",
        "该工作簿中没有描述园区的工作表",
        mend_en="Start from one that `lingtan workbook PARK --out park.xlsx` wrote, and keep the titles of its sheets.",
        mend_zh="请使用 `lingtan workbook PARK --out park.xlsx` 生成的工作簿，并保留工作表名称。",
    ),
    "workbook.unreadable": sentence(
        "this file cannot be read as a workbook",
        "该文件无法作为工作簿读取",
        mend_en="Save it as an Excel workbook (.xlsx) without a password.",
        mend_zh="请另存为不加密的 Excel 工作簿（.xlsx）。",
    ),
    "workbook.not-xlsx": sentence(
        "a workbook is written to a file named .xlsx",
        "工作簿的文件名须以 .xlsx 结尾",
        mend_en="Give `--out park.xlsx`; to read a workbook, give the .xlsx file first.",
        mend_zh="请用 `--out park.xlsx`；若要读取工作簿，请先给出 .xlsx 文件。",
    ),
    "workbook.no-head": sentence(
        "this sheet has no line with the names of its columns",
        "该工作表没有列名行",
        mend_en="Keep the gray line that begins with the word expected.",
        mend_zh="请保留以所示单词开头的灰色列名行。",
    ),
    "workbook.unknown-sheet": sentence(
        "no part of a park has this name; the sheet was passed over",
        "没有名为此的园区内容，已略过该工作表",
        mend_en="Rename it if it was meant as the one expected; leave it if it holds notes of your own.",
        mend_zh="如确为所示内容请改名；如为自用备注可保留。",
    ),
    "workbook.name-twice": sentence(
        "this stands twice",
        "重复出现",
        mend_en="Remove or rename one of the two.",
        mend_zh="请删除其一或改名。",
    ),
    "workbook.no-name": sentence(
        "this row is filled in but has no name",
        "该行已填写但没有名称",
        mend_en="Give it a name in the first column, or clear the row.",
        mend_zh="请在第一列填写名称，或清空该行。",
    ),
    "workbook.bad-file-name": sentence(
        "this is not the name of a file that may lie beside the park file",
        "不能作为园区文件旁的文件名",
        mend_en="Give a plain name such as load.csv, without a folder.",
        mend_zh="请使用不含文件夹的普通文件名，如 load.csv。",
    ),
    "workbook.file-left": sentence(
        "this file of a series is not carried in the workbook",
        "该序列文件未随工作簿携带",
        mend_en="Copy it beside the park file that is read back; CSV files beside the park are carried.",
        mend_zh="请将其复制到读回的园区文件旁；园区文件旁的 CSV 文件会随工作簿携带。",
    ),
    "history.no-column": sentence(
        "the file has no column '{column}'",
        "文件中没有“{column}”列",
        mend_en="Add it.",
        mend_zh="请补充该列。",
    ),
    "history.twice": sentence(
        "this month stands twice",
        "该月份重复",
        mend_en="Keep one amount a month.",
        mend_zh="每月只保留一个数值。",
    ),
    "history.years": sentence(
        "the history must cover three whole years that follow each other",
        "用能历史须为连续三个完整年度",
        mend_en="Add the years that are missing, or clear the history of a new park.",
        mend_zh="请补齐缺少的年度；新建园区可清空用能历史。",
    ),
    "history.months-missing": sentence(
        "months are missing from the history",
        "用能历史缺少月份",
        mend_en="Fill in every month; where nothing was used, write 0.",
        mend_zh="请填写每个月份；未使用请填 0。",
    ),
}

SHEET_WORDS: dict[str, Words] = {
    "guide": Words("how to fill in this workbook", "填写说明"),
    "park": Words("the park: name, site, studied year", "园区概况"),
    "members": Words("enterprises", "企业"),
    "meters": Words("meter tree", "计量表"),
    "buses": Words("places where energy balances", "母线"),
    "connections": Words("connections to the public grid", "并网点"),
    "load": Words("loads", "负荷"),
    "pv": Words("photovoltaics", "光伏"),
    "wind": Words("wind turbines", "风电"),
    "firm_line": Words("direct lines", "直供专线"),
    "battery": Words("batteries", "储能"),
    "activities": Words("fuels, heat and processes of the studied year", "能源活动"),
    "green_purchases": Words("certificates and green-power trade", "绿证绿电"),
    "series": Words("where each series comes from", "序列来源"),
    "rules": Words("rule records of this park alone", "规则记录"),
    "terms": Words("how the park buys, what money costs, how carbon is counted", "购电财务碳核算"),
    "history": Words("three years of energy by month (annex 2 of the application)", "三年用能"),
    "file": Words("values of a series file, as they stand in it", "序列数据"),
}
"""What a sheet is about; the Chinese word is part of its title."""

COLUMN_WORDS: dict[str, Words] = {
    "key": Words("key", "字段"),
    "value": Words("value", "填写值"),
    "unit": Words("unit", "单位"),
    "about": Words("meaning", "含义"),
    "chinese": Words("name in Chinese", "中文名称"),
    "name": Words("name: lower-case letters, digits, _", "名称（小写字母、数字、_）"),
    "number": Words("number in the list", "序号"),
    "id": Words("id of the record (for orientation)", "记录编号（仅供查看）"),
    "kind": Words("kind of the record (for orientation)", "记录类别（仅供查看）"),
    "record": Words("the record as YAML", "记录全文（YAML）"),
    "energy": Words("energy: electricity, heat or a fuel", "能源品种"),
    "use": Words("bought, self_supplied, fuel, conversion, feedstock", "用途：外购、自供、燃料、加工转换、原料"),
    "year": Words("year", "年份"),
    "total": Words("year's total", "全年合计"),
}
"""Heads of columns that are not fields of the park file."""

SERIES_WORDS: dict[str, Words] = {
    "file": Words("file beside the park file, also one of this workbook", "数据文件（园区文件旁，或随本工作簿携带）"),
    "column": Words("its column with the values", "数值所在列"),
    "unit": Words("unit of the values; 1 for a share or a shape", "数值单位；比例或标幺曲线填 1"),
    "constant": Words("instead of a file: the same value in every step", "恒定值（不用文件时）"),
    "monthly": Words("instead of a file: twelve means, [1, 2, …]", "12 个月均值（不用文件时）"),
    "shape": Words("shape within the month: flat, solar, wind, load", "月内形状：平、光伏、风电、负荷"),
    "seed": Words("seed of a drawn shape", "随机种子"),
}
"""Keys of a series that are always offered; any other key of the park file may have a column, too."""

FIELD_WORDS: dict[str, str] = {
    "name": "园区代号",
    "name.en": "英文名称",
    "name.zh": "中文名称",
    "title.en": "报告标题（英文）",
    "title.zh": "报告标题（中文）",
    "disclosure.en": "数据性质声明（英文）",
    "disclosure.zh": "数据性质声明（中文）",
    "site.zone": "时区",
    "site.country": "国家代码",
    "site.province": "省份（规则记录用名）",
    "site.prefecture": "地级市（规则记录用名）",
    "site.latitude": "纬度",
    "site.longitude": "经度",
    "site.temperature": "气温序列（高温日尖峰）",
    "period.year": "研究年",
    "period.step": "计算步长",
    "parent": "上级计量表",
    "accuracy_class": "准确度等级",
    "series": "实测功率序列",
    "carrier": "能源形式",
    "bus": "所在母线",
    "capacity.min": "变压器容量下限",
    "capacity.max": "变压器容量上限",
    "power_factor": "功率因数",
    "mean_power_factor": "月平均功率因数（力调电费）",
    "import_limit": "下网功率上限（空白为按容量）",
    "export_limit": "上网功率上限",
    "export_price": "上网电价",
    "meter": "计量表",
    "member": "所属企业",
    "profile": "负荷序列",
    "peak": "峰值功率（放大标幺曲线）",
    "annual_energy": "年用电量（放大标幺曲线）",
    "shortfall_price": "缺供电价（仅用于优化）",
    "availability": "可用率序列",
    "power.min": "功率下限",
    "power.max": "功率上限",
    "energy.min": "可用容量下限",
    "energy.max": "可用容量上限",
    "capex": "单位投资",
    "capex_power": "功率部分单位投资",
    "capex_energy": "容量部分单位投资",
    "om_share": "年固定运维费占投资比例",
    "life": "使用年限",
    "variable_cost": "单位电量可变成本",
    "source": "来源",
    "firm_line.source": "电源类型",
    "price": "合同电价",
    "legal_basis": "供电依据（合同或文件）",
    "loss": "线损率",
    "must_take": "是否照付不议",
    "charge_efficiency": "充电效率",
    "discharge_efficiency": "放电效率",
    "standing_loss_per_day": "日自放电率",
    "wear_cost": "单位放电量损耗成本",
    "kind": "类别",
    "fuel": "燃料品种",
    "use": "用途",
    "quantity": "数量",
    "direction": "购入或售出",
    "partner": "对方企业",
    "factor": "实测排放因子",
    "factor_source": "因子来源",
    "product": "产品",
    "vintage": "发电年份",
    "customer.category": "用电类别",
    "customer.voltage": "供电电压",
    "customer.purchase": "购电方式",
    "tariff.price": "电价记录（空白为自动查找）",
    "tariff.hours": "分时时段记录（空白为自动查找）",
    "tariff.basis": "基本电费计收方式",
    "direct_supply.charge": "绿电直连输配电费方式",
    "direct_supply.charge_record": "直连收费记录（空白为自动查找）",
    "direct_supply.load_rate": "大用户平均负荷率",
    "direct_supply.shares": "自用比例：报告或约束",
    "direct_supply.shares_record": "自用比例记录（空白为自动查找）",
    "direct_supply.spot_continuous": "现货市场是否连续运行",
    "finance.discount_rate": "折现率",
    "finance.horizon": "运营期",
    "finance.income_tax_rate": "企业所得税率（空白为不计税）",
    "finance.depreciation": "直线折旧年限",
    "finance.loss_years": "亏损结转年限",
    "finance.residual": "残值率",
    "finance.savings_growth": "节约费用年增长率",
    "carbon.boundary.en": "核算边界（英文）",
    "carbon.boundary.zh": "核算边界（中文）",
    "carbon.conversion": "电力折标煤口径",
    "reference.without": "基准方案不含的资产",
}
"""What each field of the park file is called in Chinese; its meaning in English comes from the schema."""

GUIDE: tuple[Words, ...] = (
    Words(
        "This workbook is the park file of '{park}' in another form: what you change here goes back with "
        "`lingtan workbook park.xlsx --out FOLDER`.",
        "本工作簿是园区文件“{park}”的另一种形式；修改后用 `lingtan workbook park.xlsx --out FOLDER` 读回。",
    ),
    Words(
        "Fill in yellow cells; orange ones must be filled. An empty cell takes the default or leaves the thing out.",
        "请填写黄色单元格，橙色为必填；空白取默认值或表示没有。",
    ),
    Words(
        "Numbers are in the unit of their column. A text may carry its own: `12 MW`, `0.35 CNY/kWh`, `6 %`.",
        "数值按列标注的单位填写；也可写带单位的文本，如 `12 MW`、`0.35 CNY/kWh`、`6 %`。",
    ),
    Words(
        "Shares are numbers from 0 to 1: 0.06 is 6 %.",
        "比例以 0 到 1 的数值填写：0.06 即 6 %。",
    ),
    Words(
        "Keep the titles of the sheets and the gray line with the names of the columns; all else is yours to arrange.",
        "请保留工作表名称和灰色列名行，其余可自行调整。",
    ),
    Words(
        "A size with equal least and most is given; with room between them it is decided by the study.",
        "规模上下限相等为给定；不等则由研究优化确定。",
    ),
    Words(
        "Values that a cell cannot hold stand as YAML: `[1, 2, 3]`, or after `yaml:`; `yaml: null` is an explicit none.",
        "单元格无法表达的值用 YAML 书写：`[1, 2, 3]` 或以 `yaml:` 开头；`yaml: null` 表示明确为空。",
    ),
    Words(
        "Three years of energy: every month of three years that follow each other, or nothing for a new park.",
        "三年用能：连续三年逐月填写；新建园区可不填。",
    ),
)
"""How to fill in the workbook."""

PARK_WORKBOOK_WORDS: dict[str, Words] = {
    "written": Words("{file}: workbook of {park}", "{file}：已写入园区 {park} 的工作簿"),
    "read": Words(
        "{folder}: {count} files written; next: lingtan check {folder}",
        "{folder}：已写入 {count} 个文件；下一步：lingtan check {folder}",
    ),
}
