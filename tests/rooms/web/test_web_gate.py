"""Who gets in, and what they may send: over a real socket, as a stranger would try."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from socket import create_connection

import httpx
import pytest

from lingtan.web.app import LoginForm, create_app
from lingtan.web.gate import HEADERS
from lingtan.web.run import open_run
from lingtan.web.sessions import Sessions, hash_of
from tests.recorded_run import SECRET, make_run
from tests.served_run import Served, served

NOW_MS = 1_795_840_200_000
MARK = {"X-Lingtan": "1"}


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.ms = NOW_MS

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(tmp_path: Path, clock: Clock) -> Iterator[Served]:
    pages = tmp_path / "pages"
    (pages / "assets").mkdir(parents=True)
    (pages / "index.html").write_text("<title>pages</title>")
    (pages / "assets" / "app-1.js").write_text("1")
    make_run(tmp_path / "run", NOW_MS, hours=0.05)
    with served(tmp_path / "run", clock, pages) as there:
        yield there


@pytest.fixture
def stranger(site: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=site.address, trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture
def operator(stranger: httpx.Client) -> httpx.Client:
    assert log_in(stranger, SECRET).status_code == 204
    return stranger


def log_in(client: httpx.Client, secret: str) -> httpx.Response:
    return client.post("/api/v1/login", json={"secret": secret}, headers=MARK)


def codes(answer: httpx.Response) -> list[str]:
    return [found["code"] for found in answer.json()["findings"]]


def test_nothing_is_read_or_changed_without_a_session(stranger: httpx.Client, site: Served) -> None:
    """Rules out a call that was added and forgotten: the gate refuses by the address, not by the call."""
    for call in ("park", "now", "events", "history", "log", "openapi.json", "there-is-no-such-call"):
        answer = stranger.get(f"/api/v1/{call}")
        assert (answer.status_code, codes(answer)) == (401, ["web.no-session"]), call
    for call in ("orders", "calc/irr", "logout", "there-is-no-such-call"):
        answer = stranger.post(f"/api/v1/{call}", json={"kind": "stop", "asset": "battery"}, headers=MARK)
        assert (answer.status_code, codes(answer)) == (401, ["web.no-session"]), call
    assert site.run.orders.orders() == []


def test_a_forged_cookie_opens_nothing(stranger: httpx.Client, site: Served) -> None:
    for token in ("x", "0" * 64, "'; DROP TABLE session; --"):
        cookie = {"Cookie": f"lingtan_{site.run.facts.port}={token}"}
        assert stranger.get("/api/v1/now", headers=cookie).status_code == 401


def test_the_secret_opens_a_session_that_scripts_cannot_read_and_other_sites_cannot_use(stranger: httpx.Client) -> None:
    assert stranger.get("/api/v1/session").json() == {"open": False}
    answer = log_in(stranger, SECRET)
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=43200"))
    assert stranger.get("/api/v1/session").json() == {"open": True}
    assert stranger.get("/api/v1/now").status_code == 200


def test_the_file_keeps_no_token(operator: httpx.Client, site: Served) -> None:
    """Rules out that who can read the run folder can take over a session."""
    [token] = [cookie.value for cookie in operator.cookies.jar]
    assert token
    kept = b"".join(path.read_bytes() for path in site.run.folder.path.glob("orders.sqlite*"))
    assert token.encode() not in kept
    assert (site.run.folder.secret.stat().st_mode & 0o777) == 0o600
    assert SECRET.encode() not in kept


def test_logging_out_ends_the_session_and_not_only_the_cookie(operator: httpx.Client) -> None:
    kept = {"Cookie": "; ".join(f"{c.name}={c.value}" for c in operator.cookies.jar)}
    assert operator.post("/api/v1/logout", headers=MARK).status_code == 204
    operator.cookies.clear()
    assert operator.get("/api/v1/now", headers=kept).status_code == 401


def test_a_session_ends_by_itself(operator: httpx.Client, clock: Clock) -> None:
    clock.ms += 12 * 3_600_000
    assert operator.get("/api/v1/now").status_code == 401


def ends_of(site: Served, operator: httpx.Client, ended: Callable[[], object]) -> int:
    """How many messages a stream still told after its session ended, once it had told one."""
    kept = {"Cookie": "; ".join(f"{c.name}={c.value}" for c in operator.cookies.jar)}
    told = 0
    with (
        httpx.Client(base_url=site.address, trust_env=False, timeout=10) as page,
        page.stream("GET", "/api/v1/events", headers=kept) as stream,
    ):
        for line in stream.iter_lines():
            if line.startswith("data: "):
                told += 1
                if told == 1:
                    ended()
                assert told < 4, "the stream goes on"
    return told - 1


def test_a_stream_ends_with_its_session(site: Served, operator: httpx.Client, clock: Clock) -> None:
    """Rules out a page that is left open and shows the park for ever to whoever sits down before it."""
    assert ends_of(site, operator, lambda: operator.post("/api/v1/logout", headers=MARK)) <= 1
    operator.cookies.clear()
    assert log_in(operator, SECRET).status_code == 204
    assert ends_of(site, operator, lambda: setattr(clock, "ms", clock.ms + 12 * 3_600_000)) <= 1


def test_a_logout_while_the_session_is_looked_up_is_not_forgotten(tmp_path: Path) -> None:
    """Rules out that a stream that asks at the wrong moment keeps a session that ended for another minute."""
    make_run(tmp_path / "run", NOW_MS, hours=0.05)
    with open_run(tmp_path / "run") as run:
        sessions = Sessions(run.orders, run.folder.secret, lambda: NOW_MS)
        run.orders.open_session(hash_of("token"), NOW_MS, NOW_MS + 3_600_000)
        leaving = threading.Thread(target=sessions.log_out, args=("token",))
        ask = run.orders.session_expires_ms

        def ask_slowly(key: str) -> int | None:
            ends = ask(key)
            leaving.start()
            leaving.join(0.2)
            return ends

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(run.orders, "session_expires_ms", ask_slowly)
            assert sessions.knows("token")
            leaving.join()
        assert not sessions.knows("token")


def test_wrong_secrets_lock_out_also_who_then_knows_the_right_one(stranger: httpx.Client, clock: Clock) -> None:
    """Four are refused, the fifth closes the door for 30 s, the next wrong one after that for 60 s."""
    assert [log_in(stranger, f"wrong-{n}").status_code for n in range(4)] == [401] * 4
    fifth = log_in(stranger, "wrong-5")
    assert (fifth.status_code, codes(fifth), fifth.headers["retry-after"]) == (429, ["web.locked-out"], "30")
    assert log_in(stranger, SECRET).status_code == 429
    clock.ms += 30_000
    assert log_in(stranger, "wrong-6").headers["retry-after"] == "60"
    clock.ms += 60_000
    assert log_in(stranger, SECRET).status_code == 204
    assert log_in(stranger, "wrong-again").status_code == 401


def test_wrong_secrets_of_one_address_do_not_shut_out_another(site: Served, stranger: httpx.Client) -> None:
    """Rules out that anybody who reaches the port keeps the operator out by guessing."""
    for n in range(6):
        log_in(stranger, f"wrong-{n}")
    assert log_in(stranger, SECRET).status_code == 429
    elsewhere = httpx.HTTPTransport(local_address="127.0.0.2")
    with httpx.Client(base_url=site.address, transport=elsewhere, timeout=60) as operator:
        assert log_in(operator, SECRET).status_code == 204
    assert log_in(stranger, SECRET).status_code == 429, "who logged in elsewhere does not open the door here"


def test_a_client_that_names_other_senders_stays_one_source(stranger: httpx.Client) -> None:
    """Rules out that X-Forwarded-For, which anybody can write, makes a new source of every try."""
    tries = [
        stranger.post(
            "/api/v1/login", json={"secret": "wrong"}, headers={**MARK, "X-Forwarded-For": f"10.0.0.{n}"}
        ).status_code
        for n in range(6)
    ]
    assert tries == [401, 401, 401, 401, 429, 429]


@pytest.mark.parametrize(("proto", "is_secure"), [("https", True), ("HTTPS", True), ("http", False), (None, False)])
def test_a_proxy_that_speaks_tls_keeps_the_cookie_from_plain_http(
    stranger: httpx.Client, proto: str | None, is_secure: bool
) -> None:
    said = {} if proto is None else {"X-Forwarded-Proto": proto}
    answer = stranger.post("/api/v1/login", json={"secret": SECRET}, headers={**MARK, **said})
    assert answer.status_code == 204
    assert ("; Secure" in answer.headers["set-cookie"]) is is_secure


def test_a_restart_does_not_open_the_door(site: Served, stranger: httpx.Client, clock: Clock) -> None:
    for n in range(5):
        log_in(stranger, f"wrong-{n}")
    with (
        served(site.run.folder.path, clock) as again,
        httpx.Client(base_url=again.address, trust_env=False, timeout=60) as client,
    ):
        assert log_in(client, SECRET).status_code == 429


def test_a_change_without_our_mark_is_refused(operator: httpx.Client) -> None:
    """Rules out that a form of another site orders something: it can send cookies at most, never this header."""
    for call in ("login", "logout", "orders", "calc/irr"):
        answer = operator.post(f"/api/v1/{call}", json={"secret": SECRET})
        assert (answer.status_code, codes(answer)) == (403, ["web.no-mark"]), call


def test_a_foreign_host_name_is_refused(stranger: httpx.Client) -> None:
    """Rules out DNS rebinding: a page of evil.example whose name suddenly means this machine."""
    answer = stranger.get("/", headers={"Host": "evil.example"})
    assert (answer.status_code, codes(answer)) == (421, ["web.foreign-host"])
    assert stranger.get("/", headers={"Host": "localhost:8600"}).status_code == 200


@pytest.mark.parametrize("everywhere", ["0.0.0.0", "::", "0::0"])
def test_a_server_on_all_addresses_answers_to_no_foreign_name_either(
    tmp_path: Path, everywhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules out that `--host 0.0.0.0` opens the cockpit to every page that points its own name at this machine."""
    monkeypatch.setattr("socket.gethostname", lambda: "Park-PC.plant.example")
    make_run(tmp_path / "run", NOW_MS, hours=0.05)
    with open_run(tmp_path / "run") as run:
        app = create_app(replace(run, facts=replace(run.facts, host=everywhere)))

        async def statuses(*hosts: str) -> dict[str, int]:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://x") as client:
                return {
                    host: (await client.get("/api/v1/session", headers={"Host": host})).status_code for host in hosts
                }

        good = (
            "10.0.3.7:8400",
            "[2001:db8::1]:8400",
            "localhost",
            "PARK-PC:8400",
            "park-pc.local",
            "park-pc.plant.example",
        )
        bad = (
            "evil.example",
            "evil.example:8400",
            "park-pc.plant.example.evil.example",
            "127.1",
            "10.0.3.7.evil.example",
        )
        assert asyncio.run(statuses(*good)) == dict.fromkeys(good, 200)
        assert asyncio.run(statuses(*bad)) == dict.fromkeys(bad, 421)


