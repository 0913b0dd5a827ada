"""The verbs as a user meets them: what is printed where, with which exit status, and what is left on the disk."""

from __future__ import annotations

import csv
import importlib
import json
import re
import shutil
import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from lingtan.cli import app, demo_verb, study_verbs
from lingtan.cli.outcome import Exit
from lingtan.cli.templates import template_folder
from lingtan.park import read_park
from lingtan.series.read import read_table

STUDY_FILES = {
    "summary.json",
    "report.html",
    "results.xlsx",
    "series.parquet",
    "bill.csv",
    "cashflow.csv",
    "carbon.json",
    "run.json",
}


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit status."""

    out: str
    err: str
    status: int

    @property
    def codes(self) -> list[str]:
        """The codes of the findings on standard error."""
        return re.findall(r"^(?:\S+: |standard input:(?:\d+:)? )?([a-z]+\.[a-z-]+): ", self.err, re.MULTILINE)


def lingtan(*args: object, stdin: str | bytes = "", env: Mapping[str, str] | None = None) -> Said:
    """Run a command in this process; a fault of ours fails the test at once."""
    handlers = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGHUP)}
    try:
        plain = {"LINGTAN_LANG": "en", "LINGTAN_DEBUG": "1"}
        result = CliRunner().invoke(app, [str(arg) for arg in args], input=stdin, env={**plain, **(env or {})})
    finally:
        for each, handler in handlers.items():
            signal.signal(each, handler)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.stderr
    return Said(result.stdout, result.stderr, result.exit_code)


def json_of(said: Said) -> Any:
    """The one JSON value that a command printed."""
    return json.loads(said.out)


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter with one basis of its basic charge: half the programs to solve."""
    folder = tmp_path_factory.mktemp("starter") / "park"
    assert lingtan("init", folder).status == 0
    rewrite(folder, folder, "basis: choice", "basis: capacity")
    return folder


def rewrite(old: Path, new: Path, find: str, put: str) -> None:
    """The park of one folder in another, with one text in it replaced."""
    text = (old / "park.yaml").read_text("utf-8")
    assert text.count(find) == 1
    (new / "park.yaml").write_text(text.replace(find, put), "utf-8")


@pytest.fixture(scope="module")
def studied(starter: Path) -> Iterator[tuple[Said, Path]]:
    out = starter.parent / "out"
    yield lingtan("study", starter, "--out", out, "--json"), out
    shutil.rmtree(out)


# ---------------------------------------------------------------------------------------------- init, check, schema


def test_help_says_each_verb_in_both_languages_on_eighty_columns() -> None:
    """A line that is cut loses its second half, which is the Chinese one."""
    lines = lingtan("--help").out.partition("Commands:\n")[2].splitlines()
    assert len(lines) >= 11
    assert [line for line in lines if line.endswith("...") or " · " not in line] == []


def test_init_writes_a_park_that_has_no_findings(tmp_path: Path) -> None:
    park = tmp_path / "a" / "b"
    assert lingtan("init", park).out == f"{park}: 1 files written; next: lingtan study {park} --out out\n"
    said = lingtan("check", park)
    assert (said.out, said.err, said.status) == (f"{park}: no findings\n", "", 0)


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    """Neither a park nor a series of the user's own that has the name of one of the template's."""
    (tmp_path / "profiles.csv.gz").write_text("mine")
    said = lingtan("init", tmp_path, "--template", "measured")
    assert (said.codes, said.status) == (["park.exists-already"], 2)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"profiles.csv.gz": "mine"}


def test_init_names_the_templates_it_has(tmp_path: Path) -> None:
    said = lingtan("init", tmp_path, "--template", "startr")
    assert (said.codes, said.status, "starter" in said.err) == (["park.no-such-template"], 2, True)
    assert list(tmp_path.iterdir()) == []


def test_init_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "park").write_text("")
    said = lingtan("init", tmp_path / "park")
    assert said.err == (
        f"cli.unwritable: {tmp_path / 'park'}: the output cannot be written; got Not a directory. "
        "Choose another place or change its permissions; nothing was written.\n"
    )
    assert said.status == 2


def test_templates_are_listed() -> None:
    names = [line.split("\t")[0] for line in lingtan("templates").out.splitlines()]
    assert {"starter", "measured"} <= set(names)
    assert list(json_of(lingtan("templates", "--json"))) == names


