"""`plans.sqlite`: what the planner issued, also what was refused and why."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from lingtan.operate.store.file import StoreFile, dumped
from lingtan.operate.store.rows import PlanRow, PlanStep
from lingtan.operate.store.tables import PLANS

_PLAN = "issued_ms, gate_ms, start_ms, step_s, accepted, reason, certificate, digest, id, schedule"


class PlansReader(StoreFile):
    """Reads what the planner issued."""

    def __init__(self, path: Path, *, write: bool = False) -> None:
        super().__init__(path, PLANS, write=write)

    def latest(self, *, accepted: bool = True, issued_before_ms: int | None = None) -> PlanRow | None:
        """The last plan; only accepted ones unless asked otherwise."""
        row = self.one(
            f"SELECT {_PLAN} FROM plan WHERE accepted >= ? AND (? IS NULL OR issued_ms <= ?) ORDER BY id DESC LIMIT 1",
            (int(accepted), issued_before_ms, issued_before_ms),
        )
        return None if row is None else _plan(row)

    def last_id(self) -> int:
        """Number of the last accepted plan; 0 where there is none."""
        row = self.one("SELECT max(id) FROM plan WHERE accepted = 1")
        return 0 if row is None or row[0] is None else int(row[0])

    def plans(self, from_ms: int, until_ms: int) -> list[PlanRow]:
        """All plans issued in the half-open span, oldest first."""
        query = f"SELECT {_PLAN} FROM plan WHERE issued_ms >= ? AND issued_ms < ? ORDER BY id"
        return [_plan(row) for row in self.rows(query, (from_ms, until_ms))]

    def steps(self, plan: int) -> dict[str, list[PlanStep]]:
        """The steps of a plan by asset, oldest first."""
        rows = self.rows(
            "SELECT asset, at_ms, power_w, content_wh FROM plan_step WHERE plan = ? ORDER BY 1, 2", (plan,)
        )
        by_asset: dict[str, list[PlanStep]] = {}
        for asset, at_ms, power_w, content_wh in rows:
            by_asset.setdefault(asset, []).append(PlanStep(asset, at_ms, power_w, content_wh))
        return by_asset

    def prices(self, plan: int) -> dict[int, float]:
        """Price of import of each step of a plan [CNY/kWh], by the step's start."""
        rows = self.rows("SELECT at_ms, price_cny_per_kwh FROM plan_price WHERE plan = ? ORDER BY at_ms", (plan,))
        return {at_ms: price for at_ms, price in rows if price is not None}


class PlansWriter(PlansReader):
    """The one writer: the planner process."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, write=True)

    def issue(self, plan: PlanRow, steps: Sequence[PlanStep] = (), prices: Mapping[int, float] | None = None) -> int:
        """Store a plan in one transaction; gives its number."""
        with self.batch() as db:
            cursor = db.execute(
                "INSERT INTO plan(issued_ms, gate_ms, start_ms, step_s, accepted, reason, certificate, digest, schedule)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    plan.issued_ms,
                    plan.gate_ms,
                    plan.start_ms,
                    plan.step_s,
                    int(plan.accepted),
                    plan.reason,
                    dumped(dict(plan.certificate)),
                    plan.digest,
                    None if plan.schedule is None else dumped(dict(plan.schedule)),
                ),
            )
            number = int(cursor.lastrowid or 0)
            db.executemany(
                "INSERT INTO plan_step VALUES (?, ?, ?, ?, ?)",
                [(number, step.asset, step.at_ms, step.power_w, step.content_wh) for step in steps],
            )
            db.executemany(
                "INSERT INTO plan_price VALUES (?, ?, ?)", [(number, at, price) for at, price in (prices or {}).items()]
            )
        return number

    def forget(self, before_ms: int, most: int = 4) -> None:
        """Drop the oldest plans, so many at most, that were issued before a moment; the last accepted one stays, however old."""
        last = self.last_id()
        oldest = self.rows("SELECT id, issued_ms FROM plan ORDER BY id LIMIT ?", (most,))
        gone = [(number,) for number, issued_ms in oldest if issued_ms < before_ms and number != last]
        with self.batch() as db:
            db.executemany("DELETE FROM plan_step WHERE plan = ?", gone)
            db.executemany("DELETE FROM plan_price WHERE plan = ?", gone)
            db.executemany("DELETE FROM plan WHERE id = ?", gone)


def _plan(row: tuple[Any, ...]) -> PlanRow:
    issued, gate, start, step_s, accepted, reason, certificate, digest, number, schedule = row
    proof, held = json.loads(certificate), None if schedule is None else json.loads(schedule)
    return PlanRow(issued, gate, start, step_s, bool(accepted), reason, proof, digest, number, held)
