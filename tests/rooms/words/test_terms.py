"""Every kind of term on numbers worked by hand. A test says which wrong bill it rules out.

The flows: four quarter-hours in two groups, import 100, 300 kW in the first and 200, 50 kW in the second, so 100 kWh and
62.5 kWh; load 400 kW throughout, 400 kWh.
"""

from __future__ import annotations

import numpy as np
import pytest

from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.reads import flows_read, sizes_read
from lingtan.terms import Bands, Choice, Fixed, Peak, Ratio, Readings, Size, Sum, evaluate

FLOWS = {"import_kw": np.array([100.0, 300.0, 200.0, 50.0]), "load_kw": np.full(4, 400.0)}
READINGS = Readings(FLOWS, step_hours=0.25, sizes={"grid.capacity_kva": 1_000.0, "battery.energy_kwh": 60.0})
MONTHS = Grouping(np.array([0, 0, 1, 1]), ("2025-01", "2025-02"))
IMPORT, LOAD = Flow.of("import_kw"), Flow.of("load_kw")


def bands(breaks: tuple[float, ...], slopes: tuple[float, ...], flow: Flow = IMPORT) -> Bands:
    return Bands("tiers", flow, MONTHS, breaks, slopes)


def amounts(*terms) -> list[float]:
    return [line.amount for line in evaluate(terms, READINGS).lines]


class TestFlow:
    def test_a_blend_is_linear(self):
        """2 (load - import) + import = 2 load - import; rules out a factor that reaches only the last part."""
        blend = (LOAD - IMPORT) * 2.0 + IMPORT
        assert blend.read(FLOWS).tolist() == [700.0, 500.0, 600.0, 750.0]
        assert blend.names == {"load_kw", "import_kw"}

    def test_missing_is_not_zero(self):
        """Rules out a bill that leaves out what nobody measured."""
        with pytest.raises(KeyError, match="export_kw"):
            Flow.of("import_kw", "export_kw").read(FLOWS)
        with pytest.raises(KeyError, match="import_kw"):
            IMPORT.read({})

    def test_no_flow_is_zero_in_every_step(self):
        assert Flow(()).read(FLOWS).tolist() == [0.0] * 4


class TestSum:
    def test_energy_times_price_by_group(self):
        """17.50 and 20.00 CNY. Power without the step length: 70 and 80; energy at the mean price: 15 and 21.88."""
        term = Sum("purchase", IMPORT, np.array([0.1, 0.2, 0.3, 0.4]), MONTHS, rule="list", member="works")
        first, second = evaluate([term], READINGS).lines
        assert (first.component, first.period, first.quantity_unit, first.rule, first.member) == (
            "purchase",
            "2025-01",
            "kWh",
            "list",
            "works",
        )
        assert (first.quantity, first.amount) == (100.0, pytest.approx(100 * 0.25 * 0.1 + 300 * 0.25 * 0.2))
        assert first.price == pytest.approx(17.5 / 100)
        assert (second.quantity, second.amount) == (62.5, pytest.approx(200 * 0.25 * 0.3 + 50 * 0.25 * 0.4))

    def test_energy_that_earns_is_negative(self):
        assert amounts(Sum("export", IMPORT, np.full(4, -0.5), MONTHS)) == [-50.0, -31.25]

    def test_a_group_without_energy_has_no_line(self):
        """Rules out lines of 0 kWh, and a mean price of nothing that is NaN."""
        night = {"import_kw": np.array([0.0, 0.0, 200.0, 50.0])}
        (line,) = evaluate([Sum("purchase", IMPORT, np.ones(4), MONTHS)], Readings(night, 0.25)).lines
        assert line.period == "2025-02"

    def test_what_costs_without_energy_has_a_line(self):
        """Import and export of the same energy at two prices: 0 kWh on balance, and yet money."""
        flows = {"net_kw": np.array([100.0, -100.0, 0.0, 0.0])}
        (line,) = evaluate(
            [Sum("net", Flow.of("net_kw"), np.array([1.0, 0.4, 1, 1]), MONTHS)], Readings(flows, 1.0)
        ).lines
        assert (line.quantity, line.price, line.amount) == (0.0, 0.0, 60.0)

    def test_a_line_names_the_record_of_its_group(self):
        group = Grouping(MONTHS.codes, MONTHS.labels, ("record a", "record b"))
        lines = evaluate([Sum("purchase", IMPORT, np.ones(4), group, rule="record a")], READINGS).lines
        assert [line.rule for line in lines] == ["record a", "record b"]


