"""The year at a glance: what the grid gave and what sun and wind gave, a pixel for each step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from lingtan.park import Pv, Wind
from lingtan.park.names import fill
from lingtan.report.charts.canvas import Array, on_both
from lingtan.report.charts.heatmap import carpet, heat_map
from lingtan.report.markup import Html, html
from lingtan.report.numbers import power
from lingtan.report.palette import GRID_RAMP, SOLAR_RAMP
from lingtan.report.sections.frame import chart, section
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study


def year_section(study: Study) -> Html:
    """Two carpets: net import, and generation from sun and wind where the park has any."""
    table = study.project.plan.table
    net_import = np.asarray(table["import_kw"] - table["export_kw"])
    weather = np.zeros(table.grid.steps)
    for name, asset in study.project.case.park.generators():
        if isinstance(asset, Pv | Wind):
            weather = weather + table[f"{name}.generation_kw"]
    highest = power([float(net_import.max())])
    lead = fill("year.lead", peak=highest.text(float(net_import.max())), minutes=str(table.grid.step_minutes))
    drawn = [_carpet(study, net_import, GRID_RAMP, "year.import")]
    if weather.any():
        drawn.append(_carpet(study, weather, SOLAR_RAMP, "year.weather"))
    return section("year", lead, html(*drawn))


def _carpet(study: Study, values_kw: Array, ramp: Sequence[str], key: str) -> Html:
    grid = study.project.plan.table.grid
    scale = power([float(values_kw.max()), float(values_kw.min())]).en
    woven = carpet(np.asarray(values_kw / scale.divisor), grid, ramp, scale.unit)
    drawing = on_both(lambda page: heat_map(page, woven))
    return chart(drawing, REPORT_WORDS[f"{key}.caption"], title=REPORT_WORDS[f"{key}.title"])
