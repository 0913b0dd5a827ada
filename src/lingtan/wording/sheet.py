"""Sentences about a file that is read as a sheet, whatever room it belongs to."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

KINDS: dict[str, Words] = {
    "string_type": Words("text", "文本"),
    "int_type": Words("a whole number", "整数"),
    "int_from_float": Words("a whole number", "整数"),
    "int_parsing": Words("a whole number", "整数"),
    "float_type": Words("a number", "数"),
    "float_parsing": Words("a number", "数"),
    "finite_number": Words("a finite number", "有限数"),
    "bool_type": Words("true or false", "true 或 false"),
    "bool_parsing": Words("true or false", "true 或 false"),
    "dict_type": Words("a mapping", "映射"),
    "model_type": Words("a mapping", "映射"),
    "model_attributes_type": Words("a mapping", "映射"),
    "list_type": Words("a list", "列表"),
    "tuple_type": Words("a list", "列表"),
    "date_type": Words("a date such as 2025-01-31", "日期,如 2025-01-31"),
    "date_parsing": Words("a date such as 2025-01-31", "日期,如 2025-01-31"),
    "date_from_datetime_parsing": Words("a date such as 2025-01-31", "日期,如 2025-01-31"),
    "string_pattern_mismatch": Words("a name of letters, digits and _", "由字母、数字和 _ 组成的名称"),
    "string_too_short": Words("a text that is not empty", "非空文本"),
    "string_too_long": Words("a shorter text", "更短的文本"),
    "too_short": Words("more entries", "更多条目"),
    "too_long": Words("fewer entries", "更少条目"),
}
"""What a value should be, by pydantic's name of the error."""

SHEET_FINDINGS: dict[str, Sentence] = {
    "sheet.unknown-key": sentence(
        "this key is not known here", "此处没有这个键", mend_en="{help}", mend_zh="{help}"
    ),
    "sheet.missing-key": sentence(
        "this key is required and absent", "缺少必填的键", mend_en="Add it.", mend_zh="请补上。"
    ),
    "sheet.not-one-of": sentence(
        "this value is not one of the known ones",
        "取值不在允许范围内",
        mend_en="Choose one of the values named.",
        mend_zh="请从所列取值中选择。",
    ),
    "sheet.out-of-range": sentence(
        "this value is out of range", "数值超出范围", mend_en="Correct the value.", mend_zh="请更正数值。"
    ),
    "sheet.wrong-kind": sentence(
        "this value is of the wrong kind", "取值类型不对", mend_en="Write it as expected.", mend_zh="请按要求填写。"
    ),
    "sheet.not-accepted": sentence(
        "this value is not accepted", "取值不被接受", mend_en="Correct the value.", mend_zh="请更正取值。"
    ),
    "sheet.not-yaml": sentence(
        "the file is not readable as YAML here",
        "此处无法按 YAML 读取",
        mend_en="Check indentation, quotes and colons near this line.",
        mend_zh="请检查该行附近的缩进、引号和冒号。",
    ),
    "sheet.empty": sentence(
        "the file is empty", "文件为空", mend_en="Start from `lingtan init`.", mend_zh="可用 `lingtan init` 生成起始文件。"
    ),
    "sheet.binary": sentence(
        "the file is not a UTF-8 text",
        "文件不是 UTF-8 文本",
        mend_en="Save it as plain text in UTF-8.",
        mend_zh="请另存为 UTF-8 纯文本。",
    ),
    "sheet.too-large": sentence(
        "the file is too large for a park file",
        "文件过大",
        mend_en="Put series into files of their own.",
        mend_zh="请把序列数据放到单独的文件中。",
    ),
    "sheet.long-line": sentence(
        "a line is too long",
        "单行过长",
        mend_en="Put series into files of their own.",
        mend_zh="请把序列数据放到单独的文件中。",
    ),
    "sheet.too-deep": sentence(
        "the file is nested too deeply or has too many entries",
        "文件嵌套过深或条目过多",
        mend_en="Flatten it.",
        mend_zh="请简化结构。",
    ),
    "sheet.alias": sentence(
        "anchors and aliases (& and *) are not read",
        "不支持锚点与别名(& 和 *)",
        mend_en="Write the values out.",
        mend_zh="请直接写出取值。",
    ),
    "sheet.tag": sentence(
        "YAML tags are not read", "不支持 YAML 标签", mend_en="Write a plain value.", mend_zh="请写普通取值。"
    ),
    "sheet.directive": sentence(
        "YAML directives (lines that begin with %) are not read",
        "不支持以 % 开头的 YAML 指令",
        mend_en="Drop the line.",
        mend_zh="请删去该行。",
    ),
    "sheet.bad-key": sentence(
        "a key must be a plain name", "键必须是普通名称", mend_en="Rename the key.", mend_zh="请修改键名。"
    ),
    "sheet.double-key": sentence(
        "this key stands twice", "键重复出现", mend_en="Keep one of them.", mend_zh="请只保留一个。"
    ),
}
