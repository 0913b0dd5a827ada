"""A published claim against physics and every official factor: one input, several answers, each labeled."""

from __future__ import annotations

import json
from datetime import date

import pytest

from lingtan.findings import InputError
from lingtan.rulebook import Place, Rulebook, shipped
from lingtan.study.claim import Claim, Examined, claim

DAY = date(2026, 9, 1)
SICHUAN = Place("CN", "Sichuan")
YIBIN = Claim(energy_kwh=1e9, place=SICHUAN, capacity_kw=232_600, saved_t=900_000)


def examine(made: Claim = YIBIN, book: Rulebook | None = None) -> Examined:
    return claim(made, shipped() if book is None else book, DAY)


def with_tonnes(saved_t: float | None) -> Examined:
    return examine(Claim(1e9, SICHUAN, 232_600, saved_t))


def test_what_the_yibin_claim_implies() -> None:
    """china-rules.md §9: 49.1 %, 4,299 h/yr, 0.900 kg/kWh."""
    implied = examine().implied
    assert f"{implied.full_load_hours:,.0f}" == "4,299"
    assert f"{implied.capacity_factor:.1%}" == "49.1%"
    assert f"{implied.factor_kg_per_kwh:.3f}" == "0.900"


def test_one_input_six_official_answers_and_a_figure_in_circulation() -> None:
    """china-rules.md §9, to the printed digit; rules out an answer without its view, and two views under one label."""
    shown = [
        (f"{answer.emissions_t:,.0f}", answer.as_json(900_000)["view"], answer.as_json(900_000)["factor_year"])
        for answer in examine().answers
    ]
    assert shown == [
        ("832,500", "park_annex4", None),
        ("827,300", "market", 2023),
        ("609,600", "market", 2023),
        ("530,600", "location", 2023),
        ("247,200", "location", 2023),
        ("156,400", "location", 2023),
        ("997,000", None, None),
    ]
    assert [answer.official for answer in examine().answers] == [True] * 6 + [False]
    assert str(examine().answers[-1].use.record.confidence) == "memory"


def test_sichuan_s_own_answer_is_5_8_times_below_the_claim() -> None:
    assert round(examine().answers[5].as_json(900_000)["claim_ratio"], 1) == 5.8


def test_hydropower_could_produce_it_and_local_pv_could_not() -> None:
    """§9: fits Sichuan hydro; 232.6 MW of PV at about 1,000 h would give 0.23 TWh."""
    fits = {each.use.record.technology: each for each in examine().technologies}
    assert {name: each.fit for name, each in fits.items()} == {"hydro": "within", "wind": "above", "pv": "above"}
    usual = fits["pv"].energy_usual_kwh
    assert usual is not None
    assert f"{usual / 1e9:.2f}" == "0.23"


def test_the_verdict_in_both_languages() -> None:
    verdict = examine().verdict
    assert (verdict.kind, verdict.views) == ("above_all", ())
    assert verdict.energy.en == (
        "4,299 h a year fit: hydropower. Beyond: wind power, photovoltaics. A line of this capacity could carry it, too."
    )
    assert verdict.energy.zh == "年利用 4,299 小时：水电可以达到；风电、光伏达不到。同等容量的线路也能输送这一电量。"
    assert verdict.tonnes.en == (
        "The tonnes are not reproducible under any official factor: 0.900 kg/kWh is above all of them. The most is "
        "832,500 t (park accounting (annex 4), every province alike). A figure in circulation (0.997 kg/kWh, from "
        "memory, not official) gives 997,000 t and may be its origin."
    )
    assert verdict.tonnes.zh == (
        "减排量在任何官方因子下均无法复现：0.900 kg/kWh 高于全部官方因子，最多为 832,500 吨（园区核算（附件4），各省相同）。"
        "流传系数（0.997 kg/kWh，凭记忆，非官方）对应 997,000 吨，可能是其来源。"
    )


@pytest.mark.parametrize(
    ("saved_t", "kind", "views"),
    [
        (832_500, "reproduced", ("park_annex4", "market")),  # 827,300 lies within 1 % of it, too
        (610_000, "reproduced", ("market",)),
        (156_000, "reproduced", ("location",)),
        (700_000, "between", ()),
        (100_000, "below_all", ()),
        (1_100_000, "above_all", ()),
        (None, "not_stated", ()),
    ],
)
def test_under_which_view_tonnes_can_be_reproduced(saved_t: float | None, kind: str, views: tuple[str, ...]) -> None:
    """Rules out a verdict on the nearest figure, however far it is."""
    verdict = with_tonnes(saved_t).verdict
    assert (verdict.kind, verdict.views) == (kind, views)


