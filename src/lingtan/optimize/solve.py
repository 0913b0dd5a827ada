"""Propose and certify: ask the solvers in turn until an answer passes our own certificate.

A program with whole numbers is searched first (`highs_integer`). The numbers found are rounded and held; the linear program that is
left goes through the chain like any other, and its prices are the prices of the plan. What the search has proven about better
numbers stays with the answer as its `Search`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from lingtan.findings import Finding, Severity, UncertifiedError, say_number
from lingtan.frozen import DeepFrozen
from lingtan.optimize.certificate import Certificate, certify
from lingtan.optimize.effort import Effort
from lingtan.optimize.program import Array, Model
from lingtan.optimize.solvers import highs, highs_integer, piqp
from lingtan.optimize.solvers.presolve import presolved
from lingtan.optimize.solvers.proposal import Incumbent, Proposal

SOLVERS: Mapping[str, Callable[[Model], Proposal | None]] = {
    "piqp": piqp.propose,
    "highs": highs.propose,
    "hipo": highs.propose_hipo,
}
"""The chain, in the order asked."""

SEARCHER = "highs_integer"
"""What the search for whole numbers is called among the attempts."""


@dataclass(frozen=True)
class Search:
    """What the search for whole numbers has proven: no answer costs less than `bound_cny`, and this one costs `gap` more.

    The gap is relative to what the answer turns over (`Model.running`) [1], both without the curvature of the preference; it is
    infinite where nothing was proven. `is_out_of_time` says that the search was ended before it had the gap that was asked for.
    """

    bound_cny: float
    gap: float
    nodes: int
    effort: Effort
    is_out_of_time: bool


@dataclass(frozen=True, eq=False)
class Solution(DeepFrozen):
    """A certified answer: the point, the row prices, and how it was found; `search` only where whole numbers were decided."""

    x: Array
    duals: Array
    solver: str
    status: str
    certificate: Certificate
    solve_s: float
    search: Search | None = None

    @property
    def open_cny(self) -> float:
        """How much less another answer may cost, by what the search has proven [CNY]; nothing without whole numbers."""
        return 0.0 if self.search is None else max(self.certificate.objective_cny - self.search.bound_cny, 0.0)


SolveAll = Callable[[Sequence[Model]], Sequence[Solution]]
"""Solves programs that do not depend on each other: the answers of `solve_in_turn`, in their order, however they are found."""


class NotCertifiedError(UncertifiedError):
    """No solver's answer passed the certificate; `attempts` says what each of them offered, `effort` how long numbers were sought.

    `effort` is None where the program has no whole numbers, or some were found.
    """

    def __init__(self, attempts: Sequence[tuple[str, Certificate | None]], effort: Effort | None = None) -> None:
        self.attempts = tuple(attempts)
        self.effort = effort
        within = "" if effort is None else f" with whole numbers within {effort.time_limit_s:g} s"
        told = "; ".join(
            f"{name}: no answer{within}"
            if seen is None
            else f"{name}: primal {seen.primal_residual:.1e}, dual {seen.dual_residual:.1e}, gap {seen.gap:.1e}"
            for name, seen in attempts
        )
        super().__init__(f"no solver could certify an answer ({told})")

    def __reduce__(self) -> tuple[type[NotCertifiedError], tuple[object, ...]]:
        return NotCertifiedError, (self.attempts, self.effort)


CHAIN = ("piqp", "highs")
"""The solvers that are asked unless others are named."""


def solve(model: Model, solvers: Sequence[str] = CHAIN) -> Solution:
    """The first certified answer of the chain. Raises `NotCertifiedError` when there is none.

    With whole numbers it is the best that `model.effort` found, with what is proven about it.
    """
    return _solve_linear(model, solvers) if not model.integer.any() else _solve_integer(model, solvers)


def solve_briefly(model: Model, time_limit_s: float) -> Solution | None:
    """The answer of `solve` to a program with whole numbers where it needs no more than so many seconds to find it; else None.

    An answer that a lack of time had a part in is none: how long a program may take does not change its plan.
    """
    started = perf_counter()
    brief = replace(model.effort, time_limit_s=min(time_limit_s, model.effort.time_limit_s))
    found = highs_integer.search(replace(model, effort=brief))
    return None if found.x is None or found.is_hurried else _with_numbers(model, found.x, found, CHAIN, started)


def _solve_linear(model: Model, solvers: Sequence[str]) -> Solution:
    attempts: list[tuple[str, Certificate | None]] = []
    started = perf_counter()
    for name in solvers:
        proposal = SOLVERS[name](model)
        if proposal is None:
            attempts.append((name, None))
            continue
        judged = _judged(model, name)
        x, duals = _settled(judged, proposal)
        certificate = certify(judged, x, duals)
        attempts.append((name, certificate))
        if certificate.accepted:
            spent = perf_counter() - started
            return Solution(x, duals, name, proposal.status, certificate, spent)
    raise NotCertifiedError(attempts)


def _settled(model: Model, proposal: Proposal) -> tuple[Array, Array]:
    """The proposed point on the bounds that it is next to, and prices of changes that can be made where nothing has a choice."""
    x, duals = model.at_bounds(proposal.x), proposal.duals.copy()
    known = presolved(model, with_tight=True)
    if known is not None:
        known.price(model, x, duals)
    return x, duals


def certified_at(model: Model, solution: Solution, x: Array) -> Solution | None:
    """The solution at another point of the program, under the same prices; None where these do not prove it optimal there."""
    certificate = certify(_judged(model.fixed(x), solution.solver), x, solution.duals)
    if not certificate.accepted:
        return None
    return replace(solution, x=x, certificate=replace(certificate, integrality=solution.certificate.integrality))


def _judged(model: Model, solver: str) -> Model:
    """The program that an answer of this solver is optimal for: only PIQP sees the preference."""
    return model if solver == "piqp" else _straight(model)


def _solve_integer(model: Model, solvers: Sequence[str]) -> Solution:
    started = perf_counter()
    found = highs_integer.search(model)
    if found.x is None:
        raise NotCertifiedError([(SEARCHER, None)], model.effort)
    return _with_numbers(model, found.x, found, solvers, started)


def _with_numbers(model: Model, x: Array, found: Incumbent, solvers: Sequence[str], started: float) -> Solution:
    """The answer of a program with the whole numbers of `x` held, and what the search for them has proven."""
    solution = _solve_linear(model.fixed(x), solvers)
    return replace(
        solution,
        status="out_of_time" if found.is_out_of_time else solution.status,
        certificate=replace(solution.certificate, integrality=_distance(solution.x[model.integer])),
        solve_s=perf_counter() - started,
        search=searched(model, solution.x, found.bound_cny, found.nodes, is_out_of_time=found.is_out_of_time),
    )


def searched(model: Model, x: Array, bound_cny: float, nodes: int, *, is_out_of_time: bool) -> Search:
    """What a bound proves about a point of a program: the share of what it turns over that a better one could save at most."""
    cost = _straight(model).objective(x)
    gap = max(cost - bound_cny, 0.0) / max(model.running(x), model.money_unit)
    return Search(bound_cny, gap, nodes, model.effort, is_out_of_time)


def out_of_time(search: Search | None) -> tuple[Finding, ...]:
    """A warning where a search for whole numbers was ended by its time limit."""
    if search is None or not search.is_out_of_time:
        return ()
    asked = f"≤ {say_number(100 * search.effort.relative_gap)} %"
    got = f"{100 * search.gap:.2g} %" if np.isfinite(search.gap) else "∞"
    limit = f"{say_number(search.effort.time_limit_s)} s"
    return (Finding("optimize.out-of-time", f"solver ({limit})", asked, got, severity=Severity.WARNING),)


def _straight(model: Model) -> Model:
    return replace(model, curvature=np.zeros_like(model.curvature))


def _distance(counts: Array) -> float:
    return float(np.max(np.abs(counts - np.round(counts)), initial=0.0))


def solve_in_turn(models: Sequence[Model]) -> list[Solution]:
    """The answer of each program, one after the other. Raises `NotCertifiedError` at the first that has none."""
    return [solve(model) for model in models]
