"""A small study without a solver: a park of this file, dispatched by a rule that balances, settled by the real accounts.

Names are hostile on purpose: whatever a user types must reach the page as text.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from lingtan.case import Case
from lingtan.case.read import case_of
from lingtan.optimize import Certificate, Costs, Plan, Solution, SolveAll, decide
from lingtan.park import Battery, FirmLine, Load
from lingtan.report import render, write_report
from lingtan.series import Table
from lingtan.sheet import Sheet
from lingtan.study import Side, Study, study

Array = NDArray[np.float64]

HOSTILE = "<script>alert('x')</script> & \"sons\""

SIZES = {
    "grid.capacity_kva": 20_000.0,
    "pv.power_kw": 9_000.0,
    "hydro.power_kw": 3_000.0,
    "battery.power_kw": 1_000.0,
    "battery.energy_kwh": 4_000.0,
}


def _bilingual(text: str) -> dict[str, str]:
    return {"en": text, "zh": f"中文 {text}"}


def park_data(step: str = "1 h") -> dict[str, Any]:
    """A park file as plain data: two members, PV, a hydro line, a battery, one connection that may export."""
    invented = {"document": HOSTILE, "source": "none", "confidence": "invented", "verified": False}
    dated = {"valid_from": "2025-01-01", "valid_to": "2025-12-31", "recorded_at": "2026-01-01", **invented}
    return {
        "schema": 1,
        "name": "sample",
        "title": _bilingual(HOSTILE),
        "disclosure": _bilingual("Invented throughout."),
        "site": {"zone": "Asia/Shanghai", "country": "CN"},
        "period": {"year": 2025, "step": step},
        "members": {"mill": {"name": _bilingual(HOSTILE)}, "shop": {"name": _bilingual("Shop")}},
        "buses": {"main": {}},
        "connections": {"grid": {"bus": "main", "capacity": "20 MVA", "export_limit": "2 MW", "export_price": 0.2}},
        "assets": {
            "mill": {"family": "load", "bus": "main", "member": "mill", "profile": "mill", "peak": "6 MW"},
            "shop": {"family": "load", "bus": "main", "member": "shop", "profile": "shop", "peak": "3 MW"},
            "pv": {
                "family": "pv",
                "bus": "main",
                "availability": "sun",
                "power": {"min": 0, "max": 9000},
                "capex": 2850,
            },
            "hydro": {
                "family": "firm_line",
                "bus": "main",
                "source": "hydro",
                "power": "3 MW",
                "price": 0.3,
                "legal_basis": "assumed: for this test",
            },
            "battery": {
                "family": "battery",
                "bus": "main",
                "power": {"min": 0, "max": 5000},
                "energy": {"min": 0, "max": 20000},
                "capex_energy": 600,
                "life": 12,
            },
        },
        "series": {
            "mill": {"constant": 0.8},
            "shop": {"monthly": [0.5] * 12, "shape": "load", "seed": 7},
            "sun": {"monthly": [0.12] * 12, "shape": "solar", "seed": 7, "latitude": 30, "longitude": 104},
        },
        "rules": [
            {
                "id": "sample.retail",
                "kind": "retail_price",
                **dated,
                "components": [{"name": "purchase", "price": 0.5, "floats_with_tou": False}],
                "capacity_price": 22,
                "demand_price": 35,
                "examples": [{"digits": 4, "flat": 0.5}],
            }
        ],
        "tariff": {"price": "sample.retail", "basis": "choice"},
        "finance": {"discount_rate": 0.06, "horizon": 20, "income_tax_rate": 0.25},
        "carbon": {"boundary": _bilingual("All electricity."), "conversion": "equal_value"},
        "reference": {"without": ["pv", "hydro", "battery"]},
    }


@cache
def sample_study(step: str = "1 h") -> Study:
    """The study of the sample park, with the rule in the place of the optimizer."""
    case = case_of(Sheet("park.yaml", park_data(step)))
    with patch.object(sys.modules[decide.__module__], "plan", by_rule), without_prices():
        return study(case, write_report)


def without_prices() -> Any:
    """A rule has no program to explain its plan by."""
    return patch.object(sys.modules["lingtan.study.study"], "why_summary", lambda _: {"moments": [], "rules": []})


@cache
def sample_page() -> str:
    """The page of the sample study."""
    return render(sample_study())


def with_table(side: Side, columns: dict[str, Array]) -> Side:
    """A side whose plan has other flows, while its accounts stay as they are: what a fault of ours would look like."""
    return replace(side, plan=replace(side.plan, table=side.plan.table.with_columns(columns)))


def by_rule(case: Case, costs: Costs, _solve_all: SolveAll | None = None, **_: object) -> Plan:
    """What stands in for the optimizer: sizes of this file, a dispatch that balances, an invented certificate."""
    assert costs.bill
    park = case.park
    sizes = {name: size for name, size in SIZES.items() if name.split(".")[0] in (park.assets | park.connections)}
    elected = {"grid.basis": "demand"}
    certificate = Certificate(3e-9, 2e-8, 1e-7, 1_000_000.0, 999_999.9)
    return Plan(
        sizes=sizes,
        table=_dispatch(case, sizes),
        marginal_price={"main": np.full(case.grid.steps, 0.5)},
        rule_price={},
        limit_price={},
        elected=elected,
        alternatives=((elected, 1_000_000.0), ({"grid.basis": "capacity"}, 1_200_000.0)),
        objective_cny=1_000_000.0,
        settled_cny=0.0,
        preference_cny=0.01,
        solution=Solution(np.zeros(1), np.zeros(1), "by rule", "solved", certificate, 0.5),
        build_s=0.1,
        solve_s=0.5,
    )


def _dispatch(case: Case, sizes: dict[str, float]) -> Table:
    """Charge at 2 to 5 h, discharge at 18 to 21 h, feed in up to 2 MW, curtail PV beyond, buy the rest."""
    park, grid, none = case.park, case.grid, np.zeros(case.grid.steps)
    columns: dict[str, Array] = {}
    for name, _ in park.of_family(Load):
        columns |= {f"{name}.load_kw": case.need_kw(name), f"{name}.shortfall_kw": none}
    offered = {name: sizes[f"{name}.power_kw"] * case.available_pu(name) for name, _ in park.generators()}
    charge, discharge = none, none
    for name, battery in park.of_family(Battery):
        charge = np.where((grid.hour >= 2) & (grid.hour < 5), sizes[f"{name}.power_kw"], 0.0)
        kept = battery.charge_efficiency * battery.discharge_efficiency
        discharge = np.where((grid.hour >= 18) & (grid.hour < 21), kept * sizes[f"{name}.power_kw"], 0.0)
        content = np.cumsum(charge * battery.charge_efficiency - discharge / battery.discharge_efficiency)
        columns |= {f"{name}.charge_kw": charge, f"{name}.discharge_kw": discharge}
        columns[f"{name}.soc"] = np.clip(content * grid.step_hours / sizes[f"{name}.energy_kwh"], 0.0, 1.0)
    need = sum((case.need_kw(name) for name, _ in park.of_family(Load)), none) + charge - discharge
    over = np.maximum(sum(offered.values(), none) - need, 0.0)
    exported = np.minimum(over, 2_000.0)
    for name, asset in park.generators():
        cut = none if isinstance(asset, FirmLine) else over - exported
        columns |= {f"{name}.generation_kw": offered[name] - cut, f"{name}.curtailed_kw": cut}
    delivered = sum((columns[f"{name}.generation_kw"] for name in offered), none)
    columns |= {"grid.import_kw": need + exported - delivered, "grid.export_kw": exported}
    return Table(grid, columns | _totals(columns, none))


def _totals(columns: dict[str, Array], none: Array) -> dict[str, Array]:
    kinds = ("load", "import", "export", "generation", "curtailed", "charge", "discharge", "shortfall")
    return {
        f"{kind}_kw": sum((values for name, values in columns.items() if name.endswith(f".{kind}_kw")), none)
        for kind in kinds
    }
