"""`python -m lingtan.web RUN`: serve the cockpit of a run until asked to stop."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from lingtan.findings import InputError
from lingtan.operate.watchdog import beat
from lingtan.web.app import create_app
from lingtan.web.run import OpenRun, open_run
from lingtan.web.secret import ensure_secret
from lingtan.wording.web import WEB_WORDS

MOST_CONNECTIONS = 200
PATIENCE_S = 2
"""How long a stop waits for answers that are under way; streams of events end by themselves within a second."""


class Server(uvicorn.Server):
    """A server that tells its streams when it stops."""

    def __init__(self, config: uvicorn.Config, stopping: asyncio.Event) -> None:
        super().__init__(config)
        self.stopping = stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop, and let the streams know."""
        super().handle_exit(sig, frame)
        self.stopping.set()


def config_of(app: ASGIApp, run: OpenRun) -> uvicorn.Config:
    """How an application of an open run is served, at the address that its `run.json` names."""

    async def alive() -> None:  # from the loop that answers: when it hangs, the supervisor hears nothing
        beat(run.folder.alive("web"))

    return uvicorn.Config(
        app,
        host=run.facts.host,
        port=run.facts.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        date_header=True,
        ws="none",
        proxy_headers=False,  # whoever writes X-Forwarded-For would be a new source for every secret that they try
        limit_concurrency=MOST_CONNECTIONS,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=PATIENCE_S,
        callback_notify=alive,
        timeout_notify=1,
        h11_max_incomplete_event_size=32_768,
    )


def main(arguments: list[str]) -> int:
    """Serve; gives the exit status."""
    if len(arguments) != 1:
        print("python -m lingtan.web RUN", file=sys.stderr)
        return 2
    try:
        with open_run(Path(arguments[0])) as run:
            if ensure_secret(run.folder.secret):
                run.orders.close_all_sessions()
                for text in WEB_WORDS["secret.made"]:
                    print(text.format(file=run.folder.secret), flush=True)
            stopping = asyncio.Event()
            Server(config_of(create_app(run, stopping=stopping), run), stopping).run()
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:  # uvicorn raises it again after a clean stop
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
