"""`lingtan rules list`, `show` and `add`, and `--rules` where a park is read."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from lingtan.cli import app
from lingtan.rulebook import parse_records, read_pack, shipped
from lingtan.sheet import compose
from tests.rooms.rulebook.rulebook_samples import price

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINGTAN_LANG", "en")
    monkeypatch.delenv("LINGTAN_RULES", raising=False)


def lingtan(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def ids(*arguments: str | Path) -> list[str]:
    result = lingtan("rules", "list", *arguments, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return [row["id"] for row in json.loads(result.stdout)]


def test_the_list_holds_every_record_once() -> None:
    assert ids() == [record.id for record in shipped().records]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--kind", "supply_shares"], ["cn.direct-supply-shares.650", "cn.direct-supply-shares.688"]),
        (["--kind", "supply_shares", "--day", "2026-01-01"], ["cn.direct-supply-shares.650"]),
        (["--kind", "hydro_seasons", "--place", "Sichuan"], ["cn.sichuan.hydro-seasons"]),
        (["--kind", "hydro_seasons", "--place", "Gansu"], []),
        (["--kind", "time_of_use", "--place", "Sichuan/Panzhihua"], ["cn.sichuan.tou.2025-185.general"]),
        (
            ["--kind", "time_of_use", "--place", "sichuan"],
            ["cn.sichuan.tou.2025-185.general", "cn.sichuan.tou.2025-185.two-part-industry"],
        ),
        (["--kind", "calendar", "--day", "2025-12-31"], ["cn.calendar.2025"]),
        (["--known", "2026-11-21"], []),
    ],
)
def test_the_list_is_narrowed_by_kind_place_and_day(options: list[str], expected: list[str]) -> None:
    """Rules out that an excluded prefecture still shows the super peak, and that a rule holds before its day."""
    assert ids(*options) == expected


def test_the_list_as_text() -> None:
    result = lingtan("rules", "list", "--kind", "legacy_factor")
    assert (result.exit_code, result.stdout) == (
        0,
        "cn.legacy.electricity\tlegacy_factor\t2000-01-01 … \tmemory\n1 records\n",
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (
            ["--day", "1 July"],
            "rules.not-a-day: --day: this is not a day; expected 2025-07-01, got 1 July. Write it as shown.\n",
        ),
        (
            ["--place", "a/b/c"],
            "rulebook.bad-place: --place: this is not a place; expected Sichuan/Yibin, got a/b/c. "
            "Write province and prefecture as records name them, parted by '/'.\n",
        ),
        (
            ["--rules", "nowhere"],
            "rulebook.no-pack: nowhere: there is no such folder or file. Check the path.\n",
        ),
    ],
)
def test_a_question_that_cannot_be_read(options: list[str], message: str) -> None:
    result = lingtan("rules", "list", *options)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", message)


def test_a_kind_that_is_not_there_names_those_that_are() -> None:
    result = lingtan("rules", "list", "--kind", "tariff")
    assert result.exit_code == 2
    assert result.stderr.startswith("rules.not-a-kind: --kind: there is no such kind of record; expected assumption, ")
    assert result.stderr.endswith("zero_carbon_factory, got tariff. Choose one of those named.\n")


def test_a_record_is_shown_as_a_pack_would_hold_it() -> None:
    """Rules out that a reader cannot take what is shown: the YAML reads back as the same record."""
    name = "cn.core-indicator.2025-910"
    result = lingtan("rules", "show", name)
    assert result.exit_code == 0
    head, _, body = result.stdout.partition("- id:")
    assert head.splitlines() == [
        f"core indicator {name} (2023-01-01 …): 发改环资〔2025〕910号 附件3、附件4 "
        "[official text, compared with the document]",
        f"核心指标 {name}（2023-01-01 …）：发改环资〔2025〕910号 附件3、附件4〔官方文本，已与原文核对〕",
        "5 worked examples, all reproduced · 5 个算例，均可复现",
    ]
    sheet, _ = compose(f"- id:{body}".encode(), "shown.yaml")
    assert parse_records(sheet.data, sheet)[0].records == (shipped().get(name),)


def test_a_record_is_shown_as_json() -> None:
    result = lingtan("rules", "show", "cn.legacy.electricity", "--json")
    plain = json.loads(result.stdout)
    assert sorted(plain) == ["citation", "line", "record"]
    assert plain["record"]["factor"] == "0.000997 t/kWh"
    assert plain["record"]["examples"] == [{"energy": "1000000000 kWh", "emissions": "997000 t"}]
    assert plain["citation"]["confidence"] == "memory"
    assert sorted(plain["line"]) == ["en", "zh"]


def test_an_unknown_id_names_the_nearest() -> None:
    result = lingtan("rules", "show", "cn.legacy.electricty")
    assert (result.exit_code, result.stderr) == (
        2,
        "rulebook.unknown-id: cn.legacy.electricty: there is no record of this id. "
        "Did you mean 'cn.legacy.electricity'?\n",
    )


ASSUMPTION = "- {id: later, kind: assumption, of: a, mode: repeat, reason: nothing newer}\n"


def test_an_assumption_of_a_pack_is_listed_and_shown(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(price("a") + ASSUMPTION, "utf-8")
    assert ids("--kind", "assumption", "--rules", tmp_path) == ["later"]
    assert ids("--kind", "retail_price", "--rules", tmp_path)[0] == "a"
    shown = lingtan("rules", "show", "later", "--rules", tmp_path, "--json")
    assert json.loads(shown.stdout)["assumption"]["reason"] == "nothing newer"


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    file = tmp_path / "prices.yaml"
    file.write_text(price("a") + price("b"), "utf-8")
    return file


def test_a_file_is_added_to_a_pack(prices: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    result = lingtan("rules", "add", prices, "--pack", folder)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{folder / 'prices.yaml'}: 2 records; use them with --rules {folder}\n"
    assert [file.name for file in folder.iterdir()] == ["prices.yaml"]
    assert read_pack(folder)[0].ids == ("a", "b")
    assert lingtan("rules", "add", prices, "--pack", folder).exit_code == 0  # the same file again


def test_the_pack_is_named_by_the_environment_else_it_is_rules(
    prices: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert json.loads(lingtan("rules", "add", prices, "--json").stdout) == {
        "file": "rules/prices.yaml",
        "ids": ["a", "b"],
        "findings": [],
    }
    monkeypatch.setenv("LINGTAN_RULES", str(tmp_path / "mine"))
    assert lingtan("rules", "add", prices).exit_code == 0
    assert (tmp_path / "mine" / "prices.yaml").read_bytes() == prices.read_bytes()


def test_nothing_is_written_of_a_file_with_findings(tmp_path: Path) -> None:
    """All findings in one pass; rules out that the good half of a file is added."""
    file = tmp_path / "prices.yaml"
    file.write_text(price("a") + price("b", examples="[{flat: 0.6}]") + price("c", confidense="press"), "utf-8")
    result = lingtan("rules", "add", file, "--pack", tmp_path / "pack")
    assert (result.exit_code, result.stdout) == (2, "")
    assert [line.split(": ")[1] for line in result.stderr.splitlines()] == [
        "rulebook.example-fails",
        "sheet.unknown-key",
    ]
    assert not (tmp_path / "pack").exists()


def test_another_file_of_the_name_is_replaced_only_when_asked(prices: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "prices.yaml").write_text(price("old"), "utf-8")
    refused = lingtan("rules", "add", prices, "--pack", folder)
    assert (refused.exit_code, refused.stderr) == (
        2,
        f"rules.file-exists: {folder / 'prices.yaml'}: the pack folder holds another file of this name. "
        "Rename the file, or let `--replace` put it in the other's place.\n",
    )
    assert read_pack(folder)[0].ids == ("old",)
    assert lingtan("rules", "add", prices, "--pack", folder, "--replace").exit_code == 0
    assert read_pack(folder)[0].ids == ("a", "b")


def test_an_id_that_the_pack_has_already_is_refused(prices: Path, tmp_path: Path) -> None:
    """Rules out a folder that no longer reads after an addition."""
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "august.yaml").write_text(price("b"), "utf-8")
    result = lingtan("rules", "add", prices, "--pack", folder)
    assert (result.exit_code, result.stderr) == (
        2,
        f"{folder / 'august.yaml'}: rulebook.id-twice: b: this id stands twice. Give each record its own id.\n",
    )


def test_a_record_older_than_the_one_it_replaces_is_added_with_a_warning(tmp_path: Path) -> None:
    """`recorded_at` speaks; rules out that last year's file silently takes back a correction."""
    file = tmp_path / "stale.yaml"
    file.write_text(price("cn.sichuan.retail.2026-08.two-part.35kv", recorded_at="2026-09-01"), "utf-8")
    result = lingtan("rules", "add", file, "--pack", tmp_path / "pack")
    assert result.exit_code == 0
    assert result.stderr.startswith(
        "rulebook.replaces-newer: cn.sichuan.retail.2026-08.two-part.35kv: this record replaces one that was written "
        "down later; expected ≥ 2026-11-22, got 2026-09-01. Check whether the pack is out of date."
    )


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("prices.txt", price("a"), "rules.not-a-pack-file"),
        ("empty.yaml", "[]", "rulebook.empty-pack"),
        ("absent.yaml", None, "rulebook.no-pack"),
        ("list.yaml", "records: []", "rulebook.not-a-list"),
    ],
)
def test_a_file_that_is_no_pack(name: str, text: str | None, code: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / name).write_text(text, "utf-8")
    result = lingtan("rules", "add", tmp_path / name, "--pack", tmp_path / "pack")
    assert result.exit_code == 2
    assert code in result.stderr
    assert not (tmp_path / "pack").exists()


def test_a_pack_that_cannot_be_written_is_said(prices: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    result = lingtan("rules", "add", prices, "--pack", tmp_path / "file")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"cli.unwritable: {tmp_path / 'file'}: the output cannot be written; ")


def test_a_park_is_checked_with_the_packs_named(tmp_path: Path) -> None:
    """Rules out that `--rules` is read and left aside: the pack's own finding comes up."""
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "a.yaml").write_text(price("a", examples="[{flat: 0.6}]"), "utf-8")
    shutil.copytree(ROOT / "tests" / "cases" / "base", tmp_path / "park")
    alone = lingtan("check", tmp_path / "park")
    assert (alone.exit_code, "rulebook.example-fails" in alone.stderr) == (0, False)
    with_pack = lingtan("check", tmp_path / "park", "--rules", tmp_path / "pack")
    assert (with_pack.exit_code, "rulebook.example-fails" in with_pack.stderr) == (2, True)


@pytest.mark.parametrize("verb", ["check", "study", "plan", "dispatch", "bill", "claim"])
def test_every_verb_that_reads_rules_takes_packs(verb: str) -> None:
    assert "--rules" in lingtan(verb, "--help").stdout
