"""A source that is asked over HTTP: no redirects, a bounded answer, a bounded time; the key comes from the environment only."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lingtan.findings import Finding
from lingtan.operate.loopback import is_loopback
from lingtan.operate.weather.reading import MOST_BYTES

KEY = "LINGTAN_WEATHER_KEY"
"""The environment variable with the key, sent as `Authorization: Bearer`; never stored, never printed."""

EVERY_S, SOON_S = 900.0, 120.0
"""How often a source is asked, and how soon again when it did not answer."""

TIMEOUT_S, TOTAL_S = 10.0, 30.0
"""How long a source may say nothing, and how long an answer may take."""


class UnreachableError(Exception):
    """A source gave no answer that could be read; the text says why, without address and key."""


@dataclass
class Polled:
    """One address."""

    url: str
    key: str = field(default="", repr=False)
    due_s: float = 0.0

    @property
    def name(self) -> str:
        """Host and path; a query may hold what nobody should read in a log."""
        parts = urlsplit(self.url)
        return f"{parts.hostname}{parts.path}"

    def ask(self, now_s: float) -> tuple[bytes, str] | None:
        """The answer and its kind where it is time to ask, else None. Raises `UnreachableError`."""
        if now_s < self.due_s:
            return None
        self.due_s = now_s + SOON_S
        answer = fetch(self.url, self.key)
        self.due_s = now_s + EVERY_S
        return answer


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key to whoever the source names."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """None lets the answer fail with its status."""


def fetch(url: str, key: str, *, timeout_s: float = TIMEOUT_S, total_s: float = TOTAL_S) -> tuple[bytes, str]:
    """What an address answers, at most one byte more than is allowed, and of which kind. Raises `UnreachableError`."""
    headers = {"Accept": "application/json, text/csv", "User-Agent": "lingtan"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    until, raw = time.monotonic() + total_s, bytearray()
    try:
        opener = urllib.request.build_opener(_NoRedirect)
        with opener.open(urllib.request.Request(url, headers=headers), timeout=timeout_s) as answer:
            while len(raw) <= MOST_BYTES and (piece := answer.read1(65_536)):
                raw += piece
                if time.monotonic() > until:
                    raise UnreachableError(f"> {total_s:g} s")
            wanted = answer.length
            kind = answer.headers.get_content_type()
    except urllib.error.HTTPError as error:
        error.close()
        raise UnreachableError(f"HTTP {error.code}") from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise UnreachableError(getattr(reason, "strerror", None) or type(reason).__name__) from None
    if wanted and len(raw) <= MOST_BYTES:
        raise UnreachableError(type(http.client.IncompleteRead(b"")).__name__)
    return bytes(raw[: MOST_BYTES + 1]), "csv" if kind == "text/csv" else "json"


def wrong_source(given: str, key: str) -> list[Finding]:
    """What is wrong with an address: another scheme, no host, a secret in it, or a key that would go out in the clear."""
    try:
        parts = urlsplit(given)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host = None
        parts = urlsplit("")
    shown = f"{parts.scheme}://{host or ''}{parts.path}"
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password or parts.fragment:
        return [Finding("operate.weather-source", "--weather", "https://host/path", shown)]
    if key and parts.scheme == "http" and not is_loopback(host):
        return [Finding("operate.weather-key-in-the-clear", "--weather", "https://", shown)]
    return []
