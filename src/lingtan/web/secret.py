"""The secret of a run: made once, readable by its owner only, kept as an Argon2 hash that outlives the file."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lingtan.findings import Finding, InputError

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without what is mistaken when read aloud or copied from paper: i, l, o, 0, 1."""
GROUPS, GROUP_LENGTH = 5, 5
"""25 of 31 letters: 123 bits."""
SHORTEST, LONGEST = 12, 200
"""Letters of a secret that somebody wrote into the file, and of what a login may send."""

_HASHER = PasswordHasher()


def hash_file_of(secret_file: Path) -> Path:
    """Where the hash of a secret stands."""
    return secret_file.with_name(secret_file.name + ".argon2")


def ensure_secret(secret_file: Path) -> bool:
    """Make the secret of a run where there is none, and keep the hash of the one there is; True where it is new or changed.

    The file may be deleted once it has been read: the hash stays. Deleting both makes a new secret at the next start; a new
    text in the file takes the place of the old secret. Raises `InputError` where the text is too short to be one.
    """
    hash_file = hash_file_of(secret_file)
    if not secret_file.exists():
        if hash_file.exists():
            return False
        _write_for_owner(secret_file, new_secret() + "\n")
    secret = secret_file.read_text("utf-8").strip()
    if not SHORTEST <= len(secret) <= LONGEST:
        raise InputError(
            [Finding("web.secret-too-short", "secret", f"{SHORTEST}…{LONGEST}", str(len(secret)), str(secret_file))]
        )
    secret_file.chmod(0o600)
    if hash_file.exists() and is_secret(secret, hash_file.read_text("utf-8")):
        return False
    hash_file.unlink(missing_ok=True)
    _write_for_owner(hash_file, _HASHER.hash(secret))
    return True


def new_secret() -> str:
    """A fresh secret, in groups that are easy to read."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))


def is_secret(given: str, hashed: str) -> bool:
    """Whether a text is the secret; takes 50 to 150 ms on purpose."""
    with contextlib.suppress(VerificationError, InvalidHashError):
        return _HASHER.verify(hashed.strip(), given)
    return False


def _write_for_owner(path: Path, text: str) -> None:
    """A new file that nobody else can ever read, also not between its making and its filling."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
