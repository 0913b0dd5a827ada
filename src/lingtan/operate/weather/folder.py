"""A folder in which somebody drops forecasts: each file is read once it stands still, and moved aside when that is done."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lingtan.findings import Finding
from lingtan.operate.weather.reading import MOST_BYTES

TAKEN, REFUSED = "taken", "refused"
KINDS = {".csv": "csv", ".json": "json"}
MOST_FILES = 50
"""So many files are taken at a look: a heap of them must not keep the process from giving signs of life."""

Signature = tuple[int, int]


@dataclass
class Folder:
    """The watched folder. Names that begin with a dot, and other endings than `.csv` and `.json`, are not looked at."""

    path: Path
    _seen: dict[str, Signature] = field(default_factory=dict)
    _left: dict[str, Signature] = field(default_factory=dict)
    """Files that were read and could not be moved: not read again until they change."""

    @property
    def name(self) -> str:
        """What vintages of it are called: a correction may come in a file of another name."""
        return "folder"

    def ready(self) -> Iterator[Path]:
        """Files that stand as they stood at the look before, oldest name first. Raises OSError where the folder cannot be read."""
        seen: dict[str, Signature] = {}
        still: list[Path] = []
        for each in sorted(self.path.iterdir()):
            if each.name.startswith(".") or each.suffix.lower() not in KINDS or each.is_symlink() or not each.is_file():
                continue
            with contextlib.suppress(FileNotFoundError):
                status = each.stat()
                seen[each.name] = (status.st_size, status.st_mtime_ns)
            if seen.get(each.name) == self._seen.get(each.name) != self._left.get(each.name):
                still.append(each)
        self._seen = seen
        yield from still[:MOST_FILES]

    @staticmethod
    def read(file: Path) -> tuple[bytes, str]:
        """What a file holds, one byte more than may be at most, and of which kind it is."""
        with open(file, "rb") as opened:
            return opened.read(MOST_BYTES + 1), KINDS[file.suffix.lower()]

    def keep(self, file: Path, findings: Sequence[Finding] = ()) -> str:
        """Move a file aside, with what was found beside it; gives why that was not possible, else nothing."""
        aside = self.path / (REFUSED if findings else TAKEN)
        try:
            aside.mkdir(exist_ok=True)
            kept = _free(aside / file.name)
            file.rename(kept)
            self._seen.pop(file.name, None)
            if findings:
                lines = [each.text(lang) for each in findings for lang in ("en", "zh")]
                kept.with_name(f"{kept.name}.why.txt").write_text("\n".join(lines) + "\n", "utf-8")
        except OSError as error:
            self._left[file.name] = self._seen.get(file.name, (0, 0))
            return error.strerror or type(error).__name__
        return ""


def _free(path: Path) -> Path:
    """The path, or with a number where there is such a file: nothing that was kept is written over."""
    free, number = path, 0
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}.{number}{path.suffix}")
    return free
