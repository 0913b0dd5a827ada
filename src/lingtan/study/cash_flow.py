"""The cash-flow calculator: a project as plain data in, its statement and its ratios out.

First form: one loan at most, drawn in year 0; amounts are without VAT, and the investment stands in year 0, the end of its
construction. What is not computed is null, with a line under `notes` that says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any

from pydantic import Field, FiniteFloat, StrictInt

from lingtan.fact import Fact
from lingtan.finance import IncomeTax, Investment, Loan, Project, Repayment, appraise, check_project
from lingtan.finance.tax_rates import TaxAsked, TaxName, TaxYear, tax_years
from lingtan.findings import Finding, raise_errors
from lingtan.rulebook import (
    Place,
    Rulebook,
    citation_line,
    parse_records,
    shipped,
)
from lingtan.sheet import Sheet
from lingtan.wording import LANGUAGES, Words
from lingtan.wording.study import CASH_FLOW_NOTES

Money = FiniteFloat


class InvestmentCase(Fact):
    """One asset that is bought, renewed and kept in order."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    """Its name."""
    capex_cny: Money
    """What the first unit costs in year 0, without VAT [CNY]."""
    life_years: StrictInt
    """After how many years a unit is replaced [year]."""
    replacement_share: FiniteFloat = 1.0
    """What a later unit costs, as a share of the first [1]."""
    operation_share_per_year: FiniteFloat = 0.0
    """Fixed operation and maintenance as a share of the capital cost per year [1/year]."""
    operation_cny_per_year: Money = 0.0
    """Fixed operation and maintenance [CNY/year]."""


class TaxCase(Fact):
    """Income tax by the rulebook, or at a rate of one's own."""

    scheme: TaxName | None = None
    """Rate by the records: standard, western region or high-tech; after its last day the standard one."""
    rate: FiniteFloat | None = None
    """A rate of one's own in place of a scheme [1]."""
    holiday: bool = False
    """Whether the holiday of listed public infrastructure is taken: three years exempt, three at half the rate."""
    depreciation_years: StrictInt = 20
    """Years of straight-line depreciation [year]."""
    loss_years: StrictInt | None = 5
    """Years for which a loss may lower later profits; null where it never lapses [year]."""


class LoanCase(Fact):
    """What a bank lends."""

    share_of_capex: FiniteFloat
    """Part of the investment that is borrowed [1]."""
    rate: FiniteFloat
    """Interest per year on what is outstanding [1]."""
    term_years: StrictInt
    """Years from drawing to the last payment [year]."""
    repayment: Repayment = Repayment.EQUAL_PRINCIPAL
    """The same principal, or the same service, every year."""
    grace_years: StrictInt = 0
    """First years in which interest alone is paid [year]."""


class CashFlowCase(Fact):
    """A project: what is invested, and what a year of running the park costs with it and without it."""

    investments: Annotated[tuple[InvestmentCase, ...], Field(max_length=1000)]
    """The assets that the reference case does not have."""
    reference_cost_cny_per_year: Money
    """Running cost of the reference case, the park without the project, in year 1 [CNY/year]."""
    cost_cny_per_year: Money
    """Running cost with the project in year 1, without the operation of `investments` [CNY/year]."""
    horizon_years: StrictInt
    """Years of operation [year]."""
    discount_rate: FiniteFloat
    """Discount rate of yearly flows [1]."""
    first_year: Annotated[StrictInt, Field(ge=2000, le=2200)]
    """Calendar year of the first income, year 1: tax records are looked up by it."""
    construction_years: Annotated[FiniteFloat, Field(ge=0, le=20)] = 0.0
    """Time from the first payment to the start of operation; only the payback counts it [year]."""
    savings_escalation: FiniteFloat = 0.0
    """Growth of the savings per year, from year 2 on [1]."""
    operation_escalation: FiniteFloat = 0.0
    """Growth of operation per year, from year 2 on [1]."""
    residual_share: FiniteFloat = 0.05
    """Value of a unit at the end of its life, as a share of its cost [1]."""
    energy_kwh_per_year: FiniteFloat | None = None
    """Electricity that the levelized cost is spread over [kWh/year]; null where there is none."""
    tax: TaxCase | None = None
    """Income tax; null leaves figures after tax open."""
    loan: LoanCase | None = None
    """The loan; null leaves equity IRR and debt cover open."""
    place: Annotated[str, Field(min_length=1, max_length=200)] = "CN"
    """Where tax records are looked up: `CN`, `Sichuan`."""
    rules: Annotated[tuple[Mapping[str, Any], ...], Field(max_length=100)] = ()
    """Records that replace or join the shipped ones."""