def test_check_as_json_says_the_same_in_both_languages(starter: Path, tmp_path: Path) -> None:
    broken = tmp_path / "park.yaml"
    rewrite(starter, tmp_path, "capex: 2850", "capx: 2850")
    said = lingtan("check", broken, "--json")
    [found] = json_of(said)
    assert (said.err, said.status) == ("", 2)
    assert (found["code"], found["severity"], found["who"]) == ("sheet.unknown-key", "error", "assets.pv.capx")
    assert lingtan("check", broken).err == found["en"] + "\n"
    assert lingtan("check", broken, env={"LINGTAN_LANG": "zh_CN.UTF-8"}).err == found["zh"] + "\n"
    assert "此处没有这个键" in found["zh"]


def test_a_park_with_warnings_alone_may_be_studied(starter: Path, tmp_path: Path) -> None:
    rewrite(starter, tmp_path, "series:\n", "series:\n  old: {constant: 1}\n")
    said = lingtan("check", tmp_path)
    assert (said.codes, said.status) == (["park.series-unused"], 0)
    assert said.out == f"{tmp_path}: 1 warnings, no errors\n"


def test_the_schema_is_printed_as_json() -> None:
    """What it accepts and refuses is asked in rooms/case/test_park_schema.py."""
    schema = json_of(lingtan("schema"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {"schema", "assets", "series", "rules", "reference"} <= set(schema["properties"])


# ---------------------------------------------------------------------------------------------- files made to break


LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)
)


@pytest.mark.parametrize(
    ("content", "finding"),
    [
        (f"schema: 1\n{LAUGHS}", "2: sheet.alias: a0"),
        ("schema: 1\nname: " + "[" * 2_000, "1: sheet.too-deep: park.yaml"),
        ("schema: 1\nperiod: {year: " + "9" * 50_000 + "}", "2: sheet.wrong-kind: period.year"),
        (bytes(range(256)), "1: sheet.binary: park.yaml"),
        ("name: " + "x" * 10_000_000, "1: sheet.too-large: park.yaml"),
        ("schema: 1\nname: " + "x" * 200_000, "2: sheet.long-line: park.yaml"),
        ("a: b\n" * 1_000_000, "1: sheet.too-large: park.yaml"),
        ("schema: 1\n" + "".join(f"k{n}: 1\n" for n in range(3_000)), "1: sheet.more-faults: park.yaml"),
    ],
    ids=["billion laughs", "deep nesting", "huge number", "binary", "10 MB line", "long line", "5 MB", "3000 keys"],
)
def test_a_file_made_to_break_is_refused(content: str | bytes, finding: str, tmp_path: Path) -> None:
    file = tmp_path / "park.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    said = lingtan("check", file)
    assert (said.out, said.status) == ("", 2)
    assert f"{file}:{finding}: " in said.err
    assert len(said.err) < 40_000


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(tmp_path / "nowhere.yaml")
    for path, code in (
        (tmp_path / "absent.yaml", "park.no-file: absent.yaml"),
        (tmp_path / "link.yaml", "park.no-file: link.yaml"),
        (tmp_path, "park.no-file: park.yaml"),
        (Path("/proc/self/mem"), "park.unreadable: mem"),
    ):
        said = lingtan("check", path)
        assert (said.status, code in said.err) == (2, True), said.err


def test_an_output_that_cannot_be_written(starter: Path, tmp_path: Path) -> None:
    """A file in its place, a file as its parent, a place where nobody can write; and nothing is left there."""
    (tmp_path / "file").write_text("mine")
    for out in (tmp_path / "file", tmp_path / "file" / "out", Path("/proc/out")):
        said = lingtan("study", starter, "--out", out)
        assert said.err.startswith(f"cli.unwritable: {out}: the output cannot be written; got ")
        assert (said.out, said.status) == ("", 2)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "mine"


# ---------------------------------------------------------------------------------------------- migrate


DRAFT = """\
# A park of the first draft.
schema: 0  # the draft
name: old
connection: {bus: main, capacity: 10 MVA}  # the only one
year: 2025  # the year
step_minutes: 60  # hourly
buses:
  # one is enough
  main: {carrier: electricity}
"""


