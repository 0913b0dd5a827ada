"""The closed set of record kinds, by the name that a record's `kind` carries."""

from __future__ import annotations

from types import MappingProxyType

from lingtan.rulebook.assumption import Assumption
from lingtan.rulebook.calendar import Calendar
from lingtan.rulebook.coal_equivalent import CoalEquivalent
from lingtan.rulebook.contracted_demand import ContractedDemand
from lingtan.rulebook.core_indicator import CoreIndicator
from lingtan.rulebook.direct_supply_charge import DirectSupplyCharge
from lingtan.rulebook.emission_factor import EmissionFactor
from lingtan.rulebook.energy_conversion import EnergyConversion
from lingtan.rulebook.fuel_factor import FuelFactor
from lingtan.rulebook.full_load_hours import FullLoadHours
from lingtan.rulebook.guiding_indicator import GuidingIndicator
from lingtan.rulebook.hydro_seasons import HydroSeasons
from lingtan.rulebook.income_tax import CorporateIncomeTax
from lingtan.rulebook.interest_subsidy import InterestSubsidy
from lingtan.rulebook.legacy_factor import LegacyFactor
from lingtan.rulebook.load_factor_discount import LoadFactorDiscount
from lingtan.rulebook.power_factor_adjustment import PowerFactorAdjustment
from lingtan.rulebook.price_observation import PriceObservation
from lingtan.rulebook.process_factor import ProcessFactor
from lingtan.rulebook.record import Record
from lingtan.rulebook.retail_price import RetailPrice
from lingtan.rulebook.supply_shares import SupplyShares
from lingtan.rulebook.time_of_use import TimeOfUse
from lingtan.rulebook.zero_carbon_factory import ZeroCarbonFactory

KINDS: MappingProxyType[str, type[Record] | type[Assumption]] = MappingProxyType(
    {
        "assumption": Assumption,
        "calendar": Calendar,
        "coal_equivalent": CoalEquivalent,
        "contracted_demand": ContractedDemand,
        "core_indicator": CoreIndicator,
        "direct_supply_charge": DirectSupplyCharge,
        "emission_factor": EmissionFactor,
        "energy_conversion": EnergyConversion,
        "fuel_factor": FuelFactor,
        "full_load_hours": FullLoadHours,
        "guiding_indicator": GuidingIndicator,
        "hydro_seasons": HydroSeasons,
        "income_tax": CorporateIncomeTax,
        "interest_subsidy": InterestSubsidy,
        "legacy_factor": LegacyFactor,
        "load_factor_discount": LoadFactorDiscount,
        "power_factor_adjustment": PowerFactorAdjustment,
        "price_observation": PriceObservation,
        "process_factor": ProcessFactor,
        "retail_price": RetailPrice,
        "supply_shares": SupplyShares,
        "time_of_use": TimeOfUse,
        "zero_carbon_factory": ZeroCarbonFactory,
    }
)


def kind_name(model: type[Record]) -> str:
    """The name of a kind's model, such as `retail_price`."""
    return next(name for name, known in KINDS.items() if known is model)
