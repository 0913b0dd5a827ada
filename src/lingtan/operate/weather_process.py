"""`python -m lingtan.operate.weather_process RUN`: takes forecasts of the weather in, from a folder and over HTTP.

The one writer of `weather.sqlite` and `weather-notes.json`. A process of its own: it alone speaks to the world outside, and a
source that hangs keeps neither control nor the planner waiting.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

from lingtan.operate.clocks import SystemClock
from lingtan.operate.ending import Ending, only_one
from lingtan.operate.notes import Notebook
from lingtan.operate.recording import say
from lingtan.operate.store import RunFolder, WeatherWriter
from lingtan.operate.tidying import DAY_MS
from lingtan.operate.watchdog import beat
from lingtan.operate.weather.feed import Feed, look_safely, sources_of
from lingtan.operate.weather.polling import KEY

LOOK_S = 2.0
FORGET_EVERY_MS = 3_600_000


def serve(run: RunFolder, feed: Feed, clock: SystemClock, wait: Callable[[float], bool]) -> None:
    """Look at every source again and again until `wait` says that somebody asked to end."""
    keep_ms, forgotten_ms, said = run.facts().keep_days * DAY_MS, 0, ""
    while True:
        clock.follow()
        now_ms = clock.now_ms()
        trouble = look_safely(feed, now_ms)
        if trouble and trouble != said:
            say(trouble)
        said = trouble
        if not trouble and now_ms - forgotten_ms > FORGET_EVERY_MS:
            feed.store.forget(now_ms - keep_ms)
            forgotten_ms = now_ms
        beat(run.alive("weather"))
        if wait(LOOK_S):
            return


def main() -> None:
    """The process's own entry point."""
    ending, run = Ending(), RunFolder(Path(sys.argv[1]))
    zone = str(json.loads(run.park.read_text("utf-8"))["site"]["zone"])
    with only_one(run.path / "weather.lock"), WeatherWriter(run.weather) as store:
        sources = sources_of(run.facts().weather, os.environ.get(KEY, ""))
        serve(run, Feed(store, sources, Notebook(run.weather_notes), zone), SystemClock(), ending.wait)


if __name__ == "__main__":
    main()
