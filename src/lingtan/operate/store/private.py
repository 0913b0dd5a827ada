"""Files that nobody but their owner can read: a run folder holds secrets, sessions, and what a park does all day."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600
UMASK = 0o077
"""What a process of a run leaves away from every file that it makes."""


def private(path: str, flags: int) -> int:
    """An opener for `open()`: a file that it makes is its owner's from the first moment on."""
    return os.open(path, flags, FILE_MODE)


def make_private_folder(path: Path) -> None:
    """Make a folder of the owner's own; one that is there already stays as it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=FOLDER_MODE, exist_ok=True)


def tighten(folder: Path) -> None:
    """Take a folder, and all that lies in it, away from everybody but the owner: older versions left it open."""
    folder.chmod(FOLDER_MODE)
    for each in folder.rglob("*"):
        if not each.is_symlink():
            each.chmod(FOLDER_MODE if each.is_dir() else FILE_MODE)