class TestPeak:
    def test_largest_flow_of_each_group(self):
        """The mean would give 200 and 125 kW, one peak for both groups 300 and 300, a peak in kWh 75 and 50."""
        lines = evaluate([Peak("demand", IMPORT, MONTHS, np.array([40.0, 30.0]), np.zeros(2))], READINGS).lines
        assert [(line.quantity, line.quantity_unit, line.amount) for line in lines] == [
            (300.0, "kW", 12_000.0),
            (200.0, "kW", 6_000.0),
        ]

    def test_a_peak_that_pays_is_refused(self):
        """A linear program would raise it without end, and settle another amount than it decided on."""
        with pytest.raises(
            ValueError, match=r"^Peak 'demand': expected prices of at least 0, for a peak that pays has no end$"
        ):
            Peak("demand", IMPORT, MONTHS, np.array([40.0, -1.0]), np.zeros(2))

    def test_what_was_incurred_is_a_floor(self):
        """Added instead of taken as a floor: 650 and 450. A floor for the wrong group: 350 and 200."""
        assert amounts(Peak("demand", IMPORT, MONTHS, np.ones(2), np.array([350.0, 250.0]))) == [350.0, 250.0]
        assert amounts(Peak("demand", IMPORT, MONTHS, np.ones(2), np.array([250.0, 150.0]))) == [300.0, 200.0]

    def test_feeding_in_all_month_is_no_demand(self):
        """Rules out a demand below zero, which would be paid back."""
        assert amounts(Peak("demand", IMPORT * -1.0, MONTHS, np.ones(2), np.zeros(2))) == []


class TestBands:
    @pytest.mark.parametrize(
        ("breaks", "slopes", "expected"),
        [
            ((), (0.5,), [50.0, 31.25]),
            (
                (80.0,),
                (0.5, 1.0),
                [80 * 0.5 + 20 * 1.0, 62.5 * 0.5],
            ),  # all at the last slope: 100; off by one band: 62.5
            ((50.0, 90.0), (0.1, 0.2, 0.4), [5 + 40 * 0.2 + 10 * 0.4, 5 + 12.5 * 0.2]),
            ((50.0,), (1.0, 0.5), [75.0, 56.25]),  # falling: settled all the same
            ((100.0,), (0.5, 9.0), [50.0, 31.25]),  # exactly at the break
        ],
    )
    def test_each_band_at_its_own_price(self, breaks, slopes, expected):
        assert amounts(bands(breaks, slopes)) == pytest.approx(expected, rel=1e-12)

    def test_the_first_price_holds_below_zero(self):
        """Load minus import is 300, 100 and 200, 350 kW; turned round, -100 and -137.5 kWh at 0.5. Clipped: 0."""
        assert amounts(bands((80.0,), (0.5, 1.0), IMPORT - LOAD)) == [-50.0, -68.75]

    def test_convex_is_rising(self):
        assert bands((1.0, 2.0), (0.1, 0.1, 0.2)).convex
        assert not bands((1.0,), (0.2, 0.1)).convex

    @pytest.mark.parametrize(("breaks", "slopes"), [((1.0,), (1.0,)), ((2.0, 1.0), (1, 2, 3)), ((1.0, 1.0), (1, 2, 3))])
    def test_breaks_that_do_not_ascend_are_refused(self, breaks, slopes):
        with pytest.raises(ValueError, match="expected ascending breaks and one slope more than breaks") as error:
            bands(breaks, slopes)
        assert str(error.value) == "Bands 'tiers': expected ascending breaks and one slope more than breaks"


class TestRatio:
    def share(self, sense: str, bound: float, numerator: Flow = IMPORT):
        (share,) = evaluate([Ratio("share", numerator, LOAD, sense, bound, rule="650")], READINGS).shares
        return share

    def test_energy_over_energy(self):
        """The mean of the steps' shares would agree here; a turned fraction gives 2.46."""
        assert self.share("at_least", 0.5).value == 162.5 / 400
        assert self.share("at_least", 0.5).rule == "650"

    def test_weighs_steps_by_their_energy(self):
        """100 of 100 and 0 of 300: 0.25. The mean of the shares: 0.5."""
        flows = {"a": np.array([100.0, 0.0]), "b": np.array([100.0, 300.0])}
        (share,) = evaluate([Ratio("s", Flow.of("a"), Flow.of("b"), "at_least", 0.3)], Readings(flows, 1.0)).shares
        assert (share.value, share.met) == (0.25, False)

    @pytest.mark.parametrize(
        ("sense", "bound", "met"),
        [("at_least", 0.4, True), ("at_least", 0.41, False), ("at_most", 0.4, False), ("at_most", 0.41, True)],
    )
    def test_met_in_its_own_sense(self, sense, bound, met):
        assert self.share(sense, bound).met is met

    def test_a_share_of_nothing_is_neither_met_nor_missed(self):
        (share,) = evaluate([Ratio("s", IMPORT, IMPORT - IMPORT, "at_least", 0.3)], READINGS).shares
        assert (share.value, share.met) == (None, None)

    def test_what_is_missed_is_a_line_of_its_own(self):
        """90 % of 400 kWh are 360, and 162.5 came: 197.5 kWh are missed. A share that is kept costs nothing."""
        missed = evaluate([Ratio("s", IMPORT, LOAD, "at_least", 0.9, penalty=2.0)], READINGS)
        assert [(line.component, line.quantity, line.amount) for line in missed.lines] == [("s", 197.5, 395.0)]
        assert evaluate([Ratio("s", IMPORT, LOAD, "at_most", 0.9)], READINGS).lines == ()


