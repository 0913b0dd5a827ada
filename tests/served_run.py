"""A run served on loopback by a real server in a thread, with a clock of the test's own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import AF_INET, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, socket

import uvicorn

from lingtan.web import create_app
from lingtan.web.__main__ import config_of
from lingtan.web.run import OpenRun, open_run
from lingtan.web.secret import ensure_secret


@dataclass(frozen=True)
class Served:
    """A served run: its open files, and where it answers."""

    run: OpenRun
    address: str


@contextmanager
def served(home: Path, now_ms: Callable[[], int], pages: Path | None = None) -> Iterator[Served]:
    """Serve the run in a folder as `lingtan.web` does, on a free port, until the block ends; everything is closed then."""
    with open_run(home) as run, socket(AF_INET, SOCK_STREAM) as listening:
        ensure_secret(run.folder.secret)
        listening.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", 0))
        stopping = asyncio.Event()
        app = create_app(run, now_ms=now_ms, stopping=stopping, **({} if pages is None else {"pages": pages}))
        server = uvicorn.Server(config_of(app, run))
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=lambda: loop.run_until_complete(server.serve(sockets=[listening])))
        thread.start()
        try:
            while not server.started and thread.is_alive():
                thread.join(0.01)
            yield Served(run, f"http://127.0.0.1:{listening.getsockname()[1]}")
        finally:
            server.should_exit = True
            loop.call_soon_threadsafe(stopping.set)
            thread.join(10)
            loop.close()
