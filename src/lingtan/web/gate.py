"""The gate before every call: right host, bounded body, a session, the mark of our own page; and the headers of every answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lingtan.findings import Finding
from lingtan.web.addressed import Addressed
from lingtan.web.answers import RefusalError

API = "/api/"
OPEN = frozenset({"/api/v1/login", "/api/v1/session"})
"""What is answered without a session."""
CALCULATORS = "/api/v1/calc/"
SMALL_BODY, LARGE_BODY = 65_536, 16_000_000
"""Most bytes of a request's body: of any, and of a calculator's case."""
BODY_WITHIN_S = 20.0
"""A body that takes longer is a fault, or somebody who holds connections open."""
MARK = "x-lingtan"

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
"""Sent with every answer."""


@dataclass(frozen=True)
class Gate:
    """Wraps the application; nothing below `/api/` but the login is reached without a session."""

    app: ASGIApp
    names: Addressed
    cookie: str
    knows: Callable[[str], bool]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        send = _with_headers(send, scope["path"])
        try:
            await self._check(scope)
            receive = await _whole_body(scope, receive)
        except RefusalError as refusal:
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive, send)

    async def _check(self, scope: Scope) -> None:
        headers, path = Headers(scope=scope), scope["path"]
        host = _name_of(headers.get("host", ""))
        if not self.names.fits(host):
            raise RefusalError(421, Finding("web.foreign-host", "host", self.names.told(), host))
        if not path.startswith(API):
            return
        if scope["method"] not in {"GET", "HEAD"} and headers.get(MARK) != "1":
            raise RefusalError(403, Finding("web.no-mark", path))
        if path in OPEN:
            return
        token = token_in(headers.getlist("cookie"), self.cookie)
        if not await asyncio.to_thread(self.knows, token):
            raise RefusalError(401, Finding("web.no-session", path))


def token_in(cookies: list[str], name: str) -> str:
    """The token of a session among the cookies of a request; empty where there is none."""
    jar: SimpleCookie = SimpleCookie()
    try:
        for line in cookies:
            jar.load(line)
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def _name_of(host: str) -> str:
    """The name in a Host header, without its port."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].lower()


async def _whole_body(scope: Scope, receive: Receive) -> Receive:
    """Read the body within its bounds; gives what hands it to the application."""
    limit = LARGE_BODY if scope["path"].startswith(CALCULATORS) else SMALL_BODY
    said = Headers(scope=scope).get("content-length", "0")
    too_large = RefusalError(
        413, Finding("web.body-too-large", scope["path"], f"≤ {limit} B"), headers={"connection": "close"}
    )
    if not said.isdecimal() or int(said) > limit:
        raise too_large
    body, more = bytearray(), True
    try:
        async with asyncio.timeout(BODY_WITHIN_S):
            while more:
                message = await receive()
                if message["type"] != "http.request":
                    return _handing(message, receive)
                body += message.get("body", b"")
                more = message.get("more_body", False)
                if len(body) > limit:
                    raise too_large
    except TimeoutError:
        found = Finding("web.body-too-slow", scope["path"], f"≤ {BODY_WITHIN_S:g} s")
        raise RefusalError(408, found, headers={"connection": "close"}) from None
    return _handing({"type": "http.request", "body": bytes(body), "more_body": False}, receive)


def _handing(first: Message, receive: Receive) -> Receive:
    """What hands out one message first."""
    waiting = [first]

    async def hand() -> Message:
        return waiting.pop() if waiting else await receive()

    return hand


def _with_headers(send: Send, path: str) -> Send:
    """What adds our headers to an answer."""

    async def send_with(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            if path.startswith("/assets/") and message["status"] == 200:
                headers["cache-control"] = "public, max-age=31536000, immutable"  # their names hold a hash
            elif path.startswith(API):
                headers["cache-control"] = "no-store"
            else:
                headers["cache-control"] = "no-cache"
        await send(message)

    return send_with
