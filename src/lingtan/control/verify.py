"""The plan verifier: an optimizer proposes, this lets pass. It shares no code with whoever made the plan.

Everything is recomputed in whole watts and watt-hours, efficiencies as exact fractions, so that no rounding of ours can let a wrong
plan through. What a plan's own rounding to watts can amount to is allowed, and no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from lingtan.control.draft import DraftPlan
from lingtan.control.schedule import Schedule, sealed
from lingtan.control.site import Controlled, ControlSite, Limits, Metered
from lingtan.findings import Finding

_SOLVER = Fraction(1, 100_000)
"""Share of a limit that a certified solution may miss it by (`tolerances.PRIMAL_RELATIVE`, with room for scaling)."""


def verify(site: ControlSite, draft: DraftPlan, now_ms: int) -> Schedule | tuple[Finding, ...]:
    """The schedule of a plan that holds, sealed; or everything that is wrong with it, in one pass.

    Codes: `control.plan-time`, `plan-shape`, `plan-negative`, `plan-power`, `plan-exclusive`, `plan-content`, `plan-full-empty`,
    `plan-connection`, `plan-balance`.
    """
    findings = [*_time(draft, now_ms), *_shape(site, draft)]
    if findings:
        return tuple(findings)
    findings = [*_negative(draft)]
    for asset in site.controlled:
        findings += _stores(asset, draft) if asset.stores else _gives(asset.name, asset.high_kw, draft)
    for metered in site.metered:
        if metered.family == "firm_line":
            findings += _gives(metered.name, metered.high_kw, draft)
    for limits in site.connections:
        findings += _connection(limits, draft)
    for bus in sorted({thing.bus for thing in _things(site)}):
        findings += _balance(bus, site, draft)
    return tuple(findings) or _schedule(site, draft)


def flows_of(thing: Controlled | Metered | Limits) -> dict[str, int]:
    """The flows that a thing must have in a plan, each with its sign at the bus; 0 for one that does not reach it."""
    if isinstance(thing, Limits):
        return {f"{thing.name}.import": 1, f"{thing.name}.export": -1}
    match thing.family:
        case "battery":
            return {f"{thing.name}.charge": -1, f"{thing.name}.discharge": 1}
        case "load":
            return {f"{thing.name}.load": -1, f"{thing.name}.shortfall": 1}
        case _:
            return {f"{thing.name}.generation": 1, f"{thing.name}.curtailed": 0}


def _things(site: ControlSite) -> tuple[Controlled | Metered | Limits, ...]:
    return (*site.controlled, *site.metered, *site.connections)


def _time(draft: DraftPlan, now_ms: int) -> Iterator[Finding]:
    length = max((len(row) for row in draft.flows_w.values()), default=0)
    ends_ms = draft.start_ms + draft.step_s * 1000 * length
    if draft.step_s <= 0 or length == 0:
        yield Finding("control.plan-time", "plan", "≥ 1 × 1 s", f"{length} × {draft.step_s} s")
    elif not draft.issued_ms <= now_ms < ends_ms:
        yield Finding("control.plan-time", "plan", f"{draft.issued_ms} ≤ now < {ends_ms}", str(now_ms))


def _shape(site: ControlSite, draft: DraftPlan) -> Iterator[Finding]:
    """Every flow there, none unknown, all of one length and whole numbers."""
    wanted = [flow for thing in _things(site) for flow in flows_of(thing)]
    stores = [asset.name for asset in site.controlled if asset.stores]
    length = max(len(row) for row in draft.flows_w.values()) if draft.flows_w else 0
    for flow in wanted:
        if flow not in draft.flows_w:
            yield Finding("control.plan-shape", flow, f"{length}", "0")
    for name in stores:
        if name not in draft.content_wh or name not in draft.start_wh:
            yield Finding("control.plan-shape", f"{name}.content", f"{length}", "0")
    for flow in draft.flows_w:
        if flow not in wanted:
            yield Finding("control.plan-shape", flow, "0", f"{length}")
    rows = {**draft.flows_w, **{f"{name}.content": row for name, row in draft.content_wh.items()}}
    for name, row in rows.items():
        if len(row) != length or any(isinstance(value, bool) or not isinstance(value, int) for value in row):
            yield Finding("control.plan-shape", name, f"{length}", f"{len(row)}")


def _negative(draft: DraftPlan) -> Iterator[Finding]:
    for name, row in draft.flows_w.items():
        yield from _worst("control.plan-negative", name, [-value for value in row], "≥ 0 W", list(row), "W")
    for name, value in draft.demand_limit_w.items():
        if value < 0:
            yield Finding("control.plan-negative", f"{name}.demand_limit", "≥ 0 W", f"{value} W", values=_first(0, 1))


def _gives(name: str, high_kw: float, draft: DraftPlan) -> Iterator[Finding]:
    yield from _at_most("control.plan-power", f"{name}.generation", draft.flows_w[f"{name}.generation"], high_kw)


def _stores(asset: Controlled, draft: DraftPlan) -> Iterator[Finding]:
    name = asset.name
    charge, discharge = draft.flows_w[f"{name}.charge"], draft.flows_w[f"{name}.discharge"]
    yield from _at_most("control.plan-power", f"{name}.charge", charge, -asset.low_kw)
    yield from _at_most("control.plan-power", f"{name}.discharge", discharge, asset.high_kw)
    least = 1 + int(_watts(asset.high_kw) * _SOLVER)
    both = [min(into, out) - least for into, out in zip(charge, discharge, strict=True)]
    yield from _worst("control.plan-exclusive", name, both, "min = 0 W", [one + least for one in both], "W")
    yield from _content(asset, charge, discharge, draft)


def _content(asset: Controlled, charge: Sequence[int], discharge: Sequence[int], draft: DraftPlan) -> Iterator[Finding]:
    """The content follows from the power of each step, and stays between empty and full."""
    hours = Fraction(draft.step_s, 3600)
    into, out = Fraction(repr(asset.charge_efficiency)), 1 / Fraction(repr(asset.discharge_efficiency))
    keep = Fraction(repr(asset.keep_per_hour ** float(hours)))
    full = _watts(asset.energy_kwh)
    claimed = draft.content_wh[asset.name]
    # Two contents and two powers were rounded by half each; the solver's own slack comes on top.
    slack = 1 + hours * (into + out) / 2 + full * _SOLVER
    before = draft.start_wh[asset.name]
    gaps: list[Fraction] = []
    for charged, discharged, after in zip(charge, discharge, claimed, strict=True):
        due = before * keep + (charged * into - discharged * out) * hours
        gaps.append(abs(after - due) - slack)
        before = after
    shown = [int(gap + slack) for gap in gaps]
    yield from _worst("control.plan-content", asset.name, gaps, f"≤ {int(slack)} Wh", shown, "Wh")
    beyond = [
        max(-content, content - full) - (1 + full * _SOLVER) for content in (draft.start_wh[asset.name], *claimed)
    ]
    shown = [draft.start_wh[asset.name], *claimed]
    yield from _worst("control.plan-full-empty", asset.name, beyond, f"0 … {full} Wh", shown, "Wh")


def _connection(limits: Limits, draft: DraftPlan) -> Iterator[Finding]:
    for way, limit_kw in (("import", limits.import_kw), ("export", limits.export_kw)):
        flow = f"{limits.name}.{way}"
        yield from _at_most("control.plan-connection", flow, draft.flows_w[flow], limit_kw)


def _balance(bus: str, site: ControlSite, draft: DraftPlan) -> Iterator[Finding]:
    signs = {
        flow: sign for thing in _things(site) if thing.bus == bus for flow, sign in flows_of(thing).items() if sign
    }
    rows = [(sign, draft.flows_w[flow]) for flow, sign in signs.items()]
    largest = max((max(row, default=0) for _, row in rows), default=0)
    slack = len(rows) + largest * _SOLVER
    sums = [sum(sign * row[step] for sign, row in rows) for step in range(len(rows[0][1]))]
    yield from _worst("control.plan-balance", bus, [abs(one) - slack for one in sums], f"± {int(slack)} W", sums, "W")


def _at_most(code: str, who: str, row: Sequence[int], limit_kw: float) -> Iterator[Finding]:
    limit = _watts(limit_kw)
    slack = 1 + limit * _SOLVER
    yield from _worst(code, who, [value - limit - slack for value in row], f"≤ {limit} W", list(row), "W")


def _worst(
    code: str, who: str, excess: Sequence[Fraction | int], expected: str, shown: Sequence[int], unit: str
) -> Iterator[Finding]:
    """One finding for the worst of the steps in which something exceeds, with their number."""
    wrong = [step for step, over in enumerate(excess) if over > 0]
    if wrong:
        worst = max(wrong, key=lambda step: (excess[step], -step))
        yield Finding(code, who, expected, f"{shown[worst]} {unit}", values=_first(worst, len(wrong)))


def _first(step: int, count: int) -> dict[str, str | float]:
    return {"step": str(step), "count": str(count)}


def _watts(kilo: float) -> int:
    return round(kilo * 1000.0)


def _schedule(site: ControlSite, draft: DraftPlan) -> Schedule:
    power: dict[str, tuple[int, ...]] = {}
    for thing in _things(site):
        rows = [(sign, draft.flows_w[flow]) for flow, sign in flows_of(thing).items() if sign]
        power[thing.name] = tuple(sum(sign * row[step] for sign, row in rows) for step in range(len(rows[0][1])))
    content = {name: tuple(row) for name, row in draft.content_wh.items()}
    bare = Schedule(draft.step_s, draft.issued_ms, draft.start_ms, power, content, "", dict(draft.demand_limit_w))
    return Schedule(draft.step_s, draft.issued_ms, draft.start_ms, power, content, sealed(bare), bare.demand_limit_w)
