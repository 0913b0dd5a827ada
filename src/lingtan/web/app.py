"""The application: its calls, each a line of work, behind the gate."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

from fastapi import FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from lingtan.fact import Fact
from lingtan.findings import Finding, InputError
from lingtan.sheet import Sheet, judge
from lingtan.web.addressed import names_of
from lingtan.web.answers import RefusalError, answer_http, answer_input, answer_query, answer_refusal
from lingtan.web.calculators import Desk
from lingtan.web.forecast import forecast_message
from lingtan.web.forecast_shelf import Shelf
from lingtan.web.gate import Gate, token_in
from lingtan.web.history import MOST_HOURS, history_of
from lingtan.web.lock_out import source_of
from lingtan.web.log import MOST, log_of
from lingtan.web.now import now_message
from lingtan.web.orders import OrderForm, order_of
from lingtan.web.park_view import park_view
from lingtan.web.run import OpenRun
from lingtan.web.sessions import LASTS_MS, Closed, Opened, Refused, Sessions
from lingtan.web.stream import Latest, messages

PAGES = Path(__file__).with_name("static")
"""What `ui/` is built into."""
Form = TypeVar("Form", bound=BaseModel)


class LoginForm(Fact):
    """What opens a session."""

    secret: str = Field(min_length=1)
    """The secret of this run, from the file `secret` in its folder."""


def wall_ms() -> int:
    """The time of day [UTC ms]."""
    return time.time_ns() // 1_000_000


@dataclass
class Desks:
    """What the calls share."""

    run: OpenRun
    now_ms: Callable[[], int]
    cookie: str
    stopping: asyncio.Event
    sessions: Sessions = field(init=False)
    latest: Latest = field(init=False)
    park: dict[str, Any] = field(init=False)
    calculators: Desk = field(default_factory=Desk)
    shelf: Shelf = field(default_factory=Shelf)

    def __post_init__(self) -> None:
        self.sessions = Sessions(self.run.orders, self.run.folder.secret, self.now_ms)
        self.latest = Latest(lambda: now_message(self.run, self.now_ms()), time.monotonic)
        self.park = park_view(self.run)


def create_app(
    run: OpenRun,
    *,
    now_ms: Callable[[], int] = wall_ms,
    stopping: asyncio.Event | None = None,
    pages: Path = PAGES,
) -> Gate:
    """The web interface of an open run, to be served by any ASGI server. `stopping` ends the streams of events."""
    desks = Desks(run, now_ms, f"lingtan_{run.facts.port}", stopping or asyncio.Event())
    api = FastAPI(title="lingtan", version="1", docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    api.exception_handler(RefusalError)(answer_refusal)
    api.exception_handler(InputError)(answer_input)
    api.exception_handler(HTTPException)(answer_http)
    api.exception_handler(RequestValidationError)(answer_query)
    _add_session_calls(api, desks)
    _add_reading_calls(api, desks)
    _add_changing_calls(api, desks)
    _add_pages(api, pages)
    return Gate(api, names_of(run.facts.host), desks.cookie, desks.sessions.knows)


def _add_session_calls(api: FastAPI, desks: Desks) -> None:
    @api.post("/api/v1/login", status_code=204, openapi_extra=asks_for(LoginForm))
    async def login(request: Request) -> Response:
        """Open a session: sets a cookie. 401 for a wrong secret, 429 with `Retry-After` after too many."""
        form = await form_in(request, LoginForm)
        source = source_of(None if request.client is None else request.client.host)
        match await asyncio.to_thread(desks.sessions.log_in, form.secret, source):
            case Refused():
                raise RefusalError(401, Finding("web.wrong-secret", "secret"))
            case Closed(wait_s):
                found = Finding("web.locked-out", "secret", values={"seconds": wait_s})
                raise RefusalError(429, found, headers={"retry-after": str(wait_s)})
            case Opened(token):
                answer = Response(status_code=204)
                secure = came_by_tls(request)
                answer.set_cookie(
                    desks.cookie, token, LASTS_MS // 1000, httponly=True, samesite="strict", secure=secure
                )
                return answer

    @api.get("/api/v1/session")
    async def session(request: Request) -> JSONResponse:
        """Whether there is a session: what a page asks first, so that it need not provoke a refusal."""
        token = token_in(request.headers.getlist("cookie"), desks.cookie)
        return JSONResponse({"open": await asyncio.to_thread(desks.sessions.knows, token)})

    @api.post("/api/v1/logout", status_code=204)
    async def logout(request: Request) -> Response:
        """End the session."""
        token = token_in(request.headers.getlist("cookie"), desks.cookie)
        await asyncio.to_thread(desks.sessions.log_out, token)
        answer = Response(status_code=204)
        answer.delete_cookie(desks.cookie, httponly=True, samesite="strict")
        return answer


def came_by_tls(request: Request) -> bool:
    """Whether the visitor speaks TLS, with us or with a proxy; whoever lies of it keeps only their own cookie from plain HTTP."""
    return "https" in {request.url.scheme, request.headers.get("x-forwarded-proto", "").strip().lower()}


def _add_reading_calls(api: FastAPI, desks: Desks) -> None:
    @api.get("/api/v1/park")
    async def park() -> JSONResponse:
        """Names, sizes and limits: what does not change during a run."""
        return JSONResponse(desks.park)

    @api.get("/api/v1/now")
    async def now() -> JSONResponse:
        """Everything that is known of this second; what is not known is null."""
        return JSONResponse(await asyncio.to_thread(desks.latest.value))

    @api.get("/api/v1/events")
    async def events(request: Request) -> StreamingResponse:
        """Server-sent events: a `now` message every second, as long as the session lasts."""
        token = token_in(request.headers.getlist("cookie"), desks.cookie)
        told = messages(desks.latest, desks.stopping, lambda: desks.sessions.knows(token))
        return StreamingResponse(told, media_type="text/event-stream")

    @api.get("/api/v1/history")
    async def history(hours: Annotated[float, Query(gt=0, le=MOST_HOURS)] = 6.0) -> JSONResponse:
        """Means of the last hours and the plan of as many hours on either side of now."""
        return JSONResponse(await asyncio.to_thread(history_of, desks.run, desks.now_ms(), hours))

    @api.get("/api/v1/forecast")
    async def forecast() -> JSONResponse:
        """The day's forecasts against what was measured so far, and how good forecasts were: read from files, nothing is made."""
        return JSONResponse(await asyncio.to_thread(forecast_message, desks.run, desks.shelf, desks.now_ms()))

    @api.get("/api/v1/log")
    async def log(limit: Annotated[int, Query(gt=0, le=MOST)] = 100) -> JSONResponse:
        """What control reported and what operators ordered, newest first."""
        return JSONResponse({"entries": await asyncio.to_thread(log_of, desks.run, limit)})


