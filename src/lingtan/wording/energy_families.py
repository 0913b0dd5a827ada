"""What the families of heat, cold, fuels, hydrogen, materials and flexible needs are called, their fields and their flows."""

from __future__ import annotations

from lingtan.wording import Words

ENERGY_FAMILIES: dict[str, Words] = {
    "demand": Words("Demand", "热冷氢等需求"),
    "thermal_store": Words("Thermal store", "储热储冷"),
    "boiler": Words("Boiler", "燃料锅炉"),
    "electric_boiler": Words("Electric boiler", "电锅炉"),
    "heat_pump": Words("Heat pump", "热泵"),
    "heat_exchanger": Words("Heat exchanger", "换热与减压"),
    "waste_heat": Words("Waste heat", "余热"),
    "byproduct": Words("By-product", "副产物"),
    "supply": Words("Purchase", "外购燃料与物料"),
    "vent": Words("Vent", "排放散热"),
    "sale": Words("Sale", "产品外销"),
}
"""Families by the name that a park file has for them."""

ENERGY_FIELDS: dict[str, str] = {
    "temperature": "供应温度",
    "pressure": "蒸汽压力（绝对）",
    "heating_value": "低位热值",
    "demand.profile": "需求序列",
    "waste_heat.profile": "余热产生序列",
    "byproduct.profile": "副产物产生序列",
    "waste_heat.cost": "弃热单位费用",
    "byproduct.cost": "放散或填埋单位费用",
    "demand.peak": "峰值（放大标幺曲线）",
    "waste_heat.peak": "峰值（放大标幺曲线）",
    "byproduct.peak": "峰值（放大标幺曲线）",
    "yearly": "年总量（放大标幺曲线）",
    "supply.price": "外购单价",
    "sale.price": "销售单价",
    "supply.fuel": "燃料名称（用于碳核算）",
    "heat_source": "热源（化石、非化石）",
    "limit": "瞬时上限（空白为不限）",
    "yearly_limit": "年上限（空白为不限）",
    "cost": "排放单位费用",
    "fuel_bus": "燃料母线",
    "input": "取电母线",
    "source_bus": "热源母线",
    "heat_pump.source_bus": "热源母线（空白为室外空气）",
    "efficiency": "效率",
    "cop": "性能系数（空白为按温度计算）",
    "quality": "达到卡诺效率的比例",
    "pinch": "换热端差",
}
"""What their fields are called in Chinese; a field of the same name in several families may stand under its family."""

ENERGY_FLOWS: dict[str, Words] = {
    "consumption": Words("electricity used", "用电"),
    "generation": Words("electricity given", "发电"),
    "heat": Words("heat given", "供热"),
    "heat_in": Words("heat taken", "取热"),
    "steam": Words("steam given", "供汽"),
    "steam_in": Words("steam taken", "用汽"),
    "cooling": Words("cold given", "供冷"),
    "cooling_in": Words("cold taken", "取冷"),
    "hydrogen": Words("hydrogen given", "产氢"),
    "hydrogen_in": Words("hydrogen taken", "用氢"),
    "gas": Words("gas given", "供气"),
    "gas_in": Words("gas used", "用气"),
    "byproduct_gas": Words("by-product gas given", "副产煤气供出"),
    "byproduct_gas_in": Words("by-product gas used", "副产煤气用量"),
    "biomass": Words("biomass given", "生物质供出"),
    "biomass_in": Words("biomass used", "生物质用量"),
    "material": Words("material given", "物料产出"),
    "material_in": Words("material taken", "物料投入"),
    "demand": Words("needed", "需求"),
    "shortfall": Words("not served", "缺供"),
    "supply": Words("bought", "外购"),
    "rejected": Words("rejected", "弃热"),
    "flared": Words("flared or dumped", "放散或填埋"),
    "vented": Words("let go", "排放"),
    "sold": Words("sold", "外销"),
    "charge": Words("stored", "储入"),
    "discharge": Words("taken out", "放出"),
}
"""Flows by their stem; the unit stands behind it in the name of a flow."""
