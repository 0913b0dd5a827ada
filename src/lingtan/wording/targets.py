"""What the targets of a park are called."""

from __future__ import annotations

from lingtan.wording import Words

TARGET_WORDS: dict[str, Words] = {
    "title": Words("Targets of the park", "园区目标"),
    "target": Words("Target", "目标"),
    "bound": Words("Asked", "要求"),
    "carbon_cap": Words("CO₂ of the year (park view)", "年二氧化碳排放（园区口径）"),
    "indicator": Words("Core indicator", "核心指标"),
    "yearly_green_share": Words("Green share of the year", "全年绿电占比"),
    "hourly_green_share": Words("Green share step by step", "逐时段绿电占比"),
    "island_hours": Words("Hours that the park lasts without the grid", "离网可维持小时数"),
    "nothing": Words("The park file sets no targets of its own.", "园区文件未设定目标。"),
}

TARGET_FIELDS: dict[str, str] = {
    "targets.carbon_cap": "年碳排放上限",
    "targets.indicator": "核心指标上限",
    "targets.yearly_green_share": "全年绿电占比下限",
    "targets.hourly_green_share": "逐时段绿电占比下限",
    "targets.island_hours": "离网须维持小时数",
    "targets.island_share": "离网须保障的负荷比例",
}
"""What the fields are called in Chinese."""
