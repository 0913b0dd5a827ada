"""Why the plan is believed: residuals against their tolerances, bound and gap, and how long it took."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lingtan.park.names import fill
from lingtan.report.markup import Child, Html, html
from lingtan.report.numbers import Measure, money, plain, scientific, share
from lingtan.report.sections.frame import Row, facts, kept, note, section, table
from lingtan.report.summary_figure import Path, figure, value_at
from lingtan.tolerances import DUAL_RELATIVE, GAP_RELATIVE, PRIMAL_RELATIVE
from lingtan.wording import Text, Words
from lingtan.wording.report import REPORT_WORDS

if TYPE_CHECKING:
    from lingtan.study.study import Study

TOLERANCES = {"primal_residual": PRIMAL_RELATIVE, "dual_residual": DUAL_RELATIVE, "gap": GAP_RELATIVE}


def certificate_section(study: Study) -> Html:
    """Solver, residuals, bound, seconds, and what the preference among equal optima moved."""
    solver = study.summary["solver"]
    certificate = study.project.plan.solution.certificate
    lead = fill("certificate.lead", solver=str(solver["name"]), seconds=plain(solver["build_s"] + solver["solve_s"], 1))
    rows: list[Row] = [
        (
            html(REPORT_WORDS[f"certificate.{key}"]),
            figure(study.summary, "solver", key, show=scientific),
            scientific(tolerance),
            kept(solver[key] <= tolerance),
        )
        for key, tolerance in TOLERANCES.items()
    ]
    head = (
        REPORT_WORDS["certificate.residual"],
        REPORT_WORDS["column.value"],
        REPORT_WORDS["certificate.tolerance"],
        REPORT_WORDS["certificate.kept"],
    )
    table_of_residuals = table(head, rows, caption=REPORT_WORDS["certificate.table"])
    return section("certificate", lead, _facts(study), table_of_residuals, _preference(study, certificate.bound_cny))


def _facts(study: Study) -> Html:
    summary, operator = study.summary, study.summary["operation"]["operator"]
    measure = money([summary["solver"]["objective_cny"]])
    cost = money([summary["operation"]["cost_cny"]])
    return facts(
        (
            (REPORT_WORDS["certificate.solver"], figure(summary, "solver", "name", show=str)),
            (REPORT_WORDS["certificate.status"], figure(summary, "solver", "status", show=_status)),
            (REPORT_WORDS["certificate.objective"], figure(summary, "solver", "objective_cny", show=measure.text)),
            (REPORT_WORDS["certificate.penalty"], figure(summary, "solver", "penalty_cny", show=measure.text)),
            (REPORT_WORDS["certificate.build"], figure(summary, "solver", "build_s", show=_seconds)),
            (REPORT_WORDS["certificate.solve"], figure(summary, "solver", "solve_s", show=_seconds)),
            (
                REPORT_WORDS["operation.operator"],
                figure(
                    summary, "operation", "operator", show=lambda _: REPORT_WORDS.get(f"operator.{operator}", operator)
                ),
            ),
            (REPORT_WORDS["operation.perfect"], figure(summary, "operation", "cost_perfect_cny", show=cost.text)),
            (REPORT_WORDS["operation.regret"], figure(summary, "operation", "regret_share", show=_regret)),
            *_typical(summary, measure),
            *_search(summary, ("solver",), measure),
        )
    )


def _typical(summary: Mapping[str, Any], measure: Measure) -> Iterator[tuple[Text, Html]]:
    """The typical periods on which sizes in whole numbers were decided, and how wrong they were about the year."""
    if "typical" not in summary["solver"]:
        return
    at = ("solver", "typical")
    shows: dict[str, tuple[str, Callable[[Any], Child]]] = {
        "periods": ("periods", str),
        "days": ("period_days", lambda value: f"{value:g}"),
        "objective": ("objective_cny", measure.text),
        "penalty": ("penalty_cny", measure.text),
        "error": ("error", lambda value: share(value, 2)),
        "solve": ("solve_s", _seconds),
    }
    for name, (key, show) in shows.items():
        yield REPORT_WORDS[f"certificate.typical_{name}"], figure(summary, *at, key, show=show)
    yield from _search(summary, at, measure)


def _search(summary: Mapping[str, Any], at: Path, measure: Measure) -> Iterator[tuple[Text, Html]]:
    """What is proven about other whole numbers, where some were decided."""
    if "search" not in value_at(summary, at):
        return
    nothing = REPORT_WORDS["certificate.search_nothing"]
    shows: dict[str, Callable[[Any], Child]] = {
        "gap": lambda value: nothing if value is None else share(value, 3),
        "bound_cny": lambda value: nothing if value is None else measure.text(value),
        "nodes": str,
        "asked_gap": lambda value: share(value, 2),
        "time_limit_s": _seconds,
        "out_of_time": lambda value: REPORT_WORDS["status.out_of_time" if value else "status.in_time"],
    }
    names = {"bound_cny": "bound", "asked_gap": "asked", "time_limit_s": "limit"}
    for key, show in shows.items():
        yield (
            REPORT_WORDS[f"certificate.search_{names.get(key, key)}"],
            figure(summary, *at, "search", key, show=show),
        )


def _status(value: str) -> Text:
    return REPORT_WORDS.get(f"status.{value}", value)


def _preference(study: Study, bound_cny: float) -> Html:
    """To the coin: the bound that the prices prove, and what the preference among equal optima weighed."""
    plan = study.project.plan

    def coins(value: float) -> Words:
        return Words(f"{plain(value, 2)} CNY", f"{plain(value, 2)} 元")

    return note(
        fill(
            "certificate.preference",
            objective=coins(plan.solution.certificate.objective_cny),
            bound=coins(bound_cny),
            preference=coins(plan.preference_cny),
        )
    )


def _seconds(value: float) -> str:
    return f"{plain(value, 2)} s"


def _regret(value: float | None) -> Text:
    return REPORT_WORDS["number.missing"] if value is None else share(value, 2)
