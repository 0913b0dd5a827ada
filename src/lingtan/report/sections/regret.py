"""What forecasts of all targets together cost: one line that a study and a backtest both tell."""

from __future__ import annotations

from collections.abc import Mapping

from lingtan.report.markup import Child, Html, html
from lingtan.report.numbers import plain, significant
from lingtan.report.sections.frame import note, table
from lingtan.wording.forecast import FORECAST_WORDS, MODEL_NAMES, SCORE_NAMES

THOUSAND = 1000


def regret_table(caption: Child, by_model: Mapping[str, Child]) -> Html:
    """A line of mean regret by model, ours (`model`) first, and what regret is."""
    head = [MODEL_NAMES.get(model, FORECAST_WORDS["ours"]) for model in by_model]
    line = (SCORE_NAMES["regret_cny"], *by_model.values())
    made = table((FORECAST_WORDS["score"], *head), [line], caption=caption)
    return html(made, note(FORECAST_WORDS["regret.reads"]))


def regret_shown(value_cny: float) -> str:
    """Whole yuan where there are thousands.

    >>> regret_shown(120.7), regret_shown(3539.2)
    ('121', '3,539')
    """
    return plain(value_cny, 0) if abs(value_cny) >= THOUSAND else significant(value_cny)
