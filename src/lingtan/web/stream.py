"""Server-sent events: one `now` a second to every open page, read from the files once for all of them."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

PERIOD_S = 1.0


@dataclass
class Latest:
    """The last `now`, made anew when it is older than half a second, whoever asks."""

    make: Callable[[], dict[str, Any]]
    clock_s: Callable[[], float]
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _made_s: float = float("-inf")
    _value: dict[str, Any] = field(default_factory=dict)

    def value(self) -> dict[str, Any]:
        """What is known now."""
        with self._lock:
            if self.clock_s() - self._made_s > PERIOD_S / 2:
                self._value, self._made_s = self.make(), self.clock_s()
            return self._value


async def messages(latest: Latest, stopping: asyncio.Event, may_look: Callable[[], bool]) -> AsyncIterator[str]:
    """`now` messages until the server stops or the session of whoever listens ends; a page that lost the stream asks again after
    two seconds. `may_look` is asked before each message, in a thread, for it may read a file.
    """
    yield "retry: 2000\n\n"
    while not stopping.is_set() and await asyncio.to_thread(may_look):
        now = await asyncio.to_thread(latest.value)
        yield f"event: now\ndata: {json.dumps(now, ensure_ascii=False, separators=(',', ':'), allow_nan=False)}\n\n"
        try:
            await asyncio.wait_for(stopping.wait(), PERIOD_S)
        except TimeoutError:
            continue
