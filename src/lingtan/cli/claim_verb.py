"""The verb that tests a published claim."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lingtan.cli.outcome import ends_well, language, show_json, tell
from lingtan.cli.park_verbs import AsJson, Rules
from lingtan.wording import Lang
from lingtan.wording.claim import CLAIM_WORDS
from lingtan.wording.rulebook import RULEBOOK_WORDS

if TYPE_CHECKING:
    from lingtan.study.claim import Answer, Examined, Technology


@ends_well
def claim(
    energy: Annotated[str, typer.Option(help="Energy of a year, '1 TWh' · 年电量")],
    region: Annotated[str, typer.Option(help="Province, Sichuan or Sichuan/Yibin · 所在省份")],
    capacity: Annotated[str | None, typer.Option(help="Installed power, '232.6 MW' · 装机容量")] = None,
    saved: Annotated[str | None, typer.Option(help="Tonnes said to be saved, '900000 t' · 宣称减排量")] = None,
    day: Annotated[str | None, typer.Option(help="Day whose records count; today · 采用哪一天的记录")] = None,
    rules: Rules = None,
    as_json: AsJson = False,
) -> None:
    """Test a published claim against the rules · 用物理常识和官方因子检验宣称"""
    from lingtan.cli.rules_verbs import day_of
    from lingtan.findings import raise_errors
    from lingtan.rulebook import Place, read_rulebook
    from lingtan.study.claim import Claim
    from lingtan.study.claim import claim as test_claim
    from lingtan.units import Quantity

    made = Claim(
        energy_kwh=Quantity("kWh", gt=0).read(energy, who="--energy"),
        place=Place.parse(region, who="--region"),
        capacity_kw=None if capacity is None else Quantity("kW", gt=0).read(capacity, who="--capacity"),
        saved_t=None if saved is None else Quantity("t", gt=0).read(saved, who="--saved"),
    )
    book, findings = read_rulebook(rules or ())
    raise_errors(findings)
    tell(findings)
    today = datetime.now(UTC).astimezone().date()
    examined = test_claim(made, book, today if day is None else day_of(day, "--day"))
    if as_json:
        show_json(examined.as_json())
        return
    for line in claim_lines(examined, language()):
        print(line)


def claim_lines(examined: Examined, lang: Lang) -> list[str]:
    """The answers as a terminal shows them; the verdict in both languages, for it is what gets quoted."""
    implied, lines = examined.implied, []
    if implied.full_load_hours is not None and implied.capacity_factor is not None:
        values = {"hours": f"{implied.full_load_hours:,.0f}", "share": f"{implied.capacity_factor * 100:.1f}"}
        lines.append(CLAIM_WORDS["implied.hours"].in_language(lang, **values))
    if implied.factor_kg_per_kwh is not None:
        lines.append(CLAIM_WORDS["implied.factor"].in_language(lang, factor=f"{implied.factor_kg_per_kwh:.3f}"))
    lines += ["", *(_technology_line(each, lang) for each in examined.technologies)] if examined.technologies else []
    lines += ["", *(_answer_line(answer, examined, lang) for answer in examined.answers), ""]
    verdict = examined.verdict
    return [*lines, verdict.energy.en, verdict.tonnes.en, verdict.energy.zh, verdict.tonnes.zh]


def _technology_line(each: Technology, lang: Lang) -> str:
    record = each.use.record
    values: dict[str, Any] = {
        "technology": RULEBOOK_WORDS[f"technology.{record.technology}"],
        "low": f"{record.low:,.0f}",
        "high": f"{record.high:,.0f}",
        "fit": CLAIM_WORDS[f"fit.{each.fit}"],
        "id": record.id,
        "confidence": RULEBOOK_WORDS[f"confidence.{record.confidence}"],
    }
    if record.usual is None or each.energy_usual_kwh is None:
        ends = {"energy_low": _twh(each.energy_low_kwh), "energy_high": _twh(each.energy_high_kwh)}
        return CLAIM_WORDS["technology"].in_language(lang, **values, **ends)
    usual = {"usual": f"{record.usual:,.0f}", "energy": _twh(each.energy_usual_kwh)}
    return CLAIM_WORDS["technology.usual"].in_language(lang, **values, **usual)


def _answer_line(answer: Answer, examined: Examined, lang: Lang) -> str:
    record, saved = answer.use.record, examined.claim.saved_t
    values: dict[str, Any] = {
        "tonnes": f"{answer.emissions_t:,.0f}".rjust(11),
        "factor": f"{answer.factor_kg_per_kwh:.4f}",
        "name": answer.name,
        "id": record.id,
        "confidence": RULEBOOK_WORDS[f"confidence.{record.confidence}"],
    }
    if saved is None or answer.emissions_t == 0:
        return CLAIM_WORDS["answer.alone"].in_language(lang, **values)
    ratio = saved / answer.emissions_t
    return CLAIM_WORDS["answer"].in_language(lang, **values, ratio=f"{ratio:.1f}" if ratio >= 2 else f"{ratio:.2f}")


def _twh(energy_kwh: float) -> str:
    return f"{energy_kwh / 1e9:.2f}"
