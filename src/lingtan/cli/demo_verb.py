"""The demo: study the shipped example, then serve it with the twin."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lingtan.cli.outcome import Exit, ends_well
from lingtan.cli.park_verbs import AsJson
from lingtan.cli.serve_verb import prepared, stay
from lingtan.cli.study_verbs import run_study
from lingtan.cli.templates import template_folder

DEMO_PARK = "yibin"


@ends_well
def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for the results · 结果文件夹")] = Path("out/demo"),
    once: Annotated[bool, typer.Option("--once", help="Study only · 仅执行研究")] = False,
    as_json: AsJson = False,
) -> Exit:
    """Study the example park, then serve its twin · 研究示例园区并实时运行其孪生体"""
    park = template_folder(DEMO_PARK)
    studied = run_study(park, out, as_json=as_json)
    if once:
        return studied
    with prepared(park, out / "run", None, sizes=out / "summary.json", twin=True) as run:
        return stay(run, as_json=as_json)