@pytest.mark.parametrize(
    ("saved_t", "text"),
    [
        (
            610_000,
            "The tonnes are reproducible under: market-based, residual mix, 2023. "
            "Park accounting (annex 4) gives 832,500 t.",
        ),
        (
            700_000,
            "The tonnes are not reproducible under any official factor: they lie between 609,600 t (market-based, "
            "residual mix, 2023) and 827,300 t (market-based, fossil power, 2023). "
            "Park accounting (annex 4) gives 832,500 t.",
        ),
        (
            100_000,
            "The tonnes are not reproducible under any official factor: 0.100 kg/kWh is below all of them. The least is "
            "156,400 t (location-based, Sichuan, 2023). Park accounting (annex 4) gives 832,500 t.",
        ),
        (
            1_100_000,
            "The tonnes are not reproducible under any official factor: 1.100 kg/kWh is above all of them. The most is "
            "832,500 t (park accounting (annex 4), every province alike).",
        ),
        (None, "No tonnes are stated."),
    ],
)
def test_what_is_said_about_tonnes(saved_t: float | None, text: str) -> None:
    """The park's own method is named in every verdict; 0.997 explains only what it could have produced."""
    assert with_tonnes(saved_t).verdict.tonnes.en == text


@pytest.mark.parametrize(
    ("capacity_kw", "place", "text"),
    [
        (100_000, SICHUAN, "The energy is more than the capacity gives in all hours of a year."),
        (
            1_000_000,
            SICHUAN,
            "1,000 h a year fit: hydropower, wind power, photovoltaics. A line of this capacity could carry it, too.",
        ),
        (
            200_000,
            SICHUAN,
            "5,000 h a year are beyond hydropower, wind power, photovoltaics. "
            "A line of this capacity could carry it, too.",
        ),
        (None, SICHUAN, "No capacity is stated: the energy could not be tested."),
    ],
)
def test_what_is_said_about_energy(capacity_kw: float | None, place: Place, text: str) -> None:
    assert examine(Claim(1e9, place, capacity_kw, 900_000)).verdict.energy.en == text


def test_a_province_in_two_regional_grids_has_no_regional_answer() -> None:
    """Inner Mongolia; rules out that one of its two grids is chosen for it."""
    scopes = [answer.use.record.id for answer in examine(Claim(1e9, Place("CN", "Inner Mongolia"), None, 1.0)).answers]
    assert "cn.grid.2023.province.inner-mongolia" in scopes
    assert [name for name in scopes if ".region." in name] == []


def test_tibet_has_a_regional_answer_and_no_provincial_one() -> None:
    names = [answer.use.record.id for answer in examine(Claim(1e9, Place("CN", "Tibet"), None, 1.0)).answers]
    assert "cn.grid.2023.region.southwest" in names
    assert [name for name in names if ".province." in name] == []


def test_without_rules_there_is_no_verdict() -> None:
    """Rules out that an empty book condemns or blesses a claim."""
    made = Claim(1e9, Place("CN"), 232_600, 900_000)
    empty = claim(made, Rulebook(), DAY)
    assert (empty.answers, empty.technologies) == ((), ())
    assert (empty.verdict.kind, empty.verdict.tonnes.en) == ("no_factor", "No official factor is known for this day.")
    assert empty.verdict.energy.en == "No typical hours are known for this place: the energy could not be tested."


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (
            Claim(1e9, Place("CN", "Sichaun"), 232_600),
            "claim.unknown-region: region: no record speaks of this region; got Sichaun. Did you mean 'Sichuan'? "
            "Provinces are written as records name them.",
        ),
        (
            Claim(1e9, SICHUAN),
            "claim.nothing-to-test: claim: energy alone says nothing that could be tested. "
            "State the capacity, the tonnes, or both.",
        ),
    ],
)
def test_a_claim_that_cannot_be_tested(made: Claim, text: str) -> None:
    with pytest.raises(InputError) as caught:
        examine(made)
    assert str(caught.value) == text


def test_the_result_as_json() -> None:
    """Every answer cites its record; plain data, and no NaN."""
    plain = json.loads(json.dumps(examine().as_json(), allow_nan=False))
    assert plain["claim"] == {"region": "CN/Sichuan", "capacity_kw": 232_600, "energy_kwh": 1e9, "saved_t": 900_000}
    assert plain["day"] == "2026-09-01"
    assert [answer["rule"]["id"] for answer in plain["answers"]] == [
        "cn.park-annex4.unbacked",
        "cn.grid.2023.fossil",
        "cn.grid.2023.residual",
        "cn.grid.2023.national",
        "cn.grid.2023.region.southwest",
        "cn.grid.2023.province.sichuan",
        "cn.legacy.electricity",
    ]
    assert [answer["reproduces"] for answer in plain["answers"]] == [False] * 7
    assert plain["technologies"][0]["rule"]["confidence"] == "memory"
    assert plain["verdict"]["kind"] == "above_all"
