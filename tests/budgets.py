"""Time budgets: the CPU seconds of each folder's tests, summed and held against `tests/budgets.toml`.

CPU time (children that were waited for included) and not wall time. What is over its budget is told and fails nobody: the same
tests cost twice as much on a slower machine, and a gate that fails there says nothing of the code. A folder without a row fails.
Tests marked `long` or `bench` have no budget: the gate does not run them.
"""

from __future__ import annotations

import os
import tomllib
from collections import defaultdict
from collections.abc import Generator, Mapping
from pathlib import Path

import pytest

TABLE = Path(__file__).with_name("budgets.toml")
CPU_SECONDS = "cpu_seconds"


def read_budgets(table: Path = TABLE) -> dict[str, float]:
    """CPU seconds by folder below tests/ (`src` stands for the doctests)."""
    rows = tomllib.loads(table.read_text("utf-8"))["cpu_seconds"]
    return {folder: float(seconds) for folder, seconds in rows.items()}


def folder_of(nodeid: str) -> str:
    """The folder that pays for a test: `rooms/park`, `laws`, …; a doctest is paid by `src`."""
    top, *folders = Path(nodeid.partition("::")[0]).parts[:-1] or ("",)
    if top != "tests":
        return top
    return "/".join(folders[: 2 if folders[:1] == ["rooms"] else 1])


def unknown(spent: Mapping[str, float], budgets: Mapping[str, float]) -> list[str]:
    """A sentence for each folder without a budget."""
    return [f"tests/{folder} has no row in tests/budgets.toml" for folder in sorted(spent) if folder not in budgets]


def dear(spent: Mapping[str, float], budgets: Mapping[str, float]) -> list[str]:
    """A sentence for each folder that spent more than its own."""
    return [
        f"{folder} took {seconds:.1f} s of CPU; its budget is {budgets[folder]:g} s"
        for folder, seconds in sorted(spent.items())
        if seconds > budgets.get(folder, seconds)
    ]


class CpuClock:
    """Writes on each report the CPU seconds since the report before it (set-up, call and tear-down have one each)."""

    def __init__(self) -> None:
        self.last = 0.0

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self) -> Generator[None, object, object]:
        self.last = _cpu_seconds()
        return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        now = _cpu_seconds()
        report.user_properties.append((CPU_SECONDS, now - self.last))
        self.last = now
        return report


class BudgetLedger:
    """Sums the reports of all workers by folder, says what was dear, and fails a session with a folder that has no row."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not {"long", "bench"} & set(report.keywords):
            seconds = (
                value for key, value in report.user_properties if key == CPU_SECONDS and isinstance(value, float)
            )
            self.spent[folder_of(report.nodeid)] += sum(seconds)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if session.exitstatus == pytest.ExitCode.OK and unknown(self.spent, read_budgets()):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        budgets = read_budgets()
        for breach in (*unknown(self.spent, budgets), *dear(self.spent, budgets)):
            terminalreporter.write_line(f"TIME BUDGET: {breach}", red=True)
        terminalreporter.write_line(f"CPU: {sum(self.spent.values()):.0f} s of {sum(budgets.values()):.0f} s budgeted")


def _cpu_seconds() -> float:
    return sum(os.times()[:4])
