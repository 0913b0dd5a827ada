"""Sentences about device templates, and what quantities, families and states of devices are called."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

DEVICES_WORDS: dict[str, Words] = {
    "power_kw": Words("active power", "有功功率"),
    "available_kw": Words("available power", "可发功率"),
    "soc": Words("state of charge", "荷电状态"),
    "state": Words("state", "设备状态"),
    "demand_kw": Words("demand, sliding mean of 15 minutes", "需量（15 分钟滑差）"),
    "import_kwh": Words("imported energy", "正向有功电量（下网）"),
    "export_kwh": Words("exported energy", "反向有功电量（上网）"),
    "heartbeat": Words("heartbeat of the device", "设备心跳"),
    "clock_s": Words("clock of the device", "设备时钟"),
    "set_power_kw": Words("power set-point", "有功设定值"),
    "set_limit_kw": Words("power limit", "有功限值"),
    "revert_kw": Words("revert value", "回退值"),
    "revert_time_s": Words("revert time", "回退时限"),
    "revert_remaining_s": Words("time left until revert", "回退剩余时间"),
    "controller_heartbeat": Words("heartbeat of the controller", "控制器心跳"),
    "state.off": Words("off", "停机"),
    "state.standby": Words("standby", "待机"),
    "state.running": Words("running", "运行"),
    "state.tripped": Words("tripped", "跳闸"),
}

DEVICES_FINDINGS: dict[str, Sentence] = {
    "devices.no-file": sentence(
        "this file or folder of templates does not exist",
        "设备模板文件或目录不存在",
        mend_en="Check the name.",
        mend_zh="请核对名称。",
    ),
    "devices.unreadable": sentence(
        "the template cannot be read",
        "设备模板无法读取",
        mend_en="Check that you may read it.",
        mend_zh="请检查读取权限。",
    ),
    "devices.id-twice": sentence(
        "another template of the folder has this id",
        "目录中另有模板使用此 id",
        mend_en="Give each template an id of its own.",
        mend_zh="请为每个模板指定唯一的 id。",
    ),
    "devices.id-shipped": sentence(
        "a template that comes with lingtan has this id",
        "lingtan 自带模板已使用此 id",
        mend_en="Give yours another id.",
        mend_zh="请为该模板另取 id。",
    ),
    "devices.unknown-quantity": sentence(
        "a device of this family does not show this quantity",
        "此类设备没有该量测",
        mend_en="Choose one of those named, or drop it.",
        mend_zh="请改用所列量测之一，或将其删去。",
    ),
    "devices.not-settable": sentence(
        "a device of this family cannot be told this",
        "此类设备不接受该设定值",
        mend_en="Name the set-point of the family, or drop it.",
        mend_zh="请改用该类设备的设定值，或将其删去。",
    ),
    "devices.lease-of-nothing": sentence(
        "a revert timer needs a set-point that it ends",
        "回退定时器须与设定值配合",
        mend_en="Add the set-point, or drop `lease`.",
        mend_zh="请补充设定值，或删去 `lease`。",
    ),
    "devices.no-lease": sentence(
        "the device has no revert timer, so a set-point holds for ever when its controller dies",
        "设备没有回退定时器，控制器失效后设定值将一直保持",
        mend_en="Add `lease` if the device has such registers.",
        mend_zh="若设备具备相应寄存器，请补充 `lease`。",
    ),
    "devices.codes-of-state": sentence(
        "`codes` belong to `state`, and to nothing else",
        "`codes` 必须且只能用于 `state`",
        mend_en="Give `state` its codes, and no other quantity any.",
        mend_zh="请为 `state` 给出 `codes`，其他量测不要使用。",
    ),
    "devices.code-twice": sentence(
        "one raw number means two states",
        "同一原始值对应两种状态",
        mend_en="Keep it for one of them.",
        mend_zh="请只保留其中一种。",
    ),
    "devices.no-code": sentence(
        "this state has no raw number", "该状态没有对应的原始值", mend_en="Give one.", mend_zh="请给出一个原始值。"
    ),
    "devices.zero-scale": sentence(
        "with a scale of zero every value is the same",
        "倍率为零时所有数值相同",
        mend_en="Give the unit per raw step.",
        mend_zh="请填写每个原始步长对应的数值。",
    ),
    "devices.overlap": sentence(
        "word {address} already belongs to '{other}'",
        "寄存器 {address} 已被“{other}”占用",
        mend_en="Correct the address or the kind.",
        mend_zh="请更正地址或数据类型。",
    ),
    "devices.not-writable": sentence(
        "this quantity of the device cannot be written",
        "设备的该量不可写入",
        mend_en="Write one of those named.",
        mend_zh="请写入所列量之一。",
    ),
    "devices.no-exponent": sentence(
        "the power of ten of this register was not read, or is beyond 10^±10",
        "该寄存器的十的幂次尚未读到，或超出 10^±10",
        mend_en="Read the device first; then check the word that is named.",
        mend_zh="请先读取设备，再核对所列的寄存器。",
    ),
    "devices.beyond-register": sentence(
        "the register cannot hold this value",
        "寄存器无法容纳该数值",
        mend_en="Check the value, and the scale of the template.",
        mend_zh="请核对数值及模板中的倍率。",
    ),
}
