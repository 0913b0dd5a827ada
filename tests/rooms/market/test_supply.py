"""What grid energy costs, worked by hand: periods, months, records, the basic charge and the lines that say so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import numpy as np
import pytest

from lingtan.clock import TimeGrid
from lingtan.findings import InputError
from lingtan.flow import Flow
from lingtan.market import Ask, look_up, price_list_terms, supply_terms
from lingtan.market.months import month_by_period, month_grouping, month_labels
from lingtan.rulebook import Customer, Place, Rulebook
from lingtan.terms import Choice, Evaluation, Peak, Readings, Size, Sum, Term, evaluate
from tests.small_parks import HOURS, INVENTED, book_with, hours_grid, park_of, pv, retail, shipped, small_case

ANYONE = Ask(Place("CN"), Customer("two_part", 10.0, "grid_proxy"), "test.retail", "test.hours")


def terms_of(book: Rulebook, grid: TimeGrid, ask: Ask = ANYONE, basis: Any = "choice") -> list[Term]:
    return list(price_list_terms("grid", look_up(ask, book, grid), basis, grid))


def billed(
    terms: list[Term], grid: TimeGrid, import_kw: Any, capacity_kva: float = 100.0, **elected: str
) -> Evaluation:
    flow = np.broadcast_to(np.asarray(import_kw, dtype=float), (grid.steps,))
    return evaluate(
        terms, Readings({"grid.import_kw": flow}, grid.step_hours, {"grid.capacity_kva": capacity_kva}, elected)
    )


class TestTimeOfUse:
    """One day of 10 kW at 0.50: 7 peak hours (10 to 12, 17 to 22) at 0.80, 8 valley hours at 0.20, 9 flat hours at 0.50."""

    BOOK = book_with(retail(0.5, factors=True), HOURS)

    @pytest.mark.parametrize("step_minutes", [60, 15])
    def test_a_day_by_period(self, step_minutes):
        """The same in hours and in quarters. 117 CNY; one price at all hours would bill 120, peak and valley swapped 123."""
        grid = hours_grid(24 * 60 // step_minutes, step_minutes=step_minutes)
        lines = {line.period: line for line in billed(terms_of(self.BOOK, grid), grid, 10.0).lines}
        assert {name: line.quantity for name, line in lines.items()} == pytest.approx(
            {"2025-03 flat": 90.0, "2025-03 peak": 70.0, "2025-03 valley": 80.0}
        )
        assert {name: line.amount for name, line in lines.items()} == pytest.approx(
            {"2025-03 flat": 45.0, "2025-03 peak": 56.0, "2025-03 valley": 16.0}
        )
        assert [line.price for line in lines.values()] == pytest.approx([0.5, 0.8, 0.2])
        assert {line.rule for line in lines.values()} == {"test.retail"}

    def test_hours_are_those_of_the_wall_clock(self):
        """A kW at 10:30 in Shanghai is peak; read as UTC it would be flat there (18:30, peak) or valley."""
        grid = hours_grid(24)
        at_ten = np.where(grid.hour == 10, 1.0, 0.0)
        (line,) = billed(terms_of(self.BOOK, grid), grid, at_ten).lines
        assert (line.period, line.amount) == ("2025-03 peak", 0.8)

    def test_a_part_that_does_not_float_keeps_its_price(self):
        """0.40 floats, 0.04 of funds does not: peak 0.68, valley 0.20. All floating would be 0.704 and 0.176."""
        listed = retail(0.4, factors=True)
        funds = {"name": "government_funds", "price": 0.04, "floats_with_tou": False, "in_power_factor_base": False}
        listed = {
            **listed,
            "components": [*listed["components"], funds],
            "examples": [{"digits": 6, "peak": 0.68, "valley": 0.2}],
        }
        grid = hours_grid(24)
        found = billed(terms_of(book_with(listed, HOURS), grid), grid, 10.0)
        amounts = {(line.component, line.period.split()[1]): line.amount for line in found.lines}
        assert amounts["government_funds", "peak"] == pytest.approx(70 * 0.04)
        assert amounts["purchase", "peak"] == pytest.approx(70 * 0.64)
        assert found.amount == pytest.approx(90 * 0.44 + 70 * 0.68 + 80 * 0.20)

    def test_one_price_at_all_hours_needs_no_hours(self):
        """A list without factors is not asked for hours, and its lines are whole months."""
        nowhere = Ask(Place("CN"), Customer("two_part", 10.0, "grid_proxy"), "test.retail", "no.such.hours")
        grid = hours_grid(24)
        (line,) = billed(terms_of(book_with(retail(0.5)), grid, nowhere), grid, 10.0).lines
        assert (line.period, line.quantity, line.amount) == ("2025-03", 240.0, 120.0)

    def test_hours_that_cut_a_step_are_refused(self):
        """Peak from 10:30 on in an hourly grid: half of the step is peak. Rules out a step billed as whichever it starts in."""
        late = {**HOURS, "seasons": [{**HOURS["seasons"][0], "peak": ["10:30-12:00"]}]}
        late["examples"] = [{"month": 1, "at": "10:30", "period": "peak"}]
        with pytest.raises(InputError) as error:
            terms_of(book_with(retail(0.5, factors=True), late), hours_grid(24))
        assert [found.code for found in error.value.findings] == ["rulebook.step-cut-by-period"]


class TestMonths:
    def test_each_month_by_its_own_record(self):
        """Two days over the end of March: 24 hours at 0.50, 24 at 0.60. The first record throughout would be 240.00."""
        march = {**retail(0.5), "id": "test.retail.march", "valid_to": "2025-03-31"}
        april = {**retail(0.6), "id": "test.retail.april", "valid_from": "2025-04-01"}
        grid = hours_grid(48, start="2025-03-31T00:00")
        found = billed(terms_of(book_with(march, april), grid), grid, 10.0)
        assert [(line.period, line.rule, line.amount) for line in found.lines] == [
            ("2025-03", "test.retail.march", 120.0),
            ("2025-04", "test.retail.april", 144.0),
        ]

    def test_a_component_that_only_one_month_has(self):
        """April adds transmission: March has no line of it that costs anything."""
        march = {**retail(0.5), "id": "test.retail.march", "valid_to": "2025-03-31"}
        parts = [*retail(0.5)["components"], {"name": "transmission", "price": 0.1, "floats_with_tou": True}]
        april = {**retail(0.5), "id": "test.retail.april", "valid_from": "2025-04-01", "components": parts}
        april["examples"] = [{"digits": 6, "flat": 0.6}]
        grid = hours_grid(48, start="2025-03-31T00:00")
        found = billed(terms_of(book_with(march, april), grid), grid, 10.0)
        paid = {line.period: line.amount for line in found.lines if line.component == "transmission" and line.amount}
        assert paid == pytest.approx({"2025-04": 24.0})

    def test_a_list_is_asked_only_about_its_own_months(self):
        """July has a super peak that only the list of July prices. Asked about all months, the June list refused the year."""
        hours = {
            **HOURS,
            "super_peak": [{"hours": ["20:00-21:00"], "months": [7]}],
            "examples": [*HOURS["examples"], {"month": 7, "at": "20:30", "period": "super_peak"}],
        }
        june = {**retail(0.5, factors=True), "id": "test.retail.june", "valid_to": "2025-06-30"}
        july = {**retail(0.5, factors=True), "id": "test.retail.july", "valid_from": "2025-07-01"}
        july["factors"] = {**july["factors"], "super_peak": 2.0}
        grid = hours_grid(48, start="2025-06-30T00:00")
        found = billed(terms_of(book_with(june, july, hours), grid), grid, 10.0)
        by_period = {line.period: line.amount for line in found.lines}
        assert by_period["2025-07 super_peak"] == pytest.approx(10.0)
        assert by_period["2025-06 peak"] == pytest.approx(56.0)
        assert by_period["2025-07 peak"] == pytest.approx(48.0)

    def test_a_day_without_a_record_is_a_finding_and_not_free(self):
        ended = {**retail(0.5), "valid_to": "2025-03-31"}
        with pytest.raises(InputError) as error:
            terms_of(book_with(ended), hours_grid(48, start="2025-03-31T00:00"))
        assert [found.code for found in error.value.findings] == ["rulebook.no-record"]

    def test_months_of_a_zone_with_clock_changes(self):
        """March 2025 in Berlin has 743 hours, October 745. In UTC they would be 744 each, shifted by an hour."""
        year = TimeGrid.of_year(2025, "Europe/Berlin", 60)
        group = month_grouping(year)
        hours = group.sums(np.ones(year.steps))
        assert (hours[2], hours[9], hours.sum()) == (743.0, 745.0, 8_760.0)
        assert group.labels[0] == "2025-01"
        assert len(group.labels) == 12

    def test_a_leap_february_and_a_new_year(self):
        grid = TimeGrid.of_span(datetime(2024, 2, 28), datetime(2025, 2, 1), "Asia/Shanghai", 60)
        group = month_grouping(grid)
        hours = group.sums(np.ones(grid.steps))
        assert month_labels(grid)[0] == "2024-02"
        assert month_labels(grid)[-1] == "2025-01"
        assert hours[0] == 48.0
        assert group.count == 12

    def test_groups_tell_month_period_and_record(self):
        """Codes 0 flat and 1 peak, two records: only what occurs is a group."""
        grid = hours_grid(4)
        group = month_by_period(grid, np.array([0, 1, 1, 0]), ["flat", "peak"], np.array([0, 0, 1, 1]), ["a", "b"])
        assert group.labels == ("2025-03 flat", "2025-03 flat", "2025-03 peak", "2025-03 peak")
        assert group.rules == ("a", "b", "a", "b")
        assert group.codes.tolist() == [0, 2, 3, 1]


class TestBasicCharge:
    TWO = book_with(retail(0.5, capacity_price=22.0, demand_price=35.0), HOURS)

    def test_both_bases_of_a_month_and_a_day(self):
        """1 April belongs to a month of its own, charged whole. Peaks 60 and 80 kW at 35; 100 kVA at 22, twice."""
        grid = hours_grid(32 * 24, start="2025-03-01T00:00")
        terms = terms_of(self.TWO, grid)
        load = np.where(grid.month == 3, 60.0, 80.0)
        load[5] = 10.0
        by_demand, by_capacity = (
            billed(terms, grid, load, **{"grid.basis": basis}) for basis in ("demand", "capacity")
        )
        charge = [
            (line.period, line.quantity, line.amount) for line in by_demand.lines if line.component == "basic_charge"
        ]
        assert charge == [("2025-03", 60.0, 2_100.0), ("2025-04", 80.0, 2_800.0)]
        charge = [
            (line.period, line.quantity, line.amount) for line in by_capacity.lines if line.component == "basic_charge"
        ]
        assert charge == [("2025-03", 100.0, 2_200.0), ("2025-04", 100.0, 2_200.0)]
        assert dict(billed(terms, grid, load).elected) == {"grid.basis": "capacity"}

    @pytest.mark.parametrize(("basis", "kinds"), [("capacity", [Size]), ("demand", [Peak]), ("choice", [Choice])])
    def test_the_basis_wanted(self, basis, kinds):
        terms = terms_of(self.TWO, hours_grid(24), basis=basis)
        assert [type(term) for term in terms if not isinstance(term, Sum)] == kinds

    @pytest.mark.parametrize(("charges", "kind"), [({"capacity_price": 22.0}, Size), ({"demand_price": 35.0}, Peak)])
    def test_a_basis_without_a_price_is_no_alternative(self, charges, kind):
        """Rules out that the missing one is elected because it looks free."""
        terms = terms_of(book_with(retail(0.5, **charges), HOURS), hours_grid(24))
        assert [type(term) for term in terms if not isinstance(term, Sum)] == [kind]

    def test_a_basis_asked_for_but_not_priced_is_refused(self):
        with pytest.raises(InputError) as error:
            terms_of(book_with(retail(0.5, capacity_price=22.0), HOURS), hours_grid(24), basis="demand")
        assert str(error.value) == (
            "market.basis-without-price: tariff.basis: the price list has no price for this basis of the basic charge; "
            "got demand. Choose the other basis, or add the price to the record."
        )

    def test_a_list_without_basic_charge_has_none(self):
        terms = terms_of(book_with(retail(0.5), HOURS), hours_grid(24))
        assert [type(term) for term in terms] == [Sum]

    def test_each_month_at_its_own_price(self):
        march = {**retail(0.5, demand_price=35.0), "id": "test.retail.march", "valid_to": "2025-03-31"}
        april = {**retail(0.5, demand_price=40.0), "id": "test.retail.april", "valid_from": "2025-04-01"}
        grid = hours_grid(48, start="2025-03-31T00:00")
        found = billed(terms_of(book_with(march, april), grid), grid, 10.0)
        charge = [(line.rule, line.amount) for line in found.lines if line.component == "basic_charge"]
        assert charge == [("test.retail.march", 350.0), ("test.retail.april", 400.0)]


class TestShippedSichuan:
    """State Grid Sichuan, August 2026, two-part at 220 kV: one day (6 August) of 1,000 kW, worked from the printed prices.

    Hours of August: super peak 13-14 and 21-23 (3 h), peak 11-18 and 20-23 without them (7 h), valley 1-7 (6 h), flat 8 h.
    Printed: super peak 0.7108, peak 0.6076, flat 0.4140, valley 0.2205; to six digits 0.71082375 and so on. Basic charge 15
    CNY/kVA or 24 CNY/kW a month.
    """

    ASK = Ask(Place("CN", "Sichuan", "Yibin"), Customer("two_part", 220.0, "grid_proxy"))

    def day(self) -> tuple[Evaluation, TimeGrid]:
        grid = hours_grid(96, step_minutes=15, start="2026-08-06T00:00")
        return billed(terms_of(shipped(), grid, self.ASK), grid, 1_000.0, capacity_kva=1_250.0), grid

    def test_a_day_at_the_printed_prices(self):
        """By the printed four digits 3·710.8 + 7·607.6 + 8·414.0 + 6·220.5 = 11,020.6, to half a unit of the last: 1.2."""
        found, _ = self.day()
        energy = sum(line.amount for line in found.lines if line.component != "basic_charge")
        assert energy == pytest.approx(3 * 710.8 + 7 * 607.6 + 8 * 414.0 + 6 * 220.5, abs=1.2)

    def test_a_day_by_component(self):
        """Floating parts weigh 3·1.92 + 7·1.6 + 8 + 6·0.4 = 27.36 h, the others 24 h. By component, in CNY:
        purchase 0.260434, loss 0.015566, transmission 0.0466 float; system operation 0.044275 and funds 0.04716875 do not."""
        found, _ = self.day()
        paid: dict[str, float] = {}
        for line in found.lines:
            paid[line.component] = paid.get(line.component, 0.0) + line.amount
        assert paid == pytest.approx(
            {
                "purchase": 260.434 * 27.36,
                "line_loss": 15.566 * 27.36,
                "transmission": 46.6 * 27.36,
                "system_operation": 44.275 * 24,
                "government_funds": 47.16875 * 24,
                "basic_charge": 1_250 * 15.0,
            },
            rel=1e-9,
        )

    def test_capacity_is_cheaper_here_and_named(self):
        """1,250 kVA at 15 are 18,750, 1,000 kW at 24 are 24,000."""
        found, _ = self.day()
        assert dict(found.elected) == {"grid.basis": "capacity"}
        assert {line.rule for line in found.lines} == {"cn.sichuan.retail.2026-08.two-part.220kv"}


class TestParkSupply:
    def test_export_earns_and_is_a_line_by_month(self):
        """3 kW for two hours at 0.35: −2.10. A positive amount would bill what was sold."""
        park = park_of({"works": {"family": "load", "profile": "need"}}, {"export_limit": 10.0, "export_price": 0.35})
        grid = hours_grid(2)
        supply = supply_terms(park, book_with(retail(0.5), HOURS), grid)
        (export,) = (term for term in supply.terms if term.name == "export")
        flows = {"grid.export_kw": np.full(2, 3.0)}
        (line,) = evaluate([export], Readings(flows, 1.0)).lines
        assert (line.period, line.quantity, line.amount) == ("2025-03", 6.0, pytest.approx(-2.1))

    def test_no_permit_no_line(self):
        park = park_of({"works": {"family": "load", "profile": "need"}})
        supply = supply_terms(park, book_with(retail(0.5), HOURS), hours_grid(2))
        assert [term.name for term in supply.terms] == ["purchase"]

    @pytest.mark.parametrize(("must_take", "billed_kwh"), [(False, 12.0), (True, 20.0)])
    def test_a_line_is_billed_at_its_sending_end(self, must_take, billed_kwh):
        """6 of 10 kW taken for two hours at a loss of 4 %: 12.5 kWh at 0.30; 20.83 where all must be paid for."""
        line = {
            "family": "firm_line",
            "source": "hydro",
            "power": 10.0,
            "price": 0.3,
            "loss": 0.04,
            "legal_basis": "contract 7",
        }
        park = park_of({"works": {"family": "load", "profile": "need"}, "line": {**line, "must_take": must_take}})
        supply = supply_terms(park, book_with(retail(0.5), HOURS), hours_grid(2))
        (contract,) = (term for term in supply.terms if term.name == "contract.line")
        flows = {"line.generation_kw": np.full(2, 6.0), "line.curtailed_kw": np.full(2, 4.0)}
        (found,) = evaluate([contract], Readings(flows, 1.0)).lines
        assert found.amount == pytest.approx(billed_kwh / 0.96 * 0.3)
        assert found.rule == "contract 7"

    def test_each_connection_has_its_own_bill(self):
        """Two connections, two peaks: one peak of both together would be another charge."""
        park = park_of(
            {"works": {"family": "load", "profile": "need"}, "roof": pv(1.0)},
            connections={name: {"bus": "main", "capacity": 100.0} for name in ("east", "west")},
        )
        supply = supply_terms(park, book_with(retail(0.5, demand_price=35.0), HOURS), hours_grid(2))
        peaks = [term for term in supply.terms if isinstance(term, Peak)]
        assert [term.flow for term in peaks] == [Flow.of("east.import_kw"), Flow.of("west.import_kw")]


def test_invented_records_are_marked_as_such():
    """Rules out that a test's price list could pass for a shipped one."""
    assert INVENTED["confidence"] == "invented"
    assert not any(record.id.startswith("test.") for record in shipped().records)


def notes_of(hours: int, start: str, **connection: float) -> list[tuple[str, str]]:
    case = small_case(
        [10.0] * hours,
        grid=hours_grid(hours, start=start),
        connection=connection,
        records=[retail(0.5, capacity_price=22.0), HOURS],
    )
    found = supply_terms(case.park, case.rulebook, case.grid).notes
    return [(each.code, each.who) for each in found if each.code != "market.no-power-factor"]


def test_a_part_of_a_month_is_said_to_be_billed_whole():
    """Two hours carry the basic charge of a month; a whole month says nothing."""
    assert notes_of(2, "2025-04-10T00:00") == [("market.part-of-month", "2025-04")]
    assert notes_of(30 * 24, "2025-04-01T00:00") == []


def test_export_for_nothing_is_said():
    """What may be fed in and has no price earns nothing, silently; with a price, or without a permit, there is nothing to say."""
    month = (30 * 24, "2025-04-01T00:00")
    assert notes_of(*month, export_limit=5.0) == [("market.no-export-price", "connections.grid.export_price")]
    assert notes_of(*month, export_limit=5.0, export_price=0.2) == []
