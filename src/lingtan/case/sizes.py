"""A case whose sizes are given: what a dispatch decides on, and what a live park is run with."""

from __future__ import annotations

from collections.abc import Mapping

from lingtan.case.case import Case
from lingtan.findings import Finding, InputError
from lingtan.park import Park
from lingtan.sheet import Sheet, judge

FIELDS = {"power_kw": "power", "energy_kwh": "energy", "capacity_kva": "capacity"}
"""Which field of the park file a size belongs to."""


def with_sizes(case: Case, sizes: Mapping[str, Mapping[str, float]]) -> Park:
    """The park with given sizes in place of its ranges; a range that is left is a finding, and so is an unfit size."""
    park, data = case.park, case.park.dump()
    findings = []
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
