"""Forecasts of the weather come in whole or not at all, nothing is lost, and none from the future is believed."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from lingtan.findings import InputError
from lingtan.operate.notes import Notebook, read_notes
from lingtan.operate.store import Vintage, WeatherReader, WeatherWriter
from lingtan.operate.weather.configured import weather_sources
from lingtan.operate.weather.feed import FIRST_MS, Feed, sources_of
from lingtan.operate.weather.polling import KEY, UnreachableError, fetch
from lingtan.operate.weather.reading import MOST_BYTES, read_vintages
from lingtan.operate.weather.vintage import GOOD_FOR_MS, HOUR_MS, LATE_MS
from tests.rooms.operate.operate_samples import START_MS

EIGHT_MS = START_MS - 9_000_000
"""08:00 in Shanghai of the day that begins at 10:30: the issue of every sample."""
NOON = "2026-03-03T12:00:00+08:00"
ISSUE = {
    "issued_at": "2026-03-03T08:00:00+08:00",
    "start": NOON,
    "step_minutes": 60,
    "values": {"temperature_c": [11.0, 12.5, None]},
}
CSV = "issued_at,start,temperature_c\n2026-03-03 08:00,2026-03-03 12:00,11\n2026-03-03 08:00,2026-03-03 13:00,\n"


def read(raw: str | bytes, kind: str = "json", now_ms: int = START_MS) -> tuple[Vintage, ...]:
    given = raw if isinstance(raw, bytes) else raw.encode()
    return read_vintages(given, "0800", kind, zone="Asia/Shanghai", now_ms=now_ms)


def test_an_answer_becomes_a_vintage_with_its_issue_time() -> None:
    """Rules out 12:00+08:00 read as UTC, an issue time taken from the clock, and nothing taken for zero."""
    noon_ms = int(datetime(2026, 3, 3, 4, tzinfo=UTC).timestamp()) * 1000
    wanted = Vintage("0800", EIGHT_MS, START_MS, noon_ms, HOUR_MS, {"temperature_c": (11.0, 12.5, None)})
    assert read(json.dumps(ISSUE)) == (wanted,)


def test_a_table_is_read_on_the_clock_of_the_park() -> None:
    (vintage,) = read(CSV, "csv")
    assert (vintage.issued_ms, vintage.start_ms) == (EIGHT_MS, START_MS + 90 * 60_000)
    assert vintage.values == {"temperature_c": (11.0, None)}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"issued_at": "2026-03-03T10:30:01+08:00"}, "future"),
        ({"issued_at": None}, "broken"),
        ({"issued_at": "9999-12-31T23:59:59-23:59"}, "future"),  # beyond any instant of UTC
        ({"values": {"temperature": [1.0]}}, "columns"),
        ({"values": {}}, "columns"),
        ({"values": {"temperature_c": [285.0]}}, "range"),  # kelvin
        ({"values": {"ghi_w_per_m2": [True]}}, "range"),
        ({"values": {"temperature_c": [1.0], "ghi_w_per_m2": [1.0, 2.0]}}, "steps"),
        ({"values": {"temperature_c": []}}, "steps"),
        ({"start": "2026-03-01T12:00:00+08:00"}, "steps"),  # all of it is over at the issue
        ({"step_minutes": 0}, "steps"),
        ({"key": "x"}, "columns"),
    ],
)
def test_what_is_wrong_with_an_answer_is_a_finding(change: dict[str, object], code: str) -> None:
    with pytest.raises(InputError) as refused:
        read(json.dumps({**ISSUE, **change}))
    assert [found.code for found in refused.value.findings] == [f"operate.weather-{code}"]


def test_the_present_second_is_not_the_future() -> None:
    assert read(json.dumps({**ISSUE, "issued_at": "2026-03-03T10:30:00+08:00"}))[0].issued_ms == START_MS


@pytest.mark.parametrize(
    ("raw", "kind", "code"),
    [
        (json.dumps(ISSUE)[:-20], "json", "broken"),
        (CSV[:-4], "csv", "broken"),  # the last line has no end: it was cut off within a number
        (CSV.replace(",11\n", "\n"), "csv", "broken"),
        (CSV.replace("13:00", "15:00") + "2026-03-03 08:00,2026-03-03 16:00,1\n", "csv", "steps"),
        ("start,temperature_c\n", "csv", "columns"),
        (b"\xff\xfe", "json", "broken"),
        ("[]", "json", "steps"),
        ("[" * 100_000, "json", "broken"),
        (b" " * (MOST_BYTES + 1), "json", "too-big"),
    ],
)
def test_half_a_file_and_other_things_are_findings(raw: str | bytes, kind: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read(raw, kind)
    assert [found.code for found in refused.value.findings] == [f"operate.weather-{code}"]


class Fed:
    """A feed with its store and its notes; `look` twice is what the process does within two seconds."""

    def __init__(self, run: Path, store: WeatherWriter, sources: list[str], key: str = "") -> None:
        self.store, self._notes = store, run / "weather-notes.json"
        self.feed = Feed(store, sources_of(sources, key), Notebook(self._notes), "Asia/Shanghai")

    def look(self, now_ms: int = START_MS, times: int = 2) -> None:
        for _ in range(times):
            self.feed.look(now_ms)

    def told(self) -> list[tuple[str, object]]:
        return [
            (each.code.removeprefix("operate.weather-"), each.detail.get("why")) for each in read_notes(self._notes)
        ]


@pytest.fixture
def dropped(tmp_path: Path) -> Iterator[tuple[Fed, Path]]:
    (drop := tmp_path / "drop").mkdir()
    with WeatherWriter(tmp_path / "weather.sqlite") as store:
        yield Fed(tmp_path, store, [str(drop)]), drop


def test_a_dropped_file_is_kept_and_moved_aside(dropped: tuple[Fed, Path]) -> None:
    fed, drop = dropped
    (drop / "0800.json").write_text(json.dumps(ISSUE))
    (drop / ".0900.json").write_text("{")
    (drop / "0900.json.part").write_text("{")
    fed.look(times=1)
    assert fed.store.newest_issue_ms() is None  # it has not stood still yet
    fed.look(times=1)
    assert fed.store.newest_issue_ms() == EIGHT_MS
    assert sorted(each.name for each in drop.rglob("*")) == [".0900.json", "0800.json", "0900.json.part", "taken"]
    assert fed.told() == []


def test_a_bad_file_is_told_and_kept_beside_its_finding(dropped: tuple[Fed, Path]) -> None:
    """Also a second one of the same name: what is kept is never written over."""
    fed, drop = dropped
    for text in ("half", "half of another"):
        (drop / "0800.json").write_text(text)
        fed.look()
    assert fed.told() == [("refused", "operate.weather-broken")] * 2
    kept = {each.name: each.read_text() for each in (drop / "refused").iterdir()}
    assert {kept["0800.json"], kept["0800.1.json"]} == {"half", "half of another"}
    assert "operate.weather-broken: 0800.json: 气象" not in kept["0800.json.why.txt"].splitlines()[0]
    assert kept["0800.json.why.txt"].count("operate.weather-broken") == 2  # in both languages


def test_a_name_of_any_bytes_is_taken_like_another(dropped: tuple[Fed, Path]) -> None:
    """Rules out a process that dies of a name that is no UTF-8, again and again."""
    fed, drop = dropped
    (drop / "w\udcff.json").write_text("half")
    fed.look()
    assert fed.told() == [("refused", "operate.weather-broken")]
    assert len(list((drop / "refused").iterdir())) == 2


def test_the_same_issue_is_kept_once_and_a_correction_beside_it(dropped: tuple[Fed, Path]) -> None:
    """At 11:00 it is known that 11 °C was wrong; at 10:45 it is not."""
    fed, drop = dropped
    corrected = {**ISSUE, "values": {"temperature_c": [9.0, 12.5, None]}}
    for at_ms, issue in ((START_MS, ISSUE), (START_MS + 900_000, ISSUE), (START_MS + 1_800_000, corrected)):
        (drop / "again.json").write_text(json.dumps(issue))
        fed.look(at_ms)
    known = fed.store.vintages(0, START_MS + 900_000), fed.store.vintages(0, START_MS + 1_800_000)
    assert [[each.values["temperature_c"][0] for each in rows] for rows in known] == [[11.0], [11.0, 9.0]]


def test_a_feed_that_ends_is_told_when_it_is_late_and_when_it_is_not_used_any_more(dropped: tuple[Fed, Path]) -> None:
    """Once each, also over a restart; nothing is told of a source that has had no minute to answer."""
    fed, drop = dropped
    fed.look(START_MS)
    assert fed.told() == []
    fed.look(START_MS + FIRST_MS)
    (drop / "0800.json").write_text(json.dumps(ISSUE))
    for at_ms in (START_MS + 2 * FIRST_MS, EIGHT_MS + LATE_MS + 1, EIGHT_MS + LATE_MS + 2, EIGHT_MS + GOOD_FOR_MS + 1):
        fed.look(at_ms)
    fed.feed = Feed(fed.store, fed.feed.sources, fed.feed.notebook, fed.feed.zone)
    fed.look(EIGHT_MS + 2 * GOOD_FOR_MS)
    assert [code for code, _ in fed.told()] == ["none", "again", "old", "none"]


def test_a_folder_that_is_gone_is_told_once_and_when_it_is_back(dropped: tuple[Fed, Path]) -> None:
    fed, drop = dropped
    drop.rmdir()
    fed.look()
    drop.mkdir()
    fed.look()
    assert [code for code, _ in fed.told()] == ["silent", "answers"]


@contextmanager
def source(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    """Somebody on loopback who answers; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/day?site=7"
        finally:
            server.shutdown()
            thread.join()


