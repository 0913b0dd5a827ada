"""A case whose sizes are given: what a dispatch decides on, and what a live park is run with."""

from __future__ import annotations

import math
from collections.abc import Mapping

from lingtan.case.case import Case
from lingtan.findings import Finding, InputError, raise_errors, say_number
from lingtan.park import Park
from lingtan.sheet import Sheet, judge
from lingtan.tolerances import SAME_SIZE_RELATIVE


def check_sizes(case: Case, sizes: Mapping[str, Mapping[str, float]]) -> list[Finding]:
    """What is wrong with sizes that somebody gives: names that the park does not have, no sizes, others than it may have."""
    known = {each.name: each.size for each in case.park.sizes()}
    findings = []
    for name, quantities in sizes.items():
        for quantity, given in quantities.items():
            who = f"{name}.{quantity}"
            size = known.get(who)
            if size is None:
                findings.append(Finding("case.no-such-size", who, got=say_number(given)))
            elif not (math.isfinite(given) and given >= 0):
                findings.append(Finding("case.no-size", who, f"≥ 0 {size.unit}", say_number(given)))
            elif given < size.min - _slack(size.min) or given > size.max + _slack(size.max):
                wanted = f"{say_number(size.min)} … {say_number(size.max)}" if size.free else say_number(size.min)
                got = f"{say_number(given)} {size.unit}"
                findings.append(Finding("case.other-size", who, f"{wanted} {size.unit}", got))
    return findings


def _slack(size: float) -> float:
    return SAME_SIZE_RELATIVE * max(size, 1.0)


def with_sizes(case: Case, sizes: Mapping[str, Mapping[str, float]]) -> Park:
    """The park with given sizes in place of its ranges; a range that is left is a finding, and so is an unfit size."""
    park, data = case.park, case.park.dump()
    findings = check_sizes(case, sizes)
    raise_errors(findings)
    for each in park.sizes():
        given = sizes.get(each.owner, {}).get(each.size.quantity)
        if given is not None:
            data[each.section][each.owner][each.field] = given
        elif each.size.free:
            findings.append(case.placed(Finding("cli.free-size", each.cell), each.section, each.owner, each.field))
    fixed, unfit = judge(Park, data, Sheet("sizes", data))
    if findings or fixed is None:
        raise InputError([*findings, *unfit])
    return fixed
