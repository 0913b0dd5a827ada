"""Sessions: who may look and order. The browser keeps an opaque token, the run folder only its hash."""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lingtan.operate.store import OrdersWriter
from lingtan.web.lock_out import sources_from_json
from lingtan.web.secret import LONGEST, hash_file_of, is_secret

LASTS_MS = 12 * 3_600_000
"""A session ends after a shift and a half, whatever is done in it."""
_TRIES = "tries"
_KEPT = 60_000
"""How long a session that was found is believed without asking the file again [ms]."""


@dataclass(frozen=True)
class Opened:
    """A login that succeeded: the token for the cookie."""

    token: str


@dataclass(frozen=True)
class Refused:
    """A wrong secret."""


@dataclass(frozen=True)
class Closed:
    """No secret is looked at now."""

    wait_s: int


@dataclass
class Sessions:
    """Logins and sessions of one run."""

    store: OrdersWriter
    secret_file: Path
    now_ms: Callable[[], int]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _seen: dict[str, int] = field(default_factory=dict)
    _seen_lock: threading.Lock = field(default_factory=threading.Lock)

    def log_in(self, given: str, source: str) -> Opened | Refused | Closed:
        """Try a secret that came from a source. One at a time: checking costs 64 MiB and a tenth of a second."""
        with self._lock:
            now = self.now_ms()
            sources = sources_from_json(self.store.state(_TRIES))  # kept in the file, so that a restart opens nothing
            if wait := sources.of(source).wait_s(now):
                return Closed(wait)
            hashed = hash_file_of(self.secret_file).read_text("utf-8")
            if len(given) > LONGEST or not is_secret(given, hashed):
                sources = sources.after_wrong(source, now)
                self.store.keep_state([(_TRIES, sources.as_json())])
                wait = sources.of(source).wait_s(now)
                return Closed(wait) if wait else Refused()
            self.store.keep_state([(_TRIES, sources.after_right(source).as_json())])
            token = secrets.token_urlsafe(32)
            self.store.open_session(hash_of(token), now, now + LASTS_MS)
            return Opened(token)

    def knows(self, token: str) -> bool:
        """Whether a token belongs to a session that still lasts."""
        if not token or len(token) > LONGEST:
            return False
        key, now = hash_of(token), self.now_ms()
        with self._seen_lock:  # or a logout between the asking and the keeping would not be seen for a minute
            if self._seen.get(key, 0) > now:
                return True
            ends = self.store.session_expires_ms(key)
            if ends is None or ends <= now:
                self._seen.pop(key, None)
                return False
            self._seen[key] = min(ends, now + _KEPT)
            return True

    def log_out(self, token: str) -> None:
        """End a session."""
        key = hash_of(token)
        with self._seen_lock:
            self._seen.pop(key, None)
            self.store.close_session(key)


def hash_of(token: str) -> str:
    """What the run folder keeps of a token: who reads the file cannot log in with it."""
    return hashlib.sha256(token.encode()).hexdigest()
