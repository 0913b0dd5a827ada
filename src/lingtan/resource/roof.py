"""How much photovoltaics a roof or a field can carry: area, what of it is usable, how close the rows stand.

The bound belongs into the park file as the upper end of the asset's `power`; a figure above it promises modules that have no
place to lie.
"""

from __future__ import annotations

from math import cos, radians, sin

from lingtan.findings import Finding, InputError, say_number

MODULE_KW_PER_M2 = 0.22
"""Peak power per area of a module, frame included: 22 % efficiency, usual of modules sold since 2023."""
SOLSTICE_DEG = -23.45
"""Declination of the sun on the shortest day."""


def roof_limit_kw(
    roof_m2: float, usable_share: float, packing: float = 1.0, module_kw_per_m2: float = MODULE_KW_PER_M2
) -> float:
    """Most photovoltaics that a roof carries [kW of peak power].

    `usable_share` (0 to 1) is what skylights, vents, parapets, shade and the strength of the roof leave; `packing` (0 to 1)
    the area of modules per usable area (1 where they lie flush, `row_packing` where they stand in rows). Raises `InputError`
    with `resource.bad-roof`.

    One square kilometer, half of it usable, modules flush: 1,000,000 x 0.5 x 1 x 0.22 = 110,000 kW.

    >>> roof_limit_kw(1_000_000, usable_share=0.5)
    110000.0
    """
    limits = {
        "roof_m2": (roof_m2, 0.0, float("inf")),
        "usable_share": (usable_share, 0.0, 1.0),
        "packing": (packing, 0.0, 1.0),
        "module_kw_per_m2": (module_kw_per_m2, 0.0, 0.5),
    }
    findings = [
        Finding("resource.bad-roof", name, f"{say_number(low)} … {say_number(high)}", say_number(value))
        for name, (value, low, high) in limits.items()
        if not low <= value <= high
    ]
    if findings:
        raise InputError(findings)
    return roof_m2 * usable_share * packing * module_kw_per_m2


def row_packing(tilt_deg: float, latitude_deg: float, *, clear_hours: float = 6.0) -> float:
    """Area of modules per ground area, 0 to 1, where rows that face the equator do not shade each other.

    They stay clear of shade for `clear_hours` around noon of the shortest day: six hours, 9:00 to 15:00 by the sun, are what
    GB 50797 asks of a power station. The row distance per module length is cos(tilt) + sin(tilt) x s, where s is the length
    of a shadow along the meridian per height. Raises `InputError` with `resource.no-clear-hours` where the sun is down.

    Flat modules need no distance; at 30° north and 20° tilt s is 1.82, the distance 1.56 and the packing 0.64.

    >>> row_packing(0.0, 30.0), round(row_packing(20.0, 30.0), 2)
    (1.0, 0.64)
    """
    hour_angle = radians(clear_hours / 2 * 15.0)
    latitude, declination = radians(abs(latitude_deg)), radians(SOLSTICE_DEG)
    up = sin(latitude) * sin(declination) + cos(latitude) * cos(declination) * cos(hour_angle)
    toward_equator = sin(latitude) * cos(declination) * cos(hour_angle) - cos(latitude) * sin(declination)
    if up <= 0:
        raise InputError([Finding("resource.no-clear-hours", "clear_hours", got=f"{say_number(clear_hours)} h")])
    tilt = radians(tilt_deg)
    return 1.0 / (cos(tilt) + sin(tilt) * max(toward_equator / up, 0.0)) if tilt_deg > 0 else 1.0
