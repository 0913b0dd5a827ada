"""Takes forecasts in from every source, keeps them, and tells of what is refused, silent, old or back."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lingtan.findings import InputError, Severity
from lingtan.operate.notes import Notebook
from lingtan.operate.store import WeatherWriter
from lingtan.operate.weather.folder import Folder
from lingtan.operate.weather.polling import Polled, UnreachableError
from lingtan.operate.weather.reading import read_vintages
from lingtan.operate.weather.vintage import GOOD_FOR_MS, HOUR_MS, Standing, standing

Source = Folder | Polled
WHO = "weather"
FIRST_MS = 60_000


def sources_of(given: Sequence[str], key: str) -> tuple[Source, ...]:
    """A folder for a path, an address that is asked for a URL."""
    return tuple(Polled(each, key) if "://" in each else Folder(Path(each)) for each in given)


@dataclass
class Feed:
    """`look` is called every few seconds by whoever has the clock; whatever a source does, it comes back."""

    store: WeatherWriter
    sources: Sequence[Source]
    notebook: Notebook
    zone: str
    _silent: set[str] = field(default_factory=set)
    _refused: dict[str, str] = field(default_factory=dict)
    _begun_ms: int = -1

    def look(self, now_ms: int) -> None:
        """Take what has come, and say how the newest forecast stands."""
        self._begun_ms = now_ms if self._begun_ms < 0 else self._begun_ms
        for source in self.sources:
            if isinstance(source, Folder):
                self._look_into(source, now_ms)
            else:
                self._ask(source, now_ms)
        self._tell_standing(now_ms)

    def _look_into(self, folder: Folder, now_ms: int) -> None:
        try:
            for file in folder.ready():
                self._take_file(folder, file, now_ms)
        except OSError as error:
            self._fell_silent(folder.name, error.strerror or type(error).__name__, now_ms)
        else:
            self._answers(folder.name, now_ms)

    def _take_file(self, folder: Folder, file: Path, now_ms: int) -> None:
        """Keep first, move then: a process that dies in between reads the file again, and finds no news in it."""
        raw, kind = folder.read(file)
        shown = file.name.encode("utf-8", "replace").decode()  # a name may hold any byte
        try:
            self.store.add(read_vintages(raw, folder.name, kind, zone=self.zone, now_ms=now_ms))
        except InputError as error:
            why_not = folder.keep(file, [each.at(shown) for each in error.findings])
            self._note(now_ms, "operate.weather-refused", file=shown, why=error.findings[0].code)
        else:
            why_not = folder.keep(file)
        if why_not:
            self._note(now_ms, "operate.weather-not-moved", file=shown, what=why_not)

    def _ask(self, source: Polled, now_ms: int) -> None:
        try:
            answer = source.ask(time.monotonic())
            if answer is None:
                return
            self._answers(source.name, now_ms)
            raw, kind = answer
            self.store.add(read_vintages(raw, source.name, kind, zone=self.zone, now_ms=now_ms))
            self._refused.pop(source.name, None)
        except UnreachableError as error:
            self._fell_silent(source.name, str(error), now_ms)
        except InputError as error:  # the same trouble at every question is told once
            why = error.findings[0].code
            if self._refused.get(source.name) != why:
                self._refused[source.name] = why
                self._note(now_ms, "operate.weather-refused", file=source.name, why=why)

    def _fell_silent(self, source: str, what: str, now_ms: int) -> None:
        if source not in self._silent:
            self._silent.add(source)
            self._note(now_ms, "operate.weather-silent", file=source, what=what)

    def _answers(self, source: str, now_ms: int) -> None:
        if source in self._silent:
            self._silent.remove(source)
            self._note(now_ms, "operate.weather-answers", Severity.NOTE, file=source)

    def _tell_standing(self, now_ms: int) -> None:
        """Told when it changes, also over a restart. That there is none yet is told when sources had a minute to answer."""
        newest_ms = self.store.newest_issue_ms()
        now, before = standing(newest_ms, now_ms), self.store.state("standing")
        if now == before or (before is None and now is Standing.NONE and now_ms - self._begun_ms < FIRST_MS):
            return
        self.store.keep_state([("standing", str(now))])
        good_h = round(GOOD_FOR_MS / HOUR_MS)
        match now:
            case Standing.NONE:
                self._note(now_ms, "operate.weather-none", hours=good_h)
            case Standing.OLD:
                assert newest_ms is not None
                self._note(now_ms, "operate.weather-old", age_h=round((now_ms - newest_ms) / HOUR_MS), hours=good_h)
            case Standing.FRESH if before is not None:
                self._note(now_ms, "operate.weather-again", Severity.NOTE)
            case Standing.FRESH:
                pass  # the first is no news

    def _note(self, at_ms: int, code: str, severity: Severity = Severity.WARNING, **detail: str | float) -> None:
        self.notebook.add(at_ms, code, WHO, severity, **detail)


def look_safely(feed: Feed, now_ms: int) -> str:
    """One look; a disk that takes nothing is a reason to try again, and is given back in words."""
    try:
        feed.look(now_ms)
    except (sqlite3.OperationalError, OSError) as error:
        return f"no forecast of the weather can be kept: {error}"
    return ""
