"""The park in a browser: parse a request, make one call, show. Nothing here writes to a device; orders go into a file."""

from __future__ import annotations

from lingtan.web.app import create_app

__all__ = ["create_app"]
