"""A small park file as text, changed line by line, and joined into a case."""

from __future__ import annotations

from pathlib import Path

from lingtan.case import Case, gather
from lingtan.findings import Finding

PARK = """\
schema: 1
name: small
title: {en: Small, zh: 小}
disclosure: {en: Invented., zh: 虚构。}
site: {zone: Asia/Shanghai, country: CN}
period: {year: 2025, step: 1 h}
buses: {main: {}}
meters:
  pcc: {}
connections:
  grid: {bus: main, capacity: 2 MVA, power_factor: 1}
assets:
  mill: {family: load, bus: main, profile: need}
  roof: {family: pv, bus: main, availability: sun, power: 100 kW, capex: 0}
series:
  need: {constant: 1, unit: MW}
  sun: {constant: 0.2}
tariff: {price: own.retail}
finance: {discount_rate: 5 %}
carbon: {boundary: {en: Electricity., zh: 电力。}}
reference: {without: [roof]}
rules:
- id: own.retail
  kind: retail_price
  place: {country: CN}
  valid_from: "2025-01-01"
  recorded_at: "2026-11-22"
  document: invented
  source: none
  confidence: invented
  verified: false
  components: [{name: purchase, price: 0.5, floats_with_tou: false}]
  examples: [{flat: 0.5}]
"""


def changed(*swaps: tuple[str, str]) -> str:
    """The park with texts replaced, each of which must stand in it once."""
    text = PARK
    for old, new in swaps:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def gathered(folder: Path, *swaps: tuple[str, str]) -> tuple[Case | None, list[Finding]]:
    """The changed park, written into a folder and read from there."""
    (folder / "park.yaml").write_text(changed(*swaps), "utf-8")
    return gather(folder)


def case_in(folder: Path, *swaps: tuple[str, str]) -> Case:
    """The case of a changed park that must have no findings."""
    case, findings = gathered(folder, *swaps)
    assert findings == []
    assert case is not None
    return case