def sends(body: bytes, status: int = 200, kind: str = "application/json", **headers: str) -> Callable[..., None]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        given = {"Content-Type": kind, "Content-Length": str(len(body)), **headers}
        for name, value in given.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def test_a_source_is_asked_over_a_real_socket_with_its_key(tmp_path: Path) -> None:
    asked: list[tuple[str, str | None]] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        asked.append((handler.path, handler.headers["Authorization"]))
        sends(json.dumps(ISSUE).encode())(handler)

    with source(answer) as url, WeatherWriter(tmp_path / "weather.sqlite") as store:
        fed = Fed(tmp_path, store, [url], key="secret")
        fed.look(times=3)
        assert asked == [("/day?site=7", "Bearer secret")]  # once, until a quarter of an hour is over
        with WeatherReader(store.path) as reader:
            (kept,) = reader.vintages(0, START_MS)
    assert (kept.source, kept.issued_ms) == ("127.0.0.1/day", EIGHT_MS)
    assert "secret" not in (tmp_path / "weather.sqlite").read_bytes().decode("latin-1")


def test_a_csv_is_known_by_its_type(tmp_path: Path) -> None:
    with source(sends(CSV.encode(), kind="text/csv")) as url, WeatherWriter(tmp_path / "weather.sqlite") as store:
        Fed(tmp_path, store, [url]).look(times=1)
        assert store.newest_issue_ms() == EIGHT_MS


