"""Green shares: three rules with three definitions, so functions of their own.

Annex 4 asks how much of the electricity used is supplied *directly* from non-fossil plants; the zero-carbon factory how much of a
member's electricity is *physically* traced to non-fossil plants. What the direct-supply rules (650 and 688) ask, self-use and
export, is bounded in a decision as well, so those shares are terms: `lingtan.market.share_terms`. Sources:
docs/conventions/carbon.md.
"""

from __future__ import annotations


def direct_share(direct_non_fossil_kwh: float, used_kwh: float) -> float | None:
    """Directly supplied non-fossil electricity over electricity used (annex 4 of 910) [1]; None where nothing is used.

    Electricity that is exported was not used, so the share never exceeds 1.

    >>> direct_share(60.0, 100.0)
    0.6
    """
    return None if used_kwh <= 0 else min(direct_non_fossil_kwh / used_kwh, 1.0)


def physical_share(traced_kwh: float, used_kwh: float) -> float | None:
    """Electricity physically traced to non-fossil plants over electricity used (zero-carbon factory) [1].

    None where nothing is used. Green trade and certificates are contracts and trace to no plant, so they never count;
    `lingtan.carbon.tracing` says what does.

    >>> physical_share(35.0, 100.0)
    0.35
    """
    return None if used_kwh <= 0 else min(traced_kwh / used_kwh, 1.0)