def test_migrate_keeps_every_comment_and_the_old_file(tmp_path: Path) -> None:
    park = tmp_path / "park.yaml"
    park.write_text(DRAFT, "utf-8")
    assert lingtan("migrate", tmp_path).status == 0
    moved = park.read_text("utf-8")
    comments = re.findall("# .*", DRAFT)
    assert re.findall("# .*", moved) == comments
    assert (tmp_path / "park.yaml.schema-0").read_text("utf-8") == DRAFT
    assert lingtan("migrate", tmp_path).out == f"{park}: has the present form already\n"
    assert park.read_text("utf-8") == moved
    assert {file.name for file in tmp_path.iterdir()} == {"park.yaml", "park.yaml.schema-0"}
    assert "old-schema" not in lingtan("check", tmp_path).err


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("schema: 9\n", "park.newer-schema"),
        ("schema: [0]\n", "park.unknown-schema"),
        ("name: x\n", "park.no-schema"),
        ("schema: 0\nschema: 0\n", "sheet.double-key"),
        ("- schema: 0\n", "park.not-a-park"),
        ("schema: 0\nname: [\n", "sheet.not-yaml"),
    ],
)
def test_migrate_leaves_alone_what_it_does_not_know(text: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "park.yaml").write_text(text, "utf-8")
    said = lingtan("migrate", tmp_path)
    assert (said.codes, said.status) == ([code], 2)
    assert {file.name: file.read_text("utf-8") for file in tmp_path.iterdir()} == {"park.yaml": text}


def test_migrate_keeps_an_older_copy(tmp_path: Path) -> None:
    (tmp_path / "park.yaml").write_text(DRAFT, "utf-8")
    (tmp_path / "park.yaml.schema-0").write_text("older", "utf-8")
    assert lingtan("migrate", tmp_path).codes == ["park.exists-already"]
    assert (tmp_path / "park.yaml.schema-0").read_text("utf-8") == "older"
    assert (tmp_path / "park.yaml").read_text("utf-8") == DRAFT


# ---------------------------------------------------------------------------------------------- study and its stages


def test_a_study_writes_all_its_files_and_prints_its_summary(studied: tuple[Said, Path]) -> None:
    said, out = studied
    assert said.status == 0
    assert STUDY_FILES <= {file.name for file in out.iterdir()}
    assert [file.name for file in out.parent.iterdir() if "partial" in file.name] == []
    assert json_of(said) == json.loads((out / "summary.json").read_text("utf-8"))
    for name in ("carbon.json", "run.json"):
        assert json.loads((out / name).read_text("utf-8"))
    lines = csv.DictReader((out / "bill.csv").read_text("utf-8").splitlines())
    total = sum(float(line["amount_cny"]) for line in lines)
    assert round(total, 2) == json_of(said)["bill"]["total_cny"]


def test_a_plan_decides_the_sizes_of_the_study(starter: Path, studied: tuple[Said, Path]) -> None:
    said = lingtan("plan", starter, "--json")
    assert (json_of(said)["sizes"], said.status) == (json_of(studied[0])["sizes"], 0)


def test_a_dispatch_needs_fixed_sizes_and_takes_those_of_a_study(starter: Path, studied: tuple[Said, Path]) -> None:
    """The findings stand at the ranges of the park file; a window of the study's own flows costs no less."""
    free = lingtan("dispatch", starter, "--start", "2025-07-01")
    assert (free.status, free.out) == (2, "")
    assert [line.split(": ")[1:3] for line in free.err.splitlines()] == [
        ["cli.free-size", "assets.pv.power"],
        ["cli.free-size", "assets.battery.power"],
        ["cli.free-size", "assets.battery.energy"],
    ]
    assert all(re.match(rf"{re.escape(str(starter))}/park.yaml:\d+: ", line) for line in free.err.splitlines())
    window = ("--start", "2025-07-01", "--hours", 24, "--sizes", studied[1] / "summary.json", "--json")
    fixed = lingtan("dispatch", starter, *window)
    assert fixed.status == 0
    assert json_of(fixed)["sizes"] == json_of(studied[0])["sizes"]


