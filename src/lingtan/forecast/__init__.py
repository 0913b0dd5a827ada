"""From the past to what is expected; naive for now, the measure that every later model must beat."""

from __future__ import annotations

from lingtan.forecast.naive import naive_forecast, naive_forecasts

__all__ = ["naive_forecast", "naive_forecasts"]
