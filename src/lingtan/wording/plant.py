"""Sentences about a plant: what must be known before it can behave."""

from __future__ import annotations

from lingtan.wording.sentence import Sentence, sentence

PLANT_FINDINGS: dict[str, Sentence] = {
    "plant.free-size": sentence(
        "a size is still a range, and only a known size can be operated",
        "容量仍为取值范围，运行需要确定的容量",
        mend_en="Give one figure, or the sizes of a study with `--sizes summary.json`.",
        mend_zh="请给出确定的数值，或用 `--sizes summary.json` 采用研究所得的容量。",
    ),
}
