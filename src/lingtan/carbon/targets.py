"""The targets of a park as terms: a carbon cap, the core indicator, green shares of the year and of each step.

Tonnes and standard coal are blends of the flows that the plan decides. So that a row of the program is of a usual size, they are
written in kilowatt-hours of unbacked electricity, each of which emits the national fossil factor. What flows cannot change (stated
activities, green purchases) moves the bound.
"""

from __future__ import annotations

from dataclasses import dataclass

from lingtan.carbon.activities import activity_lines
from lingtan.carbon.activity_rules import activity_rules, find_green_factor
from lingtan.carbon.annex4 import Annex4Rules, annex4_rules, is_direct_non_fossil
from lingtan.carbon.flow_activities import activity_of, counted, counted_flows
from lingtan.carbon.lines import emissions_of, energy_of_lines
from lingtan.clock import TimeGrid
from lingtan.flow import Flow
from lingtan.grouping import Grouping
from lingtan.park import Activity, Park, flow_names
from lingtan.rulebook import Rulebook
from lingtan.terms import MISSED_CNY_PER_KWH, Bands, Ratio, Term

CAP, INDICATOR = "target.carbon_cap", "target.indicator"
YEARLY, HOURLY = "target.yearly_green_share", "target.hourly_green_share"


@dataclass(frozen=True)
class Footprint:
    """Tonnes and standard coal of a period: what a unit of each flow comes to, and what no flow changes [t, tce]."""

    tonnes: Flow
    coal: Flow
    fixed_t: float
    fixed_tce: float


def target_terms(park: Park, rulebook: Rulebook, grid: TimeGrid) -> tuple[Term, ...]:
    """The targets of a park as bounds of its plan, each missed at a price; empty for a park without.

    Raises `InputError` where a record is missing.
    """
    return (*_carbon_terms(park, rulebook, grid), *green_terms(park))


def _carbon_terms(park: Park, rulebook: Rulebook, grid: TimeGrid) -> tuple[Term, ...]:
    targets = park.targets
    if targets.carbon_cap is None and targets.indicator is None:
        return ()
    rules = annex4_rules(park, rulebook, grid)
    seen = footprint(park, rulebook, rules, grid)
    whole, terms = Grouping.whole(grid.steps, str(grid.year[0])), []
    if targets.carbon_cap is not None:
        terms.append((CAP, seen.tonnes, targets.carbon_cap * grid.share_of_year - seen.fixed_t))
    if targets.indicator is not None:
        above = seen.tonnes - seen.coal * targets.indicator
        terms.append((INDICATOR, above, targets.indicator * seen.fixed_tce - seen.fixed_t))
    return tuple(_bounded(name, flow, room_t, rules, whole) for name, flow, room_t in terms)


def cap_term(seen: Footprint, rules: Annex4Rules, grid: TimeGrid, cap_t: float) -> Bands:
    """A carbon cap on what a footprint comes to over a grid [t]."""
    whole = Grouping.whole(grid.steps, str(grid.year[0]))
    return _bounded(CAP, seen.tonnes, cap_t - seen.fixed_t, rules, whole)


def _bounded(name: str, tonnes: Flow, room_t: float, rules: Annex4Rules, whole: Grouping) -> Bands:
    """Tonnes that stay within a room, or cost [t]."""
    factor = rules.unbacked.factor
    slopes = (0.0, MISSED_CNY_PER_KWH)
    blend, most = tonnes * (1.0 / factor), (room_t / factor,)
    return Bands(name, blend, whole, most, slopes, told_unit="t", kwh_per_told=1.0 / factor, rule=rules.indicator.id)


def footprint(park: Park, rulebook: Rulebook, rules: Annex4Rules, grid: TimeGrid) -> Footprint:
    """The footprint of a park in the park view, per unit of its flows [t per kWh, m3, kg or t], for the part of a year of the grid.

    Electricity sent out of direct lines counts nothing, and takes its energy along. Stated activities and green purchases count
    by the part of the year.
    """
    bought = Flow.of(*flow_names(park)["import_kw"])
    sent = Flow.of(*flow_names(park)["export_kw"])
    fossil = Flow.of(*(f"{name}.generation_kw" for name, each in park.generators() if not is_direct_non_fossil(each)))
    direct = Flow.of(*(f"{name}.generation_kw" for name, each in park.generators() if is_direct_non_fossil(each)))
    tonnes = (bought + fossil) * rules.unbacked.factor + direct * rules.direct.factor
    coal = (bought + fossil + direct - sent) * rules.conversion.coal
    for name, each in counted(park):
        activity = activity_of(each, 1.0, park.carrier_at()[each.bus])
        if activity is None:
            continue
        emitted, used = _of_activities((activity,), park, rulebook)
        flow = Flow.of(*counted_flows(name, park))
        tonnes, coal = tonnes + flow * emitted, coal + flow * used
    part = grid.share_of_year
    fixed_t, fixed_tce = _of_activities(park.activities, park, rulebook)
    covered_kwh = sum(purchase.energy_kwh for purchase in park.green_purchases)
    if covered_kwh > 0:
        green = find_green_factor(rulebook, park.site.place, park.period.year).one()
        fixed_t -= covered_kwh * (rules.unbacked.factor - green.factor)
    return Footprint(tonnes, coal, fixed_t * part, fixed_tce * part)


def _of_activities(activities: tuple[Activity, ...], park: Park, rulebook: Rulebook) -> tuple[float, float]:
    """Tonnes and standard coal of some activities [t, tce]."""
    lines = activity_lines(activities, activity_rules(activities, rulebook, park.site.place, park.period.year))
    return emissions_of(lines), energy_of_lines(lines)


def green_terms(park: Park) -> tuple[Ratio, ...]:
    """Least shares of the electricity used that is directly supplied without fossil fuel.

    Over a year what is fed in counts as well. Step by step only what stays counts: all that the grid and fossil plants bring in a
    step is unmatched, whatever was fed in before, so the park's own stores are the only way to carry green power on.
    """
    names = flow_names(park)
    green = Flow.of(*(f"{name}.generation_kw" for name, each in park.generators() if is_direct_non_fossil(each)))
    others = [f"{name}.generation_kw" for name, each in park.generators() if not is_direct_non_fossil(each)]
    used = Flow.of(*names["load_kw"]) - Flow.of(*names["shortfall_kw"])
    unmatched = Flow.of(*names["import_kw"], *others, *(f"{name}.generation_kw" for name in park.makers()))
    asked = park.targets
    terms = []
    if asked.yearly_green_share is not None:
        terms.append(Ratio(YEARLY, green, used, "at_least", asked.yearly_green_share))
    if asked.hourly_green_share is not None:
        terms.append(Ratio(HOURLY, used - unmatched, used, "at_least", asked.hourly_green_share))
    return tuple(terms)
