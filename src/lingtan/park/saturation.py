"""The temperature at which water boils under a pressure: what steam is worth as heat."""

from __future__ import annotations

from math import sqrt

KELVIN = 273.15
CRITICAL_MPA = 22.064

_N = (
    0.11670521452767e4,
    -0.72421316703206e6,
    -0.17073846940092e2,
    0.12020824702470e5,
    -0.32325550322333e7,
    0.14915108613530e2,
    -0.48232657361591e4,
    0.40511340542057e6,
    -0.23855557567849,
    0.65017534844798e3,
)


def saturation_c(pressure_mpa: float) -> float:
    """Saturation temperature of water [°C] at an absolute pressure [MPa], 611.213 Pa to the critical point; above it, that point's.

    Source: IAPWS-IF97, region 4, backward equation 31 (R7-97(2012)); the example is from its table 36.

    >>> round(saturation_c(1.0) + KELVIN, 6)
    453.035632
    """
    beta: float = min(pressure_mpa, CRITICAL_MPA) ** 0.25
    n1, n2, n3, n4, n5, n6, n7, n8, n9, n10 = _N
    e = beta**2 + n3 * beta + n6
    f = n1 * beta**2 + n4 * beta + n7
    g = n2 * beta**2 + n5 * beta + n8
    d = 2.0 * g / (-f - sqrt(f**2 - 4.0 * e * g))
    return (n10 + d - sqrt((n10 + d) ** 2 - 4.0 * (n9 + n10 * d))) / 2.0 - KELVIN