def cash_flow_statement(case: CashFlowCase) -> Mapping[str, Any]:
    """Statement, ratios, reference and savings, records and notes. Raises `InputError` with all findings."""
    pack, findings = parse_records(case.rules, Sheet("standard input", case.model_dump()), ("rules",))
    raise_errors((*findings, *_tax_choice(case), *check_project(_project(case, _own_rates(case)))))
    taxed = _tax_years(case, shipped().overlay(pack, inline=True))
    project = _project(case, [each.rate for each in taxed])
    worth = appraise(project)
    records = {record.id: record for each in taxed for record in each.records}
    return {
        "reference": {"cost_cny_per_year": case.reference_cost_cny_per_year},
        "savings": {
            "cost_cny_per_year": project.savings_cny_per_year - project.operation_cny_per_year,
            "running_cny_per_year": project.savings_cny_per_year,
        },
        "statement": list(worth.cash_flow.rows()),
        "finance": worth.as_summary(),
        "discounted_payback_years": worth.discounted_payback_years,
        "payback_with_construction_years": (
            None if worth.payback_years is None else case.construction_years + worth.payback_years
        ),
        "tax_years": [each.as_json() for each in taxed],
        "rules": [citation_line(record)._asdict() for record in records.values()],
        "notes": [each._asdict() for each in _notes(case, taxed)],
    }


def _project(case: CashFlowCase, rates: Sequence[float]) -> Project:
    """The project, its tax at the rates of the years of operation; without rates it is there to be checked only."""
    tax = None
    if case.tax is not None:
        last = rates[-1] if rates else 0.0
        tax = IncomeTax(last, case.tax.depreciation_years, case.tax.loss_years, first_rates=tuple(rates))
    return Project(
        investments=tuple(Investment(**each.model_dump()) for each in case.investments),
        savings_cny_per_year=case.reference_cost_cny_per_year - case.cost_cny_per_year,
        horizon_years=case.horizon_years,
        discount_rate=case.discount_rate,
        savings_escalation=case.savings_escalation,
        operation_escalation=case.operation_escalation,
        residual_share=case.residual_share,
        energy_kwh_per_year=case.energy_kwh_per_year,
        tax=tax,
        loan=None if case.loan is None else Loan(**case.loan.model_dump()),
    )


def _tax_choice(case: CashFlowCase) -> Iterator[Finding]:
    if case.tax is not None and (case.tax.scheme is None) == (case.tax.rate is None):
        yield Finding("finance.scheme-or-rate", "tax")


def _own_rates(case: CashFlowCase) -> list[float]:
    return [] if case.tax is None or case.tax.rate is None else [case.tax.rate]


def _tax_years(case: CashFlowCase, book: Rulebook) -> list[TaxYear]:
    """The rate of each year; none untaxed."""
    if case.tax is None:
        return []
    asked = TaxAsked(case.tax.scheme, case.tax.rate, case.tax.holiday)
    return tax_years(book, Place.parse(case.place), asked, case.first_year, case.horizon_years)


def _notes(case: CashFlowCase, taxed: Sequence[TaxYear]) -> Iterator[Words]:
    """What the figures leave out or rest on."""
    if case.loan is None:
        yield CASH_FLOW_NOTES["no_loan"]
    yield from (CASH_FLOW_NOTES[key] for key in ("no_vat", "year_0"))
    if case.tax is None:
        yield CASH_FLOW_NOTES["no_tax"]
        return
    schemes = [(each.calendar_year, each.record.scheme) for each in taxed if each.record is not None]
    lapsed = [year for year, scheme in schemes if scheme == "standard"]
    if case.tax.scheme == "western" and lapsed:
        words = CASH_FLOW_NOTES["lapsed"]
        yield Words(*(words.in_language(lang, year=str(lapsed[0])) for lang in LANGUAGES))
    if any(not record.verified for year in taxed for record in year.records):
        yield CASH_FLOW_NOTES["unverified_tax"]