def stalls(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    threading.Event().wait(0.3)


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (sends(b"", 302, Location="http://127.0.0.1:9/"), "HTTP 302"),
        (sends(b"", 503), "HTTP 503"),
        (sends(b"{}", **{"Content-Length": "9"}), "IncompleteRead"),
        (stalls, "TimeoutError"),
    ],
)
def test_what_is_no_answer_is_silence(answer: Callable[..., None], why: str) -> None:
    """Rules out a redirect that carries the key elsewhere, and half an answer taken for a whole one."""
    with source(answer) as url, pytest.raises(UnreachableError) as silent:
        fetch(url, "secret", timeout_s=0.1)
    assert str(silent.value) == why


def test_an_answer_without_end_is_cut_and_refused(tmp_path: Path) -> None:
    with source(sends(b" " * (2 * MOST_BYTES))) as url, WeatherWriter(tmp_path / "weather.sqlite") as store:
        fed = Fed(tmp_path, store, [url])
        fed.look()
    assert fed.told() == [("refused", "operate.weather-too-big")]


def test_an_answer_that_drips_is_ended() -> None:
    with source(sends(b"{}")) as url, pytest.raises(UnreachableError) as silent:
        fetch(url, "", total_s=0.0)
    assert str(silent.value) == "> 0 s"


@pytest.mark.parametrize(
    ("given", "key", "code"),
    [
        ("ftp://host/x", "", "source"),
        ("http://user:word@host/x", "", "source"),
        ("http://", "", "source"),
        ("http://[::1/x", "", "source"),
        ("http://host/x", "secret", "key-in-the-clear"),
        ("not/there", "", "folder"),
    ],
)
def test_a_source_that_cannot_be_is_refused_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, given: str, key: str, code: str
) -> None:
    monkeypatch.setenv(KEY, key)
    with pytest.raises(InputError) as refused:
        weather_sources([given])
    assert [found.code for found in refused.value.findings] == [f"operate.weather-{code}"]
    assert "word" not in str(refused.value)


def test_sources_are_taken_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY, "secret")
    given = [str(tmp_path), "https://host/x", "http://localhost:8000/x"]
    assert weather_sources(given) == tuple(given)