def test_a_body_is_bounded_whether_it_tells_its_length_or_not(operator: httpx.Client) -> None:
    big = b"[" + b" " * 70_000 + b"]"
    told = operator.post("/api/v1/orders", content=big, headers=MARK)
    assert (told.status_code, codes(told)) == (413, ["web.body-too-large"])
    chunked = operator.post("/api/v1/orders", content=iter([big[:40_000], big[40_000:]]), headers=MARK)
    assert (chunked.status_code, codes(chunked)) == (413, ["web.body-too-large"])
    assert operator.post("/api/v1/calc/nothing", content=big, headers=MARK).status_code == 404


def test_a_stranger_cannot_send_a_large_case(stranger: httpx.Client) -> None:
    """The session is asked for before the body is read."""
    assert stranger.post("/api/v1/calc/irr", content=b" " * 100_000, headers=MARK).status_code == 401


def test_what_is_no_json_is_a_finding(stranger: httpx.Client) -> None:
    for body in (
        b"{",
        b"\xff",
        b"[" * 60_000,
        b"NaN",
        b"",
        b"9" * 9_000,
        b'{"secret": 7}',
        b'{"secret": "x", "more": 1}',
    ):
        answer = stranger.post("/api/v1/login", content=body, headers=MARK)
        assert answer.status_code in {400, 422}, body[:9]
        assert answer.json()["findings"], body[:9]


