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
    "date_type": Words("a date such as 2025-01-31", "日期，如 2025-01-31"),
    "date_parsing": Words("a date such as 2025-01-31", "日期，如 2025-01-31"),
    "date_from_datetime_parsing": Words("a date such as 2025-01-31", "日期，如 2025-01-31"),
    "string_unicode": Words("text without half characters", "不含残缺字符的文本"),
    "string_too_short": Words("a text that is not empty", "非空文本"),
    "string_too_long": Words("a shorter text", "更短的文本"),
}
"""What a value should be, by pydantic's name of the error."""

PATTERNS: dict[str, Words] = {
    r"^[a-z][a-z0-9_]{0,39}$": Words(
        "a name of lower-case letters, digits and _ that begins with a letter",
        "以字母开头、由小写字母、数字和 _ 组成的名称",
    ),
    r"^[A-Z]{2}$": Words("two capital letters such as CN", "两个大写字母，如 CN"),
    r"^[A-Za-z_][A-Za-z0-9_]*$": Words("the name of a Python package", "Python 软件包名"),
    r"^([01]\d|2[0-3]):[0-5]\d$": Words("a time such as 13:30", "时刻，如 13:30"),
}
"""What a text should look like, by the regular expression of its field."""

YAML_PROBLEMS: dict[str, Words] = {
    "character '\\t'": Words("a tab where blanks are needed", "应为空格处出现制表符"),
    "tab character": Words("a tab where blanks are needed", "应为空格处出现制表符"),
    "cannot start any token": Words("a sign that has to stand in quotes", "须加引号的符号"),
    "mapping values are not allowed": Words(
        "a second ': ' in a value, which then has to stand in quotes", "取值中又出现“: ”，须整体加引号"
    ),
    "expected <block end>": Words("a line indented unlike its neighbors", "与相邻行缩进不一致的行"),
    "expected ',' or": Words("a bracket or quote that is not closed", "未闭合的括号或引号"),
    "expected the node content": Words("a bracket that is not closed", "未闭合的括号"),
    "unexpected end of stream": Words("a quote that is not closed", "未闭合的引号"),
    "could not find expected ':'": Words("a line without ': '", "缺少“: ”的行"),
    "another document": Words("a second document", "第二份文档"),
    "unacceptable character": Words("a control character", "控制字符"),
}
"""What a YAML parser complains of, by a part of its own message."""

SHEET_FINDINGS: dict[str, Sentence] = {
    "sheet.unknown-key": sentence("this key is not known here", "此处没有这个键", mend_en="{help}", mend_zh="{help}"),
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
    "sheet.wrong-count": sentence(
        "the number of entries is wrong", "条目个数不对", mend_en="Add or remove some.", mend_zh="请增减条目。"
    ),
    "sheet.more-faults": sentence(
        "there are more faults than are shown here",
        "此处的问题多于所列",
        mend_en="Mend those shown and check again.",
        mend_zh="请先更正所列问题，再重新检查。",
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
        "the file is empty",
        "文件为空",
        mend_en="Start from `lingtan init`.",
        mend_zh="可用 `lingtan init` 生成起始文件。",
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
        "不支持锚点与别名（& 和 *）",
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
