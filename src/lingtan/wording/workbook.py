"""Headings of the results workbook."""

from __future__ import annotations

from lingtan.wording import Words

WORKBOOK_WORDS: dict[str, Words] = {
    "sheet.summary": Words("Summary", "摘要"),
    "sheet.energy": Words("Energy", "电量"),
    "sheet.bill": Words("Bill", "电费"),
    "sheet.reference_bill": Words("Reference bill", "参照电费"),
    "sheet.carbon": Words("Carbon", "碳排放"),
    "sheet.cash_flow": Words("Cash flow", "现金流"),
    "sheet.rules": Words("Rules", "规则"),
    "sheet.assumptions": Words("Assumptions", "假设"),
    "head.key": Words("key", "字段"),
    "head.value": Words("value", "数值"),
    "head.flow": Words("flow", "电量项"),
    "head.project_kwh": Words("project [kWh]", "项目 [kWh]"),
    "head.reference_kwh": Words("reference [kWh]", "参照 [kWh]"),
    "head.category": Words("category", "类别"),
    "head.member": Words("member", "企业"),
    "head.what": Words("what", "品种"),
    "head.use": Words("use", "用途"),
    "head.quantity": Words("quantity", "数量"),
    "head.unit": Words("unit", "单位"),
    "head.factor_t_per_unit": Words("factor [t per unit]", "因子 [t/单位]"),
    "head.emissions_t": Words("emissions [t]", "排放 [t]"),
    "head.rule": Words("rule", "规则编号"),
    "head.document": Words("document", "文件"),
    "head.source": Words("source", "来源"),
    "head.confidence": Words("confidence", "可信度"),
    "head.verified": Words("verified", "已核实"),
    "head.validity": Words("valid", "有效期"),
    "head.what_en": Words("what (English)", "内容（英文）"),
    "head.what_zh": Words("what (Chinese)", "内容（中文）"),
    "head.why_en": Words("why (English)", "原因（英文）"),
    "head.why_zh": Words("why (Chinese)", "原因（中文）"),
}
