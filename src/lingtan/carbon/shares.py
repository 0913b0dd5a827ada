"""Green shares: three rules with three definitions, so functions of their own.

Annex 4 asks how much of the electricity used is supplied *directly* from non-fossil plants; the direct-supply rules (650 and
688) how much of the generation, and of the load, is *self-used*, and how much is fed in; the zero-carbon factory how much of a
member's electricity is *physically* traced to non-fossil plants. The identity behind all of them is
`self-use + export + curtailment + losses = available`, and a test holds it. Sources: docs/conventions/carbon.md.
"""

from __future__ import annotations


def direct_share(direct_non_fossil_kwh: float, used_kwh: float) -> float | None:
    """Directly supplied non-fossil electricity over electricity used (annex 4 of 910) [1]; None where nothing is used.

    Electricity that is exported was not used, so the share never exceeds 1.

    >>> direct_share(60.0, 100.0)
    0.6
    """
    return None if used_kwh <= 0 else min(direct_non_fossil_kwh / used_kwh, 1.0)


def self_use_of_generation(available_kwh: float, export_kwh: float, curtailed_kwh: float) -> float | None:
    """Share of the available generation that the park used itself (650/688) [1]; None where nothing was available.

    >>> self_use_of_generation(100.0, 10.0, 5.0)
    0.85
    """
    return None if available_kwh <= 0 else (available_kwh - export_kwh - curtailed_kwh) / available_kwh


def self_use_of_load(load_kwh: float, import_kwh: float) -> float | None:
    """Share of the load that own generation met: load minus import, over load (650/688) [1]; None without a load.

    >>> self_use_of_load(100.0, 65.0)
    0.35
    """
    return None if load_kwh <= 0 else max(load_kwh - import_kwh, 0.0) / load_kwh


def export_share(export_kwh: float, available_kwh: float) -> float | None:
    """Share of the available generation that was fed into the grid (650/688) [1]; None where nothing was available."""
    return None if available_kwh <= 0 else export_kwh / available_kwh


def physical_share(traced_kwh: float, used_kwh: float) -> float | None:
    """Electricity physically traced to non-fossil plants over electricity used (zero-carbon factory) [1].

    None where nothing is used. Green trade and certificates are contracts and trace to no plant, so they never count;
    `lingtan.carbon.tracing` says what does.

    >>> physical_share(35.0, 100.0)
    0.35
    """
    return None if used_kwh <= 0 else min(traced_kwh / used_kwh, 1.0)
