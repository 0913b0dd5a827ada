"""The build hook of hatchling: builds `ui/` into `src/lingtan/web/static` for a wheel or a source archive.

A source archive carries the built pages, so installing from it needs no Node; an editable install leaves them to `make`.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC = Path("src", "lingtan", "web", "static")


class PagesHook(BuildHookInterface[Any]):
    """Builds the pages before they are packed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, unless this is an editable install or a source archive that holds them already."""
        del build_data
        root = Path(self.root)
        if version == "editable" or not (root / "ui" / "package.json").is_file():
            return
        build(root)


def build(root: Path) -> None:
    """Install what the lock file names and build anew: a stale page is worse than none."""
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError("building the pages of lingtan needs Node 20 or newer with npm")
    shutil.rmtree(root / STATIC, ignore_errors=True)
    for command in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        subprocess.run([npm, *command], cwd=root / "ui", check=True)