@pytest.mark.parametrize(
    ("window", "code"),
    [
        (("--start", "2026-01-01"), "cli.outside-period"),
        (("--start", "2025-12-31T20:00"), "cli.outside-period"),
        (("--start", "2024-12-31T23:00", "--hours", 2), "cli.outside-period"),
        (("--start", "2025-07-01T00:30"), "cli.off-step"),
        (("--start", "2025-07-01", "--hours", 1.5), "cli.off-step"),
        (("--start", "1 July"), "cli.bad-start"),
    ],
)
def test_a_window_lies_in_the_period_on_whole_steps(
    window: tuple[object, ...], code: str, starter: Path, studied: tuple[Said, Path]
) -> None:
    """Rules out that 00:30 is quietly taken for 00:00, and an hour and a half for two."""
    said = lingtan("dispatch", starter, *window, "--sizes", studied[1] / "summary.json")
    assert (said.codes, said.status, said.out) == ([code], 2, "")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "park.unreadable"),
        ("{", "cli.not-a-summary"),
        ("[1]", "cli.not-a-summary"),
        ('{"sizes": {"pv": 5}}', "cli.not-a-summary"),
        ('{"sizes": {"pv": {"power_kw": -5}, "battery": {"power_kw": 1, "energy_kwh": 1}}}', "case.no-size"),
        ('{"sizes": {"pv": {"power_kw": NaN}, "battery": {"power_kw": 1, "energy_kwh": 1}}}', "case.no-size"),
    ],
)
def test_sizes_that_are_none(content: str | None, code: str, starter: Path, tmp_path: Path) -> None:
    """And no name of a Python error in what is said of them."""
    sizes = tmp_path / "sizes.json"
    if content is not None:
        sizes.write_text(content)
    said = lingtan("dispatch", starter, "--start", "2025-07-01", "--sizes", sizes)
    assert (said.codes, said.status) == ([code], 2)
    assert "Error" not in said.err


def test_a_need_that_cannot_be_met_is_diagnosed(starter: Path, tmp_path: Path) -> None:
    """Which need, how much, which hours, the cell and line to change, the cheapest first; all in the form of findings, and
    what `--json` says is what standard error says."""
    rewrite(starter, tmp_path, "capacity: 16 MVA", "capacity: 11 MVA")
    said = lingtan("plan", tmp_path, "--json")
    summary = json_of(said)
    short, remedies = summary["shortfalls"], summary["remedies"]
    assert said.status == 3
    assert [each["load"] for each in short] == ["works"]
    assert short[0]["amount"] == pytest.approx(summary["energy"]["shortfall_kwh"], rel=1e-6)
    lines = said.err.splitlines()
    assert len(lines) == 1 + sum(len(remedy["changes"]) for remedy in remedies)
    park = tmp_path / "park.yaml"
    at_load, at_limit = line_of(park, "family: load"), line_of(park, "capacity: 11 MVA")
    assert lines[0] == (
        f"{park}:{at_load}: advise.shortfall-mendable: assets.works: this need cannot be met: {short[0]['words']['en']}. "
        f"The cheapest remedy is {remedies[0]['changes'][0]['cell']} from 12,000 kW to "
        f"{remedies[0]['changes'][0]['then']:,.1f} kW: {remedies[0]['words']['en']}."
    )
    (raised,) = (line for line in lines if ": connections.grid.capacity: " in line)
    assert raised.startswith(f"{park}:{at_limit}: advise.raise-limit: connections.grid.capacity: ")
    assert "got 11,000 kVA. Raise it: the studied period then costs " in raised
    assert raised.endswith("cheapest first). (note)")
    assert [remedy["cost_cny"] for remedy in remedies] == sorted(remedy["cost_cny"] for remedy in remedies)


def line_of(path: Path, text: str) -> int:
    """The line (from 1) in which a text stands first."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_the_diagnosis_speaks_the_language_of_the_session(starter: Path, tmp_path: Path) -> None:
    """And a dispatch has it too, with the results written before it is told."""
    rewrite(starter, tmp_path, "capacity: 16 MVA", "capacity: 11 MVA")
    sizes = tmp_path / "sizes.json"
    sizes.write_text('{"sizes": {"pv": {"power_kw": 1}, "battery": {"power_kw": 1, "energy_kwh": 1}}}')
    asked = ("--start", "2025-07-01", "--hours", "48", "--sizes", sizes, "--out", tmp_path / "out")
    said = lingtan("dispatch", tmp_path, *asked, env={"LINGTAN_LANG": "zh"})
    assert said.status == 3
    assert "advise.shortfall-mendable: assets.works：该需求无法满足：" in said.err
    assert "费用最低的办法：将 connections.grid.capacity 由 11,000 kVA 提高到 " in said.err
    assert (tmp_path / "out" / "summary.json").exists()


def test_an_answer_that_nobody_certifies_is_not_given(
    starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit status 4, what each solver offered, and no file that could be taken for a result."""
    silent = dict.fromkeys(("piqp", "highs"), lambda _model: None)
    monkeypatch.setattr(importlib.import_module("lingtan.optimize.solve"), "SOLVERS", silent)
    said = lingtan("study", starter, "--out", tmp_path / "out", env={"LINGTAN_DEBUG": ""})
    assert said.err == "not certified: no solver could certify an answer (piqp: no answer; highs: no answer)\n"
    assert (said.out, said.status, list(tmp_path.iterdir())) == ("", 4, [])


