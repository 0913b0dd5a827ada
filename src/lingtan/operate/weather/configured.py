"""The sources that `serve --weather` names, checked before anything starts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from lingtan.findings import Finding, raise_errors
from lingtan.operate.weather.polling import KEY, wrong_source


def weather_sources(given: Sequence[str]) -> tuple[str, ...]:
    """Folders by their whole path, addresses as given. Raises `InputError`: `operate.weather-source`,
    `operate.weather-key-in-the-clear`, `operate.weather-folder`."""
    key, findings, sources = os.environ.get(KEY, ""), [], []
    for each in given:
        if "://" in each:
            findings += wrong_source(each, key)
            sources.append(each)
        else:
            folder = Path(each).resolve()
            if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
                findings.append(Finding("operate.weather-folder", "--weather", got=each))
            sources.append(str(folder))
    raise_errors(findings)
    return tuple(sources)
