"""What a forecast says of itself: heads of tables, names of models, units."""

from __future__ import annotations

from collections.abc import Iterable

from lingtan.wording import Text, Words

FORECAST_WORDS: dict[str, Words] = {
    "days": Words("days: {count}", "{count} 天"),
    "without-backtest": Words("no `--backtest`", "未加 `--backtest`"),
    "days-at-least": Words("days: {count} or more", "不少于 {count} 天"),
    "mean": Words("mean", "均值"),
    "peak": Words("peak", "峰值"),
    "model": Words("model", "模型"),
    "inputs": Words("inputs:", "输入："),
    "weather": Words("weather:", "气象："),
    "weather.none": Words("none", "未用"),
    "weather.actual": Words("as measured afterwards", "事后实测"),
    "weather.nwp": Words("as issued", "按发布"),
    "weather.degraded": Words("measured, with the error of a forecast", "实测叠加预报误差"),
    "skill": Words("Scores by model, ours first", "各模型评分，本模型在前"),
    "score": Words("score", "评分"),
    "ours": Words("ours", "本模型"),
    "target.price": Words("Spot price", "现货电价"),
    "target.load": Words("All electric loads", "全部电负荷"),
    "skill.reads": Words(
        "Less is better, but of bands (their coverage, near what each promises), of peaks within 1 h and of dispatch accuracy "
        "(1 less RMSE over capacity). rMAE is against a week before. p is small where ours is better than that model beyond chance "
        "(Diebold–Mariano).",
        "除区间覆盖率（越接近标称越好）、峰值时刻命中率和调度考核准确率（1 减 RMSE 与装机之比）外，数值越小越好。rMAE 相对七日前。"
        "p 值小，表示本模型优于该模型并非偶然（Diebold–Mariano 检验）。",
    ),
    "skill.daylight": Words(
        "Bands and reliability count steps at which the sun is up: at night value and band are the same zero.",
        "区间与可靠性只计有日照的时段：夜间数值与区间同为零。",
    ),
    "reliability.promised": Words("promised: the quantile", "标称：分位数"),
    "reliability.seen": Words("seen: share below it", "实际：低于该分位数的比例"),
    "reliability": Words(
        "Reliability: how often what came lay below each quantile", "可靠性：实测值低于各分位数的比例"
    ),
    "level": Words("quantile", "分位数"),
    "below": Words("share below", "低于的比例"),
    "worst": Words("The worst days", "误差最大的日子"),
    "day": Words("day", "日期"),
    "median": Words("median", "中位数"),
    "came": Words("measured", "实测"),
    "group": Words("what moved the forecast", "预测由何而来"),
    "moved": Words("on average", "日均贡献"),
    "group.typical": Words("typical of the time of day", "该时段的典型水平"),
    "group.calendar": Words("calendar", "日历"),
    "group.history": Words("target of late", "近期实测"),
    "group.temperature_c": Words("temperature", "气温"),
    "regret.together": Words("regret of all targets together, CNY a day", "全部对象合计的遗憾成本，元/日"),
    "regret.all": Words(
        "Regret of all targets together, CNY a day; days dispatched: {days}",
        "全部对象合计的遗憾成本，元/日；调度 {days} 天",
    ),
    "regret.reads": Words(
        "Regret is what a day costs whose batteries follow a plan made from these forecasts, beyond the same day planned on "
        "what came.",
        "遗憾成本：储能按这些预测制定的计划运行一日，比按实际情况制定计划多支出的费用。",
    ),
    "group.own": Words("what the model adds to a linear one", "模型相对线性回归的增减"),
    "group.ghi_w_per_m2": Words("global irradiance", "水平面总辐照"),
    "group.dhi_w_per_m2": Words("diffuse irradiance", "散射辐照"),
    "group.dni_w_per_m2": Words("direct irradiance", "直射辐照"),
    "group.wind_m_per_s": Words("wind speed", "风速"),
    "group.prior_kw": Words("physical prior", "物理先验"),
    "group.issued_pu": Words("issued forecast of the plant", "已发布的出力预报"),
    "group.bounds": Words("bounds", "上下限"),
    "share-of-power": Words("share of power", "占装机功率的比例"),
    "findings": Words("What was found in the data", "数据中发现的问题"),
    "forecast.lead_ahead": Words(
        "Each target for one day, from what was known at {gate}.", "各对象一日的预测，只用 {gate} 时已知的数据。"
    ),
    "forecast.lead_again": Words(
        "The past run again, each day from what was known at {gate}, beside naive and linear models.",
        "历史回测：每日只用 {gate} 时已知的数据，并与朴素模型、线性模型并列。",
    ),
    "forecast.band": Words("{share} band", "{share} 区间"),
    "forecast.of": Words("{target}, {day}", "{target}，{day}"),
    "forecast.by": Words("Model: {model}. Weather: {weather}.", "模型：{model}。气象：{weather}。"),
    "forecast.inputs": Words("Inputs: {inputs}.", "输入：{inputs}。"),
    "forecast.span": Words("{target}, {first} to {last}", "{target}，{first} 至 {last}"),
    "forecast.weather": Words("Weather: {weather}.", "气象：{weather}。"),
    "forecast.newest": Words("The newest day, {day}", "最近一日 {day}"),
    "forecast.worst": Words("{day}: mean error {mae}", "{day}：平均误差 {mae}"),
    "study.perfect": Words(
        "The plan knows the whole year: every load, all sun and wind, every price to come (perfect foresight). A real operator "
        "knows forecasts and will do worse.",
        "本方案已知全年的负荷、光照、风况与电价（完全预见）。实际运行只能依据预测，结果会差一些。",
    ),
    "study.untested": Words(
        "How well this park can be forecast was not measured. The first command runs the past again and scores it, the second "
        "tells it here:",
        "尚未检验该园区的可预测程度。以下第一条命令回测并评分，第二条在此列出结果：",
    ),
    "study.tested": Words(
        "How well this park could be forecast, each day from what was known at {gate}; the plan does not use these forecasts.",
        "该园区的可预测程度，每日只用 {gate} 时已知的数据；方案本身不使用这些预测。",
    ),
    "study.target": Words("Forecast of", "预测对象"),
    "study.span": Words("Days", "时段"),
    "study.weather": Words("Weather", "气象"),
    "study.p": Words("p against a week before", "相对七日前的 p 值"),
    "study.nmae": Words("nMAE, {model}", "{model}的 nMAE"),
    "mae-against": Words("MAE {ours}, of a week before {naive}", "MAE {ours}，七日前为 {naive}"),
}

