"""What the rules say: dated, sourced records with worked examples, and packs that overlay them.

Nothing that a regulator can change is a constant in code. A record has a head (`record`: place, customer, validity,
document, source, confidence, examples) and a rule; each kind of rule is a module with its pure functions:

| kind | says |
|---|---|
| `retail_price` | parts of the energy price, which of them float, the basic charge |
| `time_of_use` | peak, flat and valley hours; special hours of hot days and holidays (`special_hours`) |
| `power_factor_adjustment`, `load_factor_discount` | what a bad power factor costs, what a good load factor saves |
| `contracted_demand` | what a basic charge by an agreed demand bills, for how long a choice binds |
| `direct_supply_charge`, `supply_shares` | what the network costs a direct supply, which shares it must keep |
| `emission_factor` | tonnes per kilowatt-hour, in one of four views |
| `fuel_factor`, `process_factor` | tonnes per fuel burnt, per product made |
| `energy_conversion`, `coal_equivalent` | electricity, fuels and heat as standard coal |
| `core_indicator`, `guiding_indicator` | thresholds of a zero-carbon park |
| `zero_carbon_factory` | grades of an enterprise, its physically identified share |
| `price_observation` | certificates and allowances: what was paid, when |
| `income_tax`, `interest_subsidy` | rates and holidays of income tax; points off the interest of a loan |
| `calendar`, `hydro_seasons` | holidays and make-up workdays of a year; dry and wet months |
| `full_load_hours`, `legacy_factor` | no rules, but what claims are held against |
| `assumption` | a record used beyond its validity, because someone asked for it and said why |

Each kind is a module of its name. Records are read in `read`, judged in `parse` (`variants` lets one raw record stand for
several) and found by `book`:

    book, findings = read_rulebook(["prices/"])
    found = book.find(RetailPrice, grid, place=Place("CN", "Sichuan", "Yibin"), customer=customer)
    flat_cny_per_kwh = found.spread(lambda price: prices_by_period(price)[Period.FLAT])
    citations([found])

A record whose example fails does not load. A day that no record covers is a finding, not a guess.
"""

from __future__ import annotations

from lingtan.place import Place
from lingtan.rulebook.assumption import Assumption, SeasonWeights
from lingtan.rulebook.book import NO_RECORD, Rulebook
from lingtan.rulebook.calendar import Calendar, day_types, holiday_names
from lingtan.rulebook.citation import citation, citation_line, citations
from lingtan.rulebook.coal_equivalent import GJ_PER_TCE, CoalEquivalent, coal_tce
from lingtan.rulebook.contracted_demand import ContractedDemand, billed_demand_kw, least_agreed_kw
from lingtan.rulebook.core_indicator import CoreIndicator, threshold_t_per_tce
from lingtan.rulebook.direct_supply_charge import (
    DirectSupplyCharge,
    NetworkFee,
    load_rate_of,
    monthly_fee,
)
from lingtan.rulebook.emission_factor import EmissionFactor, emissions_t
from lingtan.rulebook.energy_conversion import EnergyConversion, energy_tce
from lingtan.rulebook.found import Found, Use
from lingtan.rulebook.fuel_factor import FuelFactor, fuel_emissions_t, fuel_tce
from lingtan.rulebook.full_load_hours import FullLoadHours
from lingtan.rulebook.guiding_indicator import GuidingIndicator, meets_indicator
from lingtan.rulebook.hydro_seasons import HydroSeasons, SeasonMonths
from lingtan.rulebook.income_tax import CorporateIncomeTax, paid_share_of_rate
from lingtan.rulebook.interest_subsidy import InterestSubsidy, check_subsidies, subsidy_of
from lingtan.rulebook.kinds import KINDS, kind_name
from lingtan.rulebook.legacy_factor import LegacyFactor
from lingtan.rulebook.load_factor_discount import LoadFactorDiscount, paid_share_of_demand
from lingtan.rulebook.parse import Pack, parse_records
from lingtan.rulebook.place import Customer, Fit
from lingtan.rulebook.plain import as_data
from lingtan.rulebook.power_factor_adjustment import PowerFactorAdjustment, adjustment_of
from lingtan.rulebook.price_observation import PriceObservation, latest
from lingtan.rulebook.process_factor import ProcessFactor, process_emissions_t
from lingtan.rulebook.read import check_stale, read_pack, read_rulebook, shipped
from lingtan.rulebook.record import Confidence, Record, both_of, text_of
from lingtan.rulebook.retail_price import (
    PriceComponent,
    RetailPrice,
    check_periods,
    price_by_step_cny_per_kwh,
    prices_by_period,
    unit_price_cny_per_kwh,
)
from lingtan.rulebook.special_hours import DailyMaxima
from lingtan.rulebook.supply_shares import DirectSupplyYear, ShareVerdict, SupplyShares, share_verdicts
from lingtan.rulebook.time_of_use import Codes, Period, TimeOfUse, check_hours, period_of
from lingtan.rulebook.working_days import KindsOfDay, classify_days, derived_calendar
from lingtan.rulebook.zero_carbon_factory import ZeroCarbonFactory, factory_grade, physical_clause

__all__ = [
    "GJ_PER_TCE",
    "KINDS",
    "NO_RECORD",
    "Assumption",
    "Calendar",
    "CoalEquivalent",
    "Codes",
    "Confidence",
    "ContractedDemand",
    "CoreIndicator",
    "CorporateIncomeTax",
    "Customer",
    "DailyMaxima",
    "DirectSupplyCharge",
    "DirectSupplyYear",
    "EmissionFactor",
    "EnergyConversion",
    "Fit",
    "Found",
    "FuelFactor",
    "FullLoadHours",
    "GuidingIndicator",
    "HydroSeasons",
    "InterestSubsidy",
    "KindsOfDay",
    "LegacyFactor",
    "LoadFactorDiscount",
    "NetworkFee",
    "Pack",
    "Period",
    "Place",
    "PowerFactorAdjustment",
    "PriceComponent",
    "PriceObservation",
    "ProcessFactor",
    "Record",
    "RetailPrice",
    "Rulebook",
    "SeasonMonths",
    "SeasonWeights",
    "ShareVerdict",
    "SupplyShares",
    "TimeOfUse",
    "Use",
    "ZeroCarbonFactory",
    "adjustment_of",
    "as_data",
    "billed_demand_kw",
    "both_of",
    "check_hours",
    "check_periods",
    "check_stale",
    "check_subsidies",
    "citation",
    "citation_line",
    "citations",
    "classify_days",
    "coal_tce",
    "day_types",
    "derived_calendar",
    "emissions_t",
    "energy_tce",
    "factory_grade",
    "fuel_emissions_t",
    "fuel_tce",
    "holiday_names",
    "kind_name",
    "latest",
    "least_agreed_kw",
    "load_rate_of",
    "meets_indicator",
    "monthly_fee",
    "paid_share_of_demand",
    "paid_share_of_rate",
    "parse_records",
    "period_of",
    "physical_clause",
    "price_by_step_cny_per_kwh",
    "prices_by_period",
    "process_emissions_t",
    "read_pack",
    "read_rulebook",
    "share_verdicts",
    "shipped",
    "subsidy_of",
    "text_of",
    "threshold_t_per_tce",
    "unit_price_cny_per_kwh",
]
