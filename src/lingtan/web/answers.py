"""How the interface answers: plain JSON without NaN, and findings for all that it refuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from lingtan.findings import Finding, InputError


class RefusalError(Exception):
    """A request that is answered by findings and a status."""

    def __init__(self, status: int, *findings: Finding, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.findings, self.headers = status, findings, dict(headers or {})

    def response(self) -> JSONResponse:
        """What is sent."""
        return JSONResponse(findings_json(self.findings), self.status, self.headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that went no further than the gate."""
        await self.response()(scope, receive, send)


def findings_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """Findings as the interface sends them."""
    return {"findings": [found.as_json() for found in findings]}


async def answer_refusal(_: Request, error: Exception) -> JSONResponse:
    """A refusal from inside a call."""
    assert isinstance(error, RefusalError)
    return error.response()


async def answer_input(_: Request, error: Exception) -> JSONResponse:
    """Input with findings."""
    assert isinstance(error, InputError)
    return JSONResponse(findings_json(error.findings), 422)


async def answer_http(request: Request, error: Exception) -> JSONResponse:
    """An address that is not there, or a method that it does not take."""
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        found = Finding("web.wrong-method", request.url.path, (error.headers or {}).get("Allow", ""), request.method)
    else:
        found = Finding("web.not-found", request.url.path)
    return JSONResponse(findings_json([found]), error.status_code, error.headers)


async def answer_query(_: Request, error: Exception) -> JSONResponse:
    """A question with values out of range."""
    assert isinstance(error, RequestValidationError)
    found = [Finding("web.bad-query", str(each["loc"][-1]), got=str(each.get("input"))) for each in error.errors()]
    return JSONResponse(findings_json(found), 422)