# ---------------------------------------------------------------------------------------------- bill


def test_the_bill_of_a_studys_flows_is_the_studys_bill(
    starter: Path, studied: tuple[Said, Path], tmp_path: Path
) -> None:
    """From its Parquet file, and from a CSV with the one flow that a bill reads."""
    out = studied[1]
    flows = read_table(out / "series.parquet")
    stamps = np.datetime_as_string(flows.grid.local, unit="m")
    rows = (f"{stamp},{float(value)!r}" for stamp, value in zip(stamps, flows["grid.import_kw"], strict=True))
    metered = tmp_path / "metered.csv"
    metered.write_text("\n".join(["time,grid.import_kw", *rows]))
    total = json_of(studied[0])["bill"]["total_cny"]
    for series in (out / "series.parquet", metered):
        said = lingtan("bill", starter, "--series", series, "--json", "--out", tmp_path / "bill")
        assert (json_of(said)["total_cny"], said.status) == (total, 0)
        assert (tmp_path / "bill" / "bill.csv").read_text("utf-8") == (out / "bill.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("absent.csv", None, "cli.no-file"),
        ("absent.parquet", None, "cli.no-file"),
        ("bill.txt", "", "series.no-rows"),
        ("bill.json", "{}", "series.unknown-format"),
        ("broken.parquet", "PAR1", "series.unreadable"),
        ("other.csv", "time,import\n2025-01-01 00:00,1\n2025-01-01 01:00,1\n", "cli.flow-absent"),
        ("gap.csv", "time,grid.import_kw\n2025-01-01 00:00,1\n2025-01-01 01:00,\n2025-01-01 02:00,1\n", "series.gap"),
        ("late.csv", "time,grid.import_kw\n2027-01-01 00:00,1\n2027-01-01 01:00,1\n", "rulebook.no-record"),
    ],
)
def test_flows_that_cannot_be_billed(name: str, content: str | None, code: str, starter: Path, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    said = lingtan("bill", starter, "--series", tmp_path / name)
    assert (set(said.codes), said.status, said.out) == ({code}, 2, "")


# ---------------------------------------------------------------------------------------------- calc


def test_calculators_answer() -> None:
    assert json_of(lingtan("calc", "irr", stdin='{"flows": [-100, 60, 60]}'))["verdict"] == "unique"
    assert json_of(lingtan("calc", "--schema", "irr"))["required"] == ["flows"]


def test_the_bill_calculator_prices_a_day() -> None:
    """24 h of 100 kW at 0.5 CNY/kWh, and 100 kW of demand at 35: the cheaper basis against 200 kVA at 22."""
    record = {
        "id": "test.retail",
        "kind": "retail_price",
        "valid_from": "2025-01-01",
        "recorded_at": "2026-11-22",
        "document": "invented",
        "source": "none",
        "confidence": "invented",
        "verified": False,
        "components": [{"name": "purchase", "price": "0.5 CNY/kWh", "floats_with_tou": False}],
        "capacity_price": 22,
        "demand_price": 35,
        "examples": [{"flat": 0.5}],
    }
    case = {
        "start": "2025-07-01",
        "step_minutes": 60,
        "import_kw": [100.0] * 24,
        "capacity_kva": 200,
        "rules": [record],
    }
    answer = json_of(lingtan("calc", "bill", stdin=json.dumps(case)))
    assert answer["by_component"] == {"purchase": 1200.0, "basic_charge": 3500.0}
    late = {**case, "start": "2024-07-01"}
    extended = {"id": "test.before", "kind": "assumption", "of": "test.retail", "mode": "repeat", "reason": "test"}
    assert lingtan("calc", "bill", stdin=json.dumps(late)).codes == ["rulebook.no-record"]
    again = lingtan("calc", "bill", stdin=json.dumps({**late, "rules": [record, extended]}))
    assert json_of(again)["total_cny"] == 4700.0


def test_the_sizing_calculator_needs_no_files(starter: Path, studied: tuple[Said, Path]) -> None:
    """The starter as JSON, sized as in its study."""
    park = YAML(typ="safe").load((starter / "park.yaml").read_text("utf-8"))
    said = lingtan("calc", "sizing", stdin=json.dumps({"park": park}))
    assert json_of(said)["sizes"] == json_of(studied[0])["sizes"]
    park["series"]["works"] = {"file": "load.csv", "column": "kw", "unit": "kW"}
    refused = lingtan("calc", "sizing", stdin=json.dumps({"park": park}))
    assert (refused.codes, refused.status) == (["case.no-files-here"], 2)


@pytest.mark.parametrize(
    ("stdin", "code"),
    [
        ("", "cli.not-json"),
        ('{"flows": [-1,\n 2', "cli.not-json"),
        (b"\xff\xfe\x00", "cli.not-json"),
        ("[" * 100_000, "cli.not-json"),
        ('{"flows": [-1, %s]}' % ("9" * 5000), "cli.not-json"),
        ("[1, 2]", "sheet.wrong-kind"),
        ("NaN", "sheet.wrong-kind"),
        ('{"flow": [-1, 2]}', "sheet.unknown-key"),
        ('{"flows": []}', "sheet.wrong-count"),
        ('{"flows": [-1, NaN]}', "sheet.wrong-kind"),
        ('{"flows": [-1, "two"]}', "sheet.wrong-kind"),
        (json.dumps({"flows": [-1.0] * 2001}), "sheet.wrong-count"),
    ],
)
def test_input_that_is_no_case(stdin: str | bytes, code: str) -> None:
    said = lingtan("calc", "irr", stdin=stdin)
    assert (said.codes, said.status, said.out) == ([code], 2, "")
    assert said.err.startswith("standard input:")


def test_input_without_end_is_read_to_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lingtan.cli.calc_verb.MAX_BYTES", 100)
    assert lingtan("calc", "irr", stdin=" " * 101).err == (
        "standard input:1: cli.input-too-large: irr: the input is too large; expected ≤ 100 B, got > 100 B. Split it.\n"
    )


def test_a_calculator_that_is_none() -> None:
    said = lingtan("calc", "ir")
    assert (said.codes, said.status) == (["cli.no-such-calculator"], 2)
    assert "irr" in said.err


# ---------------------------------------------------------------------------------------------- operators, demo, version


@pytest.mark.parametrize("operator", ["rule", "deterministic", "stochastic", "all"])
def test_an_operator_that_is_not_built_is_refused(operator: str, tmp_path: Path) -> None:
    """Rules out a year with perfect foresight under another name."""
    said = lingtan("study", tmp_path, "--out", tmp_path / "out", "--operator", operator)
    assert (said.status, said.err) == (
        2,
        "cli.operator-not-built: --operator: this operator is not built yet: it decides without knowing the future, which needs "
        f"forecasts; expected perfect, got {operator}. Use `--operator perfect` until a later version brings it.\n",
    )
    assert list(tmp_path.iterdir()) == []


def test_the_demo_is_the_study_of_yibin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own whole study takes a minute: `make bench ARGS=study` runs it."""
    asked: list[tuple[str, Path]] = []

    def run(park: Path, out: Path, *, as_json: bool) -> Exit:
        assert not as_json
        asked.append((park.name, out))
        return Exit.DONE

    monkeypatch.setattr(demo_verb, "run_study", run)
    assert lingtan("demo", "--once", "--out", tmp_path).status == 0
    assert asked == [("yibin", tmp_path)]


def test_the_disclosure_of_a_park_is_a_line_in_each_language() -> None:
    zh, en = study_verbs.disclosure_lines(read_park(template_folder("yibin")))
    assert zh.startswith("示例。虚构输入：")
    assert en.startswith("Illustrative. Invented inputs: ")
    assert not any("\n" in line for line in (zh, en))
    assert all(part in en for part in ("Unverified rules used: ", "Official facts used: "))
    assert all(part in zh for part in ("未核实的规则：", "采用的官方事实："))


def test_the_version_is_that_of_the_package() -> None:
    said = lingtan("--version")
    assert (said.out, said.err, said.status) == (f"lingtan {version('lingtan')}\n", "", 0)
