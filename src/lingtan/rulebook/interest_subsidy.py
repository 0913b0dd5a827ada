"""Interest subsidies (贴息): points off the interest of a loan, for some years, up to some principal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import ArrayLike
from pydantic import Field

from lingtan.fact import Bilingual, Fact
from lingtan.findings import Finding, InputError, say_number
from lingtan.rulebook.record import Array, Digits, Mismatch, Record, digits_differ
from lingtan.units import MoneyCny, Quantity, Years
from lingtan.wording import Words
from lingtan.wording.rulebook import RULEBOOK_WORDS

Points = Annotated[float, Quantity("1/year", gt=0)]
Principal = Annotated[float, Quantity("CNY", gt=0)]


class SubsidyExample(Fact):
    """A loan by year, and what is paid for it."""

    outstanding: Annotated[tuple[MoneyCny, ...], Field(min_length=1)]
    """Mean outstanding principal of each year from the first on [CNY]."""
    subsidy: MoneyCny
    """Subsidy over all years [CNY]."""
    digits: Digits = 2
    """Digits of the subsidy that are meant."""


class InterestSubsidy(Record):
    """One scheme; its validity is the window in which a loan must be granted."""

    title: ClassVar[Words] = RULEBOOK_WORDS["kind.interest_subsidy"]

    kind: Literal["interest_subsidy"]
    scheme: Bilingual
    """What it is called."""
    points: Points
    """Share of the outstanding principal that is paid each year, such as `1.5 %/year` [1/year]."""
    years: Years
    """Years from the grant for which it is paid at most [year]."""
    cap: Principal | None = None
    """Principal beyond which nothing more is paid; none where no document seen names one [CNY]."""
    exclusive: bool
    """Whether a loan that takes it may take no other subsidy of the same purse."""
    purse: Literal["central", "local"] = "central"
    """Who pays."""
    examples: tuple[SubsidyExample, ...] = ()
    """Loans with their subsidy."""

    def mismatches(self) -> Iterator[Mismatch]:
        """The loans that the scheme subsidizes otherwise."""
        for number, example in enumerate(self.examples):
            got = float(subsidy_of(self, example.outstanding).sum())
            if digits_differ(example.subsidy, got, example.digits):
                yield Mismatch(number, "subsidy", f"{say_number(example.subsidy)} CNY", f"{say_number(got)} CNY")


def subsidy_of(scheme: InterestSubsidy, outstanding_cny: ArrayLike) -> Array:
    """Subsidy of each year [CNY], (Y,), on the mean outstanding principal of each year from the grant on, (Y,).

    A term such as 1.5 years pays half of the second year. Raises `InputError` (`rulebook.negative-principal`).
    """
    principal = np.asarray(outstanding_cny, np.float64)
    if (principal < 0).any():
        raise InputError([Finding("rulebook.negative-principal", scheme.id, "≥ 0 CNY", say_number(principal.min()))])
    counted = principal if scheme.cap is None else np.minimum(principal, scheme.cap)
    inside_term = np.clip(scheme.years - np.arange(principal.size), 0.0, 1.0)
    return np.asarray(counted * inside_term * scheme.points)


def check_subsidies(taken: Sequence[InterestSubsidy]) -> list[Finding]:
    """A finding when one loan takes several subsidies of a purse of which one excludes the others."""
    found = []
    for purse in dict.fromkeys(scheme.purse for scheme in taken):
        rivals = [scheme for scheme in taken if scheme.purse == purse]
        if len(rivals) > 1 and any(scheme.exclusive for scheme in rivals):
            got = ", ".join(scheme.id for scheme in rivals)
            found.append(Finding("rulebook.subsidies-exclude-each-other", "loan", got=got))
    return found
