"""The names that a user may rely on change only on purpose."""

from __future__ import annotations

from tools.public_api import SNAPSHOT, public_api


def test_the_public_api_is_the_one_we_promised() -> None:
    """A renamed argument breaks users without failing a test; accept it with `python tools/public_api.py --write`."""
    assert public_api() == SNAPSHOT.read_text("utf-8").splitlines()
