"""A case whose sizes are given: what a dispatch decides on, and what a live park is run with."""

from __future__ import annotations

import math
from collections.abc import Mapping

from lingtan.case.case import Case
from lingtan.findings import Finding, InputError, raise_errors, say_number
from lingtan.park import Park
from lingtan.park.size import ApparentSize, EnergySize, PowerSize
from lingtan.sheet import Sheet, judge

FIELDS = {"power_kw": "power", "energy_kwh": "energy", "capacity_kva": "capacity"}
"""Which field of the park file a size belongs to."""


SAME_SHARE = 1e-6
"""A size that differs by less than this share is the same one, written by a solver."""


def check_sizes(case: Case, sizes: Mapping[str, Mapping[str, float]]) -> list[Finding]:
    """What is wrong with sizes that somebody gives: names that the park does not have, no sizes, others than it may have."""
    park = case.park
    findings = []
    for name, quantities in sizes.items():
        thing = park.assets.get(name) or park.connections.get(name)
        for quantity, given in quantities.items():
            size, who = getattr(thing, FIELDS.get(quantity, ""), None), f"{name}.{quantity}"
            if not isinstance(size, PowerSize | EnergySize | ApparentSize):
                findings.append(Finding("case.no-such-size", who, got=say_number(given)))
            elif not (math.isfinite(given) and given >= 0):
                findings.append(Finding("case.no-size", who, f"≥ 0 {size.unit}", say_number(given)))
            elif given < size.min - _slack(size.min) or given > size.max + _slack(size.max):
                wanted = f"{say_number(size.min)} … {say_number(size.max)}" if size.free else say_number(size.min)
                got = f"{say_number(given)} {size.unit}"
                findings.append(Finding("case.other-size", who, f"{wanted} {size.unit}", got))
    return findings


def _slack(size: float) -> float:
    return SAME_SHARE * max(size, 1.0)


def with_sizes(case: Case, sizes: Mapping[str, Mapping[str, float]]) -> Park:
    """The park with given sizes in place of its ranges; a range that is left is a finding, and so is an unfit size."""
    park, data = case.park, case.park.dump()
    findings = check_sizes(case, sizes)
    raise_errors(findings)
    for section, things in (("assets", park.assets), ("connections", park.connections)):
        for name, thing in things.items():
            for quantity, field in FIELDS.items():
                size = getattr(thing, field, None)
                given = sizes.get(name, {}).get(quantity)
                if size is None or not hasattr(size, "free"):
                    continue
                if given is not None:
                    data[section][name][field] = given
                elif size.free:
                    free = Finding("cli.free-size", f"{section}.{name}.{field}")
                    findings.append(case.placed(free, section, name, field))
    fixed, unfit = judge(Park, data, Sheet("sizes", data))
    if findings or fixed is None:
        raise InputError([*findings, *unfit])
    return fixed