class TestSizeAndFixed:
    def test_a_size_is_priced_in_its_unit(self):
        (line,) = evaluate([Size("basic_charge", "grid.capacity_kva", 22.0, "2025-01")], READINGS).lines
        assert (line.period, line.quantity, line.quantity_unit, line.price, line.amount) == (
            "2025-01",
            1_000.0,
            "kVA",
            22.0,
            22_000.0,
        )
        (line,) = evaluate([Size("capital", "battery.energy_kwh", 70.0)], READINGS).lines
        assert (line.quantity_unit, line.amount) == ("kWh", 4_200.0)

    def test_an_unknown_size_is_not_free(self):
        with pytest.raises(KeyError, match=r"pv\.power_kw"):
            evaluate([Size("capital", "pv.power_kw", 1.0)], READINGS)

    def test_a_fixed_amount_is_one_line(self):
        (line,) = evaluate([Fixed("meter rent", 12.5, rule="contract")], READINGS).lines
        assert (line.quantity, line.price, line.amount, line.rule) == (1.0, 12.5, 12.5, "contract")


class TestChoice:
    CAPACITY = (Size("basic_charge", "grid.capacity_kva", 22.0),)
    DEMAND = (Peak("basic_charge", IMPORT, MONTHS, np.full(2, 35.0), np.zeros(2)),)
    BASIS = Choice("basis", {"capacity": CAPACITY, "demand": DEMAND})

    def test_the_cheaper_one_applies(self):
        """500 kW at 35 are 17,500, 1,000 kVA at 22 are 22,000. The dearer, the first or both would be 22,000 or 39,500."""
        found = evaluate([self.BASIS], READINGS)
        assert (found.amount, dict(found.elected)) == (17_500.0, {"basis": "demand"})

    def test_an_elected_one_applies_though_dearer(self):
        """Rules out a bill on another basis than the one that the park asked for."""
        asked = Readings(FLOWS, 0.25, READINGS.sizes, {"basis": "capacity", "something else": "x"})
        found = evaluate([self.BASIS], asked)
        assert (found.amount, dict(found.elected)) == (22_000.0, {"basis": "capacity"})

    def test_an_alternative_that_does_not_exist_is_refused(self):
        with pytest.raises(KeyError) as error:
            evaluate([self.BASIS], Readings(FLOWS, 0.25, READINGS.sizes, {"basis": "energy"}))
        assert error.value.args == ("choice 'basis' has no alternative 'energy'; it has ['capacity', 'demand']",)

    def test_a_choice_inside_an_alternative(self):
        """The inner choice is settled for its own sake: 10, so the outer takes it rather than 11."""
        inner = Choice("inner", {"x": (Fixed("x", 30.0),), "y": (Fixed("y", 10.0),)})
        outer = Choice("outer", {"a": (Fixed("a", 11.0),), "b": (inner,)})
        found = evaluate([outer], READINGS)
        assert (found.amount, dict(found.elected)) == (10.0, {"inner": "y", "outer": "b"})

    def test_choices_tell_what_they_read(self):
        """Rules out a bill from a file that lacks the column of the alternative not taken."""
        assert flows_read([self.BASIS]) == {"import_kw"}
        assert sizes_read([self.BASIS, Size("capital", "pv.power_kw", 1.0)]) == {"grid.capacity_kva", "pv.power_kw"}


def test_amount_is_the_sum_of_all_lines():
    terms = [Fixed("fee", 100.0), Sum("purchase", IMPORT, np.ones(4), MONTHS), TestChoice.BASIS]
    found = evaluate(terms, READINGS)
    assert found.amount == 100.0 + 162.5 + 17_500.0
    assert [line.component for line in found.lines] == ["fee", "purchase", "purchase", "basic_charge", "basic_charge"]


def test_groups_add_up_and_keep_their_peaks():
    group = Grouping(np.array([1, 0, 1]), ("a", "b", "never"))
    assert group.sums(np.array([1.0, 2.0, 4.0])).tolist() == [2.0, 5.0, 0.0]
    assert group.peaks(np.array([1.0, -2.0, 4.0])).tolist() == [0.0, 4.0, 0.0]
    assert Grouping.whole(3, "all").sums(np.ones(3)).tolist() == [3.0]
