"""What numpy-financial and pyxirr, programs of different authors, make of the flows of money in the golden cases."""

from __future__ import annotations

import math

import numpy_financial  # type: ignore[import-not-found]  # installed in .venv-oracle only
import pyxirr  # type: ignore[import-not-found]

from tests.golden.cases import DATED_FLOWS_CNY, FLOWS_CNY, LOANS, RATES

AGREE = 1e-9
"""The peers must agree to this, relative to what is at stake, before a figure becomes golden."""


def flow_answers(name: str) -> dict[str, object]:
    """Net present values at `RATES` (year 0 is not discounted), and every internal rate of return that a peer found."""
    flow = FLOWS_CNY[name]
    stake = sum(abs(amount) for amount in flow)
    values = {}
    for rate in RATES:
        values[f"{rate}"] = agreed(
            f"{name}, NPV at {rate}", numpy_financial.npv(rate, flow), pyxirr.npv(rate, flow), stake
        )
    found = [numpy_financial.irr(flow), pyxirr.irr(flow)]
    return {"npv_cny": values, "irr": distinct([float(rate) for rate in found if rate is not None])}


def dated_answers(name: str) -> dict[str, object]:
    """Rate and present value at 8 % of dated flows, by actual days over 365; of pyxirr alone."""
    days, amounts = zip(*DATED_FLOWS_CNY[name], strict=True)
    return {"xnpv_cny": {"0.08": float(pyxirr.xnpv(0.08, days, amounts))}, "xirr": float(pyxirr.xirr(days, amounts))}


def loan_answers(name: str) -> dict[str, object]:
    """The level installment at each period's end, and the interest of the first, second and last period."""
    loan = LOANS[name]
    rate, periods, principal = loan["rate"], int(loan["periods"]), loan["principal_cny"]
    level = agreed(
        f"{name}, installment",
        -numpy_financial.pmt(rate, periods, principal),
        -pyxirr.pmt(rate, periods, principal),
        principal,
    )
    interest = {}
    for period in (1, 2, periods):
        ours = -numpy_financial.ipmt(rate, period, periods, principal)
        other = -pyxirr.ipmt(rate, period, periods, principal)
        interest[str(period)] = agreed(f"{name}, interest of period {period}", ours, other, principal)
    return {"installment_cny": level, "interest_cny": interest}


def agreed(what: str, first: float, second: float, stake: float) -> float:
    """The figure that both peers give."""
    if abs(first - second) > AGREE * stake:
        raise SystemExit(f"{what}: numpy-financial says {first}, pyxirr {second}.")
    return float(first)


def distinct(rates: list[float]) -> list[float]:
    """Ascending, without NaN, rates that agree to `AGREE` once."""
    kept: list[float] = []
    for rate in sorted(rate for rate in rates if math.isfinite(rate)):
        if not kept or rate - kept[-1] > AGREE:
            kept.append(rate)
    return kept
