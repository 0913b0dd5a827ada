"""Which of several equal optima is taken. Without a preference PIQP answers with the middle of them."""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.case import Case
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.optimize import Costs, Plan, plan
from lingtan.optimize.objective import shortfall_terms
from lingtan.optimize.plan import lay_out
from lingtan.optimize.preference import prefer
from lingtan.terms import Peak, Term
from tests.small_parks import battery, bought, pv, small_case

SHARP = 0.005
"""How near to the preferred optimum a plan comes, as a share of the flow: the preference is not meant to be money."""


def planned(case: Case, *bill: Term) -> Plan:
    return plan(case, Costs(bill, (), (), shortfall_terms(case)))


def test_self_use_before_export():
    """Bought and sold at 0.5: using 10 kW of PV, or selling it and buying as much, cost the same. The middle: 50 kW."""
    case = small_case([10.0, 10.0], {"pv": pv(10.0)}, series={"sun": [1, 0.5]}, connection={"export_limit": 100.0})
    found = planned(case, bought(case, 0.5), bought(case, -0.5, "grid.export_kw"))
    assert found.table["export_kw"] == pytest.approx([0.0, 0.0], abs=SHARP * 10)
    assert found.table["import_kw"] == pytest.approx([0.0, 5.0], abs=SHARP * 10)


def test_export_before_curtailment():
    """4 kW too much, 3 of them may be fed in for nothing. The middle: 1.5 fed in, 2.5 thrown away."""
    case = small_case([6.0], {"pv": pv(10.0)}, series={"sun": [1]}, connection={"export_limit": 3.0})
    found = planned(case, bought(case, 0.5))
    assert found.table["export_kw"] == pytest.approx([3.0], abs=SHARP * 3)
    assert found.table["curtailed_kw"] == pytest.approx([1.0], abs=SHARP * 3)


def test_money_comes_first():
    """A hundredth of a fen for a sold kilowatt-hour beats self-use of one that costs as much less: a direct line serves the load
    while the PV is sold. What comes through one meter both ways at once is not sold (see `test_one_way`)."""
    line = {"family": "firm_line", "power": 10.0, "source": "hydro", "price": 0.0, "legal_basis": "test"}
    assets = {"pv": pv(10.0), "line": line}
    case = small_case([10.0], assets, series={"sun": [1]}, connection={"export_limit": 10.0})
    from_line = "line.generation_kw"
    found = planned(case, bought(case, 0.6), bought(case, 0.5, from_line), bought(case, -0.5001, "grid.export_kw"))
    assert found.table["export_kw"] == pytest.approx([10.0], abs=SHARP * 10)
    found = planned(case, bought(case, 0.6), bought(case, 0.5001, from_line), bought(case, -0.5, "grid.export_kw"))
    assert found.table["export_kw"] == pytest.approx([0.0], abs=SHARP * 10)


def test_smooth_before_jagged():
    """12 kWh of storage between twelve cheap and twelve dear hours fit in anywhere: about 1 kW throughout, where a vertex
    charges 10 kW at once. How nearly even it comes out is the solver's; that it is not bunched is ours."""
    case = small_case([20.0] * 24, {"battery": battery(10.0, 12.0)})
    wear = bought(case, 0.02, "battery.discharge_kw")
    found = planned(case, bought(case, [0.1] * 12 + [1.0] * 12), wear)
    assert found.solution.solver == "piqp"
    assert found.table["charge_kw"][:12].sum() == pytest.approx(12.0, rel=1e-4)
    assert found.table["charge_kw"].max() < 2.5
    assert found.table["discharge_kw"].max() < 2.5


def test_no_size_larger_than_it_need_be():
    """Demand is billed and capacity is free: 38 kW at power factor 0.95 need 40 kVA. The middle of 40 and 100: 70."""
    case = small_case([38.0, 10.0], connection={"capacity": {"min": 0, "max": 100}, "power_factor": 0.95})
    demand = Peak("demand", Flow.of("grid.import_kw"), Grouping.whole(2, ""), np.array([35.0]), np.zeros(1))
    found = planned(case, bought(case, 0.5), demand)
    assert found.sizes["grid.capacity_kva"] == pytest.approx(40.0, rel=SHARP)


def test_it_hardly_moves_the_money():
    """A day with almost as much thrown away (180 kWh) as bought (200 kWh): a hundred-thousandth, less than it rounds to."""
    sun = [1.0] * 4 + [0.0] * 20
    case = small_case([10.0] * 24, {"pv": pv(60.0)}, series={"sun": sun}, connection={"export_limit": 5.0})
    found = planned(case, bought(case, 0.5))
    assert found.objective_cny == pytest.approx(200 * 0.5, rel=1e-6)
    assert 0 < found.preference_cny < 2e-5 * found.objective_cny


def test_amount_is_what_the_program_was_given():
    """Model objective with preference, less the model without it, at a point that nobody optimized."""
    case = small_case(
        [10.0] * 3, {"pv": pv({"min": 0, "max": 9})}, series={"sun": [1, 1, 0]}, connection={"export_limit": 5.0}
    )
    plain, preferred = lay_out(case), lay_out(case)
    preference = prefer(preferred, 0.5, 10.0)
    models = [layout.program.finish() for layout in (plain, preferred)]
    x = np.linspace(1.0, 7.0, models[0].cost.size)
    assert preference.amount(x) == pytest.approx(models[1].objective(x) - models[0].objective(x), rel=1e-12)
    assert preference.amount(x) > 0
