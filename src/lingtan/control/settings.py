"""Settings of control: every number that is a choice of the operator's, with its default and the reason for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lingtan.frozen import DeepFrozen


@dataclass(frozen=True)
class ControlSettings(DeepFrozen):
    """How control runs. Times in seconds, shares of 1."""

    tick_s: float = 1.0
    """Length of a tick."""
    lease_s: float = 10.0
    """How long a command holds without renewal: some missed ticks are no reason to revert, a dead process is."""
    stale_after_s: float = 5.0
    """Age from which a reading is stale, where no template says another."""
    warm_up_ticks: int = 3
    """Ticks in a row in which every needed channel must be good before the fail-safe is left."""
    read_back_ticks: int = 5
    """Ticks within which a device must show what it was told, or it is uncertain."""
    read_back_share: float = 0.03
    """Difference between told and shown that counts as the same, of the rating: meters and inverters both err."""
    trust_again_s: float = 30.0
    """How long an uncertain device stays so at least; doubles with each relapse, up to 16 times."""
    reserve_soc: float = 0.1
    """State of charge below which self-use leaves the battery alone."""
    connection_margin: float = 0.005
    """Kept free of a connection's limits, of the larger one: what loads may change by within a tick."""
    demand_margin: float = 0.01
    """Kept free of the demand limit: slips of 15 s are coarser than a meter's own window."""
    balance_share: float = 0.03
    """Gap between the meter and the sum of all others that counts as closed, of the larger limit of the connection."""
    ramp_share_per_s: float = 0.1
    """Most by which a wish moves a battery in a second, of its rating: full power in ten seconds, well within a lease.

    Inverters are far quicker. But a battery that is back from a trip, or a reading that errs for a second, must not throw the whole
    rating at the bus, and ten seconds cost no energy worth naming. What connection, demand or a stop need is not held back.
    """
    drift_hours: float = 0.5
    """Within this time the follower brings the state of charge back to the plan's."""
    drift_share: float = 0.2
    """Most that the follower adds to the planned power for it, of the rating."""
    demand_limit_kw: Mapping[str, float] = field(default_factory=dict)
    """Demand limit by connection [kW]."""
    fail_safe_kw: Mapping[str, float] = field(default_factory=dict)
    """Fail-safe power by asset [kW], where ours does not suit."""