SCORE_NAMES: dict[str, Text] = {
    "mae": "MAE",
    "nmae": "nMAE",
    "rmse": "RMSE",
    "mape": "MAPE",
    "rmae": "rMAE",
    "mase": "MASE",
    "pinball": Words("pinball", "分位损失"),
    "crps": "CRPS",
    "coverage_50": Words("50 % band", "50 % 区间"),
    "coverage_80": Words("80 % band", "80 % 区间"),
    "coverage_90": Words("90 % band", "90 % 区间"),
    "width_80": Words("80 % band width", "80 % 区间宽度"),
    "peak_error": Words("peak error", "峰值误差"),
    "peak_within_hour": Words("peak within 1 h", "峰值时刻误差 ≤ 1 h"),
    "dispatch_accuracy": Words("dispatch accuracy", "调度考核准确率"),
    "regret_cny": Words("regret, CNY a day", "遗憾成本，元/日"),
    "dm_p_value": Words("p, ours better", "优于该模型的 p 值"),
}
"""Scores as tables head them."""

MODEL_NAMES: dict[str, Words] = {
    "naive-1d": Words("a day before", "前一日"),
    "naive-7d": Words("a week before", "七日前"),
    "mean-7d": Words("mean of 7 days", "前七日均值"),
    "linear": Words("linear", "线性回归"),
}
"""The models beside ours, as tables head them."""


OWN_MODELS: dict[str, Words] = {
    "load": Words("regression and boosting", "回归与提升树"),
    "price": Words("regressions over several windows and boosting", "多窗口回归与提升树"),
    "wind": Words("boosting", "提升树"),
    "pv": Words("boosting", "提升树"),
}
"""The models that made a forecast, as people call them."""

BOOSTED_ON: dict[str, Words] = {
    "prior_kw": Words("boosting on a physical prior", "物理先验与提升树"),
    "issued_pu": Words("boosting on an issued forecast of the plant", "已发布出力预报与提升树"),
}
"""What trees of sun and wind are called by an input that had physics in it."""


def unit_words(unit: str) -> Text:
    """The unit of a target as people read it: `1` is a share of the power of a plant."""
    return FORECAST_WORDS["share-of-power"] if unit == "1" else unit


def input_words(names: Iterable[str]) -> Words:
    """Inputs by what people call them, in a row."""
    words = [FORECAST_WORDS.get(f"group.{name}", Words(name, name)) for name in names]
    return Words(", ".join(each.en for each in words), "、".join(each.zh for each in words))


def maker_words(name: str, inputs: Iterable[str] = ()) -> Words:
    """The model that made a forecast: ours by how it works and what came in, or the naive one that it stepped back to."""
    if name in {"pv", "wind"}:
        named = [words for key, words in BOOSTED_ON.items() if key in inputs]
        return named[0] if named else OWN_MODELS[name]
    return OWN_MODELS.get(name) or MODEL_NAMES.get(name, Words(name, name))


def model_words(name: str, ours: str) -> Words:
    """A model as a table heads it; `ours` is the first of its scores."""
    return FORECAST_WORDS["ours"] if name == ours else MODEL_NAMES.get(name, Words(name, name))


def told(key: str, /, **values: object) -> Words:
    """A pair of texts with the values filled in."""
    words = FORECAST_WORDS[key]
    return Words(words.in_language("en", **values), words.in_language("zh", **values))
