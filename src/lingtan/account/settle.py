"""Settle: what any series of a park comes to, simulated or metered, by the rules that hold on its days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lingtan.account.bill import Bill, bill_of, bill_of_table
from lingtan.account.carriers import BusBalance, carriers_of
from lingtan.account.energy import Energy, energy_of
from lingtan.account.starts import with_starts
from lingtan.carbon.annex4 import Inventory
from lingtan.carbon.park_account import CarbonAccount, carbon_account
from lingtan.finance.investment import operation_terms
from lingtan.market import look_up_shares, own_shares, share_terms_of, supply_terms
from lingtan.park import Park
from lingtan.rulebook import DailyMaxima, Found, Rulebook
from lingtan.series import Table
from lingtan.terms import Readings, Share, evaluate
from lingtan.tolerances import SHARE_AT_BOUND


@dataclass(frozen=True)
class Green:
    """The green shares, each by its own rule [1]; None where nothing was generated or used.

    Self-use and export are those that bind a direct supply: what its rule counts. Elsewhere all own generation counts.
    """

    direct_share: float | None
    direct_clause_met: bool | None
    self_use_of_generation: float | None
    self_use_of_load: float | None
    export_share: float | None
    physical_share: float | None


@dataclass(frozen=True, eq=False)
class Accounts:
    """Electricity, bill, running cost, carbon, green shares and the other carriers of one period, and the records they used."""

    energy: Energy
    bill: Bill
    operation: Bill
    annex4: CarbonAccount
    green: Green
    shares: tuple[Share, ...]
    founds: tuple[Found[Any], ...]
    carriers: tuple[BusBalance, ...] = ()

    @property
    def carbon(self) -> Inventory:
        """The park's inventory in the view of annex 4."""
        return self.annex4.inventory


def settle(
    park: Park,
    table: Table,
    rulebook: Rulebook,
    *,
    sizes: Mapping[str, float] | None = None,
    elected: Mapping[str, str] | None = None,
    daily_maxima: DailyMaxima | None = None,
) -> Accounts:
    """The accounts of a table of flows (kW; names as in `flow_names`).

    `sizes` are the sizes that were built, where the park file leaves them open; `elected` the alternatives that were chosen,
    such as the basis of the basic charge, and without it the cheapest one is settled; `daily_maxima` those of temperature,
    which call the special hours of hot days.
    """
    grid = table.grid
    built = {**fixed_sizes(park), **(sizes or {})}
    readings = Readings(with_starts(park, table.columns, built), grid.step_hours, built, elected or {})
    energy = energy_of(park, table)
    supply = supply_terms(park, rulebook, grid, daily_maxima)
    shares = look_up_shares(park, rulebook, grid)
    annex4 = carbon_account(park, table, rulebook, energy.used_kwh, energy.export_kwh)
    carbon = annex4.inventory
    bounded = evaluate(share_terms_of(park, rulebook, grid) or own_shares(park), readings).shares
    kept = {share.name: share.value for share in bounded}
    return Accounts(
        energy=energy,
        bill=bill_of_table(park, table, supply, readings),
        operation=bill_of(evaluate(operation_terms(park, grid), readings)),
        annex4=annex4,
        green=Green(
            direct_share=carbon.direct_share,
            direct_clause_met=carbon.direct_clause_met,
            self_use_of_generation=_reported(kept["share.self_use_of_generation"]),
            self_use_of_load=_reported(kept["share.self_use_of_load"]),
            export_share=_reported(kept["share.export"]),
            physical_share=annex4.physical_share,
        ),
        shares=() if shares is None else bounded,
        carriers=carriers_of(park, table),
        founds=(*supply.founds, *((shares,) if shares else ()), *annex4.founds),
    )


def _reported(share: float | None) -> float | None:
    """A share as it is printed: what is near to none is none, what is near to all is all.

    A store that loses more than own plants gave makes self-use negative, which is told as none.

    >>> _reported(-0.02), _reported(0.5), _reported(0.9999999)
    (0.0, 0.5, 1.0)
    """
    if share is None or SHARE_AT_BOUND < share < 1.0 - SHARE_AT_BOUND:
        return share
    return 0.0 if share <= SHARE_AT_BOUND else share if share > 1.0 + SHARE_AT_BOUND else 1.0


def fixed_sizes(park: Park) -> dict[str, float]:
    """The sizes that the park file fixes, by the names that terms use."""
    return {each.name: each.size.min for each in park.sizes() if not each.size.free}
