"""Propose and certify: ask the solvers in turn until an answer passes our own certificate."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from lingtan.frozen import DeepFrozen
from lingtan.optimize.certificate import Certificate, certify
from lingtan.optimize.program import Array, Model
from lingtan.optimize.solvers import highs, piqp
from lingtan.optimize.solvers.proposal import Proposal

SOLVERS: Mapping[str, Callable[[Model], Proposal | None]] = {"piqp": piqp.propose, "highs": highs.propose}
"""The chain, in the order asked."""


@dataclass(frozen=True, eq=False)
class Solution(DeepFrozen):
    """A certified answer: the point, the row prices, and how it was found."""

    x: Array
    duals: Array
    solver: str
    status: str
    certificate: Certificate
    solve_s: float


SolveAll = Callable[[Sequence[Model]], Sequence[Solution]]
"""Solves programs that do not depend on each other: the answers of `solve_in_turn`, in their order, however they are found."""


class NotCertifiedError(RuntimeError):
    """No solver's answer passed the certificate; `attempts` says what each of them offered."""

    def __init__(self, attempts: Sequence[tuple[str, Certificate | None]]) -> None:
        self.attempts = tuple(attempts)
        told = "; ".join(
            f"{name}: no answer"
            if seen is None
            else f"{name}: primal {seen.primal_residual:.1e}, dual {seen.dual_residual:.1e}, gap {seen.gap:.1e}"
            for name, seen in attempts
        )
        super().__init__(f"no solver could certify an answer ({told})")


def solve(model: Model, solvers: Sequence[str] = ("piqp", "highs")) -> Solution:
    """The first certified answer of the chain. Raises `NotCertifiedError` when there is none."""
    attempts: list[tuple[str, Certificate | None]] = []
    started = perf_counter()
    for name in solvers:
        proposal = SOLVERS[name](model)
        if proposal is None:
            attempts.append((name, None))
            continue
        x = model.at_bounds(proposal.x)
        judged = model if name == "piqp" else replace(model, curvature=np.zeros_like(model.curvature))
        certificate = certify(judged, x, proposal.duals)
        attempts.append((name, certificate))
        if certificate.accepted:
            spent = perf_counter() - started
            return Solution(x, proposal.duals, name, proposal.status, certificate, spent)
    raise NotCertifiedError(attempts)


def solve_in_turn(models: Sequence[Model]) -> list[Solution]:
    """The answer of each program, one after the other. Raises `NotCertifiedError` at the first that has none."""
    return [solve(model) for model in models]
