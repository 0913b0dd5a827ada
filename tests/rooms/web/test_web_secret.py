"""The secret of a run: made once, for its owner's eyes, and changed on purpose only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lingtan.findings import InputError
from lingtan.web.lock_out import FORGOTTEN_AFTER_MS, LONGEST_LOCK_MS, MOST_SOURCES, Sources, Tries, sources_from_json
from lingtan.web.secret import LETTERS, ensure_secret, hash_file_of, is_secret, new_secret


def test_the_first_start_makes_a_secret_that_only_its_owner_reads(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    assert ensure_secret(file) is True
    secret = file.read_text().strip()
    assert re.fullmatch(f"[{LETTERS}]{{5}}(-[{LETTERS}]{{5}}){{4}}", secret)
    assert [path.stat().st_mode & 0o777 for path in (file, hash_file_of(file))] == [0o600, 0o600]
    assert is_secret(secret, hash_file_of(file).read_text())
    assert secret not in hash_file_of(file).read_text()


def test_two_secrets_differ() -> None:
    assert new_secret() != new_secret()


def test_a_restart_keeps_the_secret_also_when_its_file_was_deleted(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    ensure_secret(file)
    kept = hash_file_of(file).read_text()
    assert ensure_secret(file) is False
    file.unlink()
    assert ensure_secret(file) is False
    assert hash_file_of(file).read_text() == kept
    assert not file.exists()


def test_a_secret_written_by_hand_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    ensure_secret(file)
    file.write_text("correct horse battery\n")
    assert ensure_secret(file) is True
    assert is_secret("correct horse battery", hash_file_of(file).read_text())


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("1234\n")
    with pytest.raises(InputError) as caught:
        ensure_secret(file)
    assert str(caught.value) == (
        f"{file}: web.secret-too-short: secret: the secret is too short; expected 12…200, got 4. "
        "Write a longer one into the file, or delete it and let a new one be made."
    )
    assert not hash_file_of(file).exists()


def test_a_hash_that_was_tampered_with_opens_nothing() -> None:
    assert not is_secret("anything", "not a hash")
    assert not is_secret("", "")


def test_locks_grow_to_a_quarter_of_an_hour_and_are_forgotten_after_quiet() -> None:
    tries, now, locks = Tries(), 0, []
    for _ in range(12):
        tries = tries.after_wrong(now)
        locks.append(tries.wait_s(now))
        now += tries.wait_s(now) * 1000
    assert locks == [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]
    assert LONGEST_LOCK_MS == 900_000
    assert tries.after_wrong(now + FORGOTTEN_AFTER_MS + 1).wrong == 1


def test_ten_thousand_addresses_neither_fill_the_memory_nor_get_around_the_lock() -> None:
    """Beyond those that are counted apart all share one count: rules out five free tries for each of them."""
    sources, open_doors = Sources({}), 0
    for number in range(10_000):
        source = f"10.1.{number // 256}.{number % 256}"
        open_doors += sources.of(source).wait_s(number) == 0
        if sources.of(source).wait_s(number) == 0:
            sources = sources.after_wrong(source, number)
    assert len(sources.tries) == MOST_SOURCES + 1
    assert open_doors == MOST_SOURCES + 5
    later = FORGOTTEN_AFTER_MS + 10_000
    assert set(sources.after_wrong("10.9.9.9", later).tries) == {"10.9.9.9"}


def test_what_an_older_version_kept_of_tries_is_no_fault() -> None:
    sources = Sources({}).after_wrong("10.0.0.1", 5)
    assert sources_from_json(sources.as_json()) == sources
    assert sources_from_json({"wrong": 3, "last_ms": 0, "closed_until_ms": 0}) == sources_from_json(None) == Sources({})