def raw(site: Served, request: bytes) -> bytes:
    """What the server says to bytes that no client would send."""
    host, _, port = site.address.removeprefix("http://").partition(":")
    with create_connection((host, int(port)), timeout=5) as wire:
        wire.sendall(request)
        answer = b""
        while more := wire.recv(65_536):
            answer += more
    return answer


PATHS = [
    "/../run/secret", "/../../run/secret", "/assets/../../run/secret", "/%2e%2e/run/secret", "/..%2frun%2fsecret",
    "/assets/%2e%2e%2f%2e%2e%2frun%2fsecret", "//etc/passwd", "/%2fetc%2fpasswd", "/assets/%00", "/..\\run\\secret",
]  # fmt: skip


def test_no_path_leads_out_of_the_pages(site: Served) -> None:
    for path in PATHS:
        answer = raw(site, f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        assert answer.split(b"\r\n")[0].split(b" ")[1] in {b"400", b"404"}, path
        assert SECRET.encode() not in answer, path
        assert b"root:" not in answer, path


def test_every_answer_carries_the_headers_that_protect_the_page(stranger: httpx.Client) -> None:
    for path in ("/", "/assets/app-1.js", "/nothing", "/api/v1/now", "/api/v1/session"):
        headers = stranger.get(path).headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS, path
    assert stranger.get("/api/v1/session").headers["cache-control"] == "no-store"
    assert stranger.get("/").headers["cache-control"] == "no-cache"
    assert "immutable" in stranger.get("/assets/app-1.js").headers["cache-control"]
    policy = HEADERS["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_an_unknown_call_and_a_wrong_method_are_findings(operator: httpx.Client) -> None:
    lost = operator.get("/api/v1/nothing")
    assert (lost.status_code, codes(lost)) == (404, ["web.not-found"])
    wrong = operator.delete("/api/v1/now", headers=MARK)
    assert (wrong.status_code, codes(wrong)) == (405, ["web.wrong-method"])


def test_the_description_names_every_call_and_its_form(operator: httpx.Client) -> None:
    told = operator.get("/api/v1/openapi.json").json()
    assert sorted(told["paths"]) == sorted(
        f"/api/v1/{call}"
        for call in (
            "calc/{name}",
            "events",
            "forecast",
            "history",
            "log",
            "login",
            "logout",
            "now",
            "orders",
            "park",
            "session",
        )
    )
    form = told["paths"]["/api/v1/login"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert form == json.loads(json.dumps(LoginForm.model_json_schema()))
