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
    "island_hours": Words("Energy that the worst hours without the grid lack", "离网最不利时段缺少的电量"),
    "path": Words("The path to less carbon", "减排路径"),
    "path.about": Words(
        "Each line is the whole park planned again, sizes and schedule, under a lower carbon cap; the last one is the least that "
        "these plants can reach.",
        "每一行均为在更低碳排放上限下重新规划整个园区（规模与运行）；最后一行是现有备选设备所能达到的最低排放。",
    ),
    "path.emissions": Words("CO₂ a year", "年二氧化碳排放"),
    "path.cost": Words("Cost a year, capital included", "年费用（含投资分摊）"),
    "path.sizes": Words("Built", "建设规模"),
    "path.price": Words("CNY per tonne less", "每减一吨费用（元）"),
    "nothing": Words("The park file sets no targets of its own.", "园区文件未设定目标。"),
}

TARGET_FIELDS: dict[str, str] = {
    "targets.carbon_cap": "年碳排放上限",
    "targets.indicator": "核心指标上限",
    "targets.yearly_green_share": "全年绿电占比下限",
    "targets.hourly_green_share": "逐时段绿电占比下限",
    "targets.island_hours": "离网须维持小时数",
    "targets.abatement_steps": "减排路径步数",
    "targets.island_share": "离网须保障的负荷比例",
}
"""What the fields are called in Chinese."""
