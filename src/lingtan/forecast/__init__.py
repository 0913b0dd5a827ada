"""From the past to what is expected, with honest uncertainty: the way of a forecast, one module after the other.

- `horizon`, `days`: when it is due and for which days; values by local day and slot;
- `subject`: the target with everything that was known of it and when; only `as_of(gate)` leads to it; `quality`, `breaks`: doubts;
- `columns`: what models learn from, never past an origin's own gate;
- `models` (naive), `linear`, `boosting`, `load`, `price`, `renewable`: ways to learn; `weather`: measured weather as inputs;
- `conformal`, `forecaster`: quantiles from errors of late; fit, forecast, forecast_many, the step back to naive;
- `explain`: what moved a forecast; `intraday`: the last vintage corrected during its day; `scenarios`: whole days that could come;
- `backtest`, `scores`, `skill`: the past run again, and how good it was; `daylight`: which steps count for the bands of sun.

`naive` stands apart: the forecast a planner makes from a few hours of telemetry.
"""

from __future__ import annotations

from lingtan.forecast import scores
from lingtan.forecast.backtest import Backtest, Cadence, Plan, backtest
from lingtan.forecast.boosting import Boosting
from lingtan.forecast.conformal import Conformal
from lingtan.forecast.days import DayGrid
from lingtan.forecast.design import calendar_design
from lingtan.forecast.explain import Explanation
from lingtan.forecast.forecaster import LEVELS, Forecast, Forecaster, Trained
from lingtan.forecast.horizon import Horizon
from lingtan.forecast.intraday import Update
from lingtan.forecast.linear import Linear
from lingtan.forecast.load import LoadModel, PlainBoosting
from lingtan.forecast.models import Fitted, MeanOfDays, Model, Naive
from lingtan.forecast.naive import naive_forecast, naive_forecasts
from lingtan.forecast.price import PriceModel
from lingtan.forecast.quality import quality_findings
from lingtan.forecast.renewable import PvModel, WindModel
from lingtan.forecast.scenarios import Scenarios, Source, scenarios
from lingtan.forecast.skill import beside, forecaster_for, skill
from lingtan.forecast.subject import Known, Subject, WeatherMode

__all__ = [
    "LEVELS",
    "Backtest",
    "Boosting",
    "Cadence",
    "Conformal",
    "DayGrid",
    "Explanation",
    "Fitted",
    "Forecast",
    "Forecaster",
    "Horizon",
    "Known",
    "Linear",
    "LoadModel",
    "MeanOfDays",
    "Model",
    "Naive",
    "PlainBoosting",
    "Plan",
    "PriceModel",
    "PvModel",
    "Scenarios",
    "Source",
    "Subject",
    "Trained",
    "Update",
    "WeatherMode",
    "WindModel",
    "backtest",
    "beside",
    "calendar_design",
    "forecaster_for",
    "naive_forecast",
    "naive_forecasts",
    "quality_findings",
    "scenarios",
    "scores",
    "skill",
]
