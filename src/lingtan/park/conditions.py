"""How the park buys, what money costs it, how its carbon is counted, and what it is compared with."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from lingtan.fact import Bilingual, Fact, Id, Prose
from lingtan.findings import Finding, InputError
from lingtan.park.assets.costs import Share
from lingtan.units import Quantity

Basis = Literal["choice", "capacity", "demand", "contracted"]
"""What a basic charge goes by."""
THEN = "+"
"""Between the bases of a sequence: `capacity+demand+demand+capacity`, from January on."""


class Customer(Fact):
    """Which price list applies."""

    category: Literal["two_part", "single_part"] = "two_part"
    """Two-part industrial price (energy and basic charge) or single-part price."""
    voltage: Annotated[float, Quantity("kV", gt=0)] = 10.0
    """Supply voltage [kV]."""
    purchase: Literal["grid_proxy", "market", "left_market"] = "grid_proxy"
    """Bought by the grid company on the park's behalf, directly in the market, or after leaving the market."""


class Tariff(Fact):
    """The records that price grid energy, and the basis of the basic charge."""

    price: Prose | None = None
    """Id of a retail price record; none looks one up by place, day and customer."""
    hours: Prose | None = None
    """Id of a time-of-use record; none looks one up by place and day."""
    basis: Basis = "choice"
    """Basic charge by transformer capacity, measured demand, contracted demand, or by whichever is cheaper over the period."""
    switch_basis: bool = False
    """Whether a choice may take another basis as often as the rule lets (each quarter); else one holds all year."""


class DirectSupply(Fact):
    """Generation and lines of the park's own behind its access to the public grid (绿电直连)."""

    charge: Literal["access", "full_backup", "choice"] = "choice"
    """Network charge by access capacity, by all energy used (full backup), or by whichever is cheaper."""
    charge_record: Prose | None = None
    """Id of the network charge record; none looks one up by place and day."""
    load_rate: Annotated[float, Quantity("1", gt=0, le=1)] | None = None
    """Average load rate of large customers [1]; needed where the record does not know it."""
    shares: Literal["report", "keep"] = "report"
    """Whether the rule's shares are reported, or kept by the optimizer (their price is then shown)."""
    shares_record: Prose | None = None
    """Id of the record with the shares; none looks one up by place, day and number of members."""
    spot_continuous: bool = False
    """Whether the spot market of the place runs continuously: some rules allow export only then."""


class BankLoan(Fact):
    """What a bank lends towards the investment; the owners pay the rest."""

    share: Annotated[float, Quantity("1", gt=0, le=1)]
    """Part of the investment that is borrowed [1]."""
    rate: Annotated[float, Quantity("1", ge=0, lt=1)]
    """Interest per year on what is outstanding [1]."""
    term: Annotated[int, Field(ge=1, le=50)]
    """Years from drawing to the last payment [year]."""
    repayment: Literal["equal_principal", "annuity"] = "equal_principal"
    """The same principal every year (等额本金), or the same service every year (等额本息)."""
    grace: Annotated[int, Field(ge=0, le=20)] = 0
    """First years in which interest alone is paid [year]."""


class TaxTreatment(Fact):
    """Income tax by the records of the rulebook; whether the project is eligible must be confirmed."""

    scheme: Literal["standard", "western", "high_tech"]
    """Whose rate: the statutory one, that of encouraged industries in the western region, or that of high-tech enterprises."""
    holiday: bool = False
    """Whether listed public infrastructure is exempt for three years and pays half for three (三免三减半)."""


class Finance(Fact):
    """Assumptions of the appraisal."""

    discount_rate: Annotated[float, Quantity("1", ge=0, lt=1)]
    """Discount rate of yearly flows [1]."""
    horizon: Annotated[int, Field(ge=1, le=50)] = 25
    """Years of operation [year]."""
    income_tax_rate: Share | None = None
    """Corporate income tax rate of your own [1]; without it and `tax`, figures after tax stay open."""
    tax: TaxTreatment | None = None
    """Income tax by the records, in place of a rate of your own."""
    depreciation: Annotated[int, Field(ge=1, le=50)] = 20
    """Years of straight-line depreciation [year]."""
    loss_years: Annotated[int, Field(ge=1, le=50)] | None = 5
    """Years for which a loss may lower later profits; none where it never lapses [year]."""
    residual: Share = 0.05
    """Residual value at the end of depreciation, as a share of capital cost [1]."""
    savings_growth: Annotated[float, Field(gt=-0.5, lt=0.5)] = 0.0
    """Yearly growth of savings, from the second year [1]."""
    loan: BankLoan | None = None
    """The loan; none leaves equity IRR and debt cover open."""

    @model_validator(mode="after")
    def _one_tax(self) -> Self:
        if self.tax is not None and self.income_tax_rate is not None:
            raise InputError([Finding("park.two-taxes", ".tax", got="tax, income_tax_rate")])
        return self


class Carbon(Fact):
    """What is counted and how electricity becomes standard coal."""

    boundary: Bilingual
    """What lies inside the boundary."""
    conversion: Literal["equal_value", "calorific"] = "equal_value"
    """Electricity to standard coal at the generating rate (等价值) or at its heat content (当量值)."""


class Reference(Fact):
    """The park as it would be without the project; savings are differences against it."""

    without: tuple[Id, ...]
    """Assets that the reference case does not have."""
