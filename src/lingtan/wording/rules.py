"""Texts of the verbs on rules: list, show, add."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

RULES_FINDINGS: dict[str, Sentence] = {
    "rules.not-a-day": sentence(
        "this is not a day", "这不是一个日期", mend_en="Write it as shown.", mend_zh="请按示例书写。"
    ),
    "rules.not-a-kind": sentence(
        "there is no such kind of record",
        "没有这一类记录",
        mend_en="Choose one of those named.",
        mend_zh="请从所列类别中选择。",
    ),
    "rules.not-a-pack-file": sentence(
        "only a file whose name ends in .yaml or .yml can be added",
        "只能添加扩展名为 .yaml 或 .yml 的文件",
        mend_en="Rename it, or name one file of the folder.",
        mend_zh="请改名，或指定文件夹中的某个文件。",
    ),
    "rules.file-exists": sentence(
        "the pack folder holds another file of this name",
        "规则包文件夹中已有同名文件",
        mend_en="Rename the file, or let `--replace` put it in the other's place.",
        mend_zh="请改名，或用 `--replace` 替换原文件。",
    ),
}

RULES_WORDS: dict[str, Words] = {
    "list.count": Words("{count} records", "共 {count} 条记录"),
    "show.examples": Words("{count} worked examples, all reproduced", "{count} 个算例，均可复现"),
    "add.done": Words(
        "{file}: {count} records; use them with --rules {folder}",
        "{file}：{count} 条记录；使用时加上 --rules {folder}",
    ),
}
