"""The benchmark harness: what it concludes from two sides, and what it says when one is missing."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

from benchmarks import commitment, report, study
from benchmarks.report import Report, table
from benchmarks.sides import Missing, Side, peer, side
from benchmarks.sizing import compare

ROOT = Path(__file__).parents[2]
PEER = Side(build_s=2.5, solve_s=147.5, objective_cny=261_273_895.0, peak_mb=900.0)


def test_ratio_is_the_peers_whole_time_over_ours():
    """Rules out a ratio of solving alone (32.8) and the upside-down one (0.03)."""
    mine = Side(build_s=0.5, solve_s=4.5, objective_cny=261_273_895.0, peak_mb=200.0)
    row = compare(8760, mine, PEER).rows[0]
    assert row["peer / ours"] == 30.0
    assert row["difference"] == 0.0


def test_a_fast_wrong_answer_fails():
    """Rules out praise for speed at another optimum: 1,000 CNY of 261 million is 3.8e-6."""
    mine = Side(build_s=0.1, solve_s=0.1, objective_cny=261_274_895.0, peak_mb=200.0)
    assert compare(8760, mine, PEER).failures == ("the objectives differ by 3.8e-06; expected at most 1e-06",)


def test_a_missing_side_leaves_dashes_and_says_why():
    result = compare(168, Missing("no program"), PEER)
    assert result.failures == ("ours: no program",)
    assert result.rows[0]["ours solve_s"] is None
    assert result.rows[0]["peer solve_s"] == 147.5
    assert result.rows[0]["peer / ours"] is None


def test_a_side_that_ends_badly_is_missing_with_its_last_words():
    command = [sys.executable, "-c", "import sys; print('chatter', file=sys.stderr); sys.exit('what went wrong')"]
    assert side(command) == Missing("what went wrong")


def test_a_side_may_chatter_before_its_figures():
    """Rules out reading the banner of a solver as the result; memory is the harness's own measure, not the side's."""
    line = '{"build_s": 1, "solve_s": 2, "objective_cny": 3, "peak_mb": 0}'
    found = side([sys.executable, "-c", f"print('a solver says hello'); print({line!r})"])
    assert isinstance(found, Side)
    assert (found.build_s, found.solve_s, found.objective_cny) == (1, 2, 3)
    assert found.peak_mb > 1


def test_a_process_is_measured_alone_and_on_one_thread():
    """Rules out memory and threads of the wrong process: the child alone holds 200 MB.

    The measuring process is a small one, as `python -m benchmarks` is: between fork and exec a child counts its parent's memory.
    """
    held = "import os; block = bytearray(200 << 20); print(os.environ['OMP_NUM_THREADS'])"
    measure = f"import sys; from benchmarks.sides import run; one = run([sys.executable, '-c', {held!r}]); print(one)"
    told = subprocess.run([sys.executable, "-c", measure], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    peak_mb = float(re.search(r"peak_mb=([0-9.]+)", told).group(1))
    assert "output='1\\n'" in told
    assert 200 < peak_mb < 300


def test_peer_without_its_environment_names_the_remedy(monkeypatch, tmp_path):
    monkeypatch.setenv("LINGTAN_ORACLE_PYTHON", str(tmp_path / "python"))
    expected = Missing(f"no {tmp_path / 'python'}: run `make oracle`, or set LINGTAN_ORACLE_PYTHON")
    assert peer("pypsa_sizing", "168") == expected


def test_table_aligns_titles_and_shows_failures_last():
    rows = ({"name": "a", "wall_s": 0.25}, {"name": "bb", "wall_s": None})
    assert table(Report("demo", "two rows", rows, ("too slow",))) == (
        "demo: two rows\n    name      a  bb\n  wall_s  0.250   –\n! too slow"
    )


def test_examples_in_the_report_module_hold():
    assert doctest.testmod(report).failed == 0


def test_a_study_is_late_by_its_own_budget_and_shares_are_of_the_wall_time(monkeypatch):
    """Rules out shares of the sum of the stages, and a claim about a park or a machine that there is none for."""
    seconds = {"read_s": 5.0, "solve_s": 40.0, "account_s": 10.0, "report_s": 5.0, "each solved_s": 70.0}
    shown = study.row("yibin", {**seconds, "wall_s": 100.0, "peak_mb": 1000.0})
    assert [shown[f"{stage} / wall"] for stage in ("read", "solve", "account", "report")] == [0.05, 0.4, 0.1, 0.05]
    assert shown["solved at once"] == 1.75
    assert set(study.row("yibin", None)) == set(shown)
    monkeypatch.setattr(study.os, "sched_getaffinity", lambda _: {0, 1})
    assert study.late("yibin", 90.4) == ["study yibin takes 90 s; expected at most 90 s"]
    assert (study.late("yibin", 90.0), study.late("measured", 900.0)) == ([], [])
    monkeypatch.setattr(study.os, "sched_getaffinity", lambda _: {0})
    assert study.late("yibin", 900.0) == []


def test_a_commitment_day_is_late_by_its_median_and_by_one_in_twenty():
    """Rules out a mean that one quick day makes good, and a gap that nobody knows passing for none."""
    days = [{"cpu_s": 6.0, "wall_s": 9.0, "gap": 1e-3, "out_of_time": 0.0}] * 11
    days += [{"cpu_s": 0.1, "wall_s": 0.2, "gap": 0.0, "out_of_time": 0.0}] * 8
    slow = {"cpu_s": 21.0, "wall_s": 30.0, "gap": float("inf"), "out_of_time": 1.0}
    assert commitment.conclude([*days, slow]).failures == (
        "the median day takes 6.0 s; expected at most 5 s",
        "one day in twenty takes 21.0 s; expected at most 20 s",
        "a day has no gap; it is always shown",
    )
    assert commitment.conclude(days[11:]).failures == ()
    assert commitment.conclude([*days, slow]).rows[0]["out of time"] == 1.0
