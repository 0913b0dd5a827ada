"""Texts of a tested claim: what it implies, what could produce it, and under which view it can be reproduced."""

from __future__ import annotations

from lingtan.wording import Words
from lingtan.wording.sentence import Sentence, sentence

CLAIM_FINDINGS: dict[str, Sentence] = {
    "claim.unknown-region": sentence(
        "no record speaks of this region",
        "没有任何记录涉及该地区",
        mend_en="Did you mean '{nearest}'? Provinces are written as records name them.",
        mend_zh="是否想写“{nearest}”？省份名称须与记录一致。",
    ),
    "claim.nothing-to-test": sentence(
        "energy alone says nothing that could be tested",
        "仅有电量，没有可供检验的内容",
        mend_en="State the capacity, the tonnes, or both.",
        mend_zh="请给出容量、减排量，或两者都给出。",
    ),
}

CLAIM_WORDS: dict[str, Words] = {
    "implied.hours": Words(
        "implied: {hours} full-load hours a year, capacity factor {share} %",
        "隐含：年利用小时数 {hours} 小时，容量系数 {share}%",
    ),
    "implied.factor": Words("implied: {factor} kg CO2 per kWh", "隐含：每千瓦时 {factor} 千克二氧化碳"),
    "fit.within": Words("usual for it", "属正常范围"),
    "fit.above": Words("more than it can give", "超出其能力"),
    "fit.below": Words("less than it usually gives", "低于其通常水平"),
    "technology": Words(
        "{technology}: {low}–{high} h, {energy_low}–{energy_high} TWh a year; {fit} [{id}; {confidence}]",
        "{technology}：{low}–{high} 小时，年发电 {energy_low}–{energy_high} TWh;{fit}〔{id}；{confidence}〕",
    ),
    "technology.usual": Words(
        "{technology}: {low}–{high} h, usually {usual} h or {energy} TWh a year; {fit} [{id}; {confidence}]",
        "{technology}：{low}–{high} 小时，通常 {usual} 小时，即年发电 {energy} TWh;{fit}〔{id}；{confidence}〕",
    ),
    "answer": Words(
        "{tonnes} t  {factor} kg/kWh  {name}; the claim is {ratio} times that [{id}; {confidence}]",
        "{tonnes} 吨  {factor} kg/kWh  {name}；宣称值为其 {ratio} 倍〔{id}；{confidence}〕",
    ),
    "answer.alone": Words(
        "{tonnes} t  {factor} kg/kWh  {name} [{id}; {confidence}]",
        "{tonnes} 吨  {factor} kg/kWh  {name}〔{id}；{confidence}〕",
    ),
    "name.park_annex4.unbacked": Words(
        "park accounting (annex 4), every province alike", "园区核算（附件4），各省相同"
    ),
    "name.market.fossil": Words("market-based, fossil power, {year}", "基于市场，化石能源电力，{year} 年"),
    "name.market.unbacked": Words("market-based, residual mix, {year}", "基于市场，剩余电力组合，{year} 年"),
    "name.location.national": Words("location-based, national average, {year}", "基于位置，全国平均，{year} 年"),
    "name.location.regional": Words("location-based, {region} grid, {year}", "基于位置，{region}电网，{year} 年"),
    "name.location.provincial": Words("location-based, {region}, {year}", "基于位置，{region}，{year} 年"),
    "name.legacy": Words("figure in circulation, not official", "流传系数，非官方"),
    "region.North": Words("North", "华北"),
    "region.Northeast": Words("Northeast", "东北"),
    "region.East": Words("East", "华东"),
    "region.Central": Words("Central", "华中"),
    "region.Northwest": Words("Northwest", "西北"),
    "region.South": Words("South", "南方"),
    "region.Southwest": Words("Southwest", "西南"),
    "physics.impossible": Words(
        "The energy is more than the capacity gives in all hours of a year.", "该电量超过此容量全年满发所能达到的上限。"
    ),
    "physics.fits": Words(
        "{hours} h a year fit: {fitting}. Beyond: {beyond}.",
        "年利用 {hours} 小时：{fitting}可以达到；{beyond}达不到。",
    ),
    "physics.fits-all": Words("{hours} h a year fit: {fitting}.", "年利用 {hours} 小时：{fitting}均可以达到。"),
    "physics.fits-none": Words("{hours} h a year are beyond {beyond}.", "年利用 {hours} 小时：{beyond}均达不到。"),
    "physics.line": Words("A line of this capacity could carry it, too.", "同等容量的线路也能输送这一电量。"),
    "physics.unknown": Words(
        "No typical hours are known for this place: the energy could not be tested.",
        "没有该地区的典型利用小时数：电量无法检验。",
    ),
    "physics.not-stated": Words("No capacity is stated: the energy could not be tested.", "未给出容量：电量无法检验。"),
    "verdict.reproduced": Words("The tonnes are reproducible under: {names}.", "减排量可在以下口径下复现：{names}。"),
    "verdict.above_all": Words(
        "The tonnes are not reproducible under any official factor: {factor} kg/kWh is above all of them. "
        "The most is {most} t ({name}).",
        "减排量在任何官方因子下均无法复现：{factor} kg/kWh 高于全部官方因子，最多为 {most} 吨（{name}）。",
    ),
    "verdict.below_all": Words(
        "The tonnes are not reproducible under any official factor: {factor} kg/kWh is below all of them. "
        "The least is {least} t ({name}).",
        "减排量在任何官方因子下均无法复现：{factor} kg/kWh 低于全部官方因子，最少为 {least} 吨（{name}）。",
    ),
    "verdict.between": Words(
        "The tonnes are not reproducible under any official factor: they lie between {below} t ({name_below}) and "
        "{above} t ({name_above}).",
        "减排量在任何官方因子下均无法复现：介于 {below} 吨（{name_below}）与 {above} 吨（{name_above}）之间。",
    ),
    "verdict.not_stated": Words("No tonnes are stated.", "未给出减排量。"),
    "verdict.no_factor": Words("No official factor is known for this day.", "该日期没有可用的官方因子。"),
    "verdict.annex4": Words("Park accounting (annex 4) gives {tonnes} t.", "园区核算（附件4）口径为 {tonnes} 吨。"),
    "verdict.legacy": Words(
        "A figure in circulation ({factor} kg/kWh, from memory, not official) gives {tonnes} t and may be its origin.",
        "流传系数（{factor} kg/kWh，凭记忆，非官方）对应 {tonnes} 吨，可能是其来源。",
    ),
}
