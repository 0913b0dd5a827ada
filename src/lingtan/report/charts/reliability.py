"""Reliability: how often what came lay below each quantile, against what the quantile promises."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lingtan.report.charts.axis import Scale
from lingtan.report.charts.canvas import Page, label, line, path, svg
from lingtan.report.markup import Html, tag
from lingtan.report.palette import INK, MUTED, RULE
from lingtan.wording.forecast import FORECAST_WORDS

LEFT, TOP, BOTTOM, RIGHT = 48.0, 18.0, 34.0, 18.0


def reliability_chart(page: Page, points: Sequence[tuple[float, float]]) -> Html:
    """Shares that were seen over those promised, both 0 to 1; a forecast that keeps its word stands on the dashed line."""
    height = 180.0 if page.narrow else 220.0
    x, y = Scale(0.0, 1.0, LEFT, page.width - RIGHT), Scale(0.0, 1.0, TOP + height, TOP)
    marks = []
    for at in np.linspace(0.0, 1.0, 6).tolist():
        marks.append(line(x(0.0), y(at), x(1.0), y(at), RULE))
        marks.append(label(LEFT - 6.0, y(at) + 4.0, f"{100 * at:.0f} %", anchor="end"))
        marks.append(label(x(at), TOP + height + 15.0, f"{100 * at:.0f} %", anchor="middle"))
    marks.append(label(LEFT, TOP - 6.0, FORECAST_WORDS["reliability.seen"]))
    marks.append(label(x(1.0), TOP + height + 30.0, FORECAST_WORDS["reliability.promised"], anchor="end"))
    marks.append(line(x(0.0), y(0.0), x(1.0), y(1.0), MUTED, stroke_dasharray="4 4"))
    places = [(x(level), y(seen)) for level, seen in points]
    drawn = "L".join(f"{round(across, 1):g} {round(down, 1):g}" for across, down in places)
    marks.append(path(f"M{drawn}", fill="none", stroke=INK, stroke_width=1.4))
    marks += [tag("circle", cx=round(across, 1), cy=round(down, 1), r=3.2, fill=INK) for across, down in places]
    return svg(page.width, TOP + height + BOTTOM, marks)
