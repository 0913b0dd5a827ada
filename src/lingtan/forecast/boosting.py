"""Boosted trees: LightGBM by its own interface, on one thread and with fixed seeds, so that the same past gives the same trees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from lingtan.findings import Finding, InputError
from lingtan.forecast.days import Values


@dataclass(frozen=True)
class Boosting:
    """Settings of the trees; the loss is absolute error (`l1`) or squared error (`l2`)."""

    rounds: int = 300
    rate: float = 0.05
    leaves: int = 31
    min_leaf: int = 50
    columns_share: float = 0.5
    rows_share: float = 0.7
    loss: str = "l2"
    max_rows: int = 60_000
    """More rows are thinned evenly before learning."""
    max_bin: int = 255

    def fit(self, columns: Values, aim: Values, weight: Values | None = None) -> Trees:
        """Trees for `aim` (N,) on columns (N, F); rows without an aim do not count, unknown columns are NaN."""
        lightgbm = _lightgbm()
        rows = np.flatnonzero(np.isfinite(aim))
        if not rows.size:
            return Trees(None)
        if rows.size > self.max_rows:
            rows = rows[np.linspace(0, rows.size - 1, self.max_rows).astype(np.int64)]
        data = lightgbm.Dataset(
            columns[rows].astype(np.float32),
            aim[rows],
            weight=None if weight is None else weight[rows],
            params={"max_bin": self.max_bin, "verbosity": -1, "num_threads": 1},
        )
        return Trees(lightgbm.train(self._parameters(), data, num_boost_round=self.rounds))

    def _parameters(self) -> dict[str, Any]:
        return {
            "objective": self.loss,
            "learning_rate": self.rate,
            "num_leaves": self.leaves,
            "min_data_in_leaf": self.min_leaf,
            "feature_fraction": self.columns_share,
            "bagging_fraction": self.rows_share,
            "bagging_freq": 1,
            "seed": 1,
            "deterministic": True,
            "force_row_wise": True,
            "num_threads": 1,
            "verbosity": -1,
        }


@dataclass(frozen=True, eq=False)
class Trees:
    """What was learned; without a booster there was nothing to learn from, and nothing is said (NaN)."""

    booster: Any

    def predict(self, columns: Values) -> Values:
        """Expected values (N,) for columns (N, F)."""
        if self.booster is None:
            return np.full(len(columns), np.nan)
        found = self.booster.predict(columns.astype(np.float32), num_threads=1)
        return np.asarray(found, dtype=np.float64)

    def contributions(self, columns: Values) -> Values:
        """What each column adds (Shapley values of the trees), the expected value last; (N, F + 1), rows sum to `predict`."""
        if self.booster is None:
            return np.zeros((len(columns), columns.shape[1] + 1))
        found = self.booster.predict(columns.astype(np.float32), num_threads=1, pred_contrib=True)
        return np.asarray(found, dtype=np.float64)


def _lightgbm() -> Any:
    """The library, or `forecast.no-boosting` where it is not installed."""
    try:
        import lightgbm
    except (ImportError, OSError):  # OSError: no OpenMP runtime on this machine
        raise InputError([Finding("forecast.no-boosting", "lightgbm")]) from None
    return lightgbm
