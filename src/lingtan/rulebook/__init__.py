"""What the rules say: dated, sourced records with worked examples, and packs that overlay them.

Nothing that a regulator can change is a constant in code. A record has a head (`record`: place, customer, validity,
document, source, confidence, examples) and a rule; each kind of rule is a module with its pure functions:

| kind | module | says |
|---|---|---|
| `retail_price` | `retail_price` | parts of the energy price, which of them float, the basic charge |
| `time_of_use` | `time_of_use` | peak, flat and valley hours |
| `emission_factor` | `emission_factor` | tonnes per kilowatt-hour, in one of four views |
| `energy_conversion` | `energy_conversion` | electricity as standard coal, in one of two modes |
| `core_indicator` | `core_indicator` | thresholds by size of park |
| `calendar` | `calendar` | holidays and make-up workdays of a year |
| `assumption` | `assumption` | a record used beyond its validity, because someone asked for it and said why |

Records are read in `read`, judged in `parse` (`variants` lets one raw record stand for several) and found by `book`:

    book, findings = read_rulebook(["prices/"])
    found = book.find(RetailPrice, grid, place=Place("CN", "Sichuan", "Yibin"), customer=customer)
    flat_cny_per_kwh = found.spread(lambda price: prices_by_period(price)[Period.FLAT])
    citations([found])

A record whose example fails does not load. A day that no record covers is a finding, not a guess.
"""

from __future__ import annotations

from lingtan.rulebook.assumption import Assumption, SeasonMonths, SeasonWeights
from lingtan.rulebook.book import Rulebook
from lingtan.rulebook.calendar import Calendar, DayType, day_types
from lingtan.rulebook.citation import citation, citation_line, citations
from lingtan.rulebook.core_indicator import CoreIndicator, threshold_t_per_tce
from lingtan.rulebook.emission_factor import EmissionFactor, emissions_t
from lingtan.rulebook.energy_conversion import EnergyConversion, energy_tce
from lingtan.rulebook.found import Found, Use
from lingtan.rulebook.parse import Pack, parse_records
from lingtan.rulebook.place import Customer, Place
from lingtan.rulebook.read import read_pack, read_rulebook, shipped
from lingtan.rulebook.record import Confidence, Record
from lingtan.rulebook.retail_price import (
    PriceComponent,
    RetailPrice,
    check_periods,
    price_by_step_cny_per_kwh,
    prices_by_period,
    unit_price_cny_per_kwh,
)
from lingtan.rulebook.time_of_use import Codes, Period, TimeOfUse, check_hours, period_of
from lingtan.rulebook.working_days import KindsOfDay, classify_days, derived_calendar

__all__ = [
    "Assumption",
    "Calendar",
    "Codes",
    "Confidence",
    "CoreIndicator",
    "Customer",
    "DayType",
    "EmissionFactor",
    "EnergyConversion",
    "Found",
    "KindsOfDay",
    "Pack",
    "Period",
    "Place",
    "PriceComponent",
    "Record",
    "RetailPrice",
    "Rulebook",
    "SeasonMonths",
    "SeasonWeights",
    "TimeOfUse",
    "Use",
    "check_hours",
    "check_periods",
    "citation",
    "citation_line",
    "citations",
    "classify_days",
    "day_types",
    "derived_calendar",
    "emissions_t",
    "energy_tce",
    "parse_records",
    "period_of",
    "price_by_step_cny_per_kwh",
    "prices_by_period",
    "read_pack",
    "read_rulebook",
    "shipped",
    "threshold_t_per_tce",
    "unit_price_cny_per_kwh",
]
