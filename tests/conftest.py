"""How every test of the house runs: example counts of the laws, and a time budget per folder."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

from tests.budgets import BudgetLedger, CpuClock

settings.register_profile(
    "gate",
    derandomize=True,  # the gate says the same thing twice; `make test-long` searches anew each time
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile("gate")  # `--hypothesis-profile=long` overrides it


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(CpuClock(), "lingtan-cpu-clock")
    if not hasattr(config, "workerinput"):  # under xdist only the controller sees every report
        config.pluginmanager.register(BudgetLedger(), "lingtan-budget-ledger")
