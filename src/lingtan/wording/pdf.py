"""What the paper report says beyond the page, and why it could not be written."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

PDF_FINDINGS: dict[str, Sentence] = {
    "report.no-typst": sentence(
        "the PDF report is not written: Typst is not installed; report.html is complete",
        "未生成 PDF 报告：未安装 Typst；report.html 内容完整",
        mend_en="Install it with `pip install 'lingtan[report]'`.",
        mend_zh="请执行 `pip install 'lingtan[report]'` 安装。",
    ),
    "report.no-cjk-font": sentence(
        "the PDF report is not written: no font with Chinese characters is on this machine; report.html is complete",
        "未生成 PDF 报告：本机没有中文字体；report.html 内容完整",
        mend_en="Install one: `apt-get install fonts-noto-cjk`, or unpack the TTF files of the npm package "
        "`@expo-google-fonts/noto-sans-sc` (SIL Open Font License) into ~/.local/share/fonts.",
        mend_zh="请安装中文字体：`apt-get install fonts-noto-cjk`，或将 npm 包 `@expo-google-fonts/noto-sans-sc`"
        "（SIL 开放字体许可证）中的 TTF 文件放入 ~/.local/share/fonts。",
    ),
    "report.no-glyph": sentence(
        "the PDF report is not written: a text of the park has a character that no font here can show; "
        "report.html is complete",
        "未生成 PDF 报告：园区文本中有本机字体无法显示的字符；report.html 内容完整",
        mend_en="Replace the character, or install a font that has it.",
        mend_zh="请替换该字符，或安装包含该字符的字体。",
    ),
}

PDF_WORDS: dict[str, Words] = {
    "contents": Words("Contents", "目录"),
    "page": Words("Page {page} of {pages}", "第 {page} 页 / 共 {pages} 页"),
}
