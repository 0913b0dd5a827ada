"""Let the peers solve the golden cases, and keep their answers in `tests/golden/*.json`.

    make oracle                                                    the environment, then all files
    .venv-oracle/bin/python tools/oracle/make_golden.py NAME...    some: sizing, tariff, money

Takes about a minute on one thread. The form of the files stands in tests/golden/README.md.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # started as a program, in an environment that holds no lingtan

from benchmarks.peers import pypsa_sizing  # noqa: E402
from tests.golden import cases  # noqa: E402
from tools.oracle import money, pypsa_tariff  # noqa: E402

GOLDEN = ROOT / "tests" / "golden"
SIZING_HOURS = (168, 744, 1488)
STATED_YEAR = {
    "inputs": {"case": "reference_case", "hours": 8760},
    "origin": "shared/evidence/pypsa_sizing.py, stated: takes minutes, so only the benchmark solves it",
    "answers": {"objective_cny": 261_273_895.0},
}
SIGNIFICANT_DIGITS = 12
OBJECTIVE = {"relative": 1e-6, "why": "HiGHS simplex and HiPO agree to 1e-8; our own certificate accepts a gap of 1e-6"}
CHOSEN = {"relative": 1e-3, "absolute": 0.01, "why": "an interior solution stops near the vertex (HiPO: within 1e-5)"}


def main() -> int:
    """Write the named files, or all."""
    makers: dict[str, Callable[[], dict[str, object]]] = {"sizing": sizing, "tariff": tariff, "money": flows_of_money}
    parser = argparse.ArgumentParser(description="Write the peers' answers into tests/golden.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(makers)}; none means all")
    names = parser.parse_args().names or list(makers)
    if unknown := sorted(set(names) - set(makers)):
        parser.error(f"expected some of {', '.join(makers)}, got {', '.join(unknown)}")
    warnings.simplefilter("ignore", FutureWarning)
    for name in names:
        file = GOLDEN / f"{name}.json"
        text = json.dumps(rounded(makers[name]()), indent=2, ensure_ascii=False)
        file.write_text(text + "\n", encoding="utf-8")
        print(file.relative_to(ROOT))
    return 0


def sizing() -> dict[str, object]:
    """The reference sizing case over its first week and first one and two months."""
    solved = []
    for hours in SIZING_HOURS:
        case = cases.reference_case(hours)
        network = pypsa_sizing.build(case)
        pypsa_sizing.solve(network)
        inputs = {"case": "reference_case", "hours": hours, "series_sums": sums(case.series)}
        answers = {"objective_cny": network.objective, "sizes": pypsa_sizing.sizes(network, case)}
        solved.append({"inputs": inputs, "answers": answers})
    return {
        "what": "objective and free capacities (MW; stores MWh) of the reference sizing case",
        "origin": origin("pypsa", "linopy", "highspy"),
        "tolerance": {"objective_cny": OBJECTIVE, "sizes": CHOSEN},
        "cases": [*solved, STATED_YEAR],
    }


def tariff() -> dict[str, object]:
    """The tariff case in its three forms."""
    solved = []
    for name, case in cases.tariff_cases().items():
        inputs = {"case": "tariff_cases", "name": name, "series_sums": sums(case.series)}
        solved.append({"inputs": inputs, "answers": pypsa_tariff.answer(case, solver="simplex", threads=1)})
    return {
        "what": "30 days behind one meter with time-of-use energy and a demand charge per month; kW, kWh, CNY",
        "origin": origin("pypsa", "linopy", "highspy"),
        "tolerance": {
            "objective_cny": OBJECTIVE,
            "parts": {"relative": 1e-3, "absolute": 10.0, "why": "parts trade against each other along a flat optimum"},
            "peaks_kw": CHOSEN,
            "sizes": CHOSEN,
        },
        "cases": solved,
    }


def flows_of_money() -> dict[str, object]:
    """Present values, rates and installments."""
    plain = [{"inputs": {"case": "FLOWS_CNY", "name": n}, "answers": money.flow_answers(n)} for n in cases.FLOWS_CNY]
    dated = [
        {"inputs": {"case": "DATED_FLOWS_CNY", "name": n}, "answers": money.dated_answers(n)}
        for n in cases.DATED_FLOWS_CNY
    ]
    loans = [{"inputs": {"case": "LOANS", "name": n}, "answers": money.loan_answers(n)} for n in cases.LOANS]
    exact = {
        "relative": 1e-9,
        "absolute": 1e-9,
        "why": "closed formulas and polished roots: only the order of sums differs",
    }
    return {
        "what": "net present values, the internal rates of return that peers found, installments, interest",
        "origin": origin("numpy-financial", "pyxirr"),
        "tolerance": dict.fromkeys(("npv_cny", "irr", "xnpv_cny", "xirr", "installment_cny", "interest_cny"), exact),
        "cases": [*plain, *dated, *loans],
    }


def origin(*packages: str) -> dict[str, object]:
    """Who answered, and how to ask again."""
    return {"packages": {name: version(name) for name in packages}, "command": "make oracle"}


def sums(series: Mapping[str, cases.Array]) -> dict[str, float]:
    """Sum of each input series: tells a test that it compares answers to the same question."""
    return {name: float(np.sum(values)) for name, values in series.items()}


def rounded(value: object) -> object:
    """The value with every float at `SIGNIFICANT_DIGITS`, so that the last bits of a sum do not change the file."""
    match value:
        case dict():
            return {key: rounded(part) for key, part in value.items()}
        case list():
            return [rounded(part) for part in value]
        case float():
            return float(f"{value:.{SIGNIFICANT_DIGITS}g}")
        case _:
            return value


if __name__ == "__main__":
    sys.exit(main())
