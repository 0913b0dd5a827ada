"""Contracted demand from the park file to the bill and the plan, and a basis that changes by quarter."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from lingtan.account import settle
from lingtan.case import Case
from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.market import basis_in, supply_terms
from lingtan.optimize import costs_of, plan
from lingtan.terms import Choice
from tests.small_parks import HOURS, battery, hours_grid, retail, small_case

PRICES = [retail(0.5, capacity_price=22.0, demand_price=35.0), HOURS]
DAYS = hours_grid(48, start="2025-03-31T00:00")
"""31 March and 1 April: two months, two quarters."""


def case_of(
    need: Any, basis: str = "contracted", *, grid: TimeGrid = DAYS, switch: bool = False, **connection: Any
) -> Case:
    tariff = {"price": "test.retail", "hours": "test.hours", "basis": basis, "switch_basis": switch}
    assets = connection.pop("assets", None)
    grid_at = {"capacity": 100.0, **connection}
    return small_case(need, assets, connection=grid_at, grid=grid, records=PRICES, tariff=tariff)


def two_months(march: float, april: float) -> np.ndarray:
    return np.repeat([march, april], 24)


def charges(case: Case) -> tuple[dict[tuple[str, str], float], float]:
    """Lines of the basic charge of a plan, and what bill and objective differ by."""
    found = plan(case, costs_of(case))
    bill = settle(case.park, found.table, case.rulebook, sizes=found.sizes, elected=found.elected).bill
    kinds = ("basic_charge", "demand_overrun")
    lines = {(line.component, line.period): line.quantity for line in bill.lines if line.component in kinds}
    return lines, found.objective_cny + found.settled_cny - found.penalty_cny - bill.unrounded_cny


def test_a_stated_value_binds() -> None:
    """60 kW agreed: 80 kW in April are 17 beyond 63. Measured demand would bill 50 and 80 kW."""
    lines, off = charges(case_of(two_months(50.0, 80.0), contracted_demand=60.0))
    assert lines == pytest.approx(
        {("basic_charge", "2025-03"): 60, ("basic_charge", "2025-04"): 60, ("demand_overrun", "2025-04"): 17}, rel=1e-5
    )
    assert off == pytest.approx(0.0, abs=1e-2)


def test_a_value_a_month_is_that_of_its_month() -> None:
    """Rules out values counted from the first month of the grid: January's and February's 90."""
    months = [90.0, 90.0, 50.0, 80.0, *8 * [90.0]]
    lines, _ = charges(case_of(two_months(50.0, 80.0), contracted_demand=months))
    assert lines == pytest.approx({("basic_charge", "2025-03"): 50, ("basic_charge", "2025-04"): 80}, rel=1e-5)


def test_what_is_left_to_the_plan_is_at_least_the_floor() -> None:
    """31.5 kW would need 30, but 40 % of 100 kVA are 40; 84 kW need 80. With no floor: 30 and 80."""
    lines, off = charges(case_of(two_months(31.5, 84.0)))
    assert lines == pytest.approx({("basic_charge", "2025-03"): 40, ("basic_charge", "2025-04"): 80}, rel=1e-5)
    assert off == pytest.approx(0.0, abs=1e-2)


def test_a_battery_shaves_down_to_the_tolerance_and_no_further() -> None:
    """60 kW agreed; a peak of 80 is shaved to 63, not to 60: the 3 kW are free. As measured demand it would be shaved further."""
    need = np.full(48, 40.0)
    need[30] = 80.0
    case = case_of(need, contracted_demand=60.0, assets={"battery": battery(50.0, 100.0, wear_cost=0.1)})
    found = plan(case, costs_of(case))
    assert found.table["import_kw"].max() == pytest.approx(63.0, rel=1e-4)


def test_a_free_capacity_is_kept_within_what_is_agreed() -> None:
    """40 kW agreed allow for 100 kVA at most. Without the rule the capacity could stand anywhere up to 200."""
    case = case_of(two_months(30.0, 60.0), contracted_demand=40.0, capacity={"min": 20.0, "max": 200.0})
    found = plan(case, costs_of(case))
    assert found.sizes["grid.capacity_kva"] <= 100.0 * (1 + 1e-6)
    open_case = case_of(two_months(30.0, 84.0), capacity={"min": 20.0, "max": 200.0})
    lines, off = charges(open_case)
    assert lines[("basic_charge", "2025-04")] == pytest.approx(80.0, rel=1e-4)
    assert off == pytest.approx(0.0, abs=1e-2)


def test_a_basis_may_change_by_quarter() -> None:
    """100 kVA cost 2,200 a month: dearer than 30 kW in March (1,050), cheaper than 90 in April (3,150). One basis for both
    months costs 4,200 or 4,400; the quarters apart 3,250."""
    need = two_months(30.0, 90.0)
    free, fixed = (charges_of(case_of(need, "choice", switch=switch)) for switch in (True, False))
    assert free == ("demand+capacity", pytest.approx(1_050 + 2_200, rel=1e-5))
    assert fixed == ("demand", pytest.approx(1_050 + 3_150, rel=1e-5))


def charges_of(case: Case) -> tuple[str, float]:
    found = plan(case, costs_of(case))
    energy = float(found.table["import_kw"].sum()) * 0.5
    return found.elected["grid.basis"], found.objective_cny - energy


def test_a_year_of_quarters_is_not_planned_in_every_way() -> None:
    """Four quarters of three bases: 81 alternatives, of which those of one basis are tried first."""
    year = TimeGrid.of_year(2025, "Asia/Shanghai", 60)
    case = case_of(np.full(year.steps, 30.0), "choice", grid=year, switch=True, contracted_demand=40.0)
    (choice,) = (term for term in supply_terms(case.park, case.rulebook, year).terms if isinstance(term, Choice))
    assert (len(choice.alternatives), choice.first) == (81, ("capacity", "demand", "contracted"))
    assert [basis_in("capacity+demand+contracted+demand", month) for month in (3, 4, 9, 12)] == [
        "capacity",
        "demand",
        "contracted",
        "demand",
    ]


def test_a_choice_weighs_a_contract_only_where_it_is_stated() -> None:
    """Left to a plan that knows the month, it would always be 5 % cheaper than measured demand."""
    for stated, names in (
        ({}, ["capacity", "demand"]),
        ({"contracted_demand": 50.0}, ["capacity", "demand", "contracted"]),
    ):
        case = case_of(two_months(30.0, 30.0), "choice", **stated)
        (choice,) = (term for term in supply_terms(case.park, case.rulebook, DAYS).terms if isinstance(term, Choice))
        assert list(choice.alternatives) == names


def test_less_than_the_floor_is_refused() -> None:
    with pytest.raises(InputError) as error:
        costs_of(case_of(two_months(30.0, 30.0), contracted_demand=39.0))
    assert str(error.value) == (
        "market.contract-below-least: connections.grid.contracted_demand: less demand is agreed than 'cn.contracted-demand' "
        "allows for this capacity; expected ≥ 40 kW, got 39 kW. Agree on more, or take another basis."
    )


@pytest.mark.parametrize(
    ("basis", "switch", "stated", "message"),
    [
        (
            "contracted",
            False,
            {},
            "market.contract-open: connections.grid.contracted_demand: the plan agrees each month's demand with the month "
            "before its eyes, which nobody can. State what is agreed to see what it costs.",
        ),
        (
            "demand",
            False,
            {"contracted_demand": 50.0},
            "market.contract-unused: connections.grid.contracted_demand: the basic charge does not go by the demand that was "
            "agreed; got demand. Take `contracted` or `choice` as the `tariff.basis`, or drop the value.",
        ),
        (
            "capacity",
            True,
            {},
            "market.nothing-to-switch: tariff.switch_basis: the basis is fixed, so it does not change from quarter to "
            "quarter; got capacity. Take `choice` as the `tariff.basis`, or drop `switch_basis`.",
        ),
    ],
)
def test_what_a_reader_must_know(basis: str, switch: bool, stated: dict[str, Any], message: str) -> None:
    case = case_of(two_months(50.0, 50.0), basis, switch=switch, **stated)
    assert message in [note.text() for note in supply_terms(case.park, case.rulebook, DAYS).notes]


class TestDemandMargin:
    def test_plans_stay_below_the_limit_by_it(self) -> None:
        """10 % of 50 kW stay free: a battery serves what is above 45. Without the margin the import would reach 50."""
        need = np.full(48, 20.0)
        need[30] = 52.0
        assets = {"battery": battery(50.0, 100.0)}
        case = case_of(need, "capacity", assets=assets, import_limit=50.0, demand_margin=0.1)
        found = plan(case, costs_of(case))
        assert found.table["import_kw"].max() <= 45.0 + 1e-4
        assert found.table["works.shortfall_kw"].max() == pytest.approx(0.0, abs=1e-4)

    def test_it_and_the_sliding_meter_are_told(self) -> None:
        """5-minute steps of 0, 60, 60 | 60, 0, 0 kW: blocks see 40 kW, a sliding meter 60."""
        grid = hours_grid(6, step_minutes=5, start="2025-03-31T00:00")
        need = np.array([0.0, 60.0, 60.0, 60.0, 0.0, 0.0])
        case = case_of(need, "capacity", grid=grid, demand_margin=0.05)
        found = plan(case, costs_of(case))
        notes = settle(case.park, found.table, case.rulebook, sizes=found.sizes, elected=found.elected).bill.notes
        told = [note.text() for note in notes if note.code in ("market.demand-margin", "market.sliding-demand")]
        assert told == [
            "market.demand-margin: connections.grid.demand_margin: plans leave a share of the import limit free, for a demand "
            "meter slides by a minute; got 5 %. The bill itself is settled on the series as they are.",
            "market.sliding-demand: connections.grid: a demand meter that slides sees more than the means of 15-minute "
            "blocks; expected 40 kW, got 60 kW (+50.00 %). Give the connection a `demand_margin` of at least the difference.",
        ]
