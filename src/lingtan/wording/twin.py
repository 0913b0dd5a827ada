"""Sentences about the twin: faults on command, and the run that it serves."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

TWIN_WORDS: dict[str, Words] = {
    "fault.socket_drop": Words("socket dropped", "连接中断"),
    "fault.id_shift": Words("transaction id shifted", "事务标识错位"),
    "fault.frozen": Words("values frozen", "数值冻结"),
    "fault.noisy": Words("value noisy", "数值抖动"),
    "fault.out_of_range": Words("value out of range", "数值越限"),
    "fault.slow": Words("answers slow", "应答迟缓"),
    "fault.refuse_write": Words("writes refused", "拒绝写入"),
    "fault.duplicate_frame": Words("frames duplicated", "报文重复"),
    "fault.clock_jump": Words("clock of the device jumped", "设备时钟跳变"),
    "fault.tripped": Words("device tripped", "设备跳闸"),
}

TWIN_FINDINGS: dict[str, Sentence] = {
    "twin.unreadable": sentence(
        "the file of faults cannot be read",
        "故障文件无法读取",
        mend_en="Check that it may be read.",
        mend_zh="请检查读取权限。",
    ),
    "twin.not-a-list": sentence(
        "the file of faults is no list",
        "故障文件不是列表",
        mend_en="Write a list of orders, or `[]`.",
        mend_zh="请写成故障列表，或写 `[]`。",
    ),
    "twin.unknown-device": sentence(
        "the park has no such device",
        "园区中没有该设备",
        mend_en="Choose one of those named.",
        mend_zh="请从所列设备中选择。",
    ),
    "twin.not-trippable": sentence(
        "a connection cannot be tripped, for the twin knows no island",
        "并网点不能跳闸，孪生体不支持孤岛运行",
        mend_en="Trip an asset.",
        mend_zh="请改为使某项资产跳闸。",
    ),
    "twin.no-quantity": sentence(
        "the device does not show this quantity",
        "设备没有该量测",
        mend_en="Choose one of those named.",
        mend_zh="请从所列量测中选择。",
    ),
    "twin.not-writable": sentence(
        "the device takes no writes that it could refuse",
        "该设备不接受写入，无从拒绝",
        mend_en="Choose a device that has a set-point.",
        mend_zh="请选择带设定值的设备。",
    ),
    "twin.no-run": sentence(
        "this folder is no run that can be served",
        "该目录不是可供孪生体运行的目录",
        mend_en="Start it with `lingtan serve PARK --twin`.",
        mend_zh="请用 `lingtan serve PARK --twin` 启动。",
    ),
}