def _add_changing_calls(api: FastAPI, desks: Desks) -> None:
    @api.post("/api/v1/orders", status_code=201, openapi_extra=asks_for(OrderForm))
    async def order(request: Request) -> JSONResponse:
        """Order something: a mode, a stop, a release, a power with its end."""
        made = order_of(await form_in(request, OrderForm), desks.run, desks.now_ms())
        number = await asyncio.to_thread(desks.run.orders.add, made)
        return JSONResponse({"id": number, "at_ms": made.at_ms}, 201)

    @api.post("/api/v1/calc/{name}")
    async def calc(name: str, request: Request) -> JSONResponse:
        """A pure calculator: its case in, its answer out (`lingtan calc --schema NAME` prints the form)."""
        status, body = await desks.calculators.answer(name, await request.body())
        return JSONResponse(body, status)


def _add_pages(api: FastAPI, pages: Path) -> None:
    if (pages / "index.html").is_file():
        api.mount("/", StaticFiles(directory=pages, html=True))
        return

    @api.get("/")
    async def unbuilt() -> PlainTextResponse:
        found = Finding("web.no-pages", str(pages))
        return PlainTextResponse(f"{found.text('zh')}\n{found.text('en')}\n", 503)


def asks_for(form: type[BaseModel]) -> dict[str, Any]:
    """What OpenAPI says of a call that takes a form, which we judge ourselves so that all findings come at once."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": form.model_json_schema()}}}}


async def form_in(request: Request, form: type[Form]) -> Form:
    """The form in the body of a request. Raises a refusal where it is none, `InputError` with all findings of it."""
    try:
        data = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise RefusalError(400, Finding("web.not-json", request.url.path, got=str(error))) from None
    judged, findings = judge(form, data, Sheet("", data))
    if judged is None:
        raise InputError(findings)
    return judged
