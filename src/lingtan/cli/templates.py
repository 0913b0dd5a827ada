"""The parks that come with lingtan, to start from: folders with a `park.yaml`."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

from lingtan.cli.outcome import unwritable
from lingtan.findings import Finding, InputError


def template_folders() -> dict[str, Path]:
    """Folder of each template by name: those inside the package, and in a source checkout the `examples/` beside it."""
    inside = Path(str(resources.files("lingtan"))) / "park" / "templates"
    checkout = Path(str(resources.files("lingtan"))).parents[1] / "examples"
    found: dict[str, Path] = {}
    for home in (inside, checkout):
        if home.is_dir():
            for folder in sorted(home.iterdir()):
                if (folder / "park.yaml").is_file():
                    found.setdefault(folder.name, folder)
    return found


def template_folder(name: str) -> Path:
    """The folder of one template; `park.no-such-template` with the known names if there is none."""
    known = template_folders()
    if name not in known:
        raise InputError([Finding("park.no-such-template", "template", ", ".join(known), name)])
    return known[name]


def copy_template(name: str, target: Path) -> list[Path]:
    """Copy a template into a folder that holds none of its files yet; returns the files written."""
    files = [file for file in sorted(template_folder(name).iterdir()) if file.is_file()]
    there = [str(target / file.name) for file in files if (target / file.name).exists()]
    if there:
        raise InputError([Finding("park.exists-already", file) for file in there])
    try:
        target.mkdir(parents=True, exist_ok=True)
        return [Path(shutil.copy2(file, target / file.name)) for file in files]
    except OSError as error:
        raise unwritable(target, error) from None
