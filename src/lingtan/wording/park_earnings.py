"""Sentences about what a park file lets earn money where nothing could."""

from __future__ import annotations

from lingtan.wording.sentence import Sentence, sentence

EARNING_FINDINGS: dict[str, Sentence] = {
    "park.profit-without-end": sentence(
        "what is bought or brought here without limit is given away without limit for more, so a plan could earn without end",
        "此处可无限量购入或输入、又可无限量以更高价转出，方案收益将没有上限",
        mend_en="Give the purchase, the sale or a pipe between them a `limit` or a `yearly_limit`, or correct a price.",
        mend_zh="请为购入、外销或其间的管道设定 `limit` 或 `yearly_limit`，或更正价格。",
    ),
    "park.paid-to-dump": sentence(
        "getting rid of something costs money or nothing; paid for, it would be bought and made only to be thrown away",
        "排放或弃置只会花钱或免费；若反而有收入，方案会专为丢弃而购入或生产",
        mend_en="Write what it costs, or a `sale` with its price and its `limit` where somebody pays for it.",
        mend_zh="请填写其费用；若确有人付费接收，请改用 `sale`，并填写其价格与 `limit`。",
    ),
}
"""Findings by code."""
